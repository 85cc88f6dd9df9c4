// SPDX-License-Identifier: Apache-2.0
//
// Look-ups in a compiled program.
#include "models/golang/bytecode/program.h"

#include <algorithm>

namespace heddle::golang {

uint32_t Program::InternString(std::string_view text) {
  const auto it = string_index_.find(text);
  if (it != string_index_.end()) return it->second;
  const auto index = static_cast<uint32_t>(strings.size());
  string_index_.emplace(strings.emplace_back(text), index);
  return index;
}

std::string Program::Where(const CodePosition& position) const {
  const std::string file = position.file < files.size() ? files[position.file] : "?";
  return file + ":" + std::to_string(position.line);
}

const GlobalVariable* Program::FindGlobal(uint64_t offset) const {
  auto it = std::upper_bound(
      globals.begin(), globals.end(), offset,
      [](uint64_t at, const GlobalVariable& global) { return at < global.offset; });
  if (it == globals.begin()) return nullptr;
  --it;
  return offset - it->offset < std::max<uint64_t>(1, it->type->size) ? &*it : nullptr;
}

}  // namespace heddle::golang
