// SPDX-License-Identifier: Apache-2.0
// PathTable: dense ids for spawn paths of tasks and creation paths of objects.
//
// A task is named by its creator and the position of the operation that created it; an object by
// its creator and a counter of that task's creations. Both depend on what the creator did alone,
// never on how tasks were interleaved, so an id means the same in every execution of one
// exploration. One table serves all executions of one exploration; it only grows.
#ifndef HEDDLE_SIM_PATHS_H_
#define HEDDLE_SIM_PATHS_H_

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/ids.h"
#include "sim/operation.h"

namespace heddle::sim {

enum class TaskKind : uint8_t {
  kTask,   // runs code on a fiber
  kTimer,  // an armed timer: its operations are its expiries
  kClock,  // the one clock that moves when all is quiet (ideal time)
};

class PathTable {
 public:
  PathTable();

  // The first task of every execution, and the clock.
  static constexpr TaskId Main() { return TaskId{0}; }
  static constexpr TaskId Clock() { return TaskId{1}; }

  // The task created by operation `position` of `parent`; `index` tells several of one operation
  // apart.
  TaskId Task(TaskId parent, uint32_t position, TaskKind kind, uint32_t index = 0);
  // The object that `creator` created as its `count`-th, `offset` bytes (or fields) into it.
  ObjectId Object(TaskId creator, uint32_t count, uint32_t offset = 0);

  // What Object was asked with.
  struct Creation {
    TaskId creator;
    uint32_t count;
    uint32_t offset;
  };
  Creation CreationOf(ObjectId object) const {
    const ObjectRow& row = objects_[object.value];
    return {row.creator, row.count, row.offset};
  }

  // A total order of objects by what creates them: the same in every exploration.
  bool Earlier(ObjectId a, ObjectId b) const;

  TaskKind Kind(TaskId task) const { return tasks_[task.value].kind; }
  TaskId Parent(TaskId task) const { return tasks_[task.value].parent; }
  uint32_t SpawnPosition(TaskId task) const { return tasks_[task.value].position; }
  // The same for the same path in every exploration, on every machine.
  uint64_t StableHash(TaskId task) const { return tasks_[task.value].hash; }
  size_t NumTasks() const { return tasks_.size(); }
  size_t NumObjects() const { return objects_.size(); }
  // "main", "main/3", "main/3/0": positions of the creating operations from main on.
  std::string ToString(TaskId task) const;
  std::string ToString(ObjectId object) const;

 private:
  struct TaskRow {
    TaskId parent;
    uint32_t position;
    uint32_t index;
    TaskKind kind;
    uint64_t hash;
  };
  struct ObjectRow {
    TaskId creator;
    uint32_t count;
    uint32_t offset;
  };
  struct Key {
    uint64_t high, low;
    bool operator==(const Key&) const = default;
  };
  struct KeyHash {
    size_t operator()(const Key& k) const { return HashCombine(k.high, k.low); }
  };

  std::vector<TaskRow> tasks_;
  std::vector<ObjectRow> objects_;
  // The number under `key`, `next` if it is new; asks a small table of recent ones first.
  struct Recent {
    Key key{UINT64_MAX, UINT64_MAX};
    uint32_t value = 0;
  };
  using Index = std::unordered_map<Key, uint32_t, KeyHash>;
  static std::pair<uint32_t, bool> FindOrAdd(Index& index, std::vector<Recent>& recent,
                                             const Key& key, size_t next);

  Index task_index_, object_index_;
  std::vector<Recent> recent_tasks_, recent_objects_;
};

// A hash of the label that is the same in every exploration.
uint64_t StableHash(const Label& label, const PathTable& paths);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_PATHS_H_
