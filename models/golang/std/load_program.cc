// SPDX-License-Identifier: Apache-2.0
//
// The front end from end to end. Loader::Load reads as a table of contents; the importer finds
// packages of the standard library among the embedded sources, and those of the program's own
// module on disk.
#include "models/golang/std/load_program.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <set>

#include "models/golang/bytecode/compile.h"
#include "models/golang/bytecode/disassemble.h"
#include "models/golang/std/examples.h"
#include "models/golang/std/natives.h"
#include "models/golang/std/source_files.h"
#include "models/golang/std/sources.h"
#include "models/golang/syntax/parser.h"
#include "models/golang/types/check.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"
#include "sim/base/large_stack.h"

namespace heddle::golang {

namespace {

constexpr int kNewestMinor = 24;

// The minor version of "go1.22", "1.22.3"; none if the text is something else.
std::optional<int> MinorVersion(std::string_view text) {
  if (text.starts_with("go")) text.remove_prefix(2);
  if (!text.starts_with("1.")) return std::nullopt;
  text.remove_prefix(2);
  int minor = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), minor);
  return error == std::errc() ? std::optional(minor) : std::nullopt;
}

using Diagnostics = std::vector<LoadDiagnostic>;

class Loader {
 public:
  explicit Loader(const LoadOptions& options) : options_(options) {}

  std::expected<LoadedProgram, Diagnostics> Load(std::vector<SourceFile> sources,
                                                 const std::string& path) {
    if (!ChooseLanguage(path)) return std::unexpected(failures_);
    if (!ParseSources(sources)) return Fail();
    if (options_.examples && is_test_) examples_ = FindExamples(sources, main_files_);
    NeedPackageMain();
    const types::Package* package = CheckSources();
    if (package == nullptr) return Fail();
    auto program = Compile(*package);
    if (program == nullptr) return Fail();
    return Describe(std::move(program), sources);
  }

  Diagnostics Check(const SourceFile& source, const std::string& path) {
    if (!ChooseLanguage(path)) return failures_;
    if (ParseSources({source})) CheckSources();
    return diagnostics_.empty() ? Diagnostics() : Fail().error();
  }

 private:
  bool ChooseLanguage(const std::string& path) {
    if (!path.empty()) module_ = FindModule(path);
    const std::string text = options_.lang.empty() ? module_.go : options_.lang;
    if (text.empty()) return true;
    const std::optional<int> minor = MinorVersion(text);
    if (!minor) {
      const std::string place = options_.lang.empty() ? module_.folder + "/go.mod" : "";
      failures_.push_back(
          {false, place, fmt::format("{} is no Go version: write go1.{}", text, kNewestMinor)});
      return false;
    }
    minor_ = std::min(*minor, kNewestMinor);
    return true;
  }

  bool ParseSources(const std::vector<SourceFile>& sources) {
    for (const SourceFile& source : sources) {
      is_test_ |= IsTestFile(source.name);
      ParseInto(source.name, source.text, &main_files_);
    }
    return !diagnostics_.HasSyntaxErrors();
  }

  void NeedPackageMain() {
    const Ident* name = main_files_[0]->package;
    if (is_test_ || name == nullptr || name->name == "main" || name->name.empty()) return;
    diagnostics_.Error(
        name->pos,
        fmt::format("package {} is not a main package: heddle runs package main, or tests",
                    name->name));
  }

  // Keeps the tree alive and adds it to `files`.
  void ParseInto(const std::string& name, std::string_view text, std::vector<const File*>* files) {
    constexpr int kTen = 10;
    const int max_errors = options_.all_messages ? std::numeric_limits<int>::max() : kTen;
    ParseResult result = ParseFile(file_set_, name, text, max_errors);
    diagnostics_.Append(result.diagnostics);
    files->push_back(result.file.get());
    trees_.push_back(std::move(result.file));
  }

  types::CheckOptions CheckOptions(bool is_std) {
    types::CheckOptions options;
    options.go_minor = is_std ? kNewestMinor : minor_;
    options.is_std = is_std;
    options.needs_main = !is_std && !is_test_;
    options.importer = [this](std::string_view path) { return Import(path); };
    return options;
  }

  const types::Package* CheckSources() {
    // The machine's own panics have types of package runtime.
    for (const char* needed : {"runtime", "testing"}) {
      if (std::string_view(needed) == "testing" && !is_test_) continue;
      const auto package = Import(needed);
      if (!package) diagnostics_.Error({}, package.error());
    }
    const std::string name =
        main_files_[0]->package == nullptr ? "" : std::string(main_files_[0]->package->name);
    const types::Package* package =
        types::CheckPackage(world_, file_set_, name.empty() ? "main" : name, main_files_,
                            CheckOptions(false), diagnostics_);
    return package->has_errors || !diagnostics_.empty() ? nullptr : package;
  }

  std::expected<const types::Package*, std::string> Import(std::string_view path) {
    if (const types::Package* known = world_.FindPackage(path)) return known;
    if (!importing_.insert(std::string(path)).second)
      return std::unexpected("import cycle not allowed");
    auto package = ImportNew(path);
    importing_.erase(std::string(path));
    return package;
  }

  std::expected<const types::Package*, std::string> ImportNew(std::string_view path) {
    std::vector<const File*> files;
    bool is_std = false;
    for (const StdSource& source : StdSources()) {
      if (source.package != path) continue;
      is_std = true;
      ParseInto("/usr/local/go/src/" + std::string(source.file), source.text, &files);
    }
    if (!is_std && !ReadModulePackage(path, &files)) {
      const bool has_domain = path.substr(0, path.find('/')).find('.') != std::string_view::npos;
      return std::unexpected(has_domain
                                 ? fmt::format("no required module provides package {}", path)
                                 : fmt::format("package {} is not in std", path));
    }
    return types::CheckPackage(world_, file_set_, path, files, CheckOptions(is_std), diagnostics_);
  }

  // A package of the program's own module. The path has no ".." in it.
  bool ReadModulePackage(std::string_view path, std::vector<const File*>* files) {
    if (module_.path.empty() || !path.starts_with(module_.path + "/")) return false;
    const std::filesystem::path folder =
        std::filesystem::path(module_.folder) / std::string(path.substr(module_.path.size() + 1));
    std::error_code error;
    if (!std::filesystem::is_directory(folder, error)) return false;
    const auto sources = ReadGoFiles({folder.string()});
    if (!sources) return false;
    for (const SourceFile& source : *sources) {
      if (!IsTestFile(source.name)) ParseInto(source.name, source.text, files);
    }
    return !files->empty();
  }

  std::unique_ptr<Program> Compile(const types::Package& package) {
    CompileOptions options;
    options.go_minor = minor_;
    options.tests = is_test_;
    options.selects = [this](const std::string& name) {
      const bool known = !name.starts_with("Example") || examples_.contains(name);
      return known && (!options_.selects || options_.selects(name));
    };
    auto program = CompileProgram(file_set_, world_, package, options, diagnostics_);
    if (!diagnostics_.empty()) return nullptr;
    for (const std::string& name : vm::Link(StdNatives(), program.get())) {
      diagnostics_.Unsupported({}, name);
    }
    for ([[maybe_unused]] const Function& function : program->functions) {
      HEDDLE_DCHECK(Verify(*program, function).empty(),
                    Verify(*program, function) + "\n" + Disassemble(*program, function));
    }
    return diagnostics_.empty() ? std::move(program) : nullptr;
  }

  std::expected<LoadedProgram, Diagnostics> Describe(std::unique_ptr<Program> program,
                                                     const std::vector<SourceFile>& sources) {
    LoadedProgram loaded;
    uint64_t hash = 0;
    for (const SourceFile& source : sources) {
      hash = sim::HashBytes(source.text, hash);
    }
    loaded.hash = fmt::format("{:016x}", hash);
    loaded.is_test = is_test_;
    if (is_test_) {
      for (const Program::Test& test : program->tests) loaded.entries.push_back(test.name);
    } else {
      loaded.entries.push_back("main");
    }
    loaded.program = std::move(program);
    loaded.examples = std::move(examples_);
    return loaded;
  }

  std::expected<LoadedProgram, Diagnostics> Fail() {
    if (options_.all_messages) {
      diagnostics_.SortAndLimit(file_set_, diagnostics_.size() + 1);
    } else {
      diagnostics_.SortAndLimit(file_set_);
    }
    for (const Diagnostic& diagnostic : diagnostics_) {
      std::string position;
      if (diagnostic.pos.IsValid()) position = file_set_.Render(diagnostic.pos);
      failures_.push_back({diagnostic.severity == Diagnostic::Severity::kUnsupported,
                           std::move(position), diagnostic.message});
    }
    if (failures_.empty()) failures_.push_back({false, "", "the program does not compile"});
    return std::unexpected(failures_);
  }

  const LoadOptions options_;
  int minor_ = kNewestMinor;
  GoModule module_;
  bool is_test_ = false;
  FileSet file_set_;
  std::vector<std::unique_ptr<File>> trees_;
  std::vector<const File*> main_files_;
  std::set<std::string> importing_;
  types::World world_;
  std::map<std::string, ExampleOutput> examples_;
  DiagnosticList diagnostics_;
  Diagnostics failures_;
};

// All phases recurse over the tree.
std::expected<LoadedProgram, Diagnostics> LoadOnLargeStack(const LoadOptions& options,
                                                           std::vector<SourceFile> sources,
                                                           const std::string& path) {
  std::expected<LoadedProgram, Diagnostics> loaded;
  sim::RunOnLargeStack([&] { loaded = Loader(options).Load(std::move(sources), path); });
  return loaded;
}

}  // namespace

std::expected<LoadedProgram, std::vector<LoadDiagnostic>> LoadProgram(
    const std::vector<std::string>& paths, const LoadOptions& options) {
  auto sources = ReadGoFiles(paths);
  if (!sources) return std::unexpected(Diagnostics{{false, "", sources.error()}});
  return LoadOnLargeStack(options, std::move(*sources), paths[0]);
}

std::expected<LoadedProgram, std::vector<LoadDiagnostic>> LoadSource(const std::string& name,
                                                                     std::string_view text,
                                                                     const LoadOptions& options) {
  return LoadOnLargeStack(options, {{name, std::string(text)}}, "");
}

std::vector<LoadDiagnostic> CheckFile(const std::string& path, const LoadOptions& options) {
  auto sources = ReadGoFiles({path});
  if (!sources) return {{false, "", sources.error()}};
  Diagnostics messages;
  sim::RunOnLargeStack(
      [&] { messages = Loader(options).Check(std::move(sources->front()), path); });
  return messages;
}

}  // namespace heddle::golang
