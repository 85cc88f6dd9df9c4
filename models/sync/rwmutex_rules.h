// SPDX-License-Identifier: Apache-2.0
// The abstract state of an RWMutex and its rules.
//
// A write lock is two events: the announcement, which keeps new readers out, and the acquisition
// once the readers are gone; merged into one, the deadlock of a recursive read lock would be lost.
// The announcement takes the writers' mutex too. A TryLock is two events as well: it takes that
// mutex, then looks at the readers, and on failure gives it back. The unlocks by a task that holds
// nothing are ordered with everything on the object (`barrier`).
#ifndef HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_
#define HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct RwMutexState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kRwMutex;
  RwMutexState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  // The writers' mutex: who took it (an announcement or the first half of a TryLock), who gave it
  // back the last time, and the TryLocks that failed meanwhile.
  EventIndex writer = kNoEvent;
  EventIndex writer_left = kNoEvent;
  std::vector<EventIndex> failed_takes;

  EventIndex announced = kNoEvent;  // what keeps new readers out
  TaskId announcer;                 // whose it is
  EventIndex acquired = kNoEvent;
  EventRef write_unlock;               // the last
  std::vector<EventIndex> read_locks;  // since the last write unlock
  std::vector<EventRef> read_unlocks;  // since the last write unlock
  std::vector<EventIndex> looks;       // TryLocks that saw readers, since the last write unlock
  std::vector<std::pair<TaskId, EventIndex>> held;  // read locks not released yet
  std::vector<std::pair<TaskId, int>>
      own;                       // read locks that a task has taken and not given back itself
  bool foreign_unlocks = false;  // a task gave back a read lock that it had not taken
  std::vector<EventIndex> failed_tries;  // TryRLocks that saw the announcement
  std::vector<EventIndex> all;           // everything since the barrier
  EventIndex barrier = kNoEvent;         // the last event that is ordered with everything
};

extern const Rules kRLockRules, kTryRLockRules, kRUnlockRules;
extern const Rules kRwAnnounceRules, kRwAcquireRules, kRwUnlockRules;
extern const Rules kRwTryAnnounceRules, kRwTryAcquireRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_
