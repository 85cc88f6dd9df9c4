// SPDX-License-Identifier: Apache-2.0
//
// Instructions of the Go virtual machine: their form, and the conventions the compiler and the
// machine share. The compiler (compile*.h) writes them into a Program, vm/ executes them,
// disassemble.h prints them; the table itself is opcodes.def. Values are laid out in registers
// exactly as in memory, which is as gc does on amd64. Keep: an instruction is 16 bytes, and every
// operand that names a register is a byte offset into the frame.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_BYTECODE_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_BYTECODE_H_

#include <cstdint>
#include <string_view>

namespace heddle::golang {

// VALUES. bool and int8 take 1 byte, int 8, string {pointer, length} 16, slice {pointer, length,
// capacity} 24, interface {RType*, data} 16, pointer, map, channel and func 8; structs and arrays
// with gc's offsets. An interface (empty or not) holds values of up to 8 bytes in its data word
// itself, zero-extended, and bigger ones as the address of an immutable copy in the heap
// (RType::is_direct tells). A nil interface has a null RType*. A func value is the address of
// {uint64 function index, captures...}; nil is 0.
//
// REGISTERS. A frame is a run of bytes; a register is a byte offset into it. A variable or
// temporary of size S takes max(8, S rounded up to 8) bytes, at an offset divisible by 8. A scalar
// register is exactly as wide as its type: an int32 reads and writes 4 bytes, whatever lies beside
// it. So a field of a struct in registers is itself a register (offset of the struct + offset of
// the field), and so is an array element at a constant index. The whole frame is zero when a
// function starts, arguments aside; a variable declared in a loop must be zeroed each time by the
// compiler. Registers have no address: a variable whose address is taken, or that a closure
// captures by reference, lives in the heap (New), its register holding the pointer. A captured
// variable that is never assigned after the capture may be captured by value.
//
// FRAME of a function: [results][receiver][parameters][closure slot][locals, temporaries, windows].
// Results and parameters follow one another, each in max(8, round8(size)) bytes: see Function in
// program.h. A variadic parameter is its slice. If Function::closure_slot is not kNoRegister, the
// machine stores the func value there at the call and LoadCap reads captures through it.
//
// CALLS. The caller picks a window, an offset (divisible by 8) above everything live in its frame,
// puts the arguments at their places in the callee's frame layout, relative to the window (so after
// the callee's results), and calls; the results are then at the window, in order. Everything above
// the window is lost. Function::frame_size of the caller includes the window with results and
// arguments. CallIface stores the receiver itself, at the place of the first parameter: one 8-byte
// data word. Methods in RType::methods must therefore take a receiver of at most 8 bytes: for a
// receiver type that is not direct the compiler makes a wrapper (Function::is_wrapper) that takes
// the address of the value, loads it and calls the method. Embedding makes wrappers too. A nil func
// value or a nil interface is detected by the call. A function without a body has
// Function::native_name and no code; it is called like any other.
//
// TUPLES. What yields "value, ok" (Assert2, MapGet2, ChanRecv2) writes a tuple laid out as results
// are: the value at a, the bool at a + max(8, round8(size of value)).
//
// DEFER. Defer* copies the arguments; kinds as for calls. A deferred nil func panics when it is
// run. Deferred builtins are wrapped in a function by the compiler (is_wrapper, so that recover
// sees through it; `defer recover()` itself recovers nothing). Every function that defers has
// Function::epilogue: the code `RunDefers; copy named results that live in the heap to their result
// slots; Ret`. A return statement evaluates its operands, assigns the results (heap or slot) and
// jumps there. After a recovered panic the machine continues at the epilogue. A function without
// defer ends with Ret anywhere.
//
// PANIC and RECOVER are instructions. Recover yields nil unless the rules of the language let this
// frame recover. Run-time panics are raised by the instructions themselves, with Go's text; the
// types of their values are those of the Go package "runtime" (see RuntimeTypes in program.h).
//
// SELECT. Function::selects[b] lists the cases in source order; channel and value expressions are
// evaluated into registers before. A received value goes to SelectCase::value, the bool to
// SelectCase::ok, when those are registers. `select {}` is a Select with no case and no default. An
// index that is chosen is the position in the list.
//
// LOOPS. Every target of a backward jump starts with a Loop instruction.
//
// ORDER. Operands are evaluated before the instruction; x op= y on a map is MapGet, op, MapSet.

// A register operand that is absent.
inline constexpr uint32_t kNoRegister = 0xffffffff;

enum class Op : uint16_t {
#define HEDDLE_OP(name, text, operands) k##name,
#include "models/golang/bytecode/opcodes.def"
#undef HEDDLE_OP
};

struct Instr {
  Op op = Op::kNop;
  uint16_t d = 0;
  uint32_t a = 0;
  uint32_t b = 0;
  uint32_t c = 0;
};
static_assert(sizeof(Instr) == 16);

// Number of instructions in the table.
uint32_t OpCount();
// "add.64", and the operand letters of opcodes.def ("wrr-").
std::string_view OpMnemonic(Op op);
std::string_view OpOperands(Op op);

// What a register holds, as far as instructions care. Pointers, maps, channels and funcs are kU64;
// bool is kU8; uintptr, int and uint are 64 bits.
enum class Scalar : uint8_t {
  kI8,
  kI16,
  kI32,
  kI64,
  kU8,
  kU16,
  kU32,
  kU64,
  kF32,
  kF64,
  kC64,
  kC128,
  kStr,
};

// Instructions that exist for several scalars.
enum class Family : uint8_t {
  kAdd,
  kSub,
  kMul,
  kDiv,
  kRem,
  kAnd,
  kOr,
  kXor,
  kAndNot,
  kShl,
  kShr,
  kNeg,
  kCom,
  kEq,
  kNe,
  kLt,
  kLe,
  kConst,
  kMov,
  kLoad,
  kStore,
  kLoadGlobal,
  kStoreGlobal,
  kSliceIndex,
  kSliceSet,
  kMin,
  kMax,
  kMake,
  kReal,
  kImag,
};

// The member of a family for a scalar. REQUIRES: it exists (HasOp). For memory and moves of kC64 it
// is the 64-bit member. Note that string addition is Concat.
Op OpFor(Family family, Scalar scalar);
bool HasOp(Family family, Scalar scalar);

// The memory or move member (kMov, kLoad, kStore, kLoadGlobal, kStoreGlobal, kSliceIndex,
// kSliceSet, kConst) for a size of 1, 2, 4 or 8 bytes.
Op OpForSize(Family family, uint64_t size);

// Bytes a value of this size takes in a frame, as a result, parameter or variable.
constexpr uint32_t SlotSize(uint64_t size) {
  return size <= 8 ? 8 : static_cast<uint32_t>((size + 7) & ~uint64_t{7});
}

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_BYTECODE_H_
