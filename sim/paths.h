// SPDX-License-Identifier: Apache-2.0
// PathTable: dense ids for spawn paths of tasks and creation paths of objects.
//
// A task is named by its creator and the position of the operation that created it; an object by
// its creator and a counter of that task's creations. Both depend on what the creator did alone,
// never on how tasks were interleaved, so an id means the same in every execution of one
// exploration. One table serves all executions of one exploration on one thread, and only grows;
// tables of its other threads agree with it on every id.
#ifndef HEDDLE_SIM_PATHS_H_
#define HEDDLE_SIM_PATHS_H_

#include <cstdint>
#include <memory>
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
  // For another thread: from now on both tables, and all made like this of either, have one id for
  // one path. Which number that is depends on who comes first.
  explicit PathTable(PathTable* first);
  ~PathTable();
  // Takes in what the other threads have named. To be called before their ids are used.
  void CatchUp();

  // The first task of every execution, and the clock.
  static constexpr TaskId Main() { return TaskId{0}; }
  static constexpr TaskId Clock() { return TaskId{1}; }

  // The task created by operation `position` of `parent`; `index` tells several of one operation
  // apart.
  TaskId Task(TaskId parent, uint32_t position, TaskKind kind, uint32_t index = 0);
  // The object that `creator` created as its `count`-th, `offset` bytes (or fields) into it.
  ObjectId Object(TaskId creator, uint32_t count, uint32_t offset = 0);

  // A total order of objects by what creates them: the same in every exploration.
  bool Earlier(ObjectId a, ObjectId b) const;

  TaskKind Kind(TaskId task) const { return tasks_.rows[task.value].kind; }
  TaskId Parent(TaskId task) const { return tasks_.rows[task.value].parent; }
  uint32_t SpawnPosition(TaskId task) const { return tasks_.rows[task.value].position; }
  // The same for the same path in every exploration, on every machine.
  uint64_t StableHash(TaskId task) const { return tasks_.rows[task.value].hash; }
  size_t NumTasks() const { return tasks_.rows.size(); }
  size_t NumObjects() const { return objects_.rows.size(); }
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
  static Key KeyOf(const TaskRow& row);
  static Key KeyOf(const ObjectRow& row);
  struct KeyHash {
    size_t operator()(const Key& k) const { return HashCombine(k.high, k.low); }
  };

  struct Recent {
    Key key{UINT64_MAX, UINT64_MAX};
    uint32_t value = 0;
  };
  template <class Row>
  struct Names {
    std::vector<Row> rows;
    std::unordered_map<Key, uint32_t, KeyHash> index;

    uint32_t FindOrAdd(const Row& row);
  };
  // The numbers of several threads. Those of one are always the beginning of them.
  struct Common;
  template <class Row>
  uint32_t FindOrAdd(Names<Row>& own, Names<Row> Common::*common, std::vector<Recent>& recent,
                     Row row);
  void Complete(TaskRow* row) const;
  void Complete(ObjectRow*) const {}

  Names<TaskRow> tasks_;
  Names<ObjectRow> objects_;
  // Small tables of those last asked for.
  std::vector<Recent> recent_tasks_, recent_objects_;
  std::shared_ptr<Common> common_;  // null: there is one thread
  uint32_t next_task_ = 0;          // the one before was the last that was asked for
};

// A hash of the label that is the same in every exploration.
uint64_t StableHash(const Label& label, const PathTable& paths);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_PATHS_H_
