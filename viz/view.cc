// SPDX-License-Identifier: Apache-2.0
// From the suffix of a file name to the view, and from the view to its writer.
#include "viz/view.h"

#include <fmt/format.h>

#include "viz/dot_view.h"
#include "viz/html_view.h"
#include "viz/perfetto_view.h"
#include "viz/svg.h"
#include "viz/text_view.h"

namespace heddle::viz {

std::expected<View, std::string> ViewOf(std::string_view path) {
  if (path.ends_with(".txt")) return View::kText;
  if (path.ends_with(".dot")) return View::kDot;
  if (path.ends_with(".svg")) return View::kSvg;
  if (path.ends_with(".html")) return View::kHtml;
  if (path.ends_with(".perfetto.json")) return View::kPerfetto;
  size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  size_t dot = name.find('.');
  std::string what = dot == std::string_view::npos
                         ? fmt::format("\"{}\" has no suffix that says which view to draw", path)
                         : fmt::format("there is no view \"{}\"", name.substr(name.rfind('.')));
  return std::unexpected(
      what +
      ": use .html (a page to step through), .svg (picture),"
      " .txt (steps as text), .dot (for Graphviz), .perfetto.json (for the Perfetto viewer)"
      " or .json (the trace itself)");
}

std::expected<std::string, std::string> Render(const sim::Trace& trace, View view) {
  switch (view) {
    case View::kText:
      return TextView(trace);
    case View::kDot:
      return DotView(trace);
    case View::kSvg:
      return SvgFromDot(DotView(trace));
    case View::kHtml:
      return HtmlView(trace);
    case View::kPerfetto:
      return PerfettoView(trace);
  }
  return std::unexpected("unknown view");
}

}  // namespace heddle::viz
