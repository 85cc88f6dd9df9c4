// SPDX-License-Identifier: Apache-2.0
// The first word of the command line picks the verb.
#include <fmt/format.h>

#include <cstdio>

#include "checker/cli/console.h"
#include "checker/cli/values.h"
#include "checker/cli/verbs.h"

namespace heddle::cli {
namespace {

constexpr std::string_view kVersion = "heddle 0.1.0\n";

constexpr std::string_view kUsage =
    R"(heddle runs a concurrent Go program in every order in which its goroutines can run,
and shows what goes wrong.

  heddle check pool.go                  explore every interleaving, report what goes wrong
  heddle check --trace leak.svg pool.go the same, and draw the first finding

More: heddle --help
)";

constexpr std::string_view kHelp = R"(heddle: a model checker for concurrent Go programs

  heddle check [flags] PATH...     explore the interleavings of each PATH, report what goes wrong
  heddle run [flags] PATH          run one execution, like go run or go test
  heddle replay TRACE.json         execute one execution again, and report it
  heddle replay --schedule S PATH  the same from a schedule, as a report prints it
  heddle verify PATH...            compare every scenario below PATH with its //heddle:want line
  heddle explain [KIND]            what a kind of finding means, and how to mend it
  heddle render TRACE.json -o OUT  draw a trace: .html, .svg, .txt, ...

PATH is a .go file, or a folder holding one package. package main is checked from main, a
_test.go file from every TestXxx. heddle VERB --help lists the flags of a verb.

Exit status of check:
  0  everything was explored, and nothing was found
  1  there is a finding
  2  unusable: flags, files, a program that does not compile or is not supported
  3  nothing was found, but not everything was explored

Example: heddle check --trace leak.svg pool.go
)";

void Print(std::string_view text, std::FILE* to) { std::fwrite(text.data(), 1, text.size(), to); }

int LeaveWith(const Leave& leave) {
  Print(leave.text, leave.status == 0 ? stdout : stderr);
  return leave.status;
}

template <class Flags>
int Start(std::expected<Flags, Leave> flags, int (*verb)(const Flags&)) {
  return flags ? verb(*flags) : LeaveWith(flags.error());
}

}  // namespace

int RunCommand(const Arguments& arguments) {
  if (arguments.empty()) return LeaveWith({std::string(kUsage), 2});
  const std::string& verb = arguments[0];
  Arguments rest(arguments.begin() + 1, arguments.end());
  if (verb == "--help" || verb == "-h" || verb == "help") return LeaveWith({std::string(kHelp), 0});
  if (verb == "--version" || verb == "version") return LeaveWith({std::string(kVersion), 0});
  if (verb == "check") return Start(ParseCheck(rest), Check);
  if (verb == "run") return Start(ParseRun(rest), Run);
  if (verb == "replay") return Start(ParseReplay(rest), Replay);
  if (verb == "verify") return Start(ParseVerify(rest), Verify);
  if (verb == "render") return Start(ParseRender(rest), Render);
  if (verb == "explain") return Explain(rest);
  static constexpr std::string_view kVerbs[] = {"check",   "run",    "replay",   "verify",
                                                "explain", "render", "--help", "--version"};
  std::string nearest = Nearest(verb, kVerbs);
  std::string mend = !nearest.empty() ? fmt::format(": did you mean heddle {}?", nearest)
                     : verb.ends_with(".go")
                         ? fmt::format(": did you mean heddle check {}?", ShellQuoted(verb))
                         : ": one of check, run, replay, verify, explain, render";
  std::string_view what = verb.starts_with("-") ? "flag" : "verb";
  Complain(fmt::format("there is no {} '{}'{}", what, verb, mend));
  return 2;
}

}  // namespace heddle::cli
