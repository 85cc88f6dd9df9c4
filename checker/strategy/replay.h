// SPDX-License-Identifier: Apache-2.0
// ReplaySearch: one execution along given labels, and not a step further.
#ifndef HEDDLE_CHECKER_STRATEGY_REPLAY_H_
#define HEDDLE_CHECKER_STRATEGY_REPLAY_H_

#include <string>
#include <vector>

#include "checker/search.h"
#include "sim/schedule.h"

namespace heddle::checker {

class ReplaySearch : public Search {
 public:
  explicit ReplaySearch(sim::Schedule schedule);

  bool BeginExecution() override;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;
  bool exhausts() const override { return false; }
  bool needs_order() const override { return false; }

  // What in the schedule did not fit the program; empty: it was followed to its end.
  const std::string& mismatch() const { return mismatch_; }

 private:
  sim::Schedule schedule_;
  bool begun_ = false;
  size_t at_ = 0;
  std::string mismatch_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_REPLAY_H_
