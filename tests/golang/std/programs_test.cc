// SPDX-License-Identifier: Apache-2.0
//
// Go programs over the standard packages: what they print must be what real Go printed
// (programs/*.out, written by expect.sh), under several schedules. Those in newer/ use what came
// after the Go that is installed: they check themselves, and print nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "models/golang/std/load_program.h"
#include "models/golang/vm/go_program.h"
#include "models/sync/machine.h"
#include "sim/base/hash.h"
#include "sim/execution.h"

namespace heddle::golang {
namespace {

std::filesystem::path Folder(const char* name = "programs") {
  return std::filesystem::path(HEDDLE_SOURCE_DIR) / "tests/golang/std" / name;
}

std::string Read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> Names(const char* folder = "programs") {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(Folder(folder))) {
    if (entry.path().extension() == ".go") {
      names.push_back(entry.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

class RandomStrategy final : public sim::Strategy {
 public:
  explicit RandomStrategy(uint64_t seed) : state_(seed) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    const std::vector<sim::Label>& enabled = execution.Enabled();
    if (enabled.empty()) {
      return std::nullopt;
    }
    state_ = sim::Mix64(state_);
    return enabled[state_ % enabled.size()];
  }

 private:
  uint64_t state_;
};

// Standard output of one execution, and a line with the exit status.
std::string RunProgram(const Program& compiled, uint64_t seed) {
  std::string out;
  vm::MachineOptions options;
  options.ends_at_once = true;
  options.output = [&out](int descriptor, std::string_view text) {
    if (descriptor == 1) {
      out += text;
    }
  };
  vm::GoProgram program(compiled, options, {.test = -1});
  sim::OperationStore store;
  sim::PathTable paths;
  sim::StackPool stacks(program.StackBytes());
  const auto model = sync::Machine::New(store, paths, {.ends_are_events = program.CountsTasks()});
  sim::Execution execution(*model, store, paths, stacks);
  RandomStrategy strategy(seed);
  sim::TaskClient* client = nullptr;
  std::function<void()> body = program.Start(execution, &client);
  const sim::Record& record = execution.Run(body, client, sim::TimeModel::kIdeal, {}, strategy, {});
  EXPECT_EQ(record.cut_by, "");
  if (!program.machine().program_over()) {
    out += program.machine().DeadlockText(record);
  }
  return out + "status " + std::to_string(program.machine().exit_status()) + "\n";
}

class StdProgramsTest : public testing::TestWithParam<std::string> {};

TEST_P(StdProgramsTest, PrintsWhatRealGoPrints) {
  const auto loaded = LoadProgram({(Folder() / (GetParam() + ".go")).string()}, {});
  if (!loaded) {
    FAIL() << loaded.error()[0].position << ": " << loaded.error()[0].message;
  }
  const std::string expected = Read(Folder() / (GetParam() + ".out"));
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    const std::string actual = RunProgram(*loaded->program, seed);
    if (actual == expected) {
      continue;
    }
    // The first line that differs says more than two long texts.
    std::istringstream got(actual), want(expected);
    std::string got_line, want_line;
    for (int line = 1;; ++line) {
      const bool more = static_cast<bool>(std::getline(got, got_line));
      const bool wanted = static_cast<bool>(std::getline(want, want_line));
      ASSERT_TRUE(more && wanted) << "seed " << seed << ", line " << line
                                  << ": one of the two ends";
      ASSERT_EQ(got_line, want_line) << "seed " << seed << ", line " << line;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(All, StdProgramsTest, testing::ValuesIn(Names()),
                         [](const testing::TestParamInfo<std::string>& info) {
                           return info.param;
                         });

class NewerProgramsTest : public testing::TestWithParam<std::string> {};

TEST_P(NewerProgramsTest, CheckThemselves) {
  const auto loaded = LoadProgram({(Folder("newer") / (GetParam() + ".go")).string()}, {});
  if (!loaded) {
    FAIL() << loaded.error()[0].position << ": " << loaded.error()[0].message;
  }
  for (uint64_t seed = 1; seed <= 3; ++seed) {
    EXPECT_EQ(RunProgram(*loaded->program, seed), "status 0\n") << "seed " << seed;
  }
}

INSTANTIATE_TEST_SUITE_P(All, NewerProgramsTest, testing::ValuesIn(Names("newer")),
                         [](const testing::TestParamInfo<std::string>& info) {
                           return info.param;
                         });

}  // namespace
}  // namespace heddle::golang
