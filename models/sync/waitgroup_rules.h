// SPDX-License-Identifier: Apache-2.0
// The abstract state of a WaitGroup: Adds and Dones commute, and Wait reads them all.
//
// That is so while every execution is tame (waitgroup_order.h). Of a strict WaitGroup, Adds commute
// with Adds and Dones with Dones, but an Add and a Done are ordered.
#ifndef HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_
#define HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

// Events of one sort, of each task only the last: it is after the earlier ones anyway.
class LastOfEachTask {
 public:
  void Clear();
  void Push(TaskId task, EventIndex event);
  bool empty() const { return events_.empty(); }
  // The latest of all.
  EventIndex Latest() const { return events_.back().second; }
  void AddAll(Effect* effect) const;
  // Calls `visit` with each event, in order.
  template <class Visit>
  void ForEach(const Visit& visit) const {
    for (const auto& [task, event] : events_) {
      if (event != kNoEvent) visit(event);
    }
  }

 private:
  // Few tasks are looked through, of many the places are known.
  static constexpr size_t kFew = 32;
  static constexpr uint32_t kNowhere = UINT32_MAX;
  void Index();

  // In the order of the events. Of many, those that were replaced stay for a while, as kNoEvent.
  std::vector<std::pair<TaskId, EventIndex>> events_;
  std::vector<uint32_t> place_;  // by TaskId; empty while there are few
  size_t replaced_ = 0;
};

struct WaitGroupState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kWaitGroup;
  WaitGroupState() : ObjectState(kKind) {}
  // `initial`: the counter of a copy.
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  int64_t counter = 0;
  LastOfEachTask adds;     // positive
  LastOfEachTask dones;    // negative
  LastOfEachTask waits;    // that have returned
  LastOfEachTask misuses;  // panicked: the counter would have become negative
  // Parked Waits that a Done has woken by bringing the counter to zero: they return, or panic when
  // the counter has risen again meanwhile.
  std::vector<TaskId> woken;
  // Ideal time: the counter when time last moved, and the first event here since.
  uint32_t epoch = 0;
  int64_t counter_then = 0;
  EventIndex since = 0;
};

extern const Rules kWgAddRules, kWgWaitRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_WAITGROUP_RULES_H_
