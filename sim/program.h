// SPDX-License-Identifier: Apache-2.0
// Program: what is checked, as the explorer sees it: something that can be started again and again.
#ifndef HEDDLE_SIM_PROGRAM_H_
#define HEDDLE_SIM_PROGRAM_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace heddle::sim {

class Execution;
class TaskClient;

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
  // What of the last execution's chance followed the seed: "map order", "rand".
  virtual std::vector<std::string> Fixed() const = 0;
};

// Makes programs that behave as a given one, for other threads.
using ProgramFactory = std::function<std::unique_ptr<Program>()>;

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_PROGRAM_H_
