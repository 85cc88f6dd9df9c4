// SPDX-License-Identifier: Apache-2.0
// Interning of spawn and creation paths.
#include "sim/paths.h"

#include <fmt/format.h>

#include <mutex>

namespace heddle::sim {

namespace {

constexpr size_t kRecent = 256;

}  // namespace

struct PathTable::Common {
  std::mutex mutex;
  Names<TaskRow> tasks;
  Names<ObjectRow> objects;
};

PathTable::Key PathTable::KeyOf(const TaskRow& row) {
  return {static_cast<uint64_t>(row.parent.value) << 32 | row.position,
          static_cast<uint64_t>(row.kind) << 32 | row.index};
}

PathTable::Key PathTable::KeyOf(const ObjectRow& row) {
  return {static_cast<uint64_t>(row.creator.value) << 32 | row.count, row.offset};
}

template <class Row>
uint32_t PathTable::Names<Row>::FindOrAdd(const Row& row) {
  auto [it, added] = index.try_emplace(KeyOf(row), static_cast<uint32_t>(rows.size()));
  if (added) rows.push_back(row);
  return it->second;
}

PathTable::PathTable() : recent_tasks_(kRecent), recent_objects_(kRecent) {
  tasks_.rows.push_back({TaskId{}, 0, 0, TaskKind::kTask, Mix64(1)});
  tasks_.rows.push_back({TaskId{}, 0, 0, TaskKind::kClock, Mix64(2)});
}

PathTable::PathTable(PathTable* first) : PathTable() {
  if (first->common_ == nullptr) {
    first->common_ = std::make_shared<Common>();
    first->common_->tasks = first->tasks_;
    first->common_->objects = first->objects_;
  }
  common_ = first->common_;
  CatchUp();
}

PathTable::~PathTable() = default;

void PathTable::CatchUp() {
  if (common_ == nullptr) return;
  std::lock_guard lock(common_->mutex);
  auto take = [](const auto& from, auto& to) {
    while (to.rows.size() < from.rows.size()) to.FindOrAdd(from.rows[to.rows.size()]);
  };
  take(common_->tasks, tasks_);
  take(common_->objects, objects_);
}

void PathTable::Complete(TaskRow* row) const {
  row->hash = HashCombine(HashCombine(StableHash(row->parent), row->position),
                          static_cast<uint64_t>(row->kind) << 32 | row->index);
}

template <class Row>
uint32_t PathTable::FindOrAdd(Names<Row>& own, Names<Row> Common::*common,
                              std::vector<Recent>& recent, Row row) {
  const Key key = KeyOf(row);
  const uint64_t mixed = (key.high ^ key.high >> 32 ^ key.low * 31) * 0x9e3779b97f4a7c15ull;
  Recent& slot = recent[mixed >> 56];
  if (slot.key == key) return slot.value;
  Complete(&row);
  if (common_ != nullptr && !own.index.contains(key)) {
    {
      std::lock_guard lock(common_->mutex);
      ((*common_).*common).FindOrAdd(row);
    }
    CatchUp();
  }
  slot = {key, own.FindOrAdd(row)};
  return slot.value;
}

TaskId PathTable::Task(TaskId parent, uint32_t position, TaskKind kind, uint32_t index) {
  const TaskRow row{parent, position, index, kind, 0};
  // Who starts ten thousand tasks in a row, did so in the execution before.
  if (++next_task_ < tasks_.rows.size() && KeyOf(tasks_.rows[next_task_]) == KeyOf(row)) {
    return TaskId{next_task_};
  }
  next_task_ = FindOrAdd(tasks_, &Common::tasks, recent_tasks_, row);
  return TaskId{next_task_};
}

ObjectId PathTable::Object(TaskId creator, uint32_t count, uint32_t offset) {
  return ObjectId{
      FindOrAdd(objects_, &Common::objects, recent_objects_, ObjectRow{creator, count, offset})};
}

bool PathTable::Earlier(ObjectId a, ObjectId b) const {
  const ObjectRow& x = objects_.rows[a.value];
  const ObjectRow& y = objects_.rows[b.value];
  if (x.creator != y.creator) return StableHash(x.creator) < StableHash(y.creator);
  return x.count != y.count ? x.count < y.count : x.offset < y.offset;
}

std::string PathTable::ToString(TaskId task) const {
  if (!task.valid()) return "none";
  if (task == Main()) return "main";
  if (task == Clock()) return "clock";
  const TaskRow& row = tasks_.rows[task.value];
  std::string text = fmt::format("{}/{}{}", ToString(row.parent),
                                 row.kind == TaskKind::kTimer ? "t" : "", row.position);
  if (row.index != 0) text += fmt::format(".{}", row.index);
  return text;
}

std::string PathTable::ToString(ObjectId object) const {
  if (!object.valid()) return "nil";
  const ObjectRow& row = objects_.rows[object.value];
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
