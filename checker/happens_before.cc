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
  arena_.clear();
  current_.clear();
  own_.clear();
  released_.clear();
  first_part_.clear();
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

HappensBefore::Clock HappensBefore::Join(Clock a, Clock b) {
  if (b.size == 0) return a;
  if (a.size == 0) return b;
  const uint32_t begin = static_cast<uint32_t>(arena_.size());
  const uint32_t end_a = a.begin + a.size, end_b = b.begin + b.size;
  bool more_than_a = false, more_than_b = false;
  uint32_t i = a.begin, j = b.begin;
  while (i < end_a || j < end_b) {
    if (j == end_b || (i < end_a && arena_[i].task < arena_[j].task)) {
      more_than_b = true;
      arena_.push_back(Entry(arena_[i++]));
    } else if (i == end_a || arena_[j].task < arena_[i].task) {
      more_than_a = true;
      arena_.push_back(Entry(arena_[j++]));
    } else {
      more_than_a |= arena_[j].epochs > arena_[i].epochs;
      more_than_b |= arena_[i].epochs > arena_[j].epochs;
      arena_.push_back({arena_[i].task, std::max(arena_[i].epochs, arena_[j].epochs)});
      ++i;
      ++j;
    }
  }
  if (more_than_a && more_than_b) return {begin, static_cast<uint32_t>(arena_.size()) - begin};
  arena_.resize(begin);
  return more_than_a ? b : a;
}

HappensBefore::Clock HappensBefore::Raised(Clock clock, uint32_t task, uint32_t epochs) {
  const uint32_t begin = static_cast<uint32_t>(arena_.size());
  bool done = false;
  for (uint32_t i = clock.begin; i < clock.begin + clock.size; ++i) {
    Entry entry = arena_[i];
    if (!done && entry.task >= task) {
      arena_.push_back({task, epochs});
      done = true;
      if (entry.task == task) continue;
    }
    arena_.push_back(entry);
  }
  if (!done) arena_.push_back({task, epochs});
  return {begin, static_cast<uint32_t>(arena_.size()) - begin};
}

bool HappensBefore::Covers(uint32_t task, uint32_t other, uint32_t epoch) const {
  if (task == other) return true;
  if (task >= current_.size()) return false;
  std::span<const Entry> clock = EntriesOf(current_[task]);
  auto it = std::lower_bound(clock.begin(), clock.end(), other,
                             [](const Entry& entry, uint32_t t) { return entry.task < t; });
  return it != clock.end() && it->task == other && it->epochs > epoch;
}

void HappensBefore::OnEvent(const sim::Record& record, sim::EventIndex index) {
  const sim::Event& event = record.events[index];
  first_part_.push_back(static_cast<uint32_t>(released_.size()));
  if (exhausted_) return;
  std::span<const sim::Part> parts = record.Parts(event);
  // What each part passes on: its task's clock up to here, its own accesses included.
  for (const sim::Part& part : parts) {
    uint32_t row = record.Number(part.task);
    Clock current = Current(row);
    released_.push_back(Raised(current, row, own_[row] + 1));
  }
  if (arena_.size() > kMaxEntries) {
    exhausted_ = true;
    return;
  }
  for (const sim::SyncEdge& edge : record.Sync(event)) {
    uint32_t row = record.Number(parts[edge.part].task);
    const Clock from = released_[first_part_[edge.event] + edge.event_part];
    current_[row] = Join(current_[row], from);
    // It passes on what it has learned, too: an unlock after it, or a chain of read-modify-writes.
    if (edge.event != index) {
      Clock& passed_on = released_[first_part_[index] + edge.part];
      passed_on = Join(passed_on, from);
    }
  }
  for (const sim::Part& part : parts) ++own_[record.Number(part.task)];
  // What an event creates starts with its creator's clock. The record may know later ones already.
  for (; next_row_ < record.num_tasks; ++next_row_) {
    EventIndex spawn = record.tasks[next_row_].spawn;
    if (spawn != sim::kNoEvent && spawn > index) break;
    Current(next_row_);
    if (spawn == index && !parts.empty()) current_[next_row_] = released_[first_part_[index]];
  }
}

}  // namespace heddle::checker
