// SPDX-License-Identifier: Apache-2.0
// Engine: all that the verbs need of the Go front end and of the checker, and nothing else of the
// command sees them.
//
// Verbs (verb_*.cc) -> Engine -> LoadProgram, Check, Replay. Linked against another implementation,
// the verbs can be tested without either.
#ifndef HEDDLE_CHECKER_CLI_ENGINE_H_
#define HEDDLE_CHECKER_CLI_ENGINE_H_

#include <cstdint>
#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "checker/finding.h"

namespace heddle::cli {

// How to look; the flags of `check` that reach the search.
struct ExploreOptions {
  int64_t budget_ns = 60'000'000'000;  // 0: no limit
  uint64_t max_executions = 0;         // 0: no limit
  std::string strategy = "auto";
  uint64_t seed = 1;
  uint64_t choices = 8;
  bool keep_going = false;
  std::string time = "auto";
  std::map<std::string, int64_t> bounds;
  uint64_t max_steps = 100'000;
  uint64_t max_instructions = 100'000'000;
  uint64_t max_heap = 1ull << 30;
  uint64_t jobs = 0;  // 0: as many as there are cores
};

struct ProgressInfo {
  uint64_t executions = 0;
  double seconds = 0;
  std::optional<double> classes_in_all;  // an order of magnitude; none: not known yet
  uint64_t depth = 0;                    // steps of the last execution
  uint64_t findings = 0;                 // so far
  std::optional<double> seconds_left;    // of the budget
};
using ProgressFunction = std::function<void(const ProgressInfo&)>;

// A compiled program. Immutable.
class Program {
 public:
  virtual ~Program() = default;

  // "main", or the tests that were selected, in source order; empty when no test matches.
  virtual const std::vector<std::string>& entries() const = 0;
  virtual const std::string& hash() const = 0;

  // `path` and `entry` of the result are filled in; so is everything else.
  virtual checker::TargetReport Explore(const std::string& entry, const ExploreOptions& options,
                                        const ProgressFunction& progress) const = 0;

  // One execution along the schedule; options.time is "ideal" or "async". Error: the schedule does
  // not fit the program, with the step at which they part.
  virtual std::expected<checker::TargetReport, std::string> Replay(
      const std::string& entry, const std::string& schedule,
      const ExploreOptions& options) const = 0;

  // As the compiled program would: output to the standard streams, the exit status is returned.
  virtual int Run(const ExploreOptions& options) const = 0;
};

// `lang` "go1.22" or empty: by the nearest go.mod; `run` selects tests, empty: all; with
// `examples`, examples are tests too. `path` passed CheckProgramPath. Error: the diagnostics; never
// empty.
std::expected<std::unique_ptr<Program>, std::vector<checker::ReportDiagnostic>> LoadProgram(
    const std::string& path, const std::string& lang, const std::string& run, bool examples);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_ENGINE_H_
