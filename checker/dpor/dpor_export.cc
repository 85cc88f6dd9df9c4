// SPDX-License-Identifier: Apache-2.0
// Reversals between walks: exported by one that found them at a level that is not its own, and
// imported by the one whose level it is.
//
// Most lie where the first walk expected it, and cost next to nothing. The others are put in their
// place on the what-if machine, from what of the record travels with them.
#include <algorithm>
#include <utility>

#include "checker/dpor/dpor.h"
#include "sim/base/check.h"

namespace heddle::checker {

using sim::kNoEvent;
using sim::Step;

uint32_t DporSearch::Export(uint32_t level, const Bits& v, const Candidate* a, const Bits& rest,
                            bool a_in_rest, WakeupNode* node) {
  ExportedReversal out;
  out.level = level;
  out.time = record_->time;
  v.ForEach([&](uint32_t i) {
    if (rest.Test(i)) out.rest.push_back(static_cast<uint32_t>(out.v.size()));
    out.v.push_back(record_->events[i].step);
  });
  if (a != nullptr) {
    if (a_in_rest) out.rest.push_back(static_cast<uint32_t>(out.v.size()));
    out.v.push_back(a->step);
    out.ends_anew = true;
  }
  auto happens = [&](sim::EventIndex e) {
    return e != kNoEvent && e < n_ && (e < level || v.Test(e));
  };
  for (size_t t = 0; t < record_->num_tasks; ++t) {
    const sim::TaskRow& row = record_->tasks[t];
    if (row.spawn != kNoEvent && !happens(row.spawn)) continue;
    uint32_t position = 0;
    for (; position < row.operations.size(); ++position) {
      const sim::OperationRow& op = row.operations[position];
      const bool done = happens(op.event);
      const sim::Label* label = done ? &record_->events[op.event].step.label : nullptr;
      const bool told = done && ((label->task == row.id && label->position == position) ||
                                 (label->partner == row.id && label->partner_position == position));
      if (!told) out.announced.push_back({row.id, position, op.operation});
      if (!done) break;
    }
    if (position == row.operations.size() && row.ended) {
      out.announced.push_back({row.id, position, nullptr});
    }
  }
  if (node->exported == WakeupNode::kOwn) {
    out.below = node;
  } else {
    out.below_other = node->exported;
    out.depth = node->depth;
  }
  out.origin = walk_->number();
  out.snapshot = walk_->levels[level].snapshot;
  walk_->exported.push_back(std::move(out));
  return static_cast<uint32_t>(walk_->exported.size() - 1);
}

namespace {

sim::TaskRow& RowOf(sim::TaskId task, sim::Record* record) {
  if (record->Find(task) == nullptr) {
    if (record->tasks.size() <= record->num_tasks) record->tasks.emplace_back();
    if (record->task_number.size() <= task.value) {
      record->task_number.resize(task.value + 16, UINT32_MAX);
    }
    record->task_number[task.value] = static_cast<uint32_t>(record->num_tasks++);
    sim::TaskRow& row = record->tasks[record->num_tasks - 1];
    row.id = task;
    row.operations.clear();
    row.ended = false;
  }
  return record->tasks[record->Number(task)];
}

void NoteOperation(sim::TaskId task, uint32_t position, const sim::Operation* operation,
                   sim::Record* record) {
  sim::TaskRow& row = RowOf(task, record);
  if (operation == nullptr) {
    row.ended = true;
    return;
  }
  if (row.operations.size() <= position) row.operations.resize(position + 1);
  row.operations[position].operation = operation;
}

void NoteStep(const Step& step, sim::Record* record) {
  record->events.emplace_back().step = step;
  if (step.operation == nullptr) return;  // the clock's
  NoteOperation(step.label.task, step.label.position, step.operation, record);
  if (step.label.joint()) {
    NoteOperation(step.label.partner, step.label.partner_position, step.partner, record);
  }
}

// As much of a record as the what-if machine asks for.
void MakeRecord(const Walk& walk, const ExportedReversal& r, sim::Record* record) {
  record->time = r.time;
  record->events.clear();
  record->num_tasks = 0;
  for (uint32_t i = 0; i < r.level; ++i) NoteStep(walk.levels[i].event()->step, record);
  for (const Step& step : r.v) NoteStep(step, record);
  for (const ExportedReversal::Next& next : r.announced) {
    NoteOperation(next.task, next.position, next.operation, record);
  }
}

// Nothing was planned there that the walk did not know of.
bool AsKnown(const WakeupNode& node, const ExportedReversal& r) {
  for (const WakeupNode* child = node.FirstChild(); child != nullptr; child = child->NextChild()) {
    if (child->serial >= r.snapshot && child->origin != r.origin) return false;
  }
  return true;
}

}  // namespace

bool DporSearch::ImportDirectly(const std::vector<ExportedReversal>& all, uint32_t index) {
  const ExportedReversal& r = all[index];
  WakeupNode* node = r.below;
  if (r.below_other != ExportedReversal::kNone) {
    const std::vector<WakeupNode*>& branch = imported_[r.below_other];
    if (branch.empty()) return false;
    node = branch[r.depth];
  }
  if (!AsKnown(*node, r)) return false;
  const WakeupNode* level = walk_->levels[r.level].node;
  if (node != level) {
    WakeupNode* branch = node;
    while (branch->parent != level) branch = branch->parent;
    walk_->Grew(branch);
  }
  for (uint32_t i : r.rest) {
    node = walk_->Plan(node, r.v[i], r.origin);
    imported_[index].push_back(node);
  }
  return true;
}

bool DporSearch::Import(const std::vector<ExportedReversal>& all) {
  imported_.clear();
  imported_.resize(all.size());
  for (uint32_t i = 0; i < all.size(); ++i) {
    if (all[i].level < walk_->base() || ImportDirectly(all, i)) continue;
    if (!ImportOnMachine(all[i])) return false;
  }
  return true;
}

bool DporSearch::ImportOnMachine(const ExportedReversal& r) {
  HEDDLE_CHECK(r.level < walk_->levels.size(),
               "a level stands until all its branches have been explored");
  MakeRecord(*walk_, r, &foreign_);
  const uint32_t n = static_cast<uint32_t>(foreign_.events.size());
  Bits before;
  before.Reset(n);
  for (uint32_t i = 0; i < r.level; ++i) before.Set(i);
  what_if_.Replay(foreign_, before, n);
  answers_.Moved();
  Sequence v(what_if_);
  for (uint32_t i = r.level; i < n; ++i) {
    const Step& step = foreign_.events[i].step;
    const sim::Effect& effect = what_if_.Ask(step);
    std::vector<uint32_t> preds = effect.above;
    preds.insert(preds.end(), effect.preds.begin(), effect.preds.end());
    if (effect.after_all) {
      for (uint32_t p = 0; p < i; ++p) preds.push_back(p);
    }
    const bool as_recorded = i + 1 < n || !r.ends_anew;
    const uint32_t index = what_if_.Execute(step, as_recorded);
    v.Add(step, index, std::move(preds));
  }
  WakeupNode* node = Place(&v, walk_->levels[r.level]);
  const bool as_expected = std::all_of(path_.begin(), path_.end(), [&](const WakeupNode* n) {
    return n->serial < r.snapshot || n->origin == r.origin;
  });
  if (r.relied_on && !as_expected) return false;
  Plan(v, node, r.origin);
  return true;
}

}  // namespace heddle::checker
