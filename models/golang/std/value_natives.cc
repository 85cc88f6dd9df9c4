// SPDX-License-Identifier: Apache-2.0
// Natives of errors and sort: what needs the run-time types of values.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "models/golang/std/natives.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/values.h"

namespace heddle::golang {
namespace {

using vm::GoInterface;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;

// ---- errors

void Comparable(NativeCall& call) {
  const auto value = call.Arg<GoInterface>();
  call.Return(value.type == nullptr || value.type->is_comparable);
}

void CheckTarget(NativeCall& call) {
  const auto target = call.Arg<GoInterface>();
  int64_t problem = 0;
  if (target.type->kind != Kind::kPointer || target.data == 0) {
    problem = 1;
  } else if (!target.type->elem->IsInterface() &&
             call.FindMethod(target.type->elem, "Error") == 0) {
    problem = 2;
  }
  call.Return(problem);
}

void Assign(NativeCall& call) {
  const auto error = call.Arg<GoInterface>();
  const auto target = call.Arg<GoInterface>();
  const RType* wanted = target.type->elem;
  const bool fits = error.type != nullptr && vm::TypeMatches(error.type, wanted);
  if (fits) {
    auto* to = reinterpret_cast<uint8_t*>(target.data);
    call.OnWrite(to, wanted->size);
    if (wanted->IsInterface()) {
      std::memcpy(to, &error, sizeof error);
    } else {
      vm::Unbox(wanted, error.data, to);
    }
  }
  call.Return(fits);
}

// ---- sort

// The slice in an interface; null if it holds something else.
const GoSlice* SliceIn(const GoInterface& value) {
  return value.type != nullptr && value.type->kind == Kind::kSlice
             ? reinterpret_cast<const GoSlice*>(value.data)
             : nullptr;
}

void SwapElements(NativeCall& call) {
  const auto value = call.Arg<GoInterface>();
  const auto i = call.Arg<int64_t>();
  const auto j = call.Arg<int64_t>();
  const GoSlice* slice = SliceIn(value);
  const uint64_t size = value.type->elem->size;
  uint8_t* a = slice->data + i * size;
  uint8_t* b = slice->data + j * size;
  call.OnWrite(a, size);
  call.OnWrite(b, size);
  std::swap_ranges(a, a + size, b);
}

void LengthOf(NativeCall& call) {
  const auto value = call.Arg<GoInterface>();
  const GoSlice* slice = SliceIn(value);
  call.Return(slice == nullptr ? int64_t{-1} : slice->length);
}

void KindName(NativeCall& call) {
  static constexpr std::string_view kNames[] = {
      "invalid", "bool",      "int",        "int8",   "int16",  "int32",         "int64",
      "uint",    "uint8",     "uint16",     "uint32", "uint64", "uintptr",       "float32",
      "float64", "complex64", "complex128", "array",  "chan",   "func",          "interface",
      "map",     "ptr",       "slice",      "string", "struct", "unsafe.Pointer"};
  const auto value = call.Arg<GoInterface>();
  call.ReturnString(kNames[value.type == nullptr ? 0 : static_cast<int>(value.type->kind)]);
}

template <typename T, typename Less>
void SortSlice(NativeCall& call, Less less) {
  const auto slice = call.Arg<GoSlice>();
  if (slice.length > 0) {
    call.OnWrite(slice.data, slice.length * sizeof(T));
  }
  auto* data = reinterpret_cast<T*>(slice.data);
  std::sort(data, data + slice.length, less);
}

void SortInts(NativeCall& call) { SortSlice<int64_t>(call, std::less<>()); }

void SortFloats(NativeCall& call) {
  SortSlice<double>(call,
                    [](double a, double b) { return a < b || (std::isnan(a) && !std::isnan(b)); });
}

void SortStrings(NativeCall& call) {
  SortSlice<GoString>(call,
                      [](const GoString& a, const GoString& b) { return a.view() < b.view(); });
}

}  // namespace

void AddValueNatives(vm::NativeTable* table) {
  table->Add("errors.comparable", &Comparable);
  table->Add("errors.checkTarget", &CheckTarget);
  table->Add("errors.assign", &Assign);
  table->Add("sort.swapElements", &SwapElements);
  table->Add("sort.lenOf", &LengthOf);
  table->Add("sort.kindName", &KindName);
  table->Add("sort.sortInts", &SortInts);
  table->Add("sort.sortFloat64s", &SortFloats);
  table->Add("sort.sortStrings", &SortStrings);
}

}  // namespace heddle::golang
