// SPDX-License-Identifier: Apache-2.0
// Timers, tickers, sleep and the clock.
#include "models/sync/timer_rules.h"

#include <algorithm>

#include "models/sync/channel_rules.h"

namespace heddle::sync {

void TimerState::Reset(int32_t) {
  active = {};
  deadline = 0;
  expiries = 0;
  last = kNoEvent;
  armed = fired = {};
}

std::string TimerState::Describe() const {
  if (active.valid()) return "armed";
  return expiries > 0 ? "expired" : "stopped";
}

namespace {

TimerState& TimerOf(Machine& m, const Step& step) {
  return m.Get<TimerState>(step.operation->first());
}

bool HasChannel(const Operation& op) {
  return op.num_operands > 1 && op.operands[1].object.valid();
}

// Arm, stop and readings read the clock; only expiries write it.
void ReadClock(Machine& m, bool commit, Effect* effect) {
  if (m.ideal()) return;
  AddPred(effect, m.last_expiry);
  if (commit) m.clock_reads.push_back(m.NumEvents());
}

void Disarm(Machine& m, TimerState& t) {
  std::erase_if(m.armed, [&](const Machine::ArmedTimer& a) { return a.task == t.active; });
  t.active = {};
}

// Stop and Reset of a timer without stale values (go1.23): takes back a value that nobody received.
// True: there was one.
bool TakeBack(Machine& m, const Operation& op, bool commit, Effect* effect) {
  if (op.first().initial == 0 || !HasChannel(op)) return false;
  ChannelState& c = m.Get<ChannelState>(op.operands[1]);
  if (c.buffered() == 0) {
    FailedReceivePoll(m, c, commit, effect);
    return false;
  }
  BufferedReceive(m, c, 0, commit, effect);
  effect->transfers.back() = {sim::Transfer::Kind::kDrop, 0, 0};
  return true;
}

void ArmApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  const Operation& op = *step.operation;
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.last);
  ReadClock(m, commit, effect);
  bool pending = TakeBack(m, op, commit, effect);
  effect->parts[0].result.flag = t.active.valid() || pending;
  effect->parts[0].result.value = m.Now() + op.arg;
  TaskId task = m.paths().Task(step.label.task, step.label.position, sim::TaskKind::kTimer);
  Operation fire = op;
  fire.code = kFire;
  effect->spawned.push_back({task, m.store().Intern(fire)});
  if (!commit) return;
  if (t.active.valid()) Disarm(m, t);
  t.active = task;
  t.deadline = m.Now() + std::max<int64_t>(op.arg, 0);
  t.last = m.NumEvents();
  t.armed = {m.NumEvents(), 0};
  m.armed.push_back({task, t.deadline, m.NumEvents()});
}

void StopApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.last);
  ReadClock(m, commit, effect);
  bool pending = TakeBack(m, *step.operation, commit, effect);
  effect->parts[0].result.flag = t.active.valid() || pending;
  if (!commit) return;
  if (t.active.valid()) Disarm(m, t);
  t.last = m.NumEvents();
}

void NowApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ReadClock(m, commit, effect);
  effect->parts[0].result.value = m.Now();
}

// Ideal time: a tick goes to a receiver that has been parked the longest, if there is one.
bool QueueAllows(Machine& m, const Step& step) {
  if (!HasChannel(*step.operation)) return true;
  uint32_t earliest = m.Get<ChannelState>(step.operation->operands[1])
                          .EarliestParked(kReceiverRole, step.label.task);
  if (!step.label.joint()) return earliest == 0;
  return earliest != 0 && m.Task(step.label.partner).parked_epoch == earliest;
}

bool FireEnabled(Machine& m, const Step& step) {
  TimerState& t = TimerOf(m, step);
  if (t.active != step.label.task || m.TimersAtBound()) return false;
  if (m.ideal()) return t.deadline <= m.Now() && QueueAllows(m, step);
  if (step.label.joint()) return false;
  for (const Machine::ArmedTimer& a : m.armed) {
    if (a.deadline < t.deadline) return false;
  }
  return true;
}

// The tick of a channel timer: a send that never waits, dropped when nobody took the one before.
void Tick(Machine& m, const Step& step, bool commit, Effect* effect) {
  ChannelState& c = m.Get<ChannelState>(step.operation->operands[1]);
  if (step.label.joint()) return HandToParked(m, c, step, commit, effect);
  if (!c.SendReady()) return FailedSendPoll(m, c, commit, effect);
  for (const Served& s : c.served) {
    if (s.role == kReceiverRole) AddPred(effect, s.event);
  }
  AddPreds(effect, c.readiness_reads);
  BufferedSend(m, c, 0, commit, effect);
}

void FireApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  const Operation& op = *step.operation;
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.last);
  AddSync(effect, 0, t.armed);
  if (!m.ideal()) {
    AddPred(effect, m.last_expiry);
    AddPreds(effect, m.clock_reads);
  }
  // A bound on expiries makes each of them stand in the way of the others.
  if (m.options().bounds.timers != sim::Bounds::kNone) AddPred(effect, m.bounded_expiry);
  int64_t deadline = t.deadline;
  if (commit) {
    ++m.expiries;
    m.bounded_expiry = m.NumEvents();
    if (!m.ideal()) {
      m.SetNow(std::max(m.Now(), deadline));
      m.last_expiry = m.NumEvents();
      m.clock_reads.clear();
    }
    Disarm(m, t);
    ++t.expiries;
    t.last = m.NumEvents();
    t.fired = {m.NumEvents(), 0};
  }
  switch (static_cast<TimerMode>(op.first().code)) {
    case kSleepTimer:
      return;
    case kFunctionTimer:
      effect->spawned.push_back(
          {m.paths().Task(step.label.task, step.label.position, sim::TaskKind::kTask), nullptr});
      return ChangeCount(m, +1, commit, effect);
    case kChannelTimer:
      return Tick(m, step, commit, effect);
    case kTickerTimer:
      Tick(m, step, commit, effect);
      effect->spawned.push_back({step.label.task, step.operation});
      if (!commit) return;
      t.active = step.label.task;
      t.deadline = deadline + op.arg;
      m.armed.push_back({t.active, t.deadline, m.NumEvents()});
      return;
  }
}

void FireBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  TimerState& t = TimerOf(m, step);
  if (t.active != step.label.task) {
    if (t.last != kNoEvent) out->push_back(t.last);
    return;
  }
  if (m.TimersAtBound()) {
    if (m.bounded_expiry != kNoEvent) out->push_back(m.bounded_expiry);
    return;
  }
  EventIndex last = kNoEvent;
  for (const Machine::ArmedTimer& a : m.armed) {
    if (a.deadline < t.deadline && (last == kNoEvent || a.armed > last)) last = a.armed;
  }
  if (last != kNoEvent) out->push_back(last);
}

bool WakeEnabled(Machine& m, const Step& step) { return TimerOf(m, step).fired.event != kNoEvent; }

void WakeApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.fired.event);
  AddSync(effect, 0, t.fired);
  if (commit) t.last = m.NumEvents();
}

}  // namespace

const Rules kArmRules = {Always, ArmApply, NoBlockers};
const Rules kStopRules = {Always, StopApply, NoBlockers};
const Rules kNowRules = {Always, NowApply, NoBlockers};
const Rules kFireRules = {FireEnabled, FireApply, FireBlockers};
const Rules kWakeRules = {WakeEnabled, WakeApply, NoBlockers};

}  // namespace heddle::sync
