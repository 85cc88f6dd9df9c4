// SPDX-License-Identifier: Apache-2.0
// Model: the meaning of operations, as the machine and the search see it.
//
// One abstract state of all objects without payload, and three questions about it: is this step
// enabled, what does it do and depend on, which events stand in its way. The same object code runs
// the program (in an Execution), orders its events, and answers "what if" (in the search).
// Implemented in models/sync; handed to the machine and to the search as a value. Invariant: what
// Enabled, Apply and Blockers answer depends only on the causal order of the events applied so far,
// never on the order in which independent ones were applied.
#ifndef HEDDLE_SIM_MODEL_H_
#define HEDDLE_SIM_MODEL_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/random.h"
#include "sim/operation.h"
#include "sim/paths.h"
#include "sim/trace.h"

namespace heddle::sim {

// What an operation gave its task. Status codes and the meaning of flag and value are the model's,
// but for kAbandoned.
struct Result {
  static constexpr uint8_t kOk = 0;
  static constexpr uint8_t kAbandoned = 255;  // the execution is being torn down
  uint8_t status = kOk;
  bool flag = false;
  int32_t alternative = kOnly;
  int64_t value = 0;
};

// One task's share in an event: its operation completes.
struct Part {
  TaskId task;
  uint32_t position = 0;
  Result result;
};

// Moves a payload as the event happens. Slots are those that the parts announced with their
// operations.
struct Transfer {
  enum class Kind : uint8_t {
    kHand,  // from the slot of part `from` to the slot of part `to`
    kPush,  // from the slot of part `from` into the object's queue
    kPop,   // from the object's queue to the slot of part `to`
    kZero,  // the zero value to the slot of part `to`
    kDrop,  // the oldest value of the object's queue is lost
  };
  Kind kind = Kind::kHand;
  uint32_t from = 0;
  uint32_t to = 0;
};

// The clock of part `part` of this event takes in that of part `event_part` of `event` (Go memory
// model). `event` may be this event: then it is the clock that the other part had before.
struct SyncEdge {
  uint32_t part = 0;
  EventIndex event = kNoEvent;
  uint32_t event_part = 0;
};

struct SpawnedTask {
  TaskId task;
  const Operation* operation =
      nullptr;  // the first operation of a timer; null: code to be run on a fiber
};

// What applying a step does. Buffers are reused: Clear keeps capacity.
struct Effect {
  std::vector<Part> parts;        // the actor first; empty for the clock
  std::vector<EventIndex> above;  // direct predecessors by program order and spawn
  std::vector<EventIndex> preds;  // other direct predecessors in the causal order
  std::vector<SyncEdge> sync;
  std::vector<Transfer> transfers;
  std::vector<SpawnedTask> spawned;
  bool after_all = false;  // also after every event so far, and before every later one

  void Clear() {
    parts.clear();
    above.clear();
    preds.clear();
    sync.clear();
    transfers.clear();
    spawned.clear();
    after_all = false;
  }
};

// A row of the operation table.
struct OperationInfo {
  std::string_view name;  // "send"
  std::string_view
      blocked;  // as Go prints a goroutine blocked in it: "chan send"; empty: never blocks
  OpCategory category = OpCategory::kOther;
  bool release =
      false;          // returns without effect while an execution is torn down (Unlock, close, ...)
  bool pure = false;  // may be without effect: a round of only these can be a spin
};

enum class TimeModel : uint8_t { kIdeal, kAsync };

class Model {
 public:
  virtual ~Model() = default;

  // Back to the initial state: no events, no objects; main and the clock exist.
  virtual void Reset(TimeModel time) = 0;
  // The task is about to do `operation` as its position-th; null: it has ended.
  virtual void Announce(TaskId task, uint32_t position, const Operation* operation) = 0;

  // REQUIRES: the tasks of the step stand at its operations.
  virtual bool Enabled(const Step& step) = 0;
  // Appends every enabled label, in a fixed order: tasks in the order of their first announcement.
  // `limit`: stop once at least so many have been found.
  virtual void CollectEnabled(std::vector<Label>* out, size_t limit = SIZE_MAX) = 0;
  // One enabled label: any task that can act, then any of its labels, all equally likely. What
  // CollectEnabled finds, without listing it where many tasks can move. None: nothing is enabled.
  virtual std::optional<Label> DrawEnabled(Random& random) = 0;
  // What the step does as the next event. With `commit` the state moves on and the event gets the
  // index NumEvents(); otherwise the question is hypothetical. REQUIRES: enabled.
  virtual void Apply(const Step& step, bool commit, Effect* effect) = 0;
  // Events whose removal, with all that is after them, may enable the step; each is an alternative.
  virtual void Blockers(const Step& step, std::vector<EventIndex>* out) = 0;
  // True: Enabled, Apply and Blockers of the operation's steps look at nothing but its operands'
  // objects, as long as time has not moved: at no other object, no clock, no count of tasks.
  virtual bool LooksAtOperandsOnly(const Operation& operation) const = 0;
  // True: what the operation does to one of its objects depends on that object's state alone.
  virtual bool ActsOnEachAlone(const Operation& operation) const = 0;
  // How an event of the operation bears on what is asked later of others at its objects.
  enum class Bearing : uint8_t {
    kAny,
    kLook,   // leaves them as they are: a load
    kMeet,   // a rendezvous, or a failed poll for one: what is left is only that it was there
    kRenew,  // of its one object nothing older matters any more: a store
  };
  virtual Bearing BearingOf(const Operation& operation) const = 0;
  // True: events of this bearing do not matter to what is asked of a step of the operation; of a
  // joint step: if it holds for both operations.
  virtual bool Disregards(const Operation& operation, Bearing bearing) const = 0;
  // True when the operation can always happen as soon as its task stands at it.
  virtual bool AlwaysEnabled(const Operation& operation) const = 0;

  // All labels that could be made of the operation alone.
  virtual void LabelsOf(TaskId task, uint32_t position, const Operation& operation,
                        std::vector<Label>* out) const = 0;
  // Operations that might form a joint label: each offers itself at objects in a role; a label is
  // joint of one offer of role 0 (the actor) and one of role 1 at the same object.
  struct Offer {
    ObjectId object;
    uint8_t role = 0;
    int32_t alternative = kOnly;
    bool late_only = false;  // pairs with this offer exist only once time has moved (ideal time)
  };
  virtual void OffersOf(const Operation& operation, std::vector<Offer>* out) const = 0;

  virtual uint32_t NumEvents() const = 0;
  // Virtual time since the start, in nanoseconds.
  virtual int64_t Now() const = 0;
  // Asynchronous time: times of all events so far that explain their order, and never decrease if
  // such there are. Ideal time, or no clock yet: nothing to add to what Now said at each.
  virtual std::vector<int64_t> TimesOfEvents() const = 0;
  virtual const OperationInfo& Info(OpCode code) const = 0;
  virtual size_t NumOperationCodes() const = 0;
  // The operation by which a task's end becomes an event; null: ends are not events.
  virtual const Operation* EndOperation() const = 0;
  // A short description of an object's state: "1/2 buffered, closed".
  virtual std::string Describe(ObjectId object) const = 0;
  // "channel", "mutex", ...
  virtual std::string_view KindName(ObjectId object) const = 0;
  // The object tells those who listen to stop: a closed channel, the Done channel of a cancelled
  // context.
  virtual bool IsSignalled(ObjectId object) const = 0;
  // A bound keeps something from happening that otherwise would: what waits for it is not judged.
  virtual bool AtBound() = 0;
  // Some rules order less than every program can bear, as long as no execution shows that it
  // cannot. Appends the objects for which the events so far have shown it: an exploration starts
  // anew with these as strict objects.
  virtual void Refuted(std::vector<ObjectId>* out) const = 0;
  // From the next Reset on the strict objects are these: their rules order all that any program
  // could ask for.
  virtual void SetStrict(std::vector<ObjectId> objects) = 0;
  // Appends the objects whose signal the completed operation has seen.
  virtual void Observed(const Operation& operation, const Result& result,
                        std::vector<ObjectId>* out) const = 0;
};

// Bounds on one execution: properties of the run, whatever the order of its independent steps.
struct Bounds {
  static constexpr uint64_t kNone = UINT64_MAX;
  uint64_t goroutines = kNone;  // that it has in all, the first one counted
  uint64_t rounds = kNone;      // times that a goroutine comes back to the head of one loop
  uint64_t timers = kNone;      // expiries
  uint64_t messages = kNone;    // values sent on channels by the program
};

// Options of a model that are the same for a whole exploration.
struct ModelOptions {
  bool ends_are_events = false;  // for programs that count goroutines
  Bounds bounds;
  bool replays = false;  // whatever a strict object could do is enabled at every object
};

using ModelFactory = std::unique_ptr<Model> (*)(OperationStore&, PathTable&, const ModelOptions&);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_MODEL_H_
