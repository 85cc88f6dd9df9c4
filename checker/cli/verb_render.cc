// SPDX-License-Identifier: Apache-2.0
// heddle render: a trace becomes a picture or a text.
#include <fmt/format.h>

#include "checker/cli/console.h"
#include "checker/cli/files.h"
#include "checker/cli/verbs.h"
#include "sim/trace.h"
#include "viz/view.h"

namespace heddle::cli {

int Render(const RenderFlags& flags) {
  auto fail = [](const std::string& message) {
    Complain(message);
    return 2;
  };
  bool as_json = flags.output.ends_with(".json") && !flags.output.ends_with(".perfetto.json");
  auto view = viz::ViewOf(flags.output);
  if (!view && !as_json) return fail(view.error());
  auto text = ReadFile(flags.trace);
  if (!text) return fail(text.error());
  auto trace = sim::TraceFromJson(*text);
  if (!trace) return fail(fmt::format("{}: {}", flags.trace, trace.error()));
  if (as_json) return Deliver(flags.output, sim::ToJson(*trace)) ? 0 : 2;
  auto drawn = viz::Render(*trace, *view);
  if (!drawn) return fail(drawn.error());
  return Deliver(flags.output, *drawn) ? 0 : 2;
}

}  // namespace heddle::cli
