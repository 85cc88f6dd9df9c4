// SPDX-License-Identifier: Apache-2.0
// Scenarios below a path, and whether what was found is what they want.
#include "checker/cli/scenarios.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "checker/cli/files.h"
#include "checker/cli/program_path.h"
#include "checker/cli/values.h"

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;
using checker::TargetReport;
using checker::Verdict;

// Scenarios directly in one folder.
std::expected<void, std::string> FindInFolder(const std::string& folder,
                                              std::vector<Scenario>& out) {
  std::vector<Scenario> files;
  size_t go_files = 0;
  for (const std::string& file : GoFilesIn(folder)) {
    ++go_files;
    auto directives = DirectivesOf(file);
    if (!directives) return std::unexpected(directives.error());
    if (directives->has_want) files.push_back({file, *directives});
  }
  if (files.size() == 1 && go_files > 1) {
    auto package = DirectivesOf(folder);
    if (!package) return std::unexpected(package.error());
    files[0] = {folder, *package};
  }
  for (Scenario& scenario : files) out.push_back(std::move(scenario));
  return {};
}

std::string FiguresText(std::span<const TargetReport> reports) {
  uint64_t executions = 0;
  double seconds = 0;
  for (const TargetReport& report : reports) {
    executions += report.exploration.executions;
    seconds += report.exploration.seconds;
  }
  return fmt::format("{}, {}", Counted(executions, "execution"), SecondsText(seconds));
}

}  // namespace

std::string KindsText(const std::set<std::string>& kinds) {
  std::string out;
  for (const std::string& kind : kinds) out += (out.empty() ? "" : ",") + kind;
  return out.empty() ? "pass" : out;
}

std::expected<std::vector<Scenario>, std::string> FindScenarios(const std::string& path) {
  std::error_code error;
  std::vector<Scenario> out;
  if (!fs::is_directory(path, error)) {
    auto directives = DirectivesOf(path);
    if (!directives) return std::unexpected(directives.error());
    if (!directives->has_want) {
      return std::unexpected(fmt::format(
          "{}: no scenario: it has no //heddle:want line before the package clause", path));
    }
    return std::vector<Scenario>{{path, *directives}};
  }
  std::vector<std::string> folders = {path};
  fs::recursive_directory_iterator it(path, error), end;
  for (; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (it->is_directory(ignored)) {
      if (it->path().filename().string().starts_with(".")) {
        it.disable_recursion_pending();
      } else {
        folders.push_back(it->path().string());
      }
    }
  }
  if (error) return std::unexpected(fmt::format("{}: {}", path, error.message()));
  for (const std::string& folder : folders) {
    if (auto found = FindInFolder(folder, out); !found) return std::unexpected(found.error());
  }
  if (out.empty()) {
    return std::unexpected(
        fmt::format("{}: no scenarios here: no Go file below it has a //heddle:want line", path));
  }
  std::sort(out.begin(), out.end(),
            [](const Scenario& a, const Scenario& b) { return a.path < b.path; });
  return out;
}

Comparison Compare(const std::set<std::string>& want, std::span<const TargetReport> reports) {
  std::set<std::string> found;
  std::string first;
  bool complete = true;
  for (const TargetReport& report : reports) {
    if (report.verdict == Verdict::kInvalid) {
      std::string why = "it cannot be checked";
      if (!report.diagnostics.empty()) {
        const checker::ReportDiagnostic& d = report.diagnostics[0];
        why = d.position.empty() ? d.message : fmt::format("{}: {}", d.position, d.message);
      }
      return {Agreement::kUnusable, why};
    }
    complete &= report.exploration.complete;
    for (const checker::Finding& finding : report.findings) {
      std::string kind(Name(finding.kind));
      found.insert(kind);
      if (first.empty() && !want.contains(kind)) first = fmt::format(" ({})", finding.message);
    }
  }
  if (found != want) {
    std::string text = fmt::format("wanted {}, found {}{}", KindsText(want),
                                   found.empty() ? "nothing" : KindsText(found), first);
    if (!complete) text += ", and not everything was explored";
    return {Agreement::kWrong, text};
  }
  if (want.empty() && !complete) {
    return {Agreement::kIncomplete,
            fmt::format("wanted pass: nothing found, but not everything was explored ({})",
                        FiguresText(reports))};
  }
  return {Agreement::kRight, fmt::format("{} ({})", KindsText(found), FiguresText(reports))};
}

}  // namespace heddle::cli
