// SPDX-License-Identifier: Apache-2.0
// Joining clocks along synchronization edges.
#include "checker/happens_before.h"

#include <algorithm>

namespace heddle::checker {

using sim::EventIndex;

namespace {

constexpr size_t kMaxEntries = 16'000'000;  // 128 MiB of clocks in one execution

}  // namespace

void HappensBefore::Reset() {
  current_.clear();
  own_.clear();
  released_.clear();
  first_part_.clear();
  entries_ = 0;
  next_row_ = 0;
  exhausted_ = false;
}

HappensBefore::Clock& HappensBefore::Current(uint32_t task) {
  if (task >= current_.size()) {
    current_.resize(task + 1);
    own_.resize(task + 1, 0);
  }
  return current_[task];
}

void HappensBefore::Join(Clock* into, const Clock& from) {
  if (from.empty()) return;
  Clock joined;
  joined.reserve(into->size() + from.size());
  auto a = into->begin();
  auto b = from.begin();
  while (a != into->end() || b != from.end()) {
    if (b == from.end() || (a != into->end() && a->first < b->first)) {
      joined.push_back(*a++);
    } else if (a == into->end() || b->first < a->first) {
      joined.push_back(*b++);
    } else {
      joined.emplace_back(a->first, std::max(a->second, b->second));
      ++a;
      ++b;
    }
  }
  into->swap(joined);
}

bool HappensBefore::Covers(uint32_t task, uint32_t other, uint32_t epoch) const {
  if (task == other) return true;
  if (task >= current_.size()) return false;
  const Clock& clock = current_[task];
  auto it = std::lower_bound(clock.begin(), clock.end(), other,
                             [](const auto& entry, uint32_t t) { return entry.first < t; });
  return it != clock.end() && it->first == other && it->second > epoch;
}

void HappensBefore::OnEvent(const sim::Record& record, sim::EventIndex index) {
  const sim::Event& event = record.events[index];
  first_part_.push_back(static_cast<uint32_t>(released_.size()));
  if (exhausted_) return;
  std::span<const sim::Part> parts = record.Parts(event);
  // What each part passes on: its task's clock up to here, its own accesses included.
  for (const sim::Part& part : parts) {
    uint32_t row = record.Number(part.task);
    Current(row);
    auto clock = std::make_shared<Clock>(current_[row]);
    Clock self = {{row, own_[row] + 1}};
    Join(clock.get(), self);
    entries_ += clock->size();
    released_.push_back(std::move(clock));
  }
  if (entries_ > kMaxEntries) {
    exhausted_ = true;
    return;
  }
  for (const sim::SyncEdge& edge : record.Sync(event)) {
    uint32_t row = record.Number(parts[edge.part].task);
    size_t from = first_part_[edge.event] + edge.event_part;
    Join(&current_[row], *released_[from]);
    // It passes on what it has learned, too: an unlock after it, or a chain of read-modify-writes.
    if (edge.event != index) {
      auto clock = std::make_shared<Clock>(*released_[first_part_[index] + edge.part]);
      Join(clock.get(), *released_[from]);
      released_[first_part_[index] + edge.part] = std::move(clock);
    }
  }
  for (const sim::Part& part : parts) ++own_[record.Number(part.task)];
  // What an event creates starts with its creator's clock. The record may know later ones already.
  for (; next_row_ < record.num_tasks; ++next_row_) {
    EventIndex spawn = record.tasks[next_row_].spawn;
    if (spawn != sim::kNoEvent && spawn > index) break;
    Current(next_row_);
    if (spawn == index && !parts.empty()) current_[next_row_] = *released_[first_part_[index]];
  }
}

}  // namespace heddle::checker
