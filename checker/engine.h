// SPDX-License-Identifier: Apache-2.0
// Engine: everything one thread needs to run executions of one program: store, paths, models,
// stacks.
#ifndef HEDDLE_CHECKER_ENGINE_H_
#define HEDDLE_CHECKER_ENGINE_H_

#include <memory>
#include <span>
#include <vector>

#include "checker/search.h"
#include "sim/execution.h"
#include "sim/program.h"

namespace heddle::checker {

class Engine {
 public:
  // `program` and what `factory` makes must outlive the engine.
  // `replays`: executions are given, so whatever some exploration could have done is enabled.
  Engine(sim::Program& program, sim::ModelFactory factory, const sim::Bounds& bounds = {},
         bool replays = false);
  // For another thread, with the same ids; `program` behaves as that of the first.
  Engine(Engine& first, sim::Program& program);
  ~Engine();

  // One execution under the strategy; `kept`: see Execution::Run. The record is valid until the
  // next Run.
  const sim::Record& Run(sim::Strategy& strategy, sim::TimeModel time,
                         const sim::ExecutionLimits& limits,
                         std::span<sim::Observer* const> observers, uint32_t kept = 0);

  // Takes in what the engines of other threads have named since.
  void CatchUp() { paths_.CatchUp(); }

  // The objects whose order the last execution has shown to matter more than the models took it to;
  // empty: what they said of it holds.
  std::vector<sim::ObjectId> Refuted() const;
  // From the next Run on the models keep to the strict rules for these objects too.
  void AddStrict(const std::vector<sim::ObjectId>& objects);

  // A second model over the same store and paths, for questions of "what if".
  sim::Model& what_if() { return *what_if_; }
  sim::Execution& execution() { return *execution_; }

 private:
  void SetUp();

  sim::Program& program_;
  sim::ModelFactory factory_;
  sim::ModelOptions options_;
  sim::OperationStore store_;
  sim::PathTable paths_;
  std::unique_ptr<sim::Model> model_;
  std::unique_ptr<sim::Model> what_if_;
  std::vector<sim::ObjectId> strict_;
  sim::StackPool stacks_;
  std::unique_ptr<sim::Execution> execution_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_ENGINE_H_
