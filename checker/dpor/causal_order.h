// SPDX-License-Identifier: Apache-2.0
// CausalOrder: the transitive closure of the direct predecessors of one execution, as rows of bits.
//
// What DPOR papers call happens-before. Not the Go memory model's order: that is HappensBefore.
#ifndef HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_
#define HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_

#include <cstdint>
#include <vector>

#include "checker/dpor/bits.h"
#include "sim/record.h"

namespace heddle::checker {

class CausalOrder {
 public:
  // Of the first `n` events of the record.
  void Build(const sim::Record& record, uint32_t n);

  uint32_t size() const { return n_; }
  // The causal past of event `i`, without `i`.
  const uint64_t* Past(uint32_t i) const { return rows_.data() + static_cast<size_t>(i) * stride_; }
  bool Before(uint32_t a, uint32_t b) const { return Past(b)[a / 64] >> a % 64 & 1; }
  // The part of the past that program order and spawns alone give: below the task's own last
  // events.
  void Above(const sim::Record& record, uint32_t i, Bits* out) const;
  // Adds to `set` all events after any of it.
  void CloseUpwards(Bits* set) const;
  // A name of the equivalence class: equal for executions with equal causal order.
  uint64_t ClassHash(const sim::Record& record, const sim::PathTable& paths) const;

 private:
  uint32_t n_ = 0;
  size_t stride_ = 0;
  std::vector<uint64_t> rows_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_
