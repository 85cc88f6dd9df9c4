// SPDX-License-Identifier: Apache-2.0
// Exploring, confirming, answering.
#include "checker/explorer.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "checker/census.h"
#include "checker/counterexample.h"
#include "checker/crew.h"
#include "checker/cycle_watch.h"
#include "checker/dpor/dpor.h"
#include "checker/estimate.h"
#include "checker/shorten.h"
#include "checker/strategy/exhaustive.h"
#include "checker/strategy/fair.h"
#include "checker/strategy/pct.h"
#include "checker/strategy/pos.h"
#include "checker/strategy/random.h"
#include "checker/strategy/replay.h"
#include "checker/strategy/surw.h"
#include "checker/worker.h"
#include "sim/base/check.h"
#include "sim/schedule.h"

namespace heddle::checker {

std::string_view Name(StrategyKind kind) {
  switch (kind) {
    case StrategyKind::kAuto:
      return "auto";
    case StrategyKind::kDpor:
      return "dpor";
    case StrategyKind::kExhaustive:
      return "exhaustive";
    case StrategyKind::kRandom:
      return "random";
    case StrategyKind::kPos:
      return "pos";
    case StrategyKind::kPct:
      return "pct";
    case StrategyKind::kSurw:
      return "surw";
  }
  return "";
}

namespace {

using Clock = std::chrono::steady_clock;

std::string_view Name(sim::TimeModel time) {
  return time == sim::TimeModel::kIdeal ? "ideal" : "async";
}

// `auto` looks at so many classes in order, then draws so many executions, then goes on in order.
constexpr uint64_t kFirstLook = 64;
constexpr uint64_t kBurst = 64;
// Of a program that goes round in loops, so many are drawn in which all goroutines move in turn.
constexpr uint64_t kInStep = 8;
// Where executions do not end, there may be no end of them either: so many with nothing new in any
// are enough.
constexpr uint64_t kMostWithoutNews = 300;
// Then it goes on for so many executions before work is divided: most programs have fewer.
constexpr uint64_t kAlone = 1024;
// Without a number of executions, sampling alone ends after so many.
constexpr uint64_t kDefaultSamples = 10'000;

class Explorer {
 public:
  Explorer(sim::Program& program, sim::ModelFactory factory, const ExploreOptions& options,
           bool replays = false)
      : program_(program),
        options_(options),
        worker_(program, factory, options.bounds, options.limits, options.detect_races, replays),
        engine_(worker_.engine()),
        panel_(worker_.panel()),
        start_(Clock::now()) {}

  ExploreResult Run();
  std::expected<ExploreResult, std::string> Replay(const std::string& schedule);

 private:
  // How a phase ended.
  // kRefuted: some object's order matters more than the search took it to; it starts anew.
  // kAlone: the search is to go on without a crew.
  enum class End { kExhausted, kPaused, kSampled, kStopped, kRefuted, kAlone };

  // True: everything was explored.
  bool ExploreTime(sim::TimeModel time);
  End ExploreOnce(sim::TimeModel time);
  End RunDpor(sim::TimeModel time, bool with_burst);
  End RunPhase(Search& search, sim::TimeModel time, uint64_t executions);
  // The rest of a search that has begun, by as many workers as there are to be.
  End RunCrew(DporSearch& search, sim::TimeModel time);
  End Account(Yield yield, sim::TimeModel time);
  End Stop(std::string why);
  // Which part of a time model has been explored.
  using ShareFunction = std::function<double()>;
  // Stops when it is.
  bool OutOfBudget(const ShareFunction& share);
  Deadline DeadlineOfBudget() const {
    return options_.budget_ns == 0 ? Clock::time_point::max()
                                   : start_ + std::chrono::nanoseconds(options_.budget_ns);
  }
  // Two runs of one schedule differed: nothing that is left to explore can be trusted.
  End NotRepeatable(const std::string& how);
  void CountClass(uint64_t name, bool sampled);
  End Sample(SamplingSearch& search, sim::TimeModel time);
  uint64_t Samples() const { return options_.max_executions != 0 ? 0 : kDefaultSamples; }
  void NotePct(const PctSearch& search);
  // Of this time model, from the search's own progress; none: not known yet.
  std::optional<double> ClassesInAll(const ShareFunction& share) const;
  void NoteClassesInAll(const ShareFunction& share);
  void NoteConfidence();
  // True: the search has been stopped.
  bool Judge(Sighting sighting, sim::TimeModel time);
  // Makes executions and looks for the finding of that identity.
  Trial TrialOf(const std::string& identity, sim::TimeModel time);
  // The same finding of what runs forever, from a shorter execution.
  struct ShorterLasso {
    std::string schedule;
    uint64_t fingerprint;
  };
  std::optional<ShorterLasso> ShortenLasso(CycleWatch& watch, const sim::Record& record,
                                           const RawFinding& raw, sim::TimeModel time);
  std::optional<Finding> Confirm(const RawFinding& raw, std::vector<sim::Label> labels,
                                 sim::TimeModel time);
  Finding Complete(const RawFinding& raw, const sim::Record& record, TraceBuilder& builder,
                   sim::TimeModel time, const std::string& schedule);
  std::string ScheduleText(const sim::Record& record, sim::TimeModel time) const;
  void NoteBounds();
  void Finish();

  sim::Program& program_;
  const ExploreOptions& options_;
  Worker worker_;
  Engine& engine_;
  Panel& panel_;
  Clock::time_point start_;
  ExploreResult result_;
  Tally tally_;
  Census census_;                // of the current time model
  Estimate estimate_;            // of the current time model
  std::set<std::string> known_;  // identities of findings
  int64_t last_report_ = 0;      // of progress, since the start
  bool loops_ = false;           // some execution has gone round a loop many times
  bool endless_ = false;         // a state has come back
  uint64_t without_news_ = 0;    // executions since then, or since the last new finding
  bool stop_ = false;
};

Explorer::End Explorer::Stop(std::string why) {
  result_.exploration.stopped_by = std::move(why);
  stop_ = true;
  return End::kStopped;
}

Explorer::End Explorer::NotRepeatable(const std::string& how) {
  return Stop(fmt::format(
      "nondeterminism: the program does not repeat itself on the same schedule: {}", how));
}

bool Explorer::OutOfBudget(const ShareFunction& share) {
  if (options_.max_executions != 0 && tally_.executions >= options_.max_executions) {
    Stop("max-executions");
    return true;
  }
  if (options_.interrupted && options_.interrupted()) {
    Stop("interrupt");
    return true;
  }
  const int64_t elapsed = (Clock::now() - start_).count();
  constexpr int64_t kBetweenReports = 100'000'000;  // nanoseconds
  if (options_.progress && elapsed - last_report_ >= kBetweenReports) {
    last_report_ = elapsed;
    options_.progress({tally_.executions, static_cast<double>(elapsed) * 1e-9, ClassesInAll(share),
                       engine_.execution().record().events.size(), result_.findings.size()});
  }
  if (options_.budget_ns != 0 && elapsed > options_.budget_ns) {
    Stop("budget");
    return true;
  }
  return false;
}

std::optional<double> Explorer::ClassesInAll(const ShareFunction& share) const {
  return estimate_.Total(census_.searched_classes(), share());
}

void Explorer::NoteClassesInAll(const ShareFunction& share) {
  const std::string& by = result_.exploration.stopped_by;
  if (by == "budget" || by == "max-executions") {
    result_.exploration.classes_in_all = ClassesInAll(share);
  }
}

void Explorer::CountClass(uint64_t name, bool sampled) {
  ExplorationSummary& e = result_.exploration;
  const uint64_t repeated = census_.repeated();
  e.equivalence_classes += census_.Add(name, sampled);
  e.redundant += census_.repeated() - repeated;
}

void Explorer::NoteConfidence() {
  if (census_.samples() == 0) return;
  if (!result_.exploration.confidence.has_value()) result_.exploration.confidence.emplace();
  Confidence& c = *result_.exploration.confidence;
  c.runs += census_.samples();
  c.classes += census_.sampled_classes();
  c.seen_once += census_.sampled_once();
  c.next_is_new = static_cast<double>(c.seen_once) / static_cast<double>(c.runs);
}

Explorer::End Explorer::RunPhase(Search& search, sim::TimeModel time, uint64_t executions) {
  for (uint64_t i = 0; executions == 0 || i < executions; ++i) {
    if (OutOfBudget([&] { return search.ShareDone(); })) return End::kStopped;
    if (!search.BeginExecution()) return search.exhausts() ? End::kExhausted : End::kSampled;
    Outcome outcome = worker_.Run(search, time, DeadlineOfBudget(), &tally_);
    if (!outcome.mismatch.empty()) return NotRepeatable(outcome.mismatch);
    if (!outcome.refuted.empty()) {
      engine_.AddStrict(outcome.refuted);
      return End::kRefuted;
    }
    loops_ |= engine_.execution().rounds() >= kManyRounds;
    endless_ |= outcome.record->cut_by == CycleWatch::kLimit;
    without_news_ += endless_ ? 1 : 0;
    CountClass(outcome.class_name, !search.exhausts());
    if (search.exhausts() && Estimate::Wanted(census_.searched_classes())) {
      estimate_.Note(census_.searched_classes(), search.ShareDone());
    }
    // The analysis needs the record, which a confirmation overwrites.
    if (!outcome.out_of_time) search.EndExecution(*outcome.record, worker_.order());
    const bool fresh =
        std::any_of(outcome.found.begin(), outcome.found.end(),
                    [&](const RawFinding& f) { return !known_.contains(f.identity); });
    if (fresh) without_news_ = 0;
    if (fresh && Judge(Sighting(*outcome.record, std::move(outcome.found), known_), time)) {
      return End::kStopped;
    }
    if (outcome.out_of_time) return Stop("budget");
    if (without_news_ == kMostWithoutNews && !result_.findings.empty()) {
      result_.exploration.stopped_by = "endless";
      return End::kStopped;
    }
  }
  return End::kPaused;
}

Explorer::End Explorer::RunCrew(DporSearch& search, sim::TimeModel time) {
  Crew crew(worker_, search,
            {.jobs = options_.jobs,
             .time = time,
             .deadline = DeadlineOfBudget(),
             .keep_going = options_.keep_going,
             .another = options_.another});
  const auto share = [&] { return search.walk().ShareDone(); };
  End end = End::kPaused;
  for (uint64_t noted = census_.searched_classes(); end == End::kPaused;) {
    end = OutOfBudget(share) ? End::kStopped : Account(crew.Work(known_), time);
    if (census_.searched_classes() >= 2 * noted) {
      noted = census_.searched_classes();
      estimate_.Note(noted, share());
    }
  }
  HEDDLE_CHECK(end == End::kRefuted || crew.blocked_runs() == 0,
               "optimal reduction has no blocked run");
  const std::string& by = result_.exploration.stopped_by;
  if (end == End::kStopped && (by == "budget" || by == "interrupt")) {
    // They are findings all the same.
    for (Sighting& sighting : crew.Rest()) {
      if (Judge(std::move(sighting), time)) break;
    }
  }
  NoteClassesInAll(share);
  return end;
}

Explorer::End Explorer::Account(Yield yield, sim::TimeModel time) {
  tally_.Add(yield.tally);
  for (uint64_t name : yield.classes) CountClass(name, false);
  for (Sighting& sighting : yield.sightings) {
    if (Judge(std::move(sighting), time)) return End::kStopped;
  }
  switch (yield.end) {
    case Yield::End::kNone:
      return End::kPaused;
    case Yield::End::kExhausted:
      return End::kExhausted;
    case Yield::End::kAlone:
      endless_ = true;
      without_news_ = yield.ends_with_news ? 0 : 1;
      return End::kAlone;
    case Yield::End::kFinding:
      break;
    case Yield::End::kMismatch:
      return NotRepeatable(yield.mismatch);
    case Yield::End::kRefuted:
      engine_.AddStrict(yield.refuted);
      return End::kRefuted;
    case Yield::End::kBudget:
      return Stop("budget");
  }
  HEDDLE_CHECK(false, "a finding that ends the search has stopped it");
}

Explorer::End Explorer::Sample(SamplingSearch& search, sim::TimeModel time) {
  End end = RunPhase(search, time, 0);
  if (end == End::kSampled) result_.exploration.stopped_by = "sampling";
  NoteConfidence();
  return end;
}

void Explorer::NotePct(const PctSearch& search) {
  if (!result_.exploration.confidence.has_value()) return;
  Confidence& c = *result_.exploration.confidence;
  c.d = PctSearch::kDepth;
  c.n = std::max(c.n, search.most_tasks());
  c.k = std::max(c.k, search.most_steps());
  c.chance = 1 / (static_cast<double>(c.n) * std::pow(static_cast<double>(c.k), c.d - 1));
}

bool Explorer::ExploreTime(sim::TimeModel time) {
  // After a refutation everything of this time model is counted and found anew, so that the answer
  // does not depend on when the refutation came.
  const ExploreResult before = result_;
  const Tally tally = tally_;
  const std::set<std::string> known = known_;
  for (;;) {
    census_.Clear();
    estimate_ = {};
    worker_.Forget();
    result_.exploration.time.emplace_back(Name(time));
    End end = ExploreOnce(time);
    if (end != End::kRefuted) return end == End::kExhausted;
    result_ = before;
    tally_ = tally;
    known_ = known;
  }
}

Explorer::End Explorer::RunDpor(sim::TimeModel time, bool with_burst) {
  DporSearch search(engine_.what_if(), engine_.execution().paths(), {.seed = options_.seed});
  End end = RunPhase(search, time, kFirstLook);
  if (end == End::kPaused && with_burst) {
    PosSearch burst(options_.seed, kBurst);
    end = RunPhase(burst, time, 0);
    if (end == End::kSampled && loops_) {
      // Two that keep out of each other's way forever move in step.
      FairSearch in_step(options_.seed, kInStep);
      end = RunPhase(in_step, time, 0);
    }
    if (end == End::kSampled) end = End::kPaused;
  }
  const bool one = options_.jobs <= 1 || !options_.another || options_.max_executions != 0;
  if (end == End::kPaused && !one) {
    end = RunPhase(search, time, kAlone);
    if (end == End::kPaused && !endless_) end = RunCrew(search, time);
    if (end == End::kAlone) end = End::kPaused;
  }
  if (end == End::kPaused) end = RunPhase(search, time, 0);
  HEDDLE_CHECK(end == End::kRefuted || search.blocked_runs() == 0,
               "optimal reduction has no blocked run");
  NoteClassesInAll([&] { return search.ShareDone(); });
  return end;
}

Explorer::End Explorer::ExploreOnce(sim::TimeModel time) {
  switch (options_.strategy) {
    case StrategyKind::kDpor:
      return RunDpor(time, false);
    case StrategyKind::kAuto:
      return RunDpor(time, true);
    case StrategyKind::kExhaustive: {
      ExhaustiveSearch search;
      End end = RunPhase(search, time, 0);
      NoteClassesInAll([&] { return search.ShareDone(); });
      return end;
    }
    case StrategyKind::kRandom: {
      RandomSearch search(options_.seed, Samples());
      return Sample(search, time);
    }
    case StrategyKind::kPos: {
      PosSearch search(options_.seed, Samples());
      return Sample(search, time);
    }
    case StrategyKind::kPct: {
      PctSearch search(options_.seed, Samples());
      End end = Sample(search, time);
      NotePct(search);
      return end;
    }
    case StrategyKind::kSurw: {
      SurwSearch search(options_.seed, Samples(), engine_.execution().paths());
      return Sample(search, time);
    }
  }
  return End::kStopped;
}

void Explorer::NoteBounds() {
  const sim::Bounds& b = options_.bounds;
  const std::pair<const char*, uint64_t> all[] = {{"goroutines", b.goroutines},
                                                  {"rounds", b.rounds},
                                                  {"timers", b.timers},
                                                  {"messages", b.messages}};
  for (auto [key, bound] : all) {
    if (bound != sim::Bounds::kNone) result_.exploration.bounds[key] = static_cast<int64_t>(bound);
  }
}

ExploreResult Explorer::Run() {
  result_.exploration.strategy = Name(options_.strategy);
  NoteBounds();
  bool complete = true;
  if (options_.time != TimeChoice::kAsync) complete = ExploreTime(sim::TimeModel::kIdeal);
  bool also_async = options_.time == TimeChoice::kAsync ||
                    (options_.time == TimeChoice::kAuto && tally_.uses_time);
  if (also_async && !stop_) {
    bool async_complete = ExploreTime(sim::TimeModel::kAsync);
    complete = complete && async_complete;
  } else if (also_async) {
    complete = false;
  }
  result_.exploration.complete = complete && tally_.cut == 0;
  Finish();
  return std::move(result_);
}

void Explorer::Finish() {
  ExplorationSummary& e = result_.exploration;
  e.executions = tally_.executions;
  e.events = tally_.events;
  e.cut = tally_.cut;
  e.fixed.assign(tally_.fixed.begin(), tally_.fixed.end());
  e.cut_by.assign(tally_.cut_by.begin(), tally_.cut_by.end());
  if (tally_.race_memory) {
    e.complete = false;
    e.cut_by.push_back("race-memory");
  }
  e.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
  bool fail = std::any_of(result_.findings.begin(), result_.findings.end(),
                          [](const Finding& f) { return SeverityOf(f.kind) != Severity::kNote; });
  result_.verdict = fail ? Verdict::kFail : e.complete ? Verdict::kPass : Verdict::kIncomplete;
}

// ---- Findings

std::string Explorer::ScheduleText(const sim::Record& record, sim::TimeModel time) const {
  sim::Schedule schedule;
  schedule.options = options_.replay_options;
  schedule.options["time"] = Name(time);
  schedule.steps = sim::StepsOf(record);
  return sim::ToString(schedule);
}

bool Explorer::Judge(Sighting sighting, sim::TimeModel time) {
  for (auto& [raw, labels] : sighting.candidates) {
    if (!known_.insert(raw.identity).second) continue;
    std::optional<Finding> finding = Confirm(raw, std::move(labels), time);
    if (!finding.has_value()) finding = Confirm(raw, sighting.all, time);
    if (!finding.has_value()) {
      NotRepeatable(
          fmt::format("'{}' was seen once, and not again on the same schedule", raw.message));
      return true;
    }
    bool counts = SeverityOf(finding->kind) != Severity::kNote;
    result_.findings.push_back(std::move(*finding));
    if (!options_.keep_going && counts) {
      Stop("finding");
      return true;
    }
  }
  return false;
}

Trial Explorer::TrialOf(const std::string& identity, sim::TimeModel time) {
  return [this, identity, time](sim::Strategy& strategy) {
    const sim::Record& run = engine_.Run(strategy, time, options_.limits, panel_.observers);
    for (const RawFinding& found : panel_.Findings()) {
      if (found.identity == identity) return Shown{&run, found.events, true};
    }
    return Shown{&run, {}, false};
  };
}

std::optional<Explorer::ShorterLasso> Explorer::ShortenLasso(CycleWatch& watch,
                                                             const sim::Record& record,
                                                             const RawFinding& raw,
                                                             sim::TimeModel time) {
  const CycleWatch::Lasso lasso = watch.Shortest(engine_.execution());
  if (lasso.cycle.empty()) return std::nullopt;
  const std::vector<sim::ScheduleStep> all = sim::StepsOf(record);
  sim::Schedule schedule;
  for (const auto* events : {&lasso.stem, &lasso.cycle}) {
    for (sim::EventIndex e : *events) schedule.steps.push_back(all[e]);
  }
  ReplaySearch replay(std::move(schedule));
  replay.BeginExecution();
  CycleWatch watched(replay, worker_.program(), CycleWatch::Look::kAlways);
  const sim::Record& shorter = engine_.Run(watched, time, options_.limits, panel_.observers);
  const std::vector<RawFinding> found = panel_.Findings();
  const bool same = std::any_of(found.begin(), found.end(), [&](const RawFinding& f) {
    return f.identity == raw.identity && f.cycle_begin != sim::kNoEvent;
  });
  if (!same || !replay.mismatch().empty()) return std::nullopt;
  return ShorterLasso{ScheduleText(shorter, time), shorter.fingerprint};
}

std::optional<Finding> Explorer::Confirm(const RawFinding& raw, std::vector<sim::Label> labels,
                                         sim::TimeModel time) {
  auto same = [&](const std::vector<RawFinding>& found) -> const RawFinding* {
    auto it = std::find_if(found.begin(), found.end(),
                           [&](const RawFinding& f) { return f.identity == raw.identity; });
    return it == found.end() ? nullptr : &*it;
  };
  worker_.Forget();
  const bool endless = raw.cycle_begin != sim::kNoEvent;
  NoReturn no_return;
  if (!endless) {
    const Trial trial = TrialOf(raw.identity, time);
    LabelReplay given(std::move(labels));
    const Shown shown = trial(given);
    if (!shown.has_finding) return std::nullopt;
    labels = Shorten(trial, shown, options_.seed);
    no_return = PointOfNoReturn(trial, labels, options_.seed);
  }
  LabelReplay labelled(std::move(labels));
  CycleWatch first(labelled, worker_.program(), CycleWatch::Look::kAlways);
  const sim::Record* record = &engine_.Run(endless ? static_cast<sim::Strategy&>(first) : labelled,
                                           time, options_.limits, panel_.observers);
  if (same(panel_.Findings()) == nullptr) return std::nullopt;
  uint64_t fingerprint = record->fingerprint;
  std::string text = ScheduleText(*record, time);
  if (endless) {
    if (std::optional<ShorterLasso> shorter = ShortenLasso(first, *record, raw, time)) {
      text = shorter->schedule;
      fingerprint = shorter->fingerprint;
    }
  }

  // Once more, from the text alone, as a user will; now with a trace.
  std::expected<sim::Schedule, std::string> schedule = sim::ParseSchedule(text);
  HEDDLE_CHECK(schedule.has_value(), "a schedule that was written can be read");
  ReplaySearch second(std::move(*schedule));
  second.BeginExecution();
  CycleWatch again_watched(second, worker_.program(), CycleWatch::Look::kAlways);
  TraceBuilder builder(engine_.execution(), engine_.execution().model(), program_);
  Watched watched(endless ? static_cast<sim::Strategy&>(again_watched) : second, builder);
  std::vector<sim::Observer*> observers = panel_.observers;
  observers.push_back(&builder);
  program_.KeepOrigins(true);
  record = &engine_.Run(watched, time, options_.limits, observers);
  program_.KeepOrigins(false);
  std::vector<RawFinding> found = panel_.Findings();
  const RawFinding* again = same(found);
  if (again == nullptr || record->fingerprint != fingerprint || !second.mismatch().empty()) {
    return std::nullopt;
  }
  if (!endless) builder.NoteNoReturn(no_return.after, no_return.exact);
  return Complete(*again, *record, builder, time, text);
}

Finding Explorer::Complete(const RawFinding& raw, const sim::Record& record, TraceBuilder& builder,
                           sim::TimeModel time, const std::string& schedule) {
  Finding f;
  f.kind = raw.kind;
  f.message = raw.message;
  f.identity = raw.identity;
  f.time = Name(time);
  f.schedule = schedule;
  f.events = record.events.size();
  if (raw.cycle_begin != sim::kNoEvent) f.cycle = uint64_t{raw.cycle_begin} + 1;
  for (const sim::TraceSite& s : raw.sites) f.locations.push_back(s.ToString());
  sim::Trace& trace = builder.trace();
  sim::TraceFinding tf;
  tf.kind = Name(raw.kind);
  tf.severity = Name(SeverityOf(raw.kind));
  tf.message = raw.message;
  tf.locations = f.locations;
  tf.no_return = builder.no_return();
  tf.no_return_exact = builder.no_return_exact();
  for (size_t i = 0; i < raw.tasks.size(); ++i) {
    int number = GoroutineNumber(record, raw.tasks[i]);
    const sim::TraceGoroutine& g = trace.goroutines[static_cast<size_t>(number) - 1];
    FindingGoroutine fg{number, g.state, g.at.ToString(),
                        g.created_at.line != 0 ? g.created_at.ToString() : ""};
    const bool race = raw.kind == FindingKind::kDataRace || raw.kind == FindingKind::kConcurrentMap;
    if (race && i < raw.sites.size()) {
      fg.at = raw.sites[i].ToString();
      fg.state = "running";
    }
    f.goroutines.push_back(std::move(fg));
    tf.goroutines.push_back(number);
  }
  if (!raw.events.empty()) {
    tf.event = static_cast<int>(*std::max_element(raw.events.begin(), raw.events.end())) + 1;
  }
  tf.cycle_start = static_cast<int>(f.cycle);
  trace.program = options_.program;
  trace.program_hash = options_.program_hash;
  trace.entry = options_.entry;
  trace.options = options_.replay_options;
  trace.options["time"] = Name(time);
  trace.schedule = schedule;
  trace.findings = {tf};
  f.trace = std::make_shared<const sim::Trace>(std::move(trace));
  return f;
}

std::expected<ExploreResult, std::string> Explorer::Replay(const std::string& text) {
  std::expected<sim::Schedule, std::string> schedule = sim::ParseSchedule(text);
  if (!schedule.has_value()) return std::unexpected(schedule.error());
  auto it = schedule->options.find("time");
  sim::TimeModel time = it != schedule->options.end() && it->second == "async"
                            ? sim::TimeModel::kAsync
                            : sim::TimeModel::kIdeal;
  std::vector<sim::Label> labels;
  std::vector<RawFinding> shown;
  // What the execution refutes is made strict, as the exploration did that found it.
  for (;;) {
    ReplaySearch first(*schedule);
    first.BeginExecution();
    CycleWatch watch(first, worker_.program(), CycleWatch::Look::kAlways);
    const sim::Record& run = engine_.Run(watch, time, options_.limits, panel_.observers);
    if (!first.mismatch().empty()) return std::unexpected(first.mismatch());
    labels.clear();
    for (const sim::Event& e : run.events) labels.push_back(e.step.label);
    shown = panel_.Findings();
    std::vector<sim::ObjectId> objects = engine_.Refuted();
    if (objects.empty()) break;
    engine_.AddStrict(objects);
  }
  std::map<std::string, NoReturn> no_return;
  for (const RawFinding& raw : shown) {
    if (raw.cycle_begin != sim::kNoEvent) continue;
    no_return[raw.identity] = PointOfNoReturn(TrialOf(raw.identity, time), labels, options_.seed);
  }
  ReplaySearch search(std::move(*schedule));
  search.BeginExecution();
  CycleWatch watch(search, worker_.program(), CycleWatch::Look::kAlways);
  TraceBuilder builder(engine_.execution(), engine_.execution().model(), program_);
  Watched watched(watch, builder);
  std::vector<sim::Observer*> observers = panel_.observers;
  observers.push_back(&builder);
  program_.KeepOrigins(true);
  const sim::Record& record = engine_.Run(watched, time, options_.limits, observers);
  program_.KeepOrigins(false);
  if (!search.mismatch().empty()) return std::unexpected(search.mismatch());
  result_.exploration.strategy = "replay";
  result_.exploration.time.emplace_back(Name(time));
  worker_.Note(record, &tally_);
  result_.exploration.equivalence_classes = 1;
  for (const RawFinding& raw : panel_.Findings()) {
    TraceBuilder copy = builder;
    if (auto known = no_return.find(raw.identity); known != no_return.end()) {
      copy.NoteNoReturn(known->second.after, known->second.exact);
    }
    result_.findings.push_back(Complete(raw, record, copy, time, text));
  }
  result_.exploration.stopped_by = "replay";
  Finish();
  return std::move(result_);
}

}  // namespace

ExploreResult Explore(sim::Program& program, sim::ModelFactory model,
                      const ExploreOptions& options) {
  return Explorer(program, model, options).Run();
}

std::expected<ExploreResult, std::string> ReplaySchedule(sim::Program& program,
                                                         sim::ModelFactory model,
                                                         const std::string& schedule,
                                                         const ExploreOptions& options) {
  return Explorer(program, model, options, /*replays=*/true).Replay(schedule);
}

}  // namespace heddle::checker
