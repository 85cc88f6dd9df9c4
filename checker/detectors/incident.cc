// SPDX-License-Identifier: Apache-2.0
// Incidents become findings unless the program had died causally before.
#include "checker/detectors/incident.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

bool ProgramDied(const sim::Record& record) {
  return std::any_of(record.incidents.begin(), record.incidents.end(),
                     [](const sim::Incident& i) { return i.fatal; });
}

void IncidentDetector::OnRest(const sim::Record& record) {
  for (const sim::Incident& incident : record.incidents) {
    std::optional<FindingKind> kind = FindingKindOf(incident.kind);
    if (!kind.has_value()) continue;
    bool after_death = std::any_of(
        record.incidents.begin(), record.incidents.end(), [&](const sim::Incident& other) {
          return &other != &incident && other.fatal && other.task != incident.task &&
                 CausallyBefore(record, other.event, incident.event);
        });
    if (after_death) continue;
    RawFinding f;
    f.kind = *kind;
    f.message = incident.message;
    f.tasks = {record.Number(incident.task)};
    f.sites = {incident.at};
    if (incident.event != sim::kNoEvent) f.events = {incident.event};
    f.identity = fmt::format("{}@{}", incident.kind, incident.at.ToString());
    findings_.push_back(std::move(f));
  }
}

}  // namespace heddle::checker
