// SPDX-License-Identifier: Apache-2.0
//
// The tokens of Go, and the operators among them that syntax trees carry.
//
// Shared by scanner, parser and every reader of a BinaryExpr, UnaryExpr, AssignStmt or IncDecStmt.
// Source: the Go specification, "Tokens" and "Operators".
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_TOKEN_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_TOKEN_H_

#include <cstdint>
#include <string_view>

namespace heddle::golang {

enum class Token : uint8_t {
  kEof,
  kName,
  kLiteral,  // Of a LitKind.

  kAdd,     // +
  kSub,     // -
  kMul,     // *
  kQuo,     // /
  kRem,     // %
  kAnd,     // &
  kOr,      // |
  kXor,     // ^
  kShl,     // <<
  kShr,     // >>
  kAndNot,  // &^
  kLAnd,    // &&
  kLOr,     // ||
  kArrow,   // <-
  kEql,     // ==
  kNeq,     // !=
  kLss,     // <
  kLeq,     // <=
  kGtr,     // >
  kGeq,     // >=
  kNot,     // !
  kTilde,   // ~

  kInc,       // ++
  kDec,       // --
  kAssign,    // =
  kDefine,    // :=
  kAssignOp,  // += and its kin; the scanner tells which operator. Trees never hold it.

  kLParen,
  kLBrack,
  kLBrace,
  kRParen,
  kRBrack,
  kRBrace,
  kComma,
  kSemi,
  kColon,
  kDot,
  kDotDotDot,

  kBreak,
  kCase,
  kChan,
  kConst,
  kContinue,
  kDefault,
  kDefer,
  kElse,
  kFallthrough,
  kFor,
  kFunc,
  kGo,
  kGoto,
  kIf,
  kImport,
  kInterface,
  kMap,
  kPackage,
  kRange,
  kReturn,
  kSelect,
  kStruct,
  kSwitch,
  kType,
  kVar,
};

enum class LitKind : uint8_t { kInt, kFloat, kImaginary, kRune, kString };

// As written in Go: "+", "func"; "name", "literal", "EOF" for the classes.
std::string_view TokenText(Token token);
// Precedence of a binary operator, 1 (||) to 5 (*); 0 for other tokens.
int Precedence(Token token);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_TOKEN_H_
