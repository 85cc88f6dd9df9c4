// SPDX-License-Identifier: Apache-2.0
//
// What the machine tells the race detector: reads and writes of variables, fields, elements and
// maps, with the line, and nothing for locals that no other goroutine can see.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "sim/record.h"
#include "tests/golang/vm/run_go.h"

namespace heddle::golang {
namespace {

using testing::Contains;
using testing::IsEmpty;

class Accesses final : public sim::Observer {
 public:
  void OnStart(const sim::Record& record) override { record_ = &record; }
  void OnEvent(const sim::Record&, sim::EventIndex) override {}
  void OnAccess(uint32_t task, const void*, size_t size, bool write, uint64_t site) override {
    const sim::TraceSite at = record_->tasks[task].client->Site(site);
    if (at.file != "/x.go") return;
    seen.insert(std::to_string(at.line) + (write ? " write " : " read ") + std::to_string(size));
  }
  bool watches_accesses() const override { return true; }
  void OnRest(const sim::Record&) override {}

  std::set<std::string> seen;

 private:
  const sim::Record* record_ = nullptr;
};

std::set<std::string> AccessesOf(std::string_view source) {
  Accesses accesses;
  RunOptions options;
  options.observers = {&accesses};
  const RunResult result = RunGo(source, options);
  EXPECT_EQ(result.status, 0) << result.err;
  return accesses.seen;
}

// As long as main is alone, nothing is reported: hence a second goroutine.
TEST(AccessTest, LocalsAreSilent) {
  EXPECT_THAT(AccessesOf(R"(package main
type T struct{ a, b int }
func f(t T) int { return t.a + t.b }
func main() { go func() {}()
	x := 1
	y := T{x, 2}
	y.a = f(y)
	var a [4]int
	a[x] = y.b
	for i := range a {
		x += a[i]
	}
	s := "text"
	_ = s[x-x]
}
)"),
              IsEmpty());
}

TEST(AccessTest, GlobalsFieldsAndElements) {
  const std::set<std::string> seen = AccessesOf(R"(package main
var g int
type T struct{ a int32; b [3]int16; c string }
func main() { go func() {}()
	g = 1
	_ = g + 1
	t := &T{}
	t.a = 5
	t.b[1] = 3
	c := t.c
	s := make([]int, 3)
	s[2] = len(c)
	u := *t
	_ = u
	s = append(s, 7)
}
)");
  EXPECT_THAT(seen, Contains("5 write 8"));
  EXPECT_THAT(seen, Contains("6 read 8"));
  EXPECT_THAT(seen, Contains("8 write 4"));
  EXPECT_THAT(seen, Contains("9 write 2"));
  EXPECT_THAT(seen, Contains("10 read 16"));
  EXPECT_THAT(seen, Contains("12 write 8"));
  EXPECT_THAT(seen, Contains("13 read 32"));
  EXPECT_THAT(seen, Contains("15 read 24")) << "append copies what is there";
  EXPECT_THAT(seen, Contains("15 write 8"));
}

TEST(AccessTest, CapturedVariablesAndMaps) {
  const std::set<std::string> seen = AccessesOf(R"(package main
func main() {
	n := 0
	done := make(chan bool)
	go func() {
		n++
		done <- true
	}()
	<-done
	m := map[string]int{}
	m["a"] = n
	_ = m["a"]
	for range m {
	}
	delete(m, "a")
}
)");
  EXPECT_THAT(seen, Contains("6 read 8"));
  EXPECT_THAT(seen, Contains("6 write 8"));
  EXPECT_THAT(seen, Contains("11 read 8"));
  const auto map_access = [&](const std::string& prefix) {
    for (const std::string& access : seen) {
      if (access.starts_with(prefix)) return true;
    }
    return false;
  };
  EXPECT_TRUE(map_access("11 write"));
  EXPECT_TRUE(map_access("12 read"));
  EXPECT_FALSE(map_access("12 write"));
  EXPECT_TRUE(map_access("13 read"));
  EXPECT_TRUE(map_access("15 write"));
}

}  // namespace
}  // namespace heddle::golang
