// SPDX-License-Identifier: Apache-2.0
// Adds from zero against Waits.
#include "checker/detectors/waitgroup_misuse.h"

#include <fmt/format.h>

#include <algorithm>

#include "checker/detectors/rest.h"

namespace heddle::checker {

using sim::EventIndex;
using GroupUse = sim::Model::GroupUse;

namespace {

// Uses of one execution that are compared with each other.
constexpr size_t kMostUses = 4096;

sim::TraceSite SiteOfEvent(const sim::Record& record, EventIndex event) {
  const sim::Label& label = record.events[event].step.label;
  const sim::TaskRow& row = *record.Find(label.task);
  return row.client != nullptr ? row.client->Site(row.operations[label.position].site)
                               : sim::TraceSite{};
}

}  // namespace

void WaitGroupMisuseDetector::OnStart(const sim::Record& record) {
  IncidentDetector::OnStart(record);
  uses_.clear();
  pairs_.clear();
}

void WaitGroupMisuseDetector::OnEvent(const sim::Record& record, EventIndex event) {
  const sim::Event& e = record.events[event];
  if (e.step.operation == nullptr || e.parts_begin == e.parts_end) return;
  const sim::Part& part = record.Parts(e)[0];
  sim::ObjectId group;
  const GroupUse what = model_.GroupUseOf(*e.step.operation, part.result, &group);
  if (what == GroupUse::kNone || uses_.size() >= kMostUses) return;
  uses_.push_back({group, what, record.Number(part.task), 0, event});
}

void WaitGroupMisuseDetector::OnRest(const sim::Record& record) {
  IncidentDetector::OnRest(record);
  const bool adds = std::any_of(uses_.begin(), uses_.end(),
                                [](const Use& u) { return u.what == GroupUse::kFirstAdd; });
  const bool several = std::any_of(uses_.begin(), uses_.end(),
                                   [&](const Use& u) { return u.task != uses_[0].task; });
  if (!adds || !several) return;
  // Most executions have nothing to compare, so the clocks are made only now.
  HappensBefore order;
  order.Reset();
  size_t next = 0;
  for (EventIndex e = 0; e < record.events.size() && next < uses_.size(); ++e) {
    if (uses_[next].event == e) {
      Use& use = uses_[next];
      for (size_t i = 0; i < next; ++i) {
        const Use& old = uses_[i];
        if (old.group != use.group || old.what == use.what || old.task == use.task) continue;
        if (order.exhausted() || order.Covers(use.task, old.task, old.epoch)) continue;
        const bool add_first = old.what == GroupUse::kFirstAdd;
        pairs_.push_back({add_first ? old.event : e, add_first ? e : old.event});
      }
      use.epoch = order.Epoch(use.task);
      ++next;
    }
    order.OnEvent(record, e);
  }
  for (const Pair& pair : pairs_) Judge(record, pair);
}

void WaitGroupMisuseDetector::Judge(const sim::Record& record, const Pair& pair) {
  const sim::TraceSite add = SiteOfEvent(record, pair.add), wait = SiteOfEvent(record, pair.wait);
  const bool dead =
      std::any_of(record.incidents.begin(), record.incidents.end(), [&](const sim::Incident& i) {
        return i.fatal && (CausallyBefore(record, i.event, pair.add) ||
                           CausallyBefore(record, i.event, pair.wait));
      });
  if (dead) return;
  RawFinding f;
  f.kind = FindingKind::kWaitGroupMisuse;
  f.message = fmt::format(
      "WaitGroup misuse: an Add that starts from zero, by {}, is not ordered with the Wait of {}",
      ActorText(record, pair.add), ActorText(record, pair.wait));
  f.tasks = {record.Number(record.events[pair.add].step.label.task),
             record.Number(record.events[pair.wait].step.label.task)};
  f.sites = {add, wait};
  f.events = {pair.add, pair.wait};
  f.identity = fmt::format("waitgroup-misuse@{}|{}", add.ToString(), wait.ToString());
  bool known = std::any_of(findings_.begin(), findings_.end(),
                           [&](const RawFinding& other) { return other.identity == f.identity; });
  if (!known) findings_.push_back(std::move(f));
}

}  // namespace heddle::checker
