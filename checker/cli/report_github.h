// SPDX-License-Identifier: Apache-2.0
// GitHub annotations: workflow commands that put each finding next to its line.
#ifndef HEDDLE_CHECKER_CLI_REPORT_GITHUB_H_
#define HEDDLE_CHECKER_CLI_REPORT_GITHUB_H_

#include <span>
#include <string>

#include "checker/cli/report_text.h"
#include "checker/finding.h"

namespace heddle::cli {

std::string GithubReport(std::span<const checker::TargetReport> targets,
                         const TextReportOptions& options);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_REPORT_GITHUB_H_
