// SPDX-License-Identifier: Apache-2.0
//
// Calls of built-in functions.
//
// EmitBuiltin works on operands in registers, so that go and defer can use it for a function of its
// own. Source: the Go specification, "Built-in functions".
#include <optional>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

using types::Builtin;

void FunctionCompiler::BuiltinInto(const CallExpr* e, Builtin builtin, Reg to) {
  if (e->args.size() == 1 && types::To<types::Tuple>(Of(e->args[0]).type) != nullptr) {
    return BuiltinOfTuple(e, builtin, to);
  }
  Prepare(e->args);
  switch (builtin) {
    case Builtin::kAppend:
      return AppendInto(e, to);
    case Builtin::kLen:
      return LenInto(e, false, to);
    case Builtin::kCap:
      return LenInto(e, true, to);
    case Builtin::kMake:
      return MakeInto(e, to);
    case Builtin::kMin:
      return MinMaxInto(e, false, to);
    case Builtin::kMax:
      return MinMaxInto(e, true, to);
    case Builtin::kComplex:
      return ComplexInto(e, to);
    case Builtin::kReal:
    case Builtin::kImag: {
      const Scalar scalar = ScalarOf(TypeOf(e->args[0]));
      const Reg x = Operand(e->args[0]);
      b().Emit(OpFor(builtin == Builtin::kReal ? Family::kReal : Family::kImag, scalar), to, x);
      return;
    }
    case Builtin::kNew:
      At(e->pos);
      b().Emit(Op::kNew, to, TypeIndex(TypeOf(e->args[0])));
      return;
    case Builtin::kRecover:
      AtCall(e);
      b().Emit(Op::kRecover, to);
      return;
    case Builtin::kNone:
    case Builtin::kClear:
    case Builtin::kClose:
    case Builtin::kCopy:
    case Builtin::kDelete:
    case Builtin::kPanic:
    case Builtin::kPrint:
    case Builtin::kPrintln:
      break;
    case Builtin::kAlignof:
    case Builtin::kOffsetof:
    case Builtin::kSizeof:  // constants
    case Builtin::kAdd:
      return program_.Unsupported(e->pos, "pointer arithmetic through package unsafe");
    case Builtin::kSlice:
    case Builtin::kString: {
      const Reg pointer = Operand(e->args[0]);
      const Reg length = IndexOperand(e->args[1]);
      AtCall(e);
      if (builtin == Builtin::kString) {
        b().Emit(Op::kUnsafeStr, to, pointer, length);
      } else {
        const auto* slice = types::UnderAs<types::Slice>(TypeOf(e));
        // Where the variable ends is not known: what follows must not be taken for pointers.
        if (HoldsPointers(slice->elem) && !package_->is_std)
          return program_.Unsupported(e->pos, "unsafe.Slice of values that hold pointers");
        b().Emit(Op::kUnsafeSlice, to, pointer, length, TypeIndex(slice->elem));
      }
      return;
    }
    case Builtin::kSliceData:
      return b().Move(to, Operand(e->args[0]), 8);
    case Builtin::kStringData: {
      const Reg text = Operand(e->args[0]);
      AtCall(e);
      b().Emit(Op::kStrData, to, text);
      return;
    }
  }
  const std::vector<const Type*> types = BuiltinParameters(e, builtin);
  std::vector<Reg> args;
  for (size_t i = 0; i < types.size(); i++) args.push_back(OperandAs(e->args[i], types[i]));
  AtCall(e);
  EmitBuiltin(builtin, args, types, to);
}

// f(g()), where g returns all the operands.
void FunctionCompiler::BuiltinOfTuple(const CallExpr* e, Builtin builtin, Reg to) {
  Results values = Tuple(e->args[0]);
  AtCall(e);
  if (builtin == Builtin::kComplex) {
    b().Emit(OpFor(Family::kMake, ScalarOf(TypeOf(e))), to, values.regs[0], values.regs[1]);
    return;
  }
  if (builtin == Builtin::kMin || builtin == Builtin::kMax) {
    return BestInto(values.regs, TypeOf(e), builtin == Builtin::kMax, to);
  }
  if (builtin == Builtin::kAppend) {
    const Type* element = types::UnderAs<types::Slice>(TypeOf(e))->elem;
    b().Move(to, values.regs[0], 24);
    for (size_t i = 1; i < values.regs.size(); i++) {
      const Reg value = Converted(values.regs[i], values.types[i], element);
      b().Emit(Op::kAppendN, to, value, 1, TypeIndex(element));
    }
    return;
  }
  if (builtin == Builtin::kDelete) {
    const Type* key = types::UnderAs<types::Map>(values.types[0])->key;
    values.regs[1] = Converted(values.regs[1], values.types[1], key);
  }
  EmitBuiltin(builtin, values.regs, values.types, to);
}

void FunctionCompiler::BuiltinStatement(const CallExpr* e, Builtin builtin) {
  BuiltinInto(e, builtin, b().Alloc(16));
}

// The types that the operands are converted to.
std::vector<const types::Type*> FunctionCompiler::BuiltinParameters(const CallExpr* e,
                                                                    Builtin builtin) {
  std::vector<const Type*> types;
  for (const Expr* arg : e->args) types.push_back(TypeOf(arg));
  if (builtin == Builtin::kPanic) types[0] = table().empty_interface();
  if (builtin == Builtin::kDelete) types[1] = types::UnderAs<types::Map>(types[0])->key;
  return types;
}

void FunctionCompiler::EmitBuiltin(Builtin builtin, std::span<const Reg> args,
                                   std::span<const Type* const> types, Reg to) {
  switch (builtin) {
    case Builtin::kClear:
      if (types::UnderAs<types::Map>(types[0]) != nullptr) {
        b().Emit(Op::kMapClear, args[0], 0, 0, TypeIndex(types[0]));
      } else {
        b().Emit(Op::kClearSlice, args[0], 0, 0,
                 TypeIndex(types::UnderAs<types::Slice>(types[0])->elem));
      }
      return;
    case Builtin::kClose:
      b().Emit(Op::kChanClose, args[0]);
      return;
    case Builtin::kCopy:
      if (types::IsString(types[1])) {
        b().Emit(Op::kCopyStr, to, args[0], args[1]);
      } else {
        b().Emit(Op::kCopySlice, to, args[0], args[1],
                 TypeIndex(types::UnderAs<types::Slice>(types[0])->elem));
      }
      return;
    case Builtin::kDelete:
      b().Emit(Op::kMapDelete, args[0], args[1], 0, TypeIndex(types[0]));
      return;
    case Builtin::kPanic:
      b().Emit(Op::kPanic, args[0]);
      return;
    case Builtin::kPrint:
    case Builtin::kPrintln: {
      const bool line = builtin == Builtin::kPrintln;
      for (size_t i = 0; i < args.size(); i++) {
        if (line && i > 0) b().Emit(Op::kPrintText, program_.program().InternString(" "));
        b().Emit(Op::kPrint, args[i], TypeIndex(types[i]));
      }
      if (line) b().Emit(Op::kPrintText, program_.program().InternString("\n"));
      return;
    }
    case Builtin::kRecover:
      b().Emit(Op::kRecover, to);
      return;
    default:
      return;  // The others have a value, which nobody could use.
  }
}

// append(s, x...), append(s, a, b), append(bytes, string...).
void FunctionCompiler::AppendInto(const CallExpr* e, Reg to) {
  const Type* type = TypeOf(e);
  const Type* element = types::UnderAs<types::Slice>(type)->elem;
  const Reg slice = OperandAs(e->args[0], type);
  if (e->has_dots) {
    const Expr* more = e->args[1];
    const bool string = !IsNil(more) && types::IsString(TypeOf(more));
    const Reg values = string ? Operand(more) : OperandAs(more, type);
    // The values may be those of the destination: s = append(t, s...).
    const Reg result = to == values ? b().Alloc(24) : to;
    b().Move(result, slice, 24);
    AtCall(e);
    if (string) {
      b().Emit(Op::kAppendStr, result, values);
    } else {
      b().Emit(Op::kAppend, result, values, 0, TypeIndex(element));
    }
    b().Move(to, result, 24);
    return;
  }
  const uint64_t size = Size(element);
  const size_t count = e->args.size() - 1;
  const Reg values = b().Alloc(size * count);
  for (size_t i = 0; i < count; i++) {
    IntoAs(e->args[i + 1], element, values + static_cast<Reg>(size * i), true);
  }
  b().Move(to, slice, 24);
  AtCall(e);
  if (count > 0) {
    b().Emit(Op::kAppendN, to, values, static_cast<uint32_t>(count), TypeIndex(element));
  }
}

void FunctionCompiler::MakeInto(const CallExpr* e, Reg to) {
  const Type* type = TypeOf(e);
  const Reg first = e->args.size() > 1 ? IndexOperand(e->args[1]) : b().Int(0);
  const Reg second = e->args.size() > 2 ? IndexOperand(e->args[2]) : first;
  AtCall(e);
  if (const auto* slice = types::UnderAs<types::Slice>(type)) {
    b().Emit(Op::kMakeSlice, to, first, second, TypeIndex(slice->elem));
  } else if (types::UnderAs<types::Map>(type) != nullptr) {
    b().Emit(Op::kMakeMap, to, first, 0, TypeIndex(type));
  } else {
    b().Emit(Op::kMakeChan, to, first, 0, TypeIndex(type));
  }
}

void FunctionCompiler::LenInto(const CallExpr* e, bool capacity, Reg to) {
  const Expr* x = Unparen(e->args[0]);
  const Type* type = types::Under(TypeOf(x));
  if (const auto* pointer = types::To<types::Pointer>(type)) type = types::Under(pointer->elem);
  switch (type->kind()) {
    case types::TypeKind::kArray: {
      Operand(x);  // Not constant: it has a call or a receive.
      b().Constant(to, static_cast<uint64_t>(types::To<types::Array>(type)->length), 8);
      return;
    }
    case types::TypeKind::kMap:
      b().Emit(Op::kMapLen, to, Operand(x));
      return;
    case types::TypeKind::kChan: {
      const Reg channel = Operand(x);
      AtCall(e);
      b().Emit(capacity ? Op::kChanCap : Op::kChanLen, to, channel);
      return;
    }
    default:
      return LoadPlace(Subplace(PlaceOf(x), capacity ? 16 : 8, IntType()), to);
  }
}

void FunctionCompiler::MinMaxInto(const CallExpr* e, bool max, Reg to) {
  const Type* type = TypeOf(e);
  std::vector<Reg> values;
  for (const Expr* arg : e->args) values.push_back(OperandAs(arg, type));
  BestInto(values, type, max, to);
}

// The smallest or greatest of some values.
void FunctionCompiler::BestInto(std::span<const Reg> values, const Type* type, bool max, Reg to) {
  const Scalar scalar = ScalarOf(type);
  const uint64_t size = Size(type);
  const Reg best = Temp(type);
  b().Move(best, values[0], size);
  for (const Reg next : values.subspan(1)) {
    if (types::IsFloat(type)) {
      b().Emit(OpFor(max ? Family::kMax : Family::kMin, scalar), best, best, next);
      continue;
    }
    const Reg better = b().Alloc(1);
    b().Emit(OpFor(Family::kLt, scalar), better, max ? best : next, max ? next : best);
    Label keep;
    b().JumpIf(better, false, keep);
    b().Move(best, next, size);
    b().Bind(keep);
  }
  b().Move(to, best, size);
}

void FunctionCompiler::ComplexInto(const CallExpr* e, Reg to) {
  const Type* type = TypeOf(e);
  const Scalar scalar = ScalarOf(type);
  const Type* part = table().basic(scalar == Scalar::kC64 ? types::BasicKind::kFloat32
                                                          : types::BasicKind::kFloat64);
  auto operand = [&](const Expr* x) {
    if (!IsConstant(x)) return Operand(x);
    const Reg reg = Temp(part);
    ConstantInto(Of(Unparen(x)).value.ToFloat(), part, reg);
    return reg;
  };
  const Reg real = operand(e->args[0]);
  const Reg imag = operand(e->args[1]);
  b().Emit(OpFor(Family::kMake, scalar), to, real, imag);
}

}  // namespace heddle::golang::compile
