// SPDX-License-Identifier: Apache-2.0
// Atomic accesses.
#include "models/sync/api_atomic.h"

namespace heddle::api {

void TouchAtomic(sync::Op code, const sync::ObjectRef& object, Site site) {
  Runtime& runtime = Runtime::Get();
  if (site.line() == 0 && runtime.OnTask()) site = runtime.task().last;
  runtime.Perform(site, Release::kNo, [code, o = object](sim::Execution& ex, sync::CallSite at) {
    return sync::Act(ex, code, o, at);
  });
}

}  // namespace heddle::api
