// SPDX-License-Identifier: Apache-2.0
//
// Composite literals: structs, arrays, slices, maps, and pointers to new ones.
//
// A literal is built in registers and then moved, but a big array goes straight to the heap.
// Source: the Go specification, "Composite literals".
#include <algorithm>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/types/layout.h"

namespace heddle::golang::compile {
namespace {

// Literals of more bytes are built in the heap.
constexpr uint64_t kLargestInRegisters = 1024;

}  // namespace

void FunctionCompiler::LiteralInto(const CompositeLit* e, const Type* type, Reg to) {
  NameParts(e, type);
  switch (types::Under(type)->kind()) {
    case types::TypeKind::kStruct:
      return StructLiteralInto(e, type, to);
    case types::TypeKind::kArray:
      return ArrayLiteralInto(e, type, to);
    case types::TypeKind::kSlice:
      return SliceLiteralInto(e, type, to);
    case types::TypeKind::kMap:
      return MapLiteralInto(e, type, to);
    default:
      return LiteralAddressInto(e, types::UnderAs<types::Pointer>(type)->elem, to);
  }
}

// &T{...}
void FunctionCompiler::LiteralAddressInto(const CompositeLit* e, const Type* type, Reg to) {
  NameParts(e, type);
  const Reg pointer = b().Alloc(8);
  if (Size(type) > kLargestInRegisters) {
    At(e->pos);
    b().Emit(Op::kNew, pointer, TypeIndex(type));
    Place place = RegisterPlace(pointer, type);
    place.kind = Place::Kind::kMemory;
    place.non_nil = true;
    FillMemory(e, type, place);
  } else if (e->elements.empty() && types::UnderAs<types::Map>(type) == nullptr &&
             types::UnderAs<types::Slice>(type) == nullptr) {
    At(e->pos);
    b().Emit(Op::kNew, pointer, TypeIndex(type));
  } else {
    const Reg value = Temp(type);
    LiteralInto(e, type, value);
    At(e->pos);
    b().Emit(Op::kNew, pointer, TypeIndex(type));
    if (Size(type) != 0) b().Store(pointer, 0, value, Size(type));
  }
  b().Move(to, pointer, 8);
}

// A value inside a literal; it may be a literal whose type is left out, which for a pointer type
// means &T{...}.
void FunctionCompiler::ElementInto(const Expr* element, const Type* type, Reg to) {
  const auto* literal = As<CompositeLit>(element);
  if (literal == nullptr || literal->type != nullptr) return IntoAs(element, type, to, true);
  const Reg mark = b().top();
  LiteralInto(literal, type, to);
  b().ReleaseTo(mark);
}

void FunctionCompiler::StructLiteralInto(const CompositeLit* e, const Type* type, Reg to) {
  const auto* record = types::UnderAs<types::Struct>(type);
  if (e->elements.size() < record->fields.size() || record->fields.empty()) {
    b().Zero(to, Size(type));
  }
  const std::vector<int64_t> offsets = types::FieldOffsets(record);
  for (size_t i = 0; i < e->elements.size(); i++) {
    const auto* pair = As<KeyValueExpr>(e->elements[i]);
    const size_t field = pair != nullptr ? info_->FieldIndex(pair) : i;
    const Type* part = record->fields[field].type;
    const Reg place = to + static_cast<Reg>(offsets[field]);
    ElementInto(pair != nullptr ? pair->value : e->elements[i], part, place);
    if (record->fields[field].name == "_") b().Zero(place, Size(part));  // as gc leaves it
  }
}

std::vector<int64_t> FunctionCompiler::ElementIndices(const CompositeLit* e, int64_t* length) {
  std::vector<int64_t> indices;
  int64_t next = 0;
  *length = 0;
  for (const Expr* element : e->elements) {
    if (const auto* pair = As<KeyValueExpr>(element)) {
      next = Of(pair->key).value.ToInt().AsInt64().value_or(0);
    }
    indices.push_back(next++);
    *length = std::max(*length, next);
  }
  return indices;
}

namespace {

const Expr* ValueOf(const Expr* element) {
  const auto* pair = As<KeyValueExpr>(element);
  return pair != nullptr ? pair->value : element;
}

}  // namespace

void FunctionCompiler::ArrayLiteralInto(const CompositeLit* e, const Type* type, Reg to) {
  const auto* array = types::UnderAs<types::Array>(type);
  int64_t length;
  const std::vector<int64_t> indices = ElementIndices(e, &length);
  if (static_cast<int64_t>(indices.size()) < array->length) b().Zero(to, Size(type));
  const uint64_t size = Size(array->elem);
  for (size_t i = 0; i < indices.size(); i++) {
    ElementInto(ValueOf(e->elements[i]), array->elem,
                to + static_cast<Reg>(size * static_cast<uint64_t>(indices[i])));
  }
}

void FunctionCompiler::SliceLiteralInto(const CompositeLit* e, const Type* type, Reg to) {
  const Type* element = types::UnderAs<types::Slice>(type)->elem;
  int64_t length;
  const std::vector<int64_t> indices = ElementIndices(e, &length);
  const Type* array = table().ArrayOf(length, element);
  if (Size(array) <= kLargestInRegisters) {
    const Reg values = Temp(array);
    if (static_cast<int64_t>(indices.size()) < length) b().Zero(values, Size(array));
    for (size_t i = 0; i < indices.size(); i++) {
      ElementInto(ValueOf(e->elements[i]), element,
                  values + static_cast<Reg>(Size(element) * static_cast<uint64_t>(indices[i])));
    }
    At(e->pos);
    return SliceOfValues(element, values, length, to);
  }
  Place place = RegisterPlace(b().Alloc(8), array);
  place.kind = Place::Kind::kMemory;
  place.non_nil = true;
  At(e->pos);
  b().Emit(Op::kNew, place.base, TypeIndex(array));
  FillElements(e, element, place);
  const Reg bounds = b().Alloc(24);
  b().Constant(bounds, 0, 8);
  b().Constant(bounds + 8, static_cast<uint64_t>(length), 8);
  b().Emit(Op::kSliceArray2, to, place.base, bounds, TypeIndex(array));
}

void FunctionCompiler::SliceOfValues(const Type* element, Reg values, int64_t count, Reg to) {
  const Type* array = table().ArrayOf(count, element);
  const Reg pointer = b().Alloc(8);
  b().Emit(Op::kNew, pointer, TypeIndex(array));
  if (Size(array) != 0) b().Store(pointer, 0, values, Size(array));
  const Reg bounds = b().Alloc(24);
  b().Constant(bounds, 0, 8);
  b().Constant(bounds + 8, static_cast<uint64_t>(count), 8);
  b().Emit(Op::kSliceArray2, to, pointer, bounds, TypeIndex(array));
}

void FunctionCompiler::MapLiteralInto(const CompositeLit* e, const Type* type, Reg to) {
  const auto* map = types::UnderAs<types::Map>(type);
  const Reg hint = b().Int(static_cast<int64_t>(e->elements.size()));
  At(e->pos);
  b().Emit(Op::kMakeMap, to, hint, 0, TypeIndex(type));
  for (const Expr* element : e->elements) {
    const auto* pair = Cast<KeyValueExpr>(element);
    const Reg mark = b().top();
    const Reg key = Temp(map->key);
    ElementInto(pair->key, map->key, key);
    const Reg value = Temp(map->elem);
    ElementInto(pair->value, map->elem, value);
    At(pair->pos);
    b().Emit(Op::kMapSet, to, key, value, TypeIndex(type));
    b().ReleaseTo(mark);
  }
}

// Builds a big literal in memory that is zero.
void FunctionCompiler::FillMemory(const CompositeLit* e, const Type* type, const Place& place) {
  if (const auto* array = types::UnderAs<types::Array>(type)) {
    return FillElements(e, array->elem, place);
  }
  const auto* record = types::UnderAs<types::Struct>(type);
  for (size_t i = 0; i < e->elements.size(); i++) {
    const auto* pair = As<KeyValueExpr>(e->elements[i]);
    const uint32_t field = pair != nullptr ? info_->FieldIndex(pair) : static_cast<uint32_t>(i);
    const Place part = FieldOf(place, field);
    const Expr* value = ValueOf(e->elements[i]);
    const auto* literal = As<CompositeLit>(value);
    const Reg mark = b().top();
    const bool is_blank = record->fields[field].name == "_";
    if (literal != nullptr && Size(part.type) > kLargestInRegisters && !is_blank) {
      FillMemory(literal, part.type, part);
    } else {
      const Reg reg = Temp(part.type);
      ElementInto(value, part.type, reg);
      if (!is_blank) StorePlace(part, reg);
    }
    b().ReleaseTo(mark);
  }
}

void FunctionCompiler::FillElements(const CompositeLit* e, const Type* element,
                                    const Place& place) {
  int64_t length;
  const std::vector<int64_t> indices = ElementIndices(e, &length);
  for (size_t i = 0; i < indices.size(); i++) {
    const Place part = Subplace(place, Size(element) * static_cast<uint64_t>(indices[i]), element);
    const Expr* value = ValueOf(e->elements[i]);
    const auto* literal = As<CompositeLit>(value);
    const Reg mark = b().top();
    if (literal != nullptr && Size(element) > kLargestInRegisters) {
      FillMemory(literal, element, part);
    } else {
      const Reg reg = Temp(element);
      ElementInto(value, element, reg);
      StorePlace(part, reg);
    }
    b().ReleaseTo(mark);
  }
}

}  // namespace heddle::golang::compile
