// SPDX-License-Identifier: Apache-2.0
// A PATH on the command line, before it is compiled: does it exist, and what do its //heddle: lines
// ask for.
#ifndef HEDDLE_CHECKER_CLI_PROGRAM_PATH_H_
#define HEDDLE_CHECKER_CLI_PROGRAM_PATH_H_

#include <expected>
#include <string>

#include "checker/cli/directives.h"
#include "checker/cli/engine.h"

namespace heddle::cli {

// The directives of the file, or of all files of the folder together. Error: names the file and
// what is wrong.
std::expected<Directives, std::string> DirectivesOf(const std::string& path);

// Checks that PATH is usable and lets its lines lang, time and bound stand where the command line
// says nothing.
std::expected<void, std::string> ApplyDirectives(const std::string& path, ExploreOptions& explore,
                                                 std::string& lang, bool time_given);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_PROGRAM_PATH_H_
