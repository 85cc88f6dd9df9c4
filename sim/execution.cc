// SPDX-License-Identifier: Apache-2.0
// The loop of an execution: choose, act, record, run on; and its teardown.
#include "sim/execution.h"

#include <algorithm>
#include <exception>
#include <optional>

#include "sim/base/check.h"
#include "sim/base/hash.h"

namespace heddle::sim {

struct Execution::TaskSlot {
  TaskId id;
  uint32_t number = 0;  // creation number
  Execution* execution = nullptr;
  std::optional<Fiber> fiber;  // none for timers and the clock
  std::function<void()> body;
  TaskClient* client = nullptr;
  PendingOp* pending = nullptr;  // live half of the announced operation, on the task's stack
  const Operation* operation = nullptr;  // announced and not yet completed
  TimerClient* timer = nullptr;          // of a timer
  Result result;
  uint32_t swallowed = 0;  // how often it went on after TaskAbandoned
};

Execution::Execution(Model& model, OperationStore& store, PathTable& paths, StackPool& stacks)
    : model_(model), store_(store), paths_(paths), stacks_(stacks) {}

Execution::~Execution() = default;

// ---- Tasks

Execution::TaskSlot* Execution::Find(TaskId task) const {
  if (task.value >= slot_of_.size()) return nullptr;
  uint32_t n = slot_of_[task.value];
  return n < num_slots_ && slots_[n]->id == task ? slots_[n].get() : nullptr;
}

Execution::TaskSlot& Execution::StartTask(TaskId id, std::function<void()> body, TaskClient* client,
                                          EventIndex spawn) {
  uint32_t number = static_cast<uint32_t>(num_slots_++);
  if (slots_.size() < num_slots_) slots_.push_back(std::make_unique<TaskSlot>());
  if (slot_of_.size() <= id.value) slot_of_.resize(paths_.NumTasks() + 16, UINT32_MAX);
  slot_of_[id.value] = number;
  TaskSlot& slot = *slots_[number];
  slot.id = id;
  slot.number = number;
  slot.execution = this;
  slot.body = std::move(body);
  slot.client = client;
  slot.pending = nullptr;
  slot.operation = nullptr;
  slot.timer = nullptr;
  slot.result = {};
  slot.swallowed = 0;

  if (record_.tasks.size() < num_slots_) record_.tasks.emplace_back();
  if (record_.task_number.size() <= id.value) {
    record_.task_number.resize(paths_.NumTasks() + 16, UINT32_MAX);
  }
  record_.task_number[id.value] = number;
  record_.num_tasks = num_slots_;
  TaskRow& row = record_.tasks[number];
  row.kind = paths_.Kind(id);
  row.spawn = spawn;
  row.creator = current_ != nullptr ? current_->number : UINT32_MAX;
  row.client = client;
  if (row.id != id) row.previous.clear();
  row.id = id;
  row.operations.clear();
  row.ended = false;
  row.creations = 0;
  row.spawn_site = 0;
  return slot;
}

void Execution::Entry(void* arg) {
  TaskSlot& slot = *static_cast<TaskSlot*>(arg);
  try {
    slot.body();
  } catch (const TaskAbandoned&) {
  } catch (const std::exception& e) {
    slot.execution->Report({.kind = "panic",
                            .message = std::string("uncaught exception: ") + e.what(),
                            .fatal = true});
  } catch (...) {
    slot.execution->Report({.kind = "panic", .message = "uncaught exception", .fatal = true});
  }
  slot.body = nullptr;
}

void Execution::RunTask(TaskSlot& slot) {
  if (!slot.fiber->started() && !slot.fiber->TakeStack()) {
    Cut("max-goroutines");
    return;
  }
  TaskSlot* outer = current_;
  current_ = &slot;
  slot.fiber->Resume();
  current_ = outer;
  if (!slot.fiber->finished() || abandoning_) return;
  record_.tasks[slot.number].ended = true;
  slot.pending = nullptr;
  Announce(slot, model_.EndOperation(), 0);
}

void Execution::Announce(TaskSlot& slot, const Operation* operation, uint64_t site) {
  TaskRow& row = record_.tasks[slot.number];
  uint32_t position = static_cast<uint32_t>(row.operations.size());
  slot.operation = operation;
  if (operation != nullptr) row.operations.push_back({operation, site});
  model_.Announce(slot.id, position, operation);
  enabled_valid_ = false;
}

Result Execution::Perform(PendingOp& op) {
  TaskSlot& slot = *current_;
  if (abandoning_ || cut()) {
    if (model_.Info(op.operation.code).release) return {};
    if (!slot.client->cooperative()) {
      HEDDLE_CHECK(++slot.swallowed < 1000,
                   "a task swallows TaskAbandoned again and again: `catch (...)` around an "
                   "operation must rethrow");
      throw TaskAbandoned{};
    }
    return {.status = Result::kAbandoned};
  }
  slot.pending = &op;
  const TaskRow& row = record_.tasks[slot.number];
  const size_t position = row.operations.size();
  const Operation* before =
      position < row.previous.size() ? row.previous[position].operation : nullptr;
  Announce(slot,
           before != nullptr && *before == op.operation ? before : store_.Intern(op.operation),
           op.site);
  slot.fiber->Suspend();
  slot.pending = nullptr;
  if (slot.result.status == Result::kAbandoned) {
    if (model_.Info(op.operation.code).release) return {};
    if (!slot.client->cooperative()) throw TaskAbandoned{};
  }
  return slot.result;
}

TaskId Execution::Current() const { return current_->id; }
TaskClient* Execution::CurrentClient() const { return current_->client; }

uint32_t Execution::NextCreation() { return record_.tasks[current_->number].creations++; }

ObjectId Execution::NewObject(uint32_t creation, uint32_t offset) {
  return paths_.Object(current_->id, creation, offset);
}

void Execution::NotifyAccess(const void* address, size_t size, bool write, uint64_t site) {
  // What happens before the first task or timer is started, happens before all that they do.
  if (abandoning_ || current_ == nullptr || num_slots_ == 1) return;
  for (Observer* o : observers_) {
    if (o->watches_accesses()) o->OnAccess(current_->number, address, size, write, site);
  }
}

namespace {

// A program may panic with a text of any size; nobody reads more than its beginning.
void ShortenMessage(std::string* message) {
  constexpr size_t kMost = 4096;
  if (message->size() <= kMost) return;
  size_t end = kMost;
  const auto inside_character = [&] {
    return (static_cast<uint8_t>((*message)[end]) >> 6) == 0b10;
  };
  for (int i = 0; i < 3 && inside_character(); ++i) --end;
  const size_t size = message->size();
  message->resize(end);
  *message += "... (" + std::to_string(size) + " bytes)";
}

}  // namespace

void Execution::Report(Incident incident) {
  if (abandoning_ || cut()) return;
  incident.task = current_->id;
  const TaskRow& row = record_.tasks[current_->number];
  incident.event = row.spawn;
  for (size_t i = row.operations.size(); i > 0; --i) {
    if (row.operations[i - 1].event != kNoEvent) {
      incident.event = row.operations[i - 1].event;
      break;
    }
  }
  if (incident.at.line == 0 && row.client != nullptr) incident.at = row.client->Site(incident.site);
  ShortenMessage(&incident.message);
  if (incident.stack.empty() && row.client != nullptr) incident.stack = row.client->Stack();
  record_.fingerprint = HashCombine(record_.fingerprint, HashBytes(incident.kind));
  record_.incidents.push_back(std::move(incident));
}

void Execution::NoteOrigin(ObjectId signal, const char* made_by, bool is_context, uint64_t site) {
  if (abandoning_ || cut()) return;
  // What a library makes a channel for says more than the channel.
  if (!record_.origins.empty() && record_.origins.back().signal == signal) {
    record_.origins.pop_back();
  }
  record_.origins.push_back({signal, made_by, is_context, current_->id, site});
}

void Execution::EndInCycle(EventIndex begin) {
  record_.cycle_begin = begin;
  Cut("repetition");
}

TimerClient* Execution::TimerOf(TaskId timer) const {
  const TaskSlot* slot = Find(timer);
  return slot == nullptr ? nullptr : slot->timer;
}

void Execution::Cut(std::string_view limit) {
  if (record_.cut_by.empty()) record_.cut_by = limit;
}

// ---- Events

const Operation* Execution::Pending(TaskId task, uint32_t position) const {
  const TaskSlot* slot = Find(task);
  if (slot == nullptr || slot->operation == nullptr) return nullptr;
  return record_.tasks[slot->number].operations.size() == position + 1 ? slot->operation : nullptr;
}

Step Execution::MakeStep(const Label& label) const {
  Step step{label};
  step.operation = Pending(label.task, label.position);
  if (label.joint()) step.partner = Pending(label.partner, label.partner_position);
  return step;
}

const std::vector<Label>& Execution::Enabled() {
  if (!enabled_valid_) {
    enabled_.clear();
    model_.CollectEnabled(&enabled_);
    enabled_valid_ = true;
  }
  return enabled_;
}

bool Execution::IsEnabled(const Label& label) {
  if (label.task == PathTable::Clock()) {
    for (const Label& l : Enabled()) {
      if (l == label) return true;
    }
    return false;
  }
  Step step = MakeStep(label);
  if (step.operation == nullptr || (label.joint() && step.partner == nullptr)) return false;
  return model_.Enabled(step);
}

void Execution::MovePayloads(const Effect& effect) {
  auto slot_of_part = [&](uint32_t part) -> const PayloadSlot* {
    const Part& p = effect.parts[part];
    TaskSlot* slot = Find(p.task);
    if (slot->pending == nullptr || slot->pending->slots == nullptr) return nullptr;
    return &slot->pending->slots[p.result.alternative >= 0 ? p.result.alternative : 0];
  };
  for (const Transfer& t : effect.transfers) {
    switch (t.kind) {
      case Transfer::Kind::kHand: {
        const PayloadSlot* from = slot_of_part(t.from);
        const PayloadSlot* to = slot_of_part(t.to);
        from->store->Hand(from->slot, to->slot);
        break;
      }
      case Transfer::Kind::kPush: {
        if (const PayloadSlot* from = slot_of_part(t.from)) {
          from->store->Push(from->slot);
        } else if (TaskSlot* timer = Find(effect.parts[t.from].task); timer->timer != nullptr) {
          timer->timer->Tick(model_.Now());
        }
        break;
      }
      case Transfer::Kind::kPop: {
        const PayloadSlot* to = slot_of_part(t.to);
        to->store->Pop(to->slot);
        break;
      }
      case Transfer::Kind::kZero: {
        const PayloadSlot* to = slot_of_part(t.to);
        to->store->Zero(to->slot);
        break;
      }
      case Transfer::Kind::kDrop: {
        const PayloadSlot* at = slot_of_part(t.from);
        at->store->Drop();
        break;
      }
    }
  }
}

std::string Execution::ShowPayload(const Part& part) const {
  const TaskSlot* slot = Find(part.task);
  if (slot == nullptr || slot->pending == nullptr || slot->pending->slots == nullptr) return "";
  const PayloadSlot& s = slot->pending->slots[std::max(part.result.alternative, 0)];
  return s.store == nullptr || s.slot == nullptr ? "" : s.store->Show(s.slot);
}

void Execution::Spawn(const SpawnedTask& spawned, TaskSlot* actor, EventIndex event) {
  TaskSlot* outer = current_;
  current_ = actor;
  PendingOp* op = actor->pending;
  if (paths_.Kind(spawned.task) == TaskKind::kTimer) {
    if (TaskSlot* ticker = Find(spawned.task)) {  // it goes on to its next expiry
      Announce(*ticker, spawned.operation, record_.tasks[ticker->number].spawn_site);
      current_ = outer;
      return;
    }
    TaskSlot& slot = StartTask(spawned.task, nullptr, nullptr, event);
    slot.timer = op != nullptr ? op->timer : nullptr;
    record_.tasks[slot.number].spawn_site = op != nullptr ? op->site : 0;
    Announce(slot, spawned.operation, record_.tasks[slot.number].spawn_site);
    current_ = outer;
    return;
  }
  std::function<void()> body;
  TaskClient* client = nullptr;
  if (op != nullptr && op->body != nullptr) {
    body = std::move(*op->body);
    client = op->child;
  } else {
    HEDDLE_CHECK(actor->timer != nullptr,
                 "a task is spawned by an operation with a body or by a timer");
    body = actor->timer->Function();
    client = actor->timer->FunctionClient();
  }
  TaskSlot& slot = StartTask(spawned.task, std::move(body), client, event);
  record_.tasks[slot.number].spawn_site = op != nullptr ? op->site : 0;
  slot.fiber.emplace(stacks_, &Execution::Entry, &slot);
  current_ = outer;
}

void Execution::Act(const Label& label) {
  Step step = MakeStep(label);
  effect_.Clear();
  model_.Apply(step, /*commit=*/true, &effect_);
  enabled_valid_ = false;

  EventIndex index = static_cast<EventIndex>(record_.events.size());
  Event& event = record_.events.emplace_back();
  event.step = step;
  event.time = model_.Now();
  event.after_all = effect_.after_all;
  auto append = [](auto& to, const auto& from, uint32_t& begin, uint32_t& end) {
    begin = static_cast<uint32_t>(to.size());
    to.insert(to.end(), from.begin(), from.end());
    end = static_cast<uint32_t>(to.size());
  };
  append(record_.parts, effect_.parts, event.parts_begin, event.parts_end);
  append(record_.above, effect_.above, event.above_begin, event.above_end);
  append(record_.preds, effect_.preds, event.preds_begin, event.preds_end);
  append(record_.sync, effect_.sync, event.sync_begin, event.sync_end);

  uint64_t print = HashCombine(record_.fingerprint, StableHash(label, paths_));
  for (const Part& part : effect_.parts) {
    print = HashCombine(print, part.result.status | part.result.flag << 8 |
                                   static_cast<uint64_t>(part.result.value) << 16);
  }
  record_.fingerprint = HashCombine(print, static_cast<uint64_t>(event.time));
  event.fingerprint = record_.fingerprint;
  Complete(index, label.task);
}

std::string Execution::Departure(const Step& step, size_t event) const {
  if (step.label.task == PathTable::Clock()) return "";
  auto departs = [&](TaskId task, uint32_t position, const Operation* before) -> std::string {
    const Operation* now = Pending(task, position);
    if (now == before) return "";
    auto name = [&](const Operation* op) -> std::string {
      return op == nullptr ? "nothing" : std::string(model_.Info(op->code).name);
    };
    return "at step " + std::to_string(event + 1) + " goroutine " + paths_.ToString(task) +
           " is about to do '" + name(now) + "' where it did '" + name(before) + "' before" +
           (name(now) == name(before) ? " (at another object)" : "");
  };
  std::string text = departs(step.label.task, step.label.position, step.operation);
  if (text.empty() && step.label.joint()) {
    text = departs(step.label.partner, step.label.partner_position, step.partner);
  }
  return text;
}

void Execution::Repeat(EventIndex index) {
  const Step& step = record_.events[index].step;
  record_.nondeterminism = Departure(step, index);
  if (!record_.nondeterminism.empty()) return;
  effect_.Clear();
  model_.Apply(step, /*commit=*/true, &effect_);
  enabled_valid_ = false;
  record_.fingerprint = record_.events[index].fingerprint;
  Complete(index, step.label.task);
}

void Execution::Complete(EventIndex index, TaskId actor) {
  for (uint32_t i = 0; i < effect_.parts.size(); ++i) {
    const Part& part = effect_.parts[i];
    TaskSlot* slot = Find(part.task);
    OperationRow& row = record_.tasks[slot->number].operations[part.position];
    row.event = index;
    row.part = i;
    slot->operation = nullptr;
    slot->result = part.result;
  }
  MovePayloads(effect_);
  // Spawned tasks get their rows first, so that numbers follow the order of creation.
  uint32_t first_spawned = static_cast<uint32_t>(num_slots_);
  for (const SpawnedTask& s : effect_.spawned) Spawn(s, Find(actor), index);
  uint32_t end_spawned = static_cast<uint32_t>(num_slots_);
  for (Observer* o : observers_) o->OnEvent(record_, index);

  // Run on: first those whose operations completed, then the new ones.
  for (const Part& part : effect_.parts) {
    TaskSlot* slot = Find(part.task);
    if (slot->fiber.has_value() && !slot->fiber->finished() && !cut()) RunTask(*slot);
  }
  for (uint32_t n = first_spawned; n < end_spawned && !cut(); ++n) {
    if (slots_[n]->fiber.has_value() && paths_.Kind(slots_[n]->id) == TaskKind::kTask) {
      RunTask(*slots_[n]);
    }
  }
}

void Execution::TearDown() {
  abandoning_ = true;
  for (size_t n = num_slots_; n > 0; --n) {
    TaskSlot& slot = *slots_[n - 1];
    if (!slot.fiber.has_value()) continue;
    slot.result = {.status = Result::kAbandoned};
    if (slot.fiber->started() && !slot.fiber->finished()) RunTask(slot);
    HEDDLE_CHECK(slot.fiber->finished() || !slot.fiber->started(),
                 "an abandoned task runs to its end");
    slot.fiber.reset();
    slot.body = nullptr;
  }
  abandoning_ = false;
}

const Record& Execution::Run(std::function<void()> main, TaskClient* client, TimeModel time,
                             const ExecutionLimits& limits, Strategy& strategy,
                             std::span<Observer* const> observers, uint32_t kept) {
  HEDDLE_CHECK(kept <= record_.events.size(), "only what happened before can be done again");
  record_.Truncate(kept);
  record_.time = time;
  num_slots_ = 0;
  enabled_valid_ = false;
  stop_soon_ = false;
  rounds_ = 0;
  current_ = nullptr;
  observers_.assign(observers.begin(), observers.end());
  watching_ = false;
  for (Observer* o : observers_) watching_ |= o->watches_accesses();
  model_.Reset(time);
  for (Observer* o : observers_) o->OnStart(record_);

  TaskSlot& first = StartTask(PathTable::Main(), std::move(main), client, kNoEvent);
  first.fiber.emplace(stacks_, &Execution::Entry, &first);
  RunTask(first);
  for (EventIndex i = 0; i < kept && !cut() && !stop_soon_; ++i) {
    Repeat(i);
    if (!record_.nondeterminism.empty()) break;
  }
  while (!cut() && !stop_soon_ && record_.nondeterminism.empty()) {
    std::optional<Label> label = strategy.Choose(*this);
    if (!label.has_value()) {
      record_.stopped = !Enabled().empty() || !record_.nondeterminism.empty();
      break;
    }
    if (record_.events.size() >= limits.max_steps) {
      Cut("max-steps");
      break;
    }
    Act(*label);
  }
  if (stop_soon_ || !record_.nondeterminism.empty()) record_.stopped = true;
  for (Observer* o : observers_) o->OnRest(record_);
  TearDown();
  return record_;
}

}  // namespace heddle::sim
