// SPDX-License-Identifier: Apache-2.0
// Priorities of pending operations, and which of them draw anew.
#include "checker/strategy/pos.h"

#include <algorithm>

namespace heddle::checker {

using sim::EventIndex;
using sim::Label;
using sim::Operation;
using sim::Step;
using sim::TaskId;

namespace {

bool ShareObject(const Operation* a, const Operation* b) {
  if (a == nullptr || b == nullptr) return false;
  for (const sim::Operand& x : a->Operands()) {
    for (const sim::Operand& y : b->Operands()) {
      if (x.object.valid() && x.object == y.object) return true;
    }
  }
  return false;
}

// Two steps that look at nothing but their objects, and share none, do not race.
bool Apart(const sim::Model& model, const Step& a, const Step& b) {
  for (const Operation* op : {a.operation, a.partner, b.operation, b.partner}) {
    if (op != nullptr && !model.LooksAtOperandsOnly(*op)) return false;
  }
  return !ShareObject(a.operation, b.operation) && !ShareObject(a.operation, b.partner) &&
         !ShareObject(a.partner, b.operation) && !ShareObject(a.partner, b.partner);
}

}  // namespace

PosSearch::Pending& PosSearch::Find(TaskId task, uint32_t position) {
  if (task.value >= pending_.size()) pending_.resize(task.value + 64);
  Pending& p = pending_[task.value];
  if (p.execution != begun() || p.position != position) {
    p = {begun(), position, random_.Next(), 0, 0};
  }
  return p;
}

void PosSearch::Redraw(Pending& pending) {
  if (pending.redrawn_at == choice_) return;
  pending.redrawn_at = choice_;
  pending.priority = random_.Next();
}

bool PosSearch::IsAfterLast(sim::Execution& execution, const Label& y) {
  const sim::Record& record = execution.record();
  const EventIndex last = static_cast<EventIndex>(record.events.size() - 1);
  const Step step = execution.MakeStep(y);
  if (record.events[last].after_all) return true;
  if (step.operation == nullptr) return true;  // the clock: after everything
  if (Apart(execution.model(), record.events[last].step, step)) return false;
  effect_.Clear();
  execution.model().Apply(step, /*commit=*/false, &effect_);
  return effect_.after_all ||
         std::find(effect_.above.begin(), effect_.above.end(), last) != effect_.above.end() ||
         std::find(effect_.preds.begin(), effect_.preds.end(), last) != effect_.preds.end();
}

void PosSearch::RedrawRacing(sim::Execution& execution, const std::vector<Label>& enabled) {
  for (const Label& l : enabled) {
    Find(l.task, l.position).enabled_at = choice_;
    if (l.joint()) Find(l.partner, l.partner_position).enabled_at = choice_;
  }
  auto redraw_if_gone = [&](TaskId task, uint32_t position) {
    if (execution.Pending(task, position) == nullptr) return;  // it happened
    Pending& p = Find(task, position);
    if (p.enabled_at != choice_) Redraw(p);
  };
  for (const Label& l : before_) {
    redraw_if_gone(l.task, l.position);
    if (l.joint()) redraw_if_gone(l.partner, l.partner_position);
  }
  for (const Label& l : enabled) {
    if (!IsAfterLast(execution, l)) continue;
    Redraw(Find(l.task, l.position));
    if (l.joint()) Redraw(Find(l.partner, l.partner_position));
  }
}

std::optional<Label> PosSearch::Choose(sim::Execution& execution) {
  const std::vector<Label>& enabled = execution.Enabled();
  if (enabled.empty()) return std::nullopt;
  ++choice_;
  if (!before_.empty()) RedrawRacing(execution, enabled);
  before_ = enabled;
  if (enabled.size() == 1) return enabled[0];
  return MostUrgent(enabled,
                    [&](TaskId task, uint32_t position) { return Find(task, position).priority; });
}

}  // namespace heddle::checker
