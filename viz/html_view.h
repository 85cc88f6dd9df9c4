// SPDX-License-Identifier: Apache-2.0
// The HTML view: one self-contained page in which a person steps through a trace.
//
// The page is viz/page (frame, style, script) with a JSON document inside it: lanes, links and the
// story of the trace. It loads nothing. Invariant: whatever a program prints or is named cannot end
// the script element it travels in, and the page sets text only as text.
#ifndef HEDDLE_VIZ_HTML_VIEW_H_
#define HEDDLE_VIZ_HTML_VIEW_H_

#include <string>

#include "sim/trace.h"

namespace heddle::viz {

std::string HtmlView(const sim::Trace& trace);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_HTML_VIEW_H_
