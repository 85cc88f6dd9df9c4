// SPDX-License-Identifier: Apache-2.0
//
// The values of run-time panics: of the types that the Go package runtime declares for them.
#include "models/golang/vm/raise.h"

#include <fmt/format.h>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/traceback.h"

namespace heddle::golang::vm {

namespace {

// A value of a defined string type, or a plain string when the program lacks the type.
GoInterface ErrorValue(Goroutine* g, const RType* type, std::string_view text,
                       std::string_view prefix) {
  Machine& machine = g->machine();
  if (type == nullptr) {
    const GoString string = machine.NewString(g, std::string(prefix) + std::string(text));
    return machine.MakeInterface(g, machine.program().types.Basic(Kind::kString), &string);
  }
  const GoString string = machine.NewString(g, text);
  return machine.MakeInterface(g, type, &string);
}

constexpr std::string_view kPrefix = "runtime error: ";

// "interface {}" for a static type, as the runtime names it.
std::string_view StaticName(const RType* static_type) {
  return static_type == nullptr ? std::string_view("interface")
                                : std::string_view(static_type->name);
}

}  // namespace

void RaiseRuntimeError(Goroutine* g, std::string_view text) {
  g->Raise(ErrorValue(g, g->machine().program().runtime.error_string, text, kPrefix));
}

void RaiseBoundsError(Goroutine* g, std::string_view text) {
  g->Raise(ErrorValue(g, g->machine().program().runtime.bounds_error, text, kPrefix));
}

void RaisePlainError(Goroutine* g, std::string_view text, const char* finding) {
  g->Raise(ErrorValue(g, g->machine().program().runtime.plain_error, text, ""));
  g->pending.finding = finding;
}

void RaiseString(Goroutine* g, std::string_view text, const char* finding) {
  g->Raise(ErrorValue(g, nullptr, text, ""));
  g->pending.finding = finding;
}

void RaiseNilDereference(Goroutine* g, uint64_t fault_address) {
  RaiseRuntimeError(g, "invalid memory address or nil pointer dereference");
  g->pending.is_fault = true;
  g->pending.fault_address = fault_address;
}

void RaiseIndex(Goroutine* g, int64_t index, int64_t length) {
  if (index < 0) {
    RaiseBoundsError(g, fmt::format("index out of range [{}]", index));
  } else {
    RaiseBoundsError(g, fmt::format("index out of range [{}] with length {}", index, length));
  }
}

void RaiseTypeAssertion(Goroutine* g, const RType* static_type, const RType* dynamic,
                        const RType* target, const std::string* missing) {
  std::string text = "interface conversion: ";
  if (dynamic == nullptr) {
    text +=
        fmt::format("{} is nil, not {}",
                    target->IsInterface() ? "interface" : StaticName(static_type), target->name);
  } else if (missing != nullptr) {
    text += fmt::format("{} is not {}: missing method {}", dynamic->name, target->name, *missing);
  } else {
    text += fmt::format("{} is {}, not {}", StaticName(static_type), dynamic->name, target->name);
    if (dynamic->name == target->name) {
      text += dynamic->package != target->package ? " (types from different packages)"
                                                  : " (types from different scopes)";
    }
  }
  Machine& machine = g->machine();
  const RType* type = machine.program().runtime.type_assertion_error;
  if (type == nullptr) {
    g->Raise(ErrorValue(g, nullptr, text, ""));
    return;
  }
  auto* error = static_cast<GoString*>(machine.Allocate(g, type->elem->size));
  *error = machine.NewString(g, text);
  g->Raise(machine.MakeInterface(g, type, &error));
}

void RaiseValue(Goroutine* g, GoInterface value) {
  Machine& machine = g->machine();
  const RType* nil_error = machine.program().runtime.panic_nil_error;
  if (value.type == nullptr && machine.program().lang_minor >= 21 && nil_error != nullptr) {
    void* error = machine.Allocate(g, nil_error->elem->size);
    value = machine.MakeInterface(g, nil_error, &error);
  }
  g->Raise(value);
}

void RaiseGoexit(Goroutine* g) {
  g->Raise({});
  g->pending.goexit = true;
}

void Fatal(Goroutine* g, std::string_view text, const char* finding, std::string_view preamble) {
  Machine& machine = g->machine();
  std::string out(preamble);
  out += fmt::format("fatal error: {}\n\n{}", text, GoroutineTrace(*g, "running"));
  machine.Write(g, 2, out);
  if (machine.execution() != nullptr) {
    machine.execution()->Report({.kind = finding,
                                 .message = fmt::format("fatal error: {}", text),
                                 .fatal = true,
                                 .site = g->Site()});
  }
  g->panicking = true;
  g->signal = Signal::kEnded;
  machine.EndProgram(2);
}

void FatalStackOverflow(Goroutine* g) {
  Fatal(g, "stack overflow", "panic", "runtime: goroutine stack exceeds 1000000000-byte limit\n");
}

}  // namespace heddle::golang::vm
