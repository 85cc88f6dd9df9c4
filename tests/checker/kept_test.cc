// SPDX-License-Identifier: Apache-2.0
// What one execution has in common with the one before is carried out again, not recorded again:
// nothing may be different for it.
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checker/detectors/data_race.h"
#include "checker/dpor/causal_order.h"
#include "checker/dpor/dpor.h"
#include "checker/engine.h"
#include "models/sync/api_program.h"
#include "models/sync/heddle.h"
#include "models/sync/machine.h"

namespace heddle::checker {
namespace {

// Channels, a mutex, memory and a context in one program.
void Everything() {
  auto mu = std::make_shared<Mutex>();
  auto shared = std::make_shared<Var<int>>(0);
  Channel<int> c(1), done;
  auto [ctx, cancel] = WithCancel(Background());
  for (int i = 0; i < 2; ++i) {
    Go([=, ctx = ctx] {
      {
        Lock guard(*mu);
        *shared = *shared + 1;
      }
      Select(Send(c, i), Recv(ctx.Done()));
    });
  }
  Go([=] { done.Close(); });
  cancel();
  Select(Recv(c), Recv(done));
}

struct Seen {
  uint64_t fingerprint;
  std::vector<uint64_t> names;
  std::vector<bool> before;
  std::string races;
  bool operator==(const Seen&) const = default;
};

// Explores the program; `keep`: with what executions have in common kept.
std::vector<Seen> Explore(const std::function<void()>& function, bool keep) {
  api::FunctionProgram program(function, {});
  Engine engine(program, &sync::Machine::New);
  DporSearch search(engine.what_if(), engine.execution().paths(), {});
  DataRaceDetector race(engine.execution());
  sim::Observer* observers[] = {&race};
  CausalOrder order;
  std::vector<Seen> all;
  while (search.BeginExecution()) {
    const uint32_t kept = keep ? search.Kept() : 0;
    const sim::Record& record = engine.Run(search, sim::TimeModel::kIdeal, {}, observers, kept);
    EXPECT_EQ(record.nondeterminism, "");
    order.Build(record, engine.execution().paths(), static_cast<uint32_t>(record.events.size()),
                kept);
    Seen seen{.fingerprint = record.fingerprint};
    for (uint32_t i = 0; i < order.size(); ++i) {
      seen.names.push_back(order.Name(i));
      for (uint32_t j = 0; j < i; ++j) {
        seen.before.push_back(order.Before(j, i));
        EXPECT_EQ(order.Before(j, i), order.Future(j)[i / 64] >> i % 64 & 1) << j << " " << i;
      }
    }
    for (const RawFinding& f : race.findings()) seen.races += f.identity + "\n";
    all.push_back(std::move(seen));
    search.EndExecution(record, order);
  }
  EXPECT_EQ(search.blocked_runs(), 0u);
  return all;
}

TEST(KeptTest, NothingIsDifferentForIt) {
  const std::vector<Seen> anew = Explore(Everything, false);
  EXPECT_GT(anew.size(), 10u);
  EXPECT_EQ(Explore(Everything, true), anew);
}

// An event's name is its label and its past: executions of different classes differ in some name.
TEST(KeptTest, ClassesHaveNamesOfTheirOwn) {
  std::set<std::multiset<uint64_t>> classes;
  const std::vector<Seen> all = Explore(Everything, true);
  for (const Seen& s : all) classes.emplace(s.names.begin(), s.names.end());
  EXPECT_EQ(classes.size(), all.size());
}

// The race is in the part that later executions repeat, and in a part that they do not.
TEST(KeptTest, RacesAreFoundWhereverTheyAre) {
  auto racy = [] {
    auto x = std::make_shared<Var<int>>(0);
    auto mu = std::make_shared<Mutex>();
    for (int i = 0; i < 2; ++i) {
      Go([=] {
        *x = *x + 1;
        Lock guard(*mu);
      });
    }
  };
  const std::vector<Seen> anew = Explore(racy, false);
  ASSERT_EQ(anew.size(), 2u);
  for (const Seen& s : anew) EXPECT_NE(s.races, "");
  EXPECT_EQ(Explore(racy, true), anew);
}

TEST(KeptTest, AProgramThatDoesNotRepeatItselfIsToldOf) {
  auto runs = std::make_shared<int>(0);
  api::FunctionProgram program(
      [runs] {
        Channel<int> a(4), b(4);
        (++*runs % 2 != 0 ? a : b).Send(1);
        Go([a] { a.Send(1); });
        Go([a] { a.Send(1); });
      },
      {});
  Engine engine(program, &sync::Machine::New);
  DporSearch search(engine.what_if(), engine.execution().paths(), {});
  CausalOrder order;
  ASSERT_TRUE(search.BeginExecution());
  const sim::Record& record = engine.Run(search, sim::TimeModel::kIdeal, {}, {}, 0);
  order.Build(record, engine.execution().paths(), static_cast<uint32_t>(record.events.size()));
  search.EndExecution(record, order);
  ASSERT_TRUE(search.BeginExecution());
  ASSERT_GT(search.Kept(), 0u);
  engine.Run(search, sim::TimeModel::kIdeal, {}, {}, search.Kept());
  EXPECT_EQ(record.nondeterminism,
            "at step 1 goroutine main is about to do 'send' where it did 'send' before (at another "
            "object)");
  EXPECT_TRUE(record.stopped);
}

}  // namespace
}  // namespace heddle::checker
