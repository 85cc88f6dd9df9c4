// SPDX-License-Identifier: Apache-2.0
//
// Expressions: names, literals, unary operators, indirection and type assertions.
//
// Source: the Go specification, "Expressions".
#include <utility>

#include "models/golang/syntax/literal.h"
#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::ExprInternal(Operand& x, const Expr* expr, const Type* hint) {
  switch (expr->kind) {
    case NodeKind::kBadExpr:
      return;
    case NodeKind::kIdent:
      return IdentExpr(x, Cast<Ident>(expr), true);
    case NodeKind::kBasicLit:
      return LiteralExpr(x, Cast<BasicLit>(expr));
    case NodeKind::kFuncLit:
      return CheckFuncLit(Cast<FuncLit>(expr), x);
    case NodeKind::kCompositeLit:
      return CompositeLitOf(x, Cast<CompositeLit>(expr), hint);
    case NodeKind::kParenExpr: {
      const Expr* inner = Cast<ParenExpr>(expr)->x;
      RawExpr(x, inner, hint, true);
      return;
    }
    case NodeKind::kSelectorExpr:
      return SelectorOf(x, Cast<SelectorExpr>(expr));
    case NodeKind::kIndexExpr:
      return IndexOf(x, Cast<IndexExpr>(expr), true);
    case NodeKind::kSliceExpr:
      return SliceOf(x, Cast<SliceExpr>(expr));
    case NodeKind::kTypeAssertExpr:
      return TypeAssertOf(x, Cast<TypeAssertExpr>(expr));
    case NodeKind::kCallExpr:
      return Call(x, Cast<CallExpr>(expr));
    case NodeKind::kStarExpr:
      return StarExprOf(x, Cast<StarExpr>(expr));
    case NodeKind::kUnaryExpr:
      return UnaryExprOf(x, Cast<UnaryExpr>(expr), hint);
    case NodeKind::kBinaryExpr: {
      const auto* binary = Cast<BinaryExpr>(expr);
      return Binary(x, binary, binary->x, binary->y, binary->op);
    }
    case NodeKind::kKeyValueExpr:
      Report(StartPos(expr), "unexpected key:value expression");
      UseOne(expr);
      return;
    case NodeKind::kEllipsis:
    case NodeKind::kArrayType:
    case NodeKind::kStructType:
    case NodeKind::kFuncType:
    case NodeKind::kInterfaceType:
    case NodeKind::kMapType:
    case NodeKind::kChanType: {
      const Type* type = CheckType(expr, false);
      if (!IsInvalid(type)) {
        x.mode = Mode::kType;
        x.type = type;
      }
      return;
    }
    default:
      return;
  }
}

void Checker::NoteDependency(Object* object) {
  if (env_.decl == nullptr || object->pkg != &package_ || !decl_of_.contains(object)) return;
  if (env_.decl->dependency_set.insert(object).second) env_.decl->dependencies.push_back(object);
}

void Checker::NoteVarUse(Var* var) {
  if (var->function == nullptr || env_.function == nullptr || env_.function->node == var->function)
    return;
  var->captured = true;
  for (FunctionContext* context = env_.function;
       context != nullptr && context->node != var->function; context = context->outer) {
    if (context->literal == nullptr) break;
    std::vector<Var*>& captures = info().MutableClosure(context->literal).captures;
    bool known = false;
    for (const Var* other : captures) known = known || other == var;
    if (!known) captures.push_back(var);
  }
}

void Checker::IdentExpr(Operand& x, const Ident* ident, bool) {
  const Scope* where = nullptr;
  Object* object = env_.scope->FindUpward(ident->name, &where);
  if (object == nullptr) {
    if (ident->name == "_") {
      Report(ident->pos, "cannot use _ as value or type");
    } else if (!IsMissingDotName(ident)) {
      Error(ident->pos, "undefined: {}", ident->name);
    }
    return;
  }
  info().SetUse(ident, object);
  if (object->pkg != nullptr && object->pkg != &package_) {
    const auto found = dot_imports_.find({where, object->pkg});
    if (found != dot_imports_.end()) found->second->used = true;
  }
  NoteMention(object);
  // A defined type can be mentioned before it is complete.
  const auto* type_name = ToObject<TypeName>(object);
  if (type_name == nullptr || type_name->named == nullptr) Resolve(object);
  const Type* type = object->type;
  switch (object->kind) {
    case ObjectKind::kPkgName:
      Error(ident->pos, "use of package {} not in selector", ident->name);
      return;
    case ObjectKind::kConst: {
      NoteDependency(object);
      if (IsInvalid(type)) return;
      const auto* constant = static_cast<const Const*>(object);
      x.value = constant->value;
      if (object->pkg == nullptr && object->name == "iota") {
        if (!env_.iota.has_value()) {
          Report(ident->pos, "cannot use iota outside constant declaration");
          return;
        }
        x.value = *env_.iota;
      }
      x.mode = Mode::kConstant;
      break;
    }
    case ObjectKind::kTypeName:
      if (IsInvalid(type)) return;
      x.mode = Mode::kType;
      break;
    case ObjectKind::kVar: {
      auto* var = static_cast<Var*>(object);
      if (object->pkg == &package_) var->used = true;
      NoteVarUse(var);
      NoteDependency(object);
      if (IsInvalid(type)) return;
      x.mode = Mode::kVariable;
      break;
    }
    case ObjectKind::kFunc: {
      NoteDependency(object);
      if (type == nullptr) return;
      const auto* func = static_cast<const Func*>(object);
      if (!func->type_params.empty()) x.generic = func;
      x.mode = Mode::kValue;
      break;
    }
    case ObjectKind::kBuiltin:
      x.builtin = static_cast<const BuiltinObject*>(object)->builtin;
      x.mode = Mode::kBuiltin;
      x.type = nullptr;
      return;
    case ObjectKind::kNil:
      x.mode = Mode::kNil;
      break;
  }
  x.type = type;
}

// The ways to write numbers that came with go1.13.
void Checker::CheckLiteralVersion(const BasicLit* literal) {
  if (literal->lit == LitKind::kString || literal->lit == LitKind::kRune) return;
  const std::string_view text = literal->text;
  if (text.find('_') != std::string_view::npos) {
    RequireVersion(literal->pos, 13, "underscore in numeric literal");
    return;
  }
  if (text.size() < 2 || text[0] != '0') return;
  const char radix = text[1];
  if (radix == 'b' || radix == 'B') RequireVersion(literal->pos, 13, "binary literal");
  if (radix == 'o' || radix == 'O') RequireVersion(literal->pos, 13, "0o/0O-style octal literal");
  if ((radix == 'x' || radix == 'X') && literal->lit != LitKind::kInt)
    RequireVersion(literal->pos, 13, "hexadecimal floating-point literal");
}

void Checker::LiteralExpr(Operand& x, const BasicLit* literal) {
  if (literal->bad) return;
  CheckLiteralVersion(literal);
  constexpr size_t kMaxDigits = 10000;
  BasicKind kind = BasicKind::kUntypedInt;
  switch (literal->lit) {
    case LitKind::kInt:
      kind = BasicKind::kUntypedInt;
      break;
    case LitKind::kFloat:
      kind = BasicKind::kUntypedFloat;
      break;
    case LitKind::kImaginary:
      kind = BasicKind::kUntypedComplex;
      break;
    case LitKind::kRune:
      kind = BasicKind::kUntypedRune;
      break;
    case LitKind::kString:
      kind = BasicKind::kUntypedString;
      break;
  }
  if (literal->lit == LitKind::kString) {
    x.value = Constant::String(StringValue(literal->text));
  } else if (literal->lit == LitKind::kRune) {
    x.value = Constant::Int(static_cast<int64_t>(RuneValue(literal->text)));
  } else if (literal->text.size() > kMaxDigits) {
    Error(literal->pos, "excessively long constant: {}... ({} chars)", literal->text.substr(0, 10),
          literal->text.size());
    return;
  } else {
    x.value = Constant::FromLiteral(literal->lit, literal->text);
  }
  if (!x.value.IsKnown()) {
    Error(literal->pos, "malformed constant: {}", literal->text);
    return;
  }
  x.mode = Mode::kConstant;
  x.type = basic(kind);
  x.expr = literal;
  Overflow(x, literal->pos);
}

// The variable whose memory `expr` denotes: v, v.f without pointers, v[i] of arrays; null for other
// places.
Var* Checker::RootVar(const Expr* expr) {
  for (;;) {
    expr = Unparen(expr);
    if (const auto* ident = As<Ident>(expr)) return ToObject<Var>(info().Use(ident));
    if (const auto* selector = As<SelectorExpr>(expr)) {
      const Selection* selection = info().SelectionOf(selector);
      if (selection == nullptr) return ToObject<Var>(info().Use(selector->sel));
      if (selection->kind != SelectionKind::kField || selection->indirect) return nullptr;
      expr = selector->x;
    } else if (const auto* index = As<IndexExpr>(expr)) {
      if (UnderAs<Array>(info().TypeOf(index->x)) == nullptr) return nullptr;
      expr = index->x;
    } else {
      return nullptr;
    }
  }
}

void Checker::MarkAddressTaken(const Expr* expr) {
  if (Var* var = RootVar(expr)) var->address_taken = true;
}

void Checker::AddressOf(Operand& x, const UnaryExpr* expr, const Type* hint) {
  // &T{} with the T of a pointer element elided is the hint's base.
  const auto* pointer = hint == nullptr ? nullptr : UnderAs<Pointer>(hint);
  RawExpr(x, expr->x, pointer == nullptr ? nullptr : pointer->elem, false);
  ExcludeModes(x, true, true, true);
  SingleValue(x);
  if (!x.valid()) return;
  if (As<CompositeLit>(Unparen(expr->x)) == nullptr && x.mode != Mode::kVariable) {
    Error(PosOf(x), "invalid operation: cannot take address of {}", Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  if (x.mode == Mode::kVariable) MarkAddressTaken(expr->x);
  x.mode = Mode::kValue;
  x.type = types_.PointerTo(x.type);
}

void Checker::ReceiveOf(Operand& x) {
  const Type* core = CoreType(x.type);
  const auto* chan = To<Chan>(core);
  if (chan == nullptr) {
    if (core == nullptr) {
      Error(PosOf(x), "invalid operation: cannot receive from {} (no core type)", Str(x));
    } else {
      Error(PosOf(x), "invalid operation: cannot receive from non-channel {}", Str(x));
    }
    x.mode = Mode::kInvalid;
    return;
  }
  if (chan->dir == ChanDir::kSend) {
    Error(PosOf(x), "invalid operation: cannot receive from send-only channel {}", Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  x.mode = Mode::kCommaOk;
  x.type = chan->elem;
  env_.has_call_or_receive = true;
}

bool Checker::CheckUnaryOp(const Operand& x, Token op) {
  const bool ok = op == Token::kXor   ? IsInteger(x.type)
                  : op == Token::kNot ? IsBoolean(x.type)
                                      : IsNumeric(x.type);
  if (!ok)
    Error(PosOf(x), "invalid operation: operator {} not defined on {}", TokenText(op), Str(x));
  return ok;
}

void Checker::UnaryExprOf(Operand& x, const UnaryExpr* expr, const Type* hint) {
  if (expr->op == Token::kAnd) return AddressOf(x, expr, hint);
  Value(x, expr->x);
  if (!x.valid()) return;
  if (expr->op == Token::kArrow) return ReceiveOf(x);
  if (expr->op == Token::kTilde) {
    Error(expr->pos, "cannot use ~ outside of interface or type constraint{}",
          IsInteger(x.type) ? " (use ^ for bitwise complement)" : "");
    x.mode = Mode::kInvalid;
    return;
  }
  if (!CheckUnaryOp(x, expr->op)) {
    x.mode = Mode::kInvalid;
    return;
  }
  if (!x.is_const()) {
    x.mode = Mode::kValue;
    return;
  }
  if (!x.value.IsKnown()) return;
  unsigned bits = 0;
  if (expr->op == Token::kXor && IsUnsigned(x.type)) {
    switch (UnderAs<Basic>(x.type)->basic) {
      case BasicKind::kUint8:
        bits = 8;
        break;
      case BasicKind::kUint16:
        bits = 16;
        break;
      case BasicKind::kUint32:
        bits = 32;
        break;
      default:
        bits = 64;
        break;
    }
  }
  x.value = UnaryOp(expr->op, x.value, bits);
  x.expr = expr;
  Overflow(x, expr->pos);
}

void Checker::StarExprOf(Operand& x, const StarExpr* expr) {
  ExprOrType(x, expr->x, false);
  if (!x.valid()) return;
  if (x.mode == Mode::kType) {
    const Type* elem = x.type;
    const Pos pos = StartPos(expr->x);
    if (IsInterface(elem)) Later([this, pos, elem] { CheckVarType(pos, elem); });
    x.type = types_.PointerTo(elem);
    return;
  }
  if (x.is_nil()) {
    Report(PosOf(x), "invalid operation: cannot indirect nil");
    x.mode = Mode::kInvalid;
    return;
  }
  const auto* pointer = To<Pointer>(CoreType(x.type));
  if (pointer == nullptr) {
    Error(PosOf(x), "invalid operation: cannot indirect {}", Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  x.mode = Mode::kVariable;
  x.type = pointer->elem;
}

void Checker::TypeAssertOf(Operand& x, const TypeAssertExpr* expr) {
  Value(x, expr->x);
  if (!x.valid()) {
    if (expr->type != nullptr) VarType(expr->type);
    return;
  }
  if (IsTypeParam(x.type)) {
    Error(PosOf(x), "invalid operation: cannot use type assertion on type parameter value {}",
          Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  if (!IsInterface(x.type)) {
    Error(PosOf(x), "invalid operation: {} is not an interface", Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  const Type* type = VarType(expr->type);
  if (IsInvalid(type)) {
    x.mode = Mode::kInvalid;
    return;
  }
  CheckAssertion(expr, x, type, false);
  x.mode = Mode::kCommaOk;
  x.type = type;
}

void Checker::CheckAssertion(const Expr* expr, const Operand& x, const Type* type,
                             bool type_switch) {
  std::string cause;
  if (IsInvalid(type) || IsTypeParam(type) || AssertableTo(types_, x.type, type, &package_, &cause))
    return;
  if (type_switch) {
    Error(StartPos(expr), "impossible type switch case: {}\n\t{} cannot have dynamic type {} {}",
          ExprString(expr), Str(x), Str(type), cause);
  } else {
    Error(StartPos(expr), "impossible type assertion: {}\n\t{} does not implement {} {}",
          ExprString(expr), Str(type), Str(x.type), cause);
  }
}

}  // namespace heddle::golang::types
