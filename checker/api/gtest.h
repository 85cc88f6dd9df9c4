// SPDX-License-Identifier: Apache-2.0
// Matchers of GoogleTest for what heddle::Check returns.
//
//   EXPECT_THAT(heddle::Check([] { ... }), heddle::FindsNothing());
//   EXPECT_THAT(heddle::Check([] { ... }), heddle::Finds(heddle::FindingKind::kDoubleClose));
//
// A failed expectation prints the finding with its numbered steps and its schedule, for
// heddle::Replay. The compiler gives everything inside a macro's argument the line of the macro;
// for exact lines in the steps, name the result first: `auto result = heddle::Check(...);`.
#ifndef HEDDLE_CHECKER_API_GTEST_H_
#define HEDDLE_CHECKER_API_GTEST_H_

#include <gmock/gmock.h>

#include <ostream>

#include "checker/api/check.h"
#include "checker/api/describe.h"

namespace heddle {

// For GoogleTest.
inline void PrintTo(const CheckResult& result, std::ostream* os) { *os << '\n' << result.text(); }

namespace api {

class FindsNothingMatcher {
 public:
  using is_gtest_matcher = void;
  explicit FindsNothingMatcher(bool completely) : completely_(completely) {}
  bool MatchAndExplain(const CheckResult& result, testing::MatchResultListener* listener) const {
    if (!result.ok()) {
      *listener << "which finds " << checker::Name(result.findings.front().kind);
      return false;
    }
    if (completely_ && !result.complete()) {
      *listener << "which has not been explored to the end: " << Describe(result.exploration);
      return false;
    }
    return true;
  }
  void DescribeTo(std::ostream* os) const {
    *os << "finds nothing" << (completely_ ? " in all executions" : "");
  }
  void DescribeNegationTo(std::ostream* os) const {
    *os << "finds something" << (completely_ ? ", or is not complete" : "");
  }

 private:
  bool completely_;
};

class FindsMatcher {
 public:
  using is_gtest_matcher = void;
  explicit FindsMatcher(checker::FindingKind kind) : kind_(kind) {}
  bool MatchAndExplain(const CheckResult& result, testing::MatchResultListener* listener) const {
    if (result.Has(kind_)) return true;
    if (result.ok()) {
      *listener << "which finds nothing (" << Describe(result.exploration) << ")";
    } else {
      *listener << "which finds " << checker::Name(result.findings.front().kind) << " instead";
    }
    return false;
  }
  void DescribeTo(std::ostream* os) const { *os << "finds " << checker::Name(kind_); }
  void DescribeNegationTo(std::ostream* os) const {
    *os << "does not find " << checker::Name(kind_);
  }

 private:
  checker::FindingKind kind_;
};

}  // namespace api

// Every execution was explored, up to equivalence, and nothing was found.
inline api::FindsNothingMatcher FindsNothing() { return api::FindsNothingMatcher(true); }
// Nothing was found as far as the exploration went.
inline api::FindsNothingMatcher FindsNothingSoFar() { return api::FindsNothingMatcher(false); }
// At least one finding is of this kind.
inline api::FindsMatcher Finds(FindingKind kind) { return api::FindsMatcher(kind); }

}  // namespace heddle

#endif  // HEDDLE_CHECKER_API_GTEST_H_
