// SPDX-License-Identifier: Apache-2.0
// LostCancelDetector: a goroutine that never ends although it was told to: it can reach a
// context that has been cancelled, or a closed done channel, and has not looked at it.
#ifndef HEDDLE_CHECKER_DETECTORS_LOST_CANCEL_H_
#define HEDDLE_CHECKER_DETECTORS_LOST_CANCEL_H_

#include "checker/detectors/rest.h"

namespace heddle::checker {

class LostCancelDetector : public Detector {
 public:
  // `model` is that of the execution.
  LostCancelDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  // Where the signal came from, and who gave it.
  std::string Told(const sim::Record& record, sim::ObjectId signal) const;

  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_LOST_CANCEL_H_
