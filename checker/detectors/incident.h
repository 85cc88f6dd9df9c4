// SPDX-License-Identifier: Apache-2.0
// IncidentDetector: what the detectors of one kind of incident share: panics, misuse, failed
// assertions; what a task itself did or suffered.
#ifndef HEDDLE_CHECKER_DETECTORS_INCIDENT_H_
#define HEDDLE_CHECKER_DETECTORS_INCIDENT_H_

#include <string>

#include "checker/detector.h"

namespace heddle::checker {

class IncidentDetector : public Detector {
 public:
  // Of the incidents that have the name of the kind.
  IncidentDetector(const sim::Execution& execution, FindingKind kind)
      : Detector(execution), kind_(kind) {}
  void OnRest(const sim::Record& record) override;

 protected:
  // One sentence about the incident.
  virtual std::string Message(const sim::Record& record, const sim::Incident& incident) const;
  void Add(const sim::Record& record, const sim::Incident& incident, std::string message);
  // The program had ended causally before, by what another task did.
  static bool AfterDeath(const sim::Record& record, const sim::Incident& incident);

 private:
  FindingKind kind_;
};

// The last operation of the task that failed, with its operand; null: none has.
const sim::Operand* FailedOperand(const sim::Record& record, sim::TaskId task);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_INCIDENT_H_
