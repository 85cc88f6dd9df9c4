// SPDX-License-Identifier: Apache-2.0
// The command is a program, not a library: its sources (without main and the engine) are compiled
// into this test. The engine is fake_engine.cc; drawing by Graphviz is tested in tests/viz.
#include "checker/cli/command.cc"
#include "checker/cli/console.cc"
#include "checker/cli/directives.cc"
#include "checker/cli/files.cc"
#include "checker/cli/pattern.cc"
#include "checker/cli/program_path.cc"
#include "checker/cli/report_json.cc"
#include "checker/cli/report_text.cc"
#include "checker/cli/show.cc"
#include "checker/cli/values.cc"
#include "checker/cli/verb_check.cc"
#include "checker/cli/verb_explain.cc"
#include "checker/cli/verb_render.cc"
#include "checker/cli/verb_replay.cc"
#include "checker/cli/verb_run.cc"
#include "checker/cli/verb_verify.cc"
#include "checker/finding.cc"
#include "tests/viz/sample_traces.cc"
#include "viz/svg.h"

namespace heddle::viz {
std::expected<std::string, std::string> SvgFromDot(const std::string& dot) {
  return "<svg>" + dot + "</svg>";
}
}  // namespace heddle::viz
