// SPDX-License-Identifier: Apache-2.0
//
// Equality and hashing of Go values by their type, strings and slices: what instructions and
// natives share.
#ifndef HEDDLE_MODELS_GOLANG_VM_VALUES_H_
#define HEDDLE_MODELS_GOLANG_VM_VALUES_H_

#include <cstdint>
#include <string>

#include "models/golang/vm/goroutine.h"
#include "models/golang/vm/value.h"

namespace heddle::golang::vm {

// a == b for values of a comparable type. When an interface inside holds an uncomparable dynamic
// type, that type is put into *uncomparable (and the result means nothing).
bool EqualValues(const RType* type, const void* a, const void* b, const RType** uncomparable);
bool EqualInterfaces(GoInterface a, GoInterface b, const RType** uncomparable);

// Agrees with EqualValues. *unhashable gets the first dynamic type that has no hash. NaN hashes
// anyhow, by its bits.
uint64_t HashValue(const RType* type, const void* value, const RType** unhashable);

// -1, 0, 1.
int CompareStrings(GoString a, GoString b);

// Decodes the UTF-8 sequence at the start of text (not empty): the rune, U+FFFD with width 1 if it
// is invalid.
struct Decoded {
  int32_t rune;
  int32_t width;
};
Decoded DecodeRune(const char* text, int64_t length);
// Appends a rune; invalid ones become U+FFFD.
void AppendRune(std::string* out, int64_t rune);

// The bytes that gc's allocator gives for a request, which is why append leaves the capacities it
// does.
uint64_t RoundUpSize(uint64_t size, bool has_pointers);

// Slices. Each may raise a panic (then the result means nothing).
GoSlice MakeSlice(Goroutine* g, const RType* elem, int64_t length, int64_t capacity);
// The slice with room for `extra` more elements, its length unchanged.
GoSlice GrowSlice(Goroutine* g, const RType* elem, GoSlice slice, int64_t extra);
GoString Concat(Goroutine* g, const GoString* parts, uint32_t count);
GoString RuneToString(Goroutine* g, int64_t rune);
GoSlice StringToBytes(Goroutine* g, GoString text);
GoSlice StringToRunes(Goroutine* g, GoString text);
GoString RunesToString(Goroutine* g, GoSlice runes);

// Does a value of the dynamic type go through x.(target)?
bool TypeMatches(const RType* dynamic, const RType* target);
// Copies the value of a concrete type out of an interface that holds it.
void Unbox(const RType* type, uint64_t data, void* to);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_VALUES_H_
