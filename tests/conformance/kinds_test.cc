// SPDX-License-Identifier: Apache-2.0
// The kinds of findings, from the command's point of view: each scenario of a kind has it and no
// other, each mended program has none; what runs forever is shown with a cycle, and a replay of its
// trace shows the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/conformance/command.h"

namespace heddle::conformance {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using Json = nlohmann::json;

const std::string kScenarios = HEDDLE_SOURCE_DIR "/scenarios/";

TEST(Kinds, ProgramsOfThePagesAreWhatThePagesSay) {
  const CommandResult result = RunCommand({Heddle(), "verify", kScenarios + "kinds"}, 300);
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

TEST(Kinds, EndlessLoopsAreFoundAndThoseThatEndAreNot) {
  const CommandResult result = RunCommand({Heddle(), "verify", kScenarios + "endless"}, 300);
  EXPECT_EQ(result.status, 0) << result.out << result.err;
}

// A counter that grows is no repetition: the answer is that it is not known.
TEST(Kinds, AStateThatGrowsIsNoCycle) {
  const fs::path folder = FreshFolder("kinds_growing");
  WriteFile(folder / "count.go", R"(package main

func main() {
	closed := make(chan int)
	close(closed)
	for n := 0; ; n++ {
		<-closed
	}
}
)");
  const CommandResult result = RunCommand({Heddle(), "check", "--quiet", "--max-steps", "2000",
                                           "--format", "json", (folder / "count.go").string()},
                                          60);
  EXPECT_EQ(result.status, 3) << result.out;
  EXPECT_EQ(Json::parse(result.out)["targets"][0]["findings"].size(), 0u);
}

// Chance that is fair ends it: a toss that comes out one way forever is no finding.
TEST(Kinds, AChoiceIsNotPassedOverForever) {
  const fs::path folder = FreshFolder("kinds_chance");
  WriteFile(folder / "coin.go", R"(package main

import "math/rand"

func main() {
	for rand.Intn(2) == 0 {
	}
}
)");
  const CommandResult result = RunCommand(
      {Heddle(), "check", "--quiet", "--format", "json", (folder / "coin.go").string()}, 60);
  EXPECT_EQ(result.status, 3) << result.out;
  EXPECT_EQ(Json::parse(result.out)["targets"][0]["findings"].size(), 0u);
}

TEST(Kinds, AReplayOfWhatRunsForeverShowsTheSameCycle) {
  const fs::path folder = FreshFolder("kinds_replay");
  for (const char* name : {"two_that_give_way", "closed_channel_in_loop", "ball_that_nobody_drops",
                           "polls_with_sleep", "ticker_never_stopped", "spawns_again"}) {
    const std::string trace = (folder / (std::string(name) + ".json")).string();
    const CommandResult checked =
        RunCommand({Heddle(), "check", "--quiet", "--format", "json", "--trace", trace,
                    kScenarios + "endless/" + name + ".go"},
                   60);
    ASSERT_EQ(checked.status, 1) << name << checked.out << checked.err;
    const Json found = Json::parse(checked.out)["targets"][0]["findings"][0];
    EXPECT_EQ(found["kind"], "livelock") << name;
    const int from = found["cycle"]["from"], to = found["cycle"]["to"];
    EXPECT_GE(from, 1) << name;
    EXPECT_GE(to, from) << name;
    EXPECT_EQ(to, found["events"]) << name;
    EXPECT_EQ(Json::parse(std::ifstream(trace))["findings"][0]["cycle_start"], from) << name;
    const CommandResult replayed = RunCommand({Heddle(), "replay", "--format", "json", trace}, 60);
    ASSERT_EQ(replayed.status, 1) << name << replayed.out << replayed.err;
    const Json again = Json::parse(replayed.out)["targets"][0]["findings"][0];
    EXPECT_EQ(again["message"], found["message"]) << name;
    EXPECT_EQ(again["cycle"], found["cycle"]) << name;
  }
}

}  // namespace
}  // namespace heddle::conformance
