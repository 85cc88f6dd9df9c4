// SPDX-License-Identifier: Apache-2.0
// Interning of spawn and creation paths.
#include "sim/paths.h"

#include <fmt/format.h>

namespace heddle::sim {

namespace {

constexpr size_t kRecent = 256;

}  // namespace

PathTable::PathTable() : recent_tasks_(kRecent), recent_objects_(kRecent) {
  tasks_.push_back({TaskId{}, 0, 0, TaskKind::kTask, Mix64(1)});
  tasks_.push_back({TaskId{}, 0, 0, TaskKind::kClock, Mix64(2)});
}

std::pair<uint32_t, bool> PathTable::FindOrAdd(Index& index, std::vector<Recent>& recent,
                                               const Key& key, size_t next) {
  const uint64_t mixed = (key.high ^ key.high >> 32 ^ key.low * 31) * 0x9e3779b97f4a7c15ull;
  Recent& slot = recent[mixed >> 56];
  if (slot.key == key) return {slot.value, false};
  auto [it, added] = index.try_emplace(key, static_cast<uint32_t>(next));
  slot = {key, it->second};
  return {it->second, added};
}

TaskId PathTable::Task(TaskId parent, uint32_t position, TaskKind kind, uint32_t index) {
  Key key{static_cast<uint64_t>(parent.value) << 32 | position,
          static_cast<uint64_t>(kind) << 32 | index};
  // Who starts ten thousand tasks in a row, did so in the execution before.
  if (++next_task_ < tasks_.size()) {
    const TaskRow& row = tasks_[next_task_];
    if (row.parent == parent && row.position == position && row.kind == kind &&
        row.index == index) {
      return TaskId{next_task_};
    }
  }
  auto [value, added] = FindOrAdd(task_index_, recent_tasks_, key, tasks_.size());
  next_task_ = value;
  if (added) {
    uint64_t hash = HashCombine(HashCombine(StableHash(parent), key.high & UINT32_MAX), key.low);
    tasks_.push_back({parent, position, index, kind, hash});
  }
  return TaskId{value};
}

ObjectId PathTable::Object(TaskId creator, uint32_t count, uint32_t offset) {
  Key key{static_cast<uint64_t>(creator.value) << 32 | count, offset};
  auto [value, added] = FindOrAdd(object_index_, recent_objects_, key, objects_.size());
  if (added) objects_.push_back({creator, count, offset});
  return ObjectId{value};
}

bool PathTable::Earlier(ObjectId a, ObjectId b) const {
  const ObjectRow& x = objects_[a.value];
  const ObjectRow& y = objects_[b.value];
  if (x.creator != y.creator) return StableHash(x.creator) < StableHash(y.creator);
  return x.count != y.count ? x.count < y.count : x.offset < y.offset;
}

std::string PathTable::ToString(TaskId task) const {
  if (!task.valid()) return "none";
  if (task == Main()) return "main";
  if (task == Clock()) return "clock";
  const TaskRow& row = tasks_[task.value];
  std::string text = fmt::format("{}/{}{}", ToString(row.parent),
                                 row.kind == TaskKind::kTimer ? "t" : "", row.position);
  if (row.index != 0) text += fmt::format(".{}", row.index);
  return text;
}

std::string PathTable::ToString(ObjectId object) const {
  if (!object.valid()) return "nil";
  const ObjectRow& row = objects_[object.value];
  std::string text = fmt::format("{}#{}", ToString(row.creator), row.count);
  if (row.offset != 0) text += fmt::format("+{}", row.offset);
  return text;
}

uint64_t StableHash(const Label& l, const PathTable& paths) {
  uint64_t h =
      HashCombine(paths.StableHash(l.task),
                  l.position | static_cast<uint64_t>(static_cast<uint32_t>(l.alternative)) << 32);
  if (!l.joint()) return h;
  h = HashCombine(h, paths.StableHash(l.partner));
  return HashCombine(
      h, l.partner_position | static_cast<uint64_t>(static_cast<uint32_t>(l.partner_alternative))
                                  << 32);
}

}  // namespace heddle::sim
