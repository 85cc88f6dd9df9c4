// SPDX-License-Identifier: Apache-2.0
//
// Operations on Go values that need their type.
// Source: Go specification, "Comparison operators", "Appending to and copying slices",
// "Conversions"; growth and size classes as gc's allocator has them.
#include "models/golang/vm/values.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstring>
#include <vector>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "sim/base/hash.h"

namespace heddle::golang::vm {

namespace {

template <typename T>
T Get(const void* value) {
  T out;
  std::memcpy(&out, value, sizeof(T));
  return out;
}

const uint8_t* At(const void* value, uint64_t offset) {
  return static_cast<const uint8_t*>(value) + offset;
}

uint64_t HashPlain(const void* value, uint64_t size) {
  if (size == 8) return sim::Mix64(Get<uint64_t>(value));
  if (size == 4) return sim::Mix64(Get<uint32_t>(value));
  return sim::HashBytes({static_cast<const char*>(value), size});
}

uint64_t HashFloat(double value) {
  return sim::Mix64(value == 0 ? 0 : std::bit_cast<uint64_t>(value));
}

// Sizes of gc's allocator (runtime/sizeclasses.go documents them).
constexpr uint32_t kSizeClasses[] = {
    8,     16,    24,    32,    48,    64,    80,    96,    112,   128,   144,  160,   176,   192,
    208,   224,   240,   256,   288,   320,   352,   384,   416,   448,   480,  512,   576,   640,
    704,   768,   896,   1024,  1152,  1280,  1408,  1536,  1792,  2048,  2304, 2688,  3072,  3200,
    3456,  4096,  4864,  5376,  6144,  6528,  6784,  6912,  8192,  9472,  9728, 10240, 10880, 12288,
    13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768};

constexpr uint64_t kMaxAlloc = uint64_t{1} << 48;

}  // namespace

namespace {

// Values that lie in values, to be gone through one after the other: a chain of interfaces may be
// longer than any stack. A level is an array or a struct and how far it has come.
struct EqualLevel {
  const RType* type;
  const uint8_t* a;
  const uint8_t* b;
  uint64_t next = 0;
};
struct HashLevel {
  const RType* type;
  const uint8_t* value;
  uint64_t next = 0;
};

// The value in an interface that lies at this address.
const uint8_t* Inside(const uint8_t* at, const GoInterface& iface) {
  return iface.type->is_direct ? at + offsetof(GoInterface, data)
                               : reinterpret_cast<const uint8_t*>(iface.data);
}

bool IsComposite(const RType* type) {
  return !type->is_plain && (type->kind == Kind::kArray || type->kind == Kind::kStruct);
}

// The type and address of the next part of an array or struct; false when there is none.
bool NextPart(const RType* type, uint64_t* next, const RType** part, uint64_t* offset) {
  if (type->kind == Kind::kArray) {
    if (*next >= type->length) return false;
    *part = type->elem;
    *offset = (*next)++ * type->elem->size;
    return true;
  }
  while (*next < type->fields.size() && type->fields[*next].name == "_") ++*next;
  if (*next >= type->fields.size()) return false;
  const RField& field = type->fields[(*next)++];
  *part = field.type;
  *offset = field.offset;
  return true;
}

// Values of a type that is neither array nor struct nor interface, or of any plain type.
bool EqualLeaves(const RType* type, const void* a, const void* b, const RType** uncomparable) {
  if (type->is_plain) return type->size == 0 || std::memcmp(a, b, type->size) == 0;
  switch (type->kind) {
    case Kind::kFloat32:
      return Get<float>(a) == Get<float>(b);
    case Kind::kFloat64:
      return Get<double>(a) == Get<double>(b);
    case Kind::kComplex64:
      return Get<float>(a) == Get<float>(b) && Get<float>(At(a, 4)) == Get<float>(At(b, 4));
    case Kind::kComplex128:
      return Get<double>(a) == Get<double>(b) && Get<double>(At(a, 8)) == Get<double>(At(b, 8));
    case Kind::kString:
      return Get<GoString>(a).view() == Get<GoString>(b).view();
    default:
      *uncomparable = type;
      return false;
  }
}

uint64_t HashLeaf(const RType* type, const void* value, const RType** unhashable) {
  if (type->is_plain) return HashPlain(value, type->size);
  switch (type->kind) {
    case Kind::kFloat32:
      return HashFloat(Get<float>(value));
    case Kind::kFloat64:
      return HashFloat(Get<double>(value));
    case Kind::kComplex64:
      return sim::HashCombine(HashFloat(Get<float>(value)), HashFloat(Get<float>(At(value, 4))));
    case Kind::kComplex128:
      return sim::HashCombine(HashFloat(Get<double>(value)), HashFloat(Get<double>(At(value, 8))));
    case Kind::kString:
      return sim::HashBytes(Get<GoString>(value).view());
    default:
      *unhashable = type;
      return 0;
  }
}

}  // namespace

bool EqualInterfaces(GoInterface a, GoInterface b, const RType** uncomparable) {
  if (a.type != b.type) return false;
  if (a.type == nullptr) return true;
  if (!a.type->is_comparable) {
    *uncomparable = a.type;
    return false;
  }
  if (a.type->is_plain && a.type->is_direct) return a.data == b.data;
  return EqualValues(a.type, a.value(), b.value(), uncomparable);
}

bool EqualValues(const RType* type, const void* a, const void* b, const RType** uncomparable) {
  const auto* x = static_cast<const uint8_t*>(a);
  const auto* y = static_cast<const uint8_t*>(b);
  std::vector<EqualLevel> levels;
  for (;;) {
    while (type != nullptr && type->kind == Kind::kInterface) {
      const auto p = Get<GoInterface>(x);
      const auto q = Get<GoInterface>(y);
      if (p.type != q.type) return false;
      type = p.type;
      if (type == nullptr) break;
      if (!type->is_comparable) {
        *uncomparable = type;
        return false;
      }
      x = Inside(x, p);
      y = Inside(y, q);
    }
    if (type != nullptr) {
      if (IsComposite(type)) {
        levels.push_back({type, x, y});
      } else if (!EqualLeaves(type, x, y, uncomparable)) {
        return false;
      }
    }
    uint64_t offset = 0;
    while (!levels.empty() && !NextPart(levels.back().type, &levels.back().next, &type, &offset))
      levels.pop_back();
    if (levels.empty()) return true;
    x = levels.back().a + offset;
    y = levels.back().b + offset;
  }
}

uint64_t HashValue(const RType* type, const void* value, const RType** unhashable) {
  if (type->is_plain) return HashPlain(value, type->size);
  const auto* x = static_cast<const uint8_t*>(value);
  uint64_t hash = 1;
  std::vector<HashLevel> levels;
  for (;;) {
    while (type != nullptr && type->kind == Kind::kInterface) {
      const auto iface = Get<GoInterface>(x);
      type = iface.type;
      if (type == nullptr) break;
      if (!type->is_comparable) {
        *unhashable = type;
        return 0;
      }
      x = Inside(x, iface);
    }
    if (type == nullptr) {
      hash = sim::HashCombine(hash, 0);
    } else if (IsComposite(type)) {
      levels.push_back({type, x});
    } else {
      hash = sim::HashCombine(hash, HashLeaf(type, x, unhashable));
      if (*unhashable != nullptr) return 0;
    }
    uint64_t offset = 0;
    while (!levels.empty() && !NextPart(levels.back().type, &levels.back().next, &type, &offset))
      levels.pop_back();
    if (levels.empty()) return hash;
    x = levels.back().value + offset;
  }
}

int CompareStrings(GoString a, GoString b) {
  const int order = a.view().compare(b.view());
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

Decoded DecodeRune(const char* text, int64_t length) {
  constexpr Decoded kBad = {0xfffd, 1};
  const auto byte = [&](int i) { return static_cast<uint8_t>(text[i]); };
  const auto tail = [&](int i) { return i < length && (byte(i) & 0xc0) == 0x80; };
  const uint8_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xc2 && first <= 0xdf) {
    if (!tail(1)) return kBad;
    return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  }
  if (first >= 0xe0 && first <= 0xef) {
    if (!tail(1) || !tail(2)) return kBad;
    const int32_t rune = (first & 0xf) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    if (rune < 0x800 || (rune >= 0xd800 && rune <= 0xdfff)) return kBad;
    return {rune, 3};
  }
  if (first >= 0xf0 && first <= 0xf4) {
    if (!tail(1) || !tail(2) || !tail(3)) return kBad;
    const int32_t rune =
        (first & 7) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
    if (rune < 0x10000 || rune > 0x10ffff) return kBad;
    return {rune, 4};
  }
  return kBad;
}

void AppendRune(std::string* out, int64_t rune) {
  if (rune < 0 || rune > 0x10ffff || (rune >= 0xd800 && rune <= 0xdfff)) rune = 0xfffd;
  const auto put = [&](int64_t byte) { out->push_back(static_cast<char>(byte)); };
  if (rune < 0x80) {
    put(rune);
  } else if (rune < 0x800) {
    put(0xc0 | rune >> 6);
    put(0x80 | (rune & 0x3f));
  } else if (rune < 0x10000) {
    put(0xe0 | rune >> 12);
    put(0x80 | (rune >> 6 & 0x3f));
    put(0x80 | (rune & 0x3f));
  } else {
    put(0xf0 | rune >> 18);
    put(0x80 | (rune >> 12 & 0x3f));
    put(0x80 | (rune >> 6 & 0x3f));
    put(0x80 | (rune & 0x3f));
  }
}

uint64_t RoundUpSize(uint64_t size, bool has_pointers) {
  constexpr uint64_t kHeader = 8;  // of objects with pointers beyond 512 bytes
  constexpr uint64_t kMaxSmall = 32768;
  constexpr uint64_t kPage = 8192;
  if (size <= kMaxSmall - kHeader) {
    const uint64_t header = has_pointers && size > 512 ? kHeader : 0;
    const auto* found =
        std::lower_bound(std::begin(kSizeClasses), std::end(kSizeClasses), size + header);
    return size == 0 ? 0 : *found - header;
  }
  return (size + kPage - 1) / kPage * kPage;
}

GoSlice MakeSlice(Goroutine* g, const RType* elem, int64_t length, int64_t capacity) {
  const auto too_big = [&](int64_t count) {
    return count < 0 || (elem->size != 0 && static_cast<uint64_t>(count) > kMaxAlloc / elem->size);
  };
  if (too_big(length)) {
    RaiseRuntimeError(g, "makeslice: len out of range");
    return {};
  }
  if (too_big(capacity) || length > capacity) {
    RaiseRuntimeError(g, "makeslice: cap out of range");
    return {};
  }
  auto* data =
      static_cast<uint8_t*>(g->machine().Allocate(g, static_cast<uint64_t>(capacity) * elem->size));
  return {data, length, capacity};
}

GoSlice GrowSlice(Goroutine* g, const RType* elem, GoSlice slice, int64_t extra) {
  constexpr int64_t kThreshold = 256;  // doubling below, a quarter more above
  const int64_t needed = slice.length + extra;
  if (needed < 0 || (elem->size != 0 && static_cast<uint64_t>(needed) > kMaxAlloc / elem->size)) {
    RaiseRuntimeError(g, "growslice: len out of range");
    return {};
  }
  if (elem->size == 0) return {g->machine().heap().zero_base(), slice.length, needed};
  int64_t capacity = slice.capacity;
  if (needed > 2 * capacity) {
    capacity = needed;
  } else if (capacity < kThreshold) {
    capacity = 2 * capacity;
  } else {
    while (capacity < needed) capacity += (capacity + 3 * kThreshold) / 4;
  }
  const uint64_t bytes =
      RoundUpSize(static_cast<uint64_t>(capacity) * elem->size, elem->has_pointers);
  auto* data = static_cast<uint8_t*>(g->machine().Allocate(g, bytes));
  if (slice.length != 0)
    std::memcpy(data, slice.data, static_cast<uint64_t>(slice.length) * elem->size);
  return {data, slice.length, static_cast<int64_t>(bytes / elem->size)};
}

GoString Concat(Goroutine* g, const GoString* parts, uint32_t count) {
  int64_t length = 0;
  uint32_t not_empty = 0;
  GoString last;
  for (uint32_t i = 0; i < count; ++i) {
    const auto part = Get<GoString>(parts + i);
    length += part.length;
    if (part.length == 0) continue;
    ++not_empty;
    last = part;
  }
  if (not_empty <= 1) return last;
  auto* data = static_cast<char*>(g->machine().Allocate(g, static_cast<uint64_t>(length)));
  char* at = data;
  for (uint32_t i = 0; i < count; ++i) {
    const auto part = Get<GoString>(parts + i);
    if (part.length == 0) continue;
    std::memcpy(at, part.data, static_cast<size_t>(part.length));
    at += part.length;
  }
  return {data, length};
}

GoString RuneToString(Goroutine* g, int64_t rune) {
  std::string text;
  AppendRune(&text, rune);
  return g->machine().NewString(g, text);
}

GoSlice StringToBytes(Goroutine* g, GoString text) {
  const auto bytes = RoundUpSize(static_cast<uint64_t>(text.length), false);
  auto* data = static_cast<uint8_t*>(g->machine().Allocate(g, bytes));
  if (text.length != 0) std::memcpy(data, text.data, static_cast<size_t>(text.length));
  return {data, text.length, static_cast<int64_t>(bytes)};
}

GoSlice StringToRunes(Goroutine* g, GoString text) {
  int64_t count = 0;
  for (int64_t i = 0; i < text.length; i += DecodeRune(text.data + i, text.length - i).width)
    ++count;
  const uint64_t bytes = RoundUpSize(static_cast<uint64_t>(count) * 4, false);
  auto* data = static_cast<int32_t*>(g->machine().Allocate(g, bytes));
  int64_t at = 0;
  for (int64_t i = 0; i < count; ++i) {
    const Decoded decoded = DecodeRune(text.data + at, text.length - at);
    data[i] = decoded.rune;
    at += decoded.width;
  }
  return {reinterpret_cast<uint8_t*>(data), count, static_cast<int64_t>(bytes / 4)};
}

GoString RunesToString(Goroutine* g, GoSlice runes) {
  std::string text;
  for (int64_t i = 0; i < runes.length; ++i) AppendRune(&text, Get<int32_t>(runes.data + 4 * i));
  return g->machine().NewString(g, text);
}

bool TypeMatches(const RType* dynamic, const RType* target) {
  if (dynamic == nullptr) return false;
  return target->IsInterface() ? Implements(dynamic, target) : dynamic == target;
}

void Unbox(const RType* type, uint64_t data, void* to) {
  if (type->is_direct) {
    std::memcpy(to, &data, type->size);
  } else {
    std::memcpy(to, reinterpret_cast<const void*>(data), type->size);
  }
}

}  // namespace heddle::golang::vm
