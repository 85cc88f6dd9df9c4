// SPDX-License-Identifier: Apache-2.0
// Single values of the basic types under the flags of a directive.
#include "models/golang/std/format_text.h"

#include <cctype>

#include "models/golang/std/number_text.h"
#include "models/golang/std/unicode_properties.h"
#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

// Can the text stand between back quotes unchanged?
bool CanBackquote(std::string_view text) {
  while (!text.empty()) {
    const DecodedRune r = DecodeRune(text);
    text.remove_prefix(r.width);
    const bool control = r.rune < ' ' && r.rune != '\t';
    if (control || r.rune == 0xFEFF || r.rune == '`' || r.rune == 0x7F ||
        (r.rune == kRuneError && r.width == 1)) {
      return false;
    }
  }
  return true;
}

std::string RuneText(uint64_t value) {
  std::string text;
  AppendRune(text, value > kMaxRune ? kRuneError : static_cast<char32_t>(value));
  return text;
}

// Adds the decimal point and the zeros at the end that the sharp flag keeps. `number` has its sign.
std::string WithPointAndZeros(std::string number, char verb, int precision) {
  int digits = 0;
  if (verb == 'v' || verb == 'g' || verb == 'G' || verb == 'x') {
    digits = precision == -1 ? 6 : precision;
  }
  const bool hexadecimal = verb == 'x' || verb == 'X';
  const size_t tail_at = number.find_first_of(hexadecimal ? "pP" : "eEpP", 1);
  const std::string tail = tail_at == std::string::npos ? "" : number.substr(tail_at);
  number.resize(number.size() - tail.size());
  bool point = false, nonzero = false;
  for (size_t i = 1; i < number.size(); ++i) {
    if (number[i] == '.') {
      point = true;
      continue;
    }
    nonzero = nonzero || number[i] != '0';
    digits -= nonzero ? 1 : 0;
  }
  if (!point) {
    if (number.size() == 2 && number[1] == '0') {
      --digits;
    }
    number += '.';
  }
  if (digits > 0) {
    number.append(digits, '0');
  }
  return number + tail;
}

}  // namespace

int RuneCount(std::string_view text) {
  int count = 0;
  for (; !text.empty(); ++count) {
    text.remove_prefix(static_cast<uint8_t>(text[0]) < 0x80 ? 1 : DecodeRune(text).width);
  }
  return count;
}

void TextWriter::Padding(int count) {
  if (count > 0) {
    out.append(count, flags.zero ? '0' : ' ');
  }
}

void TextWriter::Pad(std::string_view text) {
  const int missing = flags.has_width && flags.width > 0 ? flags.width - RuneCount(text) : 0;
  if (!flags.minus) {
    Padding(missing);
  }
  out += text;
  if (flags.minus) {
    Padding(missing);
  }
}

void TextWriter::PadNumber(std::string_view text) {
  const bool zero = flags.zero;
  flags.zero = false;
  Pad(text);
  flags.zero = zero;
}

void TextWriter::Integer(uint64_t value, int base, bool is_signed, char letter, bool upper) {
  const bool negative = is_signed && static_cast<int64_t>(value) < 0;
  if (negative) {
    value = -value;
  }
  size_t least = 0;
  if (flags.has_precision) {
    least = flags.precision;
    if (least == 0 && value == 0) {
      if (flags.has_width) {
        out.append(flags.width, ' ');
      }
      return;
    }
  } else if (flags.zero && flags.has_width) {
    least = flags.width;
    if ((negative || flags.plus || flags.space) && least > 0) {
      --least;
    }
  }
  std::string digits = UintText(value, base);
  if (upper) {
    for (char& c : digits) {
      c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
  }
  if (digits.size() < least) {
    digits.insert(0, least - digits.size(), '0');
  }
  std::string prefix = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  if (letter == 'O') {
    prefix += "0o";
  }
  if (flags.sharp) {
    if (base == 2) {
      prefix += "0b";
    } else if (base == 8 && digits[0] != '0') {
      prefix += '0';
    } else if (base == 16) {
      prefix += upper ? "0X" : "0x";
    }
  }
  PadNumber(prefix + digits);
}

void TextWriter::Unicode(uint64_t value) {
  std::string digits = UintText(value, 16);
  for (char& c : digits) {
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  const size_t least = flags.has_precision && flags.precision > 4 ? flags.precision : 4;
  if (digits.size() < least) {
    digits.insert(0, least - digits.size(), '0');
  }
  std::string text = "U+" + digits;
  if (flags.sharp && value <= kMaxRune && unicode::IsPrint(static_cast<int32_t>(value))) {
    text += " '" + RuneText(value) + "'";
  }
  PadNumber(text);
}

void TextWriter::Character(uint64_t value) { Pad(RuneText(value)); }

void TextWriter::QuotedCharacter(uint64_t value) {
  Pad(QuoteText(RuneText(value), '\'', flags.plus, false));
}

void TextWriter::Float(double value, int bits, char verb, int precision) {
  if (flags.has_precision) {
    precision = flags.precision;
  }
  std::string number = FloatText(value, verb, precision, bits);
  if (number[0] != '-' && number[0] != '+') {
    number.insert(0, 1, '+');
  }
  if (flags.space && number[0] == '+' && !flags.plus) {
    number[0] = ' ';
  }
  if (number[1] == 'I' || number[1] == 'N') {
    const bool bare = number[1] == 'N' && !flags.space && !flags.plus;
    PadNumber(std::string_view(number).substr(bare ? 1 : 0));
    return;
  }
  if (flags.sharp && verb != 'b') {
    number = WithPointAndZeros(number, verb, precision);
  }
  if (!flags.plus && number[0] == '+') {
    Pad(std::string_view(number).substr(1));
    return;
  }
  if (flags.zero && flags.has_width && flags.width > static_cast<int>(number.size())) {
    out += number[0];
    Padding(flags.width - static_cast<int>(number.size()));
    out += std::string_view(number).substr(1);
    return;
  }
  Pad(number);
}

std::string_view TextWriter::Truncated(std::string_view text) const {
  if (!flags.has_precision) {
    return text;
  }
  size_t at = 0;
  for (int n = flags.precision; n > 0 && at < text.size(); --n) {
    at += DecodeRune(text.substr(at)).width;
  }
  return text.substr(0, at);
}

void TextWriter::Quoted(std::string_view text) {
  text = Truncated(text);
  if (flags.sharp && CanBackquote(text)) {
    Pad("`" + std::string(text) + "`");
    return;
  }
  Pad(QuoteText(text, '"', flags.plus, false));
}

void TextWriter::HexString(std::string_view text, bool upper) {
  if (flags.has_precision && flags.precision < static_cast<int>(text.size())) {
    text = text.substr(0, flags.precision);
  }
  if (text.empty()) {
    if (flags.has_width) {
      Padding(flags.width);
    }
    return;
  }
  const char* digits = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  const std::string_view prefix = flags.sharp ? (upper ? "0X" : "0x") : "";
  std::string hex;
  for (size_t i = 0; i < text.size(); ++i) {
    if (flags.space && i > 0) {
      hex += ' ';
    }
    if (i == 0 || flags.space) {
      hex += prefix;
    }
    hex += digits[static_cast<uint8_t>(text[i]) >> 4];
    hex += digits[static_cast<uint8_t>(text[i]) & 15];
  }
  Pad(hex);
}

}  // namespace heddle::golang
