// SPDX-License-Identifier: Apache-2.0
// Whose turn it is, and what the executions before say of who has how much to do.
#include "checker/strategy/surw.h"

#include <algorithm>

namespace heddle::checker {

using sim::Label;
using sim::ObjectId;
using sim::Operation;
using sim::TaskId;

uint64_t& SurwSearch::WeightOf(TaskId task) {
  if (task.value >= weights_.size()) weights_.resize(task.value + 64, 0);
  return weights_[task.value];
}

void SurwSearch::AddWeight(TaskId task, uint64_t events) {
  for (TaskId t = task;; t = paths_.Parent(t)) {
    WeightOf(t) += events;
    if (t == sim::PathTable::Main() || t == sim::PathTable::Clock()) return;
  }
}

void SurwSearch::Prepare() {
  next_ = {};
  known_tasks_ = 1;
  waiting_.clear();
  std::fill(weights_.begin(), weights_.end(), 0);
  std::fill(matters_.begin(), matters_.end(), false);
  if (shared_.empty()) return;
  auto choose = [&](ObjectId object) {
    if (object.value >= matters_.size()) matters_.resize(object.value + 64, false);
    matters_[object.value] = true;
  };
  const uint64_t one = random_.Below(shared_.size() + 1);
  if (one < shared_.size()) {
    choose(shared_[one]);
  } else {
    for (ObjectId object : shared_) choose(object);
  }
  for (const auto& [key, count] : counts_) {
    if (key.first.value < matters_.size() && matters_[key.first.value]) {
      AddWeight(key.second, count);
    }
  }
}

void SurwSearch::WelcomeNew(const sim::Record& record) {
  for (; known_tasks_ < record.num_tasks; ++known_tasks_) {
    const TaskId child = record.tasks[known_tasks_].id;
    if (child == sim::PathTable::Clock()) continue;
    const TaskId parent = paths_.Parent(child);
    const uint64_t share = std::min(WeightOf(child), WeightOf(parent));
    // The turn that was its creator's may have been meant for the child's event.
    if (next_ == parent && random_.Below(std::max<uint64_t>(WeightOf(parent), 1)) < share) {
      next_ = child;
    }
    WeightOf(parent) -= share;
  }
}

bool SurwSearch::Matters(const Operation* operation) const {
  if (operation == nullptr) return false;
  for (const sim::Operand& o : operation->Operands()) {
    if (o.object.valid() && o.object.value < matters_.size() && matters_[o.object.value]) {
      return true;
    }
  }
  return false;
}

bool SurwSearch::Matters(sim::Execution& execution, const Label& label) const {
  const sim::Step step = execution.MakeStep(label);
  return Matters(step.operation) || Matters(step.partner);
}

TaskId SurwSearch::DrawNext(const std::vector<TaskId>& tasks) {
  uint64_t sum = 0;
  for (TaskId t : tasks) sum += WeightOf(t);
  if (sum == 0) return Any(tasks);
  uint64_t at = random_.Below(sum);
  for (TaskId t : tasks) {
    if (at < WeightOf(t)) return t;
    at -= WeightOf(t);
  }
  return tasks.back();
}

std::optional<Label> SurwSearch::Choose(sim::Execution& execution) {
  const std::vector<Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  WelcomeNew(execution.record());
  while (true) {
    free_.clear();
    for (TaskId t : ActorsOf(enabled)) {
      if (std::find(waiting_.begin(), waiting_.end(), t) == waiting_.end()) free_.push_back(t);
    }
    if (free_.empty()) {  // all wait for one that cannot move: the turn is drawn among these
      waiting_.clear();
      next_ = {};
      continue;
    }
    const TaskId task = Any(free_);
    const Label label = AnyOf(enabled, task);
    if (!Matters(execution, label)) return label;
    if (WeightOf(task) == 0) WeightOf(task) = 1;  // it does more than ever before
    if (!next_.valid()) next_ = DrawNext(free_);
    if (next_ != task) {
      waiting_.push_back(task);
      continue;
    }
    --WeightOf(task);
    next_ = {};
    waiting_.clear();
    return label;
  }
}

void SurwSearch::EndExecution(const sim::Record& record, const CausalOrder&) {
  seen_.clear();
  for (const sim::Event& event : record.events) {
    for (const Operation* op : {event.step.operation, event.step.partner}) {
      if (op == nullptr) continue;
      for (const sim::Operand& o : op->Operands()) {
        if (o.object.valid()) ++seen_[{o.object, event.step.label.task}];
      }
    }
  }
  for (const auto& [key, count] : seen_) {
    uint64_t& most = counts_[key];
    most = std::max(most, count);
  }
  shared_.clear();
  for (auto it = counts_.begin(); it != counts_.end(); ++it) {
    auto next = std::next(it);
    const bool again = next != counts_.end() && next->first.first == it->first.first;
    const bool listed = !shared_.empty() && shared_.back() == it->first.first;
    if (again && !listed) shared_.push_back(it->first.first);
  }
}

}  // namespace heddle::checker
