// SPDX-License-Identifier: Apache-2.0
// From the answers to what the user gets: the report in the format asked for, the trace, the exit
// status.
#include <fmt/format.h>

#include <algorithm>

#include "checker/cli/console.h"
#include "checker/cli/files.h"
#include "checker/cli/report_github.h"
#include "checker/cli/report_json.h"
#include "checker/cli/report_junit.h"
#include "checker/cli/report_sarif.h"
#include "checker/cli/report_text.h"
#include "checker/cli/values.h"
#include "checker/cli/verbs.h"
#include "viz/view.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;
using checker::Verdict;

int WorstStatus(std::span<const TargetReport> targets) {
  for (Verdict verdict : {Verdict::kInvalid, Verdict::kFail, Verdict::kIncomplete}) {
    for (const TargetReport& target : targets) {
      if (target.verdict == verdict) return ExitStatus(verdict);
    }
  }
  return 0;
}

bool WriteTrace(const std::string& path, sim::Trace trace) {
  AddSources(trace);
  std::string text;
  if (path.ends_with(".json") && !path.ends_with(".perfetto.json")) {
    text = sim::ToJson(trace);
  } else {
    auto view = viz::ViewOf(path);
    std::expected<std::string, std::string> drawn = std::unexpected(view ? "" : view.error());
    if (view) drawn = viz::Render(trace, *view);
    if (!drawn) {
      Complain(drawn.error());
      return false;
    }
    text = *drawn;
  }
  return Deliver(path, text);
}

// The first finding that has a trace.
const sim::Trace* FirstTrace(std::span<const TargetReport> targets) {
  for (const TargetReport& target : targets) {
    for (const checker::Finding& finding : target.findings) {
      if (finding.trace) return finding.trace.get();
    }
  }
  return nullptr;
}

}  // namespace

TargetReport InvalidReport(const std::string& path,
                           std::vector<checker::ReportDiagnostic> diagnostics) {
  TargetReport report;
  report.path = path;
  report.verdict = Verdict::kInvalid;
  report.diagnostics = std::move(diagnostics);
  return report;
}

int ShowReports(std::span<const TargetReport> targets, const ShowFlags& show,
                const ExploreOptions& explore, const std::string& lang, bool replayed) {
  std::string text;
  SourceLines lines;
  TextReportOptions options;
  options.replayed = replayed;
  options.explore = explore;
  options.lang = lang;
  options.source = [&lines](const sim::TraceSite& site) { return lines.At(site); };
  switch (show.format) {
    case Format::kJson:
      text = JsonReport(targets);
      break;
    case Format::kSarif:
      text = SarifReport(targets, options);
      break;
    case Format::kJunit:
      text = JUnitReport(targets, options);
      break;
    case Format::kGithub:
      text = GithubReport(targets, options);
      break;
    case Format::kText:
      options.color = UseColor(show.color, show.output);
      options.columns = PageColumns(show.output);
      for (const TargetReport& target : targets) {
        if (!text.empty()) text += "\n";
        text += TextReport(target, options);
      }
      if (targets.size() > 1) text += "\n" + TextSummary(targets, options.color);
      break;
  }
  int status = WorstStatus(targets);
  const sim::Trace* trace = show.trace.empty() ? nullptr : FirstTrace(targets);
  bool written = !trace || WriteTrace(show.trace, *trace);
  if (written && !show.trace.empty() && show.format == Format::kText) {
    text += trace ? fmt::format("The trace is in {}\n", show.trace)
                  : fmt::format("No finding, so no trace: {} was not written.\n", show.trace);
  }
  if (!Deliver(show.output, text) || !written) return 2;
  return status;
}

}  // namespace heddle::cli
