// SPDX-License-Identifier: Apache-2.0
//
// The services of NativeCall, and the binding of natives to a program.
#include "models/golang/vm/native.h"

#include <fmt/format.h>

#include <algorithm>

#include "models/golang/vm/interpret.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/values.h"

namespace heddle::golang::vm {

namespace {

void CallMissingNative(NativeCall& call) {
  call.Fatal(fmt::format("{} is not supported", call.function().name));
}

}  // namespace

void NativeCall::Spend(uint64_t instructions) {
  goroutine_->budget -= static_cast<int64_t>(instructions);
  if (goroutine_->budget < 0) machine().Cut("max-instructions");
}

void NativeCall::Expect(uint64_t bytes) {
  if (bytes > machine().heap().left()) machine().Cut("max-heap");
}

void* NativeCall::Allocate(uint64_t size) { return machine().Allocate(goroutine_, size); }

GoString NativeCall::NewString(std::string_view text) {
  return machine().NewString(goroutine_, text);
}

GoSlice NativeCall::NewBytes(std::string_view bytes) {
  return StringToBytes(goroutine_, {bytes.data(), static_cast<int64_t>(bytes.size())});
}

GoInterface NativeCall::MakeInterface(const RType* type, const void* value) {
  return machine().MakeInterface(goroutine_, type, value);
}

GoInterface NativeCall::StringInterface(std::string_view text) {
  const GoString string = NewString(text);
  return MakeInterface(program().types.Basic(Kind::kString), &string);
}

void NativeCall::Panic(GoInterface value) { RaiseValue(goroutine_, value); }
void NativeCall::PanicString(std::string_view text) { RaiseString(goroutine_, text); }
void NativeCall::PanicRuntimeError(std::string_view text) { RaiseRuntimeError(goroutine_, text); }
void NativeCall::PanicPlainError(std::string_view text) { RaisePlainError(goroutine_, text); }
void NativeCall::PanicNilDereference() { RaiseNilDereference(goroutine_); }
void NativeCall::Fatal(std::string_view text) { vm::Fatal(goroutine_, text); }

void NativeCall::Exit(int status) {
  Goroutine* g = goroutine_;
  if (sim::Execution* execution = machine().execution()) {
    bool pending = false;
    for (uint32_t i = 0; i < g->depth; ++i) pending |= g->frames[i].defers != nullptr;
    execution->Report({.kind = pending ? "os-exit-defers" : "os-exit",
                       .message = fmt::format("os.Exit({})", status),
                       .fatal = true,
                       .site = g->Site()});
  }
  g->signal = Signal::kEnded;
  machine().EndProgram(status);
}

void NativeCall::Goexit() { RaiseGoexit(goroutine_); }

bool NativeCall::Invoke(GoFunc function, std::span<const uint64_t> args,
                        std::span<uint64_t> results) {
  if (function.closure == nullptr) {
    PanicNilDereference();
    return false;
  }
  const Function& callee = program().functions[*function.closure];
  const uint8_t* out = CallGo(goroutine_, &callee, function.closure, args.data());
  if (out == nullptr) return false;
  if (!results.empty()) std::memcpy(results.data(), out, results.size_bytes());
  return true;
}

bool NativeCall::InvokeMethod(GoInterface receiver, uint32_t function_index,
                              std::span<const uint64_t> args, std::span<uint64_t> results) {
  std::vector<uint64_t> all = {receiver.data};
  all.insert(all.end(), args.begin(), args.end());
  const uint8_t* out =
      CallGo(goroutine_, &program().functions[function_index], nullptr, all.data());
  if (out == nullptr) return false;
  if (!results.empty()) std::memcpy(results.data(), out, results.size_bytes());
  return true;
}

uint32_t NativeCall::FindMethod(const RType* type, std::string_view exported_name) const {
  const MethodId id = program().types.FindMethodId(exported_name);
  return type == nullptr || id == TypeTable::kNoMethod ? 0 : type->FindMethod(id);
}

void NativeCall::OnRead(const void* address, uint64_t size) {
  if (!machine().watching()) return;
  goroutine_->SpendOnAccess(size);
  machine().Access(address, size, false, goroutine_->Site());
}

void NativeCall::OnWrite(const void* address, uint64_t size) {
  ++goroutine_->effects;
  if (!machine().watching()) return;
  goroutine_->SpendOnAccess(size);
  machine().Access(address, size, true, goroutine_->Site());
}

void NativeCall::Write(int descriptor, std::string_view text) {
  machine().Write(goroutine_, descriptor, text);
}

Machine& NativeCall::machine() { return goroutine_->machine(); }
const Program& NativeCall::program() const { return goroutine_->machine().program(); }

std::vector<std::string> Link(const NativeTable& natives, Program* program) {
  std::vector<std::string> missing;
  program->static_closures.resize(program->functions.size());
  for (size_t i = 0; i < program->functions.size(); ++i) {
    Function& function = program->functions[i];
    program->static_closures[i] = i;
    if (!function.code.empty()) continue;
    function.frame_size = function.results_size + function.args_size;
    if (function.closure_slot != kNoRegister) function.frame_size += 8;
    function.native = natives.Find(function.native_name);
    if (function.native != nullptr) continue;
    missing.push_back(function.native_name);
    function.native = &CallMissingNative;
  }
  std::sort(missing.begin(), missing.end());
  return missing;
}

}  // namespace heddle::golang::vm
