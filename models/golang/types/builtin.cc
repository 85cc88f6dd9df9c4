// SPDX-License-Identifier: Apache-2.0
//
// Calls of the predeclared functions.
//
// Source: the Go specification, "Built-in functions".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

struct Row {
  Builtin id;
  const char* name;
  size_t args;
  bool variadic;
};

constexpr Row kRows[] = {{Builtin::kAppend, "append", 1, true},
                         {Builtin::kCap, "cap", 1, false},
                         {Builtin::kClear, "clear", 1, false},
                         {Builtin::kClose, "close", 1, false},
                         {Builtin::kComplex, "complex", 2, false},
                         {Builtin::kCopy, "copy", 2, false},
                         {Builtin::kDelete, "delete", 2, false},
                         {Builtin::kImag, "imag", 1, false},
                         {Builtin::kLen, "len", 1, false},
                         {Builtin::kMake, "make", 1, true},
                         {Builtin::kMax, "max", 1, true},
                         {Builtin::kMin, "min", 1, true},
                         {Builtin::kNew, "new", 1, false},
                         {Builtin::kPanic, "panic", 1, false},
                         {Builtin::kPrint, "print", 0, true},
                         {Builtin::kPrintln, "println", 0, true},
                         {Builtin::kReal, "real", 1, false},
                         {Builtin::kRecover, "recover", 0, false},
                         {Builtin::kAdd, "Add", 2, false},
                         {Builtin::kAlignof, "Alignof", 1, false},
                         {Builtin::kOffsetof, "Offsetof", 1, false},
                         {Builtin::kSizeof, "Sizeof", 1, false},
                         {Builtin::kSlice, "Slice", 2, false},
                         {Builtin::kSliceData, "SliceData", 1, false},
                         {Builtin::kString, "String", 2, false},
                         {Builtin::kStringData, "StringData", 1, false}};

const Row& RowOf(Builtin id) {
  for (const Row& row : kRows) {
    if (row.id == id) return row;
  }
  return kRows[0];
}

const Type* ArrayBehindPointer(const Type* type) {
  const auto* pointer = To<Pointer>(type);
  const auto* array = pointer == nullptr ? nullptr : UnderAs<Array>(pointer->elem);
  return array != nullptr ? array : type;
}

// float32 -> complex64 and so on; with `reverse` the other way round. Null for other types.
const Type* ComplexCounterpart(TypeTable& table, const Type* type, bool reverse) {
  constexpr std::pair<BasicKind, BasicKind> kPairs[] = {
      {BasicKind::kFloat32, BasicKind::kComplex64},
      {BasicKind::kFloat64, BasicKind::kComplex128},
      {BasicKind::kUntypedFloat, BasicKind::kUntypedComplex}};
  const auto* basic = UnderAs<Basic>(type);
  if (basic == nullptr) return nullptr;
  for (const auto& [real, complex] : kPairs) {
    if (basic->basic == (reverse ? complex : real)) return table.basic(reverse ? real : complex);
  }
  return nullptr;
}

}  // namespace

bool Checker::BuiltinCall(Operand& x, const CallExpr* call, Builtin id) {
  const Row& row = RowOf(id);
  if (call->has_dots && id != Builtin::kAppend) {
    Error(StartPos(call), "invalid operation: invalid use of ... with built-in {}", row.name);
    Use(call->args);
    return false;
  }
  // len and cap of an array are constant unless the argument has calls or receives.
  const bool had_call = std::exchange(env_.has_call_or_receive, false);
  std::vector<Operand> args;
  size_t count = call->args.size();
  bool args_ok = true;
  const bool takes_type = id == Builtin::kMake || id == Builtin::kNew;
  if (!takes_type) {
    args = Arguments(call, &args_ok);
    count = args.size();
  }
  const bool few = count < row.args;
  if (few || (count > row.args && !row.variadic)) {
    if (takes_type) {
      for (size_t i = 1; i < call->args.size(); ++i) UseOne(call->args[i]);
    }
    if (args_ok) {
      Error(StartPos(call), "invalid operation: {} arguments for {} (expected {}, found {})",
            few ? "not enough" : "too many", ExprString(call), row.args, count);
    }
    return false;
  }
  if (!args_ok) return false;
  for (const Operand& arg : args) {
    if (arg.generic != nullptr) {
      Error(PosOf(arg), "cannot use generic function {} without instantiation",
            ExprString(arg.expr));
      return false;
    }
  }
  if (!args.empty()) x = args[0];
  bool ok = false;
  switch (id) {
    case Builtin::kNone:
      break;
    case Builtin::kAppend:
      ok = AppendCall(x, call, args);
      break;
    case Builtin::kCap:
    case Builtin::kLen:
      ok = LenCall(x, call, id);
      break;
    case Builtin::kClear:
      ok = RequireVersion(StartPos(call), 21, "clear") && ClearCall(x);
      break;
    case Builtin::kClose:
      ok = CloseCall(x);
      break;
    case Builtin::kComplex:
      ok = ComplexCall(x, call, args);
      break;
    case Builtin::kCopy:
      ok = CopyCall(x, call, args);
      break;
    case Builtin::kDelete:
      ok = DeleteCall(x, args);
      break;
    case Builtin::kReal:
    case Builtin::kImag:
      ok = RealCall(x, call, id);
      break;
    case Builtin::kMake:
      ok = MakeCall(x, call);
      break;
    case Builtin::kMax:
    case Builtin::kMin:
      ok = RequireVersion(StartPos(call), 21, row.name) && MinMaxCall(x, call, id, args);
      break;
    case Builtin::kNew: {
      const Type* type = VarType(call->args[0]);
      ok = !IsInvalid(type);
      x.mode = Mode::kValue;
      x.type = ok ? types_.PointerTo(type) : type;
      break;
    }
    case Builtin::kPanic:
      Assign(x, types_.empty_interface(), "argument to panic");
      ok = x.valid();
      x.mode = Mode::kNoValue;
      break;
    case Builtin::kPrint:
    case Builtin::kPrintln:
      ok = true;
      for (Operand& arg : args) {
        Assign(arg, nullptr, fmt::format("argument to built-in {}", row.name));
        ok = ok && arg.valid();
      }
      x.mode = Mode::kNoValue;
      break;
    case Builtin::kRecover:
      ok = true;
      x.mode = Mode::kValue;
      x.type = types_.AliasOf("any", nullptr, types_.empty_interface());
      break;
    case Builtin::kAdd:
    case Builtin::kAlignof:
    case Builtin::kOffsetof:
    case Builtin::kSizeof:
    case Builtin::kSlice:
    case Builtin::kSliceData:
    case Builtin::kString:
    case Builtin::kStringData:
      ok = UnsafeCall(x, call, id, args);
      break;
  }
  if (ok && x.mode == Mode::kNoValue) x.type = types_.TupleOf({});
  env_.has_call_or_receive = env_.has_call_or_receive || had_call;
  return ok;
}

bool Checker::AppendCall(Operand& x, const CallExpr* call, std::vector<Operand>& args) {
  const Type* result = x.type;
  if (args.size() == 2 && call->has_dots && !x.is_nil()) {
    Operand copy = x;
    if (AssignableTo(copy, types_.SliceOf(types_.byte_type()), nullptr)) {
      const Type* source = CoreString(types_, args[1].type);
      if (source != nullptr && IsString(source)) {
        if (IsUntyped(args[1].type))
          Assign(args[1], basic(BasicKind::kString), "argument to append");
        x.mode = Mode::kValue;
        return true;
      }
    }
  }
  const auto* slice = x.is_nil() ? nullptr : To<Slice>(CoreType(result));
  if (slice == nullptr) {
    if (IsInvalid(Under(result))) return false;
    std::string cause = x.is_nil() ? "have untyped nil" : "have " + Str(x);
    if (!x.is_nil() && IsTypeParam(result)) {
      const Type* core = CoreType(result);
      cause = core != nullptr ? fmt::format("{} has core type {}", Str(x), Str(core))
                              : Str(x) + " has no core type";
    }
    Error(PosOf(x), "invalid argument: {}{}",
          x.is_nil() ? "first argument to append must be a typed slice; " : "",
          x.is_nil() ? cause : Str(x) + " is not a slice");
    return false;
  }
  const Signature* signature =
      types_.SignatureOf({{"", result}, {"", types_.SliceOf(slice->elem)}}, {{"", result}}, true);
  Operand fun{.mode = Mode::kValue, .expr = call->fun, .type = signature};
  CheckArguments(fun, call, args, &signature);
  x.mode = Mode::kValue;
  x.type = result;
  return true;
}

bool Checker::LenCall(Operand& x, const CallExpr*, Builtin id) {
  const bool is_len = id == Builtin::kLen;
  const auto sized = [&](const Type* type) {
    if (type == nullptr) return false;
    const Type* under = ArrayBehindPointer(Under(type));
    switch (under->kind()) {
      case TypeKind::kBasic:
        return is_len && IsString(under);
      case TypeKind::kMap:
        return is_len;
      case TypeKind::kArray:
      case TypeKind::kSlice:
      case TypeKind::kChan:
        return true;
      default:
        return false;
    }
  };
  if (x.is_nil() || !ForEachType(x.type, sized)) {
    if (!IsInvalid(Under(x.type))) {
      Error(PosOf(x), "invalid argument: {} for built-in {}", Str(x), is_len ? "len" : "cap");
    }
    return false;
  }
  const auto* array = To<Array>(ArrayBehindPointer(Under(x.type)));
  if (IsString(x.type) && x.is_const()) {
    if (IsUntyped(x.type)) ConvertUntyped(x, basic(BasicKind::kString));
    x.value = x.value.IsKnown() ? Constant::Int(static_cast<int64_t>(x.value.AsString().size()))
                                : Constant();
  } else if (array != nullptr && !env_.has_call_or_receive) {
    x.mode = Mode::kConstant;
    x.value = Constant::Int(array->length);
  } else {
    x.mode = Mode::kValue;
  }
  x.type = basic(BasicKind::kInt);
  return true;
}

bool Checker::ClearCall(Operand& x) {
  const bool ok = ForEachType(x.type, [](const Type* type) {
    return type != nullptr && (UnderAs<Map>(type) != nullptr || UnderAs<Slice>(type) != nullptr);
  });
  if (!ok) Error(PosOf(x), "invalid argument: clear {} must be a map or slice", Str(x));
  x.mode = Mode::kNoValue;
  return ok;
}

bool Checker::CloseCall(Operand& x) {
  const bool ok = ForEachType(x.type, [&](const Type* type) {
    const auto* chan = type == nullptr ? nullptr : UnderAs<Chan>(type);
    if (chan == nullptr) {
      Error(PosOf(x), "invalid operation: cannot close non-channel {}", Str(x));
      return false;
    }
    if (chan->dir == ChanDir::kReceive) {
      Error(PosOf(x), "invalid operation: cannot close receive-only channel {}", Str(x));
      return false;
    }
    return true;
  });
  x.mode = Mode::kNoValue;
  return ok;
}

bool Checker::ComplexCall(Operand& x, const CallExpr* call, std::vector<Operand>& args) {
  Operand& y = args[1];
  const bool both_const = x.is_const() && y.is_const();
  if (IsUntyped(x.type) && IsUntyped(y.type)) {
    if (both_const) {
      for (Operand* operand : {&x, &y}) {
        if (IsNumeric(operand->type) && operand->value.IsKnown() &&
            operand->value.Imag().Sign() == 0) {
          operand->type = basic(BasicKind::kUntypedFloat);
        }
      }
    } else {
      ConvertUntyped(x, basic(BasicKind::kFloat64));
      ConvertUntyped(y, basic(BasicKind::kFloat64));
    }
  } else if (IsUntyped(x.type)) {
    ConvertUntyped(x, y.type);
  } else if (IsUntyped(y.type)) {
    ConvertUntyped(y, x.type);
  }
  if (!x.valid() || !y.valid()) return false;
  if (!Identical(x.type, y.type)) {
    Error(PosOf(x), "invalid operation: {} (mismatched types {} and {})", ExprString(call),
          Str(x.type), Str(y.type));
    return false;
  }
  const Type* result = ComplexCounterpart(types_, x.type, false);
  if (result == nullptr) {
    Error(PosOf(x), "invalid argument: arguments have type {}, expected floating-point",
          Str(x.type));
    return false;
  }
  if (both_const) {
    x.value = MakeComplex(x.value.ToFloat(), y.value.ToFloat());
  } else {
    x.mode = Mode::kValue;
  }
  x.type = result;
  return true;
}

bool Checker::RealCall(Operand& x, const CallExpr*, Builtin id) {
  if (IsUntyped(x.type)) {
    if (x.is_const()) {
      if (IsNumeric(x.type)) x.type = basic(BasicKind::kUntypedComplex);
    } else {
      ConvertUntyped(x, basic(BasicKind::kComplex128));
      if (!x.valid()) return false;
    }
  }
  const Type* result = ComplexCounterpart(types_, x.type, true);
  if (result == nullptr) {
    Error(PosOf(x), "invalid argument: argument has type {}, expected complex type", Str(x.type));
    return false;
  }
  if (x.is_const() && x.value.IsKnown()) {
    x.value = id == Builtin::kReal ? x.value.Real() : x.value.Imag();
  } else if (!x.is_const()) {
    x.mode = Mode::kValue;
  }
  x.type = result;
  return true;
}

bool Checker::CopyCall(Operand& x, const CallExpr*, std::vector<Operand>& args) {
  Operand& y = args[1];
  const auto* target = x.is_nil() ? nullptr : To<Slice>(CoreType(x.type));
  const Type* core = y.is_nil() ? nullptr : CoreString(types_, y.type);
  if (core != nullptr && IsString(core)) {
    if (IsUntyped(y.type)) ConvertUntyped(y, basic(BasicKind::kString));
    core = types_.SliceOf(types_.byte_type());
  }
  const auto* source = To<Slice>(core);
  if (target == nullptr || source == nullptr) {
    Error(PosOf(x), "invalid argument: copy expects slice arguments; found {} and {}", Str(x),
          Str(y));
    return false;
  }
  if (!Identical(target->elem, source->elem)) {
    Error(PosOf(x),
          "invalid argument: arguments to copy {} and {} have different element types {} and {}",
          Str(x), Str(y), Str(target->elem), Str(source->elem));
    return false;
  }
  x.mode = Mode::kValue;
  x.type = basic(BasicKind::kInt);
  return true;
}

bool Checker::DeleteCall(Operand& x, std::vector<Operand>& args) {
  const Type* key = nullptr;
  const bool ok = ForEachType(x.type, [&](const Type* type) {
    const auto* map = type == nullptr ? nullptr : UnderAs<Map>(type);
    if (map == nullptr) {
      Error(PosOf(x), "invalid argument: {} is not a map", Str(x));
      return false;
    }
    if (key != nullptr && !Identical(key, map->key)) {
      Error(PosOf(x), "invalid argument: maps of {} must have identical key types", Str(x));
      return false;
    }
    key = map->key;
    return true;
  });
  if (!ok) return false;
  Assign(args[1], key, "argument to delete");
  x.mode = Mode::kNoValue;
  return args[1].valid();
}

bool Checker::MakeCall(Operand& x, const CallExpr* call) {
  const Expr* type_expr = call->args[0];
  const Type* type = VarType(type_expr);
  if (IsInvalid(type)) {
    for (size_t i = 1; i < call->args.size(); ++i) UseOne(call->args[i]);
    return false;
  }
  const Type* core = CoreType(type);
  size_t least = 0;
  if (core == nullptr) {
    Error(StartPos(type_expr), "invalid argument: cannot make {}: no core type",
          ExprString(type_expr));
    return false;
  }
  if (core->kind() == TypeKind::kSlice) {
    least = 2;
  } else if (core->kind() == TypeKind::kMap || core->kind() == TypeKind::kChan) {
    least = 1;
  } else {
    if (!IsInvalid(core)) {
      Error(StartPos(type_expr),
            "invalid argument: cannot make {}; type must be slice, map, or channel",
            ExprString(type_expr));
    }
    return false;
  }
  const size_t count = call->args.size();
  if (count < least || count > least + 1) {
    Error(StartPos(call), "invalid operation: {} expects {} or {} arguments; found {}",
          ExprString(call), least, least + 1, count);
    return false;
  }
  std::vector<int64_t> sizes;
  for (size_t i = 1; i < count; ++i) {
    std::optional<int64_t> size;
    IndexOperand(call->args[i], -1, &size);
    if (size.has_value()) sizes.push_back(*size);
  }
  if (sizes.size() == 2 && sizes[0] > sizes[1]) {
    Report(StartPos(call->args[1]), "invalid argument: length and capacity swapped");
  }
  x.mode = Mode::kValue;
  x.type = type;
  return true;
}

bool Checker::MinMaxCall(Operand& x, const CallExpr*, Builtin id, std::vector<Operand>& args) {
  for (size_t i = 0; i < args.size(); ++i) {
    Operand& arg = args[i];
    if (!IsOrdered(arg.type)) {
      Error(PosOf(arg), "invalid argument: {} cannot be ordered", Str(arg));
      return false;
    }
    if (i == 0) continue;
    MatchTypes(x, arg);
    if (!x.valid()) return false;
    if (!Identical(x.type, arg.type)) {
      Error(PosOf(arg),
            "invalid argument: mismatched types {} (previous argument) and {} (type of {})",
            Str(x.type), Str(arg.type), ExprString(arg.expr));
      return false;
    }
    if (x.is_const() && arg.is_const()) {
      if (Compare(arg.value, id == Builtin::kMax ? Token::kGtr : Token::kLss, x.value)) x = arg;
    } else {
      x.mode = Mode::kValue;
    }
  }
  if (!x.is_const()) {
    x.mode = Mode::kValue;
    if (IsUntyped(x.type)) ConvertUntyped(x, DefaultType(types_, x.type));
    if (!x.valid()) return false;
  }
  for (const Operand& arg : args) UpdateExprType(arg.expr, x.type, !IsUntyped(x.type));
  return true;
}

}  // namespace heddle::golang::types
