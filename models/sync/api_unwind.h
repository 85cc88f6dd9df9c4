// SPDX-License-Identifier: Apache-2.0
// Whether an exception may be thrown at this point: a look up the stack before it is thrown.
//
// Destructors are noexcept, and tests block, panic and are abandoned inside destructors (a pool
// whose destructor waits for its workers). Thrown there, an exception would end the whole checker
// by std::terminate; so the API asks first, and where the answer is no, the operation returns
// something harmless and the task ends later. Source: Itanium C++ ABI, Exception Handling, 1.6
// and 2.4: phase 1 of unwinding, run without phase 2.
#ifndef HEDDLE_MODELS_SYNC_API_UNWIND_H_
#define HEDDLE_MODELS_SYNC_API_UNWIND_H_

#include <exception>

namespace heddle::api {

// True when an exception like `probe`, thrown by the caller, reaches a handler, or the frame at
// `base`, without passing a frame that must not throw.
bool CanThrow(const std::exception_ptr& probe, const void* base);

}  // namespace heddle::api

#endif  // HEDDLE_MODELS_SYNC_API_UNWIND_H_
