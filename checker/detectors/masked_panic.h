// SPDX-License-Identifier: Apache-2.0
// MaskedPanicDetector: a recover that swallows the panic of a misuse.
#ifndef HEDDLE_CHECKER_DETECTORS_MASKED_PANIC_H_
#define HEDDLE_CHECKER_DETECTORS_MASKED_PANIC_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class MaskedPanicDetector : public IncidentDetector {
 public:
  explicit MaskedPanicDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kMaskedPanic) {}
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_MASKED_PANIC_H_
