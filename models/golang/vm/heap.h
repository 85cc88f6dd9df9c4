// SPDX-License-Identifier: Apache-2.0
//
// The Go heap of an execution: zeroed bump allocation without collection, reset as a whole between
// executions. One range of addresses is reserved for good; chunks are carved off it, each owned by
// one goroutine. An address therefore has an identity (owner, the owner's chunk number, offset)
// that depends on what the owner did alone. Keep: nothing but the identity, or the offset in the
// reserved range, may reach an output.
#ifndef HEDDLE_MODELS_GOLANG_VM_HEAP_H_
#define HEDDLE_MODELS_GOLANG_VM_HEAP_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/base/ids.h"

namespace heddle::golang::vm {

// Thrown when an execution must end at once because a limit is hit; caught where the goroutine's
// fiber begins. It is no Go panic: no deferred call runs.
struct ExecutionCut {};

// The part of a chunk that a goroutine allocates from.
struct BumpRegion {
  uint8_t* at = nullptr;
  uint8_t* end = nullptr;
  uint32_t next_size = 0;  // of the next chunk; 0: the first
};

// Who allocated an address.
struct HeapIdentity {
  sim::TaskId owner;
  uint32_t chunk = 0;   // creation number of the chunk among what the owner created
  uint32_t offset = 0;  // bytes from the start of the chunk, in units of 8 for chunks beyond 4 GiB
};

class Heap {
 public:
  explicit Heap(uint64_t limit);
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  // Forgets everything that was allocated.
  void Reset();

  // A chunk of at least `size` bytes for the owner. Null past the limit.
  uint8_t* NewChunk(uint64_t size, sim::TaskId owner, uint32_t creation);
  // Memory of the execution that is kept elsewhere (stacks, deferred calls, output) counts too.
  // False past the limit.
  bool Take(uint64_t bytes) {
    elsewhere_ += bytes;
    return used() + elsewhere_ <= limit_;
  }
  // Bytes up to the limit.
  uint64_t left() const { return limit_ - std::min(limit_, used() + elsewhere_); }
  // Takes over the memory as zeroed. `start` is what NewChunk returned.
  void ZeroIfDirty(uint8_t* start, uint64_t size);

  // An allocation: what is known of where objects begin and end.
  void Mark(const uint8_t* start, uint64_t size) {
    const auto at = static_cast<uint64_t>(start - base_) >> 3;
    const uint64_t end = at + (size >> 3);
    starts_[at >> 6] |= uint64_t{1} << (at & 63);
    starts_[end >> 6] |= uint64_t{1} << (end & 63);
  }
  // The object that an address lies in. REQUIRES: Contains(address), and it is no value without
  // size.
  const uint8_t* ObjectStart(const void* address) const;
  // Where the object that starts there ends.
  const uint8_t* ObjectEnd(const uint8_t* start) const;
  // Where the chunk is that Identify would say this of; null: there is none.
  const uint8_t* FindChunk(sim::TaskId owner, uint32_t creation) const;

  bool Contains(const void* address) const {
    const auto* p = static_cast<const uint8_t*>(address);
    return p >= base_ && p < next_;
  }
  // REQUIRES: Contains(address).
  HeapIdentity Identify(const void* address) const;
  // The number that stands for an address in output: as on Linux, from 0xc000000000 on.
  uint64_t PrintableAddress(uint64_t address) const;
  // Where all values without size are.
  uint8_t* zero_base() const { return base_; }
  uint64_t used() const { return static_cast<uint64_t>(next_ - base_); }

 private:
  struct Chunk {
    uint64_t start;
    sim::TaskId owner;
    uint32_t creation;
  };

  uint64_t limit_;
  uint64_t elsewhere_ = 0;
  uint64_t reserved_;
  uint8_t* base_;
  uint8_t* next_;
  uint64_t* starts_;           // a bit for each 8 bytes: an object starts or ends there
  uint8_t* dirty_end_;         // beyond it every byte is still zero
  std::vector<Chunk> chunks_;  // by address
};

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_HEAP_H_
