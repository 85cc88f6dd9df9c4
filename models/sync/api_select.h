// SPDX-License-Identifier: Apache-2.0
// Select: Go's select statement for C++ tests.
//
//   heddle::Select(heddle::Recv(jobs, [&](std::optional<int> job) { ... }),
//                  heddle::Send(results, 7, [&] { ... }),
//                  heddle::Default([&] { ... }));
//
// Handlers may be left out; that of a receive takes std::optional<T>, T (zero when closed), or
// nothing. They run after the select. A number of cases that is known only at run time: Selector.
#ifndef HEDDLE_MODELS_SYNC_API_SELECT_H_
#define HEDDLE_MODELS_SYNC_API_SELECT_H_

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/sync/api_channel.h"

namespace heddle {

// What a select returns when it took the default.
inline constexpr int kDefaultCase = sim::kDefault;

namespace api {

struct NoHandler {
  void operator()() const {}
};

template <class T, class F>
void CallReceiver(F& handler, std::optional<T> value) {
  if constexpr (std::is_invocable_v<F&, std::optional<T>>) {
    handler(std::move(value));
  } else if constexpr (std::is_invocable_v<F&, T>) {
    handler(value.has_value() ? *std::move(value) : T());
  } else {
    handler();
  }
}

// One case while its select is under way.
class SelectArm {
 public:
  virtual ~SelectArm() = default;
  virtual sync::SelectCase Case() = 0;
  // The case was taken.
  virtual void Handle() = 0;
  virtual bool IsDefault() const { return false; }
  Site site;

 protected:
  explicit SelectArm(Site s) : site(s) {}
};

template <class T, class F>
class ReceiveArm final : public SelectArm {
 public:
  ReceiveArm(Channel<T> channel, F handler, Site s)
      : SelectArm(s), channel_(std::move(channel)), handler_(std::move(handler)) {}
  sync::SelectCase Case() override {
    TouchDone<T>(channel_.ref().id);
    return {channel_.ref(), false, &value_};
  }
  void Handle() override { CallReceiver<T>(handler_, std::move(value_)); }

 private:
  Channel<T> channel_;
  F handler_;
  std::optional<T> value_;
};

template <class T, class F>
class SendArm final : public SelectArm {
 public:
  SendArm(Channel<T> channel, T value, F handler, Site s)
      : SelectArm(s),
        channel_(std::move(channel)),
        value_(std::move(value)),
        handler_(std::move(handler)) {}
  sync::SelectCase Case() override { return {channel_.ref(), true, &value_}; }
  void Handle() override { handler_(); }

 private:
  Channel<T> channel_;
  std::optional<T> value_;
  F handler_;
};

template <class F>
class DefaultArm final : public SelectArm {
 public:
  DefaultArm(F handler, Site s) : SelectArm(s), handler_(std::move(handler)) {}
  sync::SelectCase Case() override { return {}; }
  void Handle() override { handler_(); }
  bool IsDefault() const override { return true; }

 private:
  F handler_;
};

// Takes one of the arms, runs its handler, and returns its index; kDefaultCase for a default.
int RunSelect(std::span<SelectArm* const> arms, Site site);

}  // namespace api

template <class T, class F = api::NoHandler>
api::ReceiveArm<T, std::decay_t<F>> Recv(Channel<T> channel, F&& handler = {},
                                         Site site = Site::current()) {
  return {std::move(channel), std::forward<F>(handler), site};
}

template <class T, class V, class F = api::NoHandler>
api::SendArm<T, std::decay_t<F>> Send(Channel<T> channel, V&& value, F&& handler = {},
                                      Site site = Site::current()) {
  return {std::move(channel), T(std::forward<V>(value)), std::forward<F>(handler), site};
}

template <class F = api::NoHandler>
api::DefaultArm<std::decay_t<F>> Default(F&& handler = {}, Site site = Site::current()) {
  return {std::forward<F>(handler), site};
}

// Returns the index of the case taken, counted in the order of the arguments; kDefaultCase for the
// default.
template <class... Arms>
requires(sizeof...(Arms) > 0) int Select(Arms&&... arms) {
  std::array<api::SelectArm*, sizeof...(Arms)> list = {&arms...};
  return api::RunSelect(list, list[0]->site);
}

// select {}: blocks forever.
void Select(Site site = Site::current());

// A select whose cases are put together at run time. May be run again and again, unless a Send case
// was taken whose value was only to be moved.
class Selector {
 public:
  template <class T, class F = api::NoHandler>
  Selector& Recv(Channel<T> channel, F&& handler = {}, Site site = Site::current()) {
    return Add<api::ReceiveArm<T, std::decay_t<F>>>(std::move(channel), std::forward<F>(handler),
                                                    site);
  }
  template <class T, class V, class F = api::NoHandler>
  Selector& Send(Channel<T> channel, V&& value, F&& handler = {}, Site site = Site::current()) {
    return Add<api::SendArm<T, std::decay_t<F>>>(std::move(channel), T(std::forward<V>(value)),
                                                 std::forward<F>(handler), site);
  }
  template <class F = api::NoHandler>
  Selector& Default(F&& handler = {}, Site site = Site::current()) {
    return Add<api::DefaultArm<std::decay_t<F>>>(std::forward<F>(handler), site);
  }
  // As heddle::Select.
  int Run(Site site = Site::current()) { return api::RunSelect(arms_, site); }

 private:
  template <class Arm, class... Args>
  Selector& Add(Args&&... args) {
    owned_.push_back(std::make_unique<Arm>(std::forward<Args>(args)...));
    arms_.push_back(owned_.back().get());
    return *this;
  }

  std::vector<std::unique_ptr<api::SelectArm>> owned_;
  std::vector<api::SelectArm*> arms_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_SELECT_H_
