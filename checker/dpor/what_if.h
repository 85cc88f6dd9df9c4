// SPDX-License-Identifier: Apache-2.0
// WhatIf: "what if only these events had happened?", answered on the abstract machine from a
// record.
//
// Holds a Model of its own. The operations that tasks come to are those of the record: a
// down-closed set of its events leaves every task's local history as it was.
#ifndef HEDDLE_CHECKER_DPOR_WHAT_IF_H_
#define HEDDLE_CHECKER_DPOR_WHAT_IF_H_

#include <cstdint>
#include <vector>

#include "checker/dpor/bits.h"
#include "sim/model.h"
#include "sim/record.h"

namespace heddle::checker {

class WhatIf {
 public:
  explicit WhatIf(sim::Model& model) : model_(model) {}

  // Executes the events of `set`, a down-closed set of the first `n` events of the record.
  void Replay(const sim::Record& record, const Bits& set, uint32_t n);
  // Executes only some events of the record, which need not be down-closed, as far as the objects
  // know of them: after it, questions are to be asked by EnabledAlone and Ask.
  void ReplayPart(const sim::Record& record, const Bits& part, uint32_t n);
  void ExecuteAlone(const sim::Step& step);
  // As Possible, without asking whether the tasks of the step stand at its operations.
  bool EnabledAlone(const sim::Step& step);
  // Executes one more step; returns its index among the events executed. `as_recorded`: its past is
  // that of the record's event, so its tasks go on as in the record; otherwise what they do next is
  // not known.
  uint32_t Execute(const sim::Step& step, bool as_recorded);
  // The step is possible now: its tasks stand at its operations, and it is enabled.
  bool Possible(const sim::Step& step);
  // The direct predecessors of a possible step, as indices among the events executed.
  const sim::Effect& Ask(const sim::Step& step);
  // Index among the events executed of event `i` of the record; kNoEvent when it was not.
  uint32_t IndexOf(uint32_t i) const { return index_of_[i]; }
  // The event of the record that was executed as the `index`-th.
  uint32_t RecordIndex(uint32_t index) const { return executed_[index]; }
  // Of the record, so far.
  uint32_t NumExecuted() const { return static_cast<uint32_t>(executed_.size()); }
  uint32_t NumEvents() const { return model_.NumEvents(); }
  sim::Model& model() { return model_; }
  const sim::Model& model() const { return model_; }

 private:
  void AnnounceStep(const sim::Step& step);
  void AnnounceNext(sim::TaskId task, uint32_t position, bool as_recorded);
  bool StandsAt(sim::TaskId task, uint32_t position, const sim::Operation* operation);

  struct TaskAt {
    uint32_t stamp = 0;
    uint32_t position = 0;
    const sim::Operation* operation = nullptr;
    bool unknown = false;  // it has left the record: what it does next is not known
  };

  sim::Model& model_;
  const sim::Record* record_ = nullptr;
  sim::Effect effect_;
  std::vector<uint32_t> index_of_;
  std::vector<uint32_t> executed_;
  std::vector<TaskAt> at_;  // by TaskId
  uint32_t stamp_ = 0;
  TaskAt& At(sim::TaskId task);
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_WHAT_IF_H_
