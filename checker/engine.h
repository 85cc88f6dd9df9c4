// SPDX-License-Identifier: Apache-2.0
// Engine: everything one thread needs to run executions of one program: store, paths, models,
// stacks.
#ifndef HEDDLE_CHECKER_ENGINE_H_
#define HEDDLE_CHECKER_ENGINE_H_

#include <memory>
#include <span>

#include "checker/search.h"
#include "sim/execution.h"
#include "sim/program.h"

namespace heddle::checker {

class Engine {
 public:
  // `program` and what `factory` makes must outlive the engine.
  Engine(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds = {});
  ~Engine();

  // One execution under the strategy; `kept`: see Execution::Run. The record is valid until the
  // next Run.
  const sim::Record& Run(sim::Strategy& strategy, sim::TimeModel time,
                         const sim::ExecutionLimits& limits,
                         std::span<sim::Observer* const> observers, uint32_t kept = 0);

  // A second model over the same store and paths, for questions of "what if".
  sim::Model& what_if() { return *what_if_; }
  sim::Execution& execution() { return *execution_; }

 private:
  sim::Program& program_;
  sim::OperationStore store_;
  sim::PathTable paths_;
  std::unique_ptr<sim::Model> model_;
  std::unique_ptr<sim::Model> what_if_;
  sim::StackPool stacks_;
  std::unique_ptr<sim::Execution> execution_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_ENGINE_H_
