// SPDX-License-Identifier: Apache-2.0
// Slices, flows, instants and counters of a trace.
#include "viz/perfetto_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "viz/diagram.h"
#include "viz/label.h"
#include "viz/story.h"

namespace heddle::viz {
namespace {

using Json = nlohmann::ordered_json;
using sim::Trace;
using sim::TraceEvent;

// Microseconds on the axis.
constexpr int64_t kStep = 10;  // from one step to the next
constexpr int64_t kSlice = 8;  // a step's own slice
constexpr int64_t kRest = 40;  // how long the states at the end are drawn
constexpr int kProcess = 1;

int64_t StartOf(int event) { return int64_t{event} * kStep; }

class Writer {
 public:
  explicit Writer(const Trace& trace)
      : trace_(trace),
        d_(Arrange(trace, {.lanes = std::numeric_limits<size_t>::max(),
                           .events = std::numeric_limits<size_t>::max()})),
        story_(Tell(d_)) {}

  std::string Text() {
    out_ = "{\"displayTimeUnit\": \"ns\",\n\"otherData\": " + OtherData() + ",\n\"traceEvents\": [";
    NameThreads();
    for (const TraceEvent& event : trace_.events) Steps(event);
    for (size_t i = 0; i < trace_.goroutines.size(); ++i) States(i);
    for (size_t i = 0; i < d_.links.size(); ++i) Flow(d_.links[i], static_cast<int>(i) + 1);
    for (size_t i = 0; i < trace_.objects.size(); ++i) Buffer(i);
    Finding();
    return out_ + "\n]}\n";
  }

 private:
  int64_t End() const { return StartOf(static_cast<int>(trace_.events.size()) + 1); }

  // Thread numbers: goroutines keep theirs, the timers come last.
  int Thread(int goroutine) const {
    if (goroutine != 0) return goroutine;
    int last = 0;
    for (const sim::TraceGoroutine& g : trace_.goroutines) last = std::max(last, g.number);
    return last + 1;
  }

  std::string OtherData() const {
    return Json{{"program", CleanText(trace_.program)},
                {"entry", CleanText(trace_.entry)},
                {"schedule", CleanText(trace_.schedule)},
                {"finding", Headline(trace_)},
                {"axis", "one step is 10 us; virtual time is an argument of each step"}}
        .dump();
  }

  void Add(const Json& event) {
    out_ += first_ ? "\n" : ",\n";
    out_ += event.dump();
    first_ = false;
  }

  static Json Base(std::string_view phase, std::string name, int thread) {
    return {{"ph", phase}, {"name", std::move(name)}, {"pid", kProcess}, {"tid", thread}};
  }

  void Metadata(std::string_view what, int thread, Json arguments) {
    Json event = Base("M", std::string(what), thread);
    event["args"] = std::move(arguments);
    Add(event);
  }

  void NameThreads() {
    Metadata("process_name", 1, {{"name", ProgramLine(trace_)}});
    for (size_t i = 0; i < d_.lanes.size(); ++i) {
      const sim::TraceGoroutine& g = *d_.lanes[i].goroutine;
      std::string name =
          g.number == 0 ? "timers" : fmt::format("G{} {}", g.number, CleanText(g.name));
      Metadata("thread_name", Thread(g.number), {{"name", name}});
      Metadata("thread_sort_index", Thread(g.number), {{"sort_index", i}});
    }
  }

  void Steps(const TraceEvent& event) {
    if (event.parts.empty()) {
      Json mark = Base("i", DurationText(event.time_ns) + " on the clock", 1);
      mark["cat"] = "clock";
      mark["ts"] = StartOf(event.index);
      mark["s"] = "p";
      mark["args"] = {{"step", event.index}, {"virtual time", DurationText(event.time_ns)}};
      Add(mark);
      return;
    }
    std::vector<int> seen;
    for (const sim::TracePart& part : event.parts) {
      if (std::find(seen.begin(), seen.end(), part.goroutine) != seen.end()) continue;
      seen.push_back(part.goroutine);
      Json slice = Base("X", PartText(d_, event, part), Thread(part.goroutine));
      slice["cat"] = sim::Name(event.category);
      slice["ts"] = StartOf(event.index);
      slice["dur"] = kSlice;
      Json arguments = {{"step", event.index},
                        {"virtual time", DurationText(event.time_ns)},
                        {"virtual time ns", event.time_ns},
                        {"at", CleanText(part.site.ToString())},
                        {"in", CleanText(part.site.function)}};
      for (size_t i = 0; i < event.deltas.size(); ++i) {
        arguments[fmt::format("state {}", i + 1)] = CleanText(event.deltas[i]);
      }
      slice["args"] = std::move(arguments);
      Add(slice);
    }
  }

  // What a goroutine stands at between its steps.
  void States(size_t i) {
    const std::vector<GoroutineSpan>& spans = story_.goroutines[i];
    int number = trace_.goroutines[i].number;
    std::vector<int> own;
    for (const TraceEvent& event : trace_.events) {
      for (const sim::TracePart& part : event.parts) {
        if (part.goroutine == number) own.push_back(event.index);
      }
    }
    size_t next = 0;
    for (size_t k = 0; k < spans.size(); ++k) {
      bool last = k + 1 == spans.size();
      int64_t at = StartOf(spans[k].from), end = last ? End() + kRest : StartOf(spans[k + 1].from);
      for (; next < own.size() && StartOf(own[next]) < end; ++next) {
        State(number, spans[k], at, StartOf(own[next]), false);
        at = StartOf(own[next]) + kSlice;
      }
      State(number, spans[k], at, end, last);
    }
  }

  void State(int number, const GoroutineSpan& span, int64_t begin, int64_t end, bool last) {
    bool here = span.activity == Activity::kReady || span.activity == Activity::kWaiting ||
                span.activity == Activity::kBlocked;
    if (!here || begin >= end) return;
    std::string name(Name(span.activity));
    if (last && span.activity == Activity::kBlocked) {
      name = d_.lanes[static_cast<size_t>(d_.lane_of.at(number))].end_text;
    } else if (!span.at.empty()) {
      name += ": " + span.at;
    }
    Json slice = Base("X", std::move(name), number);
    slice["cat"] = "state";
    slice["ts"] = begin;
    slice["dur"] = end - begin;
    slice["args"] = {{"at", CleanText(span.site.ToString())}, {"after step", span.from}};
    Add(slice);
  }

  void Flow(const Link& link, int id) {
    auto add = [&](std::string_view phase, int event, int lane, int64_t offset) {
      Json flow = Base(phase, "happens before",
                       Thread(d_.lanes[static_cast<size_t>(lane)].goroutine->number));
      flow["cat"] = "happens-before";
      flow["id"] = id;
      flow["ts"] = StartOf(event) + offset;
      if (phase == "f") flow["bp"] = "e";
      Add(flow);
    };
    // A spawn's own event has no slice of the child: its flow leads to what the child stands at.
    add("s", link.from_event, link.from_lane, 1);
    add("f", link.to_event, link.to_lane, 2);
  }

  void Buffer(size_t i) {
    bool buffered = std::any_of(story_.objects[i].begin(), story_.objects[i].end(),
                                [](const ObjectSpan& span) { return span.capacity > 0; });
    if (!buffered) return;
    for (const ObjectSpan& span : story_.objects[i]) {
      Json counter = Base("C", CleanText(trace_.objects[i].name) + " buffered", 1);
      counter["ts"] = StartOf(span.from);
      counter["args"] = {{"values", span.values.size()}};
      Add(counter);
    }
  }

  void Finding() {
    if (!d_.finding) return;
    std::vector<int> goroutines = d_.finding->goroutines;
    if (goroutines.empty()) goroutines.push_back(1);
    for (int goroutine : goroutines) {
      Json mark = Base("i", Headline(trace_), Thread(goroutine));
      mark["cat"] = "finding";
      mark["ts"] = d_.at_event ? StartOf(d_.finding->event) + kSlice / 2 : End();
      mark["s"] = "t";
      mark["args"] = {{"kind", CleanText(d_.finding->kind)}, {"message", ShortMessage(trace_)}};
      Add(mark);
    }
  }

  const Trace& trace_;
  Diagram d_;
  Story story_;
  std::string out_;
  bool first_ = true;
};

}  // namespace

std::string PerfettoView(const Trace& trace) { return Writer(trace).Text(); }

}  // namespace heddle::viz
