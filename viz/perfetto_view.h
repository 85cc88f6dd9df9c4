// SPDX-License-Identifier: Apache-2.0
// The Perfetto view: Chrome's trace event format, which the Perfetto viewer opens.
//
// A thread per goroutine with slices for its steps and for what it stands at in between, flows for
// what happens before what, an instant for the finding, counters for buffers. Simulated steps take
// no time, so time on the axis is the step: ten microseconds each; virtual time is an argument.
// Source: "Trace Event Format" (Chromium project); "External trace formats" (Perfetto).
#ifndef HEDDLE_VIZ_PERFETTO_VIEW_H_
#define HEDDLE_VIZ_PERFETTO_VIEW_H_

#include <string>

#include "sim/trace.h"

namespace heddle::viz {

std::string PerfettoView(const sim::Trace& trace);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_PERFETTO_VIEW_H_
