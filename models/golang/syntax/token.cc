// SPDX-License-Identifier: Apache-2.0
//
// Texts and precedences of tokens.
//
// Source: the Go specification, "Operators and punctuation", "Operator precedence".
#include "models/golang/syntax/token.h"

namespace heddle::golang {

std::string_view TokenText(Token token) {
  switch (token) {
    case Token::kEof:
      return "EOF";
    case Token::kName:
      return "name";
    case Token::kLiteral:
      return "literal";
    case Token::kAdd:
      return "+";
    case Token::kSub:
      return "-";
    case Token::kMul:
      return "*";
    case Token::kQuo:
      return "/";
    case Token::kRem:
      return "%";
    case Token::kAnd:
      return "&";
    case Token::kOr:
      return "|";
    case Token::kXor:
      return "^";
    case Token::kShl:
      return "<<";
    case Token::kShr:
      return ">>";
    case Token::kAndNot:
      return "&^";
    case Token::kLAnd:
      return "&&";
    case Token::kLOr:
      return "||";
    case Token::kArrow:
      return "<-";
    case Token::kEql:
      return "==";
    case Token::kNeq:
      return "!=";
    case Token::kLss:
      return "<";
    case Token::kLeq:
      return "<=";
    case Token::kGtr:
      return ">";
    case Token::kGeq:
      return ">=";
    case Token::kNot:
      return "!";
    case Token::kTilde:
      return "~";
    case Token::kInc:
      return "++";
    case Token::kDec:
      return "--";
    case Token::kAssign:
      return "=";
    case Token::kDefine:
      return ":=";
    case Token::kAssignOp:
      return "op=";
    case Token::kLParen:
      return "(";
    case Token::kLBrack:
      return "[";
    case Token::kLBrace:
      return "{";
    case Token::kRParen:
      return ")";
    case Token::kRBrack:
      return "]";
    case Token::kRBrace:
      return "}";
    case Token::kComma:
      return ",";
    case Token::kSemi:
      return ";";
    case Token::kColon:
      return ":";
    case Token::kDot:
      return ".";
    case Token::kDotDotDot:
      return "...";
    case Token::kBreak:
      return "break";
    case Token::kCase:
      return "case";
    case Token::kChan:
      return "chan";
    case Token::kConst:
      return "const";
    case Token::kContinue:
      return "continue";
    case Token::kDefault:
      return "default";
    case Token::kDefer:
      return "defer";
    case Token::kElse:
      return "else";
    case Token::kFallthrough:
      return "fallthrough";
    case Token::kFor:
      return "for";
    case Token::kFunc:
      return "func";
    case Token::kGo:
      return "go";
    case Token::kGoto:
      return "goto";
    case Token::kIf:
      return "if";
    case Token::kImport:
      return "import";
    case Token::kInterface:
      return "interface";
    case Token::kMap:
      return "map";
    case Token::kPackage:
      return "package";
    case Token::kRange:
      return "range";
    case Token::kReturn:
      return "return";
    case Token::kSelect:
      return "select";
    case Token::kStruct:
      return "struct";
    case Token::kSwitch:
      return "switch";
    case Token::kType:
      return "type";
    case Token::kVar:
      return "var";
  }
  return "";
}

int Precedence(Token token) {
  switch (token) {
    case Token::kLOr:
      return 1;
    case Token::kLAnd:
      return 2;
    case Token::kEql:
    case Token::kNeq:
    case Token::kLss:
    case Token::kLeq:
    case Token::kGtr:
    case Token::kGeq:
      return 3;
    case Token::kAdd:
    case Token::kSub:
    case Token::kOr:
    case Token::kXor:
      return 4;
    case Token::kMul:
    case Token::kQuo:
    case Token::kRem:
    case Token::kAnd:
    case Token::kShl:
    case Token::kShr:
    case Token::kAndNot:
      return 5;
    default:
      return 0;
  }
}

}  // namespace heddle::golang
