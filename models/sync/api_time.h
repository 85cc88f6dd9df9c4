// SPDX-License-Identifier: Apache-2.0
// Virtual time of C++ tests: Sleep, Now, After, AfterFunc, Timer, Ticker.
//
// Time moves only when a timer fires; durations are std::chrono. Timers behave as from go1.23 on:
// after Stop or Reset no stale value is received.
#ifndef HEDDLE_MODELS_SYNC_API_TIME_H_
#define HEDDLE_MODELS_SYNC_API_TIME_H_

#include <chrono>
#include <utility>

#include "models/sync/api_channel.h"
#include "models/sync/api_task.h"

namespace heddle {

using Duration = std::chrono::nanoseconds;
// Every execution starts at 2000-01-01 00:00:00 UTC.
using TimePoint = std::chrono::sys_time<std::chrono::nanoseconds>;

namespace api {

// The live half of a timer; lives until the end of the execution.
class TimerCore final : public Owned, public sim::TimerClient {
 public:
  TimerCore(Runtime& runtime, sync::TimerMode mode);
  // A timer that starts a task; `again` makes the task's function for each expiry.
  TimerCore(Runtime& runtime, std::function<TaskStart()> again);

  // Results as those of sync::TimerArm and TimerStop; false when the task has to end.
  bool Arm(Duration duration, Site site);
  bool Stop(Site site);

  const Channel<TimePoint>& channel() const { return channel_; }
  const sync::TimerRef& ref() const { return ref_; }
  int64_t deadline() const { return deadline_; }  // as of the last Arm

  void Tick(int64_t now) override;
  std::function<void()> Function() override;
  sim::TaskClient* FunctionClient() override { return task_; }

 private:
  Runtime& runtime_;
  sync::TimerRef ref_;
  Channel<TimePoint> channel_;
  std::function<TaskStart()> again_;
  TaskState* task_ = nullptr;  // of the last expiry
  int64_t deadline_ = 0;
};

TimePoint TimePointOf(int64_t since_start);
int64_t SinceStart(TimePoint time);

}  // namespace api

void Sleep(Duration duration, Site site = Site::current());
TimePoint Now(Site site = Site::current());

// A handle, as channels are. Becomes ready on C() once.
class Timer {
 public:
  explicit Timer(Duration duration, Site site = Site::current());
  // time.AfterFunc: calls the function in a task of its own. C() is nil.
  template <class F>
  static Timer OfFunction(Duration duration, F function, Site site = Site::current()) {
    api::Runtime& runtime = api::Runtime::Get();
    Timer timer(runtime.Own<api::TimerCore>(
        runtime, [function, site] { return api::MakeStart(api::Runtime::Get(), function, site); }));
    timer.core_->Arm(duration, site);
    return timer;
  }

  const Channel<TimePoint>& C() const { return core_->channel(); }
  // True when that kept it from firing (or its value from being received).
  bool Stop(Site site = Site::current()) const { return core_->Stop(site); }
  bool Reset(Duration duration, Site site = Site::current()) const {
    return core_->Arm(duration, site);
  }

 private:
  explicit Timer(api::TimerCore* core) : core_(core) {}
  api::TimerCore* core_;
};

// Ticks again and again; ticks that nobody takes in time are dropped. The period must be positive.
class Ticker {
 public:
  explicit Ticker(Duration period, Site site = Site::current());
  const Channel<TimePoint>& C() const { return core_->channel(); }
  void Stop(Site site = Site::current()) const { core_->Stop(site); }
  void Reset(Duration period, Site site = Site::current()) const;

 private:
  api::TimerCore* core_;
};

// time.After.
Channel<TimePoint> After(Duration duration, Site site = Site::current());

// time.AfterFunc.
template <class F>
Timer AfterFunc(Duration duration, F&& function, Site site = Site::current()) {
  return Timer::OfFunction(duration, std::forward<F>(function), site);
}

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_TIME_H_
