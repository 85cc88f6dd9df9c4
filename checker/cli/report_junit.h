// SPDX-License-Identifier: Apache-2.0
// The JUnit XML report: for CI systems that count test cases.
//
// A suite for each path, a test case for each entry point. A finding of severity error or warning
// is a failure; what does not compile is an error; what was not explored to its end is skipped, for
// it neither failed nor passed.
#ifndef HEDDLE_CHECKER_CLI_REPORT_JUNIT_H_
#define HEDDLE_CHECKER_CLI_REPORT_JUNIT_H_

#include <span>
#include <string>
#include <vector>

#include "checker/cli/report_text.h"
#include "checker/finding.h"

namespace heddle::cli {

enum class CaseResult { kPassed, kFailed, kError, kSkipped };

struct JUnitCase {
  std::string suite, name;
  double seconds = 0;
  CaseResult result = CaseResult::kPassed;
  std::string type;     // of the failure: "deadlock"
  std::string message;  // one line
  std::string text;     // the whole story
};

// Cases of one suite stand together.
std::string JUnitDocument(std::span<const JUnitCase> cases);

std::string JUnitReport(std::span<const checker::TargetReport> targets,
                        const TextReportOptions& options);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_REPORT_JUNIT_H_
