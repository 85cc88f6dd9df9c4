// SPDX-License-Identifier: Apache-2.0
// Uniform random walks.
#include "checker/strategy/random.h"

#include <algorithm>

#include "sim/execution.h"

namespace heddle::checker {

RandomSearch::RandomSearch(uint64_t seed, uint64_t executions)
    : seed_(seed), executions_(executions), random_(seed) {}

bool RandomSearch::BeginExecution() {
  if (executions_ != 0 && begun_ >= executions_) return false;
  random_ = sim::Random(sim::HashCombine(seed_, begun_++));
  return true;
}

std::optional<sim::Label> RandomSearch::Choose(sim::Execution& execution) {
  const std::vector<sim::Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  tasks_.clear();
  for (const sim::Label& l : enabled) {
    if (std::find(tasks_.begin(), tasks_.end(), l.task) == tasks_.end()) tasks_.push_back(l.task);
  }
  sim::TaskId task = tasks_[random_.Below(tasks_.size())];
  labels_.clear();
  for (const sim::Label& l : enabled) {
    if (l.task == task) labels_.push_back(l);
  }
  return labels_[random_.Below(labels_.size())];
}

void RandomSearch::EndExecution(const sim::Record&) {}

}  // namespace heddle::checker
