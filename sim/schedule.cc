// SPDX-License-Identifier: Apache-2.0
// Schedules: text, parsing, and numbers of goroutines and timers.
#include "sim/schedule.h"

#include <fmt/format.h>

#include <charconv>

#include "sim/execution.h"

namespace heddle::sim {
namespace {

std::string Alternative(int32_t alternative) {
  if (alternative == kOnly) return "";
  if (alternative == kDefault) return "d";
  return fmt::format(".{}", alternative);
}

// Numbers of goroutines and timers, each by creation, from 1.
struct Numbers {
  std::vector<uint32_t> of_row;  // by creation number of the record
  explicit Numbers(const Record& record) {
    uint32_t goroutines = 0, timers = 0;
    for (size_t i = 0; i < record.num_tasks; ++i) {
      of_row.push_back(record.tasks[i].kind == TaskKind::kTimer ? ++timers : ++goroutines);
    }
  }
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  bool Done() const { return at_ == text_.size(); }
  bool Take(char c) {
    if (Done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  bool Number(uint32_t* out) {
    auto [end, error] = std::from_chars(text_.data() + at_, text_.data() + text_.size(), *out);
    if (error != std::errc{}) return false;
    at_ = static_cast<size_t>(end - text_.data());
    return true;
  }
  bool Alternative(int32_t* out) {
    if (Take('d')) {
      *out = kDefault;
      return true;
    }
    if (!Take('.')) return true;
    uint32_t n = 0;
    if (!Number(&n) || n > INT32_MAX) return false;
    *out = static_cast<int32_t>(n);
    return true;
  }
  bool Step(ScheduleStep* step, uint32_t* repeat) {
    *repeat = 1;
    if (Take('~')) {
      step->who = ScheduleStep::Who::kClock;
    } else {
      if (Take('t')) step->who = ScheduleStep::Who::kTimer;
      if (!Number(&step->number) || step->number == 0 || !Alternative(&step->alternative)) {
        return false;
      }
      if (Take('+') && (!Number(&step->partner) || step->partner == 0 ||
                        !Alternative(&step->partner_alternative))) {
        return false;
      }
    }
    if (Take('*') && (!Number(repeat) || *repeat == 0 || *repeat > 10'000'000)) return false;
    return Done() || Take(',');
  }

 private:
  std::string_view text_;
  size_t at_ = 0;
};

}  // namespace

std::string ToString(const ScheduleStep& step) {
  if (step.who == ScheduleStep::Who::kClock) return "~";
  std::string text = fmt::format("{}{}{}", step.who == ScheduleStep::Who::kTimer ? "t" : "",
                                 step.number, Alternative(step.alternative));
  if (step.partner != 0) {
    text += fmt::format("+{}{}", step.partner, Alternative(step.partner_alternative));
  }
  return text;
}

std::string ToString(const Schedule& schedule) {
  std::string text = "h1:";
  bool first = true;
  for (const auto& [key, value] : schedule.options) {
    text += fmt::format("{}{}={}", first ? "" : ",", key, value);
    first = false;
  }
  text += ':';
  for (size_t i = 0; i < schedule.steps.size();) {
    size_t end = i + 1;
    while (end < schedule.steps.size() && schedule.steps[end] == schedule.steps[i]) ++end;
    if (i > 0) text += ',';
    text += ToString(schedule.steps[i]);
    if (end - i > 1) text += fmt::format("*{}", end - i);
    i = end;
  }
  return text;
}

std::expected<Schedule, std::string> ParseSchedule(std::string_view text) {
  Schedule schedule;
  if (!text.starts_with("h1:")) {
    return std::unexpected("a schedule begins with h1: (take it whole from a report or a trace)");
  }
  text.remove_prefix(3);
  size_t colon = text.find(':');
  if (colon == std::string_view::npos) return std::unexpected("the schedule is cut off: no steps");
  std::string_view options = text.substr(0, colon);
  while (!options.empty()) {
    size_t comma = std::min(options.find(','), options.size());
    std::string_view option = options.substr(0, comma);
    size_t equals = option.find('=');
    if (equals == std::string_view::npos) {
      return std::unexpected(fmt::format("option '{}' of the schedule has no value", option));
    }
    schedule.options.emplace(option.substr(0, equals), option.substr(equals + 1));
    options.remove_prefix(std::min(comma + 1, options.size()));
  }
  Parser parser(text.substr(colon + 1));
  while (!parser.Done()) {
    ScheduleStep step;
    uint32_t repeat = 1;
    if (!parser.Step(&step, &repeat)) {
      return std::unexpected(
          fmt::format("step {} of the schedule is malformed", schedule.steps.size() + 1));
    }
    if (schedule.steps.size() + repeat > 50'000'000) {
      return std::unexpected("the schedule is too long");
    }
    schedule.steps.insert(schedule.steps.end(), repeat, step);
  }
  return schedule;
}

std::vector<ScheduleStep> StepsOf(const Record& record) {
  Numbers numbers(record);
  std::vector<ScheduleStep> steps;
  steps.reserve(record.events.size());
  for (const Event& e : record.events) {
    const Label& l = e.step.label;
    ScheduleStep step;
    if (l.task == PathTable::Clock()) {
      step.who = ScheduleStep::Who::kClock;
    } else {
      uint32_t row = record.Number(l.task);
      if (record.tasks[row].kind == TaskKind::kTimer) step.who = ScheduleStep::Who::kTimer;
      step.number = numbers.of_row[row];
      step.alternative = l.alternative;
      if (l.joint()) {
        step.partner = numbers.of_row[record.Number(l.partner)];
        step.partner_alternative = l.partner_alternative;
      }
    }
    steps.push_back(step);
  }
  return steps;
}

std::optional<Label> Resolve(const ScheduleStep& step, Execution& execution) {
  if (step.who == ScheduleStep::Who::kClock) {
    for (const Label& l : execution.Enabled()) {
      if (l.task == PathTable::Clock()) return l;
    }
    return std::nullopt;
  }
  const Record& record = execution.record();
  auto find = [&](bool timer, uint32_t number) -> const TaskRow* {
    uint32_t n = 0;
    for (size_t i = 0; i < record.num_tasks; ++i) {
      if ((record.tasks[i].kind == TaskKind::kTimer) == timer && ++n == number) {
        return &record.tasks[i];
      }
    }
    return nullptr;
  };
  auto position = [](const TaskRow* row) {
    return static_cast<uint32_t>(row->operations.size() - 1);
  };
  const TaskRow* actor = find(step.who == ScheduleStep::Who::kTimer, step.number);
  if (actor == nullptr || actor->operations.empty()) return std::nullopt;
  Label label{actor->id, position(actor), step.alternative};
  if (step.partner != 0) {
    const TaskRow* partner = find(false, step.partner);
    if (partner == nullptr || partner->operations.empty()) return std::nullopt;
    label.partner = partner->id;
    label.partner_position = position(partner);
    label.partner_alternative = step.partner_alternative;
  }
  for (const Label& l : execution.Enabled()) {
    if (l == label) return l;
  }
  return std::nullopt;
}

}  // namespace heddle::sim
