// SPDX-License-Identifier: Apache-2.0
//
// Where an expression starts and ends.
//
// Iterative along the left and right spine of the tree, so that long chains cost no stack.
#include "models/golang/syntax/ast.h"

namespace heddle::golang {

Pos StartPos(const Expr* expr) {
  for (;;) {
    switch (expr->kind) {
      case NodeKind::kCompositeLit: {
        const auto* lit = Cast<CompositeLit>(expr);
        if (lit->type == nullptr) return lit->pos;
        expr = lit->type;
        break;
      }
      case NodeKind::kSelectorExpr:
        expr = Cast<SelectorExpr>(expr)->x;
        break;
      case NodeKind::kIndexExpr:
        expr = Cast<IndexExpr>(expr)->x;
        break;
      case NodeKind::kSliceExpr:
        expr = Cast<SliceExpr>(expr)->x;
        break;
      case NodeKind::kTypeAssertExpr:
        expr = Cast<TypeAssertExpr>(expr)->x;
        break;
      case NodeKind::kCallExpr:
        expr = Cast<CallExpr>(expr)->fun;
        break;
      case NodeKind::kBinaryExpr:
        expr = Cast<BinaryExpr>(expr)->x;
        break;
      case NodeKind::kKeyValueExpr:
        expr = Cast<KeyValueExpr>(expr)->key;
        break;
      default:
        return expr->pos;
    }
  }
}

namespace {

Pos EndOf(const FieldList& list, Pos otherwise) {
  if (list.close.IsValid()) return list.close.Plus(1);
  return list.fields.empty() ? otherwise : EndPos(list.fields.back()->type);
}

}  // namespace

Pos EndPos(const Expr* expr) {
  for (;;) {
    switch (expr->kind) {
      case NodeKind::kBadExpr:
        return expr->pos;
      case NodeKind::kIdent:
        return expr->pos.Plus(static_cast<uint32_t>(Cast<Ident>(expr)->name.size()));
      case NodeKind::kBasicLit:
        return expr->pos.Plus(static_cast<uint32_t>(Cast<BasicLit>(expr)->text.size()));
      case NodeKind::kCompositeLit:
        return Cast<CompositeLit>(expr)->rbrace.Plus(1);
      case NodeKind::kFuncLit:
        return Cast<FuncLit>(expr)->body->rbrace.Plus(1);
      case NodeKind::kParenExpr:
        return EndPos(Cast<ParenExpr>(expr)->x).Plus(1);
      case NodeKind::kSelectorExpr:
        expr = Cast<SelectorExpr>(expr)->sel;
        break;
      case NodeKind::kIndexExpr:
        return Cast<IndexExpr>(expr)->rbrack.Plus(1);
      case NodeKind::kSliceExpr: {
        const auto* slice = Cast<SliceExpr>(expr);
        const Expr* last = slice->max != nullptr ? slice->max : slice->high;
        if (last == nullptr) last = slice->low;
        return last == nullptr ? slice->pos.Plus(3) : EndPos(last).Plus(1);
      }
      case NodeKind::kTypeAssertExpr: {
        const Expr* type = Cast<TypeAssertExpr>(expr)->type;
        return type == nullptr ? expr->pos.Plus(7) : EndPos(type).Plus(1);
      }
      case NodeKind::kCallExpr:
        return Cast<CallExpr>(expr)->rparen.Plus(1);
      case NodeKind::kStarExpr:
        expr = Cast<StarExpr>(expr)->x;
        break;
      case NodeKind::kUnaryExpr:
        expr = Cast<UnaryExpr>(expr)->x;
        break;
      case NodeKind::kBinaryExpr:
        expr = Cast<BinaryExpr>(expr)->y;
        break;
      case NodeKind::kKeyValueExpr:
        expr = Cast<KeyValueExpr>(expr)->value;
        break;
      case NodeKind::kEllipsis:
        expr = Cast<Ellipsis>(expr)->element;
        break;
      case NodeKind::kArrayType:
        expr = Cast<ArrayType>(expr)->element;
        break;
      case NodeKind::kStructType:
        return EndOf(Cast<StructType>(expr)->fields, expr->pos);
      case NodeKind::kFuncType: {
        const auto* type = Cast<FuncType>(expr);
        return EndOf(type->results, EndOf(type->params, expr->pos));
      }
      case NodeKind::kInterfaceType:
        return EndOf(Cast<InterfaceType>(expr)->methods, expr->pos);
      case NodeKind::kMapType:
        expr = Cast<MapType>(expr)->value;
        break;
      case NodeKind::kChanType:
        expr = Cast<ChanType>(expr)->element;
        break;
      default:
        return expr->pos;
    }
  }
}

const Expr* Unparen(const Expr* expr) {
  while (const auto* paren = As<ParenExpr>(expr)) expr = paren->x;
  return expr;
}

}  // namespace heddle::golang
