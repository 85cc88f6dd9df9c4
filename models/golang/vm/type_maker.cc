// SPDX-License-Identifier: Apache-2.0
//
// Types made at run time. Source: Go specification, "Type identity"; names as reflect shows them.
#include "models/golang/vm/type_maker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace heddle::golang::vm {

namespace {

// What makes a type without a name the same as another.
std::string KeyOf(const RType& type) {
  std::string key = fmt::format(
      "{} {} {} {} {} {}", static_cast<int>(type.kind), static_cast<const void*>(type.elem),
      static_cast<const void*>(type.key), type.length, static_cast<int>(type.dir), type.variadic);
  for (const RType* part : type.params) key += fmt::format(" {}", static_cast<const void*>(part));
  key += ';';
  for (const RType* part : type.results) key += fmt::format(" {}", static_cast<const void*>(part));
  for (const RField& field : type.fields) {
    key += fmt::format("|{} {} {} {:?} {}", field.name, field.package,
                       static_cast<const void*>(field.type), field.tag, field.embedded);
  }
  return key;
}

std::string NameList(const std::vector<const RType*>& types, bool variadic) {
  std::string text;
  for (size_t i = 0; i < types.size(); ++i) {
    if (i > 0) text += ", ";
    const bool dots = variadic && i + 1 == types.size();
    text += dots ? "..." + types[i]->elem->name : types[i]->name;
  }
  return text;
}

// As strconv.Quote has it for the characters of tags.
std::string Quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string StructName(const RType& type) {
  std::string text = "struct {";
  for (size_t i = 0; i < type.fields.size(); ++i) {
    const RField& field = type.fields[i];
    text += i == 0 ? " " : "; ";
    if (!field.embedded) text += field.name + " ";
    text += field.type->name;
    if (!field.tag.empty()) text += " " + Quoted(field.tag);
  }
  return text + (type.fields.empty() ? "}" : " }");
}

std::string FuncName(const RType& type) {
  std::string text = "func(" + NameList(type.params, type.variadic) + ")";
  if (type.results.size() == 1) text += " " + type.results[0]->name;
  if (type.results.size() > 1) text += " (" + NameList(type.results, false) + ")";
  return text;
}

std::string ChanName(const RType& type) {
  const std::string& elem = type.elem->name;
  if (type.dir == RChanDir::kSend) return "chan<- " + elem;
  if (type.dir == RChanDir::kRecv) return "<-chan " + elem;
  return elem.starts_with("<-") ? "chan (" + elem + ")" : "chan " + elem;
}

std::string NameOf(const RType& type) {
  switch (type.kind) {
    case Kind::kPointer:
      return "*" + type.elem->name;
    case Kind::kSlice:
      return "[]" + type.elem->name;
    case Kind::kArray:
      return fmt::format("[{}]{}", type.length, type.elem->name);
    case Kind::kMap:
      return fmt::format("map[{}]{}", type.key->name, type.elem->name);
    case Kind::kChan:
      return ChanName(type);
    case Kind::kFunc:
      return FuncName(type);
    default:
      return StructName(type);
  }
}

}  // namespace

TypeMaker::TypeMaker(const TypeTable& types) {
  for (uint32_t i = 0; i < types.size(); ++i) {
    const RType* type = types.at(i);
    const bool is_literal =
        !type->is_named && type->kind >= Kind::kArray && type->kind != Kind::kInterface;
    if (is_literal) types_.emplace(KeyOf(*type), type);
  }
}

const RType* TypeMaker::Intern(RType pattern) {
  const auto [place, added] = types_.try_emplace(KeyOf(pattern), nullptr);
  if (!added) return place->second;
  pattern.name = NameOf(pattern);
  pattern.index = UINT32_MAX;
  pattern.has_layout = true;
  SetBasicLayout(&pattern);
  LayOut(&pattern);
  DeriveProperties(&pattern);
  made_.push_back(std::move(pattern));
  return place->second = &made_.back();
}

const RType* TypeMaker::PointerTo(const RType* elem) {
  if (elem->pointer_to != nullptr) return elem->pointer_to;
  RType type;
  type.kind = Kind::kPointer;
  type.elem = elem;
  return Intern(std::move(type));
}

const RType* TypeMaker::SliceOf(const RType* elem) {
  RType type;
  type.kind = Kind::kSlice;
  type.elem = elem;
  return Intern(std::move(type));
}

const RType* TypeMaker::ArrayOf(uint64_t length, const RType* elem) {
  RType type;
  type.kind = Kind::kArray;
  type.length = length;
  type.elem = elem;
  return Intern(std::move(type));
}

const RType* TypeMaker::ChanOf(RChanDir dir, const RType* elem) {
  RType type;
  type.kind = Kind::kChan;
  type.dir = dir;
  type.elem = elem;
  return Intern(std::move(type));
}

const RType* TypeMaker::MapOf(const RType* key, const RType* elem) {
  RType type;
  type.kind = Kind::kMap;
  type.key = key;
  type.elem = elem;
  return Intern(std::move(type));
}

const RType* TypeMaker::FuncOf(std::vector<const RType*> params, std::vector<const RType*> results,
                               bool variadic) {
  RType type;
  type.kind = Kind::kFunc;
  type.params = std::move(params);
  type.results = std::move(results);
  type.variadic = variadic;
  return Intern(std::move(type));
}

const RType* TypeMaker::StructOf(std::vector<RField> fields) {
  RType type;
  type.kind = Kind::kStruct;
  type.fields = std::move(fields);
  return Intern(std::move(type));
}

std::span<const RMethod* const> TypeMaker::MethodsOf(const RType* type) {
  const auto [place, added] = methods_.try_emplace(type);
  std::vector<const RMethod*>& shown = place->second;
  if (added) {
    for (const RMethod& method : type->methods) {
      if (type->IsInterface() || method.package.empty()) shown.push_back(&method);
    }
    std::sort(shown.begin(), shown.end(), [](const RMethod* a, const RMethod* b) {
      return std::pair(a->name, a->package) < std::pair(b->name, b->package);
    });
  }
  return shown;
}

}  // namespace heddle::golang::vm
