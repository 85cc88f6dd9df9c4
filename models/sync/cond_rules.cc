// SPDX-License-Identifier: Apache-2.0
// Cond: Wait, Signal, Broadcast.
#include "models/sync/cond_rules.h"

#include <fmt/format.h>

#include "models/sync/mutex_rules.h"

namespace heddle::sync {

void CondState::Reset(int32_t) {
  waiters.clear();
  removals.clear();
  in_vain.clear();
  all.clear();
  broadcast = kNoEvent;
}

std::string CondState::Describe() const { return fmt::format("{} waiting", waiters.size()); }

namespace {

// Operands: the condition, and its mutex; no mutex: the client unlocks by itself right after.
void WaitApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->num_operands > 1) {
    MutexState& mutex = m.Get<MutexState>(step.operation->operands[1]);
    if (!UnlockMutex(m, mutex, commit, effect)) {
      effect->parts[0].result.status = kFatalUnlock;
      return;
    }
  }
  CondState& s = m.Get<CondState>(step.operation->first());
  AddPreds(effect, s.in_vain);
  AddPred(effect, s.broadcast);
  if (!commit) return;
  s.all.push_back(m.NumEvents());
  s.waiters.push_back({step.label.task, step.label.position + 1, m.NumEvents()});
}

const CondState::Waiter* FindWaiter(const CondState& s, const Step& step) {
  for (const CondState::Waiter& w : s.waiters) {
    if (w.task == step.label.partner && w.position == step.label.partner_position) return &w;
  }
  return nullptr;
}

bool SignalEnabled(Machine& m, const Step& step) {
  CondState& s = m.Get<CondState>(step.operation->first());
  if (!step.label.joint()) return s.waiters.empty();
  const CondState::Waiter* woken = FindWaiter(s, step);
  if (woken == nullptr) return false;
  for (const CondState::Waiter& w : s.waiters) {
    if (w.wait != woken->wait && m.CausallyBefore(w.wait, woken->wait)) return false;
  }
  return true;
}

void SignalApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  CondState& s = m.Get<CondState>(step.operation->first());
  AddPred(effect, s.broadcast);
  AddPreds(effect, s.removals);
  if (step.label.joint()) effect->sync.push_back({1, m.NumEvents(), 0});
  if (!commit) return;
  s.all.push_back(m.NumEvents());
  if (!step.label.joint()) {
    s.in_vain.push_back(m.NumEvents());
    return;
  }
  std::erase_if(s.waiters, [&](const CondState::Waiter& w) {
    return w.task == step.label.partner && w.position == step.label.partner_position;
  });
  s.removals.push_back(m.NumEvents());
}

void SignalBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  CondState& s = m.Get<CondState>(step.operation->first());
  if (step.label.joint() || s.waiters.empty()) return;
  EventIndex last = 0;
  for (const CondState::Waiter& w : s.waiters) last = std::max(last, w.wait);
  out->push_back(last);
}

void BroadcastApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  CondState& s = m.Get<CondState>(step.operation->first());
  AddPred(effect, s.broadcast);
  AddPreds(effect, s.all);
  for (const CondState::Waiter& w : s.waiters) {
    uint32_t part = m.AddParkedPart({.task = w.task, .position = w.position}, effect);
    effect->sync.push_back({part, m.NumEvents(), 0});
  }
  if (!commit) return;
  s.waiters.clear();
  s.removals.clear();
  s.in_vain.clear();
  s.all.clear();
  s.broadcast = m.NumEvents();
}

}  // namespace

const Rules kCondWaitRules = {Always, WaitApply, NoBlockers};
const Rules kCondParkedRules = {Never, WaitApply, NoBlockers};
const Rules kSignalRules = {SignalEnabled, SignalApply, SignalBlockers};
const Rules kBroadcastRules = {Always, BroadcastApply, NoBlockers};

}  // namespace heddle::sync
