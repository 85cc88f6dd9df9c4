// SPDX-License-Identifier: Apache-2.0
// Go's programs that run: `heddle run` ends them with status 0 and the output that Go's suite has.
//
// Counted are the programs without arguments whose imports are among those named below. Three
// tiers: `core`, `unsafe` (they import unsafe or reflect) and `runtime` (they look at the
// collector, or at the call stack).
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <optional>
#include <regex>
#include <set>
#include <sstream>

#include "tests/go_suite/suite.h"

namespace heddle::go_suite {
namespace {

constexpr const char* kList = "failing_programs.tsv";
// How the reason of such a program begins: it is run where the build is fast, and cut there.
constexpr const char* kSlow = "slow";

#ifdef NDEBUG
constexpr Limits kLimits{.cpu_seconds = 20, .seconds = 200};
constexpr bool kFastBuild = true;
#else
constexpr Limits kLimits{.cpu_seconds = 200, .seconds = 500};
constexpr bool kFastBuild = false;
#endif
// What a slow build has time for: one program of so many.
constexpr size_t kOneOf = 10;

enum class Tier { kCore, kUnsafe, kRuntime };

constexpr const char* kTierNames[] = {"core", "unsafe", "runtime"};

std::set<std::string> ImportsOf(const std::string& text) {
  static const std::regex single(R"(^\s*import\s+(?:[\w.]+\s+)?"([^"]+)\")",
                                 std::regex::ECMAScript | std::regex::multiline);
  static const std::regex quoted("\"([^\"]+)\"");
  std::set<std::string> imports;
  for (std::sregex_iterator it(text.begin(), text.end(), single), end; it != end; ++it) {
    imports.insert((*it)[1]);
  }
  for (size_t begin = text.find("\nimport ("); begin != std::string::npos;
       begin = text.find("\nimport (", begin + 1)) {
    const std::string group = text.substr(begin, text.find(')', begin) - begin);
    for (std::sregex_iterator it(group.begin(), group.end(), quoted), end; it != end; ++it) {
      imports.insert((*it)[1]);
    }
  }
  return imports;
}

// None: the program does not count.
std::optional<Tier> TierOf(const Program& program) {
  static const std::set<std::string> counted = {
      "bytes",   "context", "errors", "fmt",         "math", "os",     "runtime", "sort",
      "strconv", "strings", "sync",   "sync/atomic", "time", "unsafe", "reflect"};
  static const std::regex looks_inside(
      "runtime\\.(GC|SetFinalizer|KeepAlive|MemStats|ReadMemStats|MemProfile|Callers?|"
      "CallersFrames|FuncForPC|Stack)\\b");
  if (program.action != "run") return std::nullopt;
  const std::set<std::string> imports = ImportsOf(program.text);
  for (const std::string& path : imports) {
    if (!counted.contains(path)) return std::nullopt;
  }
  if (std::regex_search(program.text, looks_inside)) return Tier::kRuntime;
  const bool is_unsafe = imports.contains("unsafe") || imports.contains("reflect");
  return is_unsafe ? Tier::kUnsafe : Tier::kCore;
}

// The output that is wanted stands beside the program; without such a file it is empty.
std::string WantedOutput(const Program& program) {
  std::filesystem::path path = SuiteFolder() / program.name;
  std::ifstream stream(path.replace_extension(".out"), std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::string FaultOf(const Program& program, const Ending& ending) {
  const std::string wanted = WantedOutput(program);
  if (ending.status == 0 && ending.output == wanted) return "";
  const std::string beginning = ending.output.substr(0, 300);
  if (ending.status != 0) return fmt::format("status {}: {}", ending.status, beginning);
  return fmt::format("the output is not the one wanted: {}", beginning);
}

TEST(GoSuite, RunPrograms) {
  const std::string heddle = std::string(HEDDLE_BINARY_DIR) + "/heddle";
  const std::map<std::string, std::string> list = ReadList(kList);
  std::vector<Program> programs;
  std::vector<Tier> tiers;
  size_t counted = 0;
  std::map<std::string, std::string> faults;
  for (Program& program : ReadSuite()) {
    const std::optional<Tier> tier = TierOf(program);
    if (!tier.has_value()) continue;
    const auto listed = list.find(program.name);
    const bool is_listed = listed != list.end();
    const bool is_slow = is_listed && listed->second.starts_with(kSlow);
    if (!kFastBuild && (is_slow || counted++ % kOneOf != 0)) {
      if (is_listed) faults[program.name] = "not run in a slow build";
      continue;
    }
    tiers.push_back(*tier);
    programs.push_back(std::move(program));
  }
  if (programs.empty()) return;
  const std::vector<Ending> endings = RunInChildren(programs.size(), kLimits, [&](size_t i) {
    const std::string path = SuiteFolder() / programs[i].name;
    execl(heddle.c_str(), "heddle", "run", "--lang", kLang, path.c_str(), nullptr);
    _exit(127);
  });
  std::map<Tier, std::pair<size_t, size_t>> figures;
  for (size_t i = 0; i < programs.size(); ++i) {
    std::string& fault = faults[programs[i].name] = FaultOf(programs[i], endings[i]);
    auto& [passed, all] = figures[tiers[i]];
    passed += fault.empty();
    ++all;
  }
  for (const auto& [tier, figure] : figures) {
    std::cout << fmt::format("{}: {} of {} pass\n", kTierNames[static_cast<size_t>(tier)],
                             figure.first, figure.second);
  }
  Judge(kList, faults);
}

}  // namespace
}  // namespace heddle::go_suite
