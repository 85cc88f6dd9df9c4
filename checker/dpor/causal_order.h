// SPDX-License-Identifier: Apache-2.0
// CausalOrder: the transitive closure of the direct predecessors of one execution, as rows of bits.
//
// What DPOR papers call happens-before. Not the Go memory model's order: that is HappensBefore.
// Executions that begin alike share the rows of what they have in common. Invariant: a name of an
// event depends on its label and its past alone, so that it means the same in every execution.
#ifndef HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_
#define HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_

#include <cstdint>
#include <vector>

#include "checker/dpor/bits.h"
#include "sim/record.h"

namespace heddle::checker {

class CausalOrder {
 public:
  // Of the first `n` events of the record. The first `kept` of them are those of the Build before.
  void Build(const sim::Record& record, const sim::PathTable& paths, uint32_t n, uint32_t kept = 0);

  uint32_t size() const { return n_; }
  // The words of every row; what lies beyond the events is zero.
  size_t stride() const { return stride_; }
  // The causal past of event `i`, without `i`.
  const uint64_t* Past(uint32_t i) const { return past_.data() + static_cast<size_t>(i) * stride_; }
  // What is causally after event `i`, with `i` itself.
  const uint64_t* Future(uint32_t i) const {
    return future_.data() + static_cast<size_t>(i) * stride_;
  }
  bool Before(uint32_t a, uint32_t b) const { return Past(b)[a / 64] >> a % 64 & 1; }
  // The part of the past that program order and spawns alone give: below the task's own last
  // events.
  void Above(const sim::Record& record, uint32_t i, Bits* out) const;
  // The event's name: its label and its past.
  uint64_t Name(uint32_t i) const { return names_[i]; }
  // The name that an event of this label would have after `past`.
  uint64_t NameOf(uint64_t label_hash, const Bits& past) const;
  // A name of the equivalence class: equal for executions with equal causal order.
  uint64_t ClassHash() const;
  // Some event is a barrier: time has moved.
  bool has_barrier() const { return barriers_ > 0; }

 private:
  void Grow(uint32_t n);
  void AddRow(const sim::Record& record, uint32_t i);

  uint32_t n_ = 0;
  size_t stride_ = 0;
  uint32_t barriers_ = 0;
  std::vector<uint64_t> past_, future_;
  std::vector<uint64_t> label_hashes_, names_;
  std::vector<bool> is_barrier_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_CAUSAL_ORDER_H_
