// SPDX-License-Identifier: Apache-2.0
//
// The machine on hand-written bytecode, without compiler and without simulation: calls, stack
// segments, panics, maps.
#include <gtest/gtest.h>

#include <string>

#include "models/golang/bytecode/disassemble.h"
#include "models/golang/bytecode/program.h"
#include "models/golang/vm/machine.h"
#include "models/golang/vm/native.h"

namespace heddle::golang::vm {
namespace {

class AssembledTest : public testing::Test {
 protected:
  // Adds a function; args and results are counted in slots.
  uint32_t Add(std::string name, uint32_t results, uint32_t args, uint32_t frame,
               std::vector<Instr> code) {
    Function function;
    function.name = std::move(name);
    function.results_size = 8 * results;
    function.args_size = 8 * args;
    function.frame_size = frame;
    function.code = std::move(code);
    function.positions.resize(function.code.size(), CodePosition{7, 1, 0});
    program_.functions.push_back(std::move(function));
    return static_cast<uint32_t>(program_.functions.size() - 1);
  }
  static Instr I(Op op, uint32_t a = 0, uint32_t b = 0, uint32_t c = 0, uint16_t d = 0) {
    return {op, d, a, b, c};
  }
  uint16_t Type(Kind kind) { return static_cast<uint16_t>(program_.types.Basic(kind)->index); }

  // Runs the last function added as main; what it printed.
  std::string Run(MachineOptions options = {}) {
    program_.files = {"/x.go"};
    program_.lang_minor = 22;
    program_.main_function = static_cast<uint32_t>(program_.functions.size() - 1);
    program_.types.Finish();
    Link(NativeTable(), &program_);
    for (const Function& function : program_.functions) {
      EXPECT_EQ(Verify(program_, function), "") << Disassemble(program_, function);
    }
    std::string out;
    options.ends_at_once = true;
    options.output = [&](int, std::string_view text) { out += text; };
    Machine machine(program_, options);
    for (int round = 0; round < 2; ++round) {  // the second execution is like the first
      const std::string before = std::exchange(out, "");
      machine.Begin(nullptr, {})();
      status_ = machine.exit_status();
      cut_by_ = machine.cut_by();
      if (round == 1) {
        EXPECT_EQ(before, out);
      }
    }
    return out;
  }

  Program program_;
  int status_ = 0;
  std::string cut_by_;
};

TEST_F(AssembledTest, RecursionCrossesStackSegments) {
  // func sum(n int) int { if n == 0 { return 0 }; return n + sum(n-1) }
  Add("main.sum", 1, 1, 40,
      {
          I(Op::kJNeImm, 8, 0, 2),
          I(Op::kRet),
          I(Op::kAddImm64, 32, 8, static_cast<uint32_t>(-1)),
          I(Op::kCall, 24, 0),
          I(Op::kAdd64, 0, 8, 24),
          I(Op::kRet),
      });
  Add("main.main", 0, 0, 16,
      {
          I(Op::kConst64, 8, 50'000, 0),
          I(Op::kCall, 0, 0),
          I(Op::kPrint, 0, Type(Kind::kInt)),
          I(Op::kRet),
      });
  EXPECT_EQ(Run(), "1250025000");
}

TEST_F(AssembledTest, EndlessRecursionIsAStackOverflow) {
  Add("main.main", 0, 0, 16, {I(Op::kCall, 16, 0), I(Op::kRet)});
  program_.functions[0].frame_size = 24;
  MachineOptions options;
  options.max_stack = 1 << 20;
  const std::string out = Run(options);
  EXPECT_EQ(out.substr(0, 97),
            "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack "
            "overflow\n\ngoroutine 1 [");
  EXPECT_NE(out.find("frames elided"), std::string::npos);
  EXPECT_EQ(status_, 2);
}

TEST_F(AssembledTest, EndlessLoopIsCut) {
  Add("main.main", 0, 0, 8, {I(Op::kLoop, 0, 1), I(Op::kJmp, 0)});
  MachineOptions options;
  options.max_instructions = 1000;
  EXPECT_EQ(Run(options), "");
  EXPECT_EQ(cut_by_, "max-instructions");
}

TEST_F(AssembledTest, EndlessAllocationIsCut) {
  Add("main.main", 0, 0, 8,
      {I(Op::kLoop, 0, 1), I(Op::kNew, 0, Type(Kind::kString)), I(Op::kJmp, 0)});
  MachineOptions options;
  options.max_heap = 1 << 20;
  EXPECT_EQ(Run(options), "");
  EXPECT_EQ(cut_by_, "max-heap");
}

TEST_F(AssembledTest, DivisionByZeroPanicsWithTrace) {
  Add("main.main", 0, 0, 24, {I(Op::kConst64, 0, 1), I(Op::kDivI64, 0, 0, 8), I(Op::kRet)});
  EXPECT_EQ(Run(),
            "panic: runtime error: integer divide by zero\n\ngoroutine 1 "
            "[running]:\nmain.main()\n\t/x.go:7 +0x20\n");
  EXPECT_EQ(status_, 2);
}

TEST_F(AssembledTest, RecoverReturnsFromTheDeferringFunction) {
  // func deferred() { println(recover()) }  func f() (r int) { defer deferred(); r = 5; *nil }
  Add("main.deferred", 0, 0, 16,
      {I(Op::kRecover, 0), I(Op::kNe64, 0, 0, 8), I(Op::kPrint, 0, Type(Kind::kBool)),
       I(Op::kRet)});
  Add("main.f", 1, 0, 24,
      {
          I(Op::kDefer, 16, 0),
          I(Op::kConst64, 0, 5),
          I(Op::kLoad64, 8, 8, 0),
          I(Op::kRunDefers),
          I(Op::kRet),
      });
  program_.functions[1].epilogue = 3;
  Add("main.main", 0, 0, 16, {I(Op::kCall, 0, 1), I(Op::kPrint, 0, Type(Kind::kInt)), I(Op::kRet)});
  EXPECT_EQ(Run(), "true5");
}

TEST_F(AssembledTest, MapKeepsEntriesThroughDeletionAndGrowth) {
  RType* map = program_.types.Add(Kind::kMap, "map[int]int");
  map->key = map->elem = program_.types.Basic(Kind::kInt);
  const auto type = static_cast<uint16_t>(map->index);
  // for i := 0; i < 1000; i++ { m[i] = i; if i >= 3 { delete(m, i-3) } }; println(len(m), m[999],
  // m[5])
  Add("main.main", 0, 0, 64,
      {
          I(Op::kMakeMap, 0, 8, 0, type),
          I(Op::kConst64, 16, 1000),
          I(Op::kLoop, 0, 6),
          I(Op::kMapSet, 0, 8, 8, type),
          I(Op::kAddImm64, 24, 8, static_cast<uint32_t>(-3)),
          I(Op::kMapDelete, 0, 24, 0, type),
          I(Op::kAddImm64, 8, 8, 1),
          I(Op::kJLtI64, 8, 16, 2),
          I(Op::kMapLen, 32, 0),
          I(Op::kPrint, 32, Type(Kind::kInt)),
          I(Op::kConst64, 24, 999),
          I(Op::kMapGet, 32, 0, 24, type),
          I(Op::kPrint, 32, Type(Kind::kInt)),
          I(Op::kConst64, 24, 5),
          I(Op::kMapGet2, 32, 0, 24, type),
          I(Op::kPrint, 40, Type(Kind::kBool)),
          I(Op::kRet),
      });
  EXPECT_EQ(Run(), "3999false");
}

TEST_F(AssembledTest, EveryInstructionHasANameAndFourOperandLetters) {
  for (uint32_t i = 0; i < OpCount(); ++i) {
    EXPECT_FALSE(OpMnemonic(static_cast<Op>(i)).empty());
    EXPECT_EQ(OpOperands(static_cast<Op>(i)).size(), 4u) << OpMnemonic(static_cast<Op>(i));
  }
}

}  // namespace
}  // namespace heddle::golang::vm
