// SPDX-License-Identifier: Apache-2.0
// What docs/go_support.md and the table of missing names say is so.
//
// Exported names are compared with Go's own lists of its API (Debian's golang-1.19-src). With
// HEDDLE_UPDATE=1 in the environment the table and the document are written anew.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <set>
#include <sstream>

#include "models/golang/std/load_program.h"
#include "models/golang/std/sources.h"
#include "models/golang/types/lookup.h"
#include "models/golang/types/missing_names.h"
#include "tests/go_suite/suite.h"
#include "tests/golang/types/check_util.h"

namespace heddle::go_suite {
namespace {

namespace fs = std::filesystem;
namespace types = golang::types;

constexpr const char* kApi = "/usr/share/go-1.19/api";
constexpr const char* kMark = "<!-- packages -->\n";
const fs::path kDocument = fs::path(HEDDLE_SOURCE_DIR) / "docs/go_support.md";
const fs::path kTable = fs::path(HEDDLE_SOURCE_DIR) / "models/golang/types/missing_names.def";

std::string ReadAll(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

// Writes the file if it is to be updated; else expects it to be so.
void ExpectFile(const fs::path& path, const std::string& content) {
  if (std::getenv("HEDDLE_UPDATE") != nullptr) {
    std::ofstream(path, std::ios::binary) << content;
  } else {
    EXPECT_EQ(ReadAll(path), content) << path << " is not up to date: run test_go_suite "
                                      << "--gtest_filter=GoSupport.* with HEDDLE_UPDATE=1";
  }
}

using Names = std::set<std::string>;

// Package -> "Name" and "Type.Member", from lines as "pkg time, method (Time) Unix() int64".
std::map<std::string, Names> GoApi() {
  static const std::regex line_form(R"(pkg ([\w./]+)(?: \((?:linux-amd64)\))?, (\w+) (.*))");
  static const std::regex name_form(R"((\w+).*)");
  static const std::regex member_form(R"((\w+)(?:\[.*?\])? (?:struct|interface), (\w+).*)");
  static const std::regex method_form(R"(\(\*?(\w+)(?:\[.*?\])?\) (\w+).*)");
  std::map<std::string, Names> api;
  for (const auto& entry : fs::directory_iterator(kApi)) {
    const std::string file = entry.path().filename();
    if (!file.starts_with("go1") || entry.path().extension() != ".txt") continue;
    std::istringstream lines(ReadAll(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      std::smatch found, name;
      if (!std::regex_match(line, found, line_form)) continue;
      const std::string rest = found[3];
      Names& names = api[found[1]];
      if (found[2] == "method" && std::regex_match(rest, name, method_form)) {
        names.insert(name[1].str() + "." + name[2].str());
      } else if (std::regex_match(rest, name, member_form)) {
        if (name[2] != "embedded" && name[2] != "unexported") {
          names.insert(name[1].str() + "." + name[2].str());
        }
      } else if (std::regex_match(rest, name, name_form)) {
        names.insert(name[1]);
      }
    }
  }
  return api;
}

bool Has(const types::Package& package, const std::string& name) {
  const size_t dot = name.find('.');
  const types::Object* object = package.scope.Find(name.substr(0, dot));
  if (object == nullptr || dot == std::string::npos) return object != nullptr;
  return types::Lookup(object->type, true, &package, name.substr(dot + 1)).found();
}

struct Support {
  Names known;    // Go's names that heddle has
  Names missing;  // without the members of missing types
  size_t all = 0;
};

// Package -> support, of those in models/golang/std.
std::map<std::string, Support> Compare() {
  std::set<std::string> paths;
  for (const golang::StdSource& source : golang::StdSources()) {
    paths.insert(std::string(source.package));
  }
  std::string text = "package main\n";
  for (const std::string& path : paths) text += fmt::format("import _ \"{}\"\n", path);
  types::TestProgram program;
  program.Check(text + "func main() {}\n");
  EXPECT_TRUE(program.diagnostics.empty());
  const std::map<std::string, Names> api = GoApi();
  std::map<std::string, Support> out;
  for (const std::string& path : paths) {
    Support& support = out[path];
    const auto names = api.find(path);
    if (names == api.end()) continue;  // newer than the lists
    support.all = names->second.size();
    const types::Package& package = *program.world.FindPackage(path);
    for (const std::string& name : names->second) {
      const size_t dot = name.find('.');
      if (Has(package, name)) {
        support.known.insert(name);
      } else if (dot == std::string::npos || Has(package, name.substr(0, dot))) {
        support.missing.insert(name);
      }
    }
  }
  return out;
}

std::string TableOf(const std::map<std::string, Support>& supports) {
  constexpr size_t kColumns = 96;
  std::string text =
      "// SPDX-License-Identifier: Apache-2.0\n"
      "// What heddle's packages lack of Go's: written by test_go_suite with HEDDLE_UPDATE=1.\n";
  for (const auto& [path, support] : supports) {
    if (support.missing.empty()) continue;
    text += fmt::format("HEDDLE_MISSING(\"{}\",", path);
    std::string line;
    for (const std::string& name : support.missing) {
      if (15 + line.size() + name.size() + 3 > kColumns) {
        text += fmt::format("\n               \"{}\"", line);
        line.clear();
      }
      line += name + " ";
    }
    text += fmt::format("\n               \"{}\")\n", line);
  }
  return text;
}

std::string PackagesOf(const std::map<std::string, Support>& supports) {
  constexpr size_t kMostNames = 12;
  std::string text = "| package | has | lacks |\n| --- | --- | --- |\n";
  for (const auto& [path, support] : supports) {
    std::string lacks;
    size_t shown = 0;
    for (const std::string& name : support.missing) {
      if (shown++ < kMostNames) lacks += fmt::format("{}`{}`", lacks.empty() ? "" : ", ", name);
    }
    if (shown > kMostNames) lacks += fmt::format(" and {} more", shown - kMostNames);
    const std::string share = support.all == 0
                                  ? "newer than the lists"
                                  : fmt::format("{} of {}, {} %", support.known.size(), support.all,
                                                support.known.size() * 100 / support.all);
    text += fmt::format("| `{}` | {} | {} |\n", path, share, lacks);
  }
  return text;
}

TEST(GoSupport, NamesOfPackages) {
  if (!fs::is_directory(kApi)) {
    std::cout << "not run: there is no " << kApi << "; install Debian's golang-1.19-src\n";
    return;
  }
  const std::map<std::string, Support> supports = Compare();
  ExpectFile(kTable, TableOf(supports));
  const std::string document = ReadAll(kDocument);
  const size_t mark = document.find(kMark);
  ASSERT_NE(mark, std::string::npos);
  ExpectFile(kDocument, document.substr(0, mark) + kMark + PackagesOf(supports));
}

// The messages that a program of the document gets, a line each after "> ".
TEST(GoSupport, ExamplesInTheDocument) {
  static const std::regex example("```go\n([^`]*)```\n\n((?:> .*\n)+)");
  const std::string document = ReadAll(kDocument);
  size_t count = 0;
  for (std::sregex_iterator it(document.begin(), document.end(), example), end; it != end; ++it) {
    ++count;
    const auto loaded = golang::LoadSource("x.go", (*it)[1].str(), {});
    ASSERT_FALSE(loaded.has_value()) << (*it)[1];
    std::string messages;
    for (const golang::LoadDiagnostic& d : loaded.error()) {
      EXPECT_TRUE(d.is_unsupported);
      messages += fmt::format("> {}: {}\n", d.position, d.message);
    }
    EXPECT_EQ(messages, (*it)[2]) << (*it)[1];
  }
  EXPECT_GE(count, 7u);
}

// Whatever the front end can refuse is in the document.
TEST(GoSupport, EveryMessageIsInTheDocument) {
  static const std::regex call("Unsupported\\([^;]*?\"([^\"{]+)");
  const std::string document = std::regex_replace(ReadAll(kDocument), std::regex("\\s+"), " ");
  size_t count = 0;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(HEDDLE_SOURCE_DIR) / "models/golang")) {
    if (entry.path().extension() != ".cc") continue;
    const std::string text = ReadAll(entry.path());
    for (std::sregex_iterator it(text.begin(), text.end(), call), end; it != end; ++it) {
      ++count;
      EXPECT_NE(document.find((*it)[1]), std::string::npos)
          << entry.path() << " refuses what docs/go_support.md does not name: " << (*it)[1];
    }
  }
  EXPECT_GE(count, 9u);
}

}  // namespace
}  // namespace heddle::go_suite
