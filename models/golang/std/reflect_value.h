// SPDX-License-Identifier: Apache-2.0
// A reflect.Value as natives see it: laid out and flagged as models/golang/std/reflect/value.go
// says.
#ifndef HEDDLE_MODELS_GOLANG_STD_REFLECT_VALUE_H_
#define HEDDLE_MODELS_GOLANG_STD_REFLECT_VALUE_H_

#include <cstdint>
#include <cstring>

#include "models/golang/vm/native.h"

namespace heddle::golang {

struct ReflectValue {
  static constexpr uint64_t kReadOnly = 1 | 2;
  static constexpr uint64_t kIndir = 4;
  static constexpr uint64_t kAddr = 8;
  static constexpr uint64_t kMethod = 16;

  const RType* type = nullptr;
  uint64_t data = 0;
  uint64_t flag = 0;

  // Of a value in an interface, or of anything that lies like one.
  static ReflectValue Of(const RType* type, uint64_t data) {
    return {type, data, type != nullptr && !type->is_direct ? kIndir : 0};
  }
  // A copy of what is at the address.
  static ReflectValue CopyOf(vm::NativeCall& call, const RType* type, const void* at) {
    return Of(type, call.MakeInterface(type, at).data);
  }

  // REQUIRES: this value outlives the pointer.
  const uint8_t* at() const {
    return (flag & kIndir) != 0 ? reinterpret_cast<const uint8_t*>(data)
                                : reinterpret_cast<const uint8_t*>(&data);
  }
  uint8_t* variable() const { return reinterpret_cast<uint8_t*>(data); }
  // The program reads it: at() then.
  const uint8_t* Read(vm::NativeCall& call) const {
    if ((flag & kAddr) != 0) call.OnRead(variable(), type->size);
    return at();
  }
  template <typename T>
  T Load(vm::NativeCall& call) const {
    T value = {};
    std::memcpy(&value, Read(call), sizeof(T) < type->size ? sizeof(T) : type->size);
    return value;
  }
  // Assigns to the variable that it is.
  void Write(vm::NativeCall& call, const void* from, uint64_t size) const {
    call.OnWrite(variable(), size);
    std::memmove(variable(), from, size);
  }
};
static_assert(sizeof(ReflectValue) == 24);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_REFLECT_VALUE_H_
