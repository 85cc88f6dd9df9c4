// SPDX-License-Identifier: Apache-2.0
// fork, exec, and waiting with a limit.
#include "tests/robustness/command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/personality.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <ostream>
#include <sstream>

#include "sim/base/check.h"

namespace heddle::robustness {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

// Output beyond this is dropped: a program that prints without end is one of the tests.
constexpr size_t kMostOutput = 16 << 20;
constexpr uid_t kNobody = 65534;

[[noreturn]] void BecomeCommand(const std::string& program, const Arguments& arguments,
                                const Limits& limits, int out, int err) {
  setpgid(0, 0);
  const int null = open("/dev/null", O_RDONLY);
  dup2(null, 0);
  dup2(out, 1);
  dup2(err, 2);
  rlimit no_core = {0, 0};
  setrlimit(RLIMIT_CORE, &no_core);
  if (!IsSanitized()) {
    // Reserved addresses cost nothing; this only keeps a runaway from taking the machine down.
    rlimit space = {uint64_t{8} << 30, uint64_t{8} << 30};
    setrlimit(RLIMIT_AS, &space);
  }
  if (!limits.folder.empty() && chdir(limits.folder.c_str()) != 0) _exit(126);
  if (limits.fixed_addresses) personality(ADDR_NO_RANDOMIZE);
  for (const std::string& variable : limits.environment)
    putenv(const_cast<char*>(variable.c_str()));
  if (limits.as_nobody && geteuid() == 0 && setuid(kNobody) != 0) _exit(126);
  std::vector<char*> argv = {const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  execv(program.c_str(), argv.data());
  _exit(127);
}

// Reads what there is; false at the end.
bool Drain(int fd, std::string* text) {
  std::array<char, 65536> buffer;
  const ssize_t n = read(fd, buffer.data(), buffer.size());
  if (n <= 0) return false;
  if (text->size() < kMostOutput) text->append(buffer.data(), static_cast<size_t>(n));
  return true;
}

std::string Shortened(const std::string& text) {
  constexpr size_t kShown = 2000;
  return text.size() <= kShown ? text : text.substr(0, kShown) + "...";
}

double Seconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
}

}  // namespace

bool IsSanitized() {
#if defined(__SANITIZE_ADDRESS__)
  return true;
#else
  return false;
#endif
}

bool Outcome::Orderly() const {
  return !killed && signal == 0 && status >= 0 && status <= 3 && !Says("CHECK") &&
         !Says("terminate called") && !Says("Sanitizer:") &&
         (IsSanitized() || megabytes < kMostMegabytes);
}

bool Outcome::Says(std::string_view text) const {
  return out.find(text) != std::string::npos || err.find(text) != std::string::npos;
}

std::ostream& operator<<(std::ostream& to, const Outcome& outcome) {
  if (outcome.killed)
    to << "still running after its time";
  else if (outcome.signal != 0)
    to << "ended by signal " << outcome.signal;
  else
    to << "status " << outcome.status;
  return to << ", " << outcome.seconds << " s, " << outcome.megabytes
            << " MB\n--- standard output\n"
            << Shortened(outcome.out) << "\n--- standard error\n"
            << Shortened(outcome.err);
}

std::string HeddlePath() { return HEDDLE_BINARY_DIR "/heddle"; }

Outcome Run(const std::string& program, const Arguments& arguments, const Limits& limits) {
  int out[2], err[2];
  HEDDLE_CHECK(pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0,
               "there are file descriptors for pipes");
  const double most_seconds = limits.seconds * (IsSanitized() ? 4 : 1);
  const auto start = Clock::now();
  const pid_t child = fork();
  HEDDLE_CHECK(child >= 0, "a process can be started");
  if (child == 0) BecomeCommand(program, arguments, limits, out[1], err[1]);
  close(out[1]);
  close(err[1]);
  Outcome result;
  std::array<pollfd, 2> ends = {pollfd{out[0], POLLIN, 0}, pollfd{err[0], POLLIN, 0}};
  while (ends[0].fd >= 0 || ends[1].fd >= 0) {
    const double elapsed = std::chrono::duration<double>(Clock::now() - start).count();
    if (elapsed > most_seconds) {
      result.killed = true;
      kill(-child, SIGKILL);
      break;
    }
    poll(ends.data(), ends.size(), std::max(1, static_cast<int>((most_seconds - elapsed) * 1000)));
    for (size_t i = 0; i < ends.size(); ++i) {
      if (ends[i].fd < 0 || (ends[i].revents & (POLLIN | POLLHUP)) == 0) continue;
      if (!Drain(ends[i].fd, i == 0 ? &result.out : &result.err)) ends[i].fd = -1;
    }
  }
  close(out[0]);
  close(err[0]);
  int status = 0;
  rusage usage = {};
  wait4(child, &status, 0, &usage);
  if (WIFEXITED(status)) result.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) result.signal = WTERMSIG(status);
  result.seconds = Seconds(usage.ru_utime) + Seconds(usage.ru_stime);
  result.megabytes = static_cast<uint64_t>(usage.ru_maxrss) / 1024;
  return result;
}

TemporaryFolder::TemporaryFolder() {
  std::string name = (fs::temp_directory_path() / "heddle-XXXXXX").string();
  HEDDLE_CHECK(mkdtemp(name.data()) != nullptr, "a temporary folder can be made");
  path_ = name;
  fs::permissions(path_, fs::perms::all);
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::string TemporaryFolder::Write(const std::string& name, std::string_view text) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
  return file.string();
}

std::string ReadAll(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::string Times(size_t count, std::string_view text) {
  std::string all;
  all.reserve(count * text.size());
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string Main(std::string_view body, std::string_view declarations) {
  std::string text = "package main\n";
  text += declarations;
  text += "\nfunc main() {\n";
  text += body;
  return text + "\n}\n";
}

}  // namespace heddle::robustness
