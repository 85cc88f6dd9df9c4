// SPDX-License-Identifier: Apache-2.0
// Timers, tickers, sleep.
#include "models/sync/api_time.h"

namespace heddle {

namespace {

constexpr TimePoint kStart = std::chrono::sys_days{std::chrono::year{2000} / 1 / 1};

}  // namespace

namespace api {

TimePoint TimePointOf(int64_t since_start) { return kStart + Duration(since_start); }
int64_t SinceStart(TimePoint time) { return (time - kStart).count(); }

TimerCore::TimerCore(Runtime& runtime, sync::TimerMode mode) : runtime_(runtime), channel_(1) {
  channel_.core()->HideBuffer();
  channel_.core()->SetTicks();
  ref_ = {runtime.NewObject(), mode, true, channel_.ref()};
}

TimerCore::TimerCore(Runtime& runtime, std::function<TaskStart()> again)
    : runtime_(runtime), channel_(Channel<TimePoint>::Nil()), again_(std::move(again)) {
  ref_ = {runtime.NewObject(), sync::kFunctionTimer, true, {}};
}

bool TimerCore::Arm(Duration duration, Site site) {
  sim::Result r = runtime_.Perform(site, Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::TimerArm(ex, ref_, duration.count(), this, at);
  });
  if (sync::Abandoned(r)) return false;
  deadline_ = r.value;
  return r.flag;
}

bool TimerCore::Stop(Site site) {
  sim::Result r = runtime_.Perform(site, Release::kYes, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::TimerStop(ex, ref_, at);
  });
  return !sync::Abandoned(r) && r.flag;
}

void TimerCore::Tick(int64_t now) {
  std::optional<TimePoint> time = TimePointOf(now);
  channel_.core()->Push(&time);
}

std::function<void()> TimerCore::Function() {
  task_ = runtime_.NewTask(again_());
  return [task = task_] { task->Run(); };
}

}  // namespace api

void Sleep(Duration duration, Site site) {
  if (duration.count() <= 0) return;
  api::Runtime::Get().Perform(site, api::Release::kNo, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Sleep(ex, duration.count(), at);
  });
}

TimePoint Now(Site site) {
  sim::Result r = api::Runtime::Get().Perform(
      site, api::Release::kNo,
      [](sim::Execution& ex, sync::CallSite at) { return sync::Now(ex, at); });
  return api::TimePointOf(sync::Abandoned(r) ? 0 : r.value);
}

Timer::Timer(Duration duration, Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  core_ = runtime.Own<api::TimerCore>(runtime, sync::kChannelTimer);
  core_->Arm(duration, site);
}

Ticker::Ticker(Duration period, Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  core_ = runtime.Own<api::TimerCore>(runtime, sync::kTickerTimer);
  if (period.count() <= 0) {
    runtime.RaisePanic("non-positive interval for NewTicker", site);
    return;
  }
  core_->Arm(period, site);
}

void Ticker::Reset(Duration period, Site site) const {
  if (period.count() <= 0) {
    return api::Runtime::Get().RaisePanic("non-positive interval for Ticker.Reset", site);
  }
  core_->Arm(period, site);
}

Channel<TimePoint> After(Duration duration, Site site) { return Timer(duration, site).C(); }

}  // namespace heddle
