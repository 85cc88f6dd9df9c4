// SPDX-License-Identifier: Apache-2.0
// HappensBefore: the Go memory model's order, as one vector clock per task.
//
// A relation of its own: the causal order of the search also orders, say, two sends on one channel,
// and would hide races between them. Every event carries what it synchronizes after; this class
// only joins clocks. Invariant: a task's own entry counts its events, so an access made after its
// n-th event has epoch n. Source: The Go Memory Model; vector clocks as in FastTrack (Flanagan,
// Freund, PLDI 2009).
#ifndef HEDDLE_CHECKER_HAPPENS_BEFORE_H_
#define HEDDLE_CHECKER_HAPPENS_BEFORE_H_

#include <cstdint>
#include <span>
#include <vector>

#include "sim/record.h"

namespace heddle::checker {

class HappensBefore {
 public:
  void Reset();
  // REQUIRES: called for every event, in order.
  void OnEvent(const sim::Record& record, sim::EventIndex event);

  // How many events the task has done.
  uint32_t Epoch(uint32_t task) const { return task < own_.size() ? own_[task] : 0; }
  // What task `other` did up to its epoch `epoch` is before what `task` does now.
  bool Covers(uint32_t task, uint32_t other, uint32_t epoch) const;
  // The clocks outgrew their budget: from then on the order is not known.
  bool exhausted() const { return exhausted_; }

 private:
  // Sorted by task; a missing entry is 0. The first `epochs` epochs of the task are covered.
  struct Entry {
    uint32_t task, epochs;
  };
  // Entries of the arena: a clock once written is never changed, so clocks may share them.
  struct Clock {
    uint32_t begin = 0, size = 0;
  };
  std::span<const Entry> EntriesOf(Clock clock) const {
    return {arena_.data() + clock.begin, clock.size};
  }
  Clock Join(Clock a, Clock b);
  // The clock with the task's own entry raised.
  Clock Raised(Clock clock, uint32_t task, uint32_t epochs);
  Clock& Current(uint32_t task);

  std::vector<Entry> arena_;
  std::vector<Clock> current_;        // by row of the record
  std::vector<uint32_t> own_;         // events done, by row
  std::vector<Clock> released_;       // by event part: what it passes on
  std::vector<uint32_t> first_part_;  // by event: where its parts begin in released_
  uint32_t next_row_ = 0;             // rows before it have clocks
  bool exhausted_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_HAPPENS_BEFORE_H_
