// SPDX-License-Identifier: Apache-2.0
// Natives of runtime, os, log and testing: the goroutine's own stack, the streams, the end of the program.
#include <algorithm>
#include <string>

#include "models/golang/std/natives.h"
#include "models/golang/std/timers.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
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

// ---- runtime ----------------------------------------------------------------------------------------------------

void Gosched(NativeCall& call) {
  vm::Visible(&call.goroutine(), [](sim::Execution& ex, CallSite at) { return sync::Yield(ex, at); });
}

void Goexit(NativeCall& call) { call.Goexit(); }

void NumGoroutine(NativeCall& call) {
  const sim::Result result =
      vm::Visible(&call.goroutine(), [](sim::Execution& ex, CallSite at) { return sync::NumTasks(ex, at); });
  if (!Stopped(&call.goroutine())) {
    call.Return(result.value);
  }
}

// The frames that Go shows, innermost first; the native's own is the first.
template <typename Visit>
void EachFrame(const Goroutine& g, Visit visit) {
  for (uint32_t i = g.depth; i > 0; --i) {
    if (!g.frames[i - 1].function->is_wrapper && !visit(g.frames[i - 1])) {
      return;
    }
  }
}

struct Place {
  std::string function;
  std::string file;
  int64_t line = 0;
};

Place PlaceOfSite(vm::Machine& machine, uint64_t site) {
  const CodePosition position = machine.PositionOfSite(site);
  Place place;
  place.function = machine.FunctionOfSite(site).name;
  place.line = position.line;
  if (position.line != 0) {
    place.file = machine.program().files[position.file];
  }
  return place;
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

// ---- os ---------------------------------------------------------------------------------------------------------

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
  call.Write(static_cast<int>(descriptor), {reinterpret_cast<const char*>(bytes.data), static_cast<size_t>(bytes.length)});
}

void WriteString(NativeCall& call) {
  const auto descriptor = call.Arg<int64_t>();
  call.Write(static_cast<int>(descriptor), call.Arg<GoString>().view());
}

// ---- log, testing -----------------------------------------------------------------------------------------------

void Clock(NativeCall& call) {
  sim::Execution* execution = call.machine().execution();
  call.Return(kVirtualStart + (execution == nullptr ? 0 : execution->model().Now()));
}

// The frame that a log line names: the first one outside package testing that is not a helper.
const Frame* ReportedFrame(const Goroutine& g, const std::vector<std::string_view>& helpers) {
  const Frame* found = nullptr;
  EachFrame(g, [&](const Frame& frame) {
    if (frame.function->package == "testing" || frame.function->native != nullptr ||
        std::find(helpers.begin(), helpers.end(), frame.function->name) != helpers.end()) {
      return true;
    }
    found = &frame;
    return false;
  });
  return found;
}

std::vector<std::string_view> StringsArg(NativeCall& call) {
  const auto slice = call.Arg<GoSlice>();
  const auto* strings = reinterpret_cast<const GoString*>(slice.data);
  std::vector<std::string_view> out;
  for (int64_t i = 0; i < slice.length; ++i) {
    out.push_back(strings[i].view());
  }
  return out;
}

void CallerPosition(NativeCall& call) {
  const Frame* frame = ReportedFrame(call.goroutine(), StringsArg(call));
  Place place = {"", "???", 1};
  if (frame != nullptr) {
    place = PlaceOfSite(call.machine(), call.machine().MakeSite(frame->function, frame->pc));
  }
  call.ReturnString(place.file.substr(place.file.rfind('/') + 1));
  call.Return(place.line);
}

void CallerFunction(NativeCall& call) {
  std::string name;
  int at = 0;
  EachFrame(call.goroutine(), [&](const Frame& frame) {
    name = frame.function->name;
    return at++ < 2;
  });
  call.ReturnString(name);
}

void ReportFailure(NativeCall& call) {
  const auto name = call.Arg<GoString>();
  const auto message = call.Arg<GoString>();
  const std::vector<std::string_view> helpers = StringsArg(call);
  sim::Execution* execution = call.machine().execution();
  if (execution == nullptr) {
    return;
  }
  sim::Incident incident;
  incident.kind = "test-failure";
  incident.message = std::string(name.view()) + " failed";
  if (message.length > 0) {
    incident.message += ": " + std::string(message.view());
  }
  const Frame* frame = ReportedFrame(call.goroutine(), helpers);
  incident.site = frame == nullptr ? call.goroutine().Site() : call.machine().MakeSite(frame->function, frame->pc);
  execution->Report(std::move(incident));
}

void PanicAfterTest(NativeCall& call) {
  vm::RaiseString(&call.goroutine(), call.Arg<GoString>().view(), "test-failure");
}

// How the function that deferred the caller is being left, as in testing.go. A Goexit is held up: the function returns.
void Unwinding(NativeCall& call) {
  auto& panics = call.goroutine().panics;
  int64_t how = 0;
  if (!panics.empty() && !panics.back().recovered) {
    how = panics.back().goexit ? 2 : 1;
    if (panics.back().goexit) {
      panics.back().goexit = false;
      panics.back().recovered = true;
    }
  }
  call.Return(how);
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
  table->Add("log.clock", &Clock);
  table->Add("testing.clock", &Clock);
  table->Add("testing.callerPosition", &CallerPosition);
  table->Add("testing.callerFunction", &CallerFunction);
  table->Add("testing.reportFailure", &ReportFailure);
  table->Add("testing.panicAfterTest", &PanicAfterTest);
  table->Add("testing.unwinding", &Unwinding);
}

}  // namespace heddle::golang
