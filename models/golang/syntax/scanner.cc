// SPDX-License-Identifier: Apache-2.0
//
// The scanner's rules, one function per lexical element.
//
// How to read it: Next, then Punctuation, Name, Number, Rune, String. Exempt from the limit on file
// length. Source: the Go specification, "Lexical elements".
#include "models/golang/syntax/scanner.h"

#include <algorithm>
#include <array>
#include <utility>

#include "models/golang/syntax/unicode.h"

namespace heddle::golang {
namespace {

bool IsAsciiLetter(char32_t c) { return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_'; }
bool IsDecimal(char32_t c) { return c >= '0' && c <= '9'; }
bool IsHex(char32_t c) { return IsDecimal(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }
char32_t Lower(char32_t c) { return c | 0x20; }

std::string BaseName(int base) {
  return base == 2 ? "binary" : base == 8 ? "octal" : base == 10 ? "decimal" : "hexadecimal";
}

// As Go's %q prints a rune.
std::string QuoteRune(char32_t c) {
  switch (c) {
    case '\n':
      return "'\\n'";
    case '\r':
      return "'\\r'";
    case '\t':
      return "'\\t'";
    case '\'':
      return "'\\''";
    case '\\':
      return "'\\\\'";
    default:
      break;
  }
  if (c < 0x20 || c == 0x7F) {
    const char* hex = "0123456789abcdef";
    return std::string("'\\x") + hex[c >> 4] + hex[c & 15] + "'";
  }
  std::string text = "'";
  AppendRune(text, c);
  return text + "'";
}

constexpr std::array<Token, 25> kKeywords = {
    Token::kBreak,     Token::kCase,   Token::kChan,    Token::kConst,       Token::kContinue,
    Token::kDefault,   Token::kDefer,  Token::kElse,    Token::kFallthrough, Token::kFor,
    Token::kFunc,      Token::kGo,     Token::kGoto,    Token::kIf,          Token::kImport,
    Token::kInterface, Token::kMap,    Token::kPackage, Token::kRange,       Token::kReturn,
    Token::kSelect,    Token::kStruct, Token::kSwitch,  Token::kType,        Token::kVar,
};

Token KeywordOrName(std::string_view text) {
  // The table is sorted by text.
  auto found = std::lower_bound(kKeywords.begin(), kKeywords.end(), text,
                                [](Token t, std::string_view s) { return TokenText(t) < s; });
  return found != kKeywords.end() && TokenText(*found) == text ? *found : Token::kName;
}

// The index of the first '_' of a number that does not separate digits, or npos. A base prefix
// counts as a digit.
size_t InvalidSeparator(std::string_view x) {
  size_t i = 0;
  char base = ' ';
  char previous = '.';  // '_', '0' for any digit, '.' for anything else.
  if (x.size() >= 2 && x[0] == '0') {
    base = static_cast<char>(x[1] | 0x20);
    if (base == 'x' || base == 'o' || base == 'b') {
      previous = '0';
      i = 2;
    }
  }
  for (; i < x.size(); i++) {
    const char32_t c = static_cast<uint8_t>(x[i]);
    if (c == '_') {
      if (previous != '0') return i;
      previous = '_';
    } else if (IsDecimal(c) || (base == 'x' && IsHex(c))) {
      previous = '0';
    } else {
      if (previous == '_') return i - 1;
      previous = '.';
    }
  }
  return previous == '_' ? x.size() - 1 : std::string_view::npos;
}

}  // namespace

Scanner::Scanner(std::string_view source, ErrorHandler error, CommentHandler comment)
    : source_(source), error_(std::move(error)), comment_(std::move(comment)) {
  Jump(0);
}

void Scanner::Error(uint32_t at, std::string message) { error_(at, std::move(message)); }

void Scanner::Jump(uint32_t target) {
  at_ = next_ = target;
  Read();
}

void Scanner::Read() {
  at_ = next_;
  if (next_ >= source_.size()) {
    ch_ = kEnd;
    return;
  }
  ch_ = static_cast<uint8_t>(source_[next_]);
  next_++;
  if (ch_ == 0 || ch_ >= 0x80) ReportCharacter();
}

void Scanner::ReportCharacter() {
  if (ch_ == 0) {
    Error(at_, "invalid NUL character");
    // One error for a run of them, as only the first of a line is ever shown.
    while (next_ < source_.size() && source_[next_] == 0) next_++;
    Read();
    return;
  }
  const DecodedRune decoded = DecodeRune(source_.substr(at_, 4));
  next_ = at_ + decoded.width;
  ch_ = decoded.rune;
  if (decoded.rune == kRuneError && decoded.width == 1) {
    Error(at_, "invalid UTF-8 encoding");
    // A run of wrong bytes is one error per byte in gc; only the first of a line is ever shown.
    while (next_ < source_.size() && DecodeRune(source_.substr(next_, 4)).width == 1 &&
           static_cast<uint8_t>(source_[next_]) >= 0x80) {
      next_++;
    }
    Read();
  } else if (decoded.rune == 0xFEFF) {
    if (at_ > 0) Error(at_, "invalid BOM in the middle of the file");
    Read();
  }
}

void Scanner::SkipToEnd() {
  at_ = next_ = static_cast<uint32_t>(source_.size());
  ch_ = kEnd;
  token = op = Token::kEof;
  offset = at_;
  text = {};
  semi_ = false;
}

void Scanner::Next() {
  const bool semicolons = semi_;
  semi_ = false;
  op = Token::kEof;
  for (;;) {
    while (ch_ == ' ' || ch_ == '\t' || (ch_ == '\n' && !semicolons) || ch_ == '\r') Read();
    offset = at_;
    if (IsAsciiLetter(ch_) || (ch_ >= 0x80 && ch_ != kEnd && AtNameCharacter(true))) {
      Read();
      Name();
      return;
    }
    if (ch_ == '/') {
      Read();
      if (!Comment(semicolons)) {
        Operator(Token::kQuo);
        return;
      }
      if (token == Token::kSemi) return;
      continue;
    }
    if (ch_ == kEnd || ch_ == '\n') {
      token = Token::kEof;
      if (semicolons) {
        token = Token::kSemi;
        text = ch_ == kEnd ? "EOF" : "newline";
      }
      if (ch_ == '\n') Read();
      return;
    }
    token = Token::kEof;
    Punctuation();
    if (token != Token::kEof) return;
    Error(at_, "invalid character " + DescribeRune(ch_));
    Read();
  }
}

bool Scanner::Comment(bool semicolons) {
  token = Token::kEof;
  if (ch_ == '/') {
    while (ch_ != kEnd && ch_ != '\n') Read();
    std::string_view comment = Segment();
    if (comment.ends_with('\r')) comment.remove_suffix(1);
    comment_(offset, comment);
    return true;
  }
  if (ch_ != '*') return false;
  Read();
  bool line_end = false;
  for (;;) {
    if (ch_ == kEnd) {
      Error(offset, "comment not terminated");
      return true;
    }
    const bool star = ch_ == '*';
    line_end = line_end || ch_ == '\n';
    Read();
    if (star && ch_ == '/') break;
  }
  Read();
  comment_(offset, Segment());
  if (line_end && semicolons) {
    token = Token::kSemi;
    text = "newline";
  }
  return true;
}

void Scanner::Simple(Token t) {
  token = t;
  semi_ = t == Token::kRParen || t == Token::kRBrack || t == Token::kRBrace;
  Read();
}

void Scanner::Operator(Token t) {
  op = t;
  token = t;
  if (ch_ == '=') {
    Read();
    token = Token::kAssignOp;
  }
}

void Scanner::Punctuation() {
  const char32_t c = ch_;
  auto then = [&](char32_t next) {  // Whether `next` follows; consumes it then.
    if (ch_ != next) return false;
    Read();
    return true;
  };
  auto plain = [&](Token t) { op = token = t; };
  switch (c) {
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
      return Number(false);
    case '"':
      return String();
    case '`':
      return RawString();
    case '\'':
      return Rune();
    case '(':
      return Simple(Token::kLParen);
    case '[':
      return Simple(Token::kLBrack);
    case '{':
      return Simple(Token::kLBrace);
    case ')':
      return Simple(Token::kRParen);
    case ']':
      return Simple(Token::kRBrack);
    case '}':
      return Simple(Token::kRBrace);
    case ',':
      return Simple(Token::kComma);
    case ';':
      text = "semicolon";
      return Simple(Token::kSemi);
    default:
      break;
  }
  if (c >= 0x80 ||
      std::string_view(":.+-*%&|^<>=!~").find(static_cast<char>(c)) == std::string_view::npos) {
    return;
  }
  Read();
  switch (c) {
    case ':':
      token = then('=') ? Token::kDefine : Token::kColon;
      return;
    case '.':
      if (IsDecimal(ch_)) return Number(true);
      token = Token::kDot;
      if (ch_ == '.' && next_ < source_.size() && source_[next_] == '.') {
        Read();
        Read();
        token = Token::kDotDotDot;
      }
      return;
    case '+':
      if (!then('+')) return Operator(Token::kAdd);
      plain(Token::kInc);
      semi_ = true;
      return;
    case '-':
      if (!then('-')) return Operator(Token::kSub);
      plain(Token::kDec);
      semi_ = true;
      return;
    case '*':
      return Operator(Token::kMul);
    case '%':
      return Operator(Token::kRem);
    case '^':
      return Operator(Token::kXor);
    case '&':
      if (then('&')) return plain(Token::kLAnd);
      return Operator(then('^') ? Token::kAndNot : Token::kAnd);
    case '|':
      if (then('|')) return plain(Token::kLOr);
      return Operator(Token::kOr);
    case '<':
      if (then('=')) return plain(Token::kLeq);
      if (then('<')) return Operator(Token::kShl);
      return plain(then('-') ? Token::kArrow : Token::kLss);
    case '>':
      if (then('=')) return plain(Token::kGeq);
      if (then('>')) return Operator(Token::kShr);
      return plain(Token::kGtr);
    case '=':
      if (then('=')) return plain(Token::kEql);
      token = Token::kAssign;
      return;
    case '!':
      return plain(then('=') ? Token::kNeq : Token::kNot);
    default:
      return plain(Token::kTilde);
  }
}

bool Scanner::AtNameCharacter(bool first) {
  if (IsLetter(ch_) || ch_ == '_') return true;
  if (IsDigit(ch_)) {
    if (first) Error(at_, "identifier cannot begin with digit " + DescribeRune(ch_));
    return true;
  }
  if (ch_ < 0x80 || ch_ == kEnd) return false;
  Error(at_, "invalid character " + DescribeRune(ch_) + " in identifier");
  return true;
}

void Scanner::Name() {
  while (IsAsciiLetter(ch_) || IsDecimal(ch_)) Read();
  if (ch_ >= 0x80 && ch_ != kEnd) {
    while (AtNameCharacter(false)) Read();
  }
  text = Segment();
  token = KeywordOrName(text);
  semi_ = token == Token::kName || token == Token::kBreak || token == Token::kContinue ||
          token == Token::kFallthrough || token == Token::kReturn;
}

void Scanner::Literal(LitKind kind, bool ok) {
  token = Token::kLiteral;
  lit = kind;
  text = Segment();
  bad = !ok;
  semi_ = true;
}

// Accepts digits and '_'. Returns bit 0: there were digits, bit 1: there were separators. For bases
// up to ten, any decimal digit is accepted, and the offset of the first one out of range is stored
// in *invalid if that is still negative.
int Scanner::Digits(int base, int64_t* invalid) {
  int seen = 0;
  for (; ch_ == '_' || (base <= 10 ? IsDecimal(ch_) : IsHex(ch_)); Read()) {
    if (ch_ == '_') {
      seen |= 2;
      continue;
    }
    seen |= 1;
    if (base < 10 && invalid != nullptr && *invalid < 0 && ch_ >= U'0' + base) *invalid = at_;
  }
  return seen;
}

void Scanner::Number(bool seen_point) {
  bool ok = true;
  LitKind kind = LitKind::kInt;
  int base = 10;
  char prefix = 0;  // '0' (old octal), 'x', 'o', 'b'; 0 for decimal.
  int seen = 0;
  int64_t invalid = -1;
  auto fail = [&](uint32_t at, std::string message) {
    if (ok) Error(at, std::move(message));
    ok = false;
  };

  if (!seen_point) {
    if (ch_ == '0') {
      Read();
      const char32_t c = Lower(ch_);
      if (c == 'x' || c == 'o' || c == 'b') {
        Read();
        prefix = static_cast<char>(c);
        base = c == 'x' ? 16 : c == 'o' ? 8 : 2;
      } else {
        prefix = '0';
        base = 8;
        seen = 1;
      }
    }
    seen |= Digits(base, &invalid);
    if (ch_ == '.') {
      if (prefix == 'o' || prefix == 'b') {
        fail(at_, "invalid radix point in " + BaseName(base) + " literal");
      }
      Read();
      seen_point = true;
    }
  }
  if (seen_point) {
    kind = LitKind::kFloat;
    seen |= Digits(base, &invalid);
  }
  if ((seen & 1) == 0) fail(at_, BaseName(base) + " literal has no digits");

  const char32_t e = Lower(ch_);
  if (ch_ != kEnd && (e == 'e' || e == 'p')) {
    if (e == 'e' && prefix != 0 && prefix != '0') {
      fail(at_, QuoteRune(ch_) + " exponent requires decimal mantissa");
    } else if (e == 'p' && prefix != 'x') {
      fail(at_, QuoteRune(ch_) + " exponent requires hexadecimal mantissa");
    }
    Read();
    kind = LitKind::kFloat;
    if (ch_ == '+' || ch_ == '-') Read();
    const int exponent = Digits(10, nullptr);
    seen = (seen & 2) | exponent;
    if ((exponent & 1) == 0) fail(at_, "exponent has no digits");
  } else if (prefix == 'x' && kind == LitKind::kFloat) {
    fail(at_, "hexadecimal mantissa requires a 'p' exponent");
  }
  if (ch_ == 'i') {
    kind = LitKind::kImaginary;
    Read();
  }
  Literal(kind, ok);
  if (kind == LitKind::kInt && invalid >= 0) {
    const uint32_t at = static_cast<uint32_t>(invalid);
    fail(at, "invalid digit " + QuoteRune(source_[at]) + " in " + BaseName(base) + " literal");
  }
  if ((seen & 2) != 0 && ok) {
    const size_t i = InvalidSeparator(text);
    if (i != std::string_view::npos) {
      fail(offset + static_cast<uint32_t>(i), "'_' must separate successive digits");
    }
  }
  bad = !ok;
}

void Scanner::Rune() {
  bool ok = true;
  Read();
  for (int n = 0;; n++) {
    if (ch_ == '\'') {
      if (ok && n == 0) {
        Error(at_, "empty rune literal or unescaped '");
        ok = false;
      } else if (ok && n != 1) {
        Error(offset, "more than one character in rune literal");
        ok = false;
      }
      Read();
      break;
    }
    if (ch_ == '\\') {
      Read();
      if (!Escape('\'')) ok = false;
      continue;
    }
    if (ch_ == '\n') {
      if (ok) Error(at_, "newline in rune literal");
      ok = false;
      break;
    }
    if (ch_ == kEnd) {
      if (ok) Error(offset, "rune literal not terminated");
      ok = false;
      break;
    }
    Read();
  }
  Literal(LitKind::kRune, ok);
}

void Scanner::String() {
  bool ok = true;
  Read();
  for (;;) {
    if (ch_ == '"') {
      Read();
      break;
    }
    if (ch_ == '\\') {
      Read();
      if (!Escape('"')) ok = false;
      continue;
    }
    if (ch_ == '\n') {
      Error(at_, "newline in string");
      ok = false;
      break;
    }
    if (ch_ == kEnd) {
      Error(offset, "string not terminated");
      ok = false;
      break;
    }
    Read();
  }
  Literal(LitKind::kString, ok);
}

void Scanner::RawString() {
  bool ok = true;
  Read();
  while (ch_ != '`') {
    if (ch_ == kEnd) {
      Error(offset, "string not terminated");
      ok = false;
      break;
    }
    Read();
  }
  if (ok) Read();
  Literal(LitKind::kString, ok);
}

// After a backslash. False when the escape is wrong and an error was reported.
bool Scanner::Escape(char32_t quote) {
  int count = 0;
  uint32_t base = 16;
  uint32_t max = kMaxRune;
  switch (ch_) {
    case 'a':
    case 'b':
    case 'f':
    case 'n':
    case 'r':
    case 't':
    case 'v':
    case '\\':
      Read();
      return true;
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
      count = 3, base = 8, max = 255;
      break;
    case 'x':
      Read();
      count = 2, max = 255;
      break;
    case 'u':
      Read();
      count = 4;
      break;
    case 'U':
      Read();
      count = 8;
      break;
    default:
      if (ch_ == quote) {
        Read();
        return true;
      }
      if (ch_ == kEnd) return true;  // The caller complains about the end.
      Error(at_, "unknown escape");
      return false;
  }
  uint32_t x = 0;
  for (; count > 0; count--) {
    if (ch_ == kEnd) return true;
    uint32_t digit = base;
    if (IsDecimal(ch_)) {
      digit = ch_ - '0';
    } else if (IsHex(ch_)) {
      digit = Lower(ch_) - 'a' + 10;
    }
    if (digit >= base) {
      Error(at_, "invalid character " + QuoteRune(ch_) + " in " + BaseName(base) + " escape");
      return false;
    }
    x = x * base + digit;
    Read();
  }
  if (x > max && base == 8) {
    Error(at_, "octal escape value " + std::to_string(x) + " > 255");
    return false;
  }
  if (x > max || (x >= 0xD800 && x < 0xE000 && max == kMaxRune)) {
    Error(at_, "escape is invalid Unicode code point " + DescribeRune(x));
    return false;
  }
  return true;
}

}  // namespace heddle::golang
