// SPDX-License-Identifier: Apache-2.0
// The program ended itself.
#include "checker/detectors/exit.h"

#include <fmt/format.h>

#include "checker/detectors/rest.h"

namespace heddle::checker {

namespace {

// The first goroutine that may still run when the incident happens; 0: none.
uint32_t StillRuns(const sim::Record& record, const sim::Incident& incident) {
  const uint32_t self = record.Number(incident.task);
  auto before = [&](sim::EventIndex e) {
    return e == sim::kNoEvent || e == incident.event || CausallyBefore(record, e, incident.event);
  };
  for (uint32_t i = 1; i < record.num_tasks; ++i) {
    const sim::TaskRow& row = record.tasks[i];
    if (i == self || row.kind != sim::TaskKind::kTask) continue;
    if (row.client == nullptr || row.client->system()) continue;
    // Started by then in every order, and not at its end in every order.
    if (!before(row.spawn)) continue;
    if (!row.ended) return i;
    for (const sim::OperationRow& op : row.operations) {
      if (op.event == sim::kNoEvent || !before(op.event)) return i;
    }
    // It has no step of its own after it was started: nothing says that it has run.
    if (row.operations.empty()) return i;
  }
  return 0;
}

}  // namespace

void ExitDetector::OnRest(const sim::Record& record) {
  for (const sim::Incident& incident : record.incidents) {
    const bool defers = incident.kind == kOsExitDefers;
    if ((!defers && incident.kind != kOsExit) || AfterDeath(record, incident)) continue;
    const uint32_t other = StillRuns(record, incident);
    if (defers) {
      Add(record, incident, incident.message + " while deferred calls are pending");
    } else if (other != 0) {
      Add(record, incident,
          fmt::format("{} while {} may still run", incident.message, GoroutineText(record, other)));
    }
  }
}

}  // namespace heddle::checker
