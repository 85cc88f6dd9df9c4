// SPDX-License-Identifier: Apache-2.0
//
// Fiber is a user-level thread of control: a function on a stack of its own that can be left in the
// middle and entered again, at the cost of a function call instead of a system call.
//
// Place: below Task, which gives a fiber its meaning. The only files that know Boost.Context, whose
// assembly routines (the same in 1.74 and 1.81) are used directly: boost::context::fiber adds a
// forced unwind that `catch (...)` swallows.
//
// Invariant: a switch carries all that the C++ runtime keeps per thread of control, above all its
// list of exceptions being handled; else two fibers suspended inside `catch` rethrow each other's
// exception.
//
// Source: Itanium C++ ABI 2.2.2 (__cxa_eh_globals); sanitizer/common_interface_defs.h.
#ifndef HEDDLE_SIM_FIBER_H_
#define HEDDLE_SIM_FIBER_H_

#include <cxxabi.h>

#include <boost/context/detail/fcontext.hpp>
#include <cstddef>

#include "sim/base/check.h"
#include "sim/stack_pool.h"

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/common_interface_defs.h>
#endif

namespace heddle::sim {

// All fibers that resume each other, and their pool, live on one operating-system thread.
//
// A suspended fiber cannot be thrown away, because what lies on its stack would never be destroyed.
// The layer above ends it instead: it resumes the fiber, having told its code to unwind and return.
class Fiber {
 public:
  // Must not throw: there is no one above it to catch.
  using Entry = void (*)(void* arg);

  // The fiber starts suspended; `entry(arg)` begins with the first Resume. The stack is taken from
  // `pool` then, and given back when `entry` returns. REQUIRES: `pool` outlives the fiber.
  Fiber(StackPool& pool, Entry entry, void* arg) : pool_(pool), entry_(entry), arg_(arg) {}
  // REQUIRES: finished, or never resumed.
  ~Fiber();
  Fiber(const Fiber&) = delete;
  Fiber& operator=(const Fiber&) = delete;

  // Takes the stack before the first Resume does. False: the system has no memory for one more.
  // REQUIRES: not started.
  bool TakeStack();
  // Runs the fiber until it suspends or ends, then returns. May be called on another fiber, which
  // then waits. REQUIRES: neither finished nor running; there is memory for a stack.
  void Resume();
  // Goes back to the caller of Resume; returns at the next Resume. REQUIRES: called on this fiber.
  void Suspend();

  // `entry` has returned.
  bool finished() const { return finished_; }
  // It has taken its stack, and `entry` begins or has begun.
  bool started() const { return context_ != nullptr || finished_; }

  const StackPool& pool() const { return pool_; }
  // The fiber that the calling thread is on; null outside of fibers.
  static const Fiber* Current() { return current_; }

 private:
  // What the C++ runtime keeps per thread about exceptions: the innermost one being handled, and
  // how many are thrown and not caught yet (Itanium C++ ABI, 2.2.2).
  struct ExceptionState {
    void* caught = nullptr;
    unsigned int uncaught = 0;
  };
  static ExceptionState* ThreadExceptions() {
    return reinterpret_cast<ExceptionState*>(abi::__cxa_get_globals());
  }

  [[noreturn]] static void Main(boost::context::detail::transfer_t from) noexcept;
  void End();  // gives the stack back

  // AddressSanitizer takes a foreign stack for a wild one unless each jump is announced before and
  // confirmed after; these do, and without it do nothing. `fake_stack` keeps what is to be found
  // again on return; null on the last jump away.
  static void StartSwitch(void** fake_stack, const void* to_low, std::size_t to_bytes);
  static void FinishSwitch(void* fake_stack, const void** from_low, std::size_t* from_bytes);

  // The innermost fiber on this thread. A signal handler is passed no argument of ours, so what it
  // needs has to be found from the thread.
  static constinit thread_local const Fiber* current_;

  StackPool& pool_;
  Entry entry_;
  void* arg_;
  void* context_ = nullptr;    // while suspended: where it goes on; null without a stack
  void* resumer_ = nullptr;    // while running: where the caller of Resume goes on
  ExceptionState exceptions_;  // while suspended
  Stack stack_;                // from the start to the end
  bool running_ = false;       // from Resume to Suspend, also while it waits for another fiber
  bool finished_ = false;
  // Only under AddressSanitizer: the fiber's fake stack, and the stack of the caller of Resume.
  void* fake_stack_ = nullptr;
  const void* resumer_stack_ = nullptr;
  std::size_t resumer_stack_bytes_ = 0;
};

// From now on a fiber of the calling thread that overflows its stack ends the process (SIGABRT)
// with a message on standard error instead of a bare crash. Other faults go to the handler that was
// installed before. Call it once on each thread that runs fibers; a further call does nothing.
void InstallStackOverflowHandler();

inline void Fiber::StartSwitch([[maybe_unused]] void** fake_stack,
                               [[maybe_unused]] const void* to_low,
                               [[maybe_unused]] std::size_t to_bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_start_switch_fiber(fake_stack, to_low, to_bytes);
#endif
}

inline void Fiber::FinishSwitch([[maybe_unused]] void* fake_stack,
                                [[maybe_unused]] const void** from_low,
                                [[maybe_unused]] std::size_t* from_bytes) {
#if defined(__SANITIZE_ADDRESS__)
  __sanitizer_finish_switch_fiber(fake_stack, from_low, from_bytes);
#endif
}

// Resume and Suspend are inline because a `ret` executed after a switch goes where the processor's
// return predictor does not expect it: a call less each way halves the cost of a switch. Resume
// does the bookkeeping of both directions; Suspend only jumps.

[[gnu::always_inline]] inline void Fiber::Resume() {
  HEDDLE_CHECK(!finished_ && !running_, "only a suspended fiber can be resumed");
  if (context_ == nullptr) HEDDLE_CHECK(TakeStack(), "the system has memory for one more stack");
  ExceptionState* const thread_exceptions = ThreadExceptions();
  const ExceptionState resumer_exceptions = *thread_exceptions;
  *thread_exceptions = exceptions_;
  const Fiber* const resumer_fiber = current_;
  current_ = this;
  running_ = true;

  void* resumer_fake_stack = nullptr;
  StartSwitch(&resumer_fake_stack, stack_.low, stack_.bytes);
  context_ = boost::context::detail::jump_fcontext(context_, this).fctx;
  FinishSwitch(resumer_fake_stack, nullptr, nullptr);

  running_ = false;
  current_ = resumer_fiber;
  exceptions_ = *thread_exceptions;
  *thread_exceptions = resumer_exceptions;
  if (finished_) End();
}

[[gnu::always_inline]] inline void Fiber::Suspend() {
  HEDDLE_CHECK(current_ == this, "a fiber suspends only itself");
  StartSwitch(&fake_stack_, resumer_stack_, resumer_stack_bytes_);
  resumer_ = boost::context::detail::jump_fcontext(resumer_, nullptr).fctx;
  FinishSwitch(fake_stack_, &resumer_stack_, &resumer_stack_bytes_);
}

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_FIBER_H_
