// SPDX-License-Identifier: Apache-2.0
// ExhaustiveSearch: plain enumeration of actions, without any reduction: the reference for all
// other searches.
#ifndef HEDDLE_CHECKER_STRATEGY_EXHAUSTIVE_H_
#define HEDDLE_CHECKER_STRATEGY_EXHAUSTIVE_H_

#include <vector>

#include "checker/search.h"
#include "sim/operation.h"

namespace heddle::checker {

class ExhaustiveSearch : public Search {
 public:
  bool BeginExecution() override;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;
  bool exhausts() const override { return true; }
  bool needs_order() const override { return false; }
  double ShareDone() const override;
  std::string Mismatch() const override { return mismatch_; }

 private:
  struct Level {
    std::vector<sim::Label> enabled;
    size_t next = 0;  // which of them is being explored
  };
  std::vector<Level> levels_;
  bool first_ = true;
  std::string mismatch_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_EXHAUSTIVE_H_
