// SPDX-License-Identifier: Apache-2.0
// PctSearch: probabilistic concurrency testing.
//
// Tasks have random priorities, the most urgent one moves; at d-1 steps drawn in advance the task
// about to move becomes the least urgent. A bug that d events in a certain order are enough for is
// then met with a chance of at least 1/(n k^(d-1)), with n tasks and k steps at which there was a
// choice. n and k are the largest seen so far; the first execution, which looks for them, and
// what an execution has beyond them are random walks, so that no loop runs for ever. Source:
// Burckhardt, Kothari, Musuvathi, Nagarakatte: A Randomized Scheduler with Probabilistic
// Guarantees of Finding Bugs, ASPLOS 2010.
#ifndef HEDDLE_CHECKER_STRATEGY_PCT_H_
#define HEDDLE_CHECKER_STRATEGY_PCT_H_

#include <vector>

#include "checker/strategy/sampling.h"

namespace heddle::checker {

class PctSearch : public SamplingSearch {
 public:
  static constexpr uint32_t kDepth = 3;  // d

  using SamplingSearch::SamplingSearch;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;

  // n and k.
  uint64_t most_tasks() const { return most_tasks_; }
  uint64_t most_steps() const { return most_steps_; }

 private:
  struct Task {
    uint64_t execution = 0;  // in which it was drawn
    uint64_t priority = 0;
  };
  void Prepare() override;
  uint64_t& PriorityOf(sim::TaskId task);

  uint64_t most_tasks_ = 0, most_steps_ = 0;
  // Of the current execution.
  uint64_t step_ = 0;              // of those with a choice
  std::vector<uint64_t> changes_;  // the steps at which a priority drops, the last one first
  std::vector<Task> tasks_;        // by TaskId
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_PCT_H_
