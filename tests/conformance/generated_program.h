// SPDX-License-Identifier: Apache-2.0
// Random small Go programs, for comparing the outcomes of real Go with those explored.
//
// The text is one function `func NAME(r *run)` against the harness in harness/: r.start starts
// goroutine g, r.note notes what goroutine g has seen, r.pause may yield. Two to four goroutines
// with a few operations each, on channels, select, close, mutexes, contexts and a little of
// everything else; branches on what was seen. Invariant: a function of the seed alone; no maps, no
// chance, no clock; no fatal error and no data race, so that every way to run it can be told by its
// notes.
#ifndef HEDDLE_TESTS_CONFORMANCE_GENERATED_PROGRAM_H_
#define HEDDLE_TESTS_CONFORMANCE_GENERATED_PROGRAM_H_

#include <cstdint>
#include <string>

namespace heddle::conformance {

std::string GenerateProgram(uint64_t seed, const std::string& name);

}  // namespace heddle::conformance

#endif  // HEDDLE_TESTS_CONFORMANCE_GENERATED_PROGRAM_H_
