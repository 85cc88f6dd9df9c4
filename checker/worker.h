// SPDX-License-Identifier: Apache-2.0
// Worker: what one thread needs to explore: an engine, detectors, the causal order and the name of
// the execution that it has just run.
//
// Executions of one search share their beginning, and so does their analysis. Workers of one
// exploration agree on all ids.
#ifndef HEDDLE_CHECKER_WORKER_H_
#define HEDDLE_CHECKER_WORKER_H_

#include <chrono>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "checker/class_hash.h"
#include "checker/detectors/panel.h"
#include "checker/engine.h"
#include "checker/search.h"

namespace heddle::checker {

// The end of the wall time that there is.
using Deadline = std::chrono::steady_clock::time_point;

// What is to be known of many executions together.
struct Tally {
  uint64_t executions = 0;
  uint64_t events = 0;
  uint64_t cut = 0;
  std::set<std::string> cut_by;
  std::set<std::string> fixed;  // chance that followed the seed
  bool uses_time = false;
  bool race_memory = false;  // some execution was too large to judge all its races

  void Add(const Tally& other);
};

// What became of one execution.
struct Outcome {
  const sim::Record* record = nullptr;  // until the next one
  // How it departed from what it was to repeat, after which nothing can be trusted; empty: it did
  // not.
  std::string mismatch;
  // Objects whose order matters more than the search took it to: it must start anew.
  std::vector<sim::ObjectId> refuted;
  uint64_t class_name = 0;
  std::vector<RawFinding> found;
  bool out_of_time = false;

  // Neither departed nor refuted: what else is said here holds.
  bool valid() const { return mismatch.empty() && refuted.empty(); }
};

class Worker {
 public:
  Worker(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds,
         const sim::ExecutionLimits& limits, bool detect_races, bool replays);
  // For another thread, with the same ids. `program` behaves as that of the first.
  Worker(Worker& first, sim::Program& program);

  // The execution that the search has begun; valid outcomes are added to `tally`.
  Outcome Run(Search& search, sim::TimeModel time, Deadline deadline, Tally* tally);
  // Of the execution just run, if its search needs it.
  const CausalOrder& order() const { return order_; }
  // The next execution shares nothing with the one before.
  void Forget() { ran_ = ordered_ = named_ = nullptr; }

  // Adds an execution of the engine, just run, to the tally.
  void Note(const sim::Record& record, Tally* tally) const;

  Engine& engine() { return engine_; }
  Panel& panel() { return panel_; }
  sim::Program& program() { return program_; }
  const sim::ExecutionLimits& limits() const { return limits_; }

 private:
  sim::Program& program_;
  Engine engine_;
  bool detect_races_;
  Panel panel_;
  sim::ExecutionLimits limits_;
  CausalOrder order_;
  ClassHash class_hash_;
  const Search* ran_ = nullptr;      // whose execution the engine's record is; null: nobody's
  const Search* ordered_ = nullptr;  // whose execution order_ is of
  const Search* named_ = nullptr;    // whose execution class_hash_ named last
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_WORKER_H_
