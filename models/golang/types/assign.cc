// SPDX-License-Identifier: Apache-2.0
//
// Initialization and assignment of variables, one or several at a time.
//
// Source: the Go specification, "Assignment statements", "Short variable declarations", "Variable
// declarations".
#include <set>
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

std::string Measure(size_t count, std::string_view unit) {
  return fmt::format("{} {}{}", count, unit, count == 1 ? "" : "s");
}

bool IsCall(const Expr* expr) { return As<CallExpr>(Unparen(expr)) != nullptr; }

}  // namespace

bool Checker::UseAll(List<Expr> exprs) {
  bool ok = true;
  for (const Expr* expr : exprs) {
    Operand x;
    RawExpr(x, expr, nullptr, true);
    ok = ok && x.valid();
  }
  return ok;
}

void Checker::UseFailed(List<Expr> lhs) {
  for (const Expr* expr : lhs) {
    const auto* ident = As<Ident>(Unparen(expr));
    if (ident == nullptr || ident->name != "_") UseOne(expr);
  }
}

bool Checker::UseLhs(List<Expr> lhs) {
  bool ok = true;
  for (const Expr* expr : lhs) {
    const auto* ident = As<Ident>(Unparen(expr));
    if (ident != nullptr && ident->name == "_") continue;
    // Being assigned to is no use.
    auto* var = ident == nullptr ? nullptr : ToObject<Var>(env_.scope->FindUpward(ident->name));
    const bool used = var != nullptr && var->used;
    Operand x;
    RawExpr(x, expr, nullptr, false);
    if (var != nullptr) var->used = used;
    ok = ok && x.valid();
  }
  return ok;
}

void Checker::AssignError(List<Expr> rhs, size_t l, size_t r) {
  const std::string vars = Measure(l, "variable");
  const std::string vals = Measure(r, "value");
  if (rhs.size() == 1) {
    if (const auto* call = As<CallExpr>(Unparen(rhs[0]))) {
      Error(StartPos(rhs[0]), "assignment mismatch: {} but {} returns {}", vars,
            ExprString(call->fun), vals);
      return;
    }
  }
  Error(StartPos(rhs[0]), "assignment mismatch: {} but {}", vars, vals);
}

void Checker::ReturnError(const ReturnStmt* stmt, const std::vector<Var*>& lhs,
                          const std::vector<Operand>& rhs) {
  Pos pos = stmt->pos;
  const bool many = rhs.size() > lhs.size();
  if (many) {
    pos = PosOf(rhs[lhs.size()]);
  } else if (!rhs.empty()) {
    pos = PosOf(rhs.back());
  }
  std::vector<const Type*> have;
  std::vector<const Type*> want;
  for (const Operand& x : rhs) have.push_back(x.type);
  for (const Var* var : lhs) want.push_back(var->type);
  Error(pos, "{} return values\n\thave {}\n\twant {}", many ? "too many" : "not enough",
        TypesSummary(have, false, false), TypesSummary(want, false, false));
}

std::vector<Operand> Checker::Spread(const Expr* expr, bool want_two, bool* comma_ok) {
  Operand x;
  RawExpr(x, expr, nullptr, false);
  ExcludeModes(x, true, true, true);
  std::vector<Operand> values;
  if (const auto* tuple = x.valid() ? To<Tuple>(x.type) : nullptr) {
    for (const Type* type : tuple->types)
      values.push_back({.mode = Mode::kValue, .expr = expr, .type = type});
    return values;
  }
  *comma_ok = want_two && (x.mode == Mode::kMapIndex || x.mode == Mode::kCommaOk);
  values.push_back(x);
  if (*comma_ok) {
    values.push_back({.mode = Mode::kValue, .expr = expr, .type = basic(BasicKind::kUntypedBool)});
    for (const Expr* inner = expr;;) {
      info().Mutable(inner).comma_ok = true;
      const auto* paren = As<ParenExpr>(inner);
      if (paren == nullptr) break;
      inner = paren->x;
    }
  }
  return values;
}

void Checker::InitVar(Var* var, Operand& x, std::string_view context) {
  if (!x.valid() || IsInvalid(x.type) || (var->type != nullptr && IsInvalid(var->type))) {
    if (var->type == nullptr) var->type = invalid();
    if (x.valid() && IsUntyped(x.type) && !x.is_nil())
      UpdateExprType(x.expr, DefaultType(types_, x.type), true);
    x.mode = Mode::kInvalid;
    return;
  }
  if (var->type == nullptr) {
    if (x.is_nil()) {
      Error(PosOf(x), "use of untyped nil in {}", context);
      var->type = invalid();
      x.mode = Mode::kInvalid;
      return;
    }
    var->type = DefaultType(types_, x.type);
    if (To<Tuple>(var->type) != nullptr) {
      SingleValue(x);
      var->type = invalid();
      x.mode = Mode::kInvalid;
      return;
    }
    if (x.generic != nullptr) {
      Assign(x, nullptr, context);
      var->type = invalid();
      x.mode = Mode::kInvalid;
      return;
    }
  }
  Assign(x, var->type, context);
}

void Checker::InitVars(const std::vector<Var*>& lhs, List<Expr> rhs, const ReturnStmt* ret) {
  const std::string_view context = ret != nullptr ? "return statement" : "assignment";
  // Where one initialization fails, that the variables are not used either is no news.
  const auto finish = [&] {
    for (Var* var : lhs) {
      if (var->type == nullptr) var->type = invalid();
      var->used = true;
    }
  };
  if (lhs.size() == rhs.size() && !(rhs.size() == 1 && IsCall(rhs[0]))) {
    bool ok = true;
    for (size_t i = 0; i < lhs.size(); ++i) {
      Operand x;
      Value(x, rhs[i], lhs[i]->type);
      InitVar(lhs[i], x, context);
      ok = ok && x.valid();
    }
    if (!ok) finish();
    return;
  }
  if (rhs.size() != 1) {
    if (UseAll(rhs)) {
      if (ret != nullptr) {
        std::vector<Operand> values;
        for (const Expr* expr : rhs) {
          const TypeAndValue& entry = info().Of(expr);
          values.push_back({.mode = entry.mode, .expr = expr, .type = entry.type});
        }
        ReturnError(ret, lhs, values);
      } else {
        AssignError(rhs, lhs.size(), rhs.size());
      }
    }
    return finish();
  }
  bool comma_ok = false;
  std::vector<Operand> values = Spread(rhs[0], lhs.size() == 2 && ret == nullptr, &comma_ok);
  if (values.size() == lhs.size()) {
    bool ok = true;
    for (size_t i = 0; i < lhs.size(); ++i) {
      InitVar(lhs[i], values[i], context);
      ok = ok && values[i].valid();
    }
    if (!ok) finish();
    return;
  }
  if (values.empty() || values[0].valid()) {
    if (ret != nullptr) {
      ReturnError(ret, lhs, values);
    } else {
      AssignError(rhs, lhs.size(), values.size());
    }
  }
  finish();
}

// The type of a left-hand side: null for "_", invalid after an error.
const Type* Checker::LhsType(const Expr* lhs) {
  const auto* ident = As<Ident>(Unparen(lhs));
  if (ident != nullptr && ident->name == "_") return nullptr;
  auto* var = ident == nullptr ? nullptr : ToObject<Var>(env_.scope->FindUpward(ident->name));
  if (var != nullptr && var->pkg != &package_) var = nullptr;
  const bool used = var != nullptr && var->used;
  Operand x;
  Value(x, lhs);
  if (var != nullptr) var->used = used;
  if (!x.valid()) return invalid();
  if (x.mode == Mode::kVariable || x.mode == Mode::kMapIndex) {
    if (Var* root = RootVar(lhs)) root->reassigned = true;
    return x.type;
  }
  if (const auto* selector = As<SelectorExpr>(Unparen(lhs))) {
    if (info().Of(Unparen(selector->x)).mode == Mode::kMapIndex) {
      Error(PosOf(x), "cannot assign to struct field {} in map", ExprString(x.expr));
      return invalid();
    }
  }
  Error(PosOf(x), "cannot assign to {} (neither addressable nor a map index expression)",
        ExprString(x.expr));
  return invalid();
}

void Checker::AssignVar(const Expr* lhs, const Expr* rhs, Operand* x, std::string_view context) {
  const Type* type = LhsType(lhs);
  if (type != nullptr && IsInvalid(type)) {
    if (x == nullptr) UseOne(rhs);
    return;
  }
  Operand value;
  if (x == nullptr) {
    Value(value, rhs, type);
    x = &value;
  }
  if (x->valid()) {
    if (type == nullptr && context == "assignment") context = "assignment to _ identifier";
    Assign(*x, type, context);
  }
  if (!x->valid() && type != nullptr) UseOne(lhs);
}

void Checker::AssignVars(List<Expr> lhs, List<Expr> rhs) {
  if (lhs.size() == rhs.size() && !(rhs.size() == 1 && IsCall(rhs[0]))) {
    for (size_t i = 0; i < lhs.size(); ++i) AssignVar(lhs[i], rhs[i], nullptr, "assignment");
    return;
  }
  if (rhs.size() != 1) {
    const bool lhs_ok = UseLhs(lhs);
    if (UseAll(rhs) && lhs_ok) AssignError(rhs, lhs.size(), rhs.size());
    if (lhs_ok) UseFailed(lhs);
    return;
  }
  bool comma_ok = false;
  std::vector<Operand> values = Spread(rhs[0], lhs.size() == 2, &comma_ok);
  if (values.size() == lhs.size()) {
    for (size_t i = 0; i < lhs.size(); ++i) AssignVar(lhs[i], nullptr, &values[i], "assignment");
    return;
  }
  if (values.empty() || values[0].valid()) AssignError(rhs, lhs.size(), values.size());
  if (UseLhs(lhs)) UseFailed(lhs);
}

void Checker::ShortVarDecl(const AssignStmt* stmt) {
  std::vector<Var*> vars;
  std::vector<std::pair<const Ident*, Var*>> fresh;
  std::set<std::string_view> seen;
  bool failed = false;
  const auto dummy = [&](Pos pos) {
    Var* var = package_.New<Var>("_", pos, &package_, nullptr);
    var->state = Object::State::kResolved;
    var->used = true;
    return var;
  };
  for (const Expr* expr : stmt->lhs) {
    const auto* ident = As<Ident>(expr);
    if (ident == nullptr) {
      UseOne(expr);
      Error(StartPos(expr), "non-name {} on left side of :=", ExprString(expr));
      failed = true;
      vars.push_back(dummy(expr->pos));
      continue;
    }
    if (ident->name != "_" && !seen.insert(ident->name).second) {
      Error(ident->pos, "{} repeated on left side of :=", ident->name);
      failed = true;
      vars.push_back(dummy(expr->pos));
      continue;
    }
    if (Object* other = env_.scope->Find(ident->name)) {
      info().SetUse(ident, other);
      if (auto* var = ToObject<Var>(other)) {
        var->reassigned = true;
        vars.push_back(var);
      } else {
        Error(ident->pos, "cannot assign to {}", ident->name);
        failed = true;
        vars.push_back(dummy(expr->pos));
      }
      continue;
    }
    Var* var = NewLocal(ident, nullptr);
    vars.push_back(var);
    if (ident->name != "_") {
      RecordDef(ident, var);
      fresh.emplace_back(ident, var);
    }
  }
  InitVars(vars, stmt->rhs, nullptr);
  if (fresh.empty() && !failed) {
    Report(stmt->pos, "no new variables on left side of :=");
    return;
  }
  // What a left-hand identifier already in scope denotes is a plain variable expression.
  for (size_t i = 0; i < stmt->lhs.size(); ++i) {
    TypeAndValue& entry = info().Mutable(stmt->lhs[i]);
    entry.mode = Mode::kVariable;
    entry.type = vars[i]->type;
  }
  for (const auto& [ident, var] : fresh) Declare(env_.scope, ident, var);
}

}  // namespace heddle::golang::types
