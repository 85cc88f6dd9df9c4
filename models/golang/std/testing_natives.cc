// SPDX-License-Identifier: Apache-2.0
// Natives of log and testing: positions of callers, the state of tests, failures as incidents.
#include <algorithm>
#include <string>
#include <vector>

#include "models/golang/std/frames.h"
#include "models/golang/std/natives.h"
#include "models/golang/std/timers.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/values.h"

namespace heddle::golang {
namespace {

using vm::Frame;
using vm::GoFunc;
using vm::Goroutine;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;

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

// The lines of a text.
std::vector<std::string_view> LinesArg(NativeCall& call) {
  std::string_view text = call.Arg<GoString>().view();
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    out.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return out;
}

// ---- testing: state that goroutines share, each change in one step and unseen by the race
// detector ----------------

void IsSet(NativeCall& call) { call.Return(*call.Arg<const bool*>()); }
void Set(NativeCall& call) { *call.Arg<bool*>() = true; }

void AddText(NativeCall& call) {
  auto* text = call.Arg<GoSlice*>();
  const GoString more = call.Arg<GoString>();
  *text = vm::GrowSlice(&call.goroutine(), call.program().types.Basic(Kind::kUint8), *text,
                        more.length);
  std::copy(more.data, more.data + more.length, text->data + text->length);
  text->length += more.length;
}

void TakeText(NativeCall& call) {
  auto* text = call.Arg<GoSlice*>();
  call.ReturnString({reinterpret_cast<const char*>(text->data), static_cast<size_t>(text->length)});
  *text = {};
}

void ReadString(NativeCall& call) { call.Return(*call.Arg<const GoString*>()); }

void AddLine(NativeCall& call) {
  auto* text = call.Arg<GoString*>();
  const std::string line = std::string(call.Arg<GoString>().view()) + '\n';
  if (text->view().find(line) == std::string_view::npos) {
    *text = call.NewString(std::string(text->view()) + line);
  }
}

void AddCleanup(NativeCall& call) {
  auto* list = call.Arg<GoSlice*>();
  const auto function = call.Arg<GoFunc>();
  *list = vm::GrowSlice(&call.goroutine(), call.function().params[1], *list, 1);
  reinterpret_cast<GoFunc*>(list->data)[list->length++] = function;
}

void TakeCleanup(NativeCall& call) {
  auto* list = call.Arg<GoSlice*>();
  const bool some = list->length > 0;
  call.Return(some ? reinterpret_cast<const GoFunc*>(list->data)[--list->length] : GoFunc{});
  call.Return(some);
}

void CallerPosition(NativeCall& call) {
  const Frame* frame = ReportedFrame(call.goroutine(), LinesArg(call));
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
  const std::vector<std::string_view> helpers = LinesArg(call);
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
  incident.site = frame == nullptr ? call.goroutine().Site()
                                   : call.machine().MakeSite(frame->function, frame->pc);
  execution->Report(std::move(incident));
}

// The test is used, or has completed; of the top-level test, for with it all subtests are over.
void NoteTest(NativeCall& call, const char* kind) {
  const auto name = call.Arg<GoString>();
  sim::Execution* execution = call.machine().execution();
  if (execution == nullptr) {
    return;
  }
  execution->Report({.kind = kind,
                     .message = std::string(name.view().substr(0, name.view().find('/'))),
                     .site = call.goroutine().Site()});
}

void NoteUse(NativeCall& call) { NoteTest(call, "test-use"); }
void NoteDone(NativeCall& call) { NoteTest(call, "test-done"); }

void PanicAfterTest(NativeCall& call) {
  vm::RaiseString(&call.goroutine(), call.Arg<GoString>().view(), "test-failure");
}

// How the function that deferred the caller is being left, as in testing.go. A Goexit is held up:
// the function returns.
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

void AddTestingNatives(vm::NativeTable* table) {
  table->Add("log.clock", &Clock);
  table->Add("testing.clock", &Clock);
  table->Add("testing.isSet", &IsSet);
  table->Add("testing.set", &Set);
  table->Add("testing.addText", &AddText);
  table->Add("testing.takeText", &TakeText);
  table->Add("testing.readString", &ReadString);
  table->Add("testing.addLine", &AddLine);
  table->Add("testing.addCleanup", &AddCleanup);
  table->Add("testing.takeCleanup", &TakeCleanup);
  table->Add("testing.callerPosition", &CallerPosition);
  table->Add("testing.callerFunction", &CallerFunction);
  table->Add("testing.reportFailure", &ReportFailure);
  table->Add("testing.noteUse", &NoteUse);
  table->Add("testing.noteDone", &NoteDone);
  table->Add("testing.panicAfterTest", &PanicAfterTest);
  table->Add("testing.unwinding", &Unwinding);
}

}  // namespace heddle::golang
