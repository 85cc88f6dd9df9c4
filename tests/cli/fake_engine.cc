// SPDX-License-Identifier: Apache-2.0
// An engine that answers as the file asks it to.
#include "tests/cli/fake_engine.h"

#include <fmt/format.h>

#include "checker/cli/files.h"
#include "checker/cli/pattern.h"
#include "sim/base/hash.h"
#include "tests/viz/sample_traces.h"

namespace heddle::cli {
namespace {

using checker::Finding;
using checker::FindingKind;
using checker::TargetReport;
using checker::Verdict;

Finding FindingOf(FindingKind kind, sim::Trace trace, const std::string& path) {
  trace.program = path;
  trace.schedule = "h1:0'1 2";
  Finding finding;
  finding.kind = kind;
  finding.message = trace.findings[0].message;
  for (int number : trace.findings[0].goroutines) {
    const sim::TraceGoroutine& g = trace.goroutines[number - 1];
    finding.goroutines.push_back(
        {number, g.state, g.at.ToString(), number == 1 ? "" : g.created_at.ToString()});
    finding.locations.push_back(g.at.ToString());
  }
  finding.schedule = trace.schedule;
  finding.events = trace.events.size();
  finding.time = "ideal";
  finding.trace = std::make_shared<sim::Trace>(std::move(trace));
  return finding;
}

class FakeProgram : public Program {
 public:
  FakeProgram(std::string path, std::string answer, std::vector<std::string> entries,
              std::string hash)
      : path_(std::move(path)),
        answer_(std::move(answer)),
        entries_(std::move(entries)),
        hash_(std::move(hash)) {}

  const std::vector<std::string>& entries() const override { return entries_; }
  const std::string& hash() const override { return hash_; }
  TargetReport Explore(const std::string& entry, const ExploreOptions& options,
                       const ProgressFunction&) const override {
    LastSeen().options = options;
    TargetReport report = FakeReport(answer_, path_, entry);
    for (Finding& finding : report.findings) {
      auto trace = std::make_shared<sim::Trace>(*finding.trace);
      trace->program_hash = hash_;
      trace->entry = entry;
      finding.trace = trace;
    }
    return report;
  }
  std::expected<TargetReport, std::string> Replay(const std::string& entry,
                                                  const std::string& schedule,
                                                  const ExploreOptions& options) const override {
    LastSeen().options = options;
    LastSeen().entry = entry;
    LastSeen().schedule = schedule;
    if (schedule == "h1::9")
      return std::unexpected("the schedule does not fit this program: step 3");
    return FakeReport(answer_, path_, entry);
  }
  int Run(const ExploreOptions& options) const override {
    LastSeen().options = options;
    fmt::print("hello from {}\n", path_);
    return 7;
  }

 private:
  std::string path_, answer_;
  std::vector<std::string> entries_;
  std::string hash_;
};

}  // namespace

Seen& LastSeen() {
  static Seen seen;
  return seen;
}

TargetReport FakeReport(const std::string& answer, const std::string& path,
                        const std::string& entry) {
  TargetReport report;
  report.path = path;
  report.entry = entry;
  report.verdict = Verdict::kPass;
  report.exploration = {.strategy = "dpor",
                        .executions = 42,
                        .equivalence_classes = 42,
                        .events = 1310,
                        .complete = true,
                        .time = {"ideal"},
                        .seconds = 0.0041};
  auto& e = report.exploration;
  auto unfinished = [&](std::string by) {
    report.verdict = Verdict::kIncomplete;
    e.complete = false;
    e.stopped_by = std::move(by);
  };
  if (answer == "leak" || answer == "panic") {
    unfinished("finding");
    report.verdict = Verdict::kFail;
    report.findings = {answer == "leak"
                           ? FindingOf(FindingKind::kGoroutineLeak, viz::LeakTrace(), path)
                           : FindingOf(FindingKind::kSendOnClosed, viz::SendOnClosedTrace(), path)};
  } else if (answer == "budget" || answer == "sampling") {
    unfinished(answer);
    if (answer == "sampling") e.strategy = "random";
  } else if (answer == "cut") {
    unfinished("");
    e.cut = 3;
    e.cut_by = {"max-steps"};
  } else if (answer == "bounded") {
    e.bounds = {{"timers", 3}};
    e.fixed = {"map order", "rand"};
  }
  return report;
}

std::expected<std::unique_ptr<Program>, std::vector<checker::ReportDiagnostic>> LoadProgram(
    const std::string& path, const std::string& lang, const std::string& run, bool) {
  LastSeen().lang = lang;
  std::vector<std::string> files =
      path.ends_with(".go") ? std::vector<std::string>{path} : GoFilesIn(path);
  std::string text;
  for (const std::string& file : files) text += ReadFile(file).value_or("");
  size_t at = text.find("FAKE ");
  std::string answer = "pass";
  if (at != std::string::npos) {
    answer = text.substr(at + 5);
    answer.resize(std::min(answer.find_first_of(" ,\n"), answer.size()));
  }
  if (answer == "invalid") {
    return std::unexpected(std::vector<checker::ReportDiagnostic>{
        {"error", path + ":3:8", "\"os\" imported and not used"},
        {"error", path + ":9:2", "undefined: x"}});
  }
  if (answer == "unsupported") {
    return std::unexpected(
        std::vector<checker::ReportDiagnostic>{{"unsupported", path + ":5:1", "import \"C\""}});
  }
  std::vector<std::string> entries = {"main"};
  if (path.ends_with("_test.go")) entries = {"TestOne", "TestTwo"};
  if (!run.empty()) {
    auto pattern = Pattern::Make(run);
    std::erase_if(entries, [&](const std::string& e) { return !pattern->Matches(e); });
  }
  return std::make_unique<FakeProgram>(path, answer, entries,
                                       fmt::format("{:016x}", sim::HashBytes(text)));
}

}  // namespace heddle::cli
