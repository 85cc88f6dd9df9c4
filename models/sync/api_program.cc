// SPDX-License-Identifier: Apache-2.0
// FunctionProgram.
#include "models/sync/api_program.h"

#include <utility>

namespace heddle::api {

FunctionProgram::FunctionProgram(std::function<void()> function, const FunctionOptions& options)
    : function_(std::move(function)), options_(options) {}

std::function<void()> FunctionProgram::Start(sim::Execution& execution, sim::TaskClient** client) {
  TaskStart main;
  main.name = "main";
  auto call = [this] { function_(); };
  main.function = std::make_unique<CallableOf<decltype(call)>>(call);
  TaskState* task = runtime_.Begin(execution, std::move(main), options_.counts_tasks);
  *client = task;
  return [task] { task->Run(); };
}

void FunctionProgram::Finish() { runtime_.End(); }

}  // namespace heddle::api
