// SPDX-License-Identifier: Apache-2.0
// Lock, TryLock, Unlock.
#include "models/sync/mutex_rules.h"

namespace heddle::sync {

void MutexState::Reset(int32_t initial) {
  locked = initial != 0;
  holder = kNoEvent;
  unlock = {};
  failed_tries.clear();
  misuses.clear();
}

namespace {

// Ideal time: one who waits longer, by a quiescence, goes first.
bool Overtakes(Machine& m, const ObjectState& s, TaskId task) {
  uint32_t epoch = m.Task(task).parked_epoch;
  if (epoch == 0) return false;
  for (const Parked& p : s.parked) {
    if (p.role == 0 && p.task != task && p.epoch < epoch) return true;
  }
  return false;
}

bool LockEnabled(Machine& m, const Step& step) {
  MutexState& s = m.Get<MutexState>(step.operation->first());
  return !s.locked && !(m.ideal() && Overtakes(m, s, step.label.task));
}

void TakeLock(Machine& m, MutexState& s, bool commit, Effect* effect) {
  AddPred(effect, s.unlock.event);
  AddPreds(effect, s.misuses);
  AddSync(effect, 0, s.unlock);
  effect->parts[0].result.flag = true;
  if (!commit) return;
  s.locked = true;
  s.holder = m.NumEvents();
  s.failed_tries.clear();
  s.misuses.clear();
  ++s.version;
}

void LockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  TakeLock(m, m.Get<MutexState>(step.operation->first()), commit, effect);
}

void LockBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  MutexState& s = m.Get<MutexState>(step.operation->first());
  if (s.holder != kNoEvent) out->push_back(s.holder);
}

bool TryLockEnabled(Machine& m, const Step& step) {
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

void TryLockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  MutexState& s = m.Get<MutexState>(step.operation->first());
  if (!s.locked) return TakeLock(m, s, commit, effect);
  AddPred(effect, s.holder);
  if (commit) s.failed_tries.push_back(m.NumEvents());
}

void UnlockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  MutexState& s = m.Get<MutexState>(step.operation->first());
  if (!UnlockMutex(m, s, commit, effect)) effect->parts[0].result.status = kFatalUnlock;
}

}  // namespace

bool UnlockMutex(Machine& m, MutexState& s, bool commit, Effect* effect) {
  if (!s.locked) {
    AddPred(effect, s.unlock.event);
    if (commit) s.misuses.push_back(m.NumEvents());
    return false;
  }
  AddPred(effect, s.holder);
  AddPreds(effect, s.failed_tries);
  if (commit) {
    s.locked = false;
    s.holder = kNoEvent;
    s.unlock = {m.NumEvents(), 0};
    ++s.version;
  }
  return true;
}

const Rules kLockRules = {LockEnabled, LockApply, LockBlockers};
const Rules kTryLockRules = {TryLockEnabled, TryLockApply, NoBlockers};
const Rules kUnlockRules = {Always, UnlockApply, NoBlockers};

}  // namespace heddle::sync
