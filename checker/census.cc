// SPDX-License-Identifier: Apache-2.0
// Counting classes.
#include "checker/census.h"

namespace heddle::checker {

bool Census::Add(uint64_t name, bool sampled) {
  auto [it, added] = rows_.try_emplace(name);
  Row& row = it->second;
  if (!sampled) {
    ++(row.searched ? repeated_ : searched_classes_);
    row.searched = true;
    return added;
  }
  ++samples_;
  switch (row.samples) {
    case 0:
      ++sampled_classes_;
      ++sampled_once_;
      break;
    case 1:
      --sampled_once_;
      break;
    default:
      break;
  }
  repeated_ += row.samples > 0;
  if (row.samples < 2) ++row.samples;
  return added;
}

}  // namespace heddle::checker
