// SPDX-License-Identifier: Apache-2.0
// Uniform random walks.
#include "checker/strategy/random.h"

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
  ++stamp_;
  for (const sim::Label& l : enabled) {
    if (l.task.value >= stamps_.size()) stamps_.resize(l.task.value + 64, 0);
    if (stamps_[l.task.value] == stamp_) continue;
    stamps_[l.task.value] = stamp_;
    tasks_.push_back(l.task);
  }
  sim::TaskId task = tasks_[random_.Below(tasks_.size())];
  labels_.clear();
  for (const sim::Label& l : enabled) {
    if (l.task == task) labels_.push_back(l);
  }
  return labels_[random_.Below(labels_.size())];
}

void RandomSearch::EndExecution(const sim::Record&, const CausalOrder&) {}

}  // namespace heddle::checker
