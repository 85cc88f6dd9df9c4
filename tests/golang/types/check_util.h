// SPDX-License-Identifier: Apache-2.0
//
// Test support: type-checks Go text against the standard packages as they stand in the source tree.
#ifndef HEDDLE_TESTS_GOLANG_TYPES_CHECK_UTIL_H_
#define HEDDLE_TESTS_GOLANG_TYPES_CHECK_UTIL_H_

#include <algorithm>
#include <expected>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/syntax/parser.h"
#include "models/golang/types/check.h"
#include "models/golang/types/info.h"
#include "sim/base/large_stack.h"

namespace heddle::golang::types {

// One program: files, packages, diagnostics. Packages of Go text given by AddPackage shadow those
// of the tree.
class TestProgram {
 public:
  explicit TestProgram(int go_minor = 24) : go_minor_(go_minor) {}

  void AddPackage(std::string path, std::string text) {
    extra_.emplace_back(std::move(path), std::move(text));
  }

  Package* Check(std::string_view text, std::string name = "x.go") {
    return CheckFiles({{std::move(name), std::string(text)}});
  }

  Package* CheckFiles(const std::vector<std::pair<std::string, std::string>>& sources) {
    Package* package = nullptr;
    sim::RunOnLargeStack([&] {
      std::vector<const File*> parsed;
      for (const auto& [name, text] : sources) parsed.push_back(Parse(name, text));
      if (diagnostics.HasSyntaxErrors() && !force) return;
      package = CheckPackage(world, files, "main", parsed, Options(false), diagnostics);
    });
    return package;
  }

  // One line for each diagnostic, "line:column: message" ("file" is left out).
  std::vector<std::string> Messages() {
    diagnostics.SortAndLimit(files);
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : diagnostics) {
      const Position position = files.Resolve(diagnostic.pos);
      std::string place = position.line == 0 ? ""
                                             : std::to_string(position.line) + ":" +
                                                   std::to_string(position.column) + ": ";
      lines.push_back(place + diagnostic.message);
    }
    return lines;
  }

  bool force = false;  // Check files that have syntax errors, too.
  FileSet files;
  World world;
  DiagnosticList diagnostics;

 private:
  const File* Parse(const std::string& name, std::string_view text) {
    ParseResult result = ParseFile(files, name, text);
    diagnostics.Append(result.diagnostics);
    trees_.push_back(std::move(result.file));
    return trees_.back().get();
  }

  CheckOptions Options(bool is_std) {
    CheckOptions options;
    options.go_minor = go_minor_;
    options.is_std = is_std;
    options.importer = [this](std::string_view path) { return Import(path); };
    return options;
  }

  std::expected<const Package*, std::string> Import(std::string_view path) {
    if (const Package* known = world.FindPackage(path)) return known;
    std::vector<const File*> parsed;
    bool is_std = true;
    for (const auto& [extra_path, text] : extra_) {
      if (extra_path != path) continue;
      parsed.push_back(Parse(extra_path + ".go", text));
      is_std = false;
    }
    const std::filesystem::path folder =
        std::filesystem::path(HEDDLE_SOURCE_DIR) / "models/golang/std" / path;
    if (parsed.empty() && std::filesystem::is_directory(folder)) {
      std::set<std::filesystem::path> names;
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().extension() == ".go") names.insert(entry.path());
      }
      for (const auto& name : names) {
        std::ifstream in(name);
        parsed.push_back(Parse(name.string(), std::string(std::istreambuf_iterator<char>(in), {})));
      }
    }
    if (parsed.empty()) return std::unexpected("package " + std::string(path) + " is not in std");
    return CheckPackage(world, files, path, parsed, Options(is_std), diagnostics);
  }

  const int go_minor_;
  std::vector<std::pair<std::string, std::string>> extra_;
  std::vector<std::unique_ptr<File>> trees_;
};

}  // namespace heddle::golang::types

#endif  // HEDDLE_TESTS_GOLANG_TYPES_CHECK_UTIL_H_
