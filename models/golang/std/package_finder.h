// SPDX-License-Identifier: Apache-2.0
//
// Where the files of an imported package are: below the root of the program's module, in its vendor
// folder, or in the sources of an installed Go.
//
// Asked by the loader for what is not among the embedded packages. Keep: nothing outside of those
// three folders is ever read, whatever an import path or a link says.
#ifndef HEDDLE_MODELS_GOLANG_STD_PACKAGE_FINDER_H_
#define HEDDLE_MODELS_GOLANG_STD_PACKAGE_FINDER_H_

#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/std/source_files.h"

namespace heddle::golang {

struct FoundPackage {
  std::vector<SourceFile> files;
  bool from_goroot = false;
};

class PackageFinder {
 public:
  PackageFinder() = default;
  // `goroot`: the folder of an installed Go; empty: none.
  PackageFinder(GoModule module, std::string goroot)
      : module_(std::move(module)), goroot_(std::move(goroot)) {}

  // The files of a package without its tests; nothing: there is no such folder. Error: what the go
  // command says of the folder. `for_goroot`: it is imported by a package of the installed Go,
  // which sees no other.
  std::expected<std::optional<FoundPackage>, std::string> Find(std::string_view path,
                                                               bool for_goroot) const;

  // The import path of the package in the folder of this file, or of this folder; empty: it is in
  // no module.
  std::string PathOf(const std::string& file_or_folder) const;

  // "use of internal package X not allowed", or nothing.
  static std::string InternalFault(std::string_view path, std::string_view importer);

 private:
  GoModule module_;
  std::string goroot_;
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_PACKAGE_FINDER_H_
