// SPDX-License-Identifier: Apache-2.0
//
// Exported names of Go's standard library that heddle's packages of the same path lack.
//
// So that the checker can tell what is missing here from what is no Go. The table is written by
// tests/go_suite/support_test.cc from Go's own lists of its API, and compared with them.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_MISSING_NAMES_H_
#define HEDDLE_MODELS_GOLANG_TYPES_MISSING_NAMES_H_

#include <span>
#include <string_view>

namespace heddle::golang::types {

struct MissingNames {
  std::string_view package;  // Import path.
  std::string_view names;    // Each followed by a space, sorted: "Name" or "Type.Member".
};

// In order of the packages.
std::span<const MissingNames> AllMissingNames();

// True for the names in the table.
bool IsNameOfGo(std::string_view package, std::string_view name);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_MISSING_NAMES_H_
