// SPDX-License-Identifier: Apache-2.0
//
// The result of type checking: side tables indexed by the ids of syntax nodes (Info), and the
// checked Package.
//
// Made by CheckPackage, read by the compiler. How to read it: Info answers questions about
// expressions and identifiers, Package lists what is declared and in which order variables are
// initialized, World holds all packages and every instance of a generic function or method.
// Invariant: every expression of a checked body has an entry; types are canonical; untyped
// constants and nil have the type they are converted to. Bodies of generic functions have entries
// only in the Info of their instances.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_INFO_H_
#define HEDDLE_MODELS_GOLANG_TYPES_INFO_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/types/constant.h"
#include "models/golang/types/object.h"
#include "models/golang/types/type.h"

namespace heddle::golang::types {

enum class Mode : uint8_t {
  kInvalid,   // Not recorded, or wrong.
  kNoValue,   // A call without results.
  kBuiltin,   // The name of a built-in function.
  kType,      // A type.
  kConstant,  // `value` holds it.
  kVariable,  // Addressable.
  kMapIndex,  // m[k]: assignable, not addressable.
  kValue,     // Anything else that has a value; a call with several results has a Tuple type.
  kNil,       // The predeclared nil, of the type it is converted to.
  kCommaOk,   // Receive, type assertion (map elements are kMapIndex): may yield a second, boolean
              // value.
};

struct TypeAndValue {
  const Type* type = nullptr;
  Mode mode = Mode::kInvalid;
  Builtin builtin = Builtin::kNone;
  bool comma_ok = false;  // Used where it yields two values.
  Constant value;         // Known for kConstant only.
};

enum class SelectionKind : uint8_t {
  kField,            // x.f
  kMethodValue,      // x.m, called or not; `func` is the method
  kInterfaceMethod,  // x.m of an interface (or of an embedded one): `method_index` in
                     // Interface::methods
  kMethodExpr,  // T.m or (*T).m: a function with the receiver first; `func`, or `method_index` for
                // interfaces
};

// What x.sel means when x is not a package name.
struct Selection {
  SelectionKind kind = SelectionKind::kField;
  const Type* receiver = nullptr;  // Type of x (of T for kMethodExpr).
  // Field indices from x on: a pointer met on the way is dereferenced first. For kField the last
  // one is the field; for methods it leads to the embedded value the method belongs to (empty: x
  // itself).
  std::vector<uint32_t> path;
  const Func* func = nullptr;
  const Interface* interface = nullptr;  // Whose method table `method_index` counts in.
  uint32_t method_index = 0;
  // A pointer is dereferenced on the way (the last step to a value receiver excluded).
  bool indirect = false;
};

// Variables of enclosing functions that a function literal, or one inside it, mentions: in order of
// first mention.
struct Closure {
  const FuncLit* literal = nullptr;
  std::vector<Var*> captures;
};

class Info {
 public:
  // Never fails: kInvalid without an entry.
  const TypeAndValue& Of(const Expr* expr) const;
  // The type of a recorded expression; null without an entry.
  const Type* TypeOf(const Expr* expr) const { return Of(expr).type; }

  // What an identifier that is not being declared denotes. An instance of a generic function gives
  // that instance. Null for the field or method of a Selection and for keys of struct literals; for
  // pkg.Name ask for the selector's `sel`.
  Object* Use(const Ident* ident) const;
  // What an identifier declares: null for "_" and for the bound name of a type switch.
  Object* Def(const Ident* ident) const;
  // The variable that the bound name of a type switch declares in this clause; null when the switch
  // binds none.
  Var* ClauseVar(const CaseClause* clause) const;
  // Null for qualified identifiers.
  const Selection* SelectionOf(const SelectorExpr* expr) const;
  // For `key: value` of a struct literal: the index of the field. REQUIRES: recorded.
  uint32_t FieldIndex(const KeyValueExpr* element) const;
  const Closure* ClosureOf(const FuncLit* literal) const;
  // The signature of a function literal or declaration is the type of the literal or of its Func.

  // For the checker.
  TypeAndValue& Mutable(const Expr* expr);
  void SetUse(const Ident* ident, Object* object) { objects_[ident->id] = object; }
  void SetDef(const Ident* ident, Object* object) { objects_[ident->id] = object; }
  void SetClauseVar(const CaseClause* clause, Var* var) { objects_[clause->id] = var; }
  void SetSelection(const SelectorExpr* expr, Selection selection) {
    selections_[expr->id] = std::move(selection);
  }
  void SetFieldIndex(const KeyValueExpr* element, uint32_t index) {
    field_indices_[element->id] = index;
  }
  Closure& MutableClosure(const FuncLit* literal) {
    Closure& closure = closures_[literal->id];
    closure.literal = literal;
    return closure;
  }
  // Makes every recorded type canonical; what is still untyped gets its default type.
  void Canonicalize(TypeTable& table);

 private:
  Object* FindObject(uint32_t id) const;

  static constexpr uint32_t kPageBits = 7;
  struct Page {
    TypeAndValue entries[1 << kPageBits];
  };
  std::vector<std::unique_ptr<Page>>
      pages_;  // Page p holds ids from (first_page_ + p) << kPageBits on.
  uint32_t first_page_ = 0;
  std::unordered_map<uint32_t, Object*> objects_;
  std::unordered_map<uint32_t, Selection> selections_;
  std::unordered_map<uint32_t, uint32_t> field_indices_;
  std::unordered_map<uint32_t, Closure> closures_;
};

// One assignment of package initialization: lhs... = rhs.
struct Initializer {
  std::vector<Var*> lhs;  // A variable named "_" is evaluated and dropped.
  const Expr* rhs = nullptr;
};

struct Package {
  std::string path;
  std::string name;
  uint32_t index = 0;  // In World::packages: dependencies come first.
  bool is_std = false;
  bool has_errors = false;
  std::vector<const File*> files;
  std::vector<const Package*> imports;              // Direct ones, each once, in source order.
  Scope scope{nullptr};                             // Package level; its parent is the universe.
  std::vector<std::unique_ptr<Scope>> file_scopes;  // One for each of `files`: imports.

  Info info;
  // Functions and methods in source order, `init` functions included (they are not in `scope`),
  // generic ones included.
  std::vector<Func*> functions;
  // All declared types that are not aliases, local ones included, in order of their declaration.
  std::vector<Named*> types;
  // In the order in which they are to be executed: after those of imported packages, before the
  // init functions.
  std::vector<Initializer> initializers;

  std::vector<std::unique_ptr<Object>> objects;  // Owner of every object declared in the package.

  template <class T, class... Args>
  T* New(Args&&... args) {
    auto object = std::make_unique<T>(std::forward<Args>(args)...);
    T* result = object.get();
    objects.push_back(std::move(object));
    return result;
  }
};

// Everything that packages of one program share.
class World {
 public:
  World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  TypeTable types;
  Scope universe{nullptr};
  const Named* error_type = nullptr;
  // Checked packages; one comes after those it imports.
  std::vector<std::unique_ptr<Package>> packages;
  Package* FindPackage(std::string_view path) const;
  // Package unsafe. Not one of `packages`.
  const Package* unsafe_package() const { return unsafe_.get(); }

  // Instances of generic functions, and methods of instances of generic types, that have no type
  // parameters left: in order of creation. Each is checked on its own (Func::instance_info).
  std::vector<Func*> instances;
  // The instance for these arguments. For the checker.
  Func* InstanceOf(const Func* generic, const std::vector<const Type*>& args);

 private:
  friend class Checker;
  friend Package* CheckPackage(World& world, const FileSet& file_set, std::string_view path,
                               const std::vector<const File*>& files,
                               const struct CheckOptions& options, DiagnosticList& diagnostics);
  void Declare(std::unique_ptr<Object> object);
  std::vector<std::unique_ptr<Object>> objects_;
  std::unique_ptr<Package> unsafe_;
  std::map<std::pair<const Func*, std::vector<uint32_t>>, Func*> function_instances_;
  size_t types_seen_ = 0;      // Of types.instances().
  size_t instances_seen_ = 0;  // Of `instances`.
};

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_INFO_H_
