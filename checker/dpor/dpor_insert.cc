// SPDX-License-Identifier: Apache-2.0
// Inserting a reversed race into the wakeup trees, unless something asleep or planned covers it.
//
// Done twice: on the record, with remembered answers, which decides nearly all; and on the what-if
// machine, where a step that the record does not know has to be taken over into E. Both follow
// `insert` and `WI` of JACM 2017, definitions 6.2 and 7.1.
#include <algorithm>

#include "checker/dpor/dpor.h"
#include "sim/base/check.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::kNoEvent;
using sim::Operation;
using sim::Step;

namespace {

constexpr size_t kMostImagined = 32;

}  // namespace

// ---- On the record ------------------------------------------------------------------------------

bool DporSearch::DoneByImagined(const Reversal& r, sim::TaskId task, uint32_t position) const {
  for (const Imagined& i : r.imagination()) {
    if (std::find(i.parts.begin(), i.parts.end(), std::make_pair(task, position)) !=
        i.parts.end()) {
      return true;
    }
  }
  return false;
}

// Does the task stand at this operation after E.v? What a task does after an imagined step is what
// the step asked about says, for that comes from an execution where it had happened.
bool DporSearch::StandsAt(const Reversal& r, sim::TaskId task, uint32_t position,
                          const Operation* operation) const {
  if (DoneByImagined(r, task, position)) return false;
  const sim::TaskRow* row = record_->Find(task);
  auto happened = [&](EventIndex e) { return e != kNoEvent && e < n_ && r.set.Test(e); };
  if (row == nullptr || (row->spawn != kNoEvent && !happened(row->spawn))) {
    return position > 0 ? DoneByImagined(r, task, position - 1)
                        : task != sim::PathTable::Main() &&
                              DoneByImagined(r, paths_.Parent(task), paths_.SpawnPosition(task));
  }
  if (position > 0) {
    const bool known = position - 1 < row->operations.size();
    if (!known || !happened(row->operations[position - 1].event)) {
      return DoneByImagined(r, task, position - 1);
    }
  }
  if (position >= row->operations.size()) return !row->ended;
  return !happened(row->operations[position].event) &&
         row->operations[position].operation == operation;
}

void DporSearch::Imagine(const Reversal& r, const Step& y, const Answers::Answer& answer,
                         Imagined* out) const {
  out->step = y;
  out->past.Reset(n_);
  out->past_names = 0;
  out->named = false;
  auto add = [&](EventIndex p) {
    out->past.Or(order_->Past(p));
    out->past.Set(p);
  };
  for (EventIndex p : answer.preds) add(p);
  auto add_before = [&](sim::TaskId task, uint32_t position) {
    const sim::TaskRow* row = record_->Find(task);
    for (const Imagined& i : r.imagination()) {
      for (const auto& part : i.parts) {
        const bool own = position > 0 && part == std::make_pair(task, position - 1);
        const bool spawned =
            position == 0 && task != sim::PathTable::Main() &&
            part == std::make_pair(paths_.Parent(task), paths_.SpawnPosition(task));
        if (!own && !spawned) continue;
        out->past_names += answers_.NameOf(i);
        return;
      }
    }
    EventIndex before = position == 0 ? row->spawn : row->operations[position - 1].event;
    if (before != kNoEvent) add(before);
  };
  add_before(y.label.task, y.label.position);
  if (y.label.joint()) add_before(y.label.partner, y.label.partner_position);
  for (size_t k = 0; k < r.num_imagined; ++k) {
    if (answer.after_imagined >> k & 1)
      out->past_names += sim::Mix64(answers_.NameOf(r.imagined[k]));
  }
  out->parts.assign(answer.parts.begin(), answer.parts.end());
}

DporSearch::Verdict DporSearch::WeakInitial(const Reversal& r, const Step& y, EventIndex* event,
                                            Imagined* taken) {
  *event = kNoEvent;
  if (y.label.task == sim::PathTable::Clock()) return Verdict::kNo;
  if (r.a_in_v && y.label == r.a->step.label) {
    *event = n_;
    if (y.operation != r.a->step.operation) return Verdict::kNo;
    return r.v.Intersects(r.preds.data()) ? Verdict::kNo : Verdict::kYes;
  }
  const sim::OperationRow* own = record_->Find(y.label.task, y.label.position);
  if (own != nullptr && own->event != kNoEvent && own->event < n_ && r.v.Test(own->event)) {
    const Step& done = record_->events[own->event].step;
    if (done.label != y.label || done.operation != y.operation) return Verdict::kNo;
    *event = own->event;
    return r.v.Intersects(order_->Past(own->event)) ? Verdict::kNo : Verdict::kYes;
  }
  // The candidate is the last of v, and what is taken into E does not come after it.
  if (r.a_in_v && answers_.Covers(y) && answers_.InOrder(r.a->step, y)) {
    HEDDLE_DCHECK(!StandsAt(r, y.label.task, y.label.position, y.operation) ||
                      !answers_.Follows(y, r.set, r.imagination(), r.v, true),
                  "what is in order is so for the model too");
    return Verdict::kNo;
  }
  if (!StandsAt(r, y.label.task, y.label.position, y.operation)) return Verdict::kNo;
  if (y.label.joint() && !StandsAt(r, y.label.partner, y.label.partner_position, y.partner)) {
    return Verdict::kNo;
  }
  if (!answers_.Covers(y)) return Verdict::kAskMachine;
  // Its program order must not lie in v.
  auto before_in_v = [&](sim::TaskId task, uint32_t position) {
    auto is = [&](sim::TaskId before, uint32_t at) {
      const auto& parts = r.imagined[0].parts;
      if (r.a_in_v &&
          std::find(parts.begin(), parts.end(), std::make_pair(before, at)) != parts.end()) {
        return true;
      }
      const sim::OperationRow* row = record_->Find(before, at);
      return row != nullptr && row->event != kNoEvent && row->event < n_ && r.v.Test(row->event);
    };
    if (position > 0) return is(task, position - 1);
    return task != sim::PathTable::Main() && is(paths_.Parent(task), paths_.SpawnPosition(task));
  };
  if (before_in_v(y.label.task, y.label.position)) return Verdict::kNo;
  if (y.label.joint() && before_in_v(y.label.partner, y.label.partner_position)) {
    return Verdict::kNo;
  }
  if (!answers_.Follows(y, r.set, r.imagination(), r.v, r.a_in_v)) return Verdict::kNo;
  if (taken != nullptr) Imagine(r, y, answers_.Ask(y, r.set, r.imagination()), taken);
  return Verdict::kYes;
}

DporSearch::Verdict DporSearch::Diverge(Reversal* r, uint32_t* i) {
  for (; *i < n_ && (r->a_in_v || !r->v.Empty()); ++*i) {
    EventIndex event = kNoEvent;
    const Verdict verdict = WeakInitial(*r, record_->events[*i].step, &event);
    if (verdict != Verdict::kYes) return verdict;
    if (event == n_) {
      r->a_in_v = false;
    } else if (event != kNoEvent) {
      r->v.Clear(event);
    } else {
      r->set.Set(*i);  // with the past that it has in the record
    }
  }
  return Verdict::kYes;
}

void DporSearch::Append(const Reversal& r, WakeupNode* node, uint32_t exported) {
  uint32_t depth = 0;
  auto plan = [&](const Step& step) {
    node = exported == WakeupNode::kOwn ? walk_->Plan(node, step)
                                        : walk_->PlanElsewhere(node, step, exported, depth++);
  };
  r.v.ForEach([&](uint32_t e) { plan(record_->events[e].step); });
  if (r.a_in_v) plan(r.a->step);
}

bool DporSearch::Covered() {
  for (const WakeupNode* node : path_) {
    if (node->exported != WakeupNode::kOwn) walk_->exported[node->exported].relied_on = true;
  }
  return true;
}

bool DporSearch::Insert(Reversal* r) {
  constexpr size_t kMostSeen = 4096;
  const uint32_t first = r->set.FirstMissing(n_);
  uint32_t i = first;
  switch (Diverge(r, &i)) {
    case Verdict::kYes:
      return true;  // nothing is left of v
    case Verdict::kAskMachine:
      return false;
    case Verdict::kNo:
      break;
  }
  HEDDLE_CHECK(i < walk_->levels.size(), "every event of an execution has a level");
  // Whatever becomes of it here, it need not come again; further on, events of E would have to
  // stand as well.
  if (i == first && walk_->levels[i].seen.size() < kMostSeen) {
    walk_->levels[i].seen.Add(r->name);
  }
  EventIndex event = kNoEvent;
  const bool foreign = i < walk_->base();
  const Bits v = foreign ? r->v : Bits();
  const Candidate* last = r->a_in_v ? r->a : nullptr;
  for (const Step& y : walk_->levels[i].sleep) {
    Verdict verdict = WeakInitial(*r, y, &event);
    if (verdict == Verdict::kAskMachine) return false;
    if (verdict == Verdict::kYes) return true;
  }
  const Level& level = walk_->levels[i];
  WakeupNode* node = level.node;
  path_.clear();
  for (bool root = true;; root = false) {
    if (r->v.Empty() && !r->a_in_v) return Covered();
    if (!root && walk_->IsLeaf(level, node)) return Covered();
    if (r->num_imagined == r->imagined.size()) r->imagined.emplace_back();
    bool ask_machine = false;
    WakeupNode* next = walk_->FindChild(level, node, [&](const WakeupNode& child) {
      Verdict verdict = WeakInitial(*r, child.step, &event, &r->imagined[r->num_imagined]);
      ask_machine = verdict == Verdict::kAskMachine;
      return verdict != Verdict::kNo;
    });
    if (ask_machine) return false;
    if (next == nullptr) break;
    if (event == n_) {
      r->a_in_v = false;
    } else if (event != kNoEvent) {
      r->v.Clear(event);
    } else if (++r->num_imagined == kMostImagined) {
      return false;
    }
    node = next;
    path_.push_back(next);
  }
  Append(*r, node, foreign ? Export(i, v, last, r->v, r->a_in_v, node) : WakeupNode::kOwn);
  if (!foreign && !path_.empty()) walk_->Grew(path_.front());
  return true;
}

// ---- On the what-if machine ---------------------------------------------------------------------

void DporSearch::EmitOnMachine(const Candidate& a, const Bits& set) {
  const sim::Record& record = *record_;
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
  const uint32_t a_index = what_if_.Execute(a.step, false);
  v.Add(a.step, a_index, std::move(preds));

  // The true divergence point: what of the execution itself may come first does.
  while (v.WeakInitial(record.events[i].step, Sequence::Take::kFromRecord)) {
    ++i;
    if (v.empty() || i >= n_) return;
  }
  HEDDLE_CHECK(i < walk_->levels.size(), "every event of an execution has a level");
  if (i >= walk_->base()) {
    Plan(v, Place(&v, walk_->levels[i]), 0);
    return;
  }
  bool a_before = false, a_after = false;
  auto left = [&](bool* a_left) {
    Bits events;
    events.Reset(n_);
    for (const Sequence::Item& item : v.items()) {
      if (!item.in_v) continue;
      if (item.index == a_index) {
        *a_left = true;
      } else {
        events.Set(what_if_.RecordIndex(item.index));
      }
    }
    return events;
  };
  const Bits before = left(&a_before);
  WakeupNode* node = Place(&v, walk_->levels[i]);
  if (node == nullptr) {
    Covered();
    return;
  }
  const Bits after = left(&a_after);
  const uint32_t exported = Export(i, before, a_before ? &a : nullptr, after, a_after, node);
  uint32_t depth = 0;
  for (const Sequence::Item& item : v.items()) {
    if (item.in_v) node = walk_->PlanElsewhere(node, item.step, exported, depth++);
  }
}

WakeupNode* DporSearch::Place(Sequence* v, const Level& level) {
  path_.clear();
  for (const Step& y : level.sleep) {
    if (v->WeakInitial(y, Sequence::Take::kNo)) return nullptr;
  }
  WakeupNode* node = level.node;
  for (bool root = true;; root = false) {
    if (v->empty() || (!root && walk_->IsLeaf(level, node))) return nullptr;
    WakeupNode* next = walk_->FindChild(level, node, [&](const WakeupNode& child) {
      return v->WeakInitial(child.step, Sequence::Take::kFromTree);
    });
    if (next == nullptr) return node;
    node = next;
    path_.push_back(next);
  }
}

void DporSearch::Plan(const Sequence& v, WakeupNode* node, uint64_t origin) {
  if (node == nullptr) return;
  for (const Sequence::Item& item : v.items()) {
    if (item.in_v) node = walk_->Plan(node, item.step, origin);
  }
  if (!path_.empty()) walk_->Grew(path_.front());
}

}  // namespace heddle::checker
