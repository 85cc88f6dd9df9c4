// SPDX-License-Identifier: Apache-2.0
//
// Examples: functions ExampleXxx of test files that end with the output they want.
//
// Source: package testing, "Examples"; go/doc.
#ifndef HEDDLE_MODELS_GOLANG_STD_EXAMPLES_H_
#define HEDDLE_MODELS_GOLANG_STD_EXAMPLES_H_

#include <map>
#include <string>
#include <vector>

#include "models/golang/std/load_program.h"
#include "models/golang/std/source_files.h"
#include "models/golang/syntax/ast.h"

namespace heddle::golang {

// By the names of the functions; those whose last comment names no output are not there.
// `files` are the parsed `sources`.
std::map<std::string, ExampleOutput> FindExamples(const std::vector<SourceFile>& sources,
                                                  const std::vector<const File*>& files);

// Whether `printed` is what the example wants, white space at both ends aside.
bool IsWanted(const ExampleOutput& wanted, std::string_view printed);

// As IsWanted compares it and as the report of a failed example shows it.
std::string TrimSpace(std::string_view text);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_EXAMPLES_H_
