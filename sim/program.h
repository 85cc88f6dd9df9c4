// SPDX-License-Identifier: Apache-2.0
// Program: what is checked, as the explorer sees it: something that can be started again and again.
#ifndef HEDDLE_SIM_PROGRAM_H_
#define HEDDLE_SIM_PROGRAM_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/base/ids.h"
#include "sim/trace.h"

namespace heddle::sim {

class Execution;
class StateWriter;
class TaskClient;

// What a program knows of an object beyond its operations; each part may be empty.
struct ObjectOrigin {
  std::string name;    // as the program calls it: "done", "p.jobs"
  std::string detail;  // "capacity 2", "context.WithTimeout"
  TraceSite made_at;
};

class Program {
 public:
  virtual ~Program() = default;
  // Prepares one execution: fresh state, the body of the first task, and its client.
  // The same answers every time, but for the execution.
  virtual std::function<void()> Start(Execution& execution, TaskClient** client) = 0;
  // The execution has been torn down; its state may go.
  virtual void Finish() = 0;
  // Bytes of stack that a task needs.
  virtual size_t StackBytes() const = 0;
  // True when the program counts goroutines, so that their ends must be events.
  virtual bool CountsTasks() const = 0;
  // Writes the state of the execution under way, that of the model included. REQUIRES: no task is
  // running. False: it has none that can be written.
  virtual bool WriteState(StateWriter*) { return false; }
  // What of the last execution's chance followed the seed: "map order", "rand".
  virtual std::vector<std::string> Fixed() const = 0;
  // From the next Start on: whether it keeps what OriginOf needs, at some cost.
  virtual void KeepOrigins(bool) {}
  // Of an object of the execution under way.
  virtual ObjectOrigin OriginOf(ObjectId) const { return {}; }
};

// Makes programs that behave as a given one, for other threads.
using ProgramFactory = std::function<std::unique_ptr<Program>()>;

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_PROGRAM_H_
