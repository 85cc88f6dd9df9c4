// SPDX-License-Identifier: Apache-2.0
// Whole explorations: what one execution costs, its search included, in floors.
//
// A floor is the least that re-executing anything can cost: three fibers of four bare switches
// each, on pooled stacks, with no operation, no record and no search. Programs and numbers of
// classes are the known ones of docs/performance.md, which performance.py writes from this
// program's output.
#include <benchmark/benchmark.h>

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "checker/api/check.h"
#include "sim/fiber.h"
#include "sim/stack_pool.h"

namespace heddle {
namespace {

void MutexCounter() {
  auto mu = std::make_shared<Mutex>();
  auto counter = std::make_shared<Var<int>>(0);
  for (int t = 0; t < 3; ++t) {
    Go([=] {
      for (int i = 0; i < 4; ++i) {
        Lock guard(*mu);
        *counter = *counter + 1;
      }
    });
  }
}

void Readers() {
  auto x = std::make_shared<Atomic<int>>(0);
  Go([x] { x->store(1); });
  for (int i = 0; i < 16; ++i) Go([x] { x->load(); });
}

void Fib() {
  auto i = std::make_shared<Atomic<int>>(1);
  auto j = std::make_shared<Atomic<int>>(1);
  auto add = [](auto& to, auto& from) {
    for (int k = 0; k < 5; ++k) {
      int own = to->load();
      int other = from->load();
      to->store(own + other);
    }
  };
  Go([=] { add(i, j); });
  Go([=] { add(j, i); });
  i->load();
  j->load();
}

void LastZero() {
  constexpr int n = 15;
  auto cells = std::make_shared<std::array<Atomic<int>, n + 1>>();
  Go([cells] {
    for (int i = n; (*cells)[i].load() != 0;) --i;
  });
  for (int j = 1; j <= n; ++j) {
    Go([cells, j] { (*cells)[j].store((*cells)[j - 1].load() + 1); });
  }
}

void Philosophers() {
  constexpr int n = 14;
  auto forks = std::make_shared<std::array<Mutex, n>>();
  for (int i = 0; i < n; ++i) {
    int first = i, second = (i + 1) % n;
    if (i == n - 1) std::swap(first, second);
    Go([=] {
      (*forks)[first].lock();
      (*forks)[second].lock();
      (*forks)[first].unlock();
      (*forks)[second].unlock();
    });
  }
}

void Senders() {
  Channel<int> c;
  for (int i = 0; i < 7; ++i) Go([=] { c.Send(i); });
  for (int i = 0; i < 7; ++i) c.Receive();
}

void FanIn() {
  Channel<int> a, b;
  for (Channel<int> c : {a, b}) {
    Go([=] {
      for (int i = 0; i < 8; ++i) c.Send(i);
    });
  }
  for (int i = 0; i < 16; ++i) Select(Recv(a), Recv(b));
}

void Pool() {
  constexpr int kJobs = 9;
  auto [ctx, cancel] = WithCancel(Background());
  Channel<int> work, results(kJobs);
  auto wg = std::make_shared<WaitGroup>();
  for (int w = 0; w < 2; ++w) {
    wg->Go([=, ctx = ctx] {
      for (bool go_on = true; go_on;) {
        std::optional<int> job;
        Select(Recv(work, [&](std::optional<int> v) { job = v; }), Recv(ctx.Done()));
        go_on = job.has_value();
        if (go_on) results.Send(*job);
      }
    });
  }
  for (int i = 0; i < kJobs; ++i) work.Send(i);
  cancel();
  wg->Wait();
}

// Three fibers of four bare switches each.
void Floor(benchmark::State& state) {
  sim::StackPool pool(64 << 10);
  struct Bare {
    static void Run(void* self) {
      for (int i = 0; i < 4; ++i) static_cast<Bare*>(self)->fiber->Suspend();
    }
    std::optional<sim::Fiber> fiber;
  };
  Bare bare[3];
  for (auto _ : state) {
    for (Bare& b : bare) b.fiber.emplace(pool, &Bare::Run, &b);
    for (int i = 0; i < 5; ++i) {
      for (Bare& b : bare) b.fiber->Resume();
    }
  }
}
BENCHMARK(Floor);

void Explore(benchmark::State& state, void (*program)()) {
  CheckOptions options;
  options.strategy = Strategy::kDpor;
  options.time = TimeModel::kIdeal;
  options.keep_going = true;
  uint64_t executions = 0, classes = 0, redundant = 0;
  for (auto _ : state) {
    CheckResult result = Check([program] { program(); }, options);
    executions += result.exploration.executions;
    classes = result.exploration.equivalence_classes;
    redundant += result.exploration.redundant;
  }
  state.counters["classes"] = static_cast<double>(classes);
  state.counters["redundant"] = static_cast<double>(redundant);
  state.counters["us/execution"] =
      benchmark::Counter(static_cast<double>(executions) * 1e-6,
                         benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

#define HEDDLE_EXPLORE(name) \
  BENCHMARK_CAPTURE(Explore, name, name)->Iterations(1)->Unit(benchmark::kMillisecond)
HEDDLE_EXPLORE(MutexCounter);
HEDDLE_EXPLORE(Readers);
HEDDLE_EXPLORE(Fib);
HEDDLE_EXPLORE(LastZero);
HEDDLE_EXPLORE(Philosophers);
HEDDLE_EXPLORE(Senders);
HEDDLE_EXPLORE(FanIn);
HEDDLE_EXPLORE(Pool);

}  // namespace
}  // namespace heddle
