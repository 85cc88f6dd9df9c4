// SPDX-License-Identifier: Apache-2.0
// Detector: an observer that judges one execution; RawFinding: what it says, before it is
// confirmed.
//
// Each kind of finding has a detector in detectors/. The explorer runs them on every execution, and
// once more on the replay that confirms a finding.
#ifndef HEDDLE_CHECKER_DETECTOR_H_
#define HEDDLE_CHECKER_DETECTOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "checker/finding.h"
#include "sim/execution.h"

namespace heddle::checker {

struct RawFinding {
  FindingKind kind = FindingKind::kPanic;
  std::string message;
  std::vector<uint32_t> tasks;        // rows of the record, the culprit first
  std::vector<sim::TraceSite> sites;  // where it goes wrong
  // Events that must happen for it to show, with their causal past; empty: the whole execution, to
  // its rest.
  std::vector<sim::EventIndex> events;
  // Of what goes on forever: the first event that is repeated, with all up to the last.
  sim::EventIndex cycle_begin = sim::kNoEvent;
  std::string identity;  // equal for one bug seen twice, whatever the schedule
};

class Detector : public sim::Observer {
 public:
  explicit Detector(const sim::Execution& execution) : execution_(execution) {}

  void OnStart(const sim::Record&) override { findings_.clear(); }
  void OnEvent(const sim::Record&, sim::EventIndex) override {}
  void OnAccess(uint32_t, const void*, size_t, bool, uint64_t) override {}
  bool watches_accesses() const override { return false; }

  const std::vector<RawFinding>& findings() const { return findings_; }

 protected:
  const sim::Execution& execution_;
  std::vector<RawFinding> findings_;
};

// The number that people see for a row of the record: goroutines count from 1, timers do not count.
int GoroutineNumber(const sim::Record& record, uint32_t row);
// Whether event `a` is in the causal past of event `b`.
bool CausallyBefore(const sim::Record& record, sim::EventIndex a, sim::EventIndex b);
// Where a task stands or, if it has ended, last stood.
sim::TraceSite SiteOf(const sim::TaskRow& row);
// What a task is blocked in, as Go prints it: "chan receive", "select (no cases)", "sleep".
std::string BlockedOn(const sim::Model& model, const sim::TaskRow& row);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTOR_H_
