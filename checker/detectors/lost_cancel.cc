// SPDX-License-Identifier: Apache-2.0
// Told to stop, and never looked.
#include "checker/detectors/lost_cancel.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

std::string LostCancelDetector::Told(const sim::Record& record, sim::ObjectId signal) const {
  auto origin = std::find_if(record.origins.begin(), record.origins.end(),
                             [&](const sim::SignalOrigin& o) { return o.signal == signal; });
  std::string what = "a done channel";
  bool context = false;
  if (origin != record.origins.end()) {
    const sim::TaskRow* maker = record.Find(origin->task);
    context = origin->is_context;
    what = fmt::format("the {} made at {}",
                       context ? fmt::format("context of {}", origin->made_by) : "done channel",
                       maker->client->Site(origin->site).ToString());
  }
  const sim::EventIndex by = model_.SignalledBy(signal);
  const sim::TaskRow& actor = record.tasks[record.Number(record.events[by].step.label.task)];
  const bool timed_out =
      actor.creator != UINT32_MAX && record.tasks[actor.creator].kind == sim::TaskKind::kTimer;
  if (context && timed_out) return fmt::format("{} ran out of time", what);
  return fmt::format("{} was {} by {}", what, context ? "cancelled" : "closed",
                     ActorText(record, by));
}

void LostCancelDetector::OnRest(const sim::Record& record) {
  const Rest rest = RestOf(record, model_);
  std::vector<uint32_t> rows = rest.running;
  if (!IsDeadlock(rest)) rows.insert(rows.begin(), rest.blocked.begin(), rest.blocked.end());
  for (uint32_t row : rows) {
    sim::ObjectId signal = UnseenSignal(record, model_, row);
    if (!signal.valid()) continue;
    AddStuck(record, FindingKind::kLostCancel, row,
             fmt::format("{} was told to stop but never looked: {}, but the goroutine {} at {}",
                         GoroutineText(record, row), Told(record, signal),
                         FateText(record, model_, rest, row), SiteOf(record.tasks[row]).ToString()),
             &findings_);
  }
}

}  // namespace heddle::checker
