// SPDX-License-Identifier: Apache-2.0
//
// The scanner: Go source text to tokens, with automatic semicolons.
//
// Driven by the parser, one token at a time. Errors go to a callback; a wrong literal is still a
// token, marked `bad`. Invariant: Next always makes progress, and after the end of the text it
// gives kEof for ever. Source: the Go specification, "Lexical elements"; messages as in
// cmd/compile.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_SCANNER_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_SCANNER_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "models/golang/syntax/token.h"

namespace heddle::golang {

class Scanner {
 public:
  // Offsets count from the first byte of the source.
  using ErrorHandler = std::function<void(uint32_t offset, std::string message)>;
  // Called with each comment: `//` and the text, line end excluded, or `/*` to `*/`.
  using CommentHandler = std::function<void(uint32_t offset, std::string_view text)>;

  // `source` must outlive the scanner.
  Scanner(std::string_view source, ErrorHandler error, CommentHandler comment);

  // Moves to the next token and fills the fields below.
  void Next();
  // Gives up on the rest of the text: the token becomes kEof.
  void SkipToEnd();

  Token token = Token::kEof;
  // The binary or unary operator, for operator tokens, kAssignOp and kInc/kDec; kEof for others.
  Token op = Token::kEof;
  uint32_t offset = 0;  // Of the token.
  std::string_view
      text;  // Of names and literals; for kSemi why it is there: "semicolon", "newline" or "EOF".
  LitKind lit = LitKind::kInt;
  bool bad = false;  // The literal has no value; an error was reported.

 private:
  static constexpr char32_t kEnd = 0xFFFFFFFF;

  void Read();                 // Moves to the next character.
  void Jump(uint32_t offset);  // Makes the character at `offset` the current one.
  void ReportCharacter();      // Checks a character that is not plain ASCII.
  void Error(uint32_t at, std::string message);
  std::string_view Segment() const { return source_.substr(offset, at_ - offset); }
  void Operator(Token t);  // After an operator character: also recognizes op=.
  void Simple(Token t);
  bool Comment(bool semicolons);  // After '/': true when it was a comment; then `token` is kSemi if
                                  // it ended the line.
  void Punctuation();
  void Name();
  bool AtNameCharacter(bool first);
  void Number(bool seen_point);
  int Digits(int base, int64_t* invalid);
  void Literal(LitKind kind, bool ok);
  void Rune();
  void String();
  void RawString();
  bool Escape(char32_t quote);

  std::string_view source_;
  ErrorHandler error_;
  CommentHandler comment_;
  char32_t ch_ = ' ';  // Current character.
  uint32_t at_ = 0;    // Its offset.
  uint32_t next_ = 0;  // Offset of the character after it.
  bool semi_ = false;  // A line end here is a semicolon.
};

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_SCANNER_H_
