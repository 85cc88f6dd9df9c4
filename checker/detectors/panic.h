// SPDX-License-Identifier: Apache-2.0
// PanicDetector: an uncaught panic, or a fatal error, that has no kind of its own.
#ifndef HEDDLE_CHECKER_DETECTORS_PANIC_H_
#define HEDDLE_CHECKER_DETECTORS_PANIC_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class PanicDetector : public IncidentDetector {
 public:
  explicit PanicDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kPanic) {}
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_PANIC_H_
