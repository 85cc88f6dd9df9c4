// SPDX-License-Identifier: Apache-2.0
// The abstract state as words: what decides what can happen from here on, and nothing of how it
// came to be.
//
// Left out are events, for two executions that meet in one state have different pasts: which event
// a lock was taken by decides only what is ordered after what. Where the order of the past decides
// something (who waited first), it is written as an order. Time is written relative to now.
#include <algorithm>
#include <tuple>

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

using sim::StateWriter;

namespace {

bool IsBounded(const sim::Bounds& b) {
  constexpr uint64_t kNone = sim::Bounds::kNone;
  return b.goroutines != kNone || b.rounds != kNone || b.timers != kNone || b.messages != kNone;
}

void WriteOperation(const Operation& op, StateWriter* out) {
  out->Word(op.code | uint64_t{op.has_default} << 8 | uint64_t{op.flag} << 9 |
            uint64_t{op.num_operands} << 16);
  out->Word(static_cast<uint64_t>(op.arg));
  for (const Operand& o : op.Operands()) {
    out->Object(o.object);
    out->Word(static_cast<uint32_t>(o.initial) | uint64_t{o.code} << 32);
  }
}

}  // namespace

uint64_t Machine::EpochRank(uint32_t epoch) const {
  if (epoch == 0) return 0;
  auto it = std::lower_bound(epochs_.begin(), epochs_.end(), epoch);
  return static_cast<uint64_t>(it - epochs_.begin()) + 1;
}

bool Machine::WriteTasks(StateWriter* out) {
  if (IsBounded(options_.bounds)) return false;
  std::vector<TaskId> live;
  epochs_.clear();
  for (TaskId id : order_) {
    const TaskState& task = tasks_[id.value];
    if (task.operation == nullptr || paths_.Kind(id) != sim::TaskKind::kTask) continue;
    live.push_back(id);
    if (task.parked_epoch != 0) epochs_.push_back(task.parked_epoch);
  }
  std::sort(epochs_.begin(), epochs_.end());
  epochs_.erase(std::unique(epochs_.begin(), epochs_.end()), epochs_.end());
  std::vector<ArmedTimer> timers = armed;
  std::sort(timers.begin(), timers.end(), [&](const ArmedTimer& a, const ArmedTimer& b) {
    return std::tuple(a.deadline, Task(a.task).order) < std::tuple(b.deadline, Task(b.task).order);
  });
  for (TaskId id : live) out->NumberTask(id);
  for (const ArmedTimer& t : timers) out->NumberTask(t.task);
  out->Word(live.size());
  for (TaskId id : live) {
    const TaskState& task = tasks_[id.value];
    WriteOperation(*task.operation, out);
    out->Word(EpochRank(task.parked_epoch));
    out->Object(task.woken_by);
    const bool awaits = task.operation->await_from != Operation::kNotAwaiting;
    EventIndex partner = kNoEvent;
    out->Word(!awaits ? 0 : RoundChanged(task, task.operation->await_from, &partner) ? 1 : 2);
  }
  for (const ArmedTimer& t : timers) {
    out->Word(static_cast<uint64_t>(t.deadline - now_));
    WriteOperation(*tasks_[t.task.value].operation, out);
  }
  if (options_.ends_are_events) out->Word(static_cast<uint64_t>(live_tasks));
  return true;
}

void Machine::WriteParked(const ObjectState& object, StateWriter* out) const {
  std::vector<std::tuple<uint64_t, uint64_t, int32_t, uint8_t>> rows;
  for (const Parked& p : object.parked) {
    rows.emplace_back(EpochRank(p.epoch), out->TaskNumber(p.task), p.alternative, p.role);
  }
  std::sort(rows.begin(), rows.end());
  out->Word(rows.size());
  for (const auto& [epoch, task, alternative, role] : rows) {
    out->Word(epoch);
    out->Word(task);
    out->Word(static_cast<uint32_t>(alternative) | uint64_t{role} << 32);
  }
}

void Machine::CollectObjects(std::vector<ObjectId>* out) const {
  for (uint32_t i = 0; i < objects_.size(); ++i) {
    if (objects_[i] != nullptr && objects_[i]->generation == generation_) out->push_back({i});
  }
}

void Machine::WriteObject(ObjectId id, StateWriter* out) {
  if (id.value >= objects_.size() || objects_[id.value] == nullptr ||
      objects_[id.value]->generation != generation_) {
    return out->Word(0);  // as it was made
  }
  const ObjectState& object = *objects_[id.value];
  out->Word(1 + static_cast<uint64_t>(object.kind));
  WriteParked(object, out);
  switch (object.kind) {
    case ObjectKind::kChannel: {
      const auto& s = static_cast<const ChannelState&>(object);
      out->Word(static_cast<uint64_t>(s.capacity) << 1 | uint64_t{s.closed()});
      out->Word(s.capacity > 0 ? s.buffered() : 0);
      return;
    }
    case ObjectKind::kMutex:
      return out->Word(static_cast<const MutexState&>(object).locked);
    case ObjectKind::kRwMutex: {
      const auto& s = static_cast<const RwMutexState&>(object);
      out->Word(uint64_t{s.taken != kNoEvent} | uint64_t{s.announced != kNoEvent} << 1 |
                uint64_t{s.acquired != kNoEvent} << 2);
      if (s.announced != kNoEvent) out->Task(s.announcer);
      return out->Word(s.held.size());
    }
    case ObjectKind::kWaitGroup: {
      const auto& s = static_cast<const WaitGroupState&>(object);
      out->Word(static_cast<uint64_t>(s.counter));
      std::vector<uint64_t> woken;
      for (TaskId task : s.woken) woken.push_back(out->TaskNumber(task));
      std::sort(woken.begin(), woken.end());
      for (uint64_t task : woken) out->Word(task);
      return;
    }
    case ObjectKind::kOnce: {
      const auto& s = static_cast<const OnceState&>(object);
      return out->Word(uint64_t{s.done} | uint64_t{s.entered != kNoEvent} << 1);
    }
    case ObjectKind::kCond: {
      // A Signal wakes one before whose Wait no other's is.
      const auto& s = static_cast<const CondState&>(object);
      for (const CondState::Waiter& w : s.waiters) {
        out->Task(w.task);
        for (const CondState::Waiter& other : s.waiters) {
          out->Word(CausallyBefore(other.wait, w.wait));
        }
      }
      return;
    }
    case ObjectKind::kAtomic:
      return;  // its value is the client's
    case ObjectKind::kTimer: {
      const auto& s = static_cast<const TimerState&>(object);
      out->Word(uint64_t{s.active.valid()} | uint64_t{s.fired.event != kNoEvent} << 1);
      if (s.active.valid()) out->Task(s.active);
      return;
    }
    case ObjectKind::kContext: {
      const auto& s = static_cast<const ContextState&>(object);
      out->Word(uint64_t{s.cancelled()} | uint64_t{s.busy != kNoEvent} << 1 |
                uint64_t{s.stopped} << 2 | s.children.size() << 8);
      for (const ContextState::Child& c : s.children) {
        out->Object(c.node);
        out->Word(c.visited);
      }
      return;
    }
  }
}

}  // namespace heddle::sync
