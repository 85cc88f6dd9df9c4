// SPDX-License-Identifier: Apache-2.0
//
// Resolving declarations: the type and value of one object, package-level or local, with detection
// of cycles.
//
// Package-level objects are resolved on demand, whatever their order in the source: `path_` holds
// those under way. A reference to a defined type does not resolve it; needing its underlying type
// does (TypeTable::completer).
#include <algorithm>
#include <utility>

#include "models/golang/types/checker.h"
#include "models/golang/types/layout.h"

namespace heddle::golang::types {

void Checker::ReportRedeclared(const Object* object, const Object* other) {
  std::string message = fmt::format("{} redeclared in this block", object->name);
  if (other->pos.IsValid()) {
    message += fmt::format("\n\t{}: other declaration of {}", At(other->pos), object->name);
  }
  Report(object->pos, std::move(message));
}

void Checker::RecordDef(const Ident* ident, Object* object) { info().SetDef(ident, object); }

void Checker::Declare(Scope* scope, const Ident* ident, Object* object) {
  RecordDef(ident, object);
  const Object* other = scope->Insert(object);
  if (other == nullptr) return;
  ReportRedeclared(object, other);
  if (auto* var = ToObject<Var>(object)) var->used = true;
}

Var* Checker::NewLocal(const Ident* ident, const Type* type) {
  Var* var = package_.New<Var>(ident->name, ident->pos, &package_, type);
  var->state = Object::State::kResolved;
  if (env_.function != nullptr) {
    var->function = env_.function->node;
    env_.function->locals.push_back(var);
  }
  return var;
}

void Checker::ResolveNamed(const Named* named) {
  TypeName* object = named->object();
  if (object->pkg != &package_ || object->state == Object::State::kResolved) return;
  if (object->state == Object::State::kDeclared) {
    if (decl_of_.contains(object)) Resolve(object);
    return;
  }
  // Its underlying type is needed to find that very type.
  const auto start = std::find(path_.begin(), path_.end(), object);
  if (start != path_.end()) {
    const std::vector<Object*> cycle(start, path_.end());
    CycleError(cycle);
    for (Object* member : cycle) {
      if (auto* name = ToObject<TypeName>(member); name != nullptr && name->named != nullptr) {
        name->named->set_underlying(invalid());
        broken_.insert(name->named);
      }
    }
  }
  const_cast<Named*>(named)->set_underlying(invalid());
  broken_.insert(named);
}

void Checker::Resolve(Object* object) {
  if (object->state == Object::State::kResolved || object->pkg != &package_) return;
  if (object->state == Object::State::kResolving) {
    // The signature of a function is unknown inside itself.
    if (object->kind == ObjectKind::kFunc && object->type != nullptr) return;
    if (ReportCycle(object) && object->kind != ObjectKind::kFunc) object->type = invalid();
    return;
  }
  const auto found = decl_of_.find(object);
  if (found == decl_of_.end()) return;
  DepthGuard depth(*this, object->pos);
  EnvGuard guard(*this);
  DeclInfo* decl = found->second;
  env_ =
      Environment{.decl = decl, .file = decl->file, .scope = decl->scope, .info = &package_.info};
  object->state = Object::State::kResolving;
  path_.push_back(object);
  if (!depth.ok) {
    object->type = invalid();
  } else if (auto* constant = ToObject<Const>(object)) {
    DeclareConst(constant, decl->value, decl->index);
  } else if (auto* var = ToObject<Var>(object)) {
    DeclareVar(var, decl);
  } else if (auto* type = ToObject<TypeName>(object)) {
    DeclareType(type, decl->type);
  } else if (auto* func = ToObject<Func>(object)) {
    DeclareFunc(func);
  }
  path_.pop_back();
  object->state = Object::State::kResolved;
}

bool Checker::ReportCycle(Object* object) {
  const auto start = std::find(path_.begin(), path_.end(), object);
  if (start == path_.end()) return false;
  const std::vector<Object*> cycle(start, path_.end());
  size_t values = 0;
  size_t defined_types = 0;
  for (Object* member : cycle) {
    if (member->kind == ObjectKind::kConst || member->kind == ObjectKind::kVar) ++values;
    if (const auto* name = ToObject<TypeName>(member); name != nullptr && !name->is_alias)
      ++defined_types;
  }
  if (values == cycle.size()) {
    // Initialization that needs itself. Variables are left to the order of initialization.
    if (object->type != nullptr && object->kind == ObjectKind::kVar) return false;
    CycleError(cycle);
    return true;
  }
  if (values == 0 && defined_types > 0) return false;
  CycleError(cycle);
  return true;
}

void Checker::CycleError(const std::vector<Object*>& cycle) {
  const auto first = std::min_element(
      cycle.begin(), cycle.end(), [](const Object* a, const Object* b) { return a->pos < b->pos; });
  if (!cycle_reported_.insert(*first).second) return;
  const bool is_type = (*first)->kind == ObjectKind::kTypeName;
  const bool is_value = std::all_of(cycle.begin(), cycle.end(), [](const Object* object) {
    return object->kind == ObjectKind::kConst || object->kind == ObjectKind::kVar;
  });
  const std::string& name = (*first)->name;
  const char* what = is_type    ? "invalid recursive type"
                     : is_value ? "initialization cycle"
                                : "invalid cycle in declaration";
  if (cycle.size() == 1) {
    Error((*first)->pos, "{}: {} refers to itself", what, name);
    return;
  }
  const char* link = is_type ? "" : is_value ? " for" : " of";
  std::string message = fmt::format("{}{} {}", what, link, name);
  const size_t start = static_cast<size_t>(first - cycle.begin());
  for (size_t i = 0; i < cycle.size(); ++i) {
    const Object* from = cycle[(start + i) % cycle.size()];
    const Object* to = cycle[(start + i + 1) % cycle.size()];
    message += fmt::format("\n\t{}: {} refers to {}", At(from->pos), from->name, to->name);
  }
  Report((*first)->pos, std::move(message));
}

void Checker::CheckArity(const ValueSpec* spec, bool is_const, const ValueSpec* repeats) {
  const size_t names = spec->names.size();
  const size_t values = repeats == nullptr ? 0 : repeats->values.size();
  if (names < values) {
    if (repeats == spec) {
      Error(StartPos(repeats->values[names]), "extra init expr {}",
            ExprString(repeats->values[names]));
    } else {
      Error(spec->names[0]->pos, "extra init expr at {}", At(StartPos(repeats->values[names])));
    }
  } else if (names > values && (is_const || values != 1)) {
    Error(spec->names[values]->pos, "missing init expr for {}", spec->names[values]->name);
  }
}

void Checker::DeclareConst(Const* object, const ValueSpec* spec, size_t index) {
  EnvGuard guard(*this);
  env_.iota = Constant::Int(spec->iota);
  const ValueSpec* source = spec->repeats;
  object->value = Constant();
  if (source == nullptr) {
    object->type = invalid();
    return;
  }
  if (source != spec) {
    env_.inherited_pos = object->pos;
    env_.info = &scratch_;
  }
  if (source->type != nullptr) {
    const Type* type = VarType(source->type);
    if (!IsConstType(type)) {
      if (!IsInvalid(Under(type)))
        Error(StartPos(source->type), "invalid constant type {}", Str(type));
      object->type = invalid();
      return;
    }
    object->type = type;
  }
  Operand x;
  if (index < source->values.size()) Value(x, source->values[index]);
  if (!x.valid() || IsInvalid(x.type) || (object->type != nullptr && IsInvalid(object->type))) {
    object->type = object->type == nullptr ? invalid() : object->type;
    return;
  }
  if (!x.is_const()) {
    Error(PosOf(x), "{} is not constant", Str(x));
    if (object->type == nullptr) object->type = invalid();
    return;
  }
  if (object->type == nullptr) object->type = x.type;
  Assign(x, object->type, "constant declaration");
  if (x.valid()) object->value = x.value;
}

void Checker::DeclareVar(Var* object, DeclInfo* decl) {
  const ValueSpec* spec = decl->value;
  if (spec->type != nullptr) object->type = VarType(spec->type);
  if (!decl->group.empty()) {
    for (Var* var : decl->group) {
      if (object->type != nullptr) var->type = object->type;
      var->state = Object::State::kResolving;
    }
    // What the initialization mentions is a dependency of each variable of the group.
    InitVars(decl->group, spec->values, nullptr);
    for (Var* var : decl->group) {
      if (var->type == nullptr) var->type = invalid();
      var->state = Object::State::kResolved;
      DeclInfo* other = decl_of_[var];
      if (other == decl) continue;
      other->dependencies = decl->dependencies;
      other->dependency_set = decl->dependency_set;
    }
    return;
  }
  if (decl->index >= spec->values.size()) {
    if (object->type == nullptr) object->type = invalid();
    for (size_t i = spec->names.size(); i < spec->values.size(); ++i) UseOne(spec->values[i]);
    return;
  }
  Operand x;
  Value(x, spec->values[decl->index], object->type);
  InitVar(object, x, "variable declaration");
}

void Checker::DeclareType(TypeName* object, const TypeSpec* spec) {
  if (spec->alias) {
    if (!spec->type_params.fields.empty()) {
      Unsupported(spec->type_params.open, "generic type alias");
      object->type = invalid();
      return;
    }
    const Type* actual = AnyType(spec->type);
    object->type = IsInvalid(actual) ? invalid() : types_.AliasOf(object->name, &package_, actual);
    return;
  }
  Named* named = object->named;
  EnvGuard guard(*this);
  const auto decl = decl_of_.find(object);
  if (decl != decl_of_.end() && decl->second->type_scope != nullptr) {
    env_.scope = decl->second->type_scope.get();
    CheckConstraints(spec->type_params, named->type_params());
  }
  const Type* type = AnyType(spec->type);
  if (IsTypeParam(type)) {
    Report(StartPos(spec->type), "cannot use a type parameter as RHS in type declaration");
    named->set_underlying(invalid());
    return;
  }
  const Type* under = Under(type);
  if (under->kind() == TypeKind::kNamed) under = invalid();
  // A cycle found on the way has made it invalid for good.
  if (!broken_.contains(named)) named->set_underlying(under);
}

void Checker::DeclareFunc(Func* object) {
  ScopeGuard scope(*this);
  const FuncDecl* decl = object->decl;
  object->type = types_.SignatureOf({}, {}, false);
  if (decl->recv != nullptr) CheckReceiver(object, decl->recv, *env_.scope, nullptr);
  if (!decl->type->type_params.fields.empty()) {
    if (decl->recv != nullptr) {
      Report(decl->type->type_params.open, "methods cannot have type parameters");
    } else {
      object->type_params = CreateTypeParams(decl->type->type_params, *env_.scope);
      CheckConstraints(decl->type->type_params, object->type_params);
    }
  }
  object->type = CheckSignature(decl->type, *env_.scope, nullptr);
}

void Checker::CheckMethodNames(const Named* named) {
  const auto* record = UnderAs<Struct>(named);
  const auto found = methods_of_.find(named);
  if (record == nullptr || found == methods_of_.end()) return;
  const DeclInfo* decl = decl_of_[named->object()];
  const auto* literal = decl == nullptr || decl->type == nullptr
                            ? nullptr
                            : As<StructType>(Unparen(decl->type->type));
  for (const Func* method : found->second) {
    for (const StructField& field : record->fields) {
      if (field.name != method->name) continue;
      std::string message = fmt::format("field and method with the same name {}", method->name);
      if (literal != nullptr) {
        for (const Field* group : literal->fields.fields) {
          for (const Ident* name : group->names) {
            if (name->name == method->name) {
              message += fmt::format("\n\t{}: other declaration of {}", At(name->pos), name->name);
            }
          }
        }
      }
      Report(method->pos, std::move(message));
    }
  }
}

void Checker::CheckValidType(TypeName* object) {
  if (object->named == nullptr) return;
  std::vector<const Named*> path;
  std::set<const Named*> done;
  if (!ValidType(object->named, path, done) || object->named->is_generic()) return;
  Later([this, object] {
    if (SizeOf(object->named) < kAddressSpace) return;
    Error(object->pos, "type {} larger than address space", object->name);
    object->named->set_underlying(invalid());
  });
}

// False when the type contains itself; the cycle was reported then.
bool Checker::ValidType(const Type* type, std::vector<const Named*>& path,
                        std::set<const Named*>& done) {
  type = Unalias(type);
  switch (type->kind()) {
    case TypeKind::kArray:
      return ValidType(static_cast<const Array*>(type)->elem, path, done);
    case TypeKind::kStruct:
      for (const StructField& field : static_cast<const Struct*>(type)->fields) {
        if (!ValidType(field.type, path, done)) return false;
      }
      return true;
    case TypeKind::kNamed:
      break;
    case TypeKind::kBasic:
    case TypeKind::kAlias:
    case TypeKind::kPointer:
    case TypeKind::kSlice:
    case TypeKind::kMap:
    case TypeKind::kChan:
    case TypeKind::kSignature:
    case TypeKind::kInterface:
    case TypeKind::kTuple:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return true;
  }
  const auto* named = static_cast<const Named*>(type);
  if (done.contains(named)) return true;
  if (named->origin() == nullptr && named->package() != &package_) return true;
  constexpr size_t kMaxPath = 1000;
  if (path.size() > kMaxPath) {
    Unsupported(path[0]->object()->pos, "types nested this deeply");
    return false;
  }
  // Instances of one generic type may contain each other without end.
  constexpr std::ptrdiff_t kMaxInstances = 20;
  auto start = std::find(path.begin(), path.end(), named);
  const auto same_type = [&](const Named* other) { return other->object() == named->object(); };
  if (named->origin() != nullptr &&
      std::count_if(path.begin(), path.end(), same_type) > kMaxInstances) {
    start = path.end() - 1;
  }
  if (start != path.end()) {
    std::vector<Object*> cycle;
    for (auto it = start; it != path.end(); ++it) {
      cycle.push_back((*it)->object());
      if ((*it)->origin() == nullptr) const_cast<Named*>(*it)->set_underlying(invalid());
    }
    CycleError(cycle);
    return false;
  }
  path.push_back(named);
  const Type* under = named->underlying();
  const bool ok = under == nullptr || ValidType(under, path, done);
  path.pop_back();
  if (ok) done.insert(named);
  return ok;
}

void Checker::DeclareLocal(const GenDecl* decl) {
  for (const Spec* spec : decl->specs) {
    if (const auto* type = As<TypeSpec>(spec)) {
      DeclareLocalType(type);
    } else if (const auto* value = As<ValueSpec>(spec)) {
      if (decl->tok == Token::kConst) {
        DeclareLocalConst(value);
      } else {
        DeclareLocalVar(value);
      }
    }
  }
}

void Checker::DeclareLocalConst(const ValueSpec* spec) {
  std::vector<Const*> objects;
  for (size_t i = 0; i < spec->names.size(); ++i) {
    auto* object = package_.New<Const>(spec->names[i]->name, spec->names[i]->pos, &package_);
    DeclareConst(object, spec, i);
    object->state = Object::State::kResolved;
    objects.push_back(object);
  }
  CheckArity(spec, true, spec->repeats);
  for (size_t i = 0; i < objects.size(); ++i) Declare(env_.scope, spec->names[i], objects[i]);
}

void Checker::DeclareLocalVar(const ValueSpec* spec) {
  std::vector<Var*> vars;
  const Type* type = spec->type == nullptr ? nullptr : VarType(spec->type);
  for (const Ident* name : spec->names) vars.push_back(NewLocal(name, type));
  const size_t values = spec->values.size();
  if (values == 1 && vars.size() > 1) {
    InitVars(vars, spec->values, nullptr);
  } else {
    for (size_t i = 0; i < vars.size() && i < values; ++i) {
      Operand x;
      Value(x, spec->values[i], type);
      InitVar(vars[i], x, "variable declaration");
      if (!x.valid()) vars[i]->used = true;
    }
    for (size_t i = vars.size(); i < values; ++i) UseOne(spec->values[i]);
    if (values > 0 && values != vars.size()) {
      for (Var* var : vars) var->used = true;
    }
    if (type == nullptr || values > 0) CheckArity(spec, false, spec);
  }
  for (size_t i = 0; i < vars.size(); ++i) {
    if (vars[i]->type == nullptr) vars[i]->type = invalid();
    Declare(env_.scope, spec->names[i], vars[i]);
  }
}

void Checker::DeclareLocalType(const TypeSpec* spec) {
  auto* object = package_.New<TypeName>(spec->name->name, spec->name->pos, &package_, nullptr);
  object->is_alias = spec->alias;
  if (!spec->type_params.fields.empty() && !spec->alias) {
    Report(spec->type_params.open, "generic type cannot be declared inside a function");
  }
  if (!spec->alias) {
    object->named = types_.NewNamed(object);
    object->named->set_local_number(++local_types_);
    object->type = object->named;
    if (env_.info != &scratch_) package_.types.push_back(object->named);
  }
  // A type is in scope in its own declaration.
  Declare(env_.scope, spec->name, object);
  object->state = Object::State::kResolving;
  path_.push_back(object);
  DeclareType(object, spec);
  path_.pop_back();
  object->state = Object::State::kResolved;
  CheckValidType(object);
  if (env_.function != nullptr) RunLater();
}

}  // namespace heddle::golang::types
