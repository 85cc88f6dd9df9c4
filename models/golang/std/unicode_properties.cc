// SPDX-License-Identifier: Apache-2.0
// Look-ups in the Unicode tables, all by binary search.
#include "models/golang/std/unicode_properties.h"

#include <algorithm>
#include <span>

#include "models/golang/std/unicode_tables.h"

namespace heddle::golang::unicode {
namespace {

constexpr int32_t kLast = 0x10FFFF;

const CaseRange* FindCase(int32_t rune) {
  const std::span<const CaseRange> ranges = CaseRanges();
  const auto it = std::upper_bound(ranges.begin(), ranges.end(), static_cast<uint32_t>(rune),
                                   [](uint32_t r, const CaseRange& c) { return r < c.low; });
  if (it == ranges.begin() || static_cast<uint32_t>(rune) > (it - 1)->high) {
    return nullptr;
  }
  return &*(it - 1);
}

}  // namespace

std::string_view Category(int32_t rune) {
  if (rune < 0 || rune > kLast) {
    return "Cn";
  }
  const std::span<const uint32_t> runs = CategoryRuns();
  const auto it = std::upper_bound(runs.begin(), runs.end(), static_cast<uint32_t>(rune) << 5 | 31);
  const uint32_t run = *(it - 1);
  const uint32_t number = run & 31;
  if (number == kUpperLower) {
    return (static_cast<uint32_t>(rune) - (run >> 5)) % 2 == 0 ? "Lu" : "Ll";
  }
  return kCategoryNames[number];
}

bool InTable(std::string_view name, int32_t rune) {
  if (name.size() <= 2) {
    // The group C of Go leaves out what is not assigned.
    const std::string_view category = Category(rune);
    return category != "Cn" && category.starts_with(name);
  }
  for (const Script& script : Scripts()) {
    if (script.name == name) {
      const auto it = std::upper_bound(
          script.ranges.begin(), script.ranges.end(), rune,
          [](int32_t r, const Range& range) { return r < static_cast<int32_t>(range.low); });
      return it != script.ranges.begin() && rune <= static_cast<int32_t>((it - 1)->high);
    }
  }
  return false;
}

bool IsGraphic(int32_t rune) {
  const std::string_view category = Category(rune);
  return (category[0] != 'C' && category[0] != 'Z') || category == "Zs";
}

bool IsPrint(int32_t rune) {
  if (rune >= 0x20 && rune < 0x7F) {
    return true;
  }
  const char group = Category(rune)[0];
  return group != 'C' && group != 'Z';
}

bool IsSpace(int32_t rune) {
  if (rune >= 0 && rune <= 0xFF) {
    return rune == ' ' || (rune >= '\t' && rune <= '\r') || rune == 0x85 || rune == 0xA0;
  }
  return InTable("White_Space", rune);
}

int32_t To(Case wanted, int32_t rune) {
  const CaseRange* range = FindCase(rune);
  if (range == nullptr) {
    return rune;
  }
  const int32_t delta = wanted == Case::kUpper   ? range->to_upper
                        : wanted == Case::kLower ? range->to_lower
                                                 : range->to_title;
  if (delta == kAlternating) {
    const int32_t low = static_cast<int32_t>(range->low);
    return low + (((rune - low) & ~1) | (wanted == Case::kLower ? 1 : 0));
  }
  return rune + delta;
}

int32_t SimpleFold(int32_t rune) {
  if (rune < 0 || rune > kLast) {
    return rune;
  }
  const std::span<const FoldStep> steps = FoldSteps();
  const auto it = std::lower_bound(steps.begin(), steps.end(), static_cast<uint32_t>(rune),
                                   [](const FoldStep& s, uint32_t r) { return s.from < r; });
  if (it != steps.end() && it->from == static_cast<uint32_t>(rune)) {
    return static_cast<int32_t>(it->to);
  }
  const int32_t lower = To(Case::kLower, rune);
  return lower != rune ? lower : To(Case::kUpper, rune);
}

}  // namespace heddle::golang::unicode
