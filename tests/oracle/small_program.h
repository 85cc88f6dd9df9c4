// SPDX-License-Identifier: Apache-2.0
// SmallProgram: a random program over the primitives, small enough for brute force, and its
// generator.
#ifndef HEDDLE_TESTS_ORACLE_SMALL_PROGRAM_H_
#define HEDDLE_TESTS_ORACLE_SMALL_PROGRAM_H_

#include <cstdint>
#include <string>
#include <vector>

#include "models/sync/machine.h"
#include "sim/base/random.h"
#include "sim/program.h"

namespace heddle::oracle {

enum class Verb : uint8_t {
  kSend,
  kReceive,
  kSelect,
  kClose,
  kLen,
  kLock,
  kTryLock,
  kUnlock,
  kRLock,
  kTryRLock,
  kRUnlock,
  kRwLock,
  kRwTryLock,
  kRwUnlock,
  kAdd,
  kDone,
  kWait,
  kOnceEnter,
  kOnceLeave,
  kCondWait,
  kSignal,
  kBroadcast,
  kLoad,
  kStore,
  kIncrement,
  kSleep,
  kArm,
  kStop,
  kNow,
  kTimerReceive,
  kTimerPoll,
  kCancel,
  kErr,
  kDerive,
  kDonePoll,
  kDoneReceive,
  kSpawn,         // starts task `object`, which main then does not start
  kCount,         // runtime.NumGoroutine
  kAfter,         // AfterFunc: task `object` starts when it fires
  kStopAfter,     // stops the timer of that
  kAwaitOdd,      // loads until the value is odd
  kAwaitReceive,  // polls until it receives
  kAwaitLock,     // tries until it has the lock
  kChoose,
  kIfOdd,   // the next operation only if the last value was odd
  kIfTrue,  // the next operation only if the last flag was true
};

// In a case of a select: the channel of timer `channel - kTimerChannel`, or the Done channel of
// context `channel - kDoneChannel`.
inline constexpr int kTimerChannel = 100, kDoneChannel = 200;

// True for the verbs whose object is a task that they start, or keep from starting.
bool NamesTask(Verb verb);

struct SmallCase {
  bool send = false;
  int channel = 0;  // -1: nil; kTimerChannel + i: of timer i; kDoneChannel + i: of context i
  int64_t value = 0;
};

struct SmallOp {
  Verb verb = Verb::kLoad;
  int object = 0;
  int64_t arg = 0;
  std::vector<SmallCase> cases;
  bool has_default = false;
};

struct SmallProgram {
  std::vector<int> capacities;  // of channels
  int mutexes = 0, rwmutexes = 0, waitgroups = 0, onces = 0, conds = 0, atomics = 0, timers = 0;
  int tickers = 0;            // the first of the timers
  std::vector<int> contexts;  // parent of each, -1: none
  std::vector<std::vector<SmallOp>> tasks;
  bool recovers = false;  // a panic ends only the operation that it comes from
  bool blind = false;     // whoever reads the clock, or the value of a tick, sees 0
  sim::Bounds bounds;     // of the exploration

  std::string ToString() const;
  bool Counts() const;                      // some task asks how many there are
  std::vector<bool> StartedByMain() const;  // by task; the others have a kSpawn or kAfter
};

// mode: which primitives: "chan", "chanbuf", "sel", "lock", "mix", "rw", "wg", "cond", "once",
// "all", "time", "ctx", "joined", "spawn" (tasks that start tasks, AfterFunc, NumGoroutine),
// "panic" (with recover), "await" (spinning loops). `sleeps`: sprinkled with sleeps.
SmallProgram Generate(sim::Random& random, const std::string& mode, bool sleeps);
// Mode "joined": rounds of tasks joined by WaitGroups, nested ones too, some of them misused.
SmallProgram GenerateJoined(sim::Random& random, bool sleeps);

// Sets one of the bounds that the program may come to, if there is any.
void BoundAtRandom(sim::Random& random, SmallProgram* program);

// Runs a SmallProgram; what each task observed is its outcome.
class SmallRunner : public sim::Program {
 public:
  explicit SmallRunner(const SmallProgram& program);
  ~SmallRunner() override;

  std::function<void()> Start(sim::Execution& execution, sim::TaskClient** client) override;
  void Finish() override {}
  size_t StackBytes() const override { return 64 << 10; }
  bool CountsTasks() const override { return program_.Counts(); }
  std::vector<std::string> Fixed() const override { return {}; }

  // Of the execution just run: every task's observations and how it ended.
  std::string Outcome() const;
  // The WaitGroups, then the contexts. Once main has made them in some execution.
  std::vector<sim::ObjectId> Refutable() const;

 private:
  struct State;
  void RunTask(size_t task);
  sim::Result Await(const SmallOp& op, int64_t* value);

  const SmallProgram& program_;
  std::unique_ptr<State> state_;
};

}  // namespace heddle::oracle

#endif  // HEDDLE_TESTS_ORACLE_SMALL_PROGRAM_H_
