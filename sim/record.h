// SPDX-License-Identifier: Apache-2.0
// Event and Record: what happened in one execution, for the search, the detectors and the trace.
//
// Flat arrays, cleared but not freed between executions. An event says which step it was, which
// tasks' operations it completed, what it is directly after (causal order) and what it synchronizes
// after (the Go memory model).
#ifndef HEDDLE_SIM_RECORD_H_
#define HEDDLE_SIM_RECORD_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/model.h"
#include "sim/observer.h"

namespace heddle::sim {

struct Event {
  Step step;
  uint32_t parts_begin = 0, parts_end = 0;
  uint32_t above_begin = 0, above_end = 0;
  uint32_t preds_begin = 0, preds_end = 0;
  uint32_t sync_begin = 0, sync_end = 0;
  int64_t time = 0;          // virtual time after the event
  bool after_all = false;    // a barrier: after every earlier event, before every later one
  uint64_t fingerprint = 0;  // of the record up to here
};

// An operation that a task announced, and the event that completed it.
struct OperationRow {
  const Operation* operation = nullptr;
  uint64_t site = 0;
  EventIndex event = kNoEvent;  // kNoEvent: still pending at the end
  uint32_t part = 0;            // its part of that event
};

struct TaskRow {
  TaskId id;
  TaskKind kind = TaskKind::kTask;
  EventIndex spawn = kNoEvent;    // kNoEvent for main
  uint32_t creator = UINT32_MAX;  // creation number
  TaskClient* client = nullptr;   // null for timers and the clock
  std::vector<OperationRow> operations;
  // Of the task in the execution before, as long as it is the same task: likely to be done again.
  std::vector<OperationRow> previous;
  bool ended = false;       // returned (or died)
  uint32_t creations = 0;   // objects it has created
  uint64_t spawn_site = 0;  // of the go statement, resolved by the creator's client
};

class Record {
 public:
  // While an execution repeats the beginning of another one, they are ahead of what has happened.
  std::vector<Event> events;
  std::vector<Part> parts;
  std::vector<EventIndex> above, preds;
  std::vector<SyncEdge> sync;
  std::vector<TaskRow> tasks;         // by order of creation: [0] main
  size_t num_tasks = 0;               // rows in use
  std::vector<uint32_t> task_number;  // by TaskId
  std::vector<Incident> incidents;
  std::vector<SignalOrigin> origins;
  uint64_t fingerprint = 0;
  std::string cut_by;  // the limit that cut the execution; empty: it came to rest
  // Not kNoEvent: the state before this event is that after the last one, every task that could
  // move in between did, and so the events from here on can repeat forever.
  EventIndex cycle_begin = kNoEvent;
  bool stopped = false;        // the strategy or the program ended it early
  std::string nondeterminism;  // replay: what differed; empty: nothing did
  std::string output;
  TimeModel time = TimeModel::kIdeal;

  // Back to the first `kept` events; the tasks start anew.
  void Truncate(size_t kept);
  std::span<const Part> Parts(const Event& e) const {
    return {parts.data() + e.parts_begin, parts.data() + e.parts_end};
  }
  std::span<const EventIndex> Above(const Event& e) const {
    return {above.data() + e.above_begin, above.data() + e.above_end};
  }
  std::span<const EventIndex> Preds(const Event& e) const {
    return {preds.data() + e.preds_begin, preds.data() + e.preds_end};
  }
  std::span<const SyncEdge> Sync(const Event& e) const {
    return {sync.data() + e.sync_begin, sync.data() + e.sync_end};
  }
  // The row of a task; null when it does not exist in this execution.
  const TaskRow* Find(TaskId task) const {
    if (task.value >= task_number.size()) return nullptr;
    uint32_t n = task_number[task.value];
    return n < num_tasks && tasks[n].id == task ? &tasks[n] : nullptr;
  }
  // The row of an operation; null when it was never announced.
  const OperationRow* Find(TaskId task, uint32_t position) const {
    const TaskRow* row = Find(task);
    return row != nullptr && position < row->operations.size() ? &row->operations[position]
                                                               : nullptr;
  }
  uint32_t Number(TaskId task) const { return task_number[task.value]; }
  // A task that is neither ended nor a timer nor the clock, at the end of the record.
  bool IsStuck(const TaskRow& row) const { return row.kind == TaskKind::kTask && !row.ended; }
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_RECORD_H_
