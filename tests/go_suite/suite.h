// SPDX-License-Identifier: Apache-2.0
// Go's own test programs: where they are, which of them count, and the running of many at a time.
//
// They are read from Debian's golang-1.19-src and never copied. A list in this folder names those
// that do not pass, with one reason each; Judge compares it with what happened, so that it stays
// exact in both directions.
#ifndef HEDDLE_TESTS_GO_SUITE_SUITE_H_
#define HEDDLE_TESTS_GO_SUITE_SUITE_H_

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::go_suite {

// The language that the programs are written for.
constexpr const char* kLang = "go1.19";

struct Program {
  std::string name;  // below the folder of the suite, as "chan/select.go"
  std::string text;
  std::string action;  // "run", "errorcheck -lang=go1.17": what the first comment says to do
};

std::filesystem::path SuiteFolder();
// Every program of the suite, in order of the names; empty when the package is not installed, which
// is then said. HEDDLE_ONLY in the environment keeps those whose name contains it.
std::vector<Program> ReadSuite();

// What a child process wrote, and how it ended.
struct Ending {
  int status = -1;     // exit status; 128 + signal when killed
  std::string output;  // standard output and error as one stream
};

struct Limits {
  int cpu_seconds = 0;
  int seconds = 0;
};

// Runs job(0) ... job(count - 1), each in a child process of its own, two at a time. A job that
// returns ends with status 0.
std::vector<Ending> RunInChildren(size_t count, const Limits& limits,
                                  const std::function<void(size_t)>& job);

// One list of programs that do not pass: lines "name<tab>reason".
std::map<std::string, std::string> ReadList(std::string_view file);

// `faults` holds what is wrong with each program, empty for those that pass. Fails the test for
// every program that the list is wrong about, and prints the figures; with HEDDLE_VERBOSE in the
// environment, also what is wrong with the listed ones.
void Judge(std::string_view list_file, const std::map<std::string, std::string>& faults);

}  // namespace heddle::go_suite

#endif  // HEDDLE_TESTS_GO_SUITE_SUITE_H_
