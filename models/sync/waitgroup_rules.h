// SPDX-License-Identifier: Apache-2.0
// The abstract state of a WaitGroup: Adds commute with Adds and Dones with Dones; Wait reads them all.
#ifndef HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_
#define HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct WaitGroupState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kWaitGroup;
  WaitGroupState() : ObjectState(kKind) {}
  // `initial`: the counter of a copy.
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  int64_t counter = 0;
  std::vector<EventIndex> adds;      // positive
  std::vector<EventIndex> dones;     // negative
  std::vector<EventIndex> waits;     // that have returned
  std::vector<EventIndex> misuses;   // panicked: the counter would have become negative
};

extern const Rules kWgAddRules, kWgWaitRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_
