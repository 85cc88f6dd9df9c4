// SPDX-License-Identifier: Apache-2.0
// SurwSearch: the selectively uniform random walk.
//
// A plain random walk rarely holds a short task back until a long one is done. This one draws which
// task does the next of the events that matter, weighted by how many of them it still has to do,
// so that all their orders are about equally likely; everything else is a random walk, in which a
// task that stands at such an event out of turn waits. What matters is drawn for each execution:
// the operations at one object that several tasks use, or at all of these. The numbers are those of
// the executions before; a task's include those of the tasks it has yet to start. Source: Zhao,
// Wolff, Mathur, Roychoudhury: Selectively Uniform Concurrency Testing, ASPLOS 2025.
#ifndef HEDDLE_CHECKER_STRATEGY_SURW_H_
#define HEDDLE_CHECKER_STRATEGY_SURW_H_

#include <map>
#include <utility>
#include <vector>

#include "checker/strategy/sampling.h"
#include "sim/execution.h"

namespace heddle::checker {

class SurwSearch : public SamplingSearch {
 public:
  // `paths` tells who starts whom.
  SurwSearch(uint64_t seed, uint64_t executions, const sim::PathTable& paths)
      : SamplingSearch(seed, executions), paths_(paths) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;

 private:
  void Prepare() override;
  void AddWeight(sim::TaskId task, uint64_t events);
  // Tasks that began since the last choice take their share of their creator's events.
  void WelcomeNew(const sim::Record& record);
  bool Matters(const sim::Operation* operation) const;
  bool Matters(sim::Execution& execution, const sim::Label& label) const;
  // Weighted by what each has left to do.
  sim::TaskId DrawNext(const std::vector<sim::TaskId>& tasks);
  uint64_t& WeightOf(sim::TaskId task);

  const sim::PathTable& paths_;
  // The most that a task did at an object in one execution so far, as the actor.
  std::map<std::pair<sim::ObjectId, sim::TaskId>, uint64_t> counts_;
  std::vector<sim::ObjectId> shared_;  // objects of several tasks, in order
  std::map<std::pair<sim::ObjectId, sim::TaskId>, uint64_t> seen_;  // of one execution: scratch
  // Of the current execution.
  std::vector<bool> matters_;      // by ObjectId
  std::vector<uint64_t> weights_;  // by TaskId: events that matter, its own and its offspring's
  sim::TaskId next_;               // whose turn it is; none: not drawn
  size_t known_tasks_ = 0;         // rows of the record that have been welcomed
  std::vector<sim::TaskId> waiting_, free_;  // scratch of one choice
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_STRATEGY_SURW_H_
