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

size_t GoProgram::StackBytes() const {
  constexpr size_t kLeaf =
      kFrameGrowth * (64 << 10);  // for the innermost native, which is not counted
  return machine_.options().max_native_stack + kLeaf;
}

bool GoProgram::CountsTasks() const {
  const std::vector<Function>& functions = machine_.program().functions;
  // Every program has the function; few call it or take it as a value.
  for (const Function& function : functions) {
    if (machine_.IsStandard(function)) continue;
    for (const Instr& instr : function.code) {
      const bool names = instr.op == Op::kCall || instr.op == Op::kFuncConst;
      if (names && functions[instr.b].native_name == "runtime.NumGoroutine") return true;
    }
  }
  return false;
}

}  // namespace heddle::golang::vm
