// SPDX-License-Identifier: Apache-2.0
// Bounds: what is found within one is what the runs within it do, no more and no less.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "checker/api/gtest.h"

namespace heddle {
namespace {

CheckOptions Options(Strategy strategy) {
  CheckOptions options;
  options.strategy = strategy;
  options.time = TimeModel::kIdeal;
  options.keep_going = true;
  return options;
}

// What the runs of a program did, one line for each; a run tells at its end how much it used.
struct Run {
  int64_t used;
  std::string outcome;
  friend auto operator<=>(const Run&, const Run&) = default;
};
using Program = std::function<void(std::function<void(Run)> ends)>;

std::set<Run> RunsOf(const Program& program, const CheckOptions& options) {
  std::set<Run> runs;
  CheckResult r = Check([&] { program([&](Run run) { runs.insert(run); }); }, options);
  EXPECT_TRUE(r.complete()) << r.text();
  EXPECT_EQ(r.exploration.redundant * (options.strategy == Strategy::kDpor ? 1u : 0u), 0u);
  return runs;
}

// The plain enumeration without a bound, of which only the runs within it are kept, against the
// search with the bound.
void CompareWithPlain(const Program& program, int64_t CheckOptions::*bound,
                      const std::vector<int64_t>& values) {
  const std::set<Run> all = RunsOf(program, Options(Strategy::kExhaustive));
  ASSERT_GT(all.size(), 1u);
  for (int64_t most : values) {
    std::set<Run> within;
    std::copy_if(all.begin(), all.end(), std::inserter(within, within.end()),
                 [&](const Run& run) { return run.used <= most; });
    for (Strategy strategy : {Strategy::kDpor, Strategy::kExhaustive}) {
      CheckOptions options = Options(strategy);
      options.*bound = most;
      EXPECT_EQ(RunsOf(program, options), within) << most << " by " << checker::Name(strategy);
    }
  }
}

// Starts goroutines as long as nobody has said stop.
void Starters(std::function<void(Run)> ends) {
  auto stop = std::make_shared<Atomic<int>>(0);
  auto goroutines = std::make_shared<int>(3);
  auto wg = std::make_shared<WaitGroup>();
  wg->Add(2);
  Go([=] {
    stop->store(1);
    wg->Done();
  });
  Go([=] {
    for (int i = 0; i < 3 && stop->load() == 0; ++i) {
      ++*goroutines;
      Go([] {});
    }
    wg->Done();
  });
  wg->Wait();
  ends({*goroutines, std::to_string(stop->load())});
}

TEST(Bounds, Goroutines) {
  CompareWithPlain(Starters, &CheckOptions::max_goroutines, {3, 4, 5, 6, 7});
}

// Two senders on two channels, one of which gives up when it sees the other's flag.
void Senders(std::function<void(Run)> ends) {
  Channel<int> many(3), one(1);
  auto flag = std::make_shared<Atomic<int>>(0);
  auto sent = std::make_shared<int>(0);
  auto wg = std::make_shared<WaitGroup>();
  wg->Add(2);
  Go([=] {
    for (int i = 0; i < 3 && flag->load() == 0; ++i) {
      many.Send(i);
      ++*sent;
    }
    wg->Done();
  });
  Go([=] {
    one.Send(7);
    ++*sent;
    flag->store(1);
    wg->Done();
  });
  wg->Wait();
  ends({*sent, std::to_string(many.Len()) + std::to_string(one.Len())});
}

TEST(Bounds, Messages) { CompareWithPlain(Senders, &CheckOptions::max_messages, {1, 2, 3, 4, 5}); }

// The same over an unbuffered channel: the receiver takes what comes.
void Meetings(std::function<void(Run)> ends) {
  Channel<int> c, stop;
  auto sent = std::make_shared<int>(0);
  Go([=] {
    for (bool more = true; more;) {
      Select(Send(c, 1, [=] { ++*sent; }), Recv(stop, [&](std::optional<int>) { more = false; }));
      more = more && *sent < 3;
    }
    c.Close();
  });
  Go([=] { stop.Close(); });
  std::string got;
  while (c.Receive().has_value()) got += "x";
  ends({*sent, got});
}

TEST(Bounds, MessagesThatMeet) {
  CompareWithPlain(Meetings, &CheckOptions::max_messages, {1, 2, 3});
}

TEST(Bounds, WhatWaitsForAHeldBackStepIsNotJudged) {
  auto program = [] {
    Channel<int> c;
    Go([=] {
      c.Send(1);
      c.Send(2);
    });
    c.Receive();
    c.Receive();
  };
  CheckOptions options = Options(Strategy::kDpor);
  options.max_messages = 1;
  CheckResult r = Check(program, options);
  EXPECT_EQ(r.verdict, Verdict::kPass) << r.text();
  EXPECT_EQ(r.exploration.bounds.at("messages"), 1);
  options.max_messages = 2;
  EXPECT_EQ(Check(program, options).verdict, Verdict::kPass);
}

TEST(Bounds, WhatGoesWrongBeforeThemIsFound) {
  CheckOptions options = Options(Strategy::kDpor);
  options.max_goroutines = 2;
  CheckResult r = Check(
      [] {
        Channel<int> c;
        Go([=] { c.Close(); });
        c.Receive();
        c.Close();
        Go([] {});
        Go([] {});
      },
      options);
  EXPECT_TRUE(r.Has(FindingKind::kDoubleClose)) << r.text();
}

TEST(Bounds, TimeDoesNotMoveWhileAStepIsHeldBack) {
  CheckOptions options = Options(Strategy::kDpor);
  options.max_messages = 1;
  CheckResult r = Check(
      [] {
        Channel<int> c(4);
        auto sent = std::make_shared<Atomic<int>>(0);
        Go([=] {
          c.Send(1);
          c.Send(2);
          sent->store(1);
        });
        Sleep(std::chrono::milliseconds(10));
        if (sent->load() == 0) throw Panic("the sender cannot be that late");
      },
      options);
  EXPECT_TRUE(r.ok()) << r.text();
}

}  // namespace
}  // namespace heddle
