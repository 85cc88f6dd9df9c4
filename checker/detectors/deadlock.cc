// SPDX-License-Identifier: Apache-2.0
// The program waits for itself.
#include "checker/detectors/deadlock.h"

#include <fmt/format.h>

namespace heddle::checker {

bool IsDeadlock(const Rest& rest) {
  if (rest.goexit) return rest.running.empty();
  return !rest.blocked.empty() && rest.blocked[0] == 0;
}

void DeadlockDetector::OnRest(const sim::Record& record) {
  const Rest rest = RestOf(record, model_);
  if (!IsDeadlock(rest)) return;
  const std::vector<uint32_t>& stuck = rest.blocked;
  RawFinding f;
  f.kind = FindingKind::kDeadlock;
  f.tasks = stuck;
  if (f.tasks.empty()) f.tasks.push_back(0);
  f.sites = {SiteOf(record.tasks[f.tasks[0]])};
  if (!rest.goexit) {
    f.message = fmt::format("{}{} is blocked forever: {}",
                            rest.running.empty() ? "all goroutines are asleep: " : "",
                            GoroutineText(record, 0), BlockedOn(model_, record.tasks[0]));
    if (stuck.size() > 1) {
      f.message += stuck.size() == 2
                       ? ", and so is 1 other goroutine"
                       : fmt::format(", and so are {} other goroutines", stuck.size() - 1);
    }
    if (!rest.running.empty()) {
      f.message += fmt::format("; {} runs forever without waking it",
                               GoroutineText(record, rest.running[0]));
    }
  } else if (stuck.empty()) {
    f.message = "no goroutines (main called runtime.Goexit) - deadlock!";
  } else {
    f.message =
        fmt::format("main called runtime.Goexit, and goroutine {} is blocked forever: {}",
                    GoroutineNumber(record, stuck[0]), BlockedOn(model_, record.tasks[stuck[0]]));
  }
  f.identity = fmt::format("deadlock@{}", f.sites[0].ToString());
  findings_.push_back(std::move(f));
}

}  // namespace heddle::checker
