// SPDX-License-Identifier: Apache-2.0
// Schedule: the choices of one execution alone, as one line of text that a shell takes unquoted.
//
// Text: `h1:OPTIONS:STEPS`. OPTIONS are KEY=VALUE, comma-separated: what a replay must know (time,
// seed, choices, entry). STEPS are comma-separated: `3` goroutine 3 moves; `3.1` takes case or
// value 1; `3d` takes default; `3+5` goroutine 3 sends to (or signals) goroutine 5, each with its
// case: `3.0+5.1`; `t2` the second timer fires; `~` the clock moves; `3*4` four times. Goroutines
// and timers are numbered by creation, from 1.
#ifndef HEDDLE_SIM_SCHEDULE_H_
#define HEDDLE_SIM_SCHEDULE_H_

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/operation.h"
#include "sim/record.h"

namespace heddle::sim {

class Execution;

struct ScheduleStep {
  enum class Who : uint8_t { kGoroutine, kTimer, kClock };
  Who who = Who::kGoroutine;
  uint32_t number = 0;
  int32_t alternative = kOnly;
  uint32_t partner = 0;  // 0: none
  int32_t partner_alternative = kOnly;
  friend bool operator==(const ScheduleStep&, const ScheduleStep&) = default;
};

struct Schedule {
  std::map<std::string, std::string> options;
  std::vector<ScheduleStep> steps;
};

std::string ToString(const ScheduleStep& step);
std::string ToString(const Schedule& schedule);
// Errors: what is wrong and at which step.
std::expected<Schedule, std::string> ParseSchedule(std::string_view text);

// The steps of the record's events, in their order.
std::vector<ScheduleStep> StepsOf(const Record& record);
// The label that the step means at this point of the execution; none: it is not enabled there.
std::optional<Label> Resolve(const ScheduleStep& step, Execution& execution);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_SCHEDULE_H_
