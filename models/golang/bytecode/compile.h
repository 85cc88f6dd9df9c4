// SPDX-License-Identifier: Apache-2.0
//
// The compiler: checked packages to a Program.
//
// Last phase of the front end. It compiles what can be reached from the initialization of the
// packages, from main or the tests, and from the method sets of types in use; vm::Link finishes the
// result. What it cannot compile becomes a diagnostic of severity kUnsupported; the Program must
// not be run then. Source: the Go specification; order of evaluation as gc.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/bytecode/program.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/syntax/position.h"
#include "models/golang/types/info.h"

namespace heddle::golang {

struct CompileOptions {
  // Language version go1.N of the main package: loop variables are one per iteration from 22 on.
  int go_minor = 24;
  // Makes Program::tests of the functions TestXxx(*testing.T) of the main package, and of its
  // functions ExampleXxx(), that `selects` accepts; without it, of all TestXxx.
  bool tests = false;
  std::function<bool(const std::string& name)> selects;
  // The package that the main package, an external test package, tests: its own tests count too.
  const types::Package* tested = nullptr;
};

// `main_package` and everything it imports must be in `world`, checked without errors.
// Recursive as the parser is.
std::unique_ptr<Program> CompileProgram(const FileSet& file_set, types::World& world,
                                        const types::Package& main_package,
                                        const CompileOptions& options, DiagnosticList& diagnostics);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_H_
