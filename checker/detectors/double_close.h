// SPDX-License-Identifier: Apache-2.0
// DoubleCloseDetector: a close of a closed channel that nobody recovers.
#ifndef HEDDLE_CHECKER_DETECTORS_DOUBLE_CLOSE_H_
#define HEDDLE_CHECKER_DETECTORS_DOUBLE_CLOSE_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class DoubleCloseDetector : public IncidentDetector {
 public:
  DoubleCloseDetector(const sim::Execution& execution, const sim::Model& model)
      : IncidentDetector(execution, FindingKind::kDoubleClose), model_(model) {}

 protected:
  std::string Message(const sim::Record& record, const sim::Incident& incident) const override;

 private:
  const sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_DOUBLE_CLOSE_H_
