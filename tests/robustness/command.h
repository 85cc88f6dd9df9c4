// SPDX-License-Identifier: Apache-2.0
// Runs the command as a user does, with limits on time and memory, and says how it ended.
#ifndef HEDDLE_TESTS_ROBUSTNESS_COMMAND_H_
#define HEDDLE_TESTS_ROBUSTNESS_COMMAND_H_

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

namespace heddle::robustness {

using Arguments = std::vector<std::string>;

struct Limits {
  double seconds = 30;  // wall time, then it is killed; four times that under a sanitizer
  std::string folder;   // it runs there; empty: here
  bool as_nobody = false;
  bool fixed_addresses = false;          // as `setarch -R` does
  std::vector<std::string> environment;  // NAME=VALUE, beside what this process has
};

struct Outcome {
  int status = -1;  // exit status; -1 if a signal ended it
  int signal = 0;
  bool killed = false;     // past its time
  double seconds = 0;      // of processor time
  uint64_t megabytes = 0;  // at most resident
  std::string out, err;

  // Exit status 0 to 3, no word of a crash, memory within bounds.
  bool Orderly() const;
  // out or err contains the text.
  bool Says(std::string_view text) const;
};

// Short enough to print.
std::ostream& operator<<(std::ostream& to, const Outcome& outcome);

// What the command may hold at most at a time, whatever it is given.
inline constexpr uint64_t kMostMegabytes = 1536;

// Built with AddressSanitizer: slower, larger, and limits on memory do not hold.
bool IsSanitized();

// The command of this build.
std::string HeddlePath();
Outcome Run(const std::string& program, const Arguments& arguments, const Limits& limits = {});
inline Outcome Heddle(const Arguments& arguments, const Limits& limits = {}) {
  return Run(HeddlePath(), arguments, limits);
}

// A folder of its own for a test, removed with it.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string path() const { return path_.string(); }
  // Writes a file in it, with the folders above; returns its path.
  std::string Write(const std::string& name, std::string_view text) const;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

std::string ReadAll(const std::string& path);
// `text` so often in a row.
std::string Times(size_t count, std::string_view text);
// A program whose main has this body.
std::string Main(std::string_view body, std::string_view declarations = "");

}  // namespace heddle::robustness

#endif  // HEDDLE_TESTS_ROBUSTNESS_COMMAND_H_
