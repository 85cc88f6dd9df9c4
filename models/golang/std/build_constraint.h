// SPDX-License-Identifier: Apache-2.0
//
// Which Go files belong to a build: `//go:build` lines and the endings of file names.
// Source: "go help buildconstraint".
#ifndef HEDDLE_MODELS_GOLANG_STD_BUILD_CONSTRAINT_H_
#define HEDDLE_MODELS_GOLANG_STD_BUILD_CONSTRAINT_H_

#include <string_view>

namespace heddle::golang {

// The newest version of the language.
inline constexpr int kNewestMinor = 24;

struct BuildContext {
  // linux/amd64; false: linux on a machine that no file is written for, which gives the versions of
  // functions that are Go.
  bool has_arch = true;
};

// May a file of this name, with this text, be compiled? One that imports "C" may not without an
// architecture, for there is no C then.
bool IsInBuild(std::string_view name, std::string_view text, const BuildContext& context);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_BUILD_CONSTRAINT_H_
