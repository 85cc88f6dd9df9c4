// SPDX-License-Identifier: Apache-2.0
//
// Go programs end to end: what they print and how they end must be what real Go did
// (programs/*.out, written by expect.sh), under several schedules.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include "tests/golang/vm/run_go.h"

namespace heddle::golang {
namespace {

std::string Read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::filesystem::path Folder() {
  return std::string(HEDDLE_SOURCE_DIR) + "/tests/golang/vm/programs";
}

std::vector<std::string> Names() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Folder())) {
    if (entry.path().extension() == ".go") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

// Up to the first empty line: what follows are traces, which name addresses.
std::string Head(const std::string& err) {
  const size_t blank = err.find("\n\n");
  return blank == std::string::npos ? err : err.substr(0, blank + 2);
}

class ProgramsTest : public testing::TestWithParam<std::string> {};

TEST_P(ProgramsTest, DoesWhatRealGoDoes) {
  const std::string source = Read(Folder() / (GetParam() + ".go"));
  const std::string expected = Read(Folder() / (GetParam() + ".out"));
  const std::regex address("pc=(0x[0-9a-f]+|\\.\\.\\.)");
  for (const RunResult& result : RunGoOften(source, 5)) {
    const std::string actual = result.out + "--- stderr\n" + Head(result.err) + "status " +
                               std::to_string(result.status) + "\n";
    ASSERT_EQ(std::regex_replace(actual, address, "pc="),
              std::regex_replace(expected, address, "pc="));
  }
}

INSTANTIATE_TEST_SUITE_P(All, ProgramsTest, testing::ValuesIn(Names()),
                         [](const testing::TestParamInfo<std::string>& info) {
                           return info.param;
                         });

}  // namespace
}  // namespace heddle::golang
