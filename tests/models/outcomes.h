// SPDX-License-Identifier: Apache-2.0
// What the tests of the primitives share: all outcomes of a small program, over all its executions.
#ifndef HEDDLE_TESTS_MODELS_OUTCOMES_H_
#define HEDDLE_TESTS_MODELS_OUTCOMES_H_

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>
#include <utility>

#include "checker/api/gtest.h"

namespace heddle {

inline CheckOptions AllExecutions() {
  CheckOptions options;
  options.strategy = Strategy::kDpor;
  options.time = TimeModel::kIdeal;
  options.keep_going = true;
  return options;
}

// What `function` returns in the executions in which it returns. Blocked tasks and panics are no
// failure here.
inline std::set<std::string> Outcomes(const std::function<std::string()>& function,
                                      const CheckOptions& options = AllExecutions()) {
  std::set<std::string> outcomes;
  CheckResult result = Check([&] { outcomes.insert(function()); }, options);
  EXPECT_TRUE(result.complete()) << result.text();
  return outcomes;
}

// The message of the panic that `function` raises; empty when it raises none.
inline std::string PanicOf(const std::function<void()>& function) {
  std::string message;
  try {
    function();
  } catch (const Panic& panic) {
    message = panic.what();
  }
  return message;
}

}  // namespace heddle

#endif  // HEDDLE_TESTS_MODELS_OUTCOMES_H_
