// SPDX-License-Identifier: Apache-2.0
//
// Layout and derived properties of run-time types, by the rules of gc on amd64.
#include "models/golang/bytecode/rtype.h"

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::golang {

namespace {

struct BasicType {
  Kind kind;
  const char* name;
  uint8_t size;
  uint8_t align;
};

constexpr BasicType kBasics[] = {
    {Kind::kInvalid, "invalid", 0, 1},
    {Kind::kBool, "bool", 1, 1},
    {Kind::kInt, "int", 8, 8},
    {Kind::kInt8, "int8", 1, 1},
    {Kind::kInt16, "int16", 2, 2},
    {Kind::kInt32, "int32", 4, 4},
    {Kind::kInt64, "int64", 8, 8},
    {Kind::kUint, "uint", 8, 8},
    {Kind::kUint8, "uint8", 1, 1},
    {Kind::kUint16, "uint16", 2, 2},
    {Kind::kUint32, "uint32", 4, 4},
    {Kind::kUint64, "uint64", 8, 8},
    {Kind::kUintptr, "uintptr", 8, 8},
    {Kind::kFloat32, "float32", 4, 4},
    {Kind::kFloat64, "float64", 8, 8},
    {Kind::kComplex64, "complex64", 8, 4},
    {Kind::kComplex128, "complex128", 16, 8},
    {Kind::kArray, "", 0, 1},
    {Kind::kChan, "", 8, 8},
    {Kind::kFunc, "", 8, 8},
    {Kind::kInterface, "", 16, 8},
    {Kind::kMap, "", 8, 8},
    {Kind::kPointer, "", 8, 8},
    {Kind::kSlice, "", 24, 8},
    {Kind::kString, "string", 16, 8},
    {Kind::kStruct, "", 0, 1},
    {Kind::kUnsafePointer, "unsafe.Pointer", 8, 8},
};

uint64_t AlignUp(uint64_t value, uint64_t align) { return (value + align - 1) / align * align; }

void LayOutStruct(RType* type) {
  uint64_t offset = 0;
  uint8_t align = 1;
  for (size_t i = 0; i < type->fields.size(); ++i) {
    RField& field = type->fields[i];
    offset = AlignUp(offset, field.type->align);
    field.offset = offset;
    offset += field.type->size;
    align = std::max(align, field.type->align);
    // A final field without size gets a byte, so that its address is inside the struct.
    if (i + 1 == type->fields.size() && field.type->size == 0 && offset > 0) ++offset;
  }
  type->align = align;
  type->size = AlignUp(offset, align);
}

// Are all bytes of the struct those of its fields, and plain?
bool IsPlainStruct(const RType& type) {
  uint64_t end = 0;
  for (const RField& field : type.fields) {
    if (!field.type->is_plain || field.offset != end || field.name == "_") return false;
    end = field.offset + field.type->size;
  }
  return end == type.size;
}

}  // namespace

void SetBasicLayout(RType* type) {
  type->size = kBasics[static_cast<size_t>(type->kind)].size;
  type->align = kBasics[static_cast<size_t>(type->kind)].align;
}

void LayOut(RType* type) {
  if (type->kind == Kind::kArray && type->elem != nullptr) {
    type->align = type->elem->align;
    type->size = type->elem->size * type->length;
  } else if (type->kind == Kind::kStruct) {
    LayOutStruct(type);
  }
}

TypeTable::TypeTable() {
  for (const BasicType& basic : kBasics) {
    RType* type = Add(basic.kind, basic.name);
    // Composite kinds have no type of their own: their place is left empty.
    if (basic.name[0] == '\0') type->kind = Kind::kInvalid;
    type->is_named = type->kind != Kind::kInvalid;
    type->size = basic.size;
    type->align = basic.align;
  }
}

RType* TypeTable::Add(Kind kind, std::string name) {
  RType& type = types_.emplace_back();
  type.kind = kind;
  type.name = std::move(name);
  type.index = static_cast<uint32_t>(types_.size() - 1);
  SetBasicLayout(&type);
  return &type;
}

void TypeTable::SetLayout(RType* type) {
  if (type->has_layout) return;
  type->has_layout = true;
  if (type->kind == Kind::kArray && type->elem != nullptr) SetLayout(at(type->elem->index));
  if (type->kind == Kind::kStruct) {
    for (const RField& field : type->fields) SetLayout(at(field.type->index));
  }
  LayOut(type);
}

MethodId TypeTable::MethodIdOf(std::string_view name, std::string_view package) {
  std::string key(name);
  if (!package.empty()) key = std::string(package) + "." + key;
  const auto [it, added] = method_ids_.try_emplace(key, method_names_.size());
  if (added) method_names_.emplace_back(name);
  return it->second;
}

MethodId TypeTable::FindMethodId(std::string_view name, std::string_view package) const {
  std::string key(name);
  if (!package.empty()) key = std::string(package) + "." + key;
  const auto it = method_ids_.find(key);
  return it == method_ids_.end() ? kNoMethod : it->second;
}

void TypeTable::Derive(RType* type, std::vector<uint8_t>* state) {
  // Types recurse through pointers only, which do not look into their element.
  if ((*state)[type->index]++ != 0) return;
  if (type->kind == Kind::kArray) Derive(at(type->elem->index), state);
  if (type->kind == Kind::kStruct) {
    for (const RField& field : type->fields) Derive(at(field.type->index), state);
  }
  DeriveProperties(type);
}

void DeriveProperties(RType* type) {
  type->is_comparable =
      type->kind != Kind::kSlice && type->kind != Kind::kMap && type->kind != Kind::kFunc;
  switch (type->kind) {
    case Kind::kArray:
      type->is_comparable = type->elem->is_comparable;
      type->is_plain = type->elem->is_plain;
      type->has_pointers = type->length > 0 && type->elem->has_pointers;
      break;
    case Kind::kStruct:
      for (const RField& field : type->fields) {
        type->is_comparable &= field.type->is_comparable;
        type->has_pointers |= field.type->has_pointers;
      }
      type->is_plain = type->is_comparable && IsPlainStruct(*type);
      break;
    case Kind::kInterface:
    case Kind::kString:
    case Kind::kSlice:
    case Kind::kMap:
    case Kind::kFunc:
      type->has_pointers = true;
      break;
    case Kind::kChan:
    case Kind::kPointer:
    case Kind::kUnsafePointer:
      type->has_pointers = true;
      type->is_plain = true;
      break;
    case Kind::kFloat32:
    case Kind::kFloat64:
    case Kind::kComplex64:
    case Kind::kComplex128:
    case Kind::kInvalid:
      break;
    case Kind::kBool:
    case Kind::kInt:
    case Kind::kInt8:
    case Kind::kInt16:
    case Kind::kInt32:
    case Kind::kInt64:
    case Kind::kUint:
    case Kind::kUint8:
    case Kind::kUint16:
    case Kind::kUint32:
    case Kind::kUint64:
    case Kind::kUintptr:
      type->is_plain = true;
      break;
  }
  type->is_direct = type->size <= 8;
}

void TypeTable::Finish() {
  for (RType& type : types_) SetLayout(&type);
  std::vector<uint8_t> state(types_.size());
  for (RType& type : types_) Derive(&type, &state);
  for (RType& type : types_) {
    if (type.kind == Kind::kPointer && !type.is_named) at(type.elem->index)->pointer_to = &type;
    std::sort(type.methods.begin(), type.methods.end(),
              [](const RMethod& x, const RMethod& y) { return x.id < y.id; });
    if (type.IsInterface() || type.methods.empty()) continue;
    type.first_id = type.methods.front().id;
    type.dispatch.assign(type.methods.back().id - type.first_id + 1, 0);
    for (const RMethod& method : type.methods)
      type.dispatch[method.id - type.first_id] = method.function + 1;
  }
}

namespace {

// Has the type the method, with this signature?
bool HasMethod(const RType* concrete, const RMethod& wanted) {
  if (concrete->FindMethod(wanted.id) == 0) return false;
  const auto found =
      std::lower_bound(concrete->methods.begin(), concrete->methods.end(), wanted.id,
                       [](const RMethod& method, MethodId id) { return method.id < id; });
  return found->type == wanted.type;
}

}  // namespace

bool Implements(const RType* concrete, const RType* interface_type, const std::string** missing) {
  const std::string* first = nullptr;
  for (const RMethod& method : interface_type->methods) {
    if (HasMethod(concrete, method)) continue;
    if (missing == nullptr) return false;
    if (first == nullptr || method.name < *first) first = &method.name;
  }
  if (missing != nullptr) *missing = first;
  return first == nullptr;
}

}  // namespace heddle::golang
