// SPDX-License-Identifier: Apache-2.0
// The least solution of the difference constraints, kept up to date.
#include "models/sync/local_time.h"

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::sync {

using sim::EventIndex;

namespace {

// As good as never: nothing overflows, however many such durations follow each other.
constexpr int64_t kNever = int64_t{1} << 61;

int64_t Plus(int64_t time, int64_t weight) {
  return std::min(time + std::clamp(weight, -kNever, kNever), kNever);
}

}  // namespace

void LocalTime::Clear() {
  begin_ = sim::kNoEvent;
  time_.clear();
  earliest_.clear();
  head_.clear();
  edges_.clear();
  moved_ = false;
}

int64_t LocalTime::Earliest(const Next& next) const {
  int64_t time = 0;
  for (EventIndex p : next.above) time = std::max(time, EarliestOf(p));
  for (EventIndex p : next.preds) time = std::max(time, EarliestOf(p));
  if (next.start.valid()) {
    time = std::max(time, Plus(EarliestOf(next.start.from), next.start.after));
  }
  return time;
}

// The least time of the next event as long as it moves no other.
int64_t LocalTime::Reached(const Next& next) const {
  int64_t time = 0;
  for (EventIndex p : next.above) time = std::max(time, TimeOf(p));
  for (EventIndex p : next.preds) time = std::max(time, TimeOf(p));
  if (next.start.valid()) time = std::max(time, Plus(TimeOf(next.start.from), next.start.after));
  return time;
}

void LocalTime::Connect(EventIndex from, uint32_t to, int64_t weight) {
  if (from < begin_) return;  // nothing ever moves it
  edges_.push_back({from - begin_, to, head_[from - begin_], weight});
  head_[from - begin_] = static_cast<uint32_t>(edges_.size() - 1);
}

void LocalTime::Append(const Next& next, int64_t time) {
  const uint32_t self = static_cast<uint32_t>(time_.size());
  time_.push_back(time);
  head_.push_back(kNone);
  for (EventIndex p : next.above) Connect(p, self, 0);
  for (EventIndex p : next.preds) Connect(p, self, 0);
  if (next.start.valid()) Connect(next.start.from, self, next.start.after);
  for (const Moment& limit : next.limits) {
    Connect(begin_ + self, limit.from - begin_, -limit.after);
  }
}

void LocalTime::RemoveLast(size_t edges) {
  while (edges_.size() > edges) {
    head_[edges_.back().from] = edges_.back().next;
    edges_.pop_back();
  }
  time_.pop_back();
  head_.pop_back();
}

// False: the new event itself would have to be later, so there is no solution.
bool LocalTime::Raise(uint32_t node, uint32_t by, int64_t time) {
  parent_[node] = by;
  if (node + 1 == time_.size()) return false;
  undo_.emplace_back(node, time_[node]);
  time_[node] = time;
  if (queued_[node] == 0) queue_.push_back(node);
  queued_[node] = 1;
  return true;
}

// Moves what has to be later because of the event appended last.
bool LocalTime::Settle(const Next& next) {
  const uint32_t self = static_cast<uint32_t>(time_.size() - 1);
  undo_.clear();
  const bool fits = std::all_of(next.limits.begin(), next.limits.end(), [&](const Moment& limit) {
    return Plus(TimeOf(limit.from), limit.after) >= time_[self];
  });
  if (fits) return true;
  parent_.resize(time_.size());
  queued_.resize(time_.size(), 0);
  queue_.assign(1, self);
  bool possible = true;
  for (size_t i = 0; i < queue_.size(); ++i) {
    const uint32_t node = queue_[i];
    queued_[node] = 0;
    for (uint32_t e = head_[node]; e != kNone && possible; e = edges_[e].next) {
      const Edge& edge = edges_[e];
      const int64_t time = Plus(time_[node], edge.weight);
      possible = time <= time_[edge.to] || Raise(edge.to, e, time);
    }
  }
  return possible;
}

// The cycle goes along the causal order and back from who saw a timer to who armed it. Where an
// event of it is missing, the last one of its way along the causal order is missing too.
void LocalTime::CollectBlockers(const Next& next, std::vector<EventIndex>* out) const {
  const uint32_t self = static_cast<uint32_t>(time_.size() - 1);
  const EventIndex last = begin_ + edges_[parent_[self]].from;
  if (std::find(next.above.begin(), next.above.end(), last) == next.above.end()) {
    out->push_back(last);
  }
  for (uint32_t node = edges_[parent_[self]].from; node != self;) {
    const Edge& edge = edges_[parent_[node]];
    const bool back = edge.from != self && edge.from > edge.to;
    if (back && std::find(out->begin(), out->end(), begin_ + edge.from) == out->end()) {
      out->push_back(begin_ + edge.from);
    }
    node = edge.from;
  }
}

bool LocalTime::Permits(const Next& next, std::vector<EventIndex>* blockers) {
  if (!begun() || next.limits.empty()) return true;
  const int64_t time = Reached(next);
  const bool fits = std::all_of(next.limits.begin(), next.limits.end(), [&](const Moment& limit) {
    return Plus(TimeOf(limit.from), limit.after) >= time;
  });
  if (fits) return true;
  const size_t edges = edges_.size();
  Append(next, time);
  const bool possible = Settle(next);
  if (!possible && blockers != nullptr) CollectBlockers(next, blockers);
  while (!undo_.empty()) {
    time_[undo_.back().first] = undo_.back().second;
    undo_.pop_back();
  }
  RemoveLast(edges);
  return possible;
}

void LocalTime::Add(const Next& next) {
  const int64_t earliest = Earliest(next);
  Append(next, Reached(next));
  earliest_.push_back(earliest);
  for (const Moment& limit : next.limits) {
    moved_ |= earliest > Plus(EarliestOf(limit.from), limit.after);
  }
  HEDDLE_CHECK(Settle(next), "an event is added only if there are times for all");
}

std::vector<int64_t> LocalTime::Explain() const {
  if (!begun()) return {};
  std::vector<int64_t> times(begin_, 0);
  times.insert(times.end(), time_.begin(), time_.end());
  const std::vector<int64_t> least = times;
  constexpr int kMostPasses = 1000;  // that many moves against the order mean that there is none
  for (int pass = 0; pass < kMostPasses; ++pass) {
    bool changed = false;
    auto raise = [&](size_t event, int64_t time) {
      changed |= time > times[event];
      times[event] = std::max(times[event], time);
    };
    for (size_t i = begin_; i < times.size(); ++i) {
      if (i > 0) raise(i, times[i - 1]);
      for (uint32_t e = head_[i - begin_]; e != kNone; e = edges_[e].next) {
        raise(begin_ + edges_[e].to, Plus(times[i], edges_[e].weight));
      }
    }
    if (!changed) return times;
  }
  return least;
}

}  // namespace heddle::sync
