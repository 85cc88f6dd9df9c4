// SPDX-License-Identifier: Apache-2.0
// The JSON report, `heddle.report/1`: the document that scripts and CI systems rely on.
#ifndef HEDDLE_CHECKER_CLI_REPORT_JSON_H_
#define HEDDLE_CHECKER_CLI_REPORT_JSON_H_

#include <span>
#include <string>

#include "checker/finding.h"

namespace heddle::cli {

// One document with a final newline. The same reports give the same bytes.
std::string JsonReport(std::span<const checker::TargetReport> targets);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_REPORT_JSON_H_
