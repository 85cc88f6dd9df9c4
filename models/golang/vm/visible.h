// SPDX-License-Identifier: Apache-2.0
//
// Visible operations of goroutines: the way from the VM to the primitives of models/sync, with
// channels, select and go statements. Natives of sync, time and context use Visible too. Keep:
// every visible operation of a goroutine goes through Visible, which counts them for spin
// detection.
#ifndef HEDDLE_MODELS_GOLANG_VM_VISIBLE_H_
#define HEDDLE_MODELS_GOLANG_VM_VISIBLE_H_

#include <cstdint>

#include "models/golang/vm/goroutine.h"
#include "models/sync/calls.h"
#include "sim/execution.h"

namespace heddle::golang::vm {

// The parts of Visible.
sim::Execution& ExecutionOf(Goroutine* g);
sync::CallSite BeginVisible(Goroutine* g);
void EndVisible(Goroutine* g, const sim::Result& result);

// Calls `call(execution, call_site)`, which makes one of the calls of models/sync/calls.h or
// context.h, and returns its result. When the status is not kOk, or the execution is being torn
// down, the goroutine's signal has been set: the panic of that status is raised, or the goroutine
// has ended. The caller returns at once then (Stopped(g)).
//   sim::Result r = Visible(g, [&](sim::Execution& ex, sync::CallSite at) { return sync::Act(ex,
//   sync::kLock, m, at); });
template <typename Call>
sim::Result Visible(Goroutine* g, Call&& call) {
  sim::Execution& execution = ExecutionOf(g);
  const sim::Result result = call(execution, BeginVisible(g));
  EndVisible(g, result);
  return result;
}

// True: the native or instruction must return at once.
inline bool Stopped(const Goroutine* g) { return g->signal != Signal::kNone; }

// What a channel value points to. Lives in the heap; its queue is moved by the execution.
class GoChan final : public sim::PayloadStore {
 public:
  GoChan(const RType* elem, int64_t capacity, sim::ObjectId object, uint8_t* buffer)
      : elem_(elem), capacity_(capacity), object_(object), buffer_(buffer) {}

  void Hand(void* from, void* to) override;
  void Push(void* from) override;
  void Pop(void* to) override;
  void Zero(void* to) override;
  void Drop() override;
  std::string Show(const void* slot) const override;

  // The value that is received as the i-th from now. REQUIRES: i < count().
  const uint8_t* At(int64_t i) const {
    return buffer_ + static_cast<uint64_t>((head_ + i) % capacity_) * elem_->size;
  }
  int64_t count() const { return count_; }
  const RType* elem() const { return elem_; }
  int64_t capacity() const { return capacity_; }
  sim::ObjectId object() const { return object_; }
  // A timer sends here. REQUIRES: no operation yet.
  void SetTicks() { ticks_ = true; }
  // Of a channel value, which may be nil.
  static sync::ChannelRef Ref(GoChan* channel) {
    if (channel == nullptr) return {};
    return {channel->object_, static_cast<int32_t>(channel->capacity_), channel, channel->ticks_};
  }

 private:
  const RType* elem_;
  int64_t capacity_;
  sim::ObjectId object_;
  uint8_t* buffer_;  // ring of capacity_ elements
  int64_t head_ = 0;
  int64_t count_ = 0;
  bool ticks_ = false;
};

// Null after a panic.
GoChan* MakeChan(Goroutine* g, const RType* elem, int64_t capacity);
// For natives: `value` points to the element.
void ChanSend(Goroutine* g, GoChan* channel, const void* value);
// Receives into `value` (may be null) and returns the bool of `v, ok := <-c`.
bool ChanReceive(Goroutine* g, GoChan* channel, void* value, uint64_t size);
void ChanClose(Goroutine* g, GoChan* channel);
int64_t ChanLen(Goroutine* g, GoChan* channel);
// Returns the index of the case taken, -1 for default.
int64_t Select(Goroutine* g, const SelectTable& table, uint8_t* fp);

// A goroutine that will call the function, to be run as a task: the client and BodyOf of it. For
// functions that the runtime starts (time.AfterFunc, context.AfterFunc); go statements use
// StartGoroutine.
Goroutine* PrepareGoroutine(Goroutine* creator, const Function* function, const uint64_t* closure,
                            const void* args);
std::function<void()> BodyOf(Goroutine* g);
// A new goroutine that calls the function; `args` as in its frame.
void StartGoroutine(Goroutine* g, const Function* function, const uint64_t* closure,
                    const void* args);

// A loop head: detects rounds without effect. See exploration, "Loops", 1.
void VisitLoopHead(Goroutine* g, const Instr* head);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_VISIBLE_H_
