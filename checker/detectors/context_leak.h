// SPDX-License-Identifier: Apache-2.0
// ContextLeakDetector: at rest a derived context is not done, and nobody is left who could
// call its cancel function.
#ifndef HEDDLE_CHECKER_DETECTORS_CONTEXT_LEAK_H_
#define HEDDLE_CHECKER_DETECTORS_CONTEXT_LEAK_H_

#include "checker/detectors/rest.h"

namespace heddle::checker {

class ContextLeakDetector : public Detector {
 public:
  // `model` is that of the execution.
  ContextLeakDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_CONTEXT_LEAK_H_
