// SPDX-License-Identifier: Apache-2.0
// SamplingSearch: what the strategies that draw one execution after another have in common.
//
// Each execution has a generator of its own, made of the seed and the execution's number, so that
// it does not depend on how many draws the one before took. Samplers need no causal order, and the
// cost of a step does not grow with the execution.
#ifndef HEDDLE_CHECKER_STRATEGY_SAMPLING_H_
#define HEDDLE_CHECKER_STRATEGY_SAMPLING_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checker/search.h"
#include "sim/base/random.h"
#include "sim/operation.h"

namespace heddle::checker {

class SamplingSearch : public Search {
 public:
  // Ends after `executions` runs; 0: never.
  SamplingSearch(uint64_t seed, uint64_t executions)
      : seed_(seed), executions_(executions), random_(seed) {}

  bool BeginExecution() final;
  void EndExecution(const sim::Record&, const CausalOrder&) override {}
  bool exhausts() const final { return false; }
  bool needs_order() const final { return false; }

 protected:
  // The execution begins; random_ is its own.
  virtual void Prepare() {}

  // One of them, all equally likely. REQUIRES: not empty.
  template <class T>
  const T& Any(const std::vector<T>& of) {
    return of[random_.Below(of.size())];
  }
  // The task first, then one of the ways in which it may move. REQUIRES: not empty.
  sim::Label AnyMove(const std::vector<sim::Label>& enabled);
  // The actors of the labels, each once, in order; valid until the next call.
  const std::vector<sim::TaskId>& ActorsOf(const std::vector<sim::Label>& enabled);
  // One of the labels of that actor.
  sim::Label AnyOf(const std::vector<sim::Label>& enabled, sim::TaskId actor);

  // The label of highest rank. `priority` is that of an operation, given by task and position; a
  // joint label is as urgent as the less urgent of its two, since both must have come to it. What
  // is left equal, the alternatives of one operation, is drawn. REQUIRES: not empty.
  template <class Priority>
  sim::Label MostUrgent(const std::vector<sim::Label>& enabled, const Priority& priority) {
    best_.clear();
    std::pair<uint64_t, uint64_t> highest;
    for (const sim::Label& l : enabled) {
      const uint64_t own = priority(l.task, l.position);
      const uint64_t other = l.joint() ? priority(l.partner, l.partner_position) : own;
      const std::pair<uint64_t, uint64_t> rank = std::minmax(own, other);
      if (best_.empty() || rank > highest) {
        best_.clear();
        highest = rank;
      }
      if (rank == highest) best_.push_back(l);
    }
    return best_.size() == 1 ? best_[0] : Any(best_);
  }

  // How many executions have begun, with this one.
  uint64_t begun() const { return begun_; }

 private:
  uint64_t seed_;
  uint64_t executions_;
  uint64_t begun_ = 0;

 protected:
  sim::Random random_;

 private:
  std::vector<sim::TaskId> actors_;
  std::vector<uint64_t> stamps_;  // by TaskId: the choice at which it was last listed
  uint64_t stamp_ = 0;
  std::vector<sim::Label> own_, best_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_SAMPLING_H_
