// SPDX-License-Identifier: Apache-2.0
// Uniform random walks.
#include "checker/strategy/random.h"

#include "sim/execution.h"

namespace heddle::checker {

std::optional<sim::Label> RandomSearch::Choose(sim::Execution& execution) {
  const std::vector<sim::Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  return AnyMove(enabled);
}

}  // namespace heddle::checker
