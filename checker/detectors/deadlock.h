// SPDX-License-Identifier: Apache-2.0
// DeadlockDetector: the main goroutine (or the test's) is blocked forever, or has left by
// Goexit and nobody is left. The finding names all that are blocked with it.
#ifndef HEDDLE_CHECKER_DETECTORS_DEADLOCK_H_
#define HEDDLE_CHECKER_DETECTORS_DEADLOCK_H_

#include "checker/detectors/rest.h"

namespace heddle::checker {

class DeadlockDetector : public Detector {
 public:
  // `model` is that of the execution.
  DeadlockDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_DEADLOCK_H_
