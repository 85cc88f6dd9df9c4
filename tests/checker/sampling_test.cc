// SPDX-License-Identifier: Apache-2.0
// The sampling strategies: what they see, how likely, and what is said of it.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "checker/api/check.h"

namespace heddle {
namespace {

CheckOptions Sampling(Strategy strategy, uint64_t executions, uint64_t seed = 1) {
  CheckOptions options;
  options.strategy = strategy;
  options.time = TimeModel::kIdeal;
  options.seed = seed;
  options.max_executions = executions;
  options.keep_going = true;
  return options;
}

CheckOptions All() {
  CheckOptions options;
  options.strategy = Strategy::kDpor;
  options.time = TimeModel::kIdeal;
  options.keep_going = true;
  return options;
}

class Sampler : public testing::TestWithParam<Strategy> {};

const std::map<std::string, std::function<void()>>& Programs() {
  static const std::map<std::string, std::function<void()>> programs = {
      {"readers",
       [] {
         auto x = std::make_shared<Atomic<int>>(0);
         Go([x] { x->store(1); });
         for (int i = 0; i < 4; ++i) Go([x] { x->load(); });
       }},
      {"counter",
       [] {
         auto mu = std::make_shared<Mutex>();
         for (int t = 0; t < 3; ++t) {
           Go([=] {
             for (int i = 0; i < 2; ++i) Lock guard(*mu);
           });
         }
       }},
      {"senders",
       [] {
         Channel<int> c;
         for (int i = 0; i < 4; ++i) Go([=] { c.Send(i); });
         for (int i = 0; i < 4; ++i) c.Receive();
       }},
      {"fan in",
       [] {
         Channel<int> a, b;
         for (Channel<int> c : {a, b}) {
           Go([=] {
             for (int i = 0; i < 3; ++i) c.Send(i);
           });
         }
         for (int i = 0; i < 6; ++i) Select(Recv(a), Recv(b));
       }},
      {"choices",
       [] {
         Channel<int> c(1);
         Go([=] { c.Send(Choose(3)); });
         Go([=] { Select(Recv(c), Default()); });
       }},
  };
  return programs;
}

TEST_P(Sampler, SeesTheClassesOfASmallProgramAndNoOther) {
  for (const auto& [name, program] : Programs()) {
    CheckResult all = Check(program, All());
    ASSERT_TRUE(all.complete());
    CheckResult some = Check(program, Sampling(GetParam(), 6000));
    // Two changes of priority do not make every order, of four goroutines that meet often.
    if (GetParam() == Strategy::kPct) {
      EXPECT_LE(some.exploration.equivalence_classes, all.exploration.equivalence_classes) << name;
      EXPECT_GE(some.exploration.equivalence_classes * 3, all.exploration.equivalence_classes)
          << name;
    } else {
      EXPECT_EQ(some.exploration.equivalence_classes, all.exploration.equivalence_classes) << name;
    }
    EXPECT_FALSE(some.complete());
    EXPECT_EQ(some.verdict, some.findings.empty() ? Verdict::kIncomplete : Verdict::kFail);
    EXPECT_EQ(some.exploration.executions,
              some.exploration.equivalence_classes + some.exploration.redundant);
  }
}

TEST_P(Sampler, SameSeedSameResult) {
  auto program = Programs().at("counter");
  auto schedule_of = [&](uint64_t seed) {
    CheckResult r = Check(
        [&] {
          auto x = std::make_shared<Atomic<int>>(0);
          Go([x] { x->store(x->load() + 1); });
          Go([x] { x->store(x->load() + 1); });
          auto done = std::make_shared<Mutex>();
          Go([=] {
            Lock guard(*done);
            if (x->load() == 1) throw Panic("lost");
          });
        },
        Sampling(GetParam(), 200, seed));
    return std::to_string(r.exploration.equivalence_classes) + " " +
           std::to_string(r.exploration.events) + " " +
           (r.findings.empty() ? "" : r.findings[0].schedule);
  };
  EXPECT_EQ(schedule_of(3), schedule_of(3));
}

INSTANTIATE_TEST_SUITE_P(Strategies, Sampler,
                         testing::Values(Strategy::kRandom, Strategy::kPos, Strategy::kPct,
                                         Strategy::kSurw),
                         [](const testing::TestParamInfo<Strategy>& test) {
                           return std::string(checker::Name(test.param));
                         });

// A long task stores at its end; the short one must not have loaded before. `*late` counts.
std::function<void()> LateLoad(int steps, uint64_t* late) {
  return [=] {
    auto own = std::make_shared<Atomic<int>>(0), flag = std::make_shared<Atomic<int>>(0);
    Go([=] {
      for (int i = 0; i < steps; ++i) own->fetch_add(1);
      flag->store(1);
    });
    Go([=] { *late += static_cast<uint64_t>(flag->load()); });
  };
}

double ShareOfLateLoads(Strategy strategy, int steps, uint64_t executions) {
  uint64_t late = 0;
  Check(LateLoad(steps, &late), Sampling(strategy, executions));
  return static_cast<double>(late) / static_cast<double>(executions);
}

TEST(Pos, ChanceOfALateEventFallsWithTheStepsBeforeItNotWithTheirPowersOfTwo) {
  // One draw must stay below those of twelve steps; the random walk must take twelve turns.
  EXPECT_GT(ShareOfLateLoads(Strategy::kPos, 12, 20'000), 1.0 / 14);
  EXPECT_LT(ShareOfLateLoads(Strategy::kRandom, 12, 20'000), 0.003);
}

TEST(Pct, MeetsItsBound) {
  uint64_t late = 0;
  constexpr uint64_t kRuns = 20'000;
  CheckResult r = Check(LateLoad(12, &late), Sampling(Strategy::kPct, kRuns));
  ASSERT_TRUE(r.exploration.confidence.has_value());
  const checker::Confidence& c = *r.exploration.confidence;
  EXPECT_EQ(c.d, 3u);
  EXPECT_EQ(c.n, 3u);
  EXPECT_GE(c.k, 13u);
  EXPECT_DOUBLE_EQ(c.chance, 1 / (static_cast<double>(c.n) * static_cast<double>(c.k * c.k)));
  EXPECT_GE(static_cast<double>(late) / kRuns, c.chance);
}

TEST(Pct, EndsTheTurnsOfASpinningTask) {
  CheckResult r = Check(
      [] {
        auto flag = std::make_shared<Atomic<int>>(0);
        Go([=] { flag->store(1); });
        while (flag->fetch_add(0) == 0) {
        }
      },
      Sampling(Strategy::kPct, 200));
  EXPECT_EQ(r.exploration.cut, 0u);
}

TEST(Surw, OrdersOfTheEventsOfUnevenTasksAreAboutEquallyLikely) {
  // One store among ten of another task at the same object: eleven places.
  std::map<int, uint64_t> place;
  constexpr uint64_t kRuns = 22'000;
  Check(
      [&] {
        auto x = std::make_shared<Atomic<int>>(0);
        auto seen = std::make_shared<Atomic<int>>(0);
        Go([=] {
          for (int i = 1; i <= 10; ++i) x->fetch_add(1);
        });
        Go([=, &place] { ++place[x->fetch_add(100)]; });
      },
      Sampling(Strategy::kSurw, kRuns));
  ASSERT_EQ(place.size(), 11u);
  for (const auto& [where, runs] : place) {
    EXPECT_NEAR(static_cast<double>(runs) / kRuns, 1.0 / 11, 0.015) << where;
  }
}

TEST(Auto, ClassesOfTheBurstAndOfTheSearchAreOneSet) {
  auto program = [] {
    auto mu = std::make_shared<Mutex>();
    for (int t = 0; t < 3; ++t) {
      Go([=] {
        for (int i = 0; i < 3; ++i) Lock guard(*mu);
      });
    }
  };
  CheckOptions options = All();
  options.strategy = Strategy::kAuto;
  CheckResult r = Check(program, options);
  EXPECT_TRUE(r.complete());
  EXPECT_EQ(r.exploration.equivalence_classes, 1680u);
  EXPECT_LE(r.exploration.redundant, 20u) << "only what the burst itself repeated";
  EXPECT_EQ(r.exploration.executions, 1680u + 64u);
  EXPECT_FALSE(r.exploration.confidence.has_value()) << "everything is known";
}

TEST(Total, IsAnOrderOfMagnitudeAndComesLate) {
  auto program = [] {
    auto mu = std::make_shared<Mutex>();
    for (int t = 0; t < 3; ++t) {
      Go([=] {
        for (int i = 0; i < 4; ++i) Lock guard(*mu);
      });
    }
  };
  CheckOptions options = All();
  options.max_executions = 30'000;
  CheckResult late = Check(program, options);
  ASSERT_TRUE(late.exploration.classes_in_all.has_value());
  EXPECT_EQ(*late.exploration.classes_in_all, 1e5) << "34,650 rounds up";
  options.max_executions = 50;
  EXPECT_FALSE(Check(program, options).exploration.classes_in_all.has_value());
  EXPECT_FALSE(Check(program, All()).exploration.classes_in_all.has_value());
}

}  // namespace
}  // namespace heddle
