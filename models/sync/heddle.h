// SPDX-License-Identifier: Apache-2.0
// heddle.h: what a C++ test of concurrent code is written with.
//
// Go's primitives, by their Go names, in namespace heddle: one include for tests, together with
// checker/api/check.h, which runs a function in every order that matters. Everything here is used
// inside a function that is being checked, and nowhere else.
#ifndef HEDDLE_MODELS_SYNC_HEDDLE_H_
#define HEDDLE_MODELS_SYNC_HEDDLE_H_

#include "models/sync/api_atomic.h"
#include "models/sync/api_channel.h"
#include "models/sync/api_context.h"
#include "models/sync/api_mutex.h"
#include "models/sync/api_panic.h"
#include "models/sync/api_select.h"
#include "models/sync/api_task.h"
#include "models/sync/api_time.h"
#include "models/sync/api_waiting.h"

#endif  // HEDDLE_MODELS_SYNC_HEDDLE_H_
