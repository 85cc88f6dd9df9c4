// SPDX-License-Identifier: Apache-2.0
// HEDDLE_CHECK: the channel for our own bugs, on in every build.
//
// A failed check prints the condition, why it must hold, and what was being done (set by
// CrashContext, for example the schedule under replay), then aborts. Never used for user errors:
// those are values.
#ifndef HEDDLE_SIM_BASE_CHECK_H_
#define HEDDLE_SIM_BASE_CHECK_H_

#include <string>
#include <string_view>

namespace heddle::sim {

[[noreturn]] void CheckFailed(const char* condition, const char* file, int line,
                              std::string_view why);

// Says what the program was doing when a check fails: a function that writes one paragraph. Scopes
// nest; each thread has its own stack of scopes.
class CrashContext {
 public:
  using Describe = std::string (*)(const void* state);
  CrashContext(Describe describe, const void* state);
  ~CrashContext();
  CrashContext(const CrashContext&) = delete;
  CrashContext& operator=(const CrashContext&) = delete;

 private:
  friend void CheckFailed(const char*, const char*, int, std::string_view);  // it is [[noreturn]]
  Describe describe_;
  const void* state_;
  CrashContext* outer_;
};

}  // namespace heddle::sim

#define HEDDLE_CHECK(condition, why)  \
  (__builtin_expect(!!(condition), 1) \
       ? (void)0                      \
       : ::heddle::sim::CheckFailed(#condition, __FILE__, __LINE__, why))

#ifndef NDEBUG
#define HEDDLE_DCHECK(condition, why) HEDDLE_CHECK(condition, why)
#else
#define HEDDLE_DCHECK(condition, why) ((void)0)
#endif

#endif  // HEDDLE_SIM_BASE_CHECK_H_
