// SPDX-License-Identifier: Apache-2.0
// The text and the JSON report of answers made by hand.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "checker/cli/report_json.h"
#include "checker/cli/report_text.h"
#include "tests/cli/fake_engine.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;
using checker::Verdict;
using ::testing::HasSubstr;
using ::testing::Not;

std::string TextOf(const TargetReport& report, TextReportOptions options = {}) {
  return TextReport(report, options);
}

TEST(TextReport, Pass) {
  EXPECT_EQ(
      TextOf(FakeReport("pass", "pool.go", "main")),
      "PASS  pool.go\n"
      "  Explored everything: 42 executions, 1,310 steps, ideal time, 4 ms: nothing found.\n");
}

TEST(TextReport, OnlyACompleteSearchExploredEverything) {
  for (const char* answer : {"budget", "sampling", "cut", "leak"}) {
    std::string text = TextOf(FakeReport(answer, "pool.go", "main"));
    EXPECT_THAT(text, Not(HasSubstr("verything:"))) << answer;
    EXPECT_THAT(text, Not(HasSubstr("PASS"))) << answer;
  }
  std::string bounded = TextOf(FakeReport("bounded", "pool.go", "main"));
  EXPECT_THAT(bounded, HasSubstr("Explored everything within the bound of 3 timers"));
  EXPECT_THAT(bounded, HasSubstr("Beyond that bound nothing is known."));
  EXPECT_THAT(bounded, HasSubstr("fixed by the seed (1): map order and rand."));
}

TEST(TextReport, IncompleteSaysWhyAndThatItIsNoProof) {
  TextReportOptions options;
  options.explore.budget_ns = 60'000'000'000;
  std::string text = TextOf(FakeReport("budget", "pool.go", "main"), options);
  EXPECT_THAT(text, HasSubstr("INCOMPLETE  pool.go\n"));
  EXPECT_THAT(
      text,
      HasSubstr("Nothing found, but only a part was explored: the budget of 1m0s was used up.\n"));
  EXPECT_THAT(text, HasSubstr("no proof"));
  EXPECT_THAT(TextOf(FakeReport("cut", "p.go", "main")),
              HasSubstr("only a part was explored: 3 executions were cut by max-steps, and"));
  EXPECT_THAT(TextOf(FakeReport("sampling", "p.go", "main")),
              HasSubstr("the strategy 'random' samples"));
}

TEST(TextReport, FindingTellsTheWholeStory) {
  TextReportOptions options;
  options.source = [](const sim::TraceSite& site) {
    return site.line == 31 ? "for job := range jobs {" : "";
  };
  EXPECT_EQ(
      TextOf(FakeReport("leak", "scenarios/my pool.go", "main"), options),
      "FAIL  scenarios/my pool.go  goroutine-leak\n"
      "\n"
      "  goroutine 2 is blocked forever: chan receive\n"
      "  main has returned and everything has come to rest: nobody is left who could wake it.\n"
      "\n"
      "Goroutines\n"
      "  G1  main.main    ended\n"
      "  G2  main.worker  chan receive  by G1 at pool.go:12\n"
      "  G3  main.worker  chan receive  by G1 at pool.go:12\n"
      "\n"
      "How it happens, in 8 steps:\n"
      "\n"
      " step  G1      G2      G3\n"
      "    1  go worker → G2                                 pool.go:12:5\n"
      "    2  go worker → G3  │                              pool.go:12:5\n"
      "    3  send 1 on jobs → G3                            pool.go:15:5\n"
      "       │       │       receive 1 from jobs ← G1       pool.go:31:5  for job := range jobs "
      "{\n"
      "    4  send 2 on jobs → G2                            pool.go:15:5\n"
      "       │       receive 2 from jobs ← G1               pool.go:31:5  for job := range jobs "
      "{\n"
      "    5  │       │       send 1 on results              pool.go:32:5\n"
      "    6  receive 1 from results                         pool.go:18:5\n"
      "    7  main returns    │                              pool.go:20:5\n"
      "    8          send 2 on results                      pool.go:32:5\n"
      "               ✗ blocked forever: chan receive        pool.go:31:5  for job := range jobs "
      "{\n"
      "               │       blocked forever: chan receive  pool.go:31:5  for job := range jobs "
      "{\n"
      "\n"
      "goroutine 2 [chan receive]:\n"
      "main.worker\n"
      "\tscenarios/pool.go:31:5\n"
      "created by main.main in goroutine 1\n"
      "\tscenarios/pool.go:12:3\n"
      "\n"
      "Replay it, step for step:\n"
      "\n"
      "  heddle replay --schedule 'h1:0'\\''1 2' 'scenarios/my pool.go'\n"
      "\n"
      "Stopped at the first finding, after 42 executions, 1,310 steps, ideal time, 4 ms.\n"
      "To look for more: --keep-going.\n");
}

TEST(TextReport, SeveralFindingsAreNumbered) {
  TargetReport report = FakeReport("leak", "pool_test.go", "TestPool");
  report.findings.push_back(FakeReport("panic", "pool_test.go", "TestPool").findings[0]);
  report.findings[1].time = "async";
  std::string text = TextOf(report);
  EXPECT_THAT(text, HasSubstr("FAIL  pool_test.go TestPool  2 findings\n"));
  EXPECT_THAT(text, HasSubstr("── 1 of 2: goroutine-leak ──"));
  EXPECT_THAT(text, HasSubstr("── 2 of 2: send-on-closed ──"));
  EXPECT_THAT(text, HasSubstr("The test has returned"));
  EXPECT_THAT(text, HasSubstr("--time async --keep-going -run '^TestPool$' "));
}

TEST(TextReport, WarningsAndInvalidPrograms) {
  TargetReport report = FakeReport("panic", "p.go", "main");
  report.findings[0].kind = checker::FindingKind::kMaskedPanic;
  EXPECT_THAT(TextOf(report), HasSubstr("  warning: goroutine 2 panics"));
  TargetReport invalid;
  invalid.path = "p.go";
  invalid.verdict = Verdict::kInvalid;
  invalid.diagnostics = {{"error", "p.go:3:8", "\"os\" imported and not used"}};
  EXPECT_EQ(TextOf(invalid), "INVALID  p.go\np.go:3:8: \"os\" imported and not used\n");
  invalid.diagnostics = {{"unsupported", "p.go:3:8", "cgo"}};
  EXPECT_THAT(TextOf(invalid), HasSubstr("valid Go that heddle does not support yet"));
}

TEST(TextReport, HostileTextCannotReachTheTerminal) {
  TargetReport report = FakeReport("leak", "p.go", "main");
  report.findings[0].message = "\x1b[2J\xff";
  auto trace = std::make_shared<sim::Trace>(*report.findings[0].trace);
  trace->output = "\x1b]0;title\x07line\nsecond";
  report.findings[0].trace = trace;
  std::string text = TextOf(report);
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, HasSubstr("\n  second\n"));
}

TEST(TextReport, ColourOnlyWhenAsked) {
  TextReportOptions options;
  EXPECT_THAT(TextOf(FakeReport("leak", "p.go", "main"), options), Not(HasSubstr("\x1b")));
  options.color = true;
  EXPECT_THAT(TextOf(FakeReport("leak", "p.go", "main"), options),
              HasSubstr("\x1b[1;31mFAIL\x1b[0m"));
  EXPECT_THAT(TextOf(FakeReport("budget", "p.go", "main"), options),
              HasSubstr("\x1b[1;33mINCOMPLETE\x1b[0m"));
}

TEST(JsonReport, IsTheContractsDocument) {
  std::vector<TargetReport> reports = {FakeReport("leak", "pool.go", "main")};
  reports[0].findings[0].schedule = "S";
  EXPECT_EQ(JsonReport(reports), R"({
  "schema": "heddle.report/1",
  "targets": [
    {
      "path": "pool.go",
      "entry": "main",
      "verdict": "fail",
      "exploration": {
        "strategy": "dpor",
        "executions": 42,
        "equivalence_classes": 42,
        "redundant": 0,
        "cut": 0,
        "events": 1310,
        "complete": false,
        "time": [
          "ideal"
        ],
        "bounds": {},
        "fixed": [],
        "cut_by": [],
        "seconds": 0.004
      },
      "findings": [
        {
          "kind": "goroutine-leak",
          "severity": "error",
          "message": "goroutine 2 is blocked forever: chan receive",
          "goroutines": [
            {
              "id": 2,
              "state": "chan receive",
              "at": "scenarios/pool.go:31:5",
              "created_at": "scenarios/pool.go:12:3"
            }
          ],
          "locations": [
            "scenarios/pool.go:31:5"
          ],
          "schedule": "S",
          "events": 8
        }
      ],
      "diagnostics": []
    }
  ]
}
)");
}

TEST(JsonReport, AnyBytesGiveADocument) {
  std::vector<TargetReport> reports = {FakeReport("leak", "p\xff.go", "main")};
  reports[0].findings[0].message = "bad \xc3\x28 bytes";
  auto document = nlohmann::json::parse(JsonReport(reports));
  EXPECT_EQ(document["targets"][0]["verdict"], "fail");
}

}  // namespace
}  // namespace heddle::cli
