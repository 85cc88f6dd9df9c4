// SPDX-License-Identifier: Apache-2.0
// No outcome of real Go is missed: whatever it shows of random programs is among what the search
// explores.
//
// Each program is explored by dpor, then run 200 times by real Go. An outcome is what each
// goroutine noted, with its end or without, as one that is blocked for ever. This is the one
// comparison with something that shares no line and no thought with the simulator.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "checker/dpor/dpor.h"
#include "checker/engine.h"
#include "models/golang/std/load_program.h"
#include "models/golang/vm/go_program.h"
#include "models/sync/machine.h"
#include "tests/conformance/command.h"
#include "tests/conformance/generated_program.h"

namespace heddle::conformance {
namespace {

namespace fs = std::filesystem;
using Outcomes = std::set<std::string>;

// Programs with more classes are left out: the time of the test goes into many programs.
constexpr uint64_t kMaxExecutions = 2000;

constexpr const char* kHarness = HEDDLE_SOURCE_DIR "/tests/conformance/harness";

// The number in the environment, for longer campaigns than the one of every day: HEDDLE_PROGRAMS of
// them from HEDDLE_SEED on, each run HEDDLE_RUNS times; HEDDLE_VERBOSE=1 tells what was not seen.
uint64_t Setting(const char* name, uint64_t usual) {
  const char* value = std::getenv(name);
  return value == nullptr ? usual : std::strtoull(value, nullptr, 10);
}

std::string ProgramsFile(const std::vector<uint64_t>& seeds) {
  std::string text =
      "package main\n\nimport (\n\t\"context\"\n\t\"runtime\"\n\t\"sync\"\n\t\"sync/atomic\"\n)\n\n"
      "var (\n\t_ = context.Background\n\t_ = runtime.Gosched\n\t_ sync.Mutex\n\t_ = "
      "atomic.AddInt32\n)\n\n"
      "var programs = []func(*run){";
  for (uint64_t seed : seeds) text += fmt::format("program{}, ", seed);
  text += "}\n";
  for (uint64_t seed : seeds) text += "\n" + GenerateProgram(seed, fmt::format("program{}", seed));
  return text;
}

// Lines "GOROUTINE NOTE", in the order of the execution, as an outcome.
std::string OutcomeOf(const std::string& output) {
  std::map<int, std::string> parts;
  std::istringstream lines(output);
  for (int g, note; lines >> g >> note;) parts[g] += fmt::format("{};", note);
  std::string outcome;
  for (const auto& [g, part] : parts) {
    outcome += fmt::format("{}{}:{}", outcome.empty() ? "" : " ", g, part);
  }
  return outcome;
}

// None: too many executions.
std::optional<Outcomes> Explore(const fs::path& folder, const std::string& lang) {
  auto loaded = golang::LoadProgram({folder}, {.lang = lang});
  if (!loaded.has_value()) {
    const golang::LoadDiagnostic& first = loaded.error().front();
    ADD_FAILURE() << folder << ": " << first.position << ": " << first.message;
    return std::nullopt;
  }
  golang::vm::GoProgram program(*loaded->program, {}, {});
  checker::Engine engine(program, &sync::Machine::New);
  checker::DporSearch search(engine.what_if(), engine.execution().paths(), {});
  checker::CausalOrder order;
  Outcomes outcomes;
  for (uint64_t executions = 0; search.BeginExecution(); ++executions) {
    if (executions == kMaxExecutions) return std::nullopt;
    const sim::Record& record = engine.Run(search, sim::TimeModel::kIdeal, {}, {}, search.Kept());
    EXPECT_EQ(record.cut_by, "") << folder;
    outcomes.insert(OutcomeOf(record.output));
    order.Build(record, engine.execution().paths(), static_cast<uint32_t>(record.events.size()),
                search.Kept());
    search.EndExecution(record, order);
  }
  EXPECT_EQ(search.blocked_runs(), 0u) << folder;
  return outcomes;
}

struct Explored {
  uint64_t seed;
  Outcomes outcomes;
};

std::vector<Explored> ExplorePrograms(size_t count, uint64_t seed, const std::string& lang) {
  std::vector<Explored> all;
  for (; all.size() < count; ++seed) {
    const fs::path folder = FreshFolder(fmt::format("outcomes/{}", seed));
    for (const char* file : {"common.go", "heddle.go"}) {
      fs::copy(fs::path(kHarness) / file, folder / file);
    }
    WriteFile(folder / "program.go", ProgramsFile({seed}));
    std::optional<Outcomes> outcomes = Explore(folder, lang);
    // Where the search knows one outcome only, one program in three is enough to see whether it is
    // right.
    if (outcomes.has_value() && (outcomes->size() > 1 || seed % 3 == 0)) {
      all.push_back({seed, std::move(*outcomes)});
    }
    if (testing::Test::HasFailure()) break;
  }
  return all;
}

// All programs and the harness that runs them with real Go, in one binary.
std::string BuildReal(const RealGo& go, const std::vector<Explored>& all) {
  std::vector<uint64_t> seeds;
  for (const Explored& explored : all) seeds.push_back(explored.seed);
  const fs::path folder = FreshFolder("outcomes/real");
  WriteFile(folder / "programs.go", ProgramsFile(seeds));
  for (const char* file : {"common.go", "real_go.go"}) {
    fs::copy(fs::path(kHarness) / file, folder / file);
  }
  const std::string binary = folder / "programs";
  CommandResult built =
      go.Build({folder / "common.go", folder / "real_go.go", folder / "programs.go"}, binary);
  EXPECT_EQ(built.status, 0) << built.err;
  return binary;
}

// Runs the program of this index; the number of outcomes seen.
size_t CompareWithReal(const std::string& binary, size_t index, const Explored& explored) {
  const std::string runs = fmt::format("{}", Setting("HEDDLE_RUNS", 200));
  CommandResult result = RunCommand({binary, fmt::format("{}", index), runs}, 120);
  EXPECT_EQ(result.status, 0) << "seed " << explored.seed << "\n" << result.err;
  Outcomes seen;
  std::istringstream lines(result.out);
  for (std::string times, outcome;
       std::getline(lines, times, ' ') && std::getline(lines, outcome);) {
    seen.insert(outcome);
    EXPECT_TRUE(explored.outcomes.contains(outcome))
        << "seed " << explored.seed << ": real Go shows " << outcome << " in " << times << " of "
        << runs << " runs; it is not among the " << explored.outcomes.size()
        << " explored outcomes of\n"
        << GenerateProgram(explored.seed, "program");
  }
  EXPECT_FALSE(seen.empty()) << result.out;
  if (Setting("HEDDLE_VERBOSE", 0) != 0) {
    std::cout << fmt::format("seed {}: {} seen, {} explored\n", explored.seed, seen.size(),
                             explored.outcomes.size());
    for (const std::string& outcome : explored.outcomes) {
      if (!seen.contains(outcome)) std::cout << "  not seen: " << outcome << "\n";
    }
  }
  return seen.size();
}

TEST(Outcomes, OfRealGoAreAllExplored) {
  std::optional<RealGo> go = RealGo::Find();
  ASSERT_TRUE(go.has_value()) << kNeedsRealGo;
  const size_t count = Setting("HEDDLE_PROGRAMS", 100);
  const std::vector<Explored> all =
      ExplorePrograms(count, Setting("HEDDLE_SEED", 1), go->version());
  ASSERT_EQ(all.size(), count);
  const std::string binary = BuildReal(*go, all);
  ASSERT_FALSE(HasFailure());
  size_t varied = 0, seen = 0, explored = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    const size_t outcomes = CompareWithReal(binary, i, all[i]);
    varied += outcomes >= 2;
    seen += outcomes;
    explored += all[i].outcomes.size();
  }
  std::cout << fmt::format(
      "{} programs: {} with two outcomes or more in real Go; {} outcomes seen, {} explored\n",
      all.size(), varied, seen, explored);
  EXPECT_GE(varied * 10, all.size() * 6) << "the programs are too tame to say much";
}

}  // namespace
}  // namespace heddle::conformance
