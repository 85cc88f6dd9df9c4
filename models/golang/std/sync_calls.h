// SPDX-License-Identifier: Apache-2.0
// What the natives of sync, sync/atomic and their kin share: arguments, and one visible operation
// on a word.
#ifndef HEDDLE_MODELS_GOLANG_STD_SYNC_CALLS_H_
#define HEDDLE_MODELS_GOLANG_STD_SYNC_CALLS_H_

#include "models/golang/vm/machine.h"
#include "models/golang/vm/native.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {

// The receiver or pointer argument; null after a nil dereference has been raised.
template <typename T>
T* PointerArg(vm::NativeCall& call) {
  T* pointer = call.Arg<T*>();
  if (pointer == nullptr) {
    call.PanicNilDereference();
  }
  return pointer;
}

inline sim::Result Act(vm::NativeCall& call, sync::Op code, sync::ObjectRef object) {
  return vm::Visible(&call.goroutine(), [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Act(ex, code, object, at);
  });
}

// One atomic operation on what lies at the address; true when the native goes on.
inline bool Touch(vm::NativeCall& call, sync::Op code, const void* word) {
  Act(call, code, {call.machine().ObjectAt(word), 0});
  return !vm::Stopped(&call.goroutine());
}

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_SYNC_CALLS_H_
