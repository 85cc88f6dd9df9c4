// SPDX-License-Identifier: Apache-2.0
//
// Functions that stand for a method: method expressions, method values, and entries of method
// tables that must reach an embedded value or take a receiver by its address.
//
// They are hidden in traces and transparent for recover. Source: bytecode.h, CALLS.
#include "models/golang/bytecode/compile_function.h"

namespace heddle::golang::compile {

Function FunctionCompiler::CompileForward(const Type* receiver, const MethodTarget& target,
                                          Forward forward, Pos pos) {
  At(pos);
  Function& f = b().function();
  f.is_wrapper = true;
  f.position = b().position();
  const types::Signature* signature = target.signature();
  for (const types::Param& result : signature->results) AddResult(nullptr, result.type);
  f.results_size = b().top();
  Place place = RegisterPlace(b().top(), receiver);
  if (forward == Forward::kReceiver) {
    f.has_receiver = true;
    AddParameter(nullptr, receiver);
  } else if (forward == Forward::kReceiverAddress) {
    f.has_receiver = true;
    AddParameter(nullptr, table().PointerTo(receiver));
    place.kind = Place::Kind::kMemory;
    place.non_nil = true;
  }
  std::vector<Reg> args;
  for (const types::Param& param : signature->params) {
    args.push_back(b().top());
    AddParameter(nullptr, param.type);
  }
  f.args_size = b().top() - f.results_size;
  if (forward == Forward::kCapture) {
    f.closure_slot = b().Alloc(8);
    place.base = Temp(receiver);
    b().LoadCapture(place.base, 0, Size(receiver));
  }

  const Callee callee = TargetCallee(Follow(place, target.path), target);
  const Window window = OpenWindow(callee);
  if (callee.has_receiver) {
    b().Move(window.receiver, callee.receiver, Size(callee.receiver_type));
  }
  Reg slot = window.args;
  for (size_t i = 0; i < args.size(); i++) {
    const uint64_t size = Size(signature->params[i].type);
    b().Move(slot, args[i], size);
    slot += SlotSize(size);
  }
  EmitCall(callee, window, CallMode::kCall);
  b().Move(0, window.base, f.results_size);
  b().Emit(Op::kRet);
  return Finish();
}

}  // namespace heddle::golang::compile
