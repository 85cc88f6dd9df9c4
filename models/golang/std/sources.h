// SPDX-License-Identifier: Apache-2.0
// The Go sources of the standard packages, as text inside the binary.
//
// First stop of the standard packages: the loader parses, checks and compiles them like user code.
// Invariant: sorted by file name; a function without a body is bound to a native by its name.
#ifndef HEDDLE_MODELS_GOLANG_STD_SOURCES_H_
#define HEDDLE_MODELS_GOLANG_STD_SOURCES_H_

#include <span>
#include <string_view>

namespace heddle::golang {

struct StdSource {
  std::string_view package;  // import path, as "sync/atomic"
  std::string_view file;     // path below models/golang/std
  std::string_view text;
};

std::span<const StdSource> StdSources();

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_SOURCES_H_
