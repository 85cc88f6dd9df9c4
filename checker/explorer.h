// SPDX-License-Identifier: Apache-2.0
// Explore: the loop over executions, from a program to the answer.
//
// Chooses the searches, runs the detectors on every execution, confirms each finding by a replay of
// its own, and says honestly how much was explored. Knows neither the primitives nor Go: both come
// as values.
#ifndef HEDDLE_CHECKER_EXPLORER_H_
#define HEDDLE_CHECKER_EXPLORER_H_

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/finding.h"
#include "sim/execution.h"
#include "sim/program.h"

namespace heddle::checker {

enum class StrategyKind { kAuto, kDpor, kExhaustive, kRandom, kPos, kPct, kSurw };
// In that order.
inline constexpr StrategyKind kStrategies[] = {
    StrategyKind::kAuto, StrategyKind::kDpor, StrategyKind::kExhaustive, StrategyKind::kRandom,
    StrategyKind::kPos,  StrategyKind::kPct,  StrategyKind::kSurw};
std::string_view Name(StrategyKind kind);

enum class TimeChoice { kAuto, kIdeal, kAsync };

struct Progress {
  uint64_t executions = 0;
  double seconds = 0;
  std::optional<double> classes_in_all;  // an order of magnitude; none: not known yet
};

struct ExploreOptions {
  StrategyKind strategy = StrategyKind::kAuto;
  TimeChoice time = TimeChoice::kAuto;
  uint64_t seed = 1;
  uint64_t max_executions = 0;  // 0: no limit
  int64_t budget_ns = 0;        // wall time; 0: no limit
  bool keep_going = false;      // go on after the first finding
  bool detect_races = true;
  sim::ExecutionLimits limits;
  sim::Bounds bounds;  // executions beyond them are not followed
  // What a replay must know beside the schedule: goes into every schedule and trace.
  std::map<std::string, std::string> replay_options;
  // Known of the program, for its traces.
  std::string program;
  std::string program_hash;
  std::string entry;
  uint32_t jobs = 1;            // worker threads; the result does not depend on them
  sim::ProgramFactory another;  // programs for them; empty: there is one worker
  std::function<void(const Progress&)> progress;  // called now and then; may be empty
};

struct ExploreResult {
  Verdict verdict = Verdict::kIncomplete;
  ExplorationSummary exploration;
  std::vector<Finding> findings;
};

ExploreResult Explore(sim::Program& program, sim::ModelFactory model,
                      const ExploreOptions& options);

// One execution along the schedule's steps, judged as Explore judges. Errors: the schedule does not
// fit the program.
std::expected<ExploreResult, std::string> ReplaySchedule(sim::Program& program,
                                                         sim::ModelFactory model,
                                                         const std::string& schedule,
                                                         const ExploreOptions& options);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_EXPLORER_H_
