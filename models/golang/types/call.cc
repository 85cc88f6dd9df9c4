// SPDX-License-Identifier: Apache-2.0
//
// Calls and conversions.
//
// Source: the Go specification, "Calls", "Passing arguments to ... parameters", "Conversions".
#include <utility>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::Call(Operand& x, const CallExpr* call) {
  partial_args_.clear();
  if (const auto* index = As<IndexExpr>(call->fun)) {
    // Explicit type arguments are completed by those inferred from the arguments.
    x = Operand{.expr = index, .type = invalid()};
    IndexOf(x, index, false);
    x.expr = index;
    if (!x.valid()) x.type = invalid();
    RecordOperand(x, index);
  } else {
    RawExpr(x, call->fun, nullptr, true);
  }
  ExcludeModes(x, true, false, false);
  SingleValue(x);
  switch (x.mode) {
    case Mode::kInvalid:
      Use(call->args);
      return;
    case Mode::kType:
      return ConversionCall(x, call);
    case Mode::kBuiltin: {
      const Builtin id = x.builtin;
      x.builtin = Builtin::kNone;
      if (!BuiltinCall(x, call, id)) x.mode = Mode::kInvalid;
      x.builtin = Builtin::kNone;
      if (x.valid() && !x.is_const()) env_.has_call_or_receive = true;
      return;
    }
    default:
      return FunctionCall(x, call);
  }
}

void Checker::ConversionCall(Operand& x, const CallExpr* call) {
  NonGeneric(x);
  if (!x.valid()) return Use(call->args);
  const Type* type = x.type;
  x.mode = Mode::kInvalid;
  if (call->args.empty()) {
    Error(StartPos(call), "missing argument in conversion to {}", Str(type));
    return;
  }
  if (call->args.size() > 1) {
    Use(call->args);
    Error(StartPos(call->args.back()), "too many arguments in conversion to {}", Str(type));
    return;
  }
  Value(x, call->args[0], UnderAs<Signature>(type) != nullptr ? type : nullptr);
  if (!x.valid()) return;
  const auto* iface = UnderAs<Interface>(type);
  if (iface != nullptr && iface->IsConstraintOnly()) {
    Error(StartPos(call),
          "cannot use interface {} in conversion (contains specific type constraints or is "
          "comparable)",
          Str(type));
    x.mode = Mode::kInvalid;
    return;
  }
  if (call->has_dots) {
    Error(StartPos(call->args[0]), "invalid use of ... in conversion to {}", Str(type));
    x.mode = Mode::kInvalid;
    return;
  }
  Convert(x, type);
}

void Checker::FunctionCall(Operand& x, const CallExpr* call) {
  const Signature* signature = To<Signature>(CoreType(x.type));
  if (signature == nullptr) {
    if (!IsInvalid(Under(x.type)))
      Error(PosOf(x), "invalid operation: cannot call non-function {}", Str(x));
    Use(call->args);
    x.mode = Mode::kInvalid;
    return;
  }
  std::vector<const Type*> explicit_args = std::move(partial_args_);
  partial_args_.clear();
  bool ok = true;
  std::vector<Operand> args = Arguments(call, &ok);
  partial_args_ = std::move(explicit_args);
  if (ok) {
    ok = CheckArguments(x, call, args, &signature);
  } else if (x.generic != nullptr) {
    ok = false;
  }
  env_.has_call_or_receive = true;
  if (!ok && x.generic != nullptr) {
    x.mode = Mode::kInvalid;
    return;
  }
  x.generic = nullptr;
  switch (signature->results.size()) {
    case 0:
      x.mode = Mode::kNoValue;
      x.type = types_.TupleOf({});
      break;
    case 1:
      x.mode = Mode::kValue;
      x.type = signature->results[0].type;
      if (IsInvalid(x.type)) x.mode = Mode::kInvalid;
      break;
    default: {
      std::vector<const Type*> results;
      for (const Param& result : signature->results) results.push_back(result.type);
      x.mode = Mode::kValue;
      x.type = types_.TupleOf(std::move(results));
    }
  }
}

std::vector<Operand> Checker::Arguments(const CallExpr* call, bool* ok) {
  std::vector<Operand> args;
  *ok = true;
  if (call->args.size() == 1) {
    Operand x;
    RawExpr(x, call->args[0], nullptr, true);
    ExcludeModes(x, true, true, true);
    const auto* tuple = x.valid() ? To<Tuple>(x.type) : nullptr;
    if (tuple == nullptr) {
      *ok = x.valid();
      args.push_back(std::move(x));
      return args;
    }
    for (const Type* type : tuple->types)
      args.push_back({.mode = Mode::kValue, .expr = x.expr, .type = type});
    return args;
  }
  for (const Expr* expr : call->args) {
    Operand x;
    RawExpr(x, expr, nullptr, true);
    ExcludeModes(x, true, true, true);
    SingleValue(x);
    *ok = *ok && x.valid();
    args.push_back(std::move(x));
  }
  return args;
}

// Arguments against parameters; a generic callee is instantiated. `*signature` becomes that of the
// instance.
bool Checker::CheckArguments(Operand& fun, const CallExpr* call, std::vector<Operand>& args,
                             const Signature** signature) {
  const Signature* sig = *signature;
  std::vector<Param> params = sig->params;
  const bool spread = call->args.size() == 1 && args.size() > 1;
  if (sig->variadic) {
    if (call->has_dots) {
      if (spread) {
        Error(StartPos(call), "cannot use ... with {}-valued {}", args.size(),
              ExprString(call->args[0]));
        return false;
      }
    } else if (args.size() + 1 >= params.size()) {
      const auto* rest = To<Slice>(params.back().type);
      const Type* elem = rest == nullptr ? invalid() : rest->elem;
      params.pop_back();
      while (params.size() < args.size()) params.push_back({"", elem});
    } else {
      params.pop_back();
    }
  } else if (call->has_dots) {
    Error(StartPos(call), "cannot use ... in call to non-variadic {}", ExprString(call->fun));
    return false;
  }
  if (args.size() != params.size()) {
    const bool many = args.size() > params.size();
    const Pos pos = args.empty() ? StartPos(call) : PosOf(many ? args[params.size()] : args.back());
    std::vector<const Type*> have;
    std::vector<const Type*> want;
    for (const Operand& arg : args) have.push_back(arg.type);
    for (const Param& param : sig->params) want.push_back(param.type);
    Error(pos, "{} arguments in call to {}\n\thave {}\n\twant {}", many ? "too many" : "not enough",
          ExprString(call->fun), TypesSummary(have, false, call->has_dots),
          TypesSummary(want, sig->variadic, false));
    return false;
  }
  if (fun.generic != nullptr) {
    std::vector<const Type*> inferred;
    const std::vector<TypeParam*>& type_params = fun.generic->type_params;
    if (!Infer(fun, call->pos, params, args, partial_args_, &inferred)) return false;
    for (Param& param : params) param.type = Substitute(types_, param.type, type_params, inferred);
    UseInstance(fun, inferred);
    *signature = To<Signature>(fun.type);
  }
  const std::string context = "argument to " + ExprString(call->fun);
  for (size_t i = 0; i < args.size(); ++i) Assign(args[i], params[i].type, context);
  return true;
}

bool Checker::ConstConvertible(const Operand& x, const Type* target, Constant* value) {
  const auto* to = UnderAs<Basic>(target);
  if (to == nullptr) return false;
  if (Representable(x.value, to, value)) return true;
  if (!IsInteger(x.type) || !IsString(to)) return false;
  const std::optional<uint64_t> code = x.value.AsUint64();
  std::string text;
  AppendRune(text,
             code.has_value() && *code <= kMaxRune ? static_cast<char32_t>(*code) : kRuneError);
  *value = Constant::String(std::move(text));
  return true;
}

void Checker::Convert(Operand& x, const Type* target) {
  const bool constant = x.is_const();
  std::string cause;
  std::string suffix;
  bool ok = false;
  if (constant && IsConstType(target)) {
    const Constant before = x.value;
    ok = ConstConvertible(x, target, &x.value);
    if (!ok && IsInteger(x.type) && IsInteger(target)) {
      Error(PosOf(x), "constant {} overflows {}", before.ToString(), Str(target));
      x.mode = Mode::kInvalid;
      return;
    }
    if (!ok && IsNumeric(x.type) && IsInteger(target)) suffix = " (truncated)";
  } else if (constant && IsTypeParam(target)) {
    ok = ForEachType(target, [&](const Type* type) {
      if (type == nullptr) {
        cause = fmt::format("{} does not contain specific types", Str(target));
        return false;
      }
      if (IsString(x.type) && (IsBytes(type) || IsRunes(type))) return true;
      Constant ignored = x.value;
      if (ConstConvertible(x, type, &ignored)) return true;
      cause =
          IsInteger(x.type) && IsInteger(type)
              ? fmt::format("constant {} overflows {} (in {})", x.value.ToString(), Str(type),
                            Str(target))
              : fmt::format("cannot convert {} to type {} (in {})", Str(x), Str(type), Str(target));
      return false;
    });
    x.mode = Mode::kValue;
  } else if (Convertible(x, target, &cause)) {
    ok = true;
    x.mode = Mode::kValue;
  }
  if (!ok) {
    if (constant) x.mode = Mode::kConstant;
    if (!cause.empty()) suffix = ": " + cause;
    Error(PosOf(x), "cannot convert {} to type {}{}", Str(x), Str(target), suffix);
    x.mode = Mode::kInvalid;
    return;
  }
  if (IsUntyped(x.type)) {
    const Type* final = target;
    if (x.type == basic(BasicKind::kUntypedNil)) {
      final = target;
    } else if (IsInterface(target) || (constant && !IsConstType(target))) {
      final = DefaultType(types_, x.type);
    } else if (x.is_const() && IsInteger(x.type) && IsString(target)) {
      final = DefaultType(types_, x.type);
      const auto* as_basic = To<Basic>(final);
      Constant rounded;
      // string(1 << 40) is fine although no int32 could hold it.
      const TypeAndValue& entry = info().Of(x.expr);
      if (as_basic == nullptr || !Representable(entry.value, as_basic, &rounded))
        final = basic(BasicKind::kInt64);
      if (!Representable(entry.value, basic(BasicKind::kInt64), &rounded)) final = nullptr;
    }
    if (final != nullptr) UpdateExprType(x.expr, final, true);
  }
  x.type = target;
}

bool Checker::ConvertibleTypes(const Operand& x, const Type* from, const Type* to,
                               std::string* cause) {
  Operand copy = x;
  copy.type = from;
  std::string why;
  if (AssignableTo(copy, to, &why)) return true;
  if (cause != nullptr) *cause = why;
  const Type* from_under = Under(from);
  const Type* to_under = Under(to);
  if (!IsTypeParam(from) && !IsTypeParam(to) && IdenticalIgnoringTags(types_, from_under, to_under))
    return true;
  const auto* from_pointer = To<Pointer>(from);
  const auto* to_pointer = To<Pointer>(to);
  if (from_pointer != nullptr && to_pointer != nullptr && !IsTypeParam(from_pointer->elem) &&
      !IsTypeParam(to_pointer->elem) &&
      IdenticalIgnoringTags(types_, Under(from_pointer->elem), Under(to_pointer->elem))) {
    return true;
  }
  const auto real = [](const Type* type) { return IsInteger(type) || IsFloat(type); };
  if (real(from_under) && real(to_under)) return true;
  if (IsComplex(from_under) && IsComplex(to_under)) return true;
  const auto text = [](const Type* type) { return IsBytes(type) || IsRunes(type); };
  if (IsString(to_under) && (IsInteger(from_under) || text(from_under))) return true;
  if (IsString(from_under) && text(to_under)) return true;
  const auto is_basic = [](const Type* type, BasicKind kind) {
    const auto* basic_type = To<Basic>(type);
    return basic_type != nullptr && basic_type->basic == kind;
  };
  const auto address = [&](const Type* type) {
    return type->kind() == TypeKind::kPointer || is_basic(type, BasicKind::kUintptr);
  };
  if (is_basic(to_under, BasicKind::kUnsafePointer) && address(from_under)) return true;
  if (is_basic(from_under, BasicKind::kUnsafePointer) && address(to_under)) return true;
  const auto* slice = To<Slice>(from_under);
  if (slice == nullptr) return false;
  if (const auto* array = To<Array>(to_under)) {
    if (!Identical(slice->elem, array->elem)) return false;
    if (AllowVersion(20)) return true;
    if (cause != nullptr) *cause = "conversion of slice to array requires go1.20 or later";
    return false;
  }
  const auto* pointer = To<Pointer>(to_under);
  const auto* array = pointer == nullptr ? nullptr : UnderAs<Array>(pointer->elem);
  return array != nullptr && Identical(slice->elem, array->elem);
}

bool Checker::Convertible(const Operand& x, const Type* target, std::string* cause) {
  const Type* from = x.type;
  if (!IsTypeParam(from) && !IsTypeParam(target)) return ConvertibleTypes(x, from, target, cause);
  Operand copy = x;
  if (AssignableTo(copy, target, nullptr)) return true;
  return ForEachType(from, [&](const Type* a) {
    if (a == nullptr) return false;
    return ForEachType(target, [&](const Type* b) {
      if (b == nullptr) return false;
      if (ConvertibleTypes(x, a, b, nullptr)) return true;
      const std::string in_from = IsTypeParam(from) ? fmt::format(" (in {})", Str(from)) : "";
      const std::string in_to = IsTypeParam(target) ? fmt::format(" (in {})", Str(target)) : "";
      *cause = fmt::format("cannot convert {}{} to type {}{}", Str(a), in_from, Str(b), in_to);
      return false;
    });
  });
}

}  // namespace heddle::golang::types
