// SPDX-License-Identifier: Apache-2.0
// What detectors and traces both need to know of a record.
#include "checker/detector.h"

#include <vector>

namespace heddle::checker {

int GoroutineNumber(const sim::Record& record, uint32_t row) {
  int number = 0;
  for (uint32_t i = 0; i <= row; ++i) number += record.tasks[i].kind == sim::TaskKind::kTask;
  return number;
}

bool CausallyBefore(const sim::Record& record, sim::EventIndex a, sim::EventIndex b) {
  if (a == sim::kNoEvent || b == sim::kNoEvent || a >= b) return false;
  std::vector<bool> past(b + 1, false);
  past[b] = true;
  for (sim::EventIndex e = b;; --e) {
    if (past[e]) {
      if (e == a || record.events[e].after_all) return true;
      for (sim::EventIndex p : record.Above(record.events[e])) past[p] = true;
      for (sim::EventIndex p : record.Preds(record.events[e])) past[p] = true;
    }
    if (e == a) return false;
  }
}

sim::TraceSite SiteOf(const sim::TaskRow& row) {
  if (row.client == nullptr || row.operations.empty()) return {};
  return row.client->Site(row.operations.back().site);
}

std::string BlockedOn(const sim::Model& model, const sim::TaskRow& row) {
  if (row.operations.empty()) return "running";
  const sim::Operation& op = *row.operations.back().operation;
  std::string blocked(model.Info(op.code).blocked);
  if (blocked.empty()) return "running";
  if (blocked == "select" && op.num_operands == 0) return "select (no cases)";
  if (op.num_operands > 0 && !op.first().object.valid() && blocked.starts_with("chan")) {
    blocked += " (nil chan)";
  }
  return blocked;
}

}  // namespace heddle::checker
