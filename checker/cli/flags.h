// SPDX-License-Identifier: Apache-2.0
// The command line of each verb as a value. Names, defaults and meaning of flags are the
// contract's.
#ifndef HEDDLE_CHECKER_CLI_FLAGS_H_
#define HEDDLE_CHECKER_CLI_FLAGS_H_

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "checker/cli/engine.h"

namespace heddle::cli {

// Instead of flags: print this and leave. Status 0 goes to standard output (help), 2 to standard
// error.
struct Leave {
  std::string text;
  int status = 2;
};

enum class Format { kText, kJson, kSarif, kJunit, kGithub };
enum class ColorMode { kAuto, kAlways, kNever };

// Flags that say how the answer is shown.
struct ShowFlags {
  Format format = Format::kText;
  std::string output;  // -o; empty: standard output
  std::string trace;   // --trace
  ColorMode color = ColorMode::kAuto;
  bool quiet = false;
};

struct CheckFlags {
  std::vector<std::string> paths;
  ExploreOptions explore;
  bool time_given = false;
  std::string lang;
  std::string run;
  ShowFlags show;
};

struct RunFlags {
  std::string path;
  std::string lang;
  std::string run;
  ExploreOptions explore;  // seed, time, choices
};

struct ReplayFlags {
  std::string target;  // TRACE.json, or PATH with a schedule
  std::string schedule;
  bool has_schedule = false;
  ExploreOptions explore;
  bool time_given = false;
  std::string lang;
  std::string run;
  ShowFlags show;
};

struct VerifyFlags {
  std::vector<std::string> paths;
  ExploreOptions explore;
  ShowFlags show;
};

struct RenderFlags {
  std::string trace;
  std::string output;
};

using Arguments = std::vector<std::string>;  // after the verb

std::expected<CheckFlags, Leave> ParseCheck(const Arguments& arguments);
std::expected<RunFlags, Leave> ParseRun(const Arguments& arguments);
std::expected<ReplayFlags, Leave> ParseReplay(const Arguments& arguments);
std::expected<VerifyFlags, Leave> ParseVerify(const Arguments& arguments);
std::expected<RenderFlags, Leave> ParseRender(const Arguments& arguments);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_FLAGS_H_
