// SPDX-License-Identifier: Apache-2.0
// Places in source files as other tools want them.
#include "checker/cli/places.h"

#include <fmt/format.h>

#include <charconv>

namespace heddle::cli {
namespace {

// Takes ":31" off the end. 0: there is no number, and nothing is taken.
int TakeNumber(std::string_view* text) {
  const size_t colon = text->rfind(':');
  if (colon == std::string_view::npos || colon + 1 == text->size()) return 0;
  const std::string_view digits = text->substr(colon + 1);
  int number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || number <= 0) return 0;
  *text = text->substr(0, colon);
  return number;
}

}  // namespace

Place PlaceFrom(std::string_view text) {
  Place place;
  const int last = TakeNumber(&text);
  const int before = last == 0 ? 0 : TakeNumber(&text);
  place.line = before != 0 ? before : last;
  place.column = before != 0 ? last : 0;
  place.file = text;
  return place;
}

std::string UriOf(std::string_view path) {
  std::string out;
  if (path.starts_with("/")) out = "file://";
  while (path.starts_with("./")) path.remove_prefix(2);
  for (unsigned char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      out += static_cast<char>(c);
    } else {
      out += fmt::format("%{:02X}", c);
    }
  }
  return out;
}

}  // namespace heddle::cli
