// SPDX-License-Identifier: Apache-2.0
// What the checker reports: findings, and the answer for one target.
//
// A Finding is what a detector says of one execution, made into something a person can act on: the
// trace that shows it and the schedule that replays it. Kinds: finding_kinds.def. Contract:
// `heddle.report/1`.
#ifndef HEDDLE_CHECKER_FINDING_H_
#define HEDDLE_CHECKER_FINDING_H_

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace.h"

namespace heddle::checker {

enum class Severity { kError, kWarning, kNote };

enum class FindingKind {
#define HEDDLE_FINDING(enumerator, name, severity) enumerator,
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
};

std::string_view Name(FindingKind kind);
std::string_view Name(Severity severity);
Severity SeverityOf(FindingKind kind);
// The kind of that name ("double-close"), if there is one.
std::optional<FindingKind> FindingKindOf(std::string_view name);

struct FindingGoroutine {
  int id = 0;              // its number in the trace
  std::string state;       // "chan receive", "panicked", "running", "runnable"
  std::string at;          // "pool.go:31:5"
  std::string created_at;  // empty for main
};

struct Finding {
  FindingKind kind = FindingKind::kPanic;
  std::string message;  // one plain sentence
  std::vector<FindingGoroutine> goroutines;
  std::vector<std::string> locations;
  std::string schedule;  // replays it
  uint64_t events = 0;   // length of the trace
  uint64_t cycle = 0;    // from this event on, counted from 1, it can go on forever; 0: it does not
  std::string time;      // the time model that shows it: "ideal", "async"
  std::string identity;  // two findings with one identity are one bug seen twice
  std::shared_ptr<const sim::Trace> trace;
};

enum class Verdict { kPass, kFail, kIncomplete, kInvalid };
std::string_view Name(Verdict verdict);
// Exit status of the contract: pass 0, fail 1, invalid 2, incomplete 3.
int ExitStatus(Verdict verdict);

// What random executions say of those that were not made.
struct Confidence {
  uint64_t runs = 0;
  uint64_t classes = 0;    // that they saw
  uint64_t seen_once = 0;  // of these, seen by one of them alone
  double next_is_new = 0;  // Good-Turing: about how likely the next one sees a new class
  // Of `pct`; n is 0 for the others.
  uint64_t n = 0, k = 0;  // the most goroutines (timers too), the most steps with a choice
  uint64_t d = 0;
  double chance = 0;  // 1/(n k^(d-1))
};

struct ExplorationSummary {
  std::string strategy;
  uint64_t executions = 0;
  uint64_t equivalence_classes = 0;
  uint64_t redundant = 0;
  uint64_t cut = 0;
  uint64_t events = 0;
  bool complete = false;
  std::vector<std::string> time;          // time models explored
  std::map<std::string, int64_t> bounds;  // what --bound asked for
  std::vector<std::string> fixed;         // chance that followed the seed: "map order", "rand"
  std::vector<std::string> cut_by;        // limits that cut executions: "max-steps"
  std::optional<Confidence> confidence;   // of a strategy that samples
  // Of a search that did not finish: how many classes there may be in all, as a power of ten.
  std::optional<double> classes_in_all;
  std::string stopped_by;  // "", "budget", "max-executions", "finding", "sampling"
  double seconds = 0;
};

struct ReportDiagnostic {
  std::string severity;  // "error", "unsupported"
  std::string position;
  std::string message;
};

// The answer for one entry point of one path.
struct TargetReport {
  std::string path;
  std::string entry;
  Verdict verdict = Verdict::kIncomplete;
  ExplorationSummary exploration;
  std::vector<Finding> findings;
  std::vector<ReportDiagnostic> diagnostics;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_FINDING_H_
