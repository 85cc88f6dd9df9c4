// SPDX-License-Identifier: Apache-2.0
// heddle verify: every scenario below PATH against its //heddle:want line.
#include <fmt/format.h>

#include <algorithm>

#include "checker/cli/console.h"
#include "checker/cli/in_order.h"
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
  auto program = LoadProgram(scenario.path, scenario.directives.lang.value_or(""), "");
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

std::string Line(const Scenario& scenario, const Comparison& comparison, size_t columns,
                 const viz::Ansi& ansi) {
  std::string mark;
  switch (comparison.agreement) {
    case Agreement::kRight:
      mark = ansi.Good("ok     ");
      break;
    case Agreement::kWrong:
      mark = ansi.Bad("WRONG  ");
      break;
    case Agreement::kIncomplete:
      mark = ansi.Unsure("UNSURE ");
      break;
    case Agreement::kUnusable:
      mark = ansi.Bad("INVALID");
      break;
  }
  return fmt::format("{}  {:<{}}  {}\n", mark, viz::CleanText(scenario.path), columns,
                     viz::CleanText(comparison.text));
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
  size_t columns = 0;
  for (const Scenario& scenario : scenarios) columns = std::max(columns, scenario.path.size());
  columns = std::min<size_t>(columns, 60);
  viz::Ansi ansi{UseColor(flags.show.color, "")};
  ProgressLine progress(flags.show.quiet);
  const size_t jobs = WorkersEach(flags.explore.jobs, scenarios.size());
  size_t count[4] = {};
  bool delivered = true;
  InOrder(
      scenarios.size(), flags.explore.jobs,
      [&](size_t i) { return CheckScenario(scenarios[i], flags, jobs, progress); },
      [&](size_t i, const std::vector<TargetReport>& reports) {
        Comparison comparison = Compare(scenarios[i].directives.want, reports);
        ++count[static_cast<size_t>(comparison.agreement)];
        progress.Clear();
        delivered = Deliver("", Line(scenarios[i], comparison, columns, ansi));
        return delivered;
      });
  if (!delivered) return 2;
  size_t right = count[static_cast<size_t>(Agreement::kRight)];
  std::string summary = fmt::format("{}: {} right, {} wrong", Counted(scenarios.size(), "scenario"),
                                    right, scenarios.size() - right);
  if (!Deliver("",
               "\n" + (right == scenarios.size() ? ansi.Good(summary) : ansi.Bad(summary)) + "\n"))
    return 2;
  if (count[static_cast<size_t>(Agreement::kUnusable)] > 0) return 2;
  if (count[static_cast<size_t>(Agreement::kWrong)] > 0) return 1;
  return count[static_cast<size_t>(Agreement::kIncomplete)] > 0 ? 3 : 0;
}

}  // namespace heddle::cli
