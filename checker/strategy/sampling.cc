// SPDX-License-Identifier: Apache-2.0
// Drawing executions, tasks and their moves.
#include "checker/strategy/sampling.h"

namespace heddle::checker {

using sim::Label;
using sim::TaskId;

bool SamplingSearch::BeginExecution() {
  if (executions_ != 0 && begun_ >= executions_) return false;
  random_ = sim::Random(sim::HashCombine(seed_, begun_++));
  Prepare();
  return true;
}

const std::vector<TaskId>& SamplingSearch::ActorsOf(const std::vector<Label>& enabled) {
  actors_.clear();
  ++stamp_;
  for (const Label& l : enabled) {
    if (l.task.value >= stamps_.size()) stamps_.resize(l.task.value + 64, 0);
    if (stamps_[l.task.value] == stamp_) continue;
    stamps_[l.task.value] = stamp_;
    actors_.push_back(l.task);
  }
  return actors_;
}

Label SamplingSearch::AnyOf(const std::vector<Label>& enabled, TaskId actor) {
  own_.clear();
  for (const Label& l : enabled) {
    if (l.task == actor) own_.push_back(l);
  }
  return Any(own_);
}

Label SamplingSearch::AnyMove(const std::vector<Label>& enabled) {
  return AnyOf(enabled, Any(ActorsOf(enabled)));
}

}  // namespace heddle::checker
