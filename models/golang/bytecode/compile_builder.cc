// SPDX-License-Identifier: Apache-2.0
//
// Instructions chosen by size, and the patching of jumps.
//
// See opcodes.def for what each instruction does.
#include "models/golang/bytecode/compile_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "sim/base/check.h"

namespace heddle::golang::compile {
namespace {

bool HasWidth(uint64_t size) { return size == 1 || size == 2 || size == 4 || size == 8; }

// Which operand of a jump is its target.
uint32_t Instr::*TargetOperand(Op op) {
  const std::string_view operands = OpOperands(op);
  switch (operands.find('j')) {
    case 0:
      return &Instr::a;
    case 1:
      return &Instr::b;
    default:
      return &Instr::c;
  }
}

}  // namespace

void Builder::NoteTooLarge(std::string what) {
  if (!too_large_.has_value()) too_large_ = TooLarge{pos_, std::move(what)};
}

Reg Builder::Alloc(uint64_t size) {
  const Reg reg = top_;
  if (size > kLargestFrame) {  // SlotSize has 32 bits
    NoteTooLarge(
        fmt::format("a value of {} bytes outside of the heap (at most {})", size, kLargestFrame));
  } else {
    Reserve(uint64_t{top_} + SlotSize(size));
  }
  return reg;
}

void Builder::Reserve(uint64_t end) {
  if (end > kLargestFrame) {
    NoteTooLarge(fmt::format("a function with variables and other values of {} bytes (at most {})",
                             end, kLargestFrame));
    return;
  }
  top_ = std::max(top_, static_cast<Reg>(end));
  highest_ = std::max(highest_, top_);
}

uint32_t Builder::Short(uint64_t value) {
  if (value > UINT32_MAX) {
    NoteTooLarge(fmt::format("a value of {} bytes or more (at most {})", value, UINT32_MAX));
  }
  return static_cast<uint32_t>(value);
}

uint32_t Builder::Emit(Op op, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  if (d > 0xffff) {
    NoteTooLarge(op == Op::kClosure
                     ? fmt::format("a function literal or method value that takes {} bytes of "
                                   "variables along (at most {})",
                                   d, 0xffff)
                     : fmt::format("more than {} types in one program", 0xffff));
  }
  function_.code.push_back({op, static_cast<uint16_t>(d), a, b, c});
  function_.positions.push_back(position_);
  return here() - 1;
}

void Builder::Bind(Label& label) {
  HEDDLE_CHECK(!label.is_bound(), "a label stands for one place");
  label.target_ = here();
  for (uint32_t jump : label.jumps_) {
    Instr& instr = at(jump);
    instr.*TargetOperand(instr.op) = label.target_;
  }
  unbound_ -= static_cast<uint32_t>(label.jumps_.size());
  label.jumps_.clear();
}

void Builder::JumpTo(uint32_t instruction, uint32_t Instr::*operand, Label& label) {
  label.used_ = true;
  if (label.is_bound()) {
    at(instruction).*operand = label.target_;
  } else {
    label.jumps_.push_back(instruction);
    unbound_++;
  }
}

void Builder::Jump(Label& label) { JumpTo(Emit(Op::kJmp), &Instr::a, label); }

void Builder::JumpIf(Reg condition, bool when, Label& label) {
  JumpTo(Emit(when ? Op::kJnz : Op::kJz, condition), &Instr::b, label);
}

void Builder::JumpCompare(Op op, Reg a, uint32_t b, Label& label) {
  JumpTo(Emit(op, a, b), &Instr::c, label);
}

uint32_t Builder::OpenLoop() { return Emit(Op::kLoop, loops_++, 0); }

void Builder::CloseLoop(uint32_t head) { at(head).b = here() - head; }

void Builder::Move(Reg to, Reg from, uint64_t size) {
  if (to == from || size == 0) return;
  if (HasWidth(size)) {
    Emit(OpForSize(Family::kMov, size), to, from);
  } else if (size == 16) {
    Emit(Op::kMov128, to, from);
  } else if (size == 24) {
    Emit(Op::kMov192, to, from);
  } else {
    Emit(Op::kMovN, to, from, Short(size));
  }
}

void Builder::Zero(Reg to, uint64_t size) {
  if (size == 0) return;
  if (HasWidth(size)) {
    Constant(to, 0, size);
  } else {
    Emit(Op::kZero, to, Short(size));
  }
}

void Builder::Load(Reg to, Reg pointer, uint64_t offset, uint64_t size) {
  if (size == 0) {
    Emit(Op::kNilCheck, pointer);
  } else if (HasWidth(size)) {
    Emit(OpForSize(Family::kLoad, size), to, pointer, Short(offset));
  } else if (offset <= 0xffff) {
    Emit(Op::kLoadN, to, pointer, Short(size), Short(offset));
  } else {
    const Reg mark = top();
    const Reg address = Alloc(8);
    Emit(Op::kLea, address, pointer, Short(offset));
    Emit(Op::kLoadN, to, address, Short(size));
    ReleaseTo(mark);
  }
}

void Builder::Store(Reg pointer, uint64_t offset, Reg from, uint64_t size) {
  if (size == 0) {
    Emit(Op::kNilCheck, pointer);
  } else if (HasWidth(size)) {
    Emit(OpForSize(Family::kStore, size), pointer, from, Short(offset));
  } else if (offset <= 0xffff) {
    Emit(Op::kStoreN, pointer, from, Short(size), Short(offset));
  } else {
    const Reg mark = top();
    const Reg address = Alloc(8);
    Emit(Op::kLea, address, pointer, Short(offset));
    Emit(Op::kStoreN, address, from, Short(size));
    ReleaseTo(mark);
  }
}

void Builder::LoadGlobal(Reg to, uint64_t offset, uint64_t size) {
  if (size == 0) return;
  const uint32_t at = Short(offset);
  if (HasWidth(size)) {
    Emit(OpForSize(Family::kLoadGlobal, size), to, at);
  } else {
    Emit(Op::kLoadGlobalN, to, at, Short(size));
  }
}

void Builder::StoreGlobal(uint64_t offset, Reg from, uint64_t size) {
  if (size == 0) return;
  const uint32_t at = Short(offset);
  if (HasWidth(size)) {
    Emit(OpForSize(Family::kStoreGlobal, size), at, from);
  } else {
    Emit(Op::kStoreGlobalN, at, from, Short(size));
  }
}

void Builder::LoadCapture(Reg to, uint32_t offset, uint64_t size) {
  if (size != 0) Emit(Op::kLoadCap, to, offset, Short(size));
}

void Builder::Constant(Reg to, uint64_t bits, uint64_t size) {
  Emit(OpForSize(Family::kConst, size), to, static_cast<uint32_t>(bits),
       static_cast<uint32_t>(bits >> 32));
}

Reg Builder::Int(int64_t value) {
  const Reg reg = Alloc(8);
  Constant(reg, static_cast<uint64_t>(value), 8);
  return reg;
}

Function Builder::Finish() {
  HEDDLE_CHECK(unbound_ == 0, "every jump has a target: labels were checked by the parser");
  function_.frame_size = highest_;
  return std::move(function_);
}

}  // namespace heddle::golang::compile
