// SPDX-License-Identifier: Apache-2.0
// heddle::Check and the matchers: every kind of finding by a minimal program, reports, replay,
// options.
#include <gtest/gtest.h>

#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/api/gtest.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

// A worker pool that drains its jobs and stops when the context is cancelled.
class Pool {
 public:
  Pool(int workers, Context ctx) {
    for (int i = 0; i < workers; ++i) {
      wg_->Go([ctx, jobs = jobs_, results = results_] {
        bool stop = false;
        while (!stop) {
          Select(Recv(ctx.Done(), [&] { stop = true; }), Recv(jobs, [&](std::optional<int> job) {
                   if (!job.has_value()) {
                     stop = true;
                     return;
                   }
                   Select(Send(results, *job * *job), Recv(ctx.Done(), [&] { stop = true; }));
                 }));
        }
      });
    }
  }
  const Channel<int>& jobs() const { return jobs_; }
  const Channel<int>& results() const { return results_; }
  void Wait() { wg_->Wait(); }

 private:
  Channel<int> jobs_;
  Channel<int> results_;
  std::shared_ptr<WaitGroup> wg_ = std::make_shared<WaitGroup>();
};

TEST(Pool, ShutdownStopsEveryWorker) {
  EXPECT_THAT(Check([] {
                auto [ctx, cancel] = WithCancel(Background());
                Pool pool(2, ctx);
                pool.jobs().Send(3);
                Select(Recv(pool.results()), Recv(ctx.Done()));
                cancel();
                pool.Wait();
              }),
              FindsNothing());
}

TEST(Pool, DoneChannelOfOneSendStopsOneWorkerOnly) {
  EXPECT_THAT(Check([] {
                Channel<Void> done(1);
                for (int i = 0; i < 2; ++i) Go([=] { done.Receive(); });
                done.Send({});
              }),
              Finds(FindingKind::kGoroutineLeak));
}

// ---- One minimal program for each kind ----------------------------------------------------------

TEST(Kinds, Deadlock) {
  EXPECT_THAT(Check([] {
                auto a = std::make_shared<Mutex>(), b = std::make_shared<Mutex>();
                Task task = Go([=] {
                  Lock first(*b);
                  Lock second(*a);
                });
                {
                  Lock first(*a);
                  Lock second(*b);
                }
                task.Join();
              }),
              Finds(FindingKind::kDeadlock));
}

TEST(Kinds, GoroutineLeak) {
  EXPECT_THAT(Check([] {
                Channel<int> result;
                for (int i = 0; i < 2; ++i) Go([=] { result.Send(i); });
                result.Receive();
              }),
              Finds(FindingKind::kGoroutineLeak));
}

TEST(Kinds, LostCancel) {
  EXPECT_THAT(Check([] {
                auto [ctx, cancel] = WithCancel(Background());
                Channel<int> jobs;
                Go([=, ctx = ctx] {
                  while (!ctx.Err()) jobs.Receive();
                });
                cancel();
              }),
              Finds(FindingKind::kLostCancel));
}

TEST(Kinds, LostCancelOfACapturedContextNeverLookedAt) {
  EXPECT_THAT(Check([] {
                auto [ctx, cancel] = WithCancel(Background());
                Channel<int> jobs;
                Go([jobs, ctx = ctx] { jobs.Receive(); });
                cancel();
              }),
              Finds(FindingKind::kLostCancel));
}

TEST(Kinds, DoubleClose) {
  CheckResult result = Check([] {
    Channel<int> c;
    Go([=] { c.Close(); });
    c.Close();
  });
  ASSERT_THAT(result, Finds(FindingKind::kDoubleClose));
  EXPECT_THAT(result.findings[0].message, HasSubstr("close of closed channel"));
}

TEST(Kinds, CloseNil) {
  EXPECT_THAT(Check([] { Channel<int>::Nil().Close(); }), Finds(FindingKind::kCloseNil));
}

TEST(Kinds, SendOnClosed) {
  EXPECT_THAT(Check([] {
                Channel<int> c(1);
                Go([=] { c.Close(); });
                c.Send(1);
              }),
              Finds(FindingKind::kSendOnClosed));
}

TEST(Kinds, MaskedPanic) {
  EXPECT_THAT(Check([] {
                Channel<int> c(1);
                Go([=] { c.Close(); });
                try {
                  c.Send(1);
                } catch (const Panic&) {
                }
              }),
              Finds(FindingKind::kMaskedPanic));
}

TEST(Kinds, PanicOfTheProgram) {
  EXPECT_THAT(Check([] { Go([] { throw Panic("invariant broken"); }); }),
              Finds(FindingKind::kPanic));
}

TEST(Kinds, WaitGroupMisuse) {
  EXPECT_THAT(Check([] { WaitGroup().Done(); }), Finds(FindingKind::kWaitGroupMisuse));
}

TEST(Kinds, MutexMisuse) {
  EXPECT_THAT(Check([] { Mutex().unlock(); }), Finds(FindingKind::kMutexMisuse));
}

TEST(Kinds, DataRace) {
  EXPECT_THAT(Check([] {
                auto x = std::make_shared<Var<int>>(0);
                Go([=] { x->Set(1); });
                x->Get();
              }),
              Finds(FindingKind::kDataRace));
}

TEST(Kinds, TestFailure) {
  CheckResult result = Check([] {
    auto x = std::make_shared<Atomic<int>>(0);
    Go([=] { x->store(1); });
    Assert(x->load() == 0, "nobody has written yet");
  });
  ASSERT_THAT(result, Finds(FindingKind::kTestFailure));
  EXPECT_THAT(result.findings[0].message, HasSubstr("nobody has written yet"));
}

// ---- Reports ------------------------------------------------------------------------------------

void TwoClosers() {
  Channel<int> c;
  Go([=] { c.Close(); });
  c.Close();
}

TEST(Report, NamesFindingStepsAndSchedule) {
  std::string text = Check(TwoClosers).text();
  EXPECT_THAT(text, HasSubstr("double-close"));
  EXPECT_THAT(text, HasSubstr("close of closed channel"));
  EXPECT_THAT(text, HasSubstr("check_test.cc:"));
  EXPECT_THAT(text, HasSubstr("schedule: \""));
  EXPECT_THAT(text, HasSubstr("explored: "));
}

TEST(Report, ScheduleReplaysTheFinding) {
  CheckResult found = Check(TwoClosers);
  ASSERT_THAT(found, Finds(FindingKind::kDoubleClose));
  CheckResult replayed = Replay(TwoClosers, found.findings[0].schedule);
  EXPECT_THAT(replayed, Finds(FindingKind::kDoubleClose));
  EXPECT_EQ(replayed.findings[0].trace->fingerprint, found.findings[0].trace->fingerprint);
}

TEST(Report, SameArgumentsSameFinding) {
  EXPECT_EQ(Check(TwoClosers).findings[0].schedule, Check(TwoClosers).findings[0].schedule);
}

TEST(Report, ProgramThatDoesNotRepeatItselfIsNamed) {
  int calls = 0;
  CheckResult result = Check(
      [&] {
        Channel<int> c(10), d(10);
        (++calls % 2 == 0 ? c : d).Send(1);
        Go([=] { c.Send(1); });
        Go([=] { c.Send(2); });
        Go([=] { d.Send(2); });
      },
      {.strategy = Strategy::kDpor});
  EXPECT_NE(result.verdict, Verdict::kPass) << result.text();
}

// ---- Matchers -----------------------------------------------------------------------------------

template <class Matcher>
std::string Explain(const Matcher& matcher, const CheckResult& result) {
  testing::StringMatchResultListener listener;
  testing::Matcher<const CheckResult&> m = matcher;
  EXPECT_FALSE(m.MatchAndExplain(result, &listener));
  std::ostringstream description;
  m.DescribeTo(&description);
  return description.str() + ": " + listener.str();
}

TEST(Matchers, ExplainWhatWasFoundInstead) {
  CheckResult result = Check(TwoClosers);
  EXPECT_THAT(Explain(FindsNothing(), result),
              HasSubstr("finds nothing in all executions: which finds double-close"));
  EXPECT_THAT(Explain(Finds(FindingKind::kDeadlock), result),
              HasSubstr("finds deadlock: which finds double-close instead"));
  EXPECT_THAT(Explain(Finds(FindingKind::kDeadlock), Check([] {})),
              HasSubstr("which finds nothing"));
  EXPECT_THAT(result, Not(FindsNothing()));
}

TEST(Matchers, IncompleteIsNotNothing) {
  CheckResult result = Check(
      [] {
        Channel<int> c(5);
        for (int i = 0; i < 5; ++i) Go([=] { c.Send(i); });
      },
      {.strategy = Strategy::kDpor, .max_executions = 3});
  EXPECT_THAT(Explain(FindsNothing(), result), HasSubstr("has not been explored to the end"));
  EXPECT_THAT(result, FindsNothingSoFar());
}

// ---- Options ------------------------------------------------------------------------------------

TEST(Options, KeepGoingReportsEachFindingOnce) {
  CheckOptions options;
  options.keep_going = true;
  CheckResult result = Check(
      [] {
        Channel<int> c;
        Go([=] { c.Close(); });
        Go([=] { c.Close(); });
        auto x = std::make_shared<Var<int>>(0);
        Go([=] { x->Set(1); });
        x->Get();
      },
      options);
  EXPECT_TRUE(result.Has(FindingKind::kDoubleClose)) << result.text();
  EXPECT_TRUE(result.Has(FindingKind::kDataRace)) << result.text();
  EXPECT_TRUE(result.complete());
}

TEST(Options, AutoLooksAtBothTimeModels) {
  auto program = [] {
    Channel<int> result;
    Go([=] { result.Send(1); });
    Select(Recv(result), Recv(After(10ms)));
  };
  EXPECT_THAT(Check(program, {.time = TimeModel::kIdeal}), FindsNothing());
  CheckResult both = Check(program);
  ASSERT_THAT(both, Finds(FindingKind::kGoroutineLeak));
  EXPECT_EQ(both.findings[0].time, "async");
}

TEST(Options, EndlessExecutionIsCut) {
  CheckResult result = Check(
      [] {
        Channel<int> c(1);
        for (;;) {
          c.Send(1);
          c.Receive();
        }
      },
      {.max_executions = 2, .max_steps = 1000});
  EXPECT_EQ(result.verdict, Verdict::kIncomplete);
  EXPECT_THAT(result.exploration.cut_by, testing::Contains("max-steps"));
}

int Recurse(int depth) {
  volatile char frame[512];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? 0 : Recurse(depth - 1) + frame[0];
}

TEST(TasksDeathTest, AStackOverflowIsAMessage) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(Check([] { Choose(Recurse(10'000'000) == 0 ? 2 : 3); }),
               "a task overflowed its stack");
}

TEST(Options, TimersCanBeBounded) {
  EXPECT_THAT(Check(
                  [] {
                    Ticker ticker(10ms);
                    for (;;) ticker.C().Receive();
                  },
                  {.time = TimeModel::kIdeal, .max_timer_expiries = 3}),
              FindsNothing());
}

}  // namespace
}  // namespace heddle
