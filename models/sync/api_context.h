// SPDX-License-Identifier: Apache-2.0
// Context: Go's package context for C++ tests.
//
//   auto [ctx, cancel] = heddle::WithCancel(heddle::Background());
//
// A Context is a handle, valid until the end of the execution; default constructed it is nil, which
// no function takes as a parent. Source: Go package context, as documented.
#ifndef HEDDLE_MODELS_SYNC_API_CONTEXT_H_
#define HEDDLE_MODELS_SYNC_API_CONTEXT_H_

#include <any>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "models/sync/api_channel.h"
#include "models/sync/api_time.h"
#include "models/sync/context.h"

namespace heddle {

// Why a context is done: a text, empty for nil. Equal texts are equal errors.
class Error {
 public:
  Error() = default;
  explicit Error(std::string text) : text_(std::move(text)) {}
  const std::string& text() const { return text_; }
  explicit operator bool() const { return !text_.empty(); }
  friend bool operator==(const Error&, const Error&) = default;

 private:
  std::string text_;
};

// "context canceled" and "context deadline exceeded".
Error Canceled();
Error DeadlineExceeded();

namespace api {

struct ContextNode final : Owned {
  ContextNode* parent = nullptr;
  bool cuts = false;      // WithoutCancel: what is above cannot cancel it
  bool own_core = false;  // it can be cancelled by itself
  sync::ContextCore core;
  Channel<Void> done = Channel<Void>::Nil();
  std::optional<TimePoint> deadline;
  std::any key, value;
  bool (*same_key)(const std::any&, const std::any&) = nullptr;

  // The nearest node, from this one upwards, that can be cancelled by itself; null when nothing can
  // cancel it.
  ContextNode* Cancellable();
};

// A key of a context value; string literals become strings, so that they compare by their text.
template <class Key>
std::any KeyOf(Key&& key) {
  if constexpr (std::is_convertible_v<Key, const char*> &&
                !std::is_same_v<std::decay_t<Key>, std::nullptr_t>) {
    return std::string(static_cast<const char*>(key));
  } else {
    return std::any(std::forward<Key>(key));
  }
}
template <class Key>
bool SameKey(const std::any& a, const std::any& b) {
  const Key* x = std::any_cast<Key>(&a);
  const Key* y = std::any_cast<Key>(&b);
  return x != nullptr && y != nullptr && *x == *y;
}

}  // namespace api

class Context {
 public:
  Context() = default;

  // A channel that is closed when the context is done; nil when nothing can cancel it.
  Channel<Void> Done() const;
  // Empty until it is done.
  Error Err(Site site = Site::current()) const;
  std::optional<TimePoint> Deadline() const;
  // The value for a key; null when there is none of this type.
  template <class T, class Key>
  const T* Value(Key&& key) const {
    return std::any_cast<T>(Find(api::KeyOf(std::forward<Key>(key))));
  }

  bool IsNil() const { return node_ == nullptr; }
  friend bool operator==(const Context& a, const Context& b) { return a.node_ == b.node_; }

  // For the functions below.
  explicit Context(api::ContextNode* node);
  api::ContextNode* node() const { return node_; }

 private:
  const std::any* Find(const std::any& key) const;

  api::ContextNode* node_ = nullptr;
  api::CaptureMark mark_;  // of its done channel
};

class CancelFunc {
 public:
  explicit CancelFunc(api::ContextNode* node) : node_(node) {}
  void operator()(Site site = Site::current()) const;

 private:
  api::ContextNode* node_;
};

class CancelCauseFunc {
 public:
  explicit CancelCauseFunc(api::ContextNode* node) : node_(node) {}
  void operator()(const Error& cause, Site site = Site::current()) const;

 private:
  api::ContextNode* node_;
};

struct Cancellable {
  Context ctx;
  CancelFunc cancel;
};
struct CancellableWithCause {
  Context ctx;
  CancelCauseFunc cancel;
};

Context Background();
Context TODO();
Cancellable WithCancel(const Context& parent, Site site = Site::current());
CancellableWithCause WithCancelCause(const Context& parent, Site site = Site::current());
Cancellable WithTimeout(const Context& parent, Duration timeout, Site site = Site::current());
Cancellable WithTimeoutCause(const Context& parent, Duration timeout, const Error& cause,
                             Site site = Site::current());
Cancellable WithDeadline(const Context& parent, TimePoint deadline, Site site = Site::current());
Cancellable WithDeadlineCause(const Context& parent, TimePoint deadline, const Error& cause,
                              Site site = Site::current());
Context WithoutCancel(const Context& parent, Site site = Site::current());
// What was given as the cause, else Err; empty until it is done.
Error Cause(const Context& context, Site site = Site::current());

namespace api {
Context NewValue(const Context& parent, std::any key, std::any value,
                 bool (*same)(const std::any&, const std::any&), Site site);
ContextNode* NewAfterFunc(const Context& context, TaskStart start, Site site);
}  // namespace api

// Keys are compared by type and value.
template <class Key, class T>
Context WithValue(const Context& parent, Key&& key, T&& value, Site site = Site::current()) {
  using Text =
      std::conditional_t<std::is_convertible_v<Key, const char*>, std::string, std::decay_t<Key>>;
  if constexpr (std::is_same_v<std::decay_t<Key>, std::nullptr_t>) {
    api::Runtime::Get().RaisePanic("nil key", site);
    return parent;
  } else {
    return api::NewValue(parent, api::KeyOf(std::forward<Key>(key)),
                         std::any(std::forward<T>(value)), &api::SameKey<Text>, site);
  }
}

// The stop function of AfterFunc: true when that kept the function from being started.
class StopFunc {
 public:
  explicit StopFunc(api::ContextNode* node) : node_(node) {}
  bool operator()(Site site = Site::current()) const;

 private:
  api::ContextNode* node_;
};

// context.AfterFunc: calls the function in a task of its own once the context is done.
template <class F>
StopFunc AfterFunc(const Context& context, F&& function, Site site = Site::current()) {
  api::TaskStart start = api::MakeStart(api::Runtime::Get(), std::forward<F>(function), site);
  return StopFunc(api::NewAfterFunc(context, std::move(start), site));
}

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_CONTEXT_H_
