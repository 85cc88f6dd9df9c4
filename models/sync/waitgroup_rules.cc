// SPDX-License-Identifier: Apache-2.0
// Add (Done is Add(-1)) and Wait.
#include "models/sync/waitgroup_rules.h"

#include <fmt/format.h>

namespace heddle::sync {

void LastOfEachTask::Push(TaskId task, EventIndex event) {
  for (size_t i = events_.size(); i-- > 0;) {
    if (events_[i].first != task) continue;
    events_.erase(events_.begin() + static_cast<ptrdiff_t>(i));
    break;
  }
  events_.emplace_back(task, event);
}

void LastOfEachTask::AddAll(Effect* effect) const {
  for (const auto& [task, event] : events_) effect->preds.push_back(event);
}

void WaitGroupState::Reset(int32_t initial) {
  counter = initial;
  adds.Clear();
  dones.Clear();
  waits.Clear();
  misuses.Clear();
}

std::string WaitGroupState::Describe() const { return fmt::format("counter {}", counter); }

namespace {

void AddApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  int64_t delta = step.operation->arg;
  if (s.counter + delta < 0) {
    s.adds.AddAll(effect);
    s.dones.AddAll(effect);
    effect->parts[0].result.status = kPanicNegativeCounter;
    if (commit) s.misuses.Push(step.label.task, m.NumEvents());
    return;
  }
  (delta > 0 ? s.dones : s.adds).AddAll(effect);
  s.waits.AddAll(effect);
  if (delta > 0) s.misuses.AddAll(effect);
  // Ideal time: those that wait for certain return as the counter comes to zero.
  std::vector<Parked> waiting;
  if (m.ideal() && delta < 0 && s.counter + delta == 0) waiting = s.parked;
  if (!waiting.empty()) s.dones.AddAll(effect);
  for (const Parked& p : waiting) {
    uint32_t part = m.AddParkedPart(p, effect);
    effect->sync.push_back({part, m.NumEvents(), 0});
    for (const auto& [task, e] : s.dones.events()) effect->sync.push_back({part, e, 0});
  }
  effect->parts[0].result.value = s.counter + delta;
  if (!commit) return;
  s.counter += delta;
  (delta > 0 ? s.adds : s.dones).Push(step.label.task, m.NumEvents());
  for (const Parked& p : waiting) s.waits.Push(p.task, m.NumEvents());
  ++s.version;
}

bool WaitEnabled(Machine& m, const Step& step) {
  return m.Get<WaitGroupState>(step.operation->first()).counter == 0;
}

void WaitApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  s.adds.AddAll(effect);
  s.dones.AddAll(effect);
  for (const auto& [task, e] : s.dones.events()) effect->sync.push_back({0, e, 0});
  if (commit) s.waits.Push(step.label.task, m.NumEvents());
}

void WaitBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  if (!s.adds.empty()) out->push_back(s.adds.Latest());
}

}  // namespace

const Rules kWgAddRules = {Always, AddApply, NoBlockers};
const Rules kWgWaitRules = {WaitEnabled, WaitApply, WaitBlockers};

}  // namespace heddle::sync
