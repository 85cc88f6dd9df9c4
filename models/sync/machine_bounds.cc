// SPDX-License-Identifier: Apache-2.0
// Bounds on one execution: what goes beyond one does not happen.
//
// A bound on a count makes the steps that it counts stand in each other's way, as takers of a
// limited stock do: they are ordered among themselves, and one too many is not enabled. The rest
// of the program goes on, so that the search sees every race with what did happen; but time does
// not move while a step is held back, for in a real run it would not, and what waits at the end is
// not judged.
#include <algorithm>

#include "models/sync/machine.h"

namespace heddle::sync {

using sim::Bounds;
using sim::Label;

bool Machine::IsCounted(const Operation& operation) const {
  switch (static_cast<Op>(operation.code)) {
    case kGo:
    case kFire:
      return options_.bounds.goroutines != Bounds::kNone;
    case kSend:
    case kReceive:
    case kSelect:
      return options_.bounds.messages != Bounds::kNone;
    default:
      return false;
  }
}

Machine::Counted Machine::CountOf(const Step& step, const Effect& effect) const {
  Counted counted;
  counted.goroutine =
      options_.bounds.goroutines != Bounds::kNone &&
      std::any_of(effect.spawned.begin(), effect.spawned.end(), [&](const sim::SpawnedTask& s) {
        return paths_.Kind(s.task) == sim::TaskKind::kTask;
      });
  counted.message =
      options_.bounds.messages != Bounds::kNone && step.operation->code != kFire &&
      std::any_of(effect.transfers.begin(), effect.transfers.end(), [](const sim::Transfer& t) {
        return t.kind == sim::Transfer::Kind::kHand || t.kind == sim::Transfer::Kind::kPush;
      });
  return counted;
}

EventIndex Machine::HeldBackBy(const Step& step) {
  const bool no_goroutine = goroutines_ >= options_.bounds.goroutines;
  const bool no_message = messages_ >= options_.bounds.messages;
  if ((!no_goroutine && !no_message) || !IsCounted(*step.operation)) return kNoEvent;
  Effect effect;
  ApplyRule(step, /*commit=*/false, &effect);
  const Counted counted = CountOf(step, effect);
  // A bound that lets nothing at all happen is reached before the first event.
  constexpr EventIndex kFromTheStart = kNoEvent - 1;
  if (counted.goroutine && no_goroutine) {
    return last_goroutine_ == kNoEvent ? kFromTheStart : last_goroutine_;
  }
  if (counted.message && no_message) {
    return last_message_ == kNoEvent ? kFromTheStart : last_message_;
  }
  return kNoEvent;
}

bool Machine::IsPossible(const Step& step) {
  return RulesOf(step.operation->code).enabled(*this, step) && HeldBackBy(step) == kNoEvent &&
         InTime(step, nullptr);
}

void Machine::Count(const Step& step, bool commit, Effect* effect) {
  const Counted counted = CountOf(step, *effect);
  if (counted.goroutine) AddPred(effect, last_goroutine_);
  if (counted.message) AddPred(effect, last_message_);
  if (!commit) return;
  bool full = false;
  if (counted.goroutine) {
    last_goroutine_ = num_events_;
    full = ++goroutines_ == options_.bounds.goroutines;
  }
  if (counted.message) {
    last_message_ = num_events_;
    full |= ++messages_ == options_.bounds.messages;
  }
  if (!full || !tracking_) return;
  for (TaskId id : order_) MarkDirty(tasks_[id.value]);
}

// A bound on expiries makes each of them stand in the way of the others.
void Machine::CountExpiry(bool commit, Effect* effect) {
  if (options_.bounds.timers != Bounds::kNone) AddPred(effect, last_expiry_);
  if (!commit) return;
  ++expiries_;
  last_expiry_ = num_events_;
}

bool Machine::TimersAtBound() const {
  return expiries_ >= options_.bounds.timers && !armed.empty();
}

bool Machine::AtBound() {
  if (TimersAtBound()) return true;
  const bool counts =
      goroutines_ >= options_.bounds.goroutines || messages_ >= options_.bounds.messages;
  if (!counts && options_.bounds.rounds == Bounds::kNone) return false;
  auto held_back = [&](const Label& label, const Operation* partner) {
    const Step step{label, tasks_[label.task.value].operation, partner};
    return RulesOf(step.operation->code).enabled(*this, step) && HeldBackBy(step) != kNoEvent;
  };
  std::vector<Label> labels;
  std::vector<Offer> mine, theirs;
  for (TaskId id : order_) {
    const TaskState& task = tasks_[id.value];
    if (task.operation == nullptr) continue;
    if (task.operation->code == kBound) return true;
    if (!counts) continue;
    labels.clear();
    LabelsOf(id, task.position, *task.operation, &labels);
    for (const Label& label : labels) {
      if (held_back(label, nullptr)) return true;
    }
    mine.clear();
    OffersOf(*task.operation, &mine);
    for (TaskId other : order_) {
      const TaskState& partner = tasks_[other.value];
      if (mine.empty() || other == id || partner.operation == nullptr) continue;
      theirs.clear();
      OffersOf(*partner.operation, &theirs);
      for (const Offer& a : mine) {
        for (const Offer& b : theirs) {
          if (a.role != 0 || b.role != 1 || a.object != b.object || (a.late_only && epoch_ == 0)) {
            continue;
          }
          if (held_back({id, task.position, a.alternative, other, partner.position, b.alternative},
                        partner.operation)) {
            return true;
          }
        }
      }
    }
  }
  return false;
}

}  // namespace heddle::sync
