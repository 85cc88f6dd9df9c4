// SPDX-License-Identifier: Apache-2.0
// LiteralMachine: a SmallProgram run as Go's runtime runs it, and all its outcomes.
//
// Independent of models/sync: a goroutine parks as a step of its own, wait queues are first in,
// first out with direct hand-off, a mutex is barging, Cond has tickets, an RWMutex is a mutex, two
// counts and two semaphores, a context tree is locks and channels. Every interleaving of these
// steps is enumerated; only equal states are met once. No causal order is used, so a wrong model
// shows as a difference to the search, and not only a wrong reduction.
//
// Where it is not to the letter: a semaphore hands its token over (the runtime lets a newcomer
// steal it within a few instructions), starving mutexes and spurious failures of TryLock do not
// occur, an uncaught panic ends its goroutine alone and leaves the object as it was, due timers
// expire in any order. Asynchronous time is one clock that may move on by one at any moment at
// which no timer is due; nobody sees it (SmallProgram::blind), for the states would have no end.
// Source: Go 1.19; timers without stale values as go1.23 has them.
#ifndef HEDDLE_TESTS_ORACLE_LITERAL_MACHINE_H_
#define HEDDLE_TESTS_ORACLE_LITERAL_MACHINE_H_

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/oracle/literal_state.h"
#include "tests/oracle/small_program.h"

namespace heddle::oracle {

namespace literal {

// What a panic is called in an outcome.
struct Fault {
  static constexpr int kSendOnClosed = 1, kCloseOfClosed = 2, kCloseOfNil = 3, kNegativeCounter = 4,
                       kReusedWaitGroup = 5, kUnlock = 6, kRUnlock = 7, kRwUnlock = 8;
};

// One way for a goroutine (or a timer) to go on.
struct Move {
  int actor = 0;   // a task; kSleepers + task: its sleep ends; kTimers + timer: it expires
  int choice = 0;  // among the ways that Ways counts
};
inline constexpr int kSleepers = 1000, kTimers = 2000, kClock = 3000;

// The channel operations of one operation, all three kinds of it made alike.
struct Communication {
  struct Case {
    bool send = false;
    int channel = -1;  // -1: nil
    int64_t value = 0;
  };
  std::vector<Case> cases;
  bool is_select = false, has_default = false;
  std::vector<std::vector<int>> orders;  // in which its cases may enter the queues
};

// What never changes while a program runs.
struct Plan {
  Plan(const SmallProgram& program, sim::TimeModel time);

  const SmallOp& Op(const State& s, int task) const {
    return program.tasks[static_cast<size_t>(task)][s.tasks[static_cast<size_t>(task)].pc];
  }
  const Communication& Comm(const State& s, int task) const {
    return comms[static_cast<size_t>(task)][s.tasks[static_cast<size_t>(task)].pc];
  }

  const SmallProgram& program;
  sim::TimeModel time;
  std::vector<std::vector<Communication>> comms;  // by task and position
  std::vector<std::vector<int>> derived;          // the context that a derive makes
  std::vector<bool> by_main;                      // which tasks main starts
  // NumGoroutine is asked for: starting the tasks is a step each, and so is the end of each.
  bool counts = false;
  int first_timer_channel = 0, first_done_channel = 0;
  State start;
};

// The steps on one state. Each primitive's are in a file of their own.
class Runtime {
 public:
  Runtime(const Plan& plan, State& state) : plan_(plan), s_(state) {}

  void Moves(std::vector<Move>* out) const;
  void Do(Move move);
  std::string Outcome() const;
  void StartAll();  // main, and what it starts

 private:
  Goroutine& G(int task) { return s_.tasks[static_cast<size_t>(task)]; }
  const Goroutine& G(int task) const { return s_.tasks[static_cast<size_t>(task)]; }
  template <class T>
  static auto& At(T& all, int i) {
    return all[static_cast<size_t>(i)];
  }

  // literal_machine.cc
  int Ways(int task) const;
  void Start(int task);
  void Step(int task, int choice);
  void Park(int task) { G(task).standing = Standing::kParked; }
  void Ready(int task) { G(task).standing = Standing::kRunning; }
  // The operation of `task` is complete: it goes on to the next one.
  void Finish(int task, const Seen& seen);
  void Panic(int task, int status, int alternative = -1);
  void Settle(int task);  // skips what is not to be done; ends the task at its end

  // literal_channel.cc
  bool CanProceed(const Communication::Case& c) const;
  int WaysToCommunicate(const Communication& comm) const;
  void Communicate(int task, int choice);
  void Send(int task, const Communication::Case& c, int alternative);
  void Receive(int task, const Communication::Case& c, int alternative);
  void LeaveQueues(int task);
  void Close(int channel);
  void StepClose(int task);
  void StepLen(int task);

  // literal_lock.cc
  bool Lock(Mutex& m, int task);  // false: parked; it tries again when woken
  void Unlock(Mutex& m);
  bool Acquire(Semaphore& s, int task);  // false: parked; it has the token when woken
  void Release(Semaphore& s);
  void StepMutex(int task);
  void StepRwMutex(int task);
  void StepRwLock(int task);
  void StepRwTryLock(int task);
  void StepRwUnlock(int task);
  void StepReadUnlock(int task);
  void StepOnce(int task);

  // literal_wait.cc
  void StepWaitGroup(int task);
  void StepCond(int task);
  void StepAtomic(int task);
  void StepStart(int task);  // go, AfterFunc, its Stop, NumGoroutine
  void StepTimer(int task);
  void StepContext(int task, int choice);
  void StepCancel(int task, int choice);
  void StepDerive(int task);
  void Expire(int timer);
  bool IsIdle(int timer) const;
  void Advance();
  template <class Visit>
  void ForEachArmed(Visit visit) const {  // visit(actor, deadline)
    for (size_t t = 0; t < s_.tasks.size(); ++t) {
      const Timer& sleep = s_.tasks[t].sleep;
      if (sleep.armed) visit(kSleepers + static_cast<int>(t), sleep.deadline);
    }
    for (size_t t = 0; t < s_.timers.size(); ++t) {
      if (s_.timers[t].armed) visit(kTimers + static_cast<int>(t), s_.timers[t].deadline);
    }
  }

  const Plan& plan_;
  State& s_;
};

}  // namespace literal

struct LiteralAnswer {
  std::set<std::string> outcomes;
  size_t states = 0;
  bool beyond = false;  // some execution misuses what Go does not notice: nothing to compare
};

// None: more than `limit` states.
std::optional<LiteralAnswer> RunLiterally(const SmallProgram& program, sim::TimeModel time,
                                          size_t limit);

}  // namespace heddle::oracle

#endif  // HEDDLE_TESTS_ORACLE_LITERAL_MACHINE_H_
