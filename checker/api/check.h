// SPDX-License-Identifier: Apache-2.0
// heddle::Check: runs a C++ function in every order that matters, and says what goes wrong.
//
//   heddle::CheckResult result = heddle::Check([] { ... heddle::Go, heddle::Channel<int>,
//   heddle::Select ... });
//
// The same exploration, findings and traces as `heddle check` has for Go. Tests use the matchers of
// gtest.h. The function is called once for each execution and must do the same each time, but for
// what the primitives give it; everything in it is single-threaded: tasks are fibers of the calling
// thread.
#ifndef HEDDLE_CHECKER_API_CHECK_H_
#define HEDDLE_CHECKER_API_CHECK_H_

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "checker/explorer.h"
#include "checker/finding.h"
#include "models/sync/heddle.h"

namespace heddle {

using checker::Finding;
using checker::FindingKind;
using checker::Verdict;
using Strategy = checker::StrategyKind;
using TimeModel = checker::TimeChoice;

struct CheckOptions {
  Strategy strategy = Strategy::kAuto;
  TimeModel time = TimeModel::kAuto;
  uint64_t seed = 1;
  uint64_t max_executions = 0;                 // 0: no limit
  Duration budget = std::chrono::seconds(60);  // wall time; 0: no limit
  bool keep_going = false;                     // report every distinct finding, not only the first
  bool detect_races = true;
  uint64_t max_steps = 100'000;  // visible operations of one execution, past which it is cut
  // Bounds on what is explored; 0: none.
  int64_t max_timer_expiries = 0;
  int64_t max_goroutines = 0;       // in all, the function itself counted
  int64_t max_messages = 0;         // values sent on channels
  bool counts_tasks = false;        // the function calls NumTasks
  size_t stack_bytes = 256 * 1024;  // of each task
  // Worker threads; the result is the same for any number. With more than one, executions run at
  // the same time, so that the function must not write to what it captures (nor to globals).
  uint32_t jobs = 1;
};

struct CheckResult {
  Verdict verdict = Verdict::kIncomplete;
  checker::ExplorationSummary exploration;
  std::vector<Finding> findings;

  // Nothing was found; that says more when `complete()` holds too.
  bool ok() const { return findings.empty(); }
  bool complete() const { return exploration.complete; }
  bool Has(FindingKind kind) const;
  // The report: verdict, each finding with its goroutines, numbered steps and schedule, what was
  // explored.
  std::string text() const;
};

CheckResult Check(const std::function<void()>& function, const CheckOptions& options = {});

// One execution along the schedule of a finding of the same function, judged as Check judges;
// throws std::invalid_argument when the schedule does not fit.
CheckResult Replay(const std::function<void()>& function, const std::string& schedule,
                   const CheckOptions& options = {});

}  // namespace heddle

#endif  // HEDDLE_CHECKER_API_CHECK_H_
