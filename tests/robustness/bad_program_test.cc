// SPDX-License-Identifier: Apache-2.0
// Programs that never end, or want all memory there is: cut, with status 3, or their own fatal
// error, within bounds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

struct BadProgram {
  std::string name;
  std::string text;
  // What `check` may answer; the word it must say.
  std::vector<int> statuses;
  std::string says;
};

std::string NameOf(const testing::TestParamInfo<BadProgram>& info) { return info.param.name; }

const std::vector<BadProgram>& BadPrograms() {
  static const auto* const kAll = new std::vector<BadProgram>{
      // Recursion.
      {"EndlessRecursion",
       Main("println(f(0))", "func f(n int) int { return f(n+1) + 1 }"),
       {1},
       "stack overflow"},
      {"EndlessDefers", Main("f()", "func f() { defer f(); f() }"), {1, 3}, ""},
      {"DefersWithoutEnd", Main("for { defer println(1) }"), {3}, ""},
      {"RecursionThroughPrinting",
       Main("fmt.Println(T{})",
            "import \"fmt\"\ntype T struct{}\nfunc (t T) String() string { return fmt.Sprint(t) }"),
       {3},
       "max-callback-depth"},
      {"RecursionThroughSorting",
       Main("sort.Sort(T{})",
            "import \"sort\"\ntype T []int\nfunc (T) Len() int { return 3 }\nfunc (T) Swap(i, j "
            "int) {}\n"
            "func (t T) Less(i, j int) bool { sort.Sort(t); return false }"),
       {1, 3},
       ""},
      {"RecursionThroughOnce",
       Main("f()", "import \"sync\"\nfunc f() { var o sync.Once; o.Do(f) }"),
       {1, 3},
       ""},
      {"PanicsInPanics",
       Main("f()", "func f() { defer func() { recover(); f() }(); panic(1) }"),
       {1, 3},
       ""},
      {"PrintsItself",
       Main("m := map[string]any{}\nm[\"m\"] = m\nfmt.Println(m)", "import \"fmt\""),
       {1},
       "stack overflow"},
      // Loops without operations.
      {"EmptyLoop", Main("for {}"), {3}, "max-instructions"},
      {"CountingLoop", Main("for i := 0; ; i++ { _ = i * i }"), {3}, "max-instructions"},
      {"LoopInInit",
       "package main\nfunc init() { for {} }\nfunc main() {}\n",
       {3},
       "max-instructions"},
      {"LoopInInitializer",
       "package main\nvar x = func() int { for {} }()\nfunc main() { _ = x }\n",
       {3},
       "max-instructions"},
      {"PrintingLoop", Main("for { println(\"x\") }"), {3}, ""},
      {"PanickingLoop",
       Main("for { func() { defer func() { recover() }(); panic(1) }() }"),
       {3},
       ""},
      {"SearchingLoop",
       Main("s := strings.Repeat(\"ab\", 50000000)\nfor { strings.Contains(s, \"bb\") }",
            "import \"strings\""),
       {3},
       ""},
      {"FormattingLoop",
       Main("for { _ = fmt.Sprintf(\"%99999d\", 1) }", "import \"fmt\""),
       {3},
       ""},
      {"CopyingLoop", Main("var a [100000]int\nfor { b := a; _ = b }"), {3}, ""},
      {"IteratingLoop",
       Main("m := map[int]int{1: 1, 2: 2, 3: 3}\nfor { for k := range m { _ = k } }"),
       {3},
       ""},
      // Loops of operations.
      {"BusyChannel", Main("c := make(chan int, 1)\nfor i := 0; ; i++ { c <- i; <-c }"), {3}, ""},
      {"BusyMutexes",
       Main("var mu sync.Mutex\ngo func() { for { mu.Lock(); mu.Unlock() } }()\nfor { mu.Lock(); "
            "mu.Unlock() }",
            "import \"sync\""),
       {1, 3},
       ""},
      {"Sleeper", Main("for { time.Sleep(time.Second) }", "import \"time\""), {3}, ""},
      {"TickerWithoutEnd", Main("for range time.NewTicker(1).C {}", "import \"time\""), {3}, ""},
      {"ReadLocksWithoutEnd",
       Main("var mu sync.RWMutex\nfor { mu.RLock() }", "import \"sync\""),
       {1, 3},
       ""},
      // Memory.
      {"Slices", Main("var x []int\nfor { x = append(x, 1) }"), {3}, ""},
      {"LargeSlices",
       Main("var x [][]byte\nfor { x = append(x, make([]byte, 1<<28)) }"),
       {3},
       "max-heap"},
      {"Garbage", Main("for { x := make([]byte, 1<<20); _ = x }"), {3}, "max-heap"},
      {"Maps", Main("m := map[int]int{}\nfor i := 0; ; i++ { m[i] = i }"), {3}, ""},
      {"Strings", Main("s := \"x\"\nfor { s += s }"), {3}, "max-heap"},
      {"Errors",
       Main("var e error\nfor { e = fmt.Errorf(\"x %w\", e) }", "import \"fmt\""),
       {3},
       ""},
      {"Closures", Main("var f func()\nfor { g := f; f = func() { g() } }"), {3}, ""},
      {"Goroutines", Main("for { go func() { select {} }() }"), {1, 3}, ""},
      {"ForkBomb", Main("f()", "func f() { go f(); go f() }"), {1, 3}, ""},
      {"Channels", Main("var x []chan int\nfor { x = append(x, make(chan int)) }"), {3}, ""},
      {"Contexts",
       Main("c := context.Background()\nfor { c, _ = context.WithCancel(c) }",
            "import \"context\""),
       {1, 3},
       ""},
      {"Timers", Main("for { time.AfterFunc(1, func() {}) }", "import \"time\""), {3}, ""},
      {"Stacks",
       Main("for i := 0; i < 100; i++ { go f(0) }\nselect {}",
            "func f(n int) int { return f(n+1) + 1 }"),
       {1, 3},
       ""},
      {"Output",
       Main("s := strings.Repeat(\"x\", 1<<24)\nfor { print(s) }", "import \"strings\""),
       {3},
       ""},
      {"Join",
       Main("s := make([]string, 1000000)\nt := strings.Repeat(\"x\", 1<<20)\nfor i := range s { "
            "s[i] = t }\n"
            "println(len(strings.Join(s, \"\")))",
            "import \"strings\""),
       {3},
       ""},
      {"ExponentialPrint",
       Main("var x any\nfor i := 0; i < 60; i++ { x = T{x, x} }\nprintln(len(fmt.Sprint(x)))",
            "import \"fmt\"\ntype T struct{ a, b any }"),
       {3},
       ""},
      {"RacingMemory",
       Main("go func() {}()\nx := make([]int, 1<<26)\nfor i := range x { x[i] = i }"),
       {0, 3},
       ""},
      // Sizes.
      {"HugeMake", Main("x := make([]int, 1<<40)\n_ = x"), {3}, "max-heap"},
      {"ImpossibleMake",
       Main("n := 1 << 62\nx := make([]int, n)\n_ = x"),
       {1},
       "makeslice: len out of range"},
      {"NegativeMake",
       Main("n := -1\nx := make([]int, n)\n_ = x"),
       {1},
       "makeslice: len out of range"},
      {"HugeChannel",
       Main("n := 1 << 62\nc := make(chan int, n)\n_ = c"),
       {1},
       "makechan: size out of range"},
      {"LargeChannel", Main("c := make(chan int, 1<<29)\n_ = c"), {3}, "max-heap"},
      {"HugeMapHint", Main("n := 1 << 62\nm := make(map[int]int, n)\n_ = m"), {0}, ""},
      {"HugeArray", Main("var x [1 << 40]int\nx[0] = 1"), {3}, "max-heap"},
      {"HugeGlobal",
       "package main\nvar x [1 << 40]int\nfunc main() { x[1] = 1 }\n",
       {3},
       "max-heap"},
      {"HugeResult",
       Main("y := f()\n_ = y", "func f() [1 << 33]byte { var x [1 << 33]byte; return x }"),
       {1, 2, 3},
       ""},
      {"HugeLiteral",
       Main("x := []int{1 << 40: 1}\n_ = x"),
       {2},
       "x.go:4:11: valid Go, not supported yet: a value of 8796093022208 bytes or more (at most "
       "4294967295)"},
      {"HugeRepeat",
       Main("println(len(strings.Repeat(\"abc\", 1<<62)))", "import \"strings\""),
       {1},
       "Repeat"},
      {"HugeWidth",
       Main("fmt.Printf(\"%2000000000d|%.2000000000f|\\n\", 1, 1.0)", "import \"fmt\""),
       {0, 3},
       ""},
      // Depth of values.
      {"DeepEquality",
       Main("var a, b any\nfor i := 0; i < 1000000; i++ { a = T{a}; b = T{b} }\nprintln(a == b)",
            "type T struct{ a any }"),
       {0, 3},
       ""},
      {"DeepKey",
       Main("var a any\nfor i := 0; i < 1000000; i++ { a = T{a} }\nm := map[any]int{a: "
            "1}\nprintln(len(m))",
            "type T struct{ a any }"),
       {0, 3},
       ""},
      {"LongList",
       Main("for i := 0; i < 300000; i++ { h = &T{h} }\nc := make(chan int)\n<-c",
            "type T struct{ p *T }\nvar h *T"),
       {1},
       "deadlock"},
      {"LongChainOfClosures",
       Main("f := func() {}\nfor i := 0; i < 300000; i++ { g := f; f = func() { g() } }\nc := "
            "make(chan int)\n<-c\nf()"),
       {1},
       "deadlock"},
      {"LongChainOfMaps",
       Main("var x any\nfor i := 0; i < 100000; i++ { x = map[int]any{1: x} }\nc := make(chan "
            "int)\n<-c\nprintln(x)"),
       {1},
       "deadlock"},
      {"DeepContext",
       Main("c, f := context.WithCancel(context.Background())\nd := c\nfor i := 0; i < 2000; i++ { "
            "d = context.WithValue(d, i, i) }\n"
            "e, g := context.WithCancel(d)\ndefer g()\nf()\n<-e.Done()",
            "import \"context\""),
       {0, 3},
       ""},
  };
  return *kAll;
}

class BadProgramTest : public testing::TestWithParam<BadProgram> {
 protected:
  static void Check(const BadProgram& bad, Arguments limits) {
    const TemporaryFolder folder;
    folder.Write("x.go", bad.text);
    limits.insert(limits.begin(), {"check", "--budget", "1s", "x.go"});
    const Outcome outcome = Heddle(limits, {.seconds = 60, .folder = folder.path()});
    EXPECT_TRUE(outcome.Orderly()) << outcome;
    EXPECT_THAT(bad.statuses, testing::Contains(outcome.status)) << outcome;
    EXPECT_TRUE(outcome.Says(bad.says)) << "should say: " << bad.says << "\n" << outcome;
  }
};

// Smaller limits than usual, so that it takes no time; but as many instructions as it takes to meet
// the others (allocations count by their size, and accesses that are watched for races).
TEST_P(BadProgramTest, EndsInTimeAndMemory) {
  Check(GetParam(),
        {"--max-instructions", "20000000", "--max-heap", "256MiB", "--max-steps", "5000"});
}

class UsualLimitsTest : public BadProgramTest {};

TEST_P(UsualLimitsTest, EndsInTimeAndMemory) { Check(GetParam(), {}); }

INSTANTIATE_TEST_SUITE_P(All, BadProgramTest, testing::ValuesIn(BadPrograms()), NameOf);

std::vector<BadProgram> Representatives() {
  std::vector<BadProgram> some;
  for (const BadProgram& bad : BadPrograms()) {
    for (const char* name : {"EndlessRecursion", "EmptyLoop", "BusyChannel", "Slices", "Maps",
                             "Goroutines", "DeepEquality"}) {
      if (bad.name == name) some.push_back(bad);
    }
  }
  return some;
}

INSTANTIATE_TEST_SUITE_P(Some, UsualLimitsTest, testing::ValuesIn(Representatives()), NameOf);

TEST(BadProgramTest, ExitStatusIsThatOfTheProgram) {
  const TemporaryFolder folder;
  for (const auto& [call, status] :
       std::vector<std::pair<std::string, int>>{{"os.Exit(0)", 0},
                                                {"os.Exit(3)", 3},
                                                {"os.Exit(300)", 300 & 0xff},
                                                {"os.Exit(-1)", 255},
                                                {"panic(os.Args[0])", 2}}) {
    folder.Write("x.go", Main(call, "import \"os\""));
    EXPECT_EQ(Heddle({"run", "x.go"}, {.folder = folder.path()}).status, status) << call;
  }
}

// Bytes of a program that are no UTF-8 must not spoil a document.
TEST(BadProgramTest, StringsThatAreNoUtf8AreReported) {
  const TemporaryFolder folder;
  const std::vector<std::string> programs = {
      Main("panic(\"\\xff\\xfe bad\")"),
      Main("c := make(chan string, 1)\nc <- \"\\xff\\xfe bad\\xe2\\x82\"\n<-c\n<-c"),
      Main("c := make(chan string, 1)\nc <- \"a\xe4\xb8\x96" + Times(60, "\xe7\x95\x8c") +
           "\"\n<-c\n<-c"),
      Main("println(\"\\xff\\xfe\")\nc := make(chan int)\n<-c"),
      Main("\xe4\xb8\x96\xe7\x95\x8c := make(chan int)\n<-\xe4\xb8\x96\xe7\x95\x8c"),
      Main("panic(\"one\\ntwo\\x00three\\x1b[31m\\\"\")"),
  };
  for (const std::string& text : programs) {
    folder.Write("x.go", text);
    for (const char* output : {"t.json", "t.svg", "t.dot", "t.txt"}) {
      const Outcome outcome = Heddle({"check", "--format", "json", "--trace", output, "x.go"},
                                     {.folder = folder.path()});
      EXPECT_TRUE(outcome.Orderly()) << text << outcome;
      EXPECT_EQ(outcome.status, 1) << text << outcome;
    }
    EXPECT_EQ(Heddle({"replay", "t.json"}, {.folder = folder.path()}).status, 1) << text;
  }
}

// A finding of huge text is cut in the report and in the picture; the program itself prints it.
TEST(BadProgramTest, HugePanicValue) {
  const TemporaryFolder folder;
  folder.Write("x.go", Main("panic(strings.Repeat(\"\u4e16\", 4000000))", "import \"strings\""));
  const Outcome outcome = Heddle({"check", "--trace", "t.svg", "x.go"}, {.folder = folder.path()});
  EXPECT_TRUE(outcome.Orderly()) << outcome;
  EXPECT_EQ(outcome.status, 1) << outcome;
  EXPECT_TRUE(outcome.Says("(12000007 bytes)")) << outcome;
  EXPECT_LT(outcome.out.size(), 10'000u);
  EXPECT_LT(ReadAll(folder / "t.svg").size(), 100'000u);
  const Outcome run = Heddle({"run", "x.go"}, {.folder = folder.path()});
  EXPECT_EQ(run.status, 2) << run;
  EXPECT_GT(run.err.size(), 12'000'000u);
}

}  // namespace
}  // namespace heddle::robustness
