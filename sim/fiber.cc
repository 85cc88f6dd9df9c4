// SPDX-License-Identifier: Apache-2.0
//
// The parts of Fiber that are not on the path of a switch: its first frame, its end, and the
// message for an overflow.
//
// Invariant: nothing leaves a fiber by a return or an exception, for there is no frame above it.
#include "sim/fiber.h"

#include <signal.h>
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <string_view>

namespace heddle::sim {

constinit thread_local const Fiber* Fiber::current_ = nullptr;

Fiber::~Fiber() {
  HEDDLE_CHECK(finished_ || !started(), "a fiber is unwound before it is destroyed");
}

bool Fiber::TakeStack() {
  HEDDLE_CHECK(!started(), "a fiber has one stack");
  stack_ = pool_.Allocate();
  if (stack_.low == nullptr) return false;
  // Main is its first frame.
  context_ = boost::context::detail::make_fcontext(stack_.high(), stack_.bytes, &Fiber::Main);
  return true;
}

void Fiber::End() {
  pool_.Free(stack_);
  stack_ = Stack{};
  context_ = nullptr;
}

void Fiber::Main(boost::context::detail::transfer_t from) noexcept {
  auto* const self = static_cast<Fiber*>(from.data);
  FinishSwitch(nullptr, &self->resumer_stack_, &self->resumer_stack_bytes_);
  self->resumer_ = from.fctx;
  self->entry_(self->arg_);
  self->finished_ = true;
  // With no place to keep the fake stack it is freed: the fiber will not come back.
  StartSwitch(nullptr, self->resumer_stack_, self->resumer_stack_bytes_);
  boost::context::detail::jump_fcontext(self->resumer_, nullptr);
  std::abort();  // a finished fiber is never entered again
}

namespace {

// What handled SIGSEGV before us; written once, before our handler can run.
struct sigaction previous_action;

void WriteError(std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = write(STDERR_FILENO, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Runs in a signal handler: no allocation, no lock, no stdio.
[[noreturn]] void ReportOverflow(std::size_t stack_bytes) {
  char digits[24];
  const std::to_chars_result end =
      std::to_chars(digits, digits + sizeof digits, stack_bytes / 1024);
  WriteError("heddle: a task overflowed its stack of ");
  WriteError(std::string_view(digits, static_cast<std::size_t>(end.ptr - digits)));
  WriteError(
      " KiB: its calls nest too deeply, or its local variables are too large. Put large objects on "
      "the heap, bound the recursion, or give tasks larger stacks.\n");
  std::abort();
}

void OnFault(int signal, siginfo_t* info, void*) {
  const Fiber* const fiber = Fiber::Current();
  if (fiber != nullptr && fiber->pool().IsGuardAddress(info->si_addr)) {
    ReportOverflow(fiber->pool().stack_bytes());
  }
  // Not ours: the instruction is executed again, and faults again, under the previous handler.
  sigaction(signal, &previous_action, nullptr);
}

// The overflowed stack has no room for the handler, so it needs another one.
void GiveThreadAnAlternateStack() {
  stack_t present = {};
  if (sigaltstack(nullptr, &present) == 0 && (present.ss_flags & SS_DISABLE) == 0) return;
  alignas(16) static thread_local char memory[32 * 1024];
  stack_t alternate = {};
  alternate.ss_sp = memory;
  alternate.ss_size = sizeof memory;
  HEDDLE_CHECK(sigaltstack(&alternate, nullptr) == 0, "the alternate stack is large enough");
}

}  // namespace

void InstallStackOverflowHandler() {
  GiveThreadAnAlternateStack();
  [[maybe_unused]] static const bool installed = [] {
    struct sigaction action = {};
    action.sa_sigaction = &OnFault;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, nullptr, &previous_action);
    return sigaction(SIGSEGV, &action, nullptr) == 0;
  }();
}

}  // namespace heddle::sim
