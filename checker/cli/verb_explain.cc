// SPDX-License-Identifier: Apache-2.0
// heddle explain: what a kind of finding means, a minimal program that has it, and how to mend it.
#include <fmt/format.h>

#include "checker/cli/console.h"
#include "checker/cli/files.h"
#include "checker/cli/pages.h"
#include "checker/cli/values.h"
#include "checker/cli/verbs.h"
#include "checker/finding.h"

namespace heddle::cli {
namespace {

using checker::FindingKind;

constexpr FindingKind kKinds[] = {
#define HEDDLE_FINDING(enumerator, name, severity) FindingKind::enumerator,
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
};

// The file of a page; empty: the page has none of that name.
std::string_view FileOf(std::string_view kind, std::string_view name) {
  for (const PageFile& file : PageFiles()) {
    if (file.kind == kind && file.name == name) return file.text;
  }
  return {};
}

std::string_view TakeLine(std::string_view* text) {
  const size_t end = text->find('\n');
  std::string_view line = text->substr(0, end);
  text->remove_prefix(end == std::string_view::npos ? text->size() : end + 1);
  return line;
}

struct Source {
  std::string comment;  // that stands before the package clause, without its slashes
  std::string code;     // indented
};

Source SourceOf(std::string_view text) {
  Source source;
  bool code = false;
  while (!text.empty()) {
    std::string_view line = TakeLine(&text);
    code |= line.starts_with("package ");
    if (code) {
      source.code += line.empty() ? "\n" : fmt::format("    {}\n", line);
    } else if (line.starts_with("// ")) {
      source.comment += (source.comment.empty() ? "" : " ") + std::string(line.substr(3));
    }
  }
  return source;
}

std::string ListOfKinds() {
  std::string out;
  for (FindingKind kind : kKinds) {
    std::string_view page = FileOf(Name(kind), "page.txt");
    out += fmt::format("{:<17} {:<8} {}\n", Name(kind), Name(SeverityOf(kind)), TakeLine(&page));
  }
  return out + "\nheddle explain KIND tells more of one of them.\n";
}

std::string PageOf(FindingKind kind) {
  const std::string_view name = Name(kind);
  std::string_view text = FileOf(name, "page.txt");
  std::string out = fmt::format("{} ({}): {}\n", name, Name(SeverityOf(kind)), TakeLine(&text));
  out += text;
  size_t mends = 0;
  for (const PageFile& file : PageFiles()) {
    if (file.kind != name || file.name == "page.txt") continue;
    const Source source = SourceOf(file.text);
    if (file.name.starts_with("example")) {
      out +=
          fmt::format("\nThe smallest program that has it. {}\n\n{}", source.comment, source.code);
      out += "\nThree ways to mend it:\n";
    } else {
      out += fmt::format("\n{}. {}\n\n{}", ++mends, source.comment, source.code);
    }
  }
  return out;
}

}  // namespace

int Explain(const Arguments& arguments) {
  if (arguments.empty()) return Deliver("", ListOfKinds()) ? 0 : 2;
  if (arguments[0] == "--help" || arguments[0] == "-h") {
    return Deliver("",
                   "heddle explain [KIND]: what a kind of finding means, a minimal program that "
                   "has it, and how to\nmend it; without KIND all kinds, a line each.\n")
               ? 0
               : 2;
  }
  if (arguments.size() > 1) {
    Complain("explain takes one kind: heddle explain KIND");
    return 2;
  }
  if (std::optional<FindingKind> kind = checker::FindingKindOf(arguments[0])) {
    return Deliver("", PageOf(*kind)) ? 0 : 2;
  }
  std::vector<std::string_view> names;
  for (FindingKind kind : kKinds) names.push_back(Name(kind));
  const std::string nearest = Nearest(arguments[0], names);
  Complain(fmt::format("there is no kind '{}'{}", arguments[0],
                       nearest.empty() ? ": heddle explain lists them"
                                       : fmt::format(": did you mean {}?", nearest)));
  return 2;
}

}  // namespace heddle::cli
