// SPDX-License-Identifier: Apache-2.0
// Whether the order in which a cancel visited the children can have been seen.
#include "models/sync/context_order.h"

#include <algorithm>

namespace heddle::sync {

using sim::EventIndex;
using sim::kNoEvent;
using sim::ObjectId;

namespace {

// Longer executions are judged by their beginning, as the search reverses the races of that alone.
constexpr size_t kMostEvents = 4000;

}  // namespace

void ContextOrder::Clear() {
  children_.clear();
  cancels_.clear();
  visits_.clear();
  finishes_.clear();
  looks_.clear();
}

const ContextOrder::Child* ContextOrder::Find(ObjectId object) const {
  auto it = std::find_if(children_.begin(), children_.end(),
                         [&](const Child& c) { return c.node == object || c.done == object; });
  return it == children_.end() ? nullptr : &*it;
}

EventIndex ContextOrder::CancelOf(ObjectId node) const {
  for (const Cancel& c : cancels_) {
    if (c.node == node) return c.event;
  }
  return kNoEvent;
}

void ContextOrder::NoteChild(ObjectId child, ObjectId done, ObjectId parent) {
  children_.push_back({child, done, parent});
}

void ContextOrder::NoteLook(const Look& look) {
  if (look.event < kMostEvents) looks_.push_back(look);
}

void ContextOrder::NoteCancel(EventIndex event, ObjectId node, size_t children) {
  if (event >= kMostEvents) return;
  cancels_.push_back({event, node, children});
}

void ContextOrder::NoteVisit(EventIndex event, sim::TaskId task, ObjectId parent, ObjectId child) {
  if (event >= kMostEvents) return;
  visits_.push_back({event, task, parent, child, CancelOf(parent)});
}

void ContextOrder::NoteFinish(EventIndex event, sim::TaskId task, ObjectId node) {
  if (event >= kMostEvents) return;
  finishes_.push_back({event, task, CancelOf(node)});
}

// Which events are before which, if the visits of one cancel were in no order.
class ContextOrder::Rows {
 public:
  Rows(const ContextOrder& order, const Preds& preds)
      : n_(std::min(preds.ends.size(), kMostEvents)), width_((n_ + 63) / 64), bits_(n_ * width_) {
    size_t visit = 0, finish = 0;
    for (EventIndex e = 0; e < n_; ++e) {
      uint32_t first = e == 0 ? 0 : preds.ends[e - 1];
      while (visit < order.visits_.size() && order.visits_[visit].event < e) ++visit;
      if (visit < order.visits_.size() && order.visits_[visit].event == e) {
        ++first;  // the visit before, or what came of it
        Join(e, order.visits_[visit].begun);
      }
      for (uint32_t p = first; p < preds.ends[e]; ++p) Join(e, preds.preds[p]);
      while (finish < order.finishes_.size() && order.finishes_[finish].event < e) ++finish;
      if (finish == order.finishes_.size() || order.finishes_[finish].event != e) continue;
      const Finish& f = order.finishes_[finish];
      for (const Visit& v : order.visits_) {
        if (v.event < e && v.event > f.begun && v.task == f.task) Join(e, v.event);
      }
    }
  }

  // An event is before itself here.
  bool Before(EventIndex a, EventIndex b) const {
    return a == b || (bits_[b * width_ + a / 64] >> a % 64 & 1);
  }

 private:
  void Join(EventIndex event, EventIndex before) {
    uint64_t* to = bits_.data() + event * width_;
    const uint64_t* from = bits_.data() + before * width_;
    for (size_t w = 0; w <= before / 64; ++w) to[w] |= from[w];
    to[before / 64] |= uint64_t{1} << before % 64;
  }

  size_t n_;
  size_t width_;
  std::vector<uint64_t> bits_;
};

bool ContextOrder::Settled(const Rows& rows, const Look& look, const Child& child,
                           const Cancel& cancel) const {
  if (rows.Before(look.event, cancel.event)) return true;
  EventIndex cancelled = CancelOf(child.node);
  return cancelled != kNoEvent && look.above != kNoEvent && rows.Before(cancelled, look.above);
}

void ContextOrder::Refuted(const Preds& preds,
                           const std::function<bool(const sim::Operation&)>& sees,
                           std::vector<ObjectId>* out) const {
  auto chooses = [](const Cancel& c) { return c.children > 1; };
  if (looks_.empty() || std::none_of(cancels_.begin(), cancels_.end(), chooses)) return;
  Rows rows(*this, preds);
  for (const Cancel& cancel : cancels_) {
    if (!chooses(cancel)) continue;
    auto seen = [&](const Look& look) {
      const Child* child = Find(look.object);
      if (child == nullptr) return false;
      // A node below the cancelled one?
      const Child* up = child;
      while (up != nullptr && up->parent != cancel.node) up = Find(up->parent);
      if (up == nullptr || Settled(rows, look, *child, cancel)) return false;
      return look.select == nullptr || sees(*look.select);
    };
    if (std::any_of(looks_.begin(), looks_.end(), seen)) out->push_back(cancel.node);
  }
}

}  // namespace heddle::sync
