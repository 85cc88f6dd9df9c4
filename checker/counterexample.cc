// SPDX-License-Identifier: Apache-2.0
// Shortening, ordering and recording a counterexample.
#include "checker/counterexample.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "checker/fewest_switches.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::kNoEvent;

// ---- Order

std::vector<sim::Label> Linearize(const sim::Record& record,
                                  const std::vector<EventIndex>& events) {
  size_t n = record.events.size();
  std::vector<bool> keep(n, events.empty());
  for (EventIndex e : events) keep[e] = true;
  for (size_t i = n; i-- > 0;) {
    if (!keep[i]) continue;
    const sim::Event& e = record.events[i];
    if (e.after_all) std::fill(keep.begin(), keep.begin() + static_cast<ptrdiff_t>(i), true);
    for (EventIndex p : record.Above(e)) keep[p] = true;
    for (EventIndex p : record.Preds(e)) keep[p] = true;
  }
  std::vector<EventIndex> kept;        // by number among the kept
  std::vector<uint32_t> number(n, 0);  // and back
  std::vector<OrderedEvent> ordered;
  const auto row_of = [&](sim::TaskId task) {
    return task == sim::PathTable::Clock() ? static_cast<uint32_t>(record.num_tasks)
                                           : record.Number(task);
  };
  size_t barrier = SIZE_MAX;
  for (EventIndex i = 0; i < n; ++i) {
    if (!keep[i]) continue;
    const sim::Event& e = record.events[i];
    number[i] = static_cast<uint32_t>(kept.size());
    OrderedEvent o;
    o.actor = row_of(e.step.label.task);
    const std::span<const sim::Part> parts = record.Parts(e);
    o.partner = parts.size() == 2 ? row_of(parts[1].task) : o.actor;
    if (e.after_all) {
      for (size_t j = barrier == SIZE_MAX ? 0 : barrier; j < kept.size(); ++j) {
        o.before.push_back(static_cast<uint32_t>(j));
      }
      barrier = kept.size();
    } else {
      if (barrier != SIZE_MAX) o.before.push_back(static_cast<uint32_t>(barrier));
      for (EventIndex p : record.Above(e)) o.before.push_back(number[p]);
      for (EventIndex p : record.Preds(e)) o.before.push_back(number[p]);
    }
    kept.push_back(i);
    ordered.push_back(std::move(o));
  }
  std::vector<sim::Label> labels;
  labels.reserve(kept.size());
  for (uint32_t at : FewestSwitches(ordered)) {
    labels.push_back(record.events[kept[at]].step.label);
  }
  return labels;
}

std::optional<sim::Label> LabelReplay::Choose(sim::Execution& execution) {
  if (at_ == labels_.size()) return std::nullopt;
  const std::vector<sim::Label>& enabled = execution.Enabled();
  if (std::find(enabled.begin(), enabled.end(), labels_[at_]) == enabled.end()) return std::nullopt;
  return labels_[at_++];
}

// ---- Trace

namespace {

// How the object follows the operation: "receive from jobs", "lock mu", "wait on wg".
std::string_view Preposition(sim::OpCategory category) {
  switch (category) {
    case sim::OpCategory::kReceive:
      return " from ";
    case sim::OpCategory::kClose:
    case sim::OpCategory::kLock:
    case sim::OpCategory::kUnlock:
    case sim::OpCategory::kCancel:
    case sim::OpCategory::kAtomic:
    case sim::OpCategory::kContext:
      return " ";
    case sim::OpCategory::kSpawn:
    case sim::OpCategory::kJoin:
    case sim::OpCategory::kSend:
    case sim::OpCategory::kSelect:
    case sim::OpCategory::kWait:
    case sim::OpCategory::kSignal:
    case sim::OpCategory::kTimer:
    case sim::OpCategory::kChoice:
    case sim::OpCategory::kYield:
    case sim::OpCategory::kPanic:
    case sim::OpCategory::kEnd:
    case sim::OpCategory::kOther:
      return " on ";
  }
  return " on ";
}

// Operands of the visit of a cancelled context's children: the context, then each child with its
// Done channel.
size_t ChildOperand(int32_t child) { return 1 + 2 * static_cast<size_t>(child); }

// As the program wrote it: a WaitGroup's Done is an Add of -1.
std::string OperationName(const sim::OperationInfo& info, const sim::Operation& operation) {
  if (info.name == "wake up") return "sleep";
  if (info.name != "add") return std::string(info.name);
  return operation.arg == -1 ? "done" : fmt::format("add {}", operation.arg);
}

}  // namespace

TraceBuilder::TraceBuilder(sim::Execution& execution, sim::Model& model,
                           const sim::Program& program)
    : execution_(execution), model_(model), program_(program) {}

void TraceBuilder::OnStart(const sim::Record&) {
  trace_ = {};
  numbers_.clear();
  states_.clear();
  names_.clear();
  goroutines_.clear();
  last_actor_ = UINT32_MAX;
  for (size_t code = 0; code < model_.NumOperationCodes(); ++code) {
    const sim::OperationInfo& info = model_.Info(static_cast<sim::OpCode>(code));
    trace_.operations.push_back({std::string(info.name), info.category});
  }
}

int TraceBuilder::Number(const sim::Record& record, uint32_t row) {
  for (uint32_t i = static_cast<uint32_t>(goroutines_.size()); i <= row; ++i) {
    const int before = i == 0 ? 0 : goroutines_.back();
    goroutines_.push_back(before + (record.tasks[i].kind == sim::TaskKind::kTask ? 1 : 0));
  }
  return goroutines_[row];
}

void TraceBuilder::NameObject(sim::ObjectId object, sim::TraceObject* out) {
  sim::ObjectOrigin origin = program_.OriginOf(object);
  out->created_at = std::move(origin.made_at);
  out->detail = std::move(origin.detail);
  const bool numbered = origin.name.empty();
  std::string name = numbered ? out->kind : std::move(origin.name);
  const int same = ++names_[name];
  out->name = numbered || same > 1 ? fmt::format("{} #{}", name, same) : std::move(name);
}

int TraceBuilder::ObjectNumber(sim::ObjectId object) {
  auto [it, added] = numbers_.emplace(object, static_cast<int>(numbers_.size()) + 1);
  if (added) {
    sim::TraceObject o;
    o.number = it->second;
    o.kind = std::string(model_.KindName(object));
    o.path = execution_.paths().ToString(object);
    NameObject(object, &o);
    trace_.objects.push_back(std::move(o));
  }
  return it->second;
}

std::string TraceBuilder::ObjectName(sim::ObjectId object) {
  if (!object.valid()) return "a nil channel";
  return trace_.objects[static_cast<size_t>(ObjectNumber(object)) - 1].name;
}

void TraceBuilder::NoteParent(const sim::Operation& operation) {
  constexpr size_t kParent = 2;  // operands: the context, its Done channel, the parent
  if (model_.Info(operation.code).name != "derive context" || operation.num_operands <= kParent) {
    return;
  }
  const int parent = ObjectNumber(operation.operands[kParent].object);
  const int child = ObjectNumber(operation.first().object);
  if (parent < child) trace_.objects[static_cast<size_t>(child) - 1].parent = parent;
}

std::string TraceBuilder::Wording(const sim::Operation& op, int32_t alternative) {
  NoteParent(op);
  const sim::OperationInfo& info = model_.Info(op.code);
  const auto with_object = [&](const sim::OperationInfo& what, const sim::Operand& operand) {
    return fmt::format("{}{}{}", OperationName(what, op), Preposition(what.category),
                       ObjectName(operand.object));
  };
  if (info.category == sim::OpCategory::kSelect) {
    if (alternative == sim::kDefault) return "select: default";
    if (alternative >= 0 && alternative < op.num_operands) {
      const sim::Operand& taken = op.operands[alternative];
      return "select: " + with_object(model_.Info(taken.code), taken);
    }
    std::string all;
    for (const sim::Operand& o : op.Operands()) {
      all += (all.empty() ? "select: " : ", ") + with_object(model_.Info(o.code), o);
    }
    return all.empty() ? "select without cases" : all;
  }
  if (info.name == "cancel child" && alternative >= 0) {
    return fmt::format("{} {}", info.name,
                       ObjectName(op.operands[ChildOperand(alternative)].object));
  }
  const bool about_channel = info.category == sim::OpCategory::kSend ||
                             info.category == sim::OpCategory::kReceive ||
                             info.category == sim::OpCategory::kClose;
  const bool about = op.num_operands > 0 && (op.first().object.valid() || about_channel);
  const bool timer = info.category == sim::OpCategory::kTimer;
  return about && !timer ? with_object(info, op.first()) : OperationName(info, op);
}

std::string TraceBuilder::Describe(const sim::Record& record, const sim::Label& label) {
  if (label.task == sim::PathTable::Clock()) return "time moves on";
  uint32_t row = record.Number(label.task);
  const sim::Operation& op = *record.tasks[row].operations[label.position].operation;
  std::string text = record.tasks[row].kind == sim::TaskKind::kTimer
                         ? std::string("a timer")
                         : fmt::format("goroutine {}", Number(record, row));
  text += ": " + Wording(op, label.alternative);
  const bool choice = model_.Info(op.code).category == sim::OpCategory::kChoice;
  if (choice && label.alternative >= 0) text += fmt::format(" {}", label.alternative);
  if (label.joint()) {
    text += fmt::format(" with goroutine {}", Number(record, record.Number(label.partner)));
  }
  return text;
}

void TraceBuilder::BeforeEvent() {
  constexpr size_t kMostShown = 20;
  ready_.clear();
  able_.clear();
  last_could_go_on_ = false;
  const sim::Record& record = execution_.record();
  for (const sim::Label& l : execution_.Enabled()) {
    if (ready_.size() < kMostShown) ready_.push_back(Describe(record, l));
    AddAble(record, l.task);
    if (l.joint()) AddAble(record, l.partner);
    if (last_actor_ == UINT32_MAX) continue;
    const sim::TaskId last = record.tasks[last_actor_].id;
    last_could_go_on_ |= l.task == last || (l.joint() && l.partner == last);
  }
  std::sort(able_.begin(), able_.end());
  able_.erase(std::unique(able_.begin(), able_.end()), able_.end());
}

void TraceBuilder::AddAble(const sim::Record& record, sim::TaskId task) {
  if (task == sim::PathTable::Clock()) return;
  uint32_t row = record.Number(task);
  if (record.tasks[row].kind == sim::TaskKind::kTask) able_.push_back(Number(record, row));
}

// What a completed operation was done to: of a select the case that was taken.
sim::ObjectId TraceBuilder::ObjectOf(const sim::Operation& op, const sim::Result& result) {
  bool select = op.has_default || result.alternative >= 0;
  if (select && result.alternative == sim::kDefault) return {};
  bool taken = select && result.alternative >= 0 && result.alternative < op.num_operands &&
               op.operands[result.alternative].code != 0;
  if (taken) return op.operands[result.alternative].object;
  return op.num_operands > 0 ? op.operands[0].object : sim::ObjectId{};
}

std::string TraceBuilder::WhySwitched(const sim::Record& record, uint32_t actor) {
  const uint32_t last = std::exchange(last_actor_, actor);
  if (last == UINT32_MAX || last == actor) return "";
  const sim::TaskRow& row = record.tasks[last];
  if (row.kind != sim::TaskKind::kTask) return "";
  const std::string who = fmt::format("goroutine {}", Number(record, last));
  if (row.ended) return who + " has ended";
  if (last_could_go_on_) return who + " could go on";
  if (row.operations.empty() || row.operations.back().event != sim::kNoEvent) return "";
  return fmt::format("{} waits: {}", who, Wording(*row.operations.back().operation, sim::kOnly));
}

std::string TraceBuilder::PartText(const sim::Record& record, const sim::Part& part,
                                   std::string* value) {
  const sim::TaskRow& row = record.tasks[record.Number(part.task)];
  const sim::Operation& op = *row.operations[part.position].operation;
  std::string name(model_.Info(op.code).name);
  if (name == "add") name = OperationName(model_.Info(op.code), op);
  const sim::Operand* operand = op.num_operands > 0 ? &op.operands[0] : nullptr;
  bool select = op.has_default || part.result.alternative >= 0;
  if (select && part.result.alternative == sim::kDefault) return "select: default";
  if (select && part.result.alternative >= 0 && part.result.alternative < op.num_operands) {
    operand = &op.operands[part.result.alternative];
    if (op.operands[part.result.alternative].code != 0) {
      name = "select: " + std::string(model_.Info(operand->code).name);
    }
  }
  if (name == "cancel child" && part.result.alternative >= 0) {
    operand = &op.operands[ChildOperand(part.result.alternative)];
  }
  *value = execution_.ShowPayload(part);
  if (name == "context error" && operand != nullptr && operand->object.valid()) {
    return fmt::format("look at {}.Err(): {}", ObjectName(operand->object),
                       part.result.flag ? "cancelled" : "nil");
  }
  std::string text = name;
  bool receives = text.ends_with("receive");
  if (!value->empty() && (!receives || part.result.flag)) text += " " + *value;
  if (operand != nullptr && operand->object.valid()) {
    text += fmt::format(" {} {}", receives ? "from" : "on", ObjectName(operand->object));
  }
  if (receives && !part.result.flag) text += ": closed";
  if (name == "choose") text += fmt::format(" {}", part.result.alternative);
  if (name.starts_with("try") && !part.result.flag) text += ": fails";
  if (name.starts_with("cancel") && name != "cancel done" && !part.result.flag) text += ": again";
  return text;
}

void TraceBuilder::OnEvent(const sim::Record& record, EventIndex index) {
  const sim::Event& event = record.events[index];
  sim::TraceEvent e;
  e.index = static_cast<int>(index) + 1;
  e.time_ns = event.time;
  if (event.parts_begin != event.parts_end) {
    const uint32_t actor = record.Number(record.parts[event.parts_begin].task);
    e.switched = WhySwitched(record, actor);
  }
  std::vector<sim::ObjectId> objects;
  for (const sim::Part& part : record.Parts(event)) {
    uint32_t number = record.Number(part.task);
    const sim::TaskRow& row = record.tasks[number];
    const sim::Operation& op = *row.operations[part.position].operation;
    sim::TracePart p;
    bool timer = row.kind == sim::TaskKind::kTimer;
    p.goroutine = timer ? 0 : Number(record, number);
    const sim::TaskRow& owner = timer ? record.tasks[row.creator] : row;
    if (owner.client != nullptr) p.site = owner.client->Site(row.operations[part.position].site);
    p.operation = std::string(model_.Info(op.code).name);
    p.text = PartText(record, part, &p.value);
    sim::ObjectId object = ObjectOf(op, part.result);
    if (object.valid()) p.object = ObjectNumber(object);
    const bool child = p.operation == "cancel child" && part.result.alternative >= 0;
    for (const sim::Operand& o : op.Operands()) {
      const size_t at = static_cast<size_t>(&o - op.operands);
      const size_t chosen = child ? ChildOperand(part.result.alternative) : 0;
      const bool taken = child ? at == 0 || at == chosen || at == chosen + 1
                               : op.num_operands == 1 || part.result.alternative < 0 ||
                                     &o == &op.operands[part.result.alternative];
      if (o.object.valid() && taken &&
          std::find(objects.begin(), objects.end(), o.object) == objects.end()) {
        objects.push_back(o.object);
      }
    }
    e.parts.push_back(std::move(p));
  }
  if (event.step.operation != nullptr) {
    e.category = model_.Info(event.step.operation->code).category;
    // A select counts as what its case does.
    const sim::Operation& op = *event.step.operation;
    int32_t alternative = event.step.label.alternative;
    if (e.category == sim::OpCategory::kSelect && alternative >= 0) {
      e.category = model_.Info(op.operands[alternative].code).category;
    }
  } else {
    e.category = sim::OpCategory::kTimer;
  }
  for (sim::ObjectId o : objects) {
    e.objects.push_back(ObjectNumber(o));
    std::string now = model_.Describe(o);
    std::string& last = states_[o];
    if (!now.empty() && now != last) {
      e.deltas.push_back(last.empty() ? fmt::format("{}: {}", ObjectName(o), now)
                                      : fmt::format("{}: {} -> {}", ObjectName(o), last, now));
    }
    if (!now.empty()) e.states.push_back({ObjectNumber(o), now});
    last = now;
  }
  auto add = [](std::vector<int>* to, EventIndex from) {
    int number = static_cast<int>(from) + 1;
    if (std::find(to->begin(), to->end(), number) == to->end()) to->push_back(number);
  };
  for (EventIndex p : record.Above(event)) add(&e.causal, p);
  for (EventIndex p : record.Preds(event)) add(&e.causal, p);
  for (const sim::SyncEdge& s : record.Sync(event)) {
    if (s.event != index) add(&e.synchronizes, s.event);
  }
  e.ready = std::move(ready_);
  ready_.clear();
  e.able = std::move(able_);
  able_.clear();
  trace_.events.push_back(std::move(e));
}

void TraceBuilder::AddWaiting(const sim::TaskRow& row, sim::TraceGoroutine* out) {
  if (row.operations.empty() || row.operations.back().event != sim::kNoEvent) return;
  const sim::Operation& op = *row.operations.back().operation;
  if (!model_.Info(op.code).blocked.empty()) out->waiting = Wording(op, sim::kOnly);
  for (const sim::Operand& o : op.Operands()) {
    if (!o.object.valid()) continue;
    const int number = ObjectNumber(o.object);
    if (std::find(out->waits_for.begin(), out->waits_for.end(), number) == out->waits_for.end()) {
      out->waits_for.push_back(number);
    }
  }
}

void TraceBuilder::AddUnseen(const sim::Record& record, const sim::TaskRow& row,
                             sim::TraceGoroutine* out) {
  std::vector<sim::ObjectId> seen;
  for (const sim::OperationRow& op : row.operations) {
    if (op.event == sim::kNoEvent) continue;
    const sim::Part& part = record.Parts(record.events[op.event])[op.part];
    model_.Observed(*op.operation, part.result, &seen);
  }
  row.client->Reachable([&](sim::ObjectId object) {
    if (!model_.IsSignalled(object)) return;
    if (std::find(seen.begin(), seen.end(), object) != seen.end()) return;
    const int number = ObjectNumber(object);
    if (std::find(out->unseen.begin(), out->unseen.end(), number) == out->unseen.end()) {
      out->unseen.push_back(number);
    }
  });
  std::sort(out->unseen.begin(), out->unseen.end());
}

void TraceBuilder::AddGoroutines(const sim::Record& record) {
  // Where a trace stops at its finding, goroutines that could go on are not blocked.
  std::vector<bool> able(record.num_tasks, false);
  if (record.stopped || record.cycle_begin != sim::kNoEvent) {
    for (const sim::Label& l : execution_.Enabled()) {
      if (l.task != sim::PathTable::Clock()) able[record.Number(l.task)] = true;
      if (l.joint()) able[record.Number(l.partner)] = true;
    }
  }
  int followed = 0;
  for (uint32_t i = 0; i < record.num_tasks; ++i) {
    const sim::TaskRow& row = record.tasks[i];
    if (row.kind != sim::TaskKind::kTask) continue;
    sim::TraceGoroutine g;
    g.number = Number(record, i);
    g.path = execution_.paths().ToString(row.id);
    if (row.client != nullptr) {
      g.name = row.client->Name();
      g.created_at = row.client->CreatedAt();
      g.system = row.client->system();
      if (!row.ended) g.stack = row.client->Stack();
    }
    uint32_t creator = row.creator;
    while (creator != UINT32_MAX && record.tasks[creator].kind == sim::TaskKind::kTimer) {
      creator = record.tasks[creator].creator;
    }
    if (creator != UINT32_MAX) g.created_by = Number(record, creator);
    bool died = std::any_of(record.incidents.begin(), record.incidents.end(),
                            [&](const auto& x) { return x.fatal && x.task == row.id; });
    g.at = SiteOf(row);
    g.state = died        ? "panicked"
              : row.ended ? "ended"
              : able[i]   ? "runnable"
                          : BlockedOn(model_, row);
    if (died) {
      for (const sim::Incident& x : record.incidents) {
        if (x.task == row.id && x.fatal) {
          g.at = x.at;
          g.stack = x.stack;
        }
      }
    }
    if (!row.ended && !died) {
      AddWaiting(row, &g);
      // To follow all that goroutines reach takes time; of very many the first will do.
      constexpr int kMostFollowed = 100;
      if (row.client != nullptr && followed++ < kMostFollowed) AddUnseen(record, row, &g);
    }
    trace_.goroutines.push_back(std::move(g));
  }
}

void TraceBuilder::OnRest(const sim::Record& record) {
  AddGoroutines(record);
  const std::vector<int64_t> times = model_.TimesOfEvents();
  for (size_t i = 0; i < trace_.events.size() && i < times.size(); ++i) {
    trace_.events[i].time_ns = times[i];
  }
  trace_.output = record.output;
  trace_.fingerprint = fmt::format("{:016x}", record.fingerprint);
}

}  // namespace heddle::checker
