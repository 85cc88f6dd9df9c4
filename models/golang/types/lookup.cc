// SPDX-License-Identifier: Apache-2.0
//
// Breadth-first search for fields and methods, method sets, and the question "does it implement?".
#include "models/golang/types/lookup.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/info.h"
#include "models/golang/types/predicates.h"
#include "models/golang/types/subst.h"
#include "sim/base/check.h"

namespace heddle::golang::types {

namespace {

// A type met on one level of the search.
struct Candidate {
  const Type* type;
  std::vector<uint32_t> path;
  bool indirect;
  bool multiple;  // Reached on several paths of this length: what it has is ambiguous.
};

std::string Folded(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return result;
}

struct Wanted {
  const Package* pkg;
  std::string_view name;
  bool fold_case;

  bool Matches(std::string_view other, const Package* other_pkg) const {
    if (fold_case && Folded(name) == Folded(other)) return true;
    if (name != other) return false;
    return IsExported(name) || other_pkg == pkg;
  }
};

std::pair<const Type*, bool> Deref(const Type* type) {
  type = Unalias(type);
  if (type->kind() == TypeKind::kPointer)
    return {Unalias(static_cast<const Pointer*>(type)->elem), true};
  return {type, false};
}

std::vector<uint32_t> Append(const std::vector<uint32_t>& path, uint32_t index) {
  std::vector<uint32_t> result = path;
  result.push_back(index);
  return result;
}

class Search {
 public:
  explicit Search(Wanted wanted) : wanted_(wanted) {}

  LookupResult Run(const Type* type, bool addressable) {
    auto [base, is_pointer] = Deref(type);
    if (is_pointer && (IsInterface(base) || IsTypeParam(base))) return {};
    std::vector<Candidate> current{{base, {}, is_pointer, false}};
    while (!current.empty()) {
      next_.clear();
      for (const Candidate& candidate : current) {
        if (!Visit(candidate))
          return {.kind = LookupResult::Kind::kAmbiguous, .path = result_.path};
      }
      if (result_.found()) {
        if (result_.kind == LookupResult::Kind::kMethod && result_.method->pointer_receiver &&
            !result_.indirect && !addressable) {
          return {.needs_address = true};
        }
        return result_;
      }
      current = Consolidate();
    }
    return {};
  }

 private:
  // False when the name is ambiguous on this level.
  bool Accept(const Candidate& candidate, LookupResult found) {
    const bool unique = !result_.found() && !candidate.multiple;
    found.indirect = candidate.indirect;
    result_ = std::move(found);
    return unique;
  }

  bool Visit(const Candidate& candidate) {
    if (const auto* named = To<Named>(candidate.type)) {
      if (!seen_.insert(named->canonical()->id()).second) return true;
      for (Func* method : named->methods()) {
        if (wanted_.Matches(method->name, method->pkg)) {
          return Accept(
              candidate,
              {.kind = LookupResult::Kind::kMethod, .path = candidate.path, .method = method});
        }
      }
    }
    const Type* under = Under(candidate.type);
    if (const auto* record = To<Struct>(under)) return VisitFields(candidate, record);
    const Interface* iface = To<Interface>(under);
    if (const auto* param = To<TypeParam>(under)) iface = ConstraintOf(param);
    if (iface == nullptr) return true;
    for (uint32_t i = 0; i < iface->methods.size(); ++i) {
      if (!wanted_.Matches(iface->methods[i].name, iface->methods[i].pkg)) continue;
      return Accept(candidate, {.kind = LookupResult::Kind::kInterfaceMethod,
                                .path = candidate.path,
                                .interface = iface,
                                .method_index = i});
    }
    return true;
  }

  bool VisitFields(const Candidate& candidate, const Struct* record) {
    for (uint32_t i = 0; i < record->fields.size(); ++i) {
      const StructField& field = record->fields[i];
      if (wanted_.Matches(field.name, field.pkg)) {
        if (!Accept(candidate, {.kind = LookupResult::Kind::kField,
                                .path = Append(candidate.path, i),
                                .field = &field})) {
          return false;
        }
        continue;
      }
      if (result_.found() || !field.embedded) continue;
      auto [base, is_pointer] = Deref(field.type);
      if (base->kind() == TypeKind::kBasic) continue;
      next_.push_back(
          {base, Append(candidate.path, i), candidate.indirect || is_pointer, candidate.multiple});
    }
    return true;
  }

  // One candidate per type.
  std::vector<Candidate> Consolidate() {
    std::vector<Candidate> result;
    std::map<uint32_t, size_t> places;
    for (Candidate& candidate : next_) {
      auto [place, fresh] = places.try_emplace(candidate.type->canonical()->id(), result.size());
      if (fresh) {
        result.push_back(std::move(candidate));
      } else {
        result[place->second].multiple = true;
      }
    }
    return result;
  }

  Wanted wanted_;
  LookupResult result_;
  std::vector<Candidate> next_;
  std::set<uint32_t> seen_;
};

// All method names that a type has somewhere, reachable or not.
void CollectMethodNames(const Type* type, std::set<uint32_t>& seen,
                        std::map<std::pair<std::string, std::string>, const Package*>& names) {
  type = Deref(type).first;
  const auto add = [&](const std::string& name, const Package* pkg) {
    const bool exported = IsExported(name);
    names[{name, exported || pkg == nullptr ? "" : pkg->path}] = exported ? nullptr : pkg;
  };
  if (const auto* named = To<Named>(type)) {
    if (!seen.insert(named->canonical()->id()).second) return;
    for (const Func* method : named->methods()) add(method->name, method->pkg);
  }
  if (const auto* iface = UnderAs<Interface>(type)) {
    for (const InterfaceMethod& method : iface->methods) add(method.name, method.pkg);
  } else if (const auto* record = UnderAs<Struct>(type)) {
    for (const StructField& field : record->fields) {
      if (field.embedded) CollectMethodNames(field.type, seen, names);
    }
  }
}

bool IsInterfacePointer(const Type* type) {
  const auto* pointer = UnderAs<Pointer>(type);
  return pointer != nullptr && (IsInterface(pointer->elem) || IsTypeParam(pointer->elem));
}

std::string InterfacePointerError(const Type* type, const Package* relative_to) {
  if (IsTypeParam(UnderAs<Pointer>(type)->elem)) {
    return fmt::format("type {} is pointer to type parameter, not type parameter",
                       TypeString(type, relative_to));
  }
  return fmt::format("type {} is pointer to interface, not interface",
                     TypeString(type, relative_to));
}

std::string HaveWant(std::string_view have_name, const Signature* have, const InterfaceMethod& want,
                     const Package* relative_to) {
  std::string a = fmt::format("{}{}", have_name, SignatureString(have, relative_to, false));
  std::string b = fmt::format("{}{}", want.name, SignatureString(want.type, relative_to, false));
  if (a == b) {
    a = fmt::format("{}{}", have_name, SignatureString(have, nullptr, false));
    b = fmt::format("{}{}", want.name, SignatureString(want.type, nullptr, false));
  }
  return a == b ? "" : fmt::format("\n\t\thave {}\n\t\twant {}", a, b);
}

// Why `type` lacks the method, knowing that it does.
std::string MissingCause(TypeTable& table, const Type* type, const Type* iface,
                         const InterfaceMethod& method, const LookupResult& found,
                         const Package* relative_to) {
  if (found.is_method()) {
    const Signature* have = SignatureOf(table, found);
    return fmt::format("(wrong type for method {}){}", method.name,
                       HaveWant(method.name, have, method, relative_to));
  }
  if (found.kind == LookupResult::Kind::kAmbiguous) {
    return fmt::format("(ambiguous selector {}.{})", TypeString(type, relative_to), method.name);
  }
  if (found.kind == LookupResult::Kind::kField) {
    return fmt::format("(type {} has no method {}, but does have field {})",
                       TypeString(type, relative_to), method.name, method.name);
  }
  if (Lookup(type, true, method.pkg, method.name).is_method()) {
    return fmt::format("(method {} has pointer receiver)", method.name);
  }
  const LookupResult similar = Lookup(type, false, method.pkg, method.name, true);
  if (similar.kind == LookupResult::Kind::kMethod) {
    if (similar.method->name == method.name)
      return fmt::format("(unexported method {})", method.name);
    const Signature* have = SignatureOf(table, similar);
    return fmt::format("(missing method {}){}", method.name,
                       HaveWant(similar.method->name, have, method, relative_to));
  }
  if (IsInterfacePointer(type)) return "(" + InterfacePointerError(type, relative_to) + ")";
  if (IsInterfacePointer(iface)) return "(" + InterfacePointerError(iface, relative_to) + ")";
  return fmt::format("(missing method {})", method.name);
}

bool IncludesType(const Term& term, const Type* type) {
  if (Identical(term.type, type)) return true;
  return term.tilde && Identical(term.type, Under(type));
}

bool TermsInclude(const Interface* iface, const Term& term) {
  for (const Term& outer : iface->terms) {
    if (Identical(outer.type, term.type) && (outer.tilde || !term.tilde)) return true;
    if (outer.tilde && !term.tilde && Identical(outer.type, Under(term.type))) return true;
  }
  return false;
}

std::string TermCause(const Type* type, const Type* constraint, const Interface* iface,
                      const Package* relative_to) {
  const std::string name = TypeString(type, relative_to);
  for (const Term& term : iface->terms) {
    if (!term.tilde && Identical(term.type, Under(term.type)) &&
        Identical(term.type, Under(type))) {
      return fmt::format("possibly missing ~ for {} in {}", TypeString(term.type, relative_to),
                         TypeString(constraint, relative_to));
    }
  }
  std::string terms;
  for (const Term& term : iface->terms) {
    if (!terms.empty()) terms += " | ";
    terms += (term.tilde ? "~" : "") + TypeString(term.type, relative_to);
  }
  return fmt::format("{} missing in {}", name, terms);
}

}  // namespace

LookupResult Lookup(const Type* type, bool addressable, const Package* pkg, std::string_view name,
                    bool fold_case) {
  if (name == "_") return {};
  const Search search({pkg, name, fold_case});
  // A defined pointer type has the fields of its base, but no methods.
  if (const auto* named = To<Named>(type)) {
    if (const auto* pointer = UnderAs<Pointer>(named)) {
      LookupResult result = Search(search).Run(pointer, false);
      return result.is_method() ? LookupResult{} : result;
    }
  }
  return Search(search).Run(type, addressable);
}

const Signature* SignatureOf(TypeTable& table, const LookupResult& result) {
  if (result.kind == LookupResult::Kind::kInterfaceMethod) {
    return result.interface->methods[result.method_index].type;
  }
  if (result.kind != LookupResult::Kind::kMethod) return nullptr;
  Func* func = result.method;
  if (func->type == nullptr && func->origin != nullptr) {
    Func* origin = const_cast<Func*>(func->origin);
    if (origin->type == nullptr && table.resolver) table.resolver(origin);
    if (origin->type != nullptr && origin->receiver_type_params.size() == func->type_args.size()) {
      func->type = Substitute(table, origin->type, origin->receiver_type_params, func->type_args)
                       ->canonical();
    }
  } else if (func->type == nullptr && table.resolver) {
    table.resolver(func);
  }
  return func->type != nullptr ? To<Signature>(func->type) : table.SignatureOf({}, {}, false);
}

std::vector<MethodSetEntry> MethodSet(const Type* type) {
  std::set<uint32_t> seen;
  std::map<std::pair<std::string, std::string>, const Package*> names;
  CollectMethodNames(type, seen, names);
  std::vector<MethodSetEntry> entries;
  for (const auto& [key, pkg] : names) {
    LookupResult found = Lookup(type, false, pkg, key.first);
    if (found.is_method()) entries.push_back({key.first, pkg, std::move(found)});
  }
  return entries;
}

bool HasMethods(TypeTable& table, const Type* type, const Interface* iface,
                const Package* relative_to, std::string* cause) {
  for (const InterfaceMethod& method : iface->methods) {
    const LookupResult found = Lookup(type, false, method.pkg, method.name);
    if (found.is_method() && Identical(SignatureOf(table, found), method.type)) continue;
    if (cause != nullptr) *cause = MissingCause(table, type, iface, method, found, relative_to);
    return false;
  }
  return true;
}

bool AssertableTo(TypeTable& table, const Type* iface, const Type* type, const Package* relative_to,
                  std::string* cause) {
  if (IsInterface(type)) return true;
  return HasMethods(table, type, UnderAs<Interface>(iface), relative_to, cause);
}

bool Implements(TypeTable& table, const Type* type, const Type* target, bool constraint,
                const Package* relative_to, std::string* cause) {
  if (IsInvalid(Under(type)) || IsInvalid(Under(target))) return true;
  const char* verb = constraint ? "satisfy" : "implement";
  const auto fail = [&](const std::string& detail) {
    if (cause != nullptr) {
      *cause = fmt::format("{} does not {} {}{}", TypeString(type, relative_to), verb,
                           TypeString(target, relative_to), detail.empty() ? "" : " " + detail);
    }
    return false;
  };
  const auto* iface = UnderAs<Interface>(target);
  if (iface == nullptr) {
    if (IsInterfacePointer(target))
      return fail("(" + InterfacePointerError(target, relative_to) + ")");
    return fail(fmt::format("({} is not an interface)", TypeString(target, relative_to)));
  }
  if (iface->IsEmpty()) return true;
  const Interface* source = UnderAs<Interface>(type);
  if (const auto* param = To<TypeParam>(type)) source = ConstraintOf(param);
  if (source != nullptr && source->has_terms && source->terms.empty()) return true;
  if (iface->has_terms && iface->terms.empty()) {
    if (cause != nullptr) {
      *cause = fmt::format("cannot {} {} (empty type set)", verb, TypeString(target, relative_to));
    }
    return false;
  }
  std::string method_cause;
  if (!HasMethods(table, type, iface, relative_to, &method_cause)) return fail(method_cause);
  if (iface->has_terms) {
    if (source != nullptr) {
      bool subset = source->has_terms;
      for (const Term& term : source->terms) subset = subset && TermsInclude(iface, term);
      if (!subset) return fail("");
    } else if (std::none_of(iface->terms.begin(), iface->terms.end(),
                            [&](const Term& term) { return IncludesType(term, type); })) {
      return fail("(" + TermCause(type, target, iface, relative_to) + ")");
    }
  }
  if (iface->comparable && !IsStrictlyComparable(type) && !(constraint && IsComparable(type))) {
    if (cause != nullptr) {
      *cause = fmt::format("{} does not {} comparable", TypeString(type, relative_to), verb);
    }
    return false;
  }
  return true;
}

}  // namespace heddle::golang::types
