// SPDX-License-Identifier: Apache-2.0
// Bits: a set of events of one execution. Up to 256 events lie in the object itself.
#ifndef HEDDLE_CHECKER_DPOR_BITS_H_
#define HEDDLE_CHECKER_DPOR_BITS_H_

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::checker {

class Bits {
 public:
  // The empty set of a universe of `n`.
  void Reset(uint32_t n) {
    size_ = (n + 63) / 64;
    if (size_ <= kInline) {
      std::fill_n(few_.data(), size_, 0);
    } else {
      many_.assign(size_, 0);
    }
  }
  void Fill(uint32_t n) {
    Reset(n);
    std::fill_n(data(), size_, ~uint64_t{0});
    if (n % 64 != 0) data()[size_ - 1] = (uint64_t{1} << n % 64) - 1;
  }
  void Set(uint32_t i) { data()[i / 64] |= uint64_t{1} << i % 64; }
  void Clear(uint32_t i) { data()[i / 64] &= ~(uint64_t{1} << i % 64); }
  bool Test(uint32_t i) const { return data()[i / 64] >> i % 64 & 1; }
  bool Empty() const {
    return std::all_of(data(), data() + size_, [](uint64_t w) { return w == 0; });
  }
  // Rows have at least as many words as the set.
  void Or(const uint64_t* row) {
    for (size_t w = 0; w < size_; ++w) data()[w] |= row[w];
  }
  void And(const Bits& other) {
    for (size_t w = 0; w < size_; ++w) data()[w] &= other.data()[w];
  }
  void AndNot(const uint64_t* row) {
    for (size_t w = 0; w < size_; ++w) data()[w] &= ~row[w];
  }
  bool Intersects(const uint64_t* row) const {
    for (size_t w = 0; w < size_; ++w) {
      if (data()[w] & row[w]) return true;
    }
    return false;
  }
  // Leaves out everything below `first`.
  void ClearBelow(uint32_t first) {
    std::fill_n(data(), first / 64, 0);
    if (first / 64 < size_) data()[first / 64] &= ~uint64_t{0} << first % 64;
  }
  // The least index not in the set; n when it is full.
  uint32_t FirstMissing(uint32_t n) const {
    for (size_t w = 0; w < size_; ++w) {
      if (~data()[w] != 0) {
        uint32_t i = static_cast<uint32_t>(w * 64 + std::countr_one(data()[w]));
        return i < n ? i : n;
      }
    }
    return n;
  }
  // The greatest index in the set; UINT32_MAX when it is empty.
  uint32_t Last() const {
    for (size_t w = size_; w-- > 0;) {
      if (data()[w] != 0) return static_cast<uint32_t>(w * 64 + 63 - std::countl_zero(data()[w]));
    }
    return UINT32_MAX;
  }
  // Calls `visit` with every index, from the least on.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (size_t w = 0; w < size_; ++w) {
      for (uint64_t bits = data()[w]; bits != 0; bits &= bits - 1) {
        visit(static_cast<uint32_t>(w * 64 + std::countr_zero(bits)));
      }
    }
  }
  uint64_t* data() { return size_ <= kInline ? few_.data() : many_.data(); }
  const uint64_t* data() const { return size_ <= kInline ? few_.data() : many_.data(); }
  size_t size_words() const { return size_; }
  friend bool operator==(const Bits& a, const Bits& b) {
    return a.size_ == b.size_ && std::equal(a.data(), a.data() + a.size_, b.data());
  }

 private:
  static constexpr size_t kInline = 4;
  size_t size_ = 0;
  std::array<uint64_t, kInline> few_{};
  std::vector<uint64_t> many_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_BITS_H_
