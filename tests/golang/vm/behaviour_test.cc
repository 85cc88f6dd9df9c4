// SPDX-License-Identifier: Apache-2.0
//
// What only heddle's machine promises: traces with positions, limits, newer Go than the reference
// compiler has, the same bytes every time.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/golang/vm/run_go.h"

namespace heddle::golang {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

TEST(BehaviourTest, UncaughtPanicPrintsTheStackWithPositions) {
  const RunResult result = RunGo(R"(package main

type T struct{ n int }

func (t *T) fail(x int) {
	panic("boom")
}

func main() {
	func() {
		(&T{1}).fail(2)
	}()
}
)");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(
      result.err,
      StartsWith("panic: boom\n\ngoroutine 1 [running]:\nmain.(*T).fail(...)\n\t/x.go:6 +0x"));
  EXPECT_THAT(result.err, HasSubstr("\nmain.main.func1()\n\t/x.go:11 +0x"));
  EXPECT_THAT(result.err, HasSubstr("\nmain.main()\n\t/x.go:12 +0x"));
}

TEST(BehaviourTest, PanicInADeferredCallShowsBothStacks) {
  const RunResult result = RunGo(R"(package main

func main() {
	defer func() {
		panic("two")
	}()
	panic("one")
}
)");
  EXPECT_THAT(
      result.err,
      StartsWith(
          "panic: one\n\tpanic: two\n\ngoroutine 1 [running]:\nmain.main.func1()\n\t/x.go:5 +0x"));
  EXPECT_THAT(result.err, HasSubstr("\npanic({...})\n"));
  EXPECT_THAT(result.err, HasSubstr("\nmain.main()\n\t/x.go:7 +0x"));
}

TEST(BehaviourTest, GoroutineTraceNamesItsCreator) {
  const RunResult result = RunGo(R"(package main

func work(c chan int) {
	panic(<-c)
}

func main() {
	c := make(chan int)
	go work(c)
	c <- 5
	select {}
}
)");
  EXPECT_THAT(result.err,
              StartsWith("panic: 5\n\ngoroutine 2 [running]:\nmain.work(...)\n\t/x.go:4 +0x"));
  EXPECT_THAT(result.err, HasSubstr("\ncreated by main.main in goroutine 1\n\t/x.go:9 +0x"));
}

TEST(BehaviourTest, DeadlockListsEveryGoroutineWithItsState) {
  const RunResult result = RunGo(R"(package main

import "sync"

func main() {
	c := make(chan int)
	var nilc chan int
	var mu sync.Mutex
	var wg sync.WaitGroup
	wg.Add(1)
	mu.Lock()
	go func() { select {} }()
	go func() { nilc <- 1 }()
	go func() { <-nilc }()
	go func() { mu.Lock() }()
	go func() { wg.Wait() }()
	go func() {
		select {
		case <-c:
		case <-nilc:
		}
	}()
	c2 := make(chan int)
	c2 <- 1
}
)");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(
      result.err,
      StartsWith(
          "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan send]:\n"));
  for (const char* state : {"select (no cases)", "chan send (nil chan)", "chan receive (nil chan)",
                            "sync.Mutex.Lock", "sync.WaitGroup.Wait", "select"}) {
    EXPECT_THAT(result.err, HasSubstr("[" + std::string(state) + "]:\n")) << result.err;
  }
}

TEST(BehaviourTest, LimitsCutTheExecution) {
  RunOptions options;
  options.machine.max_instructions = 100'000;
  EXPECT_EQ(RunGo(MainWith("for {\n}"), options).cut_by, "max-instructions");
  EXPECT_EQ(RunGo(MainWith("x := 0\nloop: x++\ngoto loop"), options).cut_by, "max-instructions");
  options = {};
  options.machine.max_heap = 10 << 20;
  EXPECT_EQ(
      RunGo(MainWith("var a [][]int\nfor { a = append(a, make([]int, 100)) }"), options).cut_by,
      "max-heap");
  EXPECT_EQ(RunGo(MainWith("n := 1 << 40\n_ = make([]byte, n)"), options).cut_by, "max-heap");
}

TEST(BehaviourTest, EndlessRecursionIsAStackOverflow) {
  const RunResult result =
      RunGo("package main\nfunc f(n int) int { return f(n+1) + 1 }\nfunc main() { f(0) }\n");
  EXPECT_EQ(result.status, 2);
  EXPECT_THAT(result.err, StartsWith("runtime: goroutine stack exceeds 1000000000-byte "
                                     "limit\nfatal error: stack overflow\n\n"));
}

TEST(BehaviourTest, DeepRecursionThatEndsIsFine) {
  const RunResult result = RunGo(R"(package main
func f(n int) int {
	if n == 0 {
		return 0
	}
	return f(n-1) + 1
}
func main() { println(f(300000)) }
)");
  EXPECT_EQ(result.err, "300000\n");
}

TEST(BehaviourTest, LoopVariablesAreOnePerIterationFromGo122On) {
  const std::string source = MainWith(R"(
	var fs []func()
	for i := 0; i < 3; i++ {
		fs = append(fs, func() { print(i) })
	}
	for _, s := range []string{"a", "b"} {
		fs = append(fs, func() { print(s) })
	}
	for _, f := range fs {
		f()
	})");
  EXPECT_EQ(RunGo(source).err, "012ab");
  EXPECT_EQ(RunGo(source, {.lang = "go1.21"}).err, "333bb");
}

TEST(BehaviourTest, NewerBuiltinsAndRangeOverInt) {
  EXPECT_EQ(RunGo(MainWith(R"(
	for i := range 3 {
		print(i)
	}
	for range 2 {
		print("x")
	}
	m := map[int]int{1: 1}
	clear(m)
	s := []int{1, 2}
	clear(s)
	println(min(3, 1, 2), max(2.5, 1), min("b", "a"), len(m), s[0]+s[1]))"))
                .err,
            "012xx1 +2.500000e+000 a 0 0\n");
}

TEST(BehaviourTest, PanicNilIsARuntimeErrorFromGo121On) {
  const std::string source = MainWith("defer func() { fmt.Println(recover()) }()\npanic(nil)");
  EXPECT_EQ(RunGo(source).out,
            "panic called with nil argument (use GODEBUG=panicnil=1 to disable)\n");
  EXPECT_EQ(RunGo(source, {.lang = "go1.20"}).out, "<nil>\n");
}

TEST(BehaviourTest, PrintBuiltinsWriteAsTheRuntimeDoes) {
  EXPECT_EQ(
      RunGo(MainWith("println(1, -2, uint8(3), true, \"s\", 1.5, 'a', 2i)\nprint(1, \"x\")")).err,
      "1 -2 3 true s +1.500000e+000 97 (+0.000000e+000+2.000000e+000i)\n1x");
}

TEST(BehaviourTest, MapOrderFollowsTheSeedAlone) {
  const std::string source = MainWith(R"(
	m := map[int]bool{}
	for i := range 20 {
		m[i] = true
	}
	for k := range m {
		print(k, " ")
	})");
  std::set<std::string> orders;
  for (uint64_t seed = 1; seed <= 5; ++seed) {
    RunOptions options;
    options.machine.seed = seed;
    options.seed = 1;
    const std::string first = RunGo(source, options).err;
    options.seed = 77;
    EXPECT_EQ(first, RunGo(source, options).err);
    orders.insert(first);
  }
  EXPECT_GT(orders.size(), 2u);
}

TEST(BehaviourTest, RecoveredCloseOfClosedStaysRecovered) {
  EXPECT_EQ(RunGo(MainWith(R"(
	c := make(chan int)
	close(c)
	func() {
		defer func() { println(recover() != nil) }()
		close(c)
	}()
	func() {
		defer func() { println(recover().(error).Error()) }()
		c <- 1
	}())"))
                .err,
            "true\nsend on closed channel\n");
}

TEST(BehaviourTest, AThousandGoroutines) {
  const RunResult result = RunGo(MainWith(R"(
	c := make(chan int)
	for i := 0; i < 1000; i++ {
		go func() { c <- 1 }()
	}
	n := 0
	for i := 0; i < 1000; i++ {
		n += <-c
	}
	fmt.Println(n))"));
  EXPECT_EQ(result.out, "1000\n");
}

// Natives that call back nest on the fiber's stack: 30 levels are fine, endless ones cut the
// execution.
TEST(BehaviourTest, CallbacksOfNativesMayNest) {
  const auto source = [](int length) {
    return R"(package main

import "fmt"

type list struct{ next *list }

func (l *list) String() string {
	if l.next == nil {
		return "."
	}
	return fmt.Sprintf("%v,", l.next)
}

func main() {
	l := &list{}
	for i := 0; i < )" +
           std::to_string(length) + R"(; i++ {
		l = &list{l}
	}
	println(len(l.String()))
}
)";
  };
  EXPECT_EQ(RunGo(source(30)).err, "31\n");
  EXPECT_EQ(RunGo(source(100'000)).cut_by, "max-callback-depth");
}

// A goroutine that repeats a round without effect waits for a change instead of running on.
TEST(BehaviourTest, SpinningComesToRest) {
  RunOptions options;
  options.machine.max_instructions = 1'000'000;
  for (const char* body : {
           "var x int32\nfor atomic.LoadInt32(&x) == 0 {\n}",
           "var x atomic.Bool\nfor !x.Load() {\n\truntime.Gosched()\n}",
           "c := make(chan int)\nfor {\n\tselect {\n\tcase <-c:\n\tdefault:\n\t}\n}",
           "var mu sync.Mutex\nmu.Lock()\nfor !mu.TryLock() {\n}",
           "c := make(chan int, 1)\nfor len(c) == 0 {\n}",
           "var x, y atomic.Int32\nfor {\n\tfor i := 0; i < 3; i++ {\n\t\tif x.Load() != 0 "
           "{\n\t\t\treturn\n\t\t}\n\t}\n"
           "\tif y.Load() != 0 {\n\t\tbreak\n\t}\n}",
       }) {
    const RunResult result = RunGo(MainWith(body), options);
    EXPECT_EQ(result.cut_by, "") << body;
    EXPECT_THAT(result.err, StartsWith("fatal error: all goroutines are asleep - deadlock!"))
        << body;
  }
}

// Rounds with an effect run on, and so do rounds that differ.
TEST(BehaviourTest, RoundsWithEffectAreNoSpinning) {
  EXPECT_EQ(RunGo(MainWith(R"(
	var x atomic.Int32
	n := 0
	for x.Load() == 0 {
		n++
		if n == 100 {
			break
		}
	}
	p := new(int)
	for x.Load() == 0 {
		*p++
		if *p == 100 {
			break
		}
	}
	work := func() bool {
		for i := 0; ; i++ {
			if x.Load() == 0 && i > 2 {
				return false
			}
		}
	}
	for i := 0; i < 10; i++ {
		work()
	}
	println(n, *p))"))
                .err,
            "100 100\n");
}

TEST(BehaviourTest, ASpinningGoroutineSeesTheChange) {
  const std::string source = MainWith(R"(
	var x, y atomic.Int32
	go func() {
		for x.Load() == 0 {
		}
		y.Store(1)
	}()
	x.Store(1)
	for y.Load() == 0 {
		runtime.Gosched()
	}
	println("done"))");
  for (const RunResult& result : RunGoOften(source, 20)) EXPECT_EQ(result.err, "done\n");
}

}  // namespace
}  // namespace heddle::golang
