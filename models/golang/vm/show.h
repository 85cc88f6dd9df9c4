// SPDX-License-Identifier: Apache-2.0
//
// A Go value as one short piece of text for traces and reports: without running Go code, without
// addresses.
#ifndef HEDDLE_MODELS_GOLANG_VM_SHOW_H_
#define HEDDLE_MODELS_GOLANG_VM_SHOW_H_

#include <string>

#include "models/golang/bytecode/rtype.h"

namespace heddle::golang::vm {

// "5", "\"text\"", "{1 true}", "[1 2 3 ...]", "*main.Job", "nil". At most about 60 characters.
std::string ShowValue(const RType* type, const void* value);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_SHOW_H_
