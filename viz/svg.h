// SPDX-License-Identifier: Apache-2.0
// Drawing by Graphviz's library: a DOT text with all positions fixed becomes an SVG.
#ifndef HEDDLE_VIZ_SVG_H_
#define HEDDLE_VIZ_SVG_H_

#include <expected>
#include <string>

namespace heddle::viz {

// Graphviz is not thread-safe: calls take turns. Error: Graphviz's own message, or what to install.
std::expected<std::string, std::string> SvgFromDot(const std::string& dot);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_SVG_H_
