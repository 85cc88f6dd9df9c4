// SPDX-License-Identifier: Apache-2.0
// Natives of sync and sync/atomic: Go structs in memory, found by their address, over the primitives.
//
// The words of a Go struct show what the primitive's state is, so that a copy of it starts from there: a locked Mutex
// passed by value is locked. A tag of the address in another word tells a copy from the original.
// Keep: the words change right after the visible operation, before the goroutine goes on.
#include <cstdint>

#include "models/golang/std/natives.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/values.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {
namespace {

using sync::CallSite;
using sync::ObjectRef;
using vm::GoInterface;
using vm::Goroutine;
using vm::NativeCall;
using vm::Stopped;

// As in sync.go.
struct GoMutex {
  int32_t state;  // 1: locked
  uint32_t tag;
};
struct GoRwMutex {
  GoMutex w;  // the writer
  uint32_t tag;
  uint32_t unused;
  int32_t readers;
  int32_t initial;
};
struct GoWaitGroup {
  uint32_t initial;
  int32_t counter;
  uint32_t tag;
};
struct GoOnce {
  uint32_t done;
  GoMutex m;
};

// Which address a struct has been used at, with its state then in the lowest bit.
uint32_t TagOf(const void* address, bool initial) {
  return static_cast<uint32_t>(reinterpret_cast<uint64_t>(address) >> 3) << 1 | (initial ? 1 : 0);
}

// The state that an object was created with, noted when it is first used at its address.
int32_t InitialOf(const void* address, bool now, uint32_t* tag) {
  if ((*tag | 1) != TagOf(address, true)) {
    *tag = TagOf(address, now);
  }
  return static_cast<int32_t>(*tag & 1);
}

sim::ObjectId IdOf(NativeCall& call, const void* address) { return call.machine().ObjectAt(address); }

// The receiver or pointer argument; null after a nil dereference has been raised.
template <typename T>
T* PointerArg(NativeCall& call) {
  T* pointer = call.Arg<T*>();
  if (pointer == nullptr) {
    call.PanicNilDereference();
  }
  return pointer;
}

sim::Result Act(NativeCall& call, sync::Op code, ObjectRef object) {
  return vm::Visible(&call.goroutine(),
                     [&](sim::Execution& ex, CallSite at) { return sync::Act(ex, code, object, at); });
}

// ---- Mutex ------------------------------------------------------------------------------------------------------

ObjectRef RefOf(NativeCall& call, GoMutex* m) { return {IdOf(call, m), InitialOf(m, m->state != 0, &m->tag)}; }

void MutexLock(NativeCall& call) {
  auto* m = PointerArg<GoMutex>(call);
  if (m == nullptr) {
    return;
  }
  Act(call, sync::kLock, RefOf(call, m));
  if (!Stopped(&call.goroutine())) {
    m->state = 1;
  }
}

void MutexTryLock(NativeCall& call) {
  auto* m = PointerArg<GoMutex>(call);
  if (m == nullptr) {
    return;
  }
  const sim::Result result = Act(call, sync::kTryLock, RefOf(call, m));
  if (!Stopped(&call.goroutine())) {
    m->state = 1;
    call.Return(result.flag);
  }
}

void MutexUnlock(NativeCall& call) {
  auto* m = PointerArg<GoMutex>(call);
  if (m == nullptr) {
    return;
  }
  Act(call, sync::kUnlock, RefOf(call, m));
  if (!Stopped(&call.goroutine())) {
    m->state = 0;
  }
}

// ---- RWMutex ----------------------------------------------------------------------------------------------------

// A copy of an RWMutex that is in use starts unlocked.
ObjectRef RefOf(NativeCall& call, GoRwMutex* rw) { return {IdOf(call, rw), 0}; }

using RwCall = sim::Result (*)(sim::Execution&, const ObjectRef&, CallSite);

// Calls one of the two-step write locks.
sim::Result WriteLock(NativeCall& call, RwCall lock) {
  auto* rw = PointerArg<GoRwMutex>(call);
  if (rw == nullptr) {
    return {};
  }
  const ObjectRef ref = RefOf(call, rw);
  const sim::Result result = vm::Visible(
      &call.goroutine(), [&](sim::Execution& ex, CallSite at) { return lock(ex, ref, at); });
  if (!Stopped(&call.goroutine()) && (lock == &sync::RwLock || result.flag)) {
    rw->w.state = 1;
  }
  return result;
}

void RwLock(NativeCall& call) { WriteLock(call, &sync::RwLock); }

void RwTryLock(NativeCall& call) {
  const sim::Result result = WriteLock(call, &sync::RwTryLock);
  if (!Stopped(&call.goroutine())) {
    call.Return(result.flag);
  }
}

void RwUnlock(NativeCall& call) {
  auto* rw = PointerArg<GoRwMutex>(call);
  if (rw == nullptr) {
    return;
  }
  Act(call, sync::kRwUnlock, RefOf(call, rw));
  if (!Stopped(&call.goroutine())) {
    rw->w.state = 0;
  }
}

void RwRLock(NativeCall& call) {
  auto* rw = PointerArg<GoRwMutex>(call);
  if (rw == nullptr) {
    return;
  }
  Act(call, sync::kRLock, RefOf(call, rw));
  if (!Stopped(&call.goroutine())) {
    ++rw->readers;
  }
}

void RwTryRLock(NativeCall& call) {
  auto* rw = PointerArg<GoRwMutex>(call);
  if (rw == nullptr) {
    return;
  }
  const sim::Result result = Act(call, sync::kTryRLock, RefOf(call, rw));
  if (!Stopped(&call.goroutine())) {
    rw->readers += result.flag ? 1 : 0;
    call.Return(result.flag);
  }
}

void RwRUnlock(NativeCall& call) {
  auto* rw = PointerArg<GoRwMutex>(call);
  if (rw == nullptr) {
    return;
  }
  Act(call, sync::kRUnlock, RefOf(call, rw));
  if (!Stopped(&call.goroutine())) {
    --rw->readers;
  }
}

// ---- WaitGroup --------------------------------------------------------------------------------------------------

ObjectRef RefOf(NativeCall& call, GoWaitGroup* wg) {
  const uint32_t tag = TagOf(wg, true);
  if (wg->tag != tag) {
    wg->tag = tag;
    wg->initial = static_cast<uint32_t>(wg->counter);
  }
  return {IdOf(call, wg), static_cast<int32_t>(wg->initial)};
}

void WaitGroupAdd(NativeCall& call) {
  auto* wg = PointerArg<GoWaitGroup>(call);
  const auto delta = call.Arg<int64_t>();
  if (wg == nullptr) {
    return;
  }
  const ObjectRef ref = RefOf(call, wg);
  const sim::Result result = vm::Visible(&call.goroutine(), [&](sim::Execution& ex, CallSite at) {
    return sync::WaitGroupAdd(ex, ref, static_cast<int32_t>(delta), at);
  });
  if (!Stopped(&call.goroutine())) {
    wg->counter = static_cast<int32_t>(result.value);
  }
}

void WaitGroupWait(NativeCall& call) {
  if (auto* wg = PointerArg<GoWaitGroup>(call)) {
    Act(call, sync::kWgWait, RefOf(call, wg));
  }
}

// ---- Once -------------------------------------------------------------------------------------------------------

ObjectRef RefOf(NativeCall& call, GoOnce* once) {
  return {IdOf(call, once), InitialOf(once, once->done != 0, &once->m.tag)};
}

void OnceBegin(NativeCall& call) {
  auto* once = PointerArg<GoOnce>(call);
  if (once == nullptr) {
    return;
  }
  const sim::Result result = Act(call, sync::kOnceEnter, RefOf(call, once));
  if (!Stopped(&call.goroutine())) {
    call.Return(result.flag);
  }
}

void OnceEnd(NativeCall& call) {
  auto* once = call.Arg<GoOnce*>();
  Act(call, sync::kOnceLeave, RefOf(call, once));
  if (!Stopped(&call.goroutine())) {
    once->done = 1;
  }
}

// ---- Cond -------------------------------------------------------------------------------------------------------

// sync.Cond: its Locker, and where it was first used.
struct GoCond {
  GoInterface locker;
  uint64_t address;
};

// False after the panic of a copied Cond.
bool CheckCopy(NativeCall& call, GoCond* cond) {
  const auto address = reinterpret_cast<uint64_t>(cond);
  if (cond->address != 0 && cond->address != address) {
    call.PanicString("sync.Cond is copied");
    return false;
  }
  cond->address = address;
  return true;
}

// Unlocks the Mutex and waits, in one step.
void CondWaitMutex(NativeCall& call) {
  auto* cond = PointerArg<GoCond>(call);
  if (cond == nullptr || !CheckCopy(call, cond)) {
    return;
  }
  auto* mutex = PointerArg<GoMutex>(call);
  if (mutex == nullptr) {
    return;
  }
  const ObjectRef ref = {IdOf(call, cond), 0};
  const ObjectRef lock = RefOf(call, mutex);
  mutex->state = 0;
  vm::Visible(&call.goroutine(),
              [&](sim::Execution& ex, CallSite at) { return sync::CondWait(ex, ref, lock, {}, at); });
}

// Waits; `unlock` unlocks the Locker in between.
void CondWaitLocker(NativeCall& call) {
  auto* cond = PointerArg<GoCond>(call);
  if (cond == nullptr || !CheckCopy(call, cond)) {
    return;
  }
  const auto unlock = call.Arg<vm::GoFunc>();
  const ObjectRef ref = {IdOf(call, cond), 0};
  vm::Visible(&call.goroutine(), [&](sim::Execution& ex, CallSite at) {
    return sync::CondWait(ex, ref, {}, [&] { call.Invoke(unlock, {}, {}); }, at);
  });
}

void CondWake(NativeCall& call, sync::Op code) {
  auto* cond = PointerArg<GoCond>(call);
  if (cond != nullptr && CheckCopy(call, cond)) {
    Act(call, code, {IdOf(call, cond), 0});
  }
}

void CondSignal(NativeCall& call) { CondWake(call, sync::kSignal); }
void CondBroadcast(NativeCall& call) { CondWake(call, sync::kBroadcast); }

// ---- atomic -----------------------------------------------------------------------------------------------------

// Does the visible operation on the word; true when the native goes on.
bool Touch(NativeCall& call, sync::Op code, const void* word) {
  Act(call, code, {IdOf(call, word), 0});
  return !Stopped(&call.goroutine());
}

template <typename T>
void AtomicLoad(NativeCall& call) {
  const T* word = PointerArg<T>(call);
  if (word != nullptr && Touch(call, sync::kLoad, word)) {
    call.Return(*word);
  }
}

template <typename T>
void AtomicStore(NativeCall& call) {
  T* word = PointerArg<T>(call);
  const T value = call.Arg<T>();
  if (word != nullptr && Touch(call, sync::kStore, word)) {
    *word = value;
  }
}

enum class Change { kSwap, kAdd, kAnd, kOr };

// Add returns the new value, the others the old one.
template <typename T, Change change>
void AtomicChange(NativeCall& call) {
  T* word = PointerArg<T>(call);
  const T operand = call.Arg<T>();
  if (word == nullptr || !Touch(call, sync::kRmw, word)) {
    return;
  }
  using Unsigned = std::make_unsigned_t<T>;
  const T old = *word;
  switch (change) {
    case Change::kSwap: *word = operand; break;
    case Change::kAdd: *word = static_cast<T>(static_cast<Unsigned>(old) + static_cast<Unsigned>(operand)); break;
    case Change::kAnd: *word = old & operand; break;
    case Change::kOr: *word = old | operand; break;
  }
  call.Return(change == Change::kAdd ? *word : old);
}

template <typename T>
void AtomicCompareAndSwap(NativeCall& call) {
  T* word = PointerArg<T>(call);
  const T old = call.Arg<T>();
  const T replacement = call.Arg<T>();
  if (word == nullptr || !Touch(call, sync::kRmw, word)) {
    return;
  }
  const bool swapped = *word == old;
  if (swapped) {
    *word = replacement;
  }
  call.Return(swapped);
}

template <typename T>
void AddWord(vm::NativeTable* table, const std::string& name) {
  const std::string prefix = "sync/atomic.";
  table->Add(prefix + "Load" + name, &AtomicLoad<T>);
  table->Add(prefix + "Store" + name, &AtomicStore<T>);
  table->Add(prefix + "Swap" + name, &AtomicChange<T, Change::kSwap>);
  table->Add(prefix + "CompareAndSwap" + name, &AtomicCompareAndSwap<T>);
  table->Add(prefix + "Add" + name, &AtomicChange<T, Change::kAdd>);
  table->Add(prefix + "And" + name, &AtomicChange<T, Change::kAnd>);
  table->Add(prefix + "Or" + name, &AtomicChange<T, Change::kOr>);
}

// Outcomes of operations on atomic.Value, as in atomic.go.
enum Outcome : int64_t { kDone, kNotEqual, kOtherType };

void LoadAny(NativeCall& call) {
  auto* word = PointerArg<GoInterface>(call);
  if (word != nullptr && Touch(call, sync::kLoad, word)) {
    call.Return(*word);
  }
}

void StoreAny(NativeCall& call) {
  auto* word = PointerArg<GoInterface>(call);
  const auto value = call.Arg<GoInterface>();
  if (word == nullptr || !Touch(call, sync::kStore, word)) {
    return;
  }
  const bool fits = word->type == nullptr || word->type == value.type;
  if (fits) {
    *word = value;
  }
  call.Return(int64_t{fits ? kDone : kOtherType});
}

void SwapAny(NativeCall& call) {
  auto* word = PointerArg<GoInterface>(call);
  const auto value = call.Arg<GoInterface>();
  if (word == nullptr || !Touch(call, sync::kRmw, word)) {
    return;
  }
  const GoInterface old = *word;
  const bool fits = old.type == nullptr || old.type == value.type;
  if (fits) {
    *word = value;
  }
  call.Return(old);
  call.Return(int64_t{fits ? kDone : kOtherType});
}

void CompareAndSwapAny(NativeCall& call) {
  auto* word = PointerArg<GoInterface>(call);
  const auto old = call.Arg<GoInterface>();
  const auto replacement = call.Arg<GoInterface>();
  if (word == nullptr || !Touch(call, sync::kRmw, word)) {
    return;
  }
  if (word->type != nullptr && word->type != replacement.type) {
    call.Return(int64_t{kOtherType});
    return;
  }
  const RType* uncomparable = nullptr;
  const bool equal = vm::EqualInterfaces(*word, old, &uncomparable);
  if (uncomparable != nullptr) {
    call.PanicRuntimeError("comparing uncomparable type " + uncomparable->name);
    return;
  }
  if (equal) {
    *word = replacement;
  }
  call.Return(int64_t{equal ? kDone : kNotEqual});
}

void SameType(NativeCall& call) {
  const auto a = call.Arg<GoInterface>();
  call.Return(a.type == call.Arg<GoInterface>().type);
}

}  // namespace

void AddSyncNatives(vm::NativeTable* table) {
  table->Add("sync.(*Mutex).Lock", &MutexLock);
  table->Add("sync.(*Mutex).TryLock", &MutexTryLock);
  table->Add("sync.(*Mutex).Unlock", &MutexUnlock);
  table->Add("sync.(*RWMutex).Lock", &RwLock);
  table->Add("sync.(*RWMutex).TryLock", &RwTryLock);
  table->Add("sync.(*RWMutex).Unlock", &RwUnlock);
  table->Add("sync.(*RWMutex).RLock", &RwRLock);
  table->Add("sync.(*RWMutex).TryRLock", &RwTryRLock);
  table->Add("sync.(*RWMutex).RUnlock", &RwRUnlock);
  table->Add("sync.(*WaitGroup).Add", &WaitGroupAdd);
  table->Add("sync.(*WaitGroup).Wait", &WaitGroupWait);
  table->Add("sync.(*Once).begin", &OnceBegin);
  table->Add("sync.(*Once).end", &OnceEnd);
  table->Add("sync.(*Cond).waitMutex", &CondWaitMutex);
  table->Add("sync.(*Cond).waitLocker", &CondWaitLocker);
  table->Add("sync.(*Cond).Signal", &CondSignal);
  table->Add("sync.(*Cond).Broadcast", &CondBroadcast);
  AddWord<int32_t>(table, "Int32");
  AddWord<int64_t>(table, "Int64");
  AddWord<uint32_t>(table, "Uint32");
  AddWord<uint64_t>(table, "Uint64");
  AddWord<uint64_t>(table, "Uintptr");
  table->Add("sync/atomic.LoadPointer", &AtomicLoad<uint64_t>);
  table->Add("sync/atomic.StorePointer", &AtomicStore<uint64_t>);
  table->Add("sync/atomic.SwapPointer", &AtomicChange<uint64_t, Change::kSwap>);
  table->Add("sync/atomic.CompareAndSwapPointer", &AtomicCompareAndSwap<uint64_t>);
  table->Add("sync/atomic.loadAny", &LoadAny);
  table->Add("sync/atomic.storeAny", &StoreAny);
  table->Add("sync/atomic.swapAny", &SwapAny);
  table->Add("sync/atomic.compareAndSwapAny", &CompareAndSwapAny);
  table->Add("sync/atomic.sameType", &SameType);
}

}  // namespace heddle::golang
