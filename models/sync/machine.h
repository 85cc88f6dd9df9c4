// SPDX-License-Identifier: Apache-2.0
// Machine: the abstract state of all primitives, behind sim::Model.
//
// Holds the tasks' positions, one state per object, and the direct predecessors of every event;
// each primitive brings its rules (enabled, apply, blockers) in its own file, and machine.cc only
// finds the right ones. Central files: this one, then channel_rules.cc. Invariant: a rule looks at
// the operations of its step, at the objects they name, and at nothing else that an independent
// event could change. docs/dependence.md has an argument for each.
#ifndef HEDDLE_MODELS_SYNC_MACHINE_H_
#define HEDDLE_MODELS_SYNC_MACHINE_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "models/sync/context_order.h"
#include "models/sync/local_time.h"
#include "models/sync/operations.h"
#include "models/sync/waitgroup_order.h"
#include "sim/base/check.h"
#include "sim/model.h"

namespace heddle::sync {

using sim::Effect;
using sim::EventIndex;
using sim::kNoEvent;
using sim::ObjectId;
using sim::Operand;
using sim::Operation;
using sim::Step;
using sim::TaskId;

// One part of one event: where a clock to be taken in stands.
struct EventRef {
  EventIndex event = kNoEvent;
  uint32_t part = 0;
};

enum class ObjectKind : uint8_t {
  kChannel,
  kMutex,
  kRwMutex,
  kWaitGroup,
  kOnce,
  kCond,
  kAtomic,
  kTimer,
  kContext,
};

// A task that was blocked at an object when time moved (ideal time): it is in the object's queue
// for certain.
struct Parked {
  TaskId task;
  uint32_t position = 0;
  uint32_t epoch = 0;  // which quiescence saw it first: earlier ones are served first
  uint8_t role = 0;    // 0 sends (or the only role), 1 receives
  int32_t alternative = sim::kOnly;
};

// A parked task that has been served, and the event that did it.
struct Served {
  EventIndex event = kNoEvent;
  uint32_t epoch = 0;
  uint8_t role = 0;
};

struct ObjectState {
  virtual ~ObjectState() = default;
  virtual void Reset(int32_t initial) = 0;
  virtual std::string Describe() const = 0;

  ObjectKind kind;
  uint32_t generation = 0;
  uint32_t version = 0;        // changes so far, for awaiting rounds
  std::vector<Parked> parked;  // in no order; served ones are removed
  std::vector<Served> served;

 protected:
  explicit ObjectState(ObjectKind k) : kind(k) {}
};

class Machine : public sim::Model {
 public:
  Machine(sim::OperationStore& store, sim::PathTable& paths, const sim::ModelOptions& options);
  ~Machine() override;

  static std::unique_ptr<sim::Model> New(sim::OperationStore& store, sim::PathTable& paths,
                                         const sim::ModelOptions& options);

  // ---- sim::Model
  void Reset(sim::TimeModel time) override;
  void Announce(TaskId task, uint32_t position, const Operation* operation) override;
  bool Enabled(const Step& step) override;
  void CollectEnabled(std::vector<sim::Label>* out, size_t limit) override;
  std::optional<sim::Label> DrawEnabled(sim::Random& random) override;
  void Apply(const Step& step, bool commit, Effect* effect) override;
  void Blockers(const Step& step, std::vector<EventIndex>* out) override;
  bool LooksAtOperandsOnly(const Operation& operation) const override;
  bool ActsOnEachAlone(const Operation& operation) const override;
  Bearing BearingOf(const Operation& operation) const override;
  bool Disregards(const Operation& operation, Bearing bearing) const override;
  bool AlwaysEnabled(const Operation& operation) const override;
  void LabelsOf(TaskId task, uint32_t position, const Operation& operation,
                std::vector<sim::Label>* out) const override;
  void OffersOf(const Operation& operation, std::vector<Offer>* out) const override;
  uint32_t NumEvents() const override { return num_events_; }
  int64_t Now() const override { return now_; }
  std::vector<int64_t> TimesOfEvents() const override { return times_.Explain(); }
  const sim::OperationInfo& Info(sim::OpCode code) const override;
  size_t NumOperationCodes() const override { return kNumOps; }
  const Operation* EndOperation() const override;
  std::string Describe(ObjectId object) const override;
  std::string_view KindName(ObjectId object) const override;
  bool IsSignalled(ObjectId object) const override;
  bool AtBound() override;
  void Refuted(std::vector<ObjectId>* out) const override;
  void SetStrict(std::vector<ObjectId> objects) override { strict_ = std::move(objects); }
  void Observed(const Operation& operation, const sim::Result& result,
                std::vector<ObjectId>* out) const override;

  // ---- For the rules of the primitives

  // A pure operation of the current round of a task, and the state that it saw.
  struct Mark {
    uint32_t position;
    ObjectId object;
    uint32_t version;
    bool poll_send = false, poll_receive = false;  // a failed poll of an unbuffered channel
  };
  struct TaskState {
    TaskId id;
    uint32_t generation = 0;
    uint32_t position = 0;
    const Operation* operation = nullptr;  // null: running or ended
    EventIndex last = kNoEvent;            // its last event, or the one that created it
    uint32_t parked_epoch = 0;             // 0: not parked
    ObjectId woken_by;  // the channel whose close took its select out of the queues; none: none did
    bool ended = false;
    std::vector<Mark> marks;  // since its last operation that was not pure
    // What CollectEnabled remembers.
    uint32_t order = 0;               // by first announcement
    bool dirty = false;               // `enabled` is to be computed anew
    std::vector<sim::Label> enabled;  // labels of its operation alone
  };

  template <class State>
  State& Get(const Operand& operand) {
    ObjectState& state = Find(operand, State::kKind);
    return static_cast<State&>(state);
  }
  TaskState& Task(TaskId task);
  bool ideal() const { return time_ == sim::TimeModel::kIdeal; }
  uint32_t epoch() const { return epoch_; }
  sim::PathTable& paths() { return paths_; }
  sim::OperationStore& store() { return store_; }
  // True when event `a` is in the causal past of event `b`.
  bool CausallyBefore(EventIndex a, EventIndex b) const;

  bool IsStrict(ObjectId object) const {
    return !strict_.empty() && std::find(strict_.begin(), strict_.end(), object) != strict_.end();
  }
  WaitGroupOrder::Preds Preds() const { return {preds_, preds_end_}; }

  // Begins the effect of a step: its tasks' parts with their program-order predecessors.
  void BeginParts(const Step& step, Effect* effect) const;
  // Adds the part of a parked task whose operation the event completes too; returns its index.
  uint32_t AddParkedPart(const Parked& parked, Effect* effect);
  // With commit: the parked task leaves every queue it is in.
  void Serve(TaskId task, EventIndex event);

  // Time.
  struct ArmedTimer {
    TaskId task;            // the timer's own task
    int64_t deadline;       // ideal
    LocalTime::Moment due;  // async: no event that sees it not expired is later
    bool starts_task;
  };
  std::vector<ArmedTimer> armed;  // active timers
  bool TimersAtBound() const;
  EventIndex last_expiry() const { return last_expiry_; }
  // Async: the times of the events. A rule that is being applied says that its event sees a timer
  // not expired, or that it is an expiry.
  const LocalTime& times() const { return times_; }
  void SeesUnexpired(LocalTime::Moment due) {
    if (due.valid()) limits_.push_back(due);
  }
  void Expires(LocalTime::Moment start) { start_ = start; }

  WaitGroupOrder wait_groups;
  ContextOrder contexts;

  // Goroutine counting (only when ends are events).
  std::vector<EventIndex> count_changes, count_reads;  // arms and stops of AfterFuncs too
  int64_t live_tasks = 0;
  const sim::ModelOptions& options() const { return options_; }

  // Awaiting rounds: true when something that the round [await_from, position) read has changed
  // since, or an unbuffered channel that it polled in vain has a partner waiting (then `*partner`
  // is its last event).
  bool RoundChanged(const TaskState& task, uint32_t await_from, EventIndex* partner);
  // The dependences of an awaiting operation: it reads all that its round read.
  void AddAwaitPreds(const Step& step, bool commit, Effect* effect);

 private:
  ObjectState& Find(const Operand& operand, ObjectKind kind);
  // Applies the rule of the step, without what bounds add.
  void ApplyRule(const Step& step, bool commit, Effect* effect);
  void ApplyAdvance(bool commit, Effect* effect);
  bool IsIdle(TaskId timer);
  bool MayMeetSelect(const Operation& select) const;
  bool AdvancePossible();
  void Park(TaskState& task);
  void NoteMark(const Step& step, const Effect& effect);

  // ---- Bounds: machine_bounds.cc ----
  struct Counted {
    bool goroutine = false, message = false;
  };
  // Steps of the operation may be counted by a bound.
  bool IsCounted(const Operation& operation) const;
  Counted CountOf(const Step& step, const Effect& effect) const;
  // The last event that used up what the step needs; kNoEvent: no bound holds the step back.
  EventIndex HeldBackBy(const Step& step);
  void CountExpiry(bool commit, Effect* effect);
  // Enabled by its rule, within the bounds, and in time.
  bool IsPossible(const Step& step);
  // Async: its event may see that a timer has not expired. Said of the operation alone, since the
  // search remembers what follows from it.
  bool MaySeeTimers(const Operation& operation) const;
  // There are times for the events so far and this step's; if not, `blockers`, unless null, says
  // which are in the way.
  bool InTime(const Step& step, std::vector<EventIndex>* blockers);
  void Count(const Step& step, bool commit, Effect* effect);

  // ---- Enabled labels, kept up to date: machine_enabled.cc ----
  // Who waits at an object, and what is offered there for joint labels.
  struct OfferRow {
    TaskId task;
    uint32_t position;
    int32_t alternative;
    bool late_only;
  };
  struct Watch {
    uint32_t generation = 0;
    uint32_t version = 0;  // of the object when its waiters were last told
    std::vector<TaskId> waiters;
    std::vector<OfferRow> offers[2];  // by role; stale rows are dropped as they are met
    bool joint = false;               // listed in joint_objects_
  };
  Watch& WatchOf(ObjectId object);
  void Track(TaskState& task);               // a task has announced an operation
  void Touched(const Operation& operation);  // an event used it
  void AfterEvent(const Step& step, const Effect& effect);
  void MarkDirty(TaskState& task);
  void Refresh(TaskState& task);
  void RefreshDirty();
  std::optional<sim::Label> DrawListed(sim::Random& random);
  void CollectJoint(std::vector<sim::Label>* out);
  void CollectPairs(ObjectId object, std::vector<sim::Label>* out);
  bool StillThere(const OfferRow& row) const;
  void CheckEnabled(const std::vector<sim::Label>& found);

  sim::OperationStore& store_;
  sim::PathTable& paths_;
  sim::ModelOptions options_;
  sim::TimeModel time_ = sim::TimeModel::kIdeal;
  uint32_t generation_ = 0;
  uint32_t num_events_ = 0;
  uint32_t epoch_ = 0;
  int64_t now_ = 0;
  std::vector<std::unique_ptr<ObjectState>>
      objects_;                       // by ObjectId; stale unless of this generation
  std::vector<TaskState> tasks_;      // by TaskId; stale unless of this generation
  std::vector<TaskId> order_;         // tasks by first announcement
  std::vector<EventIndex> preds_;     // direct predecessors of all events, flat
  std::vector<uint32_t> preds_end_;   // by event
  std::vector<EventIndex> barriers_;  // clock advances
  std::vector<ObjectId> strict_;
  const Operation* end_operation_ = nullptr;
  uint64_t goroutines_ = 1, messages_ = 0;  // so far, for the bounds
  EventIndex last_goroutine_ = kNoEvent, last_message_ = kNoEvent;
  uint64_t expiries_ = 0;
  EventIndex last_expiry_ = kNoEvent;
  LocalTime times_;
  std::vector<LocalTime::Moment> limits_;  // of the rule being applied
  LocalTime::Moment start_;
  bool late_seen_ = false;      // a step that was asked about came too late for some deadline
  bool tracking_ = false;       // somebody asks for all enabled labels
  std::vector<Watch> watches_;  // by ObjectId
  std::vector<ObjectId> joint_objects_;    // offers of both roles have been made
  std::vector<TaskId> dirty_;              // tasks to refresh
  std::vector<TaskId> timers_, awaiting_;  // told of every event of their kind
  std::vector<TaskId> watchful_;           // async: whose operations may see timers
  std::vector<uint64_t> able_;             // bits by order: tasks with labels of their own
  static constexpr size_t kBlock = 16;     // words of able_ that are counted together
  std::vector<uint32_t> able_in_block_;
  uint64_t num_able_ = 0;
  // Scratch.
  std::vector<Offer> offers_;
  std::vector<sim::Label> labels_, drawn_;
  Effect asked_;
};

// What a primitive brings for one operation code.
struct Rules {
  bool (*enabled)(Machine&, const Step&);
  void (*apply)(Machine&, const Step&, bool commit, Effect*);
  void (*blockers)(Machine&, const Step&, std::vector<EventIndex>*);
};

// The rules of a code: rules.cc maps every code to its primitive.
const Rules& RulesOf(sim::OpCode code);

// The event starts (+1) or ends (-1) a task.
void ChangeCount(Machine&, int delta, bool commit, Effect*);

// Ready-made rules.
bool Always(Machine&, const Step&);
bool Never(Machine&, const Step&);
void NoBlockers(Machine&, const Step&, std::vector<EventIndex>*);

// Adds `event` unless it is none.
inline void AddPred(Effect* effect, EventIndex event) {
  if (event != kNoEvent) effect->preds.push_back(event);
}
inline void AddPreds(Effect* effect, const std::vector<EventIndex>& events) {
  effect->preds.insert(effect->preds.end(), events.begin(), events.end());
}
inline void AddSync(Effect* effect, uint32_t part, EventRef from) {
  if (from.event != kNoEvent) effect->sync.push_back({part, from.event, from.part});
}

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_MACHINE_H_
