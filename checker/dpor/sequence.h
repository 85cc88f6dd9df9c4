// SPDX-License-Identifier: Apache-2.0
// Sequence: what is left of the sequence v of `emit`, on the what-if machine after E.v.
//
// Knows which of its steps have no predecessor in it. Source: weak initials, JACM 2017, definition
// 6.2.
#ifndef HEDDLE_CHECKER_DPOR_SEQUENCE_H_
#define HEDDLE_CHECKER_DPOR_SEQUENCE_H_

#include <cstdint>
#include <vector>

#include "checker/dpor/what_if.h"

namespace heddle::checker {

class Sequence {
 public:
  struct Item {
    sim::Step step;
    uint32_t index;               // on the what-if machine
    std::vector<uint32_t> preds;  // direct predecessors, on the what-if machine
    bool in_v = true;
  };

  explicit Sequence(WhatIf& what_if) : what_if_(what_if) {}

  void Add(const sim::Step& step, uint32_t index, std::vector<uint32_t> preds);
  bool empty() const { return left_ == 0; }
  const std::vector<Item>& items() const { return items_; }

  // What to do with a weak initial: nothing, or let it go over from v (or as a new event) to E; a
  // new event of the record itself, or one of a wakeup tree, after which its tasks' next operations
  // are not known.
  enum class Take { kNo, kFromRecord, kFromTree };

  // WI(E, v, y).
  bool WeakInitial(const sim::Step& y, Take take);

 private:
  bool InV(uint32_t index) const { return index < in_v_.size() && in_v_[index]; }

  WhatIf& what_if_;
  std::vector<Item> items_;
  std::vector<char> in_v_;  // by what-if index
  size_t left_ = 0;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_SEQUENCE_H_
