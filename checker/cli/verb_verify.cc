// SPDX-License-Identifier: Apache-2.0
// heddle verify: every scenario below PATH against its //heddle:want line.
#include <fmt/format.h>

#include <algorithm>

#include "checker/cli/console.h"
#include "checker/cli/in_order.h"
#include "checker/cli/interrupt.h"
#include "checker/cli/report_junit.h"
#include "checker/cli/scenarios.h"
#include "checker/cli/values.h"
#include "checker/cli/verbs.h"
#include "viz/ansi.h"
#include "viz/label.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;

std::vector<TargetReport> CheckScenario(const Scenario& scenario, const VerifyFlags& flags,
                                        size_t jobs, ProgressLine& progress) {
  ExploreOptions explore = flags.explore;
  explore.jobs = jobs;
  if (scenario.directives.time) explore.time = *scenario.directives.time;
  for (const auto& [key, value] : scenario.directives.bounds)
    explore.bounds.try_emplace(key, value);
  auto program = LoadProgram(scenario.path, scenario.directives.lang.value_or(""), "", false);
  if (!program) return {InvalidReport(scenario.path, std::move(program.error()))};
  if ((*program)->entries().empty()) {
    return {InvalidReport(
        scenario.path, {{"error", "", "there is no function main and no TestXxx to start from"}})};
  }
  std::vector<TargetReport> reports;
  for (const std::string& entry : (*program)->entries()) {
    ProgressFunction show;
    if (progress.on()) show = [&](const ProgressInfo& info) { progress.Show(scenario.path, info); };
    reports.push_back((*program)->Explore(entry, explore, show));
  }
  return reports;
}

// Widths of the table's columns; the last one runs on.
struct Widths {
  size_t path = 8, wanted = 6;
};

std::string Row(std::string_view mark, const std::string& path, const std::string& wanted,
                const std::string& text, const Widths& widths) {
  const auto pad = [](const std::string& cell, size_t columns) {
    return std::string(columns - std::min(columns, viz::Columns(cell)), ' ');
  };
  return fmt::format("{}  {}{}  {}{}  {}\n", mark, path, pad(path, widths.path), wanted,
                     pad(wanted, widths.wanted), text);
}

std::string_view MarkOf(Agreement agreement) {
  switch (agreement) {
    case Agreement::kRight:
      return "ok     ";
    case Agreement::kWrong:
      return "WRONG  ";
    case Agreement::kIncomplete:
      return "UNSURE ";
    case Agreement::kUnusable:
      return "INVALID";
  }
  return "";
}

std::string Line(const Scenario& scenario, const Comparison& comparison, const Widths& widths,
                 const viz::Ansi& ansi) {
  std::string mark(MarkOf(comparison.agreement));
  switch (comparison.agreement) {
    case Agreement::kRight:
      mark = ansi.Good(mark);
      break;
    case Agreement::kIncomplete:
      mark = ansi.Unsure(mark);
      break;
    case Agreement::kWrong:
    case Agreement::kUnusable:
      mark = ansi.Bad(mark);
      break;
  }
  return Row(mark, viz::CleanText(scenario.path), KindsText(scenario.directives.want),
             viz::CleanText(comparison.text), widths);
}

JUnitCase CaseOf(const Scenario& scenario, const Comparison& comparison,
                 std::span<const TargetReport> reports) {
  JUnitCase c;
  c.suite = scenario.path.substr(0, scenario.path.rfind('/'));
  c.name = scenario.path.substr(scenario.path.rfind('/') + 1);
  for (const TargetReport& report : reports) c.seconds += report.exploration.seconds;
  c.message = c.text = comparison.text;
  c.type = "mismatch";
  switch (comparison.agreement) {
    case Agreement::kRight:
      break;
    case Agreement::kWrong:
      c.result = CaseResult::kFailed;
      break;
    case Agreement::kIncomplete:
      c.result = CaseResult::kSkipped;
      break;
    case Agreement::kUnusable:
      c.result = CaseResult::kError;
      c.type = "invalid";
      break;
  }
  return c;
}

}  // namespace

int Verify(const VerifyFlags& flags) {
  std::vector<Scenario> scenarios;
  for (const std::string& path : flags.paths) {
    auto found = FindScenarios(path);
    if (!found) {
      Complain(found.error());
      return 2;
    }
    for (Scenario& scenario : *found) scenarios.push_back(std::move(scenario));
  }
  Widths widths;
  constexpr size_t kWidestPath = 60, kWidestWanted = 24;
  for (const Scenario& scenario : scenarios) {
    widths.path = std::max(widths.path, viz::Columns(viz::CleanText(scenario.path)));
    widths.wanted = std::max(widths.wanted, KindsText(scenario.directives.want).size());
  }
  widths.path = std::min(widths.path, kWidestPath);
  widths.wanted = std::min(widths.wanted, kWidestWanted);
  const bool table = flags.show.format == Format::kText;
  // Rows go out one by one, unless they are for a file.
  const bool at_once = table && flags.show.output.empty();
  std::string report;
  const auto say = [&](const std::string& text) {
    if (at_once) return Deliver("", text);
    report += text;
    return true;
  };
  viz::Ansi ansi{UseColor(flags.show.color, flags.show.output)};
  CatchInterrupt interrupt;
  ProgressLine progress(flags.show.quiet);
  const size_t jobs = WorkersEach(flags.explore.jobs, scenarios.size());
  size_t count[4] = {};
  std::vector<JUnitCase> cases;
  bool delivered = !table || say(Row("       ", "scenario", "wanted", "found", widths));
  InOrder(
      scenarios.size(), flags.explore.jobs,
      [&](size_t i) { return CheckScenario(scenarios[i], flags, jobs, progress); },
      [&](size_t i, const std::vector<TargetReport>& reports) {
        Comparison comparison = Compare(scenarios[i].directives.want, reports);
        ++count[static_cast<size_t>(comparison.agreement)];
        progress.Clear();
        cases.push_back(CaseOf(scenarios[i], comparison, reports));
        if (table) delivered = say(Line(scenarios[i], comparison, widths, ansi));
        return delivered && !Interrupted();
      });
  if (!delivered) return 2;
  size_t right = count[static_cast<size_t>(Agreement::kRight)];
  std::string summary = fmt::format("{}: {} right, {} wrong", Counted(scenarios.size(), "scenario"),
                                    right, cases.size() - right);
  if (cases.size() < scenarios.size()) {
    summary += fmt::format(", {} not looked at (interrupted)", scenarios.size() - cases.size());
  }
  if (table) {
    say("\n" + (right == scenarios.size() ? ansi.Good(summary) : ansi.Bad(summary)) + "\n");
  } else {
    report = JUnitDocument(cases);
  }
  if (!at_once && !Deliver(flags.show.output, report)) return 2;
  if (count[static_cast<size_t>(Agreement::kUnusable)] > 0) return 2;
  if (count[static_cast<size_t>(Agreement::kWrong)] > 0) return 1;
  const bool unsure =
      count[static_cast<size_t>(Agreement::kIncomplete)] > 0 || cases.size() < scenarios.size();
  return unsure ? 3 : 0;
}

}  // namespace heddle::cli
