// SPDX-License-Identifier: Apache-2.0
// Following a schedule.
#include "checker/strategy/replay.h"

#include <fmt/format.h>

#include "sim/execution.h"

namespace heddle::checker {

ReplaySearch::ReplaySearch(sim::Schedule schedule) : schedule_(std::move(schedule)) {}

bool ReplaySearch::BeginExecution() {
  bool first = !begun_;
  begun_ = true;
  at_ = 0;
  mismatch_.clear();
  return first;
}

std::optional<sim::Label> ReplaySearch::Choose(sim::Execution& execution) {
  if (at_ == schedule_.steps.size()) return std::nullopt;
  const sim::ScheduleStep& step = schedule_.steps[at_];
  std::optional<sim::Label> label = sim::Resolve(step, execution);
  if (!label.has_value()) {
    mismatch_ = fmt::format("step {} of the schedule ({}) is not possible there", at_ + 1,
                            sim::ToString(step));
    return std::nullopt;
  }
  ++at_;
  return label;
}

void ReplaySearch::EndExecution(const sim::Record&, const CausalOrder&) {}

}  // namespace heddle::checker
