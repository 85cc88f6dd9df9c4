// SPDX-License-Identifier: Apache-2.0
// Closure of the causal order, and the hash of its class.
#include "checker/dpor/causal_order.h"

#include <bit>

#include "sim/base/hash.h"

namespace heddle::checker {

void CausalOrder::Build(const sim::Record& record, uint32_t n) {
  n_ = n;
  stride_ = (n + 63) / 64;
  rows_.assign(static_cast<size_t>(n) * stride_, 0);
  for (uint32_t i = 0; i < n; ++i) {
    uint64_t* row = rows_.data() + static_cast<size_t>(i) * stride_;
    const sim::Event& e = record.events[i];
    if (e.after_all) {
      for (uint32_t j = 0; j < i; ++j) row[j / 64] |= uint64_t{1} << j % 64;
      continue;
    }
    auto add = [&](uint32_t p) {
      const uint64_t* past = Past(p);
      for (size_t w = 0; w <= p / 64; ++w) row[w] |= past[w];
      row[p / 64] |= uint64_t{1} << p % 64;
    };
    for (uint32_t p : record.Above(e)) add(p);
    for (uint32_t p : record.Preds(e)) {
      if (!(row[p / 64] >> p % 64 & 1)) add(p);
    }
  }
}

void CausalOrder::Above(const sim::Record& record, uint32_t i, Bits* out) const {
  out->Reset(n_);
  for (uint32_t p : record.Above(record.events[i])) {
    out->Or(Past(p));
    out->Set(p);
  }
}

void CausalOrder::CloseUpwards(Bits* set) const {
  uint32_t first = n_;
  for (size_t w = 0; w < set->size_words() && first == n_; ++w) {
    if (set->data()[w] != 0) {
      first = static_cast<uint32_t>(w * 64 + std::countr_zero(set->data()[w]));
    }
  }
  for (uint32_t i = first; i < n_; ++i) {
    if (!set->Test(i) && set->Intersects(Past(i))) set->Set(i);
  }
}

uint64_t CausalOrder::ClassHash(const sim::Record& record, const sim::PathTable& paths) const {
  std::vector<uint64_t> label_hash(n_);
  uint64_t sum = sim::Mix64(n_);
  for (uint32_t i = 0; i < n_; ++i) {
    label_hash[i] = sim::StableHash(record.events[i].step.label, paths);
    uint64_t past = 0;
    const uint64_t* row = Past(i);
    for (size_t w = 0; w <= i / 64; ++w) {
      for (uint64_t bits = row[w]; bits != 0; bits &= bits - 1) {
        past += label_hash[w * 64 + std::countr_zero(bits)];
      }
    }
    sum += sim::HashCombine(label_hash[i], past);
  }
  return sum;
}

}  // namespace heddle::checker
