// SPDX-License-Identifier: Apache-2.0
// Which races of a finished execution are to be reversed: every label made of operations executed
// or still pending, whether it happened or not (those that did not are the virtual actions).
//
// `detect` and `settle` of the algorithm; docs/dependence.md argues why settling may stop at the
// first set after which the candidate is possible.
#include <algorithm>

#include "checker/dpor/dpor.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::kNoEvent;
using sim::Label;
using sim::Operation;

const DporSearch::Facts& DporSearch::FactsOf(const Operation& operation) {
  if (operation.id >= facts_.size()) facts_.resize(operation.id + 64);
  Facts& facts = facts_[operation.id];
  if (facts.known) return facts;
  facts.known = true;
  const sim::Model& model = what_if_.model();
  labels_.clear();
  model.LabelsOf(sim::PathTable::Main(), 0, operation, &labels_);
  for (const Label& l : labels_) facts.alternatives.push_back(l.alternative);
  model.OffersOf(operation, &facts.offers);
  return facts;
}

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

void DporSearch::ReverseRaces() {
  answers_.Begin(*record_, *order_, n_, kept_);
  CollectInstances(*record_);
  actor_offers_.clear();
  partner_offers_.clear();
  for (uint32_t i = 0; i < instances_.size(); ++i) {
    const Instance& inst = instances_[i];
    const Facts& facts = FactsOf(*inst.operation);
    for (int32_t alternative : facts.alternatives) {
      Consider({{Label{inst.task, inst.position, alternative}, inst.operation}, &inst, nullptr});
    }
    for (const sim::Model::Offer& o : facts.offers) {
      if (o.late_only && !order_->has_barrier()) continue;
      (o.role == 0 ? actor_offers_ : partner_offers_).push_back({o, i});
    }
  }
  PairOffers();
}

// Joint candidates: an offer of each role at one object.
void DporSearch::PairOffers() {
  auto by_object = [](const OfferRow& a, const OfferRow& b) {
    return a.offer.object < b.offer.object;
  };
  std::stable_sort(partner_offers_.begin(), partner_offers_.end(), by_object);
  for (const OfferRow& actor : actor_offers_) {
    const Instance& p = instances_[actor.instance];
    for (auto it =
             std::lower_bound(partner_offers_.begin(), partner_offers_.end(), actor, by_object);
         it != partner_offers_.end() && it->offer.object == actor.offer.object; ++it) {
      const Instance& q = instances_[it->instance];
      if (p.task == q.task) continue;
      // Neither may be reached only after the other's event.
      auto reached_after = [&](const Instance& x, const Instance& y) {
        return x.before != kNoEvent && y.event != kNoEvent &&
               (x.before == y.event || order_->Before(y.event, x.before));
      };
      if (reached_after(p, q) || reached_after(q, p)) continue;
      Label label{p.task, p.position, actor.offer.alternative,
                  q.task, q.position, it->offer.alternative};
      Consider({{label, p.operation, q.operation}, &p, &q});
    }
  }
}

bool DporSearch::Reached(const Candidate& a, const Bits& set) const {
  if (a.first->before != kNoEvent && !set.Test(a.first->before)) return false;
  return a.second == nullptr || a.second->before == kNoEvent || set.Test(a.second->before);
}

void DporSearch::Consider(const Candidate& a) {
  EventIndex first = a.first->event;
  EventIndex second = a.second != nullptr ? a.second->event : kNoEvent;
  bool executed = first != kNoEvent && record_->events[first].step.label == a.step.label;
  if (executed) {  // without a predecessor beyond program order there is nothing to reverse
    order_->Above(*record_, first, &above_);
    races_.Reset(n_);
    races_.Or(order_->Past(first));
    races_.AndNot(above_.data());
    if (races_.Empty()) return;
  }
  without_.Fill(n_);
  if (first != kNoEvent) RemoveWithSuccessors(first, &without_);
  if (second != kNoEvent && second != first) RemoveWithSuccessors(second, &without_);
  if (!Reached(a, without_)) return;
  hopeless_.clear();
  emitted_.clear();
  if (executed) {
    ConsiderExecuted(a, without_);
  } else {
    Settle(a, without_);
  }
}

// REQUIRES: races_ is what the candidate's event is after beyond program order.
void DporSearch::ConsiderExecuted(const Candidate& a, const Bits& without) {
  // From the latest on; what is before one that was reversed is no immediate predecessor.
  for (uint32_t g = races_.Last(); g != UINT32_MAX; g = races_.Last()) {
    races_.Clear(g);
    Bits set = without;
    RemoveWithSuccessors(g, &set);
    if (!Reached(a, set)) continue;
    bool known = Known(emitted_, set);
    if (known || PossibleAfter(a, set)) {
      races_.AndNot(order_->Past(g));
      if (!known) Emit(a, set);
      continue;
    }
    std::vector<EventIndex> blockers = blockers_;
    for (EventIndex blocker : blockers) {
      Bits smaller = set;
      RemoveWithSuccessors(blocker, &smaller);
      Settle(a, std::move(smaller));
    }
  }
}

bool DporSearch::Known(const std::vector<Bits>& sets, const Bits& set) const {
  return std::find(sets.begin(), sets.end(), set) != sets.end();
}

bool DporSearch::Answerable(const Candidate& a) const {
  return answers_.usable() && answers_.Covers(a.step);
}

bool DporSearch::PossibleAfter(const Candidate& a, const Bits& set) {
  blockers_.clear();
  if (Answerable(a)) {
    Answers::Answer answer = answers_.Ask(a.step, set, {});
    blockers_.assign(answer.blockers.begin(), answer.blockers.end());
    possible_preds_.assign(answer.preds.begin(), answer.preds.end());
    possible_parts_.assign(answer.parts.begin(), answer.parts.end());
    return answer.enabled;
  }
  answers_.StandAfter(set);
  if (what_if_.Possible(a.step)) return true;
  what_if_.model().Blockers(a.step, &blockers_);
  for (EventIndex& b : blockers_) b = what_if_.RecordIndex(b);
  return false;
}

// Removes what stands in the way of `a` until it is enabled; where several removals may help, tries
// each.
void DporSearch::Settle(const Candidate& a, Bits set) {
  for (;;) {
    if (!Reached(a, set) || Known(hopeless_, set) || Known(emitted_, set)) return;
    if (PossibleAfter(a, set)) return Emit(a, set);
    hopeless_.push_back(set);
    if (blockers_.empty()) return;
    std::vector<EventIndex> others(blockers_.begin() + 1, blockers_.end());
    const EventIndex first = blockers_[0];
    for (EventIndex blocker : others) {
      Bits other = set;
      RemoveWithSuccessors(blocker, &other);
      Settle(a, std::move(other));
    }
    RemoveWithSuccessors(first, &set);
  }
}

uint64_t DporSearch::NameOfSequence(const Candidate& a, const Bits& set) const {
  uint64_t sum = 0;
  set.ForEach([&](uint32_t e) { sum += order_->Name(e); });
  const Label& l = a.step.label;
  auto mix = [&](uint64_t high, uint64_t low) { sum = sim::Mix64(sum + (high << 32 | low)); };
  mix(l.task.value, l.position);
  mix(a.step.operation->id, static_cast<uint32_t>(l.alternative));
  if (l.joint()) {
    mix(l.partner.value, l.partner_position);
    mix(a.step.partner->id, static_cast<uint32_t>(l.partner_alternative));
  }
  return sum;
}

void DporSearch::Emit(const Candidate& a, const Bits& set) {
  emitted_.push_back(set);
  const uint32_t i = set.FirstMissing(n_);
  if (i >= n_) return;
  if (Answerable(a)) {
    const uint64_t name = NameOfSequence(a, set);
    if (walk_->levels[i].seen.Contains(name)) return;
    Answers::Answer answer{.enabled = true, .preds = possible_preds_, .parts = possible_parts_};
    Reversal& r = reversal_;
    r.name = name;
    r.set = set;
    r.v = set;
    r.v.ClearBelow(i);
    r.a_in_v = true;
    r.a = &a;
    r.preds.Reset(n_);
    for (EventIndex p : answer.preds) r.preds.Set(p);
    if (a.first->before != kNoEvent) r.preds.Set(a.first->before);
    if (a.second != nullptr && a.second->before != kNoEvent) r.preds.Set(a.second->before);
    if (r.imagined.empty()) r.imagined.emplace_back();
    r.num_imagined = 0;
    Imagine(r, a.step, answer, &r.imagined[0]);
    r.num_imagined = 1;
    if (Insert(&r)) return;
  }
  answers_.StandAfter(set);
  EmitOnMachine(a, set);
  answers_.Moved();
}

}  // namespace heddle::checker
