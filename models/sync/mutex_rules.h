// SPDX-License-Identifier: Apache-2.0
// The abstract state of a Mutex and the rules of Lock, TryLock and Unlock.
//
// Any waiter may get the lock next and a newcomer may overtake the waiters; under ideal time, a
// waiter that was seen waiting at an earlier quiescence goes before one seen later.
#ifndef HEDDLE_MODELS_SYNC_MUTEX_RULES_H_
#define HEDDLE_MODELS_SYNC_MUTEX_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct MutexState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kMutex;
  MutexState() : ObjectState(kKind) {}
  // `initial`: 1 when it was copied while locked.
  void Reset(int32_t initial) override;
  std::string Describe() const override { return locked ? "locked" : "unlocked"; }

  bool locked = false;
  EventIndex holder = kNoEvent;          // the Lock that holds it; none when it was copied locked
  EventRef unlock;                       // the last Unlock
  std::vector<EventIndex> failed_tries;  // since that Lock
  std::vector<EventIndex> misuses;       // Unlocks of the unlocked mutex since the last Unlock
};

// The shares that Cond.Wait needs as well: an unlock by part 0 of the next event. False: it was not
// locked.
bool UnlockMutex(Machine& m, MutexState& s, bool commit, Effect* effect);

extern const Rules kLockRules;
extern const Rules kTryLockRules;
extern const Rules kUnlockRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_MUTEX_RULES_H_
