// SPDX-License-Identifier: Apache-2.0
// Standard output and standard error: when to use colour, progress, complaints.
#ifndef HEDDLE_CHECKER_CLI_CONSOLE_H_
#define HEDDLE_CHECKER_CLI_CONSOLE_H_

#include <cstddef>
#include <mutex>
#include <string>
#include <string_view>

#include "checker/cli/engine.h"
#include "checker/cli/flags.h"

namespace heddle::cli {

// Whether a report that goes to `output` (empty: standard output) is coloured.
bool UseColor(ColorMode mode, const std::string& output);

// Columns of a text report that goes to `output` (empty: standard output): COLUMNS, or the width of
// the terminal, or 100; from 60 to 400.
size_t PageColumns(const std::string& output);

// "heddle: " and the message on standard error.
void Complain(std::string_view message);

// To the file, or to standard output when it is empty. False after a complaint.
bool Deliver(const std::string& output, std::string_view text);

// One line on standard error that is overwritten; silent unless that is a terminal.
class ProgressLine {
 public:
  explicit ProgressLine(bool quiet);
  ~ProgressLine() { Clear(); }
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // `what` is under way: "pool.go".
  void Show(std::string_view what, const ProgressInfo& info);
  void Clear();
  bool on() const { return on_; }

 private:
  bool on_ = false;
  std::mutex mutex_;  // several targets may be under way at once
  bool shown_ = false;
};

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_CONSOLE_H_
