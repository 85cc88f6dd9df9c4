// SPDX-License-Identifier: Apache-2.0
//
// The files of a program on disk, and what the nearest go.mod says about them.
#ifndef HEDDLE_MODELS_GOLANG_STD_SOURCE_FILES_H_
#define HEDDLE_MODELS_GOLANG_STD_SOURCE_FILES_H_

#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::golang {

struct SourceFile {
  std::string name;  // as it is shown
  std::string text;
};

// The .go files that the paths stand for, in order of their names. A folder gives the files that
// its build constraints let in, without _test.go files when its package is main. Error: one line
// that names the path and the mend.
std::expected<std::vector<SourceFile>, std::string> ReadGoFiles(
    const std::vector<std::string>& paths);

struct GoModule {
  std::string path;  // of the module; empty: there is no go.mod
  std::string folder;
  std::string shown;  // the folder as seen from where the path begins: "..", "/src/m"
  std::string go;     // "1.22"; empty: no go line
};
GoModule FindModule(const std::string& path);
// The folder of an installed Go: what the environment says (GOROOT), where the `go` of PATH
// belongs, or one of the usual places. Empty: there is none. Null: not set.
std::string FindGoRoot(const char* goroot, const char* path);

bool IsTestFile(std::string_view name);
// The name in the package clause; empty when there is none to be seen.
std::string PackageName(std::string_view text);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_SOURCE_FILES_H_
