// SPDX-License-Identifier: Apache-2.0
// Costs of checking C++ programs: of one visible operation, of an execution, of a whole
// exploration.
//
// "ops/s" counts visible operations, "executions/s" executions. The mutex counter 3x4 has 34,650
// classes; 2,000 of them are explored in each round.
#include <benchmark/benchmark.h>

#include <memory>

#include "checker/api/check.h"
#include "checker/engine.h"
#include "models/sync/api_program.h"
#include "models/sync/machine.h"

namespace heddle {
namespace {

// Takes the first label that is enabled: no search, only the machine.
class FirstEnabled final : public sim::Strategy {
 public:
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    const std::vector<sim::Label>& enabled = execution.Enabled();
    if (enabled.empty()) return std::nullopt;
    return enabled.front();
  }
};

void RunAgain(benchmark::State& state, std::function<void()> function) {
  api::FunctionProgram program(std::move(function), {});
  checker::Engine engine(program, &sync::Machine::New);
  FirstEnabled first;
  uint64_t events = 0;
  for (auto _ : state) {
    events += engine.Run(first, sim::TimeModel::kIdeal, {}, {}).events.size();
  }
  state.counters["ops/s"] =
      benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["executions/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void MutexCounter(int tasks, int rounds) {
  auto mu = std::make_shared<Mutex>();
  for (int t = 0; t < tasks; ++t) {
    Go([=] {
      for (int i = 0; i < rounds; ++i) Lock guard(*mu);
    });
  }
}

void VisibleOperationAtomic(benchmark::State& state) {
  RunAgain(state, [] {
    Atomic<int> x(0);
    for (int i = 0; i < 1000; ++i) x.store(i);
  });
}
BENCHMARK(VisibleOperationAtomic);

void VisibleOperationChannel(benchmark::State& state) {
  RunAgain(state, [] {
    Channel<int> c;
    Go([=] {
      for (int i = 0; i < 500; ++i) c.Send(i);
    });
    for (int i = 0; i < 500; ++i) c.Receive();
  });
}
BENCHMARK(VisibleOperationChannel);

void ExecutionMutexCounter3x4(benchmark::State& state) {
  RunAgain(state, [] { MutexCounter(3, 4); });
}
BENCHMARK(ExecutionMutexCounter3x4);

void ExploreMutexCounter3x4(benchmark::State& state) {
  CheckOptions options;
  options.strategy = Strategy::kDpor;
  options.time = TimeModel::kIdeal;
  options.max_executions = 2000;
  uint64_t executions = 0;
  for (auto _ : state) {
    executions += Check([] { MutexCounter(3, 4); }, options).exploration.executions;
  }
  state.counters["executions/s"] =
      benchmark::Counter(static_cast<double>(executions), benchmark::Counter::kIsRate);
}
BENCHMARK(ExploreMutexCounter3x4)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace heddle
