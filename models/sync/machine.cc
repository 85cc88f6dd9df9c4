// SPDX-License-Identifier: Apache-2.0
// What all primitives share: tasks, parked tasks, the clock's moves, awaiting rounds, joint labels.
#include "models/sync/machine.h"

#include <algorithm>

#include "models/sync/atomic_rules.h"
#include "models/sync/channel_rules.h"
#include "models/sync/cond_rules.h"
#include "models/sync/context_rules.h"
#include "models/sync/mutex_rules.h"
#include "models/sync/once_rules.h"
#include "models/sync/rwmutex_rules.h"
#include "models/sync/timer_rules.h"
#include "models/sync/waitgroup_rules.h"

namespace heddle::sync {

using sim::Label;
using sim::PathTable;
using sim::TaskKind;

namespace {

std::unique_ptr<ObjectState> NewState(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::kChannel:
      return std::make_unique<ChannelState>();
    case ObjectKind::kMutex:
      return std::make_unique<MutexState>();
    case ObjectKind::kRwMutex:
      return std::make_unique<RwMutexState>();
    case ObjectKind::kWaitGroup:
      return std::make_unique<WaitGroupState>();
    case ObjectKind::kOnce:
      return std::make_unique<OnceState>();
    case ObjectKind::kCond:
      return std::make_unique<CondState>();
    case ObjectKind::kAtomic:
      return std::make_unique<AtomicState>();
    case ObjectKind::kTimer:
      return std::make_unique<TimerState>();
    case ObjectKind::kContext:
      return std::make_unique<ContextState>();
  }
  return nullptr;
}

constexpr sim::OperationInfo kInfos[] = {
#define HEDDLE_OPERATION(enumerator, name, blocked, category, release, pure) \
  {name, blocked, sim::OpCategory::category, release, pure},
#include "models/sync/operations.def"
#undef HEDDLE_OPERATION
};

}  // namespace

bool Always(Machine&, const Step&) { return true; }
bool Never(Machine&, const Step&) { return false; }
void NoBlockers(Machine&, const Step&, std::vector<EventIndex>*) {}

Machine::Machine(sim::OperationStore& store, PathTable& paths, const sim::ModelOptions& options)
    : store_(store), paths_(paths), options_(options) {
  if (options.ends_are_events) end_operation_ = store_.Intern(Operation{.code = kEnd});
}

Machine::~Machine() = default;

std::unique_ptr<sim::Model> Machine::New(sim::OperationStore& store, PathTable& paths,
                                         const sim::ModelOptions& options) {
  return std::make_unique<Machine>(store, paths, options);
}

const sim::OperationInfo& Machine::Info(sim::OpCode code) const { return kInfos[code]; }
const Operation* Machine::EndOperation() const { return end_operation_; }

void Machine::Reset(sim::TimeModel time) {
  time_ = time;
  ++generation_;
  num_events_ = 0;
  epoch_ = 0;
  now_ = 0;
  order_.clear();
  preds_.clear();
  preds_end_.clear();
  barriers_.clear();
  armed.clear();
  times_.Clear();
  late_seen_ = false;
  wait_groups.Clear();
  contexts.Clear();
  expiries_ = 0;
  last_expiry_ = kNoEvent;
  goroutines_ = 1;
  messages_ = 0;
  last_goroutine_ = last_message_ = kNoEvent;
  count_changes.clear();
  count_reads.clear();
  live_tasks = 1;
  tracking_ = false;
  joint_objects_.clear();
  dirty_.clear();
  timers_.clear();
  awaiting_.clear();
  watchful_.clear();
  able_.clear();
  able_in_block_.clear();
  num_able_ = 0;
}

// ---- Objects and tasks

ObjectState& Machine::Find(const Operand& operand, ObjectKind kind) {
  uint32_t id = operand.object.value;
  if (id >= objects_.size()) objects_.resize(std::max<size_t>(paths_.NumObjects(), id + 1));
  std::unique_ptr<ObjectState>& state = objects_[id];
  if (state == nullptr || state->kind != kind) state = NewState(kind);
  if (state->generation != generation_) {
    state->generation = generation_;
    state->version = 0;
    state->parked.clear();
    state->served.clear();
    state->Reset(operand.initial);
  }
  return *state;
}

std::string Machine::Describe(ObjectId object) const {
  if (object.value >= objects_.size() || objects_[object.value] == nullptr) return "";
  const ObjectState& state = *objects_[object.value];
  return state.generation == generation_ ? state.Describe() : "";
}

std::string_view Machine::KindName(ObjectId object) const {
  if (object.value >= objects_.size() || objects_[object.value] == nullptr) return "object";
  switch (objects_[object.value]->kind) {
    case ObjectKind::kChannel:
      return "channel";
    case ObjectKind::kMutex:
      return "mutex";
    case ObjectKind::kRwMutex:
      return "rwmutex";
    case ObjectKind::kWaitGroup:
      return "waitgroup";
    case ObjectKind::kOnce:
      return "once";
    case ObjectKind::kCond:
      return "cond";
    case ObjectKind::kAtomic:
      return "atomic";
    case ObjectKind::kTimer:
      return "timer";
    case ObjectKind::kContext:
      return "context";
  }
  return "object";
}

bool Machine::IsSignalled(ObjectId object) const {
  if (object.value >= objects_.size() || objects_[object.value] == nullptr) return false;
  const ObjectState& state = *objects_[object.value];
  if (state.generation != generation_) return false;
  return state.kind == ObjectKind::kChannel && static_cast<const ChannelState&>(state).closed();
}

// Some unbuffered channel that the select waits for is also waited for by another select, in the
// other role: whether the two could be parked, and meet, depends on all that they wait for.
bool Machine::MayMeetSelect(const Operation& select) const {
  for (const Operand& o : select.Operands()) {
    if (!o.object.valid() || o.initial != 0) continue;
    const auto& c = static_cast<const ChannelState&>(*objects_[o.object.value]);
    uint8_t other = 1 - RoleOf(o.code);
    if (c.selected[other]) return true;
    for (TaskId id : order_) {
      const Operation* pending = tasks_[id.value].operation;
      if (pending == nullptr || pending->code != kSelect) continue;
      for (const Operand& p : pending->Operands()) {
        if (p.object == o.object && RoleOf(p.code) == other) return true;
      }
    }
  }
  return false;
}

void Machine::Refuted(std::vector<ObjectId>* out) const {
  size_t first = out->size();
  wait_groups.Refuted(Preds(), out);
  contexts.Refuted(
      {preds_, preds_end_}, [&](const Operation& op) { return MayMeetSelect(op); }, out);
  out->erase(std::remove_if(out->begin() + static_cast<ptrdiff_t>(first), out->end(),
                            [&](ObjectId id) { return IsStrict(id); }),
             out->end());
}

void Machine::Observed(const Operation& op, const sim::Result& result,
                       std::vector<ObjectId>* out) const {
  switch (static_cast<Op>(op.code)) {
    case kReceive:
      out->push_back(op.first().object);
      return;
    case kSelect:
      if (result.alternative >= 0 && op.operands[result.alternative].code == kReceive) {
        out->push_back(op.operands[result.alternative].object);
      }
      return;
    case kCtxErr:
    case kCtxCancel:  // who calls cancel knows
      if (op.code == kCtxCancel || result.flag) out->push_back(op.operands[1].object);
      return;
    default:
      return;
  }
}

Machine::TaskState& Machine::Task(TaskId task) {
  if (task.value >= tasks_.size())
    tasks_.resize(std::max<size_t>(paths_.NumTasks(), task.value + 1));
  TaskState& state = tasks_[task.value];
  if (state.generation != generation_) {
    state.generation = generation_;
    state.id = task;
    state.position = 0;
    state.operation = nullptr;
    state.last = kNoEvent;
    state.parked_epoch = 0;
    state.woken_by = {};
    state.ended = false;
    state.marks.clear();
    state.dirty = false;
    state.enabled.clear();
    state.order = static_cast<uint32_t>(order_.size());
    order_.push_back(task);
  }
  return state;
}

void Machine::Announce(TaskId task, uint32_t position, const Operation* operation) {
  TaskState& state = Task(task);
  state.position = position;
  state.operation = operation;
  if (operation == nullptr) state.ended = true;
  if (tracking_) Track(state);
}

// ---- Causal order

bool Machine::CausallyBefore(EventIndex a, EventIndex b) const {
  if (a >= b) return false;
  std::vector<EventIndex> todo = {b};
  std::vector<bool> seen(b + 1, false);
  while (!todo.empty()) {
    EventIndex e = todo.back();
    todo.pop_back();
    uint32_t begin = e == 0 ? 0 : preds_end_[e - 1];
    for (uint32_t i = begin; i < preds_end_[e]; ++i) {
      EventIndex p = preds_[i];
      if (p == a) return true;
      if (p > a && !seen[p]) {
        seen[p] = true;
        todo.push_back(p);
      }
    }
  }
  return false;
}

void Machine::BeginParts(const Step& step, Effect* effect) const {
  auto begin = [&](TaskId task, uint32_t position, int32_t alternative) {
    const TaskState& state = tasks_[task.value];
    if (state.last != kNoEvent) effect->above.push_back(state.last);
    effect->parts.push_back({task, position, {.alternative = alternative}});
  };
  begin(step.label.task, step.label.position, step.label.alternative);
  if (step.label.joint()) {
    begin(step.label.partner, step.label.partner_position, step.label.partner_alternative);
  }
}

uint32_t Machine::AddParkedPart(const Parked& parked, Effect* effect) {
  const TaskState& state = tasks_[parked.task.value];
  AddPred(effect, state.last);
  effect->parts.push_back({parked.task, parked.position, {.alternative = parked.alternative}});
  return static_cast<uint32_t>(effect->parts.size() - 1);
}

void Machine::Serve(TaskId task, EventIndex event) {
  TaskState& state = tasks_[task.value];
  for (const Operand& o : state.operation->Operands()) {
    if (!o.object.valid() || objects_[o.object.value]->generation != generation_) continue;
    ObjectState& object = *objects_[o.object.value];
    for (size_t i = 0; i < object.parked.size();) {
      if (object.parked[i].task != task) {
        ++i;
        continue;
      }
      object.served.push_back({event, object.parked[i].epoch, object.parked[i].role});
      object.parked[i] = object.parked.back();
      object.parked.pop_back();
      ++object.version;  // who may be served next has changed
    }
  }
  state.parked_epoch = 0;
  if (tracking_) Touched(*state.operation);
}

void Machine::ApplyRule(const Step& step, bool commit, Effect* effect) {
  limits_.clear();
  start_ = {};
  RulesOf(step.operation->code).apply(*this, step, commit, effect);
  // What its round has read, an awaiting event itself is among the readers of by now.
  if (step.operation->await_from != Operation::kNotAwaiting) std::erase(effect->preds, num_events_);
  if (ideal() || !commit) return;
  if (!times_.begun() && step.operation->code == kArm) times_.Begin(num_events_);
  if (!times_.begun()) return;
  times_.Add({effect->above, effect->preds, start_, limits_});
  now_ = times_.EarliestOf(num_events_);
}

bool Machine::InTime(const Step& step, std::vector<EventIndex>* blockers) {
  if (ideal() || !times_.begun()) return true;
  if (!MaySeeTimers(*step.operation) && (step.partner == nullptr || !MaySeeTimers(*step.partner))) {
    return true;
  }
  asked_.Clear();
  ApplyRule(step, /*commit=*/false, &asked_);
  if (limits_.empty()) return true;
  const LocalTime::Next next = {asked_.above, asked_.preds, {}, limits_};
  const int64_t earliest = times_.Earliest(next);
  for (const LocalTime::Moment& limit : limits_) {
    late_seen_ |= earliest - times_.EarliestOf(limit.from) > limit.after;
  }
  return times_.Permits(next, blockers);
}

bool Machine::MaySeeTimers(const Operation& operation) const {
  if (operation.await_from != Operation::kNotAwaiting) return true;
  switch (static_cast<Op>(operation.code)) {
    case kArm:
    case kStop:
      return true;
    case kNumTasks:
      return options_.ends_are_events;
    case kSend:
    case kReceive:
    case kSelect:
    case kLen: {
      auto operands = operation.Operands();
      return std::any_of(operands.begin(), operands.end(), [](const Operand& o) {
        return o.object.valid() && (o.initial & kTicks) != 0;
      });
    }
    default:
      return false;
  }
}

void Machine::Apply(const Step& step, bool commit, Effect* effect) {
  if (step.label.task == PathTable::Clock()) return ApplyAdvance(commit, effect);
  ApplyRule(step, commit, effect);
  if (step.operation->code == kFire) CountExpiry(commit, effect);
  if (IsCounted(*step.operation)) Count(step, commit, effect);
  if (!commit) return;
  EventIndex self = num_events_++;
  preds_.insert(preds_.end(), effect->above.begin(), effect->above.end());
  preds_.insert(preds_.end(), effect->preds.begin(), effect->preds.end());
  preds_end_.push_back(static_cast<uint32_t>(preds_.size()));
  NoteMark(step, *effect);
  for (const sim::Part& part : effect->parts) {
    TaskState& task = tasks_[part.task.value];
    if (task.parked_epoch != 0) Serve(part.task, self);
    task.operation = nullptr;
    task.woken_by = {};
    ++task.position;
    task.last = self;
  }
  for (const sim::SpawnedTask& s : effect->spawned) Task(s.task).last = self;
  if (tracking_) AfterEvent(step, *effect);
}

// ---- Time

// A ticker whose last tick nobody has taken only moves the clock: as long as nobody moves, nothing
// comes of it.
bool Machine::IsIdle(TaskId timer) {
  const Operation* fire = Task(timer).operation;
  if (fire == nullptr || fire->first().code != kTickerTimer) return false;
  return !Get<ChannelState>(fire->operands[1]).SendReady();
}

bool Machine::AdvancePossible() {
  if (!ideal() || AtBound()) return false;
  bool later = false, useful = false;
  for (const ArmedTimer& t : armed) {
    later |= t.deadline > now_;
    useful |= !IsIdle(t.task);
  }
  return later && useful;
}

void Machine::ApplyAdvance(bool commit, Effect* effect) {
  effect->after_all = true;
  if (!commit) return;
  EventIndex self = num_events_++;
  // Everything so far: the last event of every task is enough for the closure.
  for (TaskId id : order_) {
    if (tasks_[id.value].last != kNoEvent) preds_.push_back(tasks_[id.value].last);
  }
  preds_end_.push_back(static_cast<uint32_t>(preds_.size()));
  int64_t next = INT64_MAX;
  for (const ArmedTimer& t : armed) {
    if (t.deadline > now_) next = std::min(next, t.deadline);
  }
  now_ = next;
  ++epoch_;
  for (TaskId id : order_) {
    TaskState& task = tasks_[id.value];
    task.last = self;
    if (task.operation != nullptr && task.parked_epoch == 0 && paths_.Kind(id) == TaskKind::kTask) {
      Park(task);
    }
    if (tracking_) MarkDirty(task);
  }
}

void Machine::Park(TaskState& task) {
  const Operation& op = *task.operation;
  auto enter = [&](const Operand& o, ObjectKind kind, uint8_t role, int32_t alternative) {
    if (!o.object.valid()) return;
    Find(o, kind).parked.push_back({task.id, task.position, epoch_, role, alternative});
    task.parked_epoch = epoch_;
  };
  switch (static_cast<Op>(op.code)) {
    case kSend:
    case kReceive:
      enter(op.first(), ObjectKind::kChannel, RoleOf(op.code), sim::kOnly);
      return;
    case kSelect:
      if (op.has_default) return;  // a poll that awaits a change is not in any queue
      for (uint16_t i = 0; i < op.num_operands; ++i) {
        enter(op.operands[i], ObjectKind::kChannel, RoleOf(op.operands[i].code), i);
      }
      return;
    case kLock:
      return enter(op.first(), ObjectKind::kMutex, 0, sim::kOnly);
    case kRwTake:
      return enter(op.first(), ObjectKind::kRwMutex, 0, sim::kOnly);
    case kRLock:
      return enter(op.first(), ObjectKind::kRwMutex, 1, sim::kOnly);
    case kWgWait:
      return enter(op.first(), ObjectKind::kWaitGroup, 0, sim::kOnly);
    default:
      return;  // nothing to see of the others' queues
  }
}

// ---- Enabled labels

bool Machine::Enabled(const Step& step) {
  if (step.label.task == PathTable::Clock()) {
    std::vector<Label> enabled;
    CollectEnabled(&enabled, 1);
    return !enabled.empty() && enabled[0].task == PathTable::Clock();
  }
  return IsPossible(step);
}

bool Machine::LooksAtOperandsOnly(const Operation& operation) const {
  if (operation.await_from != Operation::kNotAwaiting || IsCounted(operation)) return false;
  if (MaySeeTimers(operation)) return false;
  switch (Info(operation.code).category) {
    case sim::OpCategory::kTimer:
      return false;
    case sim::OpCategory::kSpawn:
    case sim::OpCategory::kEnd:
      return !options_.ends_are_events;
    default:
      break;
  }
  // A Signal asks which waiter came causally first, a count of tasks looks at all of them.
  return operation.code != kSignal && operation.code != kCondParked && operation.code != kNumTasks;
}

bool Machine::ActsOnEachAlone(const Operation& operation) const {
  if (operation.await_from != Operation::kNotAwaiting) return false;
  switch (Info(operation.code).category) {
    case sim::OpCategory::kContext:
    case sim::OpCategory::kCancel:
      return false;
    default:
      break;
  }
  // What a Wait waits for is asked of the causal order of all that was executed.
  if (operation.code == kWgAdd || operation.code == kWgWait) return false;
  if (operation.num_operands <= 1) return true;
  // A select uses one case; a poll looks at each channel by itself.
  return operation.code == kSelect;
}

namespace {

// Sends, receives and selects of unbuffered channels alone.
bool OnlyMeets(const Operation& op) {
  if (op.code != kSend && op.code != kReceive && op.code != kSelect) return false;
  auto operands = op.Operands();
  return std::all_of(operands.begin(), operands.end(),
                     [](const Operand& o) { return !o.object.valid() || o.initial == 0; });
}

}  // namespace

sim::Model::Bearing Machine::BearingOf(const Operation& operation) const {
  if (operation.await_from != Operation::kNotAwaiting || IsCounted(operation)) {
    return Bearing::kAny;
  }
  switch (static_cast<Op>(operation.code)) {
    case kLoad:
    case kLen:
    case kCtxErr:
      return Bearing::kLook;
    case kStore:
    case kRmw:
    case kLock:
      return Bearing::kRenew;
    case kSend:
    case kReceive:
    case kSelect:
      return OnlyMeets(operation) ? Bearing::kMeet : Bearing::kAny;
    default:
      return Bearing::kAny;
  }
}

bool Machine::Disregards(const Operation& operation, Bearing bearing) const {
  if (IsCounted(operation)) return false;
  switch (bearing) {
    case Bearing::kAny:
    case Bearing::kRenew:
      return false;
    case Bearing::kLook:
    case Bearing::kMeet:  // whether others met there before is of no concern
      return BearingOf(operation) == bearing;
  }
  return false;
}

bool Machine::AlwaysEnabled(const Operation& operation) const {
  return RulesOf(operation.code).enabled == Always &&
         operation.await_from == Operation::kNotAwaiting && !IsCounted(operation) &&
         !MaySeeTimers(operation);
}

void Machine::Blockers(const Step& step, std::vector<EventIndex>* out) {
  const Rules& rules = RulesOf(step.operation->code);
  if (rules.enabled(*this, step)) {
    const EventIndex by = HeldBackBy(step);
    if (by != kNoEvent) {
      if (by < num_events_) out->push_back(by);
      return;
    }
    if (!InTime(step, out)) return;
  }
  rules.blockers(*this, step, out);
}

void Machine::LabelsOf(TaskId task, uint32_t position, const Operation& op,
                       std::vector<Label>* out) const {
  switch (static_cast<Op>(op.code)) {
    case kSelect:
      for (uint16_t i = 0; i < op.num_operands; ++i) {
        if (op.operands[i].object.valid()) out->push_back({task, position, i});
      }
      if (op.has_default) out->push_back({task, position, sim::kDefault});
      return;
    case kChoose:
      for (int64_t i = 0; i < op.arg; ++i) {
        out->push_back({task, position, static_cast<int32_t>(i)});
      }
      return;
    case kCtxPropagate:
      for (int64_t i = 0; i < op.arg; ++i) {
        out->push_back({task, position, static_cast<int32_t>(i)});
      }
      return;
    case kSend:
    case kReceive:
      if (op.first().object.valid()) out->push_back({task, position});
      return;
    case kCondParked:
      return;  // only together with a Signal
    default:
      out->push_back({task, position});
      return;
  }
}

void Machine::OffersOf(const Operation& op, std::vector<Offer>* out) const {
  auto channel = [&](const Operand& o, sim::OpCode code, int32_t alternative) {
    if (!o.object.valid()) return;
    bool buffered = o.initial > 0;
    if (buffered && !ideal()) return;
    out->push_back({o.object, RoleOf(code), alternative, buffered});
  };
  switch (static_cast<Op>(op.code)) {
    case kSend:
    case kReceive:
      channel(op.first(), op.code, sim::kOnly);
      return;
    case kSelect:
      for (uint16_t i = 0; i < op.num_operands; ++i) {
        channel(op.operands[i], op.operands[i].code, i);
      }
      return;
    case kFire:  // a tick that is handed to a parked receiver
      if (ideal() && op.num_operands > 1) channel(op.operands[1], kSend, sim::kOnly);
      return;
    case kSignal:
      out->push_back({op.first().object, 0, sim::kOnly});
      return;
    case kCondParked:
      out->push_back({op.first().object, 1, sim::kOnly});
      return;
    default:
      return;
  }
}

// ---- Awaiting rounds

void Machine::NoteMark(const Step& step, const Effect& effect) {
  const Operation& op = *step.operation;
  TaskState& task = tasks_[step.label.task.value];
  bool fruitless = Info(op.code).pure && !step.label.joint() &&
                   (op.code != kSelect || step.label.alternative == sim::kDefault);
  if (op.code == kTryLock || op.code == kTryRLock || op.code == kRwTryTake) {
    fruitless = !effect.parts[0].result.flag;
  }
  if (!fruitless) {
    task.marks.clear();
    return;
  }
  for (const Operand& o : op.Operands()) {
    if (!o.object.valid() || o.object.value >= objects_.size()) continue;
    if (objects_[o.object.value] == nullptr ||
        objects_[o.object.value]->generation != generation_) {
      continue;
    }
    ObjectState& object = *objects_[o.object.value];
    Mark mark{task.position, o.object, object.version};
    if (op.code == kSelect && o.initial == 0) {
      (RoleOf(o.code) == kSenderRole ? mark.poll_send : mark.poll_receive) = true;
    }
    task.marks.push_back(mark);
  }
}

bool Machine::RoundChanged(const TaskState& task, uint32_t await_from, EventIndex* partner) {
  *partner = kNoEvent;
  for (const Mark& mark : task.marks) {
    if (mark.position < await_from) continue;
    if (objects_[mark.object.value]->version != mark.version) return true;
  }
  // A partner that waits on a channel polled in vain: the poll may succeed.
  for (const Mark& mark : task.marks) {
    if (mark.position < await_from || (!mark.poll_send && !mark.poll_receive)) continue;
    uint8_t wanted = mark.poll_send ? 1 : 0;
    for (TaskId id : order_) {
      const TaskState& other = tasks_[id.value];
      if (other.operation == nullptr || id == task.id || other.operation->has_default) continue;
      offers_.clear();
      OffersOf(*other.operation, &offers_);
      for (const Offer& o : offers_) {
        if (o.object != mark.object || o.role != wanted) continue;
        *partner = other.last;  // main, which alone may have none, spawned the asking task
        return true;
      }
    }
  }
  return false;
}

void Machine::AddAwaitPreds(const Step& step, bool commit, Effect* effect) {
  TaskState& task = Task(step.label.task);
  EventIndex partner = kNoEvent;
  RoundChanged(task, step.operation->await_from, &partner);
  AddPred(effect, partner);
  for (const Mark& mark : task.marks) {
    if (mark.position < step.operation->await_from) continue;
    ObjectState& object = *objects_[mark.object.value];
    if (object.kind == ObjectKind::kChannel) {
      ChannelState& c = static_cast<ChannelState&>(object);
      if (!c.sends.empty()) AddPred(effect, c.sends.back().event);
      if (!c.receives.empty()) AddPred(effect, c.receives.back().event);
      AddPred(effect, c.close.event);
      if (c.capacity == 0) AddPreds(effect, c.before_close);
      if (c.buffered() == 0) SeeTimer(*this, c, commit, effect);
      if (commit) {
        c.readiness_reads.push_back(num_events_);
        c.before_close.push_back(num_events_);
        c.partner_reads.push_back(num_events_);
      }
    } else {
      AwaitRead(object, num_events_, commit, effect);
    }
  }
}

}  // namespace heddle::sync
