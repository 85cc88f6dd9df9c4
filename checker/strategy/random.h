// SPDX-License-Identifier: Apache-2.0
// RandomSearch: one random schedule after another; draws the task first, then what it does.
#ifndef HEDDLE_CHECKER_STRATEGY_RANDOM_H_
#define HEDDLE_CHECKER_STRATEGY_RANDOM_H_

#include <vector>

#include "checker/search.h"
#include "sim/base/random.h"
#include "sim/operation.h"

namespace heddle::checker {

class RandomSearch : public Search {
 public:
  // Ends after `executions` runs; 0: never.
  RandomSearch(uint64_t seed, uint64_t executions);

  bool BeginExecution() override;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;
  bool exhausts() const override { return false; }

 private:
  uint64_t seed_;
  uint64_t executions_;
  uint64_t begun_ = 0;
  sim::Random random_;
  std::vector<sim::TaskId> tasks_;  // with something enabled
  std::vector<uint64_t> stamps_;    // by TaskId: the choice at which it was last listed
  uint64_t stamp_ = 0;
  std::vector<sim::Label> labels_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_RANDOM_H_
