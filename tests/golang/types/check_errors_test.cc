// SPDX-License-Identifier: Apache-2.0
//
// Wrong programs and what the checker says about them: position and wording as the newest gc has
// them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golang/types/check_util.h"

namespace heddle::golang::types {
namespace {

struct Case {
  const char* name;
  const char* text;  // After "package main\n", so its first line is line 2.
  std::vector<std::string> want;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class CheckErrors : public ::testing::TestWithParam<Case> {};

TEST_P(CheckErrors, AreReported) {
  TestProgram program;
  program.Check("package main\n" + std::string(GetParam().text));
  EXPECT_THAT(program.Messages(), ::testing::ElementsAreArray(GetParam().want)) << GetParam().text;
}

std::string NameOf(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

const Case kNames[] = {
    {"Undefined", "func main() { x = 1 }", {"2:15: undefined: x"}},
    {"Unused", "func main() { x := 1 }", {"2:15: declared and not used: x"}},
    {"UnusedInClosure",
     "func main() { func() { var y int }() }",
     {"2:28: declared and not used: y"}},
    {"FailedIsNotUnused", "func main() { x := y }", {"2:20: undefined: y"}},
    {"FailedWithTypeIsNotUnused",
     "func main() { var x int = nil }",
     {"2:27: cannot use nil as int value in variable declaration"}},
    {"NoTypeIsNotUnused", "func main() { var x undef }", {"2:21: undefined: undef"}},
    {"FailedAssignmentIsNotUnused",
     "func main() { var x int; x = \"\" }",
     {"2:30: cannot use \"\" (untyped string constant) as int value in assignment"}},
    {"MismatchIsNotUnused", "func main() { var a, b = 1, 2, 3 }", {"2:32: extra init expr 3"}},
    {"ForgottenParentheses",
     "import \"fmt\"\nfunc main() { defer func() { fmt.Println() } }",
     {"3:21: expression in defer must be function call"}},
    {"AssignedIsNotUsed", "func main() { x := 1; x = 2 }", {"2:15: declared and not used: x"}},
    {"UnusedImport", "import \"os\"\nfunc main() {}", {"2:8: \"os\" imported and not used"}},
    {"UnusedRenamedImport",
     "import o \"os\"\nfunc main() {}",
     {"2:8: \"os\" imported as o and not used"}},
    {"UnknownImport",
     "import \"foo/bar\"\nfunc main() { bar.X() }",
     {"2:8: package foo/bar is not in std"}},
    {"UnusedUnsafe",
     "import \"unsafe\"\nfunc main() {}",
     {"2:8: \"unsafe\" imported and not used"}},
    {"Cgo", "import \"C\"\nfunc main() {}", {"2:8: valid Go, not supported yet: package C"}},
    {"Redeclared",
     "func main() { var a int; var a string; _ = a }",
     {"2:30: a redeclared in this block\n\tx.go:2:19: other declaration of a"}},
    {"RedeclaredPackage",
     "var f int\nfunc f() {}\nfunc main() {}",
     {"3:6: f redeclared in this block\n\tx.go:2:5: other declaration of f"}},
    {"NoNewVariables",
     "func main() { a := 1; a := 2; _ = a }",
     {"2:25: no new variables on left side of :="}},
    {"NonName",
     "func main() { var s struct{ f int }; s.f := 1 }",
     {"2:38: non-name s.f on left side of :="}},
    {"PackageName",
     "import \"fmt\"\nfunc main() { fmt = 1 }",
     {"2:8: \"fmt\" imported and not used", "3:15: use of package fmt not in selector"}},
    {"UndefinedInPackage",
     "import \"fmt\"\nfunc main() { fmt.Foo() }",
     {"3:19: undefined: fmt.Foo"}},
    {"NotExported",
     "import \"strings\"\nfunc main() { strings.index() }",
     {"3:23: undefined: strings.index"}},
    {"NotAType",
     "var x int\nvar y x\nfunc main() {}",
     {"3:7: x (variable of type int) is not a type"}},
    {"TypeIsNoExpression",
     "func main() { x := int; _ = x }",
     {"2:20: int (type) is not an expression"}},
    {"NoMain", "func f() {}", {"function main is undeclared in the main package"}},
    {"MainSignature",
     "func main(x int) {}",
     {"2:6: func main must have no arguments and no return values"}},
    {"InitIsAFunc", "var init int\nfunc main() {}", {"2:5: cannot declare init - must be func"}},
    {"MissingBody", "func f()\nfunc main() {}", {"2:6: missing function body"}},
    {"Iota", "func main() { _ = iota }", {"2:19: cannot use iota outside constant declaration"}},
    {"Blank", "func main() { _ = _ }", {"2:19: cannot use _ as value or type"}},
};
INSTANTIATE_TEST_SUITE_P(Names, CheckErrors, ::testing::ValuesIn(kNames), NameOf);

const Case kAssignments[] = {
    {"Mismatch",
     "func main() { var x int = \"a\"; _ = x }",
     {"2:27: cannot use \"a\" (untyped string constant) as int value in variable declaration"}},
    {"Assignment",
     "func main() { var s string; x := 1; s = x; _ = s }",
     {"2:41: cannot use x (variable of type int) as string value in assignment"}},
    {"Count",
     "func f() int { return 1 }\nfunc main() { a, b := f(); _, _ = a, b }",
     {"3:23: assignment mismatch: 2 variables but f returns 1 value"}},
    {"CountValues",
     "func main() { a, b := 1, 2, 3; _, _ = a, b }",
     {"2:23: assignment mismatch: 2 variables but 3 values"}},
    {"MissingInit", "var a, b, c = 1, 2\nfunc main() {}", {"2:11: missing init expr for c"}},
    {"Nil",
     "func main() { var x int = nil; _ = x }",
     {"2:27: cannot use nil as int value in variable declaration"}},
    {"UntypedNil", "func main() { x := nil; _ = x }", {"2:20: use of untyped nil in assignment"}},
    {"NotAddressable",
     "func f() int { return 1 }\nfunc main() { f() = 2 }",
     {"3:15: cannot assign to f() (neither addressable nor a map index expression)"}},
    {"FieldInMap",
     "func main() { m := map[int]struct{ f int }{}; m[1].f = 2 }",
     {"2:47: cannot assign to struct field m[1].f in map"}},
    {"StringElement",
     "func main() { s := \"a\"; s[0] = 'b' }",
     {"2:25: cannot assign to s[0] (neither addressable nor a map index expression)"}},
    {"MissingMethod",
     "type I interface{ M() }\ntype T struct{}\nfunc main() { var i I = T{}; _ = i }",
     {"4:25: cannot use T{} (value of struct type T) as I value in variable declaration: T does "
      "not implement I "
      "(missing method M)"}},
    {"PointerReceiver",
     "type I interface{ M() }\ntype T struct{}\nfunc (*T) M() {}\nfunc main() { var i I = T{}; _ = "
     "i }",
     {"5:25: cannot use T{} (value of struct type T) as I value in variable declaration: T does "
      "not implement I "
      "(method M has pointer receiver)"}},
    {"WrongMethod",
     "type I interface{ M(int) }\ntype T struct{}\nfunc (T) M() {}\nfunc main() { var _ I = T{} }",
     {"5:25: cannot use T{} (value of struct type T) as I value in variable declaration: T does "
      "not implement I "
      "(wrong type for method M)\n\t\thave M()\n\t\twant M(int)"}},
    {"NeedAssertion",
     "func main() { var a any = 1; var i int = a; _ = i }",
     {"2:42: cannot use a (variable of interface type any) as int value in variable declaration: "
      "need type assertion"}},
    {"Argument",
     "func f(s string) {}\nfunc main() { f(1) }",
     {"3:17: cannot use 1 (untyped int constant) as string value in argument to f"}},
    {"TooFew",
     "func f(a, b int) {}\nfunc main() { f(1) }",
     {"3:17: not enough arguments in call to f\n\thave (number)\n\twant (int, int)"}},
    {"TooMany",
     "func f(a int) {}\nfunc main() { f(1, \"a\") }",
     {"3:20: too many arguments in call to f\n\thave (number, string)\n\twant (int)"}},
    {"ReturnTooFew",
     "func f() (int, error) { return 1 }\nfunc main() {}",
     {"2:32: not enough return values\n\thave (number)\n\twant (int, error)"}},
    {"ReturnTooMany",
     "func f() { return 1 }\nfunc main() {}",
     {"2:19: too many return values\n\thave (number)\n\twant ()"}},
    {"NoValue",
     "func f() {}\nfunc main() { x := f(); _ = x }",
     {"3:20: f() (no value) used as value"}},
    {"MultiValue",
     "func f() (int, int) { return 1, 2 }\nfunc main() { x := 1 + f(); _ = x }",
     {"3:24: multiple-value f() (value of type (int, int)) in single-value context"}},
    {"NotUsed", "func main() { x := 1; x + 1 }", {"2:23: x + 1 (value of type int) is not used"}},
    {"SpreadOfNonVariadic",
     "func f(a []int) {}\nfunc main() { f([]int{}...) }",
     {"3:15: cannot use ... in call to non-variadic f"}},
    {"CallOfNonFunction",
     "func main() { x := 1; x() }",
     {"2:23: invalid operation: cannot call non-function x (variable of type int)"}},
};
INSTANTIATE_TEST_SUITE_P(Assignments, CheckErrors, ::testing::ValuesIn(kAssignments), NameOf);

const Case kOperators[] = {
    {"MismatchedTypes",
     "func main() { x, y := 1, \"a\"; _ = x + y }",
     {"2:35: invalid operation: x + y (mismatched types int and string)"}},
    {"NotDefined",
     "func main() { x := \"a\"; _ = x - x }",
     {"2:29: invalid operation: operator - not defined on x (variable of type string)"}},
    {"DivisionByZero",
     "func main() { x := 1; _ = x / 0 }",
     {"2:31: invalid operation: division by zero"}},
    {"Overflow",
     "var b byte = 256\nfunc main() {}",
     {"2:14: cannot use 256 (untyped int constant) as byte value in variable declaration "
      "(overflows)"}},
    {"ConversionOverflow", "func main() { _ = byte(256) }", {"2:24: constant 256 overflows byte"}},
    {"Truncated",
     "var i int = 1.5\nfunc main() {}",
     {"2:13: cannot use 1.5 (untyped float constant) as int value in variable declaration "
      "(truncated)"}},
    {"TypedOverflow",
     "const c int8 = 100\nvar x = c * 2\nfunc main() {}",
     {"3:9: c * 2 (constant 200 of type int8) overflows int8"}},
    {"ConstantShift", "const c = 1 << 600\nfunc main() {}", {"2:13: constant shift overflow"}},
    {"ShiftCount",
     "func main() { _ = 1 << -1 }",
     {"2:24: invalid operation: negative shift count -1 (untyped int constant)"}},
    {"ShiftOfFloat",
     "func main() { var s uint; var f float64 = 1 << s; _ = f }",
     {"2:43: invalid operation: shifted operand 1 (type float64) must be integer"}},
    {"CompareSlices",
     "func main() { var a []int; _ = a == a }",
     {"2:32: invalid operation: a == a (slice can only be compared to nil)"}},
    {"CompareStructs",
     "func main() { var a struct{ f []int }; _ = a == a }",
     {"2:44: invalid operation: a == a (struct containing []int cannot be compared)"}},
    {"CompareMismatch",
     "func main() { a, b := 1, \"\"; _ = a == b }",
     {"2:39: invalid operation: a == b (mismatched types int and string)"}},
    {"OrderOfBools",
     "func main() { a := true; _ = a < a }",
     {"2:30: invalid operation: a < a (operator < not defined on bool)"}},
    {"Indirect",
     "func main() { x := 1; _ = *x }",
     {"2:28: invalid operation: cannot indirect x (variable of type int)"}},
    {"AddressOf",
     "func main() { _ = &1 }",
     {"2:20: invalid operation: cannot take address of 1 (untyped int constant)"}},
    {"Index",
     "func main() { x := 1; _ = x[0] }",
     {"2:27: invalid operation: cannot index x (variable of type int)"}},
    {"IndexRange",
     "func main() { var a [3]int; _ = a[5] }",
     {"2:35: invalid argument: index 5 out of bounds [0:3]"}},
    {"NegativeIndex",
     "func main() { var a []int; _ = a[-1] }",
     {"2:34: invalid argument: index -1 (constant of type int) must not be negative"}},
    {"SliceIndices",
     "func main() { var a []int; _ = a[2:1] }",
     {"2:36: invalid slice indices: 1 < 2"}},
    {"Selector",
     "type T struct{}\nfunc main() { var x T; x.foo() }",
     {"3:26: x.foo undefined (type T has no field or method foo)"}},
    {"SelectorHint",
     "type T struct{ Foo int }\nfunc main() { var x T; _ = x.foo }",
     {"3:30: x.foo undefined (type T has no field or method foo, but does have field Foo)"}},
    {"Ambiguous",
     "type A struct{ f int }\ntype B struct{ f int }\ntype C struct { A; B }\nfunc main() { var c "
     "C; _ = c.f }",
     {"5:30: ambiguous selector c.f"}},
    {"ImpossibleAssertion",
     "func main() { var e error; _ = e.(int) }",
     {"2:32: impossible type assertion: e.(int)\n\tint does not implement error (missing method "
      "Error)"}},
    {"AssertionOfNonInterface",
     "func main() { x := 1; _ = x.(int) }",
     {"2:27: invalid operation: x (variable of type int) is not an interface"}},
    {"NotConvertible",
     "func main() { _ = int(\"a\") }",
     {"2:23: cannot convert \"a\" (untyped string constant) to type int"}},
    {"LenOfInt",
     "func main() { _ = len(1) }",
     {"2:23: invalid argument: 1 (untyped int constant) for built-in len"}},
    {"BuiltinNotCalled",
     "func main() { x := len; _ = x }",
     {"2:20: len (built-in) must be called"}},
    {"MinMismatch",
     "func main() { _ = min(1, \"a\") }",
     {"2:26: invalid argument: mismatched types untyped int (previous argument) and untyped string "
      "(type of \"a\")"}},
};
INSTANTIATE_TEST_SUITE_P(Operators, CheckErrors, ::testing::ValuesIn(kOperators), NameOf);

const Case kStatements[] = {
    {"MissingReturn", "func f() int { for { break } }\nfunc main() {}", {"2:30: missing return"}},
    {"SendToReceiveOnly",
     "func f(c <-chan int) { c <- 1 }\nfunc main() {}",
     {"2:24: invalid operation: cannot send to receive-only channel c (variable of type <-chan "
      "int)"}},
    {"ReceiveFromSendOnly",
     "func f(c chan<- int) { <-c }\nfunc main() {}",
     {"2:26: invalid operation: cannot receive from send-only channel c (variable of type chan<- "
      "int)"}},
    {"CloseReceiveOnly",
     "func f(ch <-chan int) { close(ch) }\nfunc main() {}",
     {"2:31: invalid operation: cannot close receive-only channel ch (variable of type <-chan "
      "int)"}},
    {"CloseNonChannel",
     "func main() { close(1) }",
     {"2:21: invalid operation: cannot close non-channel 1 (untyped int constant)"}},
    {"DeferConversion",
     "func main() { defer int(1) }",
     {"2:21: defer requires function call, not conversion"}},
    {"DeferDiscards",
     "func main() { defer len(\"\") }",
     {"2:21: defer discards result of len(\"\") (constant 0 of type int)"}},
    {"NonBoolean", "func main() { if 1 {} }", {"2:18: non-boolean condition in if statement"}},
    {"DuplicateCase",
     "func main() { x := 1; switch x { case 1: case 1: } }",
     {"2:47: duplicate case 1 (constant of type int) in expression switch\n\tx.go:2:39: previous "
      "case"}},
    {"InvalidCase",
     "func main() { x := 1; switch x { case \"a\": } }",
     {"2:39: invalid case \"a\" in switch on x (mismatched types untyped string and int)"}},
    {"DuplicateTypeCase",
     "func main() { var x any; switch x.(type) { case int: case int: } }",
     {"2:59: duplicate case int in type switch\n\tx.go:2:49: previous case"}},
    {"ImpossibleCase",
     "func main() { var e error; switch e.(type) { case int: } }",
     {"2:51: impossible type switch case: int\n\te (variable of interface type error) cannot have "
      "dynamic type int "
      "(missing method Error)"}},
    {"UnusedTypeSwitchVar",
     "func main() { var x any; switch y := x.(type) { case int: } }",
     {"2:33: declared and not used: y"}},
    {"RangeOver",
     "func main() { for range 1.5 {} }",
     {"2:25: cannot range over 1.5 (untyped float constant)"}},
    {"RangeTwo",
     "func main() { c := make(chan int); for a, b := range c { _, _ = a, b } }",
     {"2:43: range over c (variable of type chan int) permits only one iteration variable"}},
    {"IncDec",
     "func main() { s := \"\"; s++ }",
     {"2:24: invalid operation: s++ (non-numeric type string)"}},
    {"ResultShadowed",
     "func f() (err error) { { err := err; _ = err; return } }\nfunc main() {}",
     {"2:47: result parameter err not in scope at return\n\tx.go:2:26: inner declaration of var "
      "err error"}},
};
INSTANTIATE_TEST_SUITE_P(Statements, CheckErrors, ::testing::ValuesIn(kStatements), NameOf);

const Case kTypes[] = {
    {"Recursive",
     "type T struct { f T }\nfunc main() {}",
     {"2:6: invalid recursive type: T refers to itself"}},
    {"RecursiveTwo",
     "type A [2]B\ntype B struct { a A }\nfunc main() {}",
     {"2:6: invalid recursive type A\n\tx.go:2:6: A refers to B\n\tx.go:3:6: B refers to A"}},
    {"RecursiveNames",
     "type A B\ntype B A\nfunc main() {}",
     {"2:6: invalid recursive type A\n\tx.go:2:6: A refers to B\n\tx.go:3:6: B refers to A"}},
    {"InitCycle",
     "var a = f()\nfunc f() int { return a }\nfunc main() {}",
     {"2:5: initialization cycle for a\n\tx.go:2:5: a refers to f\n\tx.go:3:6: f refers to a"}},
    {"ConstCycle",
     "const a = a\nfunc main() {}",
     {"2:7: initialization cycle: a refers to itself"}},
    {"MethodTwice",
     "type T int\nfunc (T) m() {}\nfunc (T) m() {}\nfunc main() {}",
     {"4:10: method T.m already declared at x.go:3:10"}},
    {"FieldAndMethod",
     "type T struct { m int }\nfunc (T) m() {}\nfunc main() {}",
     {"3:10: field and method with the same name m\n\tx.go:2:17: other declaration of m"}},
    {"FieldTwice",
     "type T struct { a int; a string }\nfunc main() {}",
     {"2:24: a redeclared\n\tx.go:2:17: other declaration of a"}},
    {"MapKey", "var m map[[]int]int\nfunc main() {}", {"2:11: invalid map key type []int"}},
    {"ArrayLength", "var n = 2\nvar a [n]int\nfunc main() {}", {"3:8: invalid array length n"}},
    {"NonLocalReceiver",
     "func (int) m() {}\nfunc main() {}",
     {"2:7: cannot define new methods on non-local type int"}},
    {"UnknownField",
     "type T struct { a int }\nvar t = T{b: 1}\nfunc main() {}",
     {"3:11: unknown field b in struct literal of type T"}},
    {"DuplicateField",
     "type T struct { a int }\nvar t = T{a: 1, a: 2}\nfunc main() {}",
     {"3:17: duplicate field name a in struct literal"}},
    {"TooFewValues",
     "type T struct { a, b int }\nvar t = T{1}\nfunc main() {}",
     {"3:12: too few values in struct literal of type T"}},
    {"DuplicateKey",
     "var m = map[string]int{\"a\": 1, \"a\": 2}\nfunc main() {}",
     {"2:32: duplicate key \"a\" in map literal"}},
    {"MissingKey",
     "var m = map[string]int{1}\nfunc main() {}",
     {"2:24: missing key in map literal"}},
    {"DuplicateIndex",
     "var a = [...]int{0: 1, 0: 2}\nfunc main() {}",
     {"2:24: duplicate index 0 in array or slice literal"}},
    {"OutOfBounds",
     "var a = [1]int{1, 2}\nfunc main() {}",
     {"2:19: index 1 is out of bounds (>= 1)"}},
    {"NotSatisfied",
     "func f[T ~int | ~string](x T) {}\nfunc main() { f(1.5) }",
     {"3:16: float64 does not satisfy ~int | ~string (float64 missing in ~int | ~string)"}},
    {"CannotInfer",
     "func f[T any]() {}\nfunc main() { f() }",
     {"3:16: in call to f, cannot infer T (declared at x.go:2:8)"}},
    {"NotInstantiated",
     "type G[T any] struct{}\nvar g G\nfunc main() {}",
     {"3:7: cannot use generic type G[T any] without instantiation"}},
    {"GenericOperator",
     "func f[T any](a, b T) bool { return a < b }\nfunc main() {}",
     {"2:37: invalid operation: a < b (type parameter T cannot use operator <)"}},
    {"ConstraintAsType",
     "type C interface{ ~int }\nvar c C\nfunc main() {}",
     {"3:7: cannot use type C outside a type constraint: interface contains type constraints"}},
};
INSTANTIATE_TEST_SUITE_P(Types, CheckErrors, ::testing::ValuesIn(kTypes), NameOf);

TEST(CheckVersions, NewFeaturesNeedTheirVersion) {
  TestProgram old(20);
  old.Check("package main\nfunc main() {\n\tfor range 10 {\n\t}\n\t_ = min(1, 2)\n}\n");
  EXPECT_THAT(old.Messages(),
              ::testing::ElementsAre(
                  "3:12: cannot range over 10 (untyped int constant): requires go1.22 or later "
                  "(-lang was set to go1.20; check go.mod)",
                  "5:6: min requires go1.21 or later (-lang was set to go1.20; check go.mod)"));
  TestProgram current(22);
  current.Check("package main\nfunc main() {\n\tfor range 10 {\n\t}\n\t_ = min(1, 2)\n}\n");
  EXPECT_THAT(current.Messages(), ::testing::IsEmpty());
}

TEST(CheckVersions, OldFeaturesNeedTheirVersion) {
  TestProgram old(12);
  old.Check(
      "package main\ntype G[T any] struct{}\ntype C interface{ int }\ntype I interface{ M() }\n"
      "type J interface {\n\tI\n\tM()\n}\nvar a, b, c, d = 1_0, 0b1, 0o7, 0x1p0\nvar e = 1 << "
      "s\nvar s int\nfunc main() {}\n");
  const std::string hint = " (-lang was set to go1.12; check go.mod)";
  EXPECT_THAT(
      old.Messages(),
      ::testing::ElementsAre(
          "2:8: type parameter requires go1.18 or later" + hint,
          "3:19: embedding non-interface type int requires go1.18 or later" + hint,
          "6:2: duplicate method M\n\tx.go:7:2: other declaration of method M",
          "9:18: underscore in numeric literal requires go1.13 or later" + hint,
          "9:23: binary literal requires go1.13 or later" + hint,
          "9:28: 0o/0O-style octal literal requires go1.13 or later" + hint,
          "9:33: hexadecimal floating-point literal requires go1.13 or later" + hint,
          "10:14: invalid operation: signed shift count s (variable of type int) requires go1.13 "
          "or later" +
              hint));
}

TEST(CheckUnsafe, SizesAndOffsetsAreConstants) {
  TestProgram program;
  program.Check(
      "package main\nimport \"unsafe\"\ntype E struct{ d int16 }\n"
      "type T struct { a byte; b int32; E; c string }\nvar t T\n"
      "var _ [unsafe.Sizeof(t)]int = [32]int{}\nvar _ [unsafe.Alignof(t.b)]int = [4]int{}\n"
      "var _ [unsafe.Offsetof(t.d)]int = [8]int{}\nvar _ [unsafe.Offsetof(t.c)]int = [16]int{}\n"
      "var _ = unsafe.Slice(&t, 3)[0].a\nvar _ unsafe.Pointer = unsafe.Add(nil, 1)\n"
      "var _ string = unsafe.String(unsafe.StringData(\"a\"), 1)\n"
      "func size[P any](p P) uintptr { return unsafe.Sizeof(p) }\nfunc main() { size(1) }\n");
  EXPECT_THAT(program.Messages(), ::testing::IsEmpty());
}

TEST(CheckUnsafe, WrongCallsAreReported) {
  TestProgram program;
  program.Check(
      "package main\nimport \"unsafe\"\ntype E struct{ d int }\ntype T struct { *E; f int }\n"
      "func (T) m() {}\nvar t T\nconst (\n\ta = unsafe.Offsetof(t.d)\n"
      "\tb = unsafe.Offsetof(t.m)\n\tc = unsafe.Offsetof(t)\n)\nfunc main() {\n"
      "\tunsafe.Sizeof(t)\n\t_ = unsafe.Sizeof\n\t_ = unsafe.Slice(t, 1)\n\t_ = unsafe.Foo\n}\n");
  EXPECT_THAT(program.Messages(),
              ::testing::ElementsAre(
                  "8:22: invalid argument: field d is embedded via a pointer in T",
                  "9:22: invalid argument: t.m is a method value",
                  "10:22: invalid argument: t is not a selector expression",
                  "13:2: unsafe.Sizeof(t) (constant 16 of type uintptr) is not used",
                  "14:6: unsafe.Sizeof (built-in) must be called",
                  "15:19: invalid argument: t (variable of struct type T) is not a pointer",
                  "16:13: undefined: unsafe.Foo"));
}

TEST(CheckMany, TenErrorsAreEnough) {
  std::string text = "package main\nfunc main() {\n";
  for (int i = 0; i < 20; ++i) text += "\tu" + std::to_string(i) + "()\n";
  TestProgram program;
  program.Check(text + "}\n");
  const std::vector<std::string> messages = program.Messages();
  ASSERT_EQ(messages.size(), 11u);
  EXPECT_EQ(messages[0], "3:2: undefined: u0");
  EXPECT_THAT(messages[10], ::testing::EndsWith("too many errors"));
}

TEST(CheckPackages, UnexportedNamesStayInside) {
  TestProgram program;
  program.AddPackage("lib",
                     "package lib\ntype T struct { F, g int }\nfunc (T) h() {}\nvar hidden int\n");
  program.Check(
      "package main\nimport \"lib\"\nfunc main() {\n\tvar t lib.T\n\t_ = t.F\n\t_ = "
      "t.g\n\tt.h()\n\t_ = lib.hidden\n"
      "\t_ = lib.T{1, 2}\n}\n");
  EXPECT_THAT(
      program.Messages(),
      ::testing::ElementsAre(
          "6:8: t.g undefined (cannot refer to unexported field g)",
          "7:4: t.h undefined (cannot refer to unexported method h)",
          "8:10: name hidden not exported by package lib",
          "9:15: implicit assignment to unexported field g in struct literal of type lib.T"));
}

}  // namespace
}  // namespace heddle::golang::types
