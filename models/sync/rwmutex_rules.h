// SPDX-License-Identifier: Apache-2.0
// The abstract state of an RWMutex and its rules.
//
// A write lock is two events: the announcement, which keeps new readers out, and the acquisition
// once the readers are gone; merged into one, the deadlock of a recursive read lock would be lost.
// TryLock and the unlocks by a task that holds nothing are ordered with everything on the object
// (`barrier`).
#ifndef HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_
#define HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct RwMutexState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kRwMutex;
  RwMutexState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  // The writers' mutex.
  EventIndex taken = kNoEvent;           // who took it and has not released it; none: it is free
  EventRef release;                      // the last
  std::vector<EventIndex> failed_takes;  // TryLocks since that found it taken
  std::vector<EventIndex> seen_free;     // awaiting rounds that found it free

  // Readers, and the writer that has announced itself.
  EventIndex announced = kNoEvent;  // the announcement of the writer in or before its section
  TaskId announcer;                 // who made it
  EventIndex acquired = kNoEvent;
  EventRef write_unlock;                            // the last
  std::vector<EventIndex> read_locks;               // since the last write unlock
  std::vector<EventRef> read_unlocks;               // since the last write unlock
  std::vector<std::pair<TaskId, EventIndex>> held;  // read locks not released yet
  std::vector<std::pair<TaskId, int>>
      own;                       // read locks that a task has taken and not given back itself
  bool foreign_unlocks = false;  // a task gave back a read lock that it had not taken
  std::vector<EventIndex> failed_tries;  // TryRLocks that saw the announcement
  std::vector<EventIndex> all;           // everything of this second half since the barrier
  EventIndex barrier = kNoEvent;         // the last event that is ordered with everything
};

extern const Rules kRLockRules, kTryRLockRules, kRUnlockRules;
extern const Rules kRwTakeRules, kRwAnnounceRules, kRwAcquireRules, kRwUnlockRules;
extern const Rules kRwTryTakeRules, kRwTryAcquireRules, kRwReleaseRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_RWMUTEX_RULES_H_
