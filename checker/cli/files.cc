// SPDX-License-Identifier: Apache-2.0
// Files as the command sees them.
#include "checker/cli/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <set>
#include <system_error>

namespace heddle::cli {
namespace {

namespace fs = std::filesystem;

// A file with one endless line is no source to quote from.
constexpr size_t kMaxQuotedFile = 8 << 20;

std::string Reason(int error) {
  switch (error) {
    case ENOENT:
      return "no such file or folder";
    case EACCES:
      return "no permission";
    case EISDIR:
      return "is a folder, not a file";
    case ENOTDIR:
      return "a part of the path is not a folder";
    case ENOSPC:
      return "no space left on the disk";
    case EROFS:
      return "the file system is read-only";
    default:
      return std::generic_category().message(error);
  }
}

std::unexpected<std::string> Failed(std::string_view path, int error) {
  return std::unexpected(fmt::format("{}: {}", path, Reason(error)));
}

// Writes all bytes; returns 0 or the error.
int WriteAll(int fd, std::string_view text) {
  while (!text.empty()) {
    ssize_t n = write(fd, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return errno;
    text.remove_prefix(n);
  }
  return 0;
}

}  // namespace

std::expected<std::string, std::string> ReadFile(const std::string& path) {
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return Failed(path, errno);
  std::string text;
  char buffer[1 << 16];
  errno = 0;
  while (size_t n = std::fread(buffer, 1, sizeof buffer, file)) text.append(buffer, n);
  int error = std::ferror(file) ? (errno ? errno : EIO) : 0;
  std::fclose(file);
  if (error) return Failed(path, error);
  return text;
}

std::expected<void, std::string> WriteFile(const std::string& path, std::string_view text) {
  struct stat info;
  bool exists = stat(path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return Failed(path, EISDIR);
  if (exists && !S_ISREG(info.st_mode)) {  // a pipe or a device is not replaced
    int fd = open(path.c_str(), O_WRONLY);
    int error = fd < 0 ? errno : WriteAll(fd, text);
    if (fd >= 0) close(fd);
    if (error) return Failed(path, error);
    return {};
  }
  std::string temporary = fmt::format("{}.{}.tmp", path, getpid());
  int fd =
      open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL, exists ? info.st_mode & 0777 : 0666);
  if (fd < 0) return Failed(path, errno);
  int error = WriteAll(fd, text);
  if (close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(temporary.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return {};
  unlink(temporary.c_str());
  return Failed(path, error);
}

std::vector<std::string> GoFilesIn(const std::string& folder) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::string name = it->path().filename().string();
    std::error_code ignored;
    if (name.ends_with(".go") && !name.starts_with(".") && it->is_regular_file(ignored)) {
      files.push_back((fs::path(folder) / name).string());
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::expected<void, std::string> CheckProgramPath(const std::string& path) {
  if (path.empty()) return std::unexpected("the path is empty: give a .go file or a folder");
  struct stat info;
  if (stat(path.c_str(), &info) != 0) return Failed(path, errno);
  if (S_ISDIR(info.st_mode)) {
    if (access(path.c_str(), R_OK | X_OK) != 0) return Failed(path, errno);
    if (GoFilesIn(path).empty()) {
      return std::unexpected(fmt::format("{}: there are no Go files in this folder", path));
    }
    return {};
  }
  if (!path.ends_with(".go")) {
    return std::unexpected(fmt::format("{}: not a .go file and not a folder", path));
  }
  if (!S_ISREG(info.st_mode)) return std::unexpected(fmt::format("{}: not a regular file", path));
  if (access(path.c_str(), R_OK) != 0) return Failed(path, errno);
  return {};
}

void AddSources(sim::Trace& trace) {
  std::set<std::string> files;
  auto add = [&](const sim::TraceSite& site) {
    fs::path file(site.file), program(trace.program);
    bool own = file == program || file.parent_path() == program.lexically_normal() ||
               file.parent_path() / "" == program;
    if (own && site.file.ends_with(".go")) files.insert(site.file);
  };
  for (const sim::TraceGoroutine& g : trace.goroutines) {
    add(g.created_at);
    add(g.at);
    for (const sim::TraceSite& site : g.stack) add(site);
  }
  for (const sim::TraceEvent& event : trace.events) {
    for (const sim::TracePart& part : event.parts) add(part.site);
  }
  trace.sources.clear();
  for (const std::string& file : files) {
    std::error_code error;
    auto size = fs::file_size(file, error);
    if (error || size > kMaxQuotedFile) continue;
    if (auto text = ReadFile(file)) trace.sources.push_back({file, std::move(*text)});
  }
}

std::string SourceLines::At(const sim::TraceSite& site) {
  if (site.line <= 0 || site.file.empty()) return "";
  auto [entry, fresh] = files_.try_emplace(site.file);
  if (fresh) {
    std::error_code error;
    auto size = fs::file_size(site.file, error);
    std::expected<std::string, std::string> text = std::unexpected("");
    if (!error && size <= kMaxQuotedFile) text = ReadFile(site.file);
    for (size_t at = 0; text && at <= text->size();) {
      size_t end = std::min(text->find('\n', at), text->size());
      entry->second.push_back(text->substr(at, end - at));
      at = end + 1;
    }
  }
  const std::vector<std::string>& lines = entry->second;
  if (static_cast<size_t>(site.line) > lines.size()) return "";
  std::string_view line = lines[site.line - 1];
  size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return std::string(line.substr(first, line.find_last_not_of(" \t\r") - first + 1));
}

}  // namespace heddle::cli
