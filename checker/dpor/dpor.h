// SPDX-License-Identifier: Apache-2.0
// DporSearch: every equivalence class once, by optimal dynamic partial-order reduction over
// actions.
//
// A search is a strategy that is asked for one execution after another: BeginExecution, Choose at
// each point, EndExecution (which reverses the races of the execution just finished). Central file
// of the checker; read with docs/dependence.md and what_if.h. Invariant: no blocked run (something
// enabled, all of it asleep), and no class twice. Source: Abdulla, Aronis, Jonsson, Sagonas: Source
// Sets: A Foundation for Optimal Dynamic Partial Order Reduction, JACM 2017 (wakeup trees, sections
// 6-7), generalised from steps to actions.
#ifndef HEDDLE_CHECKER_DPOR_DPOR_H_
#define HEDDLE_CHECKER_DPOR_DPOR_H_

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "checker/dpor/causal_order.h"
#include "checker/dpor/what_if.h"
#include "checker/search.h"
#include "sim/base/random.h"
#include "sim/execution.h"

namespace heddle::checker {

// Which enabled label to take where the wakeup tree says nothing. Counts do not depend on it.
enum class PickPolicy { kFirst, kLast, kRandom };

struct DporOptions {
  PickPolicy pick = PickPolicy::kFirst;
  uint64_t seed = 1;
  // Executions longer than this (cut ones) have only the races of this prefix reversed.
  uint32_t max_analysed = 4000;
};

class DporSearch : public Search {
 public:
  // `what_if` is a model of its own, not that of the execution.
  DporSearch(sim::Model& what_if, const DporOptions& options);
  ~DporSearch() override;

  // False: everything has been explored.
  bool BeginExecution() override;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record) override;
  bool exhausts() const override { return true; }
  std::string Mismatch() const override { return mismatch_; }
  // Of the execution just ended.
  const CausalOrder& causal_order() const { return order_; }

  uint64_t blocked_runs() const { return blocked_runs_; }

 private:
  struct WakeupNode {
    WakeupNode() = default;
    // The tree is as deep as the execution is long: it is taken apart without recursion.
    ~WakeupNode();
    sim::Step step;
    std::vector<std::unique_ptr<WakeupNode>> children;
  };
  // One for each event of the current execution: what is asleep before it, and the tree at that
  // point, whose first child is the event.
  struct Level {
    std::vector<sim::Step> sleep;
    WakeupNode* node = nullptr;
  };
  // An operation of the execution under analysis.
  struct Instance {
    sim::TaskId task;
    uint32_t position;
    const sim::Operation* operation;
    sim::EventIndex event;   // kNoEvent: pending
    sim::EventIndex before;  // the event that brought its task there; kNoEvent: the start
  };
  struct Candidate {
    sim::Step step;
    const Instance* first;
    const Instance* second;  // null unless joint
  };
  struct OfferRow {
    sim::Model::Offer offer;
    uint32_t instance;
  };

  // The step is the one that the execution before took here, and the program stands as it stood
  // then.
  bool StandsAsBefore(const sim::Execution& execution, const sim::Step& step);
  void InheritSleep(sim::Execution& execution, Level* level);
  void AddSleeperIfIndependent(sim::Execution& execution, const sim::Step& y, Level* level);
  void CollectInstances(const sim::Record& record);
  void ReverseRaces(const sim::Record& record);
  void Consider(const sim::Record& record, const Candidate& a);
  void ConsiderExecuted(const sim::Record& record, const Candidate& a, sim::EventIndex f,
                        const Bits& without);
  bool Reached(const Candidate& a, const Bits& set) const;
  void Settle(const sim::Record& record, const Candidate& a, Bits set);
  // Executes `set` on the what-if machine; true: `a` is possible then.
  bool EnabledAfter(const sim::Record& record, const Candidate& a, const Bits& set);
  // The events that stand in the way of `a` on the what-if machine, as indices of the record.
  std::vector<sim::EventIndex> BlockersOf(const Candidate& a);
  // REQUIRES: the what-if machine stands after `set`, and `a` is possible.
  void Emit(const sim::Record& record, const Candidate& a, const Bits& set);
  bool Known(const std::vector<Bits>& sets, const Bits& set) const;
  void RemoveWithSuccessors(sim::EventIndex event, Bits* set) const;

  // The sequence v of emit: what is left of it, on the what-if machine after E.v.
  class Sequence;

  WhatIf what_if_;
  DporOptions options_;
  sim::Random random_;
  WakeupNode root_;
  std::vector<Level> levels_;
  bool first_ = true;
  uint64_t blocked_runs_ = 0;
  std::string mismatch_;
  CausalOrder order_;
  uint32_t n_ = 0;
  std::vector<Instance> instances_;
  std::vector<OfferRow> actor_offers_, partner_offers_;
  std::vector<sim::Model::Offer> offers_;
  std::vector<sim::Label> labels_;
  std::vector<sim::EventIndex> blockers_;
  // Of the current candidate: sets it is not possible after, and sets it was emitted with.
  std::vector<Bits> hopeless_, emitted_;
  sim::Effect effect_;
  bool time_moved_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_DPOR_H_
