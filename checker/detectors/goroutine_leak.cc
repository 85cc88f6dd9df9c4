// SPDX-License-Identifier: Apache-2.0
// Blocked forever, and nobody told it to stop.
#include "checker/detectors/goroutine_leak.h"

#include <fmt/format.h>

namespace heddle::checker {

void GoroutineLeakDetector::OnRest(const sim::Record& record) {
  const Rest rest = RestOf(record, model_);
  if (IsDeadlock(rest) || !rest.judged || (!rest.main_ended && !rest.goexit)) return;
  for (uint32_t row : rest.blocked) {
    if (UnseenSignal(record, model_, row).valid()) continue;  // lost-cancel
    AddStuck(record, FindingKind::kGoroutineLeak, row,
             fmt::format("{} {}", GoroutineText(record, row), FateText(record, model_, rest, row)),
             &findings_);
  }
}

}  // namespace heddle::checker
