// SPDX-License-Identifier: Apache-2.0
//
// A large stack is that of a thread made for the purpose.
#include "sim/base/large_stack.h"

#include <pthread.h>

#include "sim/base/check.h"

namespace heddle::sim {
namespace {

constexpr size_t kStackBytes = size_t{512} << 20;

void* Call(void* work) {
  (*static_cast<const std::function<void()>*>(work))();
  return nullptr;
}

}  // namespace

void RunOnLargeStack(const std::function<void()>& work) {
  pthread_attr_t attributes;
  pthread_t thread;
  HEDDLE_CHECK(pthread_attr_init(&attributes) == 0, "thread attributes can be made");
  HEDDLE_CHECK(pthread_attr_setstacksize(&attributes, kStackBytes) == 0,
               "the stack size is allowed");
  const int status =
      pthread_create(&thread, &attributes, &Call, const_cast<std::function<void()>*>(&work));
  pthread_attr_destroy(&attributes);
  if (status != 0) return work();
  pthread_join(thread, nullptr);
}

}  // namespace heddle::sim
