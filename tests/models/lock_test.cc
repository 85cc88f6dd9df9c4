// SPDX-License-Identifier: Apache-2.0
// Mutex, RwMutex, WaitGroup, Once, Cond, atomics, through the C++ API.
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>

#include "tests/models/outcomes.h"

namespace heddle {
namespace {

using Set = std::set<std::string>;

TEST(Mutex, StandardGuardsWork) {
  EXPECT_THAT(Check([] {
                auto mu = std::make_shared<Mutex>();
                auto count = std::make_shared<Var<int>>(0);
                WaitGroup wg;
                for (int i = 0; i < 2; ++i) {
                  wg.Go([=] {
                    std::lock_guard guard(*mu);
                    count->Set(count->Get() + 1);
                  });
                }
                wg.Wait();
                std::unique_lock lock(*mu);
                Assert(count->Get() == 2, "both counted");
                lock.unlock();
                lock.lock();
              }),
              FindsNothing());
}

TEST(Mutex, TryLockFailsWhileLocked) {
  EXPECT_EQ(Outcomes([] {
              auto mu = std::make_shared<Mutex>();
              Channel<Void> done;
              Go([=] {
                Lock guard(*mu);
                done.Close();
              });
              std::string got = mu->try_lock() ? "got" : "busy";
              if (got == "got") mu->unlock();
              done.Receive();
              return got;
            }),
            Set({"got", "busy"}));
}

TEST(Mutex, LockTwiceDeadlocks) {
  EXPECT_THAT(Check([] {
                Mutex mu;
                mu.lock();
                mu.lock();
              }),
              Finds(FindingKind::kDeadlock));
}

TEST(Mutex, UnlockOfUnlockedEndsTheTaskEvenIfCaught) {
  bool went_on = false;
  CheckResult result = Check([&] {
    Mutex mu;
    try {
      mu.unlock();
    } catch (...) {
    }
    mu.lock();
    went_on = true;
  });
  EXPECT_THAT(result, Finds(FindingKind::kMutexMisuse));
  EXPECT_FALSE(went_on);
  EXPECT_EQ(result.findings.size(), 1u);
  EXPECT_THAT(result.findings[0].message,
              testing::HasSubstr("fatal error: sync: unlock of unlocked mutex"));
}

TEST(Mutex, UnlockOfUnlockedByAGuardIsReportedNotTerminated) {
  EXPECT_THAT(Check([] {
                Mutex mu;
                Lock guard(mu);
                mu.unlock();
              }),
              Finds(FindingKind::kMutexMisuse));
}

TEST(RwMutex, ReadersShareAndWritersExclude) {
  EXPECT_THAT(Check([] {
                auto rw = std::make_shared<RwMutex>();
                auto value = std::make_shared<Var<int>>(0);
                WaitGroup wg;
                for (int i = 0; i < 2; ++i) {
                  wg.Go([=] {
                    std::shared_lock lock(*rw);
                    value->Get();
                  });
                }
                wg.Go([=] {
                  std::lock_guard lock(*rw);
                  value->Set(1);
                });
                wg.Wait();
              }),
              FindsNothing());
}

TEST(RwMutex, RecursiveReadLockCanDeadlock) {
  EXPECT_THAT(Check([] {
                auto rw = std::make_shared<RwMutex>();
                Go([=] { Lock guard(*rw); });
                ReadLock outer(*rw);
                ReadLock inner(*rw);
              }),
              Finds(FindingKind::kDeadlock));
}

TEST(RwMutex, TryLocks) {
  EXPECT_EQ(Outcomes([] {
              RwMutex rw;
              std::string seen;
              seen += rw.try_lock_shared() ? "r" : "-";
              seen += rw.try_lock() ? "w" : "-";
              seen += rw.try_lock_shared() ? "r" : "-";
              rw.unlock_shared();
              rw.unlock_shared();
              seen += rw.try_lock() ? "w" : "-";
              seen += rw.try_lock_shared() ? "r" : "-";
              rw.unlock();
              return seen;
            }),
            Set({"r-rw-"}));
}

TEST(RwMutex, MisuseIsFatal) {
  EXPECT_THAT(Check([] { RwMutex().unlock(); }), Finds(FindingKind::kMutexMisuse));
  EXPECT_THAT(Check([] { RwMutex().unlock_shared(); }), Finds(FindingKind::kMutexMisuse));
}

TEST(WaitGroup, WaitsForAll) {
  EXPECT_THAT(Check([] {
                auto sum = std::make_shared<Atomic<int>>(0);
                WaitGroup wg;
                for (int i = 1; i <= 3; ++i) wg.Go([=] { *sum += i; });
                wg.Wait();
                Assert(sum->load() == 6, "all have added");
              }),
              FindsNothing());
}

TEST(WaitGroup, NegativeCounterPanics) {
  EXPECT_EQ(Outcomes([] {
              WaitGroup wg;
              return PanicOf([&] { wg.Done(); });
            }),
            Set({"sync: negative WaitGroup counter"}));
}

TEST(WaitGroup, WorkerThatThrowsStillCountsAsDone) {
  EXPECT_EQ(Outcomes([] {
              WaitGroup wg;
              wg.Go([] { throw std::runtime_error("broken"); });
              wg.Wait();
              return "waited";
            }),
            Set({"waited"}));
}

TEST(Once, RunsOnceAndEveryoneWaits) {
  EXPECT_EQ(Outcomes([] {
              auto once = std::make_shared<Once>();
              auto count = std::make_shared<Atomic<int>>(0);
              Channel<std::string> seen(2);
              for (int i = 0; i < 2; ++i) {
                Go([=] {
                  once->Do([&] {
                    Gosched();
                    ++*count;
                  });
                  seen.Send(std::to_string(count->load()));
                });
              }
              std::string first = *seen.Receive();
              return first + *seen.Receive();
            }),
            Set({"11"}));
}

TEST(Once, AFunctionThatThrowsCountsAsDone) {
  EXPECT_EQ(Outcomes([] {
              Once once;
              int calls = 0;
              std::string first = PanicOf([&] {
                once.Do([&] {
                  ++calls;
                  throw Panic("once");
                });
              });
              once.Do([&] { ++calls; });
              return first + std::to_string(calls);
            }),
            Set({"once1"}));
}

TEST(Once, RecursionDeadlocks) {
  EXPECT_THAT(Check([] {
                Once once;
                once.Do([&] { once.Do([] {}); });
              }),
              Finds(FindingKind::kDeadlock));
}

struct Gate {
  Mutex mu;
  Cond cond{mu};
  bool open = false;
};

TEST(Cond, SignalWakesAWaiter) {
  EXPECT_THAT(Check([] {
                auto gate = std::make_shared<Gate>();
                Go([=] {
                  Lock guard(gate->mu);
                  gate->open = true;
                  gate->cond.Signal();
                });
                Lock guard(gate->mu);
                gate->cond.Wait([&] { return gate->open; });
              }),
              FindsNothing());
}

TEST(Cond, OneSignalForTwoWaitersLosesOne) {
  EXPECT_THAT(Check([] {
                auto gate = std::make_shared<Gate>();
                for (int i = 0; i < 2; ++i) {
                  Go([=] {
                    Lock guard(gate->mu);
                    gate->cond.Wait([&] { return gate->open; });
                  });
                }
                Lock guard(gate->mu);
                gate->open = true;
                gate->cond.Signal();
              }),
              Finds(FindingKind::kGoroutineLeak));
}

TEST(Cond, WaitWithoutTheLockIsFatal) {
  EXPECT_THAT(Check([] {
                Gate gate;
                gate.cond.Wait();
              }),
              Finds(FindingKind::kMutexMisuse));
}

// ---- Memory -------------------------------------------------------------------------------------

TEST(Atomic, LostUpdateOfSeparateLoadAndStore) {
  auto counter = [](bool atomically) {
    return Outcomes([=] {
      auto x = std::make_shared<Atomic<int>>(0);
      WaitGroup wg;
      for (int i = 0; i < 2; ++i) {
        wg.Go([=] {
          if (atomically) {
            ++*x;
          } else {
            x->store(x->load() + 1);
          }
        });
      }
      wg.Wait();
      return std::to_string(x->load());
    });
  };
  EXPECT_EQ(counter(true), Set({"2"}));
  EXPECT_EQ(counter(false), Set({"1", "2"}));
}

TEST(Atomic, Operations) {
  EXPECT_EQ(Outcomes([] {
              Atomic<int> x(5);
              std::string seen = std::to_string(x.exchange(6));
              seen += std::to_string(x.fetch_add(2));
              seen += std::to_string(x.fetch_sub(1));
              seen += std::to_string(x.fetch_or(8));
              seen += std::to_string(x.fetch_and(12)) + "/";
              int expected = 1;
              bool exchanged = x.compare_exchange(expected, 9);
              seen += (exchanged ? "yes" : "no") + std::to_string(expected);
              seen += x.compare_exchange(expected, 9) ? "yes" : "no";
              x = 1;
              x += 2;
              x -= 1;
              ++x;
              x--;
              return seen + std::to_string(x);
            }),
            Set({"568715/no12yes2"}));
}

TEST(Atomic, StoreBufferingIsSequentiallyConsistent) {
  EXPECT_EQ(Outcomes([] {
              auto x = std::make_shared<Atomic<int>>(0), y = std::make_shared<Atomic<int>>(0);
              Channel<std::string> seen(1);
              Go([=] {
                y->store(1);
                seen.Send(std::to_string(x->load()));
              });
              x->store(1);
              std::string mine = std::to_string(y->load());
              return mine + *seen.Receive();
            }),
            Set({"01", "10", "11"}));
}

TEST(Var, RacesAreFoundAndOrderedAccessesAreNot) {
  EXPECT_THAT(Check([] {
                auto x = std::make_shared<Var<int>>(0);
                Go([=] { *x = 1; });
                *x = 2;
              }),
              Finds(FindingKind::kDataRace));
  EXPECT_THAT(Check([] {
                auto x = std::make_shared<Var<int>>(0);
                Channel<Void> done;
                Go([=] {
                  *x += 1;
                  done.Close();
                });
                done.Receive();
                Assert(*x == 1, "the write is seen");
              }),
              FindsNothing());
}

TEST(Var, ReusedMemoryIsNoRace) {
  EXPECT_THAT(Check([] {
                for (int i = 0; i < 2; ++i) {
                  Go([] {
                    Var<int> local(0);
                    local = local + 1;
                    Gosched();
                    ++local;
                  });
                }
              }),
              FindsNothing());
}

}  // namespace
}  // namespace heddle
