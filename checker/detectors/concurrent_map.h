// SPDX-License-Identifier: Apache-2.0
// ConcurrentMap: the data races that Go's runtime itself stops a program for: a map that is written
// while another goroutine uses it.
#ifndef HEDDLE_CHECKER_DETECTORS_CONCURRENT_MAP_H_
#define HEDDLE_CHECKER_DETECTORS_CONCURRENT_MAP_H_

#include "checker/detector.h"

namespace heddle::checker {

// One of the two accesses of a race.
struct MapUse {
  const sim::TaskClient* client = nullptr;
  uint64_t site = 0;
  bool write = false;
};
// True when the race is one on the map itself, in both accesses.
bool IsConcurrentMap(const MapUse& a, const MapUse& b);
// Makes the finding of such a race one of its own kind, with Go's words.
void BecomeConcurrentMap(const MapUse& a, const MapUse& b, RawFinding* race);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_CONCURRENT_MAP_H_
