// SPDX-License-Identifier: Apache-2.0
//
// What a Go name can denote (Object and its kinds), and the scopes that map names to objects.
//
// Made by the checker; the compiler meets them through Info::Use and Info::Def and through Package.
// Invariant: one declaration makes one object, so pointer equality is "the same variable"; inside a
// body checked for an instance of a generic function, declarations make objects of their own.
// Source: the Go specification, "Declarations and scope".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_OBJECT_H_
#define HEDDLE_MODELS_GOLANG_TYPES_OBJECT_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/types/constant.h"
#include "models/golang/types/type.h"

namespace heddle::golang::types {

class Info;

enum class ObjectKind : uint8_t { kPkgName, kConst, kTypeName, kVar, kFunc, kBuiltin, kNil };

enum class Builtin : uint8_t {
  kNone,
  kAppend,
  kCap,
  kClear,
  kClose,
  kComplex,
  kCopy,
  kDelete,
  kImag,
  kLen,
  kMake,
  kMax,
  kMin,
  kNew,
  kPanic,
  kPrint,
  kPrintln,
  kReal,
  kRecover,
  // Of package unsafe.
  kAdd,
  kAlignof,
  kOffsetof,
  kSizeof,
  kSlice,
  kSliceData,
  kString,
  kStringData,
};

// Valid Go that heddle does not have: where it is asked for, and what it is.
struct Missing {
  Pos pos;
  std::string what;
};

struct Object {
  Object(ObjectKind kind, std::string_view name, Pos pos, Package* pkg, const Type* type)
      : kind(kind), name(name), pos(pos), pkg(pkg), type(type) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  const ObjectKind kind;
  const std::string name;
  const Pos pos;       // Of the declared identifier; invalid for predeclared objects.
  Package* const pkg;  // Null for predeclared objects.
  const Type* type;    // Null only while the checker has not resolved it.
  enum class State : uint8_t { kDeclared, kResolving, kResolved } state = State::kDeclared;
  // At package level: what its declaration needs, by itself or through what it mentions. Null, as a
  // rule.
  std::shared_ptr<const Missing> missing;
};

struct PkgName : Object {
  static constexpr ObjectKind kKind = ObjectKind::kPkgName;
  PkgName(std::string_view name, Pos pos, Package* pkg, const Package* imported,
          const ImportSpec* spec)
      : Object(kKind, name, pos, pkg, nullptr), imported(imported), spec(spec) {}
  const Package* const imported;  // Null: valid Go that heddle does not have, see `missing`.
  const ImportSpec* const spec;
  bool used = false;
};

struct Const : Object {
  static constexpr ObjectKind kKind = ObjectKind::kConst;
  Const(std::string_view name, Pos pos, Package* pkg) : Object(kKind, name, pos, pkg, nullptr) {}
  Constant value;
};

struct TypeName : Object {
  static constexpr ObjectKind kKind = ObjectKind::kTypeName;
  TypeName(std::string_view name, Pos pos, Package* pkg, const Type* type)
      : Object(kKind, name, pos, pkg, type) {}
  Named* named = nullptr;  // Null for an alias, a predeclared type and a type parameter.
  bool is_alias = false;
};

struct Var : Object {
  static constexpr ObjectKind kKind = ObjectKind::kVar;
  Var(std::string_view name, Pos pos, Package* pkg, const Type* type)
      : Object(kKind, name, pos, pkg, type) {}
  // The FuncDecl or FuncLit it is a local variable of; null at package level.
  const Node* function = nullptr;
  bool is_param = false;  // Receivers included.
  bool is_result = false;
  bool used = false;
  // A function literal inside `function` mentions it.
  bool captured = false;
  // &v, &v.f, &v[i] of an array, v[:] of an array, or v.m() of a pointer method: its memory
  // outlives expressions.
  bool address_taken = false;
  // Assigned to after its declaration, so that a closure cannot keep a copy of its value.
  bool reassigned = false;
};

struct Func : Object {
  static constexpr ObjectKind kKind = ObjectKind::kFunc;
  Func(std::string_view name, Pos pos, Package* pkg, const FuncDecl* decl)
      : Object(kKind, name, pos, pkg, nullptr), decl(decl) {}

  const Signature* signature() const { return To<Signature>(type); }
  bool is_method() const { return receiver != nullptr; }
  // Implemented by the VM: std packages only.
  bool is_native() const { return decl != nullptr && decl->body == nullptr; }
  // Its type mentions type parameters: not a function to compile; its instances are.
  bool is_generic() const {
    return !type_params.empty() || (receiver != nullptr && receiver->is_generic());
  }

  const FuncDecl* const decl;
  // Of a method: the type it belongs to, an instance for methods of instances; `pointer_receiver`
  // for *T.
  const Named* receiver = nullptr;
  bool pointer_receiver = false;
  std::vector<TypeParam*> type_params;           // Of a generic function. Not those of a receiver.
  std::vector<TypeParam*> receiver_type_params;  // As this declaration of a method names them.
  // Of an instance: what it is an instance of, with which arguments (those of the receiver for a
  // method).
  const Func* origin = nullptr;
  std::vector<const Type*> type_args;
  // Of an instance with a body: what is known of the expressions of decl->body in it.
  std::shared_ptr<Info> instance_info;
};

struct BuiltinObject : Object {
  static constexpr ObjectKind kKind = ObjectKind::kBuiltin;
  BuiltinObject(std::string_view name, Builtin builtin)
      : Object(kKind, name, Pos{}, nullptr, nullptr), builtin(builtin) {}
  const Builtin builtin;
};

struct NilObject : Object {
  static constexpr ObjectKind kKind = ObjectKind::kNil;
  explicit NilObject(const Type* type) : Object(kKind, "nil", Pos{}, nullptr, type) {}
};

// Null unless `object` is of this kind; null gives null.
template <class T>
T* ToObject(Object* object) {
  return object != nullptr && object->kind == T::kKind ? static_cast<T*>(object) : nullptr;
}
template <class T>
const T* ToObject(const Object* object) {
  return object != nullptr && object->kind == T::kKind ? static_cast<const T*>(object) : nullptr;
}

class Scope {
 public:
  explicit Scope(const Scope* parent) : parent_(parent) {}
  const Scope* parent() const { return parent_; }
  // Only in this scope; null when there is none.
  Object* Find(std::string_view name) const;
  // In this scope or the nearest one around it; `*where`, if given, becomes the scope of the
  // result.
  Object* FindUpward(std::string_view name, const Scope** where = nullptr) const;
  // The object that has the name already, or null when `object` was inserted. The blank name is
  // never inserted.
  Object* Insert(Object* object);
  // In order of insertion.
  const std::vector<Object*>& objects() const { return objects_; }

 private:
  const Scope* parent_;
  std::vector<Object*> objects_;
  std::map<std::string_view, Object*> by_name_;
};

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_OBJECT_H_
