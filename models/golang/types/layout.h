// SPDX-License-Identifier: Apache-2.0
//
// Sizes, alignments and field offsets of Go types in memory, as gc lays them out on amd64.
//
// Used by the checker (array sizes) and by the compiler and the VM (real memory).
#ifndef HEDDLE_MODELS_GOLANG_TYPES_LAYOUT_H_
#define HEDDLE_MODELS_GOLANG_TYPES_LAYOUT_H_

#include <cstdint>
#include <vector>

#include "models/golang/types/type.h"

namespace heddle::golang::types {

// In bytes. Saturates at INT64_MAX for types that fit no memory. REQUIRES: no type parameter, not
// untyped.
int64_t SizeOf(const Type* type);
int64_t AlignOf(const Type* type);
// One per field.
std::vector<int64_t> FieldOffsets(const Struct* type);

// No type is as large as this.
inline constexpr int64_t kAddressSpace = int64_t{1} << 50;

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_LAYOUT_H_
