// SPDX-License-Identifier: Apache-2.0
// Reuse of a record between executions.
#include "sim/record.h"

namespace heddle::sim {

void Record::Truncate(size_t kept) {
  events.resize(kept);
  parts.resize(kept == 0 ? 0 : events.back().parts_end);
  above.resize(kept == 0 ? 0 : events.back().above_end);
  preds.resize(kept == 0 ? 0 : events.back().preds_end);
  sync.resize(kept == 0 ? 0 : events.back().sync_end);
  for (size_t i = 0; i < num_tasks; ++i) {
    task_number[tasks[i].id.value] = UINT32_MAX;
    tasks[i].previous.swap(tasks[i].operations);
    tasks[i].operations.clear();
  }
  num_tasks = 0;
  incidents.clear();
  origins.clear();
  fingerprint = 0;
  cut_by.clear();
  cycle_begin = kNoEvent;
  stopped = false;
  nondeterminism.clear();
  output.clear();
}

}  // namespace heddle::sim
