// SPDX-License-Identifier: Apache-2.0
// From what happened to how things stand after each step.
#include "viz/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>

#include "viz/label.h"

namespace heddle::viz {
namespace {

using sim::OpCategory;
using sim::Trace;
using sim::TraceEvent;
using sim::TracePart;

// The numbers ascend.
bool Has(const std::vector<int>& numbers, int number) {
  return std::binary_search(numbers.begin(), numbers.end(), number);
}

template <class Span>
void Append(std::vector<Span>& spans, Span span) {
  if (!spans.empty()) {
    Span same = span;
    same.from = spans.back().from;
    if (same == spans.back()) return;
    if (spans.back().from == span.from) spans.pop_back();
  }
  spans.push_back(std::move(span));
}

// ---- Goroutines

class Walk {
 public:
  Walk(const Diagram& d, size_t goroutine) : trace_(*d.trace), g_(d.trace->goroutines[goroutine]) {
    for (const TraceEvent& event : trace_.events) {
      for (const TracePart& part : event.parts) {
        if (part.goroutine == g_.number) own_.push_back({event.index, &part});
      }
      knows_able_ |= !event.able.empty();
    }
    auto lane = d.lane_of.find(g_.number);
    if (lane != d.lane_of.end()) lane_ = &d.lanes[lane->second];
    if (lane_) start_ = lane_->start_event;
  }

  std::vector<GoroutineSpan> Spans() {
    if (start_ > 0) Append(spans_, {});
    size_t next = 0;
    int last = static_cast<int>(trace_.events.size());
    for (int step = start_; step <= last; ++step) {
      while (next < own_.size() && own_[next].event <= step) ++next;
      Append(spans_, next < own_.size() ? Towards(own_[next], step) : AtTheEnd(step));
    }
    if (spans_.empty()) Append(spans_, AtTheEnd(0));
    return std::move(spans_);
  }

 private:
  struct Own {
    int event;
    const TracePart* part;
  };

  // It stands at the operation that it does next.
  GoroutineSpan Towards(const Own& next, int step) const {
    GoroutineSpan span;
    span.from = step;
    span.at = CleanText(next.part->operation);
    span.site = next.part->site;
    if (next.part->object != 0) span.objects.push_back(next.part->object);
    const TraceEvent& coming = trace_.events[static_cast<size_t>(step)];
    bool moves = next.event == coming.index || Has(coming.able, g_.number);
    span.activity = moves          ? Activity::kReady
                    : !knows_able_ ? Activity::kWaiting
                                   : Activity::kBlocked;
    return span;
  }

  // It has no more steps.
  GoroutineSpan AtTheEnd(int step) const {
    GoroutineSpan span;
    span.from = step;
    if (g_.state == "ended" || g_.state == "panicked") {
      span.activity = g_.state == "ended" ? Activity::kEnded : Activity::kPanicked;
      return span;
    }
    bool able = g_.state == "running" || g_.state == "runnable" || g_.state.empty();
    bool last = step == static_cast<int>(trace_.events.size());
    if (!last && knows_able_) {
      able = Has(trace_.events[static_cast<size_t>(step)].able, g_.number);
    }
    span.activity = able ? Activity::kReady : Activity::kBlocked;
    span.at = CleanText(g_.state);
    span.site = lane_ && lane_->end_at.line != 0 ? lane_->end_at : g_.at;
    span.objects = g_.waits_for;
    return span;
  }

  const Trace& trace_;
  const sim::TraceGoroutine& g_;
  const Lane* lane_ = nullptr;
  int start_ = 0;
  bool knows_able_ = false;
  std::vector<Own> own_;
  std::vector<GoroutineSpan> spans_;
};

// ---- Objects

int ReadNumber(std::string_view& text) {
  int number = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return -1;
  text.remove_prefix(static_cast<size_t>(end - text.data()));
  return number;
}

bool Receives(const TracePart& part) {
  return part.operation == "receive" || part.text.find("receive") != std::string::npos;
}
bool Sends(const TracePart& part) {
  return part.operation == "send" ||
         (part.operation == "select" && part.text.starts_with("select: send"));
}

// A buffer: what is sent comes in at the end, what is received leaves at the front. The state says
// how many there are; a value that the trace does not know (a timer's) is "?".
void MoveValues(const TraceEvent& event, int object, ObjectSpan& now) {
  std::string_view state = now.state;
  int buffered = ReadNumber(state);
  if (buffered < 0 || !state.starts_with("/")) {
    now.values.clear();
    now.capacity = 0;
    return;
  }
  state.remove_prefix(1);
  now.capacity = std::max(ReadNumber(state), 0);
  int gone = 0;
  for (const TracePart& part : event.parts) {
    if (part.object != object && part.object != 0) continue;
    if (Sends(part)) {
      now.values.push_back(part.value.empty() ? "?" : CleanText(part.value));
    } else if (Receives(part) && !part.text.ends_with(": closed")) {
      ++gone;
    }
  }
  auto size = static_cast<size_t>(buffered);
  for (; gone > 0 && !now.values.empty(); --gone) now.values.erase(now.values.begin());
  if (now.values.size() > size) now.values.erase(now.values.begin(), now.values.end() - buffered);
  now.values.resize(size, "?");
}

// A lock: whoever made it locked owns it, until it says that it is not.
void MoveOwners(const TraceEvent& event, int object, const ObjectSpan& before, ObjectSpan& now) {
  if (event.parts.empty()) return;
  int actor = event.parts[0].goroutine;
  for (const TracePart& part : event.parts) {
    if (part.object == object) actor = part.goroutine;
  }
  std::string_view state = now.state;
  if (state == "locked" || state == "write locked" || state == "running") {
    if (before.state != now.state) now.owners = {actor};
    return;
  }
  int readers = ReadNumber(state);
  if (readers < 0 || !state.starts_with(" reader")) {
    now.owners.clear();
    return;
  }
  auto size = static_cast<size_t>(readers);
  if (before.state == "write locked") now.owners.clear();
  if (now.owners.size() < size) now.owners.push_back(actor);
  if (now.owners.size() > size) {
    auto own = std::find(now.owners.begin(), now.owners.end(), actor);
    now.owners.erase(own == now.owners.end() ? now.owners.begin() : own);
  }
}

std::vector<ObjectSpan> ObjectSpans(const Trace& trace, const sim::TraceObject& object) {
  std::vector<ObjectSpan> spans = {{}};
  for (const TraceEvent& event : trace.events) {
    for (const sim::TraceState& state : event.states) {
      if (state.object != object.number) continue;
      ObjectSpan now = spans.back();
      now.from = event.index;
      now.state = CleanText(state.state);
      now.closed = object.kind == "channel" && now.state.ends_with("closed");
      if (object.kind == "channel") MoveValues(event, object.number, now);
      if (object.kind == "mutex" || object.kind == "rwmutex" || object.kind == "once") {
        MoveOwners(event, object.number, spans.back(), now);
      }
      Append(spans, std::move(now));
    }
  }
  return spans;
}

// ---- Contexts

class Contexts {
 public:
  explicit Contexts(const Trace& trace) : trace_(trace) {
    for (const sim::TraceObject& object : trace.objects) {
      kinds_[object.number] = object.kind;
      if (object.kind == "context") nodes_[object.number].object = object.number;
    }
    for (const sim::TraceObject& object : trace.objects) {
      if (object.kind != "context" || !nodes_.contains(object.parent)) continue;
      if (!Above(object.parent, object.number)) nodes_[object.number].parent = object.parent;
    }
  }

  std::vector<ContextNode> Nodes() {
    for (const TraceEvent& event : trace_.events) {
      Relate(event);
      Cancel(event);
      Look(event);
    }
    for (const sim::TraceGoroutine& g : trace_.goroutines) {
      for (auto& [number, node] : nodes_) {
        bool blind = std::any_of(g.unseen.begin(), g.unseen.end(), [&](int object) {
          return object == node.object || (object == node.done && node.done != 0);
        });
        if (blind && node.cancelled_event != 0) node.unseen.push_back(g.number);
      }
    }
    std::vector<ContextNode> out;
    for (const auto& [number, node] : nodes_) {
      if (node.parent == 0) AddTree(number, out);
    }
    return out;
  }

 private:
  bool Is(int object, std::string_view kind) const { return kinds_.at(object) == kind; }

  // A context operation lists a node, its Done channel, then its parent or its children.
  void Relate(const TraceEvent& event) {
    if (event.category != OpCategory::kContext && event.category != OpCategory::kCancel) return;
    const std::vector<int>& all = event.objects;
    for (size_t i = 0; i + 1 < all.size(); ++i) {
      if (Is(all[i], "context") && Is(all[i + 1], "channel")) nodes_[all[i]].done = all[i + 1];
    }
    bool derives = !event.parts.empty() && event.parts[0].operation == "derive context";
    if (derives && all.size() == 3 && Is(all[0], "context") && Is(all[2], "context") &&
        nodes_[all[0]].parent == 0 && !Above(all[2], all[0])) {
      nodes_[all[0]].parent = all[2];
    }
  }

  // Whether `node` is `below` or lies above it already: a damaged trace must not make a ring.
  bool Above(int below, int node) const {
    for (int at = below; at != 0; at = nodes_.at(at).parent) {
      if (at == node) return true;
    }
    return false;
  }

  void Cancel(const TraceEvent& event) {
    for (const sim::TraceState& state : event.states) {
      if (!Is(state.object, "context") || state.state != "cancelled") continue;
      ContextNode& node = nodes_[state.object];
      if (node.cancelled_event != 0) continue;
      node.cancelled_event = event.index;
      if (!event.parts.empty()) node.cancelled_by = event.parts[0].goroutine;
    }
  }

  void Look(const TraceEvent& event) {
    for (auto& [number, node] : nodes_) {
      if (node.cancelled_event == 0 || node.cancelled_event > event.index) continue;
      for (const TracePart& part : event.parts) {
        bool done = node.done != 0 && part.object == node.done && Receives(part);
        bool asks = part.object == number && part.operation == "context error";
        bool known = std::any_of(node.seen.begin(), node.seen.end(),
                                 [&](const auto& s) { return s.goroutine == part.goroutine; });
        if ((done || asks) && !known && part.goroutine != 0) {
          node.seen.push_back({part.goroutine, event.index});
        }
      }
    }
  }

  void AddTree(int number, std::vector<ContextNode>& out) const {
    out.push_back(nodes_.at(number));
    for (const auto& [other, node] : nodes_) {
      if (node.parent == number) AddTree(other, out);
    }
  }

  const Trace& trace_;
  std::map<int, std::string> kinds_;
  std::map<int, ContextNode> nodes_;
};

}  // namespace

std::string_view Name(Activity activity) {
  switch (activity) {
    case Activity::kAbsent:
      return "absent";
    case Activity::kReady:
      return "ready";
    case Activity::kWaiting:
      return "waiting";
    case Activity::kBlocked:
      return "blocked";
    case Activity::kEnded:
      return "ended";
    case Activity::kPanicked:
      return "panicked";
  }
  return "waiting";
}

Story Tell(const Diagram& d) {
  Story story;
  const Trace& trace = *d.trace;
  for (size_t i = 0; i < trace.goroutines.size(); ++i) {
    story.goroutines.push_back(Walk(d, i).Spans());
  }
  for (const sim::TraceObject& object : trace.objects) {
    story.objects.push_back(ObjectSpans(trace, object));
  }
  story.contexts = Contexts(trace).Nodes();
  int mover = 0;
  for (const TraceEvent& event : trace.events) {
    if (event.parts.empty() || event.parts[0].goroutine == 0) continue;
    int actor = event.parts[0].goroutine;
    if (mover != 0 && actor != mover) story.switches.push_back(event.index);
    mover = actor;
  }
  return story;
}

std::vector<ContextLine> ContextLines(const Trace& trace, const Story& story, size_t limit) {
  std::map<int, std::string> names;
  for (const sim::TraceObject& object : trace.objects) names[object.number] = object.name;
  std::map<int, int> depths;
  std::vector<ContextLine> lines;
  for (const ContextNode& node : story.contexts) {
    int depth = node.parent == 0 ? 0 : depths[node.parent] + 1;
    depths[node.object] = depth;
    if (lines.size() == limit) {
      lines.push_back({0, fmt::format("and {} more", story.contexts.size() - limit)});
      break;
    }
    std::string text = CleanText(names[node.object]) + ": ";
    if (node.cancelled_event == 0) {
      text += "live";
    } else {
      text += fmt::format("cancelled at step {}", node.cancelled_event);
      if (node.cancelled_by != 0) text += fmt::format(" by goroutine {}", node.cancelled_by);
      if (node.seen.empty() && node.unseen.empty()) text += ", seen by nobody";
    }
    const size_t most = 3;
    auto more = [&](size_t size) {
      if (size > most) text += fmt::format(" and {} more", size - most);
    };
    for (size_t i = 0; i < std::min(node.seen.size(), most); ++i) {
      text += fmt::format("{} goroutine {} at step {}", i == 0 ? ", seen by" : ",",
                          node.seen[i].goroutine, node.seen[i].event);
    }
    more(node.seen.size());
    for (size_t i = 0; i < std::min(node.unseen.size(), most); ++i) {
      text += fmt::format("{} goroutine {}", i == 0 ? ", never seen by" : ",", node.unseen[i]);
    }
    more(node.unseen.size());
    lines.push_back({depth, std::move(text)});
  }
  return lines;
}

}  // namespace heddle::viz
