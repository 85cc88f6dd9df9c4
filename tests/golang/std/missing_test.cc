// SPDX-License-Identifier: Apache-2.0
// What heddle does not have matters where the program reaches it, and only there; examples.
#include <gtest/gtest.h>

#include "models/golang/std/examples.h"
#include "models/golang/std/load_program.h"

namespace heddle::golang {
namespace {

// The messages, a line each; empty for a program that can be run.
std::string Messages(const std::string& text, const LoadOptions& options = {},
                     const std::string& name = "x.go") {
  const auto loaded = LoadSource(name, text, options);
  std::string out;
  if (loaded) return out;
  for (const LoadDiagnostic& d : loaded.error()) out += d.position + ": " + d.message + "\n";
  return out;
}

constexpr const char* kHttp = "x.go:2:8: valid Go, not supported yet: package net/http\n";

TEST(MissingTest, UnreachedFunctionsMayNeedIt) {
  const std::string head = "package main\nimport \"net/http\"\n";
  EXPECT_EQ(Messages(head + "func f() { http.Get(\"\") }\nfunc main() {}\n"), "");
  EXPECT_EQ(Messages(head + "func f() { http.Get(\"\") }\nfunc main() { f() }\n"), kHttp);
  EXPECT_EQ(Messages(head + "func f() { http.Get(\"\") }\nfunc main() { g := f; _ = g }\n"), kHttp);
  EXPECT_EQ(Messages(head + "func init() { http.Get(\"\") }\nfunc main() {}\n"), kHttp);
}

TEST(MissingTest, TypesHandItOn) {
  const std::string head =
      "package main\nimport \"net/http\"\ntype S struct { c *http.Client; n int }\n"
      "func (s *S) M() int { return s.n }\nfunc New() *S { return &S{} }\n";
  EXPECT_EQ(Messages(head + "func main() {}\n"), "");
  EXPECT_EQ(Messages(head + "func main() { println(New().n) }\n"), kHttp);
  EXPECT_EQ(Messages(head + "func main() { var s S; println(s.M()) }\n"), kHttp);
  EXPECT_EQ(Messages(head + "type G[T any] struct { x T; s S }\nfunc g[T any](x G[T]) {}\n"
                            "func main() { g(G[int]{}) }\n"),
            kHttp);
}

TEST(MissingTest, MethodsOfValuesInInterfacesAreReached) {
  const std::string head =
      "package main\nimport \"net/http\"\ntype T int\nfunc (T) M(c *http.Client) {}\n";
  EXPECT_EQ(Messages(head + "func main() { var t T; _ = t }\n"), "");
  EXPECT_EQ(Messages(head + "func main() { var t any = T(1); _ = t }\n"), kHttp);
}

TEST(MissingTest, VariablesAreReached) {
  EXPECT_EQ(Messages("package main\nimport \"net/http\"\nvar c = &http.Client{}\nfunc main() {}\n"),
            kHttp);
  EXPECT_EQ(Messages("package main\nimport _ \"net/http\"\nfunc main() {}\n"),
            "x.go:2:10: valid Go, not supported yet: package net/http\n");
}

TEST(MissingTest, FaultsOfTheProgramAreFaults) {
  EXPECT_EQ(Messages("package main\nimport \"net/http\"\nfunc main() {}\n"),
            "x.go:2:8: \"net/http\" imported and not used\n");
  EXPECT_EQ(
      Messages("package main\nimport \"net/http\"\nfunc f() { http.Get(x) }\nfunc main() {}\n"),
      "x.go:3:21: undefined: x\n");
  EXPECT_EQ(Messages("package main\nimport \"time\"\nfunc f() { time.NoSuch() }\nfunc main() {}\n"),
            "x.go:3:17: undefined: time.NoSuch\n");
}

TEST(MissingTest, NamesAndMembersOfPackages) {
  EXPECT_EQ(Messages("package main\nimport \"os\"\nfunc main() { os.Chdir(\"/\") }\n"),
            "x.go:3:18: valid Go, not supported yet: os.Chdir\n");
  EXPECT_EQ(Messages("package main\nimport . \"os\"\nfunc main() { Chdir(\"/\"); Exit(0) }\n"),
            "x.go:3:15: valid Go, not supported yet: os.Chdir\n");
  EXPECT_EQ(Messages("package main\nimport \"os\"\nfunc main() { os.Stdin.Chdir() }\n"),
            "x.go:3:24: valid Go, not supported yet: os.File.Chdir\n");
}

TEST(MissingTest, OnlySelectedTestsAreReached) {
  const std::string text =
      "package p\nimport \"net/http\"\nimport \"testing\"\nfunc TestA(t *testing.T) {}\n"
      "func TestB(t *testing.T) { http.Get(\"\") }\n";
  LoadOptions options;
  options.selects = [](const std::string& name) { return name == "TestA"; };
  EXPECT_EQ(Messages(text, options, "x_test.go"), "");
  EXPECT_EQ(Messages(text, {}, "x_test.go"),
            "x_test.go:2:8: valid Go, not supported yet: package net/http\n");
}

TEST(ExamplesTest, OutputsAreTakenFromTheLastComment) {
  const std::string text =
      "package p\nimport \"fmt\"\n"
      "func ExampleA() {\n\tfmt.Println(1)\n\t// Output: 1\n}\n"
      "func ExampleB() {\n\t// no output\n\tfmt.Println(1)\n}\n"
      "func ExampleC() {\n\tfmt.Println(1)\n\n\t// Unordered output:\n\t// b\n\t//  a\n}\n"
      "func ExampleD() {\n\t/* output:\n\t 7 */\n}\n"
      "func ExampleE() {\n\t// Output: 1\n\tfmt.Println(1)\n}\n";
  LoadOptions options;
  options.examples = true;
  const auto loaded = LoadSource("x_test.go", text, options);
  ASSERT_TRUE(loaded.has_value());
  EXPECT_EQ(loaded->entries, (std::vector<std::string>{"ExampleA", "ExampleC", "ExampleD"}));
  EXPECT_EQ(loaded->examples.at("ExampleA").text, "1");
  EXPECT_EQ(loaded->examples.at("ExampleC").text, "b\n a");
  EXPECT_TRUE(loaded->examples.at("ExampleC").is_unordered);
  EXPECT_EQ(loaded->examples.at("ExampleD").text, "7");
  EXPECT_TRUE(LoadSource("x_test.go", text, {})->entries.empty());
}

TEST(ExamplesTest, WhiteSpaceAtTheEndsDoesNotCount) {
  EXPECT_TRUE(IsWanted({"1\n2"}, "\n1\n2\n\n"));
  EXPECT_FALSE(IsWanted({"1\n2"}, "2\n1\n"));
  EXPECT_TRUE(IsWanted({"1\n2", true}, "2\n1\n"));
  EXPECT_FALSE(IsWanted({"1\n2", true}, "1\n1\n"));
}

}  // namespace
}  // namespace heddle::golang
