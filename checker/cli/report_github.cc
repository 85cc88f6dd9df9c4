// SPDX-License-Identifier: Apache-2.0
// GitHub annotations. Source: "Workflow commands for GitHub Actions", with its escapes.
#include "checker/cli/report_github.h"

#include <fmt/format.h>

#include "checker/cli/places.h"
#include "checker/cli/story.h"
#include "viz/label.h"

namespace heddle::cli {
namespace {

using checker::Finding;
using checker::Severity;
using checker::TargetReport;
using checker::Verdict;

// Line breaks stay; other control characters do not.
std::string Data(std::string_view text, bool property) {
  std::string out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    for (char c : viz::CleanText(text.substr(at, end - at))) {
      if (c == '%') {
        out += "%25";
      } else if (property && c == ':') {
        out += "%3A";
      } else if (property && c == ',') {
        out += "%2C";
      } else {
        out += c;
      }
    }
    if (end < text.size()) out += "%0A";
    at = end + 1;
  }
  return out;
}

std::string Command(std::string_view level, const Place& place, std::string_view title,
                    std::string_view message) {
  std::string file = place.file.starts_with("./") ? place.file.substr(2) : place.file;
  std::string out = fmt::format("::{} file={}", level, Data(file, true));
  if (place.line > 0) out += fmt::format(",line={}", place.line);
  if (place.column > 0) out += fmt::format(",col={}", place.column);
  return out + fmt::format(",title={}::{}\n", Data(title, true), Data(message, false));
}

std::string_view LevelOf(const Finding& finding) {
  switch (SeverityOf(finding.kind)) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "notice";
  }
  return "error";
}

std::string FindingCommand(const TargetReport& target, const Finding& finding,
                           const TextReportOptions& options) {
  std::string message = finding.message + "\n" + MeaningOf(finding, target.entry);
  if (finding.trace) {
    for (const StoryLine& line : StoryOf(finding)) message += "\n" + line.text;
    if (std::string more = NoReturnText(*finding.trace); !more.empty()) message += "\n" + more;
  }
  message += "\nReplay: " + ReplayCommand(target, finding, options);
  const Place place =
      finding.locations.empty() ? Place{target.path, 0, 0} : PlaceFrom(finding.locations[0]);
  return Command(LevelOf(finding), place, fmt::format("heddle: {}", Name(finding.kind)), message);
}

}  // namespace

std::string GithubReport(std::span<const TargetReport> targets, const TextReportOptions& options) {
  std::string out;
  for (const TargetReport& target : targets) {
    for (const checker::ReportDiagnostic& d : target.diagnostics) {
      out += Command("error", d.position.empty() ? Place{target.path, 0, 0} : PlaceFrom(d.position),
                     "heddle: cannot be checked", d.message);
    }
    for (const Finding& finding : target.findings) out += FindingCommand(target, finding, options);
    if (target.verdict == Verdict::kIncomplete) {
      out += Command("warning", {target.path, 0, 0}, "heddle: incomplete",
                     ExplorationText(target, options));
    }
  }
  return out;
}

}  // namespace heddle::cli
