// SPDX-License-Identifier: Apache-2.0
//
// Statements other than switch and range.
//
// Targets of break, continue, goto and fallthrough are the parser's matter.
// Source: the Go specification, "Statements".
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::Statements(List<Stmt> stmts, uint32_t context) {
  for (const Stmt* stmt : stmts) Statement(stmt, context);
}

void Checker::Statement(const Stmt* stmt, uint32_t context) {
  if (stmt == nullptr) return;
  DepthGuard depth(*this, stmt->pos);
  if (depth.ok) StatementInner(stmt, context);
  RunLater();
}

void Checker::StatementInner(const Stmt* stmt, uint32_t context) {
  switch (stmt->kind) {
    case NodeKind::kDeclStmt:
      return DeclareLocal(Cast<DeclStmt>(stmt)->decl);
    case NodeKind::kLabeledStmt:
      return Statement(Cast<LabeledStmt>(stmt)->stmt, context);
    case NodeKind::kExprStmt:
      return ExprStatement(Cast<ExprStmt>(stmt));
    case NodeKind::kSendStmt:
      return SendStatement(Cast<SendStmt>(stmt));
    case NodeKind::kIncDecStmt:
      return IncDecStatement(Cast<IncDecStmt>(stmt));
    case NodeKind::kAssignStmt:
      return AssignStatement(Cast<AssignStmt>(stmt));
    case NodeKind::kGoStmt:
      return GoOrDefer(Cast<GoStmt>(stmt)->call, "go");
    case NodeKind::kDeferStmt:
      return GoOrDefer(Cast<DeferStmt>(stmt)->call, "defer");
    case NodeKind::kReturnStmt:
      return ReturnStatement(Cast<ReturnStmt>(stmt));
    case NodeKind::kBlockStmt: {
      ScopeGuard scope(*this);
      return Statements(Cast<BlockStmt>(stmt)->stmts, context);
    }
    case NodeKind::kIfStmt:
      return IfStatement(Cast<IfStmt>(stmt), context);
    case NodeKind::kSwitchStmt:
      return SwitchStatement(Cast<SwitchStmt>(stmt), context);
    case NodeKind::kTypeSwitchStmt:
      return TypeSwitchStatement(Cast<TypeSwitchStmt>(stmt), context);
    case NodeKind::kSelectStmt:
      return SelectStatement(Cast<SelectStmt>(stmt), context);
    case NodeKind::kForStmt:
      return ForStatement(Cast<ForStmt>(stmt), context);
    case NodeKind::kRangeStmt:
      return RangeStatement(Cast<RangeStmt>(stmt), context);
    default:
      return;  // Bad, empty and branch statements.
  }
}

Checker::ExprKind Checker::KindOf(const Expr* expr) {
  expr = Unparen(expr);
  if (const auto* unary = As<UnaryExpr>(expr)) {
    return unary->op == Token::kArrow ? ExprKind::kStatement : ExprKind::kExpression;
  }
  const auto* call = As<CallExpr>(expr);
  if (call == nullptr) return ExprKind::kExpression;
  const TypeAndValue& fun = info().Of(call->fun);
  if (fun.mode == Mode::kType) return ExprKind::kConversion;
  if (fun.mode != Mode::kBuiltin) return ExprKind::kStatement;
  switch (fun.builtin) {
    case Builtin::kClear:
    case Builtin::kClose:
    case Builtin::kCopy:
    case Builtin::kDelete:
    case Builtin::kPanic:
    case Builtin::kPrint:
    case Builtin::kPrintln:
    case Builtin::kRecover:
      return ExprKind::kStatement;
    case Builtin::kNone:
    case Builtin::kAppend:
    case Builtin::kCap:
    case Builtin::kComplex:
    case Builtin::kImag:
    case Builtin::kLen:
    case Builtin::kMake:
    case Builtin::kMax:
    case Builtin::kMin:
    case Builtin::kNew:
    case Builtin::kReal:
    case Builtin::kAdd:
    case Builtin::kAlignof:
    case Builtin::kOffsetof:
    case Builtin::kSizeof:
    case Builtin::kSlice:
    case Builtin::kSliceData:
    case Builtin::kString:
    case Builtin::kStringData:
      return ExprKind::kExpression;
  }
  return ExprKind::kExpression;
}

void Checker::ExprStatement(const ExprStmt* stmt) {
  Operand x;
  RawExpr(x, stmt->x, nullptr, false);
  if (!x.valid()) return;
  const char* what = "is not used";
  if (x.mode == Mode::kBuiltin) {
    what = "must be called";
  } else if (x.mode == Mode::kType) {
    what = "is not an expression";
  } else if (KindOf(stmt->x) == ExprKind::kStatement) {
    return;
  }
  Error(PosOf(x), "{} {}", Str(x), what);
}

void Checker::SendStatement(const SendStmt* stmt) {
  Operand chan;
  Operand value;
  Value(chan, stmt->chan);
  Value(value, stmt->value);
  if (!chan.valid() || !value.valid()) return;
  const Type* core = CoreType(chan.type);
  const auto* type = To<Chan>(core);
  const Pos pos = StartPos(stmt->chan);
  if (core == nullptr) {
    Error(pos, "invalid operation: cannot send to {}: no core type", Str(chan));
  } else if (type == nullptr) {
    if (!IsInvalid(core)) Error(pos, "invalid operation: cannot send to non-channel {}", Str(chan));
  } else if (type->dir == ChanDir::kReceive) {
    Error(pos, "invalid operation: cannot send to receive-only channel {}", Str(chan));
  } else {
    Assign(value, type->elem, "send");
  }
}

void Checker::IncDecStatement(const IncDecStmt* stmt) {
  Operand x;
  Value(x, stmt->x);
  if (!x.valid()) return;
  if (!IsNumeric(x.type)) {
    const char* op = stmt->increment ? "++" : "--";
    Error(PosOf(x), "invalid operation: {}{} (non-numeric type {})", ExprString(stmt->x), op,
          Str(x.type));
    return;
  }
  AssignVar(stmt->x, nullptr, &x, "assignment");
}

void Checker::AssignStatement(const AssignStmt* stmt) {
  if (stmt->op == Token::kAssign) return AssignVars(stmt->lhs, stmt->rhs);
  if (stmt->op == Token::kDefine) return ShortVarDecl(stmt);
  if (stmt->lhs.size() != 1 || stmt->rhs.size() != 1) {
    Error(stmt->pos, "assignment operation {}= requires single-valued expressions",
          TokenText(stmt->op));
    return;
  }
  Operand x;
  Binary(x, nullptr, stmt->lhs[0], stmt->rhs[0], stmt->op);
  // The result has no expression of its own: messages name the left operand.
  x.expr = stmt->lhs[0];
  if (x.valid() && IsUntyped(x.type)) {
    const Type* type = info().TypeOf(stmt->lhs[0]);
    if (type != nullptr && !IsUntyped(type)) x.type = type;
  }
  if (x.valid()) AssignVar(stmt->lhs[0], nullptr, &x, "assignment operation");
}

void Checker::GoOrDefer(const Expr* call, std::string_view what) {
  Operand x;
  RawExpr(x, call, nullptr, false);
  if (!x.valid()) return;
  switch (KindOf(call)) {
    case ExprKind::kConversion:
      return Error(PosOf(x), "{} requires function call, not conversion", what);
    case ExprKind::kExpression:
      if (As<CallExpr>(Unparen(call)) == nullptr) {
        return Error(PosOf(x), "expression in {} must be function call", what);
      }
      return Error(PosOf(x), "{} discards result of {}", what, Str(x));
    case ExprKind::kStatement:
      return;
  }
}

void Checker::ReturnStatement(const ReturnStmt* stmt) {
  const FunctionContext* function = env_.function;
  if (function == nullptr) return;
  const auto& results = function->results;
  const bool named =
      !function->signature->results.empty() && !function->signature->results[0].name.empty();
  if (stmt->results.empty() && named) {
    for (const Var* result : results) {
      const Object* other = env_.scope->FindUpward(result->name);
      if (other == nullptr || other == result || result->name == "_") continue;
      Error(stmt->pos,
            "result parameter {} not in scope at return\n\t{}: inner declaration of var {} {}",
            result->name, At(other->pos), result->name, Str(result->type));
    }
    return;
  }
  if (results.empty() && stmt->results.empty()) return;
  if (stmt->results.empty()) return ReturnError(stmt, results, {});
  if (results.empty()) {
    if (!UseAll(stmt->results)) return;
    std::vector<Operand> values;
    for (const Expr* expr : stmt->results) {
      const TypeAndValue& entry = info().Of(expr);
      if (entry.mode == Mode::kNoValue) {
        Operand x{.mode = entry.mode, .expr = expr, .type = entry.type};
        return ExcludeModes(x, true, true, true);
      }
      values.push_back({.mode = entry.mode, .expr = expr, .type = entry.type});
    }
    return ReturnError(stmt, results, values);
  }
  InitVars(results, stmt->results, stmt);
}

void Checker::Condition(const Expr* cond, std::string_view what) {
  Operand x;
  Value(x, cond);
  if (x.valid() && !IsBoolean(x.type))
    Error(StartPos(cond), "non-boolean condition in {} statement", what);
}

void Checker::IfStatement(const IfStmt* stmt, uint32_t context) {
  ScopeGuard scope(*this);
  Statement(stmt->init, 0);
  Condition(stmt->cond, "if");
  Statement(stmt->then_block, context);
  Statement(stmt->else_stmt, context);
}

void Checker::ForStatement(const ForStmt* stmt, uint32_t context) {
  ScopeGuard scope(*this);
  Statement(stmt->init, 0);
  if (stmt->cond != nullptr) Condition(stmt->cond, "for");
  Statement(stmt->post, 0);
  Statement(stmt->body, context);
}

void Checker::SelectStatement(const SelectStmt* stmt, uint32_t context) {
  const CommClause* first_default = nullptr;
  for (const CommClause* clause : stmt->clauses) {
    if (clause->comm != nullptr) continue;
    if (first_default != nullptr)
      Error(clause->pos, "multiple defaults (first at {})", At(first_default->pos));
    if (first_default == nullptr) first_default = clause;
  }
  for (const CommClause* clause : stmt->clauses) {
    bool valid = clause->comm == nullptr || As<SendStmt>(clause->comm) != nullptr;
    const Expr* receive = nullptr;
    if (const auto* expr = As<ExprStmt>(clause->comm)) receive = expr->x;
    if (const auto* assign = As<AssignStmt>(clause->comm);
        assign != nullptr && assign->rhs.size() == 1) {
      receive = assign->rhs[0];
    }
    if (receive != nullptr) {
      const auto* unary = As<UnaryExpr>(Unparen(receive));
      valid = unary != nullptr && unary->op == Token::kArrow;
    }
    if (!valid) {
      Report(clause->comm->pos, "select case must be receive, send or assign recv");
      continue;
    }
    ScopeGuard scope(*this);
    Statement(clause->comm, 0);
    Statements(clause->body, context);
  }
}

}  // namespace heddle::golang::types
