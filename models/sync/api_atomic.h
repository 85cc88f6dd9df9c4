// SPDX-License-Identifier: Apache-2.0
// Atomic<T> and Var<T>: shared memory of C++ tests.
//
// Atomic operations are visible operations, sequentially consistent. A Var is plain memory: its
// accesses are no operations, but are checked for data races by the Go memory model; two tasks that
// share plain data in any other way are not seen to do so. Operators cannot know where they stand
// in the source: reports then name the task's last call; the named functions are exact.
#ifndef HEDDLE_MODELS_SYNC_API_ATOMIC_H_
#define HEDDLE_MODELS_SYNC_API_ATOMIC_H_

#include <concepts>
#include <type_traits>
#include <utility>

#include "models/sync/api_runtime.h"

namespace heddle {

namespace api {

// Makes an atomic access as an operation of the current task.
void TouchAtomic(sync::Op code, const sync::ObjectRef& object, Site site);

// An argument and where the call stands: converted to implicitly, so operators can take it too.
template <class T>
struct Located {
  T value;
  Site site;
  template <class U>
  requires std::convertible_to<U&&, T> Located(U&& v, Site s = Site::current())
      : value(std::forward<U>(v)), site(s) {}
};

}  // namespace api

template <class T>
class Atomic {
 public:
  Atomic() : Atomic(T()) {}
  explicit Atomic(T value) : object_{api::Runtime::Get().NewObject()}, value_(std::move(value)) {}
  Atomic(const Atomic&) = delete;
  Atomic& operator=(const Atomic&) = delete;

  T load(Site site = Site::current()) const {
    api::TouchAtomic(sync::kLoad, object_, site);
    return value_;
  }
  void store(T value, Site site = Site::current()) {
    api::TouchAtomic(sync::kStore, object_, site);
    value_ = std::move(value);
  }
  T exchange(T value, Site site = Site::current()) {
    api::TouchAtomic(sync::kRmw, object_, site);
    return std::exchange(value_, std::move(value));
  }
  // As std::atomic: `expected` becomes the value found. Never fails spuriously.
  bool compare_exchange(T& expected, T desired, Site site = Site::current()) {
    api::TouchAtomic(sync::kRmw, object_, site);
    if (value_ == expected) {
      value_ = std::move(desired);
      return true;
    }
    expected = value_;
    return false;
  }
  bool compare_exchange_strong(T& expected, T desired, Site site = Site::current()) {
    return compare_exchange(expected, std::move(desired), site);
  }
  bool compare_exchange_weak(T& expected, T desired, Site site = Site::current()) {
    return compare_exchange(expected, std::move(desired), site);
  }
  // The value before.
  T fetch_add(T delta, Site site = Site::current()) {
    return Update([&](T v) { return static_cast<T>(v + delta); }, site);
  }
  T fetch_sub(T delta, Site site = Site::current()) {
    return Update([&](T v) { return static_cast<T>(v - delta); }, site);
  }
  T fetch_and(T mask, Site site = Site::current()) {
    return Update([&](T v) { return static_cast<T>(v & mask); }, site);
  }
  T fetch_or(T mask, Site site = Site::current()) {
    return Update([&](T v) { return static_cast<T>(v | mask); }, site);
  }

  operator T() const { return load(Site()); }
  T operator=(api::Located<T> value) {
    store(value.value, value.site);
    return value.value;
  }
  T operator+=(api::Located<T> delta) {
    return static_cast<T>(fetch_add(delta.value, delta.site) + delta.value);
  }
  T operator-=(api::Located<T> delta) {
    return static_cast<T>(fetch_sub(delta.value, delta.site) - delta.value);
  }
  T operator++() { return static_cast<T>(fetch_add(1, Site()) + 1); }
  T operator++(int) { return fetch_add(1, Site()); }
  T operator--() { return static_cast<T>(fetch_sub(1, Site()) - 1); }
  T operator--(int) { return fetch_sub(1, Site()); }

 private:
  template <class F>
  T Update(F&& next, Site site) {
    api::TouchAtomic(sync::kRmw, object_, site);
    T before = value_;
    value_ = next(before);
    return before;
  }

  sync::ObjectRef object_;
  T value_;
};

template <class T>
class Var {
 public:
  Var() : Var(T()) {}
  explicit Var(T value, Site site = Site::current())
      : memory_(api::Runtime::Get().NewMemory()), value_(std::move(value)) {
    Note(true, site);
  }
  // A copy is another variable; making it reads this one.
  Var(const Var& other) : Var(other.Get(Site())) {}
  Var& operator=(const Var& other) {
    Set(other.Get(Site()), Site());
    return *this;
  }

  const T& Get(Site site = Site::current()) const {
    Note(false, site);
    return value_;
  }
  void Set(T value, Site site = Site::current()) {
    Note(true, site);
    value_ = std::move(value);
  }
  // Reads and writes in place: `var.Update([](T& v) { v.push_back(1); })`.
  template <class F>
  decltype(auto) Update(F&& change, Site site = Site::current()) {
    Note(false, site);
    Note(true, site);
    return std::forward<F>(change)(value_);
  }

  operator const T&() const { return Get(Site()); }
  Var& operator=(api::Located<T> value) {
    Set(std::move(value.value), value.site);
    return *this;
  }
  Var& operator+=(api::Located<T> delta) {
    Update([&](T& v) { v += delta.value; }, delta.site);
    return *this;
  }
  Var& operator-=(api::Located<T> delta) {
    Update([&](T& v) { v -= delta.value; }, delta.site);
    return *this;
  }
  Var& operator++() {
    Update([](T& v) { ++v; }, Site());
    return *this;
  }
  T operator++(int) {
    return Update([](T& v) { return v++; }, Site());
  }
  Var& operator--() {
    Update([](T& v) { --v; }, Site());
    return *this;
  }

 private:
  void Note(bool write, Site site) const {
    api::Runtime& runtime = api::Runtime::Get();
    if (!runtime.OnTask() || !runtime.execution().watching()) return;
    if (site.line() != 0) runtime.task().last = runtime.SiteInTest(site);
    runtime.execution().Access(memory_, 1, write, api::Word(runtime.task().last));
  }

  const void* memory_;
  T value_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_ATOMIC_H_
