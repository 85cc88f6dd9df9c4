// SPDX-License-Identifier: Apache-2.0
// Contexts: derive, cancel, propagate, detach, stop, Err.
#include "models/sync/context_rules.h"

#include <algorithm>

#include "models/sync/channel_rules.h"

namespace heddle::sync {

void ContextState::Reset(int32_t) {
  cancel = write = {};
  reads.clear();
  busy = kNoEvent;
  children.clear();
  stopped = false;
}

size_t ChildrenToVisit(const ContextState& s) {
  return static_cast<size_t>(std::count_if(s.children.begin(), s.children.end(),
                                           [](const auto& c) { return !c.visited; }));
}

namespace {

ContextState& NodeOf(Machine& m, const Step& step, size_t operand = 0) {
  return m.Get<ContextState>(step.operation->operands[operand]);
}

void Read(Machine& m, ContextState& s, bool commit, Effect* effect) {
  AddPred(effect, s.write.event);
  if (commit) s.reads.push_back(m.NumEvents());
}

void Write(Machine& m, ContextState& s, bool commit, Effect* effect) {
  AddPred(effect, s.write.event);
  AddPreds(effect, s.reads);
  if (!commit) return;
  s.write = {m.NumEvents(), 0};
  s.reads.clear();
  ++s.version;
}

void AddBusy(const ContextState& s, std::vector<EventIndex>* out) {
  if (s.busy != kNoEvent) out->push_back(s.busy);
}

// Sets the error and closes Done. The node was not cancelled.
void CancelNode(Machine& m, ContextState& s, ObjectId node, const Operand& done, bool commit,
                Effect* effect) {
  Write(m, s, commit, effect);
  CloseOpen(m, done, commit, effect);
  if (!commit) return;
  m.contexts.NoteCancel(m.NumEvents(), node, ChildrenToVisit(s));
  s.cancel = {m.NumEvents(), 0};
  if (ChildrenToVisit(s) > 0) s.busy = m.NumEvents();
}

void Look(Machine& m, const Step& step, ObjectId node, bool commit) {
  if (commit) m.contexts.NoteLook({m.NumEvents(), m.Task(step.label.task).last, node, nullptr});
}

// ---- Attach

bool AttachEnabled(Machine& m, const Step& step) { return NodeOf(m, step, 2).busy == kNoEvent; }

// Result flag: the parent was cancelled already, and so is the child.
void AttachApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ContextState& parent = NodeOf(m, step, 2);
  ObjectId own = step.operation->first().object, above = step.operation->operands[2].object;
  Look(m, step, above, commit);
  Read(m, parent, commit, effect);
  if (commit) {
    m.contexts.NoteChild(own, step.operation->operands[1].object, above);
    m.Get<ChannelState>(step.operation->operands[1]).of_context = true;
  }
  if (!parent.cancelled()) {
    if (commit) parent.children.push_back({own});
    return;
  }
  AddSync(effect, 0, parent.cancel);
  effect->parts[0].result.flag = true;
  ContextState& child = NodeOf(m, step);
  CancelNode(m, child, own, step.operation->operands[1], commit, effect);
}

void AttachBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  AddBusy(NodeOf(m, step, 2), out);
}

// ---- Cancel and propagate

bool CancelEnabled(Machine& m, const Step& step) { return NodeOf(m, step).busy == kNoEvent; }

// Result flag: this call cancelled it. Value: how many children are to be visited.
void CancelApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ContextState& s = NodeOf(m, step);
  ObjectId node = step.operation->first().object;
  Look(m, step, node, commit);
  if (s.cancelled()) {
    AddSync(effect, 0, s.cancel);
    return Read(m, s, commit, effect);
  }
  effect->parts[0].result.flag = true;
  effect->parts[0].result.value = static_cast<int64_t>(ChildrenToVisit(s));
  CancelNode(m, s, node, step.operation->operands[1], commit, effect);
}

void CancelBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  AddBusy(NodeOf(m, step), out);
}

// The child that an alternative visits, with its Done channel.
size_t ChildOperand(const Step& step) {
  return 1 + 2 * static_cast<size_t>(step.label.alternative);
}

ContextState::Child* FindChild(ContextState& s, ObjectId node) {
  for (ContextState::Child& c : s.children) {
    if (c.node == node) return &c;
  }
  return nullptr;
}

// In every order only if somebody has been seen who could tell.
bool PropagateEnabled(Machine& m, const Step& step) {
  ContextState& s = NodeOf(m, step);
  size_t at = ChildOperand(step);
  if (!m.options().replays && !m.IsStrict(step.operation->first().object)) {
    for (size_t before = 1; before < at; before += 2) {
      const ContextState::Child* c = FindChild(s, step.operation->operands[before].object);
      if (c != nullptr && !c->visited) return false;
    }
  }
  ContextState::Child* child = FindChild(s, step.operation->operands[at].object);
  return child != nullptr && !child->visited && NodeOf(m, step, at).busy == kNoEvent;
}

// Result flag: the visit cancelled the child. Value: how many children of its own it has.
void PropagateApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  size_t at = ChildOperand(step);
  ContextState& child = NodeOf(m, step, at);
  if (child.cancelled() || child.stopped) {
    Read(m, child, commit, effect);
  } else {
    effect->parts[0].result.flag = true;
    effect->parts[0].result.value = static_cast<int64_t>(ChildrenToVisit(child));
    CancelNode(m, child, step.operation->operands[at].object, step.operation->operands[at + 1],
               commit, effect);
  }
  if (!commit) return;
  m.contexts.NoteVisit(m.NumEvents(), step.label.task, step.operation->first().object,
                       step.operation->operands[at].object);
  FindChild(NodeOf(m, step), step.operation->operands[at].object)->visited = true;
}

void PropagateBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  ContextState& s = NodeOf(m, step);
  size_t at = ChildOperand(step);
  ContextState::Child* child = FindChild(s, step.operation->operands[at].object);
  if (child != nullptr && !child->visited) AddBusy(NodeOf(m, step, at), out);
}

void FinishApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ContextState& s = NodeOf(m, step);
  Write(m, s, commit, effect);
  if (!commit) return;
  m.contexts.NoteFinish(m.NumEvents(), step.label.task, step.operation->first().object);
  s.busy = kNoEvent;
  s.children.clear();
}

// ---- Detach, stop, Err

bool NotBusy(Machine& m, const Step& step) {
  if (NodeOf(m, step).busy != kNoEvent) return false;
  if (step.operation->await_from == Operation::kNotAwaiting) return true;
  EventIndex partner = kNoEvent;
  return m.RoundChanged(m.Task(step.label.task), step.operation->await_from, &partner);
}

void DetachApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ContextState& parent = NodeOf(m, step);
  Look(m, step, step.operation->first().object, commit);
  Read(m, parent, commit, effect);
  if (!commit) return;
  std::erase_if(parent.children, [&](const ContextState::Child& c) {
    return c.node == step.operation->operands[1].object;
  });
}

// Result flag: the function had not been started, and now never will.
void StopApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  ContextState& s = NodeOf(m, step);
  Look(m, step, step.operation->first().object, commit);
  effect->parts[0].result.flag = !s.cancelled() && !s.stopped;
  Write(m, s, commit, effect);
  if (commit) s.stopped = true;
}

void ErrApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  if (step.operation->await_from != Operation::kNotAwaiting) m.AddAwaitPreds(step, commit, effect);
  ContextState& s = NodeOf(m, step);
  Look(m, step, step.operation->first().object, commit);
  effect->parts[0].result.flag = s.cancelled();
  AddSync(effect, 0, s.cancel);
  Read(m, s, commit, effect);
}

}  // namespace

const Rules kCtxAttachRules = {AttachEnabled, AttachApply, AttachBlockers};
const Rules kCtxCancelRules = {CancelEnabled, CancelApply, CancelBlockers};
const Rules kCtxPropagateRules = {PropagateEnabled, PropagateApply, PropagateBlockers};
const Rules kCtxFinishRules = {Always, FinishApply, NoBlockers};
const Rules kCtxDetachRules = {NotBusy, DetachApply, CancelBlockers};
const Rules kCtxStopRules = {Always, StopApply, NoBlockers};
const Rules kCtxErrRules = {NotBusy, ErrApply, CancelBlockers};

}  // namespace heddle::sync
