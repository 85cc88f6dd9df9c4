// SPDX-License-Identifier: Apache-2.0
// IncidentDetector: panics, misuse, failed assertions: what a task itself did or suffered.
#ifndef HEDDLE_CHECKER_DETECTORS_INCIDENT_H_
#define HEDDLE_CHECKER_DETECTORS_INCIDENT_H_

#include "checker/detector.h"

namespace heddle::checker {

class IncidentDetector : public Detector {
 public:
  using Detector::Detector;
  void OnRest(const sim::Record& record) override;
};

// True when some goroutine's end ended the program: then nothing is judged at rest.
bool ProgramDied(const sim::Record& record);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_INCIDENT_H_
