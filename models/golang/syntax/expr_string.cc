// SPDX-License-Identifier: Apache-2.0
//
// Expressions as text for messages.
//
// Source: the short form in which cmd/compile prints expressions.
#include "models/golang/syntax/ast.h"

namespace heddle::golang {
namespace {

class Printer {
 public:
  std::string Take() { return std::move(out_); }

  void Print(const Expr* expr);

 private:
  void Put(std::string_view text) { out_ += text; }
  void PutList(List<Expr> list);
  // Names in front of types, separated by `separator`.
  void PutFields(const FieldList& list, std::string_view separator);
  void PutSignature(const FuncType* type);
  void PutMethods(const FieldList& list);
  void PutChan(const ChanType* type);
  void PutSlice(const SliceExpr* slice);

  std::string out_;
};

void Printer::PutList(List<Expr> list) {
  for (size_t i = 0; i < list.size(); i++) {
    if (i > 0) Put(", ");
    Print(list[i]);
  }
}

void Printer::PutFields(const FieldList& list, std::string_view separator) {
  for (size_t i = 0; i < list.fields.size(); i++) {
    const Field* field = list.fields[i];
    if (i > 0) Put(separator);
    for (size_t n = 0; n < field->names.size(); n++) {
      if (n > 0) Put(", ");
      Put(field->names[n]->name);
    }
    if (!field->names.empty()) Put(" ");
    Print(Unparen(field->type));
    if (field->tag != nullptr) {
      Put(" ");
      Put(field->tag->text);
    }
  }
}

void Printer::PutSignature(const FuncType* type) {
  Put("(");
  PutFields(type->params, ", ");
  Put(")");
  const auto& results = type->results.fields;
  if (results.empty()) return;
  Put(" ");
  if (results.size() == 1 && results[0]->names.empty()) return Print(results[0]->type);
  Put("(");
  PutFields(type->results, ", ");
  Put(")");
}

void Printer::PutMethods(const FieldList& list) {
  for (size_t i = 0; i < list.fields.size(); i++) {
    const Field* method = list.fields[i];
    if (i > 0) Put("; ");
    if (method->names.empty()) {
      Print(method->type);
    } else {
      Put(method->names[0]->name);
      PutSignature(Cast<FuncType>(method->type));
    }
  }
}

void Printer::PutChan(const ChanType* type) {
  if (type->dir == ChanDir::kReceive) Put("<-");
  Put("chan");
  if (type->dir == ChanDir::kSend) Put("<-");
  Put(" ");
  const auto* element = As<ChanType>(type->element);
  const bool ambiguous =
      type->dir == ChanDir::kBoth && element != nullptr && element->dir == ChanDir::kReceive;
  if (ambiguous) Put("(");
  Print(type->element);
  if (ambiguous) Put(")");
}

void Printer::PutSlice(const SliceExpr* slice) {
  Print(slice->x);
  Put("[");
  if (slice->low != nullptr) Print(slice->low);
  Put(":");
  if (slice->high != nullptr) Print(slice->high);
  if (slice->max != nullptr) {
    Put(":");
    Print(slice->max);
  }
  Put("]");
}

void Printer::Print(const Expr* expr) {
  switch (expr->kind) {
    case NodeKind::kIdent:
      return Put(Cast<Ident>(expr)->name);
    case NodeKind::kBasicLit:
      return Put(Cast<BasicLit>(expr)->text);
    case NodeKind::kCompositeLit: {
      const auto* lit = Cast<CompositeLit>(expr);
      if (lit->type != nullptr) Print(lit->type);
      return Put(lit->elements.empty() ? "{}" : "{…}");
    }
    case NodeKind::kFuncLit: {
      const auto* lit = Cast<FuncLit>(expr);
      Print(lit->type);
      return Put(lit->body->stmts.empty() ? " {}" : " {…}");
    }
    case NodeKind::kParenExpr:
      Put("(");
      Print(Cast<ParenExpr>(expr)->x);
      return Put(")");
    case NodeKind::kSelectorExpr:
      Print(Cast<SelectorExpr>(expr)->x);
      Put(".");
      return Put(Cast<SelectorExpr>(expr)->sel->name);
    case NodeKind::kIndexExpr:
      Print(Cast<IndexExpr>(expr)->x);
      Put("[");
      PutList(Cast<IndexExpr>(expr)->indices);
      return Put("]");
    case NodeKind::kSliceExpr:
      return PutSlice(Cast<SliceExpr>(expr));
    case NodeKind::kTypeAssertExpr: {
      const auto* x = Cast<TypeAssertExpr>(expr);
      Print(x->x);
      Put(".(");
      if (x->type == nullptr) {
        Put("type");
      } else {
        Print(x->type);
      }
      return Put(")");
    }
    case NodeKind::kCallExpr: {
      const auto* call = Cast<CallExpr>(expr);
      Print(call->fun);
      Put("(");
      PutList(call->args);
      return Put(call->has_dots ? "...)" : ")");
    }
    case NodeKind::kStarExpr:
      Put("*");
      return Print(Cast<StarExpr>(expr)->x);
    case NodeKind::kUnaryExpr:
      Put(TokenText(Cast<UnaryExpr>(expr)->op));
      return Print(Cast<UnaryExpr>(expr)->x);
    case NodeKind::kBinaryExpr: {
      const auto* x = Cast<BinaryExpr>(expr);
      Print(x->x);
      Put(" ");
      Put(TokenText(x->op));
      Put(" ");
      return Print(x->y);
    }
    case NodeKind::kKeyValueExpr:
      Print(Cast<KeyValueExpr>(expr)->key);
      Put(": ");
      return Print(Cast<KeyValueExpr>(expr)->value);
    case NodeKind::kEllipsis:
      Put("...");
      return Print(Cast<Ellipsis>(expr)->element);
    case NodeKind::kArrayType: {
      const auto* type = Cast<ArrayType>(expr);
      Put("[");
      if (type->open_length) Put("...");
      if (type->length != nullptr) Print(type->length);
      Put("]");
      return Print(type->element);
    }
    case NodeKind::kStructType:
      Put("struct{");
      PutFields(Cast<StructType>(expr)->fields, "; ");
      return Put("}");
    case NodeKind::kFuncType:
      Put("func");
      return PutSignature(Cast<FuncType>(expr));
    case NodeKind::kInterfaceType:
      Put("interface{");
      PutMethods(Cast<InterfaceType>(expr)->methods);
      return Put("}");
    case NodeKind::kMapType:
      Put("map[");
      Print(Cast<MapType>(expr)->key);
      Put("]");
      return Print(Cast<MapType>(expr)->value);
    case NodeKind::kChanType:
      return PutChan(Cast<ChanType>(expr));
    default:
      return Put("<bad expr>");
  }
}

}  // namespace

std::string ExprString(const Expr* expr) {
  Printer printer;
  printer.Print(expr);
  return printer.Take();
}

}  // namespace heddle::golang
