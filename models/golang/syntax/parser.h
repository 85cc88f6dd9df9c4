// SPDX-License-Identifier: Apache-2.0
//
// ParseFile: the text of one Go file to its syntax tree.
//
// Wrong text gives diagnostics with gc's wording, and a partial tree that is well-formed all the
// same. Source: the Go specification, 1.22; recovery and messages as in cmd/compile.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_PARSER_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_PARSER_H_

#include <memory>
#include <string>
#include <string_view>

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/syntax/position.h"

namespace heddle::golang {

struct ParseResult {
  std::unique_ptr<File> file;  // Never null; its `package` may be.
  // In the order found; at most about `max_errors`, then the parser gives up.
  DiagnosticList diagnostics;
};

// Registers the file in `files` under `name` and parses a copy of `source`. Labels and the targets
// of break, continue, goto and fallthrough are checked too, as gc's parser does.
// Recursive, as all later phases are, up to kMaxNesting and kMaxHeight: see sim::RunOnLargeStack.
ParseResult ParseFile(FileSet& files, std::string name, std::string_view source,
                      int max_errors = 10);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_PARSER_H_
