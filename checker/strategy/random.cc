// SPDX-License-Identifier: Apache-2.0
// Uniform random walks.
#include "checker/strategy/random.h"

#include "sim/execution.h"

namespace heddle::checker {

std::optional<sim::Label> RandomSearch::Choose(sim::Execution& execution) {
  return execution.model().DrawEnabled(random_);
}

}  // namespace heddle::checker
