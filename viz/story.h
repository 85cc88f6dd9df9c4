// SPDX-License-Identifier: Apache-2.0
// Story: how everything stands after each step of a trace: goroutines, buffers, owners of locks,
// contexts.
//
// Trace -> Story -> html_view, perfetto_view, dot_view. A trace says what happened; what a
// goroutine does between two of its steps, what lies in a buffer and who owns a lock follows from
// it, and is worked out here once. Spans hold from a step until the next span; step 0 is the
// beginning. Invariant: spans are sorted by step, and each says something else than the one before.
#ifndef HEDDLE_VIZ_STORY_H_
#define HEDDLE_VIZ_STORY_H_

#include <string>
#include <string_view>
#include <vector>

#include "sim/trace.h"
#include "viz/diagram.h"

namespace heddle::viz {

enum class Activity {
  kAbsent,   // not started yet
  kReady,    // could move
  kWaiting,  // stands at an operation; the trace does not say whether it could move
  kBlocked,
  kEnded,
  kPanicked,
};
std::string_view Name(Activity activity);

struct GoroutineSpan {
  int from = 0;
  Activity activity = Activity::kAbsent;
  std::string at;  // the operation it stands at, or what it is blocked on: "receive", "chan send"
  sim::TraceSite site;
  std::vector<int> objects;  // of that operation, as far as known
  bool operator==(const GoroutineSpan&) const = default;
};

struct ObjectSpan {
  int from = 0;
  std::string state;                // as the model describes it; empty: not used yet
  std::vector<std::string> values;  // a buffer's, the oldest first; "?" where not known
  int capacity = 0;
  bool closed = false;
  std::vector<int> owners;  // goroutines that hold the lock
  bool operator==(const ObjectSpan&) const = default;
};

struct ContextNode {
  struct Seen {
    int goroutine = 0;
    int event = 0;
    bool operator==(const Seen&) const = default;
  };
  int object = 0;
  int parent = 0;           // an object; 0: none that the trace knows
  int done = 0;             // its Done channel; 0: not known
  int cancelled_event = 0;  // 0: it is not cancelled
  int cancelled_by = 0;     // goroutine; 0: a timer, or not known
  std::vector<Seen> seen;   // who saw the cancellation first when
  std::vector<int> unseen;  // who could have seen it, and had not at the end
};

struct Story {
  std::vector<std::vector<GoroutineSpan>> goroutines;  // as trace.goroutines
  std::vector<std::vector<ObjectSpan>> objects;        // as trace.objects
  std::vector<ContextNode> contexts;  // parents before children, else by object number
  std::vector<int> switches;          // events where another goroutine moves on
};

Story Tell(const Diagram& diagram);

// The tree of contexts in words, a line for each: "context #1: cancelled at step 2 by goroutine 1,
// seen by goroutine 3 at step 5". At most `limit` lines; one more says how many are left out.
struct ContextLine {
  int depth = 0;
  std::string text;
};
std::vector<ContextLine> ContextLines(const sim::Trace& trace, const Story& story, size_t limit);

// The span that holds after the step. REQUIRES: step >= 0.
template <class Span>
const Span& At(const std::vector<Span>& spans, int step) {
  size_t i = spans.size() - 1;
  while (i > 0 && spans[i].from > step) --i;
  return spans[i];
}

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_STORY_H_
