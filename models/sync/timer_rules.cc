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
  start = due = {};
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

void Disarm(Machine& m, TimerState& t) {
  std::erase_if(m.armed, [&](const Machine::ArmedTimer& a) { return a.task == t.active; });
  t.active = {};
  t.start = t.due = {};
}

// Async: arming or stopping a timer sees that it has not expired, if it is armed, and is ordered
// with all that sees that too.
void ChangeTimer(Machine& m, const Operation& op, TimerState& t, bool commit, Effect* effect) {
  if (m.ideal()) return;
  if (HasChannel(op)) {
    ChannelState& c = m.Get<ChannelState>(op.operands[1]);
    AddPred(effect, c.timer_change);
    AddPreds(effect, c.timer_sights);
    m.SeesUnexpired(c.due);
  } else if (op.first().code == kFunctionTimer) {
    m.SeesUnexpired(t.due);
    if (!m.options().ends_are_events) return;
    AddPreds(effect, m.count_reads);
    if (commit) m.count_changes.push_back(m.NumEvents());
  }
}

// With commit: what an armed or stopped timer's channel is due for.
void SetDue(Machine& m, const Operation& op, TimerState& t, LocalTime::Moment due) {
  const bool ticker = op.first().code == kTickerTimer;
  if (!HasChannel(op)) {
    t.due = due;
    return;
  }
  ChannelState& c = m.Get<ChannelState>(op.operands[1]);
  c.timer_change = m.NumEvents();
  c.timer_sights.clear();
  c.period = ticker ? due.after : 0;
  // A ticker does not tick while nobody has taken its last tick.
  c.due = ticker && c.buffered() > 0 ? LocalTime::Moment{} : due;
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
  AddPreds(effect, c.readiness_reads);
  BufferedReceive(m, c, 0, commit, effect);
  effect->transfers.back() = {sim::Transfer::Kind::kDrop, 0, 0};
  return true;
}

void ArmApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  const Operation& op = *step.operation;
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.last);
  ChangeTimer(m, op, t, commit, effect);
  bool pending = TakeBack(m, op, commit, effect);
  const int64_t now = m.ideal() ? m.Now() : m.times().Earliest({effect->above, effect->preds});
  effect->parts[0].result.flag = t.active.valid() || pending;
  effect->parts[0].result.value = now + op.arg;
  TaskId task = m.paths().Task(step.label.task, step.label.position, sim::TaskKind::kTimer);
  Operation fire = op;
  fire.code = kFire;
  effect->spawned.push_back({task, m.store().Intern(fire)});
  if (!commit) return;
  const int64_t duration = std::max<int64_t>(op.arg, 0);
  if (t.active.valid()) Disarm(m, t);
  t.active = task;
  t.deadline = m.Now() + duration;
  t.last = m.NumEvents();
  t.armed = {m.NumEvents(), 0};
  t.start = {m.NumEvents(), duration};
  SetDue(m, op, t, t.start);
  m.armed.push_back({task, t.deadline, t.start, op.first().code == kFunctionTimer});
}

void StopApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  const Operation& op = *step.operation;
  TimerState& t = TimerOf(m, step);
  AddPred(effect, t.last);
  ChangeTimer(m, op, t, commit, effect);
  bool pending = TakeBack(m, op, commit, effect);
  effect->parts[0].result.flag = t.active.valid() || pending;
  if (!commit) return;
  if (t.active.valid()) Disarm(m, t);
  SetDue(m, op, t, {});
  t.last = m.NumEvents();
}

// Async: the earliest time that is possible after what is causally before. That it was read keeps
// nobody from having been slow.
void NowApply(Machine& m, const Step& step, bool, Effect* effect) {
  m.BeginParts(step, effect);
  effect->parts[0].result.value = m.ideal() ? m.Now() : m.times().Earliest({effect->above});
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
  // Ticks that are dropped change nothing: they are no events.
  return step.operation->first().code != kTickerTimer ||
         m.Get<ChannelState>(step.operation->operands[1]).SendReady();
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
  m.Expires(t.start);
  m.SeesUnexpired(HasChannel(op) ? m.Get<ChannelState>(op.operands[1]).due : t.due);
  int64_t deadline = t.deadline;
  if (commit) {
    Disarm(m, t);
    ++t.expiries;
    t.last = m.NumEvents();
    t.fired = {m.NumEvents(), 0};
    if (HasChannel(op)) m.Get<ChannelState>(op.operands[1]).due = {};
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
      t.start = {m.NumEvents(), op.arg};
      m.armed.push_back({t.active, t.deadline, {}, false});
      return;
  }
}

void FireBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  TimerState& t = TimerOf(m, step);
  if (t.active != step.label.task) {
    if (t.last != kNoEvent) out->push_back(t.last);
    return;
  }
  if (m.TimersAtBound() && m.last_expiry() != kNoEvent) out->push_back(m.last_expiry());
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
