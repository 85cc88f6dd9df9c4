// SPDX-License-Identifier: Apache-2.0
//
// Finding and reading package folders.
#include "models/golang/std/package_finder.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "models/golang/std/build_constraint.h"

namespace heddle::golang {

namespace {

namespace fs = std::filesystem;

using Found = std::expected<std::optional<FoundPackage>, std::string>;

// Packages of an installed Go that would compile and yet do nothing useful here: they need files,
// the network, other processes, or the compiler's help.
bool IsRefused(std::string_view path) {
  if (path == "net/url") return false;
  constexpr std::string_view kRefused[] = {"embed",   "net",     "os",     "plugin",
                                           "runtime", "syscall", "unsafe", "testing"};
  return std::find(std::begin(kRefused), std::end(kRefused), path.substr(0, path.find('/'))) !=
         std::end(kRefused);
}

bool IsInside(const fs::path& path, const fs::path& root) {
  std::error_code error;
  const fs::path real = fs::canonical(path, error);
  if (error) return false;
  const fs::path real_root = fs::canonical(root, error);
  if (error) return false;
  const auto [end, unused] =
      std::mismatch(real_root.begin(), real_root.end(), real.begin(), real.end());
  return end == real_root.end();
}

// The names of a folder's Go files that are no tests, in order.
std::vector<std::string> NamesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    std::error_code unreadable;
    if (name.ends_with(".go") && !IsTestFile(name) && name[0] != '_' && name[0] != '.' &&
        it->is_regular_file(unreadable)) {
      names.push_back(name);
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The package in a folder below the root. `shown`: how the folder is named in positions.
Found Read(const fs::path& folder, const fs::path& root, const std::string& shown,
           std::string_view path, const BuildContext& context) {
  std::error_code error;
  if (!fs::is_directory(folder, error) || !IsInside(folder, root)) return std::nullopt;
  const std::vector<std::string> names = NamesIn(folder);
  FoundPackage found;
  std::string clause, first;
  for (const std::string& name : names) {
    if (!IsInside(folder / name, root)) continue;
    auto sources = ReadGoFiles({(folder / name).string()});
    if (!sources) return std::unexpected(sources.error());
    SourceFile& file = sources->front();
    if (!IsInBuild(name, file.text, context)) continue;
    const std::string package = PackageName(file.text);
    if (found.files.empty()) {
      clause = package;
      first = name;
    } else if (package != clause && package != "documentation") {
      return std::unexpected(fmt::format("found packages {} ({}) and {} ({}) in {}", clause, first,
                                         package, name, shown));
    }
    found.files.push_back({(fs::path(shown) / name).lexically_normal().string(), file.text});
  }
  if (names.empty()) return std::nullopt;
  if (found.files.empty()) {
    return std::unexpected(fmt::format("build constraints exclude all Go files in {}", shown));
  }
  if (clause == "main") {
    return std::unexpected(
        fmt::format("import \"{}\" is a program, not an importable package", path));
  }
  return found;
}

}  // namespace

Found PackageFinder::Find(std::string_view path, bool for_goroot) const {
  const std::string name(path);
  if (!module_.path.empty() && !for_goroot) {
    const fs::path root = module_.folder;
    if (path == module_.path || path.starts_with(module_.path + "/")) {
      const std::string below =
          path.size() > module_.path.size() ? name.substr(module_.path.size() + 1) : "";
      // A folder with a go.mod of its own is another module.
      std::error_code error;
      for (fs::path at = below; !at.empty(); at = at.parent_path()) {
        if (fs::exists(root / at / "go.mod", error)) return std::nullopt;
      }
      return Read(root / below, root, (fs::path(module_.shown) / below).string(), path, {});
    }
    const fs::path vendor = root / "vendor";
    auto vendored =
        Read(vendor / name, vendor, (fs::path(module_.shown) / "vendor" / name).string(), path, {});
    if (!vendored || *vendored) return vendored;
  }
  if (goroot_.empty() || IsRefused(path)) return std::nullopt;
  const fs::path source = fs::path(goroot_) / "src";
  for (const char* folder : {"", "vendor"}) {
    if (*folder != '\0' && !for_goroot) break;
    auto found = Read(source / folder / name, source, "/usr/local/go/src/" + name, path,
                      {.has_arch = false});
    if (!found) return found;
    if (!*found) continue;
    (*found)->from_goroot = true;
    return found;
  }
  return std::nullopt;
}

std::string PackageFinder::PathOf(const std::string& file_or_folder) const {
  if (module_.path.empty()) return "";
  std::error_code error;
  fs::path folder = fs::absolute(file_or_folder, error).lexically_normal();
  if (!fs::is_directory(folder, error)) folder = folder.parent_path();
  const std::string below =
      folder.lexically_relative(fs::path(module_.folder).lexically_normal()).generic_string();
  if (below.empty() || below == "." || below == "./") return module_.path;
  return module_.path + "/" + (below.ends_with("/") ? below.substr(0, below.size() - 1) : below);
}

std::string PackageFinder::InternalFault(std::string_view path, std::string_view importer) {
  constexpr std::string_view kInternal = "internal";
  // The last element of that name.
  size_t at = std::string_view::npos;
  for (size_t i = 0; i <= path.size();) {
    const size_t end = std::min(path.find('/', i), path.size());
    if (path.substr(i, end - i) == kInternal) at = i;
    i = end + 1;
  }
  if (at == std::string_view::npos) return "";
  const std::string_view parent = path.substr(0, at == 0 ? 0 : at - 1);
  const bool is_below = at != 0 && importer.starts_with(parent) &&
                        (importer.size() == parent.size() || importer[parent.size()] == '/');
  return is_below ? "" : fmt::format("use of internal package {} not allowed", path);
}

}  // namespace heddle::golang
