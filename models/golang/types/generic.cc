// SPDX-License-Identifier: Apache-2.0
//
// Instances of generic functions: explicit, inferred from arguments, inferred from the target of an
// assignment.
//
// Source: the Go specification, "Instantiations", "Type inference", "Satisfying a type constraint".
#include <algorithm>
#include <utility>

#include "models/golang/types/checker.h"

namespace heddle::golang::types {

namespace {

bool Complete(const std::vector<const Type*>& args) {
  return std::none_of(args.begin(), args.end(), [](const Type* arg) { return arg == nullptr; });
}

bool Mentions(const Type* type, const std::vector<TypeParam*>& params, TypeTable& table) {
  if (!type->is_parameterized()) return false;
  // Something changes when the parameters are replaced.
  const std::vector<const Type*> args(params.size(), table.basic(BasicKind::kInt));
  return !Identical(Substitute(table, type, params, args), type);
}

}  // namespace

bool Checker::VerifyInstance(const std::vector<Pos>& positions, Pos pos,
                             const std::vector<TypeParam*>& params,
                             const std::vector<const Type*>& args) {
  for (size_t i = 0; i < params.size() && i < args.size(); ++i) {
    if (params[i]->constraint == nullptr) continue;
    const Type* bound = Substitute(types_, params[i]->constraint, params, args);
    std::string cause;
    if (Implements(types_, args[i], bound, true, &package_, &cause)) continue;
    Report(i < positions.size() ? positions[i] : pos, cause);
    return false;
  }
  return true;
}

void Checker::InstantiateFunc(Operand& x, const IndexExpr* expr) {
  const Func* generic = x.generic;
  std::vector<const Type*> args;
  std::vector<Pos> positions;
  for (const Expr* index : expr->indices) {
    args.push_back(VarType(index));
    positions.push_back(StartPos(index));
    if (IsInvalid(args.back())) x.mode = Mode::kInvalid;
  }
  if (!x.valid()) return;
  const size_t want = generic->type_params.size();
  if (args.size() > want) {
    Error(positions[want], "too many type arguments for function {}: have {}, want {}",
          ExprString(expr->x), args.size(), want);
    x.mode = Mode::kInvalid;
    return;
  }
  x.expr = expr;
  if (args.size() < want) {
    std::vector<const Type*> all = args;
    all.resize(want, nullptr);
    std::vector<TypeParam*> params = generic->type_params;
    std::vector<Param> patterns;
    RenameTypeParams(params, patterns);
    if (!InferFromConstraints(params, all) || !Complete(all)) {
      partial_args_ = std::move(args);
      return;
    }
    args = std::move(all);
  }
  const Pos pos = expr->pos;
  Later([this, positions, pos, generic, args] {
    VerifyInstance(positions, pos, generic->type_params, args);
  });
  UseInstance(x, args);
}

void Checker::UseInstance(Operand& x, const std::vector<const Type*>& args) {
  Func* instance = world_.InstanceOf(x.generic, args);
  x.generic = nullptr;
  x.type = instance->type;
  for (const Expr* expr = x.expr; expr != nullptr;) {
    TypeAndValue& entry = info().Mutable(expr);
    entry.mode = Mode::kValue;
    entry.type = x.type;
    if (const auto* paren = As<ParenExpr>(expr)) {
      expr = paren->x;
    } else if (const auto* index = As<IndexExpr>(expr)) {
      expr = index->x;
    } else if (const auto* selector = As<SelectorExpr>(expr)) {
      expr = selector->sel;
    } else {
      if (const auto* ident = As<Ident>(expr)) info().SetUse(ident, instance);
      break;
    }
  }
}

bool Checker::InferFromConstraints(const std::vector<TypeParam*>& params,
                                   std::vector<const Type*>& args) {
  for (size_t round = 0; round < params.size() + 1; ++round) {
    const std::vector<const Type*> before = args;
    for (size_t i = 0; i < params.size(); ++i) {
      const Interface* constraint = ConstraintOf(params[i]);
      if (constraint->has_terms) {
        const Type* core = CoreType(params[i]);
        if (core == nullptr) continue;
        const bool tilde = std::any_of(constraint->terms.begin(), constraint->terms.end(),
                                       [](const Term& term) { return term.tilde; });
        if (args[i] != nullptr) {
          if (!Unify(types_, core, tilde ? Under(args[i]) : args[i], params, args)) return false;
        } else if (constraint->terms.size() == 1 && !tilde) {
          args[i] = constraint->terms[0].type;
        }
      } else if (args[i] != nullptr) {
        // Methods that the constraint wants may tell more arguments.
        for (const InterfaceMethod& method : constraint->methods) {
          const LookupResult found = Lookup(args[i], false, method.pkg, method.name);
          if (!found.is_method()) continue;
          Unify(types_, method.type, SignatureOf(types_, found), params, args, true);
        }
      }
    }
    for (const Type*& arg : args) {
      if (arg != nullptr) arg = Substitute(types_, arg, params, args);
    }
    if (args == before) break;
  }
  return true;
}

// In a generic body, arguments may mention the very parameters of the function that is called: they
// get new ones here.
void Checker::RenameTypeParams(std::vector<TypeParam*>& params, std::vector<Param>& patterns) {
  if (env_.info != &scratch_) return;
  const std::vector<TypeParam*> old = params;
  for (TypeParam*& param : params)
    param = types_.NewTypeParam(param->object, param->name, param->index);
  const std::vector<const Type*> fresh(params.begin(), params.end());
  for (size_t i = 0; i < params.size(); ++i) {
    if (old[i]->constraint != nullptr)
      params[i]->constraint = Substitute(types_, old[i]->constraint, old, fresh);
  }
  for (Param& pattern : patterns) pattern.type = Substitute(types_, pattern.type, old, fresh);
}

bool Checker::Infer(Operand& fun, Pos pos, const std::vector<Param>& params,
                    std::vector<Operand>& args, std::vector<const Type*> known,
                    std::vector<const Type*>* result) {
  std::vector<TypeParam*> type_params = fun.generic->type_params;
  std::vector<Param> patterns = params;
  RenameTypeParams(type_params, patterns);
  std::vector<const Type*>& found = *result;
  found = std::move(known);
  found.resize(type_params.size(), nullptr);
  std::map<const Type*, const Type*> untyped;
  for (size_t i = 0; i < args.size(); ++i) {
    const Type* pattern = patterns[i].type;
    if (!args[i].valid() || args[i].is_nil() || !Mentions(pattern, type_params, types_)) continue;
    if (args[i].generic != nullptr) continue;
    if (IsUntyped(args[i].type)) {
      if (!IsTypeParam(pattern)) continue;
      const auto* kind = To<Basic>(args[i].type);
      const Type*& widest = untyped[Unalias(pattern)];
      const bool wider = widest == nullptr || (IsNumeric(widest) && IsNumeric(kind) &&
                                               To<Basic>(widest)->basic < kind->basic);
      if (wider) widest = kind;
      continue;
    }
    if (Unify(types_, pattern, args[i].type, type_params, found)) continue;
    const Type* inferred = Substitute(types_, pattern, type_params, found);
    const bool none =
        std::all_of(found.begin(), found.end(), [](const Type* arg) { return arg == nullptr; });
    if (none) {
      std::string names;
      for (const TypeParam* param : type_params) names += (names.empty() ? "" : ", ") + param->name;
      Error(PosOf(args[i]), "in call to {}, type {} of {} does not match {} (cannot infer {})",
            ExprString(fun.expr), Str(args[i].type), ExprString(args[i].expr), Str(pattern), names);
    } else if (!Identical(inferred, pattern)) {
      Error(PosOf(args[i]), "in call to {}, type {} of {} does not match inferred type {} for {}",
            ExprString(fun.expr), Str(args[i].type), ExprString(args[i].expr), Str(inferred),
            Str(pattern));
    } else {
      Error(PosOf(args[i]), "in call to {}, type {} of {} does not match {}", ExprString(fun.expr),
            Str(args[i].type), ExprString(args[i].expr), Str(pattern));
    }
    return false;
  }
  InferFromConstraints(type_params, found);
  for (size_t i = 0; i < type_params.size(); ++i) {
    const auto place = untyped.find(type_params[i]);
    if (found[i] == nullptr && place != untyped.end())
      found[i] = DefaultType(types_, place->second);
  }
  InferFromConstraints(type_params, found);
  // Arguments that are generic functions themselves take their types from the parameters.
  for (size_t i = 0; i < args.size(); ++i) {
    if (!args[i].valid() || args[i].generic == nullptr) continue;
    InferFromTarget(args[i], Substitute(types_, patterns[i].type, type_params, found));
    if (args[i].generic == nullptr)
      Unify(types_, patterns[i].type, args[i].type, type_params, found);
  }
  for (size_t i = 0; i < type_params.size(); ++i) {
    if (found[i] != nullptr) continue;
    Error(pos, "in call to {}, cannot infer {} (declared at {})", ExprString(fun.expr),
          type_params[i]->name, At(type_params[i]->object->pos));
    return false;
  }
  return VerifyInstance({}, pos, type_params, found);
}

bool Checker::InferFromTarget(Operand& x, const Type* target) {
  const auto* signature = UnderAs<Signature>(target);
  if (signature == nullptr || x.generic == nullptr) return false;
  std::vector<TypeParam*> params = x.generic->type_params;
  std::vector<Param> patterns{{"", x.generic->type}};
  RenameTypeParams(params, patterns);
  std::vector<const Type*> args = std::exchange(partial_args_, {});
  args.resize(params.size(), nullptr);
  if (!Unify(types_, patterns[0].type, signature, params, args)) return false;
  InferFromConstraints(params, args);
  if (!Complete(args) || !VerifyInstance({}, PosOf(x), params, args)) return false;
  UseInstance(x, args);
  return true;
}

}  // namespace heddle::golang::types
