// SPDX-License-Identifier: Apache-2.0
// LocalTime: can times be given to the events of an execution? (Asynchronous time.)
//
// Each event is no earlier than its direct predecessors, an expiry no earlier than its duration
// after what armed it, and what has seen a timer not expired no later than its deadline. These are
// difference constraints; kept is their least solution, from event to event: an event that comes
// too late for a deadline moves what armed the timer, and what depends on that, to later times.
// Invariant: time() satisfies all constraints of the events added, and no solution is smaller
// anywhere. Events before the first that arms a timer are at time 0 and not kept. Place: Machine
// asks it; timer_rules.cc and channel_rules.cc say who has seen what. Source: incremental shortest
// paths for difference constraints (Cotton, Maler, SAT 2006); local time as in Bengtsson, Jonsson,
// Lilius, Yi, CONCUR 1998.
#ifndef HEDDLE_MODELS_SYNC_LOCAL_TIME_H_
#define HEDDLE_MODELS_SYNC_LOCAL_TIME_H_

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/ids.h"

namespace heddle::sync {

class LocalTime {
 public:
  // A moment: so long after an event. No event: none.
  struct Moment {
    sim::EventIndex from = sim::kNoEvent;
    int64_t after = 0;
    bool valid() const { return from != sim::kNoEvent; }
  };
  // What might be the next event.
  struct Next {
    std::span<const sim::EventIndex> above, preds;  // it is no earlier than these,
    Moment start;                                   // nor than this,
    std::span<const Moment> limits;                 // and no later than each of these
  };

  void Clear();
  bool begun() const { return begin_ != sim::kNoEvent; }
  void Begin(sim::EventIndex first) { begin_ = first; }

  // There is a solution with this event too. If not, appends to `blockers` events of a cycle of
  // constraints, such that one of them is missing wherever there is one, beside `above`.
  bool Permits(const Next& next, std::vector<sim::EventIndex>* blockers);
  // REQUIRES: begun, and Permits(next).
  void Add(const Next& next);

  // The earliest possible by what is causally before alone: the same whatever else has happened.
  int64_t Earliest(const Next& next) const;
  int64_t EarliestOf(sim::EventIndex event) const {
    return event < begin_ ? 0 : earliest_[event - begin_];
  }
  // Times of all events, from event 0 on: the least that never decrease in the order in which they
  // were added; if there are none, the least. Empty: no timer was ever armed.
  std::vector<int64_t> Explain() const;

  // Some event came too late for a deadline if all had happened at the earliest.
  bool moved() const { return moved_; }

 private:
  struct Edge {
    uint32_t from, to, next;
    int64_t weight;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  int64_t TimeOf(sim::EventIndex event) const { return event < begin_ ? 0 : time_[event - begin_]; }
  int64_t Reached(const Next& next) const;
  void Append(const Next& next, int64_t time);
  void Connect(sim::EventIndex from, uint32_t to, int64_t weight);
  void RemoveLast(size_t edges);
  bool Raise(uint32_t node, uint32_t by, int64_t time);
  bool Settle(const Next& next);
  void CollectBlockers(const Next& next, std::vector<sim::EventIndex>* out) const;

  sim::EventIndex begin_ = sim::kNoEvent;
  std::vector<int64_t> time_, earliest_;  // by event, from begin_ on
  std::vector<uint32_t> head_;            // its constraints, as a list in edges_
  std::vector<Edge> edges_;
  bool moved_ = false;
  // Scratch of Settle.
  std::vector<uint32_t> queue_, parent_;  // by event: the edge that raised it last
  std::vector<uint8_t> queued_;           // by event; all 0 between calls
  std::vector<std::pair<uint32_t, int64_t>> undo_;
};

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_LOCAL_TIME_H_
