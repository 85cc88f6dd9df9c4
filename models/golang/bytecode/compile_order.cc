// SPDX-License-Identifier: Apache-2.0
//
// Order of evaluation: calls happen first, in source order; variables in memory are read
// afterwards.
//
// The specification leaves open whether `x + f()` sees the x before or after the call. gc, whose
// programs people observe, moves calls and their kin to temporaries and reads variables late; so
// does this. Registers that are no variables of others cannot change meanwhile, so that nothing
// needs to move when no memory is read beside a call. Source: cmd/compile/internal/walk, order; the
// Go specification, "Order of evaluation".
#include <algorithm>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/types/predicates.h"

namespace heddle::golang::compile {
namespace {

// Something inside is a call or the like.
constexpr uint8_t kEffect = 1;
// A variable in memory is read, outside of calls.
constexpr uint8_t kRead = 2;
// The expression itself is a call or the like: it is moved as a whole.
constexpr uint8_t kItself = 4;

}  // namespace

bool FunctionCompiler::IsEffect(const Expr* e) { return (TraitsOf(e) & kItself) != 0; }

bool FunctionCompiler::HasEffect(const Expr* e) { return (TraitsOf(e) & kEffect) != 0; }

uint8_t FunctionCompiler::TraitsOf(const Expr* e) {
  if (e == nullptr) return 0;
  auto found = traits_.find(e);
  if (found != traits_.end()) return found->second;
  const uint8_t traits = ComputeTraits(e);
  traits_[e] = traits;
  return traits;
}

uint8_t FunctionCompiler::ComputeTraits(const Expr* e) {
  const types::TypeAndValue& tv = Of(e);
  if (tv.mode == types::Mode::kConstant || tv.mode == types::Mode::kType) return 0;
  auto inner = [&](const Expr* x) -> uint8_t { return TraitsOf(x) & ~kItself; };
  switch (e->kind) {
    case NodeKind::kIdent: {
      const auto* var = types::ToObject<types::Var>(info_->Use(Cast<Ident>(e)));
      if (var == nullptr) return 0;
      auto storage = storage_.find(var);
      return storage != storage_.end() && storage->second.kind == Storage::Kind::kRegister ? 0
                                                                                           : kRead;
    }
    case NodeKind::kParenExpr:
      return TraitsOf(Cast<ParenExpr>(e)->x);
    case NodeKind::kSelectorExpr: {
      const auto* selector = Cast<SelectorExpr>(e);
      const types::Selection* selection = info_->SelectionOf(selector);
      if (selection == nullptr) {
        return info_->Use(selector->sel)->kind == types::ObjectKind::kVar ? kRead : 0;
      }
      if (selection->kind == types::SelectionKind::kMethodExpr) return 0;
      return inner(selector->x) | (selection->indirect ? kRead : 0);
    }
    case NodeKind::kIndexExpr: {
      const auto* index = Cast<IndexExpr>(e);
      if (Of(index->x).mode == types::Mode::kType ||
          Of(index->indices[0]).mode == types::Mode::kType) {
        return 0;  // An instance of a generic function.
      }
      return inner(index->x) | inner(index->indices[0]) | kRead;
    }
    case NodeKind::kSliceExpr: {
      const auto* slice = Cast<SliceExpr>(e);
      return inner(slice->x) | inner(slice->low) | inner(slice->high) | inner(slice->max) |
             kEffect | kItself;
    }
    case NodeKind::kTypeAssertExpr:
      return inner(Cast<TypeAssertExpr>(e)->x) | kEffect | kItself;
    case NodeKind::kCallExpr:
      return CallTraits(Cast<CallExpr>(e));
    case NodeKind::kStarExpr:
      return inner(Cast<StarExpr>(e)->x) | kRead;
    case NodeKind::kUnaryExpr: {
      const auto* unary = Cast<UnaryExpr>(e);
      return inner(unary->x) | (unary->op == Token::kArrow ? kEffect | kItself : 0);
    }
    case NodeKind::kBinaryExpr: {
      const auto* binary = Cast<BinaryExpr>(e);
      const uint8_t traits = inner(binary->x) | inner(binary->y);
      const bool logical = binary->op == Token::kLAnd || binary->op == Token::kLOr;
      return traits | (logical ? kEffect | kItself : 0);
    }
    case NodeKind::kKeyValueExpr: {
      const auto* pair = Cast<KeyValueExpr>(e);
      // The key of a struct literal is a field name, without an entry.
      const uint8_t key = Of(pair->key).mode == types::Mode::kInvalid ? 0 : inner(pair->key);
      return key | inner(pair->value);
    }
    case NodeKind::kCompositeLit: {
      uint8_t traits = 0;
      for (const Expr* element : Cast<CompositeLit>(e)->elements) traits |= inner(element);
      return traits;
    }
    default:
      return 0;
  }
}

uint8_t FunctionCompiler::CallTraits(const CallExpr* call) {
  uint8_t traits = 0;
  for (const Expr* arg : call->args) traits |= TraitsOf(arg) & ~kItself;
  const types::TypeAndValue& fun = Of(call->fun);
  if (fun.mode == types::Mode::kType) {
    const bool string = types::IsString(TypeOf(call)) || types::IsString(TypeOf(call->args[0]));
    const bool same = types::IsString(TypeOf(call)) == types::IsString(TypeOf(call->args[0]));
    return string && !same ? traits | kEffect | kItself : traits;
  }
  // Calls of predeclared functions are calls: len(x) beside a call that changes x keeps its place.
  return traits | kEffect | kItself;
}

void FunctionCompiler::Prepare(std::initializer_list<const Expr*> exprs) {
  Prepare(std::span<const Expr* const>(exprs.begin(), exprs.size()));
}

void FunctionCompiler::Prepare(std::span<const Expr* const> exprs) {
  uint8_t traits = 0;
  for (const Expr* e : exprs) traits |= TraitsOf(e);
  if ((traits & kEffect) == 0 || (traits & kRead) == 0) return;
  // A lone call orders its own operands.
  if (exprs.size() == 1 && IsEffect(exprs[0])) return;
  for (const Expr* e : exprs) Hoist(e);
}

// Evaluates the outermost calls inside the expression, from left to right.
void FunctionCompiler::Hoist(const Expr* e) {
  if (e == nullptr) return;
  e = Unparen(e);
  if (IsHoisted(e) || (TraitsOf(e) & kEffect) == 0) return;
  if (IsEffect(e)) {
    const types::TypeAndValue& tv = Of(e);
    // What yields several values, or none, stands alone and is evaluated by its user.
    if (tv.mode == types::Mode::kNoValue || types::To<types::Tuple>(tv.type) != nullptr ||
        tv.comma_ok) {
      return;
    }
    const Reg value = Operand(e);
    hoisted_[e] = value;
    return;
  }
  switch (e->kind) {
    case NodeKind::kSelectorExpr:
      return Hoist(Cast<SelectorExpr>(e)->x);
    case NodeKind::kIndexExpr:
      Hoist(Cast<IndexExpr>(e)->x);
      return Hoist(Cast<IndexExpr>(e)->indices[0]);
    case NodeKind::kCallExpr:
      for (const Expr* arg : Cast<CallExpr>(e)->args) Hoist(arg);
      return;
    case NodeKind::kStarExpr:
      return Hoist(Cast<StarExpr>(e)->x);
    case NodeKind::kUnaryExpr:
      return Hoist(Cast<UnaryExpr>(e)->x);
    case NodeKind::kBinaryExpr:
      Hoist(Cast<BinaryExpr>(e)->x);
      return Hoist(Cast<BinaryExpr>(e)->y);
    case NodeKind::kKeyValueExpr:
      if (Of(Cast<KeyValueExpr>(e)->key).mode != types::Mode::kInvalid) {
        Hoist(Cast<KeyValueExpr>(e)->key);
      }
      return Hoist(Cast<KeyValueExpr>(e)->value);
    case NodeKind::kCompositeLit:
      for (const Expr* element : Cast<CompositeLit>(e)->elements) Hoist(element);
      return;
    default:
      return;
  }
}

}  // namespace heddle::golang::compile
