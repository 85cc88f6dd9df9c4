// SPDX-License-Identifier: Apache-2.0
// Matching Dones with Adds along the causal order.
#include "models/sync/waitgroup_order.h"

#include <algorithm>

namespace heddle::sync {

using sim::EventIndex;
using sim::kNoEvent;
using sim::ObjectId;

namespace {

// Longer executions are judged by their beginning, as the search reverses the races of that alone.
constexpr size_t kMostEvents = 4000;
// Adds of more at a time are left to the conservative relation.
constexpr int64_t kMostAtOnce = 4000;

}  // namespace

void WaitGroupOrder::Clear() {
  entries_.clear();
  parked_adds_.clear();
  misused_.clear();
}

void WaitGroupOrder::NoteParkedAdd(EventIndex event, ObjectId group, int64_t counter,
                                   EventIndex since) {
  if (event < kMostEvents) parked_adds_.push_back({event, group, counter, since});
}

void WaitGroupOrder::Note(EventIndex event, EventIndex above, ObjectId group, int64_t delta) {
  if (event >= kMostEvents) return;
  if (delta < -kMostAtOnce || delta > kMostAtOnce) NoteMisuse(group);
  entries_.push_back({event, above, group, std::clamp(delta, -kMostAtOnce, kMostAtOnce)});
}

class WaitGroupOrder::Rows {
 public:
  Rows(const std::vector<Entry>& entries, size_t events)
      : width_((entries.size() + 63) / 64), bits_(width_ * events, 0), entry_at_(events, kNone) {
    for (uint32_t i = 0; i < entries.size(); ++i) entry_at_[entries[i].event] = i;
  }

  static constexpr uint32_t kNone = UINT32_MAX;
  uint32_t EntryAt(EventIndex event) const { return entry_at_[event]; }
  // `before` and all that is before it are before `event`.
  void Join(EventIndex event, EventIndex before) {
    uint64_t* to = bits_.data() + event * width_;
    const uint64_t* from = bits_.data() + before * width_;
    for (size_t w = 0; w < width_; ++w) to[w] |= from[w];
    if (uint32_t i = entry_at_[before]; i != kNone) to[i / 64] |= uint64_t{1} << i % 64;
  }
  bool Has(EventIndex event, uint32_t entry) const {
    return bits_[event * width_ + entry / 64] >> entry % 64 & 1;
  }

 private:
  size_t width_;
  std::vector<uint64_t> bits_;
  std::vector<uint32_t> entry_at_;
};

class WaitGroupOrder::Group {
 public:
  explicit Group(ObjectId id) : id_(id) {}

  ObjectId id() const { return id_; }
  const std::vector<EventIndex>& waits() const { return waits_; }
  void AddWait(EventIndex event) { waits_.push_back(event); }
  void AddAdd(uint32_t entry, const Entry& e) { adds_.push_back({entry, e.event, e.delta}); }

  // False: it has no Add of its own.
  bool AddDone(const Rows& rows, const Entry& e) {
    for (int64_t i = e.delta; i < 0; ++i) {
      tried_.assign(adds_.size(), false);
      size_t add = Place(rows, e.event);
      if (add == adds_.size()) return false;
      dones_.push_back({e.event, add});
    }
    return true;
  }

  // A Wait that returns is after the Dones of the Adds before it. False: an Add is left that is not
  // before it.
  bool Settle(Rows* rows, EventIndex wait) const {
    for (bool more = true; more;) {
      more = false;
      for (const Done& d : dones_) {
        uint32_t entry = rows->EntryAt(d.event);
        if (rows->Has(wait, entry) || !rows->Has(wait, adds_[d.add].entry)) continue;
        rows->Join(wait, d.event);
        more = true;
      }
    }
    return std::all_of(adds_.begin(), adds_.end(),
                       [&](const Add& a) { return rows->Has(wait, a.entry); });
  }

  // The Adds that some way of giving each Done an Add leaves without one, the latest first.
  void Open(const Rows& rows, std::vector<EventIndex>* out) const {
    std::vector<bool> open(adds_.size());
    for (size_t a = 0; a < adds_.size(); ++a) open[a] = adds_[a].left > 0;
    for (bool more = true; more;) {
      more = false;
      for (const Done& d : dones_) {
        if (open[d.add]) continue;
        for (size_t a = 0; a < adds_.size() && !open[d.add]; ++a) {
          if (open[a] && rows.Has(d.event, adds_[a].entry)) open[d.add] = more = true;
        }
      }
    }
    for (size_t a = adds_.size(); a-- > 0;) {
      if (open[a]) out->push_back(adds_[a].event);
    }
  }

 private:
  struct Add {
    uint32_t entry;
    EventIndex event;
    int64_t left;  // how many more Dones it can have
  };
  struct Done {
    EventIndex event;
    size_t add;
  };

  // An Add for one more Done, others moved aside where need be; none: adds_.size(). Adds that the
  // fewest Dones could have are given first.
  size_t Place(const Rows& rows, EventIndex done) {
    for (size_t a = adds_.size(); a-- > 0;) {
      if (adds_[a].left > 0 && rows.Has(done, adds_[a].entry)) {
        --adds_[a].left;
        return a;
      }
    }
    for (size_t a = adds_.size(); a-- > 0;) {
      if (tried_[a] || !rows.Has(done, adds_[a].entry)) continue;
      tried_[a] = true;
      for (Done& other : dones_) {
        if (other.add != a) continue;
        size_t moved = Place(rows, other.event);
        if (moved == adds_.size()) continue;
        other.add = moved;
        return a;
      }
    }
    return adds_.size();
  }

  ObjectId id_;
  std::vector<Add> adds_;
  std::vector<Done> dones_;
  std::vector<EventIndex> waits_;
  std::vector<bool> tried_;
};

void WaitGroupOrder::Refuted(const Preds& preds, std::vector<ObjectId>* out) const {
  size_t first = out->size();
  auto refute = [&](ObjectId id) {
    if (std::find(out->begin() + static_cast<ptrdiff_t>(first), out->end(), id) == out->end()) {
      out->push_back(id);
    }
  };
  for (ObjectId id : misused_) refute(id);
  if (entries_.empty()) return;
  // No event after the last entry matters.
  EventIndex n = entries_.back().event + 1;
  Rows rows(entries_, n);
  std::vector<Group> groups;
  auto group_of = [&](ObjectId id) -> Group& {
    auto it =
        std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.id() == id; });
    return it != groups.end() ? *it : groups.emplace_back(id);
  };
  for (EventIndex e = 0; e < n; ++e) {
    uint32_t i = rows.EntryAt(e);
    if (i == Rows::kNone) {
      for (uint32_t p = e == 0 ? 0 : preds.ends[e - 1]; p < preds.ends[e]; ++p) {
        rows.Join(e, preds.preds[p]);
      }
      continue;
    }
    // Of the edges between operations of one group only those count that either relation has: an
    // Add or Done is after the Waits that have returned.
    const Entry& entry = entries_[i];
    Group& group = group_of(entry.group);
    if (entry.above != kNoEvent) rows.Join(e, entry.above);
    if (entry.delta == 0) {
      if (!group.Settle(&rows, e)) refute(group.id());
      group.AddWait(e);
      continue;
    }
    for (EventIndex wait : group.waits()) rows.Join(e, wait);
    if (entry.delta > 0) {
      group.AddAdd(i, entry);
    } else if (!group.AddDone(rows, entry)) {
      refute(group.id());
    }
  }
  for (const ParkedAdd& add : parked_adds_) {
    if (CouldComeTooLate(add, rows)) refute(add.group);
  }
}

bool WaitGroupOrder::CouldComeTooLate(const ParkedAdd& add, const Rows& rows) const {
  const uint32_t entry = rows.EntryAt(add.event);
  int64_t counter = add.counter;
  for (const Entry& e : entries_) {
    if (e.group != add.group || e.delta >= 0 || e.event < add.since) continue;
    if (!rows.Has(e.event, entry)) counter += e.delta;
  }
  return counter <= 0;
}

void WaitGroupOrder::OpenAdds(const Preds& preds, ObjectId id, std::vector<EventIndex>* out) const {
  if (entries_.empty()) return;
  EventIndex n = entries_.back().event + 1;
  Rows rows(entries_, n);
  Group group(id);
  for (EventIndex e = 0; e < n; ++e) {
    for (uint32_t p = e == 0 ? 0 : preds.ends[e - 1]; p < preds.ends[e]; ++p) {
      rows.Join(e, preds.preds[p]);
    }
    uint32_t i = rows.EntryAt(e);
    if (i == Rows::kNone || entries_[i].group != id) continue;
    if (entries_[i].delta > 0) group.AddAdd(i, entries_[i]);
    if (entries_[i].delta < 0) group.AddDone(rows, entries_[i]);
  }
  group.Open(rows, out);
}

}  // namespace heddle::sync
