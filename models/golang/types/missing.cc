// SPDX-License-Identifier: Apache-2.0
//
// Valid Go that heddle does not have: packages, names and members of the standard library.
//
// A declaration that asks for such a thing is marked; so is, in the end, every declaration that
// mentions a marked one. The compiler refuses marked functions that the program reaches; variables
// are always reached, as they are initialized.
#include <deque>
#include <utility>

#include "models/golang/types/checker.h"
#include "models/golang/types/missing_names.h"

namespace heddle::golang::types {

void Checker::NoteMissing(std::shared_ptr<const Missing> missing) {
  if (silent_) return;  // It was noted in the generic body, or in the signature.
  if (env_.decl != nullptr) {
    if (env_.decl->missing == nullptr) env_.decl->missing = std::move(missing);
    return;
  }
  if (missing_reported_.insert(At(missing->pos) + missing->what).second) {
    Unsupported(missing->pos, missing->what);
  }
}

void Checker::NoteMention(Object* object) {
  if (env_.decl == nullptr || options_.is_std) return;
  if (object->pkg != &package_) {
    if (object->missing != nullptr) NoteMissing(object->missing);
  } else if (decl_of_.contains(object)) {
    env_.decl->mentions.insert(object);
  }
}

void Checker::SpreadMissing() {
  std::unordered_map<const Object*, std::vector<Object*>> mentioned_by;
  std::deque<Object*> next;
  for (Object* object : in_order_) {
    const DeclInfo* decl = decl_of_[object];
    for (const Object* mentioned : decl->mentions) mentioned_by[mentioned].push_back(object);
    if (decl->missing == nullptr) continue;
    object->missing = decl->missing;
    next.push_back(object);
  }
  for (; !next.empty(); next.pop_front()) {
    for (Object* object : mentioned_by[next.front()]) {
      if (object->missing != nullptr) continue;
      object->missing = next.front()->missing;
      next.push_back(object);
    }
  }
  const EnvGuard guard(*this);
  env_.decl = nullptr;
  for (Object* object : in_order_) {
    if (object->missing != nullptr && object->kind == ObjectKind::kVar) {
      NoteMissing(object->missing);
    }
  }
}

bool Checker::IsMissingName(const Package* package, std::string_view name, Pos pos) {
  if (!package->is_std || !IsNameOfGo(package->path, name)) return false;
  NoteMissing(std::make_shared<Missing>(pos, fmt::format("{}.{}", package->path, name)));
  return true;
}

bool Checker::IsMissingMember(const Type* type, std::string_view name, Pos pos) {
  if (const auto* pointer = To<Pointer>(type)) type = pointer->elem;
  const auto* named = To<Named>(type);
  if (named == nullptr || named->package() == nullptr || !named->package()->is_std) return false;
  return IsMissingName(named->package(), fmt::format("{}.{}", named->object()->name, name), pos);
}

bool Checker::IsMissingDotName(const Ident* ident) {
  for (const auto& [place, name] : dot_imports_) {
    const bool visible = env_.file != nullptr && name->spec->path_lit->pos >= env_.file->pos &&
                         name->spec->path_lit->pos < env_.file->end;
    if (!visible) continue;
    if (name->imported == nullptr) {
      name->used = true;
      NoteMissing(name->missing);
      return true;
    }
    if (IsMissingName(name->imported, ident->name, ident->pos)) {
      name->used = true;
      return true;
    }
  }
  return false;
}

}  // namespace heddle::golang::types
