// SPDX-License-Identifier: Apache-2.0
// The steps of a trace as text.
#include "viz/text_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "viz/ansi.h"
#include "viz/diagram.h"
#include "viz/label.h"

namespace heddle::viz {
namespace {

using sim::OpCategory;
using sim::Trace;
using sim::TraceEvent;
using sim::TracePart;
using sim::TraceSite;

constexpr size_t kMaxLanes = 24;
constexpr size_t kTextColumns = 66;  // lanes and step texts together
constexpr size_t kSourceColumns = 60;
constexpr int kNumberColumns = 7;

enum class Look { kPlain, kBad, kEnding, kQuiet };

struct Line {
  std::string number;  // of the step, or empty
  int lane = 0;
  std::string text;
  TraceSite site;
  Look look = Look::kPlain;
  bool mark = false;  // runs across all lanes: time, steps left out
  int event = 0;      // which lanes are alive is judged here
};

class Steps {
 public:
  Steps(const Trace& trace, const StepsOptions& options)
      : trace_(trace), options_(options), ansi_{options.color} {
    d_ = Arrange(trace, {.lanes = kMaxLanes, .events = static_cast<size_t>(-1), .links = false});
    size_t n = d_.lanes.size();
    spacing_ = n <= 6 ? 8 : n <= 12 ? 4 : 2;
    last_event_.assign(n, 0);
    for (const TraceEvent& event : trace.events) {
      for (const TracePart& part : event.parts) {
        auto lane = d_.lane_of.find(part.goroutine);
        if (lane != d_.lane_of.end()) last_event_[lane->second] = event.index;
      }
    }
  }

  std::string Print() {
    Collect();
    size_t text_end = Columns(Heading());
    for (const Line& line : lines_) {
      if (!line.mark) text_end = std::max(text_end, line.lane * spacing_ + Columns(line.text));
    }
    text_columns_ = std::min(text_end, kTextColumns) + 2;
    for (const Line& line : lines_) {
      site_columns_ = std::max(site_columns_, Columns(SiteText(line.site)));
    }
    std::string out = fmt::format("{:>{}}  {}\n", "step", kNumberColumns - 2, Heading());
    for (const Line& line : lines_) out += PrintLine(line);
    return out;
  }

 private:
  // "G7", or "T" for the timers.
  static std::string Short(int number) { return number == 0 ? "T" : fmt::format("G{}", number); }

  std::string Heading() const {
    std::string heading;
    for (size_t lane = 0; lane < d_.lanes.size(); ++lane) {
      std::string name = Short(d_.lanes[lane].goroutine->number);
      if (spacing_ <= 2 && name.size() > 1) name.erase(0, 1);
      if (lane + 1 < d_.lanes.size()) name.resize(std::max(name.size(), spacing_), ' ');
      if (name.size() > spacing_ && lane + 1 < d_.lanes.size()) name = std::string(spacing_, '.');
      heading += name;
    }
    return heading;
  }

  void Collect() {
    size_t total = trace_.events.size();
    size_t head = total, tail = 0;
    if (total > options_.max_steps) {
      head = options_.max_steps / 4;
      tail = options_.max_steps - head;
    }
    int64_t time = 0;
    for (size_t i = 0; i < total; ++i) {
      const TraceEvent& event = trace_.events[i];
      if (i >= head && i < total - tail) {
        if (i == head) Mark(event, fmt::format("… {} steps left out …", total - head - tail));
        time = event.time_ns;
        continue;
      }
      if (event.time_ns != time) {
        time = event.time_ns;
        Mark(event, fmt::format("── {} on the clock ──", DurationText(time)));
        if (event.parts.empty()) lines_.back().number = fmt::format("{}", event.index);
      }
      AddEvent(event);
    }
    AddEnds();
  }

  void Mark(const TraceEvent& event, std::string text) {
    Line line;
    line.text = std::move(text);
    line.mark = true;
    line.look = Look::kQuiet;
    line.event = event.index;
    lines_.push_back(std::move(line));
  }

  void AddEvent(const TraceEvent& event) {
    bool bad = IsFindingEvent(d_, event);
    bool numbered = false;
    for (size_t i = 0; i < event.parts.size(); ++i) {
      const TracePart& part = event.parts[i];
      auto lane = d_.lane_of.find(part.goroutine);
      if (lane == d_.lane_of.end()) continue;
      if (i > 0 && event.category == OpCategory::kSpawn) continue;
      Line line;
      if (!numbered) line.number = fmt::format("{}", event.index);
      numbered = true;
      line.lane = lane->second;
      line.text = PartText(d_, event, part) + Partners(event, i);
      line.site = part.site;
      line.event = event.index;
      bool ending = event.category == OpCategory::kClose || event.category == OpCategory::kCancel;
      line.look = bad && i == 0 ? Look::kBad : ending && i == 0 ? Look::kEnding : Look::kPlain;
      lines_.push_back(std::move(line));
    }
    if (bad && !event.parts.empty()) {
      auto lane = d_.lane_of.find(event.parts[0].goroutine);
      if (lane != d_.lane_of.end()) AddBad(lane->second, ShortMessage(trace_), event.index);
    }
  }

  void AddBad(int lane, const std::string& message, int event) {
    Line line;
    line.lane = lane;
    line.text = "✗ " + message;
    line.look = Look::kBad;
    line.event = event;
    lines_.push_back(std::move(line));
  }

  // " → G2" for the goroutine that took part as well; a spawn names its child.
  std::string Partners(const TraceEvent& event, size_t part) const {
    if (event.category == OpCategory::kSpawn) {
      for (const Lane& lane : d_.lanes) {
        if (lane.start_event == event.index) return " → " + Short(lane.goroutine->number);
      }
      return "";
    }
    if (event.parts.size() < 2) return "";
    bool receives = event.parts[part].operation == "receive" ||
                    (event.parts[part].operation == "select" && part > 0);
    std::string_view arrow = receives                                            ? "←"
                             : part > 0 && event.parts[part].operation != "send" ? "←"
                                                                                 : "→";
    if (part > 0) return fmt::format(" {} {}", arrow, Short(event.parts[0].goroutine));
    std::string out = fmt::format(" {}", arrow);
    for (size_t i = 1; i < event.parts.size(); ++i) {
      out += fmt::format("{} {}", i == 1 ? "" : ",", Short(event.parts[i].goroutine));
    }
    return out;
  }

  void AddEnds() {
    int after = static_cast<int>(trace_.events.size()) + 1;
    for (size_t i = 0; i < d_.lanes.size(); ++i) {
      const Lane& lane = d_.lanes[i];
      if (lane.end_text.empty() || lane.end == LaneEnd::kEnded || lane.end == LaneEnd::kPanicked)
        continue;
      Line line;
      line.lane = static_cast<int>(i);
      bool bad = lane.accused && !d_.at_event;
      line.text = (bad ? "✗ " : "") + lane.end_text;
      line.site = lane.end_at;
      line.look = bad ? Look::kBad : Look::kQuiet;
      line.event = after;
      lines_.push_back(std::move(line));
    }
  }

  bool Alive(size_t lane, int event) const {
    const Lane& l = d_.lanes[lane];
    if (event < l.start_event || (l.start_event == 0 && l.goroutine->number > 1)) return false;
    bool over = l.end == LaneEnd::kEnded || l.end == LaneEnd::kPanicked;
    return !over || event <= last_event_[lane];
  }

  // Without the folder: the goroutines are listed with whole paths.
  static std::string SiteText(const TraceSite& site) {
    if (site.line == 0) return "";
    std::string text = CleanText(site.ToString());
    return text.substr(text.rfind('/') + 1);
  }

  std::string Paint(Look look, const std::string& text) const {
    switch (look) {
      case Look::kPlain:
        return text;
      case Look::kBad:
        return ansi_.Bad(text);
      case Look::kEnding:
        return ansi_.Ending(text);
      case Look::kQuiet:
        return ansi_.Dim(text);
    }
    return text;
  }

  std::string Lanes(size_t from, size_t to, int event) const {
    std::string out;
    for (size_t i = from; i < to; ++i) {
      out += (Alive(i, event) ? "│" : " ") + std::string(spacing_ - 1, ' ');
    }
    return out;
  }

  std::string PrintLine(const Line& line) const {
    std::string out = ansi_.Dim(fmt::format("{:>{}}", line.number, kNumberColumns - 2)) + "  ";
    if (line.mark) return out + Paint(line.look, line.text) + "\n";
    out += ansi_.Dim(Lanes(0, line.lane, line.event));
    size_t used = line.lane * spacing_;
    std::string text =
        Shorten(line.text, std::max<size_t>(kTextColumns - std::min(used, kTextColumns), 30));
    if (line.look == Look::kBad) text = line.text;
    out += Paint(line.look, text);
    used += Columns(text);
    size_t next = used / spacing_ + 1;
    std::string tail;
    if (next < d_.lanes.size()) {
      tail = std::string(next * spacing_ - used, ' ') + Lanes(next, d_.lanes.size(), line.event);
      tail.resize(tail.find_last_not_of(' ') + 1);
    }
    std::string site = SiteText(line.site);
    if (!site.empty()) {
      size_t columns = used + Columns(tail);
      tail += std::string(columns < text_columns_ ? text_columns_ - columns : 2, ' ');
    }
    std::string source = options_.source ? CleanText(options_.source(line.site)) : "";
    out += ansi_.Dim(tail);
    out += ansi_.Dim(source.empty() ? site : fmt::format("{:<{}}  ", site, site_columns_));
    out += Shorten(source, kSourceColumns);
    size_t end = out.find_last_not_of(' ');
    out.resize(end == std::string::npos ? 0 : end + 1);
    return out + "\n";
  }

  const Trace& trace_;
  const StepsOptions& options_;
  Ansi ansi_;
  Diagram d_;
  size_t spacing_ = 8;
  std::vector<int> last_event_;  // of each lane
  std::vector<Line> lines_;
  size_t text_columns_ = 0;
  size_t site_columns_ = 0;
};

}  // namespace

std::string StepsText(const Trace& trace, const StepsOptions& options) {
  Steps steps(trace, options);
  return steps.Print();
}

std::string TextView(const Trace& trace) {
  std::string out = Headline(trace) + "\n" + ProgramLine(trace) + "\n\n";
  for (const sim::TraceGoroutine& g : trace.goroutines) {
    out += fmt::format("  G{:<3} {}", g.number, CleanText(g.name));
    if (g.created_at.line != 0)
      out += fmt::format(", created at {}", CleanText(g.created_at.ToString()));
    if (g.created_by != 0) out += fmt::format(" by G{}", g.created_by);
    out += fmt::format(": {}\n", g.state.empty() ? "running" : CleanText(g.state));
  }
  return out + "\n" + StepsText(trace, {});
}

}  // namespace heddle::viz
