// SPDX-License-Identifier: Apache-2.0
// A PATH on the command line, before it is compiled.
#include "checker/cli/program_path.h"

#include <fmt/format.h>

#include <filesystem>

#include "checker/cli/files.h"

namespace heddle::cli {
namespace {

// One file's directives into those of its package.
std::expected<void, std::string> Merge(const std::string& file, Directives& all) {
  auto text = ReadFile(file);
  if (!text) return std::unexpected(text.error());
  auto parsed = ParseDirectives(*text);
  if (!parsed) return std::unexpected(fmt::format("{}:{}", file, parsed.error()));
  if (parsed->has_want && all.has_want) {
    return std::unexpected(fmt::format("{}: a second //heddle:want line in one package", file));
  }
  if (parsed->has_want) {
    all.has_want = true;
    all.want = parsed->want;
  }
  if (parsed->lang) all.lang = parsed->lang;
  if (parsed->time) all.time = parsed->time;
  for (const auto& [key, value] : parsed->bounds) all.bounds[key] = value;
  return {};
}

}  // namespace

std::expected<Directives, std::string> DirectivesOf(const std::string& path) {
  if (auto usable = CheckProgramPath(path); !usable) return std::unexpected(usable.error());
  std::error_code error;
  std::vector<std::string> files = {path};
  if (std::filesystem::is_directory(path, error)) files = GoFilesIn(path);
  Directives all;
  for (const std::string& file : files) {
    if (auto merged = Merge(file, all); !merged) return std::unexpected(merged.error());
  }
  return all;
}

std::expected<void, std::string> ApplyDirectives(const std::string& path, ExploreOptions& explore,
                                                 std::string& lang, bool time_given) {
  auto directives = DirectivesOf(path);
  if (!directives) return std::unexpected(directives.error());
  if (lang.empty() && directives->lang) lang = *directives->lang;
  if (!time_given && directives->time) explore.time = *directives->time;
  for (const auto& [key, value] : directives->bounds) explore.bounds.try_emplace(key, value);
  return {};
}

}  // namespace heddle::cli
