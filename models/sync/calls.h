// SPDX-License-Identifier: Apache-2.0
// The primitives as calls of the running task: what the C++ API and the Go VM are thin clients of.
//
// Each call announces one operation (a few announce several in a row), waits to be chosen, and
// returns what it gave. Calls are made on a task's fiber. Objects are named by Operands: an
// ObjectId, fixed at creation, and the state that the object was created with. Values live with the
// client: channels move opaque slots.
#ifndef HEDDLE_MODELS_SYNC_CALLS_H_
#define HEDDLE_MODELS_SYNC_CALLS_H_

#include <cstdint>
#include <functional>
#include <span>

#include "models/sync/operations.h"
#include "sim/execution.h"

namespace heddle::sync {

// Where in the program a call is made, and whether it repeats a round without effect
// (sim::Operation).
struct CallSite {
  uint64_t site = 0;
  uint32_t await_from = sim::Operation::kNotAwaiting;
};

// Result of a call that the teardown of the execution interrupted: the caller returns at once.
inline bool Abandoned(const sim::Result& r) { return r.status == sim::Result::kAbandoned; }
inline Status StatusOf(const sim::Result& r) { return static_cast<Status>(r.status); }

// An object other than a channel: its id and the state it was created (or copied) with, 0 when new.
struct ObjectRef {
  sim::ObjectId id;
  int32_t initial = 0;
};

// A channel; the nil channel has no id.
struct ChannelRef {
  sim::ObjectId id;
  int32_t capacity = 0;
  sim::PayloadStore* store = nullptr;
  bool ticks = false;  // a timer sends there
};

// ---- Tasks
// `client` must live as long as the execution.
sim::TaskId Go(sim::Execution& ex, std::function<void()> body, sim::TaskClient* client,
               CallSite at);
// One of 0 .. n-1, each explored. REQUIRES: n > 0.
sim::Result Choose(sim::Execution& ex, int64_t n, CallSite at);  // .alternative
sim::Result Yield(sim::Execution& ex, CallSite at);
// Never happens: the task has gone as far as a bound lets it.
sim::Result StopAtBound(sim::Execution& ex, CallSite at);
sim::Result NumTasks(sim::Execution& ex, CallSite at);  // .value

// ---- Channels
// .status: kOk or a panic; .flag of a receive: a value was received (false: closed).
sim::Result Send(sim::Execution& ex, const ChannelRef& c, void* from, CallSite at);
sim::Result Receive(sim::Execution& ex, const ChannelRef& c, void* to, CallSite at);
sim::Result Close(sim::Execution& ex, const ChannelRef& c, CallSite at);
sim::Result Len(sim::Execution& ex, const ChannelRef& c, CallSite at);  // .value

struct SelectCase {
  ChannelRef channel;
  bool send = false;
  void* slot = nullptr;  // the value to send, or where the received one goes
};
// .alternative: the case, or sim::kDefault; .flag and .status as for send and receive.
sim::Result Select(sim::Execution& ex, std::span<const SelectCase> cases, bool has_default,
                   CallSite at);

// ---- Locks and their kin

// One operation of a code without arguments: kLock, kTryLock (.flag), kUnlock (.status), kRLock,
// kTryRLock, kRUnlock, kOnceEnter (.flag: run the function, then kOnceLeave), kOnceLeave, kSignal,
// kBroadcast, kWgWait, kLoad, kStore, kRmw (the value is the client's: read or write it right after
// the call).
sim::Result Act(sim::Execution& ex, Op code, const ObjectRef& object, CallSite at);
// RWMutex.Lock, TryLock (.flag) and Unlock (.status): two or three operations each.
sim::Result RwLock(sim::Execution& ex, const ObjectRef& object, CallSite at);
sim::Result RwTryLock(sim::Execution& ex, const ObjectRef& object, CallSite at);
sim::Result RwUnlock(sim::Execution& ex, const ObjectRef& object, CallSite at);
// .status; .value: the new counter.
sim::Result WaitGroupAdd(sim::Execution& ex, const ObjectRef& object, int64_t delta, CallSite at);
// Unlocks `mutex`, parks, returns when woken; the caller then locks again. Without a mutex (no id)
// the caller must pass `unlock`, called between the two operations.
sim::Result CondWait(sim::Execution& ex, const ObjectRef& cond, const ObjectRef& mutex,
                     const std::function<void()>& unlock, CallSite at);

// ---- Time
struct TimerRef {
  sim::ObjectId id;
  TimerMode mode = kSleepTimer;
  bool no_stale_values = false;  // go1.23: Stop and Reset take back a value that nobody received
  ChannelRef channel;            // of kChannelTimer and kTickerTimer, capacity 1
};
// Arms (or re-arms) for `duration` nanoseconds; for a ticker that is also the period, which must be
// positive. .flag: it had been armed (or, without stale values, had fired unseen). .value: the
// deadline.
sim::Result TimerArm(sim::Execution& ex, const TimerRef& timer, int64_t duration,
                     sim::TimerClient* client, CallSite at);
sim::Result TimerStop(sim::Execution& ex, const TimerRef& timer, CallSite at);  // .flag as above
sim::Result Now(sim::Execution& ex, CallSite at);                               // .value
// Returns at once when duration <= 0.
sim::Result Sleep(sim::Execution& ex, int64_t duration, CallSite at);

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_CALLS_H_
