// SPDX-License-Identifier: Apache-2.0
// The search against the literal machine on random programs: equal outcomes. So the meaning of the
// primitives is checked, which the oracle shares with the search.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "tests/oracle/literal_machine.h"
#include "tests/oracle/oracle.h"

namespace heddle::oracle {
namespace {

struct Mode {
  const char* name;
  sim::TimeModel time;
  bool sleeps = false;
};

class Literal : public testing::TestWithParam<Mode> {};

uint64_t FromEnvironment(const char* name, uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

enum class Verdict { kEqual, kDifferent, kMore, kTooLarge, kBeyond };

constexpr sim::TimeModel kIdeal = sim::TimeModel::kIdeal;
constexpr sim::TimeModel kAsync = sim::TimeModel::kAsync;

struct Comparison {
  Verdict verdict = Verdict::kEqual;
  std::string text;
};

// The models do not have the panic of a WaitGroup that is reused before a Wait has returned.
bool ReusesWaitGroup(const LiteralAnswer& answer) {
  const std::string panic = fmt::format(":{} panicked", literal::Fault::kReusedWaitGroup);
  return std::any_of(answer.outcomes.begin(), answer.outcomes.end(), [&](const std::string& text) {
    return text.find(panic) != std::string::npos;
  });
}

Comparison CompareOutcomes(const SmallProgram& program, sim::TimeModel time) {
  std::optional<LiteralAnswer> truth = RunLiterally(program, time, 60000);
  if (!truth.has_value()) return {Verdict::kTooLarge, ""};
  if (truth->beyond || ReusesWaitGroup(*truth)) return {Verdict::kBeyond, ""};
  std::optional<Answer> found = Reduce(program, time, checker::PickPolicy::kFirst, 0, 20000);
  if (!found.has_value()) return {Verdict::kTooLarge, ""};
  if (found->outcomes == truth->outcomes) return {};
  // That a ticker goes on to tick at multiples of its period is not kept.
  if (time == kAsync && program.tickers > 0 &&
      std::includes(found->outcomes.begin(), found->outcomes.end(), truth->outcomes.begin(),
                    truth->outcomes.end())) {
    return {Verdict::kMore, ""};
  }
  auto first_less = [](const std::set<std::string>& a, const std::set<std::string>& b) {
    std::vector<std::string> rest;
    std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(rest));
    return rest.empty() ? std::string("  none")
                        : fmt::format("  {}, such as\n{}", rest.size(), rest[0]);
  };
  return {Verdict::kDifferent,
          fmt::format("outcomes of the literal machine alone:{}\noutcomes of the search alone:{}",
                      first_less(truth->outcomes, found->outcomes),
                      first_less(found->outcomes, truth->outcomes))};
}

TEST_P(Literal, HasTheOutcomesOfTheSearch) {
  const Mode mode = GetParam();
  uint64_t programs = FromEnvironment("HEDDLE_ORACLE_PROGRAMS", 60);
  uint64_t seed = FromEnvironment("HEDDLE_ORACLE_SEED", 1000);
  uint64_t most_failures = FromEnvironment("HEDDLE_ORACLE_FAILURES", 1);
  uint64_t compared = 0, too_large = 0, beyond = 0, more = 0, failures = 0;
  for (uint64_t i = 0; compared < programs && too_large < programs; ++i) {
    sim::Random random(sim::HashCombine(seed, i));
    SmallProgram program = Generate(random, mode.name, mode.sleeps);
    if (mode.time == kAsync) {
      program.blind = true;  // what the search shows of the clock is one solution of many
    } else {
      program.tickers = 0;  // they never come to rest
    }
    Comparison c = CompareOutcomes(program, mode.time);
    more += c.verdict == Verdict::kMore;
    ++(c.verdict == Verdict::kTooLarge ? too_large
       : c.verdict == Verdict::kBeyond ? beyond
                                       : compared);
    if (c.verdict != Verdict::kDifferent) continue;
    SmallProgram small = ShrinkWhile(program, [&](const SmallProgram& p) {
      return CompareOutcomes(p, mode.time).verdict == Verdict::kDifferent;
    });
    ADD_FAILURE() << mode.name << " program " << i << " of HEDDLE_ORACLE_SEED=" << seed << ": "
                  << CompareOutcomes(small, mode.time).text << "\n"
                  << small.ToString();
    if (++failures == most_failures) break;
  }
  RecordProperty("compared", static_cast<int>(compared));
  RecordProperty("too_large", static_cast<int>(too_large));
  RecordProperty("beyond", static_cast<int>(beyond));
  RecordProperty("more", static_cast<int>(more));
  if (failures == 0) {
    EXPECT_GE(compared, programs / 2);
  }
}

std::string NameOf(const testing::TestParamInfo<Mode>& test) {
  return std::string(test.param.name) + (test.param.time == kIdeal ? "Ideal" : "Async") +
         (test.param.sleeps ? "Sleeps" : "");
}

INSTANTIATE_TEST_SUITE_P(
    Modes, Literal,
    testing::Values(Mode{"chan", kAsync}, Mode{"wg", kAsync}, Mode{"wg", kIdeal, true},
                    Mode{"all", kAsync}, Mode{"all", kIdeal, true}, Mode{"all", kAsync, true},
                    Mode{"chanbuf", kAsync}, Mode{"sel", kAsync}, Mode{"lock", kAsync},
                    Mode{"mix", kAsync}, Mode{"rw", kAsync}, Mode{"once", kAsync},
                    Mode{"cond", kAsync}, Mode{"ctx", kAsync}, Mode{"time", kAsync},
                    Mode{"time", kIdeal}, Mode{"joined", kAsync}, Mode{"joined", kIdeal, true},
                    Mode{"spawn", kAsync}, Mode{"panic", kAsync}, Mode{"await", kAsync},
                    Mode{"chan", kIdeal, true}, Mode{"chanbuf", kIdeal, true},
                    Mode{"sel", kIdeal, true}, Mode{"lock", kIdeal, true},
                    Mode{"mix", kIdeal, true}, Mode{"rw", kIdeal, true}, Mode{"once", kIdeal, true},
                    Mode{"cond", kIdeal, true}, Mode{"ctx", kIdeal, true},
                    Mode{"ctx", kAsync, true}, Mode{"spawn", kIdeal, true},
                    Mode{"panic", kIdeal, true}, Mode{"await", kIdeal, true}),
    NameOf);

}  // namespace
}  // namespace heddle::oracle
