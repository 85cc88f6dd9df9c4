// SPDX-License-Identifier: Apache-2.0
// Check and Replay: from the options of the C++ API to the explorer.
#include "checker/api/check.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "checker/api/describe.h"
#include "models/sync/api_program.h"
#include "models/sync/machine.h"

namespace heddle {

namespace {

checker::ExploreOptions ExploreOptionsOf(const CheckOptions& options) {
  checker::ExploreOptions explore;
  explore.strategy = options.strategy;
  explore.time = options.time;
  explore.seed = options.seed;
  explore.max_executions = options.max_executions;
  explore.budget_ns = options.budget.count();
  explore.keep_going = options.keep_going;
  explore.detect_races = options.detect_races;
  explore.limits.max_steps = options.max_steps;
  auto bound = [](int64_t most) {
    return most > 0 ? static_cast<uint64_t>(most) : sim::Bounds::kNone;
  };
  explore.bounds = {.goroutines = bound(options.max_goroutines),
                    .timers = bound(options.max_timer_expiries),
                    .messages = bound(options.max_messages)};
  explore.program = "C++";
  explore.entry = "main";
  return explore;
}

api::FunctionOptions FunctionOptionsOf(const CheckOptions& options) {
  return {.stack_bytes = options.stack_bytes, .counts_tasks = options.counts_tasks};
}

CheckResult ResultOf(checker::ExploreResult result) {
  return {result.verdict, std::move(result.exploration), std::move(result.findings)};
}

}  // namespace

bool CheckResult::Has(FindingKind kind) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& f) { return f.kind == kind; });
}

std::string CheckResult::text() const { return api::Describe(*this); }

CheckResult Check(const std::function<void()>& function, const CheckOptions& options) {
  if (api::Runtime::Current() != nullptr) {
    throw std::logic_error("heddle::Check inside a function that is being checked");
  }
  api::FunctionProgram program(function, FunctionOptionsOf(options));
  checker::ExploreOptions explore = ExploreOptionsOf(options);
  explore.jobs = options.jobs;
  explore.another = [&] {
    return std::make_unique<api::FunctionProgram>(function, FunctionOptionsOf(options));
  };
  return ResultOf(checker::Explore(program, &sync::Machine::New, explore));
}

CheckResult Replay(const std::function<void()>& function, const std::string& schedule,
                   const CheckOptions& options) {
  api::FunctionProgram program(function, FunctionOptionsOf(options));
  auto result =
      checker::ReplaySchedule(program, &sync::Machine::New, schedule, ExploreOptionsOf(options));
  if (!result.has_value()) throw std::invalid_argument(result.error());
  return ResultOf(*std::move(result));
}

}  // namespace heddle
