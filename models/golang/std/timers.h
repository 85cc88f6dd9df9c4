// SPDX-License-Identifier: Apache-2.0
// Timers of Go programs: the native half of time.Timer and time.Ticker, and the timers behind
// context deadlines.
//
// Keep: a timer lies in the heap of the execution and owns nothing, so it is never destroyed.
#ifndef HEDDLE_MODELS_GOLANG_STD_TIMERS_H_
#define HEDDLE_MODELS_GOLANG_STD_TIMERS_H_

#include <cstdint>
#include <functional>

#include "models/golang/vm/native.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {

// Where the virtual clock starts, 2000-01-01 00:00:00 UTC, in nanoseconds since 1970.
inline constexpr int64_t kVirtualStart = 946'684'800'000'000'000;

// time.Time.
struct GoTime {
  uint64_t nanoseconds;
  int64_t seconds;  // since the year 1
  const void* location;
};

class GoTimer final : public sim::TimerClient {
 public:
  // In the heap, not armed. Without a channel the function is started in a goroutine of its own;
  // `repeats` makes a ticker; `start` is the time at which the virtual clock starts.
  static GoTimer* New(vm::NativeCall& call, vm::GoChan* channel, vm::GoFunc function, bool repeats,
                      const GoTime& start);

  // Visible operations; the flag says whether it had been active.
  sim::Result Arm(vm::NativeCall& call, int64_t duration);
  sim::Result Stop(vm::NativeCall& call);

  // ---- sim::TimerClient ----
  void Tick(int64_t now) override;
  std::function<void()> Function() override;
  sim::TaskClient* FunctionClient() override { return goroutine_; }

 private:
  GoTimer(const GoTime& start, vm::GoChan* channel, vm::GoFunc function)
      : start_(start), channel_(channel), function_(function) {}

  GoTime start_;
  vm::GoChan* channel_;
  vm::GoFunc function_;
  sync::TimerRef ref_;
  vm::Goroutine* owner_ = nullptr;      // who armed it last
  vm::Goroutine* goroutine_ = nullptr;  // the last one that was started
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_TIMERS_H_
