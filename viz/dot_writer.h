// SPDX-License-Identifier: Apache-2.0
// Writes DOT statements with fixed positions. Coordinates here: points, x to the right, y DOWN; DOT
// has y up.
#ifndef HEDDLE_VIZ_DOT_WRITER_H_
#define HEDDLE_VIZ_DOT_WRITER_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace heddle::viz {

struct Point {
  double x = 0;
  double y = 0;
};

// Label text for the inside of a DOT string: quotes, backslashes and '&' escaped. REQUIRES: clean
// text.
std::string DotEscape(std::string_view text);

using DotAttributes = std::vector<std::pair<std::string_view, std::string>>;

class DotWriter {
 public:
  // A node of fixed size centred at `at`. Attribute values are already escaped.
  void Node(std::string_view name, Point at, double width, double height,
            const DotAttributes& attributes);

  // An edge along the points, straight from one to the next with rounded corners; with an arrow at
  // the end when `arrow`. REQUIRES: at least two points.
  void Edge(std::string_view from, std::string_view to, const std::vector<Point>& points,
            bool arrow, const DotAttributes& attributes);

  // One line of text that begins at `left`, whose y is the middle of the line. REQUIRES: clean
  // text.
  void TextFrom(Point left, double size, std::string_view font, std::string_view color,
                std::string_view text);

  // A filled rectangle behind everything.
  void Band(Point top_left, Point bottom_right, std::string_view fill);

  // The document; `attributes` are those of the graph.
  std::string Finish(const DotAttributes& attributes) const;

 private:
  std::string body_;
  std::string background_;
};

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_DOT_WRITER_H_
