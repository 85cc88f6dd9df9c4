// SPDX-License-Identifier: Apache-2.0
// The steps of a trace as text: numbered, each indented to the lane of its goroutine, with its
// source position.
//
// One step per line, so a text may run over the lanes to its right. A step with several parts (a
// rendezvous, a close that wakes receivers) has a line for each of them.
#ifndef HEDDLE_VIZ_TEXT_VIEW_H_
#define HEDDLE_VIZ_TEXT_VIEW_H_

#include <cstddef>
#include <functional>
#include <string>

#include "sim/trace.h"

namespace heddle::viz {

struct StepsOptions {
  bool color = false;
  // The source line at a position, empty when unknown; may itself be empty.
  std::function<std::string(const sim::TraceSite&)> source;
  // More steps than this, and those that matter least are left out, with lines that say how many:
  // shown are the first and the last ones, and what touches the goroutines and objects of the
  // finding.
  size_t max_steps = static_cast<size_t>(-1);
  // Lines are no longer than this; 0: as long as they need.
  size_t columns = 0;
  // Also: why another goroutine moves on, and which other cases of a select were ready.
  bool reasons = false;
};

// The table of steps with its heading and the state of each goroutine at the end.
std::string StepsText(const sim::Trace& trace, const StepsOptions& options);

// The whole view: what is wrong, the goroutines, the steps.
std::string TextView(const sim::Trace& trace);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_TEXT_VIEW_H_
