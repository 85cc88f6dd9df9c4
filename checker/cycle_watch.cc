// SPDX-License-Identifier: Apache-2.0
// Remembering states, and judging what lies between two equal ones.
#include "checker/cycle_watch.h"

#include <algorithm>
#include <set>

namespace heddle::checker {

using sim::EventIndex;
using sim::Label;

namespace {

// So often a state may come back unfairly; then what is missing will never come, for it is asleep
// in the search, or the clock stands still.
constexpr uint32_t kMostReturns = 24;
// Words of state that are written for each event, on the average.
constexpr uint64_t kWordsPerEvent = 256;
// Longer executions are not made shorter.
constexpr size_t kMostShortened = 3000;

bool IsChoice(const sim::Model& model, const sim::Operation& op) {
  const sim::OpCategory category = model.Info(op.code).category;
  return category == sim::OpCategory::kSelect || category == sim::OpCategory::kChoice;
}

// The operation that a task is about to do: the last that it announced.
const sim::OperationRow* Pending(const sim::Record& record, sim::TaskId task) {
  const sim::TaskRow* row = record.Find(task);
  return row == nullptr || row->operations.empty() ? nullptr : &row->operations.back();
}

}  // namespace

void CycleWatch::AddOptions(sim::Execution& execution, const Label& label) {
  auto add = [&](sim::TaskId task, int32_t alternative) {
    const sim::OperationRow* op = Pending(execution.record(), task);
    const bool choice =
        op != nullptr && alternative >= 0 && IsChoice(execution.model(), *op->operation);
    // Site 0 is no site: every option stands for moving at all, a choice for its alternative too.
    options_.push_back({task, sim::kOnly, 0});
    if (choice) options_.push_back({task, alternative, op->site + 1});
  };
  if (label.task == sim::PathTable::Clock()) return;
  add(label.task, label.alternative);
  if (label.joint()) add(label.partner, label.partner_alternative);
}

void CycleWatch::Look(sim::Execution& execution, bool with_state) {
  const size_t n = execution.record().events.size();
  if (points_.empty()) first_ = n;
  Point point;
  point.options_begin = options_.size();
  for (const Label& label : execution.Enabled()) AddOptions(execution, label);
  std::sort(options_.begin() + static_cast<ptrdiff_t>(point.options_begin), options_.end());
  options_.erase(
      std::unique(options_.begin() + static_cast<ptrdiff_t>(point.options_begin), options_.end()),
      options_.end());
  point.options_end = options_.size();
  if (with_state && !unwritable_) {
    writer_.Clear();
    if (program_.WriteState(&writer_)) {
      point.state = writer_.digest();
      const sim::Record& record = execution.record();
      for (size_t i = 0; i < record.num_tasks; ++i) {
        const sim::TaskRow& row = record.tasks[i];
        point.timers |= row.kind == sim::TaskKind::kTimer && writer_.TaskNumber(row.id) != 0;
      }
    } else {
      unwritable_ = true;
    }
    next_state_ = n + 1 + writer_.words() / kWordsPerEvent;
  }
  points_.push_back(point);
}

bool CycleWatch::IsFair(const sim::Execution& execution, size_t begin, size_t end) const {
  const sim::Record& record = execution.record();
  auto time_at = [&](size_t point) { return point == 0 ? 0 : record.events[point - 1].time; };
  // Under ideal time a timer waits until all is quiet, which in a busy cycle it never is.
  if (record.time == sim::TimeModel::kIdeal && At(end).timers && time_at(begin) == time_at(end)) {
    return false;
  }
  std::set<Option> taken;
  for (size_t e = begin; e < end; ++e) {
    const sim::Event& event = record.events[e];
    for (const sim::Part& part : record.Parts(event)) {
      const sim::OperationRow& op = *record.Find(part.task, part.position);
      taken.insert({part.task, sim::kOnly, 0});
      taken.insert({part.task, part.result.alternative, op.site + 1});
    }
  }
  for (size_t p = begin; p <= end; ++p) {
    // An alternative counts where the choice is made, not while others move.
    std::vector<sim::TaskId> movers;
    if (p < end) {
      for (const sim::Part& part : record.Parts(record.events[p])) movers.push_back(part.task);
    }
    for (size_t i = At(p).options_begin; i < At(p).options_end; ++i) {
      const Option& option = options_[i];
      if (option.site != 0 &&
          std::find(movers.begin(), movers.end(), option.task) == movers.end()) {
        continue;
      }
      if (!taken.contains(option)) return false;
    }
  }
  return true;
}

std::optional<Label> CycleWatch::Choose(sim::Execution& execution) {
  if (look_ == Look::kWhenLooping) {
    if (execution.rounds() < rounds_ || unwritable_) return inner_.Choose(execution);
    const size_t n = execution.record().events.size();
    Look(execution, n >= next_state_);
    if (const Point& point = points_.back(); point.state.has_value()) {
      auto [it, fresh] = seen_.try_emplace(*point.state, Seen{n, 0});
      if (!fresh) {
        if (IsFair(execution, it->second.first, n)) {
          execution.EndInCycle(static_cast<EventIndex>(it->second.first));
          return std::nullopt;
        }
        if (++it->second.times == kMostReturns) {
          execution.Cut(kLimit);
          return std::nullopt;
        }
      }
    }
    return inner_.Choose(execution);
  }
  Look(execution, true);
  std::optional<Label> label = inner_.Choose(execution);
  const size_t n = execution.record().events.size();
  if (label.has_value() || !points_.back().state.has_value() || execution.Enabled().empty()) {
    return label;
  }
  for (size_t p = n; p-- > first_;) {
    if (At(p).state != At(n).state || !IsFair(execution, p, n)) continue;
    execution.EndInCycle(static_cast<EventIndex>(p));
    break;
  }
  return std::nullopt;
}

CycleWatch::Lasso CycleWatch::Shortest(const sim::Execution& execution) {
  Lasso lasso;
  if (first_ != 0 || points_.size() > kMostShortened) return lasso;
  std::map<sim::StateDigest, std::vector<size_t>> at;
  for (size_t end = 0; end < points_.size() && lasso.cycle.empty(); ++end) {
    if (!points_[end].state.has_value()) return {};
    std::vector<size_t>& before = at[*points_[end].state];
    for (size_t i = before.size(); i-- > 0;) {
      if (!IsFair(execution, before[i], end)) continue;
      for (size_t e = before[i]; e < end; ++e) lasso.cycle.push_back(static_cast<EventIndex>(e));
      break;
    }
    before.push_back(end);
  }
  if (lasso.cycle.empty()) return lasso;
  // What leads back to a state that was there before is a detour.
  const size_t begin = lasso.cycle.front();
  for (size_t p = 0; p < begin; ++p) {
    for (size_t later = begin; later > p; --later) {
      if (points_[later].state == points_[p].state) {
        p = later;
        break;
      }
    }
    if (p < begin) lasso.stem.push_back(static_cast<EventIndex>(p));
  }
  return lasso;
}

size_t FairestOf(const std::vector<Label>& labels, const sim::Record& record) {
  auto last_move = [&](sim::TaskId task) -> int64_t {
    const sim::TaskRow* row = record.Find(task);
    if (row == nullptr) return -1;
    for (size_t i = row->operations.size(); i-- > 0;) {
      if (row->operations[i].event != sim::kNoEvent) return row->operations[i].event;
    }
    return row->spawn == sim::kNoEvent ? -1 : int64_t{row->spawn};
  };
  // Of one task: how long ago it last went the same way from there.
  auto last_taken = [&](const Label& label) -> int64_t {
    if (label.alternative == sim::kOnly && label.partner_alternative == sim::kOnly) return -1;
    const sim::TaskId task = label.alternative != sim::kOnly ? label.task : label.partner;
    const int32_t way =
        label.alternative != sim::kOnly ? label.alternative : label.partner_alternative;
    const sim::TaskRow* row = record.Find(task);
    if (row == nullptr || row->operations.empty()) return -1;
    const uint64_t site = row->operations.back().site;
    constexpr size_t kMostLooks = 64;
    for (size_t i = row->operations.size(), looks = 0; i-- > 0 && looks < kMostLooks; ++looks) {
      const sim::OperationRow& op = row->operations[i];
      if (op.event == sim::kNoEvent || op.site != site) continue;
      if (record.Parts(record.events[op.event])[op.part].result.alternative == way) return op.event;
    }
    return -1;
  };
  size_t best = 0;
  std::pair<int64_t, int64_t> least{INT64_MAX, INT64_MAX};
  for (size_t i = 0; i < labels.size(); ++i) {
    int64_t waited = last_move(labels[i].task);
    if (labels[i].joint()) waited = std::min(waited, last_move(labels[i].partner));
    std::pair<int64_t, int64_t> key{waited, last_taken(labels[i])};
    if (key < least) {
      least = key;
      best = i;
    }
  }
  return best;
}

}  // namespace heddle::checker
