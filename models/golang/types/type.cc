// SPDX-License-Identifier: Apache-2.0
//
// The TypeTable: creation and sharing of types.
//
// Invariant: Insert gives a type its canonical() before anybody sees it; the key of a composite
// type consists of the ids of its parts, so that types with the same parts are the same object.
#include "models/golang/types/type.h"

#include <algorithm>
#include <utility>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/info.h"
#include "models/golang/types/object.h"
#include "models/golang/types/predicates.h"
#include "models/golang/types/subst.h"
#include "sim/base/check.h"

namespace heddle::golang::types {

namespace {

struct BasicRow {
  BasicKind kind;
  const char* name;
};

constexpr BasicRow kBasicRows[] = {
    {BasicKind::kInvalid, "invalid type"},
    {BasicKind::kBool, "bool"},
    {BasicKind::kInt, "int"},
    {BasicKind::kInt8, "int8"},
    {BasicKind::kInt16, "int16"},
    {BasicKind::kInt32, "int32"},
    {BasicKind::kInt64, "int64"},
    {BasicKind::kUint, "uint"},
    {BasicKind::kUint8, "byte"},
    {BasicKind::kUint16, "uint16"},
    {BasicKind::kUint32, "uint32"},
    {BasicKind::kUint64, "uint64"},
    {BasicKind::kUintptr, "uintptr"},
    {BasicKind::kFloat32, "float32"},
    {BasicKind::kFloat64, "float64"},
    {BasicKind::kComplex64, "complex64"},
    {BasicKind::kComplex128, "complex128"},
    {BasicKind::kString, "string"},
    {BasicKind::kUnsafePointer, "unsafe.Pointer"},
    {BasicKind::kUntypedBool, "untyped bool"},
    {BasicKind::kUntypedInt, "untyped int"},
    {BasicKind::kUntypedRune, "untyped rune"},
    {BasicKind::kUntypedFloat, "untyped float"},
    {BasicKind::kUntypedComplex, "untyped complex"},
    {BasicKind::kUntypedString, "untyped string"},
    {BasicKind::kUntypedNil, "untyped nil"},
};

template <class T>
std::vector<const Type*> TypesOf(const std::vector<T>& elements) {
  std::vector<const Type*> types;
  types.reserve(elements.size());
  for (const T& element : elements) types.push_back(element.type);
  return types;
}

// Sorted by name, exported names first among equals, then by package path.
bool MethodLess(const InterfaceMethod& a, const InterfaceMethod& b) {
  if (a.name != b.name) return a.name < b.name;
  if (a.pkg == b.pkg) return false;
  if (a.pkg == nullptr || b.pkg == nullptr) return a.pkg == nullptr;
  return a.pkg->path < b.pkg->path;
}

bool Includes(const Term& outer, const Term& inner) {
  if (Identical(outer.type, inner.type)) return outer.tilde || !inner.tilde;
  return outer.tilde && !inner.tilde && Identical(outer.type, Under(inner.type));
}

std::vector<Term> Intersect(const std::vector<Term>& a, const std::vector<Term>& b) {
  std::vector<Term> result;
  for (const Term& x : a) {
    for (const Term& y : b) {
      if (Includes(x, y)) {
        result.push_back(y);
      } else if (Includes(y, x)) {
        result.push_back(x);
      }
    }
  }
  return result;
}

constexpr uint32_t kMaxWeight = 1u << 30;

// No term twice, none inside another one; in order of id, so that sets are equal when their lists
// are.
std::vector<Term> Normalize(const std::vector<Term>& terms) {
  std::vector<Term> result;
  for (size_t i = 0; i < terms.size(); ++i) {
    bool covered = false;
    for (size_t j = 0; j < terms.size() && !covered; ++j) {
      if (i == j || !Includes(terms[j], terms[i])) continue;
      covered = j < i || !Includes(terms[i], terms[j]);
    }
    if (!covered) result.push_back(terms[i]);
  }
  std::sort(result.begin(), result.end(), [](const Term& a, const Term& b) {
    return a.type->canonical()->id() < b.type->canonical()->id();
  });
  return result;
}

}  // namespace

size_t TypeTable::KeyHash::operator()(const Key& key) const {
  uint64_t hash = 0x9E3779B97F4A7C15u;
  for (const uint64_t word : key) {
    hash ^= word + 0x9E3779B97F4A7C15u + (hash << 6) + (hash >> 2);
    hash *= 0xFF51AFD7ED558CCDu;
  }
  return hash ^ (hash >> 32);
}

TypeTable::TypeTable() {
  for (const BasicRow& row : kBasicRows) {
    basics_.push_back(Own(std::make_unique<Basic>(row.kind, row.name)));
  }
  Basic* uint8 = Own(std::make_unique<Basic>(BasicKind::kUint8, "uint8"));
  uint8->canonical_ = byte_type();
  uint8_ = uint8;
  Basic* rune = Own(std::make_unique<Basic>(BasicKind::kInt32, "rune"));
  rune->canonical_ = basic(BasicKind::kInt32);
  rune_ = rune;
  empty_interface_ = InterfaceOf({}, {});
}

TypeTable::~TypeTable() = default;

template <class T>
T* TypeTable::Own(std::unique_ptr<T> type) {
  T* result = type.get();
  result->id_ = static_cast<uint32_t>(owned_.size());
  owned_.push_back(std::move(type));
  return result;
}

template <class T>
T* TypeTable::Find(const Key& key) const {
  const auto found = interned_.find(key);
  return found == interned_.end() ? nullptr : static_cast<T*>(found->second);
}

template <class T>
T* TypeTable::Insert(Key key, std::unique_ptr<T> type, const std::vector<const Type*>& parts) {
  T* result = Own(std::move(type));
  for (const Type* part : parts) {
    result->depth_ = std::max(result->depth_, part->depth_ + 1);
    result->weight_ = std::min(result->weight_ + part->weight_, kMaxWeight);
    result->parameterized_ = result->parameterized_ || part->parameterized_;
  }
  interned_.emplace(std::move(key), result);
  return result;
}

uint64_t TypeTable::StringId(std::string_view text) {
  return strings_.try_emplace(std::string(text), strings_.size() + 1).first->second;
}

uint64_t TypeTable::PackageId(const Package* pkg) {
  if (pkg == nullptr) return 0;
  const auto found = std::find(packages_.begin(), packages_.end(), pkg);
  if (found != packages_.end()) return static_cast<uint64_t>(found - packages_.begin()) + 1;
  packages_.push_back(pkg);
  return packages_.size();
}

const Pointer* TypeTable::PointerTo(const Type* elem) {
  Key key{static_cast<uint64_t>(TypeKind::kPointer), elem->id()};
  if (auto* found = Find<Pointer>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Pointer>(elem), {elem});
  if (elem->canonical() != elem) result->canonical_ = PointerTo(elem->canonical());
  return result;
}

const Slice* TypeTable::SliceOf(const Type* elem) {
  Key key{static_cast<uint64_t>(TypeKind::kSlice), elem->id()};
  if (auto* found = Find<Slice>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Slice>(elem), {elem});
  if (elem->canonical() != elem) result->canonical_ = SliceOf(elem->canonical());
  return result;
}

const Array* TypeTable::ArrayOf(int64_t length, const Type* elem) {
  Key key{static_cast<uint64_t>(TypeKind::kArray), elem->id(), static_cast<uint64_t>(length)};
  if (auto* found = Find<Array>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Array>(length, elem), {elem});
  if (elem->canonical() != elem) result->canonical_ = ArrayOf(length, elem->canonical());
  return result;
}

const Map* TypeTable::MapOf(const Type* map_key, const Type* elem) {
  Key key{static_cast<uint64_t>(TypeKind::kMap), map_key->id(), elem->id()};
  if (auto* found = Find<Map>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Map>(map_key, elem), {map_key, elem});
  if (elem->canonical() != elem || map_key->canonical() != map_key) {
    result->canonical_ = MapOf(map_key->canonical(), elem->canonical());
  }
  return result;
}

const Chan* TypeTable::ChanOf(ChanDir dir, const Type* elem) {
  Key key{static_cast<uint64_t>(TypeKind::kChan), static_cast<uint64_t>(dir), elem->id()};
  if (auto* found = Find<Chan>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Chan>(dir, elem), {elem});
  if (elem->canonical() != elem) result->canonical_ = ChanOf(dir, elem->canonical());
  return result;
}

const Struct* TypeTable::StructOf(std::vector<StructField> fields) {
  Key key{static_cast<uint64_t>(TypeKind::kStruct)};
  bool canonical = true;
  for (const StructField& field : fields) {
    key.insert(key.end(), {StringId(field.name), PackageId(field.pkg), field.type->id(),
                           field.embedded ? 1u : 0u, StringId(field.tag)});
    canonical = canonical && field.type->canonical() == field.type;
  }
  if (auto* found = Find<Struct>(key)) return found;
  const std::vector<const Type*> parts = TypesOf(fields);
  auto* result = Insert(std::move(key), std::make_unique<Struct>(fields), parts);
  if (!canonical) {
    for (StructField& field : fields) field.type = field.type->canonical();
    result->canonical_ = StructOf(std::move(fields));
  }
  return result;
}

const Signature* TypeTable::SignatureOf(std::vector<Param> params, std::vector<Param> results,
                                        bool variadic) {
  Key key{static_cast<uint64_t>(TypeKind::kSignature), variadic ? 1u : 0u, params.size()};
  bool canonical = true;
  for (const auto* list : {&params, &results}) {
    for (const Param& param : *list) {
      key.insert(key.end(), {StringId(param.name), param.type->id()});
      canonical = canonical && param.name.empty() && param.type->canonical() == param.type;
    }
  }
  if (auto* found = Find<Signature>(key)) return found;
  std::vector<const Type*> parts = TypesOf(params);
  for (const Param& result : results) parts.push_back(result.type);
  auto* result =
      Insert(std::move(key), std::make_unique<Signature>(params, results, variadic), parts);
  if (!canonical) {
    for (auto* list : {&params, &results}) {
      for (Param& param : *list) param = Param{"", param.type->canonical()};
    }
    result->canonical_ = SignatureOf(std::move(params), std::move(results), variadic);
  }
  return result;
}

const Interface* TypeTable::InternInterface(std::unique_ptr<Interface> type, bool canonical) {
  Key key{static_cast<uint64_t>(TypeKind::kInterface), canonical ? 1u : 0u};
  const auto& methods = canonical ? type->methods : type->declared;
  std::vector<const Type*> parts;
  for (const InterfaceMethod& method : methods) {
    const Type* signature = canonical ? method.type->canonical() : method.type;
    key.insert(key.end(), {StringId(method.name), PackageId(method.pkg), signature->id()});
    parts.push_back(method.type);
  }
  key.push_back(0);
  if (canonical) {
    key.insert(key.end(), {type->comparable ? 1u : 0u, type->has_terms ? 1u : 0u});
    for (const Term& term : type->terms) {
      key.insert(key.end(), {term.tilde ? 1u : 0u, term.type->canonical()->id()});
      parts.push_back(term.type);
    }
  } else {
    for (const Type* embedded : type->embedded) key.push_back(embedded->id());
    parts.insert(parts.end(), type->embedded.begin(), type->embedded.end());
  }
  if (auto* found = Find<Interface>(key)) return found;
  auto shared = std::make_unique<Interface>();
  shared->methods = type->methods;
  shared->comparable = type->comparable;
  shared->has_terms = type->has_terms;
  shared->terms = type->terms;
  if (canonical) {
    for (InterfaceMethod& method : shared->methods) {
      method.type = static_cast<const Signature*>(method.type->canonical());
    }
    for (Term& term : shared->terms) term.type = term.type->canonical();
    shared->declared = shared->methods;
    return Insert(std::move(key), std::move(shared), parts);
  }
  shared->declared = type->declared;
  shared->embedded = type->embedded;
  Interface* result = Insert(std::move(key), std::move(shared), parts);
  result->canonical_ = InternInterface(std::move(type), true);
  return result;
}

const Interface* TypeTable::InterfaceOf(std::vector<InterfaceMethod> declared,
                                        std::vector<const Type*> embedded) {
  auto type = std::make_unique<Interface>();
  type->declared = std::move(declared);
  type->embedded = std::move(embedded);
  type->methods = type->declared;
  const auto restrict_to = [&](std::vector<Term> terms) {
    type->terms = type->has_terms ? Intersect(type->terms, terms) : std::move(terms);
    type->has_terms = true;
  };
  for (const Type* part : type->embedded) {
    if (const auto* inner = UnderAs<Interface>(part)) {
      type->methods.insert(type->methods.end(), inner->methods.begin(), inner->methods.end());
      type->comparable = type->comparable || inner->comparable;
      if (inner->has_terms) restrict_to(inner->terms);
    } else if (const auto* all = To<Union>(part)) {
      std::vector<Term> terms;
      bool everything = false;
      for (const Term& term : all->terms) {
        const auto* inner = UnderAs<Interface>(term.type);
        if (inner == nullptr) {
          terms.push_back(term);
        } else if (inner->has_terms) {
          terms.insert(terms.end(), inner->terms.begin(), inner->terms.end());
        } else {
          everything = true;
        }
      }
      if (!everything) restrict_to(std::move(terms));
    } else if (!IsInvalid(part)) {
      restrict_to({Term{false, part}});
    }
  }
  std::stable_sort(type->methods.begin(), type->methods.end(), MethodLess);
  const auto same = [](const InterfaceMethod& a, const InterfaceMethod& b) {
    return a.name == b.name && a.pkg == b.pkg;
  };
  type->methods.erase(std::unique(type->methods.begin(), type->methods.end(), same),
                      type->methods.end());
  type->terms = Normalize(type->terms);
  const bool plain = type->declared.empty() && type->embedded.empty();
  return InternInterface(std::move(type), plain);
}

const Interface* TypeTable::comparable_interface() {
  auto type = std::make_unique<Interface>();
  type->comparable = true;
  return InternInterface(std::move(type), true);
}

const Tuple* TypeTable::TupleOf(std::vector<const Type*> types) {
  Key key{static_cast<uint64_t>(TypeKind::kTuple)};
  bool canonical = true;
  for (const Type* type : types) {
    key.push_back(type->id());
    canonical = canonical && type->canonical() == type;
  }
  if (auto* found = Find<Tuple>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Tuple>(types), types);
  if (!canonical) {
    for (const Type*& type : types) type = type->canonical();
    result->canonical_ = TupleOf(std::move(types));
  }
  return result;
}

const Union* TypeTable::UnionOf(std::vector<Term> terms) {
  Key key{static_cast<uint64_t>(TypeKind::kUnion)};
  bool canonical = true;
  for (const Term& term : terms) {
    key.insert(key.end(), {term.tilde ? 1u : 0u, term.type->id()});
    canonical = canonical && term.type->canonical() == term.type;
  }
  if (auto* found = Find<Union>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Union>(terms), TypesOf(terms));
  if (!canonical) {
    for (Term& term : terms) term.type = term.type->canonical();
    result->canonical_ = UnionOf(std::move(terms));
  }
  return result;
}

const Alias* TypeTable::AliasOf(std::string name, const Package* pkg, const Type* actual) {
  Key key{static_cast<uint64_t>(TypeKind::kAlias), StringId(name), PackageId(pkg), actual->id()};
  if (auto* found = Find<Alias>(key)) return found;
  auto* result =
      Insert(std::move(key), std::make_unique<Alias>(std::move(name), pkg, actual), {actual});
  result->canonical_ = actual->canonical();
  return result;
}

Named* TypeTable::NewNamed(TypeName* object) { return Own(std::make_unique<Named>(this, object)); }

TypeParam* TypeTable::NewTypeParam(const TypeName* object, std::string name, int index) {
  TypeParam* result = Own(std::make_unique<TypeParam>(object, std::move(name), index));
  result->parameterized_ = true;
  return result;
}

const Named* TypeTable::Instantiate(const Named* origin, const std::vector<const Type*>& args) {
  HEDDLE_CHECK(origin->is_generic() && origin->type_params().size() == args.size(),
               "a generic type is instantiated with one argument per parameter");
  Key key{static_cast<uint64_t>(TypeKind::kNamed), origin->id()};
  bool canonical = true;
  for (const Type* arg : args) {
    key.push_back(arg->id());
    canonical = canonical && arg->canonical() == arg;
  }
  if (auto* found = Find<Named>(key)) return found;
  auto* result = Insert(std::move(key), std::make_unique<Named>(this, origin->object()), args);
  result->origin_ = origin;
  result->type_args_ = args;
  result->local_number_ = origin->local_number_;
  if (!canonical) {
    std::vector<const Type*> plain;
    for (const Type* arg : args) plain.push_back(arg->canonical());
    result->canonical_ = Instantiate(origin, plain);
  } else if (!result->is_parameterized()) {
    instances_.push_back(result);
  }
  return result;
}

Func* TypeTable::OwnFunc(std::unique_ptr<Func> func) {
  funcs_.push_back(std::move(func));
  return funcs_.back().get();
}

const std::string& Named::name() const { return object_->name; }
const Package* Named::package() const { return object_->pkg; }

const Type* Named::underlying() const {
  if (origin_ == nullptr) {
    if (underlying_ == nullptr && table_->completer) table_->completer(this);
    return underlying_;
  }
  if (canonical() != this) return static_cast<const Named*>(canonical())->underlying();
  if (underlying_ != nullptr) return underlying_;
  const Type* base = origin_->underlying();
  if (underlying_ == nullptr && base != nullptr && !expanding_) {
    expanding_ = true;
    underlying_ = Under(Substitute(*table_, base, origin_->type_params_, type_args_))->canonical();
    expanding_ = false;
  }
  return underlying_;
}

const std::vector<Func*>& Named::methods() const {
  if (origin_ == nullptr) return methods_;
  if (canonical() != this) return static_cast<const Named*>(canonical())->methods();
  while (methods_.size() < origin_->methods_.size()) {
    const Func* generic = origin_->methods_[methods_.size()];
    auto func = std::make_unique<Func>(generic->name, generic->pos, generic->pkg, generic->decl);
    func->receiver = this;
    func->pointer_receiver = generic->pointer_receiver;
    func->origin = generic;
    func->type_args = type_args_;
    methods_.push_back(table_->OwnFunc(std::move(func)));
  }
  return methods_;
}

Func* Named::FindMethod(std::string_view name, const Package* pkg) const {
  for (Func* method : methods()) {
    if (method->name == name && (IsExported(name) || method->pkg == pkg)) return method;
  }
  return nullptr;
}

void Named::Canonicalize() {
  if (origin_ == nullptr && underlying_ != nullptr) underlying_ = underlying_->canonical();
}

const Type* Under(const Type* type) {
  type = Unalias(type);
  if (type->kind() != TypeKind::kNamed) return type;
  const Type* under = static_cast<const Named*>(type)->underlying();
  return under != nullptr ? Unalias(under) : type;
}

namespace {

class TagStripper {
 public:
  explicit TagStripper(TypeTable& table) : table_(table) {}

  const Type* Strip(const Type* type) {
    switch (type->kind()) {
      case TypeKind::kPointer:
        return table_.PointerTo(Strip(static_cast<const Pointer*>(type)->elem));
      case TypeKind::kSlice:
        return table_.SliceOf(Strip(static_cast<const Slice*>(type)->elem));
      case TypeKind::kArray: {
        const auto* array = static_cast<const Array*>(type);
        return table_.ArrayOf(array->length, Strip(array->elem));
      }
      case TypeKind::kMap: {
        const auto* map = static_cast<const Map*>(type);
        return table_.MapOf(Strip(map->key), Strip(map->elem));
      }
      case TypeKind::kChan: {
        const auto* chan = static_cast<const Chan*>(type);
        return table_.ChanOf(chan->dir, Strip(chan->elem));
      }
      case TypeKind::kStruct: {
        std::vector<StructField> fields = static_cast<const Struct*>(type)->fields;
        for (StructField& field : fields) {
          field.tag.clear();
          field.type = Strip(field.type);
        }
        return table_.StructOf(std::move(fields));
      }
      case TypeKind::kSignature:
        return StripSignature(static_cast<const Signature*>(type));
      case TypeKind::kInterface: {
        const auto* iface = static_cast<const Interface*>(type);
        if (iface->IsConstraintOnly()) return type;
        std::vector<InterfaceMethod> methods = iface->methods;
        for (InterfaceMethod& method : methods) method.type = StripSignature(method.type);
        return table_.InterfaceOf(std::move(methods), {})->canonical();
      }
      case TypeKind::kBasic:
      case TypeKind::kNamed:
      case TypeKind::kAlias:
      case TypeKind::kTuple:
      case TypeKind::kTypeParam:
      case TypeKind::kUnion:
        return type;
    }
    return type;
  }

 private:
  const Signature* StripSignature(const Signature* type) {
    std::vector<Param> params = type->params;
    std::vector<Param> results = type->results;
    for (Param& param : params) param.type = Strip(param.type);
    for (Param& result : results) result.type = Strip(result.type);
    return table_.SignatureOf(std::move(params), std::move(results), type->variadic);
  }

  TypeTable& table_;
};

}  // namespace

bool IdenticalIgnoringTags(TypeTable& table, const Type* a, const Type* b) {
  if (Identical(a, b)) return true;
  TagStripper stripper(table);
  return stripper.Strip(a->canonical()) == stripper.Strip(b->canonical());
}

}  // namespace heddle::golang::types
