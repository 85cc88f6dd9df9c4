// SPDX-License-Identifier: Apache-2.0
// Incidents become findings unless the program had died causally before.
#include "checker/detectors/incident.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

bool IncidentDetector::AfterDeath(const sim::Record& record, const sim::Incident& incident) {
  return std::any_of(record.incidents.begin(), record.incidents.end(),
                     [&](const sim::Incident& other) {
                       return &other != &incident && other.fatal && other.task != incident.task &&
                              CausallyBefore(record, other.event, incident.event);
                     });
}

std::string IncidentDetector::Message(const sim::Record&, const sim::Incident& incident) const {
  return incident.message;
}

void IncidentDetector::Add(const sim::Record& record, const sim::Incident& incident,
                           std::string message) {
  RawFinding f;
  f.kind = kind_;
  f.message = std::move(message);
  f.tasks = {record.Number(incident.task)};
  f.sites = {incident.at};
  if (incident.event != sim::kNoEvent) f.events = {incident.event};
  f.identity = fmt::format("{}@{}", Name(kind_), incident.at.ToString());
  findings_.push_back(std::move(f));
}

void IncidentDetector::OnRest(const sim::Record& record) {
  for (const sim::Incident& incident : record.incidents) {
    if (incident.kind != Name(kind_) || AfterDeath(record, incident)) continue;
    Add(record, incident, Message(record, incident));
  }
}

const sim::Operand* FailedOperand(const sim::Record& record, sim::TaskId task) {
  const sim::TaskRow& row = *record.Find(task);
  for (size_t i = row.operations.size(); i-- > 0;) {
    const sim::OperationRow& op = row.operations[i];
    if (op.event == sim::kNoEvent) continue;
    const sim::Result& result = record.Parts(record.events[op.event])[op.part].result;
    if (result.status == sim::Result::kOk || op.operation->num_operands == 0) continue;
    const int32_t taken = std::max(result.alternative, 0);
    return &op.operation->operands[taken < op.operation->num_operands ? taken : 0];
  }
  return nullptr;
}

}  // namespace heddle::checker
