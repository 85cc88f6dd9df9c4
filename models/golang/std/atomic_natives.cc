// SPDX-License-Identifier: Apache-2.0
// Natives of sync/atomic: a visible operation, then the change of the word.
#include <cstdint>
#include <string>
#include <type_traits>

#include "models/golang/std/natives.h"
#include "models/golang/std/sync_calls.h"
#include "models/golang/vm/values.h"

namespace heddle::golang {
namespace {

using vm::GoInterface;
using vm::NativeCall;

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
    case Change::kSwap:
      *word = operand;
      break;
    case Change::kAdd:
      *word = static_cast<T>(static_cast<Unsigned>(old) + static_cast<Unsigned>(operand));
      break;
    case Change::kAnd:
      *word = old & operand;
      break;
    case Change::kOr:
      *word = old | operand;
      break;
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

void AddAtomicNatives(vm::NativeTable* table) {
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
