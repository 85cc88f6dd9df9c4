// SPDX-License-Identifier: Apache-2.0
//
// LoadProgram: from Go files on disk to a Program that the machine can run: read, parse and check,
// compile, link. The whole front end behind one call. What is wrong with the source comes back as
// diagnostics with gc's wording.
#ifndef HEDDLE_MODELS_GOLANG_STD_LOAD_PROGRAM_H_
#define HEDDLE_MODELS_GOLANG_STD_LOAD_PROGRAM_H_

#include <expected>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "models/golang/bytecode/program.h"

namespace heddle::golang {

struct LoadOptions {
  std::string
      lang;  // "go1.22"; empty: by the go line of the nearest go.mod, else the newest supported
  // Every message that the compiler has, as gc with -e; else not more than ten.
  bool all_messages = false;
  // The tests to compile, by name; empty: all.
  std::function<bool(const std::string& name)> selects;
  // Take examples with a wanted output for tests, too.
  bool examples = false;
  // The folder of an installed Go, whose pure packages can be imported too; empty: none.
  std::string goroot;
};

struct LoadDiagnostic {
  bool is_unsupported = false;  // valid Go that heddle does not run yet
  std::string position;         // "pool.go:3:8"; empty when it has none
  std::string message;
};

// What an example has to print, from the comment at its end.
struct ExampleOutput {
  std::string text;
  bool is_unordered = false;  // the lines may come in any order
};

struct LoadedProgram {
  std::unique_ptr<Program> program;
  std::string hash;                  // of names and texts of all user files, hexadecimal
  std::vector<std::string> entries;  // "main", or the tests in source order
  bool is_test = false;              // entry i is Program::tests[i]
  std::map<std::string, ExampleOutput> examples;  // by entry
};

// A Go file, a folder with one package, or several files of one folder. A package main is run from
// main, _test.go files from their tests. Never an empty list of diagnostics.
std::expected<LoadedProgram, std::vector<LoadDiagnostic>> LoadProgram(
    const std::vector<std::string>& paths, const LoadOptions& options);

// The same with the text of one file given: for tests and fuzzing.
std::expected<LoadedProgram, std::vector<LoadDiagnostic>> LoadSource(const std::string& name,
                                                                     std::string_view text,
                                                                     const LoadOptions& options);

// What the compiler says of one Go file of any package, which is not run: empty when it has no
// fault.
std::vector<LoadDiagnostic> CheckFile(const std::string& path, const LoadOptions& options);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_LOAD_PROGRAM_H_
