// SPDX-License-Identifier: Apache-2.0
//
// The values of string and rune literals.
//
// For the type checker and the parser's import paths. Numbers are left to the type checker, which
// has big arithmetic. Source: the Go specification, "Rune literals", "String literals".
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_LITERAL_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_LITERAL_H_

#include <string>
#include <string_view>

namespace heddle::golang {

// The bytes of an interpreted ("...") or raw (`...`) string literal, quotes included in `text`. For
// a literal that the scanner called bad: as much as can be made of it.
std::string StringValue(std::string_view text);
// The code point of a rune literal such as 'x' or '\n'.
char32_t RuneValue(std::string_view text);
// The digits of a number literal without the separators '_'.
std::string WithoutSeparators(std::string_view text);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_LITERAL_H_
