// SPDX-License-Identifier: Apache-2.0
// An engine that answers as the file asks it to: a line "FAKE leak" in the source makes it find a
// leak.
#ifndef HEDDLE_TESTS_CLI_FAKE_ENGINE_H_
#define HEDDLE_TESTS_CLI_FAKE_ENGINE_H_

#include "checker/cli/engine.h"

namespace heddle::cli {

// Answers: "pass", "leak", "panic", "budget", "bounded", "sampled", "cut", "invalid",
// "unsupported".
checker::TargetReport FakeReport(const std::string& answer, const std::string& path,
                                 const std::string& entry);

// The options of the last Explore or Replay, and the lang of the last LoadProgram.
struct Seen {
  ExploreOptions options;
  std::string lang;
  std::string entry;
  std::string schedule;
};
Seen& LastSeen();

}  // namespace heddle::cli

#endif  // HEDDLE_TESTS_CLI_FAKE_ENGINE_H_
