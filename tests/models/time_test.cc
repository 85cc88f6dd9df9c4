// SPDX-License-Identifier: Apache-2.0
// Virtual time and contexts through the C++ API.
#include <chrono>
#include <memory>
#include <string>

#include "tests/models/outcomes.h"

namespace heddle {
namespace {

using namespace std::chrono_literals;
using Set = std::set<std::string>;

CheckOptions Async() {
  CheckOptions options = AllExecutions();
  options.time = TimeModel::kAsync;
  return options;
}

std::string Millis(Duration d) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(d).count());
}

TEST(Time, MovesOnlyWithTimers) {
  EXPECT_EQ(Outcomes([] {
              TimePoint start = Now();
              Sleep(0ms);
              std::string seen = Millis(Now() - start);
              Sleep(30ms);
              return seen + " " + Millis(Now() - start);
            }),
            Set({"0 30"}));
}

TEST(Time, StartsInTheYear2000) {
  EXPECT_EQ(
      Outcomes([] {
        return std::to_string(
            std::chrono::duration_cast<std::chrono::seconds>(Now().time_since_epoch()).count());
      }),
      Set({"946684800"}));
}

TEST(Time, IdealSleepersWakeInOrderOfTheirDeadlines) {
  auto program = [] {
    Channel<int> order(2);
    Go([=] {
      Sleep(20ms);
      order.Send(2);
    });
    Go([=] {
      Sleep(10ms);
      order.Send(1);
    });
    int first = *order.Receive();
    return std::to_string(first) + std::to_string(*order.Receive());
  };
  EXPECT_EQ(Outcomes(program), Set({"12"}));
  EXPECT_EQ(Outcomes(program, Async()), Set({"12", "21"}));
}

TEST(Time, TimerFiresStopsAndResets) {
  EXPECT_EQ(Outcomes([] {
              TimePoint start = Now();
              Timer timer(10ms);
              std::string seen = timer.Stop() ? "stopped " : "too late ";
              seen += timer.Stop() ? "stopped " : "idle ";
              seen += timer.Reset(5ms) ? "was armed " : "rearmed ";
              seen += Millis(*timer.C().Receive() - start);
              return seen + std::to_string(timer.C().Len() + timer.C().Cap());
            }),
            Set({"stopped idle rearmed 50"}));
}

TEST(Time, StoppedTimerLeavesNoStaleValue) {
  EXPECT_EQ(Outcomes([] {
              Timer timer(10ms);
              Sleep(20ms);
              std::string seen = timer.Stop() ? "taken back " : "missed ";
              Select(Recv(timer.C(), [&] { seen += "stale"; }), Default([&] { seen += "empty"; }));
              return seen;
            }),
            Set({"taken back empty"}));
}

TEST(Time, TickerTicksAndDropsWhatNobodyTakes) {
  CheckOptions options = AllExecutions();
  EXPECT_EQ(Outcomes(
                [] {
                  TimePoint start = Now();
                  Ticker ticker(10ms);
                  std::string seen = Millis(*ticker.C().Receive() - start);
                  Sleep(35ms);
                  seen += " " + Millis(*ticker.C().Receive() - start);
                  seen += " " + Millis(*ticker.C().Receive() - start);
                  ticker.Stop();
                  return seen;
                },
                options),
            Set({"10 20 50"}));
  EXPECT_EQ(Outcomes([] { return PanicOf([] { Ticker bad(0ms); }); }),
            Set({"non-positive interval for NewTicker"}));
}

TEST(Time, TickIsHandedToWhoIsParked) {
  // At the tick main has waited through a quiescence; the other only comes by then.
  auto program = [] {
    Channel<TimePoint> tick = After(10ms);
    Go([=] {
      Sleep(10ms);
      Select(Recv(tick), Default());
    });
    tick.Receive();
  };
  CheckOptions ideal = AllExecutions();
  ideal.time = TimeModel::kIdeal;
  EXPECT_EQ(Check(program, ideal).verdict, Verdict::kPass);
  EXPECT_EQ(Check(program, Async()).verdict, Verdict::kFail);  // it may come before main has
}

TEST(Time, AfterInASelectIsATimeout) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> never;
              std::string seen;
              Select(Recv(never), Recv(After(10ms), [&](TimePoint) { seen = "timeout"; }));
              return seen;
            }),
            Set({"timeout"}));
}

TEST(Time, TimeoutMayBeatTheResultOnlyWhenTasksAreSlow) {
  auto program = [] {
    Channel<int> result(1);
    Go([=] { result.Send(1); });
    std::string seen;
    Select(Recv(result, [&] { seen = "result"; }), Recv(After(10ms), [&] { seen = "timeout"; }));
    return seen;
  };
  EXPECT_EQ(Outcomes(program), Set({"result"}));
  EXPECT_EQ(Outcomes(program, Async()), Set({"result", "timeout"}));
}

// The second timer is armed while nothing has expired, and yet any time after the first.
TEST(Time, PassesWhileTasksAreSlow) {
  auto program = [] {
    Timer first(15ms);
    Channel<std::string> seen(1);
    Go([=] {
      Timer second(10ms);
      std::string text = "in time ";
      Select(Recv(first.C(), [&](TimePoint) { text = "late"; }), Default());
      if (text != "late") {
        first.C().Receive();
        Select(Recv(second.C(), [&](TimePoint) { text += "second"; }),
               Default([&] { text += "first"; }));
      }
      seen.Send(text);
    });
    return *seen.Receive();
  };
  EXPECT_EQ(Outcomes(program), Set({"in time second"}));
  EXPECT_EQ(Outcomes(program, Async()), Set({"late", "in time second", "in time first"}));
}

// Each of the two may be late, but they cannot both be later than the other.
TEST(Time, TwoTasksAreNotBothSlowerThanTheOther) {
  auto program = [] {
    Timer timers[] = {AfterFunc(1h, [] {}), AfterFunc(1h, [] {})};
    Channel<bool> seen[] = {Channel<bool>(1), Channel<bool>(1)};
    for (size_t i = 0; i < 2; ++i) {
      Go([=] {
        timers[i].Reset(10ms);
        Sleep(11ms);
        seen[i].Send(timers[1 - i].Stop());
      });
    }
    std::string armed = *seen[0].Receive() ? "y" : "n";
    return armed + (*seen[1].Receive() ? "y" : "n");
  };
  EXPECT_EQ(Outcomes(program, Async()), Set({"nn", "ny", "yn"}));
}

TEST(Time, ClockShowsTheEarliestTimeThatIsPossible) {
  auto program = [] {
    TimePoint start = Now();
    Channel<Void> done;
    Go([=] {
      Sleep(20ms);
      done.Close();
    });
    Sleep(5ms);
    std::string seen = Millis(Now() - start);
    done.Receive();
    TimePoint tick = *After(3ms).Receive();
    return seen + " " + Millis(tick - start) + " " + Millis(Now() - start);
  };
  EXPECT_EQ(Outcomes(program, Async()), Set({"5 23 23"}));
}

TEST(Time, TickerComesToRestWhenTasksAreSlow) {
  auto program = [] {
    TimePoint start = Now();
    Ticker ticker(10ms);
    std::string seen;
    for (int i = 0; i < 2; ++i) seen += Millis(*ticker.C().Receive() - start) + " ";
    Sleep(35ms);
    seen += Millis(*ticker.C().Receive() - start) + " ";
    ticker.Stop();
    return seen;
  };
  EXPECT_EQ(Outcomes(program, Async()), Set({"10 20 30 "}));
}

TEST(Time, AfterFuncRunsInATaskOfItsOwn) {
  EXPECT_EQ(Outcomes([] {
              Channel<std::string> said;
              Timer first = AfterFunc(10ms, [=] { said.Send("ran"); });
              Timer second = AfterFunc(5ms, [=] { said.Send("never"); });
              std::string seen = second.Stop() ? "stopped " : "late ";
              seen += *said.Receive();
              return seen + (first.Stop() ? " stopped" : " done");
            }),
            Set({"stopped ran done"}));
}

// ---- Contexts -----------------------------------------------------------------------------------

TEST(Context, CancelReachesEveryDescendant) {
  EXPECT_EQ(Outcomes([] {
              auto [root, cancel] = WithCancel(Background());
              Context value = WithValue(root, "key", 7);
              auto [child, cancel_child] = WithTimeout(value, 1h);
              std::string seen = child.Err().text();
              Channel<Void> stopped;
              Go([=, child = child] {
                child.Done().Receive();
                stopped.Close();
              });
              cancel();
              stopped.Receive();
              cancel();
              cancel_child();
              seen += root.Err().text() + ", ";
              seen += value.Err().text() + ", ";
              return seen + child.Err().text();
            }),
            Set({"context canceled, context canceled, context canceled"}));
}

TEST(Context, ChildDoesNotCancelItsParent) {
  EXPECT_EQ(Outcomes([] {
              auto [root, cancel] = WithCancel(Background());
              auto [child, cancel_child] = WithCancel(root);
              cancel_child();
              std::string seen = root.Err().text() + "/" + child.Err().text();
              cancel();
              return seen;
            }),
            Set({"/context canceled"}));
}

TEST(Context, DeadlineExpires) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithTimeout(Background(), 10ms);
              TimePoint start = Now();
              ctx.Done().Receive();
              std::string seen = ctx.Err().text() + " " + Millis(Now() - start) + " " +
                                 Millis(*ctx.Deadline() - start);
              cancel();
              return seen + (ctx.Err() == DeadlineExceeded() ? "" : " changed");
            }),
            Set({"context deadline exceeded 10 10"}));
}

TEST(Context, EarlierDeadlineOfTheParentWins) {
  EXPECT_EQ(Outcomes([] {
              TimePoint start = Now();
              auto [outer, cancel_outer] = WithTimeout(Background(), 10ms);
              auto [inner, cancel_inner] = WithTimeout(outer, 1h);
              inner.Done().Receive();
              std::string seen = Millis(Now() - start) + " " + Millis(*inner.Deadline() - start);
              cancel_inner();
              cancel_outer();
              return seen + " " + inner.Err().text();
            }),
            Set({"10 10 context deadline exceeded"}));
}

TEST(Context, PastDeadlineIsCancelledAtOnceButTheParentsErrorWins) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithDeadline(Background(), Now() - 1s);
              std::string seen = ctx.Err().text();
              auto [parent, cancel_parent] = WithCancel(Background());
              cancel_parent();
              auto [late, cancel_late] = WithTimeout(parent, -1s);
              cancel();
              cancel_late();
              return seen + "; " + late.Err().text();
            }),
            Set({"context deadline exceeded; context canceled"}));
}

TEST(Context, CausesAreKept) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithCancelCause(Background());
              Context child = WithValue(ctx, 1, 1);
              std::string seen = Cause(ctx).text();
              cancel(Error("disk full"));
              cancel(Error("second"));
              auto [timed, cancel_timed] = WithTimeoutCause(Background(), 1ms, Error("slow"));
              timed.Done().Receive();
              cancel_timed();
              return seen + Cause(child).text() + "/" + child.Err().text() + "/" +
                     Cause(timed).text() + "/" + timed.Err().text();
            }),
            Set({"disk full/context canceled/slow/context deadline exceeded"}));
}

TEST(Context, ValuesAreFoundByTypeAndKey) {
  EXPECT_EQ(Outcomes([] {
              Context ctx = WithValue(WithValue(Background(), "user", std::string("ann")), 7, 42);
              Context shadowed = WithValue(ctx, "user", std::string("bob"));
              Context cut = WithoutCancel(shadowed);
              auto user = [](const Context& c) { return *c.Value<std::string>("user"); };
              std::string seen = user(ctx) + user(shadowed) + user(cut);
              seen += std::to_string(*shadowed.Value<int>(7));
              seen += shadowed.Value<int>("nobody") == nullptr ? " none" : " some";
              return seen + (shadowed.Value<int>("user") == nullptr ? " none" : " some");
            }),
            Set({"annbobbob42 none none"}));
}

TEST(Context, WithoutCancelCutsTheTree) {
  EXPECT_EQ(Outcomes([] {
              auto [root, cancel] = WithTimeout(Background(), 1h);
              Context cut = WithoutCancel(root);
              auto [below, cancel_below] = WithCancel(cut);
              cancel();
              std::string seen = cut.Done().IsNil() && !cut.Deadline() ? "nil" : "not nil";
              seen += cut.Err().text() + below.Err().text();
              cancel_below();
              return seen;
            }),
            Set({"nil"}));
}

TEST(Context, BackgroundIsNeverDone) {
  EXPECT_EQ(Outcomes([] {
              std::string seen = Background().Done().IsNil() ? "nil" : "not nil";
              Select(Recv(TODO().Done()), Default([&] { seen += " default"; }));
              return seen + Background().Err().text();
            }),
            Set({"nil default"}));
  EXPECT_THAT(Check([] { Background().Done().Receive(); }), Finds(FindingKind::kDeadlock));
}

TEST(Context, NilParentPanics) {
  EXPECT_EQ(Outcomes([] {
              return PanicOf([] { WithCancel(Context()); }) + "; " +
                     PanicOf([] { WithValue(Background(), nullptr, 1); });
            }),
            Set({"cannot create context from nil parent; nil key"}));
}

TEST(Context, AfterFuncRunsOnceCancelledUnlessStopped) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithCancel(Background());
              Channel<std::string> said(2);
              StopFunc stop_first = AfterFunc(ctx, [=] { said.Send("first"); });
              StopFunc stop_second = AfterFunc(ctx, [=] { said.Send("second"); });
              std::string seen = stop_second() ? "stopped " : "late ";
              cancel();
              seen += *said.Receive();
              return seen + (stop_first() ? " stopped" : " done");
            }),
            Set({"stopped first done"}));
}

TEST(Context, StopOfAfterFuncRacesWithCancel) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithCancel(Background());
              auto ran = std::make_shared<Atomic<bool>>(false);
              StopFunc stop = AfterFunc(ctx, [=] { ran->store(true); });
              Go([cancel = cancel] { cancel(); });
              return stop() ? (ran->load() ? "both" : "stopped") : "runs";
            }),
            Set({"stopped", "runs"}));
}

TEST(Context, SelectMayIgnoreACancelledContextOnce) {
  EXPECT_EQ(Outcomes([] {
              auto [ctx, cancel] = WithCancel(Background());
              Channel<int> jobs(1);
              jobs.Send(1);
              cancel();
              std::string seen;
              Select(Recv(ctx.Done(), [&] { seen = "done"; }), Recv(jobs, [&] { seen = "job"; }));
              return seen;
            }),
            Set({"done", "job"}));
}

}  // namespace
}  // namespace heddle
