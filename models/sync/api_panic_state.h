// SPDX-License-Identifier: Apache-2.0
// What the copies of one Panic share. Only for the files of the API that raise and report panics.
#ifndef HEDDLE_MODELS_SYNC_API_PANIC_STATE_H_
#define HEDDLE_MODELS_SYNC_API_PANIC_STATE_H_

#include "models/sync/api_panic.h"

namespace heddle {

struct Panic::State {
  State(sync::Status s, Site at) : status(s), site(at) {}
  // The exception is gone: it was swallowed, unless it came to the top of its task before.
  ~State();
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  sync::Status status;
  Site site;
  bool settled = false;
};

}  // namespace heddle

#endif  // HEDDLE_MODELS_SYNC_API_PANIC_STATE_H_
