// SPDX-License-Identifier: Apache-2.0
// Values of flags, directives and numbers for people.
#include "checker/cli/values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "checker/cli/directives.h"

namespace heddle::cli {
namespace {

using ::testing::HasSubstr;

TEST(Values, Durations) {
  EXPECT_EQ(ParseDuration("10s"), 10'000'000'000);
  EXPECT_EQ(ParseDuration("1m30s"), 90'000'000'000);
  EXPECT_EQ(ParseDuration("2m"), 120'000'000'000);
  EXPECT_EQ(ParseDuration("1.5h"), 5'400'000'000'000);
  EXPECT_EQ(ParseDuration("250ms"), 250'000'000);
  EXPECT_EQ(ParseDuration("0"), 0);
  for (const char* bad : {"", "10", "s", "10x", "-1s", "1s 2s", "1e3s", "999999999999h", "1..2s"}) {
    EXPECT_FALSE(ParseDuration(bad)) << bad;
  }
}

TEST(Values, Sizes) {
  EXPECT_EQ(ParseSize("1GiB"), 1ull << 30);
  EXPECT_EQ(ParseSize("1G"), 1ull << 30);
  EXPECT_EQ(ParseSize("64MB"), 64'000'000u);
  EXPECT_EQ(ParseSize("4096"), 4096u);
  EXPECT_EQ(ParseSize("1.5kib"), 1536u);
  for (const char* bad : {"", "GiB", "1X", "-1", "1 GiB", "99999999TiB", "1GiBs"})
    EXPECT_FALSE(ParseSize(bad)) << bad;
}

TEST(Values, Numbers) {
  EXPECT_EQ(ParseNumber("0"), 0u);
  EXPECT_EQ(ParseNumber("18446744073709551615"), UINT64_MAX);
  EXPECT_EQ(ParseNumber("x").error(), "wants a whole number, 'x' is none");
  EXPECT_EQ(ParseNumber("0", 1).error(), "wants a whole number from 1 up, '0' is none");
  EXPECT_EQ(ParseNumber("9", 1, 8).error(), "wants a whole number from 1 to 8, '9' is none");
  for (const char* bad : {"", "-1", "+1", "1.0", "18446744073709551616", " 1"})
    EXPECT_FALSE(ParseNumber(bad)) << bad;
}

TEST(Values, ForPeople) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
  EXPECT_EQ(Counted(1, "execution"), "1 execution");
  EXPECT_EQ(Counted(2000, "execution"), "2,000 executions");
  EXPECT_EQ(SecondsText(0.004), "4 ms");
  EXPECT_EQ(SecondsText(1.25), "1.2 s");
  EXPECT_EQ(SecondsText(125), "2 m 5 s");
  std::vector<std::string> words = {"a", "b", "c"};
  EXPECT_EQ(Listed(words), "a, b and c");
}

TEST(Values, ShellQuotesSurviveAShell) {
  EXPECT_EQ(ShellQuoted("pool.go"), "pool.go");
  EXPECT_EQ(ShellQuoted("h1:0,1/2"), "h1:0,1/2");
  EXPECT_EQ(ShellQuoted("my pool.go"), "'my pool.go'");
  EXPECT_EQ(ShellQuoted("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellQuoted("$(rm)"), "'$(rm)'");
  EXPECT_EQ(ShellQuoted(""), "''");
  EXPECT_EQ(ShellQuoted("a~b*"), "'a~b*'");
}

TEST(Values, NearestFindsTheMisspelt) {
  static constexpr std::string_view kWords[] = {"--strategy", "--seed", "--budget"};
  EXPECT_EQ(Nearest("--stratgy", kWords), "--strategy");
  EXPECT_EQ(Nearest("--frobnicate", kWords), "");
}

TEST(Directives, AreReadUpToThePackageClause) {
  auto d = ParseDirectives(
      "// A pool.\n//heddle:want goroutine-leak, deadlock\n\n/* block\n//heddle:want "
      "pass\n*/\n//heddle:lang go1.21\n"
      "//heddle:time ideal\n//heddle:bound timers=3\npackage main\n//heddle:want pass\n");
  ASSERT_TRUE(d) << d.error();
  EXPECT_TRUE(d->has_want);
  EXPECT_EQ(d->want, (std::set<std::string>{"deadlock", "goroutine-leak"}));
  EXPECT_EQ(d->lang, "go1.21");
  EXPECT_EQ(d->time, "ideal");
  EXPECT_EQ(d->bounds.at("timers"), 3);
}

TEST(Directives, PassIsNoKinds) {
  auto d = ParseDirectives("//heddle:want pass\r\npackage main\r\n");
  ASSERT_TRUE(d);
  EXPECT_TRUE(d->has_want);
  EXPECT_TRUE(d->want.empty());
  EXPECT_FALSE(ParseDirectives("package main\n//heddle:want pass\n")->has_want);
  EXPECT_FALSE(ParseDirectives("")->has_want);
  EXPECT_FALSE(ParseDirectives("/* never closed")->has_want);
}

TEST(Directives, ErrorsNameTheLineAndTheMend) {
  EXPECT_EQ(ParseDirectives("\n//heddle:want deadlok\n").error(),
            "2: unknown kind 'deadlok': did you mean deadlock?");
  EXPECT_THAT(ParseDirectives("//heddle:wnat pass").error(),
              HasSubstr("one of want, lang, time, bound"));
  EXPECT_THAT(ParseDirectives("//heddle:time late").error(), HasSubstr("auto, ideal, async"));
  EXPECT_THAT(ParseDirectives("//heddle:bound timers").error(), HasSubstr("timers=3"));
  EXPECT_THAT(ParseDirectives("//heddle:bound timers=x").error(), HasSubstr("'x'"));
  EXPECT_THAT(ParseDirectives("//heddle:bound loops=2").error(),
              HasSubstr("unknown bound 'loops'"));
  EXPECT_THAT(ParseDirectives("//heddle:lang 2").error(), HasSubstr("go1.22"));
  EXPECT_THAT(ParseDirectives("//heddle:want pass\n//heddle:want pass").error(),
              HasSubstr("2: a second"));
}

}  // namespace
}  // namespace heddle::cli
