// SPDX-License-Identifier: Apache-2.0
// The command line of each verb. CLI11 splits the arguments; values are read here, so that every
// complaint names the flag and the mend in the same words.
#include "checker/cli/flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

#include "checker/cli/directives.h"
#include "checker/cli/pattern.h"
#include "checker/cli/values.h"
#include "viz/view.h"

namespace heddle::cli {
namespace {

// Go's own spelling of this flag has one dash.
Arguments WithDoubleDashRun(const Arguments& arguments) {
  Arguments out = arguments;
  for (std::string& word : out) {
    if (word == "--") break;
    if (word == "-run" || word.starts_with("-run=")) word.insert(0, "-");
  }
  return out;
}

// One verb's flags: each is registered with a function that reads its value.
class Parser {
 public:
  // `words`: what follows the verb, for the help text.
  Parser(std::string verb, std::string words, std::string purpose)
      : verb_(std::move(verb)),
        help_(fmt::format("heddle {} {}\n\n{}\n\n", verb_, words, purpose)) {
    app_.allow_extras();
    app_.set_help_flag("-h,--help", "");
    app_.add_option("PATH", positionals_);
  }

  using Read = std::function<std::expected<void, std::string>(const std::string&)>;

  // `read` gets each value in turn; its error is the rest of a sentence that begins with the flag.
  void Value(const std::string& flag, const std::string& type, const std::string& meaning,
             Read read) {
    auto& values = storage_.emplace_back(std::make_unique<std::vector<std::string>>());
    app_.add_option(flag, *values)->allow_extra_args(false);
    std::string shown = flag == "--run" ? "-run" : flag;
    known_.push_back(flag);
    values_.push_back({shown, values.get(), std::move(read)});
    AddHelp(fmt::format("{} {}", shown, type), meaning);
  }

  void Switch(const std::string& name, const std::string& meaning, bool& out) {
    app_.add_flag(name, out);
    known_.push_back(name);
    AddHelp(name, meaning);
  }

  const std::vector<std::string>& positionals() const { return positionals_; }

  void Footer(const std::string& text) { footer_ = "\n" + text + "\n"; }

  Leave Wrong(const std::string& message) const {
    return {fmt::format("heddle {}: {}\nSee: heddle {} --help\n", verb_, message, verb_), 2};
  }

  std::expected<void, Leave> Parse(const Arguments& arguments) {
    Arguments reversed = WithDoubleDashRun(arguments);
    std::reverse(reversed.begin(), reversed.end());
    try {
      app_.parse(reversed);
    } catch (const CLI::CallForHelp&) {
      return std::unexpected(Leave{help_ + footer_, 0});
    } catch (const CLI::ArgumentMismatch& e) {
      std::string what = e.what();
      std::string flag = what.substr(0, what.find_first_of(": "));
      return std::unexpected(Wrong(fmt::format("{} wants a value", flag)));
    } catch (const CLI::ParseError& e) {
      return std::unexpected(Wrong(e.what()));
    }
    for (const std::string& word : app_.remaining()) {
      if (word.size() > 1 && word.starts_with("-")) return std::unexpected(Unknown(word));
    }
    for (const Flag& flag : values_) {
      for (const std::string& value : *flag.values) {
        if (auto read = flag.read(value); !read) {
          return std::unexpected(Wrong(fmt::format("{} {}", flag.name, read.error())));
        }
      }
    }
    return {};
  }

 private:
  struct Flag {
    std::string name;
    std::vector<std::string>* values;
    Read read;
  };

  void AddHelp(const std::string& flag, const std::string& meaning) {
    help_ += fmt::format("  {:<22}  {}\n", flag, meaning);
  }

  Leave Unknown(const std::string& word) const {
    std::string flag = word.substr(0, word.find('='));
    std::vector<std::string_view> known(known_.begin(), known_.end());
    std::string nearest = Nearest(flag, known);
    return Wrong(fmt::format("unknown flag {}{}", flag,
                             nearest.empty() ? "" : fmt::format(": did you mean {}?", nearest)));
  }

  std::string verb_;
  std::string help_, footer_;
  CLI::App app_;
  std::vector<std::string> positionals_;
  std::vector<std::unique_ptr<std::vector<std::string>>> storage_;
  std::vector<Flag> values_;
  std::vector<std::string> known_;
};

std::expected<void, std::string> Wrong(std::string message) {
  return std::unexpected(std::move(message));
}

// A function that reads a value with `parse` and keeps it in `out`.
template <class T, class Parse>
Parser::Read Into(T& out, Parse parse) {
  return [&out, parse](const std::string& text) -> std::expected<void, std::string> {
    auto value = parse(text);
    if (!value) return std::unexpected(value.error());
    out = static_cast<T>(*value);
    return {};
  };
}

auto NumberFrom(uint64_t low, uint64_t high = UINT64_MAX) {
  return [low, high](const std::string& text) { return ParseNumber(text, low, high); };
}

Parser::Read Text(std::string& out) {
  return [&out](const std::string& text) -> std::expected<void, std::string> {
    out = text;
    return {};
  };
}

std::expected<void, std::string> ReadStrategy(const std::string& text, std::string& out) {
  for (std::string_view known : {"auto", "dpor", "exhaustive", "random", "pos", "pct", "surw"}) {
    if (text != known) continue;
    out = text;
    return {};
  }
  return Wrong(fmt::format(
      "has no strategy '{}': one of auto, dpor, exhaustive, random, pos, pct, surw", text));
}

std::expected<void, std::string> ReadFormat(const std::string& text, Format& out) {
  if (text == "sarif" || text == "junit" || text == "github") {
    return Wrong(fmt::format("'{}' is not there yet: use text or json", text));
  }
  if (text != "text" && text != "json") {
    return Wrong(fmt::format("has no format '{}': one of text, json", text));
  }
  out = text == "json" ? Format::kJson : Format::kText;
  return {};
}

std::expected<void, std::string> ReadColor(const std::string& text, ColorMode& out) {
  if (text != "auto" && text != "always" && text != "never") {
    return Wrong(fmt::format("has no mode '{}': one of auto, always, never", text));
  }
  out = text == "auto"     ? ColorMode::kAuto
        : text == "always" ? ColorMode::kAlways
                           : ColorMode::kNever;
  return {};
}

std::expected<void, std::string> ReadRegexp(const std::string& text, std::string& out) {
  if (auto pattern = Pattern::Make(text); !pattern) return Wrong(pattern.error());
  out = text;
  return {};
}

Parser::Read TimeModel(std::string& out, bool* given, bool with_auto) {
  return [&out, given, with_auto](const std::string& text) -> std::expected<void, std::string> {
    bool known = text == "ideal" || text == "async" || (with_auto && text == "auto");
    if (!known) {
      return Wrong(
          fmt::format("has no model '{}': one of {}ideal, async", text, with_auto ? "auto, " : ""));
    }
    out = text;
    if (given) *given = true;
    return {};
  };
}

// A trace goes to .json or to a view; a suffix that is neither is refused before the search begins.
std::expected<void, std::string> ReadTracePath(const std::string& text, std::string& out) {
  if (!text.ends_with(".json") || text.ends_with(".perfetto.json")) {
    if (auto view = viz::ViewOf(text); !view)
      return Wrong("wants a file for a trace: " + view.error());
  }
  out = text;
  return {};
}

void AddProgramFlags(Parser& p, std::string& lang, std::string& run) {
  p.Value("--lang", "go1.N",
          "Language version (default: the nearest go.mod's, else the newest supported)",
          Into(lang, [](const std::string& text) { return ParseLanguage(text); }));
  p.Value("--run", "REGEXP", "Only the tests whose name matches",
          [&run](const std::string& text) { return ReadRegexp(text, run); });
}

void AddLimits(Parser& p, ExploreOptions& e) {
  p.Value("--seed", "N", "Seed of every random choice; same seed, same result (default 1)",
          Into(e.seed, NumberFrom(0)));
  p.Value("--choices", "N", "Explore every value of a random number out of at most N (default 8)",
          Into(e.choices, NumberFrom(0, 1'000'000)));
  p.Value("--bound", "KEY=N",
          "A sound bound: goroutines=N, rounds=N (of a loop), timers=N (expiries) or messages=N;\n"
          "                          the answer says so",
          [&e](const std::string& text) -> std::expected<void, std::string> {
            auto bound = ParseBound(text, e.bounds);
            if (!bound) return Wrong("wants KEY=N: " + bound.error());
            return {};
          });
  p.Value("--max-steps", "N", "Limit of one execution: visible operations (default 100000)",
          Into(e.max_steps, NumberFrom(1)));
  p.Value("--max-instructions", "N",
          "Limit of one execution: instructions between two of them (default 100000000)",
          Into(e.max_instructions, NumberFrom(1)));
  p.Value("--max-heap", "SIZE", "Limit of one execution: bytes of memory (default 1GiB)",
          Into(e.max_heap, [](const std::string& text) { return ParseSize(text); }));
}

void AddSearch(Parser& p, ExploreOptions& e) {
  p.Value("--budget", "DURATION",
          "Stop exploring a target after this time; 0: no limit (default 60s)",
          Into(e.budget_ns, [](const std::string& text) { return ParseDuration(text); }));
  p.Value("--max-executions", "N", "Stop after N executions",
          Into(e.max_executions, NumberFrom(1)));
  p.Value("--strategy", "NAME",
          "auto, dpor, exhaustive (the unreduced reference); random, pos, pct or surw, which\n"
          "                          sample (default auto)",
          [&e](const std::string& text) { return ReadStrategy(text, e.strategy); });
  p.Value("--jobs", "N",
          "Worker threads (default: number of cores); the report is the same for any number",
          Into(e.jobs, NumberFrom(1, 1024)));
}

void AddShow(Parser& p, ShowFlags& show) {
  p.Value("--format", "NAME", "text or json (default text)",
          [&show](const std::string& text) { return ReadFormat(text, show.format); });
  p.Value("-o", "FILE", "Write the report there instead of standard output", Text(show.output));
  p.Value("--trace", "FILE",
          "Write the first finding's trace: .json, or as a picture .svg, .dot, .txt",
          [&show](const std::string& text) { return ReadTracePath(text, show.trace); });
  p.Value("--color", "WHEN", "auto, always or never (default auto; NO_COLOR is respected)",
          [&show](const std::string& text) { return ReadColor(text, show.color); });
  p.Switch("--quiet", "No progress", show.quiet);
}

}  // namespace

std::expected<CheckFlags, Leave> ParseCheck(const Arguments& arguments) {
  CheckFlags flags;
  Parser p("check", "[flags] PATH...",
           "Explores the interleavings of each PATH and reports what goes wrong.\n"
           "PATH is a .go file, or a folder holding one package.");
  AddSearch(p, flags.explore);
  p.Switch("--keep-going", "Go on after the first finding: report each distinct finding once",
           flags.explore.keep_going);
  p.Value("--time", "MODEL",
          "auto, ideal (nothing is late) or async (goroutines may be slower than timers)",
          TimeModel(flags.explore.time, &flags.time_given, true));
  AddLimits(p, flags.explore);
  AddProgramFlags(p, flags.lang, flags.run);
  AddShow(p, flags.show);
  p.Footer(
      "Example: heddle check --trace leak.svg pool.go\n"
      "Exit status: 0 all explored, nothing found; 1 a finding; 2 unusable; 3 nothing found, not "
      "all explored.");
  if (auto parsed = p.Parse(arguments); !parsed) return std::unexpected(parsed.error());
  flags.paths = p.positionals();
  if (flags.paths.empty())
    return std::unexpected(p.Wrong("which program? Give a .go file or a folder"));
  return flags;
}

std::expected<RunFlags, Leave> ParseRun(const Arguments& arguments) {
  RunFlags flags;
  flags.explore.time = "ideal";
  Parser p("run", "[flags] PATH",
           "Runs one execution, like go run or, for tests, go test.\n"
           "PATH is a .go file, or a folder holding one package.");
  p.Value("--time", "MODEL", "ideal or async (default ideal)",
          TimeModel(flags.explore.time, nullptr, false));
  p.Value("--seed", "N", "Picks the schedule (default 1)", Into(flags.explore.seed, NumberFrom(0)));
  AddProgramFlags(p, flags.lang, flags.run);
  p.Footer("Example: heddle run --seed 7 pool.go\nExit status: the program's own.");
  if (auto parsed = p.Parse(arguments); !parsed) return std::unexpected(parsed.error());
  const std::vector<std::string>& paths = p.positionals();
  if (paths.empty()) return std::unexpected(p.Wrong("which program? Give a .go file or a folder"));
  if (paths.size() > 1) {
    return std::unexpected(p.Wrong(fmt::format("one PATH at a time: '{}' is too many", paths[1])));
  }
  flags.path = paths[0];
  return flags;
}

std::expected<ReplayFlags, Leave> ParseReplay(const Arguments& arguments) {
  ReplayFlags flags;
  flags.explore.time = "ideal";
  Parser p("replay", "[flags] TRACE.json\nheddle replay [flags] --schedule S PATH",
           "Executes one execution again, event for event, and reports as check does.\n"
           "TRACE.json was written by check --trace; a schedule S stands in every report.");
  p.Value("--schedule", "S", "The schedule, as the report of check printed it",
          [&flags](const std::string& text) -> std::expected<void, std::string> {
            flags.schedule = text;
            flags.has_schedule = true;
            return {};
          });
  p.Switch("--keep-going", "Report every finding of the execution, not only the first",
           flags.explore.keep_going);
  p.Value("--time", "MODEL", "ideal or async, as when it was found (default ideal)",
          TimeModel(flags.explore.time, &flags.time_given, false));
  AddLimits(p, flags.explore);
  AddProgramFlags(p, flags.lang, flags.run);
  AddShow(p, flags.show);
  p.Footer("Example: heddle replay leak.json\nExit status: as for check.");
  if (auto parsed = p.Parse(arguments); !parsed) return std::unexpected(parsed.error());
  const std::vector<std::string>& paths = p.positionals();
  if (paths.empty()) {
    return std::unexpected(
        p.Wrong(flags.has_schedule ? "which program? Give a .go file or a folder"
                                   : "which execution? Give a TRACE.json, or --schedule S PATH"));
  }
  if (paths.size() > 1) {
    return std::unexpected(p.Wrong(fmt::format("one at a time: '{}' is too many", paths[1])));
  }
  flags.target = paths[0];
  if (!flags.has_schedule && !flags.target.ends_with(".json")) {
    return std::unexpected(p.Wrong(
        fmt::format("'{}' is no trace (.json); to replay a schedule: heddle replay --schedule S {}",
                    flags.target, flags.target)));
  }
  return flags;
}

std::expected<VerifyFlags, Leave> ParseVerify(const Arguments& arguments) {
  VerifyFlags flags;
  flags.explore.keep_going = true;
  Parser p("verify", "[flags] PATH...",
           "Runs every scenario below PATH, as check --keep-going does, and compares its findings "
           "with its\n"
           "//heddle:want line. PATH is a .go file, or a folder that is searched through.");
  AddSearch(p, flags.explore);
  AddLimits(p, flags.explore);
  p.Value("--color", "WHEN", "auto, always or never (default auto; NO_COLOR is respected)",
          [&flags](const std::string& text) { return ReadColor(text, flags.show.color); });
  p.Switch("--quiet", "No progress", flags.show.quiet);
  p.Footer(
      "Example: heddle verify scenarios\n"
      "Exit status: 0 all right; 1 a mismatch; 2 unusable; 3 'pass' was wanted, but not all was "
      "explored.");
  if (auto parsed = p.Parse(arguments); !parsed) return std::unexpected(parsed.error());
  flags.paths = p.positionals();
  if (flags.paths.empty())
    return std::unexpected(p.Wrong("which scenarios? Give a .go file or a folder"));
  return flags;
}

std::expected<RenderFlags, Leave> ParseRender(const Arguments& arguments) {
  RenderFlags flags;
  Parser p("render", "TRACE.json -o OUT",
           "Draws a trace, as check --trace writes it; the suffix of OUT picks the view.");
  p.Value("-o", "OUT", "The picture (.svg), its Graphviz text (.dot) or the steps as text (.txt)",
          Text(flags.output));
  p.Footer("Example: heddle render leak.json -o leak.svg");
  if (auto parsed = p.Parse(arguments); !parsed) return std::unexpected(parsed.error());
  const std::vector<std::string>& paths = p.positionals();
  if (paths.empty())
    return std::unexpected(p.Wrong("which trace? Give a TRACE.json, as check --trace writes it"));
  if (paths.size() > 1) {
    return std::unexpected(p.Wrong(fmt::format("one trace at a time: '{}' is too many", paths[1])));
  }
  if (flags.output.empty())
    return std::unexpected(p.Wrong("where to? Add -o OUT.svg (or .dot, .txt)"));
  flags.trace = paths[0];
  return flags;
}

}  // namespace heddle::cli
