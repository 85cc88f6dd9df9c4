// SPDX-License-Identifier: Apache-2.0
// ExitDetector: os.Exit or log.Fatal while deferred calls are pending or goroutines may still run.
//
// Who still runs is judged by the causal order, not by where the others happened to stand: a
// goroutine whose last step is not before the exit may be anywhere.
#ifndef HEDDLE_CHECKER_DETECTORS_EXIT_H_
#define HEDDLE_CHECKER_DETECTORS_EXIT_H_

#include "checker/detectors/incident.h"

namespace heddle::checker {

// Incident kinds by which a client says that the program ended itself; with deferred calls pending.
inline constexpr char kOsExit[] = "os-exit";
inline constexpr char kOsExitDefers[] = "os-exit-defers";

class ExitDetector : public IncidentDetector {
 public:
  explicit ExitDetector(const sim::Execution& execution)
      : IncidentDetector(execution, FindingKind::kExit) {}
  void OnRest(const sim::Record& record) override;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_EXIT_H_
