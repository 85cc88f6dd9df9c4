// SPDX-License-Identifier: Apache-2.0
// Send, receive, select, close, len: when they may happen, what they depend on, what stands in
// their way.
#include "models/sync/channel_rules.h"

#include <fmt/format.h>

namespace heddle::sync {

void ChannelState::Reset(int32_t initial) {
  capacity = initial & ~kTicks;
  ticks = (initial & kTicks) != 0;
  timer_change = kNoEvent;
  timer_sights.clear();
  due = {};
  period = 0;
  sends.clear();
  receives.clear();
  close = {};
  of_context = selected[0] = selected[1] = false;
  empty_polls.clear();
  full_polls.clear();
  before_close.clear();
  readiness_reads.clear();
  partner_reads.clear();
}

std::string ChannelState::Describe() const {
  std::string text = capacity == 0 ? std::string("unbuffered")
                                   : fmt::format("{}/{} buffered", buffered(), capacity);
  if (closed()) text += ", closed";
  return text;
}

uint32_t ChannelState::EarliestParked(uint8_t role, TaskId except) const {
  uint32_t earliest = 0;
  for (const Parked& p : parked) {
    if (p.role == role && p.task != except && (earliest == 0 || p.epoch < earliest)) {
      earliest = p.epoch;
    }
  }
  return earliest;
}

const Operand* CaseOf(const Operation& operation, int32_t alternative) {
  if (operation.code != kSelect) return &operation.operands[0];
  return alternative >= 0 ? &operation.operands[alternative] : nullptr;
}

uint8_t CaseRole(const Operation& operation, int32_t alternative) {
  return RoleOf(operation.code == kSelect ? operation.operands[alternative].code : operation.code);
}

namespace {

uint8_t Opposite(uint8_t role) { return 1 - role; }

bool Ready(Machine& m, const Operand& channel, uint8_t role) {
  if (!channel.object.valid()) return false;
  ChannelState& c = m.Get<ChannelState>(channel);
  return role == kSenderRole ? c.SendReady() : c.ReceiveReady();
}

// The use of a channel by one task in a step.
struct Use {
  TaskId task;
  uint32_t position;
  const Operation* operation;
  int32_t alternative;
};

Use ActorOf(const Step& s) {
  return {s.label.task, s.label.position, s.operation, s.label.alternative};
}
Use PartnerOf(const Step& s) {
  return {s.label.partner, s.label.partner_position, s.partner, s.label.partner_alternative};
}

// The epoch at which the task was first seen parked in its operation; 0: it was not.
uint32_t EpochOf(Machine& m, const Use& use) {
  Machine::TaskState& task = m.Task(use.task);
  return task.position == use.position ? task.parked_epoch : 0;
}

// A task whose operation waits: not a poll, and nothing it could do at once.
bool CouldBeParked(Machine& m, const Use& use) {
  const Operation& op = *use.operation;
  if (op.code != kSelect) return true;
  if (op.has_default) return false;
  bool parked = EpochOf(m, use) != 0;
  for (const Operand& o : op.Operands()) {
    if (!o.object.valid()) continue;
    if (Ready(m, o, RoleOf(o.code))) return false;
    if (parked || !m.ideal()) continue;
    if (m.Get<ChannelState>(o).EarliestParked(Opposite(RoleOf(o.code)), use.task) != 0)
      return false;
  }
  return true;
}

// Operations that wait for one channel alone could be parked whatever happens elsewhere.
bool WaitsForOneChannel(const Operation& op) {
  if (op.code != kSelect) return true;
  if (op.has_default) return false;
  ObjectId only;
  for (const Operand& o : op.Operands()) {
    if (!o.object.valid()) continue;
    if (only.valid() && only != o.object) return false;
    only = o.object;
  }
  return true;
}

// A parked select that entered the queue more than once: a close wakes any of these cases.
bool EntersTwice(const Operation& op, ObjectId channel, uint8_t role) {
  if (op.code != kSelect) return false;
  int times = 0;
  for (const Operand& o : op.Operands()) times += o.object == channel && RoleOf(o.code) == role;
  return times > 1;
}

// Ideal time: a close has taken the select out of all queues and left open which of its cases on
// that channel it was (receive cases first). Then only those are possible.
bool ClosedElsewhere(Machine& m, const Use& use) {
  ObjectId by = m.Task(use.task).woken_by;
  if (!by.valid()) return false;
  const Operand* channel = CaseOf(*use.operation, use.alternative);
  if (channel->object != by) return true;
  return CaseRole(*use.operation, use.alternative) == kSenderRole &&
         EntersTwice(*use.operation, by, kReceiverRole);
}

void WakeByClose(Machine& m, ObjectId channel, TaskId task) {
  m.Serve(task, m.NumEvents());
  m.Task(task).woken_by = channel;
}

// Calls `visit` with every operand whose readiness decides whether this joint step may happen.
template <class Visit>
void ForEachReadinessRead(const Step& step, Visit visit) {
  if (WaitsForOneChannel(*step.operation) || WaitsForOneChannel(*step.partner)) return;
  ObjectId own = CaseOf(*step.operation, step.label.alternative)->object;
  for (const Operation* op : {step.operation, step.partner}) {
    if (op->has_default) continue;
    for (const Operand& o : op->Operands()) {
      if (o.object.valid() && o.object != own) visit(o);
    }
  }
}

// ---- Enabled

// Ideal time: a rendezvous or hand-over on one channel respects the queue of parked tasks.
bool QueueAllows(Machine& m, const ChannelState& c, const Use& sender, const Use& receiver) {
  uint32_t sender_epoch = EpochOf(m, sender), receiver_epoch = EpochOf(m, receiver);
  uint32_t first_sender = c.EarliestParked(kSenderRole, receiver.task);
  uint32_t first_receiver = c.EarliestParked(kReceiverRole, sender.task);
  if (sender_epoch != 0 && sender_epoch != first_sender) return false;
  if (receiver_epoch != 0 && receiver_epoch != first_receiver) return false;
  if (sender_epoch == 0 && receiver_epoch == 0 && (first_sender != 0 || first_receiver != 0)) {
    return false;
  }
  return true;
}

bool JointEnabled(Machine& m, const Step& step) {
  const Operand* channel = CaseOf(*step.operation, step.label.alternative);
  ChannelState& c = m.Get<ChannelState>(*channel);
  if (c.closed() || step.label.task == step.label.partner) return false;
  Use sender = ActorOf(step), receiver = PartnerOf(step);
  if (ClosedElsewhere(m, sender) || ClosedElsewhere(m, receiver)) return false;
  if (c.capacity == 0) {
    if (!CouldBeParked(m, sender) && !CouldBeParked(m, receiver)) return false;
    return !m.ideal() || m.epoch() == 0 || QueueAllows(m, c, sender, receiver);
  }
  if (!m.ideal() || m.epoch() == 0) return false;
  // Buffered: only a parked task is served by hand-over.
  uint32_t sender_epoch = EpochOf(m, sender), receiver_epoch = EpochOf(m, receiver);
  if (receiver_epoch != 0 && sender_epoch == 0) {
    return receiver_epoch == c.EarliestParked(kReceiverRole, sender.task);
  }
  if (sender_epoch != 0 && receiver_epoch == 0) {
    return c.buffered() == static_cast<size_t>(c.capacity) &&
           sender_epoch == c.EarliestParked(kSenderRole, receiver.task);
  }
  return false;
}

bool DefaultEnabled(Machine& m, const Step& step) {
  const Operation& op = *step.operation;
  for (const Operand& o : op.Operands()) {
    if (!o.object.valid()) continue;
    uint8_t role = RoleOf(o.code);
    if (Ready(m, o, role)) return false;
    if (m.ideal() && m.Get<ChannelState>(o).EarliestParked(Opposite(role), step.label.task) != 0) {
      return false;
    }
  }
  if (op.await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), op.await_from, &partner) && partner == kNoEvent;
}

bool SingleEnabled(Machine& m, const Step& step) {
  if (step.label.joint()) return JointEnabled(m, step);
  const Operation& op = *step.operation;
  if (step.label.alternative == sim::kDefault) return DefaultEnabled(m, step);
  const Operand* channel = CaseOf(op, step.label.alternative);
  if (!channel->object.valid()) return false;
  uint8_t role = CaseRole(op, step.label.alternative);
  if (!Ready(m, *channel, role)) return false;
  if (ClosedElsewhere(m, ActorOf(step))) return false;
  ChannelState& c = m.Get<ChannelState>(*channel);
  if (!m.ideal() || c.parked.empty() || c.closed()) return true;
  // A parked partner makes it a hand-over, which is a joint step.
  if (role == kSenderRole) return c.EarliestParked(kReceiverRole, step.label.task) == 0;
  return c.buffered() < static_cast<size_t>(c.capacity) ||
         c.EarliestParked(kSenderRole, step.label.task) == 0;
}

// ---- Apply

// After those that served tasks parked in `role` at an epoch before `before` (0: at any).
void AfterServed(const ChannelState& c, uint8_t role, uint32_t before, Effect* effect) {
  for (const Served& s : c.served) {
    if (s.role == role && (before == 0 || s.epoch < before)) AddPred(effect, s.event);
  }
}

void ApplyReadinessReads(Machine& m, const Step& step, bool commit, Effect* effect) {
  ForEachReadinessRead(step, [&](const Operand& o) {
    ChannelState& c = m.Get<ChannelState>(o);
    if (!c.sends.empty()) AddPred(effect, c.sends.back().event);
    if (!c.receives.empty()) AddPred(effect, c.receives.back().event);
    AddPred(effect, c.close.event);
    if (m.ideal()) AfterServed(c, Opposite(RoleOf(o.code)), 0, effect);
    if (c.buffered() == 0) SeeTimer(m, c, commit, effect);
    if (!commit) return;
    c.before_close.push_back(m.NumEvents());
    c.readiness_reads.push_back(m.NumEvents());
  });
}

void ApplyJoint(Machine& m, const Step& step, bool commit, Effect* effect) {
  const Operand* channel = CaseOf(*step.operation, step.label.alternative);
  ChannelState& c = m.Get<ChannelState>(*channel);
  if (m.ideal() && m.epoch() > 0) {
    uint32_t sender_epoch = EpochOf(m, ActorOf(step)), receiver_epoch = EpochOf(m, PartnerOf(step));
    AfterServed(c, kSenderRole, sender_epoch, effect);
    AfterServed(c, kReceiverRole, receiver_epoch, effect);
  }
  if (c.capacity == 0) {
    effect->sync.push_back({1, m.NumEvents(), 0});
    effect->sync.push_back({0, m.NumEvents(), 1});
    effect->transfers.push_back({sim::Transfer::Kind::kHand, 0, 1});
    AddPreds(effect, c.partner_reads);
    ApplyReadinessReads(m, step, commit, effect);
    if (commit) c.before_close.push_back(m.NumEvents());
  } else if (c.buffered() == 0) {
    return HandToParked(m, c, step, commit, effect);
  } else {  // the receiver takes the oldest value and lets a parked sender in
    AddPreds(effect, c.readiness_reads);
    BufferedReceive(m, c, 1, commit, effect);
    BufferedSend(m, c, 0, commit, effect);
  }
  effect->parts[1].result.flag = true;
  effect->parts[0].result.flag = true;
  if (commit) ++c.version;
}

void ApplyDefault(Machine& m, const Step& step, bool commit, Effect* effect) {
  for (const Operand& o : step.operation->Operands()) {
    if (!o.object.valid()) continue;
    ChannelState& c = m.Get<ChannelState>(o);
    uint8_t role = RoleOf(o.code);
    if (m.ideal()) AfterServed(c, Opposite(role), 0, effect);
    if (c.capacity == 0) {
      if (commit) c.before_close.push_back(m.NumEvents());
    } else if (role == kReceiverRole) {
      FailedReceivePoll(m, c, commit, effect);
    } else {
      FailedSendPoll(m, c, commit, effect);
    }
  }
}

// Selects see whether contexts are cancelled (ContextOrder).
void NoteSelect(Machine& m, const Operation& op, EventIndex above) {
  if (op.code != kSelect) return;
  for (const Operand& o : op.Operands()) {
    if (!o.object.valid()) continue;
    ChannelState& c = m.Get<ChannelState>(o);
    c.selected[RoleOf(o.code)] = true;
    if (!c.of_context || (!op.has_default && WaitsForOneChannel(op))) continue;
    m.contexts.NoteLook({m.NumEvents(), above, o.object, op.has_default ? nullptr : &op});
  }
}

EventIndex AboveOf(Machine& m, TaskId task) { return m.Task(task).last; }

void SingleApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (commit) {
    NoteSelect(m, *step.operation, AboveOf(m, step.label.task));
    if (step.label.joint()) NoteSelect(m, *step.partner, AboveOf(m, step.label.partner));
  }
  if (step.operation->await_from != Operation::kNotAwaiting &&
      step.label.alternative == sim::kDefault) {
    m.AddAwaitPreds(step, commit, effect);
  }
  if (step.label.joint()) return ApplyJoint(m, step, commit, effect);
  if (step.label.alternative == sim::kDefault) return ApplyDefault(m, step, commit, effect);
  const Operand* channel = CaseOf(*step.operation, step.label.alternative);
  ChannelState& c = m.Get<ChannelState>(*channel);
  uint8_t role = CaseRole(*step.operation, step.label.alternative);
  if (m.ideal()) AfterServed(c, Opposite(role), 0, effect);
  if (!c.closed() || (role == kReceiverRole && c.buffered() > 0)) {
    AddPreds(effect, c.readiness_reads);
  }
  sim::Result& result = effect->parts[0].result;
  if (role == kSenderRole) {
    if (c.closed()) {
      AddPred(effect, c.close.event);
      result.status = kPanicSendOnClosed;
      return;
    }
    BufferedSend(m, c, 0, commit, effect);
    result.flag = true;
  } else if (c.buffered() > 0) {
    BufferedReceive(m, c, 0, commit, effect);
    result.flag = true;
  } else {
    AddPred(effect, c.close.event);
    if (!c.receives.empty()) AddPred(effect, c.receives.back().event);
    AddSync(effect, 0, c.close);
    effect->transfers.push_back({sim::Transfer::Kind::kZero, 0, 0});
  }
}

// ---- Blockers

void AddLast(const std::vector<EventRef>& events, std::vector<EventIndex>* out) {
  if (!events.empty()) out->push_back(events.back().event);
}

// What made this case ready, the latest such event.
void ReadinessBlocker(const ChannelState& c, uint8_t role, std::vector<EventIndex>* out) {
  if (c.closed()) {
    out->push_back(c.close.event);
  } else if (role == kReceiverRole) {
    AddLast(c.sends, out);
  } else {
    AddLast(c.receives, out);
  }
}

void SingleBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  for (TaskId task : {step.label.task, step.label.partner}) {
    ObjectId by = task.valid() ? m.Task(task).woken_by : ObjectId{};
    if (by.valid()) out->push_back(m.Get<ChannelState>({by, 0, 0}).close.event);
  }
  if (!out->empty()) return;
  if (step.label.joint()) {
    const Operand* channel = CaseOf(*step.operation, step.label.alternative);
    ChannelState& c = m.Get<ChannelState>(*channel);
    if (c.closed()) {
      out->push_back(c.close.event);
      return;
    }
    // Neither could be parked: one of the two must lose what makes another case of it ready.
    for (const Operation* op : {step.operation, step.partner}) {
      if (op->code != kSelect || op->has_default) continue;
      for (const Operand& o : op->Operands()) {
        if (!Ready(m, o, RoleOf(o.code))) continue;
        ReadinessBlocker(m.Get<ChannelState>(o), RoleOf(o.code), out);
        break;
      }
    }
    return;
  }
  if (step.label.alternative == sim::kDefault) {
    for (const Operand& o : step.operation->Operands()) {
      if (!Ready(m, o, RoleOf(o.code))) continue;
      ReadinessBlocker(m.Get<ChannelState>(o), RoleOf(o.code), out);
      return;
    }
    return;
  }
  const Operand* channel = CaseOf(*step.operation, step.label.alternative);
  if (!channel->object.valid()) return;
  ChannelState& c = m.Get<ChannelState>(*channel);
  if (c.capacity == 0) return;
  AddLast(CaseRole(*step.operation, step.label.alternative) == kSenderRole ? c.sends : c.receives,
          out);
}

// ---- Close and len

void CloseApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  const Operand& channel = step.operation->first();
  if (!channel.object.valid()) {
    effect->parts[0].result.status = kPanicCloseOfNil;
    return;
  }
  ChannelState& c = m.Get<ChannelState>(channel);
  if (c.closed()) {
    AddPred(effect, c.close.event);
    effect->parts[0].result.status = kPanicCloseOfClosed;
    return;
  }
  CloseOpen(m, channel, commit, effect);
}

void LenApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  ChannelState& c = m.Get<ChannelState>(step.operation->first());
  if (!c.sends.empty()) AddPred(effect, c.sends.back().event);
  if (!c.receives.empty()) AddPred(effect, c.receives.back().event);
  effect->parts[0].result.value = static_cast<int64_t>(c.buffered());
  if (c.buffered() == 0) SeeTimer(m, c, commit, effect);
  if (commit) c.readiness_reads.push_back(m.NumEvents());
}

bool LenEnabled(Machine& m, const Step& step) {
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

}  // namespace

void BufferedSend(Machine& m, ChannelState& c, uint32_t part, bool commit, Effect* effect) {
  uint32_t k = static_cast<uint32_t>(c.sends.size());
  EventIndex self = m.NumEvents();
  if (k > 0 && c.sends[k - 1].event != self) AddPred(effect, c.sends[k - 1].event);
  int64_t freed = static_cast<int64_t>(k) - c.capacity;
  if (freed >= 0) {
    // Uncommitted hand-overs have not entered their receive yet: then it is part 1 of this event.
    EventRef r =
        freed < static_cast<int64_t>(c.receives.size()) ? c.receives[freed] : EventRef{self, 1};
    if (r.event != self) AddPred(effect, r.event);
    AddSync(effect, part, r);
  }
  for (const auto& [seen, poll] : c.empty_polls) {
    if (seen == k) AddPred(effect, poll);
  }
  effect->transfers.push_back({sim::Transfer::Kind::kPush, part, 0});
  if (commit) {
    c.sends.push_back({self, part});
    ++c.version;
  }
}

void HandToParked(Machine& m, ChannelState& c, const Step& step, bool commit, Effect* effect) {
  AfterServed(c, kReceiverRole, EpochOf(m, PartnerOf(step)), effect);
  AddPreds(effect, c.readiness_reads);
  BufferedSend(m, c, 0, commit, effect);
  BufferedReceive(m, c, 1, commit, effect);
  effect->parts[0].result.flag = effect->parts[1].result.flag = true;
  if (commit) ++c.version;
}

void SeeTimer(Machine& m, ChannelState& c, bool commit, Effect* effect) {
  if (!c.ticks || m.ideal()) return;
  AddPred(effect, c.timer_change);
  m.SeesUnexpired(c.due);
  if (commit) c.timer_sights.push_back(m.NumEvents());
}

void BufferedReceive(Machine& m, ChannelState& c, uint32_t part, bool commit, Effect* effect) {
  SeeTimer(m, c, commit, effect);
  // A ticker goes on to tick once there is room for it.
  if (commit && c.period > 0) c.due = {m.NumEvents(), c.period};
  uint32_t k = static_cast<uint32_t>(c.receives.size());
  EventIndex self = m.NumEvents();
  if (k > 0 && c.receives[k - 1].event != self) AddPred(effect, c.receives[k - 1].event);
  EventRef sent = k < c.sends.size() ? c.sends[k] : EventRef{self, 0};
  if (sent.event != self) AddPred(effect, sent.event);
  AddSync(effect, part, sent);
  for (const auto& [seen, poll] : c.full_polls) {
    if (seen == k) AddPred(effect, poll);
  }
  effect->transfers.push_back({sim::Transfer::Kind::kPop, 0, part});
  if (commit) {
    c.receives.push_back({self, part});
    ++c.version;
  }
}

void FailedReceivePoll(Machine& m, ChannelState& c, bool commit, Effect* effect) {
  if (!c.receives.empty()) AddPred(effect, c.receives.back().event);
  SeeTimer(m, c, commit, effect);
  if (commit) c.empty_polls.emplace_back(static_cast<uint32_t>(c.sends.size()), m.NumEvents());
}

void FailedSendPoll(Machine& m, ChannelState& c, bool commit, Effect* effect) {
  if (!c.sends.empty()) AddPred(effect, c.sends.back().event);
  if (commit) c.full_polls.emplace_back(static_cast<uint32_t>(c.receives.size()), m.NumEvents());
}

void CloseOpen(Machine& m, const Operand& channel, bool commit, Effect* effect) {
  ChannelState& c = m.Get<ChannelState>(channel);
  AddPreds(effect, c.before_close);
  if (!c.sends.empty()) AddPred(effect, c.sends.back().event);
  for (const auto& [seen, poll] : c.empty_polls) AddPred(effect, poll);
  for (const auto& [seen, poll] : c.full_polls) AddPred(effect, poll);
  if (m.ideal() && m.epoch() > 0) {
    for (const Served& s : c.served) AddPred(effect, s.event);
    // Receive cases go before send cases: a select parked with both receives.
    std::vector<Parked> waiting = c.parked;
    for (uint8_t role : {kReceiverRole, kSenderRole}) {
      for (const Parked& p : waiting) {
        if (p.role != role) continue;
        const Operation& op = *m.Task(p.task).operation;
        bool known = role == kSenderRole && EntersTwice(op, channel.object, kReceiverRole);
        for (const sim::Part& part : effect->parts) known |= part.task == p.task;
        if (known) continue;
        if (EntersTwice(op, channel.object, role)) {
          if (commit && m.Task(p.task).parked_epoch != 0) WakeByClose(m, channel.object, p.task);
          continue;
        }
        uint32_t part = m.AddParkedPart(p, effect);
        const Machine::TaskState& task = m.Task(p.task);
        if (commit && c.of_context && !WaitsForOneChannel(*task.operation)) {
          // What wakes it first decides what it sees.
          m.contexts.NoteLook({m.NumEvents(), task.last, channel.object, nullptr});
        }
        if (role == kReceiverRole) {
          effect->sync.push_back({part, m.NumEvents(), 0});
          effect->transfers.push_back({sim::Transfer::Kind::kZero, 0, part});
        } else {
          effect->parts[part].result.status = kPanicSendOnClosed;
        }
      }
    }
  }
  if (commit) {
    c.close = {m.NumEvents(), 0};
    ++c.version;
  }
}

const Rules kChannelSingleRules = {SingleEnabled, SingleApply, SingleBlockers};
const Rules kCloseRules = {Always, CloseApply, NoBlockers};
const Rules kLenRules = {LenEnabled, LenApply, NoBlockers};

}  // namespace heddle::sync
