// SPDX-License-Identifier: Apache-2.0
//
// Values of expressions: names, operators, conditions, selectors, slices, assertions, function
// literals.
//
// Constants come from the checker, folded. Operators work on registers of the width of their type.
// Source: the Go specification, "Expressions".
#include <bit>
#include <optional>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

using types::Mode;

bool FunctionCompiler::IsNil(const Expr* e) const { return Of(Unparen(e)).mode == Mode::kNil; }

// ---- Into and Operand

Reg FunctionCompiler::Operand(const Expr* e) {
  e = Unparen(e);
  if (auto found = hoisted_.find(e); found != hoisted_.end()) return found->second;
  const types::TypeAndValue& tv = Of(e);
  if (tv.mode == Mode::kVariable || tv.mode == Mode::kMapIndex) return PlaceOperand(PlaceOf(e));
  if (e->kind == NodeKind::kSelectorExpr && tv.mode == Mode::kValue) {
    const types::Selection* selection = info_->SelectionOf(Cast<SelectorExpr>(e));
    if (selection != nullptr && selection->kind == types::SelectionKind::kField) {
      return PlaceOperand(PlaceOf(e));
    }
  }
  if (const auto* call = As<CallExpr>(e); call != nullptr && tv.mode == Mode::kValue) {
    const Mode fun = Of(call->fun).mode;
    if (const Expr* x = LengthOf(call)) {
      return PlaceOperand(Subplace(PlaceOf(x), 8, IntType()));
    }
    if (fun != Mode::kType && fun != Mode::kBuiltin) return Call(call);
  }
  const Reg to = Temp(TypeOf(e));
  Into(e, to, true);
  return to;
}

// The variable in len(variable) of a string or slice: its length is a part of it. Null for other
// calls.
const Expr* FunctionCompiler::LengthOf(const CallExpr* call) const {
  const types::TypeAndValue& fun = Of(call->fun);
  if (fun.mode != Mode::kBuiltin || fun.builtin != types::Builtin::kLen) return nullptr;
  const Expr* x = Unparen(call->args[0]);
  if (Of(x).mode != Mode::kVariable) return nullptr;
  const Type* type = TypeOf(x);
  return types::IsString(type) || types::UnderAs<types::Slice>(type) != nullptr ? x : nullptr;
}

Reg FunctionCompiler::OperandAs(const Expr* e, const Type* type) {
  if (!NeedsConversion(TypeOf(e), type) && !IsNil(e)) return Operand(e);
  const Reg to = Temp(type);
  IntoAs(e, type, to, true);
  return to;
}

void FunctionCompiler::IntoAs(const Expr* e, const Type* type, Reg to, bool fresh) {
  if (IsNil(e)) return b().Zero(to, Size(type));
  const Type* source = TypeOf(e);
  if (!NeedsConversion(source, type)) return Into(e, to, fresh);
  const Reg mark = b().top();
  ConvertInto(Operand(e), source, type, to);
  b().ReleaseTo(mark);
}

void FunctionCompiler::Into(const Expr* e, Reg to, bool fresh) {
  e = Unparen(e);
  const types::TypeAndValue& tv = Of(e);
  if (auto found = hoisted_.find(e); found != hoisted_.end()) {
    return b().Move(to, found->second, Size(TypeOf(e)));
  }
  if (tv.mode == Mode::kConstant) return ConstantInto(tv.value, tv.type, to);
  if (tv.mode == Mode::kNil) return b().Zero(to, Size(TypeOf(e)));
  const Reg mark = b().top();
  IntoNode(e, to, fresh);
  b().ReleaseTo(mark);
}

void FunctionCompiler::IntoNode(const Expr* e, Reg to, bool fresh) {
  // Parts that are built in place need a register that nobody reads.
  auto in_place = [&](auto build) {
    if (fresh) return build(to);
    const Reg value = Temp(TypeOf(e));
    build(value);
    b().Move(to, value, Size(TypeOf(e)));
  };
  switch (e->kind) {
    case NodeKind::kIdent:
      return IdentInto(Cast<Ident>(e), to);
    case NodeKind::kSelectorExpr:
      return SelectorInto(Cast<SelectorExpr>(e), to);
    case NodeKind::kIndexExpr: {
      const auto* index = Cast<IndexExpr>(e);
      const Expr* x = Unparen(index->x);
      if (types::UnderAs<types::Signature>(TypeOf(x)) != nullptr) return Into(x, to, fresh);
      return LoadPlace(PlaceOf(e), to);
    }
    case NodeKind::kStarExpr:
      return LoadPlace(PlaceOf(e), to);
    case NodeKind::kUnaryExpr:
      return UnaryInto(Cast<UnaryExpr>(e), to);
    case NodeKind::kBinaryExpr: {
      const auto* binary = Cast<BinaryExpr>(e);
      if (binary->op == Token::kLAnd || binary->op == Token::kLOr) {
        return in_place([&](Reg value) { LogicalInto(binary, value); });
      }
      return BinaryInto(binary, to);
    }
    case NodeKind::kCompositeLit:
      return in_place([&](Reg value) { LiteralInto(Cast<CompositeLit>(e), TypeOf(e), value); });
    case NodeKind::kFuncLit:
      return FuncLitInto(Cast<FuncLit>(e), to);
    case NodeKind::kCallExpr:
      return CallInto(Cast<CallExpr>(e), to);
    case NodeKind::kSliceExpr:
      return SliceInto(Cast<SliceExpr>(e), to);
    case NodeKind::kTypeAssertExpr:
      return AssertInto(Cast<TypeAssertExpr>(e), to);
    default:
      HEDDLE_CHECK(false, "the other kinds of expressions have no value");
  }
}

void FunctionCompiler::ConstantInto(const types::Constant& value, const Type* type, Reg to) {
  const auto* basic = types::UnderAs<types::Basic>(type);
  HEDDLE_CHECK(basic != nullptr, "constants have basic types");
  if (types::IsString(basic)) {
    b().Emit(Op::kConstStr, to, program_.program().InternString(value.AsString()));
    return;
  }
  if (types::IsBoolean(basic)) return b().Constant(to, value.AsBool() ? 1 : 0, 1);
  const uint64_t size = SizeOfBasic(basic);
  if (types::IsComplex(basic)) {
    const types::Constant real = value.Real();
    const types::Constant imag = value.Imag();
    if (size == 8) {
      b().Constant(to, std::bit_cast<uint32_t>(real.AsFloat32()), 4);
      b().Constant(to + 4, std::bit_cast<uint32_t>(imag.AsFloat32()), 4);
    } else {
      b().Constant(to, std::bit_cast<uint64_t>(real.AsFloat64()), 8);
      b().Constant(to + 8, std::bit_cast<uint64_t>(imag.AsFloat64()), 8);
    }
  } else if (types::IsFloat(basic)) {
    const uint64_t bits = size == 4 ? std::bit_cast<uint32_t>(value.AsFloat32())
                                    : std::bit_cast<uint64_t>(value.AsFloat64());
    b().Constant(to, bits, size);
  } else if (const std::optional<int64_t> i = value.AsInt64()) {
    b().Constant(to, static_cast<uint64_t>(*i), size);
  } else {
    b().Constant(to, value.AsUint64().value_or(0), size);
  }
}

// ---- Names

void FunctionCompiler::IdentInto(const Ident* e, Reg to) { ObjectInto(info_->Use(e), to); }

void FunctionCompiler::ObjectInto(const types::Object* object, Reg to) {
  if (const auto* func = types::ToObject<types::Func>(object)) return FunctionInto(func, to);
  const auto* var = types::ToObject<types::Var>(object);
  HEDDLE_CHECK(var != nullptr,
               "a name with a value that is no constant is a variable or a function");
  LoadPlace(VarPlace(var), to);
}

void FunctionCompiler::FunctionInto(const types::Func* func, Reg to) {
  b().Emit(Op::kFuncConst, to, program_.FunctionOf(func));
}

void FunctionCompiler::SelectorInto(const SelectorExpr* e, Reg to) {
  const types::Selection* selection = info_->SelectionOf(e);
  if (selection == nullptr) return ObjectInto(info_->Use(e->sel), to);
  switch (selection->kind) {
    case types::SelectionKind::kField:
      return LoadPlace(PlaceOf(e), to);
    case types::SelectionKind::kMethodValue:
    case types::SelectionKind::kInterfaceMethod:
      return MethodValueInto(e, *selection, to);
    case types::SelectionKind::kMethodExpr:
      b().Emit(Op::kFuncConst, to,
               program_.MethodExpression(selection->receiver, TargetOf(*selection)));
      return;
  }
}

// The receiver is evaluated now and kept as the capture of a function that calls the method.
void FunctionCompiler::MethodValueInto(const SelectorExpr* e, const types::Selection& selection,
                                       Reg to) {
  At(e->sel->pos);
  MethodTarget target = TargetOf(selection);
  const Place receiver = Follow(PlaceOf(e->x), target.path);
  target.path.clear();
  const Callee callee = TargetCallee(receiver, target);
  const bool is_interface = target.func == nullptr;
  const Reg value = is_interface ? callee.value : callee.receiver;
  const Type* type = is_interface ? receiver.type : callee.receiver_type;
  if (is_interface) b().Emit(Op::kNilCheck, value);
  b().Emit(Op::kClosure, to, program_.MethodValue(type, target), value,
           static_cast<uint32_t>(SlotSize(Size(type))));
}

void FunctionCompiler::FuncLitInto(const FuncLit* e, Reg to) {
  const types::Closure* closure = info_->ClosureOf(e);
  const types::Closure captured = closure != nullptr ? *closure : types::Closure{};
  const uint32_t index = program_.NewFunction();
  FunctionCompiler inner(*this, e, NextLiteralName());
  program_.SetFunction(index, inner.CompileLiteral(e, captured));
  if (captured.captures.empty()) {
    b().Emit(Op::kFuncConst, to, index);
    return;
  }
  uint32_t size = 0;
  auto capture_size = [&](const types::Var* var) {
    return StorageOf(var).kind == Storage::Kind::kBoxed ? uint64_t{8} : Size(var->type);
  };
  for (const types::Var* var : captured.captures) size += SlotSize(capture_size(var));
  const Reg captures = b().Alloc(size);
  Reg next = captures;
  for (const types::Var* var : captured.captures) {
    b().Move(next, StorageOf(var).reg, capture_size(var));
    next += SlotSize(capture_size(var));
  }
  At(e->pos);
  b().Emit(Op::kClosure, to, index, captures, size);
}

// ---- Unary operators

void FunctionCompiler::UnaryInto(const UnaryExpr* e, Reg to) {
  const Type* type = TypeOf(e);
  switch (e->op) {
    case Token::kAdd:
      return Into(e->x, to);
    case Token::kSub:
      b().Emit(OpFor(Family::kNeg, ScalarOf(type)), to, Operand(e->x));
      return;
    case Token::kXor:
      b().Emit(OpFor(Family::kCom, ScalarOf(type)), to, Operand(e->x));
      return;
    case Token::kNot:
      b().Emit(Op::kNot, to, Operand(e->x));
      return;
    case Token::kAnd:
      return AddressInto(Unparen(e->x), to);
    case Token::kArrow: {
      const Reg channel = Operand(e->x);
      At(e->pos);
      b().Emit(Op::kChanRecv, to, channel, 0,
               TypeIndex(types::UnderAs<types::Chan>(TypeOf(e->x))->elem));
      return;
    }
    default:
      HEDDLE_CHECK(false, "Go has no other unary operators on values");
  }
}

void FunctionCompiler::AddressInto(const Expr* operand, Reg to) {
  if (const auto* literal = As<CompositeLit>(operand)) {
    return LiteralAddressInto(literal, TypeOf(operand), to);
  }
  b().Move(to, AddressOf(PlaceOf(operand)), 8);
}

// ---- Binary operators

void FunctionCompiler::BinaryInto(const BinaryExpr* e, Reg to) {
  switch (e->op) {
    case Token::kEql:
    case Token::kNeq:
    case Token::kLss:
    case Token::kLeq:
    case Token::kGtr:
    case Token::kGeq:
      return ComparisonInto(e, to);
    default:
      break;
  }
  const Type* type = TypeOf(e);
  if (types::IsString(type)) return ConcatInto(e, to);
  // The left spine, outermost first, so that long sums need no recursion.
  std::vector<const BinaryExpr*> spine = {e};
  for (;;) {
    const auto* left = As<BinaryExpr>(Unparen(spine.back()->x));
    if (left == nullptr || IsHoisted(left) || IsConstant(left)) break;
    spine.push_back(left);
  }
  Reg value = Operand(spine.back()->x);
  for (size_t i = spine.size(); i-- > 0;) {
    const BinaryExpr* node = spine[i];
    const Reg result = i == 0 ? to : Temp(type);
    if (node->op == Token::kShl || node->op == Token::kShr) {
      ShiftInto(node->op, TypeOf(node), value, node->y, result);
    } else if (!AddConstantInto(node, value, result)) {
      const Reg y = Operand(node->y);
      At(node->pos);
      ArithmeticInto(node->op, TypeOf(node), value, y, result);
    }
    value = result;
  }
}

// x + c and x - c of 64 bits. False when it is something else.
bool FunctionCompiler::AddConstantInto(const BinaryExpr* e, Reg x, Reg to) {
  if ((e->op != Token::kAdd && e->op != Token::kSub) || !IsConstant(e->y)) return false;
  const Scalar scalar = ScalarOf(TypeOf(e));
  if (scalar != Scalar::kI64 && scalar != Scalar::kU64) return false;
  const std::optional<int64_t> value = Of(Unparen(e->y)).value.ToInt().AsInt64();
  if (!value || *value < -0x7fffffff || *value > 0x7fffffff) return false;
  const int64_t addend = e->op == Token::kAdd ? *value : -*value;
  b().Emit(Op::kAddImm64, to, x, static_cast<uint32_t>(addend));
  return true;
}

void FunctionCompiler::ArithmeticInto(Token op, const Type* type, Reg x, Reg y, Reg to) {
  if (types::IsString(type)) {
    const Reg both = b().Alloc(32);
    b().Move(both, x, 16);
    b().Move(both + 16, y, 16);
    b().Emit(Op::kConcat, to, both, 2);
    return;
  }
  const Scalar scalar = ScalarOf(type);
  Family family = Family::kAdd;
  switch (op) {
    case Token::kAdd:
      family = Family::kAdd;
      break;
    case Token::kSub:
      family = Family::kSub;
      break;
    case Token::kMul:
      family = Family::kMul;
      break;
    case Token::kQuo:
      family = Family::kDiv;
      break;
    case Token::kRem:
      family = Family::kRem;
      break;
    case Token::kAnd:
      family = Family::kAnd;
      break;
    case Token::kOr:
      family = Family::kOr;
      break;
    case Token::kXor:
      family = Family::kXor;
      break;
    case Token::kAndNot:
      family = Family::kAndNot;
      break;
    default:
      HEDDLE_CHECK(false, "shifts and comparisons are compiled elsewhere");
  }
  b().Emit(OpFor(family, scalar), to, x, y);
}

void FunctionCompiler::ShiftInto(Token op, const Type* type, Reg x, const Expr* count, Reg to) {
  Reg amount;
  if (IsConstant(count)) {
    const std::optional<uint64_t> value = Of(count).value.ToInt().AsUint64();
    amount = b().Int(static_cast<int64_t>(value.value_or(64)));
  } else {
    const Reg operand = Operand(count);
    amount = Widen(operand, TypeOf(count));
    At(count->pos);
    if (!types::IsUnsigned(TypeOf(count))) b().Emit(Op::kShiftCheck, amount);
  }
  b().Emit(OpFor(op == Token::kShl ? Family::kShl : Family::kShr, ScalarOf(type)), to, x, amount);
}

// a + b + c of strings is one instruction.
void FunctionCompiler::ConcatInto(const BinaryExpr* e, Reg to) {
  std::vector<const Expr*> parts;
  const Expr* left = e;
  for (;;) {
    left = Unparen(left);
    const auto* sum = As<BinaryExpr>(left);
    if (sum == nullptr || IsConstant(sum) || IsHoisted(sum)) break;
    parts.push_back(sum->y);
    left = sum->x;
  }
  parts.push_back(left);
  const Reg strings = b().Alloc(16 * parts.size());
  Reg next = strings;
  for (size_t i = parts.size(); i-- > 0; next += 16) Into(parts[i], next, true);
  At(e->pos);
  b().Emit(Op::kConcat, to, strings, static_cast<uint32_t>(parts.size()));
}

void FunctionCompiler::LogicalInto(const BinaryExpr* e, Reg to) {
  Label done;
  Prepare({e->x});
  Into(e->x, to, true);
  b().JumpIf(to, e->op == Token::kLOr, done);
  Prepare({e->y});
  Into(e->y, to, true);
  b().Bind(done);
}

// ---- Comparisons

namespace {

// x > y is y < x, x >= y is y <= x.
bool Swaps(Token op) { return op == Token::kGtr || op == Token::kGeq; }

Family ComparisonFamily(Token op) {
  switch (op) {
    case Token::kEql:
      return Family::kEq;
    case Token::kNeq:
      return Family::kNe;
    case Token::kLss:
    case Token::kGtr:
      return Family::kLt;
    default:
      return Family::kLe;
  }
}

Token Negated(Token op) {
  switch (op) {
    case Token::kEql:
      return Token::kNeq;
    case Token::kNeq:
      return Token::kEql;
    case Token::kLss:
      return Token::kGeq;
    case Token::kGeq:
      return Token::kLss;
    case Token::kGtr:
      return Token::kLeq;
    default:
      return Token::kGtr;
  }
}

}  // namespace

// x == nil. The first word of a value of any type that has nil tells.
bool FunctionCompiler::NilComparisonInto(const BinaryExpr* e, Reg to) {
  const Expr* value = IsNil(e->y) ? e->x : IsNil(e->x) ? e->y : nullptr;
  if (value == nullptr) return false;
  if (IsNil(value)) {
    b().Constant(to, e->op == Token::kEql ? 1 : 0, 1);
    return true;
  }
  const Reg reg = Operand(value);
  b().Emit(OpFor(ComparisonFamily(e->op), Scalar::kU64), to, reg, b().Int(0));
  return true;
}

void FunctionCompiler::ComparisonInto(const BinaryExpr* e, Reg to) {
  if (NilComparisonInto(e, to)) return;
  const Type* type = TypeOf(e->x);
  const Type* other = TypeOf(e->y);
  if (types::IsInterface(other) && !types::IsInterface(type)) type = other;
  const Reg x = OperandAs(e->x, type);
  const Reg y = OperandAs(e->y, type);
  At(e->pos);
  CompareInto(e->op, type, x, y, to);
}

void FunctionCompiler::CompareInto(Token op, const Type* type, Reg x, Reg y, Reg to) {
  if (Swaps(op)) std::swap(x, y);
  const types::TypeKind kind = types::Under(type)->kind();
  if (kind == types::TypeKind::kInterface) {
    b().Emit(Op::kEqIface, to, x, y);
  } else if (kind == types::TypeKind::kStruct || kind == types::TypeKind::kArray) {
    b().Emit(Op::kEqVal, to, x, y, TypeIndex(type));
  } else {
    b().Emit(OpFor(ComparisonFamily(op), ScalarOf(type)), to, x, y);
    return;
  }
  if (op == Token::kNeq) Not(to);
}

// A comparison of 64-bit integers or addresses, as a jump. False when there is no instruction for
// it.
bool FunctionCompiler::ComparisonJump(const BinaryExpr* e, bool when, Label& label) {
  Token op = when ? e->op : Negated(e->op);
  const bool equality = op == Token::kEql || op == Token::kNeq;
  const Expr* nil = IsNil(e->y) ? e->y : IsNil(e->x) ? e->x : nullptr;
  if (nil != nullptr) {
    const Expr* value = nil == e->y ? e->x : e->y;
    if (IsNil(value)) return false;
    b().JumpCompare(op == Token::kEql ? Op::kJEqImm : Op::kJNeImm, Operand(value), 0, label);
    return true;
  }
  const Type* type = TypeOf(e->x);
  if (types::IsInterface(type) != types::IsInterface(TypeOf(e->y))) return false;
  const std::optional<Scalar> scalar = ScalarOrNothing(type);
  if (!scalar || !(*scalar == Scalar::kI64 || (equality && *scalar == Scalar::kU64))) return false;
  if (equality && IsConstant(e->y)) {
    const std::optional<int64_t> value = Of(Unparen(e->y)).value.AsInt64();
    if (value && *value == static_cast<int32_t>(*value)) {
      const Reg x = Operand(e->x);
      b().JumpCompare(op == Token::kEql ? Op::kJEqImm : Op::kJNeImm, x,
                      static_cast<uint32_t>(*value), label);
      return true;
    }
  }
  Reg x = Operand(e->x);
  Reg y = Operand(e->y);
  if (Swaps(op)) std::swap(x, y);
  const Family family = ComparisonFamily(op);
  b().JumpCompare(family == Family::kEq   ? Op::kJEqI64
                  : family == Family::kNe ? Op::kJNeI64
                  : family == Family::kLt ? Op::kJLtI64
                                          : Op::kJLeI64,
                  x, y, label);
  return true;
}

void FunctionCompiler::Condition(const Expr* e, bool when, Label& label) {
  e = Unparen(e);
  const Reg mark = b().top();
  Prepare({e});
  if (IsConstant(e)) {
    if (Of(e).value.AsBool() == when) b().Jump(label);
    return;
  }
  const auto* unary = As<UnaryExpr>(e);
  const auto* binary = As<BinaryExpr>(e);
  if (IsHoisted(e) || (unary == nullptr && binary == nullptr)) {
    b().JumpIf(Operand(e), when, label);
  } else if (unary != nullptr && unary->op == Token::kNot) {
    Condition(unary->x, !when, label);
  } else if (binary != nullptr && (binary->op == Token::kLAnd || binary->op == Token::kLOr)) {
    // `decides`: the value of x that makes y superfluous.
    const bool decides = binary->op == Token::kLOr;
    if (decides == when) {
      Condition(binary->x, when, label);
      Condition(binary->y, when, label);
    } else {
      Label otherwise;
      Condition(binary->x, decides, otherwise);
      Condition(binary->y, when, label);
      b().Bind(otherwise);
    }
  } else if (binary == nullptr || !ComparisonJump(binary, when, label)) {
    b().JumpIf(Operand(e), when, label);
  }
  b().ReleaseTo(mark);
}

// ---- Slices, assertions

Reg FunctionCompiler::Widen(Reg reg, const Type* type) {
  const std::optional<Scalar> scalar = ScalarOrNothing(type);
  Op op = Op::kNop;
  switch (*scalar) {
    case Scalar::kI8:
      op = Op::kExtI8;
      break;
    case Scalar::kI16:
      op = Op::kExtI16;
      break;
    case Scalar::kI32:
      op = Op::kExtI32;
      break;
    case Scalar::kU8:
      op = Op::kExtU8;
      break;
    case Scalar::kU16:
      op = Op::kExtU16;
      break;
    case Scalar::kU32:
      op = Op::kExtU32;
      break;
    default:
      return reg;
  }
  const Reg wide = b().Alloc(8);
  b().Emit(op, wide, reg);
  return wide;
}

Reg FunctionCompiler::IndexOperand(const Expr* e) {
  if (IsConstant(e)) return b().Int(Of(Unparen(e)).value.ToInt().AsInt64().value_or(0));
  return Widen(Operand(e), TypeOf(e));
}

void FunctionCompiler::SliceInto(const SliceExpr* e, Reg to) {
  Prepare({e->x, e->low, e->high, e->max});
  const Type* type = types::Under(TypeOf(e->x));
  const auto* pointer = types::To<types::Pointer>(type);
  const Type* array = nullptr;
  Reg base;
  if (pointer != nullptr) {
    array = pointer->elem;
    base = Operand(e->x);
  } else if (type->kind() == types::TypeKind::kArray) {
    array = TypeOf(e->x);
    base = AddressOf(PlaceOf(e->x));
  } else {
    base = Operand(e->x);
  }
  const Reg bounds = b().Alloc(24);
  auto bound = [&](const Expr* x, int i, auto otherwise) {
    if (x == nullptr) return otherwise(bounds + 8 * i);
    b().Move(bounds + 8 * i, IndexOperand(x), 8);
  };
  auto zero = [&](Reg reg) { b().Constant(reg, 0, 8); };
  auto length = [&](Reg reg) {
    if (array != nullptr) {
      b().Constant(reg, static_cast<uint64_t>(types::UnderAs<types::Array>(array)->length), 8);
    } else {
      b().Move(reg, base + 8, 8);
    }
  };
  bound(e->low, 0, zero);
  bound(e->high, 1, length);
  if (e->max != nullptr) bound(e->max, 2, zero);
  const Expr* first = e->low != nullptr ? e->low : e->high;
  At(first != nullptr ? first->pos : e->pos);
  if (types::IsString(type)) {
    b().Emit(Op::kSliceStr, to, base, bounds);
  } else if (array != nullptr) {
    b().Emit(e->full ? Op::kSliceArray3 : Op::kSliceArray2, to, base, bounds, TypeIndex(array));
  } else {
    b().Emit(e->full ? Op::kSlice3 : Op::kSlice2, to, base, bounds,
             TypeIndex(types::To<types::Slice>(type)->elem));
  }
}

void FunctionCompiler::AssertInto(const TypeAssertExpr* e, Reg to) {
  const Reg x = Operand(e->x);
  At(e->pos);
  b().Emit(Op::kAssert, to, x, TypeIndex(TypeOf(e->type)), TypeIndex(TypeOf(e->x)));
}

Reg FunctionCompiler::CommaOk(const Expr* e) {
  e = Unparen(e);
  auto tuple = [&](const Type* value) { return b().Alloc(SlotSize(Size(value)) + 8); };
  if (const auto* index = As<IndexExpr>(e)) {
    const auto* map = types::UnderAs<types::Map>(TypeOf(index->x));
    const Reg m = Operand(index->x);
    const Reg key = OperandAs(index->indices[0], map->key);
    const Reg to = tuple(map->elem);
    At(e->pos);
    b().Emit(Op::kMapGet2, to, m, key, TypeIndex(TypeOf(index->x)));
    return to;
  }
  if (const auto* assertion = As<TypeAssertExpr>(e)) {
    const Type* type = TypeOf(assertion->type);
    const Reg x = Operand(assertion->x);
    const Reg to = tuple(type);
    At(e->pos);
    b().Emit(Op::kAssert2, to, x, TypeIndex(type));
    return to;
  }
  const auto* receive = Cast<UnaryExpr>(e);
  const Type* element = types::UnderAs<types::Chan>(TypeOf(receive->x))->elem;
  const Reg channel = Operand(receive->x);
  const Reg to = tuple(element);
  At(e->pos);
  b().Emit(Op::kChanRecv2, to, channel, 0, TypeIndex(element));
  return to;
}

}  // namespace heddle::golang::compile
