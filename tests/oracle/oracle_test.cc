// SPDX-License-Identifier: Apache-2.0
// The search against brute force on random programs: no class missed, none twice, no blocked run.
#include "tests/oracle/oracle.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace heddle::oracle {
namespace {

struct Mode {
  const char* name;
  sim::TimeModel time;
  bool sleeps = false;
};

class Oracle : public testing::TestWithParam<Mode> {};

// A sanitizer makes every program take some ten times as long; and what it looks for, a few show.
#if defined(__SANITIZE_ADDRESS__)
constexpr uint64_t kPrograms = 20;
#else
constexpr uint64_t kPrograms = 120;
#endif

// How many programs of each mode; HEDDLE_ORACLE_PROGRAMS and HEDDLE_ORACLE_SEED ask for others.
uint64_t FromEnvironment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

void CompareMany(const Mode& mode, bool bounded) {
  uint64_t programs = FromEnvironment("HEDDLE_ORACLE_PROGRAMS", kPrograms);
  uint64_t seed = FromEnvironment("HEDDLE_ORACLE_SEED", 1000);
  uint64_t compared = 0, skipped_programs = 0;
  for (uint64_t i = FromEnvironment("HEDDLE_ORACLE_FIRST", 0);
       compared < programs && skipped_programs < programs; ++i) {
    sim::Random random(sim::HashCombine(seed, i));
    SmallProgram program = Generate(random, mode.name, mode.sleeps);
    if (bounded) BoundAtRandom(random, &program);
    bool skipped = false;
    std::string fault = Compare(program, mode.time, i, &skipped);
    skipped ? ++skipped_programs : ++compared;
    if (fault.empty()) continue;
    SmallProgram small = Shrink(program, mode.time, i);
    FAIL() << mode.name << " program " << i << " of HEDDLE_ORACLE_SEED=" << seed << ": "
           << Compare(small, mode.time, i, &skipped) << "\n"
           << small.ToString();
  }
  EXPECT_GE(compared, programs / 2);
}

TEST_P(Oracle, AgreesWithTheSearch) { CompareMany(GetParam(), /*bounded=*/false); }

class BoundedOracle : public testing::TestWithParam<Mode> {};

TEST_P(BoundedOracle, AgreesWithTheSearch) { CompareMany(GetParam(), /*bounded=*/true); }

constexpr sim::TimeModel kIdeal = sim::TimeModel::kIdeal;
constexpr sim::TimeModel kAsync = sim::TimeModel::kAsync;

std::string NameOf(const testing::TestParamInfo<Mode>& test) {
  return std::string(test.param.name) + (test.param.time == kIdeal ? "Ideal" : "Async") +
         (test.param.sleeps ? "Sleeps" : "");
}

INSTANTIATE_TEST_SUITE_P(
    Modes, Oracle,
    testing::Values(Mode{"await", kAsync}, Mode{"await", kIdeal, true}, Mode{"chan", kAsync},
                    Mode{"chanbuf", kAsync}, Mode{"sel", kAsync}, Mode{"lock", kAsync},
                    Mode{"mix", kAsync}, Mode{"rw", kAsync}, Mode{"wg", kAsync},
                    Mode{"once", kAsync}, Mode{"cond", kAsync}, Mode{"all", kAsync},
                    Mode{"ctx", kAsync}, Mode{"tree", kAsync}, Mode{"tree", kIdeal, true},
                    Mode{"time", kIdeal}, Mode{"time", kAsync}, Mode{"chan", kIdeal, true},
                    Mode{"chanbuf", kIdeal, true}, Mode{"sel", kIdeal, true},
                    Mode{"lock", kIdeal, true}, Mode{"rw", kIdeal, true}, Mode{"wg", kIdeal, true},
                    Mode{"once", kIdeal, true}, Mode{"cond", kIdeal, true},
                    Mode{"ctx", kIdeal, true}, Mode{"all", kIdeal, true}, Mode{"ctx", kAsync, true},
                    Mode{"spawn", kAsync}, Mode{"spawn", kIdeal, true}, Mode{"panic", kAsync},
                    Mode{"panic", kIdeal, true}, Mode{"all", kAsync, true}, Mode{"joined", kAsync},
                    Mode{"joined", kIdeal, true}),
    NameOf);

INSTANTIATE_TEST_SUITE_P(Modes, BoundedOracle,
                         testing::Values(Mode{"await", kAsync}, Mode{"await", kIdeal, true},
                                         Mode{"chan", kAsync}, Mode{"chan", kIdeal, true},
                                         Mode{"chanbuf", kAsync}, Mode{"chanbuf", kIdeal, true},
                                         Mode{"sel", kAsync}, Mode{"sel", kIdeal, true},
                                         Mode{"time", kAsync}, Mode{"time", kIdeal},
                                         Mode{"ctx", kIdeal, true}, Mode{"spawn", kAsync},
                                         Mode{"spawn", kIdeal, true}, Mode{"panic", kAsync},
                                         Mode{"lock", kIdeal, true}, Mode{"all", kAsync, true},
                                         Mode{"all", kIdeal, true}),
                         NameOf);

}  // namespace
}  // namespace heddle::oracle
