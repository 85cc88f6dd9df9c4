// SPDX-License-Identifier: Apache-2.0
// Observer: "tell me every event"; TaskClient: what is known of a task beyond its operations;
// Incident: what a task did or suffered that detectors judge.
#ifndef HEDDLE_SIM_OBSERVER_H_
#define HEDDLE_SIM_OBSERVER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "sim/trace.h"

namespace heddle::sim {

class Record;

// Introspection: implemented by the models and the VM, so that detectors and reports need neither.
class TaskClient {
 public:
  virtual ~TaskClient() = default;
  virtual std::string Name() const = 0;
  virtual TraceSite Site(uint64_t site) const = 0;
  // Call stack, innermost first. Only asked while the task exists and is not running.
  virtual std::vector<TraceSite> Stack() const = 0;
  // Where it was created; unknown for the first task.
  virtual TraceSite CreatedAt() const = 0;
  // Calls `visit` for every object that the task can reach by parameter, capture or field.
  virtual void Reachable(const std::function<void(ObjectId)>& visit) const = 0;
  // Calls `visit` for the signal of every context that the task could still cancel.
  virtual void CanCancel(const std::function<void(ObjectId)>&) const {}
  // What it does at the site uses a map, by an instruction that Go's runtime watches.
  virtual bool IsMapAccess(uint64_t) const { return false; }
  // Made by the runtime, not by the program's own go statements.
  virtual bool system() const { return false; }
  // True: an abandoned operation returns kAbandoned; false: it throws TaskAbandoned.
  virtual bool cooperative() const = 0;
};

struct Incident {
  std::string kind;  // a finding kind of the contract: "double-close", "panic", "test-failure", ...
  std::string message;  // one plain sentence
  bool fatal = false;   // the program would have ended here: nothing causally later is judged
  uint64_t site = 0;    // where, resolved by the task's client
  // Filled in by the execution:
  TaskId task;
  EventIndex event = kNoEvent;  // the task's last event when it happened
  TraceSite at;
  std::vector<TraceSite> stack;
};

// Where something came from that can tell tasks to stop: a context, or a channel made for that.
struct SignalOrigin {
  ObjectId signal;           // the channel that closes
  const char* made_by = "";  // "context.WithCancel", "make"; lives as long as the program
  bool is_context = false;   // that has a cancel function of its own
  TaskId task;               // who made it
  uint64_t site = 0;         // resolved by the task's client
};

class Observer {
 public:
  virtual ~Observer() = default;
  virtual void OnStart(const Record& record) = 0;
  // The event has been recorded; the tasks concerned have not run on yet.
  virtual void OnEvent(const Record& record, EventIndex event) = 0;
  // `task`: its creation number in this execution.
  virtual void OnAccess(uint32_t task, const void* address, size_t size, bool write,
                        uint64_t site) = 0;
  // True: wants OnAccess.
  virtual bool watches_accesses() const = 0;
  // Before teardown: tasks still have their stacks.
  virtual void OnRest(const Record& record) = 0;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_OBSERVER_H_
