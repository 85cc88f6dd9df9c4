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
    double room = std::min(
        {kCorner, Distance(points[i - 1], corner) / 2, Distance(corner, points[i + 1]) / 2});
    Point enter = Towards(corner, points[i - 1], room),
          leave = Towards(corner, points[i + 1], room);
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

void DotWriter::Band(Point top_left, Point bottom_right, std::string_view fill) {
  Point a = top_left, b = bottom_right;
  Point middle = {(a.x + b.x) / 2, a.y};
  std::vector<Point> outline =
      Rounded({middle, {b.x, a.y}, {b.x, b.y}, {a.x, b.y}, {a.x, a.y}, middle});
  // Operations of the xdot language: pen colour, fill colour, filled spline.
  background_ +=
      fmt::format("c {} -{} C {} -{} b {}", fill.size(), fill, fill.size(), fill, outline.size());
  for (Point p : outline) background_ += fmt::format(" {} {}", Number(p.x), Number(-p.y));
  background_ += " ";
}

void DotWriter::TextFrom(Point left, double size, std::string_view font, std::string_view color,
                         std::string_view text) {
  // xdot: pen colour, font, text aligned left (-1) with its length in bytes. DOT keeps a backslash
  // only in a pair, and both are shown; xdot knows no entities.
  std::string value, quoted;
  for (char c : text) {
    value += c == '\\' ? "\\\\" : std::string(1, c);
    quoted += c == '\\' ? "\\\\" : c == '"' ? "\\\"" : std::string(1, c);
  }
  background_ += fmt::format("c {} -{} F {} {} -{} T {} {} -1 0 {} -{} ", color.size(), color,
                             Number(size), font.size(), font, Number(left.x),
                             Number(-(left.y + size * 0.35)), value.size(), quoted);
}

std::string DotWriter::Finish(const DotAttributes& attributes) const {
  std::string out =
      "// Drawn by heddle. Positions are fixed: dot -Tsvg FILE keeps them, the engine is named "
      "below.\n"
      "digraph trace {\n";
  for (const auto& [key, value] : attributes) out += fmt::format("  {}=\"{}\";\n", key, value);
  if (!background_.empty()) out += fmt::format("  _background=\"{}\";\n", background_);
  return out + body_ + "}\n";
}

}  // namespace heddle::viz
