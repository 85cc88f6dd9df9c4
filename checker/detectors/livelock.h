// SPDX-License-Identifier: Apache-2.0
// LivelockDetector: goroutines that run forever and get nowhere: a round without effect that
// nobody is left to end, or a state that comes back.
#ifndef HEDDLE_CHECKER_DETECTORS_LIVELOCK_H_
#define HEDDLE_CHECKER_DETECTORS_LIVELOCK_H_

#include "checker/detectors/rest.h"

namespace heddle::checker {

class LivelockDetector : public Detector {
 public:
  // `model` is that of the execution.
  LivelockDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_LIVELOCK_H_
