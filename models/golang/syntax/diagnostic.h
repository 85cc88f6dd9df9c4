// SPDX-License-Identifier: Apache-2.0
//
// What the front end says about a Go file that is wrong or not supported: diagnostics as values.
//
// Every phase appends to a DiagnosticList; whoever called the phase renders it. Messages carry gc's
// wording without the position, which is a field. Invariant: a phase that reports an error still
// returns a well-formed, partial result.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_DIAGNOSTIC_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_DIAGNOSTIC_H_

#include <string>
#include <vector>

#include "models/golang/syntax/position.h"

namespace heddle::golang {

struct Diagnostic {
  enum class Severity {
    kError,        // The file is not Go.
    kUnsupported,  // Valid Go that heddle does not support yet.
  };
  Severity severity = Severity::kError;
  Pos pos;
  std::string message;
};

class DiagnosticList {
 public:
  void Error(Pos pos, std::string message) {
    items_.push_back({Diagnostic::Severity::kError, pos, std::move(message)});
  }
  // The message is prefixed by "valid Go, not supported yet: ".
  void Unsupported(Pos pos, std::string_view what) {
    items_.push_back({Diagnostic::Severity::kUnsupported, pos,
                      "valid Go, not supported yet: " + std::string(what)});
  }
  void Append(const DiagnosticList& other) {
    items_.insert(items_.end(), other.items_.begin(), other.items_.end());
  }

  bool empty() const { return items_.empty(); }
  size_t size() const { return items_.size(); }
  auto begin() const { return items_.begin(); }
  auto end() const { return items_.end(); }
  const Diagnostic& operator[](size_t i) const { return items_[i]; }

  // True when the file could not be parsed: gc type-checks nothing then. Wrong labels and gotos,
  // which the parser reports too, do not count.
  bool HasSyntaxErrors() const;

  // Orders by position (stable) and drops what gc drops: a message repeated on one line, and every
  // syntax error but the first of a line. After the `limit`-th nothing but "too many errors"
  // follows, at the place of that one.
  void SortAndLimit(const FileSet& files, size_t limit = 10);

 private:
  std::vector<Diagnostic> items_;
};

// "file:line:column: message"; the message alone when the diagnostic has no position.
std::string Render(const FileSet& files, const Diagnostic& diagnostic);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_DIAGNOSTIC_H_
