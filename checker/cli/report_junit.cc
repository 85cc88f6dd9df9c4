// SPDX-License-Identifier: Apache-2.0
// The JUnit XML report.
#include "checker/cli/report_junit.h"

#include <fmt/format.h>

#include "viz/label.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;
using checker::Verdict;

// Text and attribute values of XML 1.0: well-formed UTF-8 without control characters.
std::string Escaped(std::string_view text) {
  std::string out;
  for (size_t at = 0; at <= text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    for (char c : viz::CleanText(text.substr(at, end - at))) {
      switch (c) {
        case '&':
          out += "&amp;";
          break;
        case '<':
          out += "&lt;";
          break;
        case '>':
          out += "&gt;";
          break;
        case '"':
          out += "&quot;";
          break;
        default:
          out += c;
      }
    }
    if (end < text.size()) out += '\n';
    at = end + 1;
  }
  return out;
}

std::string Attribute(std::string_view text) {
  std::string out;
  for (char c : Escaped(text)) out += c == '\n' ? std::string("&#10;") : std::string(1, c);
  return out;
}

std::string CaseText(const JUnitCase& c) {
  std::string out = fmt::format("    <testcase name=\"{}\" classname=\"{}\" time=\"{:.3f}\"",
                                Attribute(c.name), Attribute(c.suite), c.seconds);
  if (c.result == CaseResult::kPassed) return out + "/>\n";
  if (c.result == CaseResult::kSkipped) {
    return out + fmt::format(">\n      <skipped message=\"{}\"/>\n    </testcase>\n",
                             Attribute(c.message));
  }
  const std::string_view element = c.result == CaseResult::kFailed ? "failure" : "error";
  return out +
         fmt::format(">\n      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n    </testcase>\n",
                     element, Attribute(c.type), Attribute(c.message), Escaped(c.text));
}

struct Counts {
  size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  double seconds = 0;

  void Add(const JUnitCase& c) {
    ++tests;
    failures += c.result == CaseResult::kFailed;
    errors += c.result == CaseResult::kError;
    skipped += c.result == CaseResult::kSkipped;
    seconds += c.seconds;
  }
  std::string Text() const {
    return fmt::format("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\"",
                       tests, failures, errors, skipped, seconds);
  }
};

JUnitCase CaseOf(const TargetReport& target, const TextReportOptions& options) {
  JUnitCase c;
  c.suite = target.path;
  c.name = target.entry.empty() ? "main" : target.entry;
  c.seconds = target.exploration.seconds;
  switch (target.verdict) {
    case Verdict::kPass:
      break;
    case Verdict::kIncomplete:
      c.result = CaseResult::kSkipped;
      c.message = ExplorationText(target, options);
      break;
    case Verdict::kInvalid:
      c.result = CaseResult::kError;
      c.type = "invalid";
      if (!target.diagnostics.empty()) c.message = target.diagnostics[0].message;
      c.text = TextReport(target, options);
      break;
    case Verdict::kFail:
      c.result = CaseResult::kFailed;
      if (!target.findings.empty()) {
        c.type = Name(target.findings[0].kind);
        c.message = target.findings[0].message;
      }
      c.text = TextReport(target, options);
      break;
  }
  return c;
}

}  // namespace

std::string JUnitDocument(std::span<const JUnitCase> cases) {
  Counts all;
  std::string suites;
  for (size_t begin = 0; begin < cases.size();) {
    Counts own;
    std::string text;
    size_t end = begin;
    for (; end < cases.size() && cases[end].suite == cases[begin].suite; ++end) {
      own.Add(cases[end]);
      all.Add(cases[end]);
      text += CaseText(cases[end]);
    }
    suites += fmt::format("  <testsuite name=\"{}\" {}>\n{}  </testsuite>\n",
                          Attribute(cases[begin].suite), own.Text(), text);
    begin = end;
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"heddle\" {}>\n{}"
      "</testsuites>\n",
      all.Text(), suites);
}

std::string JUnitReport(std::span<const TargetReport> targets, const TextReportOptions& options) {
  std::vector<JUnitCase> cases;
  for (const TargetReport& target : targets) cases.push_back(CaseOf(target, options));
  return JUnitDocument(cases);
}

}  // namespace heddle::cli
