// SPDX-License-Identifier: Apache-2.0
// The finished command on real Go files, from outside: text, status, files. Skipped when it has not
// been built.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "checker/cli/files.h"
#include "checker/cli/values.h"

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kLeak = R"(package main

import "fmt"

func worker(jobs, results chan int) {
	for job := range jobs {
		results <- 2 * job
	}
}

func main() {
	jobs, results := make(chan int), make(chan int)
	go worker(jobs, results)
	jobs <- 21
	fmt.Println(<-results)
}
)";

constexpr const char* kPass = R"(package main

import "sync"

func main() {
	var wg sync.WaitGroup
	var mu sync.Mutex
	n := 0
	for i := 0; i < 2; i++ {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			n++
			mu.Unlock()
		}()
	}
	wg.Wait()
	println(n)
}
)";

class Command : public ::testing::Test {
 protected:
  void SetUp() override {
    binary_ = fs::path(HEDDLE_BINARY_DIR) / "heddle";
    ASSERT_TRUE(fs::exists(binary_)) << binary_ << " has not been built";
    std::string name = (fs::temp_directory_path() / "heddle_command_XXXXXX").string();
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
    before_ = fs::current_path();
    fs::current_path(folder_);
    ASSERT_TRUE(WriteFile("leak.go", kLeak));
    ASSERT_TRUE(WriteFile("pass.go", kPass));
  }
  void TearDown() override {
    if (folder_.empty()) return;
    fs::current_path(before_);
    fs::remove_all(folder_);
  }

  // `words` as a shell reads them; at most a minute.
  int Heddle(const std::string& words) {
    std::string command =
        "timeout 60 " + ShellQuoted(binary_.string()) + " " + words + " >out.txt 2>err.txt";
    int status = std::system(command.c_str());
    out_ = ReadFile("out.txt").value_or("");
    err_ = ReadFile("err.txt").value_or("");
    return WEXITSTATUS(status);
  }

  void Expect(const std::string& name, const std::string& source, int status,
              const std::string& text) {
    ASSERT_TRUE(WriteFile(name, source));
    EXPECT_EQ(Heddle("check --budget 10s " + name), status) << out_ << err_;
    EXPECT_THAT(out_, HasSubstr(text));
  }

  fs::path binary_, folder_, before_;
  std::string out_, err_;
};

TEST_F(Command, FindsALeakAndTellsTheStory) {
  EXPECT_EQ(Heddle("check leak.go"), 1) << err_;
  EXPECT_EQ(err_, "");
  EXPECT_THAT(out_, HasSubstr("FAIL  leak.go  goroutine-leak\n"));
  EXPECT_THAT(out_, HasSubstr("goroutine 2 [chan receive]:\nmain.worker\n\tleak.go:6:"));
  EXPECT_THAT(out_, HasSubstr("created by main.main in goroutine 1\n\tleak.go:13:"));
  EXPECT_THAT(out_, HasSubstr("results <- 2 * job"));
  EXPECT_THAT(out_, HasSubstr("What the program printed:\n\n  42\n"));
}

TEST_F(Command, TheCommandInTheReportReplaysIt) {
  Heddle("check leak.go");
  size_t at = out_.find("heddle replay ");
  ASSERT_NE(at, std::string::npos);
  std::string command = out_.substr(at + 7, out_.find('\n', at) - at - 7);
  std::string first = out_;
  EXPECT_EQ(Heddle(command), 1) << command << err_;
  EXPECT_EQ(out_.substr(0, out_.find("Replay it")), first.substr(0, first.find("Replay it")));
  EXPECT_THAT(out_, HasSubstr(command));
}

TEST_F(Command, TraceIsReplayedAndDrawn) {
  EXPECT_EQ(Heddle("check --trace t.json leak.go"), 1);
  EXPECT_EQ(Heddle("replay t.json"), 1) << err_;
  EXPECT_THAT(out_, HasSubstr("goroutine-leak"));
  EXPECT_EQ(Heddle("render t.json -o t.svg"), 0) << err_;
  EXPECT_THAT(*ReadFile("t.svg"), HasSubstr("blocked forever: chan receive"));
  EXPECT_EQ(Heddle("check --trace direct.svg leak.go"), 1);
  EXPECT_EQ(*ReadFile("direct.svg"), *ReadFile("t.svg"));
  ASSERT_TRUE(WriteFile("leak.go", std::string(kLeak) + "// changed\n"));
  EXPECT_EQ(Heddle("replay t.json"), 2);
  EXPECT_THAT(err_, HasSubstr("another version of leak.go"));
}

TEST_F(Command, PassExploresEverything) {
  EXPECT_EQ(Heddle("check pass.go"), 0) << out_ << err_;
  EXPECT_THAT(out_, HasSubstr("PASS  pass.go\n  Explored everything: "));
  EXPECT_EQ(Heddle("check --max-executions 1 pass.go"), 3);
  EXPECT_THAT(out_, HasSubstr("--max-executions was reached"));
  EXPECT_THAT(out_, Not(HasSubstr("Explored everything")));
  EXPECT_EQ(Heddle("check --strategy random --max-executions 20 pass.go"), 3);
}

TEST_F(Command, SameArgumentsSameBytes) {
  auto report = [&](const std::string& flags) {
    Heddle("check --format json " + flags);
    auto document = nlohmann::ordered_json::parse(out_);
    for (auto& target : document["targets"]) target["exploration"].erase("seconds");
    return document.dump();
  };
  for (const char* flags : {"leak.go pass.go", "--keep-going --seed 5 leak.go",
                            "--strategy random --max-executions 50 pass.go"}) {
    std::string first = report(flags);
    for (int i = 0; i < 3; ++i) EXPECT_EQ(report(flags), first) << flags;
  }
}

// Goes round for ever; the third message is its undoing.
constexpr const char* kRounds = R"(package main

func main() {
	c := make(chan int)
	go func() {
		for {
			c <- 1
		}
	}()
	sum := 0
	for {
		sum += <-c
		if sum == 3 {
			panic("three")
		}
	}
}
)";

TEST_F(Command, ABoundIsNamedWhereItCuts) {
  ASSERT_TRUE(WriteFile("rounds.go", kRounds));
  EXPECT_EQ(Heddle("check rounds.go"), 1) << out_;
  const std::map<std::string, std::string> bounds = {
      {"rounds=1", "1 round"}, {"messages=2", "2 messages"}, {"goroutines=1", "1 goroutine"}};
  for (const auto& [flag, named] : bounds) {
    EXPECT_EQ(Heddle("check --time ideal --bound " + flag + " rounds.go"), 0) << flag << out_;
    EXPECT_THAT(out_, HasSubstr("Explored everything within the bound of " + named)) << out_;
    EXPECT_THAT(out_, HasSubstr("Beyond that bound nothing is known."));
    EXPECT_EQ(Heddle("check --time ideal --format json --bound " + flag + " rounds.go"), 0);
    auto e = nlohmann::ordered_json::parse(out_)["targets"][0]["exploration"];
    EXPECT_EQ(e["bounds"][flag.substr(0, flag.find('='))], flag.back() - '0');
    EXPECT_EQ(e["complete"], true);
    EXPECT_EQ(e["cut"], 0);
  }
  // A bound that lets the panic happen finds it; the schedule carries the bound.
  for (const char* flag : {"rounds=2", "messages=3", "goroutines=2"}) {
    EXPECT_EQ(Heddle(std::string("check --bound ") + flag + " rounds.go"), 1) << flag;
    size_t at = out_.find("heddle replay ");
    ASSERT_NE(at, std::string::npos);
    EXPECT_EQ(Heddle(out_.substr(at + 7, out_.find('\n', at) - at - 7)), 1) << out_ << err_;
  }
}

TEST_F(Command, RoundsOfALoopAreThoseWithAnOperation) {
  ASSERT_TRUE(WriteFile("loops.go", R"(package main

func main() {
	c := make(chan int, 4)
	for i := 0; i < 3; i++ {
		for k := 0; k < 2; k++ {
			c <- k
			<-c
		}
		n := 0
		for k := 0; k < 1000; k++ {
			n += k
		}
	}
	close(c)
	close(c)
}
)"));
  // The outer loop comes back to its start twice; the inner one, which begins anew, once.
  EXPECT_EQ(Heddle("check --bound rounds=2 loops.go"), 1) << out_;
  EXPECT_EQ(Heddle("check --bound rounds=1 loops.go"), 0) << out_;
}

TEST_F(Command, SamplingSaysWhatItIsWorth) {
  for (const char* strategy : {"random", "pos", "pct", "surw"}) {
    const std::string flags = std::string("--max-executions 50 --strategy ") + strategy;
    EXPECT_EQ(Heddle("check " + flags + " pass.go"), 3) << strategy;
    EXPECT_THAT(out_, HasSubstr("The next execution is new with "));
    EXPECT_THAT(out_, Not(HasSubstr("Explored everything")));
    EXPECT_EQ(Heddle("check --format json " + flags + " pass.go"), 3);
    auto e = nlohmann::ordered_json::parse(out_)["targets"][0]["exploration"];
    EXPECT_EQ(e["strategy"], strategy);
    EXPECT_EQ(e["complete"], false);
    EXPECT_EQ(e["executions"], 50);
    EXPECT_EQ(e["confidence"]["runs"], 50);
    EXPECT_EQ(e["confidence"]["classes"], e["equivalence_classes"]);
    EXPECT_EQ(e["confidence"].contains("pct"), std::string_view(strategy) == "pct");
  }
  EXPECT_EQ(Heddle("check --format json pass.go"), 0);
  auto e = nlohmann::ordered_json::parse(out_)["targets"][0]["exploration"];
  EXPECT_FALSE(e.contains("confidence")) << "everything is known";
  EXPECT_FALSE(e.contains("classes_in_all"));
}

TEST_F(Command, RunBehavesLikeTheProgram) {
  EXPECT_EQ(Heddle("run leak.go"), 0);
  EXPECT_EQ(out_, "42\n");
  ASSERT_TRUE(WriteFile(
      "exit.go", "package main\nimport \"os\"\nfunc main() { println(\"x\"); os.Exit(5) }\n"));
  EXPECT_EQ(Heddle("run exit.go"), 5);
  EXPECT_EQ(err_, "x\n");
  ASSERT_TRUE(WriteFile("dead.go", "package main\nfunc main() { <-make(chan int) }\n"));
  EXPECT_EQ(Heddle("run dead.go"), 2);
  EXPECT_THAT(err_, HasSubstr("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 "
                              "[chan receive]:\nmain.main()"));
  ASSERT_TRUE(WriteFile("t_test.go",
                        "package p\nimport \"testing\"\nfunc TestA(t *testing.T) { t.Error(\"no\") "
                        "}\nfunc TestB(t *testing.T) {}\n"));
  EXPECT_EQ(Heddle("run t_test.go"), 1);
  EXPECT_THAT(out_, HasSubstr("--- FAIL: TestA"));
  EXPECT_THAT(out_, HasSubstr("FAIL\nFAIL\tt_test.go\t"));
  EXPECT_EQ(Heddle("run -run TestB t_test.go"), 0);
  EXPECT_THAT(out_, HasSubstr("ok  \tt_test.go\t"));
}

TEST_F(Command, BadPrograms) {
  Expect("syntax.go", "package main\nfunc main() {\n\tx := \n}\n", 2,
         "syntax.go:4:1: syntax error");
  Expect("types.go", "package main\nimport \"os\"\nfunc main() {}\n", 2,
         "types.go:2:8: \"os\" imported and not used");
  Expect("import.go", "package main\nimport \"no/such\"\nfunc main() { such.X() }\n", 2, "no/such");
  Expect("nested.go", "package main\nvar x = " + std::string(100'000, '('), 2, "too deep");
  Expect("garbage.go", std::string(10'000'000, '\xfe'), 2, "INVALID");
  Expect("empty.go", "", 2, "INVALID");
}

TEST_F(Command, EndlessPrograms) {
  Expect("recursion.go",
         "package main\nfunc f(n int) int { return f(n+1) + 1 }\nfunc main() { println(f(0)) }\n",
         1, "stack overflow");
  Expect(
      "alloc.go",
      "package main\nvar s [][]int\nfunc main() { for { s = append(s, make([]int, 1000000)) } }\n",
      3, "cut by max-heap");
  ASSERT_TRUE(WriteFile("loop.go", "package main\nfunc main() { for {} }\n"));
  EXPECT_EQ(Heddle("check --max-instructions 1000000 loop.go"), 3) << err_;
  EXPECT_THAT(out_, HasSubstr("cut by max-instructions"));
}

TEST_F(Command, BadTracesAndSchedules) {
  ASSERT_EQ(Heddle("check --trace t.json leak.go"), 1);
  std::string text = *ReadFile("t.json");
  ASSERT_TRUE(WriteFile("t.json", text.substr(0, text.size() / 2)));
  EXPECT_EQ(Heddle("replay t.json"), 2);
  EXPECT_THAT(err_, HasSubstr("t.json: the document ends too early"));
  EXPECT_EQ(Heddle("replay --schedule h1:time=ideal:1,9 leak.go"), 2);
  EXPECT_THAT(err_, HasSubstr("leak.go: step 2 of the schedule"));
  EXPECT_EQ(Heddle("replay --schedule nonsense leak.go"), 2);
}

}  // namespace
}  // namespace heddle::cli
