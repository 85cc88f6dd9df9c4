// SPDX-License-Identifier: Apache-2.0
// The pattern of -run.
#include "checker/cli/pattern.h"

#include <fmt/format.h>
#include <regex.h>

namespace heddle::cli {

struct Pattern::Compiled {
  regex_t regex{};
  bool usable = false;
  ~Compiled() {
    if (usable) regfree(&regex);
  }
};

std::expected<Pattern, std::string> Pattern::Make(const std::string& text) {
  auto compiled = std::make_shared<Compiled>();
  compiled->usable =
      text.size() < 4096 && regcomp(&compiled->regex, text.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
  if (!compiled->usable) {
    return std::unexpected(fmt::format("wants a regular expression, '{}' is none", text));
  }
  Pattern pattern;
  pattern.compiled_ = std::move(compiled);
  return pattern;
}

bool Pattern::Matches(const std::string& name) const {
  return regexec(&compiled_->regex, name.c_str(), 0, nullptr, 0) == 0;
}

}  // namespace heddle::cli
