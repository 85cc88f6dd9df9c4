// SPDX-License-Identifier: Apache-2.0
// Scenarios below a path, and whether what was found is what they want.
#ifndef HEDDLE_CHECKER_CLI_SCENARIOS_H_
#define HEDDLE_CHECKER_CLI_SCENARIOS_H_

#include <expected>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "checker/cli/directives.h"
#include "checker/finding.h"

namespace heddle::cli {

struct Scenario {
  std::string path;  // a .go file, or a folder whose files form one package
  Directives directives;
};

// Sorted by path. A file with a //heddle:want line is a scenario; so is a folder of several Go
// files of which exactly one has such a line. Error: names the file and what is wrong with it.
std::expected<std::vector<Scenario>, std::string> FindScenarios(const std::string& path);

// "deadlock,double-close"; "pass" of none.
std::string KindsText(const std::set<std::string>& kinds);

enum class Agreement { kRight, kWrong, kIncomplete, kUnusable };

struct Comparison {
  Agreement agreement = Agreement::kRight;
  std::string text;  // one line: what was found, or wanted and found
};

// `reports`: those of all entry points of the scenario.
Comparison Compare(const std::set<std::string>& want,
                   std::span<const checker::TargetReport> reports);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_SCENARIOS_H_
