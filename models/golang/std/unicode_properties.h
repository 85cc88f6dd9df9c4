// SPDX-License-Identifier: Apache-2.0
// Properties and case of code points: what package unicode, strconv and fmt ask.
//
// Source: the Unicode Character Database, version 13; the rules of Go's package unicode.
#ifndef HEDDLE_MODELS_GOLANG_STD_UNICODE_PROPERTIES_H_
#define HEDDLE_MODELS_GOLANG_STD_UNICODE_PROPERTIES_H_

#include <cstdint>
#include <string_view>

namespace heddle::golang::unicode {

// The general category, as "Lu"; "Cn" for what is not assigned or no code point.
std::string_view Category(int32_t rune);
// Is it in the category, group of categories ("L"), script or property of this name?
bool InTable(std::string_view name, int32_t rune);

bool IsPrint(int32_t rune);    // letters, marks, numbers, punctuation, symbols and the space
bool IsGraphic(int32_t rune);  // these and all spaces (Zs)
bool IsSpace(int32_t rune);

enum class Case { kUpper, kLower, kTitle };
int32_t To(Case wanted, int32_t rune);
// The next larger code point that is equal but for case, or else the smallest one.
int32_t SimpleFold(int32_t rune);

}  // namespace heddle::golang::unicode

#endif  // HEDDLE_MODELS_GOLANG_STD_UNICODE_PROPERTIES_H_
