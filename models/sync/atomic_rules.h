// SPDX-License-Identifier: Apache-2.0
// The abstract state of an atomic variable: loads commute, writes do not. Its value is the
// client's. Source: Go memory model, "Atomic Values": sequentially consistent.
#ifndef HEDDLE_MODELS_SYNC_ATOMIC_RULES_H_
#define HEDDLE_MODELS_SYNC_ATOMIC_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct AtomicState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kAtomic;
  AtomicState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override { return ""; }

  EventRef write;                 // the last
  std::vector<EventIndex> loads;  // since the last write
};

// The dependences of an awaiting operation that read this object in its round (any kind but a
// channel).
void AwaitRead(ObjectState& object, EventIndex self, bool commit, Effect* effect);

extern const Rules kLoadRules;
extern const Rules kWriteRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_ATOMIC_RULES_H_
