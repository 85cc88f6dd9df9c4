// SPDX-License-Identifier: Apache-2.0
//
// Runs Go functions on a goroutine.
#ifndef HEDDLE_MODELS_GOLANG_VM_INTERPRET_H_
#define HEDDLE_MODELS_GOLANG_VM_INTERPRET_H_

#include <cstdint>

#include "models/golang/vm/goroutine.h"

namespace heddle::golang::vm {

// Runs the frames above `base` until the last of them has returned. False: it did not (g->signal
// says why), and the C++ caller returns at once, as far as the next Interpret.
bool Interpret(Goroutine* g, uint32_t base);

// Calls a function from C++ with its arguments as in a frame. Returns where its results are (valid
// until the next call), or null when it did not return.
const uint8_t* CallGo(Goroutine* g, const Function* function, const uint64_t* closure,
                      const void* args);

// Runs the native of the top frame, which stays.
void RunNative(Goroutine* g);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_INTERPRET_H_
