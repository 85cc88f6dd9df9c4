// SPDX-License-Identifier: Apache-2.0
//
// The little of Unicode that Go's grammar needs: UTF-8, and the classes of letters and digits.
//
// Used by the scanner, by literals and by the question whether a name is exported.
// Source: the Go specification, "Source code representation", "Exported identifiers".
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_UNICODE_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_UNICODE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace heddle::golang {

// U+FFFD, which stands for bytes that are not UTF-8.
inline constexpr char32_t kRuneError = 0xFFFD;
inline constexpr char32_t kMaxRune = 0x10FFFF;

struct DecodedRune {
  char32_t rune;
  uint32_t width;  // Bytes taken; 0 for empty text, 1 with kRuneError for a wrong encoding.
};
// The first code point of `text`, by the rules of Go's utf8.DecodeRune (no surrogates, shortest
// form only).
DecodedRune DecodeRune(std::string_view text);
// Code points outside Unicode and surrogates become kRuneError.
void AppendRune(std::string& text, char32_t rune);

bool IsLetter(char32_t rune);     // Categories L*; without '_'.
bool IsDigit(char32_t rune);      // Category Nd.
bool IsUppercase(char32_t rune);  // Category Lu.
// Whether the name starts with an upper-case letter.
bool IsExported(std::string_view name);

// As Go's %#U prints it: U+0040 '@'.
std::string DescribeRune(char32_t rune);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_UNICODE_H_
