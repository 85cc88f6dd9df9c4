// SPDX-License-Identifier: Apache-2.0
// The SARIF 2.1.0 report: for code scanning services and editors.
//
// One run; a rule for each kind of finding, a result for each finding with a threadFlow for each of
// its goroutines, and a fingerprint of kind and sites that does not change with the schedule. What
// could not be checked, or not to the end, is a notification. Source: OASIS SARIF 2.1.0.
#ifndef HEDDLE_CHECKER_CLI_REPORT_SARIF_H_
#define HEDDLE_CHECKER_CLI_REPORT_SARIF_H_

#include <span>
#include <string>

#include "checker/cli/report_text.h"
#include "checker/finding.h"

namespace heddle::cli {

std::string SarifReport(std::span<const checker::TargetReport> targets,
                        const TextReportOptions& options);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_REPORT_SARIF_H_
