// SPDX-License-Identifier: Apache-2.0
// Traces made by hand for the tests of viz: small stories with every kind of step, and large ones.
#ifndef HEDDLE_TESTS_VIZ_SAMPLE_TRACES_H_
#define HEDDLE_TESTS_VIZ_SAMPLE_TRACES_H_

#include <string>
#include <utility>
#include <vector>

#include "sim/trace.h"

namespace heddle::viz {

class TraceBuilder {
 public:
  explicit TraceBuilder(std::string program);

  // Returns the number.
  int Goroutine(std::string name, int created_by, int line);
  // Parts: goroutine, operation, text, line. Returns the index.
  struct Part {
    int goroutine;
    std::string operation;
    std::string text;
    int line;
  };
  int Event(sim::OpCategory category, std::vector<Part> parts, std::vector<int> after = {});
  void Clock(int64_t ns) { time_ = ns; }
  void State(int goroutine, std::string state, int line);
  void Finding(std::string kind, std::string message, std::vector<int> goroutines, int event);

  sim::Trace trace;

 private:
  int64_t time_ = 0;
};

sim::Trace LeakTrace();                         // two workers, one leaks
sim::Trace SendOnClosedTrace();                 // a panic at a step, with a close before it
sim::Trace MutexDeadlockTrace();                // lock order
sim::Trace CancelTrace();                       // context, timer, clock moves, wake-ups
sim::Trace WideTrace(int workers, int rounds);  // many lanes, many events
sim::Trace NastyTrace();                        // long and strange texts

}  // namespace heddle::viz

#endif  // HEDDLE_TESTS_VIZ_SAMPLE_TRACES_H_
