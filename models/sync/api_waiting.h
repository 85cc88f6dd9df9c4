// SPDX-License-Identifier: Apache-2.0
// WaitGroup, Once and Cond: Go's sync for C++ tests.
#ifndef HEDDLE_MODELS_SYNC_API_WAITING_H_
#define HEDDLE_MODELS_SYNC_API_WAITING_H_

#include <functional>
#include <mutex>
#include <utility>

#include "models/sync/api_mutex.h"
#include "models/sync/api_task.h"

namespace heddle {

class WaitGroup {
 public:
  WaitGroup() : object_{api::Runtime::Get().NewObject()} {}
  WaitGroup(const WaitGroup&) = delete;
  WaitGroup& operator=(const WaitGroup&) = delete;

  // Throws Panic when the counter would become negative.
  void Add(int64_t delta, Site site = Site::current()) { AddTo(object_, delta, site); }
  void Done(Site site = Site::current()) { Add(-1, site); }
  void Wait(Site site = Site::current());
  // Add(1), and a task that runs the function and then calls Done. The task may outlive this
  // handle.
  template <class F>
  Task Go(F&& function, Site site = Site::current()) {
    Add(1, site);
    return heddle::Go(
        [object = object_, site, f = std::forward<F>(function)]() mutable {
          Defer done([&] { AddTo(object, -1, site); });
          std::invoke(f);
        },
        site);
  }

 private:
  static void AddTo(const sync::ObjectRef& object, int64_t delta, Site site);

  sync::ObjectRef object_;
};

class Once {
 public:
  Once() : object_{api::Runtime::Get().NewObject()} {}
  Once(const Once&) = delete;
  Once& operator=(const Once&) = delete;

  // Calls the function unless that has been done; other callers wait until it has returned. A
  // function that throws counts as done.
  template <class F>
  void Do(F&& function, Site site = Site::current()) {
    if (!Enter(site)) return;
    Leaver leaver{*this, site};
    std::invoke(std::forward<F>(function));
  }

 private:
  struct Leaver {
    Once& once;
    Site site;
    ~Leaver() { once.Leave(site); }
  };
  bool Enter(Site site);
  void Leave(Site site);

  sync::ObjectRef object_;
};

// A condition variable on a Mutex. There are no spurious wake-ups.
class Cond {
 public:
  explicit Cond(Mutex& mutex) : object_{api::Runtime::Get().NewObject()}, mutex_(mutex) {}
  Cond(const Cond&) = delete;
  Cond& operator=(const Cond&) = delete;

  // Unlocks the mutex and parks in one step; locks it again when woken. REQUIRES: the mutex is
  // locked.
  void Wait(Site site = Site::current());
  template <class Predicate>
  requires std::is_invocable_r_v<bool, Predicate&>
  void Wait(Predicate predicate, Site site = Site::current()) {
    while (!predicate()) Wait(site);
  }
  // Wakes the longest waiter.
  void Signal(Site site = Site::current());
  // Wakes all.
  void Broadcast(Site site = Site::current());

 private:
  sync::ObjectRef object_;
  Mutex& mutex_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_WAITING_H_
