// SPDX-License-Identifier: Apache-2.0
//
// Writing the code of one function: instructions, jumps, registers and the moves between registers
// and memory.
//
// The lower half of the compiler, which knows bytecode but no Go. Registers are handed out as a
// stack: what is allocated after a mark is released by returning to it. Invariant: every register
// that is handed out lies below Function::frame_size, and every label is bound before Finish.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_BUILDER_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_BUILDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/golang/bytecode/program.h"
#include "models/golang/syntax/position.h"

namespace heddle::golang::compile {

// A byte offset into the frame.
using Reg = uint32_t;

// Bytes of registers, as in gc.
inline constexpr uint32_t kLargestFrame = 1u << 30;

// Why a function cannot be compiled: what does not fit, where.
struct TooLarge {
  Pos pos;
  std::string what;
};

// A place in the code that jumps go to.
class Label {
 public:
  bool is_bound() const { return target_ != kUnbound; }
  bool is_used() const { return used_; }

 private:
  friend class Builder;
  static constexpr uint32_t kUnbound = 0xffffffff;
  uint32_t target_ = kUnbound;
  bool used_ = false;
  std::vector<uint32_t> jumps_;  // Instructions to patch once the target is known.
};

class Builder {
 public:
  Builder() = default;
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;

  Function& function() { return function_; }
  // Instructions emitted from now on stand for this place of the source.
  void SetPosition(Pos pos, CodePosition position) {
    pos_ = pos;
    position_ = position;
  }
  CodePosition position() const { return position_; }

  // ---- Registers ----
  Reg Alloc(uint64_t size);
  Reg top() const { return top_; }
  void ReleaseTo(Reg mark) { top_ = mark; }
  // Makes `top` at least this high.
  void Reserve(uint64_t end);
  // As an operand; what does not fit makes the function one that cannot be compiled.
  uint32_t Short(uint64_t value);

  // ---- Instructions ----
  uint32_t Emit(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0, uint32_t d = 0);
  uint32_t here() const { return static_cast<uint32_t>(function_.code.size()); }
  Instr& at(uint32_t index) { return function_.code[index]; }

  // ---- Jumps ----
  void Bind(Label& label);
  void Jump(Label& label);
  void JumpIf(Reg condition, bool when, Label& label);
  // The int64 comparisons that have jumps of their own: kJEqI64 and its kin with registers, kJEqImm
  // and kJNeImm with an immediate as `b`.
  void JumpCompare(Op op, Reg a, uint32_t b, Label& label);
  // The head of a loop; `Bind` the label to jump back to just before. CloseLoop tells its length.
  uint32_t OpenLoop();
  void CloseLoop(uint32_t head);

  // ---- Moves; sizes in bytes ----
  void Move(Reg to, Reg from, uint64_t size);
  void Zero(Reg to, uint64_t size);
  void Load(Reg to, Reg pointer, uint64_t offset, uint64_t size);
  void Store(Reg pointer, uint64_t offset, Reg from, uint64_t size);
  void LoadGlobal(Reg to, uint64_t offset, uint64_t size);
  void StoreGlobal(uint64_t offset, Reg from, uint64_t size);
  void LoadCapture(Reg to, uint32_t offset, uint64_t size);
  // `size` is 1, 2, 4 or 8.
  void Constant(Reg to, uint64_t bits, uint64_t size);
  Reg Int(int64_t value);

  // The first thing that does not fit; the function is of no use then.
  const std::optional<TooLarge>& too_large() const { return too_large_; }
  // The finished function.
  Function Finish();

 private:
  void JumpTo(uint32_t instruction, uint32_t Instr::*operand, Label& label);
  void NoteTooLarge(std::string what);

  Function function_;
  Pos pos_;
  CodePosition position_;
  Reg top_ = 0;
  Reg highest_ = 0;
  std::optional<TooLarge> too_large_;
  uint32_t loops_ = 0;
  uint32_t unbound_ = 0;  // Jumps to labels that are not bound yet.
};

}  // namespace heddle::golang::compile

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_BUILDER_H_
