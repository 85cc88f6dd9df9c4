// SPDX-License-Identifier: Apache-2.0
// Optimal DPOR: the walk over the wakeup tree, and the reversal of races.
#include "checker/dpor/dpor.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::kNoEvent;
using sim::Label;
using sim::Operation;
using sim::Step;

namespace {

// Then the search starts anew, and what it took for asleep says nothing.
[[maybe_unused]] bool IsRefuted(const sim::Model& model) {
  std::vector<sim::ObjectId> objects;
  model.Refuted(&objects);
  return !objects.empty();
}

}  // namespace

DporSearch::DporSearch(sim::Model& what_if, const DporOptions& options)
    : what_if_(what_if), options_(options), random_(options.seed) {}

DporSearch::WakeupNode::~WakeupNode() {
  std::vector<std::unique_ptr<WakeupNode>> left = std::move(children);
  while (!left.empty()) {
    std::unique_ptr<WakeupNode> node = std::move(left.back());
    left.pop_back();
    for (std::unique_ptr<WakeupNode>& child : node->children) left.push_back(std::move(child));
    node->children.clear();
  }
}

DporSearch::~DporSearch() = default;

// ---- The walk
// -----------------------------------------------------------------------------------------------

bool DporSearch::BeginExecution() {
  if (first_) {
    first_ = false;
    return true;
  }
  // Back to the deepest point with a branch that was not explored.
  while (!levels_.empty()) {
    Level& level = levels_.back();
    auto& children = level.node->children;
    level.sleep.push_back(children.front()->step);
    children.erase(children.begin());
    if (!children.empty()) return true;
    levels_.pop_back();
  }
  return false;
}

void DporSearch::AddSleeperIfIndependent(sim::Execution& execution, const Step& y, Level* level) {
  EventIndex last = static_cast<EventIndex>(execution.record().events.size() - 1);
  const Step& x = execution.record().events[last].step;
  if (Conflict(x.label, y.label)) return;
  if (execution.Pending(y.label.task, y.label.position) != y.operation) return;
  if (y.label.joint() &&
      execution.Pending(y.label.partner, y.label.partner_position) != y.partner) {
    return;
  }
  if (!execution.model().Enabled(y)) return;
  effect_.Clear();
  execution.model().Apply(y, /*commit=*/false, &effect_);
  if (effect_.after_all) return;
  for (EventIndex p : effect_.above) {
    if (p == last) return;
  }
  for (EventIndex p : effect_.preds) {
    if (p == last) return;
  }
  level->sleep.push_back(y);
}

void DporSearch::InheritSleep(sim::Execution& execution, Level* level) {
  if (levels_.empty()) return;
  for (const Step& y : levels_.back().sleep) AddSleeperIfIndependent(execution, y, level);
}

bool DporSearch::StandsAsBefore(const sim::Execution& execution, const Step& step) {
  auto check = [&](sim::TaskId task, uint32_t position, const Operation* before) {
    const Operation* now = execution.Pending(task, position);
    if (now == before) return true;
    auto name = [&](const Operation* op) -> std::string {
      return op == nullptr ? "nothing" : std::string(what_if_.model().Info(op->code).name);
    };
    mismatch_ = fmt::format(
        "at step {} goroutine {} is about to do '{}' where it did '{}' before{}",
        execution.record().events.size() + 1, execution.paths().ToString(task), name(now),
        name(before), name(now) == name(before) ? " (at another object)" : "");
    return false;
  };
  if (step.label.task == sim::PathTable::Clock()) return true;
  return check(step.label.task, step.label.position, step.operation) &&
         (!step.label.joint() ||
          check(step.label.partner, step.label.partner_position, step.partner));
}

std::optional<Label> DporSearch::Choose(sim::Execution& execution) {
  size_t i = execution.record().events.size();
  if (i < levels_.size()) {  // the prefix shared with the execution before
    const Step& step = levels_[i].node->children.front()->step;
    if (!StandsAsBefore(execution, step)) return std::nullopt;
    return step.label;
  }
  Level level;
  level.node = i == 0 ? &root_ : levels_[i - 1].node->children.front().get();
  InheritSleep(execution, &level);
  if (level.node->children.empty()) {
    const std::vector<Label>& enabled = execution.Enabled();
    if (enabled.empty()) {
      // Only ticks that nobody takes may be asleep at rest: they are never waited for.
      HEDDLE_DCHECK(std::all_of(level.sleep.begin(), level.sleep.end(),
                                [&](const Step& y) {
                                  return execution.paths().Kind(y.label.task) ==
                                         sim::TaskKind::kTimer;
                                }) ||
                        IsRefuted(execution.model()),
                    "nothing is asleep where an execution ends");
      return std::nullopt;
    }
    labels_.clear();
    for (const Label& l : enabled) {
      bool asleep = std::any_of(level.sleep.begin(), level.sleep.end(),
                                [&](const Step& y) { return y.label == l; });
      if (!asleep) labels_.push_back(l);
    }
    if (labels_.empty()) {  // a blocked run: the search is not optimal, and our bug
      ++blocked_runs_;
      return std::nullopt;
    }
    size_t pick = 0;
    switch (options_.pick) {
      case PickPolicy::kFirst:
        break;
      case PickPolicy::kLast:
        pick = labels_.size() - 1;
        break;
      case PickPolicy::kRandom:
        pick = random_.Below(labels_.size());
        break;
    }
    auto node = std::make_unique<WakeupNode>();
    node->step = execution.MakeStep(labels_[pick]);
    level.node->children.push_back(std::move(node));
  }
  Label label = level.node->children.front()->step.label;
  levels_.push_back(std::move(level));
  return label;
}

void DporSearch::EndExecution(const sim::Record& record) {
  n_ = static_cast<uint32_t>(std::min<size_t>(record.events.size(), options_.max_analysed));
  order_.Build(record, n_);
  ReverseRaces(record);
}

// ---- Race reversal
// ------------------------------------------------------------------------------------------

void DporSearch::CollectInstances(const sim::Record& record) {
  instances_.clear();
  for (size_t t = 0; t < record.num_tasks; ++t) {
    const sim::TaskRow& row = record.tasks[t];
    EventIndex before = row.spawn;
    if (before != kNoEvent && before >= n_) continue;
    for (uint32_t k = 0; k < row.operations.size(); ++k) {
      const sim::OperationRow& op = row.operations[k];
      EventIndex event = op.event < n_ ? op.event : kNoEvent;
      instances_.push_back({row.id, k, op.operation, event, before});
      if (event == kNoEvent) break;
      before = event;
    }
  }
}

// Candidates: every label made of operations executed or still pending, whether it happened or not
// (those that did not are the virtual actions).
void DporSearch::ReverseRaces(const sim::Record& record) {
  CollectInstances(record);
  time_moved_ = false;
  for (uint32_t i = 0; i < n_; ++i) time_moved_ |= record.events[i].after_all;
  sim::Model& model = what_if_.model();
  actor_offers_.clear();
  partner_offers_.clear();
  for (uint32_t i = 0; i < instances_.size(); ++i) {
    const Instance& inst = instances_[i];
    labels_.clear();
    model.LabelsOf(inst.task, inst.position, *inst.operation, &labels_);
    std::vector<Label> labels = labels_;
    for (const Label& label : labels) {
      Consider(record, {{label, inst.operation}, &inst, nullptr});
    }
    offers_.clear();
    model.OffersOf(*inst.operation, &offers_);
    for (const sim::Model::Offer& o : offers_) {
      if (o.late_only && !time_moved_) continue;
      (o.role == 0 ? actor_offers_ : partner_offers_).push_back({o, i});
    }
  }
  std::stable_sort(
      partner_offers_.begin(), partner_offers_.end(),
      [](const OfferRow& a, const OfferRow& b) { return a.offer.object < b.offer.object; });
  for (const OfferRow& actor : actor_offers_) {
    auto it = std::lower_bound(
        partner_offers_.begin(), partner_offers_.end(), actor.offer.object,
        [](const OfferRow& row, sim::ObjectId object) { return row.offer.object < object; });
    for (; it != partner_offers_.end() && it->offer.object == actor.offer.object; ++it) {
      const Instance& p = instances_[actor.instance];
      const Instance& q = instances_[it->instance];
      if (p.task == q.task) continue;
      Label label{p.task, p.position, actor.offer.alternative,
                  q.task, q.position, it->offer.alternative};
      Consider(record, {{label, p.operation, q.operation}, &p, &q});
    }
  }
}

bool DporSearch::Reached(const Candidate& a, const Bits& set) const {
  if (a.first->before != kNoEvent && !set.Test(a.first->before)) return false;
  return a.second == nullptr || a.second->before == kNoEvent || set.Test(a.second->before);
}

void DporSearch::RemoveWithSuccessors(EventIndex event, Bits* set) const {
  for (uint32_t i = event; i < n_; ++i) {
    if (i == event || order_.Before(event, i)) set->Clear(i);
  }
}

void DporSearch::Consider(const sim::Record& record, const Candidate& a) {
  EventIndex first = a.first->event;
  EventIndex second = a.second != nullptr ? a.second->event : kNoEvent;
  bool executed = first != kNoEvent && record.events[first].step.label == a.step.label;
  Bits without;
  without.Fill(n_);
  if (first != kNoEvent) RemoveWithSuccessors(first, &without);
  if (second != kNoEvent && second != first) RemoveWithSuccessors(second, &without);
  if (!Reached(a, without)) return;
  hopeless_.clear();
  emitted_.clear();
  if (executed) {
    ConsiderExecuted(record, a, first, without);
  } else {
    Settle(record, a, std::move(without));
  }
}

void DporSearch::ConsiderExecuted(const sim::Record& record, const Candidate& a, EventIndex f,
                                  const Bits& without) {
  Bits above;
  order_.Above(record, f, &above);
  std::vector<EventIndex> reversed;
  for (uint32_t g = f; g-- > 0;) {
    if (!order_.Before(g, f) || above.Test(g)) continue;
    if (std::any_of(reversed.begin(), reversed.end(),
                    [&](EventIndex h) { return order_.Before(g, h); })) {
      continue;
    }
    Bits set = without;
    RemoveWithSuccessors(g, &set);
    if (!Reached(a, set)) continue;
    if (Known(emitted_, set) || EnabledAfter(record, a, set)) {
      reversed.push_back(g);
      if (!Known(emitted_, set)) Emit(record, a, set);
      continue;
    }
    for (EventIndex blocker : BlockersOf(a)) {
      Bits smaller = set;
      RemoveWithSuccessors(blocker, &smaller);
      Settle(record, a, std::move(smaller));
    }
  }
}

bool DporSearch::Known(const std::vector<Bits>& sets, const Bits& set) const {
  return std::find(sets.begin(), sets.end(), set) != sets.end();
}

bool DporSearch::EnabledAfter(const sim::Record& record, const Candidate& a, const Bits& set) {
  what_if_.Replay(record, set, n_);
  return what_if_.Possible(a.step);
}

std::vector<EventIndex> DporSearch::BlockersOf(const Candidate& a) {
  std::vector<EventIndex> blockers;
  what_if_.model().Blockers(a.step, &blockers);
  for (EventIndex& b : blockers) b = what_if_.RecordIndex(b);
  return blockers;
}

// Removes what stands in the way of `a` until it is enabled; where several removals may help, tries
// each.
void DporSearch::Settle(const sim::Record& record, const Candidate& a, Bits set) {
  for (;;) {
    if (!Reached(a, set) || Known(hopeless_, set) || Known(emitted_, set)) return;
    if (EnabledAfter(record, a, set)) return Emit(record, a, set);
    hopeless_.push_back(set);
    std::vector<EventIndex> blockers = BlockersOf(a);
    if (blockers.empty()) return;
    for (size_t i = 1; i < blockers.size(); ++i) {
      Bits other = set;
      RemoveWithSuccessors(blockers[i], &other);
      Settle(record, a, std::move(other));
    }
    RemoveWithSuccessors(blockers[0], &set);
  }
}

// What is left of v, and which of it has no predecessor in it.
class DporSearch::Sequence {
 public:
  struct Item {
    Step step;
    uint32_t index;               // on the what-if machine
    std::vector<uint32_t> preds;  // direct predecessors, on the what-if machine
    bool in_v = true;
  };

  explicit Sequence(WhatIf& what_if) : what_if_(what_if) {}

  void Add(const Step& step, uint32_t index, std::vector<uint32_t> preds) {
    if (in_v_.size() <= index) in_v_.resize(index + 1, 0);
    in_v_[index] = 1;
    items_.push_back({step, index, std::move(preds)});
    ++left_;
  }
  bool empty() const { return left_ == 0; }
  const std::vector<Item>& items() const { return items_; }

  // What to do with a weak initial: nothing, or let it go over from v (or as a new event) to E; a
  // new event of the record itself, or one of a wakeup tree, after which its tasks' next operations
  // are not known.
  enum class Take { kNo, kFromRecord, kFromTree };

  // WI(E, v, y).
  bool WeakInitial(const Step& y, Take take) {
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

 private:
  bool InV(uint32_t index) const { return index < in_v_.size() && in_v_[index]; }

  WhatIf& what_if_;
  std::vector<Item> items_;
  std::vector<char> in_v_;  // by what-if index
  size_t left_ = 0;
};

void DporSearch::Emit(const sim::Record& record, const Candidate& a, const Bits& set) {
  emitted_.push_back(set);
  uint32_t i = set.FirstMissing(n_);
  if (i >= n_) return;
  Sequence v(what_if_);
  for (uint32_t j = i + 1; j < n_; ++j) {
    if (!set.Test(j)) continue;
    const sim::Event& e = record.events[j];
    std::vector<uint32_t> preds;
    if (e.after_all) {
      for (uint32_t p = 0; p < what_if_.IndexOf(j); ++p) preds.push_back(p);
    }
    for (EventIndex p : record.Above(e)) preds.push_back(what_if_.IndexOf(p));
    for (EventIndex p : record.Preds(e)) preds.push_back(what_if_.IndexOf(p));
    v.Add(e.step, what_if_.IndexOf(j), std::move(preds));
  }
  const sim::Effect& effect = what_if_.Ask(a.step);
  std::vector<uint32_t> preds = effect.above;
  preds.insert(preds.end(), effect.preds.begin(), effect.preds.end());
  v.Add(a.step, what_if_.Execute(a.step, false), std::move(preds));

  // The true divergence point: what of the execution itself may come first does.
  while (v.WeakInitial(record.events[i].step, Sequence::Take::kFromRecord)) {
    ++i;
    if (v.empty() || i >= n_) return;
  }
  HEDDLE_CHECK(i < levels_.size(), "every event of an execution has a level");
  for (const Step& y : levels_[i].sleep) {
    if (v.WeakInitial(y, Sequence::Take::kNo)) return;
  }
  // Insert into the wakeup tree.
  WakeupNode* node = levels_[i].node;
  bool root = true;
  for (;;) {
    if (v.empty()) return;
    if (node->children.empty() && !root) return;
    root = false;
    WakeupNode* next = nullptr;
    for (auto& child : node->children) {
      if (v.WeakInitial(child->step, Sequence::Take::kFromTree)) {
        next = child.get();
        break;
      }
    }
    if (next == nullptr) break;
    node = next;
  }
  for (const Sequence::Item& item : v.items()) {
    if (!item.in_v) continue;
    auto branch = std::make_unique<WakeupNode>();
    branch->step = item.step;
    node->children.push_back(std::move(branch));
    node = node->children.back().get();
  }
}

}  // namespace heddle::checker
