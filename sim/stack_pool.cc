// SPDX-License-Identifier: Apache-2.0
//
// StackPool on top of mmap. A slab is laid out as
//   guard 0 | stack 0 | guard 1 | stack 1 | ...
// Where Linux has MADV_GUARD_INSTALL (6.13), the guard of a stack is installed when the stack is
// first handed out. Elsewhere the slab is reserved inaccessible as a whole and opened stack by
// stack; or, when the process has used up its memory regions, opened as a whole.
// Invariant: the gap below a stack of a guarded slab is inaccessible once the stack was handed out.
#include "sim/stack_pool.h"

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "sim/base/check.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#define HEDDLE_STACK_REGISTER(low, high) VALGRIND_STACK_REGISTER(low, high)
#define HEDDLE_STACK_DEREGISTER(id) VALGRIND_STACK_DEREGISTER(id)
#else
#define HEDDLE_STACK_REGISTER(low, high) 0
#define HEDDLE_STACK_DEREGISTER(id) static_cast<void>(id)
#endif

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

namespace heddle::sim {
namespace {

constexpr int kStacksPerSlab = 64;
// Wide, because a function with large local variables may step over a narrow guard without touching
// it.
constexpr std::size_t kGuardBytes = 64 * 1024;
// So many free stacks keep all memory that was touched; so many more keep their upper end, which is
// as much as most tasks need. The others give everything back. A system call for each stack at the
// end of each execution would cost more than what most of them do, so the lower part is given back
// when a stack is freed for the first time and every kTrimEvery times from then on.
constexpr std::size_t kWarmStacks = 1024;
constexpr std::size_t kLukewarmStacks = 16 * 1024;
constexpr std::size_t kUpperEnd = 8 * 1024;
constexpr unsigned kTrimEvery = 8;

// Installs a guard without a memory region of its own; newer than the headers we build with.
constexpr int kGuardInstall = 102;

bool InstallGuard(char* at) { return madvise(at, kGuardBytes, kGuardInstall) == 0; }

// How many slabs of the process may still be guarded. The kernel counts memory regions per process,
// not per pool, and so must we; nothing but the guards depends on it.
constinit std::atomic<int> guarded_slabs_left = 16'384 / kStacksPerSlab;

bool ReserveGuards() {
  if (guarded_slabs_left.fetch_sub(1, std::memory_order_relaxed) > 0) return true;
  guarded_slabs_left.fetch_add(1, std::memory_order_relaxed);
  return false;
}

void ReturnGuards() { guarded_slabs_left.fetch_add(1, std::memory_order_relaxed); }

std::size_t RoundUpToPage(std::size_t bytes) {
  const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return (bytes + page - 1) / page * page;
}

}  // namespace

StackPool::StackPool(std::size_t stack_bytes) : stack_bytes_(RoundUpToPage(stack_bytes)) {
  HEDDLE_CHECK(stack_bytes > 0, "a fiber needs a stack");
}

StackPool::~StackPool() {
  HEDDLE_CHECK(in_use_ == 0, "a stack pool outlives the fibers that run on its stacks");
  UnmapAll();
}

void StackPool::UnmapAll() {
  for (std::vector<Stack>* stacks : {&warm_, &lukewarm_, &cold_}) {
    for (const Stack& stack : *stacks) HEDDLE_STACK_DEREGISTER(stack.valgrind_id);
    stacks->clear();
  }
  for (const Slab& slab : slabs_) {
    munmap(slab.base, slab_bytes());
    if (slab.guards == Guards::kRegions) ReturnGuards();
  }
  slabs_.clear();
  exhausted_ = false;
}

std::size_t StackPool::stride() const { return kGuardBytes + stack_bytes_; }

std::size_t StackPool::slab_bytes() const { return kStacksPerSlab * stride(); }

Stack StackPool::Allocate() {
  for (std::vector<Stack>* free : {&warm_, &lukewarm_, &cold_}) {
    if (free->empty()) continue;
    const Stack stack = free->back();
    free->pop_back();
    ++in_use_;
    return stack;
  }
  const Stack stack = StartNewStack();
  if (stack.low != nullptr) {
    ++in_use_;
  } else {
    exhausted_ = in_use_ > 0;
  }
  return stack;
}

void StackPool::Free(Stack stack) {
  HEDDLE_CHECK(in_use_ > 0 && stack.bytes == stack_bytes_, "the stack belongs to this pool");
  --in_use_;
#if defined(__SANITIZE_ADDRESS__)
  // The first frame was left by a switch, not by a return, so its red zones are still marked. All
  // others have returned.
  const std::size_t first_frame = std::min<std::size_t>(stack.bytes, 16 * 1024);
  ASAN_UNPOISON_MEMORY_REGION(stack.high() - first_frame, first_frame);
#endif
  if (warm_.size() < kWarmStacks) {
    warm_.push_back(stack);
  } else if (lukewarm_.size() < kLukewarmStacks) {
    if (stack.bytes > kUpperEnd && stack.frees++ % kTrimEvery == 0) {
      madvise(stack.low, stack.bytes - kUpperEnd, MADV_DONTNEED);
    }
    lukewarm_.push_back(stack);
  } else {
    madvise(stack.low, stack.bytes, MADV_DONTNEED);
    cold_.push_back(stack);
  }
  // Others need memory too: the report that says so, for one.
  if (exhausted_ && in_use_ == 0) UnmapAll();
}

bool StackPool::IsGuardAddress(const void* address) const {
  const char* at = static_cast<const char*>(address);
  return std::any_of(slabs_.begin(), slabs_.end(), [&](const Slab& slab) {
    if (slab.guards == Guards::kNone || at < slab.base || at >= slab.base + slab_bytes())
      return false;
    return static_cast<std::size_t>(at - slab.base) % stride() < kGuardBytes;
  });
}

bool StackPool::AddSlab() {
  void* mapped = mmap(nullptr, slab_bytes(), PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK, -1, 0);
  if (mapped == MAP_FAILED) return false;
  char* const base = static_cast<char*>(mapped);
  // Else the kernel may back an open slab with pages of 2 MiB, most of them never used.
  madvise(base, slab_bytes(), MADV_NOHUGEPAGE);
  Guards guards = Guards::kNone;
  if (InstallGuard(base)) {
    guards = Guards::kInstalled;
  } else if (ReserveGuards()) {
    if (mprotect(base, slab_bytes(), PROT_NONE) != 0) {
      ReturnGuards();
      munmap(base, slab_bytes());
      return false;
    }
    guards = Guards::kRegions;
  }
  slabs_.push_back(Slab{.base = base, .guards = guards});
  return true;
}

Stack StackPool::StartNewStack() {
  if (slabs_.empty() || slabs_.back().started == kStacksPerSlab) {
    if (!AddSlab()) return {};
  }
  Slab& slab = slabs_.back();
  char* const guard = slab.base + slab.started * stride();
  char* const low = guard + kGuardBytes;
  switch (slab.guards) {
    case Guards::kNone:
      break;
    case Guards::kInstalled:
      if (!InstallGuard(guard)) return {};
      break;
    case Guards::kRegions:
      if (mprotect(low, stack_bytes_, PROT_READ | PROT_WRITE) != 0) return {};
      break;
  }
  ++slab.started;
  const unsigned id = HEDDLE_STACK_REGISTER(low, low + stack_bytes_ - 1);
  return Stack{.low = low, .bytes = stack_bytes_, .valgrind_id = id};
}

}  // namespace heddle::sim
