// SPDX-License-Identifier: Apache-2.0
// The scenarios are Go: real Go compiles each of them, and those that pass do under `heddle run`
// what the compiled program does.
//
// Where neither the seed of heddle nor the mood of real Go changes the output, it does not depend
// on the schedule, and both must print the same.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/conformance/command.h"

namespace heddle::conformance {
namespace {

namespace fs = std::filesystem;

constexpr int kSeeds = 3, kRealRuns = 3;

struct Scenario {
  fs::path path;
  std::string name;  // "pool__once_per_worker"
  std::string text;
  bool is_test;

  bool passes() const { return text.find("//heddle:want pass\n") != std::string::npos; }
};

// "go1.21" -> 21
int Minor(const std::string& version) { return std::stoi(version.substr(version.find('.') + 1)); }

// Those that real Go of this version is to compile.
std::vector<Scenario> Scenarios(const std::string& version) {
  constexpr std::string_view kLang = "//heddle:lang ";
  std::vector<Scenario> all;
  for (const auto& entry : fs::recursive_directory_iterator(HEDDLE_SOURCE_DIR "/scenarios")) {
    if (entry.path().extension() != ".go") continue;
    const std::string stem = entry.path().stem();
    Scenario scenario{.path = entry.path(),
                      .name = entry.path().parent_path().filename().string() + "__" + stem,
                      .text = ReadFile(entry.path()),
                      .is_test = stem.ends_with("_test")};
    const size_t lang = scenario.text.find(kLang);
    if (lang != std::string::npos &&
        Minor(scenario.text.substr(lang + kLang.size(), 8)) > Minor(version)) {
      continue;
    }
    all.push_back(std::move(scenario));
  }
  std::sort(all.begin(), all.end(),
            [](const Scenario& a, const Scenario& b) { return a.name < b.name; });
  return all;
}

struct Answer {
  int status;
  std::string out;
  auto operator<=>(const Answer&) const = default;
};

// What a run shows on which real Go and heddle must agree. `go test` prints how long it took, so of
// tests that is the status alone.
Answer AnswerOf(const Scenario& scenario, const CommandResult& result) {
  return {result.status, scenario.is_test ? "" : result.out};
}

class ScenariosInRealGo : public testing::Test {
 protected:
  void SetUp() override {
    go_ = RealGo::Find();
    ASSERT_TRUE(go_.has_value()) << kNeedsRealGo;
    folder_ = FreshFolder(testing::UnitTest::GetInstance()->current_test_info()->name());
  }

  // Compiles them all at once, each a package of its own. Binary(scenario) is the result.
  void Build(const std::vector<Scenario>& scenarios) {
    for (const Scenario& scenario : scenarios) {
      const fs::path package = folder_ / "src" / "scenarios" / scenario.name;
      fs::create_directories(package);
      WriteFile(package / (scenario.is_test ? "main_test.go" : "main.go"), scenario.text);
    }
    CommandResult built = go_->BuildAll(folder_, "scenarios", folder_ / "bin");
    EXPECT_EQ(built.status, 0) << built.err;
    for (const Scenario& scenario : scenarios) {
      if (!scenario.is_test) continue;
      CommandResult test = go_->BuildTest(folder_, "scenarios/" + scenario.name, Binary(scenario));
      EXPECT_EQ(test.status, 0) << scenario.path << "\n" << test.err;
    }
  }

  std::string Binary(const Scenario& scenario) const { return folder_ / "bin" / scenario.name; }

  std::optional<RealGo> go_;
  fs::path folder_;
};

TEST_F(ScenariosInRealGo, Compile) {
  const std::vector<Scenario> scenarios = Scenarios(go_->version());
  ASSERT_GE(scenarios.size(), 36u);
  Build(scenarios);
}

TEST_F(ScenariosInRealGo, PrintTheSame) {
  std::vector<Scenario> scenarios = Scenarios(go_->version());
  std::erase_if(scenarios, [](const Scenario& s) { return !s.passes(); });
  Build(scenarios);
  int same = 0;
  for (const Scenario& scenario : scenarios) {
    std::set<Answer> real, simulated;
    for (int i = 1; i <= kRealRuns; ++i) {
      real.insert(AnswerOf(scenario,
                           RunCommand({Binary(scenario)}, 30, {fmt::format("GOMAXPROCS={}", i)})));
    }
    for (int seed = 1; seed <= kSeeds; ++seed) {
      simulated.insert(AnswerOf(
          scenario,
          RunCommand({Heddle(), "run", "--seed", fmt::format("{}", seed), scenario.path}, 60)));
    }
    for (const auto& answers : {real, simulated}) {
      for (const Answer& answer : answers)
        EXPECT_EQ(answer.status, 0) << scenario.path << "\n" << answer.out;
    }
    if (real.size() > 1 || simulated.size() > 1) {
      std::cout << scenario.name << " depends on the schedule\n";
      continue;
    }
    ++same;
    EXPECT_EQ(simulated.begin()->out, real.begin()->out) << scenario.path;
  }
  std::cout << fmt::format("{} scenarios that pass, {} with one output\n", scenarios.size(), same);
  EXPECT_GE(same * 10, static_cast<int>(scenarios.size()) * 7) << "so few are hardly a comparison";
}

}  // namespace
}  // namespace heddle::conformance
