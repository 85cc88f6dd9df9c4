// SPDX-License-Identifier: Apache-2.0
//
// Finding fields and methods through embedding, and telling whether a type implements an interface.
//
// For the checker (selectors, assignability) and the compiler and VM (method tables, type
// assertions). Source: the Go specification, "Selectors", "Method sets", "Implementing an
// interface".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_LOOKUP_H_
#define HEDDLE_MODELS_GOLANG_TYPES_LOOKUP_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/types/object.h"
#include "models/golang/types/type.h"

namespace heddle::golang::types {

struct LookupResult {
  enum class Kind : uint8_t { kNone, kField, kMethod, kInterfaceMethod, kAmbiguous };
  Kind kind = Kind::kNone;
  std::vector<uint32_t> path;  // As in Selection.
  bool indirect = false;       // A pointer was dereferenced: x itself, or an embedded one.
  const StructField* field = nullptr;
  Func* method = nullptr;                // Its type may be unresolved: see SignatureOf.
  const Interface* interface = nullptr;  // Holder of the method.
  uint32_t method_index = 0;
  // A method with a pointer receiver was found for a value that is neither a pointer nor
  // addressable.
  bool needs_address = false;

  bool found() const { return kind != Kind::kNone && kind != Kind::kAmbiguous; }
  bool is_method() const { return kind == Kind::kMethod || kind == Kind::kInterfaceMethod; }
};

// The field or method `name`, as seen from package `pkg` (whose unexported names are visible). With
// `addressable`, methods of *T count for a T.
LookupResult Lookup(const Type* type, bool addressable, const Package* pkg, std::string_view name,
                    bool fold_case = false);

// The signature of a method found, resolved if need be; null for fields.
const Signature* SignatureOf(TypeTable& table, const LookupResult& result);

// A method of the method set of a type.
struct MethodSetEntry {
  std::string name;
  const Package* pkg = nullptr;  // Null when exported.
  LookupResult found;
};
// The method set of a type (of *T when it is a pointer), promoted methods included, sorted as
// Interface::methods are.
std::vector<MethodSetEntry> MethodSet(const Type* type);

// Does `type` have all methods of `iface`? If not and `cause` is given, `*cause` tells why, as gc
// does in parentheses:
// "(missing method M)", "(method M has pointer receiver)", "(wrong type for method M)\n\t\thave
// ...\n\t\twant ...".
bool HasMethods(TypeTable& table, const Type* type, const Interface* iface,
                const Package* relative_to, std::string* cause = nullptr);
// May a value of interface `iface` hold a `type`? Like HasMethods when `type` is no interface; else
// only conflicting method types count.
bool AssertableTo(TypeTable& table, const Type* iface, const Type* type, const Package* relative_to,
                  std::string* cause = nullptr);
// HasMethods and, for constraints, membership in the type set: for type arguments. `*cause` is a
// whole sentence.
bool Implements(TypeTable& table, const Type* type, const Type* iface, bool constraint,
                const Package* relative_to, std::string* cause);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_LOOKUP_H_
