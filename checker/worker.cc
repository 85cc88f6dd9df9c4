// SPDX-License-Identifier: Apache-2.0
// Running one execution, and what is found out about it.
#include "checker/worker.h"

#include <algorithm>

#include "checker/cycle_watch.h"

namespace heddle::checker {

namespace {

// Asks the inner strategy until the time is up; then the execution is cut.
class UntilDeadline : public sim::Strategy {
 public:
  UntilDeadline(sim::Strategy& inner, Deadline deadline) : inner_(inner), deadline_(deadline) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    constexpr uint32_t kChoicesBetweenLooks = 64;
    if (++asked_ % kChoicesBetweenLooks == 0 && std::chrono::steady_clock::now() > deadline_) {
      execution.Cut("budget");
      return std::nullopt;
    }
    return inner_.Choose(execution);
  }

 private:
  sim::Strategy& inner_;
  Deadline deadline_;
  uint32_t asked_ = 0;
};

}  // namespace

void Tally::Add(const Tally& other) {
  executions += other.executions;
  events += other.events;
  cut += other.cut;
  cut_by.insert(other.cut_by.begin(), other.cut_by.end());
  fixed.insert(other.fixed.begin(), other.fixed.end());
  uses_time |= other.uses_time;
  race_memory |= other.race_memory;
}

Worker::Worker(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds,
               const sim::ExecutionLimits& limits, bool detect_races, bool replays)
    : program_(program),
      engine_(program, factory, bounds, replays),
      detect_races_(detect_races),
      panel_(engine_.execution(), detect_races),
      limits_(limits) {}

Worker::Worker(Worker& first, sim::Program& program)
    : program_(program),
      engine_(first.engine_, program),
      detect_races_(first.detect_races_),
      panel_(engine_.execution(), detect_races_),
      limits_(first.limits_) {}

void Worker::Note(const sim::Record& record, Tally* tally) const {
  ++tally->executions;
  tally->events += record.events.size();
  if (!record.cut_by.empty()) {
    ++tally->cut;
    tally->cut_by.insert(record.cut_by);
  }
  for (size_t i = 0; i < record.num_tasks && !tally->uses_time; ++i) {
    tally->uses_time = record.tasks[i].kind == sim::TaskKind::kTimer;
  }
  for (std::string& what : program_.Fixed()) tally->fixed.insert(std::move(what));
  tally->race_memory |= panel_.race.exhausted();
}

Outcome Worker::Run(Search& search, sim::TimeModel time, Deadline deadline, Tally* tally) {
  CycleWatch watch(search, program_, CycleWatch::Look::kWhenLooping,
                   search.exhausts() ? kManyRounds : kFewRounds);
  UntilDeadline timely(watch, deadline);
  // Where loops go round often, the watch is to see all of every execution: what it ends must not
  // depend on what another one has kept.
  const bool keeps = &search == ran_ && engine_.execution().rounds() < kManyRounds;
  const uint32_t kept = keeps ? search.Kept() : 0;
  const sim::Record& record = engine_.Run(timely, time, limits_, panel_.observers, kept);
  ran_ = &search;
  Outcome outcome{.record = &record, .mismatch = search.Mismatch()};
  if (outcome.mismatch.empty()) outcome.mismatch = record.nondeterminism;
  if (!outcome.mismatch.empty()) return outcome;
  outcome.refuted = engine_.Refuted();
  if (!outcome.refuted.empty()) return outcome;
  const sim::PathTable& paths = engine_.execution().paths();
  if (search.needs_order()) {
    const size_t n = std::min<size_t>(record.events.size(), kMostAnalysed);
    order_.Build(record, paths, static_cast<uint32_t>(n), &search == ordered_ ? search.Kept() : 0);
    ordered_ = &search;
  }
  outcome.class_name = class_hash_.Of(record, paths, &search == named_ ? search.Kept() : 0);
  named_ = &search;
  outcome.found = panel_.Findings();
  outcome.out_of_time = record.cut_by == "budget";
  Note(record, tally);
  return outcome;
}

}  // namespace heddle::checker
