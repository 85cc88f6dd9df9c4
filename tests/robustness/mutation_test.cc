// SPDX-License-Identifier: Apache-2.0
// Scenarios with words deleted, doubled, swapped or taken from elsewhere: most do not compile, some
// do something new; none may crash the command.
//
// HEDDLE_MUTANTS and HEDDLE_MUTATION_SEED in the environment make it a longer, other search.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

namespace fs = std::filesystem;

constexpr uint64_t kUsualMutants = 200;
constexpr size_t kMutantsInOneRun = 20;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// Words, numbers, single signs and white space, which together are the text again.
std::vector<std::string> Split(const std::string& text) {
  std::vector<std::string> pieces;
  for (size_t at = 0; at < text.size();) {
    const auto kind = [&](size_t i) {
      const auto c = static_cast<unsigned char>(text[i]);
      return std::isalnum(c) != 0 || c == '_' ? 1 : std::isspace(c) != 0 ? 2 : 0;
    };
    size_t end = at + 1;
    if (text[at] == '"') {
      end = std::min(text.find('"', at + 1), text.size() - 1) + 1;
    } else {
      while (end < text.size() && kind(at) != 0 && kind(end) == kind(at)) ++end;
    }
    pieces.push_back(text.substr(at, end - at));
    at = end;
  }
  return pieces;
}

class Mutator {
 public:
  explicit Mutator(uint64_t seed) : random_(seed) {
    std::vector<fs::path> files;
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(HEDDLE_SOURCE_DIR) / "scenarios")) {
      if (entry.path().extension() == ".go") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      std::string text = ReadAll(file.string());
      // Their directives and comments stay out of it.
      sources_.push_back(Split(text.substr(std::min(text.find("package "), text.size()))));
    }
  }

  std::string Next() {
    std::vector<std::string> pieces = Any(sources_);
    for (uint64_t edits = 1 + random_.Below(4); edits > 0 && pieces.size() > 4; --edits)
      Edit(&pieces);
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
  }

 private:
  template <typename T>
  const T& Any(const std::vector<T>& of) {
    return of[random_.Below(of.size())];
  }

  void Edit(std::vector<std::string>* pieces) {
    static const auto* const kWords = new std::vector<std::string>{
        "nil",      "0",           "-1",     "1<<62",  "chan",     "<-",        "go ",
        "defer ",   "select",      "{",      "}",      "(",        ")",         "[",
        "]",        "*",           "&",      "=",      ":=",       ",",         ";",
        "func",     "interface",   "struct", "map[",   "...",      "range ",    "return ",
        "for ",     "if ",         "goto ",  "type ",  "var ",     "const ",    "\"\"",
        "'",        "`",           ".",      "any",    "panic(1)", "recover()", "close",
        "len",      "make",        "append", "switch", "case ",    "default:",  "break",
        "continue", "fallthrough", "iota",   "1.5",    "1i",       "true",      "_",
        "main",     "[T any]",     "~",      "!",      "^",        "%",         "<<",
        "&^",       "//",          "/*",     "\n"};
    const size_t at = random_.Below(pieces->size());
    const auto place = pieces->begin() + static_cast<std::ptrdiff_t>(at);
    switch (random_.Below(6)) {
      case 0:
        pieces->erase(place);
        break;
      case 1:
        pieces->insert(place, *place);
        break;
      case 2:
        std::swap((*pieces)[at], (*pieces)[random_.Below(pieces->size())]);
        break;
      case 3:
        (*pieces)[at] = Any(*kWords);
        break;
      case 4:
        (*pieces)[at] = Any(Any(sources_));
        break;
      default: {
        // A stretch of the text once more, elsewhere.
        const size_t length = std::min<size_t>(1 + random_.Below(30), pieces->size() - at);
        const std::vector<std::string> stretch(place, place + static_cast<std::ptrdiff_t>(length));
        const size_t to = random_.Below(pieces->size());
        pieces->insert(pieces->begin() + static_cast<std::ptrdiff_t>(to), stretch.begin(),
                       stretch.end());
      }
    }
  }

  sim::Random random_;
  std::vector<std::vector<std::string>> sources_;
};

Outcome CheckFiles(const std::vector<std::string>& files, const std::string& folder) {
  Arguments arguments = {
      "check", "--quiet",     "--keep-going", "--budget",           "200ms",   "--max-executions",
      "20",    "--max-steps", "2000",         "--max-instructions", "2000000", "--max-heap",
      "128MiB"};
  arguments.insert(arguments.end(), files.begin(), files.end());
  return Heddle(arguments, {.seconds = 120, .folder = folder});
}

TEST(MutationTest, MutantsOfScenariosCrashNothing) {
  const TemporaryFolder folder;
  const uint64_t count = FromEnvironment("HEDDLE_MUTANTS", kUsualMutants);
  Mutator mutator(FromEnvironment("HEDDLE_MUTATION_SEED", 1));
  std::vector<std::string> files;
  for (uint64_t i = 0; i < count; ++i) {
    files.push_back("m" + std::to_string(i) + ".go");
    folder.Write(files.back(), mutator.Next());
    if (files.size() < kMutantsInOneRun && i + 1 < count) continue;
    if (!CheckFiles(files, folder.path()).Orderly()) {
      for (const std::string& file : files) {
        const Outcome outcome = CheckFiles({file}, folder.path());
        EXPECT_TRUE(outcome.Orderly()) << outcome << "\n" << ReadAll(folder / file);
      }
    }
    files.clear();
  }
}

}  // namespace
}  // namespace heddle::robustness
