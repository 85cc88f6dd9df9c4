// SPDX-License-Identifier: Apache-2.0
// From a Trace to lanes and links.
#include "viz/diagram.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "viz/label.h"

namespace heddle::viz {
namespace {

using sim::OpCategory;
using sim::Trace;
using sim::TraceEvent;
using sim::TraceFinding;
using sim::TraceGoroutine;
using sim::TracePart;

// Findings about goroutines that will never move again, or never stop.
bool IsAtRest(const TraceFinding& finding) {
  static constexpr std::string_view kKinds[] = {"deadlock", "goroutine-leak", "lost-cancel",
                                                "livelock", "context-leak"};
  return std::find(std::begin(kKinds), std::end(kKinds), finding.kind) != std::end(kKinds);
}

// "dir/pool.go:31:5" as a site.
sim::TraceSite ParseSite(std::string_view text) {
  sim::TraceSite site;
  int numbers[2] = {0, 0};
  for (int& number : numbers) {
    size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon + 1 == text.size() || text.size() - colon > 9)
      return {};
    for (char c : text.substr(colon + 1)) {
      if (c < '0' || c > '9') return {};
      number = number * 10 + (c - '0');
    }
    text = text.substr(0, colon);
  }
  site.file = text;
  site.line = numbers[1];
  site.column = numbers[0];
  return site;
}

// Where this goroutine's access is, when the finding is a data race: plain memory has no steps.
std::optional<sim::TraceSite> RaceSite(const Diagram& d, int goroutine) {
  if (!d.finding || d.finding->kind != "data-race") return std::nullopt;
  for (size_t i = 0; i < d.finding->goroutines.size() && i < d.finding->locations.size(); ++i) {
    if (d.finding->goroutines[i] == goroutine) return ParseSite(d.finding->locations[i]);
  }
  return std::nullopt;
}

void DecideEnd(const Diagram& d, Lane& lane) {
  const TraceGoroutine& g = *lane.goroutine;
  lane.end_at = g.at;
  if (std::optional<sim::TraceSite> race = RaceSite(d, g.number)) {
    lane.end = LaneEnd::kStuck;
    lane.end_text = "the race: this access";
    lane.end_at = *race;
    return;
  }
  bool at_rest = d.finding && d.finding->event == 0 && IsAtRest(*d.finding);
  bool forever = (lane.accused && d.finding && IsAtRest(*d.finding)) || at_rest;
  std::string state = CleanText(g.state);
  if (state == "ended") {
    lane.end = LaneEnd::kEnded;
    lane.end_text = "ended";
  } else if (state == "panicked") {
    lane.end = LaneEnd::kPanicked;
    lane.end_text = "panicked";
  } else if (state == "running" || state == "runnable" || state.empty()) {
    bool spins = lane.accused && d.finding && IsAtRest(*d.finding);
    lane.end = spins ? LaneEnd::kStuck : LaneEnd::kRunning;
    lane.end_text = spins ? "runs forever" : "still running";
  } else {
    lane.end = forever ? LaneEnd::kStuck : LaneEnd::kBlocked;
    lane.end_text = (forever ? "blocked forever: " : "blocked here: ") + state;
  }
}

// The lanes that fit: the finding's goroutines and main first, then those active last.
std::set<int> ChooseGoroutines(const Trace& trace, const TraceFinding* finding, size_t limit) {
  std::set<int> chosen;
  if (trace.goroutines.size() <= limit) {
    for (const TraceGoroutine& g : trace.goroutines) chosen.insert(g.number);
    return chosen;
  }
  auto add = [&](int number) {
    if (chosen.size() < limit) chosen.insert(number);
  };
  if (finding) {
    for (int number : finding->goroutines) add(number);
  }
  add(1);
  for (auto event = trace.events.rbegin(); event != trace.events.rend(); ++event) {
    for (const TracePart& part : event->parts) add(part.goroutine);
  }
  for (const TraceGoroutine& g : trace.goroutines) add(g.number);
  return chosen;
}

// The event that started each goroutine: the k-th spawn of a creator made its k-th child, unless
// the event itself has the child as a part.
std::map<int, int> StartEvents(const Trace& trace) {
  std::map<int, int> start;
  std::map<int, std::vector<int>> spawns;
  for (const TraceEvent& event : trace.events) {
    if (event.category != OpCategory::kSpawn || event.parts.empty()) continue;
    if (event.parts.size() > 1) {
      start[event.parts[1].goroutine] = event.index;
    } else {
      spawns[event.parts[0].goroutine].push_back(event.index);
    }
  }
  std::map<int, size_t> taken;
  for (const TraceGoroutine& g : trace.goroutines) {
    if (g.number == 1 || start.contains(g.number)) continue;
    const std::vector<int>& of_creator = spawns[g.created_by];
    size_t& next = taken[g.created_by];
    if (next < of_creator.size()) start[g.number] = of_creator[next++];
  }
  for (const TraceEvent& event : trace.events) {
    for (const TracePart& part : event.parts) {
      // Started by something that is not a spawn, a timer for example: it begins with its first
      // event.
      if (part.goroutine > 1 && !start.contains(part.goroutine)) {
        start[part.goroutine] = event.index;
      }
    }
  }
  return start;
}

bool Mentions(const TracePart& part, std::string_view word) {
  return part.operation == word ||
         (part.operation == "select" && part.text.find(word) != std::string::npos);
}

LinkKind KindOf(const TraceEvent& from) {
  switch (from.category) {
    case OpCategory::kSend:
    case OpCategory::kReceive:
    case OpCategory::kSelect:
      return LinkKind::kMessage;
    case OpCategory::kSpawn:
      return LinkKind::kSpawn;
    case OpCategory::kClose:
      return LinkKind::kClose;
    case OpCategory::kCancel:
      return LinkKind::kCancel;
    case OpCategory::kLock:
    case OpCategory::kUnlock:
      return LinkKind::kUnlock;
    case OpCategory::kWait:
    case OpCategory::kSignal:
    case OpCategory::kJoin:
    case OpCategory::kTimer:
    case OpCategory::kEnd:
      return LinkKind::kWake;
    case OpCategory::kContext:
    case OpCategory::kAtomic:
    case OpCategory::kChoice:
    case OpCategory::kYield:
    case OpCategory::kPanic:
    case OpCategory::kOther:
      return LinkKind::kOrder;
  }
  return LinkKind::kOrder;
}

// A receive that makes room for a later send orders them, but carries no message.
LinkKind KindBetween(const TraceEvent& from, const TraceEvent& to) {
  bool carries = from.category == OpCategory::kSend ||
                 (from.category == OpCategory::kSelect && !from.parts.empty() &&
                  Mentions(from.parts[0], "send"));
  bool takes = to.category == OpCategory::kReceive || to.category == OpCategory::kSelect;
  LinkKind kind = KindOf(from);
  if (kind == LinkKind::kMessage && !(carries && takes)) return LinkKind::kOrder;
  return kind;
}

class Linker {
 public:
  explicit Linker(Diagram& d) : d_(d), trace_(*d.trace) {}

  void AddAll() {
    for (size_t lane = 0; lane < d_.lanes.size(); ++lane) AddStart(static_cast<int>(lane));
    for (size_t i = d_.first_event - 1; i < trace_.events.size(); ++i) {
      AddWithin(trace_.events[i]);
      AddBetween(trace_.events[i]);
    }
  }

 private:
  std::optional<int> LaneOf(int goroutine) const {
    auto found = d_.lane_of.find(goroutine);
    if (found == d_.lane_of.end()) return std::nullopt;
    return found->second;
  }

  const TraceEvent& Event(int index) const { return trace_.events[index - 1]; }

  void AddStart(int lane) {
    int start = d_.lanes[lane].start_event;
    if (start < d_.first_event || Event(start).category != OpCategory::kSpawn) return;
    std::optional<int> creator = LaneOf(Event(start).parts[0].goroutine);
    if (creator && *creator != lane) {
      d_.links.push_back({LinkKind::kSpawn, start, *creator, start, lane});
    }
  }

  // A rendezvous goes from sender to receiver, whoever came second.
  void AddWithin(const TraceEvent& event) {
    if (event.category == OpCategory::kSpawn || event.parts.empty()) return;
    std::optional<int> actor = LaneOf(event.parts[0].goroutine);
    for (size_t i = 1; actor && i < event.parts.size(); ++i) {
      std::optional<int> other = LaneOf(event.parts[i].goroutine);
      if (!other || *other == *actor) continue;
      bool backwards = Mentions(event.parts[i], "send") && Mentions(event.parts[0], "receive");
      int from = backwards ? *other : *actor, to = backwards ? *actor : *other;
      d_.links.push_back({KindOf(event), event.index, from, event.index, to});
    }
  }

  // Keeps, for each event, which events it comes after by program order and synchronization; an
  // edge from an event that another cause already comes after says nothing new. Messages are always
  // shown.
  void AddBetween(const TraceEvent& event) {
    std::vector<int> causes = event.synchronizes;
    std::sort(causes.begin(), causes.end());
    causes.erase(std::unique(causes.begin(), causes.end()), causes.end());
    Clock clock;
    for (const TracePart& part : event.parts) {
      auto last = last_of_.find(part.goroutine);
      if (last != last_of_.end()) Join(clock, clocks_[last->second]);
    }
    for (auto cause = causes.rbegin(); cause != causes.rend(); ++cause) {
      if (*cause < d_.first_event) break;
      const TraceEvent& from = Event(*cause);
      if (from.parts.empty()) continue;
      auto known = clock.find(from.parts[0].goroutine);
      bool implied = known != clock.end() && known->second >= *cause;
      LinkKind kind = KindBetween(from, event);
      if (!implied || kind == LinkKind::kMessage) AddLink(kind, from, event);
      Join(clock, clocks_[*cause]);
    }
    for (const TracePart& part : event.parts) {
      clock[part.goroutine] = event.index;
      last_of_[part.goroutine] = event.index;
    }
    clocks_[event.index] = std::move(clock);
  }

  void AddLink(LinkKind kind, const TraceEvent& from, const TraceEvent& to) {
    if (to.parts.empty() || kind == LinkKind::kSpawn) return;
    for (const TracePart& a : from.parts) {
      for (const TracePart& b : to.parts) {
        if (a.goroutine == b.goroutine) return;
      }
    }
    std::optional<int> a = LaneOf(from.parts[0].goroutine), b = LaneOf(to.parts[0].goroutine);
    if (to.parts[0].goroutine == 0) kind = LinkKind::kOrder;  // the timer was set there
    if (a && b) d_.links.push_back({kind, from.index, *a, to.index, *b});
  }

  using Clock = std::map<int, int>;  // goroutine -> index of its last event that is known
  static void Join(Clock& clock, const Clock& other) {
    for (auto [goroutine, index] : other) {
      int& known = clock[goroutine];
      known = std::max(known, index);
    }
  }

  Diagram& d_;
  const Trace& trace_;
  std::map<int, int> last_of_;
  std::map<int, Clock> clocks_;
};

// "close on channel #1" reads better as "close channel #1", "arm timer on timer #1" as "arm timer
// #1", "timer fires on timer #1" as "timer #1 fires".
std::string WithoutOn(const TraceEvent& event, const TracePart& part, std::string text) {
  switch (event.category) {
    case OpCategory::kClose:
    case OpCategory::kLock:
    case OpCategory::kUnlock:
    case OpCategory::kCancel:
    case OpCategory::kAtomic:
    case OpCategory::kTimer:
    case OpCategory::kContext:
      break;
    default:
      return text;
  }
  std::string operation = CleanText(part.operation);
  if (operation.empty() || !text.starts_with(operation + " on ")) return text;
  std::string object = text.substr(operation.size() + 4);
  std::string kind = object.substr(0, object.find(' '));
  if (operation.ends_with(" " + kind)) return operation + object.substr(kind.size());
  if (operation.starts_with(kind + " ")) return object + operation.substr(kind.size());
  return event.category == OpCategory::kTimer ? operation : operation + " " + object;
}

// A lane for the timers, when one of them fires.
void AddTimers(Diagram& d) {
  for (size_t i = d.first_event - 1; i < d.trace->events.size(); ++i) {
    for (const TracePart& part : d.trace->events[i].parts) {
      if (part.goroutine != 0) continue;
      auto timers = std::make_shared<TraceGoroutine>();
      timers->name = "virtual time";
      d.timers = timers;
      Lane lane;
      lane.goroutine = timers.get();
      lane.end = LaneEnd::kOpen;
      d.lanes.push_back(std::move(lane));
      return;
    }
  }
}

}  // namespace

Diagram Arrange(const Trace& trace, const DiagramLimits& limits) {
  Diagram d;
  d.trace = &trace;
  if (!trace.findings.empty()) d.finding = &trace.findings.front();
  d.at_event = d.finding && d.finding->event != 0 && d.finding->kind != "data-race";
  if (trace.events.size() > limits.events) {
    d.first_event = static_cast<int>(trace.events.size() - limits.events) + 1;
  }
  std::set<int> chosen = ChooseGoroutines(trace, d.finding, limits.lanes);
  std::map<int, int> start = StartEvents(trace);
  for (const TraceGoroutine& g : trace.goroutines) {
    if (!chosen.contains(g.number)) {
      ++d.goroutines_left_out;
      continue;
    }
    Lane lane;
    lane.goroutine = &g;
    if (auto found = start.find(g.number); found != start.end()) lane.start_event = found->second;
    if (d.finding) {
      lane.accused =
          std::count(d.finding->goroutines.begin(), d.finding->goroutines.end(), g.number) > 0;
    }
    DecideEnd(d, lane);
    d.lanes.push_back(std::move(lane));
  }
  std::stable_sort(d.lanes.begin(), d.lanes.end(), [](const Lane& a, const Lane& b) {
    return a.goroutine->number < b.goroutine->number;
  });
  AddTimers(d);
  for (size_t i = 0; i < d.lanes.size(); ++i) {
    d.lane_of[d.lanes[i].goroutine->number] = static_cast<int>(i);
  }
  if (limits.links) Linker(d).AddAll();
  return d;
}

std::string PartText(const Diagram& d, const TraceEvent& event, const TracePart& part) {
  if (event.category == OpCategory::kSpawn && part.text == "go") {
    for (const Lane& lane : d.lanes) {
      if (lane.start_event == event.index) return "go " + CleanText(lane.goroutine->name);
    }
  }
  if (!part.text.empty()) return WithoutOn(event, part, CleanText(part.text));
  if (!part.operation.empty()) return CleanText(part.operation);
  return std::string(Name(event.category));
}

std::string Headline(const Trace& trace) {
  if (trace.findings.empty()) return "one execution, nothing found in it";
  std::string kind = CleanText(trace.findings.front().kind), message = ShortMessage(trace);
  std::string words = kind;
  std::replace(words.begin(), words.end(), '-', ' ');
  return message.starts_with(words) ? message : fmt::format("{}: {}", kind, message);
}

std::string ShortMessage(const Trace& trace) {
  if (trace.findings.empty()) return "";
  std::string message = CleanText(trace.findings.front().message);
  std::string folder = CleanText(trace.program);
  folder = folder.ends_with(".go") ? folder.substr(0, folder.rfind('/') + 1) : folder + "/";
  if (folder.size() < 2) return message;
  for (size_t at = message.find(folder); at != std::string::npos; at = message.find(folder, at)) {
    if (at == 0 || message[at - 1] == ' ') {
      message.erase(at, folder.size());
    } else {
      ++at;
    }
  }
  return message;
}

std::string ProgramLine(const Trace& trace) {
  std::string line = CleanText(trace.program);
  if (!trace.entry.empty()) line += ", " + CleanText(trace.entry);
  line += fmt::format(", {} step{}", trace.events.size(), trace.events.size() == 1 ? "" : "s");
  auto time = trace.options.find("time");
  if (time != trace.options.end()) line += fmt::format(", {} time", CleanText(time->second));
  return line;
}

bool IsFindingEvent(const Diagram& d, const TraceEvent& event) {
  return d.at_event && d.finding->event == event.index;
}

}  // namespace heddle::viz
