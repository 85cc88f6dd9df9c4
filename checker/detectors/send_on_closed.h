// SPDX-License-Identifier: Apache-2.0
// SendOnClosedDetector: a send on a closed channel that nobody recovers.
#ifndef HEDDLE_CHECKER_DETECTORS_SEND_ON_CLOSED_H_
#define HEDDLE_CHECKER_DETECTORS_SEND_ON_CLOSED_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

class SendOnClosedDetector : public IncidentDetector {
 public:
  SendOnClosedDetector(const sim::Execution& execution, const sim::Model& model)
      : IncidentDetector(execution, FindingKind::kSendOnClosed), model_(model) {}

 protected:
  std::string Message(const sim::Record& record, const sim::Incident& incident) const override;

 private:
  const sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_SEND_ON_CLOSED_H_
