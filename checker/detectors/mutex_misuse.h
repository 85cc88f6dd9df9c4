// SPDX-License-Identifier: Apache-2.0
// MutexMisuseDetector: an unlock of a lock that is not held: a fatal error.
#ifndef HEDDLE_CHECKER_DETECTORS_MUTEX_MISUSE_H_
#define HEDDLE_CHECKER_DETECTORS_MUTEX_MISUSE_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class MutexMisuseDetector : public IncidentDetector {
 public:
  explicit MutexMisuseDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kMutexMisuse) {}
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_MUTEX_MISUSE_H_
