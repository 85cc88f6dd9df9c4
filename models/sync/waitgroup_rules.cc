// SPDX-License-Identifier: Apache-2.0
// Add (Done is Add(-1)) and Wait.
#include "models/sync/waitgroup_rules.h"

#include <fmt/format.h>

namespace heddle::sync {

void WaitGroupState::Reset(int32_t initial) {
  counter = initial;
  adds.clear();
  dones.clear();
  waits.clear();
  misuses.clear();
}

std::string WaitGroupState::Describe() const { return fmt::format("counter {}", counter); }

namespace {

void AddApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  int64_t delta = step.operation->arg;
  if (s.counter + delta < 0) {
    AddPreds(effect, s.adds);
    AddPreds(effect, s.dones);
    effect->parts[0].result.status = kPanicNegativeCounter;
    if (commit) s.misuses.push_back(m.NumEvents());
    return;
  }
  AddPreds(effect, delta > 0 ? s.dones : s.adds);
  AddPreds(effect, s.waits);
  if (delta > 0) AddPreds(effect, s.misuses);
  // Ideal time: those that wait for certain return as the counter comes to zero.
  std::vector<Parked> waiting;
  if (m.ideal() && delta < 0 && s.counter + delta == 0) waiting = s.parked;
  if (!waiting.empty()) AddPreds(effect, s.dones);
  for (const Parked& p : waiting) {
    uint32_t part = m.AddParkedPart(p, effect);
    effect->sync.push_back({part, m.NumEvents(), 0});
    for (EventIndex e : s.dones) effect->sync.push_back({part, e, 0});
  }
  effect->parts[0].result.value = s.counter + delta;
  if (!commit) return;
  s.counter += delta;
  (delta > 0 ? s.adds : s.dones).push_back(m.NumEvents());
  if (!waiting.empty()) s.waits.push_back(m.NumEvents());
  ++s.version;
}

bool WaitEnabled(Machine& m, const Step& step) {
  return m.Get<WaitGroupState>(step.operation->first()).counter == 0;
}

void WaitApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  AddPreds(effect, s.adds);
  AddPreds(effect, s.dones);
  for (EventIndex e : s.dones) effect->sync.push_back({0, e, 0});
  if (commit) s.waits.push_back(m.NumEvents());
}

void WaitBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  WaitGroupState& s = m.Get<WaitGroupState>(step.operation->first());
  if (!s.adds.empty()) out->push_back(s.adds.back());
}

}  // namespace

const Rules kWgAddRules = {Always, AddApply, NoBlockers};
const Rules kWgWaitRules = {WaitEnabled, WaitApply, WaitBlockers};

}  // namespace heddle::sync
