// SPDX-License-Identifier: Apache-2.0
// The `//heddle:KEY VALUE` comments before the package clause of a scenario.
#include "checker/cli/directives.h"

#include <fmt/format.h>

#include "checker/cli/values.h"
#include "checker/finding.h"

namespace heddle::cli {
namespace {

constexpr std::string_view kPrefix = "//heddle:";

std::string_view Trimmed(std::string_view text) {
  size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::expected<void, std::string> ParseWant(std::string_view value, Directives& out) {
  if (out.has_want) return std::unexpected("a second //heddle:want line: list the kinds in one");
  out.has_want = true;
  if (value == "pass") return {};
  while (true) {
    size_t comma = value.find(',');
    std::string_view kind = Trimmed(value.substr(0, comma));
    if (!checker::FindingKindOf(kind)) {
      static constexpr std::string_view kKinds[] = {
          "pass",
#define HEDDLE_FINDING(enumerator, name, severity) name,
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
      };
      std::string nearest = Nearest(kind, kKinds);
      return std::unexpected(fmt::format("unknown kind '{}'{}", kind,
                                         nearest.empty()
                                             ? ": pass, or kinds with commas between"
                                             : fmt::format(": did you mean {}?", nearest)));
    }
    out.want.insert(std::string(kind));
    if (comma == std::string_view::npos) return {};
    value.remove_prefix(comma + 1);
  }
}

std::expected<void, std::string> ParseOne(std::string_view key, std::string_view value,
                                          Directives& out) {
  if (key == "want") return ParseWant(value, out);
  if (key == "lang") {
    if (out.lang) return std::unexpected("a second //heddle:lang line");
    auto lang = ParseLanguage(value);
    if (!lang) return std::unexpected("//heddle:lang " + lang.error());
    out.lang = *lang;
    return {};
  }
  if (key == "time") {
    if (out.time) return std::unexpected("a second //heddle:time line");
    if (auto known = CheckTimeModel(value); !known) return std::unexpected(known.error());
    out.time = std::string(value);
    return {};
  }
  if (key == "bound") return ParseBound(value, out.bounds);
  return std::unexpected(
      fmt::format("unknown directive //heddle:{}: one of want, lang, time, bound", key));
}

// Skips a block comment that begins at the front of the line; the rest of the text after it.
std::string_view AfterBlockComment(std::string_view rest, int& line) {
  size_t end = rest.find("*/");
  size_t stop = end == std::string_view::npos ? rest.size() : end + 2;
  for (char c : rest.substr(0, stop)) line += c == '\n';
  return rest.substr(stop);
}

}  // namespace

std::expected<Directives, std::string> ParseDirectives(std::string_view rest) {
  Directives out;
  int line = 1;
  while (!rest.empty()) {
    if (rest.starts_with("/*")) {
      rest = AfterBlockComment(rest, line);
      continue;
    }
    size_t end = rest.find('\n');
    std::string_view text = Trimmed(rest.substr(0, end));
    if (text.starts_with("/*")) {
      rest.remove_prefix(rest.find("/*"));
      continue;
    }
    bool comment = text.empty() || text.starts_with("//") || text.starts_with("\xef\xbb\xbf//");
    if (!comment) break;
    if (text.starts_with(kPrefix)) {
      text.remove_prefix(kPrefix.size());
      size_t space = text.find_first_of(" \t");
      std::string_view key = text.substr(0, space);
      std::string_view value = space == std::string_view::npos ? "" : Trimmed(text.substr(space));
      auto parsed = ParseOne(key, value, out);
      if (!parsed) return std::unexpected(fmt::format("{}: {}", line, parsed.error()));
    }
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
    ++line;
  }
  return out;
}

std::expected<void, std::string> ParseBound(std::string_view text,
                                            std::map<std::string, int64_t>& bounds) {
  size_t equals = text.find('=');
  std::string key(text.substr(0, equals));
  const bool known = key == "goroutines" || key == "rounds" || key == "timers" || key == "messages";
  if (!known) {
    return std::unexpected(
        fmt::format("unknown bound '{}': one of goroutines, rounds, timers, messages", key));
  }
  if (equals == std::string_view::npos) {
    return std::unexpected(fmt::format("the bound '{0}' wants a number: {0}=3 for example", key));
  }
  // The first goroutine is there from the start.
  auto number = ParseNumber(text.substr(equals + 1), key == "goroutines" ? 1 : 0, 1'000'000'000);
  if (!number) return std::unexpected(fmt::format("the bound '{}' {}", key, number.error()));
  bounds[key] = static_cast<int64_t>(*number);
  return {};
}

std::expected<void, std::string> CheckTimeModel(std::string_view text) {
  if (text == "auto" || text == "ideal" || text == "async") return {};
  return std::unexpected(fmt::format("unknown time model '{}': one of auto, ideal, async", text));
}

std::expected<std::string, std::string> ParseLanguage(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with("go")) rest.remove_prefix(2);
  auto wrong = [&] {
    return std::unexpected(fmt::format("wants a version such as go1.22, '{}' is none", text));
  };
  if (!rest.starts_with("1.")) return wrong();
  rest.remove_prefix(2);
  auto minor = ParseNumber(rest.substr(0, rest.find('.')), 0, 999);
  if (!minor) return wrong();
  return fmt::format("go1.{}", *minor);
}

}  // namespace heddle::cli
