// SPDX-License-Identifier: Apache-2.0
// Runtime: what the C++ API knows of the execution that is under way on this thread.
//
// Below every class of heddle.h: finds the Execution, turns statuses into exceptions, and owns what
// must live as long as the execution. A test's lambda is plain C++ that is handed no execution, so
// the way there is one thread-local pointer, the exception to the rule against globals: set by
// FunctionProgram while an execution of a C++ program is alive on this thread, null otherwise;
// everything else hangs off it. Invariant: nothing here throws through a frame that must not throw
// (see api_unwind.h), so that a finding inside a destructor is reported, and teardown works,
// whatever the test's destructors do.
#ifndef HEDDLE_MODELS_SYNC_API_RUNTIME_H_
#define HEDDLE_MODELS_SYNC_API_RUNTIME_H_

#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/sync/calls.h"
#include "sim/execution.h"
#include "sim/observer.h"

namespace heddle {

// Where a call stands in the test's source; taken as a default argument.
using Site = std::source_location;

}  // namespace heddle

namespace heddle::api {

static_assert(sizeof(Site) == sizeof(uint64_t) && std::is_trivially_copyable_v<Site>,
              "a source location is a pointer to static data");
inline uint64_t Word(Site site) { return std::bit_cast<uint64_t>(site); }

// A function to be called once, which need not be copyable.
class Callable {
 public:
  virtual ~Callable() = default;
  virtual void Call() = 0;
};

template <class F>
class CallableOf final : public Callable {
 public:
  template <class G>
  explicit CallableOf(G&& function) : function_(std::forward<G>(function)) {}
  void Call() override { std::invoke(function_); }

 private:
  F function_;
};

// What Goexit throws: unwinds the task, running destructors whose operations still have their
// effect.
struct GoexitUnwind {};

// Links a Task handle with its task: while someone else holds it as the task starts, the end is an
// event.
struct TaskEnd {
  sync::ChannelRef closed_at_end;
};

struct TaskStart {
  std::unique_ptr<Callable> function;
  std::string name;                      // empty: named after the site
  Site site;                             // of the Go call
  bool system = false;                   // see sim::TaskClient
  std::shared_ptr<TaskEnd> end;          // null: nobody can join it
  std::vector<sim::ObjectId> reachable;  // done channels that the function has captured
};

// A C++ task as detectors and reports see it, and the state that its calls share.
class TaskState final : public sim::TaskClient {
 public:
  void Prepare(TaskStart start);
  // The body of the task's fiber.
  void Run();
  // Frees what the function captured.
  void Release() { start_.function.reset(); }

  std::string Name() const override;
  sim::TraceSite Site(uint64_t site) const override;
  std::vector<sim::TraceSite> Stack() const override;
  sim::TraceSite CreatedAt() const override;
  void Reachable(const std::function<void(sim::ObjectId)>& visit) const override;
  bool system() const override { return start_.system; }
  // True although tasks are unwound by an exception: only this layer knows where that is safe.
  bool cooperative() const override { return true; }

  // The task knows a done channel.
  void Touch(sim::ObjectId done_channel);
  const void* base() const { return base_; }

  heddle::Site last;                                   // of the last call
  uint32_t await_from = sim::Operation::kNotAwaiting;  // of the next call: see SpinUntil
  bool dying = false;    // a fatal error has ended it: no operation has an effect any more
  uint32_t refused = 0;  // calls since then, or since the execution is torn down

 private:
  void Guarded(const std::function<void()>& body);

  TaskStart start_;
  const void* base_ = nullptr;  // no frame of the test lies above
};

// Something that must live until the execution has been torn down.
class Owned {
 public:
  virtual ~Owned() = default;
};

class ChannelCore;

// A call that a destructor may make, and which is skipped, not refused, once the task has to end.
enum class Release : bool { kNo, kYes };

class Runtime {
 public:
  Runtime() = default;
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  // The runtime of the execution under way on this thread; null outside.
  static Runtime* Current() { return current_; }
  // The same. REQUIRES: called inside a function that is being checked.
  static Runtime& Get() {
    if (current_ == nullptr) [[unlikely]]
      OutsideOfExecution();
    return *current_;
  }

  // For FunctionProgram: the beginning and the end of one execution.
  TaskState* Begin(sim::Execution& execution, TaskStart main, bool counts_tasks);
  void End();

  sim::Execution& execution() { return *execution_; }
  bool counts_tasks() const { return counts_tasks_; }
  // REQUIRES: OnTask().
  TaskState& task() { return *static_cast<TaskState*>(execution_->CurrentClient()); }
  bool OnTask() const { return !ending_ && sim::Fiber::Current() != nullptr; }

  // Makes one call of calls.h, `call(execution, call_site)`, for the current task. Throws a Panic
  // or FatalError when its status says so. Result::status is kAbandoned when the task has to end
  // and must not be unwound from here: the caller returns something harmless.
  template <class F>
  sim::Result Perform(Site site, Release release, F&& call) {
    if (Stopping()) [[unlikely]]
      return Refuse(release);
    TaskState& state = task();
    state.last = site;
    uint32_t await_from = std::exchange(state.await_from, sim::Operation::kNotAwaiting);
    sim::Result r = call(*execution_, sync::CallSite{Word(site), await_from});
    if (Stopping()) [[unlikely]]
      return Refuse(release);
    if (r.status != sim::Result::kOk) [[unlikely]]
      Raise(sync::StatusOf(r), site);
    return r;
  }

  // Raises Go's panic, or its fatal error, in the current task: reports what has to be reported,
  // and throws unless a frame on the stack forbids it; then the task ends at its next chance.
  void Raise(sync::Status status, Site site);
  void RaisePanic(std::string message, Site site);
  // Reports an incident, at most one that is fatal for each task; the task must end then (Die).
  void Report(std::string_view kind, std::string message, bool fatal, Site site);
  // Ends the current task as a fatal error does.
  void Die();

  sim::ObjectId NewObject();
  // A key for memory whose accesses are checked for races: never the same twice in one execution.
  const void* NewMemory() { return reinterpret_cast<const void*>(next_memory_ += 16); }

  TaskState* NewTask(TaskStart start);
  // Starts a task. Nothing happens when the current task has to end.
  void Go(TaskStart start, Site site);

  template <class T, class... Args>
  T* Own(Args&&... args) {
    auto owned = std::make_unique<T>(std::forward<Args>(args)...);
    T* raw = owned.get();
    owned_.push_back(std::move(owned));
    return raw;
  }

  // What the contexts of the execution keep in common; null until they ask for it.
  Owned* errors() const { return errors_; }
  void SetErrors(Owned* errors) { errors_ = errors; }

  // Channels whose buffers are emptied at the end, so that cycles of handles do not leak.
  void Link(ChannelCore* channel);
  void Unlink(ChannelCore* channel);

  // `site`, unless it lies in the standard library (std::lock_guard calls lock), which says nothing
  // about the test: then the site of the task's last call.
  Site SiteInTest(Site site);

  // While a Collector is alive, copied and moved handles of done channels are noted in `ids`.
  class Collector {
   public:
    Collector(Runtime& runtime, std::vector<sim::ObjectId>* ids)
        : runtime_(runtime), outer_(std::exchange(runtime.collecting_, ids)) {}
    ~Collector() { runtime_.collecting_ = outer_; }
    Collector(const Collector&) = delete;
    Collector& operator=(const Collector&) = delete;

   private:
    Runtime& runtime_;
    std::vector<sim::ObjectId>* outer_;
  };
  static void NoteHandle(sim::ObjectId id) {
    if (current_ != nullptr && current_->collecting_ != nullptr)
      current_->collecting_->push_back(id);
  }

 private:
  bool Stopping() {
    return !OnTask() || execution_->abandoning() || execution_->cut() || task().dying;
  }
  sim::Result Refuse(Release release);
  [[noreturn]] static void OutsideOfExecution();

  static constinit thread_local Runtime* current_;

  Runtime* outer_ = nullptr;
  sim::Execution* execution_ = nullptr;
  bool counts_tasks_ = false;
  bool ending_ = true;                             // no task runs any more, or none yet
  std::vector<std::unique_ptr<TaskState>> tasks_;  // reused from one execution to the next
  size_t num_tasks_ = 0;
  std::vector<std::unique_ptr<Owned>> owned_;
  Owned* errors_ = nullptr;
  ChannelCore* channels_ = nullptr;  // head of a list
  std::vector<sim::ObjectId>* collecting_ = nullptr;
  uintptr_t next_memory_ = 0;
  const char* library_file_ = nullptr;  // a file of the standard library, seen before
  const char* test_file_ = nullptr;     // one that is not
};

// Marks a handle of a done channel: what copies or moves it while a Collector is alive has captured
// it.
class CaptureMark {
 public:
  CaptureMark() = default;
  explicit CaptureMark(sim::ObjectId id) : id_(id) {}
  CaptureMark(const CaptureMark& other) : id_(other.id_) { Note(); }
  CaptureMark& operator=(const CaptureMark& other) = default;
  ~CaptureMark() = default;

 private:
  void Note() const {
    if (id_.valid()) Runtime::NoteHandle(id_);
  }
  sim::ObjectId id_;
};

template <class F>
TaskStart MakeStart(Runtime& runtime, F&& function, Site site) {
  TaskStart start;
  start.site = site;
  Runtime::Collector collector(runtime, &start.reachable);
  start.function = std::make_unique<CallableOf<std::decay_t<F>>>(std::forward<F>(function));
  return start;
}

}  // namespace heddle::api

#endif  // HEDDLE_MODELS_SYNC_API_RUNTIME_H_
