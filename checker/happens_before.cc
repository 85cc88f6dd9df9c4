// SPDX-License-Identifier: Apache-2.0
// Joining clocks along synchronization edges.
#include "checker/happens_before.h"

#include <algorithm>
#include <span>

namespace heddle::checker {

using sim::EventIndex;

namespace {

constexpr size_t kMostBlocks = 4'000'000;  // 128 MiB of clocks in one execution

}  // namespace

void HappensBefore::Reset() {
  blocks_.resize(1);
  blocks_[0] = {};
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

// ---- Clocks

uint32_t HappensBefore::NewBlock(const Block& block) {
  blocks_.push_back(block);
  return static_cast<uint32_t>(blocks_.size() - 1);
}

HappensBefore::Clock HappensBefore::AtLevel(Clock clock, uint32_t level) {
  for (; clock.level < level; ++clock.level) {
    if (clock.root != 0) clock.root = NewBlock({clock.root});
  }
  return clock;
}

uint32_t HappensBefore::JoinBlocks(uint32_t a, uint32_t b, uint32_t level) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  Block joined;
  if (level == 0) {
    for (uint32_t i = 0; i < kWidth; ++i) joined[i] = std::max(blocks_[a][i], blocks_[b][i]);
  } else {
    for (uint32_t i = 0; i < kWidth; ++i) {
      joined[i] = JoinBlocks(blocks_[a][i], blocks_[b][i], level - 1);
    }
  }
  if (joined == blocks_[a]) return a;
  if (joined == blocks_[b]) return b;
  return NewBlock(joined);
}

HappensBefore::Clock HappensBefore::Join(Clock a, Clock b) {
  if (b.root == 0) return a;
  if (a.root == 0) return b;
  const uint32_t level = std::max(a.level, b.level);
  a = AtLevel(a, level);
  b = AtLevel(b, level);
  return {JoinBlocks(a.root, b.root, level), level};
}

uint32_t HappensBefore::RaiseBlock(uint32_t block, uint32_t level, uint32_t task, uint32_t epochs) {
  Block raised = blocks_[block];
  uint32_t& entry = raised[task >> level * kShift & (kWidth - 1)];
  entry = level == 0 ? epochs : RaiseBlock(entry, level - 1, task, epochs);
  return NewBlock(raised);
}

HappensBefore::Clock HappensBefore::Raised(Clock clock, uint32_t task, uint32_t epochs) {
  uint32_t level = clock.level;
  while (task >> level * kShift >= kWidth) ++level;
  clock = AtLevel(clock, level);
  return {RaiseBlock(clock.root, level, task, epochs), level};
}

uint32_t HappensBefore::EntryOf(Clock clock, uint32_t task) const {
  if (task >> clock.level * kShift >= kWidth) return 0;
  uint32_t entry = clock.root;
  for (uint32_t level = clock.level + 1; level-- > 0;) {
    entry = blocks_[entry][task >> level * kShift & (kWidth - 1)];
  }
  return entry;
}

bool HappensBefore::Covers(uint32_t task, uint32_t other, uint32_t epoch) const {
  if (task == other) return true;
  return task < current_.size() && EntryOf(current_[task], other) > epoch;
}

// ---- Events

HappensBefore::Clock HappensBefore::ReleasedBy(uint32_t part) {
  Released& released = released_[part];
  if (released.epochs != 0) {
    released.clock = Raised(released.clock, released.task, released.epochs);
    released.epochs = 0;
  }
  return released.clock;
}

void HappensBefore::OnEvent(const sim::Record& record, sim::EventIndex index) {
  const sim::Event& event = record.events[index];
  const uint32_t first = static_cast<uint32_t>(released_.size());
  first_part_.push_back(first);
  if (exhausted_) return;
  std::span<const sim::Part> parts = record.Parts(event);
  for (const sim::Part& part : parts) {
    const uint32_t row = record.Number(part.task);
    const Clock current = Current(row);
    released_.push_back({current, row, own_[row] + 1});
  }
  if (blocks_.size() > kMostBlocks) {
    exhausted_ = true;
    return;
  }
  for (const sim::SyncEdge& edge : record.Sync(event)) {
    Clock& current = current_[record.Number(parts[edge.part].task)];
    Clock& passed_on = released_[first + edge.part].clock;
    const bool same = passed_on == current;
    const Clock from = ReleasedBy(first_part_[edge.event] + edge.event_part);
    current = Join(current, from);
    // It passes on what it has learned, too: an unlock after it, or a chain of read-modify-writes.
    if (edge.event != index) passed_on = same ? current : Join(passed_on, from);
  }
  for (const sim::Part& part : parts) ++own_[record.Number(part.task)];
  // What an event creates starts with its creator's clock. The record may know later ones already.
  for (; next_row_ < record.num_tasks; ++next_row_) {
    EventIndex spawn = record.tasks[next_row_].spawn;
    if (spawn != sim::kNoEvent && spawn > index) break;
    Current(next_row_);
    if (spawn == index && !parts.empty()) current_[next_row_] = ReleasedBy(first);
  }
}

}  // namespace heddle::checker
