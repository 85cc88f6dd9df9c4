// SPDX-License-Identifier: Apache-2.0
// The text report: what people read after `heddle check`, `heddle replay`.
//
// Order: the verdict in one line; for each finding what happened and why nothing mends it, who is
// who, the steps, the goroutines as Go prints them, the command that replays it; last what was
// explored. Only a complete search says
// "explored everything".
#ifndef HEDDLE_CHECKER_CLI_REPORT_TEXT_H_
#define HEDDLE_CHECKER_CLI_REPORT_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "checker/cli/engine.h"
#include "checker/finding.h"

namespace heddle::cli {

struct TextReportOptions {
  bool color = false;
  bool replayed = false;   // one schedule was replayed, nothing was explored
  ExploreOptions explore;  // as the search was asked for
  std::string lang;        // --lang, if given
  size_t max_steps = 120;  // of longer traces those that matter least are left out
  size_t columns = 100;    // of the page: 60 to 400
  std::function<std::string(const sim::TraceSite&)> source;
};

std::string TextReport(const checker::TargetReport& target, const TextReportOptions& options);

// The last line of a report on several targets.
std::string TextSummary(std::span<const checker::TargetReport> targets, bool color);

// The command line that replays the finding: the schedule, and those flags that it does not carry
// itself.
std::string ReplayCommand(const checker::TargetReport& target, const checker::Finding& finding,
                          const TextReportOptions& options);

// Why the finding is a mistake, in one plain sentence; `entry` is what returned ("main", a test).
std::string MeaningOf(const checker::Finding& finding, std::string_view entry);

// What was explored, in one or more lines without indentation.
std::string ExplorationText(const checker::TargetReport& target, const TextReportOptions& options);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_REPORT_TEXT_H_
