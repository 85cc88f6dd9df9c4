// SPDX-License-Identifier: Apache-2.0
// FairSearch: executions in which all tasks move in turn: whoever has waited the longest is next.
//
// The first one from the start on, the others after a random beginning. Goroutines that give way to
// each other forever do so in such an order, which a search that goes deep first comes to late.
#ifndef HEDDLE_CHECKER_STRATEGY_FAIR_H_
#define HEDDLE_CHECKER_STRATEGY_FAIR_H_

#include "checker/strategy/sampling.h"

namespace heddle::checker {

class FairSearch : public SamplingSearch {
 public:
  using SamplingSearch::SamplingSearch;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;

 protected:
  void Prepare() override;

 private:
  size_t beginning_ = 0;  // events
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_FAIR_H_
