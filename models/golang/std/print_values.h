// SPDX-License-Identifier: Apache-2.0
// Prints Go values of any type, as package fmt does: the upper half of its formatter.
//
// Walks values in machine memory by their run-time types, and calls the methods Error, String,
// GoString and Format through fmt.callMethod, which catches their panics. print_format.cc reads the
// directives. Keep: once `aborted` is set (a method did not return) nothing more is done, and the
// native returns at once.
#ifndef HEDDLE_MODELS_GOLANG_STD_PRINT_VALUES_H_
#define HEDDLE_MODELS_GOLANG_STD_PRINT_VALUES_H_

#include <string>
#include <string_view>
#include <vector>

#include "models/golang/std/format_text.h"
#include "models/golang/vm/native.h"

namespace heddle::golang {

// A value in memory; null type: no value, as in a nil interface. Values found through unexported
// fields are read-only: their methods are not called.
struct ValueRef {
  const RType* type = nullptr;
  const uint8_t* at = nullptr;
  bool read_only = false;
};

class ValuePrinter {
 public:
  // `call_method` is fmt.callMethod. `wraps_errors`: %w is allowed.
  ValuePrinter(vm::NativeCall& call, vm::GoFunc call_method, bool wraps_errors)
      : call_(call), call_method_(call_method), wraps_errors_(wraps_errors) {}

  // Prints an argument under the verb and the flags of writer().
  void Argument(const vm::GoInterface& argument, char32_t verb);
  TextWriter& writer() { return writer_; }
  bool aborted() const { return aborted_; }

 private:
  enum class Method { kError, kString, kGoString, kFormat };

  void Value(ValueRef value, char32_t verb, int depth);
  void Held(ValueRef value, char32_t verb);
  // True when a method of the value has printed it.
  bool ByMethod(ValueRef value, char32_t verb);
  void Call(Method method, ValueRef value, char32_t verb);
  void PanicText(Method method, ValueRef value, char32_t verb, const vm::GoInterface& panicked);
  bool HasMethod(const RType* type, Method method) const;
  void BadVerb(ValueRef value, char32_t verb);

  void Bool(ValueRef value, char32_t verb);
  void Integer(ValueRef value, uint64_t bits, bool is_signed, char32_t verb);
  void Float(ValueRef value, double number, int bits, char32_t verb);
  void Complex(ValueRef value, char32_t verb);
  void String(ValueRef value, std::string_view text, char32_t verb);
  // True when the verb prints bytes as one text.
  bool Bytes(ValueRef value, std::string_view bytes, char32_t verb);
  void Pointer(ValueRef value, char32_t verb);
  void Map(ValueRef value, char32_t verb, int depth);
  void Struct(ValueRef value, char32_t verb, int depth);
  void List(ValueRef value, char32_t verb, int depth);
  void Hex64(uint64_t value, bool prefix);

  vm::NativeCall& call_;
  vm::GoFunc call_method_;
  bool wraps_errors_;
  TextWriter writer_;
  bool aborted_ = false;
  bool erroring_ = false;   // inside %!verb(...): methods are not called
  bool panicking_ = false;  // printing what a method panicked with
};

// The whole of Sprintf. `wrapped` gets the numbers of the arguments of %w, in order of their
// numbers.
void PrintFormat(ValuePrinter& printer, std::string_view format,
                 std::span<const vm::GoInterface> arguments, std::vector<int>* wrapped);

// Order of map keys in print: -1, 0 or 1.
int CompareKeys(const RType* type, const uint8_t* a, const uint8_t* b);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_PRINT_VALUES_H_
