// SPDX-License-Identifier: Apache-2.0
// The Go programs under scenarios/bench have as many equivalence classes as their comment says.
//
// The same programs in C++ are in tests/api/counts_test.cc. A count that is off means a dependence
// too many or too few, here in what the Go front end makes of a statement.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <vector>

#include "tests/conformance/command.h"

namespace heddle::conformance {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kClasses = "// classes: ";

struct Bench {
  fs::path path;
};
void PrintTo(const Bench& bench, std::ostream* os) { *os << bench.path.filename(); }

std::vector<Bench> Benches() {
  std::vector<Bench> all;
  for (const auto& entry : fs::directory_iterator(HEDDLE_SOURCE_DIR "/scenarios/bench")) {
    if (entry.path().extension() == ".go") all.push_back({entry.path()});
  }
  std::sort(all.begin(), all.end(), [](const Bench& a, const Bench& b) { return a.path < b.path; });
  return all;
}

class ClassCounts : public testing::TestWithParam<Bench> {};

TEST_P(ClassCounts, AreExact) {
  const fs::path& path = GetParam().path;
  const std::string text = ReadFile(path);
  const size_t at = text.find(kClasses);
  ASSERT_NE(at, std::string::npos) << path << " lacks its line `// classes: N`";
  const int64_t expected = std::strtoll(text.c_str() + at + kClasses.size(), nullptr, 10);
  ASSERT_GT(expected, 0);

  CommandResult result =
      RunCommand({Heddle(), "check", "--strategy", "dpor", "--keep-going", "--time", "ideal",
                  "--budget", "0", "--format", "json", "--quiet", path},
                 300);
  const auto report = nlohmann::json::parse(result.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << "status " << result.status << "\n" << result.err;
  const auto& target = report["targets"][0];
  ASSERT_EQ(target["diagnostics"].size(), 0u) << target["diagnostics"].dump(1);
  const auto& exploration = target["exploration"];
  EXPECT_EQ(exploration["equivalence_classes"], expected);
  EXPECT_EQ(exploration["executions"], expected);
  EXPECT_EQ(exploration["redundant"], 0);
  EXPECT_EQ(exploration["cut"], 0);
  EXPECT_EQ(exploration["complete"], true);
}

INSTANTIATE_TEST_SUITE_P(Bench, ClassCounts, testing::ValuesIn(Benches()),
                         [](const testing::TestParamInfo<Bench>& info) {
                           return info.param.path.stem().string();
                         });

}  // namespace
}  // namespace heddle::conformance
