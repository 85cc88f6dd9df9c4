// SPDX-License-Identifier: Apache-2.0
// Depth-first enumeration by re-execution.
#include "checker/strategy/exhaustive.h"

#include <fmt/format.h>

#include "sim/execution.h"

namespace heddle::checker {

bool ExhaustiveSearch::BeginExecution() {
  if (first_) {
    first_ = false;
    return true;
  }
  while (!levels_.empty()) {
    if (++levels_.back().next < levels_.back().enabled.size()) return true;
    levels_.pop_back();
  }
  return false;
}

std::optional<sim::Label> ExhaustiveSearch::Choose(sim::Execution& execution) {
  size_t i = execution.record().events.size();
  if (i == levels_.size()) {
    if (execution.Enabled().empty()) return std::nullopt;
    levels_.push_back({execution.Enabled()});
  } else if (execution.Enabled() != levels_[i].enabled) {
    mismatch_ = fmt::format("at step {} it can do something else than before", i + 1);
    return std::nullopt;
  }
  return levels_[i].enabled[levels_[i].next];
}

void ExhaustiveSearch::EndExecution(const sim::Record&, const CausalOrder&) {}

}  // namespace heddle::checker
