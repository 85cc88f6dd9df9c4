// SPDX-License-Identifier: Apache-2.0
// The `//heddle:KEY VALUE` comments before the package clause of a scenario.
#ifndef HEDDLE_CHECKER_CLI_DIRECTIVES_H_
#define HEDDLE_CHECKER_CLI_DIRECTIVES_H_

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace heddle::cli {

struct Directives {
  bool has_want = false;
  std::set<std::string> want;  // kinds; empty: pass
  std::optional<std::string> lang;
  std::optional<std::string> time;
  std::map<std::string, int64_t> bounds;
};

// `source` need not be valid Go. Error: "LINE: what is wrong", for an unknown key, kind or value,
// or a key given twice.
std::expected<Directives, std::string> ParseDirectives(std::string_view source);

// "timers=3" into `bounds`. Error: what is wrong and which keys there are.
std::expected<void, std::string> ParseBound(std::string_view text,
                                            std::map<std::string, int64_t>& bounds);

// Whether --time has this value; the error lists the values.
std::expected<void, std::string> CheckTimeModel(std::string_view text);

// "go1.21", "1.21" -> "go1.21".
std::expected<std::string, std::string> ParseLanguage(std::string_view text);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_DIRECTIVES_H_
