// SPDX-License-Identifier: Apache-2.0
//
// Reads the project's own files and checks the rules of docs/architecture.md and CONTRIBUTING.md
// that a program can check: who includes whom, lengths, header guards, opening comments, banned
// words, output from libraries, scenario directives, the top level.
//
// Each rule is a test; each fault is a line `file:line: what is wrong; how to mend it`. The rules'
// data are the tables at the top. Exemptions name one file each and give the reason.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace heddle {
namespace {

namespace fs = std::filesystem;

// ---- The rules as data ----

// Which project files the files below `folder` may include; a file belongs to its longest `folder`.
struct Layer {
  std::string_view folder;
  std::vector<std::string_view> may_include;
};

const std::vector<Layer>& Layers() {
  static const std::vector<Layer> layers = {
      {"sim/", {"sim/"}},
      {"models/", {"models/sync/", "models/dependence", "sim/"}},
      {"models/sync/", {"models/sync/", "sim/"}},
      {"models/golang/", {"models/golang/", "models/sync/", "sim/"}},
      {"models/golang/syntax/", {"models/golang/syntax/", "sim/base/"}},
      {"models/golang/types/", {"models/golang/types/", "models/golang/syntax/", "sim/base/"}},
      {"models/golang/bytecode/",
       {"models/golang/bytecode/", "models/golang/types/", "models/golang/syntax/", "sim/base/"}},
      {"models/golang/vm/",
       {"models/golang/vm/", "models/golang/bytecode/", "models/sync/", "sim/"}},
      {"models/golang/std/", {"models/golang/", "models/sync/", "sim/"}},
      {"checker/", {"checker/", "sim/"}},
      {"checker/api/", {"checker/", "models/sync/", "sim/"}},
      {"checker/cli/", {""}},
      {"viz/", {"viz/", "sim/base/"}},  // and what sim/trace*.h include, see TraceClosure
      {"tests/", {""}},
  };
  return layers;
}

// Folders that nobody outside may include, whatever Layers says, except those named.
struct Closed {
  std::string_view folder;
  std::vector<std::string_view> open_to;
};

const std::vector<Closed>& ClosedFolders() {
  static const std::vector<Closed> closed = {
      {"checker/cli/", {"checker/cli/", "tests/"}},
      {"checker/api/", {"checker/api/", "checker/cli/", "tests/"}},
      {"tests/", {"tests/"}},
  };
  return closed;
}

// Libraries of others that only some files may know.
struct Confined {
  std::string_view header;  // prefix of what stands between < and >
  std::vector<std::string_view> to;
};

const std::vector<Confined>& ConfinedHeaders() {
  static const std::vector<Confined> confined = {
      {"boost/context/", {"sim/fiber.h", "sim/fiber.cc"}},
      {"valgrind/", {"sim/stack_pool.cc"}},
      {"z3", {"checker/smt/"}},
      {"CLI/", {"checker/cli/"}},
      {"gvc.h", {"viz/"}},
      {"graphviz/", {"viz/"}},
      {"cgraph.h", {"viz/"}},
      {"gtest/", {"tests/", "checker/api/"}},
      {"gmock/", {"tests/", "checker/api/"}},
      {"benchmark/", {"tests/bench/"}},
  };
  return confined;
}

struct Exemption {
  std::string_view file;
  std::string_view reason;
};

constexpr std::size_t kMostLines = 800;
constexpr std::array kLongFiles = {
    Exemption{"models/golang/syntax/parser.cc", "one function per production of the grammar"},
    Exemption{"models/golang/vm/interpret.cc", "the dispatch loop: one block per instruction"},
};

constexpr std::size_t kMostColumns = 100;
constexpr std::size_t kMostOpeningLines = 15;

constexpr std::array kMayPrint = {
    Exemption{"sim/base/check.cc", "prints why the process is about to abort"},
};

// Marks of unfinished work, wherever they stand as a word. The one that is also the name of a Go
// function is looked for only at the start of a comment.
constexpr std::array<std::string_view, 3> kMarks = {"FIXME", "XXX", "HACK"};
constexpr std::string_view kMarkThatIsAlsoAName = "TODO";

// What is about how the project came to be, not about the project.
constexpr std::array<std::string_view, 15> kWorkplaceWords = {
    "AI",
    "LLM",
    "LLMs",
    "Claude",
    "Anthropic",
    "ChatGPT",
    "OpenAI",
    "Copilot",
    "subagent",
    "this session",
    "the session",
    "the brief",
    "other engineers",
    "/work/",
    "as requested",
};

// Calls that make a run depend on something other than its arguments.
constexpr std::array<std::string_view, 8> kUndetermined = {
    "random_device", "system_clock",  "steady_clock", "high_resolution_clock",
    "getenv",        "clock_gettime", "gettimeofday", "std::rand",
};

const std::set<std::string>& TopLevel() {
  static const std::set<std::string> allowed = {
      "CMakeLists.txt",
      "CMakePresets.json",
      "CONTRIBUTING.md",
      "LICENSE",
      "README.md",
      "quickstart.sh",
      "test.sh",
      "checker",
      "docs",
      "models",
      "scenarios",
      "sim",
      "tests",
      "viz",
      "build",
      "out",  // made by the two commands, ignored by git
  };
  return allowed;
}

// ---- The tree in memory ----

// One line of a file, taken apart.
struct Line {
  std::string text;     // as it stands
  std::string code;     // without comments; the insides of literals are blank
  std::string comment;  // what follows the comment's start
  bool raw = false;     // touches a raw string literal
};

struct File {
  std::string path;  // from the project's root
  std::string extension;
  std::vector<Line> lines;
};

// Takes C++ (or Go, or anything with // comments) apart, far enough for the checks here.
class Splitter {
 public:
  std::vector<Line> Split(const std::string& content) {
    std::istringstream stream(content);
    std::vector<Line> lines;
    for (std::string text; std::getline(stream, text);) {
      lines.push_back(Line{.text = text, .code = {}, .comment = {}, .raw = !raw_end_.empty()});
      SplitLine(lines.back());
    }
    return lines;
  }

 private:
  void SplitLine(Line& line) {
    const std::string& text = line.text;
    for (std::size_t i = 0; i < text.size();) {
      if (!raw_end_.empty()) {
        i = SkipRaw(text, i);
      } else if (text.compare(i, 2, "//") == 0) {
        line.comment = text.substr(i + 2);
        return;
      } else if (text.compare(i, 2, "R\"") == 0 && text.find('(', i) != std::string::npos) {
        const std::size_t open = text.find('(', i);
        raw_end_ = ")" + text.substr(i + 2, open - i - 2) + "\"";
        line.raw = true;
        line.code += "\"\"";
        i = open + 1;
      } else if (text[i] == '"' || (text[i] == '\'' && !IsDigitSeparator(text, i))) {
        i = SkipLiteral(text, i);
        line.code += "\"\"";
      } else {
        line.code += text[i++];
      }
    }
  }

  std::size_t SkipRaw(const std::string& text, std::size_t from) {
    const std::size_t end = text.find(raw_end_, from);
    if (end == std::string::npos) return text.size();
    const std::size_t after = end + raw_end_.size();
    raw_end_.clear();
    return after;
  }

  static bool IsDigitSeparator(const std::string& text, std::size_t at) {
    return at > 0 && std::isalnum(static_cast<unsigned char>(text[at - 1]));
  }

  static std::size_t SkipLiteral(const std::string& text, std::size_t from) {
    const char quote = text[from];
    for (std::size_t i = from + 1; i < text.size(); ++i) {
      if (text[i] == '\\') {
        ++i;
      } else if (text[i] == quote) {
        return i + 1;
      }
    }
    return text.size();
  }

  std::string raw_end_;  // inside a raw string literal: what ends it
};

std::string ReadAll(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

std::vector<File> ReadTree() {
  const fs::path root = HEDDLE_SOURCE_DIR;
  const std::set<std::string> wanted = {".h", ".cc", ".def", ".go", ".md", ".sh", ".cmake", ".txt"};
  std::vector<File> files;
  for (const char* top : {"sim", "models", "checker", "viz", "scenarios", "tests", "docs", ".ci"}) {
    if (!fs::exists(root / top)) continue;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / top)) {
      if (!entry.is_regular_file()) continue;
      const std::string extension = entry.path().extension().string();
      const std::string path = fs::relative(entry.path(), root).generic_string();
      if (!wanted.contains(extension)) continue;
      files.push_back({path, extension, Splitter().Split(ReadAll(entry.path()))});
    }
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (!entry.is_regular_file() || !wanted.contains(extension)) continue;
    const std::string path = entry.path().filename().string();
    files.push_back({path, extension, Splitter().Split(ReadAll(entry.path()))});
  }
  std::sort(files.begin(), files.end(),
            [](const File& a, const File& b) { return a.path < b.path; });
  return files;
}

const std::vector<File>& Tree() {
  static const std::vector<File> files = ReadTree();
  return files;
}

const std::map<std::string, const File*, std::less<>>& ByPath() {
  static const auto index = [] {
    std::map<std::string, const File*, std::less<>> by_path;
    for (const File& file : Tree()) by_path[file.path] = &file;
    return by_path;
  }();
  return index;
}

bool StartsWithAny(std::string_view text, const std::vector<std::string_view>& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(),
                     [&](std::string_view prefix) { return text.starts_with(prefix); });
}

bool IsCpp(const File& file) { return file.extension == ".h" || file.extension == ".cc"; }
bool IsCppOrTable(const File& file) { return IsCpp(file) || file.extension == ".def"; }

// Part of a library: not a test, not the command.
bool IsLibrary(const File& file) {
  return IsCppOrTable(file) && StartsWithAny(file.path, {"sim/", "models/", "checker/", "viz/"}) &&
         !file.path.starts_with("checker/cli/");
}

template <std::size_t N>
bool IsExempt(const std::array<Exemption, N>& exemptions, std::string_view path) {
  return std::any_of(exemptions.begin(), exemptions.end(),
                     [&](const Exemption& exemption) { return exemption.file == path; });
}

// This file has to spell out what it forbids.
bool IsThisFile(const File& file) { return file.path == "tests/tidy/tidy_test.cc"; }

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

bool HasWord(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const std::size_t after = at + word.size();
    const bool starts = at == 0 || !IsWordCharacter(word.front()) || !IsWordCharacter(text[at - 1]);
    const bool ends =
        after == text.size() || !IsWordCharacter(word.back()) || !IsWordCharacter(text[after]);
    if (starts && ends) return true;
  }
  return false;
}

std::size_t Columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// ---- Faults ----

class Faults {
 public:
  void Add(const File& file, std::size_t line_index, const std::string& message) {
    lines_ += "  " + file.path + ":" + std::to_string(line_index + 1) + ": " + message + "\n";
  }
  void Add(const std::string& path, const std::string& message) {
    lines_ += "  " + path + ": " + message + "\n";
  }
  bool empty() const { return lines_.empty(); }
  const std::string& lines() const { return lines_; }

 private:
  std::string lines_;
};

#define EXPECT_NO_FAULTS(faults) EXPECT_TRUE((faults).empty()) << "\n" << (faults).lines()

// ---- Includes ----

struct Include {
  std::string path;
  bool quoted = false;
  std::size_t line = 0;
};

std::vector<Include> IncludesOf(const File& file) {
  std::vector<Include> includes;
  for (std::size_t i = 0; i < file.lines.size(); ++i) {
    const std::string& text = file.lines[i].text;
    if (file.lines[i].raw || !text.starts_with("#include")) continue;
    const std::size_t open = text.find_first_of("\"<");
    if (open == std::string::npos) continue;
    const bool quoted = text[open] == '"';
    const std::size_t close = text.find(quoted ? '"' : '>', open + 1);
    if (close == std::string::npos) continue;
    includes.push_back({text.substr(open + 1, close - open - 1), quoted, i});
  }
  return includes;
}

// sim/trace*.h and all that they include, directly or not: what viz may see of sim.
std::set<std::string> TraceClosure() {
  std::set<std::string> closure;
  std::vector<std::string> open;
  for (const File& file : Tree()) {
    if (file.path.starts_with("sim/trace") && file.extension == ".h") open.push_back(file.path);
  }
  while (!open.empty()) {
    const std::string path = open.back();
    open.pop_back();
    if (!closure.insert(path).second || !ByPath().contains(path)) continue;
    for (const Include& include : IncludesOf(*ByPath().find(path)->second)) {
      if (include.quoted) open.push_back(include.path);
    }
  }
  return closure;
}

const Layer* LayerOf(const File& file) {
  const Layer* best = nullptr;
  for (const Layer& layer : Layers()) {
    if (!file.path.starts_with(layer.folder)) continue;
    if (best == nullptr || layer.folder.size() > best->folder.size()) best = &layer;
  }
  return best;
}

bool MayInclude(const File& file, const Layer& layer, const std::string& target) {
  for (const Closed& closed : ClosedFolders()) {
    if (target.starts_with(closed.folder) && !StartsWithAny(file.path, closed.open_to))
      return false;
  }
  if (StartsWithAny(target, layer.may_include)) return true;
  static const std::set<std::string> trace_closure = TraceClosure();
  return layer.folder == "viz/" && trace_closure.contains(target);
}

std::string Join(const std::vector<std::string_view>& parts) {
  std::string joined;
  for (std::string_view part : parts) {
    if (!joined.empty()) joined += ", ";
    joined += part;
  }
  return joined;
}

TEST(TidyTest, TheTreeIsThere) {
  EXPECT_TRUE(ByPath().contains("sim/fiber.h")) << "looked below " << HEDDLE_SOURCE_DIR;
  EXPECT_TRUE(ByPath().contains("CMakeLists.txt"));
}

TEST(TidyTest, IncludesFollowTheLayers) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCppOrTable(file)) continue;
    const Layer* layer = LayerOf(file);
    if (layer == nullptr) {
      faults.Add(file, 0,
                 "this folder has no layer; move the file, or add the folder to Layers() here");
      continue;
    }
    for (const Include& include : IncludesOf(file)) {
      if (!include.quoted || MayInclude(file, *layer, include.path)) continue;
      faults.Add(file, include.line,
                 std::string(layer->folder) + " may not include " + include.path +
                     "; it sees only: " + Join(layer->may_include) +
                     ". Pass what is needed as a value or through an interface of a lower layer");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, ProjectIncludesAreQuotedAndWrittenFromTheRoot) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCppOrTable(file)) continue;
    for (const Include& include : IncludesOf(file)) {
      const bool is_ours = ByPath().contains(include.path);
      if (include.quoted && !is_ours) {
        faults.Add(file, include.line,
                   "\"" + include.path +
                       "\" is no file of the project; write the path from the root, " +
                       "and use <> for other libraries");
      } else if (!include.quoted && is_ours) {
        faults.Add(file, include.line, "write \"" + include.path + "\", with quotes: it is ours");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, LibrariesOfOthersStayConfined) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCppOrTable(file)) continue;
    for (const Include& include : IncludesOf(file)) {
      if (include.quoted) continue;
      for (const Confined& confined : ConfinedHeaders()) {
        if (!include.path.starts_with(confined.header) || StartsWithAny(file.path, confined.to))
          continue;
        faults.Add(
            file, include.line,
            "only " + Join(confined.to) + " may include <" + include.path + ">; go through it");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

// Included first, a header is shown to compile on its own.
TEST(TidyTest, ASourceFileIncludesItsHeaderFirst) {
  Faults faults;
  for (const File& file : Tree()) {
    if (file.extension != ".cc") continue;
    const std::string header = file.path.substr(0, file.path.size() - 3) + ".h";
    if (!ByPath().contains(header)) continue;
    const std::vector<Include> includes = IncludesOf(file);
    if (includes.empty() || includes.front().path != header) {
      faults.Add(file, includes.empty() ? 0 : includes.front().line,
                 "include \"" + header + "\" before anything else");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

// ---- Shape of a file ----

TEST(TidyTest, FilesAreShort) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCppOrTable(file)) continue;
    const bool is_long = file.lines.size() > kMostLines;
    const std::string length = std::to_string(file.lines.size()) + " lines";
    if (is_long && !IsExempt(kLongFiles, file.path)) {
      faults.Add(file, kMostLines, length + ", more than 800; split it: one idea per file");
    } else if (!is_long && IsExempt(kLongFiles, file.path)) {
      faults.Add(file, 0, length + " need no exemption; take it out of kLongFiles");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, LinesAreAtMost100ColumnsWide) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCpp(file)) continue;  // tables are read by column
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const Line& line = file.lines[i];
      const bool cannot_be_broken = line.raw || line.text.starts_with("#include") ||
                                    line.text.find("://") != std::string::npos;
      if (Columns(line.text) <= kMostColumns || cannot_be_broken) continue;
      faults.Add(file, i, std::to_string(Columns(line.text)) + " columns; run clang-format");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, NoTabsOrTrailingSpaces) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsCppOrTable(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const Line& line = file.lines[i];
      if (line.raw) continue;
      if (line.text.find('\t') != std::string::npos) faults.Add(file, i, "a tab; run clang-format");
      if (line.text.ends_with(' ')) faults.Add(file, i, "a space at the end; run clang-format");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

std::string GuardOf(const std::string& path) {
  std::string guard = "HEDDLE_";
  for (char c : path) {
    guard +=
        IsWordCharacter(c) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : '_';
  }
  return guard + "_";
}

TEST(TidyTest, HeaderGuardsAreNamedAfterTheirFile) {
  Faults faults;
  for (const File& file : Tree()) {
    if (file.extension != ".h") continue;
    const std::string guard = GuardOf(file.path);
    const auto has = [&](const std::string& text) {
      return std::any_of(file.lines.begin(), file.lines.end(),
                         [&](const Line& line) { return line.text == text; });
    };
    for (const std::string& wanted :
         {"#ifndef " + guard, "#define " + guard, "#endif  // " + guard}) {
      if (!has(wanted)) faults.Add(file, 0, "lacks the line `" + wanted + "`");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, FilesOpenWithLicenceAndPurpose) {
  Faults faults;
  for (const File& file : Tree()) {
    const bool is_go_of_ours = file.path.starts_with("models/") && file.extension == ".go";
    if (!IsCppOrTable(file) && !is_go_of_ours) continue;
    if (file.lines.empty() || file.lines[0].text != "// SPDX-License-Identifier: Apache-2.0") {
      faults.Add(file, 0, "the first line must be `// SPDX-License-Identifier: Apache-2.0`");
      continue;
    }
    std::size_t end = 1;
    bool says_something = false;
    for (; end < file.lines.size() && file.lines[end].text.starts_with("//"); ++end) {
      says_something |= file.lines[end].comment.find_first_not_of(" ") != std::string::npos;
    }
    if (!says_something) {
      faults.Add(file, 1, "a comment must say what the file is, and which invariant to keep");
    } else if (end - 1 > kMostOpeningLines) {
      faults.Add(file, end - 1,
                 "the opening comment has " + std::to_string(end - 1) +
                     " lines, more than 15; move the rest to where it applies, or to docs/");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

// ---- Words and calls ----

TEST(TidyTest, NoMarksOfUnfinishedWork) {
  Faults faults;
  const std::string mark(kMarkThatIsAlsoAName);
  for (const File& file : Tree()) {
    if (IsThisFile(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const Line& line = file.lines[i];
      for (std::string_view word : kMarks) {
        if (!HasWord(line.text, word)) continue;
        faults.Add(file, i,
                   std::string(word) + ": do it now, or say what is so and why it is right");
      }
      const std::size_t start = line.comment.find_first_not_of(" ");
      const bool is_mark = start != std::string::npos &&
                           HasWord(line.comment.substr(start, mark.size() + 1), mark) &&
                           line.comment.compare(start, mark.size() + 2, mark + "()") != 0;
      if (is_mark || line.comment.find(mark + ":") != std::string::npos) {
        faults.Add(file, i, mark + ": do it now, or say what is so and why it can wait");
      }
      if (IsCpp(file) &&
          (line.code.find("DISABLED_") != std::string::npos || HasWord(line.code, "GTEST_SKIP"))) {
        faults.Add(file, i, "a test that does not run; mend it, or remove it");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, NoWorkplaceWords) {
  Faults faults;
  for (const File& file : Tree()) {
    if (IsThisFile(file)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      for (std::string_view word : kWorkplaceWords) {
        if (!HasWord(file.lines[i].text, word)) continue;
        faults.Add(
            file, i,
            "`" + std::string(word) + "`: write about the project, not about how it came to be");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, LibrariesDoNotPrint) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsLibrary(file) || IsExempt(kMayPrint, file.path)) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& code = file.lines[i].code;
      for (std::string_view word : {"std::cout", "std::cerr", "std::clog", "printf", "fprintf",
                                    "puts", "fputs", "putchar", "fmt::print", "perror"}) {
        if (!HasWord(code, word)) continue;
        faults.Add(
            file, i,
            std::string(word) + ": a library returns text as a value; only checker/cli writes it");
      }
      if (code.find("#include <iostream>") != std::string::npos) {
        faults.Add(file, i, "<iostream> in a library; <ostream>, or text as a value, serves");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

// The clock of a run is virtual, and its chance comes from the seed. The checker may look at real
// time: it keeps the budget.
TEST(TidyTest, TheMachineDependsOnItsArgumentsAlone) {
  Faults faults;
  for (const File& file : Tree()) {
    if (!IsLibrary(file) || file.path.starts_with("checker/")) continue;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      for (std::string_view word : kUndetermined) {
        if (!HasWord(file.lines[i].code, word)) continue;
        faults.Add(file, i,
                   std::string(word) +
                       ": the same arguments must give the same bytes; take it as an argument");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

// ---- Scenarios and the top level ----

// The first column of checker/finding_kinds.def that is a quoted name with only lower-case and
// dashes.
std::set<std::string> FindingKinds() {
  std::set<std::string> kinds;
  const auto table = ByPath().find("checker/finding_kinds.def");
  if (table == ByPath().end()) return kinds;
  for (const Line& line : table->second->lines) {
    if (line.text.starts_with("//")) continue;
    const std::size_t open = line.text.find('"');
    const std::size_t close = line.text.find('"', open + 1);
    if (open == std::string::npos || close == std::string::npos) continue;
    kinds.insert(line.text.substr(open + 1, close - open - 1));
  }
  return kinds;
}

TEST(TidyTest, EveryScenarioSaysWhatIsToBeFound) {
  const std::set<std::string> kinds = FindingKinds();
  EXPECT_TRUE(kinds.contains("goroutine-leak")) << "checker/finding_kinds.def was not understood";
  constexpr std::string_view kWant = "//heddle:want ";
  Faults faults;
  for (const File& file : Tree()) {
    if (!file.path.starts_with("scenarios/") || file.extension != ".go") continue;
    int wants = 0;
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& text = file.lines[i].text;
      if (text.starts_with("package ")) break;
      if (!text.starts_with(kWant)) continue;
      ++wants;
      std::istringstream names(text.substr(kWant.size()));
      for (std::string name; std::getline(names, name, ',');) {
        if (name == "pass" || kinds.contains(name)) continue;
        faults.Add(file, i,
                   "`" + name + "` is no kind of finding; checker/finding_kinds.def lists them");
      }
    }
    if (wants != 1) {
      faults.Add(file, 0,
                 "needs one line `//heddle:want pass` or `//heddle:want KIND[,KIND]` before the "
                 "package clause");
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, ScenariosAreGoSourcesOnly) {
  Faults faults;
  const fs::path root = HEDDLE_SOURCE_DIR;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root / "scenarios")) {
    if (!entry.is_regular_file()) continue;
    const fs::path& path = entry.path();
    if (path.extension() == ".go" || path.filename() == "go.mod") continue;
    faults.Add(fs::relative(path, root).generic_string(),
               "no Go source; it belongs under docs/ or tests/");
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, LinksBetweenDocumentsLeadSomewhere) {
  Faults faults;
  for (const File& file : Tree()) {
    if (file.extension != ".md") continue;
    const fs::path folder = (fs::path(HEDDLE_SOURCE_DIR) / file.path).parent_path();
    for (std::size_t i = 0; i < file.lines.size(); ++i) {
      const std::string& text = file.lines[i].text;
      for (std::size_t at = text.find("]("); at != text.npos; at = text.find("](", at + 1)) {
        const std::string link = text.substr(at + 2, text.find_first_of(")#", at + 2) - at - 2);
        if (link.empty() || link.find("://") != link.npos || fs::exists(folder / link)) continue;
        faults.Add(file, i, "there is no " + link + "; mend the link, or write the document");
      }
    }
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, TheTopLevelIsFixed) {
  Faults faults;
  for (const fs::directory_entry& entry : fs::directory_iterator(HEDDLE_SOURCE_DIR)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with('.') || TopLevel().contains(name)) continue;
    faults.Add(name, "no new entries at the top level; move it into the folder it belongs to");
  }
  EXPECT_NO_FAULTS(faults);
}

TEST(TidyTest, CMakeIsTheOneOfDebian12) {
  const std::string content = ReadAll(fs::path(HEDDLE_SOURCE_DIR) / "CMakeLists.txt");
  EXPECT_NE(content.find("cmake_minimum_required(VERSION 3.25)"), std::string::npos)
      << "CMakeLists.txt: cmake_minimum_required(VERSION 3.25) is what Debian 12 has";
}

}  // namespace
}  // namespace heddle
