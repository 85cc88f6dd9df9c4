// SPDX-License-Identifier: Apache-2.0
// Which primitive has the rules of which operation; and the operations of tasks themselves.
#include "models/sync/atomic_rules.h"
#include "models/sync/channel_rules.h"
#include "models/sync/cond_rules.h"
#include "models/sync/context_rules.h"
#include "models/sync/machine.h"
#include "models/sync/mutex_rules.h"
#include "models/sync/once_rules.h"
#include "models/sync/rwmutex_rules.h"
#include "models/sync/timer_rules.h"
#include "models/sync/waitgroup_rules.h"

namespace heddle::sync {

// The number of tasks is an object only for programs that ask for it: then every start and end of a
// task changes it, and starts and ends commute.
void ChangeCount(Machine& m, int delta, bool commit, Effect* effect) {
  if (!m.options().ends_are_events) return;
  AddPreds(effect, m.count_reads);
  if (!commit) return;
  m.count_changes.push_back(m.NumEvents());
  m.live_tasks += delta;
}

namespace {

void GoApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  TaskId child = m.paths().Task(step.label.task, step.label.position, sim::TaskKind::kTask);
  effect->parts[0].result.value = child.value;
  effect->spawned.push_back({child, nullptr});
  ChangeCount(m, +1, commit, effect);
}

void EndApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ChangeCount(m, -1, commit, effect);
}

void CountApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  AddPreds(effect, m.count_changes);
  if (!m.ideal()) {
    for (const Machine::ArmedTimer& a : m.armed) {
      if (a.starts_task) m.SeesUnexpired(a.due);
    }
  }
  effect->parts[0].result.value = m.live_tasks;
  if (commit) m.count_reads.push_back(m.NumEvents());
}

// Choose and yield: nothing but the task itself.
void LocalApply(Machine& m, const Step& step, bool, Effect* effect) { m.BeginParts(step, effect); }

// A yield that repeats a fruitless round waits for a change like any other operation of the round.
bool YieldEnabled(Machine& m, const Step& step) {
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

void YieldApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
}

const Rules kGoRules = {Always, GoApply, NoBlockers};
const Rules kEndRules = {Always, EndApply, NoBlockers};
const Rules kCountRules = {Always, CountApply, NoBlockers};
const Rules kChooseRules = {Always, LocalApply, NoBlockers};
const Rules kYieldRules = {YieldEnabled, YieldApply, NoBlockers};
const Rules kBoundRules = {Never, LocalApply, NoBlockers};
const Rules kAdvanceRules = {Never, LocalApply, NoBlockers};

}  // namespace

const Rules& RulesOf(sim::OpCode code) {
  switch (static_cast<Op>(code)) {
    case kGo:
      return kGoRules;
    case kEnd:
      return kEndRules;
    case kChoose:
      return kChooseRules;
    case kYield:
      return kYieldRules;
    case kBound:
      return kBoundRules;
    case kNumTasks:
      return kCountRules;
    case kSend:
    case kReceive:
    case kSelect:
      return kChannelSingleRules;
    case kClose:
      return kCloseRules;
    case kLen:
      return kLenRules;
    case kLock:
      return kLockRules;
    case kTryLock:
      return kTryLockRules;
    case kUnlock:
      return kUnlockRules;
    case kRLock:
      return kRLockRules;
    case kTryRLock:
      return kTryRLockRules;
    case kRUnlock:
      return kRUnlockRules;
    case kRwTake:
      return kRwTakeRules;
    case kRwAnnounce:
      return kRwAnnounceRules;
    case kRwAcquire:
      return kRwAcquireRules;
    case kRwTryTake:
      return kRwTryTakeRules;
    case kRwTryAcquire:
      return kRwTryAcquireRules;
    case kRwUnlock:
      return kRwUnlockRules;
    case kRwRelease:
      return kRwReleaseRules;
    case kWgAdd:
      return kWgAddRules;
    case kWgWait:
      return kWgWaitRules;
    case kOnceEnter:
      return kOnceEnterRules;
    case kOnceLeave:
      return kOnceLeaveRules;
    case kCondWait:
      return kCondWaitRules;
    case kCondParked:
      return kCondParkedRules;
    case kSignal:
      return kSignalRules;
    case kBroadcast:
      return kBroadcastRules;
    case kLoad:
      return kLoadRules;
    case kStore:
    case kRmw:
      return kWriteRules;
    case kArm:
      return kArmRules;
    case kStop:
      return kStopRules;
    case kNow:
      return kNowRules;
    case kFire:
      return kFireRules;
    case kWake:
      return kWakeRules;
    case kAdvance:
      return kAdvanceRules;
    case kCtxAttach:
      return kCtxAttachRules;
    case kCtxCancel:
      return kCtxCancelRules;
    case kCtxPropagate:
      return kCtxPropagateRules;
    case kCtxFinish:
      return kCtxFinishRules;
    case kCtxDetach:
      return kCtxDetachRules;
    case kCtxStop:
      return kCtxStopRules;
    case kCtxErr:
      return kCtxErrRules;
    case kNumOps:
      break;
  }
  HEDDLE_CHECK(false, "every operation code has rules");
  __builtin_unreachable();
}

const char* Message(Status status) {
  switch (status) {
    case kOk:
      return "";
    case kPanicSendOnClosed:
      return "send on closed channel";
    case kPanicCloseOfClosed:
      return "close of closed channel";
    case kPanicCloseOfNil:
      return "close of nil channel";
    case kPanicNegativeCounter:
      return "sync: negative WaitGroup counter";
    case kPanicReusedWaitGroup:
      return "sync: WaitGroup is reused before previous Wait has returned";
    case kFatalUnlock:
      return "sync: unlock of unlocked mutex";
    case kFatalRUnlock:
      return "sync: RUnlock of unlocked RWMutex";
    case kFatalRwUnlock:
      return "sync: Unlock of unlocked RWMutex";
  }
  return "";
}

const char* FindingKindName(Status status) {
  switch (status) {
    case kOk:
      return "";
    case kPanicSendOnClosed:
      return "send-on-closed";
    case kPanicCloseOfClosed:
      return "double-close";
    case kPanicCloseOfNil:
      return "close-nil";
    case kPanicNegativeCounter:
    case kPanicReusedWaitGroup:
      return "waitgroup-misuse";
    case kFatalUnlock:
    case kFatalRUnlock:
    case kFatalRwUnlock:
      return "mutex-misuse";
  }
  return "";
}

}  // namespace heddle::sync
