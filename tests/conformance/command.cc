// SPDX-License-Identifier: Apache-2.0
// Processes, their output, and where real Go is found.
#include "tests/conformance/command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

namespace heddle::conformance {

namespace fs = std::filesystem;

namespace {

// Where the output of the commands of this process goes before it is read.
fs::path Scratch(const char* stream) {
  fs::path folder = fs::path(HEDDLE_BINARY_DIR) / "conformance";
  fs::create_directories(folder);
  return folder / fmt::format("{}.{}", getpid(), stream);
}

void Redirect(const fs::path& path, int descriptor) {
  int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(127);
  close(file);
}

}  // namespace

CommandResult RunCommand(const std::vector<std::string>& arguments, int seconds,
                         const std::vector<std::string>& env) {
  std::vector<std::string> words = {"env"};
  words.insert(words.end(), env.begin(), env.end());
  words.insert(words.end(), {"timeout", "--kill-after=5", fmt::format("{}", seconds)});
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const fs::path out = Scratch("out"), err = Scratch("err");
  pid_t child = fork();
  if (child == 0) {
    Redirect("/dev/null", STDIN_FILENO);
    Redirect(out, STDOUT_FILENO);
    Redirect(err, STDERR_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  CommandResult result;
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child) return result;
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = ReadFile(out);
  result.err = ReadFile(err);
  fs::remove(out);
  fs::remove(err);
  return result;
}

std::string Heddle() { return std::string(HEDDLE_BINARY_DIR) + "/heddle"; }

fs::path FreshFolder(const std::string& name) {
  fs::path folder = fs::path(HEDDLE_BINARY_DIR) / "conformance" / name;
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

void WriteFile(const fs::path& path, const std::string& text) {
  std::ofstream stream(path, std::ios::binary);
  stream << text;
  ASSERT_TRUE(stream.flush()) << "cannot write " << path;
}

std::optional<RealGo> RealGo::Find() {
  for (const char* program : {"/usr/lib/go-1.19/bin/go", "go"}) {
    RealGo go;
    go.program_ = program;
    CommandResult result = go.Call({"env", "GOVERSION"});
    if (result.status != 0 || !result.out.starts_with("go1.")) continue;
    // "go1.19.8" -> "go1.19"
    go.version_ = result.out.substr(0, result.out.find_first_of(".\n", 4));
    return go;
  }
  return std::nullopt;
}

CommandResult RealGo::Build(const std::vector<std::string>& files,
                            const std::string& binary) const {
  std::vector<std::string> arguments = {"build", "-p", "2", "-o", binary};
  arguments.insert(arguments.end(), files.begin(), files.end());
  return Call(std::move(arguments));
}

CommandResult RealGo::BuildAll(const fs::path& gopath, const std::string& folder,
                               const fs::path& binaries) const {
  fs::create_directories(binaries);
  // Symbols for debuggers are left out, as they take most of the linker's time.
  return Call(
      {"build", "-p", "2", "-ldflags=-s -w", "-o", binaries.string() + "/", folder + "/..."},
      gopath);
}

CommandResult RealGo::BuildTest(const fs::path& gopath, const std::string& package,
                                const std::string& binary) const {
  return Call({"test", "-c", "-p", "2", "-vet=off", "-o", binary, package}, gopath);
}

CommandResult RealGo::Call(std::vector<std::string> arguments, const std::string& gopath) const {
  arguments.insert(arguments.begin(), program_);
  const std::string folder = std::string(HEDDLE_BINARY_DIR) + "/conformance";
  return RunCommand(
      arguments, 300,
      {"GO111MODULE=off", "GOFLAGS=", "CGO_ENABLED=0", "GOCACHE=" + folder + "/go-cache",
       "GOPATH=" + (gopath.empty() ? folder + "/go-path" : gopath)});
}

}  // namespace heddle::conformance
