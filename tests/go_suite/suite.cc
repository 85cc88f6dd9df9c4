// SPDX-License-Identifier: Apache-2.0
// Reading the suite, running its programs in children, and comparing with the lists.
#include "tests/go_suite/suite.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>

namespace heddle::go_suite {

namespace fs = std::filesystem;

namespace {

constexpr size_t kAtOnce = 2;
constexpr size_t kMaxOutput = 4 << 20;

std::string ReadFile(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream content;
  content << stream.rdbuf();
  return content.str();
}

// "run" of "// run", from the first line that is neither empty nor a build constraint.
std::string ActionOf(const std::string& text) {
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("//go:build") || line.starts_with("// +build")) continue;
    if (!line.starts_with("//")) return "";
    const size_t begin = line.find_first_not_of("/ ");
    const size_t end = line.find_last_not_of(" \r");
    return begin == std::string::npos ? "" : line.substr(begin, end + 1 - begin);
  }
  return "";
}

struct Child {
  pid_t pid = 0;
  int pipe = -1;
  size_t job = 0;
};

Child Start(size_t job, const Limits& limits, const std::function<void(size_t)>& work) {
  int ends[2];
  if (pipe(ends) != 0) return {};
  std::cout.flush();
  const pid_t pid = fork();
  if (pid == 0) {
    dup2(ends[1], STDOUT_FILENO);
    dup2(ends[1], STDERR_FILENO);
    close(ends[0]);
    close(ends[1]);
    const rlimit cpu{static_cast<rlim_t>(limits.cpu_seconds),
                     static_cast<rlim_t>(limits.cpu_seconds)};
    setrlimit(RLIMIT_CPU, &cpu);
    const rlimit core{0, 0};
    setrlimit(RLIMIT_CORE, &core);
    alarm(static_cast<unsigned>(limits.seconds));
    work(job);
    std::cout.flush();
    _exit(0);
  }
  close(ends[1]);
  return {pid, ends[0], job};
}

// False at the end of the output.
bool ReadSome(const Child& child, Ending& ending) {
  char buffer[1 << 14];
  const ssize_t n = read(child.pipe, buffer, sizeof buffer);
  if (n <= 0) return false;
  const size_t room = kMaxOutput - std::min(kMaxOutput, ending.output.size());
  ending.output.append(buffer, std::min(room, static_cast<size_t>(n)));
  return true;
}

void Finish(const Child& child, Ending& ending) {
  close(child.pipe);
  int status = 0;
  if (waitpid(child.pid, &status, 0) != child.pid) return;
  ending.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

fs::path SuiteFolder() { return "/usr/share/go-1.19/test"; }

std::vector<Program> ReadSuite() {
  if (!fs::is_directory(SuiteFolder())) {
    std::cout << "not run: these tests read Go's own test programs from " << SuiteFolder().string()
              << "; install Debian's golang-1.19-src, as ./test.sh does\n";
    return {};
  }
  const char* only = std::getenv("HEDDLE_ONLY");
  std::vector<Program> programs;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(SuiteFolder())) {
    if (entry.path().extension() != ".go" || !entry.is_regular_file()) continue;
    Program program;
    program.name = fs::relative(entry.path(), SuiteFolder()).string();
    if (only != nullptr && program.name.find(only) == std::string::npos) continue;
    program.text = ReadFile(entry.path());
    program.action = ActionOf(program.text);
    programs.push_back(std::move(program));
  }
  std::sort(programs.begin(), programs.end(),
            [](const Program& a, const Program& b) { return a.name < b.name; });
  return programs;
}

std::vector<Ending> RunInChildren(size_t count, const Limits& limits,
                                  const std::function<void(size_t)>& job) {
  std::vector<Ending> endings(count);
  std::vector<Child> children;
  for (size_t next = 0; next < count || !children.empty();) {
    for (; next < count && children.size() < kAtOnce; ++next) {
      const Child child = Start(next, limits, job);
      if (child.pid > 0) children.push_back(child);
    }
    std::vector<pollfd> waits;
    for (const Child& child : children) waits.push_back({child.pipe, POLLIN, 0});
    if (poll(waits.data(), waits.size(), -1) < 0) continue;
    std::vector<Child> left;
    for (size_t i = 0; i < children.size(); ++i) {
      Ending& ending = endings[children[i].job];
      if (waits[i].revents == 0 || ReadSome(children[i], ending)) {
        left.push_back(children[i]);
      } else {
        Finish(children[i], ending);
      }
    }
    children = std::move(left);
  }
  return endings;
}

std::map<std::string, std::string> ReadList(std::string_view file) {
  const fs::path path = fs::path(HEDDLE_SOURCE_DIR) / "tests/go_suite" / file;
  std::map<std::string, std::string> list;
  std::istringstream lines(ReadFile(path));
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with("#")) continue;
    const size_t tab = line.find('\t');
    EXPECT_NE(tab, std::string::npos) << path << ": no reason: " << line;
    if (tab == std::string::npos) continue;
    EXPECT_TRUE(list.emplace(line.substr(0, tab), line.substr(tab + 1)).second)
        << path << ": twice: " << line;
  }
  return list;
}

void Judge(std::string_view list_file, const std::map<std::string, std::string>& faults) {
  const std::map<std::string, std::string> list = ReadList(list_file);
  size_t passed = 0;
  for (const auto& [name, fault] : faults) {
    passed += fault.empty();
    if (fault.empty() && list.contains(name)) {
      ADD_FAILURE() << name << " passes now: take it off tests/go_suite/" << list_file;
    } else if (!fault.empty() && !list.contains(name)) {
      ADD_FAILURE() << name << " does not pass: " << fault;
    } else if (!fault.empty() && std::getenv("HEDDLE_VERBOSE") != nullptr) {
      std::cout << name << " [" << list.at(name) << "]: " << fault << "\n";
    }
  }
  if (std::getenv("HEDDLE_ONLY") == nullptr) {
    for (const auto& [name, reason] : list) {
      EXPECT_TRUE(faults.contains(name)) << list_file << " names " << name << ", which is not run";
    }
  }
  std::cout << fmt::format("{} of {} pass\n", passed, faults.size());
}

}  // namespace heddle::go_suite
