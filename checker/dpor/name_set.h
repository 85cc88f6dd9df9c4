// SPDX-License-Identifier: Apache-2.0
// NameSet: a set of names (hashes), few or many, that only grows.
#ifndef HEDDLE_CHECKER_DPOR_NAME_SET_H_
#define HEDDLE_CHECKER_DPOR_NAME_SET_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::checker {

class NameSet {
 public:
  size_t size() const { return size_; }

  bool Contains(uint64_t name) const {
    if (size_ <= kFew) {
      return std::find(slots_.begin(), slots_.end(), name | 1) != slots_.end();
    }
    return slots_[Find(name | 1)] != 0;
  }

  // REQUIRES: not in it.
  void Add(uint64_t name) {
    if (size_ < kFew) {
      slots_.push_back(name | 1);
    } else {
      if (size_ == kFew || size_ * 2 >= slots_.size()) Spread();
      slots_[Find(name | 1)] = name | 1;
    }
    ++size_;
  }

 private:
  static constexpr size_t kFew = 16;  // in the order of their coming; more are hashed

  // The slot of the name, or the empty one where it belongs. The lowest bit is set in all names.
  size_t Find(uint64_t name) const {
    size_t at = name >> 1 & (slots_.size() - 1);
    while (slots_[at] != 0 && slots_[at] != name) at = (at + 1) & (slots_.size() - 1);
    return at;
  }

  void Spread() {
    std::vector<uint64_t> old(size_ == kFew ? kFew * 4 : slots_.size() * 2, 0);
    old.swap(slots_);
    for (uint64_t name : old) {
      if (name != 0) slots_[Find(name)] = name;
    }
  }

  std::vector<uint64_t> slots_;  // 0: empty
  size_t size_ = 0;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_NAME_SET_H_
