// SPDX-License-Identifier: Apache-2.0
//
// Runs Go source as `heddle run` does, for tests: what it printed and its exit status.
#ifndef HEDDLE_TESTS_GOLANG_VM_RUN_GO_H_
#define HEDDLE_TESTS_GOLANG_VM_RUN_GO_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/vm/machine.h"
#include "sim/model.h"
#include "sim/observer.h"

namespace heddle::golang {

struct RunResult {
  std::string out;  // standard output
  std::string err;  // standard error
  int status = 0;   // 2 also for a program that does not compile, with the diagnostics in `err`
  std::string cut_by;
};

struct RunOptions {
  uint64_t seed = 1;
  std::string lang;
  vm::MachineOptions machine;
  sim::TimeModel time = sim::TimeModel::kIdeal;
  std::vector<sim::Observer*> observers;
};

// The source of one file, named "/x.go".
RunResult RunGo(std::string_view source, const RunOptions& options = {});
// Executions 1 .. n of one machine, with the seeds options.seed, options.seed + 1, ...
std::vector<RunResult> RunGoOften(std::string_view source, int n, const RunOptions& options = {});
// A package clause, the imports that the body mentions ("fmt", "sync", ...) and func main with this
// body.
std::string MainWith(std::string_view body);

}  // namespace heddle::golang

#endif  // HEDDLE_TESTS_GOLANG_VM_RUN_GO_H_
