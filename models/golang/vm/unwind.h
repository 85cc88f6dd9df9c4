// SPDX-License-Identifier: Apache-2.0
//
// Panics, recover and Goexit as data: who runs next when a goroutine unwinds.
// Deferred calls run on top of the stack that panicked, which is cut back only when one of them has
// recovered. Source: Go specification, "Handling panics"; gc runtime behaviour for nested panics
// and Goexit.
#ifndef HEDDLE_MODELS_GOLANG_VM_UNWIND_H_
#define HEDDLE_MODELS_GOLANG_VM_UNWIND_H_

#include <cstdint>

#include "models/golang/vm/goroutine.h"

namespace heddle::golang::vm {

// What an Interpret of frames above `base` does next: go on with the top frame, or return to its
// C++ caller.
enum class Resume : uint8_t { kRun, kReturn };

// Deals with g->signal, which is not kNone.
Resume HandleSignal(Goroutine* g, uint32_t base);

// A deferred call that a panic ran has returned, and its frame is gone.
Resume AfterDeferredCall(Goroutine* g, uint32_t owner, uint32_t base);

// The recover builtin, called by the top frame.
GoInterface Recover(Goroutine* g);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_UNWIND_H_
