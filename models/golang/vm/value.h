// SPDX-License-Identifier: Apache-2.0
//
// Go values as they lie in memory and registers, for C++ code: strings, slices, interfaces, func
// values. They are views of machine memory, valid until the execution ends.
#ifndef HEDDLE_MODELS_GOLANG_VM_VALUE_H_
#define HEDDLE_MODELS_GOLANG_VM_VALUE_H_

#include <cstdint>
#include <string_view>

#include "models/golang/bytecode/rtype.h"

namespace heddle::golang::vm {

struct GoString {
  const char* data = nullptr;
  int64_t length = 0;

  std::string_view view() const { return {data, static_cast<size_t>(length)}; }
};

struct GoSlice {
  uint8_t* data = nullptr;
  int64_t length = 0;
  int64_t capacity = 0;
};

struct GoInterface {
  const RType* type = nullptr;  // dynamic type, null for a nil interface
  uint64_t data = 0;            // the value itself if type->is_direct, else its address

  // Address of the value. REQUIRES: type is not null; this interface outlives the pointer.
  const void* value() const {
    return type->is_direct ? static_cast<const void*>(&data) : reinterpret_cast<const void*>(data);
  }
};

// Address of {uint64 function index, captures...}; 0 is nil.
struct GoFunc {
  const uint64_t* closure = nullptr;
};

static_assert(sizeof(GoString) == 16 && sizeof(GoSlice) == 24 && sizeof(GoInterface) == 16 &&
              sizeof(GoFunc) == 8);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_VALUE_H_
