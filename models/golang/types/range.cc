// SPDX-License-Identifier: Apache-2.0
//
// For statements with a range clause.
//
// Source: the Go specification, "For statements with range clause".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

Checker::RangeTypes Checker::RangeOverFunc(const Signature* signature) {
  RangeTypes result;
  result.is_func = true;
  const auto bad = [&](std::string_view detail) {
    result.cause = fmt::format("func must be func(yield func(...) bool): {}", detail);
    return result;
  };
  if (!AllowVersion(23)) {
    result.cause = "requires go1.23 or later";
    return result;
  }
  if (signature->params.size() != 1) return bad("wrong argument count");
  if (!signature->results.empty()) return bad("unexpected results");
  const auto* yield = To<Signature>(CoreType(signature->params[0].type));
  if (yield == nullptr) return bad("argument is not func");
  if (yield->params.size() > 2) return bad("yield func has too many parameters");
  if (yield->results.size() != 1 || !IsBoolean(yield->results[0].type))
    return bad("yield func does not return bool");
  if (!yield->params.empty()) result.key = yield->params[0].type;
  if (yield->params.size() == 2) result.value = yield->params[1].type;
  result.ok = true;
  return result;
}

Checker::RangeTypes Checker::RangeOver(const Operand& x) {
  RangeTypes result;
  if (x.is_nil()) return result;
  const Type* core = CoreType(x.type);
  if (core == nullptr) {
    result.cause = "no core type";
    return result;
  }
  if (const auto* pointer = To<Pointer>(core)) {
    if (const auto* array = UnderAs<Array>(pointer->elem)) core = array;
  }
  result.key = basic(BasicKind::kInt);
  result.ok = true;
  if (IsString(core)) {
    result.value = types_.rune_spelling();
  } else if (IsInteger(core)) {
    result.key = x.type;
    result.is_int = true;
    result.ok = AllowVersion(22);
    if (!result.ok) result.cause = "requires go1.22 or later";
  } else if (const auto* array = To<Array>(core)) {
    result.value = array->elem;
  } else if (const auto* slice = To<Slice>(core)) {
    result.value = slice->elem;
  } else if (const auto* map = To<Map>(core)) {
    result.key = map->key;
    result.value = map->elem;
  } else if (const auto* chan = To<Chan>(core)) {
    result.key = chan->elem;
    result.ok = chan->dir != ChanDir::kSend;
    if (!result.ok) result.cause = "receive from send-only channel";
  } else if (const auto* signature = To<Signature>(core)) {
    return RangeOverFunc(signature);
  } else {
    result.ok = false;
  }
  if (!result.ok) result.key = result.value = nullptr;
  return result;
}

void Checker::DeclareRangeVars(const RangeStmt* stmt, Operand& x, const RangeTypes& types) {
  std::vector<std::pair<const Ident*, Var*>> vars;
  const Expr* lhs[2] = {stmt->key, stmt->value};
  const Type* rhs[2] = {types.key, types.value};
  for (int i = 0; i < 2; ++i) {
    if (lhs[i] == nullptr) continue;
    const auto* ident = As<Ident>(lhs[i]);
    if (ident == nullptr) {
      Error(StartPos(lhs[i]), "non-name {} on left side of :=", ExprString(lhs[i]));
      UseOne(lhs[i]);
      continue;
    }
    Var* var = NewLocal(ident, nullptr);
    if (ident->name != "_") {
      RecordDef(ident, var);
      vars.emplace_back(ident, var);
    }
    if (rhs[i] == nullptr || IsInvalid(rhs[i])) {
      var->type = invalid();
      var->used = true;
    } else if (types.is_int) {
      InitVar(var, x, "range clause");
    } else {
      Operand y{.mode = Mode::kValue, .expr = lhs[i], .type = rhs[i]};
      InitVar(var, y, "assignment");
    }
    TypeAndValue& entry = info().Mutable(ident);
    entry.mode = Mode::kVariable;
    entry.type = var->type;
  }
  if (vars.empty() && stmt->key != nullptr) {
    Report(stmt->pos, "no new variables on left side of :=");
  }
  for (const auto& [ident, var] : vars) Declare(env_.scope, ident, var);
}

void Checker::AssignRangeVars(const RangeStmt* stmt, Operand& x, const RangeTypes& types) {
  const Expr* lhs[2] = {stmt->key, stmt->value};
  const Type* rhs[2] = {types.key, types.value};
  for (int i = 0; i < 2; ++i) {
    if (lhs[i] == nullptr) continue;
    if (rhs[i] == nullptr || IsInvalid(rhs[i])) {
      LhsType(lhs[i]);
    } else if (types.is_int) {
      AssignVar(lhs[i], nullptr, &x, "range clause");
      if (x.valid() && !IsInteger(x.type)) {
        Error(StartPos(lhs[i]), "cannot use iteration variable of type {}", Str(x.type));
      }
    } else {
      Operand y{.mode = Mode::kValue, .expr = lhs[i], .type = rhs[i]};
      AssignVar(lhs[i], nullptr, &y, "assignment");
    }
  }
}

void Checker::RangeStatement(const RangeStmt* stmt, uint32_t context) {
  Operand x;
  Value(x, stmt->x);
  RangeTypes types;
  if (x.valid()) {
    types = RangeOver(x);
    if (!types.ok) {
      if (!IsInvalid(Under(x.type))) {
        Error(PosOf(x), "cannot range over {}{}", Str(x),
              types.cause.empty() ? "" : ": " + types.cause);
      }
    } else if (types.key == nullptr && stmt->key != nullptr) {
      Error(StartPos(stmt->key), "range over {} permits no iteration variables", Str(x));
    } else if (types.value == nullptr && stmt->value != nullptr) {
      Error(StartPos(stmt->value), "range over {} permits only one iteration variable", Str(x));
    } else if (stmt->extra != nullptr) {
      Report(StartPos(stmt->extra), "range clause permits at most two iteration variables");
    }
    if (x.is_const() && IsString(x.type) && IsUntyped(x.type))
      ConvertUntyped(x, basic(BasicKind::kString));
  }
  ScopeGuard scope(*this);
  if (stmt->define) {
    DeclareRangeVars(stmt, x, types);
  } else if (stmt->key != nullptr) {
    AssignRangeVars(stmt, x, types);
  } else if (types.ok && types.is_int) {
    Assign(x, nullptr, "range clause");
  }
  Statement(stmt->body, context);
}

}  // namespace heddle::golang::types
