// SPDX-License-Identifier: Apache-2.0
//
// Slice expressions, append and copy, with gc's panics. Results mean nothing after a panic.
// Source: Go specification, "Slice expressions", "Appending to and copying slices".
#ifndef HEDDLE_MODELS_GOLANG_VM_SLICING_H_
#define HEDDLE_MODELS_GOLANG_VM_SLICING_H_

#include <cstdint>
#include <string_view>

#include "models/golang/vm/goroutine.h"
#include "models/golang/vm/value.h"

namespace heddle::golang::vm {

// slice[low:high].
GoSlice SliceOfSlice(Goroutine* g, GoSlice slice, uint64_t elem_size, int64_t low, int64_t high);
// slice[low:high:max]; `bound`: what the capacity is called in the panic.
GoSlice SliceOfSlice3(Goroutine* g, GoSlice slice, uint64_t elem_size, int64_t low, int64_t high,
                      int64_t max, std::string_view bound);
// (*array)[low:high].
GoSlice SliceOfArray(Goroutine* g, uint8_t* array, const RType* type, int64_t low, int64_t high);
GoString SliceOfString(Goroutine* g, GoString text, int64_t low, int64_t high);

// unsafe.Slice and unsafe.String (`what`): the count elements at `data`, all of them memory of the
// program.
GoSlice SliceOfMemory(Goroutine* g, uint8_t* data, uint64_t elem_size, int64_t count,
                      std::string_view what);

// append(slice, the count elements at `from`...).
GoSlice AppendElements(Goroutine* g, const RType* elem, GoSlice slice, const void* from,
                       int64_t count);
// copy(to, from); `observed`: the source is memory that others may write.
int64_t CopyElements(Goroutine* g, uint64_t elem_size, GoSlice to, const void* from, int64_t count,
                     bool observed);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_SLICING_H_
