// SPDX-License-Identifier: Apache-2.0
// Panics, fatal errors and failed assertions of C++ tests.
//
// A Go panic is the exception Panic; catching it is Go's recover, and destructors are the deferred
// calls. A panic of the kinds that are always a bug (close of a closed or nil channel, send on a
// closed one, a negative WaitGroup) that is caught and goes no further is reported as masked. A
// fatal error is FatalError, which is no std::exception and ends its task even if it is caught.
#ifndef HEDDLE_MODELS_SYNC_API_PANIC_H_
#define HEDDLE_MODELS_SYNC_API_PANIC_H_

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "models/sync/api_runtime.h"

namespace heddle {

class Panic : public std::runtime_error {
 public:
  // `throw Panic("...")` is Go's panic("...").
  explicit Panic(const std::string& message, Site site = Site::current());
  // The panic of a primitive.
  Panic(sync::Status status, Site site);

  // Where it was raised.
  Site site() const;

 private:
  friend class api::TaskState;
  friend class api::Runtime;
  struct State;
  std::shared_ptr<State> state_;  // goes when the last copy of the exception does
};

// What ends a task that cannot go on. Rethrow it when `catch (...)` has caught it.
struct FatalError {};

// Reports a test-failure with this message, and ends the task, unless `condition` holds.
void Assert(bool condition, std::string_view message, Site site = Site::current());

// Go's defer: calls the function at the end of the scope. Unlike other destructors this one may
// throw, so a panic raised by the function goes on as it does in Go.
template <class F>
class Defer {
 public:
  explicit Defer(F function) : function_(std::move(function)) {}
  ~Defer() noexcept(false) { function_(); }
  Defer(const Defer&) = delete;
  Defer& operator=(const Defer&) = delete;

 private:
  F function_;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_PANIC_H_
