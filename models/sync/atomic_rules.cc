// SPDX-License-Identifier: Apache-2.0
// Load, store, read-modify-write; and what an awaiting round reads of objects that are not
// channels.
#include "models/sync/atomic_rules.h"

#include "models/sync/context_rules.h"
#include "models/sync/mutex_rules.h"
#include "models/sync/rwmutex_rules.h"

namespace heddle::sync {

void AtomicState::Reset(int32_t) {
  write = {};
  loads.clear();
}

namespace {

bool LoadEnabled(Machine& m, const Step& step) {
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

void LoadApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  AtomicState& s = m.Get<AtomicState>(step.operation->first());
  AddPred(effect, s.write.event);
  AddSync(effect, 0, s.write);
  if (commit) s.loads.push_back(m.NumEvents());
}

void WriteApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  AtomicState& s = m.Get<AtomicState>(step.operation->first());
  AddPred(effect, s.write.event);
  AddPreds(effect, s.loads);
  if (step.operation->code == kRmw) AddSync(effect, 0, s.write);
  if (!commit) return;
  s.write = {m.NumEvents(), 0};
  s.loads.clear();
  ++s.version;
}

}  // namespace

void AwaitRead(ObjectState& object, EventIndex self, bool commit, Effect* effect) {
  switch (object.kind) {
    case ObjectKind::kAtomic: {
      AtomicState& s = static_cast<AtomicState&>(object);
      AddPred(effect, s.write.event);
      if (commit) s.loads.push_back(self);
      return;
    }
    case ObjectKind::kMutex: {
      MutexState& s = static_cast<MutexState&>(object);
      AddPred(effect, s.holder);
      AddPred(effect, s.unlock.event);
      if (commit) (s.locked ? s.failed_tries : s.misuses).push_back(self);
      return;
    }
    case ObjectKind::kRwMutex: {
      RwMutexState& s = static_cast<RwMutexState&>(object);
      AddPreds(effect, s.all);
      AddPred(effect, s.barrier);
      AddPred(effect, s.taken);
      AddPred(effect, s.release.event);
      if (commit) {
        s.barrier = self;
        s.all.clear();
        (s.taken != kNoEvent ? s.failed_takes : s.seen_free).push_back(self);
      }
      return;
    }
    case ObjectKind::kContext: {
      ContextState& s = static_cast<ContextState&>(object);
      AddPred(effect, s.write.event);
      if (commit) s.reads.push_back(self);
      return;
    }
    case ObjectKind::kChannel:
    case ObjectKind::kWaitGroup:
    case ObjectKind::kOnce:
    case ObjectKind::kCond:
    case ObjectKind::kTimer:
      return;  // none of their operations is pure, or (channels) the machine sees to them
  }
}

const Rules kLoadRules = {LoadEnabled, LoadApply, NoBlockers};
const Rules kWriteRules = {Always, WriteApply, NoBlockers};

}  // namespace heddle::sync
