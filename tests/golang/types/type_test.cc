// SPDX-License-Identifier: Apache-2.0
//
// Types by themselves: identity, spelling, layout, method sets, constants.
#include "models/golang/types/type.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/golang/types/constant.h"
#include "models/golang/types/layout.h"
#include "models/golang/types/lookup.h"
#include "models/golang/types/predicates.h"
#include "tests/golang/types/check_util.h"

namespace heddle::golang::types {
namespace {

using ::testing::ElementsAre;

TEST(Types, IdentityIgnoresSpelling) {
  TypeTable table;
  const Type* bytes = table.SliceOf(table.byte_type());
  const Type* uint8s = table.SliceOf(table.uint8_spelling());
  EXPECT_NE(bytes, uint8s);
  EXPECT_TRUE(Identical(bytes, uint8s));
  EXPECT_EQ(TypeString(bytes, nullptr), "[]byte");
  EXPECT_EQ(TypeString(uint8s, nullptr), "[]uint8");
  EXPECT_EQ(RuntimeTypeString(bytes), "[]uint8");
  const Type* named =
      table.SignatureOf({{"x", bytes}}, {{"err", table.basic(BasicKind::kInt)}}, false);
  const Type* plain =
      table.SignatureOf({{"", uint8s}}, {{"", table.basic(BasicKind::kInt)}}, false);
  EXPECT_TRUE(Identical(named, plain));
  EXPECT_EQ(TypeString(named, nullptr), "func(x []byte) (err int)");
  EXPECT_EQ(TypeString(plain, nullptr), "func([]uint8) int");
}

TEST(Types, TagsCountExceptInConversions) {
  TypeTable table;
  const Type* a = table.StructOf({{"A", nullptr, table.basic(BasicKind::kInt), false, "x"}});
  const Type* b = table.StructOf({{"A", nullptr, table.basic(BasicKind::kInt), false, ""}});
  EXPECT_FALSE(Identical(a, b));
  EXPECT_TRUE(IdenticalIgnoringTags(table, table.PointerTo(a), table.PointerTo(b)));
}

TEST(Types, LayoutIsThatOfAmd64) {
  TypeTable table;
  const Type* byte_type = table.byte_type();
  const Type* word = table.basic(BasicKind::kInt);
  const Struct* record = table.StructOf({{"A", nullptr, byte_type},
                                         {"B", nullptr, word},
                                         {"C", nullptr, table.basic(BasicKind::kInt16)},
                                         {"D", nullptr, table.StructOf({})}});
  EXPECT_THAT(FieldOffsets(record), ElementsAre(0, 8, 16, 18));
  EXPECT_EQ(SizeOf(record), 24);
  EXPECT_EQ(AlignOf(record), 8);
  EXPECT_EQ(SizeOf(table.basic(BasicKind::kString)), 16);
  EXPECT_EQ(SizeOf(table.SliceOf(word)), 24);
  EXPECT_EQ(SizeOf(table.empty_interface()), 16);
  EXPECT_EQ(SizeOf(table.ArrayOf(3, record)), 72);
  EXPECT_EQ(AlignOf(table.basic(BasicKind::kComplex64)), 4);
}

TEST(Types, MethodSetsFollowEmbedding) {
  TestProgram program;
  Package* package = program.Check(
      "package main\ntype A struct{}\nfunc (A) V() {}\nfunc (*A) P() {}\ntype B struct { A }\ntype "
      "C struct { *A; B2 }\n"
      "type B2 struct { x int }\nfunc (B2) V() {}\nfunc main() {}\n");
  ASSERT_THAT(program.Messages(), ::testing::IsEmpty());
  const auto names = [&](const char* name, bool pointer) {
    const Type* type = ToObject<TypeName>(package->scope.Find(name))->named;
    if (pointer) type = program.world.types.PointerTo(type);
    std::string all;
    for (const MethodSetEntry& entry : MethodSet(type)) all += entry.name;
    return all;
  };
  EXPECT_EQ(names("A", false), "V");
  EXPECT_EQ(names("A", true), "PV");
  EXPECT_EQ(names("B", false), "V");
  EXPECT_EQ(names("B", true), "PV");
  EXPECT_EQ(names("C", false), "P") << "V is ambiguous";
}

TEST(Types, RuntimeNamesAreQualified) {
  TestProgram program;
  Package* package = program.Check(
      "package main\ntype T[P any] struct { p P }\nvar x map[string]*T[rune]\nvar y struct { A "
      "any; b interface{ M(int) } "
      "}\nfunc main() {}\n");
  ASSERT_THAT(program.Messages(), ::testing::IsEmpty());
  EXPECT_EQ(RuntimeTypeString(package->scope.Find("x")->type), "map[string]*main.T[int32]");
  EXPECT_EQ(RuntimeTypeString(package->scope.Find("y")->type),
            "struct { A interface {}; b interface { M(int) } }");
}

Constant Int(std::string_view text) { return Constant::FromLiteral(LitKind::kInt, text); }
Constant Float(std::string_view text) { return Constant::FromLiteral(LitKind::kFloat, text); }

TEST(Constants, IntegersAreExact) {
  const Constant big = Shift(Int("1"), Token::kShl, 200);
  EXPECT_EQ(BinaryOp(big, Token::kQuo, Shift(Int("1"), Token::kShl, 190), true).AsInt64(), 1024);
  EXPECT_FALSE(big.AsInt64().has_value());
  EXPECT_EQ(Int("0x_ff").AsInt64(), 255);
  EXPECT_EQ(Int("0b1_01").AsInt64(), 5);
  EXPECT_EQ(Int("017").AsInt64(), 15);
  EXPECT_EQ(BinaryOp(Int("7"), Token::kAndNot, Int("2"), false).AsInt64(), 5);
  EXPECT_EQ(BinaryOp(Constant::Int(-7), Token::kAnd, Int("12"), false).AsInt64(), -7 & 12);
  EXPECT_EQ(BinaryOp(Constant::Int(-7), Token::kRem, Int("3"), true).AsInt64(), -1);
  EXPECT_EQ(UnaryOp(Token::kXor, Int("1"), 8).AsInt64(), 254);
  EXPECT_EQ(UnaryOp(Token::kXor, Int("1"), 0).AsInt64(), -2);
  EXPECT_EQ(Shift(Constant::Int(-5), Token::kShr, 1).AsInt64(), -3);
  EXPECT_TRUE(FitsInteger(Constant::Int(-128), 8, true));
  EXPECT_FALSE(FitsInteger(Constant::Int(128), 8, true));
}

TEST(Constants, FloatsRoundToNearest) {
  EXPECT_EQ(Float("0.1").AsFloat64(), 0.1);
  EXPECT_EQ(Float("0.1").AsFloat32(), 0.1f);
  EXPECT_EQ(Float("1e23").AsFloat64(), 1e23);
  EXPECT_EQ(Float("4.9406564584124654e-324").AsFloat64(), 4.9406564584124654e-324);
  EXPECT_EQ(Float("2e-324").AsFloat64(), 0.0);
  EXPECT_EQ(Float("3e-324").AsFloat64(), 4.9406564584124654e-324);
  EXPECT_EQ(Float("0x1p-2").AsFloat64(), 0.25);
  EXPECT_EQ(Float("16777217.0").AsFloat32(), 16777216.0f);
  EXPECT_TRUE(std::isinf(Float("1e400").AsFloat64()));
  EXPECT_FALSE(RoundToFloat32(Float("1e40")).IsKnown());
  const Constant third = BinaryOp(Float("1.0"), Token::kQuo, Float("3.0"), false);
  EXPECT_EQ(BinaryOp(third, Token::kMul, Float("3.0"), false).ToInt().AsInt64(), 1);
  EXPECT_EQ(Float("1e1000").ToString(), "1e+1000");
}

TEST(Constants, ComplexAndText) {
  const Constant i = Constant::FromLiteral(LitKind::kImaginary, "1i");
  EXPECT_EQ(BinaryOp(i, Token::kMul, i, false).ToInt().AsInt64(), -1);
  EXPECT_EQ(Constant::FromLiteral(LitKind::kImaginary, "010i").Imag().AsInt64(), 10);
  EXPECT_EQ(Constant::FromLiteral(LitKind::kImaginary, "0.5i").Imag().AsFloat64(), 0.5);
  EXPECT_TRUE(Compare(Constant::String("a"), Token::kLss, Constant::String("b")));
  EXPECT_EQ(Constant::String(std::string(100, 'x')).ToString().size(), 72u);
  EXPECT_EQ(Float("1.50").ToString(), "1.5");
  EXPECT_FALSE(BinaryOp(Constant(), Token::kAdd, Int("1"), false).IsKnown());
}

}  // namespace
}  // namespace heddle::golang::types
