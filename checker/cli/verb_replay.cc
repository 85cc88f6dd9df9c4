// SPDX-License-Identifier: Apache-2.0
// heddle replay: one execution again, from a trace or from a schedule.
//
// A trace carries its program's path and hash and the options it was found with. When the program
// has changed since, the same choices may mean something else: the trace is followed as far as it
// goes, and it is said where they part; what comes of it is never called that trace's finding.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "checker/cli/console.h"
#include "checker/cli/directives.h"
#include "checker/cli/files.h"
#include "checker/cli/program_path.h"
#include "checker/cli/values.h"
#include "checker/cli/verbs.h"
#include "sim/schedule.h"
#include "sim/trace.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;

// What a replay needs, wherever it came from.
struct Job {
  std::string path;
  std::string schedule;
  std::string entry;  // empty: the only one
  std::string lang;
  std::string run;
  std::string hash;           // empty: any
  std::string kind, message;  // of the finding that the trace shows; empty: unknown
  std::optional<sim::Trace> trace;
  ExploreOptions explore;
};

using Options = std::map<std::string, std::string>;

// Options that the trace or the schedule carries; `source` names it in errors. A flag for the time
// model wins.
std::expected<Job, std::string> Complete(Job job, const Options& options, const std::string& source,
                                         const ReplayFlags& flags) {
  for (const auto& [key, value] : options) {
    uint64_t* number = key == "seed"               ? &job.explore.seed
                       : key == "choices"          ? &job.explore.choices
                       : key == "max_steps"        ? &job.explore.max_steps
                       : key == "max_instructions" ? &job.explore.max_instructions
                       : key == "max_heap"         ? &job.explore.max_heap
                                                   : nullptr;
    if (number) {
      auto parsed = ParseNumber(value);
      if (!parsed)
        return std::unexpected(fmt::format("{}: its option {} {}", source, key, parsed.error()));
      *number = *parsed;
    } else if (key == "time" && !flags.time_given) {
      if (value != "ideal" && value != "async") {
        return std::unexpected(
            fmt::format("{}: its time model is '{}': one of ideal, async", source, value));
      }
      job.explore.time = value;
    } else if (key == "goroutines" || key == "rounds" || key == "timers" || key == "messages") {
      auto bound = ParseBound(key + "=" + value, job.explore.bounds);
      if (!bound) return std::unexpected(fmt::format("{}: {}", source, bound.error()));
    } else if (key == "lang" && job.lang.empty()) {
      job.lang = value;
    } else if (key == "entry" && job.run.empty()) {
      job.entry = value;
    }
  }
  return job;
}

std::expected<Job, std::string> FromTrace(const ReplayFlags& flags) {
  auto text = ReadFile(flags.target);
  if (!text) return std::unexpected(text.error());
  auto trace = sim::TraceFromJson(*text);
  if (!trace) return std::unexpected(fmt::format("{}: {}", flags.target, trace.error()));
  Job job;
  job.path = trace->program;
  job.schedule = trace->schedule;
  job.entry = trace->entry;
  job.lang = flags.lang;
  job.run = flags.run;
  job.hash = trace->program_hash;
  job.explore = flags.explore;
  if (!trace->findings.empty()) {
    job.kind = trace->findings[0].kind;
    job.message = trace->findings[0].message;
  }
  job.trace = *trace;
  if (auto usable = CheckProgramPath(job.path); !usable) {
    return std::unexpected(fmt::format("{} is a trace of {}, which cannot be used from here: {}",
                                       flags.target, job.path, usable.error()));
  }
  return Complete(std::move(job), trace->options, flags.target, flags);
}

std::expected<Job, std::string> FromSchedule(const ReplayFlags& flags) {
  Job job;
  job.path = flags.target;
  job.schedule = flags.schedule;
  job.lang = flags.lang;
  job.run = flags.run;
  job.explore = flags.explore;
  auto directives = DirectivesOf(flags.target);
  if (!directives) return std::unexpected(directives.error());
  if (job.lang.empty() && directives->lang) job.lang = *directives->lang;
  for (const auto& [key, value] : directives->bounds) job.explore.bounds.try_emplace(key, value);
  auto schedule = sim::ParseSchedule(flags.schedule);
  if (!schedule)
    return std::unexpected(fmt::format("the schedule cannot be read: {}", schedule.error()));
  return Complete(std::move(job), schedule->options, "the schedule", flags);
}

std::expected<std::string, std::string> EntryOf(const Job& job, const Program& program) {
  const std::vector<std::string>& entries = program.entries();
  if (!job.entry.empty()) {
    for (const std::string& entry : entries) {
      if (entry == job.entry) return entry;
    }
    return std::unexpected(
        fmt::format("{}: there is no {} in it to start from", job.path, job.entry));
  }
  if (entries.size() == 1) return entries[0];
  if (entries.empty()) {
    return std::unexpected(
        fmt::format("{}: {}", job.path,
                    job.run.empty() ? "there is no function main and no TestXxx to start from"
                                    : fmt::format("no test matches -run {}", job.run)));
  }
  return std::unexpected(fmt::format(
      "{}: a schedule belongs to one test, here are {}: add -run '^{}$' for one of them", job.path,
      entries.size(), entries[0]));
}

// One execution may show several findings: the trace's own, else the first, unless all are wanted.
void KeepOne(const Job& job, TargetReport& report) {
  if (job.explore.keep_going || report.findings.size() < 2) return;
  size_t kept = 0;
  for (size_t i = 0; i < report.findings.size(); ++i) {
    const checker::Finding& finding = report.findings[i];
    if (Name(finding.kind) == job.kind && finding.message == job.message) kept = i;
  }
  std::swap(report.findings[0], report.findings[kept]);
  report.findings.resize(1);
}

// "step 7, send 3 on jobs (pool.go:31:5)".
std::string StepText(const sim::Trace& trace, size_t index) {
  const sim::TraceEvent& event = trace.events[index];
  if (event.parts.empty()) return fmt::format("step {}, where time moves on", index + 1);
  return fmt::format("step {}, {} ({})", index + 1, event.parts[0].text,
                     event.parts[0].site.ToString());
}

// The first step in which the two executions differ: in what is done, not in the line it is done
// at.
std::string WhereTheyPart(const sim::Trace& old, const TargetReport& now) {
  const auto same = [](const sim::TraceEvent& a, const sim::TraceEvent& b) {
    return a.parts.size() == b.parts.size() &&
           std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(),
                      [](const sim::TracePart& x, const sim::TracePart& y) {
                        return x.goroutine == y.goroutine && x.text == y.text;
                      });
  };
  const sim::Trace* trace = now.findings.empty() ? nullptr : now.findings[0].trace.get();
  if (trace == nullptr) {
    return fmt::format(
        "its schedule can still be followed to the end, {}, and nothing goes wrong there any more",
        Counted(now.exploration.events, "step"));
  }
  const size_t common = std::min(old.events.size(), trace->events.size());
  for (size_t i = 0; i < common; ++i) {
    if (same(old.events[i], trace->events[i])) continue;
    return fmt::format("they part at {}; the program now does: {}", StepText(old, i),
                       StepText(*trace, i));
  }
  if (old.events.size() != trace->events.size()) {
    return fmt::format("the first {} are the same, then one of them ends", Counted(common, "step"));
  }
  return fmt::format("its schedule leads through the same steps, to this: {}",
                     now.findings[0].message);
}

// `error` of the replay names the step that was not possible.
std::string AsFarAs(const sim::Trace& old, const std::string& error) {
  const size_t at = error.find("step ");
  size_t number = 0;
  for (size_t i = at == std::string::npos ? error.size() : at + 5;
       i < error.size() && error[i] >= '0' && error[i] <= '9' && number < old.events.size(); ++i) {
    number = number * 10 + static_cast<size_t>(error[i] - '0');
  }
  if (number == 0 || number > old.events.size()) return error;
  return fmt::format("they part at {}, which the program as it is now cannot do there",
                     StepText(old, number - 1));
}

}  // namespace

int Replay(const ReplayFlags& flags) {
  std::expected<Job, std::string> job = flags.has_schedule ? FromSchedule(flags) : FromTrace(flags);
  if (!job) {
    Complain(job.error());
    return 2;
  }
  auto program = LoadProgram(job->path, job->lang, job->run, false);
  if (!program) {
    TargetReport report = InvalidReport(job->path, std::move(program.error()));
    return ShowReports({&report, 1}, flags.show, job->explore, job->lang, true);
  }
  auto entry = EntryOf(*job, **program);
  if (!entry) {
    Complain(entry.error());
    return 2;
  }
  auto report = (*program)->Replay(*entry, job->schedule, job->explore);
  if (!job->hash.empty() && job->hash != (*program)->hash()) {
    Complain(fmt::format(
        "{} was made from another version of {}: {}.\nCheck the program again to get a new trace.",
        flags.target, job->path,
        report ? WhereTheyPart(*job->trace, *report) : AsFarAs(*job->trace, report.error())));
    return 2;
  }
  if (!report) {
    Complain(fmt::format("{}: {}", job->path, report.error()));
    return 2;
  }
  KeepOne(*job, *report);
  return ShowReports({&*report, 1}, flags.show, job->explore, flags.lang, true);
}

}  // namespace heddle::cli
