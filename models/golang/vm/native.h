// SPDX-License-Identifier: Apache-2.0
//
// How a Go function without a body is written in C++: it gets a NativeCall, reads its arguments in
// order, and returns results in order. std/ registers natives in a NativeTable by the Go name of
// the function; Link binds them. A native runs on the goroutine's fiber: it may block in visible
// operations, and may call Go functions back. Keep: after Panic, Fatal, Exit or a false Invoke the
// native returns at once. No C++ exception leaves a native.
#ifndef HEDDLE_MODELS_GOLANG_VM_NATIVE_H_
#define HEDDLE_MODELS_GOLANG_VM_NATIVE_H_

#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <vector>

#include "models/golang/bytecode/program.h"
#include "models/golang/vm/value.h"

namespace heddle::golang::vm {

class Goroutine;
class Machine;

class NativeCall {
 public:
  NativeCall(Goroutine* goroutine, const Function* function, uint8_t* window)
      : goroutine_(goroutine),
        function_(function),
        result_(window),
        arg_(window + function->results_size) {}

  // The next argument (the receiver is the first): bool, int32_t, int64_t (Go's int), double,
  // GoString, GoSlice, GoInterface, GoFunc, T* for pointers, or any struct laid out as the Go type.
  template <typename T>
  T Arg() {
    static_assert(std::is_trivially_copyable_v<T>);
    T value;
    std::memcpy(&value, arg_, sizeof(T));
    arg_ += SlotSize(sizeof(T));
    return value;
  }
  // Sets the next result.
  template <typename T>
  void Return(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    std::memcpy(result_, &value, sizeof(T));
    result_ += SlotSize(sizeof(T));
  }
  void ReturnString(std::string_view text) { Return(NewString(text)); }

  // ---- Heap (zeroed, of this execution). Past the heap limit the execution is cut and these do
  // not return. ----
  void* Allocate(uint64_t size);
  GoString NewString(std::string_view text);
  GoSlice NewBytes(std::string_view bytes);
  // An interface holding a copy of the value of the type.
  GoInterface MakeInterface(const RType* type, const void* value);
  GoInterface StringInterface(std::string_view text);  // any(text)

  // ---- Limits. Past them the execution is cut and these do not return. ----
  void Spend(uint64_t instructions);  // for work that is more than a few instructions
  void Expect(uint64_t bytes);        // before text of this size is made outside of the heap

  // ---- Leaving. Return at once afterwards. ----
  void Panic(GoInterface value);
  void PanicString(std::string_view text);        // panic("text")
  void PanicRuntimeError(std::string_view text);  // runtime.Error "runtime error: text"
  void PanicPlainError(std::string_view text);    // runtime.Error "text", as channel errors
  void PanicNilDereference();         // invalid memory address or nil pointer dereference
  void Fatal(std::string_view text);  // "fatal error: text", cannot be recovered
  void Exit(int status);              // os.Exit
  void Goexit();                      // runtime.Goexit

  // ---- Calling Go. ----
  // Calls a func value with arguments laid out as slots (8 bytes each; a string is two). The
  // results are copied to `results`. False when the call did not return (a panic, Goexit, the end):
  // return at once.
  bool Invoke(GoFunc function, std::span<const uint64_t> args, std::span<uint64_t> results);
  // Calls a method of the value in an interface.
  bool InvokeMethod(GoInterface receiver, uint32_t function_index, std::span<const uint64_t> args,
                    std::span<uint64_t> results);
  // The method of this exported name in the dynamic type, as function index + 1; 0 if there is
  // none.
  uint32_t FindMethod(const RType* type, std::string_view exported_name) const;

  // ---- Memory the native touches on behalf of Go, for the race detector. ----
  void OnRead(const void* address, uint64_t size);
  void OnWrite(const void* address, uint64_t size);

  // Writes to standard output (1) or error (2).
  void Write(int descriptor, std::string_view text);

  Goroutine& goroutine() { return *goroutine_; }
  Machine& machine();
  const Program& program() const;
  const Function& function() const { return *function_; }

 private:
  Goroutine* goroutine_;
  const Function* function_;
  uint8_t* result_;
  const uint8_t* arg_;
};

// Natives by the name of their Go function: "strings.Index", "sync.(*Mutex).Lock",
// "sync/atomic.AddInt64" (import path, then the name as in Function::name).
class NativeTable {
 public:
  void Add(std::string_view name, NativeFunction function) {
    functions_[std::string(name)] = function;
  }
  NativeFunction Find(std::string_view name) const {
    const auto it = functions_.find(std::string(name));
    return it == functions_.end() ? nullptr : it->second;
  }

 private:
  std::unordered_map<std::string, NativeFunction> functions_;
};

// Binds natives and computes what is derived; the program is complete afterwards. Returns the
// native names that the table lacks, sorted (such a function panics when called).
std::vector<std::string> Link(const NativeTable& natives, Program* program);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_NATIVE_H_
