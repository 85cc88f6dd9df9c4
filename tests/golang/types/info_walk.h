// SPDX-License-Identifier: Apache-2.0
//
// Test support: walks checked bodies and lists what the side tables do not say although the
// compiler needs it.
#ifndef HEDDLE_TESTS_GOLANG_TYPES_INFO_WALK_H_
#define HEDDLE_TESTS_GOLANG_TYPES_INFO_WALK_H_

#include <string>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/types/info.h"
#include "models/golang/types/predicates.h"

namespace heddle::golang::types {

class InfoWalk {
 public:
  InfoWalk(const FileSet& files, const Info& info) : files_(files), info_(info) {}

  std::vector<std::string> problems;

  void Body(const BlockStmt* body) { Stmts(body->stmts); }

  void Value(const Expr* expr) {
    if (expr == nullptr) return;
    Entry(expr);
    switch (expr->kind) {
      case NodeKind::kIdent:
        if (info_.Use(Cast<Ident>(expr)) == nullptr) Problem(expr, "no use");
        return;
      case NodeKind::kFuncLit: {
        const auto* literal = Cast<FuncLit>(expr);
        if (info_.ClosureOf(literal) == nullptr) Problem(expr, "no closure");
        if (UnderAs<Signature>(info_.TypeOf(expr)) == nullptr) Problem(expr, "no signature");
        return Body(literal->body);
      }
      case NodeKind::kCompositeLit:
        return Composite(Cast<CompositeLit>(expr));
      case NodeKind::kParenExpr:
        return Value(Cast<ParenExpr>(expr)->x);
      case NodeKind::kSelectorExpr:
        return Selector(Cast<SelectorExpr>(expr));
      case NodeKind::kIndexExpr: {
        const auto* index = Cast<IndexExpr>(expr);
        Value(index->x);
        for (const Expr* i : index->indices) Value(i);
        return;
      }
      case NodeKind::kSliceExpr: {
        const auto* slice = Cast<SliceExpr>(expr);
        for (const Expr* part : {slice->x, slice->low, slice->high, slice->max}) Value(part);
        return;
      }
      case NodeKind::kTypeAssertExpr:
        Value(Cast<TypeAssertExpr>(expr)->x);
        return Value(Cast<TypeAssertExpr>(expr)->type);
      case NodeKind::kCallExpr: {
        const auto* call = Cast<CallExpr>(expr);
        Value(call->fun);
        for (const Expr* arg : call->args) Value(arg);
        return;
      }
      case NodeKind::kStarExpr:
        return Value(Cast<StarExpr>(expr)->x);
      case NodeKind::kUnaryExpr:
        return Value(Cast<UnaryExpr>(expr)->x);
      case NodeKind::kBinaryExpr:
        Value(Cast<BinaryExpr>(expr)->x);
        return Value(Cast<BinaryExpr>(expr)->y);
      default:
        return;  // Types.
    }
  }

 private:
  void Problem(const Node* node, std::string what) {
    problems.push_back(files_.Render(node->pos) + ": " + std::move(what));
  }

  void Entry(const Expr* expr) {
    const TypeAndValue& entry = info_.Of(expr);
    if (entry.mode == Mode::kInvalid) return Problem(expr, "no entry");
    if (entry.mode == Mode::kBuiltin) return;
    if (entry.type == nullptr) return Problem(expr, "no type");
    if (entry.type->canonical() != entry.type) Problem(expr, "type is not canonical");
    if (entry.type->is_parameterized()) Problem(expr, "type has type parameters");
    if (IsInvalid(entry.type)) Problem(expr, "invalid type");
    if (IsUntyped(entry.type) && entry.mode != Mode::kNil) Problem(expr, "untyped");
    if (entry.mode == Mode::kNil && IsUntyped(entry.type)) Problem(expr, "nil without type");
    if (entry.mode == Mode::kConstant && !entry.value.IsKnown()) Problem(expr, "no value");
  }

  void Composite(const CompositeLit* literal) {
    if (literal->type != nullptr) Value(literal->type);
    const Type* type = info_.TypeOf(literal);
    if (const auto* pointer = UnderAs<Pointer>(type);
        pointer != nullptr && literal->type == nullptr)
      type = pointer->elem;
    const bool is_struct = UnderAs<Struct>(type) != nullptr;
    const bool is_map = UnderAs<Map>(type) != nullptr;
    for (const Expr* element : literal->elements) {
      const auto* pair = As<KeyValueExpr>(element);
      if (pair == nullptr) {
        Value(element);
      } else if (is_struct) {
        info_.FieldIndex(pair);
        Value(pair->value);
      } else {
        if (is_map || As<BasicLit>(pair->key) == nullptr) Value(pair->key);
        Value(pair->value);
      }
    }
  }

  void Selector(const SelectorExpr* expr) {
    const auto* ident = As<Ident>(expr->x);
    if (ident != nullptr && ToObject<PkgName>(info_.Use(ident)) != nullptr) {
      if (info_.Use(expr->sel) == nullptr) Problem(expr, "no use of qualified name");
      return;
    }
    Value(expr->x);
    if (info_.SelectionOf(expr) == nullptr) Problem(expr, "no selection");
  }

  void Lhs(const Expr* expr) {
    const auto* ident = As<Ident>(expr);
    if (ident != nullptr && ident->name == "_") return;
    if (ident != nullptr && info_.Def(ident) != nullptr) return Entry(expr);
    Value(expr);
  }

  void Stmts(List<Stmt> stmts) {
    for (const Stmt* stmt : stmts) OneStmt(stmt);
  }

  void Declaration(const GenDecl* decl) {
    if (decl->tok != Token::kVar) return;
    for (const Spec* spec : decl->specs) {
      const auto* value = As<ValueSpec>(spec);
      for (const Expr* expr : value->values) Value(expr);
      for (const Ident* name : value->names) {
        if (info_.Def(name) == nullptr) Problem(name, "no def");
      }
    }
  }

  void OneStmt(const Stmt* stmt) {
    if (stmt == nullptr) return;
    switch (stmt->kind) {
      case NodeKind::kDeclStmt:
        return Declaration(Cast<DeclStmt>(stmt)->decl);
      case NodeKind::kLabeledStmt:
        return OneStmt(Cast<LabeledStmt>(stmt)->stmt);
      case NodeKind::kExprStmt:
        return Value(Cast<ExprStmt>(stmt)->x);
      case NodeKind::kSendStmt:
        Value(Cast<SendStmt>(stmt)->chan);
        return Value(Cast<SendStmt>(stmt)->value);
      case NodeKind::kIncDecStmt:
        return Value(Cast<IncDecStmt>(stmt)->x);
      case NodeKind::kAssignStmt: {
        const auto* assign = Cast<AssignStmt>(stmt);
        for (const Expr* expr : assign->lhs) Lhs(expr);
        for (const Expr* expr : assign->rhs) Value(expr);
        return;
      }
      case NodeKind::kGoStmt:
        return Value(Cast<GoStmt>(stmt)->call);
      case NodeKind::kDeferStmt:
        return Value(Cast<DeferStmt>(stmt)->call);
      case NodeKind::kReturnStmt:
        for (const Expr* expr : Cast<ReturnStmt>(stmt)->results) Value(expr);
        return;
      case NodeKind::kBlockStmt:
        return Stmts(Cast<BlockStmt>(stmt)->stmts);
      case NodeKind::kIfStmt: {
        const auto* branch = Cast<IfStmt>(stmt);
        OneStmt(branch->init);
        Value(branch->cond);
        OneStmt(branch->then_block);
        return OneStmt(branch->else_stmt);
      }
      case NodeKind::kSwitchStmt: {
        const auto* sw = Cast<SwitchStmt>(stmt);
        OneStmt(sw->init);
        Value(sw->tag);
        for (const CaseClause* clause : sw->clauses) {
          for (const Expr* expr : clause->values) Value(expr);
          Stmts(clause->body);
        }
        return;
      }
      case NodeKind::kTypeSwitchStmt: {
        const auto* sw = Cast<TypeSwitchStmt>(stmt);
        OneStmt(sw->init);
        Value(sw->x);
        for (const CaseClause* clause : sw->clauses) {
          for (const Expr* expr : clause->values) Value(expr);
          if (sw->bound != nullptr && info_.ClauseVar(clause) == nullptr)
            Problem(clause, "no clause variable");
          Stmts(clause->body);
        }
        return;
      }
      case NodeKind::kSelectStmt:
        for (const CommClause* clause : Cast<SelectStmt>(stmt)->clauses) {
          OneStmt(clause->comm);
          Stmts(clause->body);
        }
        return;
      case NodeKind::kForStmt: {
        const auto* loop = Cast<ForStmt>(stmt);
        OneStmt(loop->init);
        Value(loop->cond);
        OneStmt(loop->post);
        return OneStmt(loop->body);
      }
      case NodeKind::kRangeStmt: {
        const auto* loop = Cast<RangeStmt>(stmt);
        if (loop->key != nullptr) Lhs(loop->key);
        if (loop->value != nullptr) Lhs(loop->value);
        Value(loop->x);
        return OneStmt(loop->body);
      }
      default:
        return;
    }
  }

  const FileSet& files_;
  const Info& info_;
};

// All bodies and initializers of a package, and all instances of the world.
inline std::vector<std::string> FindMissingInfo(const FileSet& files, const World& world) {
  std::vector<std::string> problems;
  const auto append = [&](InfoWalk& walk) {
    problems.insert(problems.end(), walk.problems.begin(), walk.problems.end());
  };
  for (const auto& package : world.packages) {
    InfoWalk walk(files, package->info);
    for (const Initializer& initializer : package->initializers) walk.Value(initializer.rhs);
    for (const Func* func : package->functions) {
      if (!func->is_generic() && func->receiver_type_params.empty() && func->decl->body != nullptr)
        walk.Body(func->decl->body);
    }
    append(walk);
  }
  for (const Func* func : world.instances) {
    if (func->decl->body == nullptr) continue;
    if (func->instance_info == nullptr) {
      problems.push_back(files.Render(func->pos) + ": instance was not checked");
      continue;
    }
    InfoWalk walk(files, *func->instance_info);
    walk.Body(func->decl->body);
    append(walk);
  }
  return problems;
}

}  // namespace heddle::golang::types

#endif  // HEDDLE_TESTS_GOLANG_TYPES_INFO_WALK_H_
