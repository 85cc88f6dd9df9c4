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

#include "checker/dpor/answers.h"
#include "checker/dpor/causal_order.h"
#include "checker/dpor/sequence.h"
#include "checker/dpor/walk.h"
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
};

class DporSearch : public Search {
 public:
  // `what_if` is a model of its own, not that of the execution.
  DporSearch(sim::Model& what_if, const sim::PathTable& paths, const DporOptions& options);
  ~DporSearch() override;

  // False: everything has been explored.
  bool BeginExecution() override;
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  void EndExecution(const sim::Record& record, const CausalOrder& order) override;
  // Of the walk's own executions; after Enter, of none.
  uint32_t Kept() const override { return kept_; }
  bool exhausts() const override { return true; }
  double ShareDone() const override;
  std::string Mismatch() const override { return mismatch_; }

  uint64_t blocked_runs() const { return blocked_runs_; }

  // The walk that the search goes on with; at first, one of its own.
  void Enter(Walk* walk);
  Walk& walk() { return *walk_; }
  // Plans those reversals of another walk whose level is one of this walk's own. False: one of them
  // would lie elsewhere than its finder expected, and others rely on its place.
  bool Import(const std::vector<ExportedReversal>& all);

 private:
  using Level = Walk::Level;
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
  // What every operation equal to one brings: asked of the model once.
  struct Facts {
    bool known = false;
    std::vector<int32_t> alternatives;
    std::vector<sim::Model::Offer> offers;
  };
  struct OfferRow {
    sim::Model::Offer offer;
    uint32_t instance;
  };

  void InheritSleep(sim::Execution& execution, Level* level);
  void AddSleeperIfIndependent(sim::Execution& execution, const sim::Step& y, Level* level);

  // ---- dpor_races.cc ----
  const Facts& FactsOf(const sim::Operation& operation);
  void CollectInstances(const sim::Record& record);
  void ReverseRaces();
  void PairOffers();
  void Consider(const Candidate& a);
  void ConsiderExecuted(const Candidate& a, const Bits& without);
  bool Reached(const Candidate& a, const Bits& set) const;
  void Settle(const Candidate& a, Bits set);
  // True: `a` is possible after `set`. Otherwise blockers_ are what stands in its way.
  bool PossibleAfter(const Candidate& a, const Bits& set);
  bool Answerable(const Candidate& a) const;
  bool Known(const std::vector<Bits>& sets, const Bits& set) const;
  void RemoveWithSuccessors(sim::EventIndex event, Bits* set) const {
    set->AndNot(order_->Future(event));
  }
  // REQUIRES: `a` is possible after `set`.
  void Emit(const Candidate& a, const Bits& set);

  // ---- dpor_insert.cc ----
  enum class Verdict { kNo, kYes, kAskMachine };
  // The sequence v of emit in terms of the record: `set` is E and v together.
  struct Reversal {
    Bits set;
    Bits v;              // its events
    bool a_in_v = true;  // and the candidate at its end
    const Candidate* a;
    uint64_t name = 0;               // of the sequence
    Bits preds;                      // direct predecessors of the candidate
    std::vector<Imagined> imagined;  // the candidate, then what was taken from a tree into E
    size_t num_imagined = 0;
    Imagination imagination() const { return {imagined.data(), num_imagined}; }
  };
  // WI(E, v, y). `*event`: where y is in v; n_: it is the candidate; kNoEvent: it is not in v, and
  // then `*taken` (unless null) becomes what it is as a part of E.
  Verdict WeakInitial(const Reversal& r, const sim::Step& y, sim::EventIndex* event,
                      Imagined* taken = nullptr);
  bool StandsAt(const Reversal& r, sim::TaskId task, uint32_t position,
                const sim::Operation* operation) const;
  bool DoneByImagined(const Reversal& r, sim::TaskId task, uint32_t position) const;
  // The true divergence point: what of the execution itself may come first does, from event `*i`
  // on.
  Verdict Diverge(Reversal* r, uint32_t* i);
  void Imagine(const Reversal& r, const sim::Step& y, const Answers::Answer& answer,
               Imagined* out) const;
  // A name of the sequence that `a` after `set` gives.
  uint64_t NameOfSequence(const Candidate& a, const Bits& set) const;
  // Inserts what is left of v unless it is covered; false: only the what-if machine can tell.
  bool Insert(Reversal* r);
  void Append(const Reversal& r, WakeupNode* node, uint32_t exported);
  // What is on the path covers a reversal. True.
  bool Covered();
  // For the walk that owns the level; `v`: of the record's events; `a`: null unless at its end;
  // `rest`: what of it is to be planned below the node. Returns its number among those exported.
  uint32_t Export(uint32_t level, const Bits& v, const Candidate* a, const Bits& rest,
                  bool a_in_rest, WakeupNode* node);
  bool ImportDirectly(const std::vector<ExportedReversal>& all, uint32_t index);
  bool ImportOnMachine(const ExportedReversal& reversal);
  // REQUIRES: the what-if machine stands after `set`, and `a` is possible.
  void EmitOnMachine(const Candidate& a, const Bits& set);

  // The what-if machine stands after E.v: takes from v what a path in the tree of the level covers.
  // Returns where the rest is to be planned; null: it is covered.
  WakeupNode* Place(Sequence* v, const Level& level);
  // What is left of v; nothing, where `node` is null.
  void Plan(const Sequence& v, WakeupNode* node, uint64_t origin);

  WhatIf what_if_;
  DporOptions options_;
  sim::Random random_;
  std::unique_ptr<Walk> own_walk_;
  Walk* walk_;
  bool entered_ = false;  // a walk, and has not run since
  uint64_t blocked_runs_ = 0;
  std::string mismatch_;
  uint32_t kept_ = 0;
  const sim::PathTable& paths_;
  Answers answers_;
  // Of the execution under analysis.
  const sim::Record* record_ = nullptr;
  const CausalOrder* order_ = nullptr;
  uint32_t n_ = 0;
  std::vector<Facts> facts_;  // by id of the operation
  std::vector<Instance> instances_;
  std::vector<OfferRow> actor_offers_, partner_offers_;
  std::vector<sim::Label> labels_;
  std::vector<sim::EventIndex> blockers_;
  // Of the current candidate: sets it is not possible after, and sets it was emitted with.
  std::vector<Bits> hopeless_, emitted_;
  Bits without_, above_, races_;
  Reversal reversal_;
  std::vector<WakeupNode*> path_;  // in the tree of a level: what covers some of a reversal
  std::vector<std::vector<WakeupNode*>> imported_;  // of each reversal, where its place was known
  sim::Record foreign_;  // what is known of the record that a reversal was exported from
  // The answer that PossibleAfter has just had.
  std::vector<sim::EventIndex> possible_preds_;
  std::vector<std::pair<sim::TaskId, uint32_t>> possible_parts_;
  sim::Effect effect_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_DPOR_H_
