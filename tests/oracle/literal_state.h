// SPDX-License-Identifier: Apache-2.0
// The state of the literal machine: what Go's runtime keeps, field by field.
//
// Place: tests/oracle; the steps on it are in literal_*.cc, the search over it in
// literal_machine.cc. It shares nothing with models/sync: it has queues of parked goroutines,
// semaphores and tickets where the models have causal orders. Invariant: a State is a value, and
// Key is injective, so equal keys have equal futures. Source: chan.go, select.go, sema.go, time.go
// of Go 1.19's runtime, packages sync, time and context.
#ifndef HEDDLE_TESTS_ORACLE_LITERAL_STATE_H_
#define HEDDLE_TESTS_ORACLE_LITERAL_STATE_H_

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace heddle::oracle::literal {

inline constexpr int kNobody = -1;

// One entry of a goroutine's observations, as SmallRunner::Outcome shows it.
struct Seen {
  int alternative = -1;  // -1: the operation has one way of happening; -2: the default of a select
  bool flag = false;
  int64_t value = 0;
  int status = 0;
  bool woken = false;  // not a result, but the return from a Cond's wait list
};

// A goroutine in the wait queue of a channel.
struct Waiter {
  int task = kNobody;
  int alternative = -1;  // of its select
  int64_t value = 0;     // that it sends
};

struct Channel {
  int capacity = 0;
  bool closed = false;
  std::vector<int64_t> buffer;
  std::vector<Waiter> senders, receivers;  // first in, first out
};

// Normal mode: a waiter that is woken competes with whoever comes.
struct Mutex {
  bool locked = false;
  std::vector<int> queue;
  int woken = kNobody;  // taken from the queue and not back yet: nobody else is woken meanwhile
};

struct Semaphore {
  int tokens = 0;
  std::vector<int> queue;
};

struct RwMutex {
  Mutex writers;
  int reader_count = 0;  // kMaxReaders less from a writer's announcement to its unlock
  int reader_wait = 0;
  Semaphore readers, writer;
};
inline constexpr int kMaxReaders = 1000;

struct WaitGroup {
  int counter = 0;
  std::vector<int> queue;
};

struct Once {
  bool done = false;
  Mutex mutex;
};

struct Cond {
  int next = 0, notify = 0;                // tickets: to be given out, to be notified
  std::vector<std::pair<int, int>> queue;  // ticket, task
};

struct Timer {
  bool armed = false;
  int64_t deadline = 0;
  int64_t period = 0;  // of a ticker
};

struct Context {
  Mutex mutex;
  bool cancelled = false;
  int parent = -1;
  std::vector<int> children;
};

// A call of cancel on one node, under way.
struct Cancelling {
  int node = 0;
  int phase = 0;
  std::vector<int> left;  // children to visit
};

enum class Standing : uint8_t { kNotStarted, kRunning, kParked, kGone };
enum class Ending : uint8_t { kBlocked, kDone, kPanicked };

struct Goroutine {
  Standing standing = Standing::kNotStarted;
  Ending ending = Ending::kBlocked;
  size_t pc = 0;
  int phase = 0;  // within the operation at pc
  int ticket = 0;
  int64_t value = 0;  // what the last operation gave
  bool flag = false;
  Timer sleep;                    // of a task that has not started: what starts it
  std::vector<Cancelling> calls;  // innermost last
  std::vector<Seen> seen;
};

struct State {
  std::vector<Goroutine> tasks;
  std::vector<Channel> channels;  // those of the program, of its timers, of its contexts
  std::vector<Mutex> mutexes;
  std::vector<RwMutex> rwmutexes;
  std::vector<WaitGroup> waitgroups;
  std::vector<Once> onces;
  std::vector<Cond> conds;
  std::vector<int64_t> atomics;
  std::vector<Timer> timers;
  std::vector<Context> contexts;
  size_t next_start = 0;  // the next task that main is to start, while it counts
  int64_t now = 0;
  bool beyond =
      false;  // a misuse that Go does not notice has happened: nothing is claimed any more
};

std::string Key(const State& state);

}  // namespace heddle::oracle::literal

#endif  // HEDDLE_TESTS_ORACLE_LITERAL_STATE_H_
