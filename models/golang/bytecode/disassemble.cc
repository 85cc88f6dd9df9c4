// SPDX-License-Identifier: Apache-2.0
//
// Text form of bytecode, driven by the operand letters of opcodes.def.
#include "models/golang/bytecode/disassemble.h"

#include <fmt/format.h>

#include <iterator>

namespace heddle::golang {

namespace {

std::string Operand(const Program& program, char letter, uint32_t value) {
  switch (letter) {
    case 'w':
    case 'r':
    case 'x':
      return value == kNoRegister ? "_" : fmt::format("r{}", value);
    case 'i':
      return fmt::format("{}", static_cast<int32_t>(value));
    case 'j':
      return fmt::format("@{}", value);
    case 't':
      return value < program.types.size() ? fmt::format("<{}>", program.types.at(value)->name)
                                          : fmt::format("<type {}?>", value);
    case 'f':
      return value < program.functions.size() ? program.functions[value].name
                                              : fmt::format("function {}?", value);
    case 's':
      return value < program.strings.size() ? fmt::format("\"{}\"", program.strings[value])
                                            : fmt::format("string {}?", value);
    case 'm':
      return "." + program.types.MethodName(value);
  }
  return fmt::format("{}", value);
}

bool InRange(const Program& program, const Function& function, char letter, uint32_t value) {
  switch (letter) {
    case 'w':
    case 'r':
    case 'x':
      return value == kNoRegister || value < function.frame_size;
    case 'j':
      return value < function.code.size();
    case 't':
      return value < program.types.size();
    case 'f':
      return value < program.functions.size();
    case 's':
      return value < program.strings.size();
  }
  return true;
}

}  // namespace

std::string Disassemble(const Program& program, const Function& function) {
  std::string out = fmt::format("func {} results={} args={} frame={}", function.name,
                                function.results_size, function.args_size, function.frame_size);
  if (function.closure_slot != kNoRegister)
    out += fmt::format(" closure=r{}", function.closure_slot);
  if (function.epilogue != kNoRegister) out += fmt::format(" epilogue=@{}", function.epilogue);
  if (function.is_wrapper) out += " wrapper";
  if (!function.native_name.empty()) out += " native " + function.native_name;
  out += '\n';
  for (size_t pc = 0; pc < function.code.size(); ++pc) {
    const Instr& instr = function.code[pc];
    const uint32_t line = pc < function.positions.size() ? function.positions[pc].line : 0;
    fmt::format_to(std::back_inserter(out), "{:5} {:4}  {:<16}", pc, line, OpMnemonic(instr.op));
    const uint32_t values[] = {instr.a, instr.b, instr.c, instr.d};
    const std::string_view letters = OpOperands(instr.op);
    for (size_t i = 0; i < 4; ++i) {
      if (letters[i] != '-') out += " " + Operand(program, letters[i], values[i]);
    }
    out += '\n';
  }
  return out;
}

std::string Disassemble(const Program& program) {
  std::string out;
  for (const Function& function : program.functions) out += Disassemble(program, function) + "\n";
  return out;
}

std::string Verify(const Program& program, const Function& function) {
  if (function.code.empty()) return function.native_name.empty() ? "no code and no native" : "";
  if (function.positions.size() != function.code.size())
    return "positions are not parallel to code";
  if (function.frame_size % 8 != 0) return "frame size is not divisible by 8";
  for (size_t pc = 0; pc < function.code.size(); ++pc) {
    const Instr& instr = function.code[pc];
    if (static_cast<uint32_t>(instr.op) >= OpCount())
      return fmt::format("@{}: unknown instruction", pc);
    const uint32_t values[] = {instr.a, instr.b, instr.c, instr.d};
    const std::string_view letters = OpOperands(instr.op);
    for (size_t i = 0; i < 4; ++i) {
      if (!InRange(program, function, letters[i], values[i])) {
        return fmt::format("@{}: {}: operand {} is out of range: {}", pc, OpMnemonic(instr.op),
                           "abcd"[i], values[i]);
      }
      const bool back = letters[i] == 'j' && values[i] <= pc;
      if (back && function.code[values[i]].op != Op::kLoop) {
        return fmt::format("@{}: backward jump to @{}, which is no Loop", pc, values[i]);
      }
    }
  }
  const Op last = function.code.back().op;
  if (last != Op::kRet && last != Op::kJmp && last != Op::kPanic)
    return "the code runs off its end";
  return "";
}

}  // namespace heddle::golang
