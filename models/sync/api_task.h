// SPDX-License-Identifier: Apache-2.0
// Tasks of C++ tests: go, join, choose, yield, exit.
//
// The function given to Go runs after its creator may have left its scope: capture handles
// (channels, contexts) by value, and what is captured by reference must outlive the task, as with
// std::thread.
#ifndef HEDDLE_MODELS_SYNC_API_TASK_H_
#define HEDDLE_MODELS_SYNC_API_TASK_H_

#include <memory>
#include <string>
#include <utility>

#include "models/sync/api_runtime.h"

namespace heddle {

// A handle of a task. It may be thrown away; the task runs on.
class Task {
 public:
  explicit Task(std::shared_ptr<api::TaskEnd> end) : end_(std::move(end)) {}
  // Waits until the task has ended. One that ended by a panic never lets its joiners go on.
  void Join(Site site = Site::current()) const;

 private:
  std::shared_ptr<api::TaskEnd> end_;
};

namespace api {
Task StartTask(Runtime& runtime, TaskStart start, Site site);
}  // namespace api

// The go statement.
template <class F>
Task Go(F&& function, Site site = Site::current()) {
  api::Runtime& runtime = api::Runtime::Get();
  return api::StartTask(runtime, api::MakeStart(runtime, std::forward<F>(function), site), site);
}
// The same, with the name that reports use for the task.
template <class F>
Task Go(std::string name, F&& function, Site site = Site::current()) {
  api::Runtime& runtime = api::Runtime::Get();
  api::TaskStart start = api::MakeStart(runtime, std::forward<F>(function), site);
  start.name = std::move(name);
  return api::StartTask(runtime, std::move(start), site);
}

// One of 0 .. n-1: each is explored. REQUIRES: n > 0.
int Choose(int n, Site site = Site::current());

// runtime.Gosched.
void Gosched(Site site = Site::current());

// runtime.Goexit: ends the current task; destructors run. `catch (...)` must rethrow it.
void Goexit(Site site = Site::current());

// runtime.NumGoroutine. REQUIRES: the check was told that the program counts its tasks.
int64_t NumTasks(Site site = Site::current());

namespace api {
// The position of the current task's next operation.
uint32_t NextPosition(Runtime& runtime);
// If the operations of the current task from `round` on have changed nothing: its next one awaits a
// change of what they saw.
void AwaitChange(Runtime& runtime, uint32_t round);
}  // namespace api

// Repeats `condition` until it is true. A round that has only looked (loads, failed polls, Gosched)
// and found false is repeated only after something that it looked at has changed, so a polling
// program comes to an end.
template <class Condition>
void SpinUntil(Condition&& condition, Site site = Site::current()) {
  api::Runtime& runtime = api::Runtime::Get();
  uint32_t round = api::NextPosition(runtime);
  while (!condition()) {
    Gosched(site);
    api::AwaitChange(runtime, round);
    round = api::NextPosition(runtime);
  }
}

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_TASK_H_
