// SPDX-License-Identifier: Apache-2.0
//
// The unwinding of panics: find the last deferred call, run it, go on or stop.
#include "models/golang/vm/unwind.h"

#include <fmt/format.h>

#include "models/golang/vm/interpret.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/traceback.h"
#include "sim/base/check.h"

namespace heddle::golang::vm {

namespace {

// What v.Error() or v.String() gives, or how the runtime prints the value if it has neither.
std::string PanicText(Goroutine* g, GoInterface value) {
  const Program& program = g->machine().program();
  for (const char* name : {"Error", "String"}) {
    if (value.type == nullptr) break;
    const MethodId id = program.types.FindMethodId(name);
    const uint32_t method = id == TypeTable::kNoMethod ? 0 : value.type->FindMethod(id);
    if (method == 0) continue;
    const Function& function = program.functions[method - 1];
    const bool is_text = function.args_size == 8 && function.results.size() == 1 &&
                         function.results[0]->kind == Kind::kString;
    if (!is_text) continue;
    const uint8_t* results = CallGo(g, &function, nullptr, &value.data);
    if (results == nullptr) break;
    GoString text;
    std::memcpy(&text, results, sizeof(text));
    return std::string(text.view());
  }
  return PanicValueText(g->machine(), value);
}

void DieOfPanic(Goroutine* g) {
  Machine& machine = g->machine();
  g->signal = Signal::kEnded;
  if (g->panicking) return;  // a panic while this one was being printed
  g->panicking = true;
  const std::vector<PanicRecord> panics = g->panics;
  std::string out;
  std::string last;
  for (size_t i = 0; i < panics.size(); ++i) {
    if (panics[i].goexit) continue;
    g->signal = Signal::kNone;
    last = PanicText(g, panics[i].value);
    if (i > 0 && !panics[i - 1].goexit) out += '\t';
    out += "panic: " + last + (panics[i].recovered ? " [recovered]\n" : "\n");
  }
  g->panics = panics;
  g->signal = Signal::kEnded;
  const PanicRecord& top = panics.back();
  if (top.is_fault) {
    out += fmt::format("[signal SIGSEGV: segmentation violation code=0x1 addr=0x{:x} pc=0x{:x}]\n",
                       top.fault_address, 0x480000 + (top.site & 0xffffffff) * sizeof(Instr));
  }
  out += "\n" + GoroutineTrace(*g, "running");
  machine.Write(g, 2, out);
  if (machine.execution() != nullptr) {
    machine.execution()->Report({.kind = top.finding != nullptr ? top.finding : "panic",
                                 .message = "panic: " + last,
                                 .fatal = true,
                                 .site = top.site});
  }
  machine.EndProgram(2);
}

Resume RecoverAt(Goroutine* g, uint32_t owner, uint32_t base);

// Runs deferred calls until one is Go code to be interpreted, or nothing is left.
Resume Unwind(Goroutine* g, uint32_t base) {
  for (;;) {
    uint32_t owner = g->depth;
    while (owner > 0 && g->frames[owner - 1].defers == nullptr) --owner;
    if (owner == 0) {
      if (g->panics.back().goexit) {
        g->signal = Signal::kEnded;
        // Not wrong by itself, but whatever happens next, main never returns.
        if (g->number == 1 && g->machine().execution() != nullptr) {
          g->machine().execution()->Report(
              {.kind = "main-goexit", .message = "main called runtime.Goexit"});
        }
      } else {
        DieOfPanic(g);
      }
      return Resume::kReturn;
    }
    --owner;
    DeferRecord* record = g->frames[owner].defers;
    g->frames[owner].defers = record->next;
    g->frames[owner].deferring = record->at;
    if (record->function == nullptr) {
      RaiseNilDereference(g);
      return HandleSignal(g, base);
    }
    const Function* function = record->function;
    const bool pushed = g->PushCall(function, record->closure, record->args());
    g->machine().FreeDefer(record);
    if (!pushed) {
      FatalStackOverflow(g);
      return Resume::kReturn;
    }
    g->top().deferred_panic = static_cast<uint32_t>(g->panics.size());
    g->top().defer_owner = owner;
    if (function->native == nullptr) return Resume::kRun;
    RunNative(g);
    if (g->signal != Signal::kNone) return HandleSignal(g, base);
    g->Pop();
    // A function that reflect has made may run one that recovers.
    if (g->panics.back().recovered) return RecoverAt(g, owner, base);
  }
}

// The panic that the deferred call of frame `owner` recovered is over: its function returns to its
// caller.
Resume RecoverAt(Goroutine* g, uint32_t owner, uint32_t base) {
  bool goexit = false;
  while (!g->panics.empty() && g->panics.back().depth > owner) {
    goexit |= g->panics.back().goexit;
    g->panics.pop_back();
  }
  while (g->depth > owner + 1) g->Pop();
  if (goexit) {
    RaiseGoexit(g);
    return HandleSignal(g, base);
  }
  Frame& frame = g->top();
  HEDDLE_CHECK(frame.function->epilogue != kNoRegister, "a function that defers has an epilogue");
  frame.pc = frame.function->code.data() + frame.function->epilogue;
  g->signal = Signal::kUnwound;
  return HandleSignal(g, base);
}

}  // namespace

Resume HandleSignal(Goroutine* g, uint32_t base) {
  switch (g->signal) {
    case Signal::kNone:
      return Resume::kRun;
    case Signal::kPanic:
      g->signal = Signal::kNone;
      g->pending.depth = g->depth;
      g->pending.site = g->Site();
      g->panics.push_back(g->pending);
      return Unwind(g, base);
    case Signal::kUnwound:
      if (g->depth <= base) return Resume::kReturn;
      g->signal = Signal::kNone;
      return Resume::kRun;
    case Signal::kEnded:
      return Resume::kReturn;
  }
  return Resume::kReturn;
}

Resume AfterDeferredCall(Goroutine* g, uint32_t owner, uint32_t base) {
  if (g->panics.back().recovered) return RecoverAt(g, owner, base);
  return Unwind(g, base);
}

GoInterface Recover(Goroutine* g) {
  if (g->panics.empty()) return {};
  PanicRecord& panic = g->panics.back();
  if (panic.goexit || panic.recovered) return {};
  uint32_t at = g->depth - 1;
  // `defer recover()` stands in for the function that deferred it.
  const Frame& top = g->frames[at];
  if (top.function->is_wrapper) at = top.deferred_panic != 0 ? top.defer_owner : at - 1;
  while (g->frames[at].deferred_panic == 0 && at > 0 && g->frames[at - 1].function->is_wrapper)
    --at;
  if (g->frames[at].deferred_panic != g->panics.size()) return {};
  panic.recovered = true;
  Machine& machine = g->machine();
  if (panic.finding != nullptr && machine.execution() != nullptr) {
    machine.execution()->Report(
        {.kind = "masked-panic",
         .message = fmt::format("recover hides a panic: {}", PanicText(g, panic.value)),
         .fatal = false,
         .site = panic.site});
  }
  return panic.value;
}

}  // namespace heddle::golang::vm
