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

double ExhaustiveSearch::ShareDone() const {
  double done = 0, here = 1;
  for (const Level& level : levels_) {
    here /= static_cast<double>(level.enabled.size());
    done += here * static_cast<double>(level.next);
  }
  return done + here;
}

void ExhaustiveSearch::EndExecution(const sim::Record&, const CausalOrder&) {}

}  // namespace heddle::checker
