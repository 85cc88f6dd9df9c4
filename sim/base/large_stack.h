// SPDX-License-Identifier: Apache-2.0
//
// RunOnLargeStack: for work whose recursion follows input that may be nested deeply.
//
// Place: around the phases of the Go front end, which bound the nesting of what they read, but not
// the size of their frames: a build with sanitizers has frames many times as large.
#ifndef HEDDLE_SIM_BASE_LARGE_STACK_H_
#define HEDDLE_SIM_BASE_LARGE_STACK_H_

#include <functional>

namespace heddle::sim {

// Calls `work`, on a stack of 512 MiB of which only what is touched costs memory, and waits for it.
// Without address space for such a stack it is called on the present one. REQUIRES: it does not
// throw.
void RunOnLargeStack(const std::function<void()>& work);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_BASE_LARGE_STACK_H_
