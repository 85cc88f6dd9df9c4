// SPDX-License-Identifier: Apache-2.0
// The live half of a context node and the calls on it: shared by the C++ API and the Go VM.
//
// A client makes one ContextCore for every context that can be cancelled by itself (WithCancel,
// WithDeadline, AfterFunc); values, Background and WithoutCancel are the client's alone. Cores must
// live until the end of the execution. Errors and causes are two words each that the client gives a
// meaning; a parent's go over to the children that it cancels.
#ifndef HEDDLE_MODELS_SYNC_CONTEXT_H_
#define HEDDLE_MODELS_SYNC_CONTEXT_H_

#include <array>
#include <functional>
#include <vector>

#include "models/sync/calls.h"

namespace heddle::sync {

using ContextWords = std::array<uint64_t, 2>;

struct ContextCore {
  sim::ObjectId node;              // from Execution::NewObject
  ChannelRef done;                 // unbuffered; has an id of its own
  ContextCore* parent = nullptr;   // the nearest ancestor with a core; null: none can cancel it
  TimerRef timer;                  // of a deadline: kFunctionTimer; stopped by the cancel
  std::function<void()> function;  // of AfterFunc: run as a task of its own when cancelled
  sim::TaskClient* function_client = nullptr;

  // Set by the calls below, right after the event that cancelled it.
  bool cancelled = false;
  ContextWords err{};
  ContextWords cause{};
  std::vector<ContextCore*> children;  // attached and not detached yet
};

// Makes `child` a child of child.parent. True: the parent was cancelled already, so the child is
// now, with the parent's error and cause, and a function of its has been started.
bool ContextAttach(sim::Execution& ex, ContextCore& child, CallSite at);

// Cancels the node, then its descendants, detaches it from its parent and stops its timer. False:
// it had been cancelled before (or the execution is torn down), and nothing was done.
bool ContextCancel(sim::Execution& ex, ContextCore& core, ContextWords err, ContextWords cause,
                   CallSite at);

// Takes the node from its parent's children.
void ContextDetach(sim::Execution& ex, ContextCore& core, CallSite at);

// The stop function of AfterFunc. True: the function had not been started and never will be.
bool ContextStop(sim::Execution& ex, ContextCore& core, CallSite at);

// .flag: it is cancelled; then core.err holds the error. Waits while a cancel is visiting the
// children.
sim::Result ContextErr(sim::Execution& ex, ContextCore& core, CallSite at);

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_CONTEXT_H_
