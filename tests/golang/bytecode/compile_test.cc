// SPDX-License-Identifier: Apache-2.0
//
// What the compiler makes of Go: storage of variables, names of functions, what is compiled at all,
// what is refused.
//
// That compiled programs compute what Go says is tested by running them (tests/golang/vm/programs,
// tests/conformance).
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/std/load_program.h"

namespace heddle::golang {
namespace {

std::unique_ptr<Program> Compile(const std::string& source, const std::string& lang = "") {
  auto loaded = LoadSource("x.go", source, {.lang = lang});
  if (!loaded) {
    for (const LoadDiagnostic& d : loaded.error()) ADD_FAILURE() << d.position << ": " << d.message;
    return nullptr;
  }
  return std::move(loaded->program);
}

const Function* Find(const Program& program, std::string_view name) {
  for (const Function& f : program.functions) {
    if (f.name == name) return &f;
  }
  return nullptr;
}

const LocalVariable* Local(const Program& program, std::string_view function,
                           std::string_view name) {
  const Function* f = Find(program, function);
  if (f == nullptr) return nullptr;
  for (const LocalVariable& v : f->variables) {
    if (v.name == name) return &v;
  }
  return nullptr;
}

size_t Count(const Function& f, Op op) {
  return static_cast<size_t>(
      std::count_if(f.code.begin(), f.code.end(), [&](const Instr& i) { return i.op == op; }));
}

TEST(Compile, VariablesLiveInRegistersUnlessSomethingRefersToThem) {
  const auto program = Compile(R"(package main
func use(f func(), p *int) {}
func main() {
	plain := 1
	constant := 2
	changed := 3
	addressed := 4
	use(func() { plain2 := constant + changed; _ = plain2 }, &addressed)
	changed++
	_ = plain
})");
  ASSERT_NE(program, nullptr);
  EXPECT_FALSE(Local(*program, "main.main", "plain")->is_boxed);
  EXPECT_FALSE(Local(*program, "main.main", "constant")->is_boxed);
  EXPECT_TRUE(Local(*program, "main.main", "changed")->is_boxed);
  EXPECT_TRUE(Local(*program, "main.main", "addressed")->is_boxed);
  EXPECT_TRUE(Local(*program, "main.main.func1", "constant")->is_capture);
  EXPECT_FALSE(Local(*program, "main.main.func1", "constant")->is_boxed);
  EXPECT_TRUE(Local(*program, "main.main.func1", "changed")->is_boxed);
}

TEST(Compile, LoopVariablesAreRenewedFromGo122On) {
  const std::string source = R"(package main
func main() {
	var fs []func()
	for i := 0; i < 3; i++ {
		fs = append(fs, func() { println(i) })
	}
})";
  // One box for the variable; from go1.22 on one more for each round.
  EXPECT_EQ(Count(*Find(*Compile(source, "go1.22"), "main.main"), Op::kNew),
            Count(*Find(*Compile(source, "go1.21"), "main.main"), Op::kNew) + 1);
}

TEST(Compile, FunctionNamesAreThoseOfTraces) {
  const auto program = Compile(R"(package main
type T struct{ n int }
func (t *T) Run() { func() { func() { println(t.n) }() }() }
func (t T) Get() int { return t.n }
func id[E any](e E) E { return e }
var g = func() int { return 1 }()
func init() { println(g) }
func init() {}
func main() {
	t := &T{}
	t.Run()
	f := t.Run
	f()
	println(t.Get(), id(1))
})");
  ASSERT_NE(program, nullptr);
  for (const char* name :
       {"main.main", "main.(*T).Run", "main.(*T).Run.func1", "main.(*T).Run.func1.1", "main.T.Get",
        "main.(*T).Run-fm", "main.id[...]", "main.init", "main.init.func1", "main.init.0",
        "main.init.1"}) {
    EXPECT_NE(Find(*program, name), nullptr) << name;
  }
}

TEST(Compile, OnlyWhatCanBeReachedIsCompiled) {
  const auto program = Compile(R"(package main
type Used struct{}
type Unused struct{}
func (Used) Name() string { return "" }
func (Unused) Name() string { return "" }
func called() {}
func dead() {}
func main() {
	called()
	var x interface{} = Used{}
	var y Unused
	_, _ = x, y
})");
  ASSERT_NE(program, nullptr);
  EXPECT_NE(Find(*program, "main.called"), nullptr);
  EXPECT_EQ(Find(*program, "main.dead"), nullptr);
  EXPECT_NE(Find(*program, "main.Used.Name"), nullptr);
  EXPECT_EQ(Find(*program, "main.Unused.Name"), nullptr);
}

TEST(Compile, FunctionsThatDeferHaveAnEpilogue) {
  const auto program = Compile(R"(package main
func with() (n int) { defer func() { n++ }(); return 1 }
func without() int { return 1 }
func main() { println(with(), without()) }
)");
  ASSERT_NE(program, nullptr);
  const Function* with = Find(*program, "main.with");
  ASSERT_NE(with->epilogue, kNoRegister);
  EXPECT_EQ(with->code[with->epilogue].op, Op::kRunDefers);
  EXPECT_EQ(Find(*program, "main.without")->epilogue, kNoRegister);
}

TEST(Compile, EveryBackwardJumpReachesALoopInstruction) {
  const auto program = Compile(R"(package main
func main() {
	n := 0
again:
	for i := 0; i < 3; i++ {
		for range "abc" { n++ }
		for k := range map[int]int{1: 2} { n += k }
		for { if n > 5 { break }; n++ }
	}
	if n < 100 { n *= 2; goto again }
	for i := range 3 { println(i) }
})");
  ASSERT_NE(program, nullptr);
  const Function& f = *Find(*program, "main.main");
  size_t backward = 0;
  for (uint32_t pc = 0; pc < f.code.size(); pc++) {
    const size_t operand = OpOperands(f.code[pc].op).find('j');
    if (operand == std::string_view::npos) continue;
    const uint32_t target = operand == 0   ? f.code[pc].a
                            : operand == 1 ? f.code[pc].b
                                           : f.code[pc].c;
    ASSERT_LE(target, f.code.size());
    if (target > pc) continue;
    backward++;
    EXPECT_EQ(f.code[target].op, Op::kLoop) << pc;
  }
  EXPECT_EQ(backward, 6u);
}

TEST(Compile, EveryInstructionHasAPlace) {
  const auto program =
      Compile("package main\n\nfunc main() {\n\tx := []int{1}\n\tprintln(x[0])\n}\n");
  ASSERT_NE(program, nullptr);
  const Function& f = *Find(*program, "main.main");
  ASSERT_EQ(f.positions.size(), f.code.size());
  for (const CodePosition& place : f.positions) {
    EXPECT_GE(place.line, 3u);
    EXPECT_LE(place.line, 6u);
    EXPECT_EQ(program->files[place.file], "x.go");
  }
}

// Methods of one name and different types are different methods.
TEST(Compile, MethodsDifferByTheirType) {
  const auto program = Compile(R"(package main
type A struct{}
type B struct{}
func (A) M() int { return 1 }
func (B) M() string { return "" }
func main() {
	for _, x := range []interface{}{A{}, B{}} {
		_, ok := x.(interface{ M() int })
		println(ok)
	}
})");
  ASSERT_NE(program, nullptr);
  const RType* a = nullptr;
  const RType* b = nullptr;
  for (uint32_t i = 0; i < program->types.size(); i++) {
    const RType* type = program->types.at(i);
    if (type->name == "main.A") a = type;
    if (type->name == "main.B") b = type;
  }
  ASSERT_TRUE(a != nullptr && b != nullptr);
  EXPECT_NE(a->methods[0].id, b->methods[0].id);
}

TEST(Compile, WhatIsNotSupportedIsSaidWithItsPlace) {
  const auto loaded = LoadSource("x.go",
                                 "package main\nfunc main() {\n\tfor x := range func(yield "
                                 "func(int) bool) {} {\n\t\t_ = x\n\t}\n}\n",
                                 {});
  ASSERT_FALSE(loaded.has_value());
  EXPECT_TRUE(loaded.error()[0].is_unsupported);
  EXPECT_EQ(loaded.error()[0].position, "x.go:3:11");
}

// A long sum and deep nesting, as far as the parser lets them through.
TEST(Compile, LongExpressionsCompile) {
  std::string sum = "x";
  for (int i = 0; i < 3000; i++) sum += " + x";
  std::string nested = "x";
  for (int i = 0; i < 200; i++) nested = "(" + nested + " * x)";
  EXPECT_NE(
      Compile("package main\nfunc main() {\n\tx := 1\n\tprintln(" + sum + ", " + nested + ")\n}\n"),
      nullptr);
}

}  // namespace
}  // namespace heddle::golang
