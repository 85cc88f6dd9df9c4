// SPDX-License-Identifier: Apache-2.0
// Tasks of C++ tests, and the ways in which they end.
#include "models/sync/api_runtime.h"

#include <fmt/format.h>

#include <cstring>
#include <exception>

#include "models/sync/api_channel.h"
#include "models/sync/api_panic_state.h"
#include "models/sync/api_unwind.h"
#include "sim/base/check.h"
#include "sim/paths.h"

namespace heddle::api {

namespace {

// How often a task that has to end may go on before we give up on it.
constexpr uint32_t kMostRefused = 100'000;

std::string_view BaseName(std::string_view path) {
  size_t slash = path.rfind('/');
  return slash == path.npos ? path : path.substr(slash + 1);
}

// "virtual void Pool_Stops_Test::TestBody()::<lambda()>" is shown as "Pool_Stops_Test::TestBody,
// lambda".
std::string ShortFunction(std::string_view pretty) {
  size_t end = pretty.find('(');
  if (end == pretty.npos) return std::string(pretty);
  size_t begin = pretty.rfind(' ', end);
  std::string name(pretty.substr(begin == pretty.npos ? 0 : begin + 1,
                                 end - (begin == pretty.npos ? 0 : begin + 1)));
  if (pretty.find("<lambda") != pretty.npos && name.find("lambda") == name.npos) name += ", lambda";
  return name;
}

sim::TraceSite TraceSiteOf(Site site) {
  if (site.line() == 0) return {};
  return {site.file_name(), static_cast<int>(site.line()), static_cast<int>(site.column()),
          ShortFunction(site.function_name())};
}

}  // namespace

constinit thread_local Runtime* Runtime::current_ = nullptr;

// ---- TaskState ----------------------------------------------------------------------------------

void TaskState::Prepare(TaskStart start) {
  start_ = std::move(start);
  base_ = nullptr;
  last = start_.site;
  await_from = sim::Operation::kNotAwaiting;
  dying = false;
  refused = 0;
}

std::string TaskState::Name() const {
  if (!start_.name.empty() || start_.site.line() == 0) return start_.name;
  return fmt::format("{}:{}", BaseName(start_.site.file_name()), start_.site.line());
}

sim::TraceSite TaskState::Site(uint64_t site) const {
  return TraceSiteOf(site == 0 ? last : std::bit_cast<heddle::Site>(site));
}

std::vector<sim::TraceSite> TaskState::Stack() const {
  if (last.line() == 0) return {};
  return {TraceSiteOf(last)};
}

sim::TraceSite TaskState::CreatedAt() const { return TraceSiteOf(start_.site); }

void TaskState::Reachable(const std::function<void(sim::ObjectId)>& visit) const {
  for (sim::ObjectId id : start_.reachable) visit(id);
}

void TaskState::Touch(sim::ObjectId done_channel) {
  if (!done_channel.valid()) return;
  std::vector<sim::ObjectId>& known = start_.reachable;
  for (size_t i = known.size(); i > 0; --i) {
    if (known[i - 1] == done_channel) return;
  }
  known.push_back(done_channel);
}

void TaskState::Guarded(const std::function<void()>& body) {
  Runtime& runtime = Runtime::Get();
  try {
    body();
  } catch (const sim::TaskAbandoned&) {
  } catch (const FatalError&) {
  } catch (const GoexitUnwind&) {
    // Not a finding by itself: the detector of deadlocks wants to know.
    if (runtime.execution().Current() == sim::PathTable::Main()) {
      runtime.Report("main-goexit", "main called runtime.Goexit", false, last);
    }
  } catch (const Panic& panic) {
    panic.state_->settled = true;
    const char* kind =
        panic.state_->status == sync::kOk ? "panic" : sync::FindingKindName(panic.state_->status);
    runtime.Report(kind, std::string("panic: ") + panic.what(), true, panic.site());
    dying = true;
  } catch (const std::exception& e) {
    runtime.Report("panic", std::string("uncaught exception: ") + e.what(), true, last);
    dying = true;
  } catch (...) {
    runtime.Report("panic", "uncaught exception", true, last);
    dying = true;
  }
}

void TaskState::Run() {
  base_ = __builtin_frame_address(0);
  // The creator has come to its next operation by now: a handle that it only threw away is gone,
  // whatever the schedule is.
  bool joinable = start_.end != nullptr && start_.end.use_count() > 1;
  Guarded([this] { start_.function->Call(); });
  Guarded([this] { start_.function.reset(); });
  if (!joinable || dying) return;
  Guarded([this] {
    Runtime::Get().Perform(last, Release::kYes, [&](sim::Execution& ex, sync::CallSite at) {
      return sync::Close(ex, start_.end->closed_at_end, at);
    });
  });
}

// ---- Runtime ------------------------------------------------------------------------------------

Runtime::~Runtime() {
  if (execution_ != nullptr) End();
}

TaskState* Runtime::Begin(sim::Execution& execution, TaskStart main, bool counts_tasks) {
  HEDDLE_CHECK(execution_ == nullptr, "one execution of a program at a time");
  outer_ = std::exchange(current_, this);
  execution_ = &execution;
  counts_tasks_ = counts_tasks;
  ending_ = false;
  num_tasks_ = 0;
  next_memory_ = 0;
  return NewTask(std::move(main));
}

void Runtime::End() {
  ending_ = true;
  for (size_t i = num_tasks_; i > 0; --i) tasks_[i - 1]->Release();
  while (channels_ != nullptr) {
    std::shared_ptr<ChannelCore> channel = channels_->shared_from_this();
    Unlink(channel.get());
    channel->Clear();
  }
  while (!owned_.empty()) owned_.pop_back();
  errors_ = nullptr;
  execution_ = nullptr;
  current_ = outer_;
}

TaskState* Runtime::NewTask(TaskStart start) {
  if (tasks_.size() == num_tasks_) tasks_.push_back(std::make_unique<TaskState>());
  TaskState* task = tasks_[num_tasks_++].get();
  task->Prepare(std::move(start));
  return task;
}

void Runtime::Go(TaskStart start, Site site) {
  Perform(site, Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
    TaskState* task = NewTask(std::move(start));
    sync::Go(
        ex, [task] { task->Run(); }, task, at);
    return sim::Result{};
  });
}

sim::ObjectId Runtime::NewObject() {
  if (!OnTask()) return {};
  return execution_->NewObject();
}

void Runtime::Link(ChannelCore* channel) {
  channel->next_ = channels_;
  channel->previous_ = nullptr;
  if (channels_ != nullptr) channels_->previous_ = channel;
  channels_ = channel;
}

void Runtime::Unlink(ChannelCore* channel) {
  (channel->previous_ != nullptr ? channel->previous_->next_ : channels_) = channel->next_;
  if (channel->next_ != nullptr) channel->next_->previous_ = channel->previous_;
  channel->runtime_ = nullptr;
}

void Runtime::Report(std::string_view kind, std::string message, bool fatal, Site site) {
  if (!OnTask() || task().dying) return;
  sim::Incident incident;
  incident.kind = kind;
  incident.message = std::move(message);
  incident.fatal = fatal;
  incident.site = Word(site);
  execution_->Report(std::move(incident));
}

void Runtime::Die() {
  if (!OnTask()) return;
  task().dying = true;
  if (CanThrow(std::make_exception_ptr(FatalError{}), task().base())) throw FatalError{};
}

void Runtime::Raise(sync::Status status, Site site) {
  if (sync::IsFatal(status)) {
    Report(sync::FindingKindName(status), std::string("fatal error: ") + sync::Message(status),
           true, site);
    return Die();
  }
  Panic panic(status, site);
  if (CanThrow(std::make_exception_ptr(panic), task().base())) throw panic;
  panic.state_->settled = true;
  Report(sync::FindingKindName(status),
         std::string("panic: ") + sync::Message(status) + " (in a destructor that must not throw)",
         true, site);
  Die();
}

void Runtime::RaisePanic(std::string message, Site site) {
  if (Stopping()) {
    Refuse(Release::kNo);
    return;
  }
  task().last = site;
  Panic panic(message, site);
  if (CanThrow(std::make_exception_ptr(panic), task().base())) throw panic;
  Report("panic", "panic: " + message + " (in a destructor that must not throw)", true, site);
  Die();
}

sim::Result Runtime::Refuse(Release release) {
  constexpr sim::Result kRefused = {.status = sim::Result::kAbandoned};
  if (!OnTask()) return kRefused;
  TaskState& state = task();
  ++state.refused;
  HEDDLE_CHECK(
      state.refused < 2 * kMostRefused,
      "a task that has to end does not: `catch (...)` around operations must rethrow, and a loop "
      "in a destructor must come to its end when its operations do nothing");
  if (release == Release::kYes && state.refused < kMostRefused) return kRefused;
  if (state.dying) {
    if (CanThrow(std::make_exception_ptr(FatalError{}), state.base())) throw FatalError{};
  } else {
    if (CanThrow(std::make_exception_ptr(sim::TaskAbandoned{}), state.base())) {
      throw sim::TaskAbandoned{};
    }
  }
  return kRefused;
}

void Runtime::OutsideOfExecution() {
  throw std::logic_error(
      "heddle's primitives exist only inside a function that heddle::Check runs: create and use "
      "them there");
}

Site Runtime::SiteInTest(Site site) {
  const char* file = site.file_name();
  if (file == test_file_) return site;
  if (file != library_file_) {
    if (std::strstr(file, "/include/c++/") == nullptr) {
      test_file_ = file;
      return site;
    }
    library_file_ = file;
  }
  return OnTask() ? task().last : site;
}

}  // namespace heddle::api
