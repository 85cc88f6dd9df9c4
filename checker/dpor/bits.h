// SPDX-License-Identifier: Apache-2.0
// Bits: a set of events of one execution. Small, reused, no allocation once grown.
#ifndef HEDDLE_CHECKER_DPOR_BITS_H_
#define HEDDLE_CHECKER_DPOR_BITS_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::checker {

class Bits {
 public:
  // The empty set of a universe of `n`.
  void Reset(uint32_t n) { words_.assign((n + 63) / 64, 0); }
  void Fill(uint32_t n) {
    words_.assign((n + 63) / 64, ~uint64_t{0});
    if (n % 64 != 0) words_.back() = (uint64_t{1} << n % 64) - 1;
  }
  void Set(uint32_t i) { words_[i / 64] |= uint64_t{1} << i % 64; }
  void Clear(uint32_t i) { words_[i / 64] &= ~(uint64_t{1} << i % 64); }
  bool Test(uint32_t i) const { return words_[i / 64] >> i % 64 & 1; }
  void Or(const uint64_t* row) {
    for (size_t w = 0; w < words_.size(); ++w) words_[w] |= row[w];
  }
  void AndNot(const Bits& other) {
    for (size_t w = 0; w < words_.size(); ++w) words_[w] &= ~other.words_[w];
  }
  bool Intersects(const uint64_t* row) const {
    for (size_t w = 0; w < words_.size(); ++w) {
      if (words_[w] & row[w]) return true;
    }
    return false;
  }
  // The least index not in the set; n when it is full.
  uint32_t FirstMissing(uint32_t n) const {
    for (size_t w = 0; w < words_.size(); ++w) {
      if (~words_[w] != 0) {
        uint32_t i = static_cast<uint32_t>(w * 64 + std::countr_one(words_[w]));
        return i < n ? i : n;
      }
    }
    return n;
  }
  uint64_t* data() { return words_.data(); }
  const uint64_t* data() const { return words_.data(); }
  size_t size_words() const { return words_.size(); }
  friend bool operator==(const Bits&, const Bits&) = default;

 private:
  std::vector<uint64_t> words_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_BITS_H_
