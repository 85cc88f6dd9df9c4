// SPDX-License-Identifier: Apache-2.0
//
// Substitution and unification, by structural recursion over types.
#include "models/golang/types/subst.h"

#include <utility>

#include "models/golang/types/predicates.h"

namespace heddle::golang::types {

namespace {

class Substituter {
 public:
  Substituter(TypeTable& table, const std::vector<TypeParam*>& params,
              const std::vector<const Type*>& args)
      : table_(table), params_(params), args_(args) {}

  const Type* Apply(const Type* type) {
    if (!type->is_parameterized()) return type;
    switch (type->kind()) {
      case TypeKind::kTypeParam:
        return ApplyParam(static_cast<const TypeParam*>(type));
      case TypeKind::kNamed:
        return ApplyNamed(static_cast<const Named*>(type));
      case TypeKind::kAlias:
        return Apply(static_cast<const Alias*>(type)->actual);
      case TypeKind::kPointer:
        return table_.PointerTo(Apply(static_cast<const Pointer*>(type)->elem));
      case TypeKind::kSlice:
        return table_.SliceOf(Apply(static_cast<const Slice*>(type)->elem));
      case TypeKind::kArray: {
        const auto* array = static_cast<const Array*>(type);
        return table_.ArrayOf(array->length, Apply(array->elem));
      }
      case TypeKind::kMap: {
        const auto* map = static_cast<const Map*>(type);
        return table_.MapOf(Apply(map->key), Apply(map->elem));
      }
      case TypeKind::kChan: {
        const auto* chan = static_cast<const Chan*>(type);
        return table_.ChanOf(chan->dir, Apply(chan->elem));
      }
      case TypeKind::kStruct: {
        std::vector<StructField> fields = static_cast<const Struct*>(type)->fields;
        for (StructField& field : fields) field.type = Apply(field.type);
        return table_.StructOf(std::move(fields));
      }
      case TypeKind::kSignature:
        return ApplySignature(static_cast<const Signature*>(type));
      case TypeKind::kInterface: {
        const auto* iface = static_cast<const Interface*>(type);
        std::vector<InterfaceMethod> methods = iface->declared;
        for (InterfaceMethod& method : methods) method.type = ApplySignature(method.type);
        std::vector<const Type*> embedded = iface->embedded;
        for (const Type*& part : embedded) part = Apply(part);
        if (embedded.empty() && iface->has_terms)
          embedded.push_back(table_.UnionOf(ApplyTerms(iface->terms)));
        if (embedded.empty() && iface->comparable)
          embedded.push_back(table_.comparable_interface());
        return table_.InterfaceOf(std::move(methods), std::move(embedded));
      }
      case TypeKind::kTuple: {
        std::vector<const Type*> types = static_cast<const Tuple*>(type)->types;
        for (const Type*& part : types) part = Apply(part);
        return table_.TupleOf(std::move(types));
      }
      case TypeKind::kUnion:
        return table_.UnionOf(ApplyTerms(static_cast<const Union*>(type)->terms));
      case TypeKind::kBasic:
        return type;
    }
    return type;
  }

 private:
  const Type* ApplyParam(const TypeParam* type) {
    for (size_t i = 0; i < params_.size() && i < args_.size(); ++i) {
      if (params_[i] == type && args_[i] != nullptr) return args_[i];
    }
    return type;
  }

  const Type* ApplyNamed(const Named* type) {
    if (type->origin() == nullptr) return type;
    std::vector<const Type*> args = type->type_args();
    for (const Type*& arg : args) arg = Apply(arg);
    return table_.Instantiate(type->origin(), args);
  }

  const Signature* ApplySignature(const Signature* type) {
    std::vector<Param> params = type->params;
    std::vector<Param> results = type->results;
    for (Param& param : params) param.type = Apply(param.type);
    for (Param& result : results) result.type = Apply(result.type);
    return table_.SignatureOf(std::move(params), std::move(results), type->variadic);
  }

  std::vector<Term> ApplyTerms(std::vector<Term> terms) {
    for (Term& term : terms) term.type = Apply(term.type);
    return terms;
  }

  TypeTable& table_;
  const std::vector<TypeParam*>& params_;
  const std::vector<const Type*>& args_;
};

class Unifier {
 public:
  Unifier(TypeTable& table, const std::vector<TypeParam*>& params, std::vector<const Type*>& args)
      : table_(table), params_(params), args_(args) {}

  bool Run(const Type* pattern, const Type* type, bool exact) {
    pattern = Unalias(pattern);
    type = Unalias(type);
    if (Identical(pattern, type)) return true;
    // Unknowns may refer to each other without end.
    constexpr int kMaxDepth = 100;
    if (depth_ > kMaxDepth) return false;
    ++depth_;
    const bool ok = RunDistinct(pattern, type, exact);
    --depth_;
    return ok;
  }

 private:
  bool RunDistinct(const Type* pattern, const Type* type, bool exact) {
    if (IndexOf(pattern) >= 0) return Bind(pattern, type, exact);
    if (IndexOf(type) >= 0) return Bind(type, pattern, exact);
    if (!pattern->is_parameterized() && !type->is_parameterized())
      return Matches(pattern, type, exact);
    if (type->kind() == TypeKind::kTypeParam && !exact) {
      const Type* core = CoreType(type);
      return core != nullptr && Run(pattern, core, exact);
    }
    // A defined type against a literal: the underlying types decide.
    if (!exact && type->kind() == TypeKind::kNamed && pattern->kind() != TypeKind::kNamed) {
      return Run(pattern, Under(type), exact);
    }
    if (pattern->kind() == TypeKind::kNamed && type->kind() != TypeKind::kNamed && !exact) {
      if (IsInterface(pattern)) return true;  // Assignability decides later.
      return Run(Under(pattern), type, exact);
    }
    if (pattern->kind() != type->kind()) return false;
    return RunSameKind(pattern, type, exact);
  }

  int IndexOf(const Type* type) const {
    for (size_t i = 0; i < params_.size(); ++i) {
      if (params_[i] == type) return static_cast<int>(i);
    }
    return -1;
  }

  bool Bind(const Type* pattern, const Type* type, bool exact) {
    const int index = IndexOf(pattern);
    if (index < 0) return true;
    const Type*& bound = args_[static_cast<size_t>(index)];
    if (bound == nullptr) {
      bound = type;
      return true;
    }
    if (Identical(bound, type)) return true;
    if (bound->is_parameterized() || type->is_parameterized()) return Run(bound, type, exact);
    if (exact || !Matches(bound, type, exact)) return false;
    // A defined type is more specific than a literal, a restricted channel less than an
    // unrestricted one.
    if (!HasName(bound) && HasName(type)) bound = type;
    const auto* chan = To<Chan>(bound);
    if (chan != nullptr && chan->dir != ChanDir::kBoth && To<Chan>(type) != nullptr) bound = type;
    return true;
  }

  bool Matches(const Type* a, const Type* b, bool exact) {
    if (Identical(a, b)) return true;
    if (exact) return false;
    if (HasName(a) && HasName(b)) return IsInterface(a) || IsInterface(b);
    if (Identical(Under(a), Under(b))) return true;
    const auto* x = UnderAs<Chan>(a);
    const auto* y = UnderAs<Chan>(b);
    if (x != nullptr && y != nullptr) {
      return Identical(x->elem, y->elem) &&
             (x->dir == ChanDir::kBoth || y->dir == ChanDir::kBoth || x->dir == y->dir);
    }
    return IsInterface(a) || IsInterface(b);
  }

  bool RunParams(const std::vector<Param>& a, const std::vector<Param>& b) {
    if (a.size() != b.size()) return false;
    for (size_t i = 0; i < a.size(); ++i) {
      if (!Run(a[i].type, b[i].type, true)) return false;
    }
    return true;
  }

  bool RunSameKind(const Type* pattern, const Type* type, bool exact) {
    switch (pattern->kind()) {
      case TypeKind::kPointer:
        return Run(static_cast<const Pointer*>(pattern)->elem,
                   static_cast<const Pointer*>(type)->elem, true);
      case TypeKind::kSlice:
        return Run(static_cast<const Slice*>(pattern)->elem, static_cast<const Slice*>(type)->elem,
                   true);
      case TypeKind::kArray: {
        const auto* a = static_cast<const Array*>(pattern);
        const auto* b = static_cast<const Array*>(type);
        return a->length == b->length && Run(a->elem, b->elem, true);
      }
      case TypeKind::kMap: {
        const auto* a = static_cast<const Map*>(pattern);
        const auto* b = static_cast<const Map*>(type);
        return Run(a->key, b->key, true) && Run(a->elem, b->elem, true);
      }
      case TypeKind::kChan: {
        const auto* a = static_cast<const Chan*>(pattern);
        const auto* b = static_cast<const Chan*>(type);
        if (a->dir != b->dir && (exact || (a->dir != ChanDir::kBoth && b->dir != ChanDir::kBoth)))
          return false;
        return Run(a->elem, b->elem, true);
      }
      case TypeKind::kSignature: {
        const auto* a = static_cast<const Signature*>(pattern);
        const auto* b = static_cast<const Signature*>(type);
        return a->variadic == b->variadic && RunParams(a->params, b->params) &&
               RunParams(a->results, b->results);
      }
      case TypeKind::kStruct: {
        const auto& a = static_cast<const Struct*>(pattern)->fields;
        const auto& b = static_cast<const Struct*>(type)->fields;
        if (a.size() != b.size()) return false;
        for (size_t i = 0; i < a.size(); ++i) {
          if (a[i].name != b[i].name || a[i].pkg != b[i].pkg || a[i].embedded != b[i].embedded)
            return false;
          if (!Run(a[i].type, b[i].type, true)) return false;
        }
        return true;
      }
      case TypeKind::kInterface: {
        const auto& a = static_cast<const Interface*>(pattern)->methods;
        const auto& b = static_cast<const Interface*>(type)->methods;
        if (a.size() != b.size()) return false;
        for (size_t i = 0; i < a.size(); ++i) {
          if (a[i].name != b[i].name || a[i].pkg != b[i].pkg || !Run(a[i].type, b[i].type, true))
            return false;
        }
        return true;
      }
      case TypeKind::kNamed:
        return RunNamed(static_cast<const Named*>(pattern), static_cast<const Named*>(type), exact);
      case TypeKind::kBasic:
      case TypeKind::kAlias:
      case TypeKind::kTuple:
      case TypeKind::kTypeParam:
      case TypeKind::kUnion:
        return false;
    }
    return false;
  }

  bool RunNamed(const Named* pattern, const Named* type, bool exact) {
    if (pattern->origin() == nullptr || pattern->origin() != type->origin()) {
      return !exact && IsInterface(pattern);
    }
    for (size_t i = 0; i < pattern->type_args().size(); ++i) {
      if (!Run(pattern->type_args()[i], type->type_args()[i], true)) return false;
    }
    return true;
  }

  TypeTable& table_;
  const std::vector<TypeParam*>& params_;
  std::vector<const Type*>& args_;
  int depth_ = 0;
};

}  // namespace

const Type* Substitute(TypeTable& table, const Type* type, const std::vector<TypeParam*>& params,
                       const std::vector<const Type*>& args) {
  return Substituter(table, params, args).Apply(type);
}

bool Unify(TypeTable& table, const Type* pattern, const Type* type,
           const std::vector<TypeParam*>& params, std::vector<const Type*>& args, bool exact) {
  return Unifier(table, params, args).Run(pattern, type, exact);
}

}  // namespace heddle::golang::types
