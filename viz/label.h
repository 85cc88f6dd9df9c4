// SPDX-License-Identifier: Apache-2.0
// Text that has to fit: cleaning, measuring, shortening and wrapping of labels.
//
// Widths are estimates from a fixed table, not from the fonts of this machine, so that pictures do
// not depend on where they are drawn.
#ifndef HEDDLE_VIZ_LABEL_H_
#define HEDDLE_VIZ_LABEL_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::viz {

// Valid UTF-8 without control characters: invalid bytes become U+FFFD, line breaks and tabs a
// space.
std::string CleanText(std::string_view text);

// Number of characters (code points). REQUIRES: valid UTF-8.
size_t Columns(std::string_view text);

// At most `columns` characters; a longer text ends in "…". REQUIRES: valid UTF-8, columns > 0.
std::string Shorten(std::string_view text, size_t columns);

// Estimated width in points in Helvetica of that size.
double TextWidth(std::string_view text, double font_size);

// Breaks at spaces, or inside a word that is too long, into at most `max_lines` lines no wider than
// `width` points; what does not fit ends in "…". At least one line.
std::vector<std::string> WrapToWidth(std::string_view text, double font_size, double width,
                                     size_t max_lines);

// A duration as Go prints it: "0s", "1.5s", "250ms", "1h2m0s".
std::string DurationText(int64_t nanoseconds);

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_LABEL_H_
