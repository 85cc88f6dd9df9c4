// SPDX-License-Identifier: Apache-2.0
// Names and severities of findings and verdicts: the table of finding_kinds.def, and the contract's
// words.
#include "checker/finding.h"

#include "sim/base/check.h"

namespace heddle::checker {

std::string_view Name(FindingKind kind) {
  switch (kind) {
#define HEDDLE_FINDING(enumerator, name, severity) \
  case FindingKind::enumerator:                    \
    return name;
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
  }
  HEDDLE_CHECK(false, "every finding kind is in the table");
}

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
    case Severity::kNote:
      return "note";
  }
  HEDDLE_CHECK(false, "there are three severities");
}

Severity SeverityOf(FindingKind kind) {
  switch (kind) {
#define HEDDLE_FINDING(enumerator, name, severity) \
  case FindingKind::enumerator:                    \
    return Severity::severity;
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
  }
  HEDDLE_CHECK(false, "every finding kind is in the table");
}

std::optional<FindingKind> FindingKindOf(std::string_view wanted) {
#define HEDDLE_FINDING(enumerator, name, severity) \
  if (wanted == name) return FindingKind::enumerator;
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
  return std::nullopt;
}

std::string_view Name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kFail:
      return "fail";
    case Verdict::kIncomplete:
      return "incomplete";
    case Verdict::kInvalid:
      return "invalid";
  }
  HEDDLE_CHECK(false, "there are four verdicts");
}

int ExitStatus(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return 0;
    case Verdict::kFail:
      return 1;
    case Verdict::kInvalid:
      return 2;
    case Verdict::kIncomplete:
      return 3;
  }
  HEDDLE_CHECK(false, "there are four verdicts");
}

}  // namespace heddle::checker
