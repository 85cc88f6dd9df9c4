// SPDX-License-Identifier: Apache-2.0
// The picture of a trace as DOT text with every position fixed: a lane per goroutine, time from top
// to bottom.
#ifndef HEDDLE_VIZ_DOT_VIEW_H_
#define HEDDLE_VIZ_DOT_VIEW_H_

#include <string>

#include "sim/trace.h"

namespace heddle::viz {

// Drawable by any Graphviz (`dot -Tsvg`): the text itself selects the engine that keeps positions.
std::string DotView(const sim::Trace& trace);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_DOT_VIEW_H_
