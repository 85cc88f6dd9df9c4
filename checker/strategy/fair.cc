// SPDX-License-Identifier: Apache-2.0
// Taking turns.
#include "checker/strategy/fair.h"

#include "checker/cycle_watch.h"
#include "sim/execution.h"

namespace heddle::checker {

void FairSearch::Prepare() { beginning_ = random_.Below(4 * begun() - 3); }

std::optional<sim::Label> FairSearch::Choose(sim::Execution& execution) {
  const std::vector<sim::Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  if (execution.record().events.size() < beginning_) return AnyMove(enabled);
  return enabled[FairestOf(enabled, execution.record())];
}

}  // namespace heddle::checker
