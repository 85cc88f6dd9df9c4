// SPDX-License-Identifier: Apache-2.0
// The operation codes of the primitives and the status codes of their results.
#ifndef HEDDLE_MODELS_SYNC_OPERATIONS_H_
#define HEDDLE_MODELS_SYNC_OPERATIONS_H_

#include <cstdint>

#include "sim/operation.h"

namespace heddle::sync {

enum Op : sim::OpCode {
#define HEDDLE_OPERATION(enumerator, name, blocked, category, release, pure) enumerator,
#include "models/sync/operations.def"
#undef HEDDLE_OPERATION
  kNumOps
};

// Result::status. Panics can be recovered, fatal errors cannot; what they say is Message's.
enum Status : uint8_t {
  kOk = 0,
  kPanicSendOnClosed,     // send on closed channel
  kPanicCloseOfClosed,    // close of closed channel
  kPanicCloseOfNil,       // close of nil channel
  kPanicNegativeCounter,  // sync: negative WaitGroup counter
  kPanicReusedWaitGroup,  // sync: WaitGroup is reused before previous Wait has returned
  kFatalUnlock,           // fatal error: sync: unlock of unlocked mutex
  kFatalRUnlock,          // fatal error: sync: RUnlock of unlocked RWMutex
  kFatalRwUnlock,         // fatal error: sync: Unlock of unlocked RWMutex
};

// Go's text of a panic or fatal error, without its "panic: " or "fatal error: ".
const char* Message(Status status);
// The finding kind of an uncaught one: "double-close", "mutex-misuse", ...
const char* FindingKindName(Status status);
inline bool IsFatal(Status status) { return status >= kFatalUnlock; }

// Part of the initial state of a channel operand: a timer sends there.
inline constexpr int32_t kTicks = 1 << 30;

// How a timer expires: the code of the first operand of kArm and kFire.
enum TimerMode : sim::OpCode { kSleepTimer, kChannelTimer, kFunctionTimer, kTickerTimer };

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_OPERATIONS_H_
