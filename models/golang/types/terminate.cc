// SPDX-License-Identifier: Apache-2.0
//
// Terminating statements, and the break statements that make loops and switches end.
#include "models/golang/types/terminate.h"

#include <string_view>

namespace heddle::golang::types {

namespace {

// Is there a break out of the statement that `label` names (empty: unlabelled statement) among
// these? `implicit`: a break without a label refers to it.
bool HasBreakList(List<Stmt> stmts, std::string_view label, bool implicit);

bool HasBreak(const Stmt* stmt, std::string_view label, bool implicit) {
  if (stmt == nullptr) return false;
  if (const auto* branch = As<BranchStmt>(stmt)) {
    if (branch->tok != Token::kBreak) return false;
    return branch->label == nullptr ? implicit : branch->label->name == label;
  }
  if (const auto* labeled = As<LabeledStmt>(stmt)) return HasBreak(labeled->stmt, label, implicit);
  if (const auto* block = As<BlockStmt>(stmt)) return HasBreakList(block->stmts, label, implicit);
  if (const auto* branch = As<IfStmt>(stmt)) {
    return HasBreak(branch->then_block, label, implicit) ||
           HasBreak(branch->else_stmt, label, implicit);
  }
  // Inside these, only a labelled break gets out.
  if (label.empty()) return false;
  if (const auto* loop = As<ForStmt>(stmt)) return HasBreak(loop->body, label, false);
  if (const auto* loop = As<RangeStmt>(stmt)) return HasBreak(loop->body, label, false);
  const auto any = [&](const auto& clauses) {
    for (const auto* clause : clauses) {
      if (HasBreakList(clause->body, label, false)) return true;
    }
    return false;
  };
  if (const auto* sw = As<SwitchStmt>(stmt)) return any(sw->clauses);
  if (const auto* sw = As<TypeSwitchStmt>(stmt)) return any(sw->clauses);
  if (const auto* select = As<SelectStmt>(stmt)) return any(select->clauses);
  return false;
}

bool HasBreakList(List<Stmt> stmts, std::string_view label, bool implicit) {
  for (const Stmt* stmt : stmts) {
    if (HasBreak(stmt, label, implicit)) return true;
  }
  return false;
}

bool IsTerminating(const Info& info, const Stmt* stmt, std::string_view label);

template <class Clauses>
bool SwitchTerminates(const Info& info, const Clauses& clauses, std::string_view label) {
  bool has_default = false;
  for (const auto* clause : clauses) {
    has_default = has_default || clause->is_default;
    const bool falls_through = [&] {
      if (clause->body.empty()) return false;
      const auto* branch = As<BranchStmt>(clause->body.back());
      return branch != nullptr && branch->tok == Token::kFallthrough;
    }();
    if (!falls_through && !IsTerminatingList(info, clause->body)) return false;
    if (HasBreakList(clause->body, label, true)) return false;
  }
  return has_default;
}

bool IsPanicCall(const Info& info, const Expr* expr) {
  const auto* call = As<CallExpr>(Unparen(expr));
  return call != nullptr && info.Of(call->fun).builtin == Builtin::kPanic;
}

bool IsTerminating(const Info& info, const Stmt* stmt, std::string_view label) {
  if (As<ReturnStmt>(stmt) != nullptr) return true;
  if (const auto* branch = As<BranchStmt>(stmt)) return branch->tok == Token::kGoto;
  if (const auto* expr = As<ExprStmt>(stmt)) return IsPanicCall(info, expr->x);
  if (const auto* labeled = As<LabeledStmt>(stmt))
    return IsTerminating(info, labeled->stmt, labeled->label->name);
  if (const auto* block = As<BlockStmt>(stmt)) return IsTerminatingList(info, block->stmts);
  if (const auto* branch = As<IfStmt>(stmt)) {
    return branch->else_stmt != nullptr && IsTerminatingList(info, branch->then_block->stmts) &&
           IsTerminating(info, branch->else_stmt, "");
  }
  if (const auto* loop = As<ForStmt>(stmt))
    return loop->cond == nullptr && !HasBreak(loop->body, label, true);
  if (const auto* sw = As<SwitchStmt>(stmt)) return SwitchTerminates(info, sw->clauses, label);
  if (const auto* sw = As<TypeSwitchStmt>(stmt)) return SwitchTerminates(info, sw->clauses, label);
  if (const auto* select = As<SelectStmt>(stmt)) {
    for (const CommClause* clause : select->clauses) {
      if (!IsTerminatingList(info, clause->body) || HasBreakList(clause->body, label, true))
        return false;
    }
    return true;
  }
  return false;
}

}  // namespace

bool IsTerminatingList(const Info& info, List<Stmt> stmts) {
  size_t last = stmts.size();
  while (last > 0 && As<EmptyStmt>(stmts[last - 1]) != nullptr) --last;
  return last > 0 && IsTerminating(info, stmts[last - 1], "");
}

}  // namespace heddle::golang::types
