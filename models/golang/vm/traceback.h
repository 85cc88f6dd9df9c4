// SPDX-License-Identifier: Apache-2.0
//
// Stacks and panics as Go prints them.
#ifndef HEDDLE_MODELS_GOLANG_VM_TRACEBACK_H_
#define HEDDLE_MODELS_GOLANG_VM_TRACEBACK_H_

#include <string>

#include "models/golang/vm/goroutine.h"

namespace heddle::golang::vm {

// "goroutine 1 [running]:\nmain.main()\n\t/path/x.go:5 +0x1d\n", with "created by" lines.
std::string GoroutineTrace(const Goroutine& g, std::string_view state);

// A panic value as print shows it: `main.T(5)`, `(main.T) 0xc000012340`, text of strings. Errors
// and Stringers must have been converted to strings (see PrintableValue in unwind.cc).
std::string PanicValueText(const Machine& machine, GoInterface value);

// A value as the print builtin shows it.
std::string PrintText(const Machine& machine, const RType* type, const void* value);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_TRACEBACK_H_
