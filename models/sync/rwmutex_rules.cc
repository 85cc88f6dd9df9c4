// SPDX-License-Identifier: Apache-2.0
// RLock, RUnlock, Lock, Unlock and the tries of an RWMutex.
#include "models/sync/rwmutex_rules.h"

#include <fmt/format.h>

namespace heddle::sync {

void RwMutexState::Reset(int32_t) {
  taken = announced = acquired = kNoEvent;
  release = {};
  failed_takes.clear();
  seen_free.clear();
  write_unlock = {};
  read_locks.clear();
  read_unlocks.clear();
  held.clear();
  own.clear();
  foreign_unlocks = false;
  failed_tries.clear();
  all.clear();
  barrier = kNoEvent;
}

std::string RwMutexState::Describe() const {
  if (acquired != kNoEvent) return "write locked";
  std::string text = held.empty() ? "unlocked" : fmt::format("{} readers", held.size());
  if (announced != kNoEvent) text += ", a writer waits";
  return text;
}

namespace {

RwMutexState& StateOf(Machine& m, const Step& step) {
  return m.Get<RwMutexState>(step.operation->first());
}

// Every event is after the barrier; `ordered` ones are after everything and become it.
void Enter(Machine& m, RwMutexState& s, bool ordered, bool commit, Effect* effect) {
  AddPred(effect, s.barrier);
  if (ordered) AddPreds(effect, s.all);
  if (!commit) return;
  if (ordered) {
    s.all.clear();
    s.barrier = m.NumEvents();
  } else {
    s.all.push_back(m.NumEvents());
  }
}

// How many read locks the task itself has taken and not given back: by its own history alone.
int& OwnLocks(RwMutexState& s, TaskId task) {
  for (auto& [owner, count] : s.own) {
    if (owner == task) return count;
  }
  return s.own.emplace_back(task, 0).second;
}

bool RLockEnabled(Machine& m, const Step& step) { return StateOf(m, step).announced == kNoEvent; }

void TakeReadLock(Machine& m, RwMutexState& s, TaskId task, bool commit, Effect* effect) {
  Enter(m, s, false, commit, effect);
  AddPred(effect, s.write_unlock.event);
  AddSync(effect, 0, s.write_unlock);
  effect->parts[0].result.flag = true;
  if (!commit) return;
  s.read_locks.push_back(m.NumEvents());
  s.held.emplace_back(task, m.NumEvents());
  ++OwnLocks(s, task);
  ++s.version;
}

void RLockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  TakeReadLock(m, StateOf(m, step), step.label.task, commit, effect);
}

void RLockBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  RwMutexState& s = StateOf(m, step);
  if (s.announced != kNoEvent) out->push_back(s.announced);
}

bool TryEnabled(Machine& m, const Step& step) {
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

void TryRLockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  RwMutexState& s = StateOf(m, step);
  if (s.announced == kNoEvent) return TakeReadLock(m, s, step.label.task, commit, effect);
  Enter(m, s, false, commit, effect);
  AddPred(effect, s.announced);
  if (commit) s.failed_tries.push_back(m.NumEvents());
}

void RUnlockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  // Who gives back what it took has nothing to fear, until somebody gave back what it had not
  // taken: from then on the order of all read unlocks decides which of them is one too many.
  bool foreign = OwnLocks(s, step.label.task) == 0;
  Enter(m, s, foreign || s.foreign_unlocks, commit, effect);
  if (s.held.empty()) {
    effect->parts[0].result.status = kFatalRUnlock;
    return;
  }
  if (!commit) return;
  size_t given = s.held.size() - 1;
  for (size_t i = 0; i < s.held.size(); ++i) {
    if (s.held[i].first == step.label.task) given = i;
  }
  s.held.erase(s.held.begin() + static_cast<ptrdiff_t>(given));
  if (foreign) {
    s.foreign_unlocks = true;
  } else {
    --OwnLocks(s, step.label.task);
  }
  s.read_unlocks.push_back({m.NumEvents(), 0});
  ++s.version;
}

// ---- The writers' mutex

bool TakeEnabled(Machine& m, const Step& step) {
  RwMutexState& s = StateOf(m, step);
  if (s.taken != kNoEvent) return false;
  uint32_t epoch = m.ideal() ? m.Task(step.label.task).parked_epoch : 0;
  if (epoch == 0) return true;
  for (const Parked& p : s.parked) {
    if (p.role == 0 && p.task != step.label.task && p.epoch < epoch) return false;
  }
  return true;
}

void Take(Machine& m, RwMutexState& s, bool commit, Effect* effect) {
  AddPred(effect, s.release.event);
  AddPreds(effect, s.seen_free);
  AddSync(effect, 0, s.release);
  effect->parts[0].result.flag = true;
  if (!commit) return;
  s.taken = m.NumEvents();
  s.failed_takes.clear();
  s.seen_free.clear();
  ++s.version;
}

void TakeApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  Take(m, StateOf(m, step), commit, effect);
}

void TakeBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  RwMutexState& s = StateOf(m, step);
  if (s.taken != kNoEvent) out->push_back(s.taken);
}

void TryTakeApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  RwMutexState& s = StateOf(m, step);
  if (s.taken == kNoEvent) return Take(m, s, commit, effect);
  AddPred(effect, s.taken);
  if (commit) s.failed_takes.push_back(m.NumEvents());
}

void ReleaseApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  AddPred(effect, s.taken);
  AddPreds(effect, s.failed_takes);
  if (!commit) return;
  s.taken = kNoEvent;
  s.release = {m.NumEvents(), 0};
  ++s.version;
}

// ---- The writer

void AnnounceApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  Enter(m, s, false, commit, effect);
  AddPred(effect, s.write_unlock.event);
  AddPreds(effect, s.read_locks);
  AddSync(effect, 0, s.write_unlock);
  if (commit) {
    s.announced = m.NumEvents();
    s.announcer = step.label.task;
    ++s.version;
  }
}

bool AcquireEnabled(Machine& m, const Step& step) {
  RwMutexState& s = StateOf(m, step);
  return s.announcer == step.label.task && s.announced != kNoEvent && s.acquired == kNoEvent &&
         s.held.empty();
}

void TakeWriteLock(Machine& m, RwMutexState& s, bool commit, Effect* effect) {
  for (const EventRef& r : s.read_unlocks) {
    AddPred(effect, r.event);
    AddSync(effect, 0, r);
  }
  effect->parts[0].result.flag = true;
  if (!commit) return;
  s.acquired = m.NumEvents();
  ++s.version;
}

void AcquireApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  Enter(m, s, false, commit, effect);
  TakeWriteLock(m, s, commit, effect);
}

void AcquireBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  RwMutexState& s = StateOf(m, step);
  EventIndex last = kNoEvent;
  for (const auto& [task, lock] : s.held) {
    if (last == kNoEvent || lock > last) last = lock;
  }
  if (last != kNoEvent) out->push_back(last);
}

void RwUnlockApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  if (s.acquired == kNoEvent) {
    Enter(m, s, true, commit, effect);
    effect->parts[0].result.status = kFatalRwUnlock;
    return;
  }
  Enter(m, s, false, commit, effect);
  AddPred(effect, s.acquired);
  AddPreds(effect, s.failed_tries);
  std::vector<Parked> readers;
  if (m.ideal()) {
    for (const Parked& p : s.parked) {
      if (p.role == 1) readers.push_back(p);
    }
  }
  for (const Parked& p : readers) {
    uint32_t part = m.AddParkedPart(p, effect);
    effect->parts[part].result.flag = true;
    effect->sync.push_back({part, m.NumEvents(), 0});
  }
  if (!commit) return;
  s.announced = s.acquired = kNoEvent;
  s.write_unlock = {m.NumEvents(), 0};
  s.read_locks.clear();
  s.read_unlocks.clear();
  s.failed_tries.clear();
  for (const Parked& p : readers) {
    s.held.emplace_back(p.task, m.NumEvents());
    ++OwnLocks(s, p.task);
  }
  ++s.version;
}

void TryAcquireApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  RwMutexState& s = StateOf(m, step);
  bool free = s.held.empty();
  Enter(m, s, true, commit, effect);
  if (free) {
    AddSync(effect, 0, s.write_unlock);
    TakeWriteLock(m, s, commit, effect);
  }
  if (commit && free) s.announced = m.NumEvents();
}

}  // namespace

const Rules kRLockRules = {RLockEnabled, RLockApply, RLockBlockers};
const Rules kTryRLockRules = {TryEnabled, TryRLockApply, NoBlockers};
const Rules kRUnlockRules = {Always, RUnlockApply, NoBlockers};
const Rules kRwTakeRules = {TakeEnabled, TakeApply, TakeBlockers};
const Rules kRwTryTakeRules = {TryEnabled, TryTakeApply, NoBlockers};
const Rules kRwReleaseRules = {Always, ReleaseApply, NoBlockers};
const Rules kRwAnnounceRules = {Always, AnnounceApply, NoBlockers};
const Rules kRwAcquireRules = {AcquireEnabled, AcquireApply, AcquireBlockers};
const Rules kRwUnlockRules = {Always, RwUnlockApply, NoBlockers};
const Rules kRwTryAcquireRules = {Always, TryAcquireApply, NoBlockers};

}  // namespace heddle::sync
