// SPDX-License-Identifier: Apache-2.0
// Findings in words.
#include "checker/api/describe.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "checker/api/check.h"

namespace heddle::api {

namespace {

std::string Place(const sim::TraceSite& site) {
  if (site.line == 0) return "";
  size_t slash = site.file.rfind('/');
  std::string_view base = site.file;
  if (slash != site.file.npos) base.remove_prefix(slash + 1);
  return fmt::format("{}:{}", base, site.line);
}

// The steps, a line for each part of each event; a long trace loses its middle.
std::string Steps(const sim::Trace& trace) {
  constexpr size_t kMost = 80;
  size_t width = 4;
  for (const sim::TraceGoroutine& g : trace.goroutines) width = std::max(width, g.name.size());
  width = std::min<size_t>(width, 32);
  std::string out;
  size_t count = trace.events.size();
  for (size_t i = 0; i < count; ++i) {
    if (count > kMost && i == kMost / 2) {
      out += fmt::format("      ... {} steps ...\n", count - kMost);
      i = count - kMost / 2;
    }
    const sim::TraceEvent& event = trace.events[i];
    if (event.parts.empty()) {
      out += fmt::format("{:5}       {:{}}  time moves on to {} ns\n", event.index, "", width,
                         event.time_ns);
    }
    for (size_t p = 0; p < event.parts.size(); ++p) {
      const sim::TracePart& part = event.parts[p];
      std::string_view name;
      for (const sim::TraceGoroutine& g : trace.goroutines) {
        if (g.number == part.goroutine) name = g.name;
      }
      std::string number = p == 0 ? fmt::format("{}", event.index) : "";
      out += fmt::format("{:>5}  g{:<3} {:{}}  {}", number, part.goroutine, name, width,
                         part.text.empty() ? part.operation : part.text);
      if (std::string place = Place(part.site); !place.empty()) out += fmt::format("  ({})", place);
      out += '\n';
    }
  }
  return out;
}

}  // namespace

std::string Describe(const checker::Finding& finding) {
  std::string out = fmt::format("{}: {}\n", checker::Name(finding.kind), finding.message);
  for (const checker::FindingGoroutine& g : finding.goroutines) {
    out += fmt::format("  goroutine {} [{}]", g.id, g.state);
    if (!g.at.empty()) out += fmt::format(" at {}", g.at);
    if (!g.created_at.empty()) out += fmt::format(", created at {}", g.created_at);
    out += '\n';
  }
  if (finding.trace != nullptr) out += "  steps:\n" + Steps(*finding.trace);
  out += fmt::format("  time: {}, schedule: \"{}\"\n", finding.time, finding.schedule);
  return out;
}

std::string Describe(const checker::ExplorationSummary& exploration) {
  std::string out =
      fmt::format("{} executions ({}), {} equivalence classes, {} events", exploration.executions,
                  exploration.strategy, exploration.equivalence_classes, exploration.events);
  if (exploration.complete) return out + ": all of them, up to equivalence";
  out += ": not all";
  if (!exploration.stopped_by.empty())
    out += fmt::format(", stopped by {}", exploration.stopped_by);
  for (const std::string& limit : exploration.cut_by) {
    out += fmt::format(", cut by {}", limit);
    if (limit == "max-steps") {
      out +=
          " (a loop without end? the states of C++ tasks cannot be compared; wait in a loop with "
          "SpinUntil, or raise max_steps)";
    }
  }
  return out;
}

std::string Describe(const CheckResult& result) {
  std::string out = fmt::format("{}: {} finding{}\n", checker::Name(result.verdict),
                                result.findings.size(), result.findings.size() == 1 ? "" : "s");
  for (const checker::Finding& finding : result.findings) out += Describe(finding);
  return out + "explored: " + Describe(result.exploration) + "\n";
}

}  // namespace heddle::api
