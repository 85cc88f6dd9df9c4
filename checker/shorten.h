// SPDX-License-Identifier: Apache-2.0
// From one execution with a finding to a better one with the same finding, and to the step after
// which there was no way around it.
//
// Explorer::Confirm -> Shorten -> replay -> trace; PointOfNoReturn beside it. Both only try
// executions and look at what they show, as many as a fixed count allows: no clock, so the report
// is the same every time.
#ifndef HEDDLE_CHECKER_SHORTEN_H_
#define HEDDLE_CHECKER_SHORTEN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "checker/detector.h"
#include "sim/record.h"
#include "sim/strategy.h"

namespace heddle::checker {

// What an execution showed.
struct Shown {
  const sim::Record* record = nullptr;  // valid until the next trial
  std::vector<sim::EventIndex> events;  // those that the finding needs; empty: all
  bool has_finding = false;
};
// Makes one execution under the strategy.
using Trial = std::function<Shown(sim::Strategy&)>;

// The labels of an execution that showed the finding, with few goroutines, few steps and few
// switches, in this order of importance. `first` is what has shown it.
std::vector<sim::Label> Shorten(const Trial& trial, const Shown& first, uint64_t seed);

// After so many of the labels every way to go on has the finding.
struct NoReturn {
  size_t after = 0;
  bool exact = false;  // after one less some way has been seen that has it not
};
NoReturn PointOfNoReturn(const Trial& trial, const std::vector<sim::Label>& labels, uint64_t seed);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_SHORTEN_H_
