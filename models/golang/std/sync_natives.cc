// SPDX-License-Identifier: Apache-2.0
// Natives of sync: Go structs in memory, found by their address, over the primitives.
//
// The words of a Go struct show what the primitive's state is, so that a copy of it starts from
// there: a locked Mutex passed by value is locked. A tag of the address in another word tells a
// copy from the original. Keep: the words change right after the visible operation, before the
// goroutine goes on.
#include <cstdint>

#include "models/golang/std/natives.h"
#include "models/golang/std/sync_calls.h"
#include "models/golang/vm/map.h"
#include "models/golang/vm/values.h"

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
uint32_t TagOf(NativeCall& call, const void* address, bool initial) {
  // Go code can read the tag, so it must not depend on where the system puts the heap.
  const uint64_t place = call.machine().PrintableAddress(reinterpret_cast<uint64_t>(address));
  return static_cast<uint32_t>(place >> 3) << 1 | (initial ? 1 : 0);
}

// The state that an object was created with, noted when it is first used at its address.
int32_t InitialOf(NativeCall& call, const void* address, bool now, uint32_t* tag) {
  if ((*tag | 1) != TagOf(call, address, true)) {
    *tag = TagOf(call, address, now);
  }
  return static_cast<int32_t>(*tag & 1);
}

sim::ObjectId IdOf(NativeCall& call, const void* address) {
  return call.machine().ObjectAt(address);
}

// ---- Mutex

ObjectRef RefOf(NativeCall& call, GoMutex* m) {
  return {IdOf(call, m), InitialOf(call, m, m->state != 0, &m->tag)};
}

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

// ---- RWMutex

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
  const ObjectRef ref = RefOf(call, rw);
  vm::Visible(&call.goroutine(),
              [&](sim::Execution& ex, CallSite at) { return sync::RwUnlock(ex, ref, at); });
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

// ---- WaitGroup

ObjectRef RefOf(NativeCall& call, GoWaitGroup* wg) {
  const uint32_t tag = TagOf(call, wg, true);
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

// ---- Once

ObjectRef RefOf(NativeCall& call, GoOnce* once) {
  return {IdOf(call, once), InitialOf(call, once, once->done != 0, &once->m.tag)};
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

// ---- Cond

// sync.Cond: its Locker, and where it was first used.
struct GoCond {
  GoInterface locker;
  uint64_t address;
};

// False after the panic of a copied Cond.
bool CheckCopy(NativeCall& call, GoCond* cond) {
  const uint64_t address = call.machine().PrintableAddress(reinterpret_cast<uint64_t>(cond));
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
  vm::Visible(&call.goroutine(), [&](sim::Execution& ex, CallSite at) {
    return sync::CondWait(ex, ref, lock, {}, at);
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

// ---- Map

// sync.Map.
struct GoSyncMap {
  vm::GoMap* map;
};

// What update does, as in map.go.
enum Update : int64_t { kStore, kStoreIfAbsent, kRemove, kRemoveIfEqual, kStoreIfEqual };

void MapLoad(NativeCall& call) {
  auto* m = PointerArg<GoSyncMap>(call);
  const auto key = call.Arg<GoInterface>();
  if (m == nullptr || !Touch(call, sync::kLoad, m)) {
    return;
  }
  const uint8_t* found =
      m->map == nullptr ? nullptr : vm::MapFind(&call.goroutine(), m->map->type, m->map, &key);
  if (Stopped(&call.goroutine())) {
    return;
  }
  call.Return(found == nullptr ? GoInterface{} : *reinterpret_cast<const GoInterface*>(found));
  call.Return(found != nullptr);
}

// The type map[any]any: that of the only field of sync.Map.
const RType* MapType(NativeCall& call) { return call.function().params[0]->elem->fields[0].type; }

void MapUpdate(NativeCall& call) {
  auto* m = PointerArg<GoSyncMap>(call);
  const auto how = call.Arg<int64_t>();
  const auto key = call.Arg<GoInterface>();
  const auto value = call.Arg<GoInterface>();
  const auto old = call.Arg<GoInterface>();
  Goroutine* g = &call.goroutine();
  if (m == nullptr || !Touch(call, sync::kRmw, m)) {
    return;
  }
  if (m->map == nullptr) {
    m->map = vm::MakeMap(g, MapType(call), 0);
  }
  const RType* type = m->map->type;
  const uint8_t* found = vm::MapFind(g, type, m->map, &key);
  if (Stopped(g)) {
    return;
  }
  const GoInterface previous =
      found == nullptr ? GoInterface{} : *reinterpret_cast<const GoInterface*>(found);
  bool changes = how == kStore || (how == kStoreIfAbsent && found == nullptr) ||
                 (how == kRemove && found != nullptr);
  if ((how == kRemoveIfEqual || how == kStoreIfEqual) && found != nullptr) {
    const RType* uncomparable = nullptr;
    changes = vm::EqualInterfaces(previous, old, &uncomparable);
    if (uncomparable != nullptr) {
      call.PanicRuntimeError("comparing uncomparable type " + uncomparable->name);
      return;
    }
  }
  if (changes && (how == kRemove || how == kRemoveIfEqual)) {
    vm::MapDelete(g, type, m->map, &key);
  } else if (changes) {
    *reinterpret_cast<GoInterface*>(vm::MapPut(g, type, m->map, &key)) = value;
  }
  call.Return(previous);
  call.Return(found != nullptr);
  call.Return(changes);
}

void MapClear(NativeCall& call) {
  auto* m = PointerArg<GoSyncMap>(call);
  if (m != nullptr && Touch(call, sync::kRmw, m)) {
    m->map = nullptr;
  }
}

void MapKeys(NativeCall& call) {
  auto* m = PointerArg<GoSyncMap>(call);
  if (m == nullptr || !Touch(call, sync::kLoad, m)) {
    return;
  }
  const int64_t count = m->map == nullptr ? 0 : m->map->count;
  auto* keys = static_cast<GoInterface*>(call.Allocate(count * sizeof(GoInterface)));
  if (count > 0) {
    vm::MapIterator iterator = {};
    iterator.map = m->map;
    iterator.slots = m->map->used;
    iterator.step = 1;
    for (int64_t i = 0; i < count; ++i) {
      const uint8_t* key = nullptr;
      const uint8_t* value = nullptr;
      vm::MapNext(&iterator, &key, &value);
      keys[i] = *reinterpret_cast<const GoInterface*>(key);
    }
  }
  call.Return(vm::GoSlice{reinterpret_cast<uint8_t*>(keys), count, count});
}

// ---- Pool

// sync.Pool, up to New.
struct GoPool {
  GoInterface first;
  vm::GoSlice others;
};

void PoolPut(NativeCall& call) {
  auto* pool = PointerArg<GoPool>(call);
  const auto value = call.Arg<GoInterface>();
  if (pool == nullptr || !Touch(call, sync::kRmw, pool)) {
    return;
  }
  if (pool->first.type == nullptr) {
    pool->first = value;
    return;
  }
  pool->others = vm::GrowSlice(&call.goroutine(), call.function().params[1], pool->others, 1);
  reinterpret_cast<GoInterface*>(pool->others.data)[pool->others.length++] = value;
}

void PoolTake(NativeCall& call) {
  auto* pool = PointerArg<GoPool>(call);
  if (pool == nullptr || !Touch(call, sync::kRmw, pool)) {
    return;
  }
  GoInterface value = pool->first;
  if (value.type != nullptr) {
    pool->first = {};
  } else if (pool->others.length > 0) {
    value = reinterpret_cast<const GoInterface*>(pool->others.data)[--pool->others.length];
  }
  call.Return(value);
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
  table->Add("sync.(*Cond).signal", &CondSignal);
  table->Add("sync.(*Cond).broadcast", &CondBroadcast);
  table->Add("sync.(*Map).Load", &MapLoad);
  table->Add("sync.(*Map).update", &MapUpdate);
  table->Add("sync.(*Map).Clear", &MapClear);
  table->Add("sync.(*Map).keys", &MapKeys);
  table->Add("sync.(*Pool).put", &PoolPut);
  table->Add("sync.(*Pool).take", &PoolTake);
}

}  // namespace heddle::golang
