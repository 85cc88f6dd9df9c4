// SPDX-License-Identifier: Apache-2.0
//
// StackPool hands out the stacks that fibers run on, and takes them back for reuse.
// Place: the lowest part of the machine; only Fiber uses it.
// A pool reserves address space in slabs of many stacks. A stack becomes usable when it is first
// handed out, and the kernel gives it memory page by page when it is touched, so ten thousand
// stacks that are hardly used cost a few pages each. Invariant: below each stack lies an
// inaccessible region, so that an overflow faults instead of writing into a neighbour (for the
// exception see Allocate).
#ifndef HEDDLE_SIM_STACK_POOL_H_
#define HEDDLE_SIM_STACK_POOL_H_

#include <cstddef>
#include <vector>

namespace heddle::sim {

// A stack on loan from a pool: the bytes from `low` up to, not including, `low + bytes`.
struct Stack {
  char* low = nullptr;
  std::size_t bytes = 0;
  unsigned valgrind_id = 0;  // meaningless outside valgrind
  unsigned frees = 0;        // how often it has given back a part of its memory, or could have

  char* high() const { return low + bytes; }
};

// Not thread-safe: each worker thread has a pool of its own.
class StackPool {
 public:
  // Every stack of this pool has `stack_bytes` usable bytes, rounded up to whole pages.
  explicit StackPool(std::size_t stack_bytes);
  // REQUIRES: every stack has been given back.
  ~StackPool();
  StackPool(const StackPool&) = delete;
  StackPool& operator=(const StackPool&) = delete;

  // The most recently freed stack, or a new one; its contents are undefined. Before Linux 6.13 a
  // guarded stack costs two of the 65,530 memory regions that a process is allowed, so only the
  // first 16,384 stacks of a process are guarded there; more of them work too. Its `low` is null
  // when the system gives nothing more (ulimit -v, vm.max_map_count); the pool then gives all of
  // its memory back as soon as no stack is in use.
  Stack Allocate();
  // REQUIRES: `stack` came from Allocate of this pool and nothing runs on it.
  void Free(Stack stack);

  // Whether `address` lies in the inaccessible region below one of this pool's stacks. Allocates
  // nothing and takes no lock, so a signal handler may ask.
  bool IsGuardAddress(const void* address) const;

  std::size_t stack_bytes() const { return stack_bytes_; }
  // Stacks handed out and not given back.
  std::size_t in_use() const { return in_use_; }

 private:
  enum class Guards {
    kNone,
    kInstalled,  // those of the stacks that were handed out, without memory regions of their own
    kRegions,    // all gaps, and the stacks that were not handed out yet, are inaccessible regions
  };
  struct Slab {
    char* base = nullptr;
    std::size_t started = 0;  // stacks handed out at least once; they are the lowest ones
    Guards guards = Guards::kNone;
  };

  std::size_t stride() const;
  std::size_t slab_bytes() const;
  // These fail when the system gives nothing more.
  Stack StartNewStack();
  bool AddSlab();
  void UnmapAll();

  std::size_t stack_bytes_;
  std::size_t in_use_ = 0;
  bool exhausted_ = false;   // the system refused, and still has to be given everything back
  std::vector<Slab> slabs_;  // only the last has stacks that were never handed out
  // Free ones: all of their memory kept, some of it, none.
  std::vector<Stack> warm_, lukewarm_, cold_;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_STACK_POOL_H_
