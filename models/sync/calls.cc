// SPDX-License-Identifier: Apache-2.0
// Announcing the operations of the primitives.
#include "models/sync/calls.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "models/sync/context.h"

namespace heddle::sync {

using sim::Execution;
using sim::Operand;
using sim::Operation;
using sim::PendingOp;
using sim::Result;

namespace {

Result PerformOn(Execution& ex, Op code, std::span<const Operand> operands, int64_t arg,
                 CallSite at, const sim::PayloadSlot* slots = nullptr,
                 sim::TimerClient* timer = nullptr) {
  PendingOp op;
  op.operation.code = code;
  op.operation.num_operands = static_cast<uint16_t>(operands.size());
  op.operation.operands = operands.data();
  op.operation.arg = arg;
  op.operation.await_from = at.await_from;
  op.slots = slots;
  op.timer = timer;
  op.site = at.site;
  return ex.Perform(op);
}

Operand OperandOf(const ChannelRef& c) { return {c.id, c.capacity | (c.ticks ? kTicks : 0), 0}; }
Operand OperandOf(const ObjectRef& o) { return {o.id, o.initial, 0}; }

}  // namespace

sim::TaskId Go(Execution& ex, std::function<void()> body, sim::TaskClient* client, CallSite at) {
  PendingOp op;
  op.operation.code = kGo;
  op.operation.await_from = at.await_from;
  op.body = &body;
  op.child = client;
  op.site = at.site;
  Result r = ex.Perform(op);
  return Abandoned(r) ? sim::TaskId{} : sim::TaskId{static_cast<uint32_t>(r.value)};
}

Result Choose(Execution& ex, int64_t n, CallSite at) { return PerformOn(ex, kChoose, {}, n, at); }
Result Yield(Execution& ex, CallSite at) { return PerformOn(ex, kYield, {}, 0, at); }
Result StopAtBound(Execution& ex, CallSite at) { return PerformOn(ex, kBound, {}, 0, at); }
Result NumTasks(Execution& ex, CallSite at) { return PerformOn(ex, kNumTasks, {}, 0, at); }

Result Send(Execution& ex, const ChannelRef& c, void* from, CallSite at) {
  Operand operand = OperandOf(c);
  sim::PayloadSlot slot{c.store, from};
  return PerformOn(ex, kSend, {&operand, 1}, 0, at, &slot);
}

Result Receive(Execution& ex, const ChannelRef& c, void* to, CallSite at) {
  Operand operand = OperandOf(c);
  sim::PayloadSlot slot{c.store, to};
  return PerformOn(ex, kReceive, {&operand, 1}, 0, at, &slot);
}

Result Close(Execution& ex, const ChannelRef& c, CallSite at) {
  Operand operand = OperandOf(c);
  return PerformOn(ex, kClose, {&operand, 1}, 0, at);
}

Result Len(Execution& ex, const ChannelRef& c, CallSite at) {
  if (!c.id.valid()) return {};
  Operand operand = OperandOf(c);
  return PerformOn(ex, kLen, {&operand, 1}, 0, at);
}

Result Select(Execution& ex, std::span<const SelectCase> cases, bool has_default, CallSite at) {
  constexpr size_t kInline = 8;
  std::array<Operand, kInline> few_operands;
  std::array<sim::PayloadSlot, kInline> few_slots;
  std::vector<Operand> many_operands;
  std::vector<sim::PayloadSlot> many_slots;
  Operand* operands = few_operands.data();
  sim::PayloadSlot* slots = few_slots.data();
  if (cases.size() > kInline) {
    many_operands.resize(cases.size());
    many_slots.resize(cases.size());
    operands = many_operands.data();
    slots = many_slots.data();
  }
  for (size_t i = 0; i < cases.size(); ++i) {
    operands[i] = OperandOf(cases[i].channel);
    operands[i].code = static_cast<sim::OpCode>(cases[i].send ? kSend : kReceive);
    slots[i] = {cases[i].channel.store, cases[i].slot};
  }
  PendingOp op;
  op.operation.code = kSelect;
  op.operation.has_default = has_default;
  op.operation.num_operands = static_cast<uint16_t>(cases.size());
  op.operation.operands = operands;
  op.operation.await_from = at.await_from;
  op.slots = slots;
  op.site = at.site;
  return ex.Perform(op);
}

Result Act(Execution& ex, Op code, const ObjectRef& object, CallSite at) {
  Operand operand = OperandOf(object);
  return PerformOn(ex, code, {&operand, 1}, 0, at);
}

Result RwLock(Execution& ex, const ObjectRef& object, CallSite at) {
  for (Op step : {kRwTake, kRwAnnounce}) {
    Result r = Act(ex, step, object, at);
    if (Abandoned(r)) return r;
    at = {at.site};
  }
  return Act(ex, kRwAcquire, object, at);
}

Result RwTryLock(Execution& ex, const ObjectRef& object, CallSite at) {
  Result taken = Act(ex, kRwTryTake, object, at);
  if (Abandoned(taken) || !taken.flag) return taken;
  Result r = Act(ex, kRwTryAcquire, object, {at.site});
  if (Abandoned(r) || r.flag) return r;
  return Act(ex, kRwRelease, object, {at.site});
}

Result RwUnlock(Execution& ex, const ObjectRef& object, CallSite at) {
  Result r = Act(ex, kRwUnlock, object, at);
  if (Abandoned(r) || r.status != kOk) return r;
  return Act(ex, kRwRelease, object, {at.site});
}

Result WaitGroupAdd(Execution& ex, const ObjectRef& object, int64_t delta, CallSite at) {
  Operand operand = OperandOf(object);
  return PerformOn(ex, kWgAdd, {&operand, 1}, delta, at);
}

Result CondWait(Execution& ex, const ObjectRef& cond, const ObjectRef& mutex,
                const std::function<void()>& unlock, CallSite at) {
  Operand operands[] = {OperandOf(cond), OperandOf(mutex)};
  Result r = PerformOn(ex, kCondWait, {operands, mutex.id.valid() ? 2u : 1u}, 0, at);
  if (Abandoned(r) || r.status != kOk) return r;
  if (!mutex.id.valid()) unlock();
  return PerformOn(ex, kCondParked, {operands, 1}, 0, {at.site});
}

// ---- Time

namespace {

std::array<Operand, 2> OperandsOf(const TimerRef& t) {
  return {Operand{t.id, t.no_stale_values ? 1 : 0, static_cast<sim::OpCode>(t.mode)},
          OperandOf(t.channel)};
}

}  // namespace

Result TimerArm(Execution& ex, const TimerRef& timer, int64_t duration, sim::TimerClient* client,
                CallSite at) {
  auto operands = OperandsOf(timer);
  sim::PayloadSlot slots[] = {{timer.channel.store, nullptr}};
  return PerformOn(ex, kArm, operands, duration, at, slots, client);
}

Result TimerStop(Execution& ex, const TimerRef& timer, CallSite at) {
  auto operands = OperandsOf(timer);
  sim::PayloadSlot slots[] = {{timer.channel.store, nullptr}};
  return PerformOn(ex, kStop, operands, 0, at, slots);
}

Result Now(Execution& ex, CallSite at) { return PerformOn(ex, kNow, {}, 0, at); }

Result Sleep(Execution& ex, int64_t duration, CallSite at) {
  if (duration <= 0) return {};
  TimerRef timer{ex.NewObject(), kSleepTimer, false, {}};
  Result r = TimerArm(ex, timer, duration, nullptr, at);
  if (Abandoned(r)) return r;
  Operand operand = OperandsOf(timer)[0];
  return PerformOn(ex, kWake, {&operand, 1}, 0, {at.site});
}

// ---- Contexts

namespace {

Operand NodeOperand(const ContextCore& c) { return {c.node, 0, 0}; }

void SetError(ContextCore& c, ContextWords err, ContextWords cause) {
  c.cancelled = true;
  c.err = err;
  c.cause = cause;
}

// Cancels every child of `c`, in an order that is chosen; returns false when abandoned.
bool Propagate(Execution& ex, ContextCore& c, CallSite at) {
  // Which child an alternative means must not depend on who attached the own child first.
  std::sort(c.children.begin(), c.children.end(), [&](const ContextCore* a, const ContextCore* b) {
    return ex.paths().Earlier(a->node, b->node);
  });
  std::vector<Operand> operands = {NodeOperand(c)};
  for (ContextCore* child : c.children) {
    operands.push_back(NodeOperand(*child));
    operands.push_back(OperandOf(child->done));
  }
  for (size_t left = c.children.size(); left > 0; --left) {
    Result r =
        PerformOn(ex, kCtxPropagate, operands, static_cast<int64_t>(c.children.size()), {at.site});
    // In teardown a release operation returns without having chosen anything.
    if (Abandoned(r) || r.alternative < 0) return false;
    ContextCore& child = *c.children[static_cast<size_t>(r.alternative)];
    if (!r.flag) continue;
    SetError(child, c.err, c.cause);
    if (child.function) Go(ex, child.function, child.function_client, {at.site});
    if (r.value > 0 && !Propagate(ex, child, at)) return false;
  }
  c.children.clear();
  return !Abandoned(PerformOn(ex, kCtxFinish, {operands.data(), 1}, 0, {at.site}));
}

}  // namespace

bool ContextAttach(Execution& ex, ContextCore& child, CallSite at) {
  if (child.parent == nullptr) return false;
  Operand operands[] = {NodeOperand(child), OperandOf(child.done), NodeOperand(*child.parent)};
  Result r = PerformOn(ex, kCtxAttach, operands, 0, at);
  if (Abandoned(r)) return false;
  if (!r.flag) {
    child.parent->children.push_back(&child);
    return false;
  }
  SetError(child, child.parent->err, child.parent->cause);
  if (child.function) Go(ex, child.function, child.function_client, {at.site});
  return true;
}

bool ContextCancel(Execution& ex, ContextCore& c, ContextWords err, ContextWords cause,
                   CallSite at) {
  Operand operands[] = {NodeOperand(c), OperandOf(c.done)};
  Result r = PerformOn(ex, kCtxCancel, operands, 0, at);
  if (Abandoned(r) || !r.flag) return false;
  SetError(c, err, cause);
  if (r.value > 0 && !Propagate(ex, c, at)) return true;
  ContextDetach(ex, c, at);
  if (c.timer.id.valid()) TimerStop(ex, c.timer, {at.site});
  return true;
}

void ContextDetach(Execution& ex, ContextCore& c, CallSite at) {
  if (c.parent == nullptr) return;
  Operand operands[] = {NodeOperand(*c.parent), NodeOperand(c)};
  Result r = PerformOn(ex, kCtxDetach, operands, 0, {at.site});
  if (!Abandoned(r)) std::erase(c.parent->children, &c);
}

bool ContextStop(Execution& ex, ContextCore& c, CallSite at) {
  Operand operand = NodeOperand(c);
  Result r = PerformOn(ex, kCtxStop, {&operand, 1}, 0, at);
  if (Abandoned(r) || !r.flag) return false;
  ContextDetach(ex, c, at);
  return true;
}

Result ContextErr(Execution& ex, ContextCore& c, CallSite at) {
  Operand operands[] = {NodeOperand(c), OperandOf(c.done)};
  return PerformOn(ex, kCtxErr, operands, 0, at);
}

}  // namespace heddle::sync
