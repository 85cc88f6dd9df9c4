// SPDX-License-Identifier: Apache-2.0
//
// Unquoting of string and rune literals.
//
// The scanner has already reported wrong escapes, so nothing is reported here; but nothing wrong
// may read past the end.
#include "models/golang/syntax/literal.h"

#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

struct Escape {
  char32_t value = 0;
  bool is_byte = false;  // \x41 and \101 denote bytes in strings; \u0041 denotes a code point.
};

char32_t HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return ((c | 0x20) - 'a' + 10) & 0xF;
}

// Reads the escape whose backslash is at text[i], and moves i past it.
Escape ReadEscape(std::string_view text, size_t& i) {
  i++;
  if (i >= text.size()) return {};
  const char c = text[i++];
  auto digits = [&](int count, int base, char32_t value) {
    for (; count > 0 && i < text.size(); count--) value = value * base + HexDigit(text[i++]);
    return value;
  };
  switch (c) {
    case 'a':
      return {'\a'};
    case 'b':
      return {'\b'};
    case 'f':
      return {'\f'};
    case 'n':
      return {'\n'};
    case 'r':
      return {'\r'};
    case 't':
      return {'\t'};
    case 'v':
      return {'\v'};
    case 'x':
      return {digits(2, 16, 0) & 0xFF, true};
    case 'u':
      return {digits(4, 16, 0)};
    case 'U':
      return {digits(8, 16, 0)};
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      return {digits(2, 8, c - '0') & 0xFF, true};
    default:
      return {static_cast<char32_t>(static_cast<uint8_t>(c))};
  }
}

}  // namespace

std::string StringValue(std::string_view text) {
  std::string value;
  if (text.empty()) return value;
  const char quote = text.front();
  text.remove_prefix(1);
  if (!text.empty() && text.back() == quote) text.remove_suffix(1);
  value.reserve(text.size());
  for (size_t i = 0; i < text.size();) {
    if (quote == '`') {
      if (text[i] != '\r') value.push_back(text[i]);
      i++;
    } else if (text[i] == '\\') {
      const Escape escape = ReadEscape(text, i);
      if (escape.is_byte) {
        value.push_back(static_cast<char>(escape.value));
      } else {
        AppendRune(value, escape.value);
      }
    } else {
      value.push_back(text[i++]);
    }
  }
  return value;
}

char32_t RuneValue(std::string_view text) {
  if (text.size() < 2) return 0;
  size_t i = 1;
  if (text[i] == '\\') return ReadEscape(text, i).value;
  return DecodeRune(text.substr(1)).rune;
}

std::string WithoutSeparators(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c != '_') digits.push_back(c);
  }
  return digits;
}

}  // namespace heddle::golang
