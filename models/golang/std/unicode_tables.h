// SPDX-License-Identifier: Apache-2.0
// The tables behind unicode_properties: facts of the Unicode Character Database, version 13.
//
// Keep: every table is sorted by code point.
#ifndef HEDDLE_MODELS_GOLANG_STD_UNICODE_TABLES_H_
#define HEDDLE_MODELS_GOLANG_STD_UNICODE_TABLES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace heddle::golang::unicode {

// The number of a run of code points: position in kCategoryNames; kUpperLower stands for Lu, Ll,
// Lu, Ll...
inline constexpr std::string_view kCategoryNames[] = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps",
    "Pe", "Pi", "Pf", "Po", "Sm", "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Cs", "Co"};
inline constexpr uint32_t kUpperLower = 30;

// First code point of each run, shifted left by 5, and its number.
std::span<const uint32_t> CategoryRuns();

// In an alternating range even offsets are upper case, odd ones lower case of their predecessor.
inline constexpr int32_t kAlternating = 0x110000;
struct CaseRange {
  uint32_t low;
  uint32_t high;
  int32_t to_upper;  // added to a code point
  int32_t to_lower;
  int32_t to_title;
};
std::span<const CaseRange> CaseRanges();

// Steps of case folding that are not "to lower, or else to upper".
struct FoldStep {
  uint32_t from;
  uint32_t to;
};
std::span<const FoldStep> FoldSteps();

struct Range {
  uint32_t low;
  uint32_t high;
};
struct Script {
  std::string_view name;
  std::span<const Range> ranges;
};
// Scripts and properties by name.
std::span<const Script> Scripts();

}  // namespace heddle::golang::unicode

#endif  // HEDDLE_MODELS_GOLANG_STD_UNICODE_TABLES_H_
