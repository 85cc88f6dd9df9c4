// SPDX-License-Identifier: Apache-2.0
// Channel<T>: Go's channels for C++ tests.
//
// A Channel is a handle: copies are the same channel, so tasks capture it by value. It has no
// receive-only and send-only kinds. Received values come as std::optional, empty when the channel
// is closed and drained.
#ifndef HEDDLE_MODELS_SYNC_API_CHANNEL_H_
#define HEDDLE_MODELS_SYNC_API_CHANNEL_H_

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/sync/api_panic.h"
#include "models/sync/api_runtime.h"

namespace heddle {

// Go's struct{}: the element of channels that only signal.
struct Void {
  friend bool operator==(Void, Void) = default;
};

namespace api {

// A value as a reader of a trace would write it; empty: not known. Strings are quoted.
std::string ShowText(std::string_view text);
std::string ShowNumber(int64_t number);
std::string ShowNumber(uint64_t number);
std::string ShowNumber(double number);

template <class T>
std::string ShowValue(const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    return value ? "true" : "false";
  } else if constexpr (std::is_floating_point_v<T>) {
    return ShowNumber(static_cast<double>(value));
  } else if constexpr (std::is_enum_v<T>) {
    return ShowValue(static_cast<std::underlying_type_t<T>>(value));
  } else if constexpr (std::is_unsigned_v<T>) {
    return ShowNumber(static_cast<uint64_t>(value));
  } else if constexpr (std::is_integral_v<T>) {
    return ShowNumber(static_cast<int64_t>(value));
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return ShowText(value);
  } else if constexpr (std::is_same_v<T, Void>) {
    return "{}";
  } else {
    return "";
  }
}

// The live half of a channel. Slots are std::optional<T>*: what is sent stays in the sender's,
// where traces look for it, unless T can only be moved.
class ChannelCore : public sim::PayloadStore, public std::enable_shared_from_this<ChannelCore> {
 public:
  ~ChannelCore() override {
    if (runtime_ != nullptr) runtime_->Unlink(this);
  }
  // Drops the buffered values.
  virtual void Clear() = 0;

  const sync::ChannelRef& ref() const { return ref_; }
  // The channel of a timer: its buffer cannot be seen (go1.23).
  void HideBuffer() { hidden_ = true; }
  void SetTicks() { ref_.ticks = true; }
  bool hidden() const { return hidden_; }

 protected:
  ChannelCore(Runtime& runtime, int32_t capacity) : runtime_(&runtime) {
    ref_ = {runtime.NewObject(), capacity, this};
    runtime.Link(this);
  }

 private:
  friend class Runtime;
  Runtime* runtime_;  // null after the end of its execution
  ChannelCore* previous_ = nullptr;
  ChannelCore* next_ = nullptr;
  sync::ChannelRef ref_;
  bool hidden_ = false;
};

template <class T>
class ChannelOf final : public ChannelCore {
 public:
  ChannelOf(Runtime& runtime, int32_t capacity) : ChannelCore(runtime, capacity) {}

  void Hand(void* from, void* to) override { Slot(to).emplace(Take(from)); }
  void Push(void* from) override { queue_.push_back(Take(from)); }
  void Pop(void* to) override {
    Slot(to).emplace(std::move(queue_[head_]));
    Drop();
  }
  void Zero(void* to) override { Slot(to).reset(); }
  void Drop() override {
    if (++head_ == queue_.size()) {
      queue_.clear();
      head_ = 0;
    } else if (head_ >= 32 && 2 * head_ >= queue_.size()) {
      queue_.erase(queue_.begin(), queue_.begin() + static_cast<ptrdiff_t>(head_));
      head_ = 0;
    }
  }
  void Clear() override {
    std::vector<T> values =
        std::exchange(queue_, {});  // their destructors may look at this channel
    head_ = 0;
  }
  std::string Show(const void* slot) const override {
    const auto& value = *static_cast<const std::optional<T>*>(slot);
    return value.has_value() ? ShowValue(*value) : "";
  }

 private:
  static decltype(auto) Take(void* slot) {
    if constexpr (std::is_copy_constructible_v<T>) {
      return static_cast<const T&>(*Slot(slot));
    } else {
      return static_cast<T&&>(*Slot(slot));
    }
  }
  static std::optional<T>& Slot(void* slot) { return *static_cast<std::optional<T>*>(slot); }

  std::vector<T> queue_;  // from head_ on
  size_t head_ = 0;
};

struct NoMark {
  NoMark() = default;
  explicit NoMark(sim::ObjectId) {}
};

// Notes that the current task knows a channel, if it is one that only signals.
template <class T>
void TouchDone(sim::ObjectId id) {
  if constexpr (std::is_same_v<T, Void>) Runtime::Get().task().Touch(id);
}

}  // namespace api

// T must be movable, and moving it must neither throw nor use a primitive.
template <class T>
class Channel {
 public:
  using value_type = T;

  // make(chan T, capacity).
  explicit Channel(int64_t capacity = 0, Site site = Site::current()) {
    api::Runtime& runtime = api::Runtime::Get();
    if (capacity < 0 || capacity > INT32_MAX) {
      runtime.RaisePanic("makechan: size out of range", site);
      capacity = 0;
    }
    core_ = std::make_shared<api::ChannelOf<T>>(runtime, static_cast<int32_t>(capacity));
    mark_ = Mark(core_->ref().id);
  }
  // The nil channel: sends and receives block forever.
  static Channel Nil() { return Channel(std::nullptr_t{}); }

  // Throws Panic when the channel is closed.
  void Send(T value, Site site = Site::current()) const {
    std::optional<T> slot(std::move(value));
    api::Runtime::Get().Perform(site, api::Release::kNo,
                                [&](sim::Execution& ex, sync::CallSite at) {
                                  return sync::Send(ex, Hold().ref(), &slot, at);
                                });
  }
  // Empty when the channel is closed and drained.
  std::optional<T> Receive(Site site = Site::current()) const {
    std::optional<T> value;
    api::Runtime::Get().Perform(site, api::Release::kNo,
                                [&](sim::Execution& ex, sync::CallSite at) {
                                  api::TouchDone<T>(ref().id);
                                  return sync::Receive(ex, Hold().ref(), &value, at);
                                });
    return value;
  }
  // Throws Panic when the channel is nil or closed.
  void Close(Site site = Site::current()) const {
    api::Runtime::Get().Perform(
        site, api::Release::kYes,
        [&](sim::Execution& ex, sync::CallSite at) { return sync::Close(ex, ref(), at); });
  }
  // How many values are buffered: an observation, and so an operation.
  int64_t Len(Site site = Site::current()) const {
    if (core_ == nullptr || core_->hidden()) return 0;
    sim::Result r = api::Runtime::Get().Perform(
        site, api::Release::kNo,
        [&](sim::Execution& ex, sync::CallSite at) { return sync::Len(ex, ref(), at); });
    return sync::Abandoned(r) ? 0 : r.value;
  }
  int64_t Cap() const { return core_ == nullptr || core_->hidden() ? 0 : ref().capacity; }
  bool IsNil() const { return core_ == nullptr; }

  friend bool operator==(const Channel& a, const Channel& b) { return a.core_ == b.core_; }

  // `for (T value : channel)` receives until the channel is closed and drained.
  class Iterator {
   public:
    using value_type = T;
    using difference_type = ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    T& operator*() { return *value_; }
    Iterator& operator++() {
      value_ = channel_->Receive(site_);
      return *this;
    }
    bool operator==(std::default_sentinel_t) const { return !value_.has_value(); }

   private:
    friend class Channel;
    Iterator(const Channel* channel, Site site)
        : channel_(channel), site_(site), value_(channel->Receive(site)) {}
    const Channel* channel_;
    Site site_;
    std::optional<T> value_;
  };
  Iterator begin(Site site = Site::current()) const { return Iterator(this, site); }
  std::default_sentinel_t end() const { return {}; }

  // For select, timers and contexts.
  sync::ChannelRef ref() const { return core_ == nullptr ? sync::ChannelRef{} : core_->ref(); }
  const std::shared_ptr<api::ChannelCore>& core() const { return core_; }

 private:
  // Keeps the channel while an operation on it is pending: the handle may lie in a frame that goes
  // away.
  class Held {
   public:
    explicit Held(std::shared_ptr<api::ChannelCore> core) : core_(std::move(core)) {}
    sync::ChannelRef ref() const { return core_ == nullptr ? sync::ChannelRef{} : core_->ref(); }

   private:
    std::shared_ptr<api::ChannelCore> core_;
  };
  using Mark = std::conditional_t<std::is_same_v<T, Void>, api::CaptureMark, api::NoMark>;

  explicit Channel(std::nullptr_t) {}
  Held Hold() const { return Held(core_); }

  std::shared_ptr<api::ChannelCore> core_;
  [[no_unique_address]] Mark mark_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_CHANNEL_H_
