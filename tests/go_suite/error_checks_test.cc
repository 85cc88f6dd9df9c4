// SPDX-License-Identifier: Apache-2.0
// Go's programs that do not compile: the messages are those that Go's suite asks for.
//
// A comment `// ERROR "pattern"` wants a message on its line that the pattern matches, and a
// message that no comment wants is a fault. Programs that ask for the output of the optimizer or
// the race detector do not count.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <iostream>
#include <optional>
#include <regex>
#include <sstream>

#include "models/golang/std/load_program.h"
#include "tests/go_suite/suite.h"

namespace heddle::go_suite {
namespace {

constexpr const char* kList = "failing_error_checks.tsv";
constexpr Limits kLimits{.cpu_seconds = 30, .seconds = 120};

struct ErrorCheck {
  const Program* program;
  golang::LoadOptions options;
};

// None: not an error check, or one that needs an optimizer.
std::optional<ErrorCheck> AsErrorCheck(const Program& program) {
  std::istringstream words(program.action);
  std::string word;
  if (!(words >> word) || word != "errorcheck") return std::nullopt;
  ErrorCheck check{&program, {.lang = kLang, .all_messages = true}};
  while (words >> word) {
    const bool optimizer = word == "-0" || word == "-m" || word == "-live" || word == "-race";
    if (optimizer) return std::nullopt;
    if (word.starts_with("-lang=")) check.options.lang = word.substr(6);
    if (word == "-e=0") check.options.all_messages = false;
  }
  return check;
}

// Line number -> messages.
using Messages = std::multimap<int, std::string>;

// The patterns of a line's comment. LINE stands for the line's number, LINE+2 for one further down.
std::vector<std::string> PatternsOf(const std::string& line, int number) {
  static const std::regex comment("// (?:GC_)?ERROR (.*)"), quoted("\"([^\"]*)\"");
  static const std::regex place("LINE(([+-])([0-9]+))?");
  std::smatch found;
  if (line.find("////") != std::string::npos || !std::regex_search(line, found, comment)) return {};
  const std::string all = found[1];
  std::vector<std::string> patterns;
  for (std::sregex_iterator it(all.begin(), all.end(), quoted), end; it != end; ++it) {
    std::string text = (*it)[1], pattern;
    for (std::smatch m; std::regex_search(text, m, place); text = m.suffix()) {
      const int distance = m[3].matched ? std::stoi(m[3]) : 0;
      pattern +=
          fmt::format("{}:{}", m.prefix().str(), number + (m[2] == "-" ? -distance : distance));
    }
    patterns.push_back(pattern + text);
  }
  return patterns;
}

// Go takes a brace that begins no count as itself.
std::regex AsRegex(const std::string& pattern) {
  static const std::regex brace(R"((^|[^\\])\{(?![0-9]))"), closing(R"(([^\\0-9,])\})");
  return std::regex(
      std::regex_replace(std::regex_replace(pattern, brace, "$1\\{"), closing, "$1\\}"));
}

// heddle words its messages as the newest gc does; the suite is that of go1.19. What gc said
// otherwise then, pattern by pattern.
const std::vector<std::pair<std::regex, std::string>>& Rewordings() {
  static const std::vector<std::pair<std::regex, std::string>> table = {
      {std::regex("declared and not used: (.*)"), "$1 declared but not used"},
      {std::regex("\\bexpected "), "expecting "},
      {std::regex("unexpected (name|keyword) "), "unexpected "},
      {std::regex("initialization cycle"), "initialization loop"},
      {std::regex("initialization loop: (.*) refers to itself"), "initialization loop for $1"},
      {std::regex("as (.*) value in "), "as type $1 in "},
      {std::regex("unknown field (.*) in struct"), "unknown field '$1' in struct"},
      {std::regex("\\(missing method ([^)]*)\\)"), "(missing $1 method)"},
      {std::regex("\\(method (.*) has pointer receiver\\)"), "($1 method has pointer receiver)"},
      {std::regex("wrong type for method (.*)\\)"), "wrong type for $1 method)"},
      {std::regex(": (.* does not implement)"), ":\n\t$1"},
      {std::regex("but does have (field|method) "), "but does have "},
      {std::regex("(\".*\") imported as (.*) and not used"), "imported and not used: $1 as $2"},
      {std::regex("(\".*\") imported and not used"), "imported and not used: $1"},
      {std::regex(" of [a-z]+ type "), " of type "},
      {std::regex(": need type assertion"), ":\n\tneed type assertion"},
      {std::regex("underscore in"), "underscores in"},
      {std::regex("invalid array length (.*)"), "array length $1 must be integer"},
      {std::regex("missing parameter (name|type)"), "mixed named and unnamed parameters"},
      {std::regex("(binary|octal|floating-point) literal requires"), "$1 literals requires"},
      {std::regex("invalid recursive type: (.*) refers to itself"), "invalid recursive type $1"},
      {std::regex("method (.*) already declared at"), "$1 redeclared"},
      {std::regex("not enough type arguments for type (.*): have (.*), want (.*)"),
       "got $2 arguments but $3 type parameters"},
  };
  return table;
}

bool Matches(const std::string& message, const std::regex& wanted) {
  if (std::regex_search(message, wanted)) return true;
  std::string old = message;
  for (const auto& [now, then] : Rewordings()) old = std::regex_replace(old, now, then);
  return std::regex_search(old, wanted);
}

// What is wrong with the messages; empty when they are as wanted.
std::string Compare(const std::string& text, Messages messages) {
  std::istringstream lines(text);
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    for (const std::string& pattern : PatternsOf(line, number)) {
      const auto [begin, end] = messages.equal_range(number);
      if (begin == end) return fmt::format("line {}: no message; wanted: {}", number, pattern);
      const std::regex wanted = AsRegex(pattern);
      bool matched = false;
      const std::string first = begin->second;
      for (auto it = begin; it != end;) {
        const bool matches = Matches(it->second, wanted);
        matched |= matches;
        it = matches ? messages.erase(it) : std::next(it);
      }
      if (!matched) return fmt::format("line {}: wanted: {}; is: {}", number, pattern, first);
    }
  }
  if (messages.empty()) return "";
  const auto& [number, message] = *messages.begin();
  return fmt::format("line {}: not wanted: {}", number, message);
}

// Lines "number<tab>message", with "\n" in a message as "\v".
void PrintMessages(const ErrorCheck& check) {
  const std::string path = SuiteFolder() / check.program->name;
  for (const golang::LoadDiagnostic& d : golang::CheckFile(path, check.options)) {
    std::string text = d.message;
    std::replace(text.begin(), text.end(), '\n', '\v');
    // After a //line comment the column may be unknown.
    static const std::regex place("(.*?):([0-9]+)(:[0-9]+)?");
    std::smatch found;
    const bool has_place = std::regex_match(d.position, found, place);
    std::cout << (has_place ? found[2].str() : "0") << '\t' << text << '\n';
  }
}

std::string FaultOf(const ErrorCheck& check, const Ending& ending) {
  if (ending.status != 0) return fmt::format("the checker ends with status {}", ending.status);
  Messages messages;
  std::istringstream lines(ending.output);
  std::string message;
  for (int number; lines >> number && lines.get() && std::getline(lines, message);) {
    std::replace(message.begin(), message.end(), '\v', '\n');
    messages.emplace(number, message);
  }
  return Compare(check.program->text, std::move(messages));
}

TEST(GoSuite, ErrorChecks) {
  const std::vector<Program> programs = ReadSuite();
  if (programs.empty()) return;
  std::vector<ErrorCheck> checks;
  for (const Program& program : programs) {
    if (auto check = AsErrorCheck(program)) checks.push_back(*check);
  }
  const std::vector<Ending> endings =
      RunInChildren(checks.size(), kLimits, [&](size_t i) { PrintMessages(checks[i]); });
  std::map<std::string, std::string> faults;
  for (size_t i = 0; i < checks.size(); ++i) {
    faults[checks[i].program->name] = FaultOf(checks[i], endings[i]);
  }
  Judge(kList, faults);
}

}  // namespace
}  // namespace heddle::go_suite
