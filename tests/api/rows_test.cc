// SPDX-License-Identifier: Apache-2.0
// A count for each row of docs/dependence.md that only the relation described there gives.
//
// Every program does one kind of thing several times beside each other. One dependence more than
// the row says, and it would have more classes.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

#include "checker/api/check.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;

constexpr int kTasks = 3;

uint64_t Classes(const std::function<void()>& program, TimeModel time = TimeModel::kIdeal,
                 bool counts_tasks = false) {
  CheckOptions options;
  options.counts_tasks = counts_tasks;
  options.strategy = Strategy::kDpor;
  options.time = time;
  options.keep_going = true;
  CheckResult result = Check(program, options);
  EXPECT_TRUE(result.complete()) << result.text();
  EXPECT_EQ(result.exploration.redundant, 0u);
  EXPECT_EQ(result.exploration.executions, result.exploration.equivalence_classes);
  return result.exploration.equivalence_classes;
}

// Starts kTasks tasks that all do this.
template <class F>
void Several(F f) {
  for (int i = 0; i < kTasks; ++i) Go([=] { f(i); });
}

// ---- Channels ----

TEST(Rows, SendsAndReceivesAreOrderedOnlyThroughTheBuffer) {
  EXPECT_EQ(Classes([] {
              Channel<int> c(2);
              Go([=] {
                for (int i = 0; i < 5; ++i) c.Send(i);
              });
              for (int i = 0; i < 5; ++i) c.Receive();
            }),
            1u);
}

TEST(Rows, PollsThatFailCommute) {
  EXPECT_EQ(Classes([] {
              Channel<int> c(1), d;
              Several([=](int) { Select(Recv(c), Recv(d), Default()); });
            }),
            1u);
}

TEST(Rows, LensCommute) {
  EXPECT_EQ(Classes([] {
              Channel<int> c(1);
              Several([=](int) { c.Len(); });
            }),
            1u);
}

TEST(Rows, ReceivesFromAClosedChannelCommute) {
  EXPECT_EQ(Classes([] {
              Channel<int> c(1);
              c.Close();
              Several([=](int) { c.Receive(); });
            }),
            1u);
}

TEST(Rows, BufferedReceivesDoNotSeeTheClose) {
  EXPECT_EQ(Classes([] {
              Channel<int> c(2);
              c.Send(1);
              c.Send(2);
              Go([=] { c.Close(); });
              c.Receive();
              c.Receive();
            }),
            1u);
}

TEST(Rows, PanicsOnAClosedChannelCommute) {
  EXPECT_EQ(Classes([] {
              Channel<int> c;
              c.Close();
              Several([=](int i) { i == 0 ? c.Close() : c.Send(1); });
            }),
            1u);
}

TEST(Rows, RendezvousOfDifferentTasksCommute) {
  EXPECT_EQ(Classes([] {
              Channel<int> c;
              for (int i = 0; i < 2; ++i) Go([=] { c.Send(i); });
              for (int i = 0; i < 2; ++i) Go([=] { c.Receive(); });
            }),
            2u);  // who meets whom
}

TEST(Rows, ASelectReadsTheCaseItTakesAlone) {
  EXPECT_EQ(Classes([] {
              Channel<int> a(1), b(kTasks);
              a.Send(0);
              Several([=](int i) { b.Send(i); });
              Select(Recv(a));
            }),
            6u);
  EXPECT_EQ(Classes([] {
              Channel<int> a(1), b(1), c;
              a.Send(0);
              Go([=] { b.Send(0); });
              Select(Recv(a), Recv(b));
            }),
            2u);  // which case, not whether b was ready
}

TEST(Rows, NilChannelsAreNoObjects) {
  EXPECT_EQ(Classes([] {
              Several([=](int) {
                Select(Recv(Channel<int>::Nil()), Recv(Channel<int>::Nil()), Default());
              });
            }),
            1u);
}

// ---- Locks ----

TEST(Rows, TryLocksThatFailCommute) {
  EXPECT_EQ(Classes([] {
              auto mu = std::make_shared<Mutex>();
              mu->lock();
              Several([=](int) { mu->try_lock(); });
            }),
            1u);
}

TEST(Rows, ReadLocksAndUnlocksCommute) {
  EXPECT_EQ(Classes([] {
              auto rw = std::make_shared<RwMutex>();
              Several([=](int i) {
                if (i == 0) {
                  rw->lock_shared();
                } else {
                  rw->try_lock_shared();
                }
                rw->unlock_shared();
              });
            }),
            1u);
}

TEST(Rows, TriesOfAWriteLockedRwMutexCommute) {
  EXPECT_EQ(Classes([] {
              auto rw = std::make_shared<RwMutex>();
              rw->lock();
              Several([=](int i) { i == 0 ? rw->try_lock_shared() : rw->try_lock(); });
            }),
            1u);
}

TEST(Rows, AnAnnouncementDoesNotSeeReadUnlocks) {
  EXPECT_EQ(Classes([] {
              auto rw = std::make_shared<RwMutex>();
              for (int i = 0; i < kTasks; ++i) rw->lock_shared();
              Go([=] { Lock guard(*rw); });
              for (int i = 0; i < kTasks; ++i) rw->unlock_shared();
            }),
            1u);
}

TEST(Rows, TheFirstHalfOfATryLockDoesNotSeeReaders) {
  // Each reader locks before or after the look at the readers, who are never none.
  EXPECT_EQ(Classes([] {
              auto rw = std::make_shared<RwMutex>();
              rw->lock_shared();
              Go([=] { rw->try_lock(); });
              Several([=](int) { rw->lock_shared(); });
            }),
            8u);
}

// ---- Waiting ----

TEST(Rows, WaitsCommute) {
  EXPECT_EQ(Classes([] {
              auto wg = std::make_shared<WaitGroup>();
              Several([=](int) { wg->Wait(); });
            }),
            1u);
}

TEST(Rows, LaterEntriesOfAOnceCommute) {
  EXPECT_EQ(Classes([] {
              auto once = std::make_shared<Once>();
              Several([=](int) { once->Do([] {}); });
            }),
            static_cast<uint64_t>(kTasks));  // who is first
}

TEST(Rows, SignalsThatWakeNobodyCommute) {
  EXPECT_EQ(Classes([] {
              auto mu = std::make_shared<Mutex>();
              auto cond = std::make_shared<Cond>(*mu);
              Several([=](int) { cond->Signal(); });
            }),
            1u);
}

TEST(Rows, LoadsCommute) {
  EXPECT_EQ(Classes([] {
              auto x = std::make_shared<Atomic<int>>(0);
              Several([=](int) { x->load(); });
            }),
            1u);
}

TEST(Rows, StartsAndEndsCommuteBesideACount) {
  auto program = [] {
    Several([](int) {});
    NumTasks();
  };
  EXPECT_EQ(Classes(program, TimeModel::kIdeal, true), 8u);  // each of three has ended or not
}

TEST(Rows, CountsCommute) {
  auto program = [] {
    Channel<int> never;
    Several([=](int) {
      NumTasks();
      never.Receive();
    });
    never.Receive();
  };
  // The first count comes before, between or after the other two starts, the second before or after
  // the last.
  EXPECT_EQ(Classes(program, TimeModel::kIdeal, true), 6u);
}

TEST(Rows, ChoicesMultiply) {
  EXPECT_EQ(Classes([] { Several([](int) { Choose(2); }); }), 8u);
}

// ---- Contexts ----

TEST(Rows, TreesOfContextsAreIndependent) {
  EXPECT_EQ(Classes([] {
              Several([](int) {
                auto [ctx, cancel] = WithCancel(Background());
                auto [child, cancel_child] = WithCancel(ctx);
                cancel();
                child.Err();
              });
            }),
            1u);
}

TEST(Rows, ReadingsOfAContextCommute) {
  EXPECT_EQ(Classes([] {
              auto [ctx, cancel] = WithCancel(Background());
              Several([ctx = ctx](int i) {
                if (i == 0) {
                  ctx.Err();
                } else if (i == 1) {
                  Select(Recv(ctx.Done()), Default());
                } else {
                  WithCancel(ctx);
                }
              });
            }),
            1u);
}

TEST(Rows, ErrIsBeforeOrAfterTheCancel) {
  EXPECT_EQ(Classes([] {
              auto [ctx, cancel] = WithCancel(Background());
              Several([ctx = ctx](int) { ctx.Err(); });
              cancel();
            }),
            8u);
}

TEST(Rows, ReceivesFromDoneDoNotSeeTheCancel) {
  EXPECT_EQ(Classes([] {
              auto [ctx, cancel] = WithCancel(Background());
              Several([ctx = ctx](int) {
                ctx.Done().Receive();
                ctx.Err();
              });
              cancel();
            }),
            1u);
}

TEST(Rows, ChildrenThatOnlyWaitAreVisitedInOneOrder) {
  EXPECT_EQ(Classes([] {
              auto [ctx, cancel] = WithCancel(Background());
              for (int i = 0; i < kTasks; ++i) {
                auto [child, cancel_child] = WithCancel(ctx);
                Go([child = child] {
                  child.Done().Receive();
                  child.Err();
                });
              }
              cancel();
            }),
            1u);
}

TEST(Rows, ChildrenThatAreObservedAreVisitedInEveryOrder) {
  // An observer of both children sees either cancelled first.
  uint64_t seen = 0;
  Classes([&] {
    auto [ctx, cancel] = WithCancel(Background());
    auto [a, cancel_a] = WithCancel(ctx);
    auto [b, cancel_b] = WithCancel(ctx);
    Go([=, &seen, a = a, b = b] {
      bool first = static_cast<bool>(a.Err()), second = static_cast<bool>(b.Err());
      seen |= 1u << (first * 2 + second);
    });
    cancel();
  });
  EXPECT_EQ(seen, 0b1111u);
}

// ---- Time ----

TEST(Rows, TimersOfDifferentTasksAreIndependentInIdealTime) {
  EXPECT_EQ(Classes([] {
              Several([](int) {
                Sleep(1ms);
                Now();
              });
            }),
            1u);
  EXPECT_EQ(Classes([] { Several([](int) { Timer(1ms).Stop(); }); }), 1u);
}

TEST(Rows, NoClockOrdersUnrelatedTimersInAsynchronousTime) {
  const uint64_t stops[] = {2, 4, 8, 16}, sleepers[] = {1, 1, 1, 1};
  for (int n = 1; n <= 4; ++n) {
    EXPECT_EQ(Classes(
                  [n] {
                    for (int i = 0; i < n; ++i) Go([] { Timer(1ms).Stop(); });
                  },
                  TimeModel::kAsync),
              stops[n - 1]);
    EXPECT_EQ(Classes(
                  [n] {
                    for (int i = 0; i < n; ++i) Go([] { Sleep(1ms); });
                  },
                  TimeModel::kAsync),
              sleepers[n - 1]);
  }
}

TEST(Rows, ReadingsOfTheClockCommuteInAsynchronousTime) {
  EXPECT_EQ(Classes([] { Several([](int) { Now(); }); }, TimeModel::kAsync), 1u);
  EXPECT_EQ(Classes(
                [] {
                  Several([](int) {
                    Sleep(1ms);
                    Now();
                  });
                },
                TimeModel::kAsync),
            1u);
}

TEST(Rows, TicksThatAreDroppedAreNoEventsInAsynchronousTime) {
  EXPECT_EQ(Classes([] { Ticker ticker(1ms); }, TimeModel::kAsync), 1u);
  // The stop against the next tick, after each receive.
  EXPECT_EQ(Classes(
                [] {
                  Ticker ticker(1ms);
                  ticker.C().Receive();
                  ticker.C().Receive();
                  ticker.Stop();
                },
                TimeModel::kAsync),
            2u);
}

// Who sees a timer not expired is ordered with arming, stopping and expiry; who does not, is not.
TEST(Rows, PollsOfATimerSeeItInAsynchronousTime) {
  auto polled = [](bool stop) {
    return [stop] {
      Timer timer(1ms);
      Go([=] { Select(Recv(timer.C()), Default()); });
      if (stop) timer.Stop();
    };
  };
  EXPECT_EQ(Classes(polled(false), TimeModel::kAsync), 2u);
  // The poll before or after the stop; or before an expiry, after it, after its value was taken
  // back.
  EXPECT_EQ(Classes(polled(true), TimeModel::kAsync), 5u);
}

}  // namespace
}  // namespace heddle
