// SPDX-License-Identifier: Apache-2.0
//
// One execution under a random schedule.
#include "tests/golang/vm/run_go.h"

#include <cctype>

#include "models/golang/std/load_program.h"
#include "models/golang/vm/go_program.h"
#include "models/sync/machine.h"
#include "sim/base/hash.h"
#include "sim/execution.h"

namespace heddle::golang {

namespace {

class RandomStrategy final : public sim::Strategy {
 public:
  explicit RandomStrategy(uint64_t seed) : state_(seed) {}
  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    const std::vector<sim::Label>& enabled = execution.Enabled();
    if (enabled.empty()) return std::nullopt;
    state_ = sim::Mix64(state_);
    return enabled[state_ % enabled.size()];
  }

 private:
  uint64_t state_;
};

// Does the text occur where no longer name ends with it?
bool Mentions(std::string_view body, const std::string& text) {
  for (size_t at = body.find(text); at != std::string_view::npos; at = body.find(text, at + 1)) {
    if (at == 0 || std::isalnum(static_cast<unsigned char>(body[at - 1])) == 0) return true;
  }
  return false;
}

}  // namespace

std::vector<RunResult> RunGoOften(std::string_view source, int n, const RunOptions& options) {
  RunResult result;
  auto loaded = LoadSource("/x.go", source, {.lang = options.lang});
  if (!loaded) {
    result.status = 2;
    for (const LoadDiagnostic& d : loaded.error())
      result.err += d.position + ": " + d.message + "\n";
    return std::vector<RunResult>(static_cast<size_t>(n), result);
  }
  vm::MachineOptions machine_options = options.machine;
  machine_options.ends_at_once = true;
  machine_options.output = [&](int descriptor, std::string_view text) {
    (descriptor == 1 ? result.out : result.err) += text;
  };
  vm::GoProgram program(*loaded->program, machine_options, {.test = loaded->is_test ? 0 : -1});
  sim::OperationStore store;
  sim::PathTable paths;
  sim::StackPool stacks(program.StackBytes());
  auto model = sync::Machine::New(store, paths, {.ends_are_events = program.CountsTasks()});
  sim::Execution execution(*model, store, paths, stacks);
  std::vector<RunResult> results;
  for (int i = 0; i < n; ++i) {
    result = {};
    RandomStrategy strategy(options.seed + static_cast<uint64_t>(i));
    sim::TaskClient* client = nullptr;
    std::function<void()> body = program.Start(execution, &client);
    const sim::Record& record =
        execution.Run(body, client, options.time, {}, strategy, options.observers);
    vm::Machine& machine = program.machine();
    result.cut_by = record.cut_by;
    if (!machine.program_over() && record.cut_by.empty())
      result.err += machine.DeadlockText(record);
    result.status = machine.exit_status();
    results.push_back(result);
  }
  return results;
}

RunResult RunGo(std::string_view source, const RunOptions& options) {
  return RunGoOften(source, 1, options)[0];
}

std::string MainWith(std::string_view body) {
  std::string imports;
  for (const char* package : {"context", "errors", "fmt", "os", "runtime", "sort", "strings",
                              "sync", "sync/atomic", "time"}) {
    const std::string_view path = package;
    const std::string name(path.substr(path.find('/') + 1));  // npos + 1 is 0
    if (Mentions(body, name + ".")) {
      imports += std::string("import \"") + package + "\"\n";
    }
  }
  return "package main\n" + imports + "func main() {\n" + std::string(body) + "\n}\n";
}

}  // namespace heddle::golang
