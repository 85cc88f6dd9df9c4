// SPDX-License-Identifier: Apache-2.0
// AtRestDetector: goroutines that are blocked forever once everything has come to rest: deadlock,
// lost-cancel, goroutine-leak.
#ifndef HEDDLE_CHECKER_DETECTORS_AT_REST_H_
#define HEDDLE_CHECKER_DETECTORS_AT_REST_H_

#include "checker/detector.h"

namespace heddle::checker {

// Incident kind by which a client says that the first task left by Goexit; no finding by itself.
inline constexpr char kMainGoexit[] = "main-goexit";

class AtRestDetector : public Detector {
 public:
  // `model` is that of the execution.
  AtRestDetector(const sim::Execution& execution, sim::Model& model)
      : Detector(execution), model_(model) {}
  void OnRest(const sim::Record& record) override;

 private:
  void Deadlock(const sim::Record& record, const std::vector<uint32_t>& stuck, bool goexit);
  void Leak(const sim::Record& record, uint32_t row);
  bool LostCancel(const sim::Record& record, uint32_t row) const;

  sim::Model& model_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_AT_REST_H_
