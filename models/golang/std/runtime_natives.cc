// SPDX-License-Identifier: Apache-2.0
// Natives of runtime and os: the goroutine's own stack, the streams, the end of the program.
#include <unistd.h>

#include <algorithm>
#include <string>

#include "models/golang/std/frames.h"
#include "models/golang/std/natives.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/traceback.h"
#include "models/golang/vm/visible.h"

namespace heddle::golang {
namespace {

using sync::CallSite;
using vm::Frame;
using vm::Goroutine;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;
using vm::Stopped;

// ---- runtime

void Gosched(NativeCall& call) {
  vm::Visible(&call.goroutine(),
              [](sim::Execution& ex, CallSite at) { return sync::Yield(ex, at); });
}

void Goexit(NativeCall& call) { call.Goexit(); }

void NumGoroutine(NativeCall& call) {
  const sim::Result result = vm::Visible(
      &call.goroutine(), [](sim::Execution& ex, CallSite at) { return sync::NumTasks(ex, at); });
  if (!Stopped(&call.goroutine())) {
    call.Return(result.value);
  }
}

// Counters are numbered from here on, so that none is 0.
constexpr uint64_t kFirstCounter = 0x480000;

void CallerAt(NativeCall& call) {
  const auto skip = call.Arg<int64_t>();
  const Frame* found = nullptr;
  int64_t at = 0;
  EachFrame(call.goroutine(), [&](const Frame& frame) {
    found = at++ == skip + 2 ? &frame : nullptr;
    return found == nullptr;
  });
  if (skip < -1 || found == nullptr) {
    call.Return(uint64_t{0});
    call.ReturnString("");
    call.ReturnString("");
    call.Return(int64_t{0});
    call.Return(false);
    return;
  }
  const uint64_t site = call.machine().MakeSite(found->function, found->pc);
  const Place place = PlaceOfSite(call.machine(), site);
  call.Return(site + kFirstCounter);
  call.ReturnString(place.function);
  call.ReturnString(place.file);
  call.Return(place.line);
  call.Return(true);
}

void DescribeCounter(NativeCall& call) {
  const uint64_t site = call.Arg<uint64_t>() - kFirstCounter;
  Place place;
  if (site >> 32 < call.program().functions.size()) {
    place = PlaceOfSite(call.machine(), site);
  }
  call.ReturnString(place.function);
  call.ReturnString(place.file);
  call.Return(place.line);
}

void Stack(NativeCall& call) { call.ReturnString(vm::GoroutineTrace(call.goroutine(), "running")); }

// ---- os

void ProgramArgs(NativeCall& call) {
  const std::vector<std::string>& arguments = call.machine().options().arguments;
  const size_t count = std::max<size_t>(arguments.size(), 1);
  auto* strings = static_cast<GoString*>(call.Allocate(count * sizeof(GoString)));
  strings[0] = call.NewString("main");
  for (size_t i = 0; i < arguments.size(); ++i) {
    strings[i] = call.NewString(arguments[i]);
  }
  const auto length = static_cast<int64_t>(count);
  call.Return(GoSlice{reinterpret_cast<uint8_t*>(strings), length, length});
}

void Exit(NativeCall& call) { call.Exit(static_cast<int>(call.Arg<int64_t>() & 0xFF)); }

void Write(NativeCall& call) {
  const auto descriptor = call.Arg<int64_t>();
  const auto bytes = call.Arg<GoSlice>();
  if (bytes.length > 0) {
    call.OnRead(bytes.data, bytes.length);
  }
  call.Write(static_cast<int>(descriptor),
             {reinterpret_cast<const char*>(bytes.data), static_cast<size_t>(bytes.length)});
}

void WriteString(NativeCall& call) {
  const auto descriptor = call.Arg<int64_t>();
  call.Write(static_cast<int>(descriptor), call.Arg<GoString>().view());
}

void ReadInput(NativeCall& call) {
  const auto bytes = call.Arg<GoSlice>();
  int64_t count = 0;
  if (call.machine().options().ends_at_once) {
    call.OnWrite(bytes.data, bytes.length);
    count = std::max<int64_t>(0, ::read(STDIN_FILENO, bytes.data, bytes.length));
  }
  call.Return(count);
}

}  // namespace

void AddRuntimeNatives(vm::NativeTable* table) {
  table->Add("runtime.Gosched", &Gosched);
  table->Add("runtime.Goexit", &Goexit);
  table->Add("runtime.NumGoroutine", &NumGoroutine);
  table->Add("runtime.callerAt", &CallerAt);
  table->Add("runtime.describePC", &DescribeCounter);
  table->Add("runtime.stack", &Stack);
  table->Add("os.programArgs", &ProgramArgs);
  table->Add("os.exit", &Exit);
  table->Add("os.write", &Write);
  table->Add("os.writeString", &WriteString);
  table->Add("os.readInput", &ReadInput);
}

}  // namespace heddle::golang
