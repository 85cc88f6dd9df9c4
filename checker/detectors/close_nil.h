// SPDX-License-Identifier: Apache-2.0
// CloseNilDetector: a close of a nil channel that nobody recovers.
#ifndef HEDDLE_CHECKER_DETECTORS_CLOSE_NIL_H_
#define HEDDLE_CHECKER_DETECTORS_CLOSE_NIL_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class CloseNilDetector : public IncidentDetector {
 public:
  explicit CloseNilDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kCloseNil) {}
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_CLOSE_NIL_H_
