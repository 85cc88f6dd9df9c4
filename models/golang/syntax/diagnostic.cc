// SPDX-License-Identifier: Apache-2.0
//
// Order, limit and rendering of diagnostics.
//
// Source: the behaviour of cmd/compile (base.FlushErrors).
#include "models/golang/syntax/diagnostic.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

namespace heddle::golang {
namespace {

bool IsSyntaxError(const Diagnostic& d) {
  return std::string_view(d.message).starts_with("syntax error");
}

}  // namespace

bool DiagnosticList::HasSyntaxErrors() const {
  return std::any_of(items_.begin(), items_.end(), IsSyntaxError);
}

void DiagnosticList::SortAndLimit(const FileSet& files, size_t limit) {
  std::stable_sort(items_.begin(), items_.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.pos < b.pos; });
  std::vector<Diagnostic> kept;
  std::set<std::tuple<std::string_view, uint32_t, std::string>> seen;
  for (Diagnostic& d : items_) {
    const Position place = files.Resolve(d.pos);
    std::string key = IsSyntaxError(d) ? "syntax error" : d.message;
    if (!seen.emplace(place.file, place.line, std::move(key)).second) continue;
    kept.push_back(std::move(d));
    if (kept.size() == limit) {
      kept.push_back({Diagnostic::Severity::kError, kept.back().pos, "too many errors"});
      break;
    }
  }
  items_ = std::move(kept);
}

std::string Render(const FileSet& files, const Diagnostic& diagnostic) {
  if (!diagnostic.pos.IsValid()) return diagnostic.message;
  return files.Render(diagnostic.pos) + ": " + diagnostic.message;
}

}  // namespace heddle::golang
