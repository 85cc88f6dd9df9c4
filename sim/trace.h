// SPDX-License-Identifier: Apache-2.0
// Trace: the finished record of one execution, for people and for pictures (`heddle.trace/1`).
//
// Written when a finding is confirmed, read by `heddle render` and `heddle replay`. Everything a
// view draws is in here: views know neither Go nor the primitives. Numbers of goroutines and
// objects follow the order of creation in this trace, from 1; they are not the ids that the search
// uses. Invariant: Trace -> JSON -> Trace is the identity.
#ifndef HEDDLE_SIM_TRACE_H_
#define HEDDLE_SIM_TRACE_H_

#include <cstdint>
#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::sim {

// A position in a source file; line 0 means unknown.
struct TraceSite {
  std::string file;
  int line = 0;
  int column = 0;
  std::string function;

  std::string ToString() const;  // "pool.go:31:5", "?" when unknown
  bool operator==(const TraceSite&) const = default;
};

// What an operation is for a picture: chooses symbol and colour.
enum class OpCategory {
  kSpawn,
  kJoin,
  kSend,
  kReceive,
  kSelect,
  kClose,
  kLock,
  kUnlock,
  kWait,
  kSignal,
  kAtomic,
  kTimer,
  kContext,
  kCancel,
  kChoice,
  kYield,
  kPanic,
  kEnd,
  kOther,
};
std::string_view Name(OpCategory category);

struct TraceGoroutine {
  int number = 0;        // 1 is main (or the test)
  std::string name;      // "main", "main.worker", "main.main.func1"
  std::string path;      // spawn path, the same in every execution
  TraceSite created_at;  // the go statement; unknown for main
  int created_by = 0;    // number of the creator; 0 for main
  bool system = false;   // made by the runtime: a timer or the watcher of a foreign context
  // At the end of the trace:
  std::string state;  // "ended", "panicked", "running", "runnable", or what it is blocked on: "chan
                      // receive"
  TraceSite at;       // where it stands
  std::vector<TraceSite> stack;  // innermost first
  // What follows is optional in the document.
  std::string waiting;         // what it is blocked in, in words: "receive from jobs"
  std::vector<int> waits_for;  // numbers of the objects it is blocked at
  std::vector<int> unseen;     // objects that tell it to stop, which it can reach and has not seen
  bool operator==(const TraceGoroutine&) const = default;
};

struct TraceObject {
  int number = 0;
  std::string kind;  // "channel", "mutex", "context", ...
  std::string name;  // as the program calls it where known ("jobs"), else "channel #2"
  std::string path;
  TraceSite created_at;
  // What follows is optional in the document.
  std::string detail;  // "capacity 2", "context.WithTimeout"
  int parent = 0;      // of a context: number of the context it was derived from; 0: none is known
  bool operator==(const TraceObject&) const = default;
};

// The state of an object after an event.
struct TraceState {
  int object = 0;
  std::string state;  // "1/2 buffered, closed"
  bool operator==(const TraceState&) const = default;
};

// One goroutine's share in an event. A rendezvous has two parts, a close that wakes receivers
// several.
struct TracePart {
  int goroutine = 0;  // 0: a timer
  TraceSite site;
  std::string
      operation;      // "send", "receive", "select", "lock", ... : a name of the operation table
  std::string text;   // what a reader sees: "send 3 on results", "receive from jobs: closed"
  std::string value;  // the value moved or seen, if any
  int object = 0;     // what it was done to; 0: nothing, or not known
  bool operator==(const TracePart&) const = default;
};

struct TraceEvent {
  int index = 0;  // from 1
  OpCategory category = OpCategory::kOther;
  std::vector<TracePart> parts;  // the actor first; at least one, except for clock advances
  std::vector<int> objects;      // numbers of the objects touched
  std::vector<std::string>
      ready;                      // what else could have happened here: "goroutine 3: send on done"
  std::vector<int> causal;        // indices of direct predecessors in the causal order
  std::vector<int> synchronizes;  // indices this event synchronizes after (Go memory model)
  std::vector<std::string> deltas;  // state changes of objects: "results: 0/1 -> 1/1"
  std::vector<TraceState> states;   // the same for programs to read; optional
  std::vector<int> able;            // goroutines that could have moved, ascending; optional
  int64_t time_ns = 0;              // virtual time since the start
  // Why another goroutine moves than the one before: "goroutine 1 waits: receive from done".
  // Optional in the document; empty: the same one moves.
  std::string switched;
  bool operator==(const TraceEvent&) const = default;
};

struct TraceFinding {
  std::string kind;      // "goroutine-leak"
  std::string severity;  // "error"
  std::string message;
  std::vector<int> goroutines;
  std::vector<std::string> locations;
  int event = 0;  // the event where it goes wrong; 0: at rest, after the last event
  // After so many events every way to go on has the finding. Optional in the document.
  static constexpr int kUnknown = -1;
  int no_return = kUnknown;
  bool no_return_exact = false;  // after one event less there is a way without it
  // The last events repeat forever, from this one on; 0: they do not. Optional in the document.
  int cycle_start = 0;
  bool operator==(const TraceFinding&) const = default;
};

// A row of the operation table.
struct TraceOperation {
  std::string name;
  OpCategory category = OpCategory::kOther;
  bool operator==(const TraceOperation&) const = default;
};

// A file of the program.
struct TraceSource {
  std::string file;  // as sites name it
  std::string text;
  bool operator==(const TraceSource&) const = default;
};

struct Trace {
  std::string program;                         // path as given on the command line
  std::string program_hash;                    // of all sources, hexadecimal
  std::string entry;                           // "main", "TestPool"
  std::map<std::string, std::string> options;  // time, seed, choices, lang: what replay needs
  std::string schedule;
  std::string fingerprint;  // of the events, hexadecimal
  std::vector<TraceOperation> operations;
  std::vector<TraceGoroutine> goroutines;
  std::vector<TraceObject> objects;
  std::vector<TraceEvent> events;
  std::vector<TraceFinding> findings;  // at most one in a counterexample
  std::string output;                  // what the program printed up to the end of the trace
  std::vector<TraceSource> sources;    // optional
  bool operator==(const Trace&) const = default;
};

// The JSON document, with a final newline. Keys in a fixed order; the same trace gives the same
// bytes.
std::string ToJson(const Trace& trace);

// Errors: a message that says what is wrong with the document and where, without the file's name.
std::expected<Trace, std::string> TraceFromJson(std::string_view json);

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_TRACE_H_
