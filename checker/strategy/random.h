// SPDX-License-Identifier: Apache-2.0
// RandomSearch: one random schedule after another; draws the task first, then what it does.
#ifndef HEDDLE_CHECKER_STRATEGY_RANDOM_H_
#define HEDDLE_CHECKER_STRATEGY_RANDOM_H_

#include "checker/strategy/sampling.h"

namespace heddle::checker {

class RandomSearch : public SamplingSearch {
 public:
  using SamplingSearch::SamplingSearch;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_RANDOM_H_
