// SPDX-License-Identifier: Apache-2.0
// Answers: what the model says of a step after a set of events, remembered.
//
// Most questions of race reversal are asked again and again, in one execution after another: "after
// these events, is this step enabled, what is it directly after, what stands in its way?" The
// answer depends on the operations of the step and on the events at their objects, with the causal
// past of each (the invariant of sim::Model), so it is remembered under the names of those events.
// Invariant: only steps whose operations look at their operands alone are remembered, and only
// while time has not moved. Debug builds ask again.
#ifndef HEDDLE_CHECKER_DPOR_ANSWERS_H_
#define HEDDLE_CHECKER_DPOR_ANSWERS_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checker/dpor/causal_order.h"
#include "checker/dpor/what_if.h"

namespace heddle::checker {

// A step that is thought to follow a set of events: it may be among what another is after.
struct Imagined {
  sim::Step step;
  Bits past;                // its causal past, as far as it happened
  uint64_t past_names = 0;  // of the other imagined steps that it is after
  // Like the name of an event; computed when it is first asked for.
  mutable uint64_t name = 0;
  mutable bool named = false;
  // Tasks whose operations it completes, with their positions.
  std::vector<std::pair<sim::TaskId, uint32_t>> parts;
};

// Steps that follow a set of events, one after the other: at most 32.
using Imagination = std::span<const Imagined>;

class Answers {
 public:
  struct Answer {
    bool enabled = false;
    uint32_t after_imagined = 0;             // bits: directly after these imagined steps
    std::span<const sim::EventIndex> preds;  // enabled: but for program order; valid until the next
    std::span<const sim::EventIndex> blockers;  // not enabled
    std::span<const std::pair<sim::TaskId, uint32_t>> parts;
  };

  Answers(WhatIf& what_if, const sim::PathTable& paths);
  uint64_t NameOf(const Imagined& imagined) const;

  // Prepares for questions about the first `n` events of the record, `kept` of which are those of
  // the record before.
  void Begin(const sim::Record& record, const CausalOrder& order, uint32_t n, uint32_t kept);
  // All questions can be answered here; otherwise the what-if machine is to be asked.
  bool usable() const { return usable_; }
  // The step can be asked about.
  bool Covers(const sim::Step& step) const;
  // REQUIRES: usable, Covers(step), and its tasks stand at its operations after `set` and then the
  // imagined steps.
  Answer Ask(const sim::Step& step, const Bits& set, Imagination imagined);
  // The same, reduced to: it is enabled, and directly after nothing of `v` nor, with `first`, after
  // the first imagined step.
  bool Follows(const sim::Step& step, const Bits& set, Imagination imagined, const Bits& v,
               bool first);
  // Known without a question: `then` is not possible, or is directly after `first`, if it comes
  // next at the object after it. REQUIRES: Covers both.
  bool InOrder(const sim::Step& first, const sim::Step& then) const;
  // Makes the what-if machine stand after `set`.
  void StandAfter(const Bits& set);
  // Somebody has gone on with the what-if machine.
  void Moved() { standing_known_ = false; }

 private:
  struct Facts {
    bool known = false;
    bool covered = false, coupled = false;
    bool disregards_looks = false, disregards_meetings = false;
    sim::Model::Bearing bearing = sim::Model::Bearing::kAny;
  };
  const Facts& FactsOf(const sim::Operation& operation) const {
    const bool known = operation.id < facts_.size() && facts_[operation.id].known;
    return known ? facts_[operation.id] : LearnFactsOf(operation);
  }
  const Facts& LearnFactsOf(const sim::Operation& operation) const;
  // Its words are in pool_: NameOf preds (or blockers), then parts.
  struct Row {
    uint64_t key = 0;
    uint32_t generation = 0;  // of the pool; 0: nothing is known
    uint32_t at = 0;
    uint16_t count = 0, parts = 0;
    bool enabled = false;
  };
  uint64_t KeyOf(const sim::Step& step, const Bits& set, Imagination imagined);
  // The name of an event of the what-if machine; of an imagined step: its number.
  uint64_t NameOf(sim::EventIndex index) const;
  // Fills words_ with names of preds (or blockers), then parts.
  void AskMachine(const sim::Step& step, const Bits& set, Imagination imagined);
  void Remember(uint64_t key, Row* row);
  void CheckRow(const sim::Step& step, const Bits& set, Imagination imagined, const Row& row);
  // The words of the answer; leaves enabled_ and count_.
  std::span<const uint64_t> Look(const sim::Step& step, const Bits& set, Imagination imagined);
  bool DisregardsLooks(const sim::Step& step) const;
  bool DisregardsMeetings(const sim::Step& step) const;
  // Which of the imagined steps the answer may depend on: bits.
  uint32_t Relevant(const sim::Step& step, Imagination imagined) const;
  static bool ShareObject(const sim::Step& a, const sim::Step& b);
  void Touch(uint32_t event);
  void TouchOperands(uint32_t event, const sim::Operation& operation);
  uint64_t* RowOf(sim::ObjectId object);
  void AddTouching(const sim::Operation& operation, const Bits& set);
  sim::EventIndex EventNamed(uint64_t name) const;
  void IndexNames();

  WhatIf& what_if_;
  const sim::PathTable& paths_;
  mutable std::vector<Facts> facts_;  // by id of the operation
  const sim::Record* record_ = nullptr;
  const CausalOrder* order_ = nullptr;
  uint32_t n_ = 0;
  bool usable_ = false;

  // Which events touch which object: rows of bits by ObjectId.
  size_t stride_ = 0;
  std::vector<uint64_t> touching_;
  // Events that do not act on each object alone, and those of each bearing: bits.
  std::vector<uint64_t> coupled_, looking_, meeting_, renewing_;
  std::vector<sim::ObjectId> touched_;  // by event, flat
  std::vector<uint32_t> touched_end_;   // by event
  Bits relevant_;                       // of the current question: what it depends on

  // Names of the events of this record.
  struct NameSlot {
    uint64_t name = 0;
    uint32_t stamp = 0;
    uint32_t index = 0;
  };
  std::vector<NameSlot> names_;
  uint32_t names_stamp_ = 0;

  std::vector<Row> rows_;        // direct-mapped by key
  std::vector<uint64_t> pool_;   // cleared as a whole when it is full
  uint32_t generation_ = 1;      // of the pool
  std::vector<uint64_t> words_;  // of the answer just computed
  bool enabled_ = false;
  uint32_t relevant_imagined_ = 0;
  uint32_t count_ = 0;
  std::vector<sim::EventIndex> found_;
  std::vector<std::pair<sim::TaskId, uint32_t>> parts_;
  std::vector<sim::EventIndex> blockers_;

  // Where the what-if machine stands.
  Bits standing_;
  bool standing_known_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_ANSWERS_H_
