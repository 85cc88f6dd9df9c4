// SPDX-License-Identifier: Apache-2.0
// Same arguments, same bytes: reports, traces and pictures, wherever the system puts memory and
// whatever lies in it.
//
// The runs differ in address randomization, in the environment (which moves the stack), and in what
// the C library fills memory with (MALLOC_PERTURB_): a value that was never set, or an order by
// addresses, shows.
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <regex>
#include <string>
#include <vector>

#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

namespace fs = std::filesystem;

constexpr int kRuns = 10;

Limits LimitsOfRun(int run, const std::string& folder) {
  Limits limits = {.seconds = 60, .folder = folder, .fixed_addresses = run % 2 == 1};
  limits.environment = {"MALLOC_PERTURB_=" + std::to_string(run * 25 % 256),
                        "HEDDLE_PADDING=" + std::string(run * 97, 'x')};
  return limits;
}

std::string WithoutSeconds(const std::string& report) {
  static const auto* const kSeconds = new std::regex("\"seconds\": ?[-+.0-9e]+");
  return std::regex_replace(report, *kSeconds, "\"seconds\":0");
}

// Where two texts part, with what is around.
std::string Difference(const std::string& a, const std::string& b) {
  size_t at = 0;
  while (at < a.size() && at < b.size() && a[at] == b[at]) ++at;
  const size_t from = at < 100 ? 0 : at - 100;
  return "at byte " + std::to_string(at) + ":\n  " + a.substr(from, 200) + "\n  " +
         b.substr(from, 200);
}

void ExpectSameReports(const Arguments& arguments, const std::string& folder, int runs = kRuns) {
  Outcome first;
  for (int run = 0; run < runs; ++run) {
    const Outcome outcome = Heddle(arguments, LimitsOfRun(run, folder));
    ASSERT_TRUE(outcome.Orderly()) << outcome;
    if (run == 0) {
      first = outcome;
      // `run` has the status of the program, which is 2 for one that panics.
      if (arguments[0] == "check") {
        ASSERT_NE(first.status, 2) << first;
      }
      continue;
    }
    const std::string a = WithoutSeconds(first.out), b = WithoutSeconds(outcome.out);
    ASSERT_EQ(first.status, outcome.status);
    ASSERT_TRUE(a == b) << "run " << run << ": " << Difference(a, b);
    ASSERT_EQ(first.err, outcome.err);
  }
}

struct Case {
  std::string name;
  std::string scenario;
  Arguments flags;
};

std::vector<std::string> Scenarios() {
  std::vector<std::string> files;
  const fs::path root = fs::path(HEDDLE_SOURCE_DIR) / "scenarios";
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".go")
      files.push_back(fs::relative(entry.path(), root).string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Every few scenarios, each looked at in another way.
std::vector<Case> Cases() {
  std::vector<std::string> files = Scenarios();
  std::erase_if(files, [](const std::string& file) { return file.ends_with("_test.go"); });
  const std::vector<Arguments> ways = {
      {"--strategy", "auto", "--seed", "1"},
      {"--strategy", "random", "--seed", "7"},
      {"--strategy", "dpor", "--time", "async"},
      {"--strategy", "exhaustive", "--time", "ideal"},
      {"--strategy", "random", "--time", "async", "--seed", "3"},
      {"--strategy", "auto", "--jobs", "2"},
  };
  std::vector<Case> cases;
  constexpr size_t kCases = 16;
  const size_t step = std::max<size_t>(1, files.size() / kCases);
  for (size_t i = 0; i < files.size(); i += step) {
    std::string name = files[i];
    std::replace_if(
        name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
    cases.push_back({name, files[i], ways[cases.size() % ways.size()]});
  }
  return cases;
}

class DeterminismTest : public testing::TestWithParam<Case> {};

TEST_P(DeterminismTest, TenRunsGiveTheSameReport) {
  Arguments arguments = {"check", "--format",         "json", "--keep-going", "--budget",
                         "0",     "--max-executions", "40"};
  arguments.insert(arguments.end(), GetParam().flags.begin(), GetParam().flags.end());
  arguments.push_back(GetParam().scenario);
  ExpectSameReports(arguments, HEDDLE_SOURCE_DIR "/scenarios");
}

INSTANTIATE_TEST_SUITE_P(Scenarios, DeterminismTest, testing::ValuesIn(Cases()),
                         [](const testing::TestParamInfo<Case>& info) { return info.param.name; });

// As people check them, each to its end. A sanitizer's build takes its time for each.
TEST(DeterminismTest, TenRunsOverAllScenariosGiveTheSameReport) {
  Arguments arguments = {"check", "--format", "json", "--keep-going", "--budget", "0"};
  for (const std::string& file : Scenarios()) {
    // The counted families are large, and many: too many for a sanitizer.
    if (!IsSanitized() || !file.starts_with("bench/")) arguments.push_back(file);
  }
  ExpectSameReports(arguments, HEDDLE_SOURCE_DIR "/scenarios", IsSanitized() ? 3 : kRuns);
}

// Everything by which addresses, chance or the order of a hash table could come out.
constexpr std::string_view kRevealing = R"(package main

import (
	"fmt"
	"math/rand"
	"os"
	"sync"
	"time"
)

type point struct{ x, y *int }

func main() {
	m := map[string]int{"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
	for k, v := range m {
		fmt.Print(k, v, " ")
	}
	n := map[any]any{1: "x", "y": 2.5, point{}: nil, [2]int{1, 2}: true}
	for k := range n {
		fmt.Print(k, " ")
	}
	p := new(int)
	c := make(chan string, 3)
	fmt.Printf("%p %v %p %p %v\n", p, &p, c, main, point{p, p})
	fmt.Println(rand.Int(), rand.Intn(3), rand.Float64(), rand.Perm(5), time.Now(), len(os.Args))
	println(p, c, m)
	var mu sync.Mutex
	var wg sync.WaitGroup
	total := 0
	for i := 0; i < 3; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			select {
			case c <- fmt.Sprint("send ", i):
			case <-time.After(time.Duration(i) * time.Millisecond):
			}
			mu.Lock()
			total += i
			mu.Unlock()
		}()
	}
	go func() { total++ }()
	wg.Wait()
	cond := sync.NewCond(&mu)
	mu.Lock()
	cond.Signal()
	fmt.Println(mu, wg, *cond)
	mu.Unlock()
	fmt.Printf("%v %+v\n", mu, wg)
	var e error = fmt.Errorf("at %p", p)
	panic(e)
}
)";

TEST(DeterminismTest, JobsDoNotShowInTheReport) {
  const fs::path scenarios = fs::path(HEDDLE_SOURCE_DIR) / "scenarios";
  Arguments arguments = {"check", "--format", "json", "--keep-going"};
  for (const char* part : {"closing", "context", "locks", "panics", "waitgroup"}) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator(scenarios / part)) {
      files.push_back(entry.path().string());
    }
    std::sort(files.begin(), files.end());
    arguments.insert(arguments.end(), files.begin(), files.end());
  }
  ASSERT_GT(arguments.size(), 20u);
  std::string first;
  for (const char* jobs : {"1", "2", "4"}) {
    Arguments with_jobs = arguments;
    with_jobs.insert(with_jobs.begin() + 1, {"--jobs", jobs});
    const Outcome outcome = Heddle(with_jobs, {.seconds = 120});
    ASSERT_TRUE(outcome.Orderly()) << outcome;
    const std::string report = WithoutSeconds(outcome.out);
    if (first.empty()) first = report;
    EXPECT_EQ(report, first) << "--jobs " << jobs << ", " << Difference(first, report);
  }
}

TEST(DeterminismTest, ProgramsThatRevealAddressesAndChance) {
  const TemporaryFolder folder;
  folder.Write("x.go", kRevealing);
  for (const char* strategy : {"auto", "random"}) {
    ExpectSameReports({"check", "--format", "json", "--keep-going", "--budget", "0",
                       "--max-executions", "60", "--strategy", strategy, "x.go"},
                      folder.path());
  }
  for (const char* seed : {"1", "2"})
    ExpectSameReports({"run", "--seed", seed, "x.go"}, folder.path());
}

TEST(DeterminismTest, AnotherSeedMayGiveAnother) {
  const TemporaryFolder folder;
  folder.Write("x.go", kRevealing);
  const Outcome one = Heddle({"run", "--seed", "1", "x.go"}, {.folder = folder.path()});
  const Outcome two = Heddle({"run", "--seed", "2", "x.go"}, {.folder = folder.path()});
  EXPECT_NE(one.out, two.out);
}

TEST(DeterminismTest, DiagnosticsHaveOneOrder) {
  const TemporaryFolder folder;
  folder.Write(
      "p/a.go",
      "package main\nimport \"fmt\"\nvar a, b = c, 1\ntype T struct{ U }\nfunc f() { x := 1 }\n");
  folder.Write("p/b.go",
               "package main\nimport \"os\"\nvar d = a + e\nfunc main() { g(); for i := range 1.5 "
               "{} }\nfunc f() {}\n");
  std::string first;
  for (int run = 0; run < kRuns; ++run) {
    const Outcome outcome =
        Heddle({"check", "--format", "json", "p"}, LimitsOfRun(run, folder.path()));
    ASSERT_EQ(outcome.status, 2) << outcome;
    if (run == 0) first = outcome.out;
    ASSERT_EQ(first, outcome.out);
  }
}

TEST(DeterminismTest, TracesAndPictures) {
  const TemporaryFolder folder;
  const std::string scenarios = HEDDLE_SOURCE_DIR "/scenarios";
  for (const char* suffix : {"json", "svg", "dot", "txt"}) {
    std::string first;
    for (int run = 0; run < 4; ++run) {
      const std::string file = folder / (std::to_string(run) + "." + suffix);
      const Outcome outcome = Heddle({"check", "--quiet", "--trace", file, "quickstart/leak.go"},
                                     LimitsOfRun(run, scenarios));
      ASSERT_EQ(outcome.status, 1) << outcome;
      const std::string text = ReadAll(file);
      ASSERT_FALSE(text.empty());
      if (run == 0) first = text;
      ASSERT_TRUE(first == text) << suffix << ": " << Difference(first, text);
    }
  }
  // A replay shows the same, event for event.
  const Outcome replay = Heddle({"replay", "--trace", folder / "again.json", folder / "0.json"},
                                LimitsOfRun(3, scenarios));
  ASSERT_EQ(replay.status, 1) << replay;
  const std::string before = ReadAll(folder / "0.json"), after = ReadAll(folder / "again.json");
  EXPECT_TRUE(before == after) << Difference(before, after);
}

}  // namespace
}  // namespace heddle::robustness
