// SPDX-License-Identifier: Apache-2.0
// Reuse of a record between executions.
#include "sim/record.h"

namespace heddle::sim {

void Record::Clear() {
  events.clear();
  parts.clear();
  above.clear();
  preds.clear();
  sync.clear();
  for (size_t i = 0; i < num_tasks; ++i) {
    task_number[tasks[i].id.value] = UINT32_MAX;
    tasks[i].operations.clear();
  }
  num_tasks = 0;
  incidents.clear();
  fingerprint = 0;
  cut_by.clear();
  stopped = false;
  nondeterminism.clear();
  output.clear();
}

}  // namespace heddle::sim
