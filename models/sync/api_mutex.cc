// SPDX-License-Identifier: Apache-2.0
// Mutex and RwMutex.
#include "models/sync/api_mutex.h"

namespace heddle {

namespace {

sim::Result Act(sync::Op code, const sync::ObjectRef& object, api::Release release, Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  return runtime.Perform(runtime.SiteInTest(site), release,
                         [&, o = object](sim::Execution& ex, sync::CallSite at) {
                           return sync::Act(ex, code, o, at);
                         });
}

bool Succeeded(const sim::Result& r) { return !sync::Abandoned(r) && r.flag; }

}  // namespace

void Mutex::lock(Site site) { Act(sync::kLock, object_, api::Release::kNo, site); }
bool Mutex::try_lock(Site site) {
  return Succeeded(Act(sync::kTryLock, object_, api::Release::kNo, site));
}
void Mutex::unlock(Site site) { Act(sync::kUnlock, object_, api::Release::kYes, site); }

void RwMutex::lock(Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  runtime.Perform(
      runtime.SiteInTest(site), api::Release::kNo,
      [o = object_](sim::Execution& ex, sync::CallSite at) { return sync::RwLock(ex, o, at); });
}

bool RwMutex::try_lock(Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  return Succeeded(runtime.Perform(
      runtime.SiteInTest(site), api::Release::kNo,
      [o = object_](sim::Execution& ex, sync::CallSite at) { return sync::RwTryLock(ex, o, at); }));
}

void RwMutex::unlock(Site site) {
  api::Runtime& runtime = api::Runtime::Get();
  runtime.Perform(
      runtime.SiteInTest(site), api::Release::kYes,
      [o = object_](sim::Execution& ex, sync::CallSite at) { return sync::RwUnlock(ex, o, at); });
}

void RwMutex::lock_shared(Site site) { Act(sync::kRLock, object_, api::Release::kNo, site); }
bool RwMutex::try_lock_shared(Site site) {
  return Succeeded(Act(sync::kTryRLock, object_, api::Release::kNo, site));
}
void RwMutex::unlock_shared(Site site) { Act(sync::kRUnlock, object_, api::Release::kYes, site); }

}  // namespace heddle
