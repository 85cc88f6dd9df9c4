// SPDX-License-Identifier: Apache-2.0
// GoroutineLeakDetector: after main returned and everything came to rest, a goroutine is
// blocked forever.
#ifndef HEDDLE_CHECKER_DETECTORS_GOROUTINE_LEAK_H_
#define HEDDLE_CHECKER_DETECTORS_GOROUTINE_LEAK_H_

#include "checker/detectors/rest.h"

namespace heddle::checker {

class GoroutineLeakDetector : public Detector {
 public:
  // `model` is that of the execution.
  GoroutineLeakDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_GOROUTINE_LEAK_H_
