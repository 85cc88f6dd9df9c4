// SPDX-License-Identifier: Apache-2.0
// The C++ half of the standard packages: every function without a body in
// models/golang/std/**/*.go.
//
// The loader links StdNatives() into a program; each Add* function belongs to one file, named after
// its packages. Keep: a native touches Go memory on the program's behalf only through OnRead and
// OnWrite, or as one visible step.
#ifndef HEDDLE_MODELS_GOLANG_STD_NATIVES_H_
#define HEDDLE_MODELS_GOLANG_STD_NATIVES_H_

#include "models/golang/vm/native.h"

namespace heddle::golang {

vm::NativeTable StdNatives();

void AddTextNatives(vm::NativeTable* table);     // strconv, strings, unicode, utf8, fmt
void AddMathNatives(vm::NativeTable* table);     // math, math/bits, math/rand
void AddValueNatives(vm::NativeTable* table);    // errors, sort
void AddRuntimeNatives(vm::NativeTable* table);  // runtime, os
void AddTestingNatives(vm::NativeTable* table);  // log, testing
void AddSyncNatives(vm::NativeTable* table);     // sync
void AddAtomicNatives(vm::NativeTable* table);   // sync/atomic
void AddTimeNatives(vm::NativeTable* table);     // time
void AddContextNatives(vm::NativeTable* table);  // context
void AddReflectNatives(vm::NativeTable* table);  // reflect: values, and the two below
void AddReflectTypeNatives(vm::NativeTable* table);
void AddReflectCallNatives(vm::NativeTable* table);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_NATIVES_H_
