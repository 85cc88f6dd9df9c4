// SPDX-License-Identifier: Apache-2.0
// Files as the command sees them: reading whole, writing whole or not at all, and single source
// lines.
//
// Errors name the file and say what is wrong with it in one line.
#ifndef HEDDLE_CHECKER_CLI_FILES_H_
#define HEDDLE_CHECKER_CLI_FILES_H_

#include <expected>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "sim/trace.h"

namespace heddle::cli {

std::expected<std::string, std::string> ReadFile(const std::string& path);

// The file has the whole text, or (on an error) is as it was: written next to it, then renamed.
std::expected<void, std::string> WriteFile(const std::string& path, std::string_view text);

// Is this something a program can be read from: a .go file, or a folder with at least one?
std::expected<void, std::string> CheckProgramPath(const std::string& path);

// The .go files directly in a folder, sorted.
std::vector<std::string> GoFilesIn(const std::string& folder);

// Gives the trace the texts of those files of the program that its sites name, as far as they can
// be read: for views that show the source.
void AddSources(sim::Trace& trace);

// Lines of source files, read when first asked for. Not thread-safe.
class SourceLines {
 public:
  // The trimmed line at the site; empty when the file or the line is not there.
  std::string At(const sim::TraceSite& site);

 private:
  std::map<std::string, std::vector<std::string>> files_;
};

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_FILES_H_
