// SPDX-License-Identifier: Apache-2.0
//
// The table from basic types to scalars.
#include "models/golang/bytecode/compile_scalar.h"

#include <algorithm>

#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {
namespace {

std::optional<Scalar> OfBasic(types::BasicKind kind) {
  using types::BasicKind;
  switch (kind) {
    case BasicKind::kBool:
    case BasicKind::kUntypedBool:
    case BasicKind::kUint8:
      return Scalar::kU8;
    case BasicKind::kInt8:
      return Scalar::kI8;
    case BasicKind::kInt16:
      return Scalar::kI16;
    case BasicKind::kUint16:
      return Scalar::kU16;
    case BasicKind::kInt32:
    case BasicKind::kUntypedRune:
      return Scalar::kI32;
    case BasicKind::kUint32:
      return Scalar::kU32;
    case BasicKind::kInt:
    case BasicKind::kInt64:
    case BasicKind::kUntypedInt:
      return Scalar::kI64;
    case BasicKind::kUint:
    case BasicKind::kUint64:
    case BasicKind::kUintptr:
    case BasicKind::kUnsafePointer:
    case BasicKind::kUntypedNil:
      return Scalar::kU64;
    case BasicKind::kFloat32:
      return Scalar::kF32;
    case BasicKind::kFloat64:
    case BasicKind::kUntypedFloat:
      return Scalar::kF64;
    case BasicKind::kComplex64:
      return Scalar::kC64;
    case BasicKind::kComplex128:
    case BasicKind::kUntypedComplex:
      return Scalar::kC128;
    case BasicKind::kString:
    case BasicKind::kUntypedString:
      return Scalar::kStr;
    case BasicKind::kInvalid:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Scalar> ScalarOrNothing(const types::Type* type) {
  const types::Type* under = types::Under(type);
  switch (under->kind()) {
    case types::TypeKind::kBasic:
      return OfBasic(types::To<types::Basic>(under)->basic);
    case types::TypeKind::kPointer:
    case types::TypeKind::kMap:
    case types::TypeKind::kChan:
    case types::TypeKind::kSignature:
      return Scalar::kU64;
    default:
      return std::nullopt;
  }
}

Scalar ScalarOf(const types::Type* type) {
  const std::optional<Scalar> scalar = ScalarOrNothing(type);
  HEDDLE_CHECK(scalar.has_value(), "the checker admits operators on scalars only");
  return *scalar;
}

uint64_t SizeOfBasic(const types::Basic* basic) {
  switch (ScalarOf(basic)) {
    case Scalar::kI8:
    case Scalar::kU8:
      return 1;
    case Scalar::kI16:
    case Scalar::kU16:
      return 2;
    case Scalar::kI32:
    case Scalar::kU32:
    case Scalar::kF32:
      return 4;
    case Scalar::kI64:
    case Scalar::kU64:
    case Scalar::kF64:
    case Scalar::kC64:
      return 8;
    case Scalar::kC128:
    case Scalar::kStr:
      return 16;
  }
  return 8;
}

bool HoldsPointers(const types::Type* type) {
  const types::Type* under = types::Under(type);
  if (const auto* basic = types::To<types::Basic>(under)) {
    return !types::IsNumeric(basic) && !types::IsBoolean(basic);
  }
  if (const auto* array = types::To<types::Array>(under)) return HoldsPointers(array->elem);
  const auto* record = types::To<types::Struct>(under);
  return record == nullptr ||
         std::any_of(record->fields.begin(), record->fields.end(),
                     [](const types::StructField& field) { return HoldsPointers(field.type); });
}

}  // namespace heddle::golang::compile
