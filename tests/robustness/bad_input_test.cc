// SPDX-License-Identifier: Apache-2.0
// Input that no program can be made of: a message that says what and where, status 2, within
// seconds and bounds.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "sim/base/random.h"
#include "tests/robustness/command.h"

namespace heddle::robustness {
namespace {

namespace fs = std::filesystem;

constexpr size_t kDeep = 100'000;

std::string NameOf(const auto& info) { return info.param.name; }

void ExpectRefused(const Outcome& outcome, std::string_view says) {
  EXPECT_TRUE(outcome.Orderly()) << outcome;
  EXPECT_EQ(outcome.status, 2) << outcome;
  EXPECT_TRUE(outcome.Says(says)) << "should say: " << says << "\n" << outcome;
}

// ---- Sources
// ----

struct BadSource {
  std::string name;
  std::function<std::string()> text;
  std::string says;
};

std::string Nested(std::string_view open, std::string_view inside, std::string_view close) {
  return Times(kDeep, open) + std::string(inside) + Times(kDeep, close);
}

std::string RandomBytes(size_t count) {
  sim::Random random(1);
  std::string text(count, '\0');
  for (char& c : text) c = static_cast<char>(random.Below(256));
  return text;
}

std::string Declarations(size_t count, const std::function<std::string(size_t)>& one) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += one(i);
  return text;
}

std::string N(size_t i) { return std::to_string(i); }

constexpr std::string_view kTooDeep = "nesting too deep: heddle reads at most 1000 levels";
constexpr std::string_view kTooLong =
    "expression too long: heddle reads at most 4000 operators in a row";

const std::vector<BadSource>& BadSources() {
  static const auto* const kAll = new std::vector<BadSource>{
      {"Empty", [] { return ""; }, "x.go:1:1: syntax error: package statement must be first"},
      {"OnlyAComment", [] { return "// nothing"; }, "package statement must be first"},
      {"SyntaxError", [] { return Main("x := := 1"); },
       "x.go:4:6: syntax error: unexpected :=, expected expression"},
      {"TypeError", [] { return Main("var x int = \"a\"\n_ = x"); },
       "x.go:4:13: cannot use \"a\" (untyped string constant) as int value in variable "
       "declaration"},
      {"MissingImport",
       [] { return "package main\nimport \"no/such\"\nfunc main() { such.F() }\n"; },
       "x.go:2:8: package no/such is not in std"},
      {"UnsupportedImport",
       [] { return "package main\nimport \"net/http\"\nfunc main() { http.Get(\"\") }\n"; },
       "x.go:2:8: valid Go, not supported yet: package net/http"},
      {"AbsoluteImport", [] { return "package main\nimport _ \"/etc/passwd\"\nfunc main() {}\n"; },
       "cannot import absolute path"},
      {"RelativeImport", [] { return "package main\nimport _ \"../../etc\"\nfunc main() {}\n"; },
       "relative import paths are not supported"},
      {"MalformedImport", [] { return "package main\nimport _ \"a\\x00b\"\nfunc main() {}\n"; },
       "malformed import path \"a\\x00b\""},
      {"Cgo", [] { return "package main\nimport \"C\"\nfunc main() {}\n"; },
       "not supported yet: package C"},
      {"Unsafe",
       [] {
         return "package main\nimport \"unsafe\"\nfunc main() { _ = unsafe.Pointer(uintptr(8)) }\n";
       },
       "valid Go, not supported yet: this conversion through unsafe.Pointer"},
      {"NotMain", [] { return "package pool\nfunc F() {}\n"; },
       "x.go:1:9: package pool is not a main package"},
      {"NoMain", [] { return "package main\nfunc F() {}\n"; },
       "function main is undeclared in the main package"},
      {"NoBody", [] { return "package main\nfunc f()\nfunc main() { f() }\n"; },
       "x.go:2:6: missing function body"},
      {"CommentNotEnded", [] { return "package main\n/* and then"; },
       "x.go:2:1: comment not terminated"},
      {"StringNotEnded", [] { return "package main\nvar x = \"abc\n"; },
       "x.go:2:13: newline in string"},
      {"GarbageLine", [] { return Times(1'700'000, "#$%@!x"); },
       "x.go:1:1: invalid character U+0023 '#'"},
      {"EndlessExpressionLine", [] { return "package main; var x = " + Times(5'000'000, "a+"); },
       std::string(kTooLong)},
      {"Nuls", [] { return std::string(10'000'000, '\0'); }, "x.go:1:1: invalid NUL character"},
      {"FirstByteNul", [] { return std::string(1, '\0') + Main(""); },
       "x.go:1:1: invalid NUL character"},
      {"RandomBytes", [] { return RandomBytes(10'000'000); }, "package statement must be first"},
      {"InvalidUtf8", [] { return "package main\n" + Times(2'500'000, "\xff\xfe\xc3("); },
       "x.go:2:1: invalid UTF-8 encoding"},
      {"HugeNumber", [] { return Main("const c = " + Times(3'000'000, "9")); },
       "excessively long constant: 9999999999..."},
      {"HugeExponent", [] { return Main("const c = 1e1000000000"); },
       "x.go:4:11: malformed constant: 1e1000000000"},
      {"HugeShift", [] { return Main("const c = 1 << 100000"); }, "invalid shift count 100000"},
      {"HugeProduct", [] { return Main("const a = 1 << 500\nconst b = a * a"); },
       "constant multiplication overflow"},
      {"RepeatedSquare",
       [] {
         return Main("const a0 = 3.3\n" + Declarations(60, [](size_t i) {
                       return "const a" + N(i + 1) + " = a" + N(i) + "*a" + N(i) + "\n";
                     }));
       },
       "constant result is not representable"},
      {"RepeatedDoubling",
       [] {
         return Main("const a0 = \"0123456789\"\n" + Declarations(60, [](size_t i) {
                       return "const a" + N(i + 1) + " = a" + N(i) + "+a" + N(i) + "\n";
                     }));
       },
       "constant result is not representable"},
      {"HugeArray", [] { return Main("var x [1 << 62]int\n_ = x"); }, "larger than address space"},
      {"NegativeArray", [] { return Main("var x [-1]int\n_ = x"); }, "invalid array length -1"},
      {"ExponentialStruct",
       [] {
         return Declarations(60,
                             [](size_t i) {
                               return (i == 0 ? "package main\n" : "") + ("type T" + N(i)) +
                                      " struct{ x, y T" + N(i + 1) + " }\n";
                             }) +
                "type T60 int\nfunc main() { var x T0; _ = x }\n";
       },
       "larger than address space"},
      {"RecursiveType",
       [] { return "package main\ntype A struct{ b B }\ntype B struct{ a A }\nfunc main() {}\n"; },
       "x.go:2:6: invalid recursive type A"},
      {"EndlessInstances",
       [] {
         return "package main\ntype A[T any] struct{ x *A[A[T]] }\nfunc main() { var a A[int]; _ = "
                "a }\n";
       },
       "instantiation cycle"},
      {"EndlessFunctionInstances",
       [] {
         return "package main\nfunc f[T any](n int) { if n > 0 { f[*T](n - 1) } }\nfunc main() { "
                "f[int](3) }\n";
       },
       "instantiation cycle"},
      {"InitializationCycle",
       [] {
         return "package main\nvar a = b\nvar b = f()\nfunc f() int { return a }\nfunc main() {}\n";
       },
       "x.go:2:5: initialization cycle"},
      {"Parentheses", [] { return Main("x := " + Nested("(", "1", ")") + "\n_ = x"); },
       std::string(kTooDeep)},
      {"OpenParentheses", [] { return Main("x := " + Times(kDeep, "(")); }, std::string(kTooDeep)},
      {"Blocks", [] { return Main(Nested("{", "", "}")); }, std::string(kTooDeep)},
      {"OpenBraces", [] { return Main(Times(kDeep, "{")); }, std::string(kTooDeep)},
      {"Indices", [] { return Main("x := " + Nested("a[", "0", "]")); }, std::string(kTooDeep)},
      {"SliceTypes", [] { return Main("var x " + Times(kDeep, "[]") + "int"); },
       std::string(kTooDeep)},
      {"PointerTypes", [] { return Main("var x " + Times(kDeep, "*") + "int"); },
       std::string(kTooDeep)},
      {"ChannelTypes", [] { return Main("var x " + Times(kDeep, "chan ") + "int"); },
       std::string(kTooDeep)},
      {"MapTypes", [] { return Main("var x " + Times(kDeep, "map[int]") + "int"); },
       std::string(kTooDeep)},
      {"StructTypes", [] { return Main("var x " + Nested("struct{a ", "int", "}")); },
       std::string(kTooDeep)},
      {"FuncTypes", [] { return Main("var x " + Nested("func(", "", ")")); },
       std::string(kTooDeep)},
      {"InterfaceTypes", [] { return Main("var x " + Nested("interface{ f(", "", ")}")); },
       std::string(kTooDeep)},
      {"TypeArguments",
       [] { return Main("var x " + Nested("A[", "int", "]"), "type A[T any] struct{}"); },
       std::string(kTooDeep)},
      {"Minuses", [] { return Main("x := " + Times(kDeep, " -") + "1"); }, std::string(kTooDeep)},
      {"Nots", [] { return Main("x := " + Times(kDeep, "!") + "true"); }, std::string(kTooDeep)},
      {"Receives", [] { return Main("x := " + Times(kDeep, "<-") + "c"); }, std::string(kTooDeep)},
      {"Addresses", [] { return Main("x := " + Times(kDeep, "& ") + "c"); }, std::string(kTooDeep)},
      {"CompositeLiterals", [] { return Main("x := " + Nested("[]any{", "", "}")); },
       std::string(kTooDeep)},
      {"ElidedLiterals", [] { return Main("type T []T\nx := T" + Nested("{", "", "}")); },
       std::string(kTooDeep)},
      {"FunctionLiterals", [] { return Main("x := " + Nested("func(){ _ = ", "1", "}")); },
       std::string(kTooDeep)},
      {"Calls", [] { return Main("x := " + Nested("f(", "1", ")")); }, std::string(kTooDeep)},
      {"Conversions", [] { return Main("x := " + Nested("int(", "1", ")")); },
       std::string(kTooDeep)},
      {"IfElseChain", [] { return Main("x := 1\n" + Times(kDeep, "if x == 1 {} else ") + "{}"); },
       std::string(kTooDeep)},
      {"Ifs", [] { return Main(Nested("if true {", "", "}")); }, std::string(kTooDeep)},
      {"Loops", [] { return Main(Nested("for {", "", "}")); }, std::string(kTooDeep)},
      {"Switches", [] { return Main(Nested("switch { default: ", "", "}")); },
       std::string(kTooDeep)},
      {"Selects", [] { return Main(Nested("select { default: ", "", "}")); },
       std::string(kTooDeep)},
      {"Labels", [] { return Main(Times(kDeep, "L: ") + "return"); }, std::string(kTooDeep)},
      {"RightOperands", [] { return Main("y := 1\nx := " + Nested("y+(", "y", ")")); },
       std::string(kTooDeep)},
      {"Sum", [] { return Main("x := 1" + Times(kDeep, "+1")); }, std::string(kTooLong)},
      {"StringSum", [] { return Main("x := \"a\"" + Times(kDeep, "+\"a\"")); },
       std::string(kTooLong)},
      {"Conjunction", [] { return Main("y := true\nx := y" + Times(kDeep, "&&y")); },
       std::string(kTooLong)},
      {"MethodChain", [] { return Main("x := T{}" + Times(kDeep, ".f()")); },
       std::string(kTooLong)},
      {"FieldChain", [] { return Main("x := t" + Times(kDeep, ".p")); }, std::string(kTooLong)},
      {"ManyErrors",
       [] { return Main(Declarations(20'000, [](size_t i) { return "x" + N(i) + " = y\n"; })); },
       "too many errors"},
      {"DirectiveUnknown", [] { return "//heddle:foo bar\n" + Main(""); },
       "x.go:1: unknown directive //heddle:foo"},
      {"DirectiveWant", [] { return "//heddle:want nonsense\n" + Main(""); },
       "x.go:1: unknown kind 'nonsense'"},
      {"DirectiveWantNothing", [] { return "//heddle:want\n" + Main(""); }, "x.go:1: "},
      {"DirectiveTwice", [] { return "//heddle:want pass\n//heddle:want deadlock\n" + Main(""); },
       "x.go:2: a second"},
      {"DirectiveLanguage", [] { return "//heddle:lang java\n" + Main(""); }, "'java' is none"},
      {"DirectiveTime", [] { return "//heddle:time never\n" + Main(""); },
       "unknown time model 'never'"},
      {"DirectiveBound", [] { return "//heddle:bound timers=-1\n" + Main(""); }, "'-1' is none"},
  };
  return *kAll;
}

class BadSourceTest : public testing::TestWithParam<BadSource> {};

TEST_P(BadSourceTest, IsRefused) {
  const TemporaryFolder folder;
  folder.Write("x.go", GetParam().text());
  const Outcome outcome = Heddle({"check", "x.go"}, {.folder = folder.path()});
  ExpectRefused(outcome, GetParam().says);
  EXPECT_LT(outcome.out.size(), 100'000u) << outcome;
}

INSTANTIATE_TEST_SUITE_P(All, BadSourceTest, testing::ValuesIn(BadSources()),
                         NameOf<testing::TestParamInfo<BadSource>>);

TEST(BadSourceTest, JustBelowTheLimitsOfNestingItIsRead) {
  const TemporaryFolder folder;
  const std::vector<std::string> bodies = {
      "x := " + Times(900, "(") + "1" + Times(900, ")") + "\n_ = x",
      "y := 1\nx := y" + Times(3990, "+y") + "\nprintln(x)",
      "y := \"a\"\nx := y" + Times(3990, "+y") + "\nprintln(len(x))",
      Times(450, "if true {") + Times(450, "}"),
      "x := " + Times(300, "func() int { return ") + "1" + Times(300, "}()") + "\n_ = x",
      "x := " + Times(400, "[]any{") + Times(400, "}") + "\n_ = x",
  };
  for (const std::string& body : bodies) {
    folder.Write("x.go", Main(body));
    const Outcome outcome = Heddle({"check", "x.go"}, {.folder = folder.path()});
    EXPECT_TRUE(outcome.Orderly()) << outcome;
    EXPECT_EQ(outcome.status, 0) << body.substr(0, 80) << outcome;
  }
}

TEST(BadSourceTest, ChainsOfDeclarationsEndWell) {
  const TemporaryFolder folder;
  struct Chain {
    const char* before;
    const char* after;
    const char* last;
  };
  constexpr size_t kLength = 4000;
  for (const Chain& chain : {Chain{"type T", " struct{ x *T", "int"},
                             Chain{"type T", " []T", "int"}, Chain{"const T", " = T", "= 1"},
                             Chain{"var T", " = T", "= 1"}, Chain{"type T", " = *T", "int"}}) {
    const bool is_struct = std::string_view(chain.after).find('{') != std::string_view::npos;
    for (const bool reversed : {false, true}) {
      std::string text = "package main\n";
      for (size_t k = 0; k < kLength; ++k) {
        const size_t i = reversed ? kLength - 1 - k : k;
        text += chain.before + N(i) + chain.after + N(i + 1) + (is_struct ? " }\n" : "\n");
      }
      text += chain.before + N(kLength) + " " + chain.last + "\nfunc main() {}\n";
      folder.Write("x.go", text);
      const Outcome outcome = Heddle({"check", "x.go"}, {.folder = folder.path()});
      EXPECT_TRUE(outcome.Orderly()) << chain.before << chain.after << outcome;
      if (outcome.status != 0) {
        EXPECT_TRUE(outcome.Says("not supported yet") || outcome.Says("invalid recursive type"))
            << outcome;
      }
    }
  }
}

// ---- Files and folders

TEST(BadPathTest, WhatIsNotThereOrNoGo) {
  const TemporaryFolder folder;
  folder.Write("notes.txt", "hello");
  fs::create_directory(folder / "empty");
  fs::create_directory(folder / "folder.go");
  fs::create_symlink("loop", folder / "loop");
  fs::create_symlink("loop.go", folder / "loop.go");
  fs::create_symlink("/dev/zero", folder / "zero.go");
  fs::create_symlink("nowhere.go", folder / "dangling.go");
  ASSERT_EQ(mkfifo((folder / "pipe.go").c_str(), 0600), 0);
  const std::vector<std::pair<std::string, std::string>> paths = {
      {"missing.go", "missing.go: no such file or folder"},
      {"missing", "missing: no such file or folder"},
      {"empty", "empty: there are no Go files in this folder"},
      {"folder.go", "folder.go: there are no Go files in this folder"},
      {"notes.txt", "notes.txt: not a .go file and not a folder"},
      {"loop", "loop: Too many levels of symbolic links"},
      {"loop.go", "loop.go: Too many levels of symbolic links"},
      {"zero.go", "zero.go: not a regular file"},
      {"pipe.go", "pipe.go: not a regular file"},
      {"dangling.go", "dangling.go: no such file or folder"},
      {"/dev/null", "/dev/null: not a .go file"},
      {"", "the path is empty"},
      {"missing.go/x.go", "no such file or folder"},
      {std::string(5000, 'a') + ".go", "File name too long"},
  };
  for (const auto& [path, says] : paths) {
    for (const char* verb : {"check", "run", "verify"}) {
      const Outcome outcome = Heddle({verb, path}, {.folder = folder.path()});
      SCOPED_TRACE(std::string(verb) + " " + path.substr(0, 100));
      ExpectRefused(outcome, verb == std::string("verify") ? "" : says);
    }
  }
}

TEST(BadPathTest, UnreadableFile) {
  const TemporaryFolder folder;
  fs::permissions(folder.Write("x.go", Main("")), fs::perms::none);
  const Limits limits = {.folder = folder.path(), .as_nobody = true};
  const Outcome probe = robustness::Run("/bin/cat", {folder / "x.go"}, limits);
  if (probe.status == 0) return;  // this user reads everything
  const Outcome outcome = Heddle({"check", "x.go"}, limits);
  if (outcome.status == 127 || outcome.status == 126)
    return;  // nobody may not run the command here
  ExpectRefused(outcome, "x.go: no permission");
}

TEST(BadPathTest, AFolderWithAStrangeNeighbour) {
  const TemporaryFolder folder;
  folder.Write("p/x.go", Main(""));
  fs::create_symlink("loop.go", folder / "p/loop.go");
  ASSERT_EQ(mkfifo((folder / "p/pipe.go").c_str(), 0600), 0);
  const Outcome outcome = Heddle({"check", "p"}, {.folder = folder.path()});
  EXPECT_EQ(outcome.status, 0) << outcome;
}

TEST(BadPathTest, ImportCycle) {
  const TemporaryFolder folder;
  folder.Write("go.mod", "module example\n\ngo 1.22\n");
  folder.Write("x.go", "package main\nimport \"example/a\"\nfunc main() { a.F() }\n");
  folder.Write("a/a.go", "package a\nimport \"example/b\"\nfunc F() { b.F() }\n");
  folder.Write("b/b.go", "package b\nimport \"example/a\"\nfunc F() { a.F() }\n");
  ExpectRefused(Heddle({"check", "x.go"}, {.folder = folder.path()}), "import cycle not allowed");
}

TEST(BadPathTest, NonsenseInGoMod) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("x.go", Main(""));
  for (const char* line : {"go banana\n", "go 1.99999999999999999999\n", "go -1\n"}) {
    folder.Write("go.mod", line);
    ExpectRefused(Heddle({"check", "x.go"}, {.folder = folder.path()}), "go.mod: ");
  }
  for (const std::string& text :
       {RandomBytes(100'000), std::string("module\ngo\n\n((("), std::string(10'000'000, 'x')}) {
    folder.Write("go.mod", text);
    EXPECT_TRUE(Heddle({"check", "x.go"}, {.folder = folder.path()}).Orderly());
  }
}

TEST(BadPathTest, TestsThatAreNone) {
  const TemporaryFolder folder;
  folder.Write("none_test.go", "package p\nimport \"testing\"\nfunc Helper(t *testing.T) {}\n");
  folder.Write("some_test.go", "package p\nimport \"testing\"\nfunc TestA(t *testing.T) {}\n");
  const Limits limits = {.folder = folder.path()};
  ExpectRefused(Heddle({"check", "none_test.go"}, limits), "no TestXxx to start from");
  ExpectRefused(Heddle({"check", "-run", "TestX", "some_test.go"}, limits),
                "no test matches -run TestX");
  ExpectRefused(Heddle({"check", "-run", "(", "some_test.go"}, limits), "'(' is none");
  ExpectRefused(Heddle({"check", "-run", "((a{1,255}){1,255}){1,255}", "some_test.go"}, limits),
                "is none");
}

TEST(BadPathTest, ProgramsReadNoFileOfTheMachine) {
  const TemporaryFolder folder;
  folder.Write("secret.txt", "attack at dawn");
  folder.Write("x.go", Main("b, err := os.ReadFile(\"secret.txt\")\nprintln(string(b), err != nil)",
                            "import \"os\""));
  const Outcome outcome = Heddle({"run", "x.go"}, {.folder = folder.path()});
  EXPECT_TRUE(outcome.Orderly()) << outcome;
  EXPECT_FALSE(outcome.Says("dawn")) << outcome;
}

// ---- Flags

TEST(BadFlagTest, EachNamesTheFlagAndTheMend) {
  const TemporaryFolder folder;
  folder.Write("x.go", Main(""));
  fs::create_directory(folder / "folder.txt");
  const std::vector<std::pair<Arguments, std::string>> cases = {
      {{}, "heddle --help"},
      {{"nonsense"}, "there is no verb 'nonsense'"},
      {{"chekc", "x.go"}, "did you mean heddle check?"},
      {{"x.go"}, "did you mean heddle check x.go?"},
      {{"check"}, "which program?"},
      {{"check", "x.go", "--nonsense"}, "unknown flag --nonsense"},
      {{"check", "x.go", "--budget"}, "--budget wants a value"},
      {{"check", "x.go", "--budget", "1y"}, "'1y' is none"},
      {{"check", "x.go", "--budget", "-1s"}, "'-1s' is none"},
      {{"check", "x.go", "--budget", "99999999999h"}, "is none"},
      {{"check", "x.go", "--max-executions", "99999999999999999999999"}, "is none"},
      {{"check", "x.go", "--max-executions", "-1"}, "'-1' is none"},
      {{"check", "x.go", "--strategy", "foo"}, "no strategy 'foo'"},
      {{"check", "x.go", "--seed", "18446744073709551616"}, "is none"},
      {{"check", "x.go", "--choices", "-3"}, "'-3' is none"},
      {{"check", "x.go", "--time", "foo"}, "no model 'foo'"},
      {{"check", "x.go", "--bound", "timers"}, "timers=3 for example"},
      {{"check", "x.go", "--bound", "foo=1"}, "unknown bound 'foo'"},
      {{"check", "x.go", "--lang", "go2.1"}, "'go2.1' is none"},
      {{"check", "x.go", "--max-steps", "0"}, "'0' is none"},
      {{"check", "x.go", "--max-instructions", "x"}, "'x' is none"},
      {{"check", "x.go", "--max-heap", "99999999999999999999GiB"}, "is none"},
      {{"check", "x.go", "--format", "xml"}, "no format 'xml'"},
      {{"check", "x.go", "--jobs", "0"}, "'0' is none"},
      {{"check", "x.go", "--color", "foo"}, "no mode 'foo'"},
      {{"check", "x.go", "-o", "/nonexistent/report"},
       "cannot write /nonexistent/report: no such file or folder"},
      {{"check", "x.go", "-o", "folder.txt"}, "cannot write folder.txt: is a folder"},
      {{"check", "x.go", "-o", "/dev/full"}, "cannot write /dev/full: no space left"},
      {{"check", "x.go", "--trace", "x.foo"}, "there is no view \".foo\""},
      {{"check", "x.go", "--trace", "x"}, "no suffix"},
      {{"check", "x.go", "missing.go"}, "missing.go: no such file"},
      {{"run"}, "which program?"},
      {{"run", "x.go", "x.go"}, "one PATH at a time"},
      {{"replay"}, "which execution?"},
      {{"replay", "x.go"}, "is no trace"},
      {{"replay", "--schedule", "x"}, "which program?"},
      {{"verify"}, "which scenarios?"},
      {{"verify", "x.go"}, "no scenario"},
      {{"render"}, "which trace?"},
      {{"render", "x.go", "-o", "x.svg"}, "not JSON"},
  };
  for (const auto& [arguments, says] : cases) {
    const Outcome outcome = Heddle(arguments, {.folder = folder.path()});
    SCOPED_TRACE(testing::PrintToString(arguments));
    ExpectRefused(outcome, says);
  }
}

TEST(BadFlagTest, ExtremesThatAreAllowed) {
  const TemporaryFolder folder;
  folder.Write("x.go", Main("c := make(chan int, 1)\nc <- 1\n<-c"));
  for (const auto& [flag, value, status] : std::vector<std::tuple<std::string, std::string, int>>{
           {"--max-heap", "0", 3},
           {"--max-heap", "1", 3},
           {"--max-heap", "1000000GiB", 0},
           {"--max-steps", "1", 3},
           {"--max-instructions", "18446744073709551615", 0},
           {"--seed", "18446744073709551615", 0},
           {"--max-executions", "18446744073709551615", 0},
           {"--jobs", "1024", 0},
           {"--choices", "1000000", 0}}) {
    const Outcome outcome = Heddle({"check", "x.go", flag, value}, {.folder = folder.path()});
    EXPECT_TRUE(outcome.Orderly()) << flag << " " << value << "\n" << outcome;
    if (value != "1000000GiB") {
      EXPECT_EQ(outcome.status, status) << flag << " " << value << "\n" << outcome;
    }
  }
}

}  // namespace
}  // namespace heddle::robustness
