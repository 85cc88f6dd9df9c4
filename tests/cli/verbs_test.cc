// SPDX-License-Identifier: Apache-2.0
// Every verb from its words to its exit status, with an engine that answers as the file asks.
#include "checker/cli/verbs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "checker/cli/files.h"
#include "tests/cli/fake_engine.h"

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class Verbs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = (fs::temp_directory_path() / "heddle_cli_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    before_ = fs::current_path();
    fs::current_path(folder_);
  }
  void TearDown() override {
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  void Put(const std::string& path, const std::string& text) {
    if (fs::path(path).has_parent_path()) fs::create_directories(fs::path(path).parent_path());
    ASSERT_TRUE(WriteFile(path, text));
  }
  void Fake(const std::string& path, const std::string& answer, const std::string& head = "") {
    Put(path, head + "package main // FAKE " + answer + "\n");
  }

  int Heddle(const Arguments& arguments) {
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    int status = RunCommand(arguments);
    out_ = testing::internal::GetCapturedStdout();
    err_ = testing::internal::GetCapturedStderr();
    return status;
  }

  fs::path folder_, before_;
  std::string out_, err_;
};

TEST_F(Verbs, NoArgumentsGiveAShortUsageWithAnExample) {
  EXPECT_EQ(Heddle({}), 2);
  EXPECT_THAT(err_, HasSubstr("heddle check pool.go"));
  EXPECT_LT(std::count(err_.begin(), err_.end(), '\n'), 10);
}

TEST_F(Verbs, HelpAndVersion) {
  EXPECT_EQ(Heddle({"--help"}), 0);
  EXPECT_THAT(out_, HasSubstr("heddle verify PATH..."));
  EXPECT_EQ(Heddle({"--version"}), 0);
  EXPECT_THAT(out_, StartsWith("heddle "));
  for (const char* verb : {"check", "run", "replay", "verify", "render"}) {
    EXPECT_EQ(Heddle({verb, "--help"}), 0) << verb;
    EXPECT_THAT(out_, HasSubstr("Example: heddle " + std::string(verb)));
    EXPECT_EQ(err_, "");
  }
}

TEST_F(Verbs, CheckHelpNamesEveryFlagOfTheContract) {
  Heddle({"check", "--help"});
  for (const char* flag :
       {"--budget", "--max-executions", "--strategy", "--seed", "--choices", "--keep-going",
        "--time", "--bound", "--lang", "--max-steps", "--max-instructions", "--max-heap",
        "--format", "-o", "--trace", "--jobs", "--color", "--quiet", "-run"}) {
    EXPECT_THAT(out_, HasSubstr(flag));
  }
}

TEST_F(Verbs, BadUsageIsStatus2WithTheMend) {
  Fake("a.go", "pass");
  struct Case {
    Arguments arguments;
    std::string message;
  };
  for (const Case& c : std::vector<Case>{
           {{"chekc", "a.go"}, "did you mean heddle check?"},
           {{"a.go"}, "did you mean heddle check a.go?"},
           {{"explain", "deadlok"}, "there is no kind 'deadlok': did you mean deadlock?"},
           {{"explain", "deadlock", "panic"}, "explain takes one kind"},
           {{"check"}, "which program?"},
           {{"check", "--strategy", "dpr", "a.go"},
            "--strategy has no strategy 'dpr': one of auto, dpor, exhaustive, random, pos, pct, "
            "surw"},
           {{"check", "--format", "xml", "a.go"}, "one of text, json, sarif, junit, github"},
           {{"verify", "--format", "json", "a.go"}, "one of text, junit"},
           {{"check", "--budget", "ten", "a.go"}, "--budget wants a duration such as 10s"},
           {{"check", "--max-heap", "1XB", "a.go"}, "--max-heap wants a size such as 1GiB"},
           {{"check", "--seed", "x", "a.go"}, "--seed wants a whole number"},
           {{"check", "--stratgy", "dpor", "a.go"},
            "unknown flag --stratgy: did you mean --strategy?"},
           {{"check", "--time", "late", "a.go"},
            "--time has no model 'late': one of auto, ideal, async"},
           {{"check", "--bound", "timers", "a.go"}, "timers=3"},
           {{"check", "--color", "red", "a.go"}, "one of auto, always, never"},
           {{"check", "--trace", "x.htm", "a.go"}, ".svg (picture)"},
           {{"check", "-run", "(", "a.go"}, "-run wants a regular expression"},
           {{"check", "a.go", "--seed"}, "--seed wants a value"},
           {{"check", "--lang", "1", "a.go"}, "--lang wants a version such as go1.22"},
           {{"run"}, "which program?"},
           {{"run", "a.go", "b.go"}, "'b.go' is too many"},
           {{"run", "--time", "auto", "a.go"}, "one of ideal, async"},
           {{"replay"}, "which execution?"},
           {{"replay", "a.go"}, "heddle replay --schedule S a.go"},
           {{"render", "t.json"}, "Add -o OUT.html"},
           {{"verify"}, "which scenarios?"}}) {
    EXPECT_EQ(Heddle(c.arguments), 2) << testing::PrintToString(c.arguments);
    EXPECT_THAT(err_, HasSubstr(c.message));
    EXPECT_EQ(out_, "");
  }
}

TEST_F(Verbs, FlagsReachTheSearch) {
  Fake("a.go", "pass");
  EXPECT_EQ(Heddle({"check",
                    "--budget",
                    "2m",
                    "--max-executions=9",
                    "--strategy",
                    "dpor",
                    "--seed",
                    "7",
                    "--choices",
                    "3",
                    "--keep-going",
                    "--time",
                    "async",
                    "--bound",
                    "timers=4",
                    "--lang",
                    "1.21",
                    "--max-steps",
                    "5",
                    "--max-instructions",
                    "6",
                    "--max-heap",
                    "1KiB",
                    "--jobs",
                    "2",
                    "--quiet",
                    "a.go"}),
            0)
      << err_;
  const ExploreOptions& seen = LastSeen().options;
  EXPECT_EQ(seen.budget_ns, 120'000'000'000);
  EXPECT_EQ(seen.max_executions, 9u);
  EXPECT_EQ(seen.strategy, "dpor");
  EXPECT_EQ(seen.seed, 7u);
  EXPECT_EQ(seen.choices, 3u);
  EXPECT_TRUE(seen.keep_going);
  EXPECT_EQ(seen.time, "async");
  EXPECT_EQ(seen.bounds.at("timers"), 4);
  EXPECT_EQ(seen.max_steps, 5u);
  EXPECT_EQ(seen.max_instructions, 6u);
  EXPECT_EQ(seen.max_heap, 1024u);
  EXPECT_EQ(seen.jobs, 2u);
  EXPECT_EQ(LastSeen().lang, "go1.21");
}

TEST_F(Verbs, DirectivesStandWhereTheCommandLineSaysNothing) {
  Fake("a.go", "pass", "//heddle:lang go1.21\n//heddle:time ideal\n//heddle:bound timers=5\n");
  Heddle({"check", "a.go"});
  EXPECT_EQ(LastSeen().options.time, "ideal");
  EXPECT_EQ(LastSeen().options.bounds.at("timers"), 5);
  EXPECT_EQ(LastSeen().lang, "go1.21");
  Heddle({"check", "--time", "async", "--bound", "timers=1", "--lang", "go1.22", "a.go"});
  EXPECT_EQ(LastSeen().options.time, "async");
  EXPECT_EQ(LastSeen().options.bounds.at("timers"), 1);
  EXPECT_EQ(LastSeen().lang, "go1.22");
}

TEST_F(Verbs, UnusablePaths) {
  EXPECT_EQ(Heddle({"check", "missing.go"}), 2);
  EXPECT_THAT(out_, HasSubstr("missing.go: no such file or folder"));
  fs::create_directory("empty");
  EXPECT_EQ(Heddle({"check", "empty"}), 2);
  EXPECT_THAT(out_, HasSubstr("empty: there are no Go files in this folder"));
  Put("notes.txt", "hello");
  EXPECT_EQ(Heddle({"check", "notes.txt"}), 2);
  EXPECT_THAT(out_, HasSubstr("not a .go file and not a folder"));
  EXPECT_EQ(Heddle({"run", "missing.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("missing.go: no such file or folder"));
  EXPECT_EQ(Heddle({"check", "--format", "json", "missing.go"}), 2);
  EXPECT_EQ(nlohmann::json::parse(out_)["targets"][0]["verdict"], "invalid");
}

TEST_F(Verbs, StatusIsThatOfTheVerdict) {
  for (auto [answer, status] : {std::pair{"pass", 0},
                                {"leak", 1},
                                {"invalid", 2},
                                {"unsupported", 2},
                                {"budget", 3},
                                {"bounded", 0},
                                {"cut", 3}}) {
    Fake("a.go", answer);
    EXPECT_EQ(Heddle({"check", "a.go"}), status) << answer;
  }
}

TEST_F(Verbs, WorstStatusOfSeveralTargets) {
  Fake("pass.go", "pass");
  Fake("leak.go", "leak");
  Fake("budget.go", "budget");
  Fake("invalid.go", "invalid");
  EXPECT_EQ(Heddle({"check", "pass.go", "budget.go"}), 3);
  EXPECT_EQ(Heddle({"check", "pass.go", "leak.go", "budget.go"}), 1);
  EXPECT_EQ(Heddle({"check", "invalid.go", "leak.go", "budget.go", "pass.go"}), 2);
  EXPECT_THAT(out_, HasSubstr("4 targets: 1 invalid, 1 with findings, 1 incomplete, 1 pass"));
  EXPECT_THAT(out_, HasSubstr("invalid.go:3:8: \"os\" imported and not used"));
}

TEST_F(Verbs, TestsAreTargetsOfTheirOwn) {
  Fake("pool_test.go", "pass");
  EXPECT_EQ(Heddle({"check", "pool_test.go"}), 0);
  EXPECT_THAT(out_, HasSubstr("pool_test.go TestOne"));
  EXPECT_THAT(out_, HasSubstr("pool_test.go TestTwo"));
  EXPECT_EQ(Heddle({"check", "-run", "Two", "pool_test.go"}), 0);
  EXPECT_THAT(out_, Not(HasSubstr("TestOne")));
  EXPECT_EQ(Heddle({"check", "-run=None", "pool_test.go"}), 2);
  EXPECT_THAT(out_, HasSubstr("no test matches -run None"));
}

TEST_F(Verbs, ReportGoesToAFile) {
  Fake("a.go", "leak");
  EXPECT_EQ(Heddle({"check", "--format", "json", "-o", "report.json", "a.go"}), 1);
  EXPECT_EQ(out_, "");
  EXPECT_EQ(nlohmann::json::parse(*ReadFile("report.json"))["schema"], "heddle.report/1");
  EXPECT_EQ(Heddle({"check", "-o", "no/such/folder/x", "a.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("cannot write no/such/folder/x"));
  EXPECT_EQ(Heddle({"check", "-o", ".", "a.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("is a folder"));
  EXPECT_EQ(std::distance(fs::directory_iterator("."), fs::directory_iterator()), 2);
}

TEST_F(Verbs, TraceAndRenderAndReplay) {
  Fake("a.go", "leak");
  EXPECT_EQ(Heddle({"check", "--seed", "3", "--trace", "t.json", "a.go"}), 1);
  EXPECT_THAT(out_, HasSubstr("The trace is in t.json"));
  EXPECT_EQ(Heddle({"render", "t.json", "-o", "t.svg"}), 0) << err_;
  EXPECT_THAT(*ReadFile("t.svg"), StartsWith("<svg>"));
  EXPECT_EQ(Heddle({"render", "t.json", "-o", "t.txt"}), 0);
  EXPECT_THAT(*ReadFile("t.txt"), HasSubstr("goroutine-leak: goroutine 2"));
  EXPECT_EQ(Heddle({"render", "t.json", "-o", "t.html"}), 0) << err_;
  EXPECT_TRUE(ReadFile("t.html")->starts_with("<!DOCTYPE html>"));
  EXPECT_EQ(Heddle({"render", "t.json", "-o", "t.perfetto.json"}), 0) << err_;
  EXPECT_THAT(*ReadFile("t.perfetto.json"), HasSubstr("\"traceEvents\""));
  EXPECT_EQ(Heddle({"render", "t.perfetto.json", "-o", "t.svg"}), 2);
  EXPECT_THAT(err_, HasSubstr("t.perfetto.json: not a trace: the document has no \"schema\""));
  EXPECT_EQ(Heddle({"render", "t.json", "-o", "t.png"}), 2);
  EXPECT_THAT(err_, HasSubstr(".svg (picture)"));
  EXPECT_EQ(Heddle({"replay", "t.json"}), 1) << err_;
  EXPECT_EQ(LastSeen().entry, "main");
  EXPECT_EQ(LastSeen().schedule, "h1:0'1 2");
  EXPECT_EQ(LastSeen().options.time, "ideal");
  EXPECT_THAT(out_, HasSubstr("Replayed one execution"));
  EXPECT_EQ(Heddle({"replay", "--schedule", "h1:time=async,seed=4:1,2", "a.go"}), 1);
  EXPECT_EQ(LastSeen().schedule, "h1:time=async,seed=4:1,2");
  EXPECT_EQ(LastSeen().options.time, "async");
  EXPECT_EQ(LastSeen().options.seed, 4u);
  EXPECT_EQ(Heddle({"replay", "--schedule", "nonsense", "a.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("the schedule cannot be read"));
}

TEST_F(Verbs, ReplayRefusesWhatDoesNotFit) {
  Fake("a.go", "leak");
  ASSERT_EQ(Heddle({"check", "--trace", "t.json", "a.go"}), 1);
  Put("a.go", "package main // FAKE leak, changed\n");
  EXPECT_EQ(Heddle({"replay", "t.json"}), 2);
  EXPECT_THAT(err_, HasSubstr("t.json was made from another version of a.go"));
  EXPECT_EQ(Heddle({"replay", "--schedule", "h1::9", "a.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("does not fit this program"));
  fs::remove("a.go");
  EXPECT_EQ(Heddle({"replay", "t.json"}), 2);
  EXPECT_THAT(
      err_,
      HasSubstr("t.json is a trace of a.go, which cannot be used from here: a.go: no such file"));
  std::string text = *ReadFile("t.json");
  Put("cut.json", text.substr(0, text.size() / 2));
  for (const char* verb : {"replay", "render"}) {
    Arguments arguments = {verb, "cut.json"};
    if (std::string(verb) == "render") arguments.insert(arguments.end(), {"-o", "x.svg"});
    EXPECT_EQ(Heddle(arguments), 2);
    EXPECT_THAT(err_, HasSubstr("cut.json: the document ends too early"));
  }
  EXPECT_EQ(Heddle({"replay", "missing.json"}), 2);
  EXPECT_THAT(err_, HasSubstr("missing.json: no such file"));
}

TEST_F(Verbs, ScheduleOfOneTestAmongSeveral) {
  Fake("p_test.go", "leak");
  EXPECT_EQ(Heddle({"replay", "--schedule", "h1::1", "p_test.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("add -run '^TestOne$'"));
  EXPECT_EQ(Heddle({"replay", "--schedule", "h1::1", "-run", "^TestTwo$", "p_test.go"}), 1);
  EXPECT_EQ(LastSeen().entry, "TestTwo");
}

TEST_F(Verbs, RunGivesTheProgramsStatus) {
  Fake("a.go", "pass");
  EXPECT_EQ(Heddle({"run", "--seed", "5", "a.go"}), 7);
  EXPECT_EQ(out_, "hello from a.go\n");
  EXPECT_EQ(LastSeen().options.seed, 5u);
  EXPECT_EQ(LastSeen().options.time, "ideal");
  Fake("a.go", "invalid");
  EXPECT_EQ(Heddle({"run", "a.go"}), 2);
  EXPECT_EQ(err_, "a.go:3:8: \"os\" imported and not used\na.go:9:2: undefined: x\n");
}

TEST_F(Verbs, VerifyComparesKindsExactly) {
  Fake("s/a_right.go", "leak", "//heddle:want goroutine-leak\n");
  Fake("s/b_pass.go", "pass", "//heddle:want pass\n");
  Fake("s/deep/c_right_test.go", "panic", "//heddle:want send-on-closed\n");
  Fake("s/unwanted/helper.go", "leak");
  EXPECT_EQ(Heddle({"verify", "s"}), 0) << out_ << err_;
  EXPECT_THAT(out_, HasSubstr("ok       s/a_right.go"));
  EXPECT_THAT(out_, HasSubstr("3 scenarios: 3 right, 0 wrong"));
  EXPECT_TRUE(LastSeen().options.keep_going);
  Fake("s/d_wrong.go", "leak", "//heddle:want pass\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 1);
  EXPECT_THAT(out_, HasSubstr("wanted pass, found goroutine-leak (goroutine 2 is blocked forever"));
  EXPECT_THAT(out_, HasSubstr("4 scenarios: 3 right, 1 wrong"));
  Fake("s/d_wrong.go", "leak", "//heddle:want goroutine-leak,deadlock\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 1);
  EXPECT_THAT(out_, HasSubstr("wanted deadlock,goroutine-leak, found goroutine-leak"));
  Fake("s/d_wrong.go", "pass", "//heddle:want deadlock\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 1);
  EXPECT_THAT(out_, HasSubstr("wanted deadlock, found nothing"));
}

TEST_F(Verbs, VerifyPassMeansComplete) {
  Fake("s/a.go", "budget", "//heddle:want pass\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 3);
  EXPECT_THAT(out_, HasSubstr("not everything was explored"));
  Fake("s/b.go", "invalid", "//heddle:want pass\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 2);
  Fake("s/b.go", "pass", "//heddle:want passs\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 2);
  EXPECT_THAT(err_, HasSubstr("s/b.go:1: unknown kind 'passs': did you mean pass?"));
  fs::create_directory("none");
  EXPECT_EQ(Heddle({"verify", "none"}), 2);
  EXPECT_THAT(err_, HasSubstr("no scenarios here"));
  Fake("plain.go", "pass");
  EXPECT_EQ(Heddle({"verify", "plain.go"}), 2);
  EXPECT_THAT(err_, HasSubstr("no //heddle:want line"));
}

TEST_F(Verbs, AFolderIsOneScenarioWhenOneFileHasTheWant) {
  Fake("s/pool/main.go", "leak", "//heddle:want goroutine-leak\n//heddle:time async\n");
  Put("s/pool/worker.go", "package main\n");
  EXPECT_EQ(Heddle({"verify", "s"}), 0);
  EXPECT_THAT(out_, HasSubstr("s/pool  "));
  EXPECT_EQ(LastSeen().options.time, "async");
}

TEST_F(Verbs, FilesAreWrittenWholeOrNotAtAll) {
  Put("x", "old");
  fs::permissions("x", fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  ASSERT_TRUE(WriteFile("x", "new"));
  EXPECT_EQ(*ReadFile("x"), "new");
  EXPECT_EQ(fs::status("x").permissions() & fs::perms::mask,
            fs::perms::owner_read | fs::perms::owner_write | fs::perms::group_read);
  EXPECT_TRUE(WriteFile("/dev/null", "gone"));
  EXPECT_TRUE(fs::is_character_file("/dev/null"));
}

}  // namespace
}  // namespace heddle::cli
