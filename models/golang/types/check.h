// SPDX-License-Identifier: Apache-2.0
//
// The entry of the type checker: from the parsed files of one package to a checked Package in a
// World.
//
// Phase after ParseFile, before the compiler. Standard packages go through the same function: their
// files are Go sources whose functions may lack a body (natives). Errors are diagnostics with gc's
// wording and position.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_CHECK_H_
#define HEDDLE_MODELS_GOLANG_TYPES_CHECK_H_

#include <expected>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/types/info.h"

namespace heddle::golang::types {

// The package of an import path, checked, or what is wrong with the path, as gc says it (nothing:
// that has been said). It may call CheckPackage for that package, in the same World.
using Importer = std::function<std::expected<const Package*, std::string>(std::string_view path)>;

struct CheckOptions {
  int go_minor = 24;       // Language version go1.N.
  bool is_std = false;     // Functions may lack a body.
  bool needs_main = true;  // Package main must declare func main; off for tests.
  Importer importer;
};

// Never null; `has_errors` of the package tells whether diagnostics were added. The files must
// outlive the World. Recursive as the parser is.
Package* CheckPackage(World& world, const FileSet& file_set, std::string_view path,
                      const std::vector<const File*>& files, const CheckOptions& options,
                      DiagnosticList& diagnostics);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_CHECK_H_
