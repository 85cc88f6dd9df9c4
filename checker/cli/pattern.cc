// SPDX-License-Identifier: Apache-2.0
// The pattern of -run.
#include "checker/cli/pattern.h"

#include <fmt/format.h>
#include <regex.h>

#include <algorithm>
#include <cstdint>

namespace heddle::cli {

namespace {

// Repetitions such as a{3,20} are written out by the C library, nested ones inside each other.
constexpr uint64_t kMostRepetitions = 1000;

bool IsSmall(const std::string& text) {
  if (text.size() >= 4096) return false;
  uint64_t copies = 1;
  for (size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at + 1)) {
    uint64_t most = 1;
    uint64_t number = 0;
    for (size_t i = at + 1; i < text.size() && text[i] != '}'; ++i) {
      const bool is_digit = text[i] >= '0' && text[i] <= '9';
      number = is_digit ? std::min<uint64_t>(number * 10 + static_cast<uint64_t>(text[i] - '0'),
                                             kMostRepetitions)
                        : 0;
      most = std::max(most, number);
    }
    copies = std::min(copies * most, kMostRepetitions);
  }
  return copies < kMostRepetitions;
}

}  // namespace

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
      IsSmall(text) && regcomp(&compiled->regex, text.c_str(), REG_EXTENDED | REG_NOSUB) == 0;
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
