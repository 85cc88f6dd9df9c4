// SPDX-License-Identifier: Apache-2.0
// Standard output and standard error.
#include "checker/cli/console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "checker/cli/files.h"
#include "checker/cli/values.h"
#include "viz/label.h"

namespace heddle::cli {

bool UseColor(ColorMode mode, const std::string& output) {
  if (mode != ColorMode::kAuto) return mode == ColorMode::kAlways;
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color && *no_color) return false;
  const char* terminal = std::getenv("TERM");
  if (terminal && std::string_view(terminal) == "dumb") return false;
  return output.empty() && isatty(STDOUT_FILENO);
}

namespace {

// Of the terminal; 0: it is none, or does not say.
size_t TerminalColumns(int descriptor) {
  winsize size = {};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

size_t PageColumns(const std::string& output) {
  constexpr uint64_t kLeast = 60, kMost = 400, kUsual = 100;
  uint64_t columns = 0;
  if (const char* given = std::getenv("COLUMNS")) {
    if (auto number = ParseNumber(given)) columns = *number;
  }
  if (columns == 0 && output.empty()) columns = TerminalColumns(STDOUT_FILENO);
  return std::clamp(columns == 0 ? kUsual : columns, kLeast, kMost);
}

void Complain(std::string_view message) {
  std::fflush(stdout);
  std::string text = fmt::format("heddle: {}{}", message, message.ends_with('\n') ? "" : "\n");
  std::fwrite(text.data(), 1, text.size(), stderr);
}

bool Deliver(const std::string& output, std::string_view text) {
  if (!output.empty()) {
    auto written = WriteFile(output, text);
    if (!written) Complain(fmt::format("cannot write {}", written.error()));
    return written.has_value();
  }
  bool fine =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!fine) Complain(fmt::format("cannot write to standard output: {}", std::strerror(errno)));
  return fine;
}

ProgressLine::ProgressLine(bool quiet) {
  const char* terminal = std::getenv("TERM");
  bool dumb = terminal && std::string_view(terminal) == "dumb";
  on_ = !quiet && !dumb && isatty(STDERR_FILENO);
}

void ProgressLine::Show(std::string_view what, const ProgressInfo& info) {
  if (!on_) return;
  std::string text = fmt::format("{}: {}", viz::Shorten(viz::CleanText(what), 40),
                                 Counted(info.executions, "execution"));
  if (info.seconds > 0.2) {
    text += fmt::format(
        ", {} per second",
        Grouped(static_cast<uint64_t>(static_cast<double>(info.executions) / info.seconds)));
  }
  text += fmt::format(", depth {}", info.depth);
  if (info.findings > 0) text += ", " + Counted(info.findings, "finding");
  if (info.classes_in_all.has_value())
    text += ", perhaps " + MagnitudeText(*info.classes_in_all) + " in all, give or take tenfold";
  if (info.seconds_left.has_value()) text += ", " + SecondsText(*info.seconds_left) + " left";
  const size_t columns = TerminalColumns(STDERR_FILENO);
  std::string line = "\r\x1b[K" + viz::Shorten(text, columns > 20 ? columns - 1 : 79);
  std::lock_guard lock(mutex_);
  std::fwrite(line.data(), 1, line.size(), stderr);
  shown_ = true;
}

void ProgressLine::Clear() {
  std::lock_guard lock(mutex_);
  if (!shown_) return;
  std::fputs("\r\x1b[K", stderr);
  shown_ = false;
}

}  // namespace heddle::cli
