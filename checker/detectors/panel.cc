// SPDX-License-Identifier: Apache-2.0
// The detectors, side by side.
#include "checker/detectors/panel.h"

#include <algorithm>

namespace heddle::checker {

Panel::Panel(sim::Execution& execution, bool races)
    : double_close(execution, execution.model()),
      close_nil(execution),
      send_on_closed(execution, execution.model()),
      waitgroup_misuse(execution, execution.model()),
      mutex_misuse(execution),
      panic(execution),
      race(execution),
      deadlock(execution, execution.model()),
      lost_cancel(execution, execution.model()),
      livelock(execution, execution.model()),
      goroutine_leak(execution, execution.model()),
      test_failure(execution),
      masked_panic(execution),
      context_leak(execution, execution.model()),
      exit(execution) {
  for (Detector* d :
       std::initializer_list<Detector*>{&double_close, &close_nil, &send_on_closed, &mutex_misuse,
                                        &panic, &deadlock, &lost_cancel, &livelock, &goroutine_leak,
                                        &test_failure, &masked_panic, &context_leak, &exit}) {
    at_end.Add(d);
    detectors.push_back(d);
  }
  observers = {&at_end, &waitgroup_misuse};
  if (races) observers.push_back(&race);
  detectors.push_back(&waitgroup_misuse);
  if (races) detectors.push_back(&race);
}

std::vector<RawFinding> Panel::Findings() const {
  std::vector<RawFinding> all;
  for (const Detector* d : detectors) {
    all.insert(all.end(), d->findings().begin(), d->findings().end());
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const RawFinding& a, const RawFinding& b) { return a.kind < b.kind; });
  return all;
}

}  // namespace heddle::checker
