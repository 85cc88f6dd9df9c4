// SPDX-License-Identifier: Apache-2.0
//
// Evaluating build constraints.
#include "models/golang/std/build_constraint.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <iterator>

namespace heddle::golang {

namespace {

constexpr std::string_view kSystems[] = {
    "aix",   "android", "darwin", "dragonfly", "freebsd", "hurd",    "illumos", "ios",     "js",
    "linux", "nacl",    "netbsd", "openbsd",   "plan9",   "solaris", "wasip1",  "windows", "zos"};
constexpr std::string_view kMachines[] = {
    "386",     "amd64",  "amd64p32", "arm",       "arm64",       "arm64be", "armbe",   "loong64",
    "mips",    "mips64", "mips64le", "mips64p32", "mips64p32le", "mipsle",  "ppc",     "ppc64",
    "ppc64le", "riscv",  "riscv64",  "s390",      "s390x",       "sparc",   "sparc64", "wasm"};

bool IsOneOf(auto& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

bool IsSet(std::string_view tag, const BuildContext& context) {
  if (tag == "linux" || tag == "unix" || tag == "gc") return true;
  if (tag == "amd64") return context.has_arch;
  // What packages call their versions without assembly.
  if (tag == "purego" || tag == "math_big_pure_go") return !context.has_arch;
  if (!tag.starts_with("go1.")) return false;
  int minor = 0;
  const auto [end, error] = std::from_chars(tag.data() + 4, tag.data() + tag.size(), minor);
  return error == std::errc() && end == tag.data() + tag.size() && minor <= kNewestMinor;
}

// expression = term { "||" term }; term = factor { "&&" factor }; factor = "!" factor | "("
// expression ")" | tag. What is malformed is false, as for a tag that is not set.
class Expression {
 public:
  Expression(std::string_view text, const BuildContext& context) : text_(text), context_(context) {}

  bool Or() {
    bool value = And();
    while (Take("||")) value = And() || value;
    return value;
  }

 private:
  static constexpr int kMaxDepth = 100;

  bool And() {
    bool value = Factor();
    while (Take("&&")) value = Factor() && value;
    return value;
  }

  bool Factor() {
    if (++depth_ > kMaxDepth) return false;
    bool value;
    if (Take("!")) {
      value = !Factor();
    } else if (Take("(")) {
      value = Or() && Take(")");
    } else {
      value = IsSet(Tag(), context_);
    }
    --depth_;
    return value;
  }

  std::string_view Tag() {
    SkipSpace();
    size_t length = 0;
    while (length < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[length])) ||
                                     text_[length] == '_' || text_[length] == '.')) {
      ++length;
    }
    const std::string_view tag = text_.substr(0, length);
    text_.remove_prefix(length);
    return tag;
  }

  bool Take(std::string_view token) {
    SkipSpace();
    if (!text_.starts_with(token)) return false;
    text_.remove_prefix(token.size());
    return true;
  }

  void SkipSpace() {
    while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t'))
      text_.remove_prefix(1);
  }

  std::string_view text_;
  const BuildContext& context_;
  int depth_ = 0;
};

// name_linux.go, name_amd64.go, name_linux_amd64.go, each also with _test.
bool NameFits(std::string_view name, const BuildContext& context) {
  name = name.substr(name.rfind('/') + 1);
  if (name.ends_with(".go")) name.remove_suffix(3);
  if (name.ends_with("_test")) name.remove_suffix(5);
  const size_t last = name.rfind('_');
  if (last == std::string_view::npos) return true;
  const std::string_view ending = name.substr(last + 1);
  if (IsOneOf(kSystems, ending)) return IsSet(ending, context);
  if (!IsOneOf(kMachines, ending)) return true;
  if (!IsSet(ending, context)) return false;
  const std::string_view rest = name.substr(0, last);
  const size_t before = rest.rfind('_');
  if (before == std::string_view::npos) return true;
  const std::string_view system = rest.substr(before + 1);
  return !IsOneOf(kSystems, system) || IsSet(system, context);
}

}  // namespace

bool IsInBuild(std::string_view name, std::string_view text, const BuildContext& context) {
  if (!NameFits(name, context)) return false;
  if (!context.has_arch && text.find("\nimport \"C\"") != std::string_view::npos) return false;
  // The line stands among the comments before the package clause.
  constexpr std::string_view kBuild = "//go:build ";
  bool in_comment = false;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.front())))
      line.remove_prefix(1);
    while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
      line.remove_suffix(1);
    if (in_comment) {
      in_comment = line.find("*/") == std::string_view::npos;
    } else if (line.starts_with(kBuild)) {
      return Expression(line.substr(kBuild.size()), context).Or();
    } else if (line.starts_with("/*")) {
      in_comment = line.find("*/", 2) == std::string_view::npos;
    } else if (!line.empty() && !line.starts_with("//")) {
      return true;
    }
  }
  return true;
}

}  // namespace heddle::golang
