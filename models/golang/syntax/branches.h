// SPDX-License-Identifier: Apache-2.0
//
// The check of labels and of break, continue, goto and fallthrough in one function body.
//
// Called by the parser for each body that has no syntax error; function literals inside are bodies
// of their own. Source: the Go specification, "Labeled statements", "Goto statements"; messages as
// in cmd/compile.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_BRANCHES_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_BRANCHES_H_

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"

namespace heddle::golang {

void CheckBranches(const FileSet& files, const BlockStmt* body, DiagnosticList& diagnostics);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_BRANCHES_H_
