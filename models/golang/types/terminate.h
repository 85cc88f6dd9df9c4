// SPDX-License-Identifier: Apache-2.0
//
// Does control ever leave a list of statements at its end? Private to models/golang/types.
//
// Source: the Go specification, "Terminating statements".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_TERMINATE_H_
#define HEDDLE_MODELS_GOLANG_TYPES_TERMINATE_H_

#include "models/golang/syntax/ast.h"
#include "models/golang/types/info.h"

namespace heddle::golang::types {

// False for an empty list: it does.
bool IsTerminatingList(const Info& info, List<Stmt> stmts);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_TERMINATE_H_
