// SPDX-License-Identifier: Apache-2.0
// Cleaning, measuring, shortening and wrapping of labels.
#include "viz/label.h"

#include <fmt/format.h>

namespace heddle::viz {
namespace {

// Length of the UTF-8 sequence that starts here, 0 when it is malformed.
size_t SequenceLength(std::string_view s) {
  unsigned char c = static_cast<unsigned char>(s[0]);
  if (c < 0x80) return 1;
  size_t length = c >= 0xc2 && c <= 0xdf   ? 2
                  : (c & 0xf0) == 0xe0     ? 3
                  : c >= 0xf0 && c <= 0xf4 ? 4
                                           : 0;
  if (length == 0 || s.size() < length) return 0;
  for (size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(s[i]) & 0xc0) != 0x80) return 0;
  }
  unsigned char second = static_cast<unsigned char>(s[1]);
  if ((c == 0xe0 && second < 0xa0) || (c == 0xed && second > 0x9f) ||
      (c == 0xf0 && second < 0x90) || (c == 0xf4 && second > 0x8f)) {
    return 0;
  }
  return length;
}

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// Width of one character in em.
double Em(std::string_view c) {
  if (c.size() > 1) return c[0] == '\xe2' ? 0.9 : 0.62;
  char x = c[0];
  if (std::string_view("iljI|!.,:;'`").find(x) != std::string_view::npos) return 0.26;
  if (std::string_view("ftr()[]{}/\\ -\"").find(x) != std::string_view::npos) return 0.34;
  if (x == 'm' || x == 'w' || x == 'M' || x == 'W' || x == '@' || x == '%') return 0.86;
  if (x >= 'A' && x <= 'Z') return 0.69;
  return 0.56;
}

// Calls f with each character.
template <class F>
void EachCharacter(std::string_view text, F f) {
  for (size_t i = 0; i < text.size();) {
    size_t next = i + 1;
    while (next < text.size() && IsContinuation(text[next])) ++next;
    f(text.substr(i, next - i));
    i = next;
  }
}

// The longest beginning that is no wider than `width`, in bytes; at least one character.
size_t FittingPrefix(std::string_view text, double font_size, double width) {
  double sum = 0;
  size_t bytes = 0;
  bool full = false;
  EachCharacter(text, [&](std::string_view c) {
    sum += Em(c) * font_size;
    if (bytes > 0 && sum > width) full = true;
    if (!full) bytes += c.size();
  });
  return bytes;
}

std::string ShortenToWidth(std::string_view text, double font_size, double width) {
  if (TextWidth(text, font_size) <= width) return std::string(text);
  size_t bytes = FittingPrefix(text, font_size, width - font_size * 0.9);
  return std::string(text.substr(0, bytes)) + "…";
}

}  // namespace

std::string CleanText(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    size_t length = SequenceLength(text.substr(i));
    if (length == 0) {
      out += "\xef\xbf\xbd";
      ++i;
      continue;
    }
    unsigned char c = static_cast<unsigned char>(text[i]);
    bool c1 = length == 2 && c == 0xc2 && static_cast<unsigned char>(text[i + 1]) < 0xa0;
    if (c == '\n' || c == '\t' || c == '\r') {
      out += ' ';
    } else if (c < 0x20 || c == 0x7f || c1) {
      out += "\xef\xbf\xbd";
    } else {
      out += text.substr(i, length);
    }
    i += length;
  }
  return out;
}

size_t Columns(std::string_view text) {
  size_t n = 0;
  for (char c : text) n += !IsContinuation(c);
  return n;
}

std::string Shorten(std::string_view text, size_t columns) {
  if (Columns(text) <= columns) return std::string(text);
  std::string out;
  size_t n = 0;
  EachCharacter(text, [&](std::string_view c) {
    if (++n < columns) out += c;
  });
  return out + "…";
}

double TextWidth(std::string_view text, double font_size) {
  double sum = 0;
  EachCharacter(text, [&](std::string_view c) { sum += Em(c) * font_size; });
  return sum;
}

std::vector<std::string> WrapToWidth(std::string_view text, double font_size, double width,
                                     size_t max_lines) {
  std::vector<std::string> lines;
  while (lines.size() + 1 < max_lines && TextWidth(text, font_size) > width) {
    size_t fits = FittingPrefix(text, font_size, width);
    size_t space = text.rfind(' ', fits);
    size_t cut = space == std::string_view::npos || space == 0 ? fits : space;
    lines.emplace_back(text.substr(0, cut));
    text.remove_prefix(cut);
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  }
  lines.push_back(ShortenToWidth(text, font_size, width));
  return lines;
}

std::string DurationText(int64_t ns) {
  if (ns < 0) return "-" + DurationText(-ns);
  auto decimal = [](int64_t whole, int64_t unit, std::string_view name) {
    int64_t rest = whole % unit;
    if (rest == 0) return fmt::format("{}{}", whole / unit, name);
    int digits = unit == 1'000'000'000 ? 9 : unit == 1'000'000 ? 6 : 3;
    std::string fraction = fmt::format("{:0{}}", rest, digits);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    return fmt::format("{}.{}{}", whole / unit, fraction, name);
  };
  if (ns == 0) return "0s";
  if (ns < 1'000) return fmt::format("{}ns", ns);
  if (ns < 1'000'000) return decimal(ns, 1'000, "µs");
  if (ns < 1'000'000'000) return decimal(ns, 1'000'000, "ms");
  int64_t minutes = ns / 60'000'000'000;
  std::string seconds = decimal(ns % 60'000'000'000, 1'000'000'000, "s");
  if (minutes == 0) return seconds;
  if (minutes < 60) return fmt::format("{}m{}", minutes, seconds);
  return fmt::format("{}h{}m{}", minutes / 60, minutes % 60, seconds);
}

}  // namespace heddle::viz
