// SPDX-License-Identifier: Apache-2.0
// Views of a trace: the entry point of viz. A picture or a text is drawn from the Trace alone.
//
// Callers: `heddle render`, `heddle check --trace FILE`, the text report (the steps). `.json` is
// the trace itself and no view: callers write it with sim::ToJson. Invariant: the same trace gives
// the same bytes.
#ifndef HEDDLE_VIZ_VIEW_H_
#define HEDDLE_VIZ_VIEW_H_

#include <expected>
#include <string>
#include <string_view>

#include "sim/trace.h"

namespace heddle::viz {

enum class View { kText, kDot, kSvg, kHtml, kPerfetto };

// The view that the suffix of a file name asks for. Error: which suffixes there are.
std::expected<View, std::string> ViewOf(std::string_view path);

// Error: Graphviz could not draw; says why and what to install. Safe to call from several threads.
std::expected<std::string, std::string> Render(const sim::Trace& trace, View view);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_VIEW_H_
