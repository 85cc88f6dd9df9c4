// SPDX-License-Identifier: Apache-2.0
// What an event costs in short and in long executions, and ten thousand goroutines at once.
//
// "time/event" must hardly depend on the length: at 100,000 events at most 1.5 times that at 100.
// The figures are those of whole checks under the random strategy, with all detectors and the
// naming of the class. CancelTenThousand must stay below 50 ms.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>

#include "checker/api/check.h"

namespace heddle {
namespace {

// Executions of one check, so that what a check costs by itself does not count.
constexpr int64_t kEvents = 200'000;

void Sample(benchmark::State& state, int64_t length, const std::function<void()>& program) {
  CheckOptions options;
  options.strategy = Strategy::kRandom;
  options.time = TimeModel::kIdeal;
  options.max_executions = static_cast<uint64_t>(std::max<int64_t>(kEvents / length, 1));
  options.max_steps = 1'000'000;
  options.keep_going = true;
  uint64_t events = 0;
  for (auto _ : state) {
    CheckResult result = Check(program, options);
    if (!result.ok() || result.exploration.cut > 0) state.SkipWithError("it goes wrong");
    events += result.exploration.events;
  }
  state.counters["time/event"] = benchmark::Counter(
      static_cast<double>(events), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void LengthLocks(benchmark::State& state) {
  const int64_t rounds = state.range(0) / 8;
  Sample(state, state.range(0), [rounds] {
    auto mu = std::make_shared<Mutex>();
    auto n = std::make_shared<Var<int64_t>>(0);
    for (int t = 0; t < 4; ++t) {
      Go([=] {
        for (int64_t i = 0; i < rounds; ++i) {
          Lock guard(*mu);
          *n = *n + 1;
        }
      });
    }
  });
}
BENCHMARK(LengthLocks)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);

void LengthChannels(benchmark::State& state) {
  const int64_t values = state.range(0) / 4;
  Sample(state, state.range(0), [values] {
    Channel<int64_t> first(4), second;
    Go([=] {
      for (int64_t i = 0; i < values; ++i) first.Send(i);
      first.Close();
    });
    Go([=] {
      while (std::optional<int64_t> v = first.Receive()) second.Send(*v);
      second.Close();
    });
    while (second.Receive().has_value()) {
    }
  });
}
BENCHMARK(LengthChannels)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);

void LengthAtomics(benchmark::State& state) {
  const int64_t rounds = state.range(0) / 4;
  Sample(state, state.range(0), [rounds] {
    auto x = std::make_shared<Atomic<int64_t>>(0);
    for (int t = 0; t < 2; ++t) {
      Go([=] {
        for (int64_t i = 0; i < rounds; ++i) {
          x->store(i);
          x->load();
        }
      });
    }
  });
}
BENCHMARK(LengthAtomics)->RangeMultiplier(10)->Range(100, 100'000)->Unit(benchmark::kMillisecond);

// One random execution: all listen, then one cancel stops them.
void CancelTenThousand(benchmark::State& state) {
  CheckOptions options;
  options.strategy = Strategy::kRandom;
  options.time = TimeModel::kIdeal;
  options.max_executions = 10;
  options.stack_bytes = 16 * 1024;
  uint64_t executions = 0;
  for (auto _ : state) {
    CheckResult result = Check(
        [] {
          auto [ctx, cancel] = WithCancel(Background());
          auto wg = std::make_shared<WaitGroup>();
          for (int i = 0; i < 10'000; ++i) {
            wg->Go([ctx = ctx] { ctx.Done().Receive(); });
          }
          cancel();
          wg->Wait();
        },
        options);
    if (!result.ok() || result.exploration.cut > 0) state.SkipWithError("it goes wrong");
    executions += result.exploration.executions;
  }
  state.counters["time/execution"] = benchmark::Counter(
      static_cast<double>(executions), benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(CancelTenThousand)->Iterations(1)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heddle
