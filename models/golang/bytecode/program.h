// SPDX-License-Identifier: Apache-2.0
//
// A compiled Go program: immutable, shared by all its executions and by worker threads. Made by the
// compiler, finished by Link, run by vm/. Everything an execution changes is in vm::Machine.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_PROGRAM_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_PROGRAM_H_

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/golang/bytecode/bytecode.h"
#include "models/golang/bytecode/rtype.h"

namespace heddle::golang {

namespace vm {
class NativeCall;
}
using NativeFunction = void (*)(vm::NativeCall&);

// Source position of an instruction. file indexes Program::files; line 0 means unknown.
struct CodePosition {
  uint32_t line = 0;
  uint16_t column = 0;
  uint16_t file = 0;
};

// A named variable of a function, for reports and for finding what a goroutine can reach.
struct LocalVariable {
  std::string name;
  uint32_t offset =
      0;  // its register; for a capture the offset among the captures (as for LoadCap)
  const RType* type = nullptr;  // of the variable itself
  bool is_boxed = false;  // the register (or capture) holds the address of the variable in the heap
  bool is_capture = false;
  bool is_parameter = false;  // receiver and parameters
  // Live for pc in [begin, end).
  uint32_t begin = 0;
  uint32_t end = 0xffffffff;
};

struct SelectCase {
  enum class Direction : uint8_t { kSend, kRecv };
  Direction direction = Direction::kRecv;
  uint32_t channel = kNoRegister;  // register with the channel
  uint32_t value = kNoRegister;    // register to send, or to receive into
  uint32_t ok = kNoRegister;       // register for the bool of a receive
  const RType* elem = nullptr;
  CodePosition position;
};

struct SelectTable {
  std::vector<SelectCase> cases;
  bool has_default = false;
};

struct Function {
  // As Go prints it in a trace: "main.main", "main.(*T).Run", "main.T.Get", "main.main.func1",
  // "main.main.func1.2", "main.init.0", "main.(*T).Run-fm" for a method value.
  std::string name;
  std::string package;    // import path
  CodePosition position;  // of its declaration
  std::vector<Instr> code;
  std::vector<CodePosition> positions;  // parallel to code
  uint32_t results_size = 0;            // sum of the slots of the results
  uint32_t args_size = 0;               // sum of the slots of receiver and parameters
  uint32_t closure_slot = kNoRegister;  // register for the func value, or kNoRegister
  uint32_t frame_size = 0;              // all of the frame, windows included; divisible by 8
  uint32_t epilogue = kNoRegister;      // pc, if the function defers
  bool is_wrapper = false;              // hidden in traces, transparent for recover
  bool has_receiver = false;
  // As above, without slots: for natives and for go statements' reports.
  std::vector<const RType*> params;  // receiver first
  std::vector<const RType*> results;
  std::vector<LocalVariable> variables;
  std::vector<SelectTable> selects;
  // The name a native is registered under, for a function without body: "time.Sleep",
  // "sync.(*Mutex).Lock".
  std::string native_name;
  NativeFunction native = nullptr;  // set by Link
};

// What the value made by an expression is called: the target of the assignment it stands in.
struct CreationName {
  std::string name;  // "done", "p.jobs"
  // Not 0: no target is known for a literal that it is a part of; the name after so many bytes
  // (".jobs" of "Pool.jobs") may be appended to what the caller calls the literal.
  size_t relative_from = 0;
};

struct GlobalVariable {
  std::string name;  // "main.count"
  uint64_t offset = 0;
  const RType* type = nullptr;
  CodePosition position;
};

// Types that the machine needs by itself. They are declared in the Go package "runtime"
// (models/golang/std/runtime), which the compiler always includes:
//   type errorString string       // Error() = "runtime error: " + s; RuntimeError()
//   type plainError string        // Error() = s; RuntimeError()
//   type boundsError string       // Error() = "runtime error: " + s
//   type TypeAssertionError struct { message string }          // *TypeAssertionError is the error,
//   Error() = message type PanicNilError struct { _ [0]func() }                  // *PanicNilError
//   is the error
// The machine makes the text. Null when the program has no such type: panics are then plain
// strings.
struct RuntimeTypes {
  const RType* error_string = nullptr;
  const RType* plain_error = nullptr;
  const RType* bounds_error = nullptr;
  const RType* type_assertion_error = nullptr;  // the pointer type
  const RType* panic_nil_error = nullptr;       // the pointer type
};

// What follows the function index in a func value that reflect has made.
struct FuncStub {
  enum class What : uint64_t { kHandler, kMethodValue, kMethodExpression };
  What what = What::kHandler;
  const RType* type = nullptr;        // its func type
  const uint64_t* handler = nullptr;  // kHandler: the func([]Value) []Value
  const uint64_t* check = nullptr;  // kHandler: what makes its results fit, a func of the same type
  uint64_t function = 0;            // else the method
  uint64_t receiver = 0;  // kMethodValue: the receiver as the method takes it; else its RType
};
// Offset of FuncStub::handler.
inline constexpr uint32_t kStubHandler = 16;

struct Program {
  TypeTable types;
  std::vector<Function> functions;
  std::deque<std::string> strings;  // operand `s`; addresses are stable
  std::vector<std::string> files;   // as positions are shown
  uint64_t globals_size = 0;
  std::vector<GlobalVariable> globals;  // sorted by offset
  // Function that initialises every package, in order (calls their init functions). No arguments.
  uint32_t init_function = kNoRegister;
  // main.main, or kNoRegister in a test package.
  uint32_t main_function = kNoRegister;
  // In test mode: func TestXxx(*testing.T), in source order; then func ExampleXxx().
  struct Test {
    std::string name;
    uint32_t function = 0;
    bool is_example = false;
  };
  std::vector<Test> tests;
  // Function `func(string, func(*testing.T))` that runs one test, from the std package testing;
  // kNoRegister if none.
  uint32_t test_runner = kNoRegister;
  int lang_minor = 0;  // 22 for go1.22
  RuntimeTypes runtime;
  // The functions behind func values that reflect makes, by the sizes of results and arguments: see
  // FuncStub.
  std::map<std::pair<uint32_t, uint32_t>, uint32_t> func_stubs;
  // Set by Link: func values of functions without captures, by function index ({index} each).
  std::vector<uint64_t> static_closures;

  // By the position of the creating expression, as its instructions have it; see PositionKey.
  std::unordered_map<uint64_t, CreationName> creation_names;
  static uint64_t PositionKey(const CodePosition& p) {
    return uint64_t{p.file} << 48 | uint64_t{p.line} << 16 | p.column;
  }

  // Index of the string in `strings`, added if it is new.
  uint32_t InternString(std::string_view text);
  // "file:line" of a position.
  std::string Where(const CodePosition& position) const;
  const GlobalVariable* FindGlobal(uint64_t offset) const;

 private:
  std::unordered_map<std::string_view, uint32_t> string_index_;
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_PROGRAM_H_
