// SPDX-License-Identifier: Apache-2.0
//
// Go types as values of the front end: one class per kind of type, all owned and shared by a
// TypeTable.
//
// The checker makes them, the compiler and the VM read them. How to read it: Type, its subclasses,
// TypeTable; then predicates.h (what a type can do), lookup.h (fields and methods), layout.h
// (bytes). Invariant: types are hash-consed twice. A type as written keeps its spelling for
// messages (alias names, parameter names, byte or uint8); its canonical() type has no spelling, and
// two types are identical if and only if their canonical types are the same pointer. What a checked
// Package and its Info hold is canonical already. Source: the Go specification, "Types" and
// "Properties of types and values".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_TYPE_H_
#define HEDDLE_MODELS_GOLANG_TYPES_TYPE_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "models/golang/syntax/ast.h"

namespace heddle::golang::types {

struct Package;
struct TypeName;
struct Func;
class TypeTable;

enum class TypeKind : uint8_t {
  kBasic,
  kNamed,
  kAlias,
  kPointer,
  kSlice,
  kArray,
  kMap,
  kChan,
  kStruct,
  kSignature,
  kInterface,
  kTuple,
  kTypeParam,
  kUnion,
};

enum class BasicKind : uint8_t {
  kInvalid,  // The type of what had an error: it never causes another one.
  kBool,
  kInt,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kUintptr,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kString,
  kUnsafePointer,
  kUntypedBool,
  kUntypedInt,
  kUntypedRune,
  kUntypedFloat,
  kUntypedComplex,
  kUntypedString,
  kUntypedNil,
};

class Type {
 public:
  Type(const Type&) = delete;
  Type& operator=(const Type&) = delete;
  virtual ~Type() = default;

  TypeKind kind() const { return kind_; }
  // Order of creation in its table: a deterministic key for maps and sorting.
  uint32_t id() const { return id_; }
  const Type* canonical() const { return canonical_; }
  // A type parameter occurs in it.
  bool is_parameterized() const { return parameterized_; }
  // Nesting of type literals, names counting as leaves.
  uint32_t depth() const { return depth_; }
  // Number of nodes when written out without aliases; saturates.
  uint32_t weight() const { return weight_; }

 protected:
  explicit Type(TypeKind kind) : canonical_(this), kind_(kind) {}

 private:
  friend class TypeTable;
  const Type* canonical_;
  uint32_t id_ = 0;
  uint32_t depth_ = 1;
  uint32_t weight_ = 1;
  TypeKind kind_;
  bool parameterized_ = false;
};

class Basic : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kBasic;
  Basic(BasicKind basic, std::string name) : Type(kKind), basic(basic), name(std::move(name)) {}
  const BasicKind basic;
  const std::string name;
};

// type A = B. Identical to B; kept for messages.
class Alias : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kAlias;
  Alias(std::string name, const Package* pkg, const Type* actual)
      : Type(kKind), name(std::move(name)), pkg(pkg), actual(actual) {}
  const std::string name;
  const Package* const pkg;  // Null for predeclared names.
  const Type* const actual;
};

class Pointer : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kPointer;
  explicit Pointer(const Type* elem) : Type(kKind), elem(elem) {}
  const Type* const elem;
};

class Slice : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kSlice;
  explicit Slice(const Type* elem) : Type(kKind), elem(elem) {}
  const Type* const elem;
};

class Array : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kArray;
  Array(int64_t length, const Type* elem) : Type(kKind), length(length), elem(elem) {}
  const int64_t length;  // Never negative.
  const Type* const elem;
};

class Map : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kMap;
  Map(const Type* key, const Type* elem) : Type(kKind), key(key), elem(elem) {}
  const Type* const key;
  const Type* const elem;
};

class Chan : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kChan;
  Chan(ChanDir dir, const Type* elem) : Type(kKind), dir(dir), elem(elem) {}
  const ChanDir dir;
  const Type* const elem;
};

struct StructField {
  std::string name;
  const Package* pkg = nullptr;  // Null when the name is exported.
  const Type* type = nullptr;
  bool embedded = false;
  std::string tag;  // Unquoted.
};

class Struct : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kStruct;
  explicit Struct(std::vector<StructField> fields) : Type(kKind), fields(std::move(fields)) {}
  const std::vector<StructField> fields;

  // Field offsets, then the size: filled by layout.cc on first use.
  mutable std::vector<int64_t> layout;
  mutable int64_t align = 0;
  // Filled by predicates.cc: -1 not known yet, else whether == is defined.
  mutable int8_t comparable = -1;
};

struct Param {
  std::string name;  // May be empty; always empty in a canonical type.
  const Type* type = nullptr;
};

// A function type. The receiver of a method and type parameters are not part of it: see Func.
class Signature : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kSignature;
  Signature(std::vector<Param> params, std::vector<Param> results, bool variadic)
      : Type(kKind), params(std::move(params)), results(std::move(results)), variadic(variadic) {}
  const std::vector<Param> params;
  const std::vector<Param> results;
  const bool variadic;  // The last parameter has the type []T of a ...T.
};

struct InterfaceMethod {
  std::string name;
  const Package* pkg = nullptr;  // Null when the name is exported.
  const Signature* type = nullptr;
};

// T or ~T in a constraint.
struct Term {
  bool tilde = false;
  const Type* type = nullptr;
};

class Interface : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kInterface;
  Interface() : Type(kKind) {}

  // As written.
  std::vector<InterfaceMethod> declared;
  std::vector<const Type*> embedded;
  // The type set: all methods, sorted by name (then by package path): the index of a method here is
  // its index in the method table of an interface value.
  std::vector<InterfaceMethod> methods;
  bool comparable = false;
  bool has_terms = false;   // Only types of `terms` belong: a constraint, not a type of variables.
  std::vector<Term> terms;  // Empty with has_terms: the empty set.

  bool IsConstraintOnly() const { return has_terms || comparable; }
  bool IsEmpty() const { return methods.empty() && !IsConstraintOnly(); }
};

// The results of a call with none or several.
class Tuple : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kTuple;
  explicit Tuple(std::vector<const Type*> types) : Type(kKind), types(std::move(types)) {}
  const std::vector<const Type*> types;
};

// A | ~B in a constraint; occurs only embedded in an Interface.
class Union : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kUnion;
  explicit Union(std::vector<Term> terms) : Type(kKind), terms(std::move(terms)) {}
  const std::vector<Term> terms;
};

class TypeParam : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kTypeParam;
  TypeParam(const TypeName* object, std::string name, int index)
      : Type(kKind), object(object), name(std::move(name)), index(index) {}
  const TypeName* const object;
  const std::string name;
  const int index;
  // Set once its declaration is checked; an Interface after Under.
  const Type* constraint = nullptr;
};

// A defined type, or an instance of a generic one.
class Named : public Type {
 public:
  static constexpr TypeKind kKind = TypeKind::kNamed;
  Named(TypeTable* table, TypeName* object) : Type(kKind), table_(table), object_(object) {}

  TypeName* object() const { return object_; }
  const std::string& name() const;
  // The declaring package; null for `error` and `comparable`.
  const Package* package() const;
  // Tells types of one name, declared in different functions or blocks of a package, apart: 0 at
  // package level.
  uint32_t local_number() const { return local_number_; }

  // Never a Named. Null only while its declaration is being checked.
  const Type* underlying() const;
  // Declared methods in source order, those of embedded fields not included.
  const std::vector<Func*>& methods() const;
  Func* FindMethod(std::string_view name, const Package* pkg) const;

  // Not empty for a generic type itself.
  const std::vector<TypeParam*>& type_params() const { return type_params_; }
  // For an instance: the generic type and the arguments. Null and empty otherwise.
  const Named* origin() const { return origin_; }
  const std::vector<const Type*>& type_args() const { return type_args_; }
  bool is_generic() const { return !type_params_.empty() && origin_ == nullptr; }

  // For the checker.
  void set_underlying(const Type* type) { underlying_ = type; }
  void set_type_params(std::vector<TypeParam*> params) { type_params_ = std::move(params); }
  void set_local_number(uint32_t number) { local_number_ = number; }
  void AddMethod(Func* method) { methods_.push_back(method); }
  void Canonicalize();

 private:
  friend class TypeTable;
  TypeTable* const table_;
  TypeName* const object_;
  uint32_t local_number_ = 0;
  mutable const Type* underlying_ = nullptr;
  mutable std::vector<Func*> methods_;
  mutable bool expanding_ = false;
  std::vector<TypeParam*> type_params_;
  const Named* origin_ = nullptr;
  std::vector<const Type*> type_args_;
};

// Owns every type of a program, and every Func made for a method of an instance.
class TypeTable {
 public:
  TypeTable();
  ~TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  const Basic* basic(BasicKind kind) const { return basics_[static_cast<size_t>(kind)]; }
  const Basic* invalid() const { return basic(BasicKind::kInvalid); }
  const Basic* byte_type() const { return basic(BasicKind::kUint8); }
  // The spellings that are not canonical.
  const Basic* uint8_spelling() const { return uint8_; }
  const Basic* rune_spelling() const { return rune_; }
  const Interface* empty_interface() const { return empty_interface_; }

  const Pointer* PointerTo(const Type* elem);
  const Slice* SliceOf(const Type* elem);
  const Array* ArrayOf(int64_t length, const Type* elem);
  const Map* MapOf(const Type* key, const Type* elem);
  const Chan* ChanOf(ChanDir dir, const Type* elem);
  const Struct* StructOf(std::vector<StructField> fields);
  const Signature* SignatureOf(std::vector<Param> params, std::vector<Param> results,
                               bool variadic);
  // `embedded` are interfaces (after Under), unions or other types (single terms). Duplicate
  // methods are merged. REQUIRES: the underlying types of `embedded` are set.
  const Interface* InterfaceOf(std::vector<InterfaceMethod> declared,
                               std::vector<const Type*> embedded);
  const Interface* comparable_interface();
  const Tuple* TupleOf(std::vector<const Type*> types);
  const Union* UnionOf(std::vector<Term> terms);
  const Alias* AliasOf(std::string name, const Package* pkg, const Type* actual);
  Named* NewNamed(TypeName* object);
  TypeParam* NewTypeParam(const TypeName* object, std::string name, int index);
  // The instance of a generic type. REQUIRES: as many arguments as type parameters.
  const Named* Instantiate(const Named* origin, const std::vector<const Type*>& args);

  // Every instance made so far whose arguments mention no type parameter, in order of creation.
  const std::vector<const Named*>& instances() const { return instances_; }

  // Called when the type of a Func is needed that is not set yet; and the same for the underlying
  // type of a Named.
  std::function<void(Func*)> resolver;
  std::function<void(const Named*)> completer;

 private:
  friend class Named;
  using Key = std::vector<uint64_t>;
  struct KeyHash {
    size_t operator()(const Key& key) const;
  };

  template <class T>
  T* Own(std::unique_ptr<T> type);
  template <class T>
  T* Find(const Key& key) const;
  template <class T>
  T* Insert(Key key, std::unique_ptr<T> type, const std::vector<const Type*>& parts);
  uint64_t StringId(std::string_view text);
  uint64_t PackageId(const Package* pkg);
  const Interface* InternInterface(std::unique_ptr<Interface> type, bool canonical);
  Func* OwnFunc(std::unique_ptr<Func> func);

  std::vector<std::unique_ptr<Type>> owned_;
  std::vector<std::unique_ptr<Func>> funcs_;
  std::unordered_map<Key, Type*, KeyHash> interned_;
  std::unordered_map<std::string, uint64_t> strings_;
  std::vector<const Package*> packages_;
  std::vector<const Basic*> basics_;
  const Basic* uint8_ = nullptr;
  const Basic* rune_ = nullptr;
  const Interface* empty_interface_ = nullptr;
  std::vector<const Named*> instances_;
};

// The type without alias names around it.
inline const Type* Unalias(const Type* type) {
  while (type->kind() == TypeKind::kAlias) type = static_cast<const Alias*>(type)->actual;
  return type;
}

// The underlying type; a type parameter is its own. Never null: an unfinished Named yields itself.
const Type* Under(const Type* type);

// Null unless `type` (aliases looked through) is of this kind; a null type gives null.
template <class T>
const T* To(const Type* type) {
  if (type == nullptr) return nullptr;
  type = Unalias(type);
  return type->kind() == T::kKind ? static_cast<const T*>(type) : nullptr;
}

// To<T> of the underlying type.
template <class T>
const T* UnderAs(const Type* type) {
  if (type == nullptr) return nullptr;
  const Type* under = Under(type);
  return under->kind() == T::kKind ? static_cast<const T*>(under) : nullptr;
}

inline bool Identical(const Type* a, const Type* b) { return a->canonical() == b->canonical(); }
// Identical when struct tags are ignored at every level.
bool IdenticalIgnoringTags(TypeTable& table, const Type* a, const Type* b);

// The type as gc's messages show it: names of other packages than `relative_to` are qualified by
// package name.
std::string TypeString(const Type* type, const Package* relative_to);
// As reflection and the runtime print it: every name qualified ("main.T"), "interface {}", "uint8",
// "int32".
std::string RuntimeTypeString(const Type* type);
// Parameters and results, without "func".
std::string SignatureString(const Signature* type, const Package* relative_to,
                            bool parameter_names);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_TYPE_H_
