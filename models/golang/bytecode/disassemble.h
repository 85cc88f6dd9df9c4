// SPDX-License-Identifier: Apache-2.0
//
// Prints bytecode as text: one instruction per line, with its source line. For debugging and tests.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_DISASSEMBLE_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_DISASSEMBLE_H_

#include <string>

#include "models/golang/bytecode/program.h"

namespace heddle::golang {

std::string Disassemble(const Program& program, const Function& function);
std::string Disassemble(const Program& program);

// What is wrong with the code of a function (operands out of range, missing Loop at a backward
// jump, ...); empty if nothing is. For tests of the compiler.
std::string Verify(const Program& program, const Function& function);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_DISASSEMBLE_H_
