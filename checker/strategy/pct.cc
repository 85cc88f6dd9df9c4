// SPDX-License-Identifier: Apache-2.0
// Priorities of tasks, and the steps at which they change.
#include "checker/strategy/pct.h"

#include <algorithm>
#include <functional>

#include "sim/execution.h"

namespace heddle::checker {

using sim::Label;
using sim::TaskId;

void PctSearch::Prepare() {
  step_ = 0;
  changes_.clear();
  while (changes_.size() < std::min<uint64_t>(kDepth - 1, most_steps_)) {
    const uint64_t at = 1 + random_.Below(most_steps_);
    if (std::find(changes_.begin(), changes_.end(), at) == changes_.end()) changes_.push_back(at);
  }
  std::sort(changes_.begin(), changes_.end(), std::greater<>());
}

uint64_t& PctSearch::PriorityOf(TaskId task) {
  if (task.value >= tasks_.size()) tasks_.resize(task.value + 64);
  Task& t = tasks_[task.value];
  if (t.execution != begun()) t = {begun(), kDepth + (random_.Next() >> 1)};
  return t.priority;
}

std::optional<Label> PctSearch::Choose(sim::Execution& execution) {
  const std::vector<Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  auto urgent = [&] {
    return MostUrgent(enabled, [&](TaskId task, uint32_t) { return PriorityOf(task); });
  };
  if (enabled.size() == 1) return enabled[0];
  if (++step_ > most_steps_) return AnyMove(enabled);
  if (!changes_.empty() && changes_.back() == step_) {
    const Label next = urgent();
    // Of two that meet, the less urgent one came last: it is the one that moves.
    TaskId mover = next.task;
    if (next.joint() && PriorityOf(next.partner) < PriorityOf(mover)) mover = next.partner;
    PriorityOf(mover) = changes_.size();  // a later change drops lower still
    changes_.pop_back();
  }
  return urgent();
}

void PctSearch::EndExecution(const sim::Record& record, const CausalOrder&) {
  most_tasks_ = std::max<uint64_t>(most_tasks_, record.num_tasks);
  most_steps_ = std::max(most_steps_, step_);
}

}  // namespace heddle::checker
