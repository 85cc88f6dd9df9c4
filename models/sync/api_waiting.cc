// SPDX-License-Identifier: Apache-2.0
// WaitGroup, Once and Cond.
#include "models/sync/api_waiting.h"

namespace heddle {

namespace {

sim::Result Act(sync::Op code, const sync::ObjectRef& object, api::Release release, Site site) {
  return api::Runtime::Get().Perform(site, release,
                                     [&, o = object](sim::Execution& ex, sync::CallSite at) {
                                       return sync::Act(ex, code, o, at);
                                     });
}

}  // namespace

void WaitGroup::AddTo(const sync::ObjectRef& object, int64_t delta, Site site) {
  api::Release release = delta < 0 ? api::Release::kYes : api::Release::kNo;
  api::Runtime::Get().Perform(site, release,
                              [delta, o = object](sim::Execution& ex, sync::CallSite at) {
                                return sync::WaitGroupAdd(ex, o, delta, at);
                              });
}

void WaitGroup::Wait(Site site) { Act(sync::kWgWait, object_, api::Release::kNo, site); }

bool Once::Enter(Site site) {
  sim::Result r = Act(sync::kOnceEnter, object_, api::Release::kNo, site);
  return !sync::Abandoned(r) && r.flag;
}

void Once::Leave(Site site) { Act(sync::kOnceLeave, object_, api::Release::kYes, site); }

void Cond::Wait(Site site) {
  Mutex& mutex = mutex_;
  sim::Result r = api::Runtime::Get().Perform(
      site, api::Release::kNo, [&, o = object_](sim::Execution& ex, sync::CallSite at) {
        return sync::CondWait(ex, o, mutex.object(), nullptr, at);
      });
  if (!sync::Abandoned(r)) mutex.lock(site);
}

void Cond::Signal(Site site) { Act(sync::kSignal, object_, api::Release::kYes, site); }
void Cond::Broadcast(Site site) { Act(sync::kBroadcast, object_, api::Release::kYes, site); }

}  // namespace heddle
