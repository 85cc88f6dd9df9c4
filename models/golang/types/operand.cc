// SPDX-License-Identifier: Apache-2.0
//
// Operands: recording them, converting untyped ones, and assignability.
//
// Invariant: the Info entry of an expression keeps an untyped type until UpdateExprType gives the
// final one, from the outermost expression down. Source: the Go specification, "Assignability",
// "Representability", "Constant expressions".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::RecordOperand(const Operand& x, const Expr* expr) {
  TypeAndValue& entry = info().Mutable(expr);
  entry.mode = x.mode;
  entry.type = x.valid() ? x.type : invalid();
  entry.builtin = x.builtin;
  entry.value = x.value;
}

void Checker::RawExpr(Operand& x, const Expr* expr, const Type* hint, bool allow_generic) {
  x = Operand{.expr = expr, .type = invalid()};
  DepthGuard depth(*this, expr->pos);
  if (!depth.ok) return;
  ExprInternal(x, expr, hint);
  x.expr = expr;
  if (!allow_generic) NonGeneric(x);
  if (!x.valid()) x.type = invalid();
  if (x.mode != Mode::kConstant) x.value = Constant();
  RecordOperand(x, expr);
}

void Checker::NonGeneric(Operand& x) {
  if (!x.valid()) return;
  if (x.mode == Mode::kType && IsGeneric(x.type)) {
    Error(PosOf(x), "cannot use generic type {} without instantiation", ExprString(x.expr));
    x.mode = Mode::kInvalid;
  } else if (x.generic != nullptr) {
    Error(PosOf(x), "cannot use generic function {} without instantiation", ExprString(x.expr));
    x.mode = Mode::kInvalid;
  }
}

void Checker::ExcludeModes(Operand& x, bool no_value, bool builtin, bool type) {
  if (x.mode == Mode::kNoValue && no_value) {
    Error(PosOf(x), "{} used as value{}", Str(x), type ? "" : " or type");
  } else if (x.mode == Mode::kBuiltin && builtin) {
    Error(PosOf(x), "{} must be called", Str(x));
  } else if (x.mode == Mode::kType && type) {
    Error(PosOf(x), "{} is not an expression", Str(x));
  } else {
    return;
  }
  x.mode = Mode::kInvalid;
}

void Checker::SingleValue(Operand& x) {
  if (x.mode != Mode::kValue || To<Tuple>(x.type) == nullptr) return;
  Error(PosOf(x), "multiple-value {} in single-value context", Str(x));
  x.mode = Mode::kInvalid;
}

void Checker::Value(Operand& x, const Expr* expr, const Type* hint) {
  RawExpr(x, expr, hint, true);
  if (x.valid() && x.generic != nullptr && hint != nullptr && UnderAs<Signature>(hint) != nullptr) {
    InferFromTarget(x, hint);
  }
  NonGeneric(x);
  ExcludeModes(x, true, true, true);
  SingleValue(x);
}

void Checker::Multi(Operand& x, const Expr* expr) {
  RawExpr(x, expr, nullptr, true);
  ExcludeModes(x, true, true, true);
}

void Checker::ExprOrType(Operand& x, const Expr* expr, bool allow_generic) {
  RawExpr(x, expr, nullptr, allow_generic);
  ExcludeModes(x, true, true, false);
  SingleValue(x);
}

void Checker::UseOne(const Expr* expr) {
  if (expr == nullptr) return;
  if (const auto* pair = As<KeyValueExpr>(expr)) return UseOne(pair->value);
  Operand x;
  RawExpr(x, expr, nullptr, true);
}

void Checker::Use(List<Expr> exprs) {
  for (const Expr* expr : exprs) UseOne(expr);
}

void Checker::UpdateExprType(const Expr* expr, const Type* type, bool final) {
  if (expr->id == 0) return;
  TypeAndValue& entry = info().Mutable(expr);
  if (entry.type == nullptr || !IsUntyped(entry.type)) return;
  if (const auto* paren = As<ParenExpr>(expr)) {
    UpdateExprType(paren->x, type, final);
  } else if (entry.mode != Mode::kConstant) {
    if (const auto* unary = As<UnaryExpr>(expr)) {
      UpdateExprType(unary->x, type, final);
    } else if (const auto* binary = As<BinaryExpr>(expr)) {
      const bool comparison = binary->op >= Token::kEql && binary->op <= Token::kGeq;
      if (!comparison) {
        UpdateExprType(binary->x, type, final);
        if (binary->op != Token::kShl && binary->op != Token::kShr)
          UpdateExprType(binary->y, type, final);
      }
    }
  }
  TypeAndValue& updated = info().Mutable(expr);
  if (!final && IsUntyped(type)) {
    updated.type = type;
    return;
  }
  if (shift_operands_.contains(expr->id) && !IsInteger(type)) {
    Error(StartPos(expr), "invalid operation: shifted operand {} (type {}) must be integer",
          ExprString(expr), Str(type));
    return;
  }
  if (updated.mode == Mode::kConstant && updated.value.IsKnown()) {
    if (const auto* target = UnderAs<Basic>(type)) {
      Constant rounded = updated.value;
      const Fit fit = RepresentableFit(updated.value, updated.type, target, &rounded);
      if (fit != Fit::kOk) {
        const Operand x{
            .mode = Mode::kConstant, .expr = expr, .type = updated.type, .value = updated.value};
        ReportConversion(x, type, fit);
        return;
      }
      updated.value = rounded;
    }
  }
  updated.type = type;
}

void Checker::UpdateConstValue(const Expr* expr, const Constant& value, const Type*) {
  while (expr != nullptr && expr->id != 0) {
    TypeAndValue& entry = info().Mutable(expr);
    if (entry.mode == Mode::kConstant) entry.value = value;
    const auto* paren = As<ParenExpr>(expr);
    expr = paren == nullptr ? nullptr : paren->x;
  }
}

bool Checker::Representable(const Constant& value, const Basic* target, Constant* rounded) {
  if (!value.IsKnown()) return true;
  const auto set = [&](Constant result) {
    if (!result.IsKnown()) return false;
    *rounded = std::move(result);
    return true;
  };
  const auto integer = [&](unsigned bits, bool is_signed) {
    const Constant exact = value.ToInt();
    return exact.IsKnown() && FitsInteger(exact, bits, is_signed) && set(exact);
  };
  const auto complex = [&](Constant (*round)(const Constant&)) {
    const Constant exact = value.ToComplex();
    return exact.IsKnown() && set(MakeComplex(round(exact.Real()), round(exact.Imag())));
  };
  switch (target->basic) {
    case BasicKind::kInvalid:
      return true;
    case BasicKind::kBool:
    case BasicKind::kUntypedBool:
      return value.kind() == Constant::Kind::kBool;
    case BasicKind::kString:
    case BasicKind::kUntypedString:
      return value.kind() == Constant::Kind::kString;
    case BasicKind::kInt:
    case BasicKind::kInt64:
      return integer(64, true);
    case BasicKind::kInt8:
      return integer(8, true);
    case BasicKind::kInt16:
      return integer(16, true);
    case BasicKind::kInt32:
      return integer(32, true);
    case BasicKind::kUint:
    case BasicKind::kUint64:
    case BasicKind::kUintptr:
      return integer(64, false);
    case BasicKind::kUint8:
      return integer(8, false);
    case BasicKind::kUint16:
      return integer(16, false);
    case BasicKind::kUint32:
      return integer(32, false);
    case BasicKind::kUntypedInt:
    case BasicKind::kUntypedRune:
      return set(value.ToInt());
    case BasicKind::kFloat32:
      return value.ToFloat().IsKnown() && set(RoundToFloat32(value.ToFloat()));
    case BasicKind::kFloat64:
      return value.ToFloat().IsKnown() && set(RoundToFloat64(value.ToFloat()));
    case BasicKind::kUntypedFloat:
      return set(value.ToFloat());
    case BasicKind::kComplex64:
      return complex(&RoundToFloat32);
    case BasicKind::kComplex128:
      return complex(&RoundToFloat64);
    case BasicKind::kUntypedComplex:
      return set(value.ToComplex());
    case BasicKind::kUnsafePointer:
    case BasicKind::kUntypedNil:
      return false;
  }
  return false;
}

Checker::Fit Checker::RepresentableFit(const Constant& value, const Type* from, const Basic* target,
                                       Constant* rounded) {
  if (Representable(value, target, rounded)) return Fit::kOk;
  if (!IsNumeric(from) || !IsNumeric(target)) return Fit::kBad;
  return !IsInteger(from) && IsInteger(target) ? Fit::kTruncated : Fit::kOverflow;
}

void Checker::ReportConversion(const Operand& x, const Type* target, Fit fit) {
  switch (fit) {
    case Fit::kOk:
      return;
    case Fit::kBad:
      return Error(PosOf(x), "cannot convert {} to type {}", Str(x), Str(target));
    case Fit::kTruncated:
      return Error(PosOf(x), "{} truncated to {}", Str(x), Str(target));
    case Fit::kOverflow:
      return Error(PosOf(x), "{} overflows {}", Str(x), Str(target));
  }
}

void Checker::MakeRepresentable(Operand& x, const Basic* target) {
  const Fit fit = RepresentableFit(x.value, x.type, target, &x.value);
  if (fit == Fit::kOk) return;
  ReportConversion(x, target, fit);
  x.mode = Mode::kInvalid;
}

void Checker::Overflow(Operand& x, Pos op_pos) {
  if (!x.value.IsKnown()) {
    Report(op_pos, "constant result is not representable");
    return;
  }
  if (!IsUntyped(x.type)) {
    if (const auto* target = UnderAs<Basic>(x.type)) {
      const Type* type = x.type;
      const Fit fit = RepresentableFit(x.value, x.type, target, &x.value);
      if (fit != Fit::kOk) {
        ReportConversion(x, type, fit);
        x.mode = Mode::kInvalid;
      }
    }
    return;
  }
  constexpr size_t kPrecision = 512;
  if (x.value.kind() != Constant::Kind::kInt || x.value.BitLength() <= kPrecision) return;
  std::string_view what;
  if (const auto* binary = As<BinaryExpr>(x.expr)) {
    switch (binary->op) {
      case Token::kAdd:
        what = "addition ";
        break;
      case Token::kSub:
        what = "subtraction ";
        break;
      case Token::kXor:
        what = "bitwise XOR ";
        break;
      case Token::kMul:
        what = "multiplication ";
        break;
      case Token::kShl:
        what = "shift ";
        break;
      default:
        break;
    }
  } else if (const auto* unary = As<UnaryExpr>(x.expr);
             unary != nullptr && unary->op == Token::kXor) {
    what = "bitwise complement ";
  }
  Error(op_pos, "constant {}overflow", what);
  x.value = Constant();
}

const Type* Checker::ImplicitType(Operand& x, const Type* target, Fit* fit) {
  *fit = Fit::kOk;
  if (!x.valid() || !IsUntyped(x.type) || IsInvalid(target)) return x.type;
  if (x.is_nil()) {
    if (HasNil(target)) return target;
    *fit = Fit::kBad;
    return nullptr;
  }
  const auto bad = [&]() -> const Type* {
    *fit = Fit::kBad;
    return nullptr;
  };
  if (IsUntyped(target)) {
    const auto* from = To<Basic>(x.type);
    const auto* to = To<Basic>(target);
    if (IsNumeric(from) && IsNumeric(to)) return from->basic < to->basic ? to : from;
    return from->basic == to->basic ? x.type : bad();
  }
  const Type* under = Under(target);
  if (const auto* basic_target = To<Basic>(under)) {
    if (x.is_const()) {
      Constant rounded = x.value;
      *fit = RepresentableFit(x.value, x.type, basic_target, &rounded);
      if (*fit != Fit::kOk) return nullptr;
      x.value = rounded;
      return target;
    }
    // Comparisons and shifts give untyped values that are not constant.
    const bool ok = (IsBoolean(x.type) && IsBoolean(under)) ||
                    (IsNumeric(x.type) && IsNumeric(under)) ||
                    (IsString(x.type) && IsString(under));
    return ok ? target : bad();
  }
  if (IsTypeParam(under)) {
    const bool all = ForEachType(under, [&](const Type* type) {
      if (type == nullptr) return false;
      Operand copy = x;
      Fit ignored;
      return ImplicitType(copy, Under(type), &ignored) != nullptr;
    });
    return all ? target : bad();
  }
  if (const auto* iface = To<Interface>(under)) {
    return iface->IsEmpty() ? DefaultType(types_, x.type) : bad();
  }
  return bad();
}

void Checker::ConvertUntyped(Operand& x, const Type* target) {
  Fit fit;
  const Constant before = x.value;
  const Type* type = ImplicitType(x, target, &fit);
  if (type == nullptr) {
    const Type* shown = IsTypeParam(target) || IsUntyped(target) ? target : Under(target);
    ReportConversion(x, fit == Fit::kBad ? target : shown, fit);
    x.mode = Mode::kInvalid;
    return;
  }
  if (x.is_const() && x.value.IsKnown()) UpdateConstValue(x.expr, x.value, type);
  if (type != x.type) {
    x.type = type;
    UpdateExprType(x.expr, type, false);
  }
}

bool Checker::AssignableTo(Operand& x, const Type* target, std::string* cause) {
  if (!x.valid() || IsInvalid(x.type) || IsInvalid(target)) return true;
  const Type* from = x.type;
  if (Identical(from, target)) return true;
  const Type* from_under = Under(from);
  const Type* to_under = Under(target);
  if (IsInvalid(from_under) || IsInvalid(to_under)) return true;
  const bool from_param = IsTypeParam(from);
  const bool to_param = IsTypeParam(target);
  if (IsUntyped(from_under)) {
    Operand copy = x;
    Fit fit;
    return ImplicitType(copy, target, &fit) != nullptr;
  }
  if (Identical(from_under, to_under) && (!HasName(from) || !HasName(target)) && !from_param &&
      !to_param)
    return true;
  const auto* to_pointer = To<Pointer>(to_under);
  const bool interface_pointer = to_pointer != nullptr && IsInterface(to_pointer->elem);
  if ((IsInterface(target) && !to_param) || interface_pointer) {
    if (Implements(types_, from, target, false, &package_, cause)) return true;
    if (!from_param) return false;
    if (cause != nullptr) cause->clear();
  }
  if (IsInterface(from) && !from_param &&
      Implements(types_, target, from, false, &package_, nullptr)) {
    if (cause != nullptr) *cause = "need type assertion";
    return false;
  }
  const auto* from_chan = To<Chan>(from_under);
  const auto* to_chan = To<Chan>(to_under);
  if (from_chan != nullptr && from_chan->dir == ChanDir::kBoth && to_chan != nullptr &&
      Identical(from_chan->elem, to_chan->elem)) {
    return !HasName(from) || !HasName(target);
  }
  const auto explain = [&](const Type* a, const Type* b, const Type* param, bool in_source) {
    if (cause == nullptr) return;
    *cause = in_source ? fmt::format("cannot assign {} (in {}) to {}", Str(a), Str(param), Str(b))
                       : fmt::format("cannot assign {} to {} (in {})", Str(a), Str(b), Str(param));
  };
  if (to_param && !HasName(from)) {
    return ForEachType(target, [&](const Type* type) {
      if (type == nullptr) return false;
      if (AssignableTo(x, type, nullptr)) return true;
      explain(from, type, target, false);
      return false;
    });
  }
  if (from_param && !HasName(target)) {
    Operand copy = x;
    return ForEachType(from, [&](const Type* type) {
      if (type == nullptr) return false;
      copy.type = type;
      if (AssignableTo(copy, target, nullptr)) return true;
      explain(type, target, from, true);
      return false;
    });
  }
  return false;
}

void Checker::Assign(Operand& x, const Type* target, std::string_view context) {
  SingleValue(x);
  if (!x.valid()) return;
  if (x.mode == Mode::kNoValue || x.mode == Mode::kBuiltin || x.mode == Mode::kType) {
    Error(PosOf(x), "cannot assign {} to {} in {}", Str(x), target == nullptr ? "_" : Str(target),
          context);
    x.mode = Mode::kInvalid;
    return;
  }
  const auto fail = [&](const Type* to, std::string_view detail) {
    Error(PosOf(x), "cannot use {} as {} value in {}{}", Str(x), Str(to), context, detail);
    x.mode = Mode::kInvalid;
  };
  if (target != nullptr && IsInvalid(target)) {
    if (IsUntyped(x.type) && !x.is_nil()) UpdateExprType(x.expr, DefaultType(types_, x.type), true);
    return;
  }
  if (x.is_nil()) {
    if (target == nullptr) {
      Error(PosOf(x), "use of untyped nil in {}", context);
      x.mode = Mode::kInvalid;
    } else if (!HasNil(target)) {
      fail(target, "");
    } else {
      UpdateExprType(x.expr, target, true);
      x.type = target;
    }
    return;
  }
  if (IsUntyped(x.type)) {
    const Type* to =
        target == nullptr || IsInterface(target) ? DefaultType(types_, x.type) : target;
    Fit fit;
    const Type* type = ImplicitType(x, to, &fit);
    if (type == nullptr) {
      const bool to_interface = target != nullptr && IsInterface(target);
      return fail(to_interface ? target : to, fit == Fit::kTruncated  ? " (truncated)"
                                              : fit == Fit::kOverflow ? " (overflows)"
                                                                      : "");
    }
    if (x.is_const() && x.value.IsKnown()) UpdateConstValue(x.expr, x.value, type);
    if (type != x.type) {
      x.type = type;
      UpdateExprType(x.expr, type, false);
    }
  }
  if (x.generic != nullptr) {
    if (target != nullptr && InferFromTarget(x, target)) return;
    Error(PosOf(x), "cannot use generic function {} without instantiation in {}",
          ExprString(x.expr), context);
    x.mode = Mode::kInvalid;
    return;
  }
  if (target == nullptr) return;
  std::string cause;
  if (AssignableTo(x, target, &cause)) return;
  fail(target, cause.empty() ? "" : ": " + cause);
}

}  // namespace heddle::golang::types
