// SPDX-License-Identifier: Apache-2.0
// The failing side of HEDDLE_CHECK.
#include "sim/base/check.h"

#include <cstdio>
#include <cstdlib>

namespace heddle::sim {
namespace {
thread_local CrashContext* innermost = nullptr;
}  // namespace

CrashContext::CrashContext(Describe describe, const void* state)
    : describe_(describe), state_(state), outer_(innermost) {
  innermost = this;
}

CrashContext::~CrashContext() { innermost = outer_; }

void CheckFailed(const char* condition, const char* file, int line, std::string_view why) {
  std::fprintf(stderr,
               "heddle: internal error, please report it: %.*s\n  check failed: %s\n  at %s:%d\n",
               static_cast<int>(why.size()), why.data(), condition, file, line);
  for (CrashContext* context = innermost; context != nullptr; context = context->outer_) {
    innermost = context->outer_;  // a check that fails while describing does not come back here
    std::fprintf(stderr, "  while %s\n", context->describe_(context->state_).c_str());
  }
  std::abort();
}

}  // namespace heddle::sim
