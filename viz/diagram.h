// SPDX-License-Identifier: Apache-2.0
// Diagram: what every view of a trace shows, before anybody draws: lanes, steps, links, and where
// it goes wrong.
//
// Trace -> Arrange -> Diagram -> text_view or dot_view. Here it is decided which goroutines and
// events fit, how a lane begins and ends, and which synchronization edges are worth a line (those
// that follow from others are not). Invariant: pointers point into the trace that was arranged,
// which must outlive the diagram.
#ifndef HEDDLE_VIZ_DIAGRAM_H_
#define HEDDLE_VIZ_DIAGRAM_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/trace.h"

namespace heddle::viz {

// How a goroutine stands at the end of the trace.
enum class LaneEnd {
  kEnded,     // its function returned
  kPanicked,  // died in a panic
  kStuck,    // blocked forever, or runs forever: the finding is about it, or everything has come to
             // rest
  kBlocked,  // blocked when the trace stopped
  kRunning,  // could still move when the trace stopped
  kOpen,     // the lane of the timers: nothing to say
};

struct Lane {
  const sim::TraceGoroutine* goroutine = nullptr;  // number 0: the timers
  int start_event = 0;  // index of the event that starts it; 0: it is there from the beginning
  LaneEnd end = LaneEnd::kRunning;
  std::string end_text;  // "blocked forever: chan receive"
  sim::TraceSite end_at;
  bool accused = false;  // the finding names it
};

enum class LinkKind { kMessage, kSpawn, kClose, kCancel, kUnlock, kWake, kOrder };

// From one lane at one event to another; the same event for a rendezvous and a spawn.
struct Link {
  LinkKind kind = LinkKind::kOrder;
  int from_event = 0;
  int from_lane = 0;
  int to_event = 0;
  int to_lane = 0;
  bool operator==(const Link&) const = default;
};

struct Diagram {
  const sim::Trace* trace = nullptr;
  const sim::TraceFinding* finding = nullptr;  // may be null
  bool at_event = false;                       // it goes wrong at a step, not at the end of lanes
  std::vector<Lane> lanes;                     // by goroutine number; the timers, if any, come last
  std::shared_ptr<const sim::TraceGoroutine> timers;  // what the lane of the timers points to
  std::map<int, int> lane_of;                         // goroutine number -> index in lanes
  int first_event = 1;                                // events before it are left out
  std::vector<Link> links;
  size_t goroutines_left_out = 0;
};

struct DiagramLimits {
  size_t lanes = 24;
  size_t events = 240;  // the last ones are kept: they lead to the finding
  bool links = true;    // false: the links between lanes are not needed
};

Diagram Arrange(const sim::Trace& trace, const DiagramLimits& limits);

// What a reader sees of a part; never empty. A bare "go" names what it starts.
std::string PartText(const Diagram& diagram, const sim::TraceEvent& event,
                     const sim::TracePart& part);

// "goroutine-leak: goroutine 7 is blocked forever: chan receive", or a sentence that there is no
// finding.
std::string Headline(const sim::Trace& trace);

// The message of the finding, with file names that lie next to the program without their folder.
std::string ShortMessage(const sim::Trace& trace);

// "pool.go, main, 17 steps, ideal time".
std::string ProgramLine(const sim::Trace& trace);

// Whether the event is the place where it goes wrong.
bool IsFindingEvent(const Diagram& diagram, const sim::TraceEvent& event);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_DIAGRAM_H_
