// SPDX-License-Identifier: Apache-2.0
// Weak initials, asked of the what-if machine.
#include "checker/dpor/sequence.h"

#include <utility>

namespace heddle::checker {

void Sequence::Add(const sim::Step& step, uint32_t index, std::vector<uint32_t> preds) {
  if (in_v_.size() <= index) in_v_.resize(index + 1, 0);
  in_v_[index] = 1;
  items_.push_back({step, index, std::move(preds)});
  ++left_;
}

bool Sequence::WeakInitial(const sim::Step& y, Take take) {
  for (Item& item : items_) {
    if (!item.in_v || item.step.label != y.label) continue;
    if (item.step.operation != y.operation) return false;
    for (uint32_t p : item.preds) {
      if (InV(p)) return false;
    }
    if (take != Take::kNo) {
      item.in_v = false;
      in_v_[item.index] = 0;
      --left_;
    }
    return true;
  }
  if (!what_if_.Possible(y)) return false;
  const sim::Effect& effect = what_if_.Ask(y);
  if (effect.after_all && left_ > 0) return false;
  for (uint32_t p : effect.above) {
    if (InV(p)) return false;
  }
  for (uint32_t p : effect.preds) {
    if (InV(p)) return false;
  }
  if (take != Take::kNo) what_if_.Execute(y, take == Take::kFromRecord);
  return true;
}

}  // namespace heddle::checker
