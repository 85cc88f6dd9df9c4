// SPDX-License-Identifier: Apache-2.0
// Execution: one live run. Start, then choose, act, record, until nothing is enabled.
//
// Central file of sim. A task runs on its fiber up to its next visible operation and announces it
// (Perform); the Strategy chooses one enabled label; the Model acts; payloads move; the event is
// recorded; the tasks whose operations completed run on. Only one task runs at a time, and only
// between two events. Invariant: given the program and the labels chosen, everything that happens
// is determined.
#ifndef HEDDLE_SIM_EXECUTION_H_
#define HEDDLE_SIM_EXECUTION_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "sim/fiber.h"
#include "sim/model.h"
#include "sim/observer.h"
#include "sim/record.h"
#include "sim/strategy.h"

namespace heddle::sim {

class Execution;

// Where the values of a channel-like object live: moves opaque slots owned by the client.
class PayloadStore {
 public:
  virtual ~PayloadStore() = default;
  virtual void Hand(void* from, void* to) = 0;
  virtual void Push(void* from) = 0;
  virtual void Pop(void* to) = 0;
  virtual void Zero(void* to) = 0;
  virtual void Drop() = 0;
  // The value in a slot as a reader would write it; empty: not known.
  virtual std::string Show(const void* slot) const = 0;
};

// What an armed timer does to the program as it fires.
class TimerClient {
 public:
  virtual ~TimerClient() = default;
  // The timer's channel takes its tick (only called when it does). `now`: virtual time in
  // nanoseconds.
  virtual void Tick(int64_t now) = 0;
  // The function of an AfterFunc timer, to be run as a task of its own, and that task's client.
  virtual std::function<void()> Function() = 0;
  virtual TaskClient* FunctionClient() = 0;
};

struct PayloadSlot {
  PayloadStore* store = nullptr;
  void* slot = nullptr;
};

// What a task is about to do: the abstract operation and the live half that only this run needs.
struct PendingOp {
  Operation operation;
  const PayloadSlot* slots = nullptr;     // one for each operand, or null
  TimerClient* timer = nullptr;           // of an operation that arms a timer
  std::function<void()>* body = nullptr;  // of an operation that spawns a task; taken
  TaskClient* child = nullptr;            // the client of the spawned task
  uint64_t site = 0;                      // opaque; TaskClient::Site resolves it
};

struct ExecutionLimits {
  uint64_t max_steps = 100'000;  // events
};

// Thrown through the frames of an abandoned C++ task so that its destructors run. Not a
// std::exception, so that ordinary handlers let it pass.
struct TaskAbandoned {};

class Execution {
 public:
  // The model, store and path table are shared by all executions of an exploration (of one thread).
  Execution(Model& model, OperationStore& store, PathTable& paths, StackPool& stacks);
  ~Execution();
  Execution(const Execution&) = delete;
  Execution& operator=(const Execution&) = delete;

  // Runs `main` as the first task until nothing is enabled, the strategy stops, or a limit is hit;
  // then tears down what is left. The record stays valid until the next Run.
  //
  // `kept`: so many events are those of the Run before, and done again without asking the strategy;
  // a program that does something else there is told of in record().nondeterminism. REQUIRES: it
  // was of the same program and options.
  const Record& Run(std::function<void()> main, TaskClient* client, TimeModel time,
                    const ExecutionLimits& limits, Strategy& strategy,
                    std::span<Observer* const> observers, uint32_t kept = 0);

  // ---- Called on a task's fiber

  // Announces, waits to be chosen, and returns what the operation gave. While the execution is torn
  // down, release operations return kOk without effect; others return kAbandoned to tasks that
  // unwind cooperatively and throw TaskAbandoned in others.
  Result Perform(PendingOp& op);
  TaskId Current() const;
  TaskClient* CurrentClient() const;
  // The next object that the current task creates.
  ObjectId NewObject() { return NewObject(NextCreation(), 0); }
  ObjectId NewObject(uint32_t creation, uint32_t offset);
  uint32_t NextCreation();
  // A plain memory access, for data races.
  void Access(const void* address, size_t size, bool write, uint64_t site) {
    if (watching_) NotifyAccess(address, size, write, site);
  }
  bool watching() const { return watching_; }
  // Something noteworthy that the current task did or suffered (see Incident).
  void Report(Incident incident);
  // The current task has made something that can tell tasks to stop.
  void NoteOrigin(ObjectId signal, const char* made_by, bool is_context, uint64_t site);
  // The execution has hit a limit of its client ("max-heap"): it ends at once and counts as cut.
  // The current task must return (or unwind) soon after.
  void Cut(std::string_view limit);
  bool cut() const { return !record_.cut_by.empty(); }
  // True while the execution is torn down.
  bool abandoning() const { return abandoning_; }
  // The current task has come back to the head of a loop so many times.
  void NoteRounds(uint64_t rounds) { rounds_ = std::max(rounds_, rounds); }
  // The most rounds that a loop has gone.
  uint64_t rounds() const { return rounds_; }
  // The state before event `begin` has come back: the execution ends here (Record::cycle_begin).
  void EndInCycle(EventIndex begin);
  // Ends the run once the current task has come to its next operation or end (`heddle run`: main
  // returned).
  void StopSoon() { stop_soon_ = true; }
  void AppendOutput(std::string_view text) { record_.output.append(text); }

  // ---- Called by strategies and observers
  const Record& record() const { return record_; }
  Model& model() { return model_; }
  PathTable& paths() { return paths_; }
  const PathTable& paths() const { return paths_; }
  // The enabled labels at this point, computed on first use.
  const std::vector<Label>& Enabled();
  bool IsEnabled(const Label& label);
  // The label with the operations it uses. REQUIRES: its tasks stand at them.
  Step MakeStep(const Label& label) const;
  // How the program departs from the step that it did here in another execution: its tasks do not
  // stand at the same operations. Empty: it does not.
  std::string Departure(const Step& step, size_t event) const;
  // What an armed timer does; null: nothing of the client's.
  TimerClient* TimerOf(TaskId timer) const;
  // The operation that the task is about to do; null when it does not exist or has ended.
  const Operation* Pending(TaskId task, uint32_t position) const;
  // The value that the part moved or got, as text. Only while its event is being observed.
  std::string ShowPayload(const Part& part) const;

 private:
  struct TaskSlot;
  TaskSlot* Find(TaskId task) const;
  TaskSlot& StartTask(TaskId id, std::function<void()> body, TaskClient* client, EventIndex spawn);
  void RunTask(TaskSlot& slot);
  void Announce(TaskSlot& slot, const Operation* operation, uint64_t site);
  void Act(const Label& label);
  void Repeat(EventIndex index);
  // The parts' operations are done: payloads move, tasks are born, and those concerned run on.
  void Complete(EventIndex index, TaskId actor);
  void MovePayloads(const Effect& effect);
  void Spawn(const SpawnedTask& spawned, TaskSlot* actor, EventIndex event);
  void TearDown();
  void NotifyAccess(const void* address, size_t size, bool write, uint64_t site);
  static void Entry(void* slot);

  Model& model_;
  OperationStore& store_;
  PathTable& paths_;
  StackPool& stacks_;
  Record record_;
  Effect effect_;
  std::vector<std::unique_ptr<TaskSlot>> slots_;  // by order of creation; reused
  size_t num_slots_ = 0;
  std::vector<uint32_t> slot_of_;  // by TaskId; valid when the slot's id matches
  TaskSlot* current_ = nullptr;
  std::vector<Observer*> observers_;
  std::vector<Label> enabled_;
  bool enabled_valid_ = false;
  bool abandoning_ = false;
  bool stop_soon_ = false;
  uint64_t rounds_ = 0;
  bool watching_ = false;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_EXECUTION_H_
