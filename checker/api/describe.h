// SPDX-License-Identifier: Apache-2.0
// The text of a CheckResult, as failed tests print it.
#ifndef HEDDLE_CHECKER_API_DESCRIBE_H_
#define HEDDLE_CHECKER_API_DESCRIBE_H_

#include <string>

#include "checker/finding.h"

namespace heddle {
struct CheckResult;
}  // namespace heddle

namespace heddle::api {

// One finding: what happened, the tasks involved, the numbered steps, the schedule.
std::string Describe(const checker::Finding& finding);
// What was explored, in one sentence.
std::string Describe(const checker::ExplorationSummary& exploration);
// All of it.
std::string Describe(const CheckResult& result);

}  // namespace heddle::api

#endif  // HEDDLE_CHECKER_API_DESCRIBE_H_
