// SPDX-License-Identifier: Apache-2.0
// The abstract state of a Cond. Wait is one event (take a ticket, unlock, park), then a parked
// operation that a Signal (jointly) or a Broadcast completes, then an ordinary Lock. Signal wakes
// the longest waiter.
#ifndef HEDDLE_MODELS_SYNC_COND_RULES_H_
#define HEDDLE_MODELS_SYNC_COND_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct CondState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kCond;
  CondState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  struct Waiter {
    TaskId task;
    uint32_t position;  // of its parked operation
    EventIndex wait;
  };
  std::vector<Waiter> waiters;
  std::vector<EventIndex> removals;  // signals that woke one, since the last broadcast
  std::vector<EventIndex> in_vain;   // signals that woke none, since the last broadcast
  std::vector<EventIndex> all;       // everything since the last broadcast
  EventIndex broadcast = kNoEvent;   // the last
};

extern const Rules kCondWaitRules, kCondParkedRules, kSignalRules, kBroadcastRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_COND_RULES_H_
