// SPDX-License-Identifier: Apache-2.0
//
// Reading Go files and go.mod.
#include "models/golang/std/source_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/golang/std/build_constraint.h"

namespace heddle::golang {

namespace {

namespace fs = std::filesystem;

// Positions in a program are 32 bits wide.
constexpr uint64_t kMaxSource = uint64_t{64} << 20;

std::expected<SourceFile, std::string> ReadOne(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in)
    return std::unexpected(
        fmt::format("cannot read {}: does the file exist, and may it be read?", path));
  std::error_code error;
  const uint64_t size = fs::file_size(path, error);
  if (!error && size > kMaxSource) {
    return std::unexpected(
        fmt::format("{} is too large: a source file has at most {} MiB", path, kMaxSource >> 20));
  }
  std::ostringstream text;
  text << in.rdbuf();
  return SourceFile{path, text.str()};
}

std::expected<std::vector<SourceFile>, std::string> ReadFolder(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(path, error), end; !error && it != end; it.increment(error)) {
    const fs::directory_entry& entry = *it;
    const std::string name = entry.path().filename().string();
    const bool is_go = entry.path().extension() == ".go" && name[0] != '_' && name[0] != '.';
    std::error_code unreadable;  // a link to itself, for example
    if (is_go && entry.is_regular_file(unreadable))
      names.push_back((fs::path(path) / name).string());
  }
  if (error)
    return std::unexpected(fmt::format("cannot read the folder {}: {}", path, error.message()));
  if (names.empty())
    return std::unexpected(
        fmt::format("no Go files in {}: name a .go file or a folder with some", path));
  std::sort(names.begin(), names.end());
  std::vector<SourceFile> files;
  for (const std::string& name : names) {
    auto file = ReadOne(name);
    if (!file) return std::unexpected(file.error());
    if (IsInBuild(name, file->text, {})) files.push_back(std::move(*file));
  }
  if (files.empty())
    return std::unexpected(fmt::format("build constraints exclude all Go files in {}", path));
  const bool is_main = std::any_of(files.begin(), files.end(), [](const SourceFile& file) {
    return !IsTestFile(file.name) && PackageName(file.text) == "main";
  });
  if (is_main) std::erase_if(files, [](const SourceFile& file) { return IsTestFile(file.name); });
  return files;
}

std::string_view TrimLeft(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())))
    text.remove_prefix(1);
  return text;
}

// The rest of a go.mod line after this word; empty when it begins with another.
std::string DirectiveValue(std::string_view line, std::string_view word) {
  line = TrimLeft(line);
  if (!line.starts_with(word)) return "";
  line.remove_prefix(word.size());
  if (line.empty() || !std::isspace(static_cast<unsigned char>(line.front()))) return "";
  line = TrimLeft(line);
  line = line.substr(0, line.find("//"));
  while (!line.empty() && std::isspace(static_cast<unsigned char>(line.back())))
    line.remove_suffix(1);
  if (line.size() >= 2 && line.front() == '"') line = line.substr(1, line.size() - 2);
  return std::string(line);
}

}  // namespace

bool IsTestFile(std::string_view name) { return name.ends_with("_test.go"); }

std::string PackageName(std::string_view text) {
  for (;;) {
    text = TrimLeft(text);
    if (text.starts_with("//")) {
      const size_t end = text.find('\n');
      if (end == std::string_view::npos) return "";
      text.remove_prefix(end);
    } else if (text.starts_with("/*")) {
      const size_t end = text.find("*/");
      if (end == std::string_view::npos) return "";
      text.remove_prefix(end + 2);
    } else {
      break;
    }
  }
  if (!text.starts_with("package")) return "";
  text = TrimLeft(text.substr(7));
  size_t length = 0;
  while (length < text.size() &&
         (std::isalnum(static_cast<unsigned char>(text[length])) || text[length] == '_')) {
    ++length;
  }
  return std::string(text.substr(0, length));
}

std::expected<std::vector<SourceFile>, std::string> ReadGoFiles(
    const std::vector<std::string>& paths) {
  std::vector<SourceFile> files;
  for (const std::string& path : paths) {
    std::error_code error;
    if (fs::is_directory(path, error)) {
      auto folder = ReadFolder(path);
      if (!folder) return folder;
      for (SourceFile& file : *folder) files.push_back(std::move(file));
      continue;
    }
    if (!path.ends_with(".go")) {
      return std::unexpected(fmt::format("{} is neither a .go file nor a folder", path));
    }
    auto file = ReadOne(path);
    if (!file) return std::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

GoModule FindModule(const std::string& path) {
  std::error_code error;
  fs::path folder = fs::absolute(path, error).lexically_normal();
  if (error) return {};
  if (!folder.has_filename()) folder = folder.parent_path();  // "dir/"
  fs::path shown = path;
  if (!fs::is_directory(folder, error)) {
    folder = folder.parent_path();
    shown = shown.parent_path();
  }
  if (shown.empty()) shown = ".";
  for (;; shown /= "..") {
    std::ifstream in(folder / "go.mod");
    if (in) {
      GoModule module;
      module.folder = folder.string();
      module.shown = shown.lexically_normal().string();
      for (std::string line; std::getline(in, line);) {
        if (module.path.empty()) module.path = DirectiveValue(line, "module");
        if (module.go.empty()) module.go = DirectiveValue(line, "go");
      }
      return module;
    }
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

std::string FindGoRoot(const char* goroot, const char* path) {
  const auto is_root = [](const fs::path& folder) {
    std::error_code error;
    return fs::is_directory(folder / "src" / "errors", error);
  };
  if (goroot != nullptr && *goroot != '\0') return is_root(goroot) ? goroot : "";
  std::istringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    std::error_code error;
    const fs::path go = fs::canonical(fs::path(folder) / "go", error);
    if (!error && is_root(go.parent_path().parent_path()))
      return go.parent_path().parent_path().string();
  }
  std::vector<std::string> usual = {"/usr/local/go", "/usr/lib/go"};
  for (int minor = kNewestMinor; minor >= 18; --minor)
    usual.push_back(fmt::format("/usr/lib/go-1.{}", minor));
  const auto found = std::find_if(usual.begin(), usual.end(), is_root);
  return found == usual.end() ? "" : *found;
}

}  // namespace heddle::golang
