// SPDX-License-Identifier: Apache-2.0
// Brute force, plain enumeration and the reduced search on one program, compared.
#include "tests/oracle/oracle.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "checker/class_hash.h"
#include "checker/crew.h"
#include "checker/engine.h"
#include "checker/strategy/exhaustive.h"
#include "sim/base/hash.h"

namespace heddle::oracle {

using checker::CausalOrder;
using sim::Label;

namespace {

// Follows given labels, then stops and says what is enabled there.
class Prefix : public sim::Strategy {
 public:
  std::optional<Label> Choose(sim::Execution& execution) override {
    size_t i = execution.record().events.size();
    if (i < labels.size()) return labels[i];
    enabled = execution.Enabled();
    return std::nullopt;
  }
  std::vector<Label> labels;
  std::vector<Label> enabled;
};

// Takes whatever comes first.
class First : public sim::Strategy {
 public:
  std::optional<Label> Choose(sim::Execution& execution) override {
    const std::vector<Label>& enabled = execution.Enabled();
    if (enabled.empty()) return std::nullopt;
    return enabled[0];
  }
};

constexpr sim::ExecutionLimits kLimits{.max_steps = 1000};

// From the next run on these objects are strict.
void MakeStrict(const SmallRunner& runner, checker::Engine& engine, sim::TimeModel time,
                const Strict& strict) {
  if (strict.empty()) return;
  First first;
  engine.Run(first, time, kLimits, {});  // objects get their ids
  const std::vector<sim::ObjectId> groups = runner.Refutable();
  std::vector<sim::ObjectId> objects;
  for (size_t i : strict) objects.push_back(groups[i]);
  engine.AddStrict(objects);
}

void NoteStrict(const SmallRunner& runner, const std::vector<sim::ObjectId>& refuted,
                Strict* strict) {
  const std::vector<sim::ObjectId> groups = runner.Refutable();
  for (size_t i = 0; i < groups.size(); ++i) {
    if (std::find(refuted.begin(), refuted.end(), groups[i]) != refuted.end()) strict->insert(i);
  }
}

// Whether the execution uses no more than that. Rounds are not looked at.
bool StaysWithin(const sim::Record& record, const sim::Bounds& bounds) {
  uint64_t goroutines = 0, messages = 0, expiries = 0;
  for (size_t i = 0; i < record.num_tasks; ++i) {
    goroutines += record.tasks[i].kind == sim::TaskKind::kTask;
  }
  for (const sim::Event& event : record.events) {
    for (const sim::Part& part : record.Parts(event)) {
      const sim::TaskRow& row = *record.Find(part.task);
      expiries += row.kind == sim::TaskKind::kTimer;
      const sim::Operation* op =
          part.position < row.operations.size() ? row.operations[part.position].operation : nullptr;
      if (op == nullptr || part.result.status != sync::kOk) continue;
      const int32_t taken = part.result.alternative;
      messages +=
          op->code == sync::kSend || (op->code == sync::kSelect && taken >= 0 &&
                                      op->operands[static_cast<size_t>(taken)].code == sync::kSend);
    }
  }
  return goroutines <= bounds.goroutines && messages <= bounds.messages &&
         expiries <= bounds.timers;
}

uint64_t HashOf(const std::vector<Label>& labels, const sim::PathTable& paths) {
  uint64_t h = 0;
  for (const Label& l : labels) h += sim::StableHash(l, paths);
  return h;
}

}  // namespace

std::optional<Answer> Enumerate(const SmallProgram& program, sim::TimeModel time,
                                const Strict& strict, size_t limit, const sim::Bounds& bounds) {
  SmallRunner runner(program);
  checker::Engine engine(runner, &sync::Machine::New, program.bounds);
  MakeStrict(runner, engine, time, strict);
  Answer answer;
  std::unordered_map<uint64_t, uint64_t> seen;   // configuration -> what it looks like
  std::unordered_map<uint64_t, uint64_t> names;  // by the closure -> by direct predecessors alone
  std::unordered_set<uint64_t> taken;
  std::vector<std::vector<Label>> todo = {{}};
  CausalOrder order;
  checker::ClassHash class_hash;
  Prefix prefix;
  while (!todo.empty()) {
    prefix.labels = std::move(todo.back());
    todo.pop_back();
    const sim::Record& record = engine.Run(prefix, time, kLimits, {});
    order.Build(record, engine.execution().paths(), static_cast<uint32_t>(record.events.size()));
    uint64_t key = order.ClassHash();
    std::string outcome = runner.Outcome();
    uint64_t looks = sim::HashBytes(outcome, HashOf(prefix.enabled, engine.execution().paths()));
    uint64_t short_name = class_hash.Of(record, engine.execution().paths());
    auto [name, new_name] = names.emplace(key, short_name);
    if (new_name ? !taken.insert(short_name).second : name->second != short_name) {
      answer.fault = fmt::format(
          "the name of a class is not one to one with its causal order, "
          "after {} events",
          record.events.size());
    }
    auto [it, added] = seen.emplace(key, looks);
    if (!added) {
      if (it->second != looks && answer.fault.empty()) {
        answer.fault = fmt::format("equal causal order, different state after {} events",
                                   record.events.size());
      }
      continue;
    }
    if (seen.size() > limit) return std::nullopt;
    if (prefix.enabled.empty()) {
      answer.classes.insert(key);
      answer.outcomes.insert(outcome);
      if (StaysWithin(record, bounds) && !engine.execution().model().AtBound()) {
        answer.within.insert(outcome);
      }
      if (!engine.Refuted().empty() && answer.fault.empty()) {
        answer.fault = "an execution refutes what the search took for granted";
      }
      continue;
    }
    for (const Label& l : prefix.enabled) {
      todo.push_back(prefix.labels);
      todo.back().push_back(l);
    }
  }
  return answer;
}

std::optional<Answer> Exhaust(const SmallProgram& program, sim::TimeModel time, size_t limit) {
  SmallRunner runner(program);
  checker::Engine engine(runner, &sync::Machine::New, program.bounds, /*replays=*/true);
  checker::ExhaustiveSearch search;
  Answer answer;
  for (size_t executions = 0; search.BeginExecution();) {
    if (++executions > limit) return std::nullopt;
    search.EndExecution(engine.Run(search, time, kLimits, {}), {});
    answer.outcomes.insert(runner.Outcome());
  }
  return answer;
}

std::optional<Answer> Reduce(const SmallProgram& program, sim::TimeModel time,
                             checker::PickPolicy pick, uint64_t seed, size_t limit) {
  SmallRunner runner(program);
  checker::Engine engine(runner, &sync::Machine::New, program.bounds);
  CausalOrder order;
  checker::ClassHash class_hash;
  Strict strict;
  for (;;) {
    checker::DporSearch search(engine.what_if(), engine.execution().paths(),
                               {.pick = pick, .seed = seed});
    Answer answer;
    std::vector<sim::ObjectId> refuted;
    while (refuted.empty() && search.BeginExecution()) {
      if (answer.classes.size() >= limit) return std::nullopt;
      const sim::Record& record = engine.Run(search, time, kLimits, {}, search.Kept());
      order.Build(record, engine.execution().paths(), static_cast<uint32_t>(record.events.size()),
                  search.Kept());
      answer.classes.insert(order.ClassHash());
      answer.order.push_back(class_hash.Of(record, engine.execution().paths(), search.Kept()));
      answer.outcomes.insert(runner.Outcome());
      refuted = engine.Refuted();
      if (refuted.empty()) search.EndExecution(record, order);
    }
    if (refuted.empty()) {
      answer.blocked_runs = search.blocked_runs();
      answer.strict = strict;
      return answer;
    }
    engine.AddStrict(refuted);
    NoteStrict(runner, refuted, &strict);
  }
}

std::optional<Answer> ReduceTogether(const SmallProgram& program, sim::TimeModel time,
                                     uint32_t jobs, uint64_t seed, size_t limit) {
  SmallRunner runner(program);
  checker::Worker worker(runner, &sync::Machine::New, program.bounds, kLimits,
                         /*detect_races=*/false,
                         /*replays=*/false);
  checker::Engine& engine = worker.engine();
  Strict strict;
  for (;;) {
    worker.Forget();
    checker::DporSearch search(engine.what_if(), engine.execution().paths(), {});
    checker::Crew crew(worker, search,
                       {.jobs = jobs,
                        .time = time,
                        .deadline = checker::Deadline::max(),
                        .keep_going = true,
                        .another = [&] { return std::make_unique<SmallRunner>(program); },
                        .executions = 1 + seed % 4,
                        .age = static_cast<uint32_t>(seed / 4 % 4),
                        .alone_ahead = true});
    Answer answer;
    checker::Yield::End end = checker::Yield::End::kNone;
    std::vector<sim::ObjectId> refuted;
    while (end == checker::Yield::End::kNone) {
      if (answer.order.size() >= limit) return std::nullopt;
      checker::Yield yield = crew.Work({});
      answer.order.insert(answer.order.end(), yield.classes.begin(), yield.classes.end());
      end = yield.end;
      refuted = yield.refuted;
    }
    answer.blocked_runs = crew.blocked_runs();
    answer.strict = strict;
    if (end == checker::Yield::End::kExhausted) return answer;
    engine.AddStrict(refuted);
    NoteStrict(runner, refuted, &strict);
  }
}

namespace {

// What is wrong with the search, which has its own idea of which objects are strict.
std::string CompareSearch(const SmallProgram& program, sim::TimeModel time, uint64_t seed,
                          const std::set<std::string>& outcomes) {
  std::optional<Answer> truth;
  Strict strict;
  std::vector<uint64_t> in_order;
  for (checker::PickPolicy pick :
       {checker::PickPolicy::kFirst, checker::PickPolicy::kLast, checker::PickPolicy::kRandom}) {
    std::optional<Answer> reduced = Reduce(program, time, pick, seed, 20000);
    if (!reduced.has_value()) return "the search does not end";
    if (!truth.has_value()) {
      strict = reduced->strict;
      truth = Enumerate(program, time, strict, 20000, program.bounds);
      if (!truth.has_value()) return "the oracle does not end";
      if (!truth->fault.empty()) return truth->fault;
      if (truth->outcomes != outcomes) return "the relation loses or invents outcomes";
    }
    if (pick == checker::PickPolicy::kFirst) in_order = reduced->order;
    if (reduced->strict != strict) return "what is strict depends on the policy";
    std::set<uint64_t> distinct(reduced->classes.begin(), reduced->classes.end());
    std::set<uint64_t> wanted(truth->classes.begin(), truth->classes.end());
    if (distinct != wanted || distinct.size() != reduced->classes.size() ||
        reduced->blocked_runs != 0 || reduced->outcomes != outcomes) {
      return fmt::format(
          "policy {}: {} executions, {} classes, {} blocked, {} outcomes; the oracle: {} "
          "classes, {} outcomes",
          static_cast<int>(pick), reduced->classes.size(), distinct.size(), reduced->blocked_runs,
          reduced->outcomes.size(), wanted.size(), outcomes.size());
    }
  }
  // Threads cost more than the program. Both must come to the same executions in the same order.
  const uint32_t jobs = seed % 16 == 0 ? 3 : 1;
  std::optional<Answer> together = ReduceTogether(program, time, jobs, seed, 20000);
  if (!together.has_value()) return "the search with parts run ahead does not end";
  if (together->strict != strict || together->order != in_order || together->blocked_runs != 0) {
    return fmt::format("with parts run ahead: {} executions, {} blocked, not those of one walk: {}",
                       together->order.size(), together->blocked_runs, in_order.size());
  }
  return "";
}

// A bound leaves the executions that stay within it as they are, and adds none.
std::string CompareWithUnbounded(const SmallProgram& program, sim::TimeModel time,
                                 const Strict& strict, const std::set<std::string>& within) {
  const sim::Bounds& bounds = program.bounds;
  const bool counts = bounds.goroutines != sim::Bounds::kNone ||
                      bounds.messages != sim::Bounds::kNone || bounds.timers != sim::Bounds::kNone;
  // A ticker that nobody listens to is at rest, or at a bound on expiries.
  if (!counts || program.tickers > 0) return "";
  SmallProgram unbounded = program;
  unbounded.bounds = {};
  std::optional<Answer> all = Enumerate(unbounded, time, strict, 5000, bounds);
  if (!all.has_value() || all->within == within) return "";
  return fmt::format("{} outcomes stay within the bound, the bounded enumeration has {}",
                     all->within.size(), within.size());
}

}  // namespace

std::string Compare(const SmallProgram& program, sim::TimeModel time, uint64_t seed,
                    bool* skipped) {
  *skipped = false;
  Strict all;
  size_t refutable = static_cast<size_t>(program.waitgroups) + program.contexts.size();
  for (size_t i = 0; i < refutable; ++i) all.insert(i);
  std::optional<Answer> truth = Enumerate(program, time, all, 1500, program.bounds);
  if (!truth.has_value()) {
    *skipped = true;
    return "";
  }
  if (!truth->fault.empty()) return truth->fault;
  std::optional<Answer> plain = Exhaust(program, time, 5000);
  if (plain.has_value() && plain->outcomes != truth->outcomes) {
    return fmt::format("plain enumeration has {} outcomes, the oracle {}", plain->outcomes.size(),
                       truth->outcomes.size());
  }
  std::string fault = CompareWithUnbounded(program, time, all, truth->within);
  return fault.empty() ? CompareSearch(program, time, seed, truth->outcomes) : fault;
}

namespace {

// The program without task `gone`, and without what starts it.
SmallProgram WithoutTask(SmallProgram p, size_t gone) {
  p.tasks.erase(p.tasks.begin() + static_cast<ptrdiff_t>(gone));
  for (auto& task : p.tasks) {
    std::erase_if(task, [&](const SmallOp& op) {
      return NamesTask(op.verb) && static_cast<size_t>(op.object) == gone;
    });
    for (SmallOp& op : task) {
      if (NamesTask(op.verb) && static_cast<size_t>(op.object) > gone) --op.object;
    }
    // What is now main cannot be started again.
    std::erase_if(task, [](const SmallOp& op) { return NamesTask(op.verb) && op.object == 0; });
  }
  return p;
}

}  // namespace

SmallProgram ShrinkWhile(SmallProgram program,
                         const std::function<bool(const SmallProgram&)>& fails) {
  for (bool smaller = true; smaller;) {
    smaller = false;
    for (size_t t = 0; t < program.tasks.size() && !smaller; ++t) {
      SmallProgram p = WithoutTask(program, t);
      if (!p.tasks.empty() && fails(p)) {
        program = std::move(p);
        smaller = true;
        break;
      }
      for (size_t i = 0; i < program.tasks[t].size() && !smaller; ++i) {
        p = program;
        p.tasks[t].erase(p.tasks[t].begin() + static_cast<ptrdiff_t>(i));
        if (fails(p)) {
          program = std::move(p);
          smaller = true;
          break;
        }
        for (size_t c = 0; c < program.tasks[t][i].cases.size() && !smaller; ++c) {
          p = program;
          p.tasks[t][i].cases.erase(p.tasks[t][i].cases.begin() + static_cast<ptrdiff_t>(c));
          if (fails(p)) {
            program = std::move(p);
            smaller = true;
          }
        }
      }
    }
  }
  return program;
}

SmallProgram Shrink(SmallProgram program, sim::TimeModel time, uint64_t seed) {
  return ShrinkWhile(std::move(program), [&](const SmallProgram& p) {
    bool skipped = false;
    return !Compare(p, time, seed, &skipped).empty();
  });
}

}  // namespace heddle::oracle
