// SPDX-License-Identifier: Apache-2.0
//
// Which scalar of the machine stands for a Go type.
//
// Part of the compiler. Source: bytecode.h, VALUES.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_SCALAR_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_SCALAR_H_

#include <cstdint>
#include <optional>

#include "models/golang/bytecode/bytecode.h"
#include "models/golang/types/type.h"

namespace heddle::golang::compile {

// Nothing for slices, interfaces, structs and arrays.
std::optional<Scalar> ScalarOrNothing(const types::Type* type);
// REQUIRES: there is one.
Scalar ScalarOf(const types::Type* type);
// Bytes of a basic type; of its default type when untyped.
uint64_t SizeOfBasic(const types::Basic* basic);
// Is there more in a value of the type, which may be any, than numbers and bools?
bool HoldsPointers(const types::Type* type);

}  // namespace heddle::golang::compile

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_SCALAR_H_
