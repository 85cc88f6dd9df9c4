// SPDX-License-Identifier: Apache-2.0
// The oracle: every configuration of a program by brute force, memoised by its set of (label, past)
// pairs.
#ifndef HEDDLE_TESTS_ORACLE_ORACLE_H_
#define HEDDLE_TESTS_ORACLE_ORACLE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "checker/dpor/dpor.h"
#include "tests/oracle/small_program.h"

namespace heddle::oracle {

// Objects with the strict rules, by number (SmallRunner::Refutable).
using Strict = std::set<size_t>;

struct Answer {
  std::multiset<uint64_t> classes;  // hashes of the maximal configurations
  std::vector<uint64_t> order;      // of a search: the name of each execution's class
  std::set<std::string> outcomes;
  std::set<std::string> within;  // an enumeration: of executions that no bound cuts short
  uint64_t blocked_runs = 0;
  std::string fault;  // the causal order is not a function of the class: where
  Strict strict;      // a search: the objects that it came to treat so
};

// None: more than `limit` configurations. `bounds`: those that Answer::within is about.
std::optional<Answer> Enumerate(const SmallProgram& program, sim::TimeModel time,
                                const Strict& strict, size_t limit, const sim::Bounds& bounds);
// Plain enumeration of actions. None: more than `limit` executions.
std::optional<Answer> Exhaust(const SmallProgram& program, sim::TimeModel time, size_t limit);
// None: more than `limit` executions.
std::optional<Answer> Reduce(const SmallProgram& program, sim::TimeModel time,
                             checker::PickPolicy pick, uint64_t seed, size_t limit);

// The same (the first policy) by `jobs` workers that run ahead whatever they can. Knows no classes,
// only their order.
std::optional<Answer> ReduceTogether(const SmallProgram& program, sim::TimeModel time,
                                     uint32_t jobs, uint64_t seed, size_t limit);

// What is wrong with the search on this program; empty: nothing. `skipped`: too large to say.
std::string Compare(const SmallProgram& program, sim::TimeModel time, uint64_t seed, bool* skipped);

// The smallest program found by leaving things out that still fails.
SmallProgram ShrinkWhile(SmallProgram program,
                         const std::function<bool(const SmallProgram&)>& fails);
// The smallest for which Compare still complains.
SmallProgram Shrink(SmallProgram program, sim::TimeModel time, uint64_t seed);

}  // namespace heddle::oracle

#endif  // HEDDLE_TESTS_ORACLE_ORACLE_H_
