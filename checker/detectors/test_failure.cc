// SPDX-License-Identifier: Apache-2.0
// Failed tests, and completed ones that are still used.
#include "checker/detectors/test_failure.h"

#include <fmt/format.h>

#include "checker/detectors/rest.h"

namespace heddle::checker {

namespace {

// The first step of the task after the incident; kNoEvent: there is none.
sim::EventIndex NextStep(const sim::Record& record, const sim::Incident& incident) {
  for (const sim::OperationRow& op : record.Find(incident.task)->operations) {
    if (op.event == sim::kNoEvent) continue;
    if (incident.event == sim::kNoEvent || op.event > incident.event) return op.event;
  }
  return sim::kNoEvent;
}

}  // namespace

void TestFailureDetector::OnRest(const sim::Record& record) {
  IncidentDetector::OnRest(record);
  for (const sim::Incident& done : record.incidents) {
    if (done.kind != kTestDone || AfterDeath(record, done)) continue;
    for (const sim::Incident& use : record.incidents) {
      if (use.kind != kTestUse || use.message != done.message || use.task == done.task) continue;
      const sim::EventIndex next = NextStep(record, use);
      if (next != sim::kNoEvent &&
          (next == done.event || CausallyBefore(record, next, done.event))) {
        continue;
      }
      Add(record, use,
          fmt::format("{} may use {} after it has completed, and then panics: Log in goroutine "
                      "after {} has completed",
                      GoroutineText(record, record.Number(use.task)), done.message, done.message));
      if (done.event != sim::kNoEvent) findings_.back().events.push_back(done.event);
    }
  }
}

}  // namespace heddle::checker
