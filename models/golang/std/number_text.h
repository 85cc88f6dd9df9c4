// SPDX-License-Identifier: Apache-2.0
// Numbers and strings as text and back, exactly as Go's strconv writes and reads them.
//
// Pure functions under package strconv and the formatter of package fmt.
// Source: the documentation of strconv; floating-point digits are exact (std::to_chars).
#ifndef HEDDLE_MODELS_GOLANG_STD_NUMBER_TEXT_H_
#define HEDDLE_MODELS_GOLANG_STD_NUMBER_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::golang {

// REQUIRES: 2 <= base <= 36.
std::string UintText(uint64_t value, int base);
std::string IntText(int64_t value, int base);

// format is one of e E f g G b x X; precision -1 asks for the fewest digits that give the value
// back. The sign is written only if negative, and before infinity. bits is 32 or 64.
std::string FloatText(double value, char format, int precision, int bits);

struct ParsedFloat {
  double value = 0;
  size_t length = 0;          // bytes that are a number; 0: none
  bool out_of_range = false;  // value is then infinite
};
ParsedFloat ParseFloat(std::string_view text, int bits);

// A quoted string (mark '"') or rune (mark '\'').
std::string QuoteText(std::string_view text, char mark, bool ascii_only, bool graphic_only);
// "1h15m30.918s".
std::string DurationText(int64_t nanoseconds);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_NUMBER_TEXT_H_
