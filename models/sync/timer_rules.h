// SPDX-License-Identifier: Apache-2.0
// The abstract state of a timer or ticker, and the rules of arming, stopping, expiring and reading
// the clock.
//
// Arming creates a task of kind kTimer whose operations are the expiries. Ideal time: a timer may
// expire once the clock, which moves only at quiescence, has reached its deadline. Asynchronous
// time: an armed timer may expire at any moment; what sees that it has not expired must not be
// later than its deadline (LocalTime). Source: Go package time; docs/dependence.md, "Time".
#ifndef HEDDLE_MODELS_SYNC_TIMER_RULES_H_
#define HEDDLE_MODELS_SYNC_TIMER_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

// Operands of kArm, kStop, kFire: [0] the timer (code: TimerMode; initial: 1 for timers without
// stale values, go1.23), [1] its channel, if it has one. arg of kArm and kFire: duration, or the
// period of a ticker.
struct TimerState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kTimer;
  TimerState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  TaskId active;  // the task of the armed expiry; none: not armed
  int64_t deadline = 0;
  uint32_t expiries = 0;       // so far
  EventIndex last = kNoEvent;  // the last operation on the timer, which orders the next
  EventRef armed;              // what the expiry synchronizes after
  // Async: the next expiry is no earlier than `start`; of a timer without a channel, what sees that
  // it has not expired is no later than `due`.
  LocalTime::Moment start, due;
  EventRef fired;  // the last expiry
};

extern const Rules kArmRules, kStopRules, kNowRules, kFireRules, kWakeRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_TIMER_RULES_H_
