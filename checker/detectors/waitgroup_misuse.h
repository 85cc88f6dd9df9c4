// SPDX-License-Identifier: Apache-2.0
// WaitGroupMisuseDetector: a WaitGroup whose counter goes below zero, that is reused too early, or
// whose counting from zero is not ordered with its Waits.
//
// The documentation of sync.WaitGroup asks that an Add which finds the counter at zero happens
// before a Wait, or after the return of the ones before: otherwise the Wait may return too early,
// or panic. The order that counts is that of the Go memory model.
#ifndef HEDDLE_CHECKER_DETECTORS_WAITGROUP_MISUSE_H_
#define HEDDLE_CHECKER_DETECTORS_WAITGROUP_MISUSE_H_

#include <vector>

#include "checker/detectors/incident.h"
#include "checker/happens_before.h"

namespace heddle::checker {

class WaitGroupMisuseDetector : public IncidentDetector {
 public:
  WaitGroupMisuseDetector(const sim::Execution& execution, const sim::Model& model)
      : IncidentDetector(execution, FindingKind::kWaitGroupMisuse), model_(model) {}
  void OnStart(const sim::Record& record) override;
  void OnEvent(const sim::Record& record, sim::EventIndex event) override;
  void OnRest(const sim::Record& record) override;

 private:
  struct Use {
    sim::ObjectId group;
    sim::Model::GroupUse what;
    uint32_t task;
    uint32_t epoch;  // of the task, with this use
    sim::EventIndex event;
  };
  struct Pair {
    sim::EventIndex add, wait;
  };
  void Judge(const sim::Record& record, const Pair& pair);

  const sim::Model& model_;
  std::vector<Use> uses_;
  std::vector<Pair> pairs_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_WAITGROUP_MISUSE_H_
