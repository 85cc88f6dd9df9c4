// SPDX-License-Identifier: Apache-2.0
// Mutex and RwMutex: Go's locks with the interface of std::mutex and std::shared_mutex.
//
// So std::lock_guard, std::unique_lock and std::shared_lock work; heddle::Lock is a guard that
// knows its place in the source, which reports then show. Neither lock is reentrant.
#ifndef HEDDLE_MODELS_SYNC_API_MUTEX_H_
#define HEDDLE_MODELS_SYNC_API_MUTEX_H_

#include "models/sync/api_panic.h"
#include "models/sync/api_runtime.h"

namespace heddle {

class Mutex {
 public:
  Mutex() : object_{api::Runtime::Get().NewObject()} {}
  Mutex(const Mutex&) = delete;
  Mutex& operator=(const Mutex&) = delete;

  void lock(Site site = Site::current());
  bool try_lock(Site site = Site::current());
  // A fatal error when it is not locked.
  void unlock(Site site = Site::current());

  const sync::ObjectRef& object() const { return object_; }

 private:
  sync::ObjectRef object_;
};

// A waiting writer keeps new readers out, so locking for reading twice in one task can deadlock.
class RwMutex {
 public:
  RwMutex() : object_{api::Runtime::Get().NewObject()} {}
  RwMutex(const RwMutex&) = delete;
  RwMutex& operator=(const RwMutex&) = delete;

  void lock(Site site = Site::current());
  bool try_lock(Site site = Site::current());
  void unlock(Site site = Site::current());
  void lock_shared(Site site = Site::current());
  bool try_lock_shared(Site site = Site::current());
  void unlock_shared(Site site = Site::current());

 private:
  sync::ObjectRef object_;
};

// Locks for a scope.
template <class M>
class [[nodiscard]] Lock {
 public:
  explicit Lock(M& mutex, Site site = Site::current()) : mutex_(mutex), site_(site) {
    mutex.lock(site);
  }
  ~Lock() { mutex_.unlock(site_); }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;

 private:
  M& mutex_;
  Site site_;
};

// Locks for reading for a scope.
class [[nodiscard]] ReadLock {
 public:
  explicit ReadLock(RwMutex& mutex, Site site = Site::current()) : mutex_(mutex), site_(site) {
    mutex.lock_shared(site);
  }
  ~ReadLock() { mutex_.unlock_shared(site_); }
  ReadLock(const ReadLock&) = delete;
  ReadLock& operator=(const ReadLock&) = delete;

 private:
  RwMutex& mutex_;
  Site site_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_MUTEX_H_
