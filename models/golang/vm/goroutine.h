// SPDX-License-Identifier: Apache-2.0
//
// What the machine keeps of one goroutine: frames, register stack, deferred calls, panics under
// way. Interpret (interpret.h) runs it, unwind.h moves it through panics, introspect.cc shows it to
// detectors. Keep: frames are indexed, never pointed to across a call, for the array grows;
// registers never move.
#ifndef HEDDLE_MODELS_GOLANG_VM_GOROUTINE_H_
#define HEDDLE_MODELS_GOLANG_VM_GOROUTINE_H_

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/golang/bytecode/program.h"
#include "models/golang/vm/heap.h"
#include "models/golang/vm/value.h"
#include "sim/observer.h"

namespace heddle::golang::vm {

class Machine;

// A deferred call with its arguments, which follow the record.
struct DeferRecord {
  DeferRecord* next = nullptr;
  const Function* function = nullptr;  // null: a nil func value, which panics when it is run
  const uint64_t* closure = nullptr;
  const Instr* at = nullptr;  // after the instruction of the defer statement
  uint32_t args_size = 0;
  uint32_t size_class = 0;

  uint8_t* args() { return reinterpret_cast<uint8_t*>(this + 1); }
};

struct Frame {
  const Function* function = nullptr;
  const Instr* pc = nullptr;  // the instruction after the current one; null for natives
  uint8_t* fp = nullptr;
  uint8_t* copy_back =
      nullptr;  // where the results go when the frame began a stack segment; may be null
  bool new_segment = false;
  DeferRecord* defers = nullptr;  // last deferred first
  uint32_t deferred_panic = 0;  // 1 + index of the panic that runs this deferred call; 0: none does
  uint32_t defer_owner = 0;     // index of the frame that deferred it
  const Instr* deferring = nullptr;  // while a deferred call runs: the one after its statement's

  // As pc, but of the defer statement while it is its call that runs.
  const Instr* current() const { return deferring != nullptr ? deferring : pc; }
};

struct PanicRecord {
  GoInterface value;
  bool goexit = false;  // runtime.Goexit: unwinds as a panic does, but cannot be recovered
  bool recovered = false;
  bool is_fault = false;  // a nil dereference: Go adds a [signal ...] line
  uint64_t fault_address = 0;
  uint32_t depth = 0;  // number of frames when it was raised
  uint64_t site = 0;
  // Finding kind that the panic stands for when nobody recovers it ("double-close"); null: an
  // ordinary panic.
  const char* finding = nullptr;
};

// Why the interpreter must look up from its work.
enum class Signal : uint8_t {
  kNone,
  kPanic,    // Goroutine::pending is to be raised
  kUnwound,  // a panic was recovered in the top frame: go on there, if it is above the base of this
             // Interpret
  kEnded,    // the goroutine is over; every Interpret returns
};

class Goroutine final : public sim::TaskClient {
 public:
  explicit Goroutine(Machine* machine) : machine_(machine) {}
  ~Goroutine() override = default;

  // Forgets the last execution.
  void Reset();

  Machine& machine() const { return *machine_; }
  // Instructions and natives that work on much memory count as several instructions; so do observed
  // accesses.
  void SpendOnBytes(uint64_t bytes) { budget -= static_cast<int64_t>(bytes / 32); }
  void SpendOnAccess(uint64_t bytes) { budget -= 8 + static_cast<int64_t>(bytes / 8); }

  // ---- Frames
  Frame& top() { return frames[depth - 1]; }
  // Pushes a frame whose arguments stand at `window`, on a new stack segment if need be. False:
  // stack overflow.
  bool Push(const Function* function, uint8_t* window) {
    if (__builtin_expect(depth == capacity || window + function->frame_size > stack_end, 0)) {
      return PushSlow(function, window);
    }
    Place(function, window);
    return true;
  }
  // Pushes the frame of a call that no instruction makes (deferred, callback, go) above everything;
  // its results stay readable at its fp after Pop, until the next call. False: stack overflow.
  bool PushCall(const Function* function, const uint64_t* closure, const void* args);
  // Takes the top frame off; its results are at its window then.
  void Pop() {
    Frame& frame = top();
    if (__builtin_expect(frame.new_segment, 0)) LeaveSegment(frame);
    while (num_loops != 0 && loops[num_loops - 1].depth >= depth) --num_loops;
    --depth;
  }
  // Site of what the top frame is doing.
  uint64_t Site() const;

  // ---- Panics
  void Raise(GoInterface value) {
    signal = Signal::kPanic;
    pending = {};
    pending.value = value;
  }

  // ---- sim::TaskClient
  std::string Name() const override;
  sim::TraceSite Site(uint64_t site) const override;
  std::vector<sim::TraceSite> Stack() const override;
  sim::TraceSite CreatedAt() const override;
  void Reachable(const std::function<void(sim::ObjectId)>& visit) const override;
  void CanCancel(const std::function<void(sim::ObjectId)>& visit) const override;
  bool IsMapAccess(uint64_t site) const override;
  bool system() const override { return is_system; }
  bool cooperative() const override { return true; }

  // ---- State, open to the machine's own files
  std::unique_ptr<Frame[]> frames;
  uint32_t depth = 0;
  uint32_t capacity = 0;
  uint8_t* stack_begin = nullptr;
  uint8_t* stack_end = nullptr;     // of the segment of the top frame
  std::vector<PanicRecord> panics;  // under way, oldest first
  Signal signal = Signal::kNone;
  PanicRecord pending;  // with Signal::kPanic
  BumpRegion region;    // of the heap
  sim::TaskId task;
  int64_t budget = 0;  // instructions left until the next visible operation
  // Spin detection: `effects` counts what others could see (stores, allocations, output); see
  // visible.cc.
  uint64_t effects = 0;
  uint32_t visible = 0;              // visible operations so far
  uint32_t impure = 0;               // of these, those that had an effect
  uint32_t await_from = UINT32_MAX;  // not UINT32_MAX: the next operation opens a spinning round
  uint32_t loop_visible = 0;         // `visible` at the last visit of any loop head
  const Instr* loop_head = nullptr;  // of that visit
  struct LoopVisit {
    uint32_t depth = 0;
    const Instr* head = nullptr;
    uint32_t visible = 0;
    uint32_t impure = 0;
    uint64_t effects = 0;
    std::vector<uint8_t> registers;
    // Times that it came back to the head, with a visible operation since; for the bound.
    static constexpr uint64_t kLeft = UINT64_MAX;  // a loop around it has begun another round
    uint64_t rounds = 0;
  };
  std::vector<LoopVisit> loops;  // innermost last
  size_t num_loops = 0;
  // Creation.
  const Function* entry = nullptr;
  const uint64_t* entry_closure = nullptr;
  std::vector<uint8_t> entry_args;
  const Goroutine* creator = nullptr;
  const Function* created_in = nullptr;
  uint64_t created_site = 0;
  bool is_system = false;
  uint64_t random_seed = 0;
  uint64_t random_count = 0;
  uint32_t nesting = 0;                  // natives that have called back
  const uint8_t* native_base = nullptr;  // of the C++ stack
  uint32_t number = 0;                   // as Go prints it; 1 is main
  bool panicking = false;                // died of an uncaught panic or fatal error

 private:
  struct Segment {
    std::unique_ptr<uint8_t[]> memory;
    uint32_t size = 0;
  };

  void Place(const Function* function, uint8_t* window) {
    const uint32_t results = function->results_size;
    const uint32_t args_end = results + function->args_size;
    SpendOnBytes(function->frame_size);
    std::memset(window, 0, results);
    std::memset(window + args_end, 0, function->frame_size - args_end);
    Frame& frame = frames[depth++];
    frame.function = function;
    frame.pc = function->code.data();
    frame.fp = window;
    frame.new_segment = false;
    frame.defers = nullptr;
    frame.deferred_panic = 0;
    frame.deferring = nullptr;
  }
  bool PushSlow(const Function* function, uint8_t* window);
  bool GrowFrames();
  void LeaveSegment(const Frame& frame);
  bool EnterSegment(uint32_t size);

  Machine* machine_;
  std::vector<Segment> segments_;
  size_t segment_ = 0;        // of the top frame
  uint64_t stack_bytes_ = 0;  // of segments up to that
};

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_GOROUTINE_H_
