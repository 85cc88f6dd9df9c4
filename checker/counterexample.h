// SPDX-License-Identifier: Apache-2.0
// Counterexample: from a raw finding to a short, readable execution that shows it, and its trace.
//
// Keeps only the events that the finding needs (its causal past, when it has a place; all of them
// at rest), orders them with few switches between goroutines, and records a Trace of the replay.
#ifndef HEDDLE_CHECKER_COUNTEREXAMPLE_H_
#define HEDDLE_CHECKER_COUNTEREXAMPLE_H_

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/detector.h"
#include "checker/search.h"
#include "sim/program.h"
#include "sim/trace.h"

namespace heddle::checker {

// The labels of `events` with their causal past (of all events when empty), in an order with the
// fewest switches between goroutines.
std::vector<sim::Label> Linearize(const sim::Record& record,
                                  const std::vector<sim::EventIndex>& events);

// Follows labels, then stops. Watches what else could have happened, for the trace.
class LabelReplay : public sim::Strategy {
 public:
  explicit LabelReplay(std::vector<sim::Label> labels) : labels_(std::move(labels)) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override;
  // All labels were possible.
  bool followed() const { return at_ == labels_.size(); }

 private:
  std::vector<sim::Label> labels_;
  size_t at_ = 0;
};

// Records a Trace of the execution it observes.
class TraceBuilder : public sim::Observer {
 public:
  // `program`: asked what it calls its objects.
  TraceBuilder(sim::Execution& execution, sim::Model& model, const sim::Program& program);

  void OnStart(const sim::Record& record) override;
  void OnEvent(const sim::Record& record, sim::EventIndex event) override;
  void OnAccess(uint32_t, const void*, size_t, bool, uint64_t) override {}
  bool watches_accesses() const override { return false; }
  void OnRest(const sim::Record& record) override;

  // What else was enabled before the event to come.
  void BeforeEvent();
  sim::Trace& trace() { return trace_; }
  // After so many events every way to go on has the finding.
  void NoteNoReturn(size_t after, bool exact) {
    no_return_ = static_cast<int>(after);
    no_return_exact_ = exact;
  }
  int no_return() const { return no_return_; }
  bool no_return_exact() const { return no_return_exact_; }

 private:
  int ObjectNumber(sim::ObjectId object);
  std::string ObjectName(sim::ObjectId object);
  void NameObject(sim::ObjectId object, sim::TraceObject* out);
  void NoteParent(const sim::Operation& operation);
  // "receive from jobs", "lock mu"; of a select what its case does, or all that it waits for.
  std::string Wording(const sim::Operation& operation, int32_t alternative);
  std::string PartText(const sim::Record& record, const sim::Part& part, std::string* value);
  std::string Describe(const sim::Record& record, const sim::Label& label);
  std::string WhySwitched(const sim::Record& record, uint32_t actor);
  void AddAble(const sim::Record& record, sim::TaskId task);
  static sim::ObjectId ObjectOf(const sim::Operation& operation, const sim::Result& result);
  void AddGoroutines(const sim::Record& record);
  void AddWaiting(const sim::TaskRow& row, sim::TraceGoroutine* out);
  void AddUnseen(const sim::Record& record, const sim::TaskRow& row, sim::TraceGoroutine* out);
  // Goroutines count from 1 in the order of their creation.
  int Number(const sim::Record& record, uint32_t row);

  sim::Execution& execution_;
  sim::Model& model_;
  const sim::Program& program_;
  sim::Trace trace_;
  std::vector<std::string> ready_;  // what could happen next
  std::vector<int> able_;           // and whose move it would be
  std::map<sim::ObjectId, int> numbers_;
  std::map<sim::ObjectId, std::string> states_;
  std::map<std::string, int> names_;  // how many objects are called so
  std::vector<int> goroutines_;       // by row
  int no_return_ = sim::TraceFinding::kUnknown;
  bool no_return_exact_ = false;
  uint32_t last_actor_ = UINT32_MAX;  // row
  bool last_could_go_on_ = false;     // before the event to come
};

// Wraps a strategy so that a TraceBuilder sees the alternatives of each choice.
class Watched : public sim::Strategy {
 public:
  Watched(sim::Strategy& inner, TraceBuilder& builder) : inner_(inner), builder_(builder) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    builder_.BeforeEvent();
    return inner_.Choose(execution);
  }

 private:
  sim::Strategy& inner_;
  TraceBuilder& builder_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_COUNTEREXAMPLE_H_
