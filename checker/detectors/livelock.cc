// SPDX-License-Identifier: Apache-2.0
// Running forever.
#include "checker/detectors/livelock.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::checker {

namespace {

// `select {}`, by which a program says that it is to go on for good.
bool WaitsForGood(const sim::TaskRow& row) {
  return !row.operations.empty() && row.operations.back().event == sim::kNoEvent &&
         row.operations.back().operation->num_operands == 0;
}

// A program whose main goroutine waits for time and then goes on, again and again, is a service.
bool IsService(const sim::Record& record, const Rest& rest) {
  if (!rest.time_moves || rest.main_ended) return false;
  return !rest.main_waits || WaitsForGood(record.tasks[0]);
}

}  // namespace

void LivelockDetector::OnRest(const sim::Record& record) {
  const Rest rest = RestOf(record, model_);
  if (IsService(record, rest)) return;
  RawFinding f;
  f.kind = FindingKind::kLivelock;
  std::vector<std::string> made_at;
  for (uint32_t row : rest.running) {
    if (UnseenSignal(record, model_, row).valid()) continue;  // lost-cancel
    f.tasks.push_back(row);
    f.sites.push_back(SiteOf(record.tasks[row]));
    const sim::TaskClient* client = record.tasks[row].client;
    made_at.push_back(client != nullptr ? client->CreatedAt().ToString() : "");
  }
  if (f.tasks.empty()) return;
  f.cycle_begin = record.cycle_begin;
  f.message = fmt::format("{} {}", GoroutineText(record, f.tasks[0]),
                          FateText(record, model_, rest, f.tasks[0]));
  if (f.tasks.size() > 1) {
    f.message += f.tasks.size() == 2
                     ? ", and so does 1 other goroutine"
                     : fmt::format(", and so do {} other goroutines", f.tasks.size() - 1);
  }
  std::sort(made_at.begin(), made_at.end());
  made_at.erase(std::unique(made_at.begin(), made_at.end()), made_at.end());
  f.identity = fmt::format("livelock<{}", fmt::join(made_at, "|"));
  findings_.push_back(std::move(f));
}

}  // namespace heddle::checker
