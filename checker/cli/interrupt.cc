// SPDX-License-Identifier: Apache-2.0
// A flag that a signal handler sets: the one thing of the command that must be global.
#include "checker/cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace heddle::cli {
namespace {

std::atomic<bool> interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may use it");

void Note(int) { interrupted = true; }

}  // namespace

CatchInterrupt::CatchInterrupt() {
  struct sigaction action = {};
  action.sa_handler = &Note;
  action.sa_flags = SA_RESETHAND | SA_RESTART;  // the second one finds the default: it kills
  sigemptyset(&action.sa_mask);
  struct sigaction before = {};
  sigaction(SIGINT, nullptr, &before);
  // In the background of a shell without job control SIGINT is ignored: it stays so.
  if (before.sa_handler != SIG_IGN) sigaction(SIGINT, &action, nullptr);
}

CatchInterrupt::~CatchInterrupt() {
  struct sigaction now = {};
  sigaction(SIGINT, nullptr, &now);
  if (now.sa_handler == &Note) std::signal(SIGINT, SIG_DFL);
}

bool Interrupted() { return interrupted; }

}  // namespace heddle::cli
