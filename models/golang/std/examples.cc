// SPDX-License-Identifier: Apache-2.0
//
// The last comment of an example, and the comparison with what was printed.
#include "models/golang/std/examples.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <sstream>
#include <string_view>

namespace heddle::golang {

namespace {

bool IsSpace(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

// The last group of comments in a text, without the marks of comments: lines of `//` comments that
// follow each other, or one `/* */` comment. Empty when the text does not end with one.
std::string LastComment(const std::string& text) {
  const std::string trimmed = TrimSpace(text);
  if (trimmed.ends_with("*/")) {
    const size_t begin = trimmed.rfind("/*");
    return begin == std::string::npos ? "" : trimmed.substr(begin + 2, trimmed.size() - begin - 4);
  }
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(TrimSpace(line));
  while (!lines.empty() && !lines.back().starts_with("//")) {
    if (!lines.back().empty()) return "";
    lines.pop_back();
  }
  size_t first = lines.size();
  while (first > 0 && lines[first - 1].starts_with("//")) --first;
  std::string comment;
  for (size_t i = first; i < lines.size(); ++i) {
    std::string_view line = std::string_view(lines[i]).substr(2);
    if (line.starts_with(" ")) line.remove_prefix(1);
    comment.append(line).append("\n");
  }
  return comment;
}

// The rest of the text after the word, in any case; none when it begins with another.
std::optional<std::string_view> After(std::string_view text, std::string_view word) {
  const bool has = text.size() >= word.size() &&
                   std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) {
                     return a == std::tolower(static_cast<unsigned char>(b));
                   });
  if (!has) return std::nullopt;
  return text.substr(word.size());
}

std::optional<ExampleOutput> OutputOf(const std::string& comment) {
  const std::string text = TrimSpace(comment);
  std::string_view rest = text;
  ExampleOutput output;
  if (const auto after = After(rest, "unordered")) {
    output.is_unordered = true;
    rest = *after;
    while (!rest.empty() && IsSpace(rest.front())) rest.remove_prefix(1);
  }
  const auto after = After(rest, "output:");
  if (!after) return std::nullopt;
  output.text = TrimSpace(*after);
  return output;
}

std::string SortedLines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  std::sort(lines.begin(), lines.end());
  std::string out;
  for (const std::string& line : lines) out += line + "\n";
  return out;
}

}  // namespace

std::string TrimSpace(std::string_view text) {
  while (!text.empty() && IsSpace(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsSpace(text.back())) text.remove_suffix(1);
  return std::string(text);
}

std::map<std::string, ExampleOutput> FindExamples(const std::vector<SourceFile>& sources,
                                                  const std::vector<const File*>& files) {
  std::map<std::string, ExampleOutput> examples;
  for (size_t i = 0; i < files.size(); ++i) {
    for (const Decl* decl : files[i]->decls) {
      const auto* func = As<FuncDecl>(decl);
      if (func == nullptr || func->recv != nullptr || func->body == nullptr ||
          !func->name->name.starts_with("Example")) {
        continue;
      }
      const size_t begin = func->body->pos.index - files[i]->pos.index + 1;
      const size_t end = func->body->rbrace.index - files[i]->pos.index;
      if (end > sources[i].text.size() || begin > end) continue;
      const auto output = OutputOf(LastComment(sources[i].text.substr(begin, end - begin)));
      if (output) examples.emplace(func->name->name, *output);
    }
  }
  return examples;
}

bool IsWanted(const ExampleOutput& wanted, std::string_view printed) {
  const std::string got = TrimSpace(printed);
  if (wanted.is_unordered) return SortedLines(got) == SortedLines(wanted.text);
  return got == wanted.text;
}

}  // namespace heddle::golang
