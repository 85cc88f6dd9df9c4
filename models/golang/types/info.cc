// SPDX-License-Identifier: Apache-2.0
//
// Scopes, side tables, and the world with its predeclared names.
#include "models/golang/types/info.h"

#include <algorithm>
#include <utility>

#include "models/golang/types/object.h"
#include "models/golang/types/predicates.h"
#include "models/golang/types/subst.h"
#include "sim/base/check.h"

namespace heddle::golang::types {

Object* Scope::Find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

Object* Scope::FindUpward(std::string_view name, const Scope** where) const {
  for (const Scope* scope = this; scope != nullptr; scope = scope->parent_) {
    if (Object* object = scope->Find(name)) {
      if (where != nullptr) *where = scope;
      return object;
    }
  }
  return nullptr;
}

Object* Scope::Insert(Object* object) {
  if (object->name == "_") return nullptr;
  const auto [place, fresh] = by_name_.try_emplace(object->name, object);
  if (!fresh) return place->second;
  objects_.push_back(object);
  return nullptr;
}

const TypeAndValue& Info::Of(const Expr* expr) const {
  static const TypeAndValue kNothing;
  const uint32_t page = expr->id >> kPageBits;
  if (page < first_page_ || page - first_page_ >= pages_.size()) return kNothing;
  const auto& slot = pages_[page - first_page_];
  return slot == nullptr ? kNothing : slot->entries[expr->id & ((1u << kPageBits) - 1)];
}

TypeAndValue& Info::Mutable(const Expr* expr) {
  const uint32_t page = expr->id >> kPageBits;
  if (pages_.empty()) first_page_ = page;
  if (page < first_page_) {
    std::vector<std::unique_ptr<Page>> grown(first_page_ - page);
    std::move(pages_.begin(), pages_.end(), std::back_inserter(grown));
    pages_ = std::move(grown);
    first_page_ = page;
  }
  if (page - first_page_ >= pages_.size()) pages_.resize(page - first_page_ + 1);
  auto& slot = pages_[page - first_page_];
  if (slot == nullptr) slot = std::make_unique<Page>();
  return slot->entries[expr->id & ((1u << kPageBits) - 1)];
}

Object* Info::FindObject(uint32_t id) const {
  const auto found = objects_.find(id);
  return found == objects_.end() ? nullptr : found->second;
}

Object* Info::Use(const Ident* ident) const { return FindObject(ident->id); }
Object* Info::Def(const Ident* ident) const { return FindObject(ident->id); }
Var* Info::ClauseVar(const CaseClause* clause) const {
  return ToObject<Var>(FindObject(clause->id));
}

const Selection* Info::SelectionOf(const SelectorExpr* expr) const {
  const auto found = selections_.find(expr->id);
  return found == selections_.end() ? nullptr : &found->second;
}

uint32_t Info::FieldIndex(const KeyValueExpr* element) const {
  const auto found = field_indices_.find(element->id);
  HEDDLE_CHECK(found != field_indices_.end(),
               "keys of a checked struct literal have a field index");
  return found->second;
}

const Closure* Info::ClosureOf(const FuncLit* literal) const {
  const auto found = closures_.find(literal->id);
  return found == closures_.end() ? nullptr : &found->second;
}

void Info::Canonicalize(TypeTable& table) {
  for (const auto& page : pages_) {
    if (page == nullptr) continue;
    for (TypeAndValue& entry : page->entries) {
      if (entry.type != nullptr) entry.type = DefaultType(table, entry.type)->canonical();
    }
  }
  for (auto& [id, selection] : selections_) {
    selection.receiver = selection.receiver->canonical();
    if (selection.interface != nullptr) {
      selection.interface = static_cast<const Interface*>(selection.interface->canonical());
    }
  }
}

void World::Declare(std::unique_ptr<Object> object) {
  universe.Insert(object.get());
  objects_.push_back(std::move(object));
}

World::World() {
  const auto type_name = [&](std::string_view name, const Type* type) {
    auto object = std::make_unique<TypeName>(name, Pos{}, nullptr, type);
    object->state = Object::State::kResolved;
    TypeName* result = object.get();
    Declare(std::move(object));
    return result;
  };
  for (int i = static_cast<int>(BasicKind::kBool); i <= static_cast<int>(BasicKind::kString); ++i) {
    const Basic* basic = types.basic(static_cast<BasicKind>(i));
    type_name(basic->name, basic);
  }
  type_name("uint8", types.uint8_spelling());
  type_name("rune", types.rune_spelling());
  type_name("any", types.AliasOf("any", nullptr, types.empty_interface()))->is_alias = true;

  const auto named = [&](std::string_view name, const Interface* underlying) {
    TypeName* object = type_name(name, nullptr);
    Named* type = types.NewNamed(object);
    type->set_underlying(underlying);
    object->type = type;
    object->named = type;
    return type;
  };
  const Param text{"", types.basic(BasicKind::kString)};
  const Signature* error_method = types.SignatureOf({}, {text}, false);
  error_type = named("error", types.InterfaceOf({{"Error", nullptr, error_method}}, {}));
  named("comparable", types.comparable_interface());

  const auto constant = [&](std::string_view name, BasicKind kind, Constant value) {
    auto object = std::make_unique<Const>(name, Pos{}, nullptr);
    object->type = types.basic(kind);
    object->value = std::move(value);
    object->state = Object::State::kResolved;
    Declare(std::move(object));
  };
  constant("true", BasicKind::kUntypedBool, Constant::Bool(true));
  constant("false", BasicKind::kUntypedBool, Constant::Bool(false));
  constant("iota", BasicKind::kUntypedInt, Constant::Int(0));
  Declare(std::make_unique<NilObject>(types.basic(BasicKind::kUntypedNil)));

  const std::pair<const char*, Builtin> builtins[] = {
      {"append", Builtin::kAppend},   {"cap", Builtin::kCap},
      {"clear", Builtin::kClear},     {"close", Builtin::kClose},
      {"complex", Builtin::kComplex}, {"copy", Builtin::kCopy},
      {"delete", Builtin::kDelete},   {"imag", Builtin::kImag},
      {"len", Builtin::kLen},         {"make", Builtin::kMake},
      {"max", Builtin::kMax},         {"min", Builtin::kMin},
      {"new", Builtin::kNew},         {"panic", Builtin::kPanic},
      {"print", Builtin::kPrint},     {"println", Builtin::kPrintln},
      {"real", Builtin::kReal},       {"recover", Builtin::kRecover}};
  for (const auto& [name, builtin] : builtins)
    Declare(std::make_unique<BuiltinObject>(name, builtin));

  unsafe_ = std::make_unique<Package>();
  unsafe_->path = unsafe_->name = "unsafe";
  unsafe_->is_std = true;
  auto* pointer = unsafe_->New<TypeName>("Pointer", Pos{}, unsafe_.get(),
                                         types.basic(BasicKind::kUnsafePointer));
  pointer->state = Object::State::kResolved;
  unsafe_->scope.Insert(pointer);
  const std::pair<const char*, Builtin> functions[] = {
      {"Add", Builtin::kAdd},           {"Alignof", Builtin::kAlignof},
      {"Offsetof", Builtin::kOffsetof}, {"Sizeof", Builtin::kSizeof},
      {"Slice", Builtin::kSlice},       {"SliceData", Builtin::kSliceData},
      {"String", Builtin::kString},     {"StringData", Builtin::kStringData}};
  for (const auto& [name, builtin] : functions) {
    auto* function = unsafe_->New<BuiltinObject>(name, builtin);
    function->state = Object::State::kResolved;
    unsafe_->scope.Insert(function);
  }
}

Package* World::FindPackage(std::string_view path) const {
  const auto found = std::find_if(packages.begin(), packages.end(),
                                  [&](const auto& package) { return package->path == path; });
  return found == packages.end() ? nullptr : found->get();
}

Func* World::InstanceOf(const Func* generic, const std::vector<const Type*>& args) {
  std::vector<uint32_t> ids;
  std::vector<const Type*> plain;
  for (const Type* arg : args) {
    plain.push_back(arg->canonical());
    ids.push_back(plain.back()->id());
  }
  Func*& instance = function_instances_[{generic, ids}];
  if (instance != nullptr) return instance;
  auto func = std::make_unique<Func>(generic->name, generic->pos, generic->pkg, generic->decl);
  func->origin = generic;
  func->type_args = plain;
  func->type = Substitute(types, generic->type, generic->type_params, plain)->canonical();
  func->state = Object::State::kResolved;
  instance = func.get();
  objects_.push_back(std::move(func));
  bool concrete = true;
  for (const Type* arg : plain) concrete = concrete && !arg->is_parameterized();
  if (concrete) instances.push_back(instance);
  return instance;
}

}  // namespace heddle::golang::types
