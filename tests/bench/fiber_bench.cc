// SPDX-License-Identifier: Apache-2.0
//
// What the fiber layer costs: one switch, a start with its end, and many fibers in turn. A visible
// operation of a task costs at least two switches (there and back).
#include <benchmark/benchmark.h>

#include <cstddef>
#include <deque>

#include "sim/fiber.h"
#include "sim/stack_pool.h"

namespace heddle::sim {
namespace {

constexpr std::size_t kStackBytes = 64 * 1024;

struct Loop {
  explicit Loop(StackPool& pool) : fiber(pool, &Loop::Run, this) {}
  static void Run(void* self) {
    auto* loop = static_cast<Loop*>(self);
    while (!loop->stop) loop->fiber.Suspend();
  }
  bool stop = false;
  Fiber fiber;
};

// One item is one switch: a Resume with its Suspend counts as two.
void BM_Switch(benchmark::State& state) {
  StackPool pool(kStackBytes);
  Loop loop(pool);
  loop.fiber.Resume();
  for (auto _ : state) loop.fiber.Resume();
  state.SetItemsProcessed(2 * state.iterations());
  loop.stop = true;
  loop.fiber.Resume();
}
BENCHMARK(BM_Switch);

void BM_StartAndEnd(benchmark::State& state) {
  StackPool pool(kStackBytes);
  for (auto _ : state) {
    Loop loop(pool);
    loop.stop = true;
    loop.fiber.Resume();
  }
}
BENCHMARK(BM_StartAndEnd);

// One item is one switch. With many fibers each stack has left the cache when its turn comes.
void BM_SwitchAmongMany(benchmark::State& state) {
  StackPool pool(kStackBytes);
  std::deque<Loop> loops;
  for (int i = 0; i < state.range(0); ++i) loops.emplace_back(pool).fiber.Resume();
  for (auto _ : state) {
    for (Loop& loop : loops) loop.fiber.Resume();
  }
  state.SetItemsProcessed(2 * state.iterations() * state.range(0));
  for (Loop& loop : loops) {
    loop.stop = true;
    loop.fiber.Resume();
  }
}
BENCHMARK(BM_SwitchAmongMany)->Arg(4)->Arg(100)->Arg(10'000);

}  // namespace
}  // namespace heddle::sim
