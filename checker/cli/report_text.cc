// SPDX-License-Identifier: Apache-2.0
// The text report.
#include "checker/cli/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "checker/cli/legend.h"
#include "checker/cli/story.h"
#include "checker/cli/values.h"
#include "sim/schedule.h"
#include "viz/ansi.h"
#include "viz/label.h"
#include "viz/text_view.h"

namespace heddle::cli {
namespace {

using checker::ExplorationSummary;
using checker::Finding;
using checker::FindingKind;
using checker::TargetReport;
using checker::Verdict;
using viz::Ansi;
using viz::CleanText;

std::string Trimmed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string Indented(const std::string& text, std::string_view indent) {
  std::string out(indent);
  for (char c : text) {
    out += c;
    if (c == '\n') out += indent;
  }
  return out;
}

std::string TargetName(const TargetReport& target) {
  std::string name = CleanText(target.path);
  if (target.entry != "main" && !target.entry.empty()) name += " " + CleanText(target.entry);
  return name;
}

std::string Headline(const TargetReport& target, const Ansi& ansi) {
  std::string name = ansi.Bold(TargetName(target));
  switch (target.verdict) {
    case Verdict::kPass:
      return fmt::format("{}  {}", ansi.Good("PASS"), name);
    case Verdict::kIncomplete:
      return fmt::format("{}  {}", ansi.Unsure("INCOMPLETE"), name);
    case Verdict::kInvalid:
      return fmt::format("{}  {}", ansi.Bad("INVALID"), name);
    case Verdict::kFail: {
      std::string what = target.findings.size() == 1 ? std::string(Name(target.findings[0].kind))
                                                     : Counted(target.findings.size(), "finding");
      return fmt::format("{}  {}  {}", ansi.Bad("FAIL"), name, ansi.Bold(what));
    }
  }
  return name;
}

// One goroutine as Go prints it after a panic.
std::string GoroutineText(const Finding& finding, const checker::FindingGoroutine& g,
                          const Ansi& ansi) {
  std::string out = ansi.Bold(fmt::format("goroutine {} [{}]:", g.id, CleanText(g.state))) + "\n";
  const sim::TraceGoroutine* traced = nullptr;
  const sim::TraceGoroutine* creator = nullptr;
  if (finding.trace) {
    for (const sim::TraceGoroutine& candidate : finding.trace->goroutines) {
      if (candidate.number == g.id) traced = &candidate;
    }
    for (const sim::TraceGoroutine& candidate : finding.trace->goroutines) {
      if (traced && candidate.number == traced->created_by) creator = &candidate;
    }
  }
  auto frame = [&](std::string_view function, std::string_view at) {
    out += CleanText(function) + "\n";
    if (!at.empty() && at != "?") out += "\t" + CleanText(at) + "\n";
  };
  if (finding.kind == FindingKind::kDataRace) {
    out += "\t" + CleanText(g.at) + "\n";  // the goroutine may have moved on since
  } else if (traced && !traced->stack.empty()) {
    constexpr size_t kFrames = 6;  // at either end; a stack overflow has very many
    size_t n = traced->stack.size();
    for (size_t i = 0; i < n; ++i) {
      if (n > 2 * kFrames && i == kFrames) {
        out += fmt::format("... {} frames left out\n", n - 2 * kFrames);
        i = n - kFrames;
      }
      const sim::TraceSite& site = traced->stack[i];
      frame(
          site.function.empty() ? std::string_view(traced->name) : std::string_view(site.function),
          site.ToString());
    }
  } else {
    frame(traced ? std::string_view(traced->name) : std::string_view("?"), g.at);
  }
  if (!g.created_at.empty()) {
    std::string function = traced ? CleanText(traced->created_at.function) : "";
    if (function.empty() && creator) function = CleanText(creator->name);
    std::string by = traced && traced->created_by != 0
                         ? fmt::format(" in goroutine {}", traced->created_by)
                         : "";
    frame(fmt::format("created by {}{}", function.empty() ? "?" : function, by), g.created_at);
  }
  return out;
}

// What the program printed before Go's own account of its end, which the report gives in other
// words.
std::string OwnOutput(std::string text) {
  for (std::string_view word : {"panic: ", "fatal error: "}) {
    size_t at = text.starts_with(word) ? 0 : text.find("\n" + std::string(word));
    if (at != std::string::npos && text.find("\ngoroutine ", at) != std::string::npos)
      text.resize(at);
  }
  return Trimmed(std::move(text));
}

std::string TimeText(const Finding& finding) {
  if (finding.time == "async") return ", when goroutines may be slower than timers (async time)";
  return "";
}

// At spaces, into lines no longer than that; lines after the first begin with the indent.
std::string Wrapped(const std::string& text, size_t columns, std::string_view indent) {
  std::string out, line(indent);
  bool empty = true;
  for (size_t at = 0; at < text.size();) {
    size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    if (!empty && viz::Columns(line) + 1 + viz::Columns(word) > columns) {
      out += line + "\n";
      line = std::string(indent);
      empty = true;
    }
    line += (empty ? "" : " ") + word;
    empty = false;
    at = end + 1;
  }
  return out + line + "\n";
}

// Why it goes wrong, as far as the trace tells.
std::string StoryText(const Finding& finding, const TextReportOptions& options) {
  std::string out;
  for (const StoryLine& line : StoryOf(finding)) {
    out += Wrapped(line.text, options.columns, line.indent == 0 ? "  " : "      ");
  }
  if (std::string text = NoReturnText(*finding.trace); !text.empty()) {
    out += Wrapped(text, options.columns, "  ");
  }
  return out.empty() ? "" : out + "\n";
}

std::string GoroutinesText(const Finding& finding, const Ansi& ansi) {
  constexpr size_t kMost = 10;
  std::string out;
  for (size_t i = 0; i < finding.goroutines.size() && i < kMost; ++i) {
    out += GoroutineText(finding, finding.goroutines[i], ansi) + "\n";
  }
  if (finding.goroutines.size() > kMost) {
    out += fmt::format("... and {} more goroutines\n\n", finding.goroutines.size() - kMost);
  }
  return out;
}

std::string FindingText(const TargetReport& target, const Finding& finding, size_t index,
                        const TextReportOptions& options) {
  Ansi ansi{options.color};
  std::string out = "\n";
  if (target.findings.size() > 1) {
    out += ansi.Bold(fmt::format("── {} of {}: {} ──", index + 1, target.findings.size(),
                                 Name(finding.kind))) +
           "\n\n";
  }
  std::string severity = SeverityOf(finding.kind) == checker::Severity::kError
                             ? ""
                             : fmt::format("{}: ", Name(SeverityOf(finding.kind)));
  out += ansi.Bad(Trimmed(Wrapped(severity + CleanText(finding.message), options.columns, "  ")));
  out += "\n" + ansi.Dim(Trimmed(Wrapped(MeaningOf(finding, target.entry), options.columns, "  ")));
  out += "\n\n";
  if (finding.trace && !finding.trace->events.empty()) {
    out += StoryText(finding, options);
    out += LegendText(*finding.trace, options.columns) + "\n";
    out += ansi.Bold(fmt::format("How it happens, in {}{}:",
                                 Counted(finding.trace->events.size(), "step"), TimeText(finding)));
    out += "\n\n";
    out += viz::StepsText(*finding.trace, {.color = options.color,
                                           .source = options.source,
                                           .max_steps = options.max_steps,
                                           .columns = options.columns,
                                           .reasons = true});
    out += "\n";
  }
  out += GoroutinesText(finding, ansi);
  if (finding.trace) {
    if (std::string printed = OwnOutput(finding.trace->output); !printed.empty()) {
      constexpr size_t kOutput = 2000;
      bool cut = printed.size() > kOutput;
      if (cut) printed.resize(kOutput);
      std::string clean;
      for (size_t at = 0; at <= printed.size();) {
        size_t end = std::min(printed.find('\n', at), printed.size());
        clean += end == at ? "\n" : "  " + CleanText(printed.substr(at, end - at)) + "\n";
        at = end + 1;
      }
      out += ansi.Bold("What the program printed:") + "\n\n" + clean + (cut ? "  …\n" : "") + "\n";
    }
  }
  constexpr size_t kLongSchedule = 2000;  // characters
  if (finding.schedule.size() > kLongSchedule) {
    out += ansi.Bold("Replay it, step for step, from a trace that check writes (same flags):");
    out += fmt::format("\n\n  heddle check --trace finding.json {}\n  heddle replay finding.json\n",
                       ShellQuoted(target.path));
  } else if (!finding.schedule.empty()) {
    out += ansi.Bold("Replay it, step for step:") + "\n\n  " +
           ReplayCommand(target, finding, options) + "\n";
  }
  return out;
}

std::string TimeModels(const ExplorationSummary& e) {
  if (e.time.empty()) return "";
  return fmt::format(", {} time", Listed(e.time));
}

std::string Figures(const ExplorationSummary& e) {
  std::string out = Counted(e.executions, "execution");
  if (e.equivalence_classes > 0 && e.equivalence_classes != e.executions) {
    out += fmt::format(", {} of them different", Grouped(e.equivalence_classes));
  }
  return fmt::format("{}, {}{}, {}", out, Counted(e.events, "step"), TimeModels(e),
                     SecondsText(e.seconds));
}

std::string BoundsText(const ExplorationSummary& e) {
  std::string out;
  for (const auto& [key, value] : e.bounds) {
    const std::string one = key.substr(0, key.size() - 1);  // keys are plurals
    out += (out.empty() ? "" : ", ") + Counted(static_cast<uint64_t>(value), one);
  }
  return out;
}

std::string CutText(const ExplorationSummary& e) {
  std::string by = e.cut_by.empty() ? "a limit" : Listed(e.cut_by);
  return fmt::format("{} {} cut by {}, and what comes after is unknown",
                     Counted(e.cut, "execution"), e.cut == 1 ? "was" : "were", by);
}

// What could be done about a limit that cut executions.
std::string CutHint(const ExplorationSummary& e) {
  std::string out;
  for (const std::string& limit : e.cut_by) {
    if (limit == "max-steps") {
      out += "A larger --max-steps follows an execution further; an endless one never ends.\n";
    } else if (limit == "max-instructions") {
      out +=
          "Between two operations a goroutine computed longer than --max-instructions allows; an "
          "endless loop?\n";
    } else if (limit == "max-heap") {
      out += "The program needs more memory than --max-heap allows.\n";
    } else if (limit == "max-callback-depth") {
      out +=
          "Library functions that call back into the program (printing, sorting, sync.Once) nest "
          "deeper than heddle follows; an endless recursion?\n";
    } else if (limit == "max-goroutines") {
      out +=
          "The system gives no memory for the stacks of so many goroutines at a time; see ulimit "
          "-v "
          "and sysctl vm.max_map_count.\n";
    }
  }
  return out;
}

std::string StoppedBy(const ExplorationSummary& e, const TextReportOptions& options) {
  if (e.stopped_by == "budget") {
    return options.explore.budget_ns > 0 ? fmt::format("the budget of {} was used up",
                                                       viz::DurationText(options.explore.budget_ns))
                                         : "the budget was used up";
  }
  if (e.stopped_by == "max-executions") return "--max-executions was reached";
  if (e.stopped_by == "sampling")
    return fmt::format("the strategy '{}' samples and never sees everything", e.strategy);
  if (e.stopped_by == "interrupt") return "it was interrupted (Ctrl-C)";
  if (e.stopped_by == "finding") return "the first finding ended it";
  if (!e.stopped_by.empty()) return e.stopped_by;
  if (e.cut > 0) return CutText(e);
  return "the search did not finish";
}

// What a sample, or the progress of a search, says of what was not seen.
std::string ConfidenceText(const ExplorationSummary& e) {
  std::string out;
  if (e.confidence.has_value()) {
    const checker::Confidence& c = *e.confidence;
    out +=
        fmt::format("The next execution is new with {} {} ({} of {} saw what no other saw).\n",
                    c.seen_once > 0 ? "about" : "less than about",
                    PercentText(c.seen_once > 0 ? c.next_is_new : 1 / static_cast<double>(c.runs)),
                    Grouped(c.seen_once), Grouped(c.runs));
    if (c.n > 0 && c.chance > 0) {
      out += fmt::format(
          "A bug of depth {} shows in each execution with a chance of 1 in {} or more (n = {} "
          "goroutines and timers, k = {} steps, d = {}).\n",
          c.d, Grouped(static_cast<uint64_t>(1 / c.chance + 0.5)), c.n, c.k, c.d);
    }
  }
  if (e.classes_in_all.has_value()) {
    out += fmt::format(
        "By its progress so far, there may be {} different ones in all: an order of "
        "magnitude, no more.\n",
        MagnitudeText(*e.classes_in_all));
  }
  return out;
}

std::string FixedText(const ExplorationSummary& e, const TextReportOptions& options) {
  if (e.fixed.empty()) return "";
  return fmt::format("Not explored, but fixed by the seed ({}): {}.\n", options.explore.seed,
                     Listed(e.fixed));
}

std::string Capital(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

}  // namespace

std::string MeaningOf(const Finding& finding, std::string_view entry) {
  switch (finding.kind) {
    case FindingKind::kDoubleClose:
      return "A channel may be closed only once; the second close panics.";
    case FindingKind::kCloseNil:
      return "This channel was never made: close of a nil channel panics.";
    case FindingKind::kSendOnClosed:
      return "In this order the channel is closed first, and a send on a closed channel panics.";
    case FindingKind::kWaitGroupMisuse:
      return "The counter of a WaitGroup went out of step with its waiters.";
    case FindingKind::kMutexMisuse:
      return "Unlocking a lock that is not held is a fatal error: recover does not help.";
    case FindingKind::kConcurrentMap:
      return "Go stops a program that writes a map while another goroutine uses it.";
    case FindingKind::kPanic:
      return "Nothing recovers this, so it ends the whole program.";
    case FindingKind::kDataRace:
      return "Two goroutines use one variable, at least one of them writes, and nothing orders the "
             "two.";
    case FindingKind::kDeadlock:
      if (!finding.goroutines.empty() && finding.goroutines[0].state == "ended") {
        return "Goexit has ended the main goroutine, and nobody is left to end the program.";
      }
      return fmt::format("{} waits, and nobody is left who could wake it.",
                         entry == "main" ? "main" : "The test");
    case FindingKind::kLostCancel:
      return "It can reach the signal to stop, which has been given, and never ends.";
    case FindingKind::kLivelock:
      return "It runs forever and gets nowhere.";
    case FindingKind::kGoroutineLeak:
      return fmt::format(
          "{} has returned and everything has come to rest: nobody is left who could wake it.",
          entry == "main" ? "main" : "The test");
    case FindingKind::kTestFailure:
      return "The test fails when things happen in this order.";
    case FindingKind::kMaskedPanic:
      return "A recover swallowed the panic; the mistake behind it stays.";
    case FindingKind::kContextLeak:
      return "Its cancel function was never called, so the context is kept until its parent is "
             "done.";
    case FindingKind::kExit:
      return "The process ends here, whatever is still pending.";
  }
  return "";
}

std::string ReplayCommand(const TargetReport& target, const Finding& finding,
                          const TextReportOptions& options) {
  std::map<std::string, std::string> carried;
  if (auto schedule = sim::ParseSchedule(finding.schedule)) carried = schedule->options;
  const ExploreOptions& e = options.explore;
  const ExploreOptions usual;
  std::string out = "heddle replay --schedule " + ShellQuoted(finding.schedule) + " ";
  if (finding.time == "async" && !carried.contains("time")) out += "--time async ";
  if (e.seed != usual.seed && !carried.contains("seed")) out += fmt::format("--seed {} ", e.seed);
  if (e.choices != usual.choices && !carried.contains("choices"))
    out += fmt::format("--choices {} ", e.choices);
  if (target.findings.size() > 1) out += "--keep-going ";
  for (const auto& [key, value] : e.bounds) {
    if (!carried.contains(key)) out += fmt::format("--bound {}={} ", key, value);
  }
  if (e.max_steps != usual.max_steps) out += fmt::format("--max-steps {} ", e.max_steps);
  if (e.max_instructions != usual.max_instructions)
    out += fmt::format("--max-instructions {} ", e.max_instructions);
  if (e.max_heap != usual.max_heap) out += fmt::format("--max-heap {} ", e.max_heap);
  if (!options.lang.empty() && !carried.contains("lang"))
    out += fmt::format("--lang {} ", ShellQuoted(options.lang));
  if (target.entry != "main" && !target.entry.empty() && !carried.contains("entry")) {
    out += fmt::format("-run {} ", ShellQuoted(fmt::format("^{}$", target.entry)));
  }
  return out + ShellQuoted(target.path.starts_with("-") ? "./" + target.path : target.path);
}

std::string ExplorationText(const TargetReport& target, const TextReportOptions& options) {
  const ExplorationSummary& e = target.exploration;
  std::string out;
  if (options.replayed) {
    return target.findings.empty()
               ? fmt::format("Replayed one execution, {}: nothing goes wrong in it.\n",
                             Counted(e.events, "step"))
               : "Replayed one execution; nothing else was explored.\n";
  }
  bool found = !target.findings.empty();
  if (e.complete && e.bounds.empty()) {
    out = fmt::format("Explored everything: {}{}\n", Figures(e),
                      target.verdict == Verdict::kPass && !found ? ": nothing found." : ".");
  } else if (e.complete) {
    out = fmt::format(
        "Explored everything within the bound of {}: {}{}\nBeyond that bound nothing is known.\n",
        BoundsText(e), Figures(e),
        target.verdict == Verdict::kPass && !found ? ": nothing found." : ".");
  } else if (e.stopped_by == "finding" || (found && e.stopped_by.empty() && e.cut == 0)) {
    out = fmt::format("Stopped at the first finding, after {}.\n", Figures(e));
    if (!options.explore.keep_going) out += "To look for more: --keep-going.\n";
  } else {
    out = fmt::format("{}only a part was explored: {}.\nSeen so far: {}.\n",
                      found ? "" : "Nothing found, but ", StoppedBy(e, options), Figures(e));
    out = Capital(out);
    out += ConfidenceText(e);
    if (!found) out += "This is no proof: what was not seen may still go wrong.";
    if (!found && e.stopped_by == "budget") out += " A longer --budget looks further.";
    if (!found) out += "\n";
    if (!e.bounds.empty()) out += fmt::format("Bounded by {}.\n", BoundsText(e));
  }
  bool said = !e.complete && e.stopped_by.empty() && !found;
  if (e.cut > 0 && !said) out += Capital(CutText(e)) + ".\n";
  return out + CutHint(e) + FixedText(e, options);
}

std::string TextReport(const TargetReport& target, const TextReportOptions& options) {
  Ansi ansi{options.color};
  std::string out = Headline(target, ansi) + "\n";
  if (target.verdict == Verdict::kInvalid) {
    bool unsupported = !target.diagnostics.empty();
    for (const checker::ReportDiagnostic& d : target.diagnostics) {
      std::string position = d.position.empty() ? "" : CleanText(d.position) + ": ";
      out += fmt::format("{}{}\n", position, CleanText(d.message));
      unsupported &= d.severity == "unsupported";
    }
    if (unsupported)
      out += "This is valid Go that heddle does not support yet; nothing was explored.\n";
    return out;
  }
  for (size_t i = 0; i < target.findings.size(); ++i) {
    out += FindingText(target, target.findings[i], i, options);
  }
  std::string explored = Trimmed(ExplorationText(target, options));
  if (target.findings.empty()) return out + Indented(explored, "  ") + "\n";
  return out + "\n" + explored + "\n";
}

std::string TextSummary(std::span<const TargetReport> targets, bool color) {
  Ansi ansi{color};
  size_t count[4] = {};
  for (const TargetReport& target : targets) ++count[static_cast<size_t>(target.verdict)];
  std::vector<std::string> parts;
  auto add = [&](Verdict verdict, std::string text) {
    if (count[static_cast<size_t>(verdict)] > 0) parts.push_back(std::move(text));
  };
  add(Verdict::kInvalid,
      ansi.Bad(fmt::format("{} invalid", count[static_cast<size_t>(Verdict::kInvalid)])));
  add(Verdict::kFail,
      ansi.Bad(fmt::format("{} with findings", count[static_cast<size_t>(Verdict::kFail)])));
  add(Verdict::kIncomplete,
      ansi.Unsure(fmt::format("{} incomplete", count[static_cast<size_t>(Verdict::kIncomplete)])));
  add(Verdict::kPass,
      ansi.Good(fmt::format("{} pass", count[static_cast<size_t>(Verdict::kPass)])));
  std::string joined;
  for (const std::string& part : parts) joined += (joined.empty() ? "" : ", ") + part;
  return fmt::format("{}: {}\n", Counted(targets.size(), "target"), joined);
}

}  // namespace heddle::cli
