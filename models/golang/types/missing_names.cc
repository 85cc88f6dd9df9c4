// SPDX-License-Identifier: Apache-2.0
//
// The look-up of names that heddle's packages lack; the table is missing_names.def.
#include "models/golang/types/missing_names.h"

#include <algorithm>
#include <string>

namespace heddle::golang::types {

std::span<const MissingNames> AllMissingNames() {
  static constexpr MissingNames kAll[] = {
#define HEDDLE_MISSING(package, names) {package, names},
#include "models/golang/types/missing_names.def"
#undef HEDDLE_MISSING
  };
  return kAll;
}

bool IsNameOfGo(std::string_view package, std::string_view name) {
  const std::span<const MissingNames> all = AllMissingNames();
  const auto found = std::lower_bound(
      all.begin(), all.end(), package,
      [](const MissingNames& entry, std::string_view path) { return entry.package < path; });
  if (found == all.end() || found->package != package) return false;
  const std::string word = " " + std::string(name) + " ";
  const std::string_view names = found->names;
  return names.starts_with(word.substr(1)) || names.find(word) != std::string_view::npos;
}

}  // namespace heddle::golang::types
