// SPDX-License-Identifier: Apache-2.0
// A search on several threads: parts of it are run ahead, and the answer is that of one thread.
//
// The oracle (tests/oracle) compares the order of executions on random programs; here are the ways
// in which a search can end, and that anything is run ahead at all.
#include "checker/crew.h"

#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "checker/explorer.h"
#include "models/sync/api_program.h"
#include "models/sync/heddle.h"
#include "models/sync/machine.h"

namespace heddle::checker {
namespace {

// Three tasks that take a mutex four times each: 34650 classes.
void MutexCounter() {
  auto mu = std::make_shared<Mutex>();
  auto n = std::make_shared<Var<int>>(0);
  for (int t = 0; t < 3; ++t) {
    Go([=] {
      for (int i = 0; i < 4; ++i) {
        Lock guard(*mu);
        *n = *n + 1;
      }
    });
  }
}

// The same, and a bug in a few of the classes, which a search in order comes to late.
void LateBug() {
  auto mu = std::make_shared<Mutex>();
  auto order = std::make_shared<std::string>();
  for (int t = 0; t < 3; ++t) {
    Go([=] {
      for (int i = 0; i < 4; ++i) {
        Lock guard(*mu);
        *order += static_cast<char>('a' + t);
      }
      if (*order == "ccbbaaccbbaa") Channel<int>().Receive();
      if (*order == "cbacbacbacba") throw std::runtime_error("a full round");
    });
  }
}

ExploreOptions OptionsOf(uint32_t jobs, const std::function<void()>& function) {
  ExploreOptions options;
  options.strategy = StrategyKind::kDpor;
  options.time = TimeChoice::kIdeal;
  options.detect_races = false;
  options.jobs = jobs;
  options.another = [=] {
    return std::make_unique<api::FunctionProgram>(function, api::FunctionOptions{});
  };
  return options;
}

// All that a report says.
std::string Answer(const std::function<void()>& function, const ExploreOptions& options) {
  api::FunctionProgram program(function, {});
  ExploreResult result = Explore(program, &sync::Machine::New, options);
  const ExplorationSummary& e = result.exploration;
  std::string text = std::to_string(e.executions) + " " + std::to_string(e.equivalence_classes) +
                     " " + std::to_string(e.redundant) + " " + std::to_string(e.events) + " " +
                     e.stopped_by + (e.complete ? " complete" : "") + "\n";
  for (const Finding& f : result.findings) text += f.message + " " + f.schedule + "\n";
  return text;
}

TEST(Crew, CountsAreThoseOfOneThread) {
  const std::string one = Answer(MutexCounter, OptionsOf(1, MutexCounter));
  EXPECT_EQ(one.substr(0, one.find(' ')), "34650");
  for (uint32_t jobs : {2, 3, 8}) {
    EXPECT_EQ(Answer(MutexCounter, OptionsOf(jobs, MutexCounter)), one) << jobs;
  }
}

TEST(Crew, TheFirstFindingIsThatOfOneThread) {
  const std::string one = Answer(LateBug, OptionsOf(1, LateBug));
  EXPECT_NE(one.find(" finding"), std::string::npos) << one;
  EXPECT_GT(std::stoi(one), 2000) << "it is to be found by the crew";
  for (uint32_t jobs : {2, 4}) EXPECT_EQ(Answer(LateBug, OptionsOf(jobs, LateBug)), one) << jobs;
}

TEST(Crew, AllFindingsAreThoseOfOneThread) {
  ExploreOptions options = OptionsOf(1, LateBug);
  options.keep_going = true;
  const std::string one = Answer(LateBug, options);
  EXPECT_NE(one.find("complete"), std::string::npos) << one;
  EXPECT_NE(one.find("a full round"), std::string::npos) << one;
  for (uint32_t jobs : {2, 4}) {
    options.jobs = jobs;
    EXPECT_EQ(Answer(LateBug, options), one) << jobs;
  }
}

TEST(Crew, ABudgetEndsItWithWhatWasFound) {
  ExploreOptions options = OptionsOf(3, MutexCounter);
  options.budget_ns = 40'000'000;
  const std::string answer = Answer(MutexCounter, options);
  EXPECT_NE(answer.find(" budget"), std::string::npos) << answer;
  EXPECT_EQ(answer.find("complete"), std::string::npos) << answer;
}

TEST(Crew, ANumberOfExecutionsIsExact) {
  ExploreOptions options = OptionsOf(4, MutexCounter);
  options.max_executions = 5000;
  const std::string answer = Answer(MutexCounter, options);
  EXPECT_EQ(answer.substr(0, 10), "5000 5000 ") << answer;
}

TEST(Crew, MostIsRunAhead) {
  api::FunctionProgram program(MutexCounter, {});
  Worker worker(program, &sync::Machine::New, {}, {}, /*detect_races=*/false, /*replays=*/false);
  Engine& engine = worker.engine();
  DporSearch search(engine.what_if(), engine.execution().paths(), {});
  // Alone, so that what is run ahead does not depend on who has time for it.
  Crew crew(worker, search, {.deadline = Deadline::max(), .keep_going = true, .alone_ahead = true});
  uint64_t executions = 0;
  for (Yield::End end = Yield::End::kNone; end == Yield::End::kNone;) {
    Yield yield = crew.Work({});
    executions += yield.classes.size();
    end = yield.end;
  }
  EXPECT_EQ(executions, 34650u);
  EXPECT_GT(crew.taken_over(), 10u);
  EXPECT_EQ(crew.blocked_runs(), 0u);
}

}  // namespace
}  // namespace heddle::checker
