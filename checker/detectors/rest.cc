// SPDX-License-Identifier: Apache-2.0
// Who is left at the end of an execution.
#include "checker/detectors/rest.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

namespace {

bool Spins(const sim::TaskRow& row) {
  return !row.operations.empty() &&
         row.operations.back().operation->await_from != sim::Operation::kNotAwaiting;
}

// The execution ends with a state that it was in before: who moved in between runs forever.
void AddRunning(const sim::Record& record, Rest* rest) {
  std::vector<bool> moves(record.num_tasks, false);
  for (sim::EventIndex e = record.cycle_begin; e < record.events.size(); ++e) {
    const sim::Event& event = record.events[e];
    rest->time_moves |= event.time != (e == 0 ? 0 : record.events[e - 1].time);
    for (const sim::Part& part : record.Parts(event)) moves[record.Number(part.task)] = true;
  }
  for (uint32_t i = 0; i < record.num_tasks; ++i) {
    if (moves[i] && record.IsStuck(record.tasks[i])) rest->running.push_back(i);
  }
  rest->main_waits = !rest->main_ended && !moves[0];
}

}  // namespace

bool ProgramDied(const sim::Record& record) {
  return std::any_of(record.incidents.begin(), record.incidents.end(),
                     [](const sim::Incident& i) { return i.fatal; });
}

Rest RestOf(const sim::Record& record, sim::Model& model) {
  Rest rest;
  if (ProgramDied(record) || model.AtBound()) return rest;
  rest.main_ended = record.num_tasks > 0 && record.tasks[0].ended;
  if (record.cycle_begin != sim::kNoEvent) {
    rest.judged = true;
    AddRunning(record, &rest);
    return rest;
  }
  if (!record.cut_by.empty() || record.stopped) return rest;
  rest.judged = true;
  rest.goexit = std::any_of(record.incidents.begin(), record.incidents.end(),
                            [](const sim::Incident& i) { return i.kind == kMainGoexit; });
  for (uint32_t i = 0; i < record.num_tasks; ++i) {
    const sim::TaskRow& row = record.tasks[i];
    if (!record.IsStuck(row)) continue;
    (Spins(row) ? rest.running : rest.blocked).push_back(i);
  }
  return rest;
}

std::string GoroutineText(const sim::Record& record, uint32_t row) {
  const sim::TaskClient* client = record.tasks[row].client;
  return fmt::format("goroutine {} ({})", GoroutineNumber(record, row),
                     client != nullptr ? client->Name() : "?");
}

std::string ActorText(const sim::Record& record, sim::EventIndex event) {
  const sim::Label& label = record.events[event].step.label;
  uint32_t row = record.Number(label.task);
  sim::TraceSite at;
  if (record.tasks[row].client != nullptr) {
    at = record.tasks[row].client->Site(record.tasks[row].operations[label.position].site);
  }
  return fmt::format("{} at {}", GoroutineText(record, row), at.ToString());
}

std::string FateText(const sim::Record& record, sim::Model& model, const Rest& rest, uint32_t row) {
  const bool runs = std::find(rest.running.begin(), rest.running.end(), row) != rest.running.end();
  if (!runs) {
    return fmt::format("is blocked forever: {}", BlockedOn(model, record.tasks[row]));
  }
  if (record.cycle_begin == sim::kNoEvent) {
    return fmt::format(
        "runs forever: it goes round {} without any effect, and nobody is left to "
        "change what it looks at",
        SiteOf(record.tasks[row]).ToString());
  }
  return fmt::format("runs forever: what happens in steps {} to {} can repeat without end",
                     record.cycle_begin + 1, record.events.size());
}

sim::ObjectId UnseenSignal(const sim::Record& record, const sim::Model& model, uint32_t row) {
  const sim::TaskRow& task = record.tasks[row];
  if (task.client == nullptr) return {};
  std::vector<sim::ObjectId> seen;
  for (const sim::OperationRow& op : task.operations) {
    if (op.event == sim::kNoEvent) continue;
    const sim::Part& part = record.Parts(record.events[op.event])[op.part];
    model.Observed(*op.operation, part.result, &seen);
  }
  sim::ObjectId unseen;
  task.client->Reachable([&](sim::ObjectId object) {
    if (!unseen.valid() && model.IsSignalled(object) &&
        std::find(seen.begin(), seen.end(), object) == seen.end()) {
      unseen = object;
    }
  });
  return unseen;
}

void AddStuck(const sim::Record& record, FindingKind kind, uint32_t row, std::string message,
              std::vector<RawFinding>* findings) {
  const sim::TaskRow& task = record.tasks[row];
  RawFinding f;
  f.kind = kind;
  f.message = std::move(message);
  f.tasks = {row};
  f.sites = {SiteOf(task)};
  f.cycle_begin = record.cycle_begin;
  std::string created = task.client != nullptr ? task.client->CreatedAt().ToString() : "";
  f.identity = fmt::format("{}@{}<{}", Name(kind), f.sites[0].ToString(), created);
  for (RawFinding& other : *findings) {
    if (other.identity == f.identity) {
      other.tasks.push_back(row);
      return;
    }
  }
  findings->push_back(std::move(f));
}

}  // namespace heddle::checker
