// SPDX-License-Identifier: Apache-2.0
// Names of events, from those of their direct predecessors.
#include "checker/class_hash.h"

#include <algorithm>

#include "sim/base/hash.h"
#include "sim/paths.h"

namespace heddle::checker {

uint64_t ClassHash::Of(const sim::Record& record, const sim::PathTable& paths, uint32_t kept) {
  const uint32_t n = static_cast<uint32_t>(record.events.size());
  if (rows_.size() < n) rows_.resize(n);
  for (uint32_t i = std::min(kept, n); i < n; ++i) {
    const sim::Event& event = record.events[i];
    Row& row = rows_[i];
    ++stamp_;
    row.barrier = i > 0 ? rows_[i - 1].barrier : sim::kNoEvent;
    const uint64_t before = i > 0 ? rows_[i - 1].sum : 0;
    uint64_t direct = 0;
    auto add = [&](sim::EventIndex p) {
      if (p == sim::kNoEvent || rows_[p].counted_by == stamp_) return;
      rows_[p].counted_by = stamp_;
      direct += sim::Mix64(rows_[p].name);
    };
    if (event.after_all) {
      direct = before;
      row.barrier = i;
    } else {
      add(row.barrier);
      for (sim::EventIndex p : record.Above(event)) add(p);
      for (sim::EventIndex p : record.Preds(event)) add(p);
    }
    row.name = sim::HashCombine(sim::StableHash(event.step.label, paths), direct);
    row.sum = before + row.name;
  }
  return sim::HashCombine(n, n > 0 ? rows_[n - 1].sum : 0);
}

}  // namespace heddle::checker
