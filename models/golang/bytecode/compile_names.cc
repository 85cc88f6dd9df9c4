// SPDX-License-Identifier: Apache-2.0
//
// What people call the things that expressions make: `done` of `done := make(chan struct{})`,
// `p.jobs` of `p := &Pool{jobs: make(chan int)}`.
//
// Kept by the position of the creating expression (Program::creation_names), for reports alone:
// no instruction depends on it. Keep: the first name of a position stays, so the literal around
// comes before its parts.
#include "models/golang/bytecode/compile_function.h"

namespace heddle::golang::compile {
namespace {

constexpr size_t kLongestName = 60;  // bytes

// The type of a literal, seen through the pointer that an inner &T{...} leaves out.
const types::Type* LiteralType(const types::Type* type) {
  const auto* pointer = types::UnderAs<types::Pointer>(type);
  return pointer != nullptr ? pointer->elem : type;
}

}  // namespace

void FunctionCompiler::NameTargets(List<Expr> lhs, std::span<const Expr* const> rhs) {
  if (package_->is_std) return;
  for (size_t i = 0; i < rhs.size(); i++) {
    const Expr* target = lhs[i];
    // Of several results the first is the thing, the others are what goes with it.
    for (size_t k = 1; rhs.size() == 1 && k < lhs.size() && IsBlank(target); k++) target = lhs[k];
    if (!IsBlank(target)) NameCreation(rhs[i], {ExprString(target)});
  }
}

void FunctionCompiler::NameTarget(const types::Var* var, const Expr* rhs) {
  if (!package_->is_std && var->name != "_") NameCreation(rhs, {var->name});
}

void FunctionCompiler::NameParts(const CompositeLit* e, const Type* type) {
  if (package_->is_std) return;
  std::string name = types::TypeString(LiteralType(type), package_);
  const size_t size = name.size();
  NameCreation(e, {std::move(name), size});
}

void FunctionCompiler::NameCreation(const Expr* e, const CreationName& name) {
  e = Unparen(e);
  if (name.name.size() > kLongestName) return;
  auto& names = program_.program().creation_names;
  const auto note = [&](const CodePosition& place) {
    return names.try_emplace(Program::PositionKey(place), name).second;
  };
  const auto part = [&](const std::string& suffix) {
    return CreationName{name.name + suffix, name.relative_from};
  };
  if (const auto* unary = As<UnaryExpr>(e); unary != nullptr && unary->op == Token::kAnd) {
    return NameCreation(unary->x, name);
  }
  if (const auto* call = As<CallExpr>(e)) {
    Pos pos;
    note(PlaceOfCall(call, &pos));
    const auto* fun = As<Ident>(Unparen(call->fun));
    if (fun == nullptr || fun->name != "append") return;
    for (const Expr* arg : call->args.subspan(1)) NameCreation(arg, part("[]"));
    return;
  }
  const auto* literal = As<CompositeLit>(e);
  if (literal == nullptr || !note(program_.Place(literal->pos))) return;
  const auto* record = types::UnderAs<types::Struct>(LiteralType(TypeOf(literal)));
  for (size_t i = 0; i < literal->elements.size(); i++) {
    const auto* pair = As<KeyValueExpr>(literal->elements[i]);
    const Expr* value = pair != nullptr ? pair->value : literal->elements[i];
    if (record == nullptr) {
      NameCreation(value,
                   part("[" + (pair != nullptr ? ExprString(pair->key) : std::to_string(i)) + "]"));
    } else {
      const size_t field = pair != nullptr ? info_->FieldIndex(pair) : i;
      NameCreation(value, part("." + record->fields[field].name));
    }
  }
}

}  // namespace heddle::golang::compile
