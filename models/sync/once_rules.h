// SPDX-License-Identifier: Apache-2.0
// The abstract state of a Once: the first entry is like a lock and its end like an unlock; entries
// after the end commute.
#ifndef HEDDLE_MODELS_SYNC_ONCE_RULES_H_
#define HEDDLE_MODELS_SYNC_ONCE_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct OnceState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kOnce;
  OnceState() : ObjectState(kKind) {}
  // `initial`: 1 when it was copied after its function had returned.
  void Reset(int32_t initial) override;
  std::string Describe() const override {
    return done ? "done" : entered != kNoEvent ? "running" : "not run";
  }

  EventIndex entered = kNoEvent;
  bool done = false;
  EventRef left;
};

extern const Rules kOnceEnterRules, kOnceLeaveRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_ONCE_RULES_H_
