// SPDX-License-Identifier: Apache-2.0
//
// Layout of types on amd64; sums saturate, so that absurd array lengths do no harm.
#include "models/golang/types/layout.h"

#include <algorithm>
#include <limits>

namespace heddle::golang::types {

namespace {

constexpr int64_t kHuge = std::numeric_limits<int64_t>::max();
constexpr int64_t kWord = 8;

int64_t Add(int64_t a, int64_t b) {
  int64_t sum = 0;
  return __builtin_add_overflow(a, b, &sum) ? kHuge : sum;
}

int64_t Multiply(int64_t a, int64_t b) {
  int64_t product = 0;
  return __builtin_mul_overflow(a, b, &product) ? kHuge : product;
}

int64_t AlignUp(int64_t offset, int64_t align) {
  const int64_t padded = Add(offset, align - 1);
  return padded == kHuge ? kHuge : padded / align * align;
}

int64_t BasicSize(BasicKind kind) {
  switch (kind) {
    case BasicKind::kBool:
    case BasicKind::kInt8:
    case BasicKind::kUint8:
      return 1;
    case BasicKind::kInt16:
    case BasicKind::kUint16:
      return 2;
    case BasicKind::kInt32:
    case BasicKind::kUint32:
    case BasicKind::kFloat32:
      return 4;
    case BasicKind::kInt:
    case BasicKind::kInt64:
    case BasicKind::kUint:
    case BasicKind::kUint64:
    case BasicKind::kUintptr:
    case BasicKind::kFloat64:
    case BasicKind::kComplex64:
    case BasicKind::kUnsafePointer:
      return 8;
    case BasicKind::kComplex128:
    case BasicKind::kString:
      return 16;
    case BasicKind::kInvalid:
    case BasicKind::kUntypedBool:
    case BasicKind::kUntypedInt:
    case BasicKind::kUntypedRune:
    case BasicKind::kUntypedFloat:
    case BasicKind::kUntypedComplex:
    case BasicKind::kUntypedString:
    case BasicKind::kUntypedNil:
      return kWord;
  }
  return kWord;
}

// Offsets, with the size of the whole as one more element. Computed once: structs may be shared a
// lot.
const std::vector<int64_t>& StructLayout(const Struct* type) {
  if (type->align != 0) return type->layout;
  std::vector<int64_t>& offsets = type->layout;
  int64_t end = 0;
  int64_t align = 1;
  for (const StructField& field : type->fields) {
    const int64_t field_align = AlignOf(field.type);
    align = std::max(align, field_align);
    offsets.push_back(AlignUp(end, field_align));
    end = Add(offsets.back(), SizeOf(field.type));
  }
  // A pointer just past a field of no size at the end must not point past the object.
  if (end > 0 && SizeOf(type->fields.back().type) == 0) end = Add(end, 1);
  offsets.push_back(AlignUp(end, align));
  type->align = align;
  return offsets;
}

}  // namespace

int64_t SizeOf(const Type* type) {
  const Type* under = Under(type);
  switch (under->kind()) {
    case TypeKind::kBasic:
      return BasicSize(static_cast<const Basic*>(under)->basic);
    case TypeKind::kPointer:
    case TypeKind::kMap:
    case TypeKind::kChan:
    case TypeKind::kSignature:
      return kWord;
    case TypeKind::kSlice:
      return 3 * kWord;
    case TypeKind::kInterface:
      return 2 * kWord;
    case TypeKind::kArray: {
      const auto* array = static_cast<const Array*>(under);
      return array->length == 0 ? 0 : Multiply(array->length, SizeOf(array->elem));
    }
    case TypeKind::kStruct:
      return StructLayout(static_cast<const Struct*>(under)).back();
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTuple:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return kWord;
  }
  return kWord;
}

int64_t AlignOf(const Type* type) {
  const Type* under = Under(type);
  switch (under->kind()) {
    case TypeKind::kBasic: {
      const BasicKind kind = static_cast<const Basic*>(under)->basic;
      if (kind == BasicKind::kComplex64) return 4;
      return std::min(kWord, BasicSize(kind));
    }
    case TypeKind::kArray:
      return AlignOf(static_cast<const Array*>(under)->elem);
    case TypeKind::kStruct: {
      const auto* record = static_cast<const Struct*>(under);
      StructLayout(record);
      return record->align;
    }
    case TypeKind::kPointer:
    case TypeKind::kMap:
    case TypeKind::kChan:
    case TypeKind::kSignature:
    case TypeKind::kSlice:
    case TypeKind::kInterface:
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTuple:
    case TypeKind::kTypeParam:
    case TypeKind::kUnion:
      return kWord;
  }
  return kWord;
}

std::vector<int64_t> FieldOffsets(const Struct* type) {
  std::vector<int64_t> offsets = StructLayout(type);
  offsets.pop_back();
  return offsets;
}

}  // namespace heddle::golang::types
