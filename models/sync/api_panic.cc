// SPDX-License-Identifier: Apache-2.0
// Panic, and how it finds out that it was swallowed.
#include "models/sync/api_panic.h"

#include "models/sync/api_panic_state.h"

namespace heddle {

Panic::State::~State() {
  api::Runtime* runtime = api::Runtime::Current();
  if (settled || runtime == nullptr || !runtime->OnTask()) return;
  switch (status) {
    case sync::kPanicSendOnClosed:
    case sync::kPanicCloseOfClosed:
    case sync::kPanicCloseOfNil:
    case sync::kPanicNegativeCounter:
      runtime->Report("masked-panic",
                      std::string("a recover swallowed the panic: ") + sync::Message(status), false,
                      site);
      return;
    case sync::kOk:
    case sync::kPanicReusedWaitGroup:
    case sync::kFatalUnlock:
    case sync::kFatalRUnlock:
    case sync::kFatalRwUnlock:
      return;
  }
}

Panic::Panic(const std::string& message, Site site)
    : std::runtime_error(message), state_(std::make_shared<State>(sync::kOk, site)) {}

Panic::Panic(sync::Status status, Site site)
    : std::runtime_error(sync::Message(status)), state_(std::make_shared<State>(status, site)) {}

Site Panic::site() const { return state_->site; }

void Assert(bool condition, std::string_view message, Site site) {
  if (condition) return;
  api::Runtime& runtime = api::Runtime::Get();
  runtime.Report("test-failure", std::string(message), true, site);
  runtime.Die();
}

}  // namespace heddle
