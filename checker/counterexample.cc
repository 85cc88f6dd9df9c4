// SPDX-License-Identifier: Apache-2.0
// Shortening, ordering and recording a counterexample.
#include "checker/counterexample.h"

#include <fmt/format.h>

#include <algorithm>
#include <queue>

#include "sim/schedule.h"

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
  // Kahn's algorithm; among what is ready, first the task that moved last, then the oldest.
  std::vector<uint32_t> waiting(n, 0);
  std::vector<std::vector<EventIndex>> next(n);
  EventIndex barrier = kNoEvent;
  auto order = [&](EventIndex before, EventIndex after) {
    next[before].push_back(after);
    ++waiting[after];
  };
  for (EventIndex i = 0; i < n; ++i) {
    if (!keep[i]) continue;
    const sim::Event& e = record.events[i];
    if (barrier != kNoEvent) order(barrier, i);
    if (e.after_all) {
      for (EventIndex j = barrier == kNoEvent ? 0 : barrier + 1; j < i; ++j) {
        if (keep[j]) order(j, i);
      }
      barrier = i;
      continue;
    }
    for (EventIndex p : record.Above(e)) order(p, i);
    for (EventIndex p : record.Preds(e)) order(p, i);
  }
  std::priority_queue<EventIndex, std::vector<EventIndex>, std::greater<>> ready;
  std::vector<std::vector<EventIndex>> ready_of(record.num_tasks);
  std::vector<bool> done(n, false);
  auto row_of = [&](EventIndex i) {
    sim::TaskId task = record.events[i].step.label.task;
    return task == sim::PathTable::Clock() ? 0u : record.Number(task);
  };
  auto make_ready = [&](EventIndex i) {
    ready.push(i);
    ready_of[row_of(i)].push_back(i);
  };
  for (EventIndex i = 0; i < n; ++i) {
    if (keep[i] && waiting[i] == 0) make_ready(i);
  }
  std::vector<sim::Label> labels;
  uint32_t current = 0;
  while (!ready.empty()) {
    EventIndex pick = kNoEvent;
    std::vector<EventIndex>& own = ready_of[current];
    while (!own.empty() && done[own.back()]) own.pop_back();
    if (!own.empty()) {
      pick = own.back();
    } else {
      pick = ready.top();
      ready.pop();
    }
    if (done[pick]) continue;
    done[pick] = true;
    labels.push_back(record.events[pick].step.label);
    current = row_of(pick);
    for (EventIndex after : next[pick]) {
      if (--waiting[after] == 0) make_ready(after);
    }
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

TraceBuilder::TraceBuilder(sim::Execution& execution, sim::Model& model)
    : execution_(execution), model_(model) {}

void TraceBuilder::OnStart(const sim::Record&) {
  trace_ = {};
  numbers_.clear();
  states_.clear();
  for (size_t code = 0; code < model_.NumOperationCodes(); ++code) {
    const sim::OperationInfo& info = model_.Info(static_cast<sim::OpCode>(code));
    trace_.operations.push_back({std::string(info.name), info.category});
  }
}

int TraceBuilder::ObjectNumber(sim::ObjectId object) {
  auto [it, added] = numbers_.emplace(object, static_cast<int>(numbers_.size()) + 1);
  if (added) {
    sim::TraceObject o;
    o.number = it->second;
    o.kind = std::string(model_.KindName(object));
    o.path = execution_.paths().ToString(object);
    int same_kind = 1;
    for (const sim::TraceObject& other : trace_.objects) same_kind += other.kind == o.kind;
    o.name = fmt::format("{} #{}", o.kind, same_kind);
    trace_.objects.push_back(std::move(o));
  }
  return it->second;
}

std::string TraceBuilder::ObjectName(sim::ObjectId object) {
  if (!object.valid()) return "nil channel";
  return trace_.objects[static_cast<size_t>(ObjectNumber(object)) - 1].name;
}

std::string TraceBuilder::Describe(const sim::Record& record, const sim::Label& label) {
  if (label.task == sim::PathTable::Clock()) return "time moves on";
  uint32_t row = record.Number(label.task);
  const sim::Operation& op = *record.tasks[row].operations[label.position].operation;
  std::string text = record.tasks[row].kind == sim::TaskKind::kTimer
                         ? std::string("a timer")
                         : fmt::format("goroutine {}", GoroutineNumber(record, row));
  text += fmt::format(": {}", model_.Info(op.code).name);
  if (label.alternative == sim::kDefault) text += " default";
  if (label.alternative >= 0) text += fmt::format(" case {}", label.alternative);
  if (label.joint()) {
    text +=
        fmt::format(" with goroutine {}", GoroutineNumber(record, record.Number(label.partner)));
  }
  return text;
}

void TraceBuilder::BeforeEvent() {
  ready_.clear();
  for (const sim::Label& l : execution_.Enabled()) {
    if (ready_.size() == 20) break;
    ready_.push_back(Describe(execution_.record(), l));
  }
}

std::string TraceBuilder::PartText(const sim::Record& record, const sim::Part& part,
                                   std::string* value) {
  const sim::TaskRow& row = record.tasks[record.Number(part.task)];
  const sim::Operation& op = *row.operations[part.position].operation;
  std::string name(model_.Info(op.code).name);
  const sim::Operand* operand = op.num_operands > 0 ? &op.operands[0] : nullptr;
  bool select = op.has_default || part.result.alternative >= 0;
  if (select && part.result.alternative == sim::kDefault) return "select: default";
  if (select && part.result.alternative >= 0 && part.result.alternative < op.num_operands) {
    operand = &op.operands[part.result.alternative];
    if (op.operands[part.result.alternative].code != 0) {
      name = "select: " + std::string(model_.Info(operand->code).name);
    }
  }
  *value = execution_.ShowPayload(part);
  std::string text = name;
  bool receives = text.ends_with("receive");
  if (!value->empty() && (!receives || part.result.flag)) text += " " + *value;
  if (operand != nullptr && operand->object.valid()) {
    text += fmt::format(" {} {}", receives ? "from" : "on", ObjectName(operand->object));
  }
  if (receives && !part.result.flag) text += ": closed";
  if (name == "choose") text += fmt::format(" {}", part.result.alternative);
  if (name.starts_with("try") && !part.result.flag) text += ": fails";
  return text;
}

void TraceBuilder::OnEvent(const sim::Record& record, EventIndex index) {
  const sim::Event& event = record.events[index];
  sim::TraceEvent e;
  e.index = static_cast<int>(index) + 1;
  e.time_ns = event.time;
  std::vector<sim::ObjectId> objects;
  for (const sim::Part& part : record.Parts(event)) {
    uint32_t number = record.Number(part.task);
    const sim::TaskRow& row = record.tasks[number];
    const sim::Operation& op = *row.operations[part.position].operation;
    sim::TracePart p;
    bool timer = row.kind == sim::TaskKind::kTimer;
    p.goroutine = timer ? 0 : GoroutineNumber(record, number);
    const sim::TaskRow& owner = timer ? record.tasks[row.creator] : row;
    if (owner.client != nullptr) p.site = owner.client->Site(row.operations[part.position].site);
    p.operation = std::string(model_.Info(op.code).name);
    p.text = PartText(record, part, &p.value);
    e.parts.push_back(std::move(p));
    for (const sim::Operand& o : op.Operands()) {
      bool taken = op.num_operands == 1 || part.result.alternative < 0 ||
                   &o == &op.operands[part.result.alternative];
      if (o.object.valid() && taken &&
          std::find(objects.begin(), objects.end(), o.object) == objects.end()) {
        objects.push_back(o.object);
      }
    }
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
  trace_.events.push_back(std::move(e));
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
  for (uint32_t i = 0; i < record.num_tasks; ++i) {
    const sim::TaskRow& row = record.tasks[i];
    if (row.kind != sim::TaskKind::kTask) continue;
    sim::TraceGoroutine g;
    g.number = GoroutineNumber(record, i);
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
    if (creator != UINT32_MAX) g.created_by = GoroutineNumber(record, creator);
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
    trace_.goroutines.push_back(std::move(g));
  }
}

void TraceBuilder::OnRest(const sim::Record& record) {
  AddGoroutines(record);
  trace_.output = record.output;
  trace_.fingerprint = fmt::format("{:016x}", record.fingerprint);
}

}  // namespace heddle::checker
