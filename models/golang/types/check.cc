// SPDX-License-Identifier: Apache-2.0
//
// The phases of checking one package: collect the declared names, resolve them, check bodies, check
// instances, order initialization, report what is unused.
//
// Invariant: collection creates every package-level object before anything is resolved, so that
// declarations may refer to each other in any order.
#include "models/golang/types/check.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "models/golang/syntax/unicode.h"
#include "models/golang/types/checker.h"
#include "models/golang/types/import_path.h"
#include "models/golang/types/init_order.h"
#include "sim/base/check.h"

namespace heddle::golang::types {

namespace {

constexpr size_t kMaxInstances = 5000;
// Type arguments nested more deeply come from a function or type that instantiates itself with ever
// larger ones.
constexpr uint32_t kMaxArgumentDepth = 30;

// The type name that a receiver type is made of; null when it has another form. Counts its stars.
const Ident* ReceiverBase(const Expr* expr, int* stars) {
  for (;;) {
    expr = Unparen(expr);
    if (const auto* star = As<StarExpr>(expr)) {
      ++*stars;
      expr = star->x;
    } else if (const auto* index = As<IndexExpr>(expr)) {
      expr = index->x;
    } else {
      return As<Ident>(expr);
    }
  }
}

// The name that a package of this path most probably has.
std::string PackageNameOfPath(std::string_view path) {
  const size_t slash = path.rfind('/');
  const std::string_view last = path.substr(slash + 1);
  const bool is_version = slash != std::string_view::npos && last.size() > 1 && last[0] == 'v' &&
                          last.find_first_not_of("0123456789", 1) == std::string_view::npos;
  if (is_version) return PackageNameOfPath(path.substr(0, slash));
  return std::string(last);
}

}  // namespace

Checker::Checker(World& world, const FileSet& file_set, Package& package,
                 const CheckOptions& options, DiagnosticList& diagnostics)
    : world_(world),
      types_(world.types),
      file_set_(file_set),
      package_(package),
      options_(options),
      diagnostics_(diagnostics) {
  env_.info = &package.info;
}

void Checker::Run() {
  CollectObjects();
  if (import_failed_) return;
  auto outer_resolver = std::exchange(types_.resolver, [this](Func* func) { Resolve(func); });
  auto outer_completer =
      std::exchange(types_.completer, [this](const Named* named) { ResolveNamed(named); });
  CheckFileScopeConflicts();
  AttachMethods();
  ResolveAll();
  RunLater();
  RunBodies();
  SpreadMissing();
  // Like gc, only when there is nothing else to say.
  if (diagnostics_.empty()) {
    for (const Func* func : without_body_) Report(func->pos, "missing function body");
  }
  if (errors_ == 0) CheckInstances();
  OrderInitializers(*this);
  ReportUnusedImports();
  const bool is_main = package_.name == "main" && options_.needs_main;
  if (is_main && ToObject<Func>(package_.scope.Find("main")) == nullptr && diagnostics_.empty()) {
    Report(Pos{}, "function main is undeclared in the main package");
  }
  types_.resolver = std::move(outer_resolver);
  types_.completer = std::move(outer_completer);
  Finish();
}

void Checker::CollectObjects() {
  for (const File* file : package_.files) {
    package_.file_scopes.push_back(std::make_unique<Scope>(&package_.scope));
    if (file->package != nullptr && file->package->name == "_")
      Report(file->package->pos, "invalid package name _");
    if (file->package != nullptr && file->package->name != package_.name) {
      Error(file->package->pos, "package {}; expected package {}", file->package->name,
            package_.name);
    }
  }
  for (size_t i = 0; i < package_.files.size(); ++i) {
    CollectImports(*package_.files[i], *package_.file_scopes[i]);
  }
  // Nothing is known of the names of a package that cannot be found; gc does not go on either.
  if (import_failed_) return;
  for (size_t i = 0; i < package_.files.size(); ++i) {
    for (const Decl* decl : package_.files[i]->decls) {
      CollectDecl(*package_.files[i], *package_.file_scopes[i], decl);
    }
  }
}

// Null, with `missing_import_` set, when heddle does not have the package; null, with
// `import_failed_` set, when there is none.
const Package* Checker::Import(const ImportSpec* spec) {
  const Pos pos = spec->path_lit->pos;
  const bool failed_before = std::exchange(import_failed_, true);
  missing_import_ = nullptr;
  if (spec->path == "unsafe") {
    import_failed_ = failed_before;
    return world_.unsafe_package();
  }
  if (spec->path == "C") {
    Unsupported(pos, fmt::format("package {}", spec->path));
    return nullptr;
  }
  if (spec->path.empty()) {
    Report(pos, "invalid import path (empty string)");
    return nullptr;
  }
  if (const std::string wrong = WrongImportPath(spec->path); !wrong.empty()) {
    Report(pos, wrong);
    return nullptr;
  }
  if (!options_.importer) {
    Error(pos, "package {} is not in std", spec->path);
    return nullptr;
  }
  auto found = options_.importer(spec->path);
  if (!found.has_value() && IsStandardPackage(spec->path)) {
    missing_import_ = std::make_shared<Missing>(pos, fmt::format("package {}", spec->path));
    import_failed_ = failed_before;
    // What is imported for its effects is reached in any case.
    if (spec->name != nullptr && spec->name->name == "_") NoteMissing(missing_import_);
    return nullptr;
  }
  if (!found.has_value()) {
    // Of a package that has errors nothing more is said here.
    if (found.error().empty()) {
      package_.has_errors = true;
    } else {
      Report(pos, found.error());
    }
    return nullptr;
  }
  import_failed_ = failed_before;
  return *found;
}

void Checker::CollectImports(const File& file, Scope& scope) {
  for (const ImportSpec* spec : file.imports) {
    const Package* imported = Import(spec);
    if (imported != nullptr && imported_.insert(imported).second)
      package_.imports.push_back(imported);
    const std::string name_of_path = PackageNameOfPath(spec->path);
    std::string_view name = imported != nullptr ? imported->name : name_of_path;
    if (spec->name != nullptr) name = spec->name->name;
    const Pos pos = spec->name != nullptr ? spec->name->pos : spec->path_lit->pos;
    if (name == "init") {
      Report(pos, "cannot import package as init - init must be a func");
      continue;
    }
    auto* object = package_.New<PkgName>(name, pos, &package_, imported, spec);
    object->state = Object::State::kResolved;
    imports_.push_back(object);
    if (spec->name != nullptr) package_.info.SetDef(spec->name, object);
    object->missing = missing_import_;
    if (imported == nullptr && missing_import_ == nullptr) continue;
    if (name != ".") {
      if (const Object* other = scope.Insert(object)) ReportRedeclared(object, other);
      continue;
    }
    dot_imports_[{&scope, imported}] = object;
    if (imported == nullptr) continue;
    for (Object* exported : imported->scope.objects()) {
      if (!IsExported(exported->name)) continue;
      if (const Object* other = scope.Insert(exported)) {
        Error(pos, "{} redeclared in this block\n\t{}: other declaration of {}", exported->name,
              At(other->pos), exported->name);
      }
    }
  }
}

DeclInfo* Checker::NewDecl(Object* object, const File& file, Scope& scope) {
  decls_.push_back(std::make_unique<DeclInfo>());
  DeclInfo* decl = decls_.back().get();
  decl->file = &file;
  decl->scope = &scope;
  decl->order = static_cast<int>(in_order_.size());
  decl_of_[object] = decl;
  in_order_.push_back(object);
  return decl;
}

void Checker::DeclarePackageObject(const Ident* ident, Object* object) {
  package_.info.SetDef(ident, object);
  if (ident->name == "init") {
    Report(ident->pos, "cannot declare init - must be func");
    return;
  }
  if (ident->name == "main" && package_.name == "main") {
    Report(ident->pos, "cannot declare main - must be func");
    return;
  }
  if (const Object* other = package_.scope.Insert(object)) ReportRedeclared(object, other);
}

void Checker::CollectDecl(const File& file, Scope& scope, const Decl* decl) {
  if (const auto* func = As<FuncDecl>(decl)) return CollectFunc(file, scope, func);
  const auto* group = As<GenDecl>(decl);
  if (group == nullptr) return;
  for (const Spec* spec : group->specs) {
    if (const auto* type = As<TypeSpec>(spec)) {
      CollectType(file, scope, type);
    } else if (const auto* value = As<ValueSpec>(spec)) {
      if (group->tok == Token::kConst) {
        CollectConst(file, scope, value);
      } else {
        CollectVar(file, scope, value);
      }
    }
  }
}

void Checker::CollectConst(const File& file, Scope& scope, const ValueSpec* spec) {
  for (size_t i = 0; i < spec->names.size(); ++i) {
    auto* object = package_.New<Const>(spec->names[i]->name, spec->names[i]->pos, &package_);
    DeclInfo* decl = NewDecl(object, file, scope);
    decl->value = spec;
    decl->index = i;
    DeclarePackageObject(spec->names[i], object);
  }
  CheckArity(spec, true, spec->repeats);
}

void Checker::CollectVar(const File& file, Scope& scope, const ValueSpec* spec) {
  std::vector<Var*> group;
  for (size_t i = 0; i < spec->names.size(); ++i) {
    auto* object = package_.New<Var>(spec->names[i]->name, spec->names[i]->pos, &package_, nullptr);
    DeclInfo* decl = NewDecl(object, file, scope);
    decl->value = spec;
    decl->index = i;
    group.push_back(object);
    DeclarePackageObject(spec->names[i], object);
  }
  if (spec->values.size() == 1 && group.size() > 1) {
    for (Var* var : group) decl_of_[var]->group = group;
  }
  if (spec->type == nullptr || !spec->values.empty()) CheckArity(spec, false, spec);
}

void Checker::CollectType(const File& file, Scope& scope, const TypeSpec* spec) {
  auto* object = package_.New<TypeName>(spec->name->name, spec->name->pos, &package_, nullptr);
  object->is_alias = spec->alias;
  if (!spec->alias) {
    object->named = types_.NewNamed(object);
    object->type = object->named;
    package_.types.push_back(object->named);
  }
  DeclInfo* decl = NewDecl(object, file, scope);
  decl->type = spec;
  if (object->named != nullptr && !spec->type_params.fields.empty()) {
    decl->type_scope = std::make_unique<Scope>(&scope);
    object->named->set_type_params(CreateTypeParams(spec->type_params, *decl->type_scope));
  }
  DeclarePackageObject(spec->name, object);
}

void Checker::CollectFunc(const File& file, Scope& scope, const FuncDecl* decl) {
  auto* object = package_.New<Func>(decl->name->name, decl->name->pos, &package_, decl);
  const std::string_view name = decl->name->name;
  package_.functions.push_back(object);
  package_.info.SetDef(decl->name, object);
  NewDecl(object, file, scope)->func = decl;
  if (decl->recv != nullptr) return;
  const bool is_init = name == "init";
  if (is_init || (name == "main" && package_.name == "main")) {
    if (!decl->type->type_params.fields.empty()) {
      Error(decl->type->type_params.open, "func {} must have no type parameters", name);
    }
    if (!decl->type->params.fields.empty() || !decl->type->results.fields.empty()) {
      Error(decl->name->pos, "func {} must have no arguments and no return values", name);
    }
  }
  if (is_init) return;
  if (const Object* other = package_.scope.Insert(object)) ReportRedeclared(object, other);
}

void Checker::CheckFileScopeConflicts() {
  for (const auto& scope : package_.file_scopes) {
    for (const Object* object : scope->objects()) {
      const Object* other = package_.scope.Find(object->name);
      if (other == nullptr) continue;
      if (const auto* name = ToObject<PkgName>(object)) {
        Error(
            other->pos,
            "{} already declared through import of package {} ({})\n\t{}: other declaration of {}",
            other->name, PackageNameOfPath(name->spec->path),
            fmt::format("\"{}\"", name->spec->path), At(object->pos), other->name);
      } else {
        Error(other->pos,
              "{} already declared through dot-import of package {}\n\t{}: other declaration of {}",
              other->name, object->pkg->name, At(object->pos), other->name);
      }
    }
  }
}

void Checker::AttachMethods() {
  for (Func* func : package_.functions) {
    if (func->decl->recv == nullptr) continue;
    int stars = 0;
    const Ident* base = ReceiverBase(func->decl->recv->type, &stars);
    auto* type_name =
        base == nullptr ? nullptr : ToObject<TypeName>(package_.scope.Find(base->name));
    std::set<const TypeName*> seen;
    while (type_name != nullptr && type_name->is_alias && seen.insert(type_name).second) {
      base = ReceiverBase(decl_of_[type_name]->type->type, &stars);
      type_name = base == nullptr ? nullptr : ToObject<TypeName>(package_.scope.Find(base->name));
    }
    if (type_name == nullptr || type_name->named == nullptr || stars > 1) continue;
    func->receiver = type_name->named;
    func->pointer_receiver = stars == 1;
    if (func->name != "_") methods_of_[type_name->named].push_back(func);
  }
  for (const Named* named : package_.types) {
    const auto found = methods_of_.find(named);
    if (found == methods_of_.end()) continue;
    std::map<std::string_view, const Func*> names;
    for (Func* method : found->second) {
      const auto [place, fresh] = names.try_emplace(method->name, method);
      if (fresh) {
        const_cast<Named*>(named)->AddMethod(method);
      } else {
        Error(method->pos, "method {}.{} already declared at {}", named->name(), method->name,
              At(place->second->pos));
      }
    }
  }
}

void Checker::ResolveAll() {
  for (const bool aliases : {false, true}) {
    for (Object* object : in_order_) {
      const auto* name = ToObject<TypeName>(object);
      if (name != nullptr && name->is_alias == aliases) Resolve(object);
    }
  }
  for (Object* object : in_order_) {
    if (auto* name = ToObject<TypeName>(object)) CheckValidType(name);
  }
  for (Object* object : in_order_) Resolve(object);
  for (const Named* named : package_.types) {
    if (named->local_number() == 0) CheckMethodNames(named);
  }
  for (Func* func : package_.functions) {
    LaterBody([this, func] {
      if (func->decl->body != nullptr) {
        CheckFuncBody(func);
      } else if (!options_.is_std) {
        without_body_.push_back(func);
      }
    });
  }
}

void Checker::RunLater() {
  while (!later_.empty()) {
    const std::function<void()> action = std::move(later_.front());
    later_.pop_front();
    action();
  }
}

void Checker::RunBodies() {
  while (!bodies_.empty()) {
    const std::function<void()> action = std::move(bodies_.front());
    bodies_.pop_front();
    action();
    RunLater();
  }
}

void Checker::ReportUnusedImports() {
  for (const PkgName* name : imports_) {
    if (name->used || name->name == "_") continue;
    const std::string path(name->spec->path);
    const std::string last = path.substr(path.rfind('/') + 1);
    if (name->name == "." || name->name == last) {
      Error(name->pos, "\"{}\" imported and not used", path);
    } else {
      Error(name->pos, "\"{}\" imported as {} and not used", path, name->name);
    }
  }
}

void Checker::CheckInstances() {
  while (world_.instances_seen_ < world_.instances.size() ||
         world_.types_seen_ < types_.instances().size()) {
    if (world_.instances.size() > kMaxInstances) {
      Unsupported(world_.instances.back()->pos,
                  "this many instances of generic functions and types");
      return;
    }
    if (world_.types_seen_ < types_.instances().size()) {
      const Named* named = types_.instances()[world_.types_seen_++];
      for (const Type* arg : named->type_args()) {
        if (arg->depth() <= kMaxArgumentDepth) continue;
        const Pos pos = named->object()->pos;
        Error(pos, "instantiation cycle:\n\t{}: {} instantiated as {}", At(pos), named->name(),
              Str(arg));
        return;
      }
      // What it is made of may be further instances.
      if (!named->is_parameterized()) Under(named);
      for (Func* method : named->methods()) {
        LookupResult found{.kind = LookupResult::Kind::kMethod, .method = method};
        SignatureOf(types_, found);
        world_.instances.push_back(method);
      }
      continue;
    }
    Func* func = world_.instances[world_.instances_seen_++];
    for (const Type* arg : func->type_args) {
      if (arg->depth() <= kMaxArgumentDepth) continue;
      Error(func->pos, "instantiation cycle:\n\t{}: {} instantiated as {}", At(func->pos),
            func->name, Str(arg));
      return;
    }
    if (func->decl->body == nullptr) continue;
    if (func->pkg == &package_) {
      CheckInstanceBody(func);
    } else {
      Checker other(world_, file_set_, *func->pkg, options_, diagnostics_);
      other.CheckInstanceBody(func);
    }
  }
}

void Checker::Finish() {
  package_.info.Canonicalize(types_);
  for (const auto& object : package_.objects) {
    if (object->type != nullptr) object->type = object->type->canonical();
    if (auto* func = ToObject<Func>(object.get())) func->state = Object::State::kResolved;
  }
  for (Named* named : package_.types) named->Canonicalize();
}

Package* CheckPackage(World& world, const FileSet& file_set, std::string_view path,
                      const std::vector<const File*>& files, const CheckOptions& options,
                      DiagnosticList& diagnostics) {
  auto owned = std::make_unique<Package>();
  Package* package = owned.get();
  package->path = path;
  package->scope = Scope(&world.universe);
  package->is_std = options.is_std;
  package->files = files;
  for (const File* file : files) {
    if (file->package == nullptr) continue;
    package->name = file->package->name;
    break;
  }
  Checker checker(world, file_set, *package, options, diagnostics);
  checker.Run();
  package->index = static_cast<uint32_t>(world.packages.size());
  world.packages.push_back(std::move(owned));
  return package;
}

}  // namespace heddle::golang::types
