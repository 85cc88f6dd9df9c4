// SPDX-License-Identifier: Apache-2.0
// Go, Join, Choose, Gosched, Goexit.
#include "models/sync/api_task.h"

#include <stdexcept>

#include "models/sync/api_unwind.h"

namespace heddle {

namespace {

// The store of channels that are only ever closed.
class NoValues final : public sim::PayloadStore {
 public:
  void Hand(void*, void*) override {}
  void Push(void*) override {}
  void Pop(void*) override {}
  void Zero(void*) override {}
  void Drop() override {}
  std::string Show(const void*) const override { return ""; }
};

// Whether the operation left everything as it was, so that repeating it is waiting.
bool WithoutEffect(const sim::Model& model, const sim::Operation& operation,
                   const sim::Result& result) {
  switch (operation.code) {
    case sync::kSelect:
      return result.alternative == sim::kDefault;
    case sync::kTryLock:
    case sync::kTryRLock:
    case sync::kRwTryTake:
      return !result.flag;
    default:
      return model.Info(operation.code).pure;
  }
}

}  // namespace

Task api::StartTask(Runtime& runtime, TaskStart start, Site site) {
  static constinit NoValues no_values;  // has no state
  auto end = std::make_shared<TaskEnd>();
  end->closed_at_end = {runtime.NewObject(), 0, &no_values};
  start.end = end;
  runtime.Go(std::move(start), site);
  return Task(std::move(end));
}

void Task::Join(Site site) const {
  sync::ChannelRef channel = end_->closed_at_end;
  api::Runtime::Get().Perform(site, api::Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Receive(ex, channel, nullptr, at);
  });
}

int Choose(int n, Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  if (n <= 0) {
    runtime.RaisePanic("heddle: Choose needs at least one alternative", site);
    return 0;
  }
  sim::Result r = runtime.Perform(
      site, api::Release::kNo,
      [&](sim::Execution& ex, sync::CallSite at) { return sync::Choose(ex, n, at); });
  return sync::Abandoned(r) ? 0 : r.alternative;
}

void Gosched(Site site) {
  api::Runtime::Get().Perform(site, api::Release::kNo, [](sim::Execution& ex, sync::CallSite at) {
    return sync::Yield(ex, at);
  });
}

void Goexit(Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  if (!runtime.OnTask()) return;
  runtime.task().last = site;
  const void* base = runtime.task().base();
  if (api::CanThrow(std::make_exception_ptr(api::GoexitUnwind{}), base)) throw api::GoexitUnwind{};
  runtime.RaisePanic("heddle: Goexit in a destructor that must not throw", site);
}

int64_t NumTasks(Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  if (!runtime.counts_tasks()) {
    throw std::logic_error("heddle::NumTasks needs CheckOptions::counts_tasks");
  }
  sim::Result r =
      runtime.Perform(site, api::Release::kNo,
                      [](sim::Execution& ex, sync::CallSite at) { return sync::NumTasks(ex, at); });
  return sync::Abandoned(r) ? 0 : r.value;
}

uint32_t api::NextPosition(Runtime& runtime) {
  if (!runtime.OnTask()) return 0;
  sim::Execution& ex = runtime.execution();
  return static_cast<uint32_t>(ex.record().Find(ex.Current())->operations.size());
}

void api::AwaitChange(Runtime& runtime, uint32_t round) {
  if (!runtime.OnTask()) return;
  sim::Execution& ex = runtime.execution();
  const sim::Record& record = ex.record();
  const std::vector<sim::OperationRow>& operations = record.Find(ex.Current())->operations;
  for (size_t i = round; i < operations.size(); ++i) {
    const sim::OperationRow& row = operations[i];
    if (row.event == sim::kNoEvent) return;
    const sim::Part& part = record.Parts(record.events[row.event])[row.part];
    if (!WithoutEffect(ex.model(), *row.operation, part.result)) return;
  }
  runtime.task().await_from = round;
}

}  // namespace heddle
