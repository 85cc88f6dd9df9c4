// SPDX-License-Identifier: Apache-2.0
// Replaying a part of a record on the abstract machine.
#include "checker/dpor/what_if.h"

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::checker {

using sim::kNoEvent;

WhatIf::TaskAt& WhatIf::At(sim::TaskId task) {
  if (task.value >= at_.size()) at_.resize(task.value + 64);
  TaskAt& at = at_[task.value];
  if (at.stamp != stamp_) at = {.stamp = stamp_};
  return at;
}

void WhatIf::AnnounceNext(sim::TaskId task, uint32_t position, bool as_recorded) {
  TaskAt& at = At(task);
  at.position = position;
  at.operation = nullptr;
  at.unknown = false;
  const sim::TaskRow* row = as_recorded ? record_->Find(task) : nullptr;
  if (row == nullptr) {
    at.unknown = true;
    return;
  }
  if (position < row->operations.size()) {
    at.operation = row->operations[position].operation;
    model_.Announce(task, position, at.operation);
  } else if (row->ended) {
    model_.Announce(task, position, nullptr);
  } else {
    at.unknown = true;
  }
}

uint32_t WhatIf::Execute(const sim::Step& step, bool as_recorded) {
  effect_.Clear();
  uint32_t index = model_.NumEvents();
  model_.Apply(step, /*commit=*/true, &effect_);
  for (const sim::Part& part : effect_.parts)
    AnnounceNext(part.task, part.position + 1, as_recorded);
  for (const sim::SpawnedTask& s : effect_.spawned) {
    if (s.operation == nullptr) {
      AnnounceNext(s.task, 0, as_recorded);
    } else {
      // A timer: its next expiry. A ticker's positions go on.
      TaskAt& at = At(s.task);
      bool again = step.label.task == s.task;
      at.position = again ? step.label.position + 1 : 0;
      at.operation = s.operation;
      at.unknown = false;
      model_.Announce(s.task, at.position, s.operation);
    }
  }
  return index;
}

void WhatIf::Replay(const sim::Record& record, const Bits& set, uint32_t n) {
  record_ = &record;
  ++stamp_;
  model_.Reset(record.time);
  index_of_.assign(n, kNoEvent);
  executed_.clear();
  AnnounceNext(sim::PathTable::Main(), 0, true);
  for (uint32_t i = 0; i < n; ++i) {
    if (!set.Test(i)) continue;
    index_of_[i] = Execute(record.events[i].step, true);
    executed_.push_back(i);
  }
}

void WhatIf::AnnounceStep(const sim::Step& step) {
  model_.Announce(step.label.task, step.label.position, step.operation);
  if (step.label.joint()) {
    model_.Announce(step.label.partner, step.label.partner_position, step.partner);
  }
}

void WhatIf::ReplayPart(const sim::Record& record, const Bits& part, uint32_t n) {
  record_ = &record;
  ++stamp_;
  model_.Reset(record.time);
  index_of_.assign(n, kNoEvent);
  executed_.clear();
  part.ForEach([&](uint32_t i) {
    const sim::Event& e = record.events[i];
    for (const sim::Part& p : record.Parts(e)) {
      const sim::TaskRow& row = record.tasks[record.Number(p.task)];
      model_.Announce(p.task, p.position, row.operations[p.position].operation);
    }
    index_of_[i] = model_.NumEvents();
    executed_.push_back(i);
    effect_.Clear();
    model_.Apply(e.step, /*commit=*/true, &effect_);
  });
}

void WhatIf::ExecuteAlone(const sim::Step& step) {
  AnnounceStep(step);
  effect_.Clear();
  model_.Apply(step, /*commit=*/true, &effect_);
}

bool WhatIf::EnabledAlone(const sim::Step& step) {
  AnnounceStep(step);
  return model_.Enabled(step);
}

bool WhatIf::StandsAt(sim::TaskId task, uint32_t position, const sim::Operation* operation) {
  TaskAt& at = At(task);
  if (at.position != position) return false;
  if (!at.unknown) return at.operation == operation;
  // It came here by a step of another execution, which knew what it does next.
  at.unknown = false;
  at.operation = operation;
  model_.Announce(task, position, operation);
  return true;
}

bool WhatIf::Possible(const sim::Step& step) {
  if (step.label.task == sim::PathTable::Clock()) return false;
  if (!StandsAt(step.label.task, step.label.position, step.operation)) return false;
  if (step.label.joint() &&
      !StandsAt(step.label.partner, step.label.partner_position, step.partner)) {
    return false;
  }
  return model_.Enabled(step);
}

const sim::Effect& WhatIf::Ask(const sim::Step& step) {
  effect_.Clear();
  model_.Apply(step, /*commit=*/false, &effect_);
  return effect_;
}

}  // namespace heddle::checker
