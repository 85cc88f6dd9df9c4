// SPDX-License-Identifier: Apache-2.0
// Tasks through the C++ API: go, join, choice, exit, exceptions, unwinding, many tasks.
#include <sys/resource.h>

#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/engine.h"
#include "models/sync/api_program.h"
#include "models/sync/machine.h"
#include "tests/models/outcomes.h"

namespace heddle {
namespace {

using testing::HasSubstr;
using Set = std::set<std::string>;

TEST(Task, JoinWaitsForTheEnd) {
  EXPECT_EQ(Outcomes([] {
              auto x = std::make_shared<Var<int>>(0);
              Task task = Go([=] {
                Gosched();
                *x = 1;
              });
              task.Join();
              task.Join();
              return std::to_string(x->Get());
            }),
            Set({"1"}));
}

TEST(Task, JoinOfATemporaryWorks) {
  EXPECT_THAT(Check([] { Go([] { Gosched(); }).Join(); }), FindsNothing());
}

TEST(Task, EndIsAnEventOnlyWhenSomeoneCanJoin) {
  auto events = [](bool keep) {
    return Check(
               [=] {
                 if (keep) {
                   Task task = Go([] {});
                   Gosched();
                 } else {
                   Go([] {});
                   Gosched();
                 }
               },
               AllExecutions())
        .exploration.events;
  };
  EXPECT_EQ(events(true), events(false) + 1);
}

TEST(Task, MayCaptureWhatCannotBeCopied) {
  EXPECT_THAT(Check([] {
                auto p = std::make_unique<int>(3);
                Go([p = std::move(p)] { Assert(*p == 3, "moved along"); }).Join();
              }),
              FindsNothing());
}

TEST(Task, ChooseExploresEveryValue) {
  EXPECT_EQ(Outcomes([] {
              int first = Choose(3);
              return std::to_string(first) + std::to_string(Choose(2));
            }),
            Set({"00", "01", "10", "11", "20", "21"}));
}

TEST(Task, GoexitRunsDestructorsAndIsNoPanic) {
  EXPECT_EQ(Outcomes([] {
              Channel<std::string> said(3);
              Go([=] {
                Defer last([&] { said.Send("deferred"); });
                Goexit();
                said.Send("not reached");
              });
              return *said.Receive();
            }),
            Set({"deferred"}));
  EXPECT_THAT(Check([] {
                Go([] { Goexit(); });
                Goexit();
              }),
              Finds(FindingKind::kDeadlock));  // no goroutines (main called runtime.Goexit)
}

TEST(Task, NumTasksCounts) {
  CheckOptions options = AllExecutions();
  options.counts_tasks = true;
  EXPECT_EQ(Outcomes(
                [] {
                  Channel<Void> stop;
                  Go([=] { stop.Receive(); });
                  std::string seen = std::to_string(NumTasks());
                  stop.Close();
                  return seen + std::to_string(NumTasks());
                },
                options),
            Set({"21", "22"}));
}

TEST(Task, SpinUntilAwaitsAChange) {
  EXPECT_THAT(Check([] {
                auto flag = std::make_shared<Atomic<bool>>(false);
                Go([=] { flag->store(true); });
                SpinUntil([&] { return flag->load(); });
              }),
              FindsNothing());
}

TEST(Task, NamesAndPlacesAreThoseOfTheSource) {
  CheckResult result = Check([] {
    Go("worker", [] { Channel<int>().Receive(); });
    Go([] { Channel<int>().Receive(); });
  });
  ASSERT_THAT(result, Finds(FindingKind::kGoroutineLeak));
  const sim::Trace& trace = *result.findings[0].trace;
  std::set<std::string> names;
  for (const sim::TraceGoroutine& g : trace.goroutines) {
    names.insert(g.name);
    if (g.name == "worker") {
      EXPECT_THAT(g.created_at.file, HasSubstr("task_test.cc"));
    }
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"main", "worker"}));
  EXPECT_THAT(result.text(), HasSubstr("task_test.cc:"));
}

// ---- Exceptions ---------------------------------------------------------------------------------

TEST(Exceptions, UncaughtPanicIsAFinding) {
  CheckResult result = Check([] { throw Panic("boom"); });
  ASSERT_THAT(result, Finds(FindingKind::kPanic));
  EXPECT_THAT(result.findings[0].message, HasSubstr("panic: boom"));
}

TEST(Exceptions, UncaughtExceptionIsAFinding) {
  CheckResult result = Check([] { Go([] { throw std::out_of_range("too far"); }); });
  ASSERT_THAT(result, Finds(FindingKind::kPanic));
  EXPECT_THAT(result.findings[0].message, HasSubstr("too far"));
  EXPECT_THAT(Check([] { throw 5; }), Finds(FindingKind::kPanic));
}

TEST(Exceptions, RethrownPanicIsNotMasked) {
  CheckOptions options;
  options.keep_going = true;
  CheckResult result = Check(
      [] {
        Channel<int> c;
        c.Close();
        try {
          c.Close();
        } catch (const Panic&) {
          throw;
        }
      },
      options);
  EXPECT_THAT(result, Finds(FindingKind::kDoubleClose));
  EXPECT_FALSE(result.Has(FindingKind::kMaskedPanic)) << result.text();
}

TEST(Exceptions, SwallowedPanicIsMasked) {
  for (auto swallow :
       std::vector<std::function<void(const Channel<int>&)>>{[](const Channel<int>& c) {
                                                               try {
                                                                 c.Close();
                                                               } catch (const Panic&) {
                                                               }
                                                             },
                                                             [](const Channel<int>& c) {
                                                               try {
                                                                 c.Send(1);
                                                               } catch (...) {
                                                               }
                                                             },
                                                             [](const Channel<int>& c) {
                                                               std::exception_ptr kept;
                                                               try {
                                                                 c.Send(1);
                                                               } catch (const std::exception&) {
                                                                 kept = std::current_exception();
                                                               }
                                                               Gosched();
                                                             }}) {
    EXPECT_THAT(Check([&] {
                  Channel<int> c(1);
                  c.Close();
                  swallow(c);
                }),
                Finds(FindingKind::kMaskedPanic));
  }
}

TEST(Exceptions, OrdinaryPanicMayBeCaught) {
  EXPECT_THAT(Check([] {
                try {
                  throw Panic("expected");
                } catch (const Panic& panic) {
                  Assert(std::string(panic.what()) == "expected", "the message");
                }
              }),
              FindsNothing());
}

TEST(Exceptions, TasksInHandlersDoNotMixUpTheirExceptions) {
  EXPECT_EQ(Outcomes([] {
              Channel<std::string> said(2);
              for (std::string name : {"a", "b"}) {
                Go([=] {
                  try {
                    try {
                      throw Panic(name);
                    } catch (...) {
                      Gosched();
                      throw;
                    }
                  } catch (const Panic& panic) {
                    said.Send(name == panic.what() ? "own" : "other");
                  }
                });
              }
              std::string first = *said.Receive();
              return first + *said.Receive();
            }),
            Set({"ownown"}));
}

TEST(Exceptions, LocksAreReleasedOnTheWayUp) {
  EXPECT_EQ(Outcomes([] {
              auto mu = std::make_shared<Mutex>();
              Go([=] {
                std::lock_guard guard(*mu);
                throw Panic("in the section");
              });
              Lock guard(*mu);
              return "locked";
            }),
            Set({"locked"}));
}

// ---- Destructors --------------------------------------------------------------------------------

// A pool as people write it: its destructor waits.
class WaitingPool {
 public:
  explicit WaitingPool(bool forgets_to_close) : forgets_to_close_(forgets_to_close) {
    wg_.Go([jobs = jobs_] {
      for ([[maybe_unused]] int job : jobs) {
      }
    });
  }
  ~WaitingPool() {
    if (!forgets_to_close_) jobs_.Close();
    wg_.Wait();
  }
  void Submit(int job) { jobs_.Send(job); }

 private:
  bool forgets_to_close_;
  Channel<int> jobs_;
  WaitGroup wg_;
};

TEST(Destructors, MayWait) {
  EXPECT_THAT(Check([] {
                WaitingPool pool(false);
                pool.Submit(1);
              }),
              FindsNothing());
}

TEST(Destructors, ThatBlockForeverAreADeadlock) {
  std::string trail;
  CheckResult result = Check([&] {
    trail = "";
    struct Outer {
      std::string& trail;
      ~Outer() { trail += "outer destroyed"; }
    } outer{trail};
    WaitingPool pool(true);
    pool.Submit(1);
  });
  EXPECT_THAT(result, Finds(FindingKind::kDeadlock));
  EXPECT_EQ(trail, "outer destroyed");
}

struct ClosesInDestructor {
  Channel<int> c;
  ~ClosesInDestructor() { c.Close(); }
};

TEST(Destructors, ThatPanicAreAFinding) {
  CheckResult result = Check([] {
    Channel<int> c;
    ClosesInDestructor closer{c};
    c.Close();
  });
  ASSERT_THAT(result, Finds(FindingKind::kDoubleClose));
  EXPECT_THAT(result.findings[0].message, HasSubstr("close of closed channel"));
}

TEST(Destructors, ThatPanicDuringAPanicAreAFinding) {
  EXPECT_THAT(Check([] {
                Channel<int> c;
                ClosesInDestructor closer{c};
                c.Close();
                throw std::runtime_error("first");
              }),
              Finds(FindingKind::kDoubleClose));
}

struct CatchesInDestructor {
  Channel<int> c;
  bool& caught;
  ~CatchesInDestructor() {
    try {
      c.Close();
    } catch (const Panic&) {
      caught = true;
    }
  }
};

TEST(Destructors, MayCatchTheirPanics) {
  bool caught = false;
  EXPECT_THAT(Check([&] {
                Channel<int> c;
                CatchesInDestructor closer{c, caught};
                c.Close();
              }),
              Finds(FindingKind::kMaskedPanic));
  EXPECT_TRUE(caught);
}

TEST(Destructors, DeferLetsPanicsThrough) {
  EXPECT_EQ(Outcomes([] {
              std::string seen;
              try {
                Defer defer([] { throw Panic("deferred"); });
              } catch (const Panic& panic) {
                seen = panic.what();
              }
              return seen;
            }),
            Set({"deferred"}));
}

TEST(Destructors, AbandonedTasksAreUnwound) {
  struct Counts {
    int made = 0, gone = 0;
  } counts;
  struct Tracked {
    Counts& counts;
    explicit Tracked(Counts& c) : counts(c) { ++counts.made; }
    ~Tracked() { ++counts.gone; }
  };
  auto mu_task = [&](std::shared_ptr<Mutex> mu, Channel<int> never) {
    Tracked tracked(counts);
    std::lock_guard guard(*mu);
    WaitGroup wg;
    wg.Add(1);
    Defer done([&] { wg.Done(); });
    auto big = std::make_unique<std::string>(1000, 'x');
    never.Receive();
  };
  CheckResult result = Check([&] {
    auto mu = std::make_shared<Mutex>();
    Channel<int> never;
    for (int i = 0; i < 3; ++i) Go([=] { mu_task(mu, never); });
    auto [ctx, cancel] = WithCancel(Background());
    Defer cancelled([cancel = cancel] { cancel(); });
    Tracked tracked(counts);
  });
  EXPECT_THAT(result, Finds(FindingKind::kGoroutineLeak));
  EXPECT_GT(counts.made, 0);
  EXPECT_EQ(counts.made, counts.gone);
}

TEST(Destructors, TaskThatSwallowsTheUnwindOnceIsUnwoundAgain) {
  EXPECT_THAT(Check([] {
                Go([] {
                  Channel<int> never;
                  for (int i = 0; i < 10; ++i) {
                    try {
                      never.Receive();
                    } catch (...) {
                    }
                  }
                });
              }),
              Finds(FindingKind::kGoroutineLeak));
}

// ---- Scale --------------------------------------------------------------------------------------

// Lets one task run until it blocks, then the next: without the list of all that is enabled, which
// is long here.
class OneAfterTheOther final : public sim::Strategy {
 public:
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    const sim::Record& record = execution.record();
    for (size_t tried = 0; tried < record.num_tasks; ++tried, ++at_) {
      const sim::TaskRow& row = record.tasks[at_ % record.num_tasks];
      if (row.operations.empty() || row.operations.back().event != sim::kNoEvent) continue;
      auto position = static_cast<uint32_t>(row.operations.size() - 1);
      labels_.clear();
      execution.model().LabelsOf(row.id, position, *row.operations.back().operation, &labels_);
      for (const sim::Label& label : labels_) {
        if (execution.IsEnabled(label)) return label;
      }
    }
    return std::nullopt;
  }

 private:
  size_t at_ = 0;
  std::vector<sim::Label> labels_;
};

TEST(Scale, TenThousandTasksInOneExecution) {
  int64_t sum = 0;
  api::FunctionProgram program(
      [&] {
        Channel<int> results(10'000);
        Channel<Void> start;
        for (int i = 0; i < 10'000; ++i) {
          Go([=] {
            start.Receive();
            results.Send(i);
          });
        }
        start.Close();
        for (int i = 0; i < 10'000; ++i) sum += *results.Receive();
      },
      {});
  checker::Engine engine(program, &sync::Machine::New);
  OneAfterTheOther strategy;
  engine.Run(strategy, sim::TimeModel::kIdeal, {}, {});
  EXPECT_EQ(sum, 10'000 * 9'999 / 2);
}

#if !defined(__SANITIZE_ADDRESS__)  // which needs memory of its own
// After the test with 10,000 tasks: the most that the process has ever used.
TEST(Scale, TheyNeedLessThanAGigabyte) {
  rusage usage = {};
  ASSERT_EQ(getrusage(RUSAGE_SELF, &usage), 0);
  EXPECT_LT(usage.ru_maxrss, 1024 * 1024) << "in KiB";
}
#endif

TEST(Scale, PrimitivesOutsideAreRefused) {
  EXPECT_THROW(Channel<int>(), std::logic_error);
  EXPECT_THROW(Gosched(), std::logic_error);
}

}  // namespace
}  // namespace heddle
