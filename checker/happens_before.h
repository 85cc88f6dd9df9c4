// SPDX-License-Identifier: Apache-2.0
// HappensBefore: the Go memory model's order, as one vector clock per task.
//
// A relation of its own: the causal order of the search also orders, say, two sends on one channel,
// and would hide races between them. Every event carries what it synchronizes after; this class
// only joins clocks. A clock is a tree of blocks of entries; blocks are shared between clocks and
// never changed, so that a clock over ten thousand tasks passes on at the cost of what is new in
// it. Invariant: a task's own entry counts its events, so an access made after its n-th event has
// epoch n. Source: The Go Memory Model; vector clocks as in FastTrack (Flanagan, Freund, PLDI
// 2009).
#ifndef HEDDLE_CHECKER_HAPPENS_BEFORE_H_
#define HEDDLE_CHECKER_HAPPENS_BEFORE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "sim/record.h"

namespace heddle::checker {

class HappensBefore {
 public:
  HappensBefore() { Reset(); }
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
  // In a leaf: how many epochs of each of 8 tasks are covered. Above: the numbers of the blocks
  // below. Block 0 is all zeros, which says at any level that nothing is covered.
  static constexpr uint32_t kWidth = 8, kShift = 3;
  using Block = std::array<uint32_t, kWidth>;
  struct Clock {
    uint32_t root = 0;
    uint32_t level = 0;  // of the root; leaves are at level 0
    friend bool operator==(Clock, Clock) = default;
  };
  // What a part of an event passes on: its task's clock, its own accesses included. Most are never
  // asked for, so the entry of the task itself waits until one is.
  struct Released {
    Clock clock;
    uint32_t task = 0;
    uint32_t epochs = 0;  // 0: the entry is in the clock
  };

  Clock Join(Clock a, Clock b);
  // The clock with the task's own entry raised.
  Clock Raised(Clock clock, uint32_t task, uint32_t epochs);
  // The same clock, with its root at that level. REQUIRES: not below its own.
  Clock AtLevel(Clock clock, uint32_t level);
  uint32_t JoinBlocks(uint32_t a, uint32_t b, uint32_t level);
  uint32_t RaiseBlock(uint32_t block, uint32_t level, uint32_t task, uint32_t epochs);
  uint32_t NewBlock(const Block& block);
  uint32_t EntryOf(Clock clock, uint32_t task) const;
  Clock& Current(uint32_t task);
  Clock ReleasedBy(uint32_t part);

  std::vector<Block> blocks_;
  std::vector<Clock> current_;        // by row of the record
  std::vector<uint32_t> own_;         // events done, by row
  std::vector<Released> released_;    // by event part
  std::vector<uint32_t> first_part_;  // by event: where its parts begin in released_
  uint32_t next_row_ = 0;             // rows before it have clocks
  bool exhausted_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_HAPPENS_BEFORE_H_
