// SPDX-License-Identifier: Apache-2.0
//
// Chunks of the Go heap out of one reserved range of addresses.
#include "models/golang/vm/heap.h"

#include <sys/mman.h>

#include <algorithm>
#include <bit>

#include "sim/base/check.h"

namespace heddle::golang::vm {

namespace {

constexpr uint64_t kPage = 4096;
// What an execution dirtied beyond this is given back to the system.
constexpr uint64_t kKeep = uint64_t{32} << 20;
// Offsets, and what the system can reserve, stay far below the size of the address space.
constexpr uint64_t kMostBytes = uint64_t{1} << 44;

uint64_t RoundUp(uint64_t value, uint64_t unit) { return (value + unit - 1) / unit * unit; }

// A bit for each 8 bytes, and one for the end.
uint64_t BitmapBytes(uint64_t reserved) { return reserved / 64 + kPage; }

}  // namespace

Heap::Heap(uint64_t limit)
    : limit_(RoundUp(std::min(limit, kMostBytes), kPage)), reserved_(limit_ + kPage) {
  void* at = MAP_FAILED;
  // A limit beyond what the system lets us reserve is as good as the most it does.
  for (; at == MAP_FAILED; limit_ = RoundUp(limit_ / 2, kPage), reserved_ = limit_ + kPage) {
    at = mmap(nullptr, reserved_, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at != MAP_FAILED) break;
    HEDDLE_CHECK(limit_ > kKeep, "the address space holds at least a small heap");
  }
  base_ = static_cast<uint8_t*>(at);
  void* bits = mmap(nullptr, BitmapBytes(reserved_), PROT_READ | PROT_WRITE,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  HEDDLE_CHECK(bits != MAP_FAILED, "where a heap has room, a map of a 64th of its size has");
  starts_ = static_cast<uint64_t*>(bits);
  dirty_end_ = base_;
  next_ = base_ + kPage;
}

Heap::~Heap() {
  munmap(base_, reserved_);
  munmap(starts_, BitmapBytes(reserved_));
}

void Heap::Reset() {
  std::memset(starts_, 0, std::min(used() / 64 + 16, BitmapBytes(reserved_)));
  dirty_end_ = std::max(dirty_end_, next_);
  if (static_cast<uint64_t>(dirty_end_ - base_) > kKeep) {
    madvise(base_ + kKeep, static_cast<uint64_t>(dirty_end_ - base_) - kKeep, MADV_DONTNEED);
    dirty_end_ = base_ + kKeep;
  }
  next_ = base_ + kPage;
  elsewhere_ = 0;
  chunks_.clear();
}

uint8_t* Heap::NewChunk(uint64_t size, sim::TaskId owner, uint32_t creation) {
  if (size > limit_ || used() + elsewhere_ + RoundUp(size, kPage) > limit_ + kPage) return nullptr;
  uint8_t* start = next_;
  next_ += RoundUp(size, kPage);
  chunks_.push_back({static_cast<uint64_t>(start - base_), owner, creation});
  return start;
}

void Heap::ZeroIfDirty(uint8_t* start, uint64_t size) {
  if (start >= dirty_end_) return;
  std::memset(start, 0, std::min<uint64_t>(size, static_cast<uint64_t>(dirty_end_ - start)));
}

const uint8_t* Heap::ObjectStart(const void* address) const {
  const auto at = static_cast<uint64_t>(static_cast<const uint8_t*>(address) - base_) >> 3;
  uint64_t word = at >> 6;
  uint64_t bits = starts_[word] & (~uint64_t{0} >> (63 - (at & 63)));
  while (bits == 0 && word > 0) bits = starts_[--word];
  return base_ + (word * 64 + 63 - static_cast<uint64_t>(std::countl_zero(bits))) * 8;
}

const uint8_t* Heap::ObjectEnd(const uint8_t* start) const {
  const uint64_t at = (static_cast<uint64_t>(start - base_) >> 3) + 1;
  const uint64_t last = used() >> 9;
  uint64_t word = at >> 6;
  uint64_t bits = starts_[word] & (~uint64_t{0} << (at & 63));
  while (bits == 0 && word < last) bits = starts_[++word];
  if (bits == 0) return next_;
  return base_ + (word * 64 + static_cast<uint64_t>(std::countr_zero(bits))) * 8;
}

const uint8_t* Heap::FindChunk(sim::TaskId owner, uint32_t creation) const {
  for (const Chunk& chunk : chunks_) {
    if (chunk.owner == owner && chunk.creation == creation) return base_ + chunk.start;
  }
  return nullptr;
}

HeapIdentity Heap::Identify(const void* address) const {
  const auto offset = static_cast<uint64_t>(static_cast<const uint8_t*>(address) - base_);
  auto it = std::upper_bound(chunks_.begin(), chunks_.end(), offset,
                             [](uint64_t at, const Chunk& chunk) { return at < chunk.start; });
  HEDDLE_CHECK(it != chunks_.begin(), "a heap address lies in a chunk");
  --it;
  const uint64_t inside = offset - it->start;
  return {it->owner, it->creation,
          static_cast<uint32_t>(inside > UINT32_MAX ? inside / 8 : inside)};
}

uint64_t Heap::PrintableAddress(uint64_t address) const {
  if (address == 0) return 0;
  const auto base = reinterpret_cast<uint64_t>(base_);
  if (address >= base && address < base + reserved_) return 0xc000000000 + (address - base);
  return 0x500000;
}

}  // namespace heddle::golang::vm
