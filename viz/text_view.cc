// SPDX-License-Identifier: Apache-2.0
// The steps of a trace as text.
#include "viz/text_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
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
constexpr size_t kLeastText = 30;
constexpr size_t kLeastSource = 14;
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

// Indices of the steps to be shown when there is room for so many: from the finding backwards.
std::set<int> StepsThatMatter(const Trace& trace, size_t room) {
  std::set<int> shown;
  const int total = static_cast<int>(trace.events.size());
  const auto add = [&](int index) {
    if (shown.size() < room && index >= 1 && index <= total) shown.insert(index);
  };
  const sim::TraceFinding* finding = trace.findings.empty() ? nullptr : &trace.findings[0];
  const int last = finding != nullptr && finding->event != 0 ? finding->event : total;
  const int ends = static_cast<int>(room / 6) + 1;
  for (int i = 0; i < ends; ++i) add(last - i);
  for (int i = 1; i <= ends; ++i) add(i);
  std::set<int> goroutines, objects;
  if (finding != nullptr) {
    add(finding->no_return);
    constexpr size_t kMost = 8;
    for (int g : finding->goroutines) {
      if (goroutines.size() < kMost) goroutines.insert(g);
    }
    for (const sim::TraceGoroutine& g : trace.goroutines) {
      if (goroutines.contains(g.number)) objects.insert(g.waits_for.begin(), g.waits_for.end());
    }
    if (finding->event != 0) {
      const std::vector<int>& touched =
          trace.events[static_cast<size_t>(finding->event) - 1].objects;
      objects.insert(touched.begin(), touched.end());
    }
  }
  // Of each goroutine and each object the last few, and who began or ended something.
  constexpr int kFew = 6;
  std::map<int, int> of_goroutine, of_object;
  for (int i = total; i >= 1; --i) {
    const TraceEvent& event = trace.events[static_cast<size_t>(i) - 1];
    const bool ending =
        event.category == OpCategory::kClose || event.category == OpCategory::kCancel;
    bool wanted = false;
    for (const TracePart& part : event.parts) {
      if (!goroutines.contains(part.goroutine)) continue;
      const bool born = event.category == OpCategory::kSpawn && &part != &event.parts[0];
      wanted |= born || ++of_goroutine[part.goroutine] <= kFew;
    }
    for (int object : event.objects) {
      if (objects.contains(object)) wanted |= ending || ++of_object[object] <= kFew;
    }
    if (wanted) add(i);
  }
  for (int i = ends; shown.size() < room && i < total; ++i) add(last - i);
  return shown;
}

class Steps {
 public:
  Steps(const Trace& trace, const StepsOptions& options)
      : trace_(trace), options_(options), ansi_{options.color} {
    const size_t columns = options.columns;
    const size_t lanes = columns == 0 ? kMaxLanes : std::clamp(columns / 6, size_t{4}, kMaxLanes);
    d_ = Arrange(trace, {.lanes = lanes, .events = static_cast<size_t>(-1), .links = false});
    size_t n = d_.lanes.size();
    spacing_ = n <= 6 ? 8 : n <= 12 ? 4 : 2;
    if (columns != 0) {
      while (spacing_ > 2 && n * spacing_ > columns / 2) spacing_ /= 2;
    }
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
    for (const Line& line : lines_) {
      site_columns_ = std::max(site_columns_, Columns(SiteText(line.site)));
    }
    if (options_.columns != 0) {
      // What is left beside numbers and sites; a third of it for the source, if that is enough.
      const size_t fixed = kNumberColumns + site_columns_ + 2;
      const size_t left = options_.columns > fixed ? options_.columns - fixed : 0;
      most_text_ = std::max(kLeastText, std::max(left * 2 / 3, left < 60 ? left : size_t{0}));
    }
    text_columns_ = std::min(text_end, most_text_) + 2;
    const size_t used = kNumberColumns + text_columns_ + site_columns_ + 2;
    if (options_.columns != 0) {
      source_columns_ = options_.columns > used ? options_.columns - used : 0;
      if (source_columns_ < kLeastSource) source_columns_ = 0;
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
    const bool all = total <= options_.max_steps;
    std::set<int> shown;
    if (!all) shown = StepsThatMatter(trace_, options_.max_steps);
    size_t left_out = 0;
    int64_t time = 0;
    for (size_t i = 0; i < total; ++i) {
      const TraceEvent& event = trace_.events[i];
      if (!all && !shown.contains(event.index)) {
        ++left_out;
        continue;
      }
      if (left_out > 0) {
        Mark(event, fmt::format("… {} step{} left out …", left_out, left_out == 1 ? "" : "s"));
        left_out = 0;
      } else if (options_.reasons) {
        AddReason(event);
      }
      if (event.time_ns != time) {
        time = event.time_ns;
        Mark(event, fmt::format("── {} on the clock ──", DurationText(time)));
        if (event.parts.empty()) lines_.back().number = fmt::format("{}", event.index);
      }
      AddEvent(event);
      if (options_.reasons) AddOtherCases(event);
      if (options_.reasons) MarkNoReturn(event);
    }
    if (left_out > 0) {
      Mark(trace_.events.back(), fmt::format("… {} steps left out …", left_out));
    }
    AddEnds();
  }

  // Why the goroutine before does not go on, in its own lane.
  void AddReason(const TraceEvent& event) {
    constexpr std::string_view kWho = "goroutine ";
    if (!event.switched.starts_with(kWho)) return;
    size_t end = event.switched.find(' ', kWho.size());
    if (end == std::string::npos) return;
    int number = 0;
    for (char c : event.switched.substr(kWho.size(), end - kWho.size())) {
      if (c < '0' || c > '9' || number > 100'000'000) return;
      number = number * 10 + (c - '0');
    }
    auto lane = d_.lane_of.find(number);
    if (lane == d_.lane_of.end()) return;
    AddQuiet(lane->second, "╰ " + CleanText(event.switched.substr(end + 1)), event.index - 1);
  }

  // Of a select: what else it could have done at that moment.
  void AddOtherCases(const TraceEvent& event) {
    for (const TracePart& part : event.parts) {
      auto lane = d_.lane_of.find(part.goroutine);
      if (part.operation != "select" || lane == d_.lane_of.end()) continue;
      const std::string head = fmt::format("goroutine {}: select: ", part.goroutine);
      std::string others;
      for (const std::string& ready : event.ready) {
        if (!ready.starts_with(head)) continue;
        std::string other = ready.substr(head.size());
        const bool taken = std::any_of(event.objects.begin(), event.objects.end(), [&](int object) {
          const auto& objects = trace_.objects;
          const size_t at = static_cast<size_t>(object) - 1;
          return at < objects.size() && other.find(" " + objects[at].name) != std::string::npos;
        });
        if (other == "default" && part.text.ends_with("default")) continue;  // it took that
        if (!taken) others += (others.empty() ? "" : ", ") + CleanText(other);
      }
      if (!others.empty()) AddQuiet(lane->second, "  also ready: " + others, event.index);
    }
  }

  void MarkNoReturn(const TraceEvent& event) {
    const bool here = !trace_.findings.empty() && trace_.findings[0].no_return == event.index &&
                      trace_.findings[0].no_return_exact &&
                      event.index < static_cast<int>(trace_.events.size());
    if (here) Mark(event, "── from here on every way ends like this ──");
  }

  void AddQuiet(int lane, std::string text, int event) {
    Line line;
    line.lane = lane;
    line.text = std::move(text);
    line.look = Look::kQuiet;
    line.event = event;
    lines_.push_back(std::move(line));
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

  // Without the folder: the goroutines are listed with whole paths. On a narrow page without the
  // beginning of a long name.
  std::string SiteText(const TraceSite& site) const {
    if (site.line == 0) return "";
    std::string text = CleanText(site.ToString());
    text = text.substr(text.rfind('/') + 1);
    const size_t most = options_.columns == 0 ? SIZE_MAX : options_.columns / 3;
    if (Columns(text) <= most) return text;
    size_t at = text.size();
    for (size_t kept = 1; at > 0 && kept < most; ++kept) {
      do {
        --at;
      } while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80);
    }
    return "…" + text.substr(at);
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
    const bool bad = line.look == Look::kBad;
    const bool fitted = options_.columns != 0;
    const size_t room = bad && fitted ? options_.columns - kNumberColumns : most_text_;
    const size_t least = fitted ? size_t{10} : kLeastText;
    std::string text = bad && !fitted
                           ? line.text
                           : Shorten(line.text, std::max(room - std::min(used, room), least));
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
      if (fitted && columns + 2 + Columns(site) + kNumberColumns > options_.columns) site.clear();
      tail += std::string(columns < text_columns_ ? text_columns_ - columns : 2, ' ');
    }
    std::string source =
        options_.source && source_columns_ > 0 ? CleanText(options_.source(line.site)) : "";
    if (fitted && site.empty()) source.clear();
    out += ansi_.Dim(tail);
    out += ansi_.Dim(source.empty() ? site : fmt::format("{:<{}}  ", site, site_columns_));
    if (!source.empty()) out += Shorten(source, source_columns_);
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
  size_t most_text_ = kTextColumns;
  size_t text_columns_ = 0;
  size_t site_columns_ = 0;
  size_t source_columns_ = kSourceColumns;
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
