// SPDX-License-Identifier: Apache-2.0
//
// Wrong files: what the parser says about them, and where.
//
// Each message but the wording newer than go1.19 ("expected" for "expecting", "name x", "keyword
// return") was compared with that of the real compiler.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/golang/syntax/parser.h"
#include "sim/base/large_stack.h"

namespace heddle::golang {
namespace {

std::vector<std::string> Errors(const std::string& source) {
  FileSet files;
  ParseResult result;
  sim::RunOnLargeStack([&] { result = ParseFile(files, "f", source); });
  result.diagnostics.SortAndLimit(files);
  std::vector<std::string> messages;
  for (const Diagnostic& d : result.diagnostics) messages.push_back(Render(files, d).substr(2));
  return messages;
}

struct Case {
  std::string source;
  std::vector<std::string> errors;  // Without the file name.
};

std::vector<Case> Cases() {
  return {
      {"package p\nfunc f() { x := }\n", {"2:17: syntax error: unexpected }, expected expression"}},
      {"package p\nfunc f() { if x = 5 { } }\n",
       {"2:17: syntax error: cannot use assignment x = 5 as value"}},
      {"package p\nfunc f() { if a+b = 5 { } }\n",
       {"2:19: syntax error: cannot use assignment (a + b) = 5 as value"}},
      {"package p\nfunc f() { for i := 0; i < 10 { } }\n",
       {"2:31: syntax error: unexpected {, expected semicolon or newline"}},
      {"package p\nfunc f() { for var i = 0; i < 10; i++ { } }\n",
       {"2:20: syntax error: var declaration not allowed in for initializer"}},
      {"package p\nfunc f() { if x := 1; { } }\n",
       {"2:21: syntax error: missing condition in if statement"}},
      {"package p\nfunc f() { if x := 1\n { } }\n",
       {"2:21: syntax error: unexpected newline, expected { after if clause"}},
      {"package p\nfunc f()\n{\n}\n",
       {"3:1: syntax error: unexpected semicolon or newline before {"}},
      {"package p\nx := 1\n",
       {"2:1: syntax error: non-declaration statement outside function body"}},
      {"package p\nfunc f() { return 1 2 }\n",
       {"2:21: syntax error: unexpected literal 2 at end of statement"}},
      {"package p\nfunc f() { foo(1, 2 }\n",
       {"2:21: syntax error: unexpected } in argument list; possibly missing comma or )"}},
      {"package p\nfunc f() { foo(1,\n 2\n ) }\n",
       {"3:3: syntax error: unexpected newline in argument list; possibly missing comma or )"}},
      {"package p\nfunc f() { a := []int{1, 2\n } ; _ = a }\n",
       {"2:27: syntax error: unexpected newline in composite literal; possibly missing comma or "
        "}"}},
      {"package p\ntype T struct { a int b int }\n",
       {"2:23: syntax error: unexpected name b in struct type; possibly missing semicolon or "
        "newline or }"}},
      {"package p\ntype T struct { a, b }\n", {"2:22: syntax error: unexpected }, expected type"}},
      {"package p\nfunc f(a int, b) {}\n", {"2:16: syntax error: missing parameter type"}},
      {"package p\nfunc f(a, b int, string) {}\n", {"2:24: syntax error: missing parameter type"}},
      {"package p\nfunc f[T]() {}\n", {"2:9: syntax error: missing type constraint"}},
      {"package p\ntype T[P any, Q] struct{}\n", {"2:16: syntax error: missing type constraint"}},
      {"package p\nfunc (x T, y T) m() {}\n", {"2:17: method has multiple receivers"}},
      {"package p\nfunc () m() {}\n", {"2:9: method has no receiver"}},
      {"package p\nfunc (t T) m[P any]() {}\n",
       {"2:13: syntax error: method must have no type parameters"}},
      {"package p\nvar f = func[T any](x T) {}\n",
       {"2:13: syntax error: function type must have no type parameters"}},
      {"package p\nimport \"fmt\"\nvar x int\nimport \"os\"\n",
       {"4:1: syntax error: imports must appear before other declarations"}},
      {"package p\nimport fmt\n", {"2:11: syntax error: missing import path"}},
      {"package p\nimport 5\n", {"2:8: syntax error: import path must be a string"}},
      {"package p\nfunc f() { break }\n", {"2:12: break is not in a loop, switch, or select"}},
      {"package p\nfunc f() { continue }\n", {"2:12: continue is not in a loop"}},
      {"package p\nfunc f() { goto L }\n", {"2:17: label L not defined"}},
      {"package p\nfunc f() { L: x() }\n", {"2:12: label L defined and not used"}},
      {"package p\nfunc f() { L: for { break L }; L: for { continue L } }\n",
       {"2:32: label L already defined at f:2:12", "2:50: invalid continue label L"}},
      {"package p\nfunc f() { goto L; x := 1; _ = x; L: }\n",
       {"2:17: goto L jumps over declaration of x at f:2:22"}},
      {"package p\nfunc f() { goto L; { L: } }\n",
       {"2:17: goto L jumps into block starting at f:2:20"}},
      {"package p\nfunc f() { switch { case true: fallthrough } }\n",
       {"2:32: cannot fallthrough final case in switch"}},
      {"package p\nfunc f() { fallthrough }\n", {"2:12: fallthrough statement out of place"}},
      {"package p\nfunc f() { switch x.(type) { case int: fallthrough; case string: } }\n",
       {"2:40: cannot fallthrough in type switch"}},
      {"package p\nfunc f() { L: if true { break L } }\n", {"2:31: invalid break label L"}},
      {"package p\nfunc f() { L: switch { case true: for { continue L } } }\n",
       {"2:50: invalid continue label L"}},
      {"package p\nfunc f() { defer f }\n", {"2:18: expression in defer must be function call"}},
      {"package p\nfunc f() { go (f()) }\n", {"2:15: expression in go must not be parenthesized"}},
      {"package p\nfunc f() { defer recover(), 1 }\n",
       {"2:27: syntax error: unexpected comma at end of statement"}},
      {"package p\nfunc f() { x = \"abc\n }\n", {"2:20: newline in string"}},
      {"package p\nfunc f() { x = 'ab' }\n", {"2:16: more than one character in rune literal"}},
      {"package p\nfunc f() { x = '' }\n", {"2:17: empty rune literal or unescaped '"}},
      {"package p\nfunc f() { x = '\\q' }\n", {"2:18: unknown escape"}},
      {"package p\nfunc f() { x = \"\\xg1\" }\n",
       {"2:19: invalid character 'g' in hexadecimal escape"}},
      {"package p\nfunc f() { x = 08 + 1 }\n", {"2:17: invalid digit '8' in octal literal"}},
      {"package p\nfunc f() { x = 0b12 }\n", {"2:19: invalid digit '2' in binary literal"}},
      {"package p\nfunc f() { x = 0x }\n", {"2:18: hexadecimal literal has no digits"}},
      {"package p\nfunc f() { x = 1__0 }\n", {"2:18: '_' must separate successive digits"}},
      {"package p\nfunc f() { x = 0x1.0 }\n",
       {"2:21: hexadecimal mantissa requires a 'p' exponent"}},
      {"package p\nfunc f() { x = 1e }\n", {"2:18: exponent has no digits"}},
      {"package p\nfunc f() { x = 1_ }\n", {"2:17: '_' must separate successive digits"}},
      {"package p\nfunc f() { x = \"\\400\" }\n", {"2:21: octal escape value 256 > 255"}},
      {"package p\nfunc f() { x = \"\\ud800\" }\n",
       {"2:23: escape is invalid Unicode code point U+D800"}},
      {"package p\nfunc f() { x = @ }\n",
       {"2:16: invalid character U+0040 '@'",
        "2:18: syntax error: unexpected }, expected expression"}},
      {"package p\nfunc f() { x = # 1 }\n", {"2:16: invalid character U+0023 '#'"}},
      {"package p\nfunc f() { a := “hi” }\n",
       {"2:17: invalid character U+201C '“' in identifier",
        "2:22: invalid character U+201D '”' in identifier"}},
      {"package p\nfunc f() { select { case x: } \n",
       {"3:1: syntax error: unexpected EOF, expected }"}},
      {"package p\nfunc f() { select { x } }\n",
       {"2:21: syntax error: unexpected name x, expected case or default or }"}},
      {"package p\nfunc f() { switch x { foo } }\n",
       {"2:23: syntax error: unexpected name foo, expected case or default or }"}},
      {"package p\nfunc f() { for x\n{ } }\n",
       {"3:1: syntax error: unexpected {, expected for loop condition"}},
      {"package p\nfunc f() { else { } }\n",
       {"2:12: syntax error: unexpected keyword else, expected }"}},
      {"package p\nfunc f() { if true { } else x }\n",
       {"2:29: syntax error: else must be followed by if or statement block"}},
      {"package p\nfunc f() { if { } }\n",
       {"2:15: syntax error: missing condition in if statement"}},
      {"package p\nfunc f() { a, b += 1, 2 }\n",
       {"2:17: syntax error: unexpected +=, expected := or = or comma"}},
      {"package p\nfunc f() { a, b }\n",
       {"2:17: syntax error: unexpected }, expected := or = or comma"}},
      {"package p\nfunc f() { var x }\n", {"2:18: syntax error: unexpected }, expected type"}},
      {"package p\nfunc f() { const x int = }\n",
       {"2:26: syntax error: unexpected }, expected expression"}},
      {"package p\nfunc f() { type T }\n",
       {"2:19: syntax error: unexpected } in type declaration"}},
      {"package p\nvar x map[string] = 1\n", {"2:19: syntax error: unexpected =, expected type"}},
      {"package p\nvar x chan\n", {"3:1: syntax error: missing channel element type"}},
      {"package p\nvar x []\n", {"2:9: syntax error: unexpected newline, expected type"}},
      {"package p\nvar x [3]\n", {"2:10: syntax error: unexpected newline, expected type"}},
      {"package p\nfunc f() { x := T{1, 2: 3, }; y := [...]int{1 2} }\n",
       {"2:47: syntax error: unexpected literal 2 in composite literal; possibly missing comma or "
        "}"}},
      {"package p\nfunc f() { x[] }\n", {"2:14: syntax error: unexpected ], expected operand"}},
      {"package p\nfunc f() { x[1:2:] }\n", {"2:18: final index required in 3-index slice"}},
      {"package p\nfunc f() { x[1::2] }\n", {"2:16: middle index required in 3-index slice"}},
      {"package p\nfunc f() { x[1 2] }\n",
       {"2:16: syntax error: unexpected literal 2, expected comma, : or ]"}},
      {"package p\nfunc f() { x. }\n", {"2:15: syntax error: unexpected }, expected name or ("}},
      {"package p\nfunc f() { x.5 }\n",
       {"2:13: syntax error: unexpected literal .5 at end of statement"}},
      {"package p\nfunc f() { x.(int }\n", {"2:19: syntax error: unexpected }, expected )"}},
      {"package p\ntype I interface { m() int; n( }\n",
       {"2:32: syntax error: unexpected }, expected )"}},
      {"package p\ntype I interface { m[T any]() }\n",
       {"2:21: interface method must have no type parameters"}},
      {"package p\ntype I interface { int | string; ~ }\n",
       {"2:36: syntax error: unexpected }, expected type"}},
      {"package p\nfunc f() { L: }\n", {"2:12: label L defined and not used"}},
      {"package p\nfunc f() { L: case }\n", {"2:13: syntax error: missing statement after label"}},
      {"package p\n/* unterminated\n", {"2:1: comment not terminated"}},
      {"package p\nvar s = `unterminated\n", {"2:9: string not terminated"}},
      {"package p\nvar x = (1 + 2\n", {"2:15: syntax error: unexpected newline, expected )"}},
      {"package p\nfunc f(\n", {"3:1: syntax error: unexpected EOF, expected )"}},
      {"package p\nfunc\n", {"3:1: syntax error: unexpected EOF, expected name or ("}},
      {"package p\nfunc 5() {}\n", {"2:6: syntax error: unexpected literal 5, expected name or ("}},
      {"package p\ntype T = \n", {"3:1: syntax error: unexpected EOF in type declaration"}},
      {"package p\nfunc f(x ...) {}\n", {"2:13: syntax error: ... is missing type"}},
      {"package p\nfunc f() { for i := range }\n",
       {"2:27: syntax error: unexpected }, expected expression"}},
      {"package p\nfunc f() { for i := 0; i < 10; i := 1 { } }\n",
       {"2:34: syntax error: cannot declare in post statement of for loop"}},
      {"package p\nfunc f() { x++ + 1 }\n",
       {"2:16: syntax error: unexpected + at end of statement"}},
      {"package p\nfunc f() { y := x++ }\n",
       {"2:18: syntax error: unexpected ++ at end of statement"}},
      {"package p\nfunc f() { if x { } } }\n",
       {"2:23: syntax error: unexpected } after top level declaration"}},
      {"package p\nfunc f() { (T){1} }\n",
       {"2:15: syntax error: cannot parenthesize type in composite literal"}},
      {"package p\nfunc f() { _ = (T){1} }\n",
       {"2:19: syntax error: cannot parenthesize type in composite literal"}},
      {"package p\nvar _ <-<-chan int\n",
       {"2:9: syntax error: unexpected <-, expected keyword chan"}},
      {"package p\ntype T struct { (U) }\n",
       {"2:17: syntax error: cannot parenthesize embedded type"}},
      {"package p\ntype T struct { *(U) }\n",
       {"2:18: syntax error: cannot parenthesize embedded type"}},
      {"package p\ntype T struct { a int 5 }\n",
       {"2:23: syntax error: struct field tag must be a string"}},
      {"package p\npackage q\n",
       {"2:1: syntax error: non-declaration statement outside function body"}},
      {"package p\nfunc f() { if x == (T{}) { } ; if x == T{} { } }\n",
       {"2:44: syntax error: unexpected { at end of statement"}},
      {"package p\nfunc f() { a[1, } \n", {"2:17: syntax error: unexpected }, expected ]"}},
      {"package p\nvar x, = 1\n", {"2:8: syntax error: unexpected =, expected name"}},
      {"package p\nvar (x int; y int\n", {"3:1: syntax error: unexpected EOF, expected )"}},
      {"package p\nfunc f() { x :=\ny }; }\n",
       {"3:6: syntax error: non-declaration statement outside function body"}},
      {"package p\nfunc f() { ; ; x y }\n",
       {"2:18: syntax error: unexpected name y at end of statement"}},
  };
}

TEST(SyntaxErrors, AreWordedAndPlacedAsInGc) {
  for (const Case& c : Cases()) EXPECT_EQ(Errors(c.source), c.errors) << c.source;
}

TEST(SyntaxErrors, StopAfterTen) {
  std::string source = "package p\nfunc f() {\n";
  for (int i = 0; i < 30; i++) source += "\ta b\n";
  const std::vector<std::string> errors = Errors(source + "}\n");
  ASSERT_EQ(errors.size(), 11u);
  EXPECT_EQ(errors[9], "12:4: syntax error: unexpected name b at end of statement");
  EXPECT_EQ(errors[10], "12:4: too many errors");
}

TEST(SyntaxErrors, StopWhereAsked) {
  std::string source = "package p\nfunc f() {\n";
  for (int i = 0; i < 30; i++) source += "\ta b\n";
  FileSet files;
  ParseResult result;
  sim::RunOnLargeStack([&] { result = ParseFile(files, "f", source + "}\n", 20); });
  EXPECT_EQ(result.diagnostics.size(), 20u);
}

TEST(SyntaxErrors, OneSyntaxErrorOfALine) {
  EXPECT_EQ(Errors("package p\nfunc f() { ) ) ) }\n").size(), 1u);
}

std::string Repeat(const std::string& text, int count) {
  std::string all;
  for (int i = 0; i < count; i++) all += text;
  return all;
}

TEST(SyntaxErrors, DeepNestingIsAnErrorNotACrash) {
  constexpr int kDepth = 100000;
  const std::vector<std::vector<std::string>> shapes = {
      // What comes before, what opens, what is inside, what closes, what comes after.
      {"var x = ", "(", "1", ")", ""},
      {"var x = ", "1+", "1", "", ""},
      {"var x = ", "f(", "1", ")", ""},
      {"var x = ", "- ", "1", "", ""},
      {"var x = ", "<-", "c", "", ""},
      {"var x = f", ".g", "", "", ""},
      {"var x = ", "T{", "", "}", ""},
      {"var x = T", "{", "", "}", ""},
      {"var x = ", "func() int { return ", "1", "}", ""},
      {"var x ", "[]", "int", "", ""},
      {"var x ", "struct { a ", "int", "}", ""},
      {"var x ", "func(a ", "int", ")", ""},
      {"var x ", "interface { m(", "", ")}", ""},
      {"func f() ", "{", "", "}", ""},
      {"func f() { ", "if x { ", "", "}", "}"},
      {"func f() { ", "if x {} else ", "{}", "", "}"},
      {"func f() { ", "for { ", "", "}", "}"},
      {"func f() { ", "switch { case true: ", "", "}", "}"},
      {"func f() { ", "select { case <-c: ", "", "}", "}"},
      {"func f() { ", "L: ", "x()", "", "}"},
      {"type T[P ", "[]", "int", "", "] int"},
  };
  for (const auto& s : shapes) {
    const std::vector<std::string> errors = Errors("package p\n" + s[0] + Repeat(s[1], kDepth) +
                                                   s[2] + Repeat(s[3], kDepth) + s[4] + "\n");
    ASSERT_EQ(errors.size(), 1u) << s[0] << s[1];
    EXPECT_NE(errors[0].find("heddle reads at most"), std::string::npos) << errors[0];
  }
}

TEST(SyntaxErrors, GarbageEndsSoon) {
  uint64_t state = 1;
  std::string garbage = "package p\n";
  const std::string alphabet = "abc(){}[]<>+-*&^%$#@!~`'\".,;:=| 0123\\\xff";
  for (int i = 0; i < 1'000'000; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    garbage += alphabet[(state >> 33) % alphabet.size()];
  }
  EXPECT_FALSE(Errors(garbage).empty());
  EXPECT_LE(Errors(garbage).size(), 11u);
}

// Every prefix of a file, and the file with each byte dropped, ends without a crash.
TEST(SyntaxErrors, BrokenFilesDoNotCrash) {
  const std::string source = R"(package p
import ("fmt"; . "os")
type T[P any, Q ~int | *[]P] struct { a, b int `tag`; *fmt.Stringer; T[int, string] }
type I interface { m(x, y int, z ...string) (n int, err error); ~int | string; fmt.Stringer }
const ( A = iota + 1<<3; B; C )
func (t *T[P, Q]) f(c chan<- int) (r map[string][]func(int) <-chan int) {
	defer func() { recover() }()
L:
	for i, x := range []int{1, 2: 3, len("a\x41\n"): 'x'} {
		switch y := any(x).(type) { case int, nil: continue L; default: goto M }
		select { case v, ok := <-c: c <- v; _ = ok; case c <- 1: default: break L }
		if z := x[1:2:3]; z == nil { go f(a...) } else if !z { i++ }
	}
M:
	for i := 0x1p-2; i < 1e3; i += 0b1_1 { r[""] = nil; a, b = b, a }
	return T[int, string]{}
}
)";
  EXPECT_TRUE(Errors(source).empty());
  for (size_t i = 0; i < source.size(); i++) {
    Errors(source.substr(0, i));
    Errors(source.substr(0, i) + source.substr(i + 1));
  }
}

}  // namespace
}  // namespace heddle::golang
