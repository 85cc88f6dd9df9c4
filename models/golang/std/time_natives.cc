// SPDX-License-Identifier: Apache-2.0
// Natives of time: timers, sleeping and the clock, over the timers of models/sync.
#include <algorithm>
#include <fstream>
#include <ios>
#include <new>
#include <string>

#include "models/golang/std/natives.h"
#include "models/golang/std/number_text.h"
#include "models/golang/std/timers.h"
#include "models/golang/vm/machine.h"

namespace heddle::golang {

using sync::CallSite;
using vm::GoChan;
using vm::GoFunc;
using vm::GoString;
using vm::NativeCall;
using vm::Stopped;

GoTimer* GoTimer::New(NativeCall& call, GoChan* channel, GoFunc function, bool repeats,
                      const GoTime& start) {
  void* memory = call.Allocate(sizeof(GoTimer));
  auto* timer = new (memory) GoTimer(start, channel, function);
  timer->ref_.id = call.machine().ObjectAt(memory);
  timer->ref_.mode = repeats              ? sync::kTickerTimer
                     : channel == nullptr ? sync::kFunctionTimer
                                          : sync::kChannelTimer;
  timer->ref_.no_stale_values = channel != nullptr && call.program().lang_minor >= 23;
  if (channel != nullptr) channel->SetTicks();
  timer->ref_.channel = GoChan::Ref(channel);
  return timer;
}

sim::Result GoTimer::Arm(NativeCall& call, int64_t duration) {
  owner_ = &call.goroutine();
  return vm::Visible(owner_, [&](sim::Execution& ex, CallSite at) {
    return sync::TimerArm(ex, ref_, duration, this, at);
  });
}

sim::Result GoTimer::Stop(NativeCall& call) {
  return vm::Visible(&call.goroutine(), [&](sim::Execution& ex, CallSite at) {
    return sync::TimerStop(ex, ref_, at);
  });
}

void GoTimer::Tick(int64_t now) {
  const int64_t total = static_cast<int64_t>(start_.nanoseconds) + now;
  GoTime time = {static_cast<uint64_t>(total % 1'000'000'000),
                 start_.seconds + total / 1'000'000'000, start_.location};
  channel_->Push(&time);
}

std::function<void()> GoTimer::Function() {
  const auto& functions = owner_->machine().program().functions;
  goroutine_ =
      vm::PrepareGoroutine(owner_, &functions[*function_.closure], function_.closure, nullptr);
  return vm::BodyOf(goroutine_);
}

namespace {

void NewTimer(NativeCall& call) {
  auto* channel = call.Arg<GoChan*>();
  const auto function = call.Arg<GoFunc>();
  const auto duration = call.Arg<int64_t>();
  const auto period = call.Arg<int64_t>();
  const auto start = call.Arg<GoTime>();
  if (channel == nullptr && function.closure == nullptr) {
    call.Fatal("go of nil func value");
    return;
  }
  GoTimer* timer = GoTimer::New(call, channel, function, period > 0, start);
  timer->Arm(call, duration);
  if (!Stopped(&call.goroutine())) {
    call.Return(timer);
  }
}

void StopTimer(NativeCall& call) {
  const sim::Result result = call.Arg<GoTimer*>()->Stop(call);
  if (!Stopped(&call.goroutine())) {
    call.Return(result.flag);
  }
}

void ResetTimer(NativeCall& call) {
  auto* timer = call.Arg<GoTimer*>();
  const sim::Result result = timer->Arm(call, call.Arg<int64_t>());
  if (!Stopped(&call.goroutine())) {
    call.Return(result.flag);
  }
}

void Sleep(NativeCall& call) {
  const auto duration = call.Arg<int64_t>();
  if (duration <= 0) {
    return;
  }
  vm::Visible(&call.goroutine(),
              [&](sim::Execution& ex, CallSite at) { return sync::Sleep(ex, duration, at); });
}

void Now(NativeCall& call) {
  const sim::Result result = vm::Visible(
      &call.goroutine(), [](sim::Execution& ex, CallSite at) { return sync::Now(ex, at); });
  if (!Stopped(&call.goroutine())) {
    call.Return(kVirtualStart + result.value);
  }
}

void DurationString(NativeCall& call) { call.ReturnString(DurationText(call.Arg<int64_t>())); }

// The zone files of the system; a name does not lead out of their folder.
void ZoneFile(NativeCall& call) {
  constexpr size_t kMaxSize = size_t{1} << 20;
  const std::string name(call.Arg<GoString>().view());
  std::ifstream in("/usr/share/zoneinfo/" + name, std::ios::binary);
  std::string data(kMaxSize, '\0');
  in.read(data.data(), static_cast<std::streamsize>(kMaxSize));
  data.resize(static_cast<size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  const bool is_plain =
      name.find("..") == std::string::npos && name.find('\0') == std::string::npos;
  if (!is_plain || !data.starts_with("TZif")) data.clear();
  call.ReturnString(data);
  call.Return(!data.empty());
}

}  // namespace

void AddTimeNatives(vm::NativeTable* table) {
  table->Add("time.newTimer", &NewTimer);
  table->Add("time.stopTimer", &StopTimer);
  table->Add("time.resetTimer", &ResetTimer);
  table->Add("time.Sleep", &Sleep);
  table->Add("time.now", &Now);
  table->Add("time.durationString", &DurationString);
  table->Add("time.zoneFile", &ZoneFile);
}

}  // namespace heddle::golang
