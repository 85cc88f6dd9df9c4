// SPDX-License-Identifier: Apache-2.0
// DOT statements with fixed positions.
#include "viz/dot_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace heddle::viz {
namespace {

constexpr double kCorner = 7;       // radius of a rounded corner, in points
constexpr double kArrowLength = 8;  // the line ends where the arrow head begins

std::string Number(double value) {
  double rounded = std::round(value * 10) / 10;
  return fmt::format("{:g}", rounded == 0 ? 0.0 : rounded);
}

std::string Place(Point p) { return fmt::format("{},{}", Number(p.x), Number(-p.y)); }

double Distance(Point a, Point b) { return std::hypot(b.x - a.x, b.y - a.y); }

// The point at that distance from a towards b.
Point Towards(Point a, Point b, double distance) {
  double length = Distance(a, b);
  if (length == 0) return a;
  return {a.x + (b.x - a.x) * distance / length, a.y + (b.y - a.y) * distance / length};
}

// Control points of a B-spline as Graphviz has it: a start, then three per piece.
std::vector<Point> Rounded(const std::vector<Point>& points) {
  std::vector<Point> out = {points.front()};
  auto straight = [&](Point to) {
    Point from = out.back();
    out.push_back(Towards(from, to, Distance(from, to) / 3));
    out.push_back(Towards(to, from, Distance(from, to) / 3));
    out.push_back(to);
  };
  for (size_t i = 1; i + 1 < points.size(); ++i) {
    Point corner = points[i];
    double room = std::min({kCorner, Distance(points[i - 1], corner) / 2, Distance(corner, points[i + 1]) / 2});
    Point enter = Towards(corner, points[i - 1], room), leave = Towards(corner, points[i + 1], room);
    straight(enter);
    out.push_back(Towards(enter, corner, room * 0.55));
    out.push_back(Towards(leave, corner, room * 0.55));
    out.push_back(leave);
  }
  straight(points.back());
  return out;
}

std::string Attributes(const DotAttributes& attributes) {
  std::string out;
  for (const auto& [key, value] : attributes) out += fmt::format(", {}=\"{}\"", key, value);
  return out;
}

}  // namespace

std::string DotEscape(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
    if (c == '&') out += "amp;";
  }
  return out;
}

void DotWriter::Node(std::string_view name, Point at, double width, double height,
                     const DotAttributes& attributes) {
  body_ += fmt::format("  \"{}\" [pos=\"{}\", width={:.3f}, height={:.3f}{}];\n", name, Place(at),
                       width / 72, height / 72, Attributes(attributes));
}

void DotWriter::Edge(std::string_view from, std::string_view to, const std::vector<Point>& points,
                     bool arrow, const DotAttributes& attributes) {
  std::vector<Point> path = points;
  std::string position;
  if (arrow) {
    position = fmt::format("e,{} ", Place(path.back()));
    Point before = path[path.size() - 2];
    double last = Distance(before, path.back());
    path.back() = Towards(path.back(), before, std::min(kArrowLength, last * 0.8));
  }
  for (Point p : Rounded(path)) position += Place(p) + " ";
  position.pop_back();
  body_ += fmt::format("  \"{}\" -> \"{}\" [pos=\"{}\"{}{}];\n", from, to, position,
                       arrow ? "" : ", arrowhead=none", Attributes(attributes));
}

void DotWriter::Band(std::string_view name, Point top_left, Point bottom_right,
                     std::string_view fill) {
  body_ += fmt::format(
      "  subgraph \"cluster_{}\" {{ graph [bb=\"{},{}\", style=\"filled,rounded\", color=\"{}\", "
      "fillcolor=\"{}\", label=\"\"]; }}\n",
      name, Place({top_left.x, bottom_right.y}), Place({bottom_right.x, top_left.y}), fill, fill);
}

void DotWriter::Line(std::string_view text) { body_ += fmt::format("  {}\n", text); }

std::string DotWriter::Finish(const DotAttributes& attributes) const {
  std::string out =
      "// Drawn by heddle. Positions are fixed: dot -Tsvg FILE keeps them, the engine is named below.\n"
      "digraph trace {\n";
  for (const auto& [key, value] : attributes) out += fmt::format("  {}=\"{}\";\n", key, value);
  return out + body_ + "}\n";
}

}  // namespace heddle::viz
