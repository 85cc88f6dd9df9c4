// SPDX-License-Identifier: Apache-2.0
//
// Slice expressions, append and copy.
#include "models/golang/vm/slicing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/values.h"

namespace heddle::golang::vm {

namespace {

bool Exceeds(int64_t index, int64_t limit) {
  return static_cast<uint64_t>(index) > static_cast<uint64_t>(limit);
}

// Checks 0 <= low <= high <= limit; false after a panic.
bool CheckBounds(Goroutine* g, int64_t low, int64_t high, int64_t limit,
                 std::string_view limit_name) {
  constexpr std::string_view kText = "slice bounds out of range ";
  if (Exceeds(high, limit)) {
    RaiseBoundsError(g, high < 0
                            ? fmt::format("{}[:{}]", kText, high)
                            : fmt::format("{}[:{}] with {} {}", kText, high, limit_name, limit));
    return false;
  }
  if (Exceeds(low, high)) {
    RaiseBoundsError(g, low < 0 ? fmt::format("{}[{}:]", kText, low)
                                : fmt::format("{}[{}:{}]", kText, low, high));
    return false;
  }
  return true;
}

// A slice that starts at the very end keeps pointing to the start, as nothing may point past its
// memory.
GoSlice Cut(GoSlice slice, uint64_t elem_size, int64_t low, int64_t high, int64_t max) {
  const int64_t capacity = max - low;
  uint8_t* data = capacity == 0 ? slice.data : slice.data + static_cast<uint64_t>(low) * elem_size;
  return {data, high - low, capacity};
}

}  // namespace

GoSlice SliceOfSlice(Goroutine* g, GoSlice slice, uint64_t elem_size, int64_t low, int64_t high) {
  if (!CheckBounds(g, low, high, slice.capacity, "capacity")) return {};
  return Cut(slice, elem_size, low, high, slice.capacity);
}

GoSlice SliceOfSlice3(Goroutine* g, GoSlice slice, uint64_t elem_size, int64_t low, int64_t high,
                      int64_t max, std::string_view bound) {
  constexpr std::string_view kText = "slice bounds out of range ";
  if (Exceeds(max, slice.capacity)) {
    RaiseBoundsError(
        g, max < 0 ? fmt::format("{}[::{}]", kText, max)
                   : fmt::format("{}[::{}] with {} {}", kText, max, bound, slice.capacity));
    return {};
  }
  if (Exceeds(high, max)) {
    RaiseBoundsError(g, high < 0 ? fmt::format("{}[:{}:]", kText, high)
                                 : fmt::format("{}[:{}:{}]", kText, high, max));
    return {};
  }
  if (Exceeds(low, high)) {
    RaiseBoundsError(g, low < 0 ? fmt::format("{}[{}::]", kText, low)
                                : fmt::format("{}[{}:{}:]", kText, low, high));
    return {};
  }
  return Cut(slice, elem_size, low, high, max);
}

GoSlice SliceOfArray(Goroutine* g, uint8_t* array, const RType* type, int64_t low, int64_t high) {
  const auto length = static_cast<int64_t>(type->length);
  if (!CheckBounds(g, low, high, length, "length")) return {};
  return Cut({array, length, length}, type->elem->size, low, high, length);
}

GoString SliceOfString(Goroutine* g, GoString text, int64_t low, int64_t high) {
  if (!CheckBounds(g, low, high, text.length, "length")) return {};
  return {low == high ? nullptr : text.data + low, high - low};
}

GoSlice SliceOfMemory(Goroutine* g, uint8_t* data, uint64_t elem_size, int64_t count,
                      std::string_view what) {
  constexpr uint64_t kMaxAlloc = uint64_t{1} << 48;
  if (count < 0 || (elem_size != 0 && static_cast<uint64_t>(count) > kMaxAlloc / elem_size)) {
    RaiseRuntimeError(g, fmt::format("{}: len out of range", what));
    return {};
  }
  if (data == nullptr && count > 0) {
    RaiseRuntimeError(g, fmt::format("{}: ptr is nil and len is not zero", what));
    return {};
  }
  if (!g->machine().IsMemory(data, static_cast<uint64_t>(count) * elem_size)) {
    Fatal(g, fmt::format("{} of memory that is not the program's is not supported", what));
    return {};
  }
  return {data, count, count};
}

GoSlice AppendElements(Goroutine* g, const RType* elem, GoSlice slice, const void* from,
                       int64_t count) {
  if (count == 0) return slice;
  if (slice.capacity - slice.length < count) {
    Machine& machine = g->machine();
    if (machine.watching() && slice.length != 0) {
      g->SpendOnAccess(static_cast<uint64_t>(slice.length) * elem->size);
      machine.Access(slice.data, static_cast<uint64_t>(slice.length) * elem->size, false,
                     g->Site());
    }
    slice = GrowSlice(g, elem, slice, count);
    if (g->signal != Signal::kNone) return {};
  }
  uint8_t* at = slice.data + static_cast<uint64_t>(slice.length) * elem->size;
  const uint64_t bytes = static_cast<uint64_t>(count) * elem->size;
  ++g->effects;
  g->SpendOnBytes(bytes);
  if (g->machine().watching()) {
    g->SpendOnAccess(bytes);
    g->machine().Access(at, bytes, true, g->Site());
  }
  if (bytes != 0) std::memmove(at, from, bytes);
  slice.length += count;
  return slice;
}

int64_t CopyElements(Goroutine* g, uint64_t elem_size, GoSlice to, const void* from, int64_t count,
                     bool observed) {
  count = std::min(count, to.length);
  const uint64_t bytes = static_cast<uint64_t>(count) * elem_size;
  if (bytes == 0) return count;
  ++g->effects;
  g->SpendOnBytes(bytes);
  Machine& machine = g->machine();
  if (machine.watching()) {
    g->SpendOnAccess(observed ? 2 * bytes : bytes);
    if (observed) machine.Access(from, bytes, false, g->Site());
    machine.Access(to.data, bytes, true, g->Site());
  }
  std::memmove(to.data, from, bytes);
  return count;
}

}  // namespace heddle::golang::vm
