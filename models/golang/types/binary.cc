// SPDX-License-Identifier: Apache-2.0
//
// Binary operators: arithmetic, comparison, shifts, on constants and on values.
//
// Source: the Go specification, "Operators", "Constant expressions".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

bool IsComparisonOp(Token op) { return op >= Token::kEql && op <= Token::kGeq; }
bool IsShiftOp(Token op) { return op == Token::kShl || op == Token::kShr; }

std::string CompositeKind(const Type* type) {
  switch (Under(type)->kind()) {
    case TypeKind::kPointer:
      return "pointer";
    case TypeKind::kSlice:
      return "slice";
    case TypeKind::kArray:
      return "array";
    case TypeKind::kMap:
      return "map";
    case TypeKind::kChan:
      return "chan";
    case TypeKind::kStruct:
      return "struct";
    case TypeKind::kSignature:
      return "func";
    case TypeKind::kInterface:
      return "interface";
    case TypeKind::kTuple:
      return "tuple";
    case TypeKind::kBasic:
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return "";
  }
  return "";
}

}  // namespace

bool Checker::MayConvert(const Operand& x, const Operand& y) const {
  if (!IsUntyped(x.type) && !IsUntyped(y.type)) return false;
  if (IsInterface(x.type) || IsInterface(y.type)) return true;
  if (IsBoolean(x.type) != IsBoolean(y.type)) return false;
  if (IsString(x.type) != IsString(y.type)) return false;
  if (x.is_nil()) return HasNil(y.type);
  if (y.is_nil()) return HasNil(x.type);
  return UnderAs<Pointer>(x.type) == nullptr && UnderAs<Pointer>(y.type) == nullptr;
}

void Checker::MatchTypes(Operand& x, Operand& y) {
  if (!MayConvert(x, y)) return;
  ConvertUntyped(x, y.type);
  if (!x.valid()) return;
  ConvertUntyped(y, x.type);
  if (!y.valid()) x.mode = Mode::kInvalid;
}

bool Checker::CheckBinaryOp(const Operand& x, Token op) {
  bool ok = false;
  switch (op) {
    case Token::kAdd:
      ok = IsNumericOrString(x.type);
      break;
    case Token::kSub:
    case Token::kMul:
    case Token::kQuo:
      ok = IsNumeric(x.type);
      break;
    case Token::kRem:
    case Token::kAnd:
    case Token::kOr:
    case Token::kXor:
    case Token::kAndNot:
      ok = IsInteger(x.type);
      break;
    case Token::kLAnd:
    case Token::kLOr:
      ok = IsBoolean(x.type);
      break;
    default:
      break;
  }
  if (!ok)
    Error(PosOf(x), "invalid operation: operator {} not defined on {}", TokenText(op), Str(x));
  return ok;
}

void Checker::Binary(Operand& x, const Expr* expr, const Expr* lhs, const Expr* rhs, Token op) {
  Operand y;
  Value(x, lhs);
  Value(y, rhs);
  if (!x.valid()) return;
  if (!y.valid()) {
    x.mode = Mode::kInvalid;
    return;
  }
  if (IsShiftOp(op)) return ShiftOf(x, y, expr, op);
  MatchTypes(x, y);
  if (!x.valid()) return;
  if (IsComparisonOp(op)) return Comparison(x, y, op, nullptr);
  if (!Identical(x.type, y.type)) {
    if (!IsInvalid(x.type) && !IsInvalid(y.type)) {
      if (expr != nullptr) {
        Error(PosOf(x), "invalid operation: {} (mismatched types {} and {})", ExprString(expr),
              Str(x.type), Str(y.type));
      } else {
        Error(PosOf(x), "invalid operation: {} {}= {} (mismatched types {} and {})",
              ExprString(lhs), TokenText(op), ExprString(rhs), Str(x.type), Str(y.type));
      }
    }
    x.mode = Mode::kInvalid;
    return;
  }
  BinaryOperands(x, y, expr, op);
}

// Operands of one type.
void Checker::BinaryOperands(Operand& x, Operand& y, const Expr* expr, Token op) {
  if (!CheckBinaryOp(x, op)) {
    x.mode = Mode::kInvalid;
    return;
  }
  if (op == Token::kQuo || op == Token::kRem) {
    // A complex divisor counts as zero when its square underflows.
    const auto is_zero = [](const Constant& value) {
      if (value.kind() != Constant::Kind::kComplex) return value.Sign() == 0;
      const auto square = [](const Constant& part) {
        return BinaryOp(part, Token::kMul, part, false);
      };
      const Constant real = square(value.Real());
      const Constant imag = square(value.Imag());
      return (!real.IsKnown() || real.Sign() == 0) && (!imag.IsKnown() || imag.Sign() == 0);
    };
    const bool zero = y.is_const() && y.value.IsKnown() && (x.is_const() || IsInteger(x.type)) &&
                      is_zero(y.value);
    if (zero) {
      Report(PosOf(y), "invalid operation: division by zero");
      x.mode = Mode::kInvalid;
      return;
    }
  }
  if (!x.is_const() || !y.is_const()) {
    x.mode = Mode::kValue;
    return;
  }
  if (!x.value.IsKnown() || !y.value.IsKnown()) {
    x.value = Constant();
    return;
  }
  const bool integer_division = op == Token::kQuo && IsInteger(x.type);
  // An untyped integer may be kept as a fraction, and the other way round.
  Constant a = x.value;
  Constant b = y.value;
  if (IsInteger(x.type)) {
    a = a.ToInt();
    b = b.ToInt();
  }
  x.value = BinaryOp(a, op, b, integer_division);
  x.expr = expr != nullptr ? expr : x.expr;
  Overflow(x, expr != nullptr ? expr->pos : PosOf(x));
}

// With `expr` null for an ordinary comparison; else the clause of a switch that x, its value,
// belongs to.
void Checker::Comparison(Operand& x, Operand& y, Token op, const Expr* expr) {
  const bool switch_case = expr != nullptr;
  const Operand* offender = &x;
  std::string cause;
  bool ok = false;
  const auto check = [&] {
    if (!AssignableTo(x, y.type, nullptr) && !AssignableTo(y, x.type, nullptr)) {
      offender = &y;
      cause = fmt::format("mismatched types {} and {}", Str(x.type), Str(y.type));
      return false;
    }
    if (op == Token::kEql || op == Token::kNeq) {
      if (x.is_nil() || y.is_nil()) {
        const bool both = x.is_nil() && y.is_nil();
        offender = &y;
        return !both && HasNil(x.is_nil() ? y.type : x.type);
      }
      for (const Operand* operand : {&x, &y}) {
        if (IsComparable(operand->type)) continue;
        offender = operand;
        cause = IncomparableCause(operand->type, &package_);
        return false;
      }
      return true;
    }
    for (const Operand* operand : {&x, &y}) {
      if (IsOrdered(operand->type)) continue;
      offender = operand;
      return false;
    }
    return true;
  };
  ok = check();
  if (!ok) {
    if (cause.empty()) {
      if (IsTypeParam(x.type) || IsTypeParam(y.type)) {
        if (!IsTypeParam(x.type)) offender = &y;
        cause = fmt::format("type parameter {} cannot use operator {}", Str(offender->type),
                            TokenText(op));
      } else {
        std::string what = CompositeKind(offender->type);
        if (offender->is_nil()) what = "nil";
        if (what.empty()) what = Str(offender->type);
        cause = fmt::format("operator {} not defined on {}", TokenText(op), what);
      }
    }
    if (switch_case) {
      Error(PosOf(x), "invalid case {} in switch on {} ({})", ExprString(x.expr),
            ExprString(y.expr), cause);
    } else {
      Error(PosOf(*offender), "invalid operation: {} {} {} ({})", ExprString(x.expr), TokenText(op),
            ExprString(y.expr), cause);
    }
    x.mode = Mode::kInvalid;
    return;
  }
  if (x.is_const() && y.is_const()) {
    x.value = x.value.IsKnown() && y.value.IsKnown() ? Constant::Bool(Compare(x.value, op, y.value))
                                                     : Constant();
  } else {
    x.mode = Mode::kValue;
    // A nil takes the type of what it is compared with.
    UpdateExprType(x.expr, x.is_nil() ? y.type : DefaultType(types_, x.type), true);
    UpdateExprType(y.expr, y.is_nil() ? x.type : DefaultType(types_, y.type), true);
  }
  x.type = basic(BasicKind::kUntypedBool);
}

// The right operand of a shift: its value in `*count` when it is constant.
bool Checker::ShiftCount(Operand& y, std::optional<uint64_t>* count) {
  if (y.is_const()) {
    const Constant value = y.value.ToInt();
    if (value.IsKnown() && value.Sign() < 0) {
      Error(PosOf(y), "invalid operation: negative shift count {}", Str(y));
      return false;
    }
    if (IsUntyped(y.type)) {
      MakeRepresentable(y, basic(BasicKind::kUint));
      if (!y.valid()) return false;
      UpdateConstValue(y.expr, y.value, nullptr);
      UpdateExprType(y.expr, basic(BasicKind::kUint), true);
    } else if (!IsShiftCount(y)) {
      return false;
    }
    *count = value.AsUint64();
    if (!count->has_value() && value.IsKnown()) *count = ~uint64_t{0};
    return true;
  }
  if (IsUntyped(y.type)) {
    ConvertUntyped(y, basic(BasicKind::kUint));
    return y.valid();
  }
  return IsShiftCount(y);
}

bool Checker::IsShiftCount(const Operand& y) {
  if (!IsInteger(y.type)) {
    Error(PosOf(y), "invalid operation: shift count {} must be integer", Str(y));
    return false;
  }
  return IsUnsigned(y.type) || AllowVersion(13) ||
         RequireVersion(PosOf(y), 13, "invalid operation: signed shift count " + Str(y));
}

void Checker::ShiftOf(Operand& x, Operand& y, const Expr* expr, Token op) {
  Constant value;
  if (x.is_const()) value = x.value.ToInt();
  if (!IsInteger(x.type) && !(IsUntyped(x.type) && value.IsKnown())) {
    Error(PosOf(x), "invalid operation: shifted operand {} must be integer", Str(x));
    x.mode = Mode::kInvalid;
    return;
  }
  std::optional<uint64_t> count;
  if (!ShiftCount(y, &count)) {
    x.mode = Mode::kInvalid;
    return;
  }
  if (!x.is_const()) {
    x.mode = Mode::kValue;
    return;
  }
  if (!y.is_const()) {
    // The type of an untyped left operand is what the context makes of it.
    if (IsUntyped(x.type)) {
      shift_operands_.insert(x.expr->id);
    } else if (!IsInteger(x.type)) {
      Error(PosOf(x), "invalid operation: shifted operand {} must be integer", Str(x));
      x.mode = Mode::kInvalid;
      return;
    }
    x.mode = Mode::kValue;
    return;
  }
  if (!IsInteger(x.type)) x.type = basic(BasicKind::kUntypedInt);
  if (!x.value.IsKnown() || !y.value.IsKnown() || !count.has_value()) {
    x.value = Constant();
    return;
  }
  constexpr uint64_t kMaxShift = 1023 - 1 + 52;
  if (*count > kMaxShift) {
    Error(PosOf(y), "invalid operation: invalid shift count {}", Str(y));
    x.mode = Mode::kInvalid;
    return;
  }
  x.value = Shift(value, op, *count);
  x.expr = expr != nullptr ? expr : x.expr;
  Overflow(x, expr != nullptr ? expr->pos : PosOf(x));
}

}  // namespace heddle::golang::types
