// SPDX-License-Identifier: Apache-2.0
//
// Run-time panics and fatal errors with Go's exact text. Each sets the goroutine's signal; the
// caller returns to the interpreter, which unwinds (unwind.h).
#ifndef HEDDLE_MODELS_GOLANG_VM_RAISE_H_
#define HEDDLE_MODELS_GOLANG_VM_RAISE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "models/golang/vm/goroutine.h"

namespace heddle::golang::vm {

// panic(runtime.Error) with the text "runtime error: " + text.
void RaiseRuntimeError(Goroutine* g, std::string_view text);
// Likewise, of the type of index and slice errors.
void RaiseBoundsError(Goroutine* g, std::string_view text);
// A runtime.Error with just this text. `finding`: kind of finding it stands for (static text), or
// null.
void RaisePlainError(Goroutine* g, std::string_view text, const char* finding = nullptr);
// panic("text").
void RaiseString(Goroutine* g, std::string_view text, const char* finding = nullptr);
void RaiseNilDereference(Goroutine* g, uint64_t fault_address = 0);
void RaiseIndex(Goroutine* g, int64_t index, int64_t length);
// A failed x.(T). `static_type`: the interface type of x; `missing`: the method that T, an
// interface, needs, or null.
void RaiseTypeAssertion(Goroutine* g, const RType* static_type, const RType* dynamic,
                        const RType* target, const std::string* missing);
// panic(value); a nil value becomes a *runtime.PanicNilError from go1.21 on.
void RaiseValue(Goroutine* g, GoInterface value);
// runtime.Goexit.
void RaiseGoexit(Goroutine* g);

// "fatal error: text" with the goroutine's stack; ends the program, or in a search the goroutine.
// `preamble`: a line printed before.
void Fatal(Goroutine* g, std::string_view text, const char* finding = "panic",
           std::string_view preamble = {});
void FatalStackOverflow(Goroutine* g);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_RAISE_H_
