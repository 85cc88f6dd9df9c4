// SPDX-License-Identifier: Apache-2.0
//
// The front end from end to end. Loader::Load reads as a table of contents; the importer finds
// packages of the standard library among the embedded sources, and those of the program's own
// module on disk.
#include "models/golang/std/load_program.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <functional>
#include <limits>
#include <map>
#include <optional>

#include "models/golang/bytecode/compile.h"
#include "models/golang/bytecode/disassemble.h"
#include "models/golang/std/build_constraint.h"
#include "models/golang/std/examples.h"
#include "models/golang/std/natives.h"
#include "models/golang/std/package_finder.h"
#include "models/golang/std/source_files.h"
#include "models/golang/std/sources.h"
#include "models/golang/syntax/parser.h"
#include "models/golang/types/check.h"
#include "sim/base/check.h"
#include "sim/base/hash.h"
#include "sim/base/large_stack.h"

namespace heddle::golang {

namespace {

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
    return Describe(std::move(program));
  }

  Diagnostics Check(const SourceFile& source, const std::string& path) {
    if (!ChooseLanguage(path)) return failures_;
    if (ParseSources({source})) CheckSources();
    return diagnostics_.empty() ? Diagnostics() : Fail().error();
  }

 private:
  bool ChooseLanguage(const std::string& path) {
    if (!path.empty()) module_ = FindModule(path);
    finder_ = PackageFinder(module_, options_.goroot);
    if (!path.empty()) main_path_ = finder_.PathOf(path);
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

  // In a folder, tests of package x may stand in package x_test, which imports x.
  bool ParseSources(const std::vector<SourceFile>& sources) {
    for (const SourceFile& source : sources) {
      is_test_ |= IsTestFile(source.name);
      hash_ = sim::HashBytes(source.text, hash_);
      ParseInto(source.name, source.text, &main_files_, &diagnostics_);
    }
    if (!main_path_.empty()) SetTestedApart();
    return !diagnostics_.HasSyntaxErrors();
  }

  void SetTestedApart() {
    const auto is_external = [](const File* file) {
      return file->package != nullptr && IsTestFile(file->name) &&
             file->package->name.ends_with("_test");
    };
    const auto first = std::stable_partition(main_files_.begin(), main_files_.end(), is_external);
    if (first == main_files_.begin()) return;
    tested_files_.assign(first, main_files_.end());
    main_files_.erase(first, main_files_.end());
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
  void ParseInto(const std::string& name, std::string_view text, std::vector<const File*>* files,
                 DiagnosticList* diagnostics) {
    constexpr int kTen = 10;
    const int max_errors = options_.all_messages ? std::numeric_limits<int>::max() : kTen;
    ParseResult result = ParseFile(file_set_, name, text, max_errors);
    diagnostics->Append(result.diagnostics);
    files->push_back(result.file.get());
    trees_.push_back(std::move(result.file));
  }

  // Whose the package is decides what it may import, and what its functions may do.
  enum class Origin { kEmbedded, kGoRoot, kUser };

  types::CheckOptions CheckOptions(std::string path, Origin origin) {
    types::CheckOptions options;
    options.go_minor = origin == Origin::kUser ? minor_ : kNewestMinor;
    options.is_std = origin == Origin::kEmbedded;
    options.needs_main = origin == Origin::kUser && !is_test_;
    options.importer = [this, importer = std::move(path), origin](std::string_view imported) {
      return ImportInto(importer, origin, imported);
    };
    return options;
  }

  const types::Package* CheckSources() {
    // The machine's own panics have types of package runtime.
    for (const char* needed : {"runtime", "testing"}) {
      if (std::string_view(needed) == "testing" && !is_test_) continue;
      const auto package = Import(needed);
      if (!package) diagnostics_.Error({}, package.error());
    }
    if (!tested_files_.empty()) {
      importing_.push_back(main_path_);
      tested_ = types::CheckPackage(world_, file_set_, main_path_, tested_files_,
                                    CheckOptions(main_path_, Origin::kUser), diagnostics_);
      importing_.pop_back();
      if (tested_->has_errors) return nullptr;
    }
    const std::string name =
        main_files_[0]->package == nullptr ? "" : std::string(main_files_[0]->package->name);
    const std::string as_importer = main_path_.empty() ? "command-line-arguments" : main_path_;
    importing_.push_back(tested_ == nullptr ? as_importer : as_importer + "_test");
    const types::Package* package =
        types::CheckPackage(world_, file_set_, name.empty() ? "main" : name, main_files_,
                            CheckOptions(as_importer, Origin::kUser), diagnostics_);
    return package->has_errors || !diagnostics_.empty() ? nullptr : package;
  }

  using Imported = std::expected<const types::Package*, std::string>;

  // An empty message: what is wrong has been said.
  Imported ImportInto(const std::string& importer, Origin origin, std::string_view path) {
    if (origin == Origin::kUser) {
      const std::string fault = PackageFinder::InternalFault(path, importer);
      if (!fault.empty()) return std::unexpected(fault);
    }
    return Import(path, origin == Origin::kGoRoot);
  }

  Imported Import(std::string_view path, bool for_goroot = false) {
    if (const auto failed = failed_.find(path); failed != failed_.end())
      return std::unexpected(failed->second);
    const bool is_under_way =
        std::find(importing_.begin(), importing_.end(), path) != importing_.end();
    if (is_under_way) return std::unexpected(CycleText(path));
    if (const types::Package* known = world_.FindPackage(path)) {
      if (known->has_errors) return std::unexpected("");
      return known;
    }
    importing_.emplace_back(path);
    auto package = ImportNew(path, for_goroot);
    importing_.pop_back();
    if (!package) failed_.emplace(path, package.error());
    return package;
  }

  // As the go command words it.
  std::string CycleText(std::string_view path) const {
    std::string text = "package ";
    for (const std::string& importing : importing_) text += importing + "\n\timports ";
    return text + std::string(path) + ": import cycle not allowed";
  }

  Imported ImportNew(std::string_view path, bool for_goroot) {
    std::vector<const File*> files;
    for (const StdSource& source : StdSources()) {
      if (source.package != path) continue;
      ParseInto("/usr/local/go/src/" + std::string(source.file), source.text, &files,
                &diagnostics_);
    }
    if (!files.empty()) return CheckImported(path, files, Origin::kEmbedded, &diagnostics_);
    const auto found = finder_.Find(path, for_goroot);
    if (!found) return std::unexpected(found.error());
    if (!*found) {
      const bool has_domain = path.substr(0, path.find('/')).find('.') != std::string_view::npos;
      return std::unexpected(has_domain
                                 ? fmt::format("no required module provides package {}", path)
                                 : fmt::format("package {} is not in std", path));
    }
    // What is wrong inside a package of the installed Go is no concern of the user's.
    const bool from_goroot = (*found)->from_goroot;
    DiagnosticList unheard;
    DiagnosticList* diagnostics = from_goroot ? &unheard : &diagnostics_;
    for (const SourceFile& file : (*found)->files) {
      if (!from_goroot) hash_ = sim::HashBytes(file.text, hash_);
      ParseInto(file.name, file.text, &files, diagnostics);
    }
    if (!from_goroot) return CheckImported(path, files, Origin::kUser, diagnostics);
    const auto package = CheckImported(path, files, Origin::kGoRoot, diagnostics);
    if (!package || !unheard.empty())
      return std::unexpected(fmt::format("package {} is not in std", path));
    return package;
  }

  Imported CheckImported(std::string_view path, const std::vector<const File*>& files,
                         Origin origin, DiagnosticList* diagnostics) {
    const types::Package* package = types::CheckPackage(
        world_, file_set_, path, files, CheckOptions(std::string(path), origin), *diagnostics);
    if (package->has_errors) return std::unexpected("");
    return package;
  }

  std::unique_ptr<Program> Compile(const types::Package& package) {
    CompileOptions options;
    options.go_minor = minor_;
    options.tests = is_test_;
    options.selects = [this](const std::string& name) {
      const bool known = !name.starts_with("Example") || examples_.contains(name);
      return known && (!options_.selects || options_.selects(name));
    };
    options.tested = tested_;
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

  std::expected<LoadedProgram, Diagnostics> Describe(std::unique_ptr<Program> program) {
    LoadedProgram loaded;
    loaded.hash = fmt::format("{:016x}", hash_);
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
  PackageFinder finder_;
  std::string main_path_;  // import path; empty: it is in no module
  std::vector<const File*> main_files_;
  std::vector<const File*> tested_files_;  // of the package that main_files_ tests from outside
  const types::Package* tested_ = nullptr;
  std::vector<std::string> importing_;  // each is imported by the one before
  std::map<std::string, std::string, std::less<>> failed_;
  uint64_t hash_ = 0;  // of the texts of the user's files
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
