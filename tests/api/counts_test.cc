// SPDX-License-Identifier: Apache-2.0
// Known numbers of equivalence classes: published ones of benchmarks, and closed formulas of small
// families.
//
// Each program is explored by dpor: the number of executions must be the number of classes, none
// twice. A count that is off by one means a dependence too many or too few.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <functional>
#include <memory>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include "checker/api/check.h"

namespace heddle {
namespace {

struct Count {
  std::string name;
  std::function<void()> program;
  uint64_t classes;
};
void PrintTo(const Count& count, std::ostream* os) { *os << count.name; }

class ClassCount : public testing::TestWithParam<Count> {};

TEST_P(ClassCount, IsExact) {
  const Count& count = GetParam();
  CheckOptions options;
  options.strategy = Strategy::kDpor;
  options.time = TimeModel::kIdeal;
  options.keep_going = true;
  options.budget = {};
  CheckResult result = Check(count.program, options);
  EXPECT_TRUE(result.complete()) << result.text();
  EXPECT_EQ(result.exploration.equivalence_classes, count.classes);
  EXPECT_EQ(result.exploration.executions, count.classes);
  EXPECT_EQ(result.exploration.redundant, 0u);
}

uint64_t Factorial(uint64_t n) { return n == 0 ? 1 : n * Factorial(n - 1); }
uint64_t Choose2(uint64_t n, uint64_t k) {
  uint64_t r = 1;
  for (uint64_t i = 1; i <= k; ++i) r = r * (n - k + i) / i;
  return r;
}

// ---- Shared objects live as long as the tasks that capture them ----

template <class T>
std::vector<std::shared_ptr<T>> Many(int n) {
  std::vector<std::shared_ptr<T>> all;
  for (int i = 0; i < n; ++i) all.push_back(std::make_shared<T>());
  return all;
}

// ---- Atomics ----

// N readers of one written variable: 2^N.
std::function<void()> Readers(int n) {
  return [n] {
    auto x = std::make_shared<Atomic<int>>(0);
    Go([x] { x->store(1); });
    for (int i = 0; i < n; ++i) Go([x] { x->load(); });
  };
}

std::function<void()> LastZero(int n) {
  return [n] {
    auto a = Many<Atomic<int>>(n + 1);
    Go([a, n] {
      for (int i = n; a[i]->load() != 0;) --i;
    });
    for (int j = 1; j <= n; ++j) {
      Go([a, j] { a[j]->store(a[j - 1]->load() + 1); });
    }
  };
}

std::function<void()> Fib(int rounds, bool main_loads) {
  return [rounds, main_loads] {
    auto i = std::make_shared<Atomic<int>>(1);
    auto j = std::make_shared<Atomic<int>>(1);
    auto add = [rounds](auto& to, auto& from) {
      for (int k = 0; k < rounds; ++k) {
        int own = to->load();
        int other = from->load();
        to->store(own + other);
      }
    };
    Go([=] { add(i, j); });
    Go([=] { add(j, i); });
    if (main_loads) {
      i->load();
      j->load();
    }
  };
}

// ---- Mutexes ----

std::function<void()> MutexCounter(int tasks, int rounds) {
  return [=] {
    auto mu = std::make_shared<Mutex>();
    for (int t = 0; t < tasks; ++t) {
      Go([=] {
        for (int i = 0; i < rounds; ++i) Lock guard(*mu);
      });
    }
  };
}

// Each philosopher takes the own fork first; `last_other_first`: but for the last one.
std::function<void()> Philosophers(int n, bool last_other_first) {
  return [=] {
    auto forks = Many<Mutex>(n);
    for (int i = 0; i < n; ++i) {
      int first = i, second = (i + 1) % n;
      if (last_other_first && i == n - 1) std::swap(first, second);
      Go([=] {
        forks[first]->lock();
        forks[second]->lock();
        forks[first]->unlock();
        forks[second]->unlock();
      });
    }
  };
}

std::function<void()> Mpat(int k) {
  return [k] {
    auto index = std::make_shared<Mutex>();
    auto a = Many<Mutex>(k);
    for (int i = 0; i < k; ++i) {
      Go([=] { Lock own(*a[i]); });
      Go([=] {
        Lock outer(*index);
        Lock own(*a[i]);
      });
    }
  };
}

std::function<void()> Dispatcher(int servers, int requests) {
  return [=] {
    auto k = std::make_shared<Mutex>();
    auto s = Many<Mutex>(servers);
    auto chosen = std::make_shared<int>(0);
    for (int i = 0; i < servers; ++i) Go([=] { Lock guard(*s[i]); });
    for (int r = 0; r < requests; ++r) {
      Task pick = Go([=] {
        for (int x = 0; x < servers; ++x) {
          Lock guard(*k);
          *chosen = x;
        }
      });
      int at;
      {
        Lock guard(*k);
        at = *chosen;
      }
      { Lock guard(*s[at]); }
      pick.Join();
    }
  };
}

std::function<void()> MultiProdCon(int producers, int workers) {
  return [=] {
    auto pm = std::make_shared<Mutex>();
    auto w = Many<Mutex>(workers);
    auto b = std::make_shared<int>(0);
    for (int i = 0; i < workers; ++i) {
      Go([=] {
        for (int t = 0; t < 2; ++t) Lock guard(*w[i]);
      });
    }
    for (int i = 0; i < producers; ++i) {
      Go([=] {
        int t = 0;
        for (int r = 0; r < 2; ++r) {
          Lock guard(*pm);
          t = *b = *b * producers + i;
        }
        Lock guard(*w[t % workers]);
      });
    }
  };
}

std::function<void()> Poke(int n, int rounds) {
  return [=] {
    auto mi = std::make_shared<Mutex>();
    auto a = Many<Mutex>(n);
    auto index = std::make_shared<int>(0);
    std::vector<Task> first;
    for (int i = 0; i < n; ++i) first.push_back(Go([=] { Lock guard(*a[i]); }));
    for (int x = 0; x < rounds; ++x) {
      Task choice = Go([=] {
        for (int v = 1; v < n; ++v) {
          Lock guard(*mi);
          *index = v;
        }
      });
      Task reader = Go([=] {
        int at;
        {
          Lock guard(*mi);
          at = *index;
        }
        Lock guard(*a[at]);
      });
      choice.Join();
      reader.Join();
    }
    for (Task& task : first) task.Join();
  };
}

// Flanagan, Godefroid: Dynamic Partial-Order Reduction for Model Checking Software, POPL 2005: the
// two running examples.
std::function<void()> FileSystem(int tasks) {
  return [=] {
    constexpr int kBlocks = 26, kInodes = 32;
    auto lock_inode = Many<Mutex>(kInodes), lock_block = Many<Mutex>(kBlocks);
    auto inode = std::make_shared<std::vector<int>>(kInodes);
    auto busy = std::make_shared<std::vector<bool>>(kBlocks);
    for (int t = 0; t < tasks; ++t) {
      Go([=] {
        int i = t % kInodes;
        Lock guard(*lock_inode[i]);
        if ((*inode)[i] != 0) return;
        for (int b = (i * 2) % kBlocks;; b = (b + 1) % kBlocks) {
          Lock block(*lock_block[b]);
          if ((*busy)[b]) continue;
          (*busy)[b] = true;
          (*inode)[i] = b + 1;
          return;
        }
      });
    }
  };
}

std::function<void()> Indexer(int tasks) {
  return [=] {
    constexpr int kSize = 128, kMessages = 4;
    auto table = Many<Atomic<int>>(kSize);
    for (int t = 0; t < tasks; ++t) {
      Go([=] {
        for (int m = 1; m <= kMessages; ++m) {
          int word = m * 11 + t;
          int expected = 0;
          for (int h = (word * 7) % kSize; !table[h]->compare_exchange(expected, word);
               h = (h + 1) % kSize) {
            expected = 0;
          }
        }
      });
    }
  };
}

std::function<void()> RwOneWriter(int readers) {
  return [=] {
    auto rw = std::make_shared<RwMutex>();
    for (int i = 0; i < readers; ++i) Go([=] { ReadLock guard(*rw); });
    Go([=] { Lock guard(*rw); });
  };
}

std::function<void()> RwNested(int depth) {
  return [=] {
    auto rw = std::make_shared<RwMutex>();
    Go([=] {
      for (int i = 0; i < depth; ++i) rw->lock_shared();
      for (int i = 0; i < depth; ++i) rw->unlock_shared();
    });
    Go([=] { Lock guard(*rw); });
  };
}

// ---- Channels ----

std::function<void()> SendersOneReceiver(int n) {
  return [n] {
    Channel<int> c;
    for (int i = 0; i < n; ++i) Go([=] { c.Send(i); });
    for (int i = 0; i < n; ++i) c.Receive();
  };
}

std::function<void()> FirstResult(int n) {
  return [n] {
    Channel<int> c;
    for (int i = 0; i < n; ++i) Go([=] { c.Send(i); });
    c.Receive();
  };
}

std::function<void()> FanIn(int n, int capacity = 0) {
  return [=] {
    Channel<int> a(capacity), b(capacity);
    for (Channel<int> c : {a, b}) {
      Go([=] {
        for (int i = 0; i < n; ++i) c.Send(i);
      });
    }
    for (int i = 0; i < 2 * n; ++i) Select(Recv(a), Recv(b));
  };
}

std::function<void()> CancelledWorker(int jobs) {
  return [=] {
    Channel<Void> done;
    Channel<int> work;
    Go([=] {
      bool stop = false;
      while (!stop) Select(Recv(done, [&] { stop = true; }), Recv(work));
    });
    Go([=] {
      for (int i = 0; i < jobs; ++i) work.Send(i);
    });
    Go([=] { done.Close(); });
  };
}

std::function<void()> Pool(int workers, int jobs, bool results_buffered) {
  return [=] {
    Channel<int> work;
    Channel<int> results(results_buffered ? jobs : 0);
    for (int w = 0; w < workers; ++w) {
      Go([=] {
        for (int job : work) results.Send(job);
      });
    }
    for (int i = 0; i < jobs; ++i) work.Send(i);
    work.Close();
    for (int i = 0; i < jobs; ++i) results.Receive();
  };
}

std::function<void()> PoolOverTwoJobs(int workers) {
  return [=] {
    Channel<int> work;
    auto wg = std::make_shared<WaitGroup>();
    for (int w = 0; w < workers; ++w) {
      wg->Go([=] {
        for ([[maybe_unused]] int job : work) {
        }
      });
    }
    for (int i = 0; i < 2; ++i) work.Send(i);
    work.Close();
  };
}

std::function<void()> CloseReceivers(int n) {
  return [=] {
    Channel<int> c;
    for (int i = 0; i < n; ++i) Go([=] { c.Receive(); });
    c.Close();
  };
}

std::function<void()> Closers(int n) {
  return [=] {
    Channel<int> c;
    for (int i = 0; i < n; ++i) Go([=] { c.Close(); });
  };
}

std::function<void()> SendersClose(int n) {
  return [=] {
    Channel<int> c(n);
    for (int i = 0; i < n; ++i) Go([=] { c.Send(i); });
    Go([=] { c.Close(); });
  };
}

std::function<void()> SendsPolls(int n) {
  return [=] {
    Channel<int> c(n);
    Go([=] {
      for (int i = 0; i < n; ++i) c.Send(i);
    });
    Go([=] {
      for (int i = 0; i < n; ++i) Select(Recv(c), Default());
    });
  };
}

std::function<void()> Ping(int n, int capacity) {
  return [=] {
    Channel<int> c(capacity);
    Go([=] {
      for (int i = 0; i < n; ++i) c.Send(i);
    });
    for (int i = 0; i < n; ++i) c.Receive();
  };
}

// Two-phase commit: each of the voters chooses its vote; the coordinator collects them in any
// order.
std::function<void()> TwoPhaseCommit(int voters) {
  return [=] {
    Channel<int> votes;
    std::vector<Channel<int>> decisions;
    for (int i = 0; i < voters; ++i) {
      Channel<int> decision;
      decisions.push_back(decision);
      Go([=] {
        votes.Send(heddle::Choose(2));
        decision.Receive();
      });
    }
    int yes = 0;
    for (int i = 0; i < voters; ++i) yes += *votes.Receive();
    for (Channel<int>& decision : decisions) decision.Send(yes == voters);
  };
}

// ---- Waiting ----

// `wg.Add(1); go f()` n times and Wait: joining alone adds no class.
std::function<void()> JoinOnly(int n) {
  return [=] {
    auto wg = std::make_shared<WaitGroup>();
    for (int i = 0; i < n; ++i) {
      wg->Add(1);
      Go([=] { wg->Done(); });
    }
    wg->Wait();
  };
}

// Tasks that start tasks of the same WaitGroup before they are done.
std::function<void()> JoinNested(int n) {
  return [=] {
    auto wg = std::make_shared<WaitGroup>();
    wg->Add(n);
    for (int i = 0; i < n; ++i) {
      Go([=] {
        wg->Add(1);
        Go([=] { wg->Done(); });
        wg->Done();
      });
    }
    wg->Wait();
  };
}

// The same after a time in which all of them were blocked.
std::function<void()> JoinSleepers(int n) {
  return [=] {
    auto wg = std::make_shared<WaitGroup>();
    for (int i = 0; i < n; ++i) {
      wg->Add(1);
      Go([=] {
        Sleep(std::chrono::milliseconds(i));
        wg->Done();
      });
    }
    wg->Wait();
  };
}

enum class Join { kNot, kDoneChannels, kWaitGroup };

// Workers that take one mutex each in turn: n!, however they are joined.
std::function<void()> Workers(int n, Join join) {
  return [=] {
    auto mu = std::make_shared<Mutex>();
    auto wg = std::make_shared<WaitGroup>();
    std::vector<Channel<Void>> done;
    for (int i = 0; i < n; ++i) {
      if (join == Join::kWaitGroup) wg->Add(1);
      Channel<Void> own;
      done.push_back(own);
      Go([=] {
        { Lock guard(*mu); }
        if (join == Join::kWaitGroup) wg->Done();
        if (join == Join::kDoneChannels) own.Close();
      });
    }
    if (join == Join::kWaitGroup) wg->Wait();
    if (join == Join::kDoneChannels) {
      for (const Channel<Void>& d : done) d.Receive();
    }
  };
}

std::function<void()> CondWaiters(int n, bool broadcast) {
  return [=] {
    auto mu = std::make_shared<Mutex>();
    auto cond = std::make_shared<Cond>(*mu);
    for (int i = 0; i < n; ++i) {
      Go([=] {
        Lock guard(*mu);
        cond->Wait();
      });
    }
    if (broadcast) return cond->Broadcast();
    for (int i = 0; i < n; ++i) cond->Signal();
  };
}

// The largest of each family: minutes together, so only on request (HEDDLE_LARGE_COUNTS=1).
std::vector<Count> LargeCounts() {
  return {
      {"readers16", Readers(16), 65536},
      {"lastzero15", LastZero(15), 147456},
      {"fib4", Fib(4, true), 19605},
      {"fib5", Fib(5, true), 218243},
      {"mutex_counter_3x4", MutexCounter(3, 4), 34650},
      {"mutex_counter_8x1", MutexCounter(8, 1), 40320},
      {"philosophers_last_other_first14", Philosophers(14, true), 16382},
      {"philosophers_alike12", Philosophers(12, false), 4095},
      {"mpat6", Mpat(6), 46080},
      {"dispatcher5_4", Dispatcher(5, 4), 15282},
      {"poke8_3", Poke(8, 3), 3700},
      {"indexer15", Indexer(15), 4096},
      {"filesystem26", FileSystem(26), 8192},
      {"senders_one_receiver7", SendersOneReceiver(7), 5040},
      {"fan_in8", FanIn(8), 12870},
      {"pool_2_workers_jobs9", Pool(2, 9, true), 2 * 6561},
      {"workers_wait_group7", Workers(7, Join::kWaitGroup), 5040},
  };
}

std::vector<Count> Counts() {
  std::vector<Count> all = {
      {"readers8", Readers(8), 256},
      {"lastzero5", LastZero(5), 64},
      {"fib1", Fib(1, true), 11},
      {"fib2", Fib(2, true), 140},
      {"fib3", Fib(3, true), 1698},
      {"fib2_without_main", Fib(2, false), 19},
      {"fib3_without_main", Fib(3, false), 141},
      {"mutex_counter_3x3", MutexCounter(3, 3), 1680},
      {"philosophers_last_other_first8", Philosophers(8, true), 254},
      {"readers13", Readers(13), 8192},
      {"lastzero10", LastZero(10), 3328},
      {"fib1_without_main", Fib(1, false), 3},
      {"philosophers_alike5", Philosophers(5, false), 31},
      {"mpat4", Mpat(4), 384},
      {"dispatcher5_2", Dispatcher(5, 2), 137},
      {"mpat5", Mpat(5), 3840},
      {"dispatcher5_3", Dispatcher(5, 3), 1482},
      {"dispatcher3_3", Dispatcher(3, 3), 398},
      {"multiprodcon3_5", MultiProdCon(3, 5), 2958},
      {"poke7_3", Poke(7, 3), 2440},
      {"indexer12", Indexer(12), 8},
      {"filesystem16", FileSystem(16), 8},
      {"filesystem19", FileSystem(19), 64},
      {"two_phase_commit5", TwoPhaseCommit(5), 3840},
      {"dispatcher2_3", Dispatcher(2, 3), 150},
      {"multiprodcon2_5", MultiProdCon(2, 5), 60},
      {"poke5_3", Poke(5, 3), 844},
      {"two_phase_commit3", TwoPhaseCommit(3), 8 * 6},
      {"unbuffered_ping4", Ping(4, 0), 1},
      {"buffered_pipe4", Ping(4, 4), 1},
      {"fan_in_buffered4", FanIn(2, 2), 6},
      {"pool_2_workers_3_jobs", Pool(2, 3, true), 18},
  };
  auto add = [&](std::string name, int n, std::function<void()> program, uint64_t classes) {
    all.push_back({name + std::to_string(n), std::move(program), classes});
  };
  for (uint64_t u = 1; u <= 5; ++u) {
    int n = static_cast<int>(u);
    add("senders_one_receiver", n, SendersOneReceiver(n), Factorial(u));
    add("first_result", n, FirstResult(n), u);
    add("cancelled_worker", n, CancelledWorker(n), u + 1);
    add("closers", n, Closers(n), u);
    add("close_receivers", n, CloseReceivers(n), 1);
    add("senders_close", n, SendersClose(n),
        static_cast<uint64_t>(std::floor(std::exp(1.0) * static_cast<double>(Factorial(u)))));
    add("sends_polls", n, SendsPolls(n), 1ull << u);
    add("rw_one_writer", n, RwOneWriter(n), 1ull << u);
    add("rw_nested", n, RwNested(n), u + 1);
    add("pool_over_two_jobs", n, PoolOverTwoJobs(n), u * u);
  }
  for (uint64_t u = 1; u <= 5; ++u) {
    int n = static_cast<int>(u);
    add("join_only", n, JoinOnly(n), 1);
    add("join_nested", n, JoinNested(n), 1);
    add("join_sleepers", n, JoinSleepers(n), 1);
    add("workers_not_joined", n, Workers(n, Join::kNot), Factorial(u));
    add("workers_done_channels", n, Workers(n, Join::kDoneChannels), Factorial(u));
    add("workers_wait_group", n, Workers(n, Join::kWaitGroup), Factorial(u));
  }
  for (uint64_t u = 1; u <= 4; ++u) {
    int n = static_cast<int>(u);
    add("fan_in", n, FanIn(n), Choose2(2 * u, u));
    add("pool_2_workers_jobs", n, Pool(2, n, true), 2 * static_cast<uint64_t>(std::pow(3, u - 1)));
  }
  const uint64_t broadcast[] = {2, 10, 96}, signals[] = {2, 16, 294};
  for (int n = 1; n <= 3; ++n) {
    add("cond_broadcast", n, CondWaiters(n, true), broadcast[n - 1]);
    add("cond_signals", n, CondWaiters(n, false), signals[n - 1]);
  }
  if (std::getenv("HEDDLE_LARGE_COUNTS") != nullptr) {
    for (Count& count : LargeCounts()) all.push_back(std::move(count));
  }
  return all;
}

INSTANTIATE_TEST_SUITE_P(Counts, ClassCount, testing::ValuesIn(Counts()),
                         [](const testing::TestParamInfo<Count>& info) { return info.param.name; });

}  // namespace
}  // namespace heddle
