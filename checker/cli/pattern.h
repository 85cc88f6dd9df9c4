// SPDX-License-Identifier: Apache-2.0
// The pattern of -run: a regular expression (POSIX, extended) that a test's name has to match
// somewhere.
#ifndef HEDDLE_CHECKER_CLI_PATTERN_H_
#define HEDDLE_CHECKER_CLI_PATTERN_H_

#include <expected>
#include <memory>
#include <string>

namespace heddle::cli {

class Pattern {
 public:
  // Error: the end of a sentence that begins with the flag.
  static std::expected<Pattern, std::string> Make(const std::string& text);
  bool Matches(const std::string& name) const;

 private:
  struct Compiled;
  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_PATTERN_H_
