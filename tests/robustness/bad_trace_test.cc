// SPDX-License-Identifier: Apache-2.0
// Traces and schedules that are cut off, corrupted, or belong to another program.
#include <gtest/gtest.h>

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

using nlohmann::json;

constexpr std::string_view kLeak = R"(package main

func main() {
	answers := make(chan string)
	for i := 0; i < 2; i++ {
		go func() {
			answers <- "done"
		}()
	}
	<-answers
}
)";

class BadTraceTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_.Write("leak.go", kLeak);
    folder_.Write("other.go", Main("c := make(chan int)\nclose(c)"));
    const Outcome outcome = Heddle({"check", "--trace", "t.json", "leak.go"}, limits_);
    ASSERT_EQ(outcome.status, 1) << outcome;
    text_ = ReadAll(folder_ / "t.json");
    schedule_ = json::parse(text_)["schedule"];
  }

  // Neither replay nor a view of it may crash; what is refused is refused in words.
  void TryTrace(const std::string& text, const std::string& what) {
    folder_.Write("bad.json", text);
    const std::vector<Arguments> uses = {{"replay", "bad.json"},
                                         {"render", "bad.json", "-o", "bad.svg"},
                                         {"render", "bad.json", "-o", "bad.txt"}};
    const Arguments& use = uses[uses_++ % uses.size()];
    const Outcome outcome = Heddle(use, limits_);
    EXPECT_TRUE(outcome.Orderly()) << what << " " << testing::PrintToString(use) << "\n" << outcome;
    if (outcome.status == 2) {
      EXPECT_TRUE(outcome.Says("heddle: ")) << what << outcome;
    }
  }

  const TemporaryFolder folder_;
  const Limits limits_ = {.folder = folder_.path()};
  std::string text_;
  std::string schedule_;
  size_t uses_ = 0;
};

TEST_F(BadTraceTest, CutOffAnywhere) {
  for (size_t part = 0; part < 30; ++part) {
    folder_.Write("bad.json", text_.substr(0, text_.size() * part / 31));
    const bool replays = part % 2 == 0;
    const Outcome outcome = replays ? Heddle({"replay", "bad.json"}, limits_)
                                    : Heddle({"render", "bad.json", "-o", "bad.svg"}, limits_);
    EXPECT_EQ(outcome.status, 2) << outcome;
    EXPECT_TRUE(outcome.Says("bad.json: ")) << outcome;
  }
}

TEST_F(BadTraceTest, NotATraceAtAll) {
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[]"), std::string("null"),
        std::string("{\"schema\":\"heddle.trace/9\"}"), Times(200'000, "["),
        Times(200'000, "{\"a\":"), std::string(10'000'000, ' '), std::string(1'000'000, '\0'),
        "\"" + std::string(10'000'000, 'x') + "\"",
        "{\"schema\":\"heddle.trace/1\",\"program\":\"" + std::string(1000, '\xff') + "\"}"}) {
    folder_.Write("bad.json", text);
    for (const Arguments& use :
         {Arguments{"replay", "bad.json"}, Arguments{"render", "bad.json", "-o", "bad.svg"}}) {
      const Outcome outcome = Heddle(use, limits_);
      EXPECT_EQ(outcome.status, 2) << text.substr(0, 40) << outcome;
      EXPECT_TRUE(outcome.Says("bad.json: ")) << text.substr(0, 40) << outcome;
    }
  }
}

// Each value of the document, at most two of an array, with its path.
void Visit(json& at, const std::string& path,
           const std::function<void(json&, const std::string&)>& visit) {
  if (at.is_object()) {
    for (auto& [key, value] : at.items()) Visit(value, path + "." + key, visit);
  } else if (at.is_array()) {
    for (size_t i = 0; i < at.size() && i < 2; ++i)
      Visit(at[i], path + "[" + std::to_string(i) + "]", visit);
  }
  visit(at, path);
}

TEST_F(BadTraceTest, EachFieldBroken) {
  const std::vector<json> values = {nullptr,
                                    -1,
                                    0,
                                    1000000000,
                                    9223372036854775807,
                                    1.5,
                                    "",
                                    "x",
                                    std::string(1, '\0'),
                                    json::array(),
                                    json::object(),
                                    true,
                                    std::string(1000, '9')};
  json document = json::parse(text_);
  sim::Random random(1);
  size_t places = 0;
  Visit(document, "", [&](json& at, const std::string& path) {
    ++places;
    const json old = at;
    at = values[random.Below(values.size())];
    TryTrace(document.dump(), path);
    at = old;
  });
  EXPECT_GT(places, 50u);
}

TEST_F(BadTraceTest, OfAnotherProgram) {
  json document = json::parse(text_);
  document["program"] = "other.go";
  folder_.Write("bad.json", document.dump());
  Outcome outcome = Heddle({"replay", "bad.json"}, limits_);
  EXPECT_EQ(outcome.status, 2) << outcome;
  EXPECT_TRUE(outcome.Says("other.go")) << outcome;
  document["program"] = "missing.go";
  folder_.Write("bad.json", document.dump());
  outcome = Heddle({"replay", "bad.json"}, limits_);
  EXPECT_EQ(outcome.status, 2) << outcome;
  EXPECT_TRUE(outcome.Says("missing.go")) << outcome;
  // The file has been edited since.
  folder_.Write("leak.go", Main("c := make(chan int)\nclose(c)"));
  outcome = Heddle({"replay", "t.json"}, limits_);
  EXPECT_EQ(outcome.status, 2) << outcome;
}

TEST_F(BadTraceTest, AScheduleOfAnotherProgram) {
  const Outcome fits = Heddle({"replay", "--schedule", schedule_, "leak.go"}, limits_);
  EXPECT_EQ(fits.status, 1) << fits;
  const Outcome outcome = Heddle({"replay", "--schedule", schedule_, "other.go"}, limits_);
  EXPECT_EQ(outcome.status, 2) << outcome;
  EXPECT_TRUE(outcome.Says("is not possible there")) << outcome;
}

TEST_F(BadTraceTest, MalformedSchedules) {
  for (const char* schedule : {"x",
                               "h1",
                               "h1:",
                               "h2:time=ideal:1",
                               "h1:time=foo:1",
                               "h1:time=ideal",
                               "h1:time=ideal:0",
                               "h1:time=ideal:99",
                               "h1:time=ideal:99999999999999999999",
                               "h1:time=ideal:1*0",
                               "h1:time=ideal:1*99999999999",
                               "h1:time=ideal:,,",
                               "h1:time=ideal:1.-5",
                               "h1:time=ideal:1+",
                               "h1:time=ideal:t",
                               "h1:time=ideal:t9",
                               "h1:time=ideal:~~",
                               "h1:time=ideal:~",
                               "h1:choices=y:1",
                               "h1:choices=-1:1",
                               "h1:seed=x:1",
                               "h1:time=ideal:1+1"}) {
    const Outcome outcome = Heddle({"replay", "--schedule", schedule, "leak.go"}, limits_);
    EXPECT_TRUE(outcome.Orderly()) << schedule << outcome;
    EXPECT_EQ(outcome.status, 2) << schedule << outcome;
    EXPECT_TRUE(outcome.Says("schedule")) << schedule << outcome;
  }
}

TEST_F(BadTraceTest, MutatedSchedules) {
  constexpr std::string_view kLetters = "0123456789.,+*~tdh:=ai";
  sim::Random random(7);
  for (int round = 0; round < 40; ++round) {
    std::string mutant = schedule_;
    for (uint64_t edits = 1 + random.Below(3); edits > 0; --edits) {
      const size_t at = random.Below(mutant.size());
      if (random.Percent(40))
        mutant.erase(at, 1);
      else
        mutant.insert(at, 1, kLetters[random.Below(kLetters.size())]);
      if (mutant.empty()) mutant = "h";
    }
    const Outcome outcome = Heddle({"replay", "--schedule", mutant, "leak.go"}, limits_);
    EXPECT_TRUE(outcome.Orderly()) << mutant << outcome;
  }
}

}  // namespace
}  // namespace heddle::robustness
