// SPDX-License-Identifier: Apache-2.0
// Closure of the causal order, and the names of events and classes.
#include "checker/dpor/causal_order.h"

#include <algorithm>
#include <bit>

#include "sim/base/hash.h"

namespace heddle::checker {

// Room for `n` events; rows that are there stay.
void CausalOrder::Grow(uint32_t n) {
  const size_t rows = std::max<size_t>(names_.size(), n);
  const size_t stride = std::max(stride_, (size_t{n} + 63) / 64);
  if (stride != stride_) {
    for (std::vector<uint64_t>* table : {&past_, &future_}) {
      std::vector<uint64_t> wider(rows * stride, 0);
      for (size_t i = 0; i < n_; ++i) {
        std::copy_n(table->data() + i * stride_, stride_, wider.data() + i * stride);
      }
      table->swap(wider);
    }
    stride_ = stride;
  }
  past_.resize(rows * stride_);
  future_.resize(rows * stride_);
  names_.resize(rows);
  label_hashes_.resize(rows);
  is_barrier_.resize(rows);
}

void CausalOrder::AddRow(const sim::Record& record, uint32_t i) {
  uint64_t* row = past_.data() + static_cast<size_t>(i) * stride_;
  std::fill_n(row, stride_, 0);
  const sim::Event& e = record.events[i];
  is_barrier_[i] = e.after_all;
  if (e.after_all) {
    ++barriers_;
    for (uint32_t j = 0; j < i; ++j) row[j / 64] |= uint64_t{1} << j % 64;
    return;
  }
  auto add = [&](uint32_t p) {
    if (row[p / 64] >> p % 64 & 1) return;
    const uint64_t* past = Past(p);
    for (size_t w = 0; w <= p / 64; ++w) row[w] |= past[w];
    row[p / 64] |= uint64_t{1} << p % 64;
  };
  for (uint32_t p : record.Above(e)) add(p);
  for (uint32_t p : record.Preds(e)) add(p);
}

void CausalOrder::Build(const sim::Record& record, const sim::PathTable& paths, uint32_t n,
                        uint32_t kept) {
  kept = std::min({kept, n, n_});
  n_ = kept;
  if (n > names_.size() || (n + 63) / 64 > stride_) Grow(n);
  // What is left of the rows that stay: nothing of the events that go.
  for (uint32_t i = 0; i < kept && kept / 64 < stride_; ++i) {
    uint64_t* row = future_.data() + static_cast<size_t>(i) * stride_;
    row[kept / 64] &= (uint64_t{1} << kept % 64) - 1;
    std::fill(row + kept / 64 + 1, row + stride_, 0);
  }
  barriers_ =
      static_cast<uint32_t>(std::count(is_barrier_.begin(), is_barrier_.begin() + kept, true));
  for (uint32_t i = kept; i < n; ++i) {
    AddRow(record, i);
    label_hashes_[i] = sim::StableHash(record.events[i].step.label, paths);
    uint64_t* own = future_.data() + static_cast<size_t>(i) * stride_;
    std::fill_n(own, stride_, 0);
    own[i / 64] |= uint64_t{1} << i % 64;
    uint64_t sum = 0;
    const uint64_t* row = Past(i);
    for (size_t w = 0; w <= i / 64; ++w) {
      for (uint64_t bits = row[w]; bits != 0; bits &= bits - 1) {
        const size_t p = w * 64 + static_cast<size_t>(std::countr_zero(bits));
        sum += label_hashes_[p];
        future_[p * stride_ + i / 64] |= uint64_t{1} << i % 64;
      }
    }
    names_[i] = sim::HashCombine(label_hashes_[i], sum);
  }
  n_ = n;
}

void CausalOrder::Above(const sim::Record& record, uint32_t i, Bits* out) const {
  out->Reset(n_);
  for (uint32_t p : record.Above(record.events[i])) {
    out->Or(Past(p));
    out->Set(p);
  }
}

uint64_t CausalOrder::NameOf(uint64_t label_hash, const Bits& past) const {
  uint64_t sum = 0;
  past.ForEach([&](uint32_t p) { sum += label_hashes_[p]; });
  return sim::HashCombine(label_hash, sum);
}

uint64_t CausalOrder::ClassHash() const {
  uint64_t sum = sim::Mix64(n_);
  for (uint32_t i = 0; i < n_; ++i) sum += names_[i];
  return sum;
}

}  // namespace heddle::checker
