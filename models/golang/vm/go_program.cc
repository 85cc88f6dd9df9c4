// SPDX-License-Identifier: Apache-2.0
//
// A Go program for the explorer.
#include "models/golang/vm/go_program.h"

namespace heddle::golang::vm {

std::function<void()> GoProgram::Start(sim::Execution& execution, sim::TaskClient** client) {
  std::function<void()> body = machine_.Begin(&execution, entry_);
  *client = machine_.main_client();
  return body;
}

size_t GoProgram::StackBytes() const { return 2 * machine_.options().max_native_stack; }

bool GoProgram::CountsTasks() const {
  for (const Function& function : machine_.program().functions) {
    if (function.native_name == "runtime.NumGoroutine") return true;
  }
  return false;
}

}  // namespace heddle::golang::vm
