// SPDX-License-Identifier: Apache-2.0
// Optimal DPOR: the walk over the wakeup tree.
#include "checker/dpor/dpor.h"

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::kNoEvent;
using sim::Label;
using sim::Operation;
using sim::Step;

namespace {

// Then the search starts anew, and what it took for asleep says nothing.
[[maybe_unused]] bool IsRefuted(const sim::Model& model) {
  std::vector<sim::ObjectId> objects;
  model.Refuted(&objects);
  return !objects.empty();
}

}  // namespace

DporSearch::DporSearch(sim::Model& what_if, const sim::PathTable& paths, const DporOptions& options)
    : what_if_(what_if),
      options_(options),
      random_(options.seed),
      own_walk_(std::make_unique<Walk>()),
      walk_(own_walk_.get()),
      paths_(paths),
      answers_(what_if_, paths) {}

DporSearch::~DporSearch() = default;

// ---- The walk

void DporSearch::Enter(Walk* walk) {
  walk_ = walk;
  entered_ = true;
}

bool DporSearch::BeginExecution() {
  const bool first = walk_->state() == Walk::State::kFresh;
  if (!walk_->Advance()) return false;
  kept_ = first || entered_ ? 0 : static_cast<uint32_t>(walk_->levels.size() - 1);
  entered_ = false;
  return true;
}

double DporSearch::ShareDone() const { return walk_->ShareDone(); }

void DporSearch::AddSleeperIfIndependent(sim::Execution& execution, const Step& y, Level* level) {
  EventIndex last = static_cast<EventIndex>(execution.record().events.size() - 1);
  const Step& x = execution.record().events[last].step;
  if (Conflict(x.label, y.label)) return;
  if (execution.Pending(y.label.task, y.label.position) != y.operation) return;
  if (y.label.joint() &&
      execution.Pending(y.label.partner, y.label.partner_position) != y.partner) {
    return;
  }
  if (!execution.model().Enabled(y)) return;
  effect_.Clear();
  execution.model().Apply(y, /*commit=*/false, &effect_);
  if (effect_.after_all) return;
  for (EventIndex p : effect_.above) {
    if (p == last) return;
  }
  for (EventIndex p : effect_.preds) {
    if (p == last) return;
  }
  level->sleep.push_back(y);
}

void DporSearch::InheritSleep(sim::Execution& execution, Level* level) {
  if (walk_->levels.empty()) return;
  for (const Step& y : walk_->levels.back().sleep) AddSleeperIfIndependent(execution, y, level);
}

std::optional<Label> DporSearch::Choose(sim::Execution& execution) {
  size_t i = execution.record().events.size();
  if (i < walk_->levels.size()) {  // the prefix shared with the execution before
    const Step& step = walk_->levels[i].event()->step;
    mismatch_ = execution.Departure(step, i);
    if (!mismatch_.empty()) return std::nullopt;
    return step.label;
  }
  Level level{};
  level.node = i == 0 ? walk_->tree.root() : walk_->levels[i - 1].event();
  InheritSleep(execution, &level);
  if (level.node->leaf()) {
    const std::vector<Label>& enabled = execution.Enabled();
    if (enabled.empty()) {
      // Only ticks that nobody takes may be asleep at rest: they are never waited for.
      HEDDLE_DCHECK(std::all_of(level.sleep.begin(), level.sleep.end(),
                                [&](const Step& y) {
                                  return execution.paths().Kind(y.label.task) ==
                                         sim::TaskKind::kTimer;
                                }) ||
                        IsRefuted(execution.model()),
                    "nothing is asleep where an execution ends");
      return std::nullopt;
    }
    labels_.clear();
    for (const Label& l : enabled) {
      bool asleep = std::any_of(level.sleep.begin(), level.sleep.end(),
                                [&](const Step& y) { return y.label == l; });
      if (!asleep) labels_.push_back(l);
    }
    if (labels_.empty()) {  // a blocked run: the search is not optimal, and our bug
      ++blocked_runs_;
      return std::nullopt;
    }
    size_t pick = 0;
    switch (options_.pick) {
      case PickPolicy::kFirst:
        break;
      case PickPolicy::kLast:
        pick = labels_.size() - 1;
        break;
      case PickPolicy::kRandom:
        pick = random_.Below(labels_.size());
        break;
    }
    walk_->Plan(level.node, execution.MakeStep(labels_[pick]));
  } else {  // planned in another execution, which knew what its tasks do here
    mismatch_ = execution.Departure(level.node->FirstChild()->step, i);
    if (!mismatch_.empty()) return std::nullopt;
  }
  Label label = level.node->FirstChild()->step.label;
  walk_->levels.push_back(std::move(level));
  return label;
}

void DporSearch::EndExecution(const sim::Record& record, const CausalOrder& order) {
  record_ = &record;
  order_ = &order;
  n_ = order.size();
  ReverseRaces();
}

}  // namespace heddle::checker
