// SPDX-License-Identifier: Apache-2.0
// Imports: which package a path names, what may not be read, and what is said when there is none.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

#include "models/golang/std/build_constraint.h"
#include "models/golang/std/load_program.h"
#include "models/golang/std/package_finder.h"
#include "models/golang/std/source_files.h"

namespace heddle::golang {
namespace {

namespace fs = std::filesystem;

class ModulesTest : public testing::Test {
 protected:
  void SetUp() override {
    top_ = fs::path(testing::TempDir()) /
           (std::string("heddle_") + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(top_);
    root_ = top_ / "m";
    Write("go.mod", "module example.com/m\n\ngo 1.22\n");
  }
  void TearDown() override { fs::remove_all(top_); }

  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }
  void WriteMain(const std::string& import) {
    Write("main.go", "package main\n\nimport _ \"" + import + "\"\n\nfunc main() {}\n");
  }

  // What loading the folder says, one message after the other; positions below the root.
  std::string Messages(const std::string& goroot = "") {
    const auto loaded = LoadProgram({root_.string()}, {.goroot = goroot});
    if (loaded) return "";
    std::string text;
    for (const LoadDiagnostic& d : loaded.error()) {
      std::string place = d.position;
      if (place.starts_with(root_.string())) place = place.substr(root_.string().size() + 1);
      text += place + (d.is_unsupported ? " unsupported " : " ") + d.message + "\n";
    }
    for (size_t at; (at = text.find(root_.string())) != std::string::npos;)
      text.replace(at, root_.string().size(), "ROOT");
    return text;
  }

  fs::path top_, root_;
};

TEST_F(ModulesTest, UnknownPackagesAreNamedOnce) {
  WriteMain("example.com/m/none");
  EXPECT_EQ(Messages(), "main.go:3:10 no required module provides package example.com/m/none\n");
  WriteMain("nosuch/package");
  EXPECT_EQ(Messages(), "main.go:3:10 package nosuch/package is not in std\n");
  WriteMain("net/http");
  EXPECT_EQ(Messages(), "main.go:3:10 unsupported valid Go, not supported yet: package net/http\n");
  // In a package that is imported, too, and by several.
  WriteMain("example.com/m/a");
  Write("a/a.go", "package a\n\nimport _ \"example.com/m/b\"\nimport \"x.org/y\"\n\nvar V = y.V\n");
  Write("b/b.go", "package b\n\nimport \"x.org/z\"\n\nvar V = z.V\n");
  EXPECT_EQ(Messages(),
            "a/a.go:4:8 no required module provides package x.org/y\n"
            "b/b.go:3:8 no required module provides package x.org/z\n");
}

TEST_F(ModulesTest, ImportCycleIsShownWhole) {
  WriteMain("example.com/m/a");
  Write("a/a.go", "package a\n\nimport \"example.com/m/b\"\n\nfunc A() { b.B() }\n");
  Write("b/b.go", "package b\n\nimport \"example.com/m/a\"\n\nfunc B() { a.A() }\n");
  EXPECT_EQ(Messages(),
            "b/b.go:3:8 package example.com/m\n\timports example.com/m/a\n\timports "
            "example.com/m/b\n\timports example.com/m/a: import cycle not allowed\n");
}

TEST_F(ModulesTest, InternalPackages) {
  WriteMain("example.com/m/x/internal/s");
  Write("x/internal/s/s.go", "package s\n");
  EXPECT_EQ(Messages(),
            "main.go:3:10 use of internal package example.com/m/x/internal/s not allowed\n");
  WriteMain("internal/abi");
  EXPECT_EQ(Messages(), "main.go:3:10 use of internal package internal/abi not allowed\n");
  WriteMain("example.com/m/internal/s");
  Write("internal/s/s.go", "package s\n");
  EXPECT_EQ(Messages(), "");
  EXPECT_EQ(PackageFinder::InternalFault("a/internal/b", "a"), "");
  EXPECT_EQ(PackageFinder::InternalFault("a/internal", "a/c/d"), "");
  EXPECT_NE(PackageFinder::InternalFault("a/internal/b", "ab"), "");
  EXPECT_EQ(PackageFinder::InternalFault("a/internals/b", "z"), "");
}

TEST_F(ModulesTest, WhatIsWrongWithAFolder) {
  WriteMain("example.com/m/p");
  Write("p/p.go", "//go:build windows\n\npackage p\n");
  EXPECT_EQ(Messages(), "main.go:3:10 build constraints exclude all Go files in ROOT/p\n");
  Write("p/p.go", "package p\n");
  Write("p/q.go", "package q\n");
  EXPECT_EQ(Messages(), "main.go:3:10 found packages p (p.go) and q (q.go) in ROOT/p\n");
  Write("p/p.go", "package main\n");
  fs::remove(root_ / "p/q.go");
  EXPECT_EQ(Messages(),
            "main.go:3:10 import \"example.com/m/p\" is a program, not an importable package\n");
}

// Nothing is read that is not below the module's root.
TEST_F(ModulesTest, LinksOutOfTheModuleAreNotFollowed) {
  fs::create_directories(top_ / "secret");
  std::ofstream(top_ / "secret/secret.go") << "package secret\n\nconst Key = 1\n";
  WriteMain("example.com/m/secret");
  fs::create_directory_symlink(top_ / "secret", root_ / "secret");
  EXPECT_EQ(Messages(), "main.go:3:10 no required module provides package example.com/m/secret\n");
  fs::remove(root_ / "secret");
  fs::create_directory(root_ / "secret");
  fs::create_symlink(top_ / "secret/secret.go", root_ / "secret/secret.go");
  EXPECT_EQ(Messages(), "main.go:3:10 build constraints exclude all Go files in ROOT/secret\n");
  // Inside of it they are.
  fs::remove_all(root_ / "secret");
  Write("real/real.go", "package real\n");
  fs::create_directory_symlink(root_ / "real", root_ / "secret");
  EXPECT_EQ(Messages(), "");
  for (const char* path : {"example.com/m/../secret", "../secret", "/etc"}) {
    WriteMain(path);
    EXPECT_NE(Messages(), "") << path;
  }
  WriteMain("embed");
  EXPECT_EQ(Messages(FindGoRoot(nullptr, std::getenv("PATH"))),
            "main.go:3:10 unsupported valid Go, not supported yet: package embed\n");
}

TEST_F(ModulesTest, AnotherModuleBelowIsNotPartOfThisOne) {
  WriteMain("example.com/m/sub/p");
  Write("sub/p/p.go", "package p\n");
  EXPECT_EQ(Messages(), "");
  Write("sub/go.mod", "module example.com/m/sub\n");
  EXPECT_EQ(Messages(), "main.go:3:10 no required module provides package example.com/m/sub/p\n");
}

TEST_F(ModulesTest, PackagesOfAnInstalledGo) {
  const std::string goroot = FindGoRoot(nullptr, std::getenv("PATH"));
  ASSERT_NE(goroot, "") << "install Debian's golang-1.19-src";
  WriteMain("encoding/json");
  EXPECT_EQ(Messages(),
            "main.go:3:10 unsupported valid Go, not supported yet: package encoding/json\n");
  EXPECT_EQ(Messages(goroot), "");
  // They need what a simulated program does not have.
  for (const char* path : {"net/http", "os/exec", "plugin"}) {
    WriteMain(path);
    EXPECT_EQ(Messages(goroot),
              std::string("main.go:3:10 unsupported valid Go, not supported yet: package ") + path +
                  "\n");
  }
}

TEST_F(ModulesTest, ExternalTestPackage) {
  Write("p.go", "package p\n\nfunc Double(i int) int { return 2 * twice(i) / 2 }\n");
  Write("q.go", "package p\n\nfunc twice(i int) int { return i + i }\n");
  Write("in_test.go",
        "package p\n\nimport \"testing\"\n\nvar Exported = twice\n\n"
        "func TestIn(t *testing.T) { if twice(1) != 2 { t.Fatal() } }\n");
  Write("out_test.go",
        "package p_test\n\nimport (\n\t\"testing\"\n\n\t\"example.com/m\"\n)\n\n"
        "func TestOut(t *testing.T) { if p.Double(2) != p.Exported(2) { t.Fatal() } }\n");
  const auto loaded = LoadProgram({root_.string()}, {});
  ASSERT_TRUE(loaded.has_value()) << loaded.error()[0].position << loaded.error()[0].message;
  EXPECT_EQ(loaded->entries, (std::vector<std::string>{"TestIn", "TestOut"}));
  // The texts of all packages count.
  Write("sub/s.go", "package sub\n\nconst N = 1\n");
  Write("q.go",
        "package p\n\nimport \"example.com/m/sub\"\n\n"
        "func twice(i int) int { return i + i*sub.N }\n");
  const auto before = LoadProgram({root_.string()}, {});
  Write("sub/s.go", "package sub\n\nconst N = 1 + 0\n");
  const auto after = LoadProgram({root_.string()}, {});
  ASSERT_TRUE(before.has_value() && after.has_value());
  EXPECT_NE(before->hash, after->hash);
}

TEST(BuildConstraint, NamesAndLines) {
  const BuildContext here, nowhere{.has_arch = false};
  EXPECT_TRUE(IsInBuild("linux.go", "package p", here));
  EXPECT_TRUE(IsInBuild("x_linux_test.go", "package p", here));
  EXPECT_FALSE(IsInBuild("x_windows_amd64.go", "package p", here));
  EXPECT_FALSE(IsInBuild("x_amd64.go", "package p", nowhere));
  EXPECT_TRUE(IsInBuild("x.go", "package p\n//go:build windows\n", here));
  EXPECT_FALSE(IsInBuild("x.go", "/* a\n*/\n//go:build cgo\npackage p\n", here));
  EXPECT_FALSE(IsInBuild("x.go", "//go:build linux &&\npackage p\n", here));
  EXPECT_FALSE(IsInBuild("x.go", "//go:build " + std::string(5000, '!') + "linux", here));
  EXPECT_TRUE(IsInBuild("x.go", "//go:build !!linux && !!!arm64\n", here));
}

}  // namespace
}  // namespace heddle::golang
