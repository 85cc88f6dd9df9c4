// SPDX-License-Identifier: Apache-2.0
// FunctionProgram: a C++ function as a program that can be executed again and again.
//
// The bridge from heddle.h to the machine: heddle::Check explores one.
#ifndef HEDDLE_MODELS_SYNC_API_PROGRAM_H_
#define HEDDLE_MODELS_SYNC_API_PROGRAM_H_

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "models/sync/api_runtime.h"
#include "sim/program.h"

namespace heddle::api {

struct FunctionOptions {
  size_t stack_bytes = 256 * 1024;  // of each task
  bool counts_tasks = false;        // the function calls NumTasks
};

class FunctionProgram final : public sim::Program {
 public:
  // `function` must do the same in every execution, but for what its operations give it.
  FunctionProgram(std::function<void()> function, const FunctionOptions& options);

  std::function<void()> Start(sim::Execution& execution, sim::TaskClient** client) override;
  void Finish() override;
  size_t StackBytes() const override { return options_.stack_bytes; }
  bool CountsTasks() const override { return options_.counts_tasks; }
  std::vector<std::string> Fixed() const override { return {}; }

 private:
  std::function<void()> function_;
  FunctionOptions options_;
  Runtime runtime_;
};

}  // namespace heddle::api

#endif  // HEDDLE_MODELS_SYNC_API_PROGRAM_H_
