// SPDX-License-Identifier: Apache-2.0
// Programs of several packages: `heddle run` prints what the program prints that real Go has built.
//
// Real Go builds them in a GOPATH, which needs no network; heddle reads the go.mod beside them.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "tests/conformance/command.h"

namespace heddle::conformance {
namespace {

namespace fs = std::filesystem;

using Files = std::map<std::string, std::string>;

constexpr const char* kModule = "example.com/m";

class Modules : public testing::Test {
 protected:
  void SetUp() override {
    go_ = RealGo::Find();
    ASSERT_TRUE(go_.has_value()) << kNeedsRealGo;
    gopath_ = FreshFolder(std::string("modules_") +
                          testing::UnitTest::GetInstance()->current_test_info()->name());
    root_ = gopath_ / "src" / kModule;
  }

  void Write(const Files& files) {
    for (const auto& [name, text] : files) {
      fs::create_directories((root_ / name).parent_path());
      WriteFile(root_ / name, text);
    }
    WriteFile(root_ / "go.mod", std::string("module ") + kModule + "\n\ngo 1.19\n");
  }

  // Both run the program in the root of the module.
  void ExpectSame(const Files& files, const std::string& output) {
    Write(files);
    const CommandResult built = go_->BuildAll(gopath_, kModule, gopath_ / "bin");
    ASSERT_EQ(built.status, 0) << built.err;
    const CommandResult real = RunCommand({gopath_ / "bin" / "m"}, 30);
    EXPECT_EQ(real.out, output);
    const CommandResult ours = RunCommand({Heddle(), "run", root_}, 30);
    EXPECT_EQ(ours.status, real.status) << ours.err;
    EXPECT_EQ(ours.out, real.out);
  }

  std::optional<RealGo> go_;
  fs::path gopath_, root_;
};

// A package that says when its variables and it are initialized.
std::string Loud(const std::string& name, const std::string& imports) {
  return "package " + name + "\n\nimport (\n\t\"fmt\"\n" + imports + ")\n\nvar V = say(\"var " +
         name + "\")\n\nfunc say(s string) string {\n" +
         "\tfmt.Println(s)\n\treturn s\n}\n\nfunc init() { say(\"init " + name + "\") }\n";
}

TEST_F(Modules, InitializePackagesOnceAndDependenciesFirst) {
  ExpectSame({{"main.go", Loud("main",
                               "\t_ \"example.com/m/z\"\n\t_ \"example.com/m/b\"\n"
                               "\t_ \"example.com/m/a\"\n") +
                              "\nfunc main() { fmt.Println(\"main\") }\n"},
              {"a/a.go", Loud("a", "\t_ \"example.com/m/b/c\"\n")},
              {"b/b.go", Loud("b", "\t_ \"example.com/m/b/c\"\n")},
              {"b/c/c.go", Loud("c", "")},
              {"z/z.go", Loud("z", "")}},
             "var z\ninit z\nvar c\ninit c\nvar b\ninit b\nvar a\ninit a\nvar main\ninit main\n"
             "main\n");
}

TEST_F(Modules, FilesThatTheBuildLeavesOut) {
  ExpectSame(
      {{"main.go",
        "package main\n\nimport \"example.com/m/p\"\n\nfunc main() { println(); p.Show() }\n"},
       {"windows.go", "//go:build windows\n\npackage main\n\nvar wrong = undefined\n"},
       {"p/p.go", "package p\n\nimport \"fmt\"\n\nfunc Show() { fmt.Println(a, b, c, d, e, f) }\n"},
       {"p/a_linux.go", "package p\n\nvar a = \"linux\"\n"},
       {"p/a_darwin.go", "package p\n\nvar a = \"darwin\"\n"},
       {"p/b_amd64.go", "package p\n\nvar b = \"amd64\"\n"},
       {"p/b_linux_arm64.go", "package p\n\nvar b = \"arm64\"\n"},
       {"p/c1.go",
        "// A comment.\n\n//go:build !windows && (linux || darwin)\n\npackage p\n\n"
        "var c = 1\n"},
       {"p/c2.go", "//go:build !(linux && amd64)\n\npackage p\n\nvar c = 2\n"},
       {"p/d1.go", "//go:build go1.18\n\npackage p\n\nvar d = \"new\"\n"},
       {"p/d2.go", "//go:build !go1.18\n\npackage p\n\nvar d = \"old\"\n"},
       {"p/e1.go", "//go:build go1.99\n\npackage p\n\nvar e = \"future\"\n"},
       {"p/e2.go", "//go:build !go1.99\n\npackage p\n\nvar e = \"now\"\n"},
       {"p/f1.go", "//go:build ignore\n\npackage other\n"},
       {"p/f2.go", "//go:build unix\n\npackage p\n\nvar f = \"unix\"\n"},
       {"p/_g.go", "package wrong\n"},
       {"p/p_test.go", "package p\n\nvar a = 1\n"}},
      "linux amd64 1 new now unix\n");
}

TEST_F(Modules, VendoredAndInternalPackages) {
  ExpectSame({{"main.go",
               "package main\n\nimport "
               "(\n\t\"fmt\"\n\n\t\"example.com/m/shapes\"\n\t\"other.org/lib\"\n)\n\n"
               "func main() { fmt.Println(lib.Name(), shapes.Area(2)) }\n"},
              {"shapes/shapes.go",
               "package shapes\n\nimport \"example.com/m/shapes/internal/pi\"\n\n"
               "func Area(r int) int { return pi.Pi * r * r }\n"},
              {"shapes/internal/pi/pi.go", "package pi\n\nconst Pi = 3\n"},
              {"vendor/other.org/lib/lib.go",
               "package lib\n\nimport \"other.org/lib/deep\"\n\n"
               "func Name() string { return deep.Name + \"!\" }\n"},
              {"vendor/other.org/lib/deep/deep.go", "package deep\n\nconst Name = \"vendored\"\n"}},
             "vendored! 12\n");
}

// Packages of the installed Go that heddle has no version of.
TEST_F(Modules, PackagesOfTheInstalledGo) {
  ExpectSame({{"main.go", R"(package main

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"os"
	"strings"
	"text/tabwriter"
)

type item struct {
	Name  string            `json:"name"`
	Count int               `json:"count,omitempty"`
	Tags  map[string]string `json:"tags"`
	Next  *item
}

func main() {
	out, err := json.MarshalIndent([]item{{"a", 1, map[string]string{"k": "v"}, &item{}}, {"b", 0, nil, nil}}, "", " ")
	fmt.Println(string(out), err)
	var back []item
	err = json.Unmarshal(out, &back)
	fmt.Println(back[0].Name, back[0].Tags["k"], back[0].Next.Name == "", len(back), err)
	fmt.Println(json.Unmarshal([]byte(`{"name": 3}`), &item{}))
	fmt.Println(hex.EncodeToString([]byte{1, 0xab}), base64.StdEncoding.EncodeToString([]byte("heddle")), crc32.ChecksumIEEE([]byte("x")))
	records, err := csv.NewReader(strings.NewReader("a,\"b,c\"\nd,e\n")).ReadAll()
	fmt.Println(records, err)
	w := tabwriter.NewWriter(os.Stdout, 0, 8, 1, '.', 0)
	fmt.Fprintln(w, "a\tbb\tc")
	fmt.Fprintln(w, "aaaa\tb\tc")
	w.Flush()
}
)"}},
             "[\n {\n  \"name\": \"a\",\n  \"count\": 1,\n  \"tags\": {\n   \"k\": \"v\"\n  },\n"
             "  \"Next\": {\n   \"name\": \"\",\n   \"tags\": null,\n   \"Next\": null\n  }\n },\n"
             " {\n  \"name\": \"b\",\n  \"tags\": null,\n  \"Next\": null\n }\n] <nil>\n"
             "a v true 2 <nil>\n"
             "json: cannot unmarshal number into Go struct field item.name of type string\n"
             "01ab aGVkZGxl 2363233923\n[[a b,c] [d e]] <nil>\na....bb.c\naaaa.b..c\n");
}

}  // namespace
}  // namespace heddle::conformance
