// SPDX-License-Identifier: Apache-2.0
//
// Look-ups in the instruction table: names, operand letters, members of families.
#include "models/golang/bytecode/bytecode.h"

#include <array>

#include "sim/base/check.h"

namespace heddle::golang {

namespace {

struct OpInfo {
  std::string_view mnemonic;
  std::string_view operands;
};

constexpr OpInfo kOps[] = {
#define HEDDLE_OP(name, text, operands) {text, operands},
#include "models/golang/bytecode/opcodes.def"
#undef HEDDLE_OP
};

constexpr Op kNone = static_cast<Op>(0xffff);

// Bytes of a scalar as memory: 1, 2, 4, 8 or 16.
constexpr int ScalarSize(Scalar scalar) {
  switch (scalar) {
    case Scalar::kI8:
    case Scalar::kU8:
      return 1;
    case Scalar::kI16:
    case Scalar::kU16:
      return 2;
    case Scalar::kI32:
    case Scalar::kU32:
    case Scalar::kF32:
      return 4;
    case Scalar::kI64:
    case Scalar::kU64:
    case Scalar::kF64:
    case Scalar::kC64:
      return 8;
    case Scalar::kC128:
    case Scalar::kStr:
      return 16;
  }
  return 0;
}

constexpr bool IsInteger(Scalar scalar) { return scalar <= Scalar::kU64; }

constexpr Op BySize(int size, Op op8, Op op16, Op op32, Op op64) {
  switch (size) {
    case 1:
      return op8;
    case 2:
      return op16;
    case 4:
      return op32;
    case 8:
      return op64;
  }
  return kNone;
}

struct OtherOps {
  Op f32 = kNone, f64 = kNone, c64 = kNone, c128 = kNone, str = kNone;
};

constexpr Op Other(Scalar scalar, const OtherOps& ops) {
  switch (scalar) {
    case Scalar::kF32:
      return ops.f32;
    case Scalar::kF64:
      return ops.f64;
    case Scalar::kC64:
      return ops.c64;
    case Scalar::kC128:
      return ops.c128;
    case Scalar::kStr:
      return ops.str;
    case Scalar::kI8:
    case Scalar::kI16:
    case Scalar::kI32:
    case Scalar::kI64:
    case Scalar::kU8:
    case Scalar::kU16:
    case Scalar::kU32:
    case Scalar::kU64:
      return kNone;
  }
  return kNone;
}

#define HEDDLE_WIDTHS(name)                                                                  \
  BySize(IsInteger(s) ? ScalarSize(s) : 0, Op::k##name##8, Op::k##name##16, Op::k##name##32, \
         Op::k##name##64)
#define HEDDLE_MEMORY(name) \
  BySize(ScalarSize(s), Op::k##name##8, Op::k##name##16, Op::k##name##32, Op::k##name##64)

constexpr Op Integer(Scalar s, const std::array<Op, 8>& ops) {
  return IsInteger(s) ? ops[static_cast<size_t>(s)] : kNone;
}
#define HEDDLE_INTS(name)                                                            \
  Integer(s, {Op::k##name##I8, Op::k##name##I16, Op::k##name##I32, Op::k##name##I64, \
              Op::k##name##U8, Op::k##name##U16, Op::k##name##U32, Op::k##name##U64})

constexpr Op Either(Op first, Op second) { return first != kNone ? first : second; }

constexpr Op Find(Family family, Scalar s) {
  switch (family) {
    case Family::kAdd:
      return Either(HEDDLE_WIDTHS(Add),
                    Other(s, {Op::kAddF32, Op::kAddF64, Op::kAddC64, Op::kAddC128}));
    case Family::kSub:
      return Either(HEDDLE_WIDTHS(Sub),
                    Other(s, {Op::kSubF32, Op::kSubF64, Op::kSubC64, Op::kSubC128}));
    case Family::kMul:
      return Either(HEDDLE_WIDTHS(Mul),
                    Other(s, {Op::kMulF32, Op::kMulF64, Op::kMulC64, Op::kMulC128}));
    case Family::kDiv:
      return Either(HEDDLE_INTS(Div),
                    Other(s, {Op::kDivF32, Op::kDivF64, Op::kDivC64, Op::kDivC128}));
    case Family::kRem:
      return HEDDLE_INTS(Rem);
    case Family::kAnd:
      return HEDDLE_WIDTHS(And);
    case Family::kOr:
      return HEDDLE_WIDTHS(Or);
    case Family::kXor:
      return HEDDLE_WIDTHS(Xor);
    case Family::kAndNot:
      return HEDDLE_WIDTHS(AndNot);
    case Family::kShl:
      return HEDDLE_WIDTHS(Shl);
    case Family::kShr:
      return HEDDLE_INTS(Shr);
    case Family::kNeg:
      return Either(HEDDLE_WIDTHS(Neg),
                    Other(s, {Op::kNegF32, Op::kNegF64, Op::kNegC64, Op::kNegC128}));
    case Family::kCom:
      return HEDDLE_WIDTHS(Com);
    case Family::kEq:
      return Either(HEDDLE_WIDTHS(Eq),
                    Other(s, {Op::kEqF32, Op::kEqF64, Op::kEqC64, Op::kEqC128, Op::kEqStr}));
    case Family::kNe:
      return Either(HEDDLE_WIDTHS(Ne),
                    Other(s, {Op::kNeF32, Op::kNeF64, Op::kNeC64, Op::kNeC128, Op::kNeStr}));
    case Family::kLt:
      return Either(HEDDLE_INTS(Lt), Other(s, {Op::kLtF32, Op::kLtF64, kNone, kNone, Op::kLtStr}));
    case Family::kLe:
      return Either(HEDDLE_INTS(Le), Other(s, {Op::kLeF32, Op::kLeF64, kNone, kNone, Op::kLeStr}));
    case Family::kConst:
      return HEDDLE_MEMORY(Const);
    case Family::kMov:
      return ScalarSize(s) == 16 ? Op::kMov128 : HEDDLE_MEMORY(Mov);
    case Family::kLoad:
      return HEDDLE_MEMORY(Load);
    case Family::kStore:
      return HEDDLE_MEMORY(Store);
    case Family::kLoadGlobal:
      return HEDDLE_MEMORY(LoadGlobal);
    case Family::kStoreGlobal:
      return HEDDLE_MEMORY(StoreGlobal);
    case Family::kSliceIndex:
      return HEDDLE_MEMORY(SliceIndex);
    case Family::kSliceSet:
      return HEDDLE_MEMORY(SliceSet);
    case Family::kMin:
      return Other(s, {Op::kMinF32, Op::kMinF64});
    case Family::kMax:
      return Other(s, {Op::kMaxF32, Op::kMaxF64});
    case Family::kMake:
      return Other(s, {kNone, kNone, Op::kMakeC64, Op::kMakeC128});
    case Family::kReal:
      return Other(s, {kNone, kNone, Op::kRealC64, Op::kRealC128});
    case Family::kImag:
      return Other(s, {kNone, kNone, Op::kImagC64, Op::kImagC128});
  }
  return kNone;
}

#undef HEDDLE_WIDTHS
#undef HEDDLE_MEMORY
#undef HEDDLE_INTS

}  // namespace

uint32_t OpCount() { return std::size(kOps); }

std::string_view OpMnemonic(Op op) { return kOps[static_cast<size_t>(op)].mnemonic; }

std::string_view OpOperands(Op op) { return kOps[static_cast<size_t>(op)].operands; }

bool HasOp(Family family, Scalar scalar) { return Find(family, scalar) != kNone; }

Op OpFor(Family family, Scalar scalar) {
  const Op op = Find(family, scalar);
  HEDDLE_CHECK(op != kNone, "the type checker admits only operators that the operand type has");
  return op;
}

Op OpForSize(Family family, uint64_t size) {
  switch (size) {
    case 1:
      return OpFor(family, Scalar::kU8);
    case 2:
      return OpFor(family, Scalar::kU16);
    case 4:
      return OpFor(family, Scalar::kU32);
    case 8:
      return OpFor(family, Scalar::kU64);
  }
  HEDDLE_CHECK(false, "only sizes 1, 2, 4 and 8 have instructions of their own");
  return Op::kNop;
}

}  // namespace heddle::golang
