// SPDX-License-Identifier: Apache-2.0
// heddle check: explores each entry point of each PATH and reports.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "checker/cli/console.h"
#include "checker/cli/directives.h"
#include "checker/cli/files.h"
#include "checker/cli/in_order.h"
#include "checker/cli/program_path.h"
#include "checker/cli/verbs.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;

std::vector<TargetReport> CheckPath(const std::string& path, const CheckFlags& flags,
                                    ProgressLine& progress) {
  std::string lang = flags.lang;
  ExploreOptions explore = flags.explore;
  explore.jobs = WorkersEach(explore.jobs, flags.paths.size());
  auto usable = ApplyDirectives(path, explore, lang, flags.time_given);
  if (!usable) return {InvalidReport(path, {{"error", "", usable.error()}})};
  auto program = LoadProgram(path, lang, flags.run);
  if (!program) return {InvalidReport(path, std::move(program.error()))};
  if ((*program)->entries().empty()) {
    std::string what = flags.run.empty() ? "there is no function main and no TestXxx to start from"
                                         : fmt::format("no test matches -run {}", flags.run);
    return {InvalidReport(path, {{"error", "", what}})};
  }
  std::vector<TargetReport> reports;
  for (const std::string& entry : (*program)->entries()) {
    std::string what = entry == "main" ? path : fmt::format("{} {}", path, entry);
    ProgressFunction show;
    if (progress.on()) show = [&](const ProgressInfo& info) { progress.Show(what, info); };
    reports.push_back((*program)->Explore(entry, explore, show));
  }
  progress.Clear();
  return reports;
}

}  // namespace

int Check(const CheckFlags& flags) {
  std::vector<TargetReport> reports;
  {
    ProgressLine progress(flags.show.quiet);
    InOrder(
        flags.paths.size(), flags.explore.jobs,
        [&](size_t i) { return CheckPath(flags.paths[i], flags, progress); },
        [&](size_t, std::vector<TargetReport> of_path) {
          std::move(of_path.begin(), of_path.end(), std::back_inserter(reports));
          return true;
        });
  }
  return ShowReports(reports, flags.show, flags.explore, flags.lang, false);
}

}  // namespace heddle::cli
