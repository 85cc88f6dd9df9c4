// SPDX-License-Identifier: Apache-2.0
// The tests and examples of Go's own standard packages pass under `heddle run`.
//
// Taken are those of external test packages, and context's XTest functions, whose package clause is
// changed for that. What uses names that Go's package does not export cannot be compiled outside of
// it: such declarations are blanked, round by round, and their tests are listed as not passing.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <regex>
#include <sstream>

#include "models/golang/std/load_program.h"
#include "tests/go_suite/suite.h"

namespace heddle::go_suite {
namespace {

namespace fs = std::filesystem;

constexpr const char* kList = "failing_std_tests.tsv";
// How the reason of a test begins that takes millions of steps: it is run when HEDDLE_ONLY names
// it.
constexpr const char* kSlow = "slow";
constexpr const char* kSources = "/usr/share/go-1.19/src";
constexpr const char* kPackages[] = {"context", "sync", "sync/atomic", "time"};

#ifdef NDEBUG
constexpr Limits kLimits{.cpu_seconds = 30, .seconds = 300};
#else
constexpr Limits kLimits{.cpu_seconds = 300, .seconds = 600};
#endif

// Package time has its tests run in this zone under the name Local, by its own private means. Here
// a file that comes first does it.
constexpr const char* kZoneFile = "/usr/share/zoneinfo/America/Los_Angeles";

std::string ReadAll(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

std::string ZoneSource() {
  std::string data;
  for (const char c : ReadAll(kZoneFile)) data += fmt::format("\\x{:02x}", static_cast<uint8_t>(c));
  return fmt::format(
      "package time_test\n\nimport \"time\"\n\nvar _ = func() bool {{\n"
      "\tzone, err := time.LoadLocationFromTZData(\"Local\", []byte(\"{}\"))\n"
      "\tif err != nil {{\n\t\tpanic(err)\n\t}}\n\ttime.Local = zone\n\treturn true\n}}()\n",
      data);
}

std::vector<std::string> LinesOf(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A file of a test package, as it is compiled.
struct TestFile {
  fs::path path;
  std::vector<std::string> lines;
};

struct StdTest {
  std::string package;
  std::string name;
  fs::path folder;
  std::string fault;  // why it was blanked; empty if it is there
  std::string key() const { return package + "." + name; }
};

// Where the declaration that a line belongs to begins and ends (exclusively), as gofmt lays it out:
// from a line that begins with its keyword to one that begins with its closing bracket.
std::pair<size_t, size_t> DeclarationAt(const std::vector<std::string>& lines, size_t at) {
  static const std::regex keyword("(func|var|const|type) .*"), open(".*[({`]");
  static const std::regex close("[)}]+");
  size_t begin = at;
  while (begin > 0 && !std::regex_match(lines[begin], keyword)) --begin;
  size_t end = begin + 1;
  if (std::regex_match(lines[begin], open)) {
    while (end < lines.size() && !std::regex_match(lines[end], close)) ++end;
    ++end;
  }
  return {begin, std::min(end, lines.size())};
}

// One package's tests in a folder of their own.
class TestPackage {
 public:
  TestPackage(const std::string& path, fs::path folder) : path_(path), folder_(std::move(folder)) {
    fs::create_directories(folder_);
    name_ = path.substr(path.rfind('/') + 1) + "_test";
    static const std::regex elsewhere(".*_(windows|android)_test\\.go");
    std::vector<fs::path> sources;
    for (const auto& entry : fs::directory_iterator(fs::path(kSources) / path)) {
      const std::string file = entry.path().filename();
      if (!file.ends_with("_test.go") || std::regex_match(file, elsewhere)) continue;
      sources.push_back(entry.path());
    }
    std::sort(sources.begin(), sources.end());
    for (const fs::path& source : sources) Take(source);
    if (path == "time") files_.push_back({folder_ / "a_zone_test.go", LinesOf(ZoneSource())});
  }

  // Blanks what does not compile outside of Go's package, until the rest does.
  void MakeCompile() {
    constexpr int kRounds = 20;
    for (int round = 0; round < kRounds; ++round) {
      Write();
      golang::LoadOptions options{.lang = kLang, .all_messages = true, .examples = true};
      options.selects = [](const std::string&) { return false; };
      const auto loaded = golang::LoadProgram({folder_.string()}, options);
      if (loaded) return;
      bool changed = false;
      for (const golang::LoadDiagnostic& d : loaded.error()) changed |= Blank(d);
      if (!changed) break;
    }
    ADD_FAILURE() << "the tests of " << path_ << " do not compile";
  }

  std::vector<StdTest> Tests() const {
    std::vector<StdTest> tests = tests_;
    for (StdTest& test : tests) {
      const auto found = blanked_.find(test.name);
      if (found != blanked_.end()) test.fault = "does not compile: " + found->second;
    }
    return tests;
  }

 private:
  void Take(const fs::path& source) {
    TestFile file{folder_ / source.filename(), LinesOf(ReadAll(source))};
    const bool is_context = source.filename() == "context_test.go";
    bool is_external = is_context;
    for (std::string& line : file.lines) {
      if (!line.starts_with("package ")) continue;
      if (is_context) line = "package context_test; import . \"context\"";
      is_external |= line == "package " + name_;
      break;
    }
    if (!is_external) return;
    FindTests(file.lines);
    files_.push_back(std::move(file));
  }

  // Examples without a wanted output are not run by Go either.
  void FindTests(const std::vector<std::string>& lines) {
    static const std::regex test(R"(func ((Test|Example)\w*)\((\w+ \*testing\.T)?\)\s*\{.*)");
    static const std::regex output(R"(\s*//\s*([Uu]nordered )?[Oo]utput:.*)");
    for (size_t i = 0; i < lines.size(); ++i) {
      std::smatch found;
      if (!std::regex_match(lines[i], found, test)) continue;
      const auto [begin, end] = DeclarationAt(lines, i);
      bool counts = found[2] == "Test";
      for (size_t j = begin; j < end; ++j) counts |= std::regex_match(lines[j], output);
      if (counts) tests_.push_back({path_, found[1], folder_, ""});
    }
  }

  void Write() const {
    for (const TestFile& file : files_) {
      std::ofstream out(file.path);
      for (const std::string& line : file.lines) out << line << '\n';
    }
  }

  // The declaration, or the import, that a message is about. False when it is gone already.
  bool Blank(const golang::LoadDiagnostic& diagnostic) {
    static const std::regex place("(.*):([0-9]+):[0-9]+");
    static const std::regex function(R"(func (?:\(.*?\) )?(\w+).*)");
    std::smatch found;
    if (!std::regex_match(diagnostic.position, found, place)) return false;
    for (TestFile& file : files_) {
      if (file.path.string() != found[1]) continue;
      const size_t at = static_cast<size_t>(std::stoi(found[2])) - 1;
      if (file.lines[at].empty()) return false;
      auto [begin, end] = DeclarationAt(file.lines, at);
      if (begin == 0) {  // an import
        begin = at;
        end = at + 1;
      }
      std::smatch name;
      if (std::regex_match(file.lines[begin], name, function)) {
        blanked_.emplace(name[1], diagnostic.message);
      }
      if (std::getenv("HEDDLE_VERBOSE") != nullptr) {
        std::cout << diagnostic.position << ": " << diagnostic.message << "\n";
      }
      for (size_t i = begin; i < end; ++i) file.lines[i].clear();
      return true;
    }
    return false;
  }

  std::string path_;
  std::string name_;
  fs::path folder_;
  std::vector<TestFile> files_;
  std::vector<StdTest> tests_;
  std::map<std::string, std::string> blanked_;  // function -> message
};

TEST(GoSuite, StdTests) {
  if (!fs::is_directory(kSources)) {
    std::cout << "not run: these tests read Go's own packages from " << kSources
              << "; install Debian's golang-1.19-src, as ./test.sh does\n";
    return;
  }
  const fs::path root = fs::path(HEDDLE_BINARY_DIR) / "std_tests";
  fs::remove_all(root);
  const char* only = std::getenv("HEDDLE_ONLY");
  const std::map<std::string, std::string> list = ReadList(kList);
  std::map<std::string, std::string> faults;
  std::vector<StdTest> tests;
  for (const char* path : kPackages) {
    TestPackage package(path, root / path / "test");
    package.MakeCompile();
    for (const StdTest& test : package.Tests()) {
      if (only != nullptr && test.key().find(only) == std::string::npos) continue;
      faults[test.key()] = test.fault;
      const auto listed = list.find(test.key());
      const bool is_slow = listed != list.end() && listed->second.starts_with(kSlow);
      if (only == nullptr && is_slow) {
        faults[test.key()] = "not run";
      } else if (test.fault.empty()) {
        tests.push_back(test);
      }
    }
  }
  const std::string heddle = std::string(HEDDLE_BINARY_DIR) + "/heddle";
  const std::vector<Ending> endings = RunInChildren(tests.size(), kLimits, [&](size_t i) {
    const std::string pattern = "^" + tests[i].name + "$";
    execl(heddle.c_str(), "heddle", "run", "--lang", kLang, "-run", pattern.c_str(),
          tests[i].folder.c_str(), nullptr);
    _exit(127);
  });
  for (size_t i = 0; i < tests.size(); ++i) {
    const bool passed = endings[i].status == 0 && endings[i].output.starts_with("ok ") &&
                        endings[i].output.find("[no tests to run]") == std::string::npos;
    if (!passed) {
      faults[tests[i].key()] =
          fmt::format("status {}: {}", endings[i].status, endings[i].output.substr(0, 600));
    }
  }
  Judge(kList, faults);
}

}  // namespace
}  // namespace heddle::go_suite
