// SPDX-License-Identifier: Apache-2.0
// A context that nobody ever cancels.
#include "checker/detectors/context_leak.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

void ContextLeakDetector::OnRest(const sim::Record& record) {
  const Rest rest = RestOf(record, model_);
  if (!rest.judged || !rest.main_ended || record.cycle_begin != sim::kNoEvent) return;
  std::vector<sim::ObjectId> held;  // by goroutines that do not end: they are what is wrong
  for (const std::vector<uint32_t>* rows : {&rest.blocked, &rest.running}) {
    for (uint32_t row : *rows) {
      const sim::TaskClient* client = record.tasks[row].client;
      if (client != nullptr) client->CanCancel([&](sim::ObjectId o) { held.push_back(o); });
    }
  }
  for (const sim::SignalOrigin& origin : record.origins) {
    if (!origin.is_context || model_.IsSignalled(origin.signal)) continue;
    if (std::find(held.begin(), held.end(), origin.signal) != held.end()) continue;
    const sim::TaskRow& maker = *record.Find(origin.task);
    RawFinding f;
    f.kind = FindingKind::kContextLeak;
    f.tasks = {record.Number(origin.task)};
    f.sites = {maker.client->Site(origin.site)};
    f.message = fmt::format("the context of {} made by {} at {} is never cancelled", origin.made_by,
                            GoroutineText(record, f.tasks[0]), f.sites[0].ToString());
    f.identity = fmt::format("context-leak@{}", f.sites[0].ToString());
    bool known = std::any_of(findings_.begin(), findings_.end(),
                             [&](const RawFinding& other) { return other.identity == f.identity; });
    if (!known) findings_.push_back(std::move(f));
  }
}

}  // namespace heddle::checker
