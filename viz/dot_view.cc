// SPDX-License-Identifier: Apache-2.0
// The picture of a trace: where everything stands. Diagram -> DOT text with positions.
//
// How to read: Measure decides widths and rows, Draw* write one layer each, from back to front. The
// line of a lane says whether its goroutine could move (Story), lines below it what became of the
// contexts. A step has a row of its own, so a horizontal line at a row meets no box of another
// step; the vertical part of a link runs in a track between two lanes.
#include "viz/dot_view.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "viz/diagram.h"
#include "viz/dot_style.h"
#include "viz/dot_writer.h"
#include "viz/label.h"
#include "viz/story.h"

namespace heddle::viz {
namespace {

using sim::OpCategory;
using sim::Trace;
using sim::TraceEvent;
using sim::TracePart;
using sim::TraceSite;

constexpr double kMargin = 18;
constexpr double kNumberWidth = 50;  // the column of step numbers
constexpr double kMinLane = 104, kMaxLane = 215;
constexpr double kLanePad = 9;  // from the widest box to the edge of the lane
constexpr double kGutter = 30;  // between two lanes, without tracks
constexpr double kTrack = 9;    // between two tracks of a gutter
constexpr double kRowGap = 13;
constexpr double kHeadHeight = 54;
constexpr double kMinWidth = 520;     // so that the title has room
constexpr double kLineHeight = 13.2;  // of kTextSize
constexpr double kBold = 1.1;         // bold text is that much wider
constexpr double kCalloutWidth = 290;
constexpr size_t kMostContexts = 16;
constexpr size_t kTall = 16;  // so many rows, and the lanes are named at the bottom too
constexpr std::string_view kFont = "Helvetica", kBoldFont = "Helvetica-Bold";

struct Row {
  const TraceEvent* event = nullptr;
  double y = 0;  // centre
  double height = 0;
};

std::string ShortSite(const TraceSite& site) {
  if (site.line == 0) return "";
  std::string file = CleanText(site.file);
  return fmt::format("{}:{}", file.substr(file.rfind('/') + 1), site.line);
}

class Picture {
 public:
  explicit Picture(const Trace& trace) : trace_(trace), d_(Arrange(trace, {})), story_(Tell(d_)) {}

  std::string Draw() {
    MeasureLanes();
    AssignTracks();
    PlaceLanes();
    PlaceRows();
    DrawBands();
    DrawTitle();
    DrawTimeMarks();
    for (size_t lane = 0; lane < d_.lanes.size(); ++lane) DrawLane(lane);
    for (const Link& link : d_.links) DrawLink(link);
    DrawNumbers();
    DrawCycle();
    DrawContexts();
    DrawLegend();
    DrawCorners();
    return w_.Finish({{"layout", "nop2"},
                      {"bgcolor", "white"},
                      {"outputorder", "edgesfirst"},
                      {"pad", "0"},
                      {"tooltip", DotEscape(Headline(trace_))}});
  }

 private:
  size_t EventCount() const { return trace_.events.size() - (d_.first_event - 1); }
  size_t RowOf(int event) const { return event - d_.first_event; }

  int LaneOf(const TracePart& part) const {
    auto found = d_.lane_of.find(part.goroutine);
    return found == d_.lane_of.end() ? -1 : found->second;
  }

  // The child that a spawn starts has a dot in its lane, no box.
  static bool HasBox(const TraceEvent& event, size_t part) {
    return part == 0 || event.category != OpCategory::kSpawn;
  }

  std::vector<std::string> BoxLines(const TraceEvent& event, const TracePart& part) const {
    return WrapToWidth(PartText(d_, event, part), kTextSize, kMaxLane - 16, 2);
  }

  static std::string LaneName(const Lane& lane) {
    int number = lane.goroutine->number;
    return number == 0 ? "timers" : fmt::format("goroutine {}", number);
  }

  std::vector<std::string> HeadLines(const Lane& lane) const {
    const sim::TraceGoroutine& g = *lane.goroutine;
    std::string second = CleanText(g.name);
    std::string third = g.created_at.line != 0 ? "created at " + ShortSite(g.created_at) : "";
    std::vector<std::string> lines = {LaneName(lane)};
    for (const std::string& line : {second, third}) {
      if (!line.empty()) lines.push_back(WrapToWidth(line, kSmallSize, kMaxLane - 14, 1)[0]);
    }
    return lines;
  }

  std::vector<std::string> EndLines(const Lane& lane) const {
    return WrapToWidth(lane.end_text, kTextSize, kMaxLane - 30, 2);
  }

  void MeasureLanes() {
    box_width_.assign(d_.lanes.size(), kMinLane);
    auto grow = [&](size_t lane, double width) {
      box_width_[lane] = std::clamp(width, box_width_[lane], kMaxLane);
    };
    for (size_t i = 0; i < d_.lanes.size(); ++i) {
      for (const std::string& line : HeadLines(d_.lanes[i]))
        grow(i, TextWidth(line, kSmallSize) + 20);
      for (const std::string& line : EndLines(d_.lanes[i]))
        grow(i, TextWidth(line, kTextSize) + 28);
    }
    row_lines_.assign(EventCount(), 0);
    for (size_t r = 0; r < EventCount(); ++r) {
      const TraceEvent& event = trace_.events[r + d_.first_event - 1];
      for (size_t p = 0; p < event.parts.size(); ++p) {
        int lane = LaneOf(event.parts[p]);
        if (lane < 0 || !HasBox(event, p)) continue;
        std::vector<std::string> lines = BoxLines(event, event.parts[p]);
        row_lines_[r] = std::max(row_lines_[r], lines.size());
        double weight = IsFindingEvent(d_, event) ? kBold : 1;
        for (const std::string& line : lines) grow(lane, TextWidth(line, kTextSize) * weight + 18);
      }
    }
  }

  // A link between rows runs vertically in the gutter next to its target. Two of them in one gutter
  // share a track only when their rows do not overlap.
  void AssignTracks() {
    std::vector<std::vector<int>> busy_until(d_.lanes.size() + 1);
    track_.assign(d_.links.size(), 0);
    std::vector<size_t> order;
    for (size_t i = 0; i < d_.links.size(); ++i) {
      if (d_.links[i].from_event != d_.links[i].to_event) order.push_back(i);
    }
    std::stable_sort(order.begin(), order.end(), [&](size_t a, size_t b) {
      return d_.links[a].from_event < d_.links[b].from_event;
    });
    for (size_t i : order) {
      std::vector<int>& tracks = busy_until[GutterOf(d_.links[i])];
      size_t track = 0;
      while (track < tracks.size() && tracks[track] >= d_.links[i].from_event) ++track;
      if (track == tracks.size()) tracks.push_back(0);
      tracks[track] = d_.links[i].to_event;
      track_[i] = static_cast<int>(track);
    }
    tracks_in_.assign(d_.lanes.size() + 1, 0);
    for (size_t g = 0; g < busy_until.size(); ++g)
      tracks_in_[g] = std::min<size_t>(busy_until[g].size(), 8);
  }

  // Gutter i lies to the left of lane i.
  static size_t GutterOf(const Link& link) {
    return link.to_lane > link.from_lane ? link.to_lane : link.to_lane + 1;
  }

  double GutterWidth(size_t gutter) const { return kGutter + kTrack * tracks_in_[gutter]; }

  void PlaceLanes() {
    double x = kMargin + kNumberWidth;
    for (size_t i = 0; i < d_.lanes.size(); ++i) {
      if (i > 0) x += GutterWidth(i);
      double half = box_width_[i] / 2 + kLanePad;
      center_.push_back(x + half);
      x += 2 * half;
    }
    if (tracks_in_.back() > 0) x += GutterWidth(d_.lanes.size());
    lanes_right_ = x;
    width_ = std::max(x + kMargin, kMinWidth);
  }

  void PlaceRows() {
    title_ = WrapToWidth(Headline(trace_), kTitleSize * kBold, width_ - 2 * kMargin, 3);
    double y = kMargin + title_.size() * kTitleSize * 1.2 + 6 + 16;
    if (LeftOut() != "") y += 14;
    lanes_top_ = y + 8;
    head_y_ = lanes_top_ + kLanePad + kHeadHeight / 2;
    y = head_y_ + kHeadHeight / 2 + 8;
    int64_t time = d_.first_event > 1 ? trace_.events[d_.first_event - 2].time_ns : 0;
    for (size_t r = 0; r < EventCount(); ++r) {
      const TraceEvent& event = trace_.events[r + d_.first_event - 1];
      if (event.time_ns != time) {
        time = event.time_ns;
        y += 24;
        std::string label = DurationText(time);
        if (event.parts.empty()) label = fmt::format("{}: {}", event.index, label);
        time_marks_.push_back({y - 3, label});
      }
      Row row;
      row.event = &event;
      row.height = row_lines_[r] == 0 ? 0 : row_lines_[r] * kLineHeight + 19;
      if (row.height > 0) y += kRowGap;
      y += row.height / 2;
      row.y = y;
      y += row.height / 2;
      rows_.push_back(row);
      if (IsFindingEvent(d_, event)) {
        callout_y_ = y + 16 + CalloutHeight() / 2;
        y += CalloutHeight() + 20;
      }
    }
    y += kRowGap;
    end_top_ = y;
    double end_height = 0;
    for (const Lane& lane : d_.lanes) end_height = std::max(end_height, EndHeight(lane));
    lanes_bottom_ = y + end_height + kLanePad + (rows_.size() >= kTall ? 18 : 0);
    height_ = lanes_bottom_ + 60;
  }

  double EndHeight(const Lane& lane) const {
    if (lane.end == LaneEnd::kEnded || lane.end == LaneEnd::kOpen) return 0;
    return EndLines(lane).size() * kLineHeight + (lane.end_at.line != 0 ? 21 : 10);
  }

  std::vector<std::string> CalloutLines() const {
    return WrapToWidth(ShortMessage(trace_), kTextSize * kBold, kCalloutWidth - 22, 5);
  }
  double CalloutHeight() const { return CalloutLines().size() * kLineHeight + 12; }

  std::string LeftOut() const {
    std::string out;
    if (d_.first_event > 1)
      out = fmt::format("the first {} steps are left out", d_.first_event - 1);
    if (d_.goroutines_left_out > 0) {
      out += fmt::format("{}{} other goroutines are left out", out.empty() ? "" : "; ",
                         d_.goroutines_left_out);
    }
    return out;
  }

  void Text(std::string_view name, Point at, double width, double size, const std::string& label,
            std::string_view color, bool bold = false) {
    w_.Node(name, at, width, size * 1.2,
            {{"shape", "plaintext"},
             {"fixedsize", "true"},
             {"margin", "0"},
             {"label", label},
             {"fontname", std::string(bold ? kBoldFont : kFont)},
             {"fontsize", fmt::format("{:g}", size)},
             {"fontcolor", std::string(color)},
             {"tooltip", label}});
  }

  void DrawBands() {
    for (size_t i = 0; i < d_.lanes.size(); ++i) {
      double half = box_width_[i] / 2 + kLanePad;
      w_.Band({center_[i] - half, lanes_top_}, {center_[i] + half, lanes_bottom_},
              d_.lanes[i].accused ? kWrongLaneFill : kLaneFill);
    }
  }

  void DrawTitle() {
    double y = kMargin - 4;
    std::string_view color = d_.finding ? kWrongColor : kTextColor;
    for (size_t i = 0; i < title_.size(); ++i) {
      y += kTitleSize * 0.6;
      w_.TextFrom({kMargin, y}, kTitleSize, kBoldFont, color, title_[i]);
      y += kTitleSize * 0.6;
    }
    y += 12;
    w_.TextFrom({kMargin, y}, kTextSize, kFont, kQuietColor, ProgramLine(trace_));
    if (LeftOut() != "") w_.TextFrom({kMargin, y + 14}, kTextSize, kFont, kQuietColor, LeftOut());
  }

  void DrawTimeMarks() {
    for (size_t i = 0; i < time_marks_.size(); ++i) {
      const auto& [y, label] = time_marks_[i];
      std::string left = fmt::format("time_{}", i), right = fmt::format("time_{}_end", i);
      Text(left, {kMargin + kNumberWidth / 2 - 4, y}, kNumberWidth + 8, kSmallSize,
           DotEscape(label), "#2F7199", true);
      w_.Node(right, {lanes_right_, y}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
      w_.Edge(left, right, {{kMargin + kNumberWidth, y}, {lanes_right_, y}}, false,
              {{"color", "#56B4E9"},
               {"style", "dashed"},
               {"penwidth", "1.1"},
               {"tooltip", "the clock moves: " + DotEscape(label)}});
    }
  }

  void DrawNumbers() {
    for (const Row& row : rows_) {
      if (row.height == 0) continue;
      bool bad = IsFindingEvent(d_, *row.event);
      Text(fmt::format("step_{}", row.event->index), {kMargin + kNumberWidth / 2 - 6, row.y}, 30,
           kTextSize, fmt::format("{}", row.event->index), bad ? kWrongColor : kQuietColor, bad);
    }
  }

  std::string BoxName(int event, size_t lane) const {
    return fmt::format("e{}_g{}", event, d_.lanes[lane].goroutine->number);
  }

  // One lane from its head to its end, with its program order.
  void DrawLane(size_t lane) {
    const Lane& l = d_.lanes[lane];
    double x = center_[lane];
    std::string last = fmt::format("head_{}", l.goroutine->number);
    double last_y = head_y_ + kHeadHeight / 2;
    DrawHead(lane, last);
    bool begun = l.goroutine->number <= 1 || l.start_event < d_.first_event;
    auto connect = [&](const std::string& next, double top, bool alive) {
      if (alive && l.goroutine->number != 0) {
        DrawLife(lane, last, next, last_y, top);
      } else {
        w_.Edge(last, next, {{x, last_y}, {x, top}}, false,
                {{"color", std::string(kLifelineColor)},
                 {"style", alive ? "solid" : "dotted"},
                 {"penwidth", alive ? "1.4" : "1"},
                 {"tooltip", "program order"}});
      }
      last = next;
    };
    for (const Row& row : rows_) {
      const TraceEvent& event = *row.event;
      if (event.index == l.start_event && event.category == OpCategory::kSpawn && !begun) {
        std::string dot = fmt::format("start_{}", l.goroutine->number);
        w_.Node(dot, {x, row.y}, 8, 8,
                {{"shape", "circle"},
                 {"fixedsize", "true"},
                 {"style", "filled"},
                 {"label", ""},
                 {"color", std::string(kLifeBox.border)},
                 {"fillcolor", std::string(kLifeBox.border)},
                 {"tooltip", fmt::format("goroutine {} starts", l.goroutine->number)}});
        connect(dot, row.y - 4, false);
        last_y = row.y + 4;
        begun = true;
        continue;
      }
      for (size_t p = 0; p < event.parts.size(); ++p) {
        if (LaneOf(event.parts[p]) != static_cast<int>(lane) || !HasBox(event, p)) continue;
        double height = DrawBox(row, p, lane);
        connect(BoxName(event.index, lane), row.y - height / 2, begun);
        begun = true;
        last_y = row.y + height / 2;
        if (IsFindingEvent(d_, event) && p == 0) last_y = DrawCallout(lane, last_y);
        break;
      }
    }
    DrawEnd(lane, last, last_y, connect);
    if (rows_.size() >= kTall) {
      Text(fmt::format("foot_{}", l.goroutine->number), {x, lanes_bottom_ - 13}, box_width_[lane],
           kSmallSize, LaneName(l), kQuietColor, true);
    }
  }

  // A goroutine between two of its steps: pieces of line that say whether it could move.
  void DrawLife(size_t lane, const std::string& from, const std::string& to, double top,
                double bottom) {
    const Lane& l = d_.lanes[lane];
    const auto& spans = story_.goroutines[static_cast<size_t>(l.goroutine - &trace_.goroutines[0])];
    double x = center_[lane], y = top;
    int step = d_.first_event - 1;
    auto piece = [&](double end) {
      const GoroutineSpan& span = At(spans, step);
      bool blocked = span.activity == Activity::kBlocked;
      bool stuck = l.end == LaneEnd::kStuck && &span == &spans.back();
      used_blocked_ |= blocked && !stuck;
      w_.Edge(from, to, {{x, y}, {x, end}}, false,
              {{"color", std::string(stuck     ? kWrongColor
                                     : blocked ? kBlockedLine.color
                                               : kLifelineColor)},
               {"style", std::string(blocked ? kBlockedLine.style : "solid")},
               {"penwidth", fmt::format("{:g}", blocked ? kBlockedLine.width : 1.4)},
               {"tooltip", DotEscape(fmt::format("{}: {}", Name(span.activity), span.at))}});
      y = end;
    };
    for (const Row& row : rows_) {
      bool changes = At(spans, step) != At(spans, row.event->index);
      if (row.y > top && row.y < bottom && changes) piece(row.y);
      if (row.y < bottom) step = row.event->index;
    }
    piece(bottom);
  }

  static std::string HeadTooltip(const Lane& lane) {
    const sim::TraceGoroutine& g = *lane.goroutine;
    if (g.created_at.line == 0) return CleanText(g.name);
    return fmt::format("{}, created at {}", CleanText(g.name), CleanText(g.created_at.ToString()));
  }

  void DrawHead(size_t lane, const std::string& name) {
    const Lane& l = d_.lanes[lane];
    std::vector<std::string> lines = HeadLines(l);
    w_.Node(name, {center_[lane], head_y_}, box_width_[lane], kHeadHeight,
            {{"shape", "box"},
             {"style", "rounded,filled"},
             {"fixedsize", "true"},
             {"label", ""},
             {"color", std::string(l.accused ? kWrongColor : "#4A5560")},
             {"fillcolor", "white"},
             {"penwidth", l.accused ? "2" : "1.2"},
             {"tooltip", DotEscape(HeadTooltip(l))}});
    double y = head_y_ - (lines.size() - 1) * 7.5;
    for (size_t i = 0; i < lines.size(); ++i, y += 14.5) {
      Text(fmt::format("{}_{}", name, i), {center_[lane], y}, box_width_[lane],
           i == 0 ? kTextSize + 1 : kSmallSize + 0.5, DotEscape(lines[i]),
           i < 2 ? kTextColor : kQuietColor, i == 0);
    }
  }

  // What a pointer over the box shows: everything that is known of the step.
  std::string Tooltip(const TraceEvent& event, const TracePart& part) const {
    std::string out = fmt::format("{}\\n{}", DotEscape(PartText(d_, event, part)),
                                  DotEscape(CleanText(part.site.ToString())));
    if (!part.site.function.empty()) out += " in " + DotEscape(CleanText(part.site.function));
    for (const std::string& delta : event.deltas) out += "\\n" + DotEscape(CleanText(delta));
    for (const std::string& ready : event.ready)
      out += "\\nalso possible: " + DotEscape(CleanText(ready));
    return out;
  }

  // Returns the height of the box.
  double DrawBox(const Row& row, size_t p, size_t lane) {
    const TraceEvent& event = *row.event;
    const TracePart& part = event.parts[p];
    bool bad = IsFindingEvent(d_, event) && p == 0;
    const BoxStyle& style = bad ? kWrongBox : StyleOf(event.category);
    used_boxes_.insert(&style);
    std::vector<std::string> lines = BoxLines(event, part);
    std::string site = ShortSite(part.site);
    double height = lines.size() * kLineHeight + (site.empty() ? 8 : 19);
    w_.Node(BoxName(event.index, lane), {center_[lane], row.y}, box_width_[lane], height,
            {{"shape", "box"},
             {"style", "rounded,filled"},
             {"fixedsize", "true"},
             {"label", ""},
             {"color", std::string(style.border)},
             {"fillcolor", std::string(style.fill)},
             {"penwidth", bad ? "2.6" : "1.1"},
             {"tooltip", Tooltip(event, part)}});
    double y = row.y - height / 2 + 4 + kLineHeight / 2;
    for (size_t i = 0; i < lines.size(); ++i, y += kLineHeight) {
      Text(fmt::format("{}_{}", BoxName(event.index, lane), i), {center_[lane], y},
           box_width_[lane], kTextSize, DotEscape(lines[i]), bad ? kWrongColor : kTextColor, bad);
    }
    if (!site.empty()) {
      Text(BoxName(event.index, lane) + "_at", {center_[lane], y - 1}, box_width_[lane], kSmallSize,
           DotEscape(site), kQuietColor);
    }
    return height;
  }

  // The red box below the step where it goes wrong. Returns its lower edge.
  double DrawCallout(size_t lane, double box_bottom) {
    double width = 0;
    std::vector<std::string> lines = CalloutLines();
    for (const std::string& line : lines)
      width = std::max(width, TextWidth(line, kTextSize * kBold) + 22);
    width = std::max(width, box_width_[lane]);
    double x = std::clamp(center_[lane], kMargin + width / 2, width_ - kMargin - width / 2);
    DrawRed("finding", {x, callout_y_}, width, CalloutHeight(), lines, "");
    w_.Edge(BoxName(d_.finding->event, lane), "finding",
            {{center_[lane], box_bottom}, {center_[lane], callout_y_ - CalloutHeight() / 2}}, false,
            {{"color", std::string(kWrongColor)}, {"penwidth", "2.6"}});
    return callout_y_ + CalloutHeight() / 2;
  }

  void DrawRed(const std::string& name, Point at, double width, double height,
               const std::vector<std::string>& lines, const std::string& site) {
    used_boxes_.insert(&kWrongBox);
    w_.Node(name, at, width, height,
            {{"shape", "box"},
             {"style", "filled"},
             {"fixedsize", "true"},
             {"label", ""},
             {"color", std::string(kWrongColor)},
             {"fillcolor", std::string(kWrongColor)},
             {"penwidth", "2"},
             {"tooltip", DotEscape(Headline(trace_))}});
    double y = at.y - height / 2 + 5 + kLineHeight / 2;
    for (size_t i = 0; i < lines.size(); ++i, y += kLineHeight) {
      Text(fmt::format("{}_{}", name, i), {at.x, y}, width, kTextSize, DotEscape(lines[i]), "white",
           true);
    }
    if (!site.empty())
      Text(name + "_at", {at.x, y - 1}, width, kSmallSize, DotEscape(site), "#FFE3E3");
  }

  template <class Connect>
  void DrawEnd(size_t lane, const std::string& last, double last_y, Connect connect) {
    const Lane& l = d_.lanes[lane];
    double x = center_[lane];
    std::string name = fmt::format("end_{}", l.goroutine->number);
    if (l.end == LaneEnd::kOpen) return;
    if (l.end == LaneEnd::kEnded) {
      double y = last_y + 9;
      w_.Node(name, {x, y}, 34, 3,
              {{"shape", "box"},
               {"style", "filled"},
               {"fixedsize", "true"},
               {"label", ""},
               {"color", "#4A5560"},
               {"fillcolor", "#4A5560"},
               {"tooltip", "ended"}});
      connect(name, y - 1.5, true);
      return;
    }
    if (l.end == LaneEnd::kPanicked && d_.at_event && l.accused) return;
    bool bad = (l.accused && !d_.at_event) || l.end == LaneEnd::kPanicked;
    double height = EndHeight(l), y = end_top_ + height / 2;
    std::string site = ShortSite(l.end_at);
    if (bad) {
      DrawRed(name, {x, y}, box_width_[lane], height, EndLines(l), site);
    } else {
      w_.Node(name, {x, y}, box_width_[lane], height,
              {{"shape", "box"},
               {"style", l.end == LaneEnd::kStuck ? "filled" : "filled,dashed"},
               {"fixedsize", "true"},
               {"label", ""},
               {"color", std::string(l.end == LaneEnd::kStuck ? kWrongColor : kQuietColor)},
               {"fillcolor", "white"},
               {"tooltip", DotEscape(l.end_text)}});
      double text_y = y - height / 2 + 5 + kLineHeight / 2;
      std::vector<std::string> lines = EndLines(l);
      for (size_t i = 0; i < lines.size(); ++i, text_y += kLineHeight) {
        Text(fmt::format("{}_{}", name, i), {x, text_y}, box_width_[lane], kTextSize,
             DotEscape(lines[i]), kTextColor);
      }
      if (!site.empty())
        Text(name + "_at", {x, text_y - 1}, box_width_[lane], kSmallSize, DotEscape(site),
             kQuietColor);
    }
    bool begun = !last.starts_with("head_") || l.goroutine->number == 1;
    connect(name, end_top_, begun);
  }

  // Where a link leaves or meets a lane: the side of the box that faces the other lane.
  double Side(int lane, int other) const {
    double half = box_width_[lane] / 2;
    return center_[lane] + (other > lane ? half : -half);
  }

  void DrawLink(const Link& link) {
    LineStyle style = StyleOf(link.kind);
    used_lines_.insert(link.kind);
    size_t index = &link - d_.links.data();
    std::string from = BoxName(link.from_event, link.from_lane),
                to = BoxName(link.to_event, link.to_lane);
    double from_y = rows_[RowOf(link.from_event)].y, to_y = rows_[RowOf(link.to_event)].y;
    double from_x = Side(link.from_lane, link.to_lane), to_x = Side(link.to_lane, link.from_lane);
    std::vector<Point> points;
    if (link.kind == LinkKind::kSpawn) {
      to = fmt::format("start_{}", d_.lanes[link.to_lane].goroutine->number);
      to_x = center_[link.to_lane] + (link.from_lane > link.to_lane ? 5 : -5);
      points = {{from_x, from_y}, {to_x, from_y}};
    } else if (link.from_event == link.to_event) {
      points = {{from_x, from_y}, {to_x, from_y}};
    } else {
      from_y += 6;
      to_y -= 6;
      bool right = link.to_lane > link.from_lane;
      double step = 16 + kTrack * (track_[index] % 8) + kLanePad;
      double x = right ? to_x - step : to_x + step;
      points = {{from_x, from_y}, {x, from_y}, {x, to_y}, {to_x, to_y}};
    }
    w_.Edge(from, to, points, true,
            {{"color", std::string(style.color)},
             {"style", std::string(style.style)},
             {"penwidth", fmt::format("{:g}", style.width)},
             {"arrowsize", "0.75"},
             {"tooltip", fmt::format("{}: step {} to step {}", style.meaning, link.from_event,
                                     link.to_event)}});
  }

  // A bracket along the steps that repeat forever.
  void DrawCycle() {
    if (!d_.finding || d_.finding->cycle_start == 0 || rows_.empty()) return;
    int first = std::max(d_.finding->cycle_start, d_.first_event);
    double top = rows_[RowOf(first)].y - 10, bottom = rows_.back().y + 10, x = kMargin - 8;
    for (std::string_view end : {"cycle_top", "cycle_bottom"}) {
      w_.Node(end, {x + 8, end == "cycle_top" ? top : bottom}, 1, 1,
              {{"shape", "point"}, {"style", "invis"}});
    }
    w_.Edge("cycle_top", "cycle_bottom", {{x + 8, top}, {x, top}, {x, bottom}, {x + 8, bottom}},
            false,
            {{"color", std::string(kWrongColor)},
             {"penwidth", "2.2"},
             {"tooltip", "these steps repeat forever"}});
    w_.TextFrom({x, bottom + 14}, kSmallSize, kBoldFont, kWrongColor, "repeats forever");
  }

  // The tree of contexts, below the lanes.
  void DrawContexts() {
    std::vector<ContextLine> lines = ContextLines(trace_, story_, kMostContexts);
    if (lines.empty()) return;
    double y = lanes_bottom_ + 22;
    w_.TextFrom({kMargin + 4, y}, kTextSize, kBoldFont, kTextColor, "Contexts");
    for (const ContextLine& line : lines) {
      y += 15;
      double x = kMargin + 4 + 14 * std::min(line.depth, 12);
      double room = (width_ - kMargin - x) / kBold;
      w_.TextFrom({x, y}, kSmallSize + 1, kFont, kTextColor,
                  WrapToWidth(line.text, kSmallSize + 1, room, 1)[0]);
    }
    below_ = y;
  }

  // Only what this picture has.
  void DrawLegend() {
    double x = kMargin + 4, y = std::max(lanes_bottom_, below_) + 24;
    auto advance = [&](double width) {
      if (x + width <= width_ - kMargin || x == kMargin + 4) return;
      x = kMargin + 4;
      y += 19;
    };
    auto caption = [&](std::string_view text) {
      w_.TextFrom({x, y}, kSmallSize, kFont, kTextColor, text);
      x += TextWidth(text, kSmallSize) * 1.1 + 22;
    };
    int n = 0;
    for (const BoxStyle* style :
         {&kMessageBox, &kSyncBox, &kEndingBox, &kLifeBox, &kTimeBox, &kOtherBox, &kWrongBox}) {
      if (!used_boxes_.contains(style)) continue;
      advance(TextWidth(style->meaning, kSmallSize) * 1.1 + 46);
      bool wrong = style == &kWrongBox;
      w_.Node(fmt::format("legend_box_{}", n), {x + 11, y}, 22, 12,
              {{"shape", "box"},
               {"style", "rounded,filled"},
               {"fixedsize", "true"},
               {"label", ""},
               {"color", std::string(style->border)},
               {"penwidth", wrong ? "2.6" : "1.1"},
               {"fillcolor", std::string(style->fill)},
               {"tooltip", std::string(style->meaning)}});
      x += 29;
      caption(style->meaning);
      ++n;
    }
    for (LinkKind kind : {LinkKind::kMessage, LinkKind::kSpawn, LinkKind::kClose, LinkKind::kCancel,
                          LinkKind::kUnlock, LinkKind::kWake, LinkKind::kOrder}) {
      if (!used_lines_.contains(kind)) continue;
      LineStyle style = StyleOf(kind);
      advance(TextWidth(style.meaning, kSmallSize) * 1.1 + 52);
      std::string a = fmt::format("legend_from_{}", n), b = fmt::format("legend_to_{}", n);
      w_.Node(a, {x, y}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
      w_.Node(b, {x + 28, y}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
      w_.Edge(a, b, {{x, y}, {x + 28, y}}, true,
              {{"color", std::string(style.color)},
               {"style", std::string(style.style)},
               {"penwidth", fmt::format("{:g}", style.width)},
               {"arrowsize", "0.75"}});
      x += 35;
      caption(style.meaning);
      ++n;
    }
    if (used_blocked_) {
      advance(TextWidth(kBlockedLine.meaning, kSmallSize) * 1.1 + 52);
      w_.Node("legend_blocked", {x, y}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
      w_.Node("legend_blocked_end", {x + 28, y}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
      w_.Edge("legend_blocked", "legend_blocked_end", {{x, y}, {x + 28, y}}, false,
              {{"color", std::string(kBlockedLine.color)},
               {"style", std::string(kBlockedLine.style)},
               {"penwidth", fmt::format("{:g}", kBlockedLine.width)}});
      x += 35;
      caption(kBlockedLine.meaning);
    }
    height_ = y + 14;
  }

  // Graphviz makes the picture as large as its nodes: two invisible ones hold the corners.
  void DrawCorners() {
    w_.Node("corner_1", {0, 0}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
    w_.Node("corner_2", {width_, height_}, 1, 1, {{"shape", "point"}, {"style", "invis"}});
  }

  const Trace& trace_;
  Diagram d_;
  Story story_;
  DotWriter w_;
  std::vector<double> box_width_, center_;  // per lane
  std::vector<size_t> row_lines_;           // per shown event: lines of text of its tallest box
  std::vector<int> track_;                  // per link
  std::vector<size_t> tracks_in_;           // per gutter
  std::vector<Row> rows_;
  std::vector<std::pair<double, std::string>> time_marks_;
  std::vector<std::string> title_;
  double lanes_top_ = 0, lanes_bottom_ = 0, lanes_right_ = 0, head_y_ = 0, end_top_ = 0;
  double callout_y_ = 0, width_ = 0, height_ = 0;
  double below_ = 0;  // the lower edge of the contexts
  bool used_blocked_ = false;
  std::set<const BoxStyle*> used_boxes_;  // asked only for membership
  std::set<LinkKind> used_lines_;
};

}  // namespace

std::string DotView(const Trace& trace) { return Picture(trace).Draw(); }

}  // namespace heddle::viz
