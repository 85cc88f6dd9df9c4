// SPDX-License-Identifier: Apache-2.0
//
// Announces operations to the execution and gives their results to Go code.
#include "models/golang/vm/visible.h"

#include <array>
#include <bit>
#include <cstring>
#include <new>
#include <utility>

#include "models/golang/vm/interpret.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/show.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"

namespace heddle::golang::vm {

namespace {

// Did the operation leave everything as it was, so that doing it again could be waiting?
bool IsFruitless(const sim::Model& model, const sim::Operation& operation,
                 const sim::Result& result) {
  switch (operation.code) {
    case sync::kSelect:
      return result.alternative == sim::kDefault;
    case sync::kTryLock:
    case sync::kTryRLock:
    case sync::kRwTryTake:
      return !result.flag;
    default:
      return model.Info(operation.code).pure;
  }
}

void RaiseStatus(Goroutine* g, sync::Status status) {
  const char* text = sync::Message(status);
  const char* finding = sync::FindingKindName(status);
  if (sync::IsFatal(status)) {
    Fatal(g, text, finding);
  } else if (status == sync::kPanicNegativeCounter || status == sync::kPanicReusedWaitGroup) {
    RaiseString(g, text, finding);
  } else {
    RaisePlainError(g, text, finding);
  }
}

}  // namespace

sim::Execution& ExecutionOf(Goroutine* g) {
  sim::Execution* execution = g->machine().execution();
  HEDDLE_CHECK(execution != nullptr, "visible operations happen inside an execution");
  return *execution;
}

sync::CallSite BeginVisible(Goroutine* g) {
  return {g->Site(), std::exchange(g->await_from, UINT32_MAX)};
}

void EndVisible(Goroutine* g, const sim::Result& result) {
  sim::Execution& execution = ExecutionOf(g);
  g->budget = g->machine().options().max_instructions;
  if (result.status == sim::Result::kAbandoned || execution.abandoning() || execution.cut()) {
    g->signal = Signal::kEnded;
    return;
  }
  const sim::Record& record = execution.record();
  const sim::TaskRow& row = *record.Find(g->task);
  const auto count = static_cast<uint32_t>(row.operations.size());
  for (; g->visible < count; ++g->visible) {
    const sim::OperationRow& operation = row.operations[g->visible];
    const sim::Part& part = record.Parts(record.events[operation.event])[operation.part];
    if (!IsFruitless(execution.model(), *operation.operation, part.result)) ++g->impure;
  }
  if (result.status != sync::kOk) RaiseStatus(g, sync::StatusOf(result));
}

// ---- Channels

void GoChan::Hand(void* from, void* to) {
  if (to != nullptr) std::memcpy(to, from, elem_->size);
}

void GoChan::Push(void* from) {
  const int64_t at = (head_ + count_) % capacity_;
  std::memcpy(buffer_ + static_cast<uint64_t>(at) * elem_->size, from, elem_->size);
  ++count_;
}

void GoChan::Pop(void* to) {
  if (to != nullptr)
    std::memcpy(to, buffer_ + static_cast<uint64_t>(head_) * elem_->size, elem_->size);
  Drop();
}

void GoChan::Zero(void* to) {
  if (to != nullptr) std::memset(to, 0, elem_->size);
}

void GoChan::Drop() {
  head_ = (head_ + 1) % capacity_;
  --count_;
}

std::string GoChan::Show(const void* slot) const {
  return slot == nullptr ? "" : ShowValue(elem_, slot);
}

GoChan* MakeChan(Goroutine* g, const RType* elem, int64_t capacity) {
  constexpr uint64_t kMaxAlloc = uint64_t{1} << 48;
  Machine& machine = g->machine();
  const auto count = static_cast<uint64_t>(capacity);
  if (capacity < 0 || (elem->size != 0 && count > kMaxAlloc / elem->size) || capacity > INT32_MAX) {
    RaisePlainError(g, "makechan: size out of range");
    return nullptr;
  }
  auto* buffer = static_cast<uint8_t*>(machine.Allocate(g, count * elem->size));
  void* memory = machine.Allocate(g, sizeof(GoChan));
  if (machine.origins().keeps()) machine.origins().NoteChannel(*g, memory, capacity);
  auto* channel = new (memory) GoChan(elem, capacity, machine.ObjectAt(memory), buffer);
  const bool tells = elem->kind == Kind::kStruct && elem->fields.empty();
  if (tells && machine.execution() != nullptr) {
    machine.execution()->NoteOrigin(channel->object(), "make", false, g->Site());
  }
  return channel;
}

void ChanSend(Goroutine* g, GoChan* channel, const void* value) {
  Visible(g, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Send(ex, GoChan::Ref(channel), const_cast<void*>(value), at);
  });
}

bool ChanReceive(Goroutine* g, GoChan* channel, void* value, uint64_t size) {
  if (value != nullptr) std::memset(value, 0, size);
  return Visible(g,
                 [&](sim::Execution& ex, sync::CallSite at) {
                   return sync::Receive(ex, GoChan::Ref(channel), value, at);
                 })
      .flag;
}

void ChanClose(Goroutine* g, GoChan* channel) {
  Visible(g, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Close(ex, GoChan::Ref(channel), at);
  });
}

int64_t ChanLen(Goroutine* g, GoChan* channel) {
  if (channel == nullptr || channel->capacity() == 0) return 0;
  return Visible(g, [&](sim::Execution& ex,
                        sync::CallSite at) { return sync::Len(ex, GoChan::Ref(channel), at); })
      .value;
}

int64_t Select(Goroutine* g, const SelectTable& table, uint8_t* fp) {
  constexpr size_t kInline = 8;
  std::array<sync::SelectCase, kInline> few;
  std::vector<sync::SelectCase> many;
  const size_t count = table.cases.size();
  if (count > kInline) many.resize(count);
  const std::span<sync::SelectCase> cases(count > kInline ? many.data() : few.data(), count);
  for (size_t i = 0; i < count; ++i) {
    const SelectCase& from = table.cases[i];
    GoChan* channel;
    std::memcpy(&channel, fp + from.channel, sizeof(channel));
    cases[i] = {GoChan::Ref(channel), from.direction == SelectCase::Direction::kSend,
                from.value == kNoRegister ? nullptr : fp + from.value};
  }
  const sim::Result result = Visible(g, [&](sim::Execution& ex, sync::CallSite at) {
    return sync::Select(ex, cases, table.has_default, at);
  });
  if (Stopped(g) || result.alternative < 0) return -1;
  const SelectCase& taken = table.cases[static_cast<size_t>(result.alternative)];
  if (taken.ok != kNoRegister) fp[taken.ok] = result.flag ? 1 : 0;
  return result.alternative;
}

// ---- Goroutines

Goroutine* PrepareGoroutine(Goroutine* creator, const Function* function, const uint64_t* closure,
                            const void* args) {
  Machine& machine = creator->machine();
  Goroutine* child = machine.NewGoroutine();
  child->entry = function;
  child->entry_closure = closure;
  const auto* bytes = static_cast<const uint8_t*>(args);
  child->entry_args.assign(bytes, bytes + function->args_size);
  child->creator = creator;
  child->created_site = creator->Site();
  child->created_in = &machine.FunctionOfSite(child->created_site);
  child->random_seed = sim::HashCombine(creator->random_seed, creator->visible);
  return child;
}

std::function<void()> BodyOf(Goroutine* g) {
  return [g] { g->machine().RunGoroutine(g); };
}

void StartGoroutine(Goroutine* g, const Function* function, const uint64_t* closure,
                    const void* args) {
  Goroutine* child = PrepareGoroutine(g, function, closure, args);
  if (g->machine().heap().left() == 0) g->machine().Cut("max-heap");
  Visible(g, [&](sim::Execution& ex, sync::CallSite at) {
    sync::Go(ex, BodyOf(child), child, at);
    return sim::Result{};
  });
}

// ---- Spinning

namespace {

// The goroutine comes back to the head of the loop. False: that is once more than the bound lets
// it.
bool BeginRound(Goroutine* g, Goroutine::LoopVisit* visit) {
  // Loops inside this one begin anew.
  for (size_t i = g->num_loops; &g->loops[i - 1] != visit; --i) {
    g->loops[i - 1].rounds = Goroutine::LoopVisit::kLeft;
  }
  if (visit->rounds == Goroutine::LoopVisit::kLeft) {
    visit->rounds = 0;
  } else if (visit->visible != g->visible && ++visit->rounds > g->machine().options().max_rounds) {
    EndVisible(g, sync::StopAtBound(ExecutionOf(g), BeginVisible(g)));
    return false;
  }
  // Whoever looks for endless executions asks for few, and then for many.
  if (std::has_single_bit(visit->rounds) && g->machine().execution() != nullptr) {
    ExecutionOf(g).NoteRounds(visit->rounds);
  }
  return true;
}

}  // namespace

void VisitLoopHead(Goroutine* g, const Instr* head) {
  Frame& frame = g->top();
  g->loop_visible = g->visible;
  g->loop_head = head;
  Goroutine::LoopVisit* visit = nullptr;
  for (size_t i = g->num_loops; i > 0 && g->loops[i - 1].depth == g->depth; --i) {
    if (g->loops[i - 1].head == head) visit = &g->loops[i - 1];
  }
  const size_t size = frame.function->frame_size;
  if (visit == nullptr) {
    if (g->num_loops == g->loops.size()) g->loops.emplace_back();
    visit = &g->loops[g->num_loops++];
    visit->depth = g->depth;
    visit->head = head;
    visit->rounds = 0;
  } else {
    if (!BeginRound(g, visit)) return;
    if (visit->visible == g->visible) return;
    const bool same = visit->impure == g->impure && visit->effects == g->effects &&
                      visit->registers.size() == size &&
                      std::memcmp(visit->registers.data(), frame.fp, size) == 0;
    if (same) {
      g->await_from = visit->visible;
      visit->visible = g->visible;
      return;
    }
  }
  visit->visible = g->visible;
  visit->impure = g->impure;
  visit->effects = g->effects;
  visit->registers.assign(frame.fp, frame.fp + size);
}

}  // namespace heddle::golang::vm
