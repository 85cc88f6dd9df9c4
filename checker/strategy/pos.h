// SPDX-License-Identifier: Apache-2.0
// PosSearch: partial order sampling.
//
// Every pending operation has a random priority, and the most urgent enabled one moves. Whatever
// raced with it (was enabled beside it, and is after it now, or no longer possible) draws anew, so
// that each order of two racing events is as likely as the other, however many steps lie between
// them. What races with what is asked of the model. Source: Yuan, Yang, Gu: Partial Order Aware
// Concurrency Sampling, CAV 2018.
#ifndef HEDDLE_CHECKER_STRATEGY_POS_H_
#define HEDDLE_CHECKER_STRATEGY_POS_H_

#include <vector>

#include "checker/strategy/sampling.h"
#include "sim/execution.h"

namespace heddle::checker {

class PosSearch : public SamplingSearch {
 public:
  using SamplingSearch::SamplingSearch;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;

 private:
  void Prepare() override { before_.clear(); }

  // The operation that a task stands at, and how urgent it is.
  struct Pending {
    uint64_t execution = 0;  // in which it was drawn
    uint32_t position = 0;
    uint64_t priority = 0;
    uint64_t enabled_at = 0;  // the last choice at which it had a label
    uint64_t redrawn_at = 0;
  };
  Pending& Find(sim::TaskId task, uint32_t position);
  void Redraw(Pending& pending);
  void RedrawRacing(sim::Execution& execution, const std::vector<sim::Label>& enabled);
  // True when `y`, enabled now, is directly after the last event.
  bool IsAfterLast(sim::Execution& execution, const sim::Label& y);

  std::vector<Pending> pending_;    // by TaskId
  std::vector<sim::Label> before_;  // what was enabled at the choice before
  uint64_t choice_ = 0;
  sim::Effect effect_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_POS_H_
