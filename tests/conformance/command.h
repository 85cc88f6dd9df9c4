// SPDX-License-Identifier: Apache-2.0
// Running other programs: heddle itself, and real Go, whose answers are the ones to match.
//
// Shared by the tests of this folder. Nothing here judges.
#ifndef HEDDLE_TESTS_CONFORMANCE_COMMAND_H_
#define HEDDLE_TESTS_CONFORMANCE_COMMAND_H_

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace heddle::conformance {

struct CommandResult {
  int status = -1;  // exit status; 124 after the time limit, 128 + signal when killed
  std::string out;
  std::string err;
};

// Arguments are passed as they are. `env` holds NAME=VALUE settings on top of the inherited ones.
CommandResult RunCommand(const std::vector<std::string>& arguments, int seconds,
                         const std::vector<std::string>& env = {});

// The command built from this tree.
std::string Heddle();

// An empty folder of this name in the build folder.
std::filesystem::path FreshFolder(const std::string& name);

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& text);

// Skipping would hide that nothing was compared.
constexpr const char* kNeedsRealGo =
    "these tests compare with real Go: install Debian's golang-1.19-go, as ./test.sh does";

class RealGo {
 public:
  // None: not installed.
  static std::optional<RealGo> Find();
  // "go1.19"
  const std::string& version() const { return version_; }
  // Compiles Go files of one package main. Its result is go's own.
  CommandResult Build(const std::vector<std::string>& files, const std::string& binary) const;
  // Compiles every package main below GOPATH/src/FOLDER; each binary is named as its package's
  // folder.
  CommandResult BuildAll(const std::filesystem::path& gopath, const std::string& folder,
                         const std::filesystem::path& binaries) const;
  // Compiles the tests of one package of GOPATH/src.
  CommandResult BuildTest(const std::filesystem::path& gopath, const std::string& package,
                          const std::string& binary) const;

 private:
  CommandResult Call(std::vector<std::string> arguments, const std::string& gopath = "") const;

  std::string program_;
  std::string version_;
};

}  // namespace heddle::conformance

#endif  // HEDDLE_TESTS_CONFORMANCE_COMMAND_H_
