// SPDX-License-Identifier: Apache-2.0
//
// Selectors: fields, methods, method expressions and names of other packages.
//
// Source: the Go specification, "Selectors", "Method expressions", "Method values", "Qualified
// identifiers".
#include <utility>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/checker.h"

namespace heddle::golang::types {

void Checker::QualifiedIdent(Operand& x, const SelectorExpr* expr, PkgName* pkg_name) {
  pkg_name->used = true;
  if (pkg_name->imported == nullptr) {
    if (pkg_name->missing != nullptr) NoteMissing(pkg_name->missing);
    return;
  }
  Object* object = pkg_name->imported->scope.Find(expr->sel->name);
  if (object == nullptr) {
    if (IsMissingName(pkg_name->imported, expr->sel->name, expr->sel->pos)) return;
    Error(expr->sel->pos, "undefined: {}", ExprString(expr));
    return;
  }
  if (!IsExported(object->name)) {
    Error(expr->sel->pos, "name {} not exported by package {}", object->name,
          pkg_name->imported->name);
    return;
  }
  info().SetUse(expr->sel, object);
  NoteMention(object);
  if (const auto* builtin = ToObject<BuiltinObject>(object)) {
    x.mode = Mode::kBuiltin;
    x.builtin = builtin->builtin;
    return;
  }
  if (IsInvalid(object->type)) return;
  x.type = object->type;
  switch (object->kind) {
    case ObjectKind::kConst:
      x.mode = Mode::kConstant;
      x.value = static_cast<const Const*>(object)->value;
      return;
    case ObjectKind::kTypeName:
      x.mode = Mode::kType;
      return;
    case ObjectKind::kVar:
      x.mode = Mode::kVariable;
      return;
    case ObjectKind::kFunc: {
      const auto* func = static_cast<const Func*>(object);
      if (!func->type_params.empty()) x.generic = func;
      x.mode = Mode::kValue;
      return;
    }
    case ObjectKind::kPkgName:
    case ObjectKind::kBuiltin:
    case ObjectKind::kNil:
      return;
  }
}

std::string Checker::LookupHint(const Type* type, std::string_view sel, bool struct_literal) const {
  const LookupResult other = Lookup(type, true, &package_, sel, true);
  std::string name;
  const Package* pkg = nullptr;
  const char* what = "method";
  switch (other.kind) {
    case LookupResult::Kind::kField:
      what = "field";
      name = other.field->name;
      pkg = other.field->pkg;
      break;
    case LookupResult::Kind::kMethod:
      name = other.method->name;
      pkg = IsExported(name) ? nullptr : other.method->pkg;
      break;
    case LookupResult::Kind::kInterfaceMethod:
      name = other.interface->methods[other.method_index].name;
      pkg = other.interface->methods[other.method_index].pkg;
      break;
    case LookupResult::Kind::kNone:
    case LookupResult::Kind::kAmbiguous:
      break;
  }
  const bool visible = pkg == nullptr || pkg == &package_;
  const std::string base =
      struct_literal ? fmt::format("unknown field {} in struct literal of type {}", sel, Str(type))
                     : fmt::format("type {} has no field or method {}", Str(type), sel);
  if (struct_literal && std::string_view(what) != "field") return base;
  if (name.empty()) return base;
  if (!visible && name == sel) {
    return struct_literal
               ? fmt::format("cannot refer to unexported field {} in struct literal of type {}",
                             name, Str(type))
               : fmt::format("cannot refer to unexported {} {}", what, name);
  }
  if (!visible && name.substr(1) != sel.substr(1)) return base;
  const std::string_view unexported = visible ? "" : "unexported ";
  if (struct_literal) return fmt::format("{}, but does have {}{}", base, unexported, name);
  return fmt::format("{}, but does have {}{} {}", base, unexported, what, name);
}

void Checker::SelectorError(const Operand& x, const SelectorExpr* expr, const LookupResult& found) {
  const std::string_view sel = expr->sel->name;
  const Pos pos = expr->sel->pos;
  if (IsInvalid(Under(x.type))) return;
  if (found.kind == LookupResult::Kind::kAmbiguous) {
    Error(pos, "ambiguous selector {}.{}", ExprString(expr->x), sel);
    return;
  }
  if (found.needs_address) {
    if (x.mode == Mode::kType) {
      Error(pos, "invalid method expression {}.{} (needs pointer receiver (*{}).{})", Str(x.type),
            sel, Str(x.type), sel);
    } else {
      Error(pos, "cannot call pointer method {} on {}", sel, Str(x.type));
    }
    return;
  }
  if (IsMissingMember(x.type, sel, pos)) return;
  const auto* pointer = UnderAs<Pointer>(x.type);
  std::string why;
  if (pointer != nullptr && IsInterface(pointer->elem)) {
    why = fmt::format("type {} is pointer to interface, not interface", Str(x.type));
  } else if (pointer != nullptr && IsTypeParam(pointer->elem)) {
    why = fmt::format("type {} is pointer to type parameter, not type parameter", Str(x.type));
  } else {
    why = LookupHint(x.type, sel, false);
  }
  Error(pos, "{}.{} undefined ({})", ExprString(expr->x), sel, why);
}

void Checker::SelectorOf(Operand& x, const SelectorExpr* expr) {
  if (const auto* ident = As<Ident>(expr->x)) {
    Object* object = env_.scope->FindUpward(ident->name);
    if (auto* pkg_name = ToObject<PkgName>(object)) {
      info().SetUse(ident, pkg_name);
      return QualifiedIdent(x, expr, pkg_name);
    }
  }
  ExprOrType(x, expr->x, false);
  if (!x.valid()) return;
  if (expr->sel->name == "_") {
    Report(expr->sel->pos, "cannot refer to blank field or method");
    x.mode = Mode::kInvalid;
    return;
  }
  if (x.is_nil()) {
    Error(expr->sel->pos, "{}.{} undefined (type untyped nil has no field or method {})",
          ExprString(expr->x), expr->sel->name, expr->sel->name);
    x.mode = Mode::kInvalid;
    return;
  }
  if (x.mode == Mode::kType) return MethodExprOf(x, expr);
  const LookupResult found = Lookup(x.type, x.mode == Mode::kVariable, &package_, expr->sel->name);
  if (!found.found()) {
    SelectorError(x, expr, found);
    x.mode = Mode::kInvalid;
    return;
  }
  Selection selection{.receiver = x.type, .path = found.path, .indirect = found.indirect};
  if (found.kind == LookupResult::Kind::kField) {
    info().SetSelection(expr, std::move(selection));
    x.mode = x.mode == Mode::kVariable || found.indirect ? Mode::kVariable : Mode::kValue;
    x.type = found.field->type;
    if (IsInvalid(x.type)) x.mode = Mode::kInvalid;
    return;
  }
  if (found.kind == LookupResult::Kind::kMethod) {
    selection.kind = SelectionKind::kMethodValue;
    selection.func = found.method;
    auto* method =
        const_cast<Func*>(found.method->origin != nullptr ? found.method->origin : found.method);
    NoteDependency(method);
    NoteMention(method);
    if (found.method->pointer_receiver && !found.indirect) MarkAddressTaken(expr->x);
  } else {
    selection.kind = SelectionKind::kInterfaceMethod;
    selection.interface = found.interface;
    selection.method_index = found.method_index;
  }
  info().SetSelection(expr, std::move(selection));
  x.mode = Mode::kValue;
  x.type = SignatureOf(types_, found);
}

void Checker::MethodExprOf(Operand& x, const SelectorExpr* expr) {
  const Type* type = x.type;
  const LookupResult found = Lookup(type, false, &package_, expr->sel->name);
  if (!found.found()) {
    SelectorError(x, expr, found);
    x.mode = Mode::kInvalid;
    return;
  }
  if (!found.is_method()) {
    Error(expr->sel->pos, "{}.{} undefined (type {} has no method {})", ExprString(expr->x),
          expr->sel->name, Str(type), expr->sel->name);
    x.mode = Mode::kInvalid;
    return;
  }
  Selection selection{.kind = SelectionKind::kMethodExpr,
                      .receiver = type,
                      .path = found.path,
                      .indirect = found.indirect};
  selection.func = found.method;
  selection.interface = found.interface;
  selection.method_index = found.method_index;
  info().SetSelection(expr, std::move(selection));
  if (found.method != nullptr) {
    auto* method =
        const_cast<Func*>(found.method->origin != nullptr ? found.method->origin : found.method);
    NoteDependency(method);
    NoteMention(method);
  }
  const Signature* signature = SignatureOf(types_, found);
  std::vector<Param> params{
      {signature->params.empty() || signature->params[0].name.empty() ? "" : "_", type}};
  params.insert(params.end(), signature->params.begin(), signature->params.end());
  x.mode = Mode::kValue;
  x.type = types_.SignatureOf(std::move(params), signature->results, signature->variadic);
}

}  // namespace heddle::golang::types
