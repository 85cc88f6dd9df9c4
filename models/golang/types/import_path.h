// SPDX-License-Identifier: Apache-2.0
//
// What can be said of an import path before a package is looked for.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_IMPORT_PATH_H_
#define HEDDLE_MODELS_GOLANG_TYPES_IMPORT_PATH_H_

#include <string>
#include <string_view>

namespace heddle::golang::types {

// Why no package can have this import path, as go says it; empty: nothing is wrong.
std::string WrongImportPath(std::string_view path);

// Whether the newest Go has this package (vendored and internal ones apart), be it supported here
// or not.
bool IsStandardPackage(std::string_view path);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_IMPORT_PATH_H_
