// SPDX-License-Identifier: Apache-2.0
// Judging an execution that has come to rest.
#include "checker/detectors/at_rest.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/detectors/incident.h"

namespace heddle::checker {

void AtRestDetector::OnRest(const sim::Record& record) {
  if (!record.cut_by.empty() || record.stopped || ProgramDied(record) || model_.AtBound()) return;
  std::vector<uint32_t> stuck;
  for (uint32_t i = 0; i < record.num_tasks; ++i) {
    if (record.IsStuck(record.tasks[i])) stuck.push_back(i);
  }
  bool goexit = std::any_of(record.incidents.begin(), record.incidents.end(),
                            [](const sim::Incident& i) { return i.kind == kMainGoexit; });
  if (goexit || (!stuck.empty() && stuck[0] == 0)) return Deadlock(record, stuck, goexit);
  for (uint32_t row : stuck) Leak(record, row);
}

void AtRestDetector::Deadlock(const sim::Record& record, const std::vector<uint32_t>& stuck,
                              bool goexit) {
  RawFinding f;
  f.kind = FindingKind::kDeadlock;
  f.tasks = stuck;
  if (f.tasks.empty()) f.tasks.push_back(0);
  f.sites = {SiteOf(record.tasks[f.tasks[0]])};
  std::string first = record.tasks[0].client != nullptr ? record.tasks[0].client->Name() : "main";
  if (!goexit) {
    f.message = fmt::format("all goroutines are asleep: goroutine 1 ({}) is blocked forever: {}",
                            first, BlockedOn(model_, record.tasks[0]));
    if (stuck.size() > 1) {
      f.message += stuck.size() == 2
                       ? ", and so is 1 other goroutine"
                       : fmt::format(", and so are {} other goroutines", stuck.size() - 1);
    }
  } else if (stuck.empty()) {
    f.message = "no goroutines (main called runtime.Goexit) - deadlock!";
  } else {
    f.message =
        fmt::format("main called runtime.Goexit, and goroutine {} is blocked forever: {}",
                    GoroutineNumber(record, stuck[0]), BlockedOn(model_, record.tasks[stuck[0]]));
  }
  f.identity = fmt::format("deadlock@{}", f.sites[0].ToString());
  findings_.push_back(std::move(f));
}

bool AtRestDetector::LostCancel(const sim::Record& record, uint32_t row) const {
  const sim::TaskRow& task = record.tasks[row];
  if (task.client == nullptr) return false;
  std::vector<sim::ObjectId> seen;
  for (const sim::OperationRow& op : task.operations) {
    if (op.event == sim::kNoEvent) continue;
    const sim::Part& part = record.Parts(record.events[op.event])[op.part];
    model_.Observed(*op.operation, part.result, &seen);
  }
  bool lost = false;
  task.client->Reachable([&](sim::ObjectId object) {
    if (model_.IsSignalled(object) && std::find(seen.begin(), seen.end(), object) == seen.end()) {
      lost = true;
    }
  });
  return lost;
}

void AtRestDetector::Leak(const sim::Record& record, uint32_t row) {
  const sim::TaskRow& task = record.tasks[row];
  bool lost = LostCancel(record, row);
  RawFinding f;
  f.kind = lost ? FindingKind::kLostCancel : FindingKind::kGoroutineLeak;
  f.tasks = {row};
  f.sites = {SiteOf(task)};
  int number = GoroutineNumber(record, row);
  std::string name = task.client != nullptr ? task.client->Name() : "";
  f.message = lost ? fmt::format(
                         "goroutine {} ({}) was told to stop but never looked: it is blocked "
                         "forever: {}",
                         number, name, BlockedOn(model_, task))
                   : fmt::format("goroutine {} ({}) is blocked forever: {}", number, name,
                                 BlockedOn(model_, task));
  std::string created = task.client != nullptr ? task.client->CreatedAt().ToString() : "";
  f.identity = fmt::format("{}@{}<{}", Name(f.kind), f.sites[0].ToString(), created);
  // Goroutines of one making at one place are one finding.
  for (RawFinding& other : findings_) {
    if (other.identity == f.identity) {
      other.tasks.push_back(row);
      return;
    }
  }
  findings_.push_back(std::move(f));
}

}  // namespace heddle::checker
