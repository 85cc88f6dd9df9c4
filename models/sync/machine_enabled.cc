// SPDX-License-Identifier: Apache-2.0
// Which labels are enabled, kept up to date from event to event.
//
// Ten thousand blocked tasks must not be asked at every step. Each task's own labels are remembered
// until something they read has changed: its operation, an object that the operation names, or, for
// timers and awaiting rounds, anything of their kind. Joint labels are looked for only at objects
// with offers of both roles. Invariant: CollectEnabled finds exactly what asking every task would
// find; debug builds compare.
#include <algorithm>
#include <bit>
#include <tuple>

#include "models/sync/machine.h"

namespace heddle::sync {

using sim::Label;
using sim::PathTable;
using sim::TaskKind;

Machine::Watch& Machine::WatchOf(ObjectId object) {
  if (object.value >= watches_.size()) {
    watches_.resize(std::max<size_t>(paths_.NumObjects(), object.value + 1));
  }
  Watch& watch = watches_[object.value];
  if (watch.generation != generation_) {
    watch.generation = generation_;
    watch.version = 0;
    watch.waiters.clear();
    watch.offers[0].clear();
    watch.offers[1].clear();
    watch.joint = false;
  }
  return watch;
}

void Machine::MarkDirty(TaskState& task) {
  if (task.dirty) return;
  task.dirty = true;
  dirty_.push_back(task.id);
}

void Machine::Track(TaskState& task) {
  MarkDirty(task);
  if (task.operation == nullptr) return;
  const Operation& op = *task.operation;
  if (op.await_from != Operation::kNotAwaiting) awaiting_.push_back(task.id);
  if (op.code == kFire) timers_.push_back(task.id);
  if (!ideal() && MaySeeTimers(op)) watchful_.push_back(task.id);
  if (!AlwaysEnabled(op)) {
    for (const Operand& o : op.Operands()) {
      if (o.object.valid()) WatchOf(o.object).waiters.push_back(task.id);
    }
  }
  offers_.clear();
  OffersOf(op, &offers_);
  for (const Offer& o : offers_) {
    Watch& watch = WatchOf(o.object);
    watch.offers[o.role].push_back({task.id, task.position, o.alternative, o.late_only});
    if (!watch.joint && !watch.offers[0].empty() && !watch.offers[1].empty()) {
      watch.joint = true;
      joint_objects_.push_back(o.object);
    }
  }
  // A partner that has come may be what an awaiting round waits for.
  if (!offers_.empty()) {
    for (TaskId id : awaiting_) MarkDirty(tasks_[id.value]);
  }
}

void Machine::Touched(const Operation& operation) {
  for (const Operand& o : operation.Operands()) {
    if (!o.object.valid() || o.object.value >= objects_.size()) continue;
    ObjectState* state = objects_[o.object.value].get();
    if (state == nullptr || state->generation != generation_) continue;
    Watch& watch = WatchOf(o.object);
    // Objects whose every change counts up need no look while the count stands.
    const bool counts = state->kind != ObjectKind::kTimer && state->kind != ObjectKind::kCond &&
                        (state->kind != ObjectKind::kChannel || (o.initial & kTicks) == 0);
    if (counts) {
      if (watch.version == state->version) continue;
      watch.version = state->version;
    }
    for (TaskId id : watch.waiters) MarkDirty(tasks_[id.value]);
    std::erase_if(watch.waiters, [&](TaskId id) { return tasks_[id.value].operation == nullptr; });
  }
}

void Machine::AfterEvent(const Step& step, const Effect& effect) {
  bool time = Info(step.operation->code).category == sim::OpCategory::kTimer;
  Touched(*step.operation);
  if (step.partner != nullptr) Touched(*step.partner);
  for (const sim::Part& part : effect.parts) MarkDirty(tasks_[part.task.value]);
  for (TaskId id : awaiting_) MarkDirty(tasks_[id.value]);
  // Once somebody came too late, anything may move what others are too late for.
  const bool late = late_seen_ || times_.moved() || options_.ends_are_events;
  if (late) {
    for (TaskId id : watchful_) MarkDirty(tasks_[id.value]);
  }
  if (!time || (!ideal() && options_.bounds.timers == sim::Bounds::kNone)) return;
  for (TaskId id : timers_) MarkDirty(tasks_[id.value]);
}

void Machine::Refresh(TaskState& task) {
  task.dirty = false;
  task.enabled.clear();
  if (task.operation != nullptr) {
    const Operation& op = *task.operation;
    if (AlwaysEnabled(op) && op.code != kChoose) {
      task.enabled.push_back({task.id, task.position});
    } else {
      labels_.clear();
      LabelsOf(task.id, task.position, op, &labels_);
      for (const Label& label : labels_) {
        if (IsPossible({label, &op})) task.enabled.push_back(label);
      }
    }
  }
  size_t word = task.order / 64;
  if (able_.size() <= word) {
    able_.resize(word + 1, 0);
    able_in_block_.resize(word / kBlock + 1, 0);
  }
  uint64_t bit = uint64_t{1} << task.order % 64;
  const bool able = !task.enabled.empty();
  if (((able_[word] & bit) != 0) == able) return;
  able_[word] ^= bit;
  able ? ++num_able_ : --num_able_;
  able ? ++able_in_block_[word / kBlock] : --able_in_block_[word / kBlock];
}

bool Machine::StillThere(const OfferRow& row) const {
  const TaskState& task = tasks_[row.task.value];
  return task.operation != nullptr && task.position == row.position;
}

void Machine::CollectPairs(ObjectId object, std::vector<Label>* out) {
  Watch& watch = watches_[object.value];
  for (auto& offers : watch.offers) {
    std::erase_if(offers, [&](const OfferRow& row) { return !StillThere(row); });
  }
  for (const OfferRow& a : watch.offers[0]) {
    for (const OfferRow& b : watch.offers[1]) {
      if (a.task == b.task || (a.late_only && epoch_ == 0)) continue;
      Label label{a.task, a.position, a.alternative, b.task, b.position, b.alternative};
      Step step{label, tasks_[a.task.value].operation, tasks_[b.task.value].operation};
      if (IsPossible(step)) out->push_back(label);
    }
  }
}

void Machine::CollectJoint(std::vector<Label>* out) {
  const size_t first = out->size();
  std::erase_if(joint_objects_, [&](ObjectId object) {
    Watch& watch = watches_[object.value];
    CollectPairs(object, out);
    watch.joint = !watch.offers[0].empty() && !watch.offers[1].empty();
    return !watch.joint;
  });
  // In an order that does not depend on when somebody began to ask.
  auto rank = [&](const Label& l) {
    return std::tuple(tasks_[l.task.value].order, l.alternative, tasks_[l.partner.value].order,
                      l.partner_alternative);
  };
  std::sort(out->begin() + static_cast<ptrdiff_t>(first), out->end(),
            [&](const Label& a, const Label& b) { return rank(a) < rank(b); });
}

void Machine::RefreshDirty() {
  if (!tracking_) {
    tracking_ = true;
    for (TaskId id : order_) Track(tasks_[id.value]);
  }
  for (size_t i = 0; i < dirty_.size(); ++i) Refresh(tasks_[dirty_[i].value]);
  dirty_.clear();
}

std::optional<Label> Machine::DrawListed(sim::Random& random) {
  drawn_.clear();
  CollectEnabled(&drawn_, SIZE_MAX);
  if (drawn_.empty()) return std::nullopt;
  // Labels of one actor need not stand together: joint ones come last.
  std::stable_sort(drawn_.begin(), drawn_.end(), [&](const Label& a, const Label& b) {
    return tasks_[a.task.value].order < tasks_[b.task.value].order;
  });
  auto end_of = [&](auto it) {
    return std::find_if(it, drawn_.end(), [&](const Label& l) { return l.task != it->task; });
  };
  uint64_t actors = 0;
  for (auto it = drawn_.begin(); it != drawn_.end(); it = end_of(it)) ++actors;
  auto first = drawn_.begin();
  for (uint64_t skip = random.Below(actors); skip > 0; --skip) first = end_of(first);
  const auto ways = static_cast<uint64_t>(end_of(first) - first);
  return first[static_cast<ptrdiff_t>(random.Below(ways))];
}

std::optional<Label> Machine::DrawEnabled(sim::Random& random) {
  RefreshDirty();
  // Joint labels and tickers take more than a look at each task by itself.
  if (num_able_ == 0 || !joint_objects_.empty() || !timers_.empty()) return DrawListed(random);
  uint64_t skip = random.Below(num_able_);
  size_t block = 0;
  for (; skip >= able_in_block_[block]; ++block) skip -= able_in_block_[block];
  size_t word = block * kBlock;
  for (uint64_t n; skip >= (n = static_cast<uint64_t>(std::popcount(able_[word]))); ++word) {
    skip -= n;
  }
  uint64_t bits = able_[word];
  for (; skip > 0; --skip) bits &= bits - 1;
  const size_t order = word * 64 + static_cast<size_t>(std::countr_zero(bits));
  const std::vector<Label>& labels = tasks_[order_[order].value].enabled;
  return labels[random.Below(labels.size())];
}

void Machine::CollectEnabled(std::vector<Label>* out, size_t limit) {
  RefreshDirty();
  std::erase_if(awaiting_, [&](TaskId id) {
    const TaskState& task = tasks_[id.value];
    return task.operation == nullptr || task.operation->await_from == Operation::kNotAwaiting;
  });
  std::erase_if(timers_, [&](TaskId id) { return tasks_[id.value].operation == nullptr; });
  std::erase_if(watchful_, [&](TaskId id) {
    const TaskState& task = tasks_[id.value];
    return task.operation == nullptr || !MaySeeTimers(*task.operation);
  });
  size_t before = out->size();
  for (size_t w = 0; w < able_.size() && out->size() - before < limit; ++w) {
    for (uint64_t bits = able_[w]; bits != 0; bits &= bits - 1) {
      const TaskState& task = tasks_[order_[w * 64 + std::countr_zero(bits)].value];
      out->insert(out->end(), task.enabled.begin(), task.enabled.end());
    }
  }
  if (out->size() - before < limit) CollectJoint(out);
  if (out->size() == before && AdvancePossible()) {
    out->push_back({PathTable::Clock(), epoch_});
  }
#ifndef NDEBUG
  if (limit == SIZE_MAX && before == 0 && order_.size() < 100) CheckEnabled(*out);
#endif
}

void Machine::CheckEnabled(const std::vector<Label>& found) {
  std::vector<Label> all;
  for (TaskId id : order_) {
    TaskState& task = tasks_[id.value];
    if (task.operation == nullptr) continue;
    labels_.clear();
    LabelsOf(id, task.position, *task.operation, &labels_);
    for (const Label& label : labels_) {
      if (IsPossible({label, task.operation})) all.push_back(label);
    }
    for (TaskId other : order_) {
      TaskState& partner = tasks_[other.value];
      if (other == id || partner.operation == nullptr) continue;
      std::vector<Offer> mine, theirs;
      OffersOf(*task.operation, &mine);
      OffersOf(*partner.operation, &theirs);
      for (const Offer& a : mine) {
        for (const Offer& b : theirs) {
          if (a.role != 0 || b.role != 1 || a.object != b.object || (a.late_only && epoch_ == 0)) {
            continue;
          }
          Label label{id, task.position, a.alternative, other, partner.position, b.alternative};
          if (IsPossible({label, task.operation, partner.operation})) all.push_back(label);
        }
      }
    }
  }
  std::vector<Label> sorted = found;
  std::erase_if(sorted, [](const Label& l) { return l.task == PathTable::Clock(); });
  std::sort(sorted.begin(), sorted.end());
  std::sort(all.begin(), all.end());
  HEDDLE_CHECK(sorted == all, "remembered labels are those that asking every task would find");
}

}  // namespace heddle::sync
