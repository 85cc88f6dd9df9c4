// SPDX-License-Identifier: Apache-2.0
// Panel: the detectors of one engine, and what they found in the last execution.
#ifndef HEDDLE_CHECKER_PANEL_H_
#define HEDDLE_CHECKER_PANEL_H_

#include <algorithm>
#include <vector>

#include "checker/detectors/at_rest.h"
#include "checker/detectors/data_race.h"
#include "checker/detectors/incident.h"

namespace heddle::checker {

struct Panel {
  Panel(sim::Execution& execution, bool races)
      : incident(execution), rest(execution, execution.model()), race(execution) {
    observers = {&incident, &rest};
    if (races) observers.push_back(&race);
  }
  // In the order of precedence of kinds.
  std::vector<RawFinding> Findings() const {
    std::vector<RawFinding> all;
    for (const Detector* d :
         {static_cast<const Detector*>(&incident), static_cast<const Detector*>(&race),
          static_cast<const Detector*>(&rest)}) {
      all.insert(all.end(), d->findings().begin(), d->findings().end());
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const RawFinding& a, const RawFinding& b) { return a.kind < b.kind; });
    return all;
  }

  IncidentDetector incident;
  AtRestDetector rest;
  DataRaceDetector race;
  std::vector<sim::Observer*> observers;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_PANEL_H_
