// SPDX-License-Identifier: Apache-2.0
// TestFailureDetector: a test that fails, and a use of a test (a log, an error) that may come after
// it has completed.
//
// Logging is no event, so whether the use comes after the end is judged by the causal order: it
// may, unless the next step of the goroutine is before the end.
#ifndef HEDDLE_CHECKER_DETECTORS_TEST_FAILURE_H_
#define HEDDLE_CHECKER_DETECTORS_TEST_FAILURE_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

// Incident kinds by which a client says that a goroutine used a test, and that a test has
// completed; the message is the test's name.
inline constexpr char kTestUse[] = "test-use";
inline constexpr char kTestDone[] = "test-done";

class TestFailureDetector : public IncidentDetector {
 public:
  explicit TestFailureDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kTestFailure) {}
  void OnRest(const sim::Record& record) override;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_TEST_FAILURE_H_
