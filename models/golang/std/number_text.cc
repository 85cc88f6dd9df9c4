// SPDX-License-Identifier: Apache-2.0
// Numbers and strings as text and back.
#include "models/golang/std/number_text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "models/golang/std/unicode_properties.h"
#include "models/golang/syntax/unicode.h"
#include "sim/base/check.h"

namespace heddle::golang {
namespace {

// A decimal number 0.DIGITS * 10^point; digits have no zeros at the end.
struct Decimal {
  std::string digits;
  int point = 0;
};

// The longest exact decimal expansion of a double has 767 significant digits; beyond, all digits
// are zero.
constexpr int kMostDigits = 800;

Decimal FromScientific(std::string_view text) {
  Decimal d;
  const size_t e = text.find('e');
  for (const char c : text.substr(0, e)) {
    if (c != '.') {
      d.digits += c;
    }
  }
  const std::string_view exponent = text.substr(e + 1);
  std::from_chars(exponent.data() + (exponent[0] == '+' ? 1 : 0), exponent.data() + exponent.size(),
                  d.point);
  ++d.point;
  while (!d.digits.empty() && d.digits.back() == '0') {
    d.digits.pop_back();
  }
  if (d.digits.empty()) {
    d.point = 0;
  }
  return d;
}

Decimal Shortest(double value, int bits) {
  std::array<char, 64> buffer;
  const auto result =
      bits == 32
          ? std::to_chars(buffer.begin(), buffer.end(), static_cast<float>(value),
                          std::chars_format::scientific)
          : std::to_chars(buffer.begin(), buffer.end(), value, std::chars_format::scientific);
  return FromScientific({buffer.begin(), result.ptr});
}

// Rounded to so many significant digits (at least one).
Decimal Rounded(double value, int digits) {
  std::string buffer(kMostDigits + 32, '\0');
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                    std::chars_format::scientific, std::min(digits, kMostDigits) - 1);
  return FromScientific({buffer.data(), result.ptr});
}

void AppendExponent(std::string* out, int exponent, size_t least_digits) {
  *out += exponent < 0 ? '-' : '+';
  const std::string digits = std::to_string(std::abs(exponent));
  out->append(least_digits > digits.size() ? least_digits - digits.size() : 0, '0');
  *out += digits;
}

std::string Scientific(const Decimal& d, int precision, char letter) {
  std::string out(1, d.digits.empty() ? '0' : d.digits[0]);
  if (precision > 0) {
    out += '.';
    const size_t have = d.digits.empty() ? 0 : std::min<size_t>(d.digits.size() - 1, precision);
    if (have > 0) {
      out.append(d.digits, 1, have);
    }
    out.append(precision - have, '0');
  }
  out += letter;
  AppendExponent(&out, d.digits.empty() ? 0 : d.point - 1, 2);
  return out;
}

std::string Fixed(const Decimal& d, int precision) {
  std::string out;
  const auto digit = [&d](int i) {
    return i >= 0 && i < static_cast<int>(d.digits.size()) ? d.digits[i] : '0';
  };
  if (d.point > 0) {
    for (int i = 0; i < d.point; ++i) {
      out += digit(i);
    }
  } else {
    out += '0';
  }
  if (precision > 0) {
    out += '.';
    for (int i = 0; i < precision; ++i) {
      out += digit(d.point + i);
    }
  }
  return out;
}

std::string General(const Decimal& d, int precision, bool shortest, char format) {
  const int count = static_cast<int>(d.digits.size());
  int limit = precision;
  if (limit > count && count >= d.point) {
    limit = count;
  }
  if (shortest) {
    limit = 6;
  }
  const int exponent = d.point - 1;
  if (exponent < -4 || exponent >= limit) {
    return Scientific(d, std::min(precision, count) - 1, format == 'g' ? 'e' : 'E');
  }
  return Fixed(d, std::max(count - d.point, 0));
}

struct Bits {
  uint64_t mantissa;
  int exponent;  // value = mantissa * 2^exponent
  int mantissa_bits;
};

Bits Split(double value, int bits) {
  if (bits == 32) {
    const auto word = std::bit_cast<uint32_t>(static_cast<float>(value));
    const int biased = static_cast<int>(word >> 23 & 0xFF);
    const uint64_t fraction = word & 0x7FFFFF;
    return {biased == 0 ? fraction : fraction | 1U << 23, (biased == 0 ? 1 : biased) - 127 - 23,
            23};
  }
  const auto word = std::bit_cast<uint64_t>(value);
  const int biased = static_cast<int>(word >> 52 & 0x7FF);
  const uint64_t fraction = word & ((uint64_t{1} << 52) - 1);
  return {biased == 0 ? fraction : fraction | uint64_t{1} << 52,
          (biased == 0 ? 1 : biased) - 1023 - 52, 52};
}

std::string Hexadecimal(double value, int precision, int bits, char format) {
  Bits parts = Split(value, bits);
  int exponent = parts.exponent + parts.mantissa_bits;
  uint64_t mantissa = parts.mantissa;
  if (mantissa == 0) {
    exponent = 0;
  }
  // One bit before the point, 60 behind it.
  mantissa <<= 60 - parts.mantissa_bits;
  while (mantissa != 0 && (mantissa & uint64_t{1} << 60) == 0) {
    mantissa <<= 1;
    --exponent;
  }
  if (precision >= 0 && precision < 15) {
    const int shift = 60 - precision * 4;
    const uint64_t extra = mantissa << (64 - shift);
    mantissa >>= shift;
    if ((extra | (mantissa & 1)) > uint64_t{1} << 63) {
      ++mantissa;
    }
    mantissa <<= shift;
    if ((mantissa & uint64_t{1} << 61) != 0) {
      mantissa >>= 1;
      ++exponent;
    }
  }
  const char* digits = format == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string out = {'0', format, static_cast<char>('0' + (mantissa >> 60 & 1))};
  mantissa <<= 4;
  if (precision < 0 && mantissa != 0) {
    out += '.';
    for (; mantissa != 0; mantissa <<= 4) {
      out += digits[mantissa >> 60];
    }
  } else if (precision > 0) {
    out += '.';
    for (int i = 0; i < precision; ++i, mantissa <<= 4) {
      out += digits[mantissa >> 60];
    }
  }
  out += format == 'X' ? 'P' : 'p';
  AppendExponent(&out, exponent, 2);
  return out;
}

// Decimal digits, point and exponent at the start of text; hexadecimal ones after "0x".
struct FloatSyntax {
  std::string digits;  // without underscores, as std::from_chars reads it
  size_t length = 0;
  bool hexadecimal = false;
};

bool IsHexDigit(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f');
}

// Each underscore stands between digits, or between the base prefix and a digit.
bool UnderscoresAreRight(std::string_view text, bool hexadecimal) {
  char last = hexadecimal ? '0' : '^';
  for (size_t i = hexadecimal ? 2 : 0; i < text.size(); ++i) {
    const char c = text[i];
    if ((c >= '0' && c <= '9') || (hexadecimal && IsHexDigit(c))) {
      last = '0';
    } else if (c == '_') {
      if (last != '0') {
        return false;
      }
      last = '_';
    } else {
      if (last == '_') {
        return false;
      }
      last = '!';
    }
  }
  return last != '_';
}

FloatSyntax ReadFloat(std::string_view text) {
  FloatSyntax out;
  size_t i = 0;
  if (text.size() > 2 && text[0] == '0' && (text[1] | 0x20) == 'x') {
    out.hexadecimal = true;
    i = 2;
  }
  bool some = false, point = false, underscores = false;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      underscores = true;
    } else if (c == '.' && !point) {
      point = true;
      out.digits += c;
    } else if ((c >= '0' && c <= '9') || (out.hexadecimal && IsHexDigit(c))) {
      some = true;
      out.digits += c;
    } else {
      break;
    }
  }
  if (!some) {
    return out;
  }
  const char letter = out.hexadecimal ? 'p' : 'e';
  if (i < text.size() && (text[i] | 0x20) == letter) {
    size_t j = i + 1;
    std::string exponent(1, letter);
    if (j < text.size() && (text[j] == '+' || text[j] == '-')) {
      exponent += text[j++];
    }
    if (j >= text.size() || text[j] < '0' || text[j] > '9') {
      return out;
    }
    for (; j < text.size() && ((text[j] >= '0' && text[j] <= '9') || text[j] == '_'); ++j) {
      if (text[j] == '_') {
        underscores = true;
      } else {
        exponent += text[j];
      }
    }
    out.digits += exponent;
    i = j;
  } else if (out.hexadecimal) {
    return out;
  }
  if (underscores && !UnderscoresAreRight(text.substr(0, i), out.hexadecimal)) {
    return out;
  }
  out.length = i;
  return out;
}

// Length of "inf", "infinity" or "nan" at the start of text, in any case; 0 if there is none.
size_t SpecialLength(std::string_view text, bool* nan) {
  const auto begins = [text](std::string_view word) {
    return text.size() >= word.size() && std::equal(word.begin(), word.end(), text.begin(),
                                                    [](char a, char b) { return a == (b | 0x20); });
  };
  *nan = begins("nan");
  if (begins("infinity")) {
    return 8;
  }
  return begins("inf") || *nan ? 3 : 0;
}

template <typename Float>
Float Convert(const FloatSyntax& syntax) {
  Float value = 0;
  const auto format = syntax.hexadecimal ? std::chars_format::hex : std::chars_format::general;
  const char* begin = syntax.digits.data();
  const auto result = std::from_chars(begin, begin + syntax.digits.size(), value, format);
  if (result.ec == std::errc::result_out_of_range) {
    const std::string whole = (syntax.hexadecimal ? "0x" : "") + syntax.digits;
    value = std::is_same_v<Float, float> ? std::strtof(whole.c_str(), nullptr)
                                         : static_cast<Float>(std::strtod(whole.c_str(), nullptr));
  }
  return value;
}

}  // namespace

std::string UintText(uint64_t value, int base) {
  std::array<char, 64> buffer;
  return {buffer.begin(), std::to_chars(buffer.begin(), buffer.end(), value, base).ptr};
}

std::string IntText(int64_t value, int base) {
  std::array<char, 65> buffer;
  return {buffer.begin(), std::to_chars(buffer.begin(), buffer.end(), value, base).ptr};
}

std::string FloatText(double value, char format, int precision, int bits) {
  if (std::isnan(value)) {
    return "NaN";
  }
  if (bits == 32) {
    value = static_cast<float>(value);
  }
  if (std::isinf(value)) {
    return value > 0 ? "+Inf" : "-Inf";
  }
  const std::string sign = std::signbit(value) ? "-" : "";
  value = std::fabs(value);
  const bool shortest = precision < 0;
  switch (format) {
    case 'b': {
      const Bits parts = Split(value, bits);
      std::string out = sign + std::to_string(parts.mantissa) + 'p';
      AppendExponent(&out, parts.exponent, 1);
      return out;
    }
    case 'x':
    case 'X':
      return sign + Hexadecimal(value, precision, bits, format);
    case 'e':
    case 'E': {
      const Decimal d = shortest ? Shortest(value, bits) : Rounded(value, precision + 1);
      return sign +
             Scientific(d, shortest ? static_cast<int>(d.digits.size()) - 1 : precision, format);
    }
    case 'f': {
      if (shortest) {
        const Decimal d = Shortest(value, bits);
        return sign + Fixed(d, std::max(static_cast<int>(d.digits.size()) - d.point, 0));
      }
      std::string buffer(400 + kMostDigits * 2, '\0');
      const int exact = std::min(precision, kMostDigits + 350);
      const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                        std::chars_format::fixed, exact);
      return sign + std::string(buffer.data(), result.ptr) + std::string(precision - exact, '0');
    }
    case 'g':
    case 'G': {
      if (shortest) {
        const Decimal d = Shortest(value, bits);
        return sign + General(d, static_cast<int>(d.digits.size()), true, format);
      }
      precision = std::max(precision, 1);
      return sign + General(Rounded(value, precision), precision, false, format);
    }
    default:
      return {'%', format};
  }
}

ParsedFloat ParseFloat(std::string_view text, int bits) {
  ParsedFloat out;
  const size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  const std::string_view rest = text.substr(sign);
  bool nan = false;
  if (const size_t special = SpecialLength(rest, &nan); special > 0) {
    if (nan && sign > 0) {
      return out;
    }
    out.length = sign + special;
    out.value = nan ? std::bit_cast<double>(uint64_t{0x7FF8000000000001})
                    : std::numeric_limits<double>::infinity();
  } else {
    const FloatSyntax syntax = ReadFloat(rest);
    if (syntax.length == 0) {
      return out;
    }
    out.length = sign + syntax.length;
    out.value = bits == 32 ? Convert<float>(syntax) : Convert<double>(syntax);
    out.out_of_range = std::isinf(out.value);
  }
  if (sign > 0 && text[0] == '-') {
    out.value = -out.value;
  }
  return out;
}

std::string QuoteText(std::string_view text, char mark, bool ascii_only, bool graphic_only) {
  static constexpr char kHex[] = "0123456789abcdef";
  std::string out(1, mark);
  const auto escape = [&out](char letter, uint32_t value, int digits) {
    out += '\\';
    out += letter;
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      out += kHex[value >> shift & 15];
    }
  };
  while (!text.empty()) {
    const DecodedRune decoded = DecodeRune(text);
    const auto rune = static_cast<int32_t>(decoded.rune);
    const std::string_view bytes = text.substr(0, decoded.width);
    text.remove_prefix(decoded.width);
    if (decoded.width == 1 && decoded.rune == kRuneError) {
      escape('x', static_cast<uint8_t>(bytes[0]), 2);
      continue;
    }
    if (rune == mark || rune == '\\') {
      out += '\\';
      out += static_cast<char>(rune);
      continue;
    }
    if (ascii_only ? rune < 0x80 && unicode::IsPrint(rune)
                   : unicode::IsPrint(rune) || (graphic_only && unicode::IsGraphic(rune))) {
      out += bytes;
      continue;
    }
    static constexpr std::string_view kControls = "\a\b\f\n\r\t\v";
    static constexpr std::string_view kLetters = "abfnrtv";
    const size_t control =
        rune < 0x80 ? kControls.find(static_cast<char>(rune)) : std::string_view::npos;
    if (control != std::string_view::npos) {
      out += '\\';
      out += kLetters[control];
    } else if (rune < ' ' || rune == 0x7F) {
      escape('x', static_cast<uint32_t>(rune), 2);
    } else if (rune < 0x10000) {
      escape('u', static_cast<uint32_t>(rune), 4);
    } else {
      escape('U', static_cast<uint32_t>(rune), 8);
    }
  }
  return out + mark;
}

std::string DurationText(int64_t nanoseconds) {
  if (nanoseconds == 0) {
    return "0s";
  }
  const bool negative = nanoseconds < 0;
  uint64_t u = negative ? -static_cast<uint64_t>(nanoseconds) : static_cast<uint64_t>(nanoseconds);
  // value / 10^digits without zeros at the end.
  const auto fraction = [](uint64_t value, int digits) {
    uint64_t unit = 1;
    for (int i = 0; i < digits; ++i) {
      unit *= 10;
    }
    std::string tail = std::to_string(unit + value % unit).substr(1);
    while (!tail.empty() && tail.back() == '0') {
      tail.pop_back();
    }
    return std::to_string(value / unit) + (tail.empty() ? "" : "." + tail);
  };
  std::string out = negative ? "-" : "";
  if (u < 1'000) {
    return out + std::to_string(u) + "ns";
  }
  if (u < 1'000'000) {
    return out + fraction(u, 3) + "µs";
  }
  if (u < 1'000'000'000) {
    return out + fraction(u, 6) + "ms";
  }
  const uint64_t seconds = u / 1'000'000'000;
  const uint64_t minutes = seconds / 60;
  if (minutes >= 60) {
    out += std::to_string(minutes / 60) + "h";
  }
  if (minutes > 0) {
    out += std::to_string(minutes % 60) + "m";
  }
  return out + fraction(u % 60'000'000'000, 9) + "s";
}

}  // namespace heddle::golang
