// SPDX-License-Identifier: Apache-2.0
//
// Expression switches and type switches.
//
// Source: the Go specification, "Switch statements".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

// Reports through `report` every default clause but the first.
template <class Report>
void FindExtraDefaults(List<CaseClause> clauses, const Report& report) {
  const CaseClause* first = nullptr;
  for (const CaseClause* clause : clauses) {
    if (!clause->is_default) continue;
    if (first != nullptr) report(clause, first);
    if (first == nullptr) first = clause;
  }
}

}  // namespace

void Checker::SwitchStatement(const SwitchStmt* stmt, uint32_t context) {
  ScopeGuard scope(*this);
  Statement(stmt->init, 0);
  Operand tag;
  Ident constant_true{};
  constant_true.kind = NodeKind::kIdent;
  constant_true.name = "true";
  constant_true.pos = stmt->clauses.empty() ? stmt->rbrace : stmt->clauses[0]->pos;
  if (stmt->tag != nullptr) {
    Value(tag, stmt->tag);
    Assign(tag, nullptr, "switch expression");
    if (tag.valid() && !IsComparable(tag.type) && !HasNil(tag.type)) {
      Error(PosOf(tag), "cannot switch on {} ({} is not comparable)", Str(tag), Str(tag.type));
      tag.mode = Mode::kInvalid;
    }
  } else {
    tag = {.mode = Mode::kConstant,
           .expr = &constant_true,
           .type = basic(BasicKind::kBool),
           .value = Constant::Bool(true)};
  }
  FindExtraDefaults(stmt->clauses, [&](const CaseClause* clause, const CaseClause* first) {
    Error(clause->pos, "multiple defaults (first at {})", At(first->pos));
  });
  SeenValues seen;
  for (const CaseClause* clause : stmt->clauses) {
    CaseValues(tag, clause, seen);
    ScopeGuard body(*this);
    Statements(clause->body, context);
  }
}

void Checker::CaseValues(const Operand& tag, const CaseClause* clause, SeenValues& seen) {
  for (const Expr* expr : clause->values) {
    Operand value;
    Value(value, expr);
    if (!tag.valid() || !value.valid()) continue;
    Operand against = tag;
    MatchTypes(value, against);
    if (!value.valid()) continue;
    Operand result = value;
    Comparison(result, against, Token::kEql, clause->values[0]);
    if (!result.valid() || !value.is_const() || !value.value.IsKnown()) continue;
    if (value.value.kind() == Constant::Kind::kBool ||
        value.value.kind() == Constant::Kind::kComplex)
      continue;
    auto& same = seen[value.value.Exact()];
    bool duplicate = false;
    for (const auto& [type, pos] : same) {
      if (!Identical(type, value.type)) continue;
      Error(PosOf(value), "duplicate case {} in expression switch\n\t{}: previous case", Str(value),
            At(pos));
      duplicate = true;
      break;
    }
    if (!duplicate) same.emplace_back(value.type, PosOf(value));
  }
}

const Type* Checker::CaseTypes(const Operand& x, const CaseClause* clause,
                               std::map<const Type*, Pos>& seen) {
  const Type* type = nullptr;
  for (const Expr* expr : clause->values) {
    const auto* ident = As<Ident>(Unparen(expr));
    const Object* object = ident == nullptr ? nullptr : env_.scope->FindUpward(ident->name);
    const bool is_nil = object != nullptr && object->kind == ObjectKind::kNil;
    if (is_nil) {
      Operand nil;
      RawExpr(nil, expr, nullptr, false);
      type = nullptr;
      if (x.valid()) UpdateExprType(expr, x.type, true);
    } else {
      type = VarType(expr);
      if (IsInvalid(type)) continue;
    }
    const auto [place, fresh] =
        seen.try_emplace(is_nil ? nullptr : type->canonical(), StartPos(expr));
    if (!fresh) {
      Error(StartPos(expr), "duplicate case {} in type switch\n\t{}: previous case",
            is_nil ? "nil" : Str(type), At(place->second));
      continue;
    }
    if (x.valid() && !is_nil) CheckAssertion(expr, x, type, true);
  }
  return clause->values.size() == 1 ? type : nullptr;
}

void Checker::TypeSwitchStatement(const TypeSwitchStmt* stmt, uint32_t context) {
  ScopeGuard scope(*this);
  Statement(stmt->init, 0);
  const Ident* bound = stmt->bound;
  if (bound != nullptr && bound->name == "_") {
    Report(bound->pos, "no new variable on left side of :=");
    bound = nullptr;
  }
  Operand x;
  Value(x, stmt->x);
  if (x.valid()) {
    if (IsTypeParam(x.type)) {
      Error(PosOf(x), "cannot use type switch on type parameter value {}", Str(x));
      x.mode = Mode::kInvalid;
    } else if (!IsInterface(x.type)) {
      if (!IsInvalid(Under(x.type))) Error(PosOf(x), "{} is not an interface", Str(x));
      x.mode = Mode::kInvalid;
    }
  }
  FindExtraDefaults(stmt->clauses, [&](const CaseClause* clause, const CaseClause* first) {
    Error(clause->pos, "multiple defaults (first at {})", At(first->pos));
  });
  std::vector<const Var*> vars;
  std::map<const Type*, Pos> seen;
  for (const CaseClause* clause : stmt->clauses) {
    const Type* type = CaseTypes(x, clause, seen);
    ScopeGuard body(*this);
    if (bound != nullptr) {
      if (type == nullptr || clause->values.size() != 1) type = x.valid() ? x.type : invalid();
      Var* var = package_.New<Var>(bound->name, bound->pos, &package_, type);
      var->state = Object::State::kResolved;
      var->function = env_.function == nullptr ? nullptr : env_.function->node;
      info().SetClauseVar(clause, var);
      env_.scope->Insert(var);
      vars.push_back(var);
    }
    Statements(clause->body, context);
  }
  if (bound == nullptr) return;
  bool used = false;
  for (const Var* var : vars) used = used || var->used;
  if (!used) Error(bound->pos, "declared and not used: {}", bound->name);
}

}  // namespace heddle::golang::types
