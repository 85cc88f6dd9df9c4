// SPDX-License-Identifier: Apache-2.0
//
// Tokens, semicolons and literals, and the line tables.
#include "models/golang/syntax/scanner.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "models/golang/syntax/position.h"
#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

std::string Tokens(const std::string& source) {
  std::string all;
  std::string errors;
  Scanner scanner(
      source,
      [&](uint32_t offset, std::string message) {
        errors += " !" + std::to_string(offset) + " " + message;
      },
      [](uint32_t, std::string_view) {});
  for (scanner.Next(); scanner.token != Token::kEof; scanner.Next()) {
    if (!all.empty()) all += " ";
    if (scanner.token == Token::kSemi || scanner.token == Token::kName ||
        scanner.token == Token::kLiteral) {
      all += scanner.text;
    } else if (scanner.token == Token::kAssignOp) {
      all += std::string(TokenText(scanner.op)) + "=";
    } else {
      all += TokenText(scanner.token);
    }
  }
  return all + errors;
}

TEST(Scanner, Operators) {
  const std::string all =
      "+ - * / % & | ^ << >> &^ += -= *= /= %= &= |= ^= <<= >>= &^= && || <- == < > = ! ~ != <= >= "
      ":= ... ( [ { , . ;";
  EXPECT_EQ(Tokens("a+++b"), "a ++ + b EOF");
  std::string expected = all.substr(0, all.size() - 1) + "semicolon";
  EXPECT_EQ(Tokens(all), expected);
}

TEST(Scanner, Semicolons) {
  EXPECT_EQ(Tokens("a\nb"), "a newline b EOF");
  EXPECT_EQ(Tokens("a // c\n"), "a newline");
  EXPECT_EQ(Tokens("a /* c */ b\n"), "a b newline");
  EXPECT_EQ(Tokens("a /* c\n */ b\n"), "a newline b newline");
  EXPECT_EQ(Tokens("return\nx++\n)\n]\n}\n"),
            "return newline x ++ newline ) newline ] newline } newline");
  EXPECT_EQ(Tokens("if\nfor\n(\n+\n"), "if for ( +");
  EXPECT_EQ(Tokens("break\ncontinue\nfallthrough\n1\n'x'\n`s`"),
            "break newline continue newline fallthrough newline 1 newline 'x' newline `s` EOF");
}

TEST(Scanner, Numbers) {
  for (const char* good :
       {"0", "123", "1_000", "0b101", "0o17", "017", "0xFF_ff", "1.", ".5", "1.5e-3", "0x1p4",
        "0x.8p0", "1i", "0x1p0i", "09.5", "08i", "1e+5", "0_7"}) {
    EXPECT_EQ(Tokens(good), std::string(good) + " EOF");
  }
  EXPECT_EQ(Tokens("1..2"), "1. .2 EOF");
  EXPECT_EQ(Tokens("0b12"), "0b12 EOF !3 invalid digit '2' in binary literal");
  EXPECT_EQ(Tokens("089"), "089 EOF !1 invalid digit '8' in octal literal");
  EXPECT_EQ(Tokens("0x1.8"), "0x1.8 EOF !5 hexadecimal mantissa requires a 'p' exponent");
  EXPECT_EQ(Tokens("1_"), "1_ EOF !1 '_' must separate successive digits");
}

TEST(Scanner, CharactersThatGoRejects) {
  EXPECT_NE(Tokens(std::string("a\0b", 3)).find("!1 invalid NUL character"), std::string::npos);
  EXPECT_NE(Tokens("a\xff"
                   "b")
                .find("!1 invalid UTF-8 encoding"),
            std::string::npos);
  EXPECT_EQ(Tokens("\xEF\xBB\xBFx"), "x EOF");
  EXPECT_NE(Tokens("x \xEF\xBB\xBFy").find("!2 invalid BOM in the middle of the file"),
            std::string::npos);
  EXPECT_EQ(Tokens("a ? b"), "a b EOF !2 invalid character U+003F '?'");
  EXPECT_EQ(Tokens("/* x"), " !0 comment not terminated");
}

TEST(Scanner, NamesAreUnicode) {
  EXPECT_EQ(Tokens("größe _x α1 世界"), "größe _x α1 世界 EOF");
  EXPECT_TRUE(IsExported("Ärger"));
  EXPECT_FALSE(IsExported("ärger"));
  EXPECT_FALSE(IsExported("_X"));
  EXPECT_FALSE(IsExported(""));
}

TEST(Positions, ResolveAcrossFiles) {
  FileSet files;
  const Pos a = files.AddFile("a.go", "one\ntwo\n");
  const Pos b = files.AddFile("b.go", "");
  const Pos c = files.AddFile("c.go", "x\n\ny");
  EXPECT_EQ(files.Render(a), "a.go:1:1");
  EXPECT_EQ(files.Render(a.Plus(5)), "a.go:2:2");
  EXPECT_EQ(files.Render(a.Plus(8)), "a.go:3:1");
  EXPECT_EQ(files.Render(b), "b.go:1:1");
  EXPECT_EQ(files.Render(c.Plus(3)), "c.go:3:1");
  EXPECT_EQ(files.Render(Pos{}), "-");
  EXPECT_LT(a, c);
}

}  // namespace
}  // namespace heddle::golang
