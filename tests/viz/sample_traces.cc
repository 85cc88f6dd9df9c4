// SPDX-License-Identifier: Apache-2.0
// Traces made by hand for the tests of viz.
#include "tests/viz/sample_traces.h"

#include <fmt/format.h>

namespace heddle::viz {

using sim::OpCategory;
using sim::Trace;

TraceBuilder::TraceBuilder(std::string program) {
  trace.program = std::move(program);
  trace.entry = "main";
  trace.options = {{"time", "ideal"}, {"seed", "1"}};
  Goroutine("main.main", 0, 0);
}

int TraceBuilder::Goroutine(std::string name, int created_by, int line) {
  sim::TraceGoroutine g;
  g.number = static_cast<int>(trace.goroutines.size()) + 1;
  g.name = std::move(name);
  g.created_by = created_by;
  g.state = "ended";
  if (line != 0) g.created_at = {trace.program, line, 3, "main.main"};
  trace.goroutines.push_back(g);
  return g.number;
}

int TraceBuilder::Event(OpCategory category, std::vector<Part> parts, std::vector<int> after) {
  sim::TraceEvent event;
  event.index = static_cast<int>(trace.events.size()) + 1;
  event.category = category;
  event.synchronizes = std::move(after);
  event.time_ns = time_;
  for (Part& p : parts) {
    std::string function = p.goroutine == 0 ? "" : trace.goroutines[p.goroutine - 1].name;
    event.parts.push_back(
        {p.goroutine, {trace.program, p.line, 5, function}, p.operation, p.text, ""});
  }
  trace.events.push_back(event);
  return event.index;
}

void TraceBuilder::State(int goroutine, std::string state, int line) {
  trace.goroutines[goroutine - 1].state = std::move(state);
  trace.goroutines[goroutine - 1].at = {trace.program, line, 5,
                                        trace.goroutines[goroutine - 1].name};
}

void TraceBuilder::Finding(std::string kind, std::string message, std::vector<int> goroutines,
                           int event) {
  trace.findings.push_back(
      {std::move(kind), "error", std::move(message), std::move(goroutines), {}, event});
}

Trace LeakTrace() {
  TraceBuilder b("scenarios/pool.go");
  b.Event(OpCategory::kSpawn, {{1, "go", "go worker", 12}});
  b.Goroutine("main.worker", 1, 12);
  b.Event(OpCategory::kSpawn, {{1, "go", "go worker", 12}});
  b.Goroutine("main.worker", 1, 12);
  b.Event(OpCategory::kSend,
          {{1, "send", "send 1 on jobs", 15}, {3, "receive", "receive 1 from jobs", 31}});
  b.Event(OpCategory::kSend,
          {{1, "send", "send 2 on jobs", 15}, {2, "receive", "receive 2 from jobs", 31}});
  int sent = b.Event(OpCategory::kSend, {{3, "send", "send 1 on results", 32}});
  b.Event(OpCategory::kReceive, {{1, "receive", "receive 1 from results", 18}}, {sent});
  b.Event(OpCategory::kEnd, {{1, "end", "main returns", 20}});
  b.Event(OpCategory::kSend, {{2, "send", "send 2 on results", 32}});
  b.State(2, "chan receive", 31);
  b.State(3, "chan receive", 31);
  b.Finding("goroutine-leak", "goroutine 2 is blocked forever: chan receive", {2}, 0);
  return b.trace;
}

Trace SendOnClosedTrace() {
  TraceBuilder b("events.go");
  b.Event(OpCategory::kSpawn, {{1, "go", "go producer", 9}});
  b.Goroutine("main.producer", 1, 9);
  b.Event(OpCategory::kSpawn, {{1, "go", "go consumer", 10}});
  b.Goroutine("main.consumer", 1, 10);
  b.Event(OpCategory::kSend, {{2, "send", "send \"hello\" on events", 22},
                              {3, "receive", "receive \"hello\" from events", 30}});
  b.Event(OpCategory::kClose,
          {{1, "close", "close events", 14}, {3, "receive", "receive from events: closed", 30}});
  int end = b.Event(OpCategory::kEnd, {{3, "end", "ends", 34}});
  int bad = b.Event(OpCategory::kSend, {{2, "send", "send \"world\" on events", 22}}, {4});
  b.State(2, "panicked", 22);
  b.State(1, "sync.WaitGroup.Wait", 16);
  b.Finding("send-on-closed", "goroutine 2 panics: send on closed channel", {2}, bad);
  (void)end;
  return b.trace;
}

Trace MutexDeadlockTrace() {
  TraceBuilder b("bank.go");
  b.Event(OpCategory::kSpawn, {{1, "go", "go transfer", 20}});
  b.Goroutine("main.transfer", 1, 20);
  b.Event(OpCategory::kSpawn, {{1, "go", "go transfer", 21}});
  b.Goroutine("main.transfer", 1, 21);
  b.Event(OpCategory::kLock, {{3, "lock", "lock a.mu", 30}});
  int u = b.Event(OpCategory::kUnlock, {{3, "unlock", "unlock a.mu", 33}});
  b.Event(OpCategory::kLock, {{2, "lock", "lock a.mu", 30}}, {u});
  b.Event(OpCategory::kLock, {{3, "lock", "lock b.mu", 30}});
  b.State(1, "sync.WaitGroup.Wait", 23);
  b.State(2, "sync.Mutex.Lock", 31);
  b.State(3, "sync.Mutex.Lock", 31);
  b.Finding("deadlock",
            "goroutine 1 is blocked forever: sync.WaitGroup.Wait; all goroutines are asleep",
            {1, 2, 3}, 0);
  return b.trace;
}

Trace CancelTrace() {
  TraceBuilder b("fetch.go");
  b.Event(OpCategory::kContext, {{1, "context", "context.WithTimeout 2s", 11}});
  b.Event(OpCategory::kSpawn, {{1, "go", "go fetch(ctx, 0)", 13}});
  b.Goroutine("main.fetch", 1, 13);
  b.Event(OpCategory::kSpawn, {{1, "go", "go fetch(ctx, 1)", 13}});
  b.Goroutine("main.fetch", 1, 13);
  b.Goroutine("main.main.func1", 1, 16);
  b.Event(OpCategory::kSpawn, {{1, "go", "go func1", 16}});
  b.Event(OpCategory::kTimer, {{2, "sleep", "sleep 500ms", 40}});
  b.Clock(500'000'000);
  int sent = b.Event(OpCategory::kSend, {{2, "send", "send {0 ok} on out", 41}});
  b.Event(OpCategory::kSelect, {{4, "select", "select: receive {0 ok} from out", 50}}, {sent});
  b.Event(OpCategory::kEnd, {{2, "end", "ends", 42}});
  b.Clock(2'000'000'000);
  int fire = b.Event(OpCategory::kTimer, {{0, "timer fires", "timer fires", 11}});
  int cancel =
      b.Event(OpCategory::kCancel, {{1, "cancel", "cancel ctx: deadline exceeded", 11}}, {fire});
  b.Event(OpCategory::kSelect, {{4, "select", "select: receive from ctx.Done(): closed", 52}},
          {cancel});
  int end = b.Event(OpCategory::kEnd, {{4, "end", "ends", 55}});
  b.Event(OpCategory::kWait, {{1, "wait", "wg.Wait returns", 24}}, {end});
  b.Event(OpCategory::kEnd, {{1, "end", "main returns", 25}});
  b.Clock(3'250'000'000);
  b.Event(OpCategory::kChoice, {{3, "choice", "rand.Intn(3) = 1", 39}});
  b.State(3, "chan send", 41);
  b.Finding("lost-cancel",
            "goroutine 3 is blocked forever: chan send, although context ctx was cancelled", {3},
            0);
  return b.trace;
}

Trace WideTrace(int workers, int rounds) {
  TraceBuilder b("server/internal/dispatch/dispatcher.go");
  std::vector<int> last_sent(workers + 2, 0);
  for (int w = 0; w < workers; ++w) {
    b.Event(OpCategory::kSpawn, {{1, "go", fmt::format("go worker({})", w), 20}});
    b.Goroutine(w % 3 == 2 ? "dispatch.(*Dispatcher).run.func1" : "main.worker", 1, 20);
  }
  int unlocked = 0;
  for (int r = 0; r < rounds; ++r) {
    int g = 2 + (r * 7) % workers;
    int h = 2 + (r * 5 + 3) % workers;
    switch (r % 6) {
      case 0:
        b.Event(OpCategory::kSend, {{1, "send", fmt::format("send {} on jobs", r), 25},
                                    {g, "receive", fmt::format("receive {} from jobs", r), 40}});
        break;
      case 1:
        last_sent[g] =
            b.Event(OpCategory::kSend, {{g, "send", fmt::format("send {} on results", r), 44}});
        break;
      case 2:
        b.Event(OpCategory::kReceive, {{1, "receive", "receive from results", 27}},
                {last_sent[2 + ((r - 1) * 7) % workers]});
        break;
      case 3:
        b.Event(OpCategory::kLock, {{g, "lock", "lock d.mu", 60}},
                unlocked ? std::vector<int>{unlocked} : std::vector<int>{});
        break;
      case 4:
        unlocked = b.Event(OpCategory::kUnlock,
                           {{2 + ((r - 1) * 7) % workers, "unlock", "unlock d.mu", 63}});
        break;
      case 5:
        if (h == g) h = 2 + (g - 1) % workers;
        b.Event(OpCategory::kAtomic, {{h, "atomic", "atomic.AddInt64(&n, 1) = 7", 70}});
        break;
    }
  }
  b.Event(OpCategory::kClose, {{1, "close", "close jobs", 29},
                               {2, "receive", "receive from jobs: closed", 40},
                               {3, "receive", "receive from jobs: closed", 40}});
  b.Event(OpCategory::kEnd, {{2, "end", "ends", 50}});
  b.Event(OpCategory::kEnd, {{3, "end", "ends", 50}});
  for (int g = 4; g < workers + 2; ++g) b.State(g, g % 2 ? "chan receive" : "sync.Mutex.Lock", 40);
  b.State(1, "sync.WaitGroup.Wait", 31);
  b.Finding("deadlock", "goroutine 1 is blocked forever: sync.WaitGroup.Wait", {1}, 0);
  return b.trace;
}

Trace NastyTrace() {
  TraceBuilder b("dir/<&\"weird\\n>.go");
  b.Event(OpCategory::kSpawn, {{1, "go", "go \"quoted\\path\\N\" & <html> &amp;", 3}});
  b.Goroutine(
      "main.(*ExtremelyLongTypeNameForAServer[go.shape.int_0]).handleConnectionsForever.func1.2.3",
      1, 3);
  b.Event(OpCategory::kSend,
          {{1, "send",
            "send \"" + std::string(400, 'x') + "\" on aVeryLongChannelVariableNameIndeed", 5},
           {2, "receive",
            "receive \xff\xfe bytes\nand\tlines and quite some words that go on and on until they "
            "need a third line",
            8}});
  b.Event(OpCategory::kOther, {{2, "", "", 0}});
  b.Event(OpCategory::kPanic, {{2, "panic", "panic: \"äöü → 世界\"", 9}});
  b.State(2, "panicked", 9);
  b.Finding("panic",
            "goroutine 2 panics: " + std::string(300, 'y') + " and then some words after it", {2},
            4);
  return b.trace;
}

}  // namespace heddle::viz
