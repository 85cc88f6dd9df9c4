// SPDX-License-Identifier: Apache-2.0
// The engine of the command: the Go front end and the explorer, bound together.
//
// The only file of the command that sees both. Flags become options of the explorer and of the
// machine; whatever a replay must know beside the steps travels in the schedule.
#include "checker/cli/engine.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "checker/cli/console.h"
#include "checker/cli/pattern.h"
#include "checker/engine.h"
#include "checker/explorer.h"
#include "checker/strategy/random.h"
#include "models/golang/std/load_program.h"
#include "models/golang/vm/go_program.h"
#include "models/sync/machine.h"
#include "sim/base/check.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;

checker::StrategyKind StrategyOf(const std::string& name) {
  for (checker::StrategyKind kind : checker::kStrategies) {
    if (Name(kind) == name) return kind;
  }
  HEDDLE_CHECK(false, "the command line was read with the same names");
}

checker::TimeChoice TimeOf(const std::string& name) {
  if (name == "ideal") return checker::TimeChoice::kIdeal;
  return name == "async" ? checker::TimeChoice::kAsync : checker::TimeChoice::kAuto;
}

sim::Bounds BoundsOf(const ExploreOptions& options) {
  sim::Bounds out;
  for (const auto& [key, value] : options.bounds) {
    uint64_t& bound = key == "goroutines" ? out.goroutines
                      : key == "rounds"   ? out.rounds
                      : key == "timers"   ? out.timers
                                          : out.messages;
    bound = static_cast<uint64_t>(value);
  }
  return out;
}

golang::vm::MachineOptions MachineOptionsOf(const ExploreOptions& options) {
  golang::vm::MachineOptions out;
  out.max_heap = options.max_heap;
  out.max_instructions = static_cast<int64_t>(
      std::min<uint64_t>(options.max_instructions, std::numeric_limits<int64_t>::max()));
  out.max_rounds = BoundsOf(options).rounds;
  out.seed = options.seed;
  out.choices = static_cast<int64_t>(options.choices);
  return out;
}

// What `heddle run` says of the limit that ended the program.
std::string WhyStopped(const std::string& limit) {
  if (limit == "max-heap") return "out of memory: it uses more than 1GiB";
  if (limit == "max-goroutines") {
    return "the system gives no memory for the stacks of so many goroutines at a time (ulimit -v, "
           "sysctl vm.max_map_count)";
  }
  return limit;
}

// A program's own output goes out as it comes.
void WriteTo(int descriptor, std::string_view text) {
  while (!text.empty()) {
    ssize_t n = write(descriptor, text.data(), text.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return;  // nobody reads: as for a compiled program, that is not an error here
    text.remove_prefix(n);
  }
}

class GoProgram : public Program {
 public:
  GoProgram(std::string path, std::string lang, golang::LoadedProgram loaded,
            std::vector<std::string> entries)
      : path_(std::move(path)),
        lang_(std::move(lang)),
        loaded_(std::move(loaded)),
        entries_(std::move(entries)) {}

  const std::vector<std::string>& entries() const override { return entries_; }
  const std::string& hash() const override { return loaded_.hash; }

  TargetReport Explore(const std::string& entry, const ExploreOptions& options,
                       const ProgressFunction& progress) const override {
    golang::vm::GoProgram program(*loaded_.program, MachineOptionsOf(options), EntryOf(entry));
    checker::ExploreOptions explore = ExplorerOptions(entry, options);
    explore.jobs = static_cast<uint32_t>(options.jobs);
    explore.another = [&] {
      return std::make_unique<golang::vm::GoProgram>(*loaded_.program, MachineOptionsOf(options),
                                                     EntryOf(entry));
    };
    if (progress) {
      explore.progress = [&](const checker::Progress& p) {
        progress({p.executions, p.seconds, p.classes_in_all});
      };
    }
    return Report(entry, checker::Explore(program, &sync::Machine::New, explore));
  }

  std::expected<TargetReport, std::string> Replay(const std::string& entry,
                                                  const std::string& schedule,
                                                  const ExploreOptions& options) const override {
    golang::vm::GoProgram program(*loaded_.program, MachineOptionsOf(options), EntryOf(entry));
    auto result = checker::ReplaySchedule(program, &sync::Machine::New, schedule,
                                          ExplorerOptions(entry, options));
    if (!result) return std::unexpected(result.error());
    return Report(entry, std::move(*result));
  }

  int Run(const ExploreOptions& options) const override {
    return loaded_.is_test ? RunTests(options) : RunOne("main", options).status;
  }

 private:
  struct RunResult {
    int status = 0;
    bool test_failed = false;
    int64_t time_ns = 0;
  };

  golang::vm::Entry EntryOf(const std::string& entry) const {
    if (!loaded_.is_test) return {};
    auto found = std::find(loaded_.entries.begin(), loaded_.entries.end(), entry);
    HEDDLE_CHECK(found != loaded_.entries.end(), "entries come from entries()");
    return {.test = static_cast<int>(found - loaded_.entries.begin())};
  }

  checker::ExploreOptions ExplorerOptions(const std::string& entry,
                                          const ExploreOptions& options) const {
    const ExploreOptions usual;
    checker::ExploreOptions out;
    out.strategy = StrategyOf(options.strategy);
    out.time = TimeOf(options.time);
    out.seed = options.seed;
    out.max_executions = options.max_executions;
    out.budget_ns = options.budget_ns;
    out.keep_going = options.keep_going;
    out.limits.max_steps = options.max_steps;
    out.bounds = BoundsOf(options);
    for (const auto& [key, value] : options.bounds) {
      out.replay_options[key] = fmt::format("{}", value);
    }
    if (options.seed != usual.seed) out.replay_options["seed"] = fmt::format("{}", options.seed);
    if (options.choices != usual.choices)
      out.replay_options["choices"] = fmt::format("{}", options.choices);
    if (entry != "main") out.replay_options["entry"] = entry;
    if (!lang_.empty()) out.replay_options["lang"] = lang_;
    out.program = path_;
    out.program_hash = loaded_.hash;
    out.entry = entry;
    return out;
  }

  TargetReport Report(const std::string& entry, checker::ExploreResult result) const {
    TargetReport report;
    report.path = path_;
    report.entry = entry;
    report.verdict = result.verdict;
    report.exploration = std::move(result.exploration);
    report.findings = std::move(result.findings);
    return report;
  }

  // One execution under a random schedule, until the program ends as Go ends it.
  RunResult RunOne(const std::string& entry, const ExploreOptions& options) const {
    golang::vm::MachineOptions machine_options = MachineOptionsOf(options);
    machine_options.max_instructions = std::numeric_limits<int64_t>::max();
    machine_options.ends_at_once = true;
    machine_options.output = [this](int descriptor, std::string_view text) {
      WriteTo(loaded_.is_test ? STDOUT_FILENO : descriptor, text);
    };
    golang::vm::GoProgram program(*loaded_.program, machine_options, EntryOf(entry));
    checker::Engine engine(program, &sync::Machine::New);
    checker::RandomSearch search(options.seed, 1);
    search.BeginExecution();
    sim::ExecutionLimits limits;
    limits.max_steps = std::numeric_limits<uint64_t>::max();
    sim::TimeModel time = options.time == "async" ? sim::TimeModel::kAsync : sim::TimeModel::kIdeal;
    const sim::Record& record = engine.Run(search, time, limits, {});
    golang::vm::Machine& machine = program.machine();
    RunResult result;
    for (const sim::Event& e : record.events) result.time_ns = std::max(result.time_ns, e.time);
    if (!record.cut_by.empty()) {
      Complain(fmt::format("the program was stopped: {}", WhyStopped(record.cut_by)));
      result.status = 2;
      return result;
    }
    bool returned = loaded_.is_test && machine.main_returned();
    if (!machine.program_over() && !returned) WriteTo(STDERR_FILENO, machine.DeadlockText(record));
    result.status = machine.exit_status();
    for (const sim::Incident& incident : record.incidents) {
      result.test_failed |= incident.kind == "test-failure";
    }
    return result;
  }

  // Prints what `go test` prints. Each test is an execution of its own.
  int RunTests(const ExploreOptions& options) const {
    bool failed = false;
    int64_t time_ns = 0;
    auto last_line = [&](std::string_view word) {
      WriteTo(STDOUT_FILENO,
              fmt::format("{}\t{}\t{:.3f}s{}\n", word, path_, static_cast<double>(time_ns) * 1e-9,
                          entries_.empty() ? " [no tests to run]" : ""));
    };
    if (entries_.empty()) WriteTo(STDOUT_FILENO, "testing: warning: no tests to run\n");
    for (const std::string& entry : entries_) {
      RunResult result = RunOne(entry, options);
      time_ns += result.time_ns;
      failed |= result.test_failed || result.status != 0;
      if (result.status != 0) {  // a panic or a fatal error ends the test binary
        last_line("FAIL");
        WriteTo(STDOUT_FILENO, "FAIL\n");
        return 1;
      }
    }
    if (failed) WriteTo(STDOUT_FILENO, "FAIL\n");
    last_line(failed ? "FAIL" : "ok  ");
    if (failed) WriteTo(STDOUT_FILENO, "FAIL\n");
    return failed ? 1 : 0;
  }

  std::string path_;
  std::string lang_;
  golang::LoadedProgram loaded_;
  std::vector<std::string> entries_;
};

}  // namespace

std::expected<std::unique_ptr<Program>, std::vector<checker::ReportDiagnostic>> LoadProgram(
    const std::string& path, const std::string& lang, const std::string& run) {
  auto loaded = golang::LoadProgram({path}, {.lang = lang});
  if (!loaded) {
    std::vector<checker::ReportDiagnostic> diagnostics;
    for (golang::LoadDiagnostic& d : loaded.error()) {
      diagnostics.push_back({d.is_unsupported ? "unsupported" : "error", std::move(d.position),
                             std::move(d.message)});
    }
    return std::unexpected(std::move(diagnostics));
  }
  std::vector<std::string> entries = loaded->entries;
  if (!run.empty() && loaded->is_test) {
    auto pattern = Pattern::Make(run);
    HEDDLE_CHECK(pattern.has_value(), "the command line was read with the same function");
    std::erase_if(entries, [&](const std::string& entry) { return !pattern->Matches(entry); });
  }
  return std::make_unique<GoProgram>(path, lang, std::move(*loaded), std::move(entries));
}

}  // namespace heddle::cli
