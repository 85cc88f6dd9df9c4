// SPDX-License-Identifier: Apache-2.0
//
// A recursive-descent parser for the whole of Go 1.22.
//
// How to read it: ParseSource at the end of the class, then declarations, types, expressions,
// statements; each function names its production. Exempt from the limit on file length. Invariants:
// a function named ...OrNull may return null, the others never do; every loop consumes a token or
// ends; recursion is counted by Nest, so that no input exhausts the stack. Source: the Go
// specification; messages and recovery points as in cmd/compile (go1.22 and later).
#include "models/golang/syntax/parser.h"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "models/golang/syntax/branches.h"
#include "models/golang/syntax/literal.h"
#include "models/golang/syntax/scanner.h"

namespace heddle::golang {
namespace {

// After this many errors gc gives up.

// x.(type), with the name that a switch binds to it. In a finished tree there is none: it became a
// TypeSwitchStmt.
struct Guard : TypeAssertExpr {
  Ident* bound = nullptr;
  Pos define;
};

// One parameter while it is not yet known whether a lone name is a name or a type.
struct Parameter {
  Pos pos;
  Ident* name = nullptr;
  Expr* type = nullptr;
};

struct Header {
  Stmt* init = nullptr;  // For a range clause: the RangeStmt.
  Expr* cond = nullptr;
  Stmt* post = nullptr;
};

bool IsKeyword(Token t) { return t >= Token::kBreak && t <= Token::kVar; }

// How a token is called in messages.
std::string TokenWord(Token t) {
  if (t == Token::kComma) return "comma";
  if (t == Token::kSemi) return "semicolon or newline";
  std::string text(TokenText(t));
  return IsKeyword(t) ? "keyword " + text : text;
}

class TokenSet {
 public:
  constexpr TokenSet(std::initializer_list<Token> tokens) {
    for (Token t : tokens) bits_ |= uint64_t{1} << Index(t);
  }
  bool Has(Token t) const { return (bits_ >> Index(t) & 1) != 0; }
  TokenSet Union(TokenSet other) const {
    other.bits_ |= bits_;
    return other;
  }

 private:
  // All operators share a bit: no set tells them apart.
  static constexpr int Index(Token t) {
    if (t >= Token::kAdd && t <= Token::kTilde) return 3;
    const int i = static_cast<int>(t);
    return i < static_cast<int>(Token::kAdd) ? i : i - static_cast<int>(Token::kTilde) + 3;
  }
  uint64_t bits_ = 0;
};
static_assert(static_cast<int>(Token::kVar) - static_cast<int>(Token::kTilde) + 3 < 64);

// Keywords that start a statement: good places to go on after an error inside a function.
constexpr TokenSet kStatementStart = {
    Token::kBreak,  Token::kConst,  Token::kContinue, Token::kDefer, Token::kFallthrough,
    Token::kFor,    Token::kGo,     Token::kGoto,     Token::kIf,    Token::kReturn,
    Token::kSelect, Token::kSwitch, Token::kType,     Token::kVar};

// Whether the expression can only be a type element of a constraint, not a value.
bool IsTypeElement(const Expr* x) {
  switch (x->kind) {
    case NodeKind::kArrayType:
    case NodeKind::kStructType:
    case NodeKind::kFuncType:
    case NodeKind::kInterfaceType:
    case NodeKind::kMapType:
    case NodeKind::kChanType:
      return true;
    case NodeKind::kBinaryExpr:
      return IsTypeElement(Cast<BinaryExpr>(x)->x) || IsTypeElement(Cast<BinaryExpr>(x)->y);
    case NodeKind::kUnaryExpr:
      return Cast<UnaryExpr>(x)->op == Token::kTilde || IsTypeElement(Cast<UnaryExpr>(x)->x);
    case NodeKind::kStarExpr:
      return IsTypeElement(Cast<StarExpr>(x)->x);
    case NodeKind::kParenExpr:
      return IsTypeElement(Cast<ParenExpr>(x)->x);
    default:
      return false;
  }
}

// Whether the expression can only be a value, not a type.
bool IsValue(const Expr* x) {
  switch (x->kind) {
    case NodeKind::kBasicLit:
    case NodeKind::kCompositeLit:
    case NodeKind::kFuncLit:
    case NodeKind::kSliceExpr:
    case NodeKind::kTypeAssertExpr:
    case NodeKind::kCallExpr:
    case NodeKind::kUnaryExpr:
    case NodeKind::kBinaryExpr:
      return true;
    case NodeKind::kParenExpr:
      return IsValue(Cast<ParenExpr>(x)->x);
    case NodeKind::kIndexExpr: {
      const auto* index = Cast<IndexExpr>(x);
      return IsValue(index->x) ||
             std::any_of(index->indices.begin(), index->indices.end(), IsValue);
    }
    default:
      return false;
  }
}

Expr* Unparenthesized(Expr* x) {
  while (auto* paren = As<ParenExpr>(x)) x = paren->x;
  return x;
}

class Parser {
 public:
  Parser(FileSet& files, File& file, DiagnosticList& diagnostics, int max_errors)
      : files_(files),
        file_(file),
        diagnostics_(diagnostics),
        max_errors_(max_errors),
        scanner_(
            file.source,
            [this](uint32_t offset, std::string message) {
              ErrorAt(file_.pos.Plus(offset), std::move(message));
            },
            [this](uint32_t offset, std::string_view text) { Comment(offset, text); }) {}

  void ParseSource();

 private:
  // ---- Tokens ----

  Token tok() const { return scanner_.token; }
  Pos pos() const { return file_.pos.Plus(scanner_.offset); }
  void Next() { scanner_.Next(); }
  bool Got(Token t) {
    if (tok() != t) return false;
    Next();
    return true;
  }
  void Want(Token t) {
    if (Got(t)) return;
    SyntaxError("expected " + TokenWord(t));
    SkipOne();
  }
  // '=', or ':=' with a complaint.
  bool GotAssign() {
    if (tok() == Token::kDefine) {
      SyntaxError("expected =");
    } else if (tok() != Token::kAssign) {
      return false;
    }
    Next();
    return true;
  }
  void SkipOne() {
    if (tok() != Token::kEof) Next();
  }
  // Skips to a token of the set, or inside a function to the start of a statement.
  void Advance(TokenSet follow) {
    const TokenSet stop = function_nesting_ > 0 ? follow.Union(kStatementStart) : follow;
    while (tok() != Token::kEof && !stop.Has(tok())) Next();
  }
  void Comment(uint32_t offset, std::string_view text);
  void LineComment(std::string_view text, Pos next);

  // ---- Errors ----

  void ErrorAt(Pos at, std::string message);
  void SyntaxErrorAt(Pos at, std::string message);
  void SyntaxError(std::string message) { SyntaxErrorAt(pos(), std::move(message)); }
  std::string CurrentToken() const;

  // ---- Nodes ----

  template <class T>
  T* Make(Pos at) {
    T* node = file_.arena.New<T>();
    node->kind = T::kKind;
    node->id = files_.NewNodeId();
    node->pos = at;
    return node;
  }
  template <class T>
  List<T> Keep(const std::vector<T*>& nodes) {
    return file_.arena.Copy(nodes);
  }
  // Sets the height of a node from those of the nodes below it, which may be null.
  template <class T>
  T* Grown(T* node, std::initializer_list<const Expr*> below) {
    int height = node->height;
    for (const Expr* x : below) {
      if (x != nullptr) height = std::max<int>(height, x->height);
    }
    SetHeight(node, height + 1);
    return node;
  }
  template <class T>
  T* Grown(T* node, const Expr* first, List<Expr> rest) {
    int height = first == nullptr ? 0 : first->height;
    for (const Expr* x : rest) height = std::max<int>(height, x->height);
    SetHeight(node, height + 1);
    return node;
  }
  void SetHeight(Expr* node, int height);
  void TooDeep();
  // Counts a level of recursion while it lives.
  class Nest {
   public:
    explicit Nest(Parser& parser) : parser_(parser) {
      if (++parser_.nesting_ > kMaxNesting) parser_.TooDeep();
    }
    ~Nest() { parser_.nesting_--; }
    Nest(const Nest&) = delete;
    Nest& operator=(const Nest&) = delete;

   private:
    Parser& parser_;
  };

  BadExpr* Bad() { return Make<BadExpr>(pos()); }
  Ident* MakeIdent(Pos at, std::string_view name) {
    auto* ident = Make<Ident>(at);
    ident->name = name;
    return ident;
  }
  StarExpr* MakeStar(Pos at, Expr* x) {
    auto* star = Make<StarExpr>(at);
    star->x = x;
    return Grown(star, {x});
  }

  // ---- Declarations ----

  template <class F>
  Pos ParseList(std::string_view context, Token separator, Token close, F element);
  GenDecl* ParseGenDecl(Token keyword);
  Spec* ParseSpec(Token keyword, uint32_t index, const ValueSpec*& repeated);
  ImportSpec* ParseImportSpec();
  ValueSpec* ParseConstSpec(uint32_t index, const ValueSpec*& repeated);
  ValueSpec* ParseVarSpec();
  TypeSpec* ParseTypeSpec();
  void ParseTypeParamsOrArray(TypeSpec* spec);
  std::pair<Ident*, Expr*> SplitTypeParam(Expr* x, bool force);
  FuncDecl* ParseFuncDecl();
  BlockStmt* ParseFuncBody();

  // ---- Types ----

  Expr* ParseType();
  Expr* ParseTypeOrNull();
  Expr* ParseTypeInstance(Expr* type);
  FuncType* ParseFuncType(Pos at, std::string_view context);
  Expr* ParseArrayType(Pos at, Expr* length);
  Expr* ParseSliceType(Pos at);
  Expr* ParseChanElement();
  StructType* ParseStructType();
  void ParseFieldDecl(std::vector<Field*>& fields);
  InterfaceType* ParseInterfaceType();
  Field* ParseMethodOrEmbedded();
  void ParseMethodBrackets(Field* field, Ident* name);
  Expr* ParseUnion(Expr* first);
  Expr* ParseUnionTerm();
  Expr* ParseArrayOrTypeArgs();
  FieldList ParseResult();
  bool ParseParameter(Ident* name, Token follow, Parameter& out);
  bool ParseNamedParameter(Ident* name, bool type_sets, Parameter& out);
  // After the opening bracket. A first name, or a first name and type, may already have been read.
  std::vector<Parameter> ParseParameters(Ident* name, Expr* type, Token close, bool require_names,
                                         Pos* end);
  void DistributeTypes(std::vector<Parameter>& list, bool require_names, Pos end);
  FieldList MakeFields(Pos open, const std::vector<Parameter>& list, Pos close);
  Field* MakeField(Pos at, std::vector<Ident*> names, Expr* type, BasicLit* tag);

  // ---- Expressions ----

  Expr* ParseExpr() { return ParseBinary(nullptr, 0); }
  std::vector<Expr*> ParseExprList();
  Expr* ParseBinary(Expr* x, int precedence);
  Expr* ParseUnary();
  Expr* ParseReceive();
  Expr* ParseOperand();
  Expr* ParsePrimary(Expr* x);
  Expr* ParseDot(Expr* x);
  Expr* ParseBrackets(Expr* x);
  Expr* ParseSlice(Pos at, Expr* x, Expr* low);
  Expr* ParseCall(Expr* x);
  bool CompositeLitMayFollow(const Expr* x) const;
  CompositeLit* ParseCompositeLit(Expr* type);
  Expr* ParseElement();
  std::vector<Expr*> ParseTypeList(bool* comma);
  Ident* ParseName();
  std::vector<Ident*> ParseNameList(Ident* first);
  Expr* ParseQualifiedName(Ident* name);
  BasicLit* ParseLiteralOrNull();

  // ---- Statements ----

  Stmt* ParseSimpleStmt(std::vector<Expr*> lhs, Token keyword);
  RangeStmt* ParseRangeClause(Pos at, const std::vector<Expr*>& lhs, bool define);
  Stmt* ParseLabeledOrNull(Ident* label);
  BlockStmt* ParseBlock(std::string_view context);
  Header ParseHeader(Token keyword);
  void ParseHeaderRest(Token keyword, Header& header);
  Expr* HeaderCondition(Token keyword, Stmt* stmt, Pos semi, std::string_view semi_text);
  Stmt* ParseFor();
  IfStmt* ParseIf();
  Stmt* ParseSwitch();
  SelectStmt* ParseSelect();
  CaseClause* ParseCaseClause();
  CommClause* ParseCommClause();
  Stmt* ParseCallStmt();
  Stmt* ParseBranch();
  Stmt* ParseStmtOrNull();
  std::vector<Stmt*> ParseStmtList();

  FileSet& files_;
  File& file_;
  DiagnosticList& diagnostics_;

  bool before_package_ = true;
  bool given_up_ = false;
  const int max_errors_;
  int error_count_ = 0;           // As gc counts: at most one syntax error of a line.
  uint32_t syntax_line_ = 0;      // Line of the last syntax error.
  uint32_t last_error_line_ = 0;  // Line and text of the last other error.
  std::string last_error_;
  int function_nesting_ = 0;
  // Negative in the header of a control clause, where '{' starts the block; brackets raise it
  // again.
  int expression_level_ = 0;
  int nesting_ = 0;
  int body_height_ =
      0;  // Greatest height of an expression since the innermost function body began.
  std::vector<Guard*> guards_;  // Those not yet part of a switch.
  // Last: it reads its first character, and may report it, as it is made.
  Scanner scanner_;
};

// ---- Errors

void Parser::ErrorAt(Pos at, std::string message) {
  if (given_up_) return;
  const uint32_t line = files_.Line(at);
  if (message.starts_with("syntax error")) {
    if (line == syntax_line_) return;
    syntax_line_ = line;
  } else {
    if (line == last_error_line_ && message == last_error_) return;
    last_error_line_ = line;
    last_error_ = message;
  }
  diagnostics_.Error(at, std::move(message));
  if (++error_count_ == max_errors_) {
    given_up_ = true;
    scanner_.SkipToEnd();
  }
}

std::string Parser::CurrentToken() const {
  const std::string text(scanner_.text);
  switch (tok()) {
    case Token::kName:
      return "name " + text;
    case Token::kSemi:
      return text;
    case Token::kLiteral:
      return "literal " + text;
    case Token::kAssignOp:
      return std::string(TokenText(scanner_.op)) + "=";
    default:
      return TokenWord(tok());
  }
}

void Parser::SyntaxErrorAt(Pos at, std::string message) {
  if (given_up_) return;
  if (tok() == Token::kEof && error_count_ > 0) return;  // Only a consequence of an earlier error.
  if (files_.Line(at) == syntax_line_) {
    error_count_ += error_count_ == 0;
    return;
  }
  const std::string_view m = message;
  if (m.starts_with("in ") || m.starts_with("at ") || m.starts_with("after ")) {
    message = "unexpected " + CurrentToken() + " " + message;
  } else if (m.starts_with("expected ")) {
    message = "unexpected " + CurrentToken() + ", " + message;
  }
  ErrorAt(at, "syntax error: " + message);
}

void Parser::TooDeep() {
  if (given_up_) return;
  diagnostics_.Error(pos(), "syntax error: nesting too deep: heddle reads at most " +
                                std::to_string(kMaxNesting) + " levels");
  error_count_++;
  given_up_ = true;
  scanner_.SkipToEnd();
}

void Parser::SetHeight(Expr* node, int height) {
  if (height > kMaxHeight && !given_up_) {
    diagnostics_.Error(node->pos, "syntax error: expression too long: heddle reads at most " +
                                      std::to_string(kMaxHeight) + " operators in a row");
    error_count_++;
    given_up_ = true;
    scanner_.SkipToEnd();
  }
  node->height = static_cast<uint16_t>(std::min(height, kMaxHeight));
  body_height_ = std::max<int>(body_height_, node->height);
}

void Parser::Comment(uint32_t offset, std::string_view text) {
  const bool line_start = offset == 0 || file_.source[offset - 1] == '\n';
  if (text.starts_with("//line ") && line_start) {
    LineComment(text.substr(7), file_.pos.Plus(offset + static_cast<uint32_t>(text.size()) + 1));
  } else if (text.starts_with("/*line ") && text.find('\n') == std::string_view::npos) {
    LineComment(text.substr(7, text.size() - 9),
                file_.pos.Plus(offset + static_cast<uint32_t>(text.size())));
  }
  if (!before_package_) return;
  auto trim = [](std::string_view s) {
    while (!s.empty() && (s.front() == ' ' || s.front() == '\t')) s.remove_prefix(1);
    while (!s.empty() && (s.back() == ' ' || s.back() == '\t')) s.remove_suffix(1);
    return s;
  };
  constexpr std::string_view kDirective = "//heddle:";
  constexpr std::string_view kBuild = "//go:build ";
  if (text.starts_with(kDirective)) {
    const std::string_view rest = text.substr(kDirective.size());
    const size_t space = std::min(rest.find_first_of(" \t"), rest.size());
    file_.directives.push_back(
        {rest.substr(0, space), trim(rest.substr(space)), file_.pos.Plus(offset)});
  } else if (text.starts_with(kBuild)) {
    const std::string_view tag = trim(text.substr(kBuild.size()));
    if (tag.starts_with("go1.") &&
        tag.find_first_not_of("0123456789", 4) == std::string_view::npos) {
      file_.go_version = tag;
    }
  }
}

// "file:line" or "file:line:column", as the place from `next` on. Others are ordinary comments.
void Parser::LineComment(std::string_view text, Pos next) {
  // Cuts the number after the last colon off.
  auto cut = [](std::string_view& s, uint32_t& number) {
    const size_t colon = s.rfind(':');
    if (colon == std::string_view::npos || colon + 1 == s.size() || s.size() - colon > 9)
      return false;
    uint32_t value = 0;
    for (char c : s.substr(colon + 1)) {
      if (c < '0' || c > '9') return false;
      value = value * 10 + static_cast<uint32_t>(c - '0');
    }
    number = value;
    s = s.substr(0, colon);
    return value > 0;
  };
  uint32_t line = 0;
  uint32_t column = 0;
  if (!cut(text, line)) return;
  uint32_t first = 0;
  const bool has_column = cut(text, first);
  if (has_column) column = std::exchange(line, first);
  std::string name(text);
  if (name.empty()) name = has_column ? std::string(files_.Resolve(pos()).file) : "??";
  if (next <= file_.end) files_.SetLine(next, std::move(name), line, column);
}

// ---- Declarations

// [ element { separator element } [ separator ] ] close. `element` returns true to end the list.
// Returns the place of `close`.
template <class F>
Pos Parser::ParseList(std::string_view context, Token separator, Token close, F element) {
  bool done = false;
  while (tok() != Token::kEof && tok() != close && !done) {
    done = element();
    if (!Got(separator) && tok() != close) {
      SyntaxError("in " + std::string(context) + "; possibly missing " + TokenWord(separator) +
                  " or " + TokenWord(close));
      Advance({Token::kRParen, Token::kRBrack, Token::kRBrace});
      if (tok() != close) return pos();
    }
  }
  const Pos end = pos();
  Want(close);
  return end;
}

// SourceFile = PackageClause ";" { ImportDecl ";" } { TopLevelDecl ";" } .
void Parser::ParseSource() {
  Next();
  before_package_ = false;
  if (!Got(Token::kPackage)) {
    SyntaxError("package statement must be first");
    return;
  }
  Ident* name = ParseName();
  Want(Token::kSemi);
  if (error_count_ > 0) return;
  file_.package = name;

  constexpr TokenSet kDeclStart = {Token::kImport, Token::kConst, Token::kType, Token::kVar,
                                   Token::kFunc};
  std::vector<Decl*> decls;
  std::vector<ImportSpec*> imports;
  Token previous = Token::kImport;
  while (tok() != Token::kEof) {
    if (tok() == Token::kImport && previous != Token::kImport) {
      SyntaxError("imports must appear before other declarations");
    }
    previous = tok();
    switch (tok()) {
      case Token::kImport:
      case Token::kConst:
      case Token::kType:
      case Token::kVar: {
        GenDecl* decl = ParseGenDecl(tok());
        decls.push_back(decl);
        if (decl->tok == Token::kImport) {
          for (Spec* spec : decl->specs) imports.push_back(static_cast<ImportSpec*>(spec));
        }
        break;
      }
      case Token::kFunc:
        decls.push_back(ParseFuncDecl());
        break;
      default: {
        const auto* last = decls.empty() ? nullptr : As<FuncDecl>(decls.back());
        if (tok() == Token::kLBrace && last != nullptr && last->body == nullptr) {
          SyntaxError("unexpected semicolon or newline before {");
        } else {
          SyntaxError("non-declaration statement outside function body");
        }
        Advance(kDeclStart);
        continue;
      }
    }
    if (tok() != Token::kEof && !Got(Token::kSemi)) {
      SyntaxError("after top level declaration");
      Advance(kDeclStart);
    }
  }
  file_.decls = Keep(decls);
  file_.imports = Keep(imports);
  for (Guard* guard : guards_) {
    ErrorAt(StartPos(guard), "invalid syntax tree: use of .(type) outside type switch");
    guard->kind = NodeKind::kBadExpr;
  }
}

// One spec, or a group of them in parentheses.
GenDecl* Parser::ParseGenDecl(Token keyword) {
  auto* decl = Make<GenDecl>(pos());
  decl->tok = keyword;
  Next();
  std::vector<Spec*> specs;
  const ValueSpec* repeated = nullptr;
  if (Got(Token::kLParen)) {
    ParseList("grouped declaration", Token::kSemi, Token::kRParen, [&] {
      specs.push_back(ParseSpec(keyword, static_cast<uint32_t>(specs.size()), repeated));
      return false;
    });
  } else {
    specs.push_back(ParseSpec(keyword, 0, repeated));
  }
  decl->specs = Keep(specs);
  return decl;
}

Spec* Parser::ParseSpec(Token keyword, uint32_t index, const ValueSpec*& repeated) {
  if (keyword == Token::kImport) return ParseImportSpec();
  if (keyword == Token::kConst) return ParseConstSpec(index, repeated);
  if (keyword == Token::kType) return ParseTypeSpec();
  return ParseVarSpec();
}

// ImportSpec = [ "." | PackageName ] ImportPath .
ImportSpec* Parser::ParseImportSpec() {
  auto* spec = Make<ImportSpec>(pos());
  if (tok() == Token::kName) {
    spec->name = ParseName();
  } else if (tok() == Token::kDot) {
    spec->name = MakeIdent(pos(), ".");
    Next();
  }
  spec->path_lit = ParseLiteralOrNull();
  if (spec->path_lit == nullptr) {
    spec->path_lit = Make<BasicLit>(pos());
    spec->path_lit->bad = true;
    SyntaxError("missing import path");
    Advance({Token::kSemi, Token::kRParen});
  } else if (!spec->path_lit->bad && spec->path_lit->lit != LitKind::kString) {
    SyntaxErrorAt(spec->path_lit->pos, "import path must be a string");
    spec->path_lit->bad = true;
  } else if (!spec->path_lit->bad) {
    spec->path = file_.arena.CopyString(StringValue(spec->path_lit->text));
  }
  return spec;
}

// ConstSpec = IdentifierList [ [ Type ] "=" ExpressionList ] .
ValueSpec* Parser::ParseConstSpec(uint32_t index, const ValueSpec*& repeated) {
  auto* spec = Make<ValueSpec>(pos());
  spec->iota = index;
  spec->names = Keep(ParseNameList(ParseName()));
  if (tok() != Token::kEof && tok() != Token::kSemi && tok() != Token::kRParen) {
    spec->type = ParseTypeOrNull();
    if (GotAssign()) spec->values = Keep(ParseExprList());
  }
  if (spec->type != nullptr || !spec->values.empty()) repeated = spec;
  spec->repeats = repeated;
  return spec;
}

// VarSpec = IdentifierList ( Type [ "=" ExpressionList ] | "=" ExpressionList ) .
ValueSpec* Parser::ParseVarSpec() {
  auto* spec = Make<ValueSpec>(pos());
  spec->names = Keep(ParseNameList(ParseName()));
  if (!GotAssign()) {
    spec->type = ParseType();
    if (!GotAssign()) return spec;
  }
  spec->values = Keep(ParseExprList());
  return spec;
}

// TypeSpec = identifier [ TypeParams ] [ "=" ] Type .
TypeSpec* Parser::ParseTypeSpec() {
  auto* spec = Make<TypeSpec>(pos());
  spec->name = ParseName();
  if (tok() == Token::kLBrack) {
    ParseTypeParamsOrArray(spec);
  } else {
    spec->alias = GotAssign();
    spec->type = ParseTypeOrNull();
  }
  if (spec->type == nullptr) {
    spec->type = Bad();
    SyntaxError("in type declaration");
    Advance({Token::kSemi, Token::kRParen});
  }
  return spec;
}

// After `type T`, at '[': either type parameters or an array or slice type. `type T[P *C]` could be
// both; the specification reads it as an array of length P*C unless what follows can only be a
// constraint.
void Parser::ParseTypeParamsOrArray(TypeSpec* spec) {
  const Pos open = pos();
  Next();
  if (tok() == Token::kRBrack) {
    Next();
    spec->type = ParseSliceType(open);
    return;
  }
  if (tok() != Token::kName) {
    spec->type = ParseArrayType(open, nullptr);
    return;
  }
  Expr* x = ParseName();
  if (tok() != Token::kLBrack) {
    expression_level_++;
    x = ParseBinary(ParsePrimary(x), 0);
    expression_level_--;
  }
  auto [name, constraint] = SplitTypeParam(x, tok() == Token::kComma);
  if (name == nullptr || (constraint == nullptr && tok() == Token::kRBrack)) {
    spec->type = ParseArrayType(open, x);
    return;
  }
  Pos close;
  const auto params = ParseParameters(name, constraint, Token::kRBrack, true, &close);
  spec->type_params = MakeFields(open, params, close);
  spec->alias = GotAssign();
  spec->type = ParseTypeOrNull();
}

// Splits x into a name and a constraint when it reads as `name constraint` (P *C, P (C), P *C|D):
// only when the constraint cannot be a value, or `force`. A lone name gives {name, null}; no split
// gives {null, x}.
std::pair<Ident*, Expr*> Parser::SplitTypeParam(Expr* x, bool force) {
  if (auto* name = As<Ident>(x)) return {name, nullptr};
  if (auto* binary = As<BinaryExpr>(x)) {
    if (binary->op == Token::kMul) {
      auto* name = As<Ident>(binary->x);
      if (name != nullptr && (force || IsTypeElement(binary->y))) {
        return {name, MakeStar(binary->pos, binary->y)};
      }
    } else if (binary->op == Token::kOr) {
      auto [name, left] = SplitTypeParam(binary->x, force || IsTypeElement(binary->y));
      if (name != nullptr && left != nullptr) {
        binary->x = left;
        return {name, binary};
      }
    }
  } else if (auto* call = As<CallExpr>(x)) {
    auto* name = As<Ident>(call->fun);
    if (name != nullptr && call->args.size() == 1 && !call->has_dots &&
        (force || IsTypeElement(call->args[0]))) {
      return {name, call->args[0]};
    }
  }
  return {nullptr, x};
}

// FunctionDecl = "func" [ Receiver ] identifier [ TypeParams ] Signature [ FunctionBody ] .
FuncDecl* Parser::ParseFuncDecl() {
  Next();
  auto* decl = Make<FuncDecl>(pos());
  std::string_view context;
  if (tok() == Token::kLParen) {
    context = "method";
    const Pos open = pos();
    Next();
    Pos close;
    auto receivers = ParseParameters(nullptr, nullptr, Token::kRParen, false, &close);
    if (receivers.empty()) {
      ErrorAt(pos(), "method has no receiver");
    } else {
      if (receivers.size() > 1) ErrorAt(pos(), "method has multiple receivers");
      receivers.resize(1);
      decl->recv = MakeFields(open, receivers, close).fields[0];
    }
  }
  if (tok() == Token::kName) {
    decl->name = ParseName();
    decl->type = ParseFuncType(pos(), context);
  } else {
    decl->name = MakeIdent(pos(), "_");
    decl->type = Make<FuncType>(pos());
    SyntaxError(context.empty() ? "expected name or (" : "expected name");
    Advance({Token::kLBrace, Token::kSemi});
  }
  if (tok() == Token::kLBrace) decl->body = ParseFuncBody();
  return decl;
}

BlockStmt* Parser::ParseFuncBody() {
  function_nesting_++;
  const int errors = error_count_;
  BlockStmt* body = ParseBlock("");
  function_nesting_--;
  if (errors == error_count_ && !given_up_) {
    DiagnosticList found;
    CheckBranches(files_, body, found);
    for (const Diagnostic& d : found) ErrorAt(d.pos, d.message);
  }
  return body;
}

// ---- Types

Expr* Parser::ParseType() {
  Expr* type = ParseTypeOrNull();
  if (type == nullptr) {
    type = Bad();
    SyntaxError("expected type");
    Advance({Token::kComma, Token::kColon, Token::kSemi, Token::kRParen, Token::kRBrack,
             Token::kRBrace});
  }
  return type;
}

// Type = TypeName [ TypeArgs ] | TypeLit | "(" Type ")" . Null without an error when there is none.
Expr* Parser::ParseTypeOrNull() {
  const Nest nest(*this);
  const Pos at = pos();
  switch (tok()) {
    case Token::kMul:
      Next();
      return MakeStar(at, ParseType());
    case Token::kArrow: {
      Next();
      Want(Token::kChan);
      auto* type = Make<ChanType>(at);
      type->dir = ChanDir::kReceive;
      type->element = ParseChanElement();
      return Grown(type, {type->element});
    }
    case Token::kFunc:
      Next();
      return ParseFuncType(at, "function type");
    case Token::kLBrack:
      Next();
      return Got(Token::kRBrack) ? ParseSliceType(at) : ParseArrayType(at, nullptr);
    case Token::kChan: {
      Next();
      auto* type = Make<ChanType>(at);
      type->dir = Got(Token::kArrow) ? ChanDir::kSend : ChanDir::kBoth;
      type->element = ParseChanElement();
      return Grown(type, {type->element});
    }
    case Token::kMap: {
      Next();
      Want(Token::kLBrack);
      auto* type = Make<MapType>(at);
      type->key = ParseType();
      Want(Token::kRBrack);
      type->value = ParseType();
      return Grown(type, {type->key, type->value});
    }
    case Token::kStruct:
      return ParseStructType();
    case Token::kInterface:
      return ParseInterfaceType();
    case Token::kName:
      return ParseQualifiedName(nullptr);
    case Token::kLParen: {
      Next();
      auto* paren = Make<ParenExpr>(at);
      paren->x = ParseType();
      Want(Token::kRParen);
      return Grown(paren, {paren->x});
    }
    default:
      return nullptr;
  }
}

// TypeArgs = "[" TypeList [ "," ] "]" .
Expr* Parser::ParseTypeInstance(Expr* type) {
  auto* index = Make<IndexExpr>(pos());
  Want(Token::kLBrack);
  index->x = type;
  std::vector<Expr*> args;
  if (tok() == Token::kRBrack) {
    SyntaxError("expected type argument list");
    args.push_back(Bad());
  } else {
    bool comma;
    args = ParseTypeList(&comma);
  }
  index->indices = Keep(args);
  index->rbrack = pos();
  Want(Token::kRBrack);
  return Grown(index, type, index->indices);
}

// Signature with optional type parameters, which are an error when a context is named.
FuncType* Parser::ParseFuncType(Pos at, std::string_view context) {
  auto* type = Make<FuncType>(at);
  if (tok() == Token::kLBrack) {
    const Pos open = pos();
    Next();
    if (!context.empty()) {
      SyntaxErrorAt(open, std::string(context) + " must have no type parameters");
    }
    if (tok() == Token::kRBrack) {
      SyntaxError("empty type parameter list");
      Next();
    } else {
      Pos close;
      const auto params = ParseParameters(nullptr, nullptr, Token::kRBrack, true, &close);
      if (context.empty()) type->type_params = MakeFields(open, params, close);
    }
  }
  const Pos open = pos();
  Want(Token::kLParen);
  Pos close;
  const auto params = ParseParameters(nullptr, nullptr, Token::kRParen, false, &close);
  type->params = MakeFields(open, params, close);
  type->results = ParseResult();
  for (const FieldList* list : {&type->type_params, &type->params, &type->results}) {
    for (const Field* f : list->fields) Grown(type, {f->type});
  }
  return type;
}

// Result = Parameters | Type .
FieldList Parser::ParseResult() {
  const Pos open = pos();
  if (Got(Token::kLParen)) {
    Pos close;
    const auto results = ParseParameters(nullptr, nullptr, Token::kRParen, false, &close);
    return MakeFields(open, results, close);
  }
  FieldList list;
  if (Expr* type = ParseTypeOrNull()) {
    list.open = open;
    list.fields = Keep<Field>({MakeField(open, {}, type, nullptr)});
  }
  return list;
}

// After '['; a length may already have been read.
Expr* Parser::ParseArrayType(Pos at, Expr* length) {
  auto* type = Make<ArrayType>(at);
  if (length == nullptr) {
    if (Got(Token::kDotDotDot)) {
      type->open_length = true;
    } else {
      expression_level_++;
      length = ParseExpr();
      expression_level_--;
    }
  }
  if (tok() == Token::kComma) {
    // Fine in a list of type parameters, not here.
    SyntaxError("unexpected comma; expected ]");
    Next();
  }
  Want(Token::kRBrack);
  type->length = length;
  type->element = ParseType();
  return Grown(type, {length, type->element});
}

// After "[]".
Expr* Parser::ParseSliceType(Pos at) {
  auto* type = Make<ArrayType>(at);
  type->element = ParseType();
  return Grown(type, {type->element});
}

Expr* Parser::ParseChanElement() {
  Expr* type = ParseTypeOrNull();
  if (type == nullptr) {
    type = Bad();
    SyntaxError("missing channel element type");
  }
  return type;
}

Field* Parser::MakeField(Pos at, std::vector<Ident*> names, Expr* type, BasicLit* tag) {
  auto* field = Make<Field>(at);
  field->names = Keep(names);
  field->type = type;
  field->tag = tag;
  return field;
}

// StructType = "struct" "{" { FieldDecl ";" } "}" .
StructType* Parser::ParseStructType() {
  auto* type = Make<StructType>(pos());
  Want(Token::kStruct);
  type->fields.open = pos();
  Want(Token::kLBrace);
  std::vector<Field*> fields;
  type->fields.close = ParseList("struct type", Token::kSemi, Token::kRBrace, [&] {
    ParseFieldDecl(fields);
    return false;
  });
  type->fields.fields = Keep(fields);
  for (const Field* f : fields) Grown(type, {f->type});
  return type;
}

// FieldDecl = ( IdentifierList Type | [ "*" ] TypeName [ TypeArgs ] ) [ Tag ] .
void Parser::ParseFieldDecl(std::vector<Field*>& fields) {
  const Pos at = pos();
  std::vector<Ident*> names;
  Expr* type = nullptr;
  if (tok() == Token::kName) {
    Ident* name = ParseName();
    if (tok() == Token::kDot || tok() == Token::kLiteral || tok() == Token::kSemi ||
        tok() == Token::kRBrace) {
      type = ParseQualifiedName(name);
    } else {
      names = ParseNameList(name);
      // `T [P]E` is a field of array type, `T[P]` an embedded instance.
      if (names.size() == 1 && tok() == Token::kLBrack) {
        type = ParseArrayOrTypeArgs();
        if (auto* instance = As<IndexExpr>(type)) {
          instance->x = name;
          names.clear();
        }
      } else {
        type = ParseType();
      }
    }
  } else if (tok() == Token::kMul || tok() == Token::kLParen) {
    // [ "*" ] TypeName, or one with parentheses that do not belong there.
    const bool star = Got(Token::kMul);
    const bool paren = tok() == Token::kLParen;
    if (paren) {
      SyntaxError("cannot parenthesize embedded type");
      Next();
    }
    const Pos inner = pos();
    const bool inner_star = paren && !star && Got(Token::kMul);
    type = ParseQualifiedName(nullptr);
    if (inner_star) type = MakeStar(inner, type);
    if (paren) Got(Token::kRParen);
    if (star) type = MakeStar(at, type);
  } else {
    SyntaxError("expected field name or embedded type");
    Advance({Token::kSemi, Token::kRBrace});
    return;
  }
  BasicLit* tag = ParseLiteralOrNull();
  if (tag != nullptr && !tag->bad && tag->lit != LitKind::kString) {
    SyntaxErrorAt(tag->pos, "struct field tag must be a string");
    tag = nullptr;
  }
  fields.push_back(MakeField(at, std::move(names), type, tag));
}

// After a name, at '[': either "[" "]" E, "[" n "]" E or type arguments, as an IndexExpr whose x
// the caller fills in.
Expr* Parser::ParseArrayOrTypeArgs() {
  const Pos at = pos();
  Want(Token::kLBrack);
  if (Got(Token::kRBrack)) return ParseSliceType(at);
  if (tok() == Token::kDotDotDot) return ParseArrayType(at, nullptr);
  bool comma;
  const std::vector<Expr*> args = ParseTypeList(&comma);
  const Pos rbrack = pos();
  Want(Token::kRBrack);
  if (!comma) {
    if (Expr* element = ParseTypeOrNull()) {
      auto* type = Make<ArrayType>(at);
      type->length = args[0];
      type->element = element;
      return Grown(type, {args[0], element});
    }
  }
  auto* index = Make<IndexExpr>(at);
  index->indices = Keep(args);
  index->rbrack = rbrack;
  return Grown(index, nullptr, index->indices);
}

// InterfaceType = "interface" "{" { ( MethodElem | TypeElem ) ";" } "}" .
InterfaceType* Parser::ParseInterfaceType() {
  auto* type = Make<InterfaceType>(pos());
  Want(Token::kInterface);
  type->methods.open = pos();
  Want(Token::kLBrace);
  std::vector<Field*> methods;
  type->methods.close = ParseList("interface type", Token::kSemi, Token::kRBrace, [&] {
    methods.push_back(ParseMethodOrEmbedded());
    return false;
  });
  type->methods.fields = Keep(methods);
  for (const Field* f : methods) Grown(type, {f->type});
  return type;
}

Field* Parser::ParseMethodOrEmbedded() {
  Field* field = MakeField(pos(), {}, nullptr, nullptr);
  if (tok() != Token::kName) {
    field->type = ParseUnion(ParseUnionTerm());
    return field;
  }
  Ident* name = ParseName();
  if (tok() == Token::kLParen) {
    field->names = Keep<Ident>({name});
    field->type = ParseFuncType(pos(), "interface method");
    return field;
  }
  if (tok() == Token::kLBrack) {
    ParseMethodBrackets(field, name);
  } else {
    field->type = ParseQualifiedName(name);
  }
  if (field->names.empty()) field->type = ParseUnion(field->type);
  return field;
}

// After a name in an interface, at '[': an embedded instance T[A, B], or a generic method, which is
// an error.
void Parser::ParseMethodBrackets(Field* field, Ident* name) {
  const Pos open = pos();
  Next();
  std::vector<Parameter> list;
  Pos close = pos();
  if (tok() == Token::kRBrack) {
    Next();
    ErrorAt(close,
            tok() == Token::kLParen ? "empty type parameter list" : "empty type argument list");
  } else {
    list = ParseParameters(nullptr, nullptr, Token::kRBrack, false, &close);
  }
  const bool method = list.empty() ? tok() == Token::kLParen : list[0].name != nullptr;
  if (method) {
    field->names = Keep<Ident>({name});
    field->type = ParseFuncType(pos(), "interface method");
    if (!list.empty()) ErrorAt(open, "interface method must have no type parameters");
    return;
  }
  if (list.empty()) {
    field->type = name;
    return;
  }
  auto* index = Make<IndexExpr>(open);
  index->x = name;
  std::vector<Expr*> args;
  for (const Parameter& p : list) args.push_back(p.type);
  index->indices = Keep(args);
  index->rbrack = close;
  field->type = Grown(index, name, index->indices);
}

// TypeElem = TypeTerm { "|" TypeTerm } , after the first term.
Expr* Parser::ParseUnion(Expr* first) {
  while (tok() == Token::kOr) {
    auto* both = Make<BinaryExpr>(pos());
    both->op = Token::kOr;
    Next();
    both->x = first;
    both->y = ParseUnionTerm();
    first = Grown(both, {both->x, both->y});
  }
  return first;
}

// TypeTerm = Type | "~" Type .
Expr* Parser::ParseUnionTerm() {
  if (tok() == Token::kTilde) {
    auto* tilde = Make<UnaryExpr>(pos());
    tilde->op = Token::kTilde;
    Next();
    tilde->x = ParseType();
    return Grown(tilde, {tilde->x});
  }
  Expr* type = ParseTypeOrNull();
  if (type == nullptr) {
    type = Bad();
    SyntaxError("expected ~ term or type");
    Advance({Token::kOr, Token::kSemi, Token::kRParen, Token::kRBrack, Token::kRBrace});
  }
  return type;
}

// The forms of a parameter that start with a name and go on with '[', '.' or, among type
// parameters, '|'. False when it is another form: then only the name has been read.
bool Parser::ParseNamedParameter(Ident* name, bool type_sets, Parameter& out) {
  out.pos = name->pos;
  if (tok() == Token::kLBrack) {
    out.type = ParseArrayOrTypeArgs();
    if (auto* instance = As<IndexExpr>(out.type)) {
      instance->x = name;
    } else {
      out.name = name;
    }
  } else if (tok() == Token::kDot) {
    out.type = ParseQualifiedName(name);
  } else if (type_sets && tok() == Token::kOr) {
    out.type = name;
  } else {
    out.name = name;
    return false;
  }
  if (type_sets) out.type = ParseUnion(out.type);
  return true;
}

// ParameterDecl = [ name ] [ "..." ] Type , or a lone name. False when there is none and an error
// was reported.
bool Parser::ParseParameter(Ident* name, Token follow, Parameter& out) {
  const bool type_sets = follow == Token::kRBrack;
  out = {};
  out.pos = pos();
  if (name != nullptr || tok() == Token::kName) {
    if (name == nullptr) name = ParseName();
    if (ParseNamedParameter(name, type_sets, out)) return true;
  }
  if (tok() == Token::kDotDotDot) {
    auto* dots = Make<Ellipsis>(pos());
    Next();
    dots->element = ParseTypeOrNull();
    if (dots->element == nullptr) {
      dots->element = Bad();
      SyntaxError("... is missing type");
    }
    out.type = Grown(dots, {dots->element});
    return true;
  }
  if (type_sets && tok() == Token::kTilde) {
    out.type = ParseUnion(ParseUnionTerm());
    return true;
  }
  out.type = ParseTypeOrNull();
  if (type_sets && out.type != nullptr) out.type = ParseUnion(out.type);
  if (out.name != nullptr || out.type != nullptr) return true;
  SyntaxError("expected " + TokenWord(follow));
  Advance({Token::kComma, follow});
  return false;
}

std::vector<Parameter> Parser::ParseParameters(Ident* name, Expr* type, Token close,
                                               bool require_names, Pos* end) {
  std::vector<Parameter> list;
  if (name != nullptr && type != nullptr && tok() == close) {
    *end = pos();
    Next();
    list.push_back({name->pos, name, type});
    return list;
  }
  const std::string_view context = require_names             ? "type parameter list"
                                   : close == Token::kRBrack ? "type argument list"
                                                             : "parameter list";
  *end = ParseList(context, Token::kComma, close, [&] {
    Parameter parameter;
    bool ok = true;
    if (type != nullptr) {
      parameter = {name->pos, name, type};
    } else {
      ok = ParseParameter(name, close, parameter);
    }
    name = nullptr;
    type = nullptr;
    if (ok) list.push_back(parameter);
    return false;
  });
  DistributeTypes(list, require_names, *end);
  return list;
}

// Decides whether lone names are names or types: types when no parameter has both, else names that
// share the next type.
void Parser::DistributeTypes(std::vector<Parameter>& list, bool require_names, Pos end) {
  size_t named = 0;
  size_t typed = 0;
  for (const Parameter& p : list) {
    named += p.name != nullptr && p.type != nullptr;
    typed += p.type != nullptr;
  }
  if (list.empty() || named == list.size()) return;
  if (named == 0 && !require_names) {
    for (Parameter& p : list) {
      if (p.name != nullptr) p.type = std::exchange(p.name, nullptr);
    }
    return;
  }
  Pos wrong;
  Expr* type = nullptr;
  for (size_t i = list.size(); i-- > 0;) {
    Parameter& p = list[i];
    if (p.type != nullptr) {
      type = p.type;
      if (p.name == nullptr) {
        wrong = StartPos(type);
        p.name = MakeIdent(wrong, "_");
      }
    } else if (type != nullptr) {
      p.type = type;
    } else {
      wrong = p.name->pos;
      p.type = Make<BadExpr>(wrong);
    }
  }
  if (!wrong.IsValid()) return;
  if (named == typed) {
    SyntaxErrorAt(end, require_names ? "missing type constraint" : "missing parameter type");
  } else if (require_names) {
    SyntaxErrorAt(wrong, list.size() == 1 ? "missing type parameter name or invalid array length"
                                          : "missing type parameter name");
  } else {
    SyntaxErrorAt(wrong, "missing parameter name");
  }
}

FieldList Parser::MakeFields(Pos open, const std::vector<Parameter>& list, Pos close) {
  std::vector<Field*> fields;
  for (size_t i = 0; i < list.size();) {
    std::vector<Ident*> names;
    size_t j = i;
    for (; j < list.size() && list[j].type == list[i].type; j++) {
      if (list[j].name != nullptr) names.push_back(list[j].name);
    }
    fields.push_back(MakeField(list[i].pos, std::move(names), list[i].type, nullptr));
    i = j;
  }
  return {open, Keep(fields), close};
}

// ---- Expressions

// ExpressionList = Expression { "," Expression } .
std::vector<Expr*> Parser::ParseExprList() {
  std::vector<Expr*> list = {ParseExpr()};
  while (Got(Token::kComma)) list.push_back(ParseExpr());
  return list;
}

// Expression = UnaryExpr | Expression binary_op Expression , of operators that bind tighter than
// `precedence`.
Expr* Parser::ParseBinary(Expr* x, int precedence) {
  if (x == nullptr) x = ParseUnary();
  while (tok() != Token::kAssignOp && Precedence(tok()) > precedence) {
    auto* binary = Make<BinaryExpr>(pos());
    binary->op = tok();
    Next();
    binary->x = x;
    binary->y = ParseBinary(nullptr, Precedence(binary->op));
    x = Grown(binary, {binary->x, binary->y});
  }
  return x;
}

// UnaryExpr = PrimaryExpr | unary_op UnaryExpr .
Expr* Parser::ParseUnary() {
  const Nest nest(*this);
  switch (tok()) {
    case Token::kMul: {
      const Pos at = pos();
      Next();
      return MakeStar(at, ParseUnary());
    }
    case Token::kAdd:
    case Token::kSub:
    case Token::kNot:
    case Token::kXor:
    case Token::kTilde:
    case Token::kAnd: {
      auto* unary = Make<UnaryExpr>(pos());
      unary->op = tok();
      Next();
      unary->x = ParseUnary();
      return Grown(unary, {unary->x});
    }
    case Token::kArrow:
      return ParseReceive();
    default:
      return ParsePrimary(nullptr);
  }
}

// <-x: a receive, unless x turns out to be a channel type; then the arrow belongs to the type, and
// the arrows of nested send-only types move outwards: <-(chan<- E) is (<-chan (<-E)).
Expr* Parser::ParseReceive() {
  const Pos at = pos();
  Next();
  Expr* x = ParseUnary();
  auto* outer = As<ChanType>(x);
  if (outer == nullptr) {
    auto* unary = Make<UnaryExpr>(at);
    unary->op = Token::kArrow;
    unary->x = x;
    return Grown(unary, {x});
  }
  ChanDir dir = ChanDir::kSend;
  Expr* type = outer;
  while (dir == ChanDir::kSend) {
    auto* chan = As<ChanType>(Unparenthesized(type));
    if (chan == nullptr) break;
    dir = chan->dir;
    if (dir == ChanDir::kReceive) SyntaxError("unexpected <-, expected chan");
    chan->dir = ChanDir::kReceive;
    type = chan->element;
  }
  if (dir == ChanDir::kSend) SyntaxError("unexpected " + ExprString(type) + ", expected chan");
  outer->pos = at;
  return outer;
}

// Operand = Literal | OperandName | "(" Expression ")" , and types, which conversions and calls
// take.
Expr* Parser::ParseOperand() {
  switch (tok()) {
    case Token::kName:
      return ParseName();
    case Token::kLiteral:
      return ParseLiteralOrNull();
    case Token::kLParen: {
      auto* paren = Make<ParenExpr>(pos());
      Next();
      expression_level_++;
      paren->x = ParseExpr();
      expression_level_--;
      Want(Token::kRParen);
      return Grown(paren, {paren->x});
    }
    case Token::kFunc: {
      const Pos at = pos();
      Next();
      FuncType* type = ParseFuncType(at, "function type");
      if (tok() != Token::kLBrace) return type;
      auto* lit = Make<FuncLit>(at);
      lit->type = type;
      const int outer_level = std::exchange(expression_level_, 0);
      const int outer_height = std::exchange(body_height_, 0);
      lit->body = ParseFuncBody();
      expression_level_ = outer_level;
      SetHeight(lit, std::max<int>(body_height_, type->height) + 1);
      body_height_ = std::max(body_height_, outer_height);
      return lit;
    }
    case Token::kLBrack:
    case Token::kChan:
    case Token::kMap:
    case Token::kStruct:
    case Token::kInterface:
      return ParseType();
    default: {
      Expr* x = Bad();
      SyntaxError("expected expression");
      Advance({Token::kRParen, Token::kRBrack, Token::kRBrace});
      return x;
    }
  }
}

// PrimaryExpr = Operand { Selector | Index | Slice | TypeAssertion | Arguments | LiteralValue } .
Expr* Parser::ParsePrimary(Expr* x) {
  if (x == nullptr) x = ParseOperand();
  for (;;) {
    switch (tok()) {
      case Token::kDot:
        x = ParseDot(x);
        break;
      case Token::kLBrack:
        x = ParseBrackets(x);
        break;
      case Token::kLParen:
        x = ParseCall(x);
        break;
      case Token::kLBrace: {
        const Expr* type = Unparenthesized(x);
        if (!CompositeLitMayFollow(type)) return x;
        if (type != x) SyntaxError("cannot parenthesize type in composite literal");
        x = ParseCompositeLit(x);
        break;
      }
      default:
        return x;
    }
  }
}

Expr* Parser::ParseDot(Expr* x) {
  const Pos at = pos();
  Next();
  if (tok() == Token::kName) {
    auto* selector = Make<SelectorExpr>(at);
    selector->x = x;
    selector->sel = ParseName();
    return Grown(selector, {x});
  }
  if (!Got(Token::kLParen)) {
    SyntaxError("expected name or (");
    Advance({Token::kSemi, Token::kRParen});
    return x;
  }
  TypeAssertExpr* assertion;
  if (Got(Token::kType)) {
    auto* guard = Make<Guard>(at);
    guards_.push_back(guard);
    assertion = guard;
  } else {
    assertion = Make<TypeAssertExpr>(at);
    assertion->type = ParseType();
  }
  assertion->x = x;
  Want(Token::kRParen);
  return Grown(assertion, {x, assertion->type});
}

// x[i], x[T1, T2], x[i:j], x[i:j:k].
Expr* Parser::ParseBrackets(Expr* x) {
  const Pos at = pos();
  Next();
  if (tok() == Token::kRBrack) {
    SyntaxError("expected operand");
    Next();
    return x;
  }
  Expr* low = nullptr;
  if (tok() != Token::kColon) {
    bool comma;
    const std::vector<Expr*> list = ParseTypeList(&comma);
    if (comma || tok() == Token::kRBrack) {
      auto* index = Make<IndexExpr>(at);
      index->x = x;
      index->indices = Keep(list);
      index->rbrack = pos();
      Want(Token::kRBrack);
      return Grown(index, x, index->indices);
    }
    low = list[0];
  }
  if (tok() != Token::kColon) {
    SyntaxError("expected comma, : or ]");
    Advance({Token::kComma, Token::kColon, Token::kRBrack});
  }
  return ParseSlice(at, x, low);
}

// At the first ':' of a slice expression.
Expr* Parser::ParseSlice(Pos at, Expr* x, Expr* low) {
  Got(Token::kColon);
  expression_level_++;
  auto* slice = Make<SliceExpr>(at);
  slice->x = x;
  slice->low = low;
  if (tok() != Token::kColon && tok() != Token::kRBrack) slice->high = ParseExpr();
  if (tok() == Token::kColon) {
    slice->full = true;
    if (slice->high == nullptr) {
      ErrorAt(pos(), "middle index required in 3-index slice");
      slice->high = Bad();
    }
    Next();
    if (tok() != Token::kRBrack) {
      slice->max = ParseExpr();
    } else {
      ErrorAt(pos(), "final index required in 3-index slice");
      slice->max = Bad();
    }
  }
  expression_level_--;
  Want(Token::kRBrack);
  return Grown(slice, {x, slice->low, slice->high, slice->max});
}

// Arguments = "(" [ Expression { "," Expression } [ "..." ] [ "," ] ] ")" .
Expr* Parser::ParseCall(Expr* x) {
  auto* call = Make<CallExpr>(pos());
  Next();
  call->fun = x;
  std::vector<Expr*> args;
  expression_level_++;
  call->rparen = ParseList("argument list", Token::kComma, Token::kRParen, [&] {
    args.push_back(ParseExpr());
    call->has_dots = Got(Token::kDotDotDot);
    return call->has_dots;
  });
  expression_level_--;
  call->args = Keep(args);
  return Grown(call, x, call->args);
}

// Whether '{' after x belongs to a composite literal rather than to a block.
bool Parser::CompositeLitMayFollow(const Expr* x) const {
  switch (x->kind) {
    case NodeKind::kIdent:
    case NodeKind::kSelectorExpr:
      return expression_level_ >= 0;
    case NodeKind::kIndexExpr:
      return expression_level_ >= 0 && !IsValue(x);
    case NodeKind::kArrayType:
    case NodeKind::kStructType:
    case NodeKind::kMapType:
      return true;
    default:
      return false;
  }
}

// LiteralValue = "{" [ Element { "," Element } [ "," ] ] "}" .
CompositeLit* Parser::ParseCompositeLit(Expr* type) {
  const Nest nest(*this);
  auto* lit = Make<CompositeLit>(pos());
  lit->type = type;
  lit->lbrace = pos();
  expression_level_++;
  Want(Token::kLBrace);
  std::vector<Expr*> elements;
  lit->rbrace = ParseList("composite literal", Token::kComma, Token::kRBrace, [&] {
    Expr* element = ParseElement();
    if (tok() == Token::kColon) {
      auto* pair = Make<KeyValueExpr>(pos());
      Next();
      pair->key = element;
      pair->value = ParseElement();
      element = Grown(pair, {pair->key, pair->value});
    }
    elements.push_back(element);
    return false;
  });
  expression_level_--;
  lit->elements = Keep(elements);
  return Grown(lit, type, lit->elements);
}

Expr* Parser::ParseElement() {
  return tok() == Token::kLBrace ? ParseCompositeLit(nullptr) : ParseExpr();
}

// The inside of brackets: any expression, then types. Tells whether there was a comma.
std::vector<Expr*> Parser::ParseTypeList(bool* comma) {
  *comma = false;
  expression_level_++;
  std::vector<Expr*> list = {ParseExpr()};
  while (Got(Token::kComma)) {
    *comma = true;
    Expr* type = ParseTypeOrNull();
    if (type == nullptr) break;
    list.push_back(type);
  }
  expression_level_--;
  return list;
}

Ident* Parser::ParseName() {
  if (tok() == Token::kName) {
    Ident* name = MakeIdent(pos(), scanner_.text);
    Next();
    return name;
  }
  Ident* name = MakeIdent(pos(), "_");
  SyntaxError("expected name");
  SkipOne();
  return name;
}

std::vector<Ident*> Parser::ParseNameList(Ident* first) {
  std::vector<Ident*> names = {first};
  while (Got(Token::kComma)) names.push_back(ParseName());
  return names;
}

// identifier [ "." identifier ] [ TypeArgs ] ; the first identifier may already have been read.
Expr* Parser::ParseQualifiedName(Ident* name) {
  Expr* x = name;
  if (name == nullptr) {
    if (tok() == Token::kName) {
      x = ParseName();
    } else {
      x = MakeIdent(pos(), "_");
      SyntaxError("expected name");
      Advance({Token::kDot, Token::kSemi, Token::kRBrace});
    }
  }
  if (tok() == Token::kDot) {
    auto* selector = Make<SelectorExpr>(pos());
    Next();
    selector->x = x;
    selector->sel = ParseName();
    x = Grown(selector, {x});
  }
  if (tok() == Token::kLBrack) x = ParseTypeInstance(x);
  return x;
}

BasicLit* Parser::ParseLiteralOrNull() {
  if (tok() != Token::kLiteral) return nullptr;
  auto* lit = Make<BasicLit>(pos());
  lit->lit = scanner_.lit;
  lit->text = scanner_.text;
  lit->bad = scanner_.bad;
  Next();
  return lit;
}

// ---- Statements

// SimpleStmt = ExpressionStmt | SendStmt | IncDecStmt | Assignment | ShortVarDecl , and after `for`
// a range clause, after `switch` a type switch guard. The expressions on the left may already have
// been read.
Stmt* Parser::ParseSimpleStmt(std::vector<Expr*> lhs, Token keyword) {
  if (lhs.empty() && keyword == Token::kFor && tok() == Token::kRange) {
    return ParseRangeClause(pos(), {}, false);
  }
  if (lhs.empty()) lhs = ParseExprList();
  const Pos at = pos();
  auto expression = [&] {
    auto* stmt = Make<ExprStmt>(lhs[0]->pos);
    stmt->x = lhs[0];
    return stmt;
  };
  if (tok() == Token::kAssign || tok() == Token::kDefine) {
    const Token op = tok();
    Next();
    if (keyword == Token::kFor && tok() == Token::kRange) {
      return ParseRangeClause(at, lhs, op == Token::kDefine);
    }
    const std::vector<Expr*> rhs = ParseExprList();
    auto* right = rhs.size() == 1 ? As<TypeAssertExpr>(rhs[0]) : nullptr;
    auto* bound = lhs.size() == 1 ? As<Ident>(lhs[0]) : nullptr;
    if (right != nullptr && right->type == nullptr && bound != nullptr &&
        keyword == Token::kSwitch && op == Token::kDefine) {
      auto* guard = static_cast<Guard*>(right);
      guard->bound = bound;
      guard->define = at;
      lhs = {guard};
      return expression();
    }
    auto* stmt = Make<AssignStmt>(at);
    stmt->op = op;
    stmt->lhs = Keep(lhs);
    stmt->rhs = Keep(rhs);
    return stmt;
  }
  if (lhs.size() > 1) {
    SyntaxError("expected := or = or comma");
    Advance({Token::kSemi, Token::kRBrace});
    return expression();
  }
  switch (tok()) {
    case Token::kAssignOp: {
      auto* stmt = Make<AssignStmt>(at);
      stmt->op = scanner_.op;
      Next();
      stmt->lhs = Keep(lhs);
      stmt->rhs = Keep<Expr>({ParseExpr()});
      return stmt;
    }
    case Token::kInc:
    case Token::kDec: {
      auto* stmt = Make<IncDecStmt>(at);
      stmt->x = lhs[0];
      stmt->increment = tok() == Token::kInc;
      Next();
      return stmt;
    }
    case Token::kArrow: {
      auto* stmt = Make<SendStmt>(at);
      Next();
      stmt->chan = lhs[0];
      stmt->value = ParseExpr();
      return stmt;
    }
    default:
      return expression();
  }
}

// At `range`.
RangeStmt* Parser::ParseRangeClause(Pos at, const std::vector<Expr*>& lhs, bool define) {
  auto* stmt = Make<RangeStmt>(at);
  stmt->range_pos = pos();
  Next();
  stmt->define = define;
  if (!lhs.empty()) stmt->key = lhs[0];
  if (lhs.size() > 1) stmt->value = lhs[1];
  if (lhs.size() > 2) stmt->extra = lhs[2];
  stmt->x = ParseExpr();
  return stmt;
}

// LabeledStmt = Label ":" Statement , at ':'. Null when the statement is missing and an error was
// reported.
Stmt* Parser::ParseLabeledOrNull(Ident* label) {
  const Nest nest(*this);
  auto* labeled = Make<LabeledStmt>(pos());
  labeled->label = label;
  Want(Token::kColon);
  if (tok() == Token::kRBrace) {
    labeled->stmt = Make<EmptyStmt>(pos());
    return labeled;
  }
  labeled->stmt = ParseStmtOrNull();
  if (labeled->stmt != nullptr) return labeled;
  SyntaxErrorAt(labeled->pos, "missing statement after label");
  return nullptr;
}

// Block = "{" StatementList "}" . `context` names what it should follow; empty when at '{'.
BlockStmt* Parser::ParseBlock(std::string_view context) {
  const Nest nest(*this);
  auto* block = Make<BlockStmt>(pos());
  if (!Got(Token::kLBrace)) {
    SyntaxError("expected { after " + std::string(context));
    Advance({Token::kName, Token::kRBrace});
    block->rbrace = pos();
    if (Got(Token::kRBrace)) return block;
  }
  const int outer = std::exchange(expression_level_, 0);
  block->stmts = Keep(ParseStmtList());
  expression_level_ = outer;
  block->rbrace = pos();
  Want(Token::kRBrace);
  return block;
}

// A binary expression in parentheses, so that '=' stands out in a message.
std::string Emphasized(const Expr* x) {
  return x->kind == NodeKind::kBinaryExpr ? "(" + ExprString(x) + ")" : ExprString(x);
}

std::string StatementText(const Stmt* stmt) {
  auto join = [](List<Expr> list) {
    std::string text;
    for (const Expr* x : list) text += (text.empty() ? "" : ", ") + ExprString(x);
    return text;
  };
  if (const auto* assign = As<AssignStmt>(stmt)) {
    if (assign->op == Token::kAssign) {
      const bool single = assign->lhs.size() == 1 && assign->rhs.size() == 1;
      return "assignment " + (single ? Emphasized(assign->lhs[0]) : join(assign->lhs)) + " = " +
             (single ? Emphasized(assign->rhs[0]) : join(assign->rhs));
    }
    const std::string op(TokenText(assign->op));
    return join(assign->lhs) + " " + (assign->op == Token::kDefine ? op : op + "=") + " " +
           join(assign->rhs);
  }
  if (const auto* incdec = As<IncDecStmt>(stmt)) {
    return ExprString(incdec->x) + (incdec->increment ? "++" : "--");
  }
  if (const auto* send = As<SendStmt>(stmt)) {
    return ExprString(send->chan) + " <- " + ExprString(send->value);
  }
  return "statement";
}

// The part of an if, for or switch between its keyword and its block.
Header Parser::ParseHeader(Token keyword) {
  Header header;
  Want(keyword);
  if (tok() == Token::kLBrace) {
    if (keyword == Token::kIf) {
      SyntaxError("missing condition in if statement");
      header.cond = Bad();
    }
    return header;
  }
  const int outer = std::exchange(expression_level_, -1);
  if (tok() != Token::kSemi) {
    if (Got(Token::kVar)) {
      SyntaxError("var declaration not allowed in " + std::string(TokenText(keyword)) +
                  " initializer");
    }
    header.init = ParseSimpleStmt({}, keyword);
  }
  if (As<RangeStmt>(header.init) == nullptr) ParseHeaderRest(keyword, header);
  expression_level_ = outer;
  return header;
}

// After the first simple statement of a header.
void Parser::ParseHeaderRest(Token keyword, Header& header) {
  Stmt* cond = nullptr;
  Pos semi;
  std::string_view semi_text;
  if (tok() == Token::kLBrace) {
    cond = std::exchange(header.init, nullptr);
  } else {
    if (tok() == Token::kSemi) {
      semi = pos();
      semi_text = scanner_.text;
      Next();
    } else {
      // Naming '{' rather than ';' is the better guess.
      Want(Token::kLBrace);
      if (tok() != Token::kLBrace) Advance({Token::kLBrace, Token::kRBrace});
    }
    if (keyword != Token::kFor) {
      if (tok() != Token::kLBrace) cond = ParseSimpleStmt({}, keyword);
    } else if (tok() == Token::kLBrace) {
      SyntaxError("expected for loop condition");
    } else {
      if (tok() != Token::kSemi) cond = ParseSimpleStmt({}, Token::kEof);
      Want(Token::kSemi);
      if (tok() != Token::kLBrace) {
        header.post = ParseSimpleStmt({}, Token::kEof);
        const auto* assign = As<AssignStmt>(header.post);
        if (assign != nullptr && assign->op == Token::kDefine) {
          SyntaxErrorAt(assign->pos, "cannot declare in post statement of for loop");
        }
      }
    }
  }
  header.cond = HeaderCondition(keyword, cond, semi, semi_text);
}

Expr* Parser::HeaderCondition(Token keyword, Stmt* stmt, Pos semi, std::string_view semi_text) {
  if (stmt == nullptr) {
    if (keyword != Token::kIf || !semi.IsValid()) return nullptr;
    if (semi_text != "semicolon") {
      SyntaxErrorAt(semi, "unexpected " + std::string(semi_text) + ", expected { after if clause");
    } else {
      SyntaxErrorAt(semi, "missing condition in if statement");
    }
    return Make<BadExpr>(semi);
  }
  if (auto* expr = As<ExprStmt>(stmt)) return expr->x;
  SyntaxErrorAt(stmt->pos, "cannot use " + StatementText(stmt) + " as value");
  return Make<BadExpr>(stmt->pos);
}

Stmt* Parser::ParseFor() {
  const Pos at = pos();
  Header header = ParseHeader(Token::kFor);
  if (auto* range = As<RangeStmt>(header.init)) {
    range->pos = at;
    range->body = ParseBlock("for clause");
    return range;
  }
  auto* stmt = Make<ForStmt>(at);
  stmt->init = header.init;
  stmt->cond = header.cond;
  stmt->post = header.post;
  stmt->body = ParseBlock("for clause");
  return stmt;
}

IfStmt* Parser::ParseIf() {
  const Nest nest(*this);
  auto* stmt = Make<IfStmt>(pos());
  Header header = ParseHeader(Token::kIf);
  stmt->init = header.init;
  stmt->cond = header.cond != nullptr ? header.cond : Bad();
  stmt->then_block = ParseBlock("if clause");
  if (Got(Token::kElse)) {
    if (tok() == Token::kIf) {
      stmt->else_stmt = ParseIf();
    } else if (tok() == Token::kLBrace) {
      stmt->else_stmt = ParseBlock("");
    } else {
      SyntaxError("else must be followed by if or statement block");
      Advance({Token::kName, Token::kRBrace});
    }
  }
  return stmt;
}

Stmt* Parser::ParseSwitch() {
  const Nest nest(*this);
  const Pos at = pos();
  Header header = ParseHeader(Token::kSwitch);
  constexpr TokenSet kClauseStart = {Token::kCase, Token::kDefault, Token::kRBrace};
  if (!Got(Token::kLBrace)) {
    SyntaxError("missing { after switch clause");
    Advance(kClauseStart);
  }
  std::vector<CaseClause*> clauses;
  while (tok() != Token::kEof && tok() != Token::kRBrace) clauses.push_back(ParseCaseClause());
  const Pos rbrace = pos();
  Want(Token::kRBrace);

  auto* assertion = As<TypeAssertExpr>(header.cond);
  if (assertion != nullptr && assertion->type == nullptr) {
    auto* guard = static_cast<Guard*>(assertion);
    std::erase(guards_, guard);
    auto* stmt = Make<TypeSwitchStmt>(at);
    stmt->init = header.init;
    stmt->bound = guard->bound;
    stmt->x = guard->x;
    stmt->guard = guard->bound != nullptr ? guard->define : guard->pos;
    stmt->clauses = Keep(clauses);
    stmt->rbrace = rbrace;
    return stmt;
  }
  auto* stmt = Make<SwitchStmt>(at);
  stmt->init = header.init;
  stmt->tag = header.cond;
  stmt->clauses = Keep(clauses);
  stmt->rbrace = rbrace;
  return stmt;
}

CaseClause* Parser::ParseCaseClause() {
  auto* clause = Make<CaseClause>(pos());
  if (Got(Token::kCase)) {
    clause->values = Keep(ParseExprList());
  } else if (Got(Token::kDefault)) {
    clause->is_default = true;
  } else {
    SyntaxError("expected case or default or }");
    Advance({Token::kColon, Token::kCase, Token::kDefault, Token::kRBrace});
  }
  clause->colon = pos();
  Want(Token::kColon);
  clause->body = Keep(ParseStmtList());
  return clause;
}

SelectStmt* Parser::ParseSelect() {
  const Nest nest(*this);
  auto* stmt = Make<SelectStmt>(pos());
  Want(Token::kSelect);
  if (!Got(Token::kLBrace)) {
    SyntaxError("missing { after select clause");
    Advance({Token::kCase, Token::kDefault, Token::kRBrace});
  }
  std::vector<CommClause*> clauses;
  while (tok() != Token::kEof && tok() != Token::kRBrace) clauses.push_back(ParseCommClause());
  stmt->clauses = Keep(clauses);
  stmt->rbrace = pos();
  Want(Token::kRBrace);
  return stmt;
}

// Which simple statements are communications is for the type checker to say, as in gc.
CommClause* Parser::ParseCommClause() {
  auto* clause = Make<CommClause>(pos());
  if (Got(Token::kCase)) {
    clause->comm = ParseSimpleStmt({}, Token::kEof);
  } else if (!Got(Token::kDefault)) {
    SyntaxError("expected case or default or }");
    Advance({Token::kColon, Token::kCase, Token::kDefault, Token::kRBrace});
  }
  clause->colon = pos();
  Want(Token::kColon);
  clause->body = Keep(ParseStmtList());
  return clause;
}

// "go" or "defer" and a call.
Stmt* Parser::ParseCallStmt() {
  const Pos at = pos();
  const Token keyword = tok();
  Next();
  Expr* x = ParsePrimary(nullptr);
  const std::string what = "expression in " + std::string(TokenText(keyword));
  if (x->kind == NodeKind::kParenExpr) {
    ErrorAt(StartPos(x), what + " must not be parenthesized");
    x = Unparenthesized(x);
  }
  if (x->kind != NodeKind::kCallExpr && x->kind != NodeKind::kBadExpr) {
    ErrorAt(StartPos(x), what + " must be function call");
    // The parentheses were forgotten.
    auto* call = Make<CallExpr>(x->pos);
    call->fun = x;
    call->rparen = x->pos;
    x = call;
  }
  if (keyword == Token::kGo) {
    auto* stmt = Make<GoStmt>(at);
    stmt->call = x;
    return stmt;
  }
  auto* stmt = Make<DeferStmt>(at);
  stmt->call = x;
  return stmt;
}

Stmt* Parser::ParseBranch() {
  auto* stmt = Make<BranchStmt>(pos());
  stmt->tok = tok();
  Next();
  if (stmt->tok == Token::kGoto) {
    stmt->label = ParseName();
  } else if (stmt->tok != Token::kFallthrough && tok() == Token::kName) {
    stmt->label = ParseName();
  }
  return stmt;
}

// Null without an error when no statement starts here.
Stmt* Parser::ParseStmtOrNull() {
  if (tok() == Token::kName) {
    std::vector<Expr*> lhs = ParseExprList();
    if (lhs.size() == 1 && lhs[0]->kind == NodeKind::kIdent && tok() == Token::kColon) {
      return ParseLabeledOrNull(static_cast<Ident*>(lhs[0]));
    }
    return ParseSimpleStmt(std::move(lhs), Token::kEof);
  }
  switch (tok()) {
    case Token::kVar:
    case Token::kConst:
    case Token::kType: {
      auto* stmt = Make<DeclStmt>(pos());
      stmt->decl = ParseGenDecl(tok());
      return stmt;
    }
    case Token::kLBrace:
      return ParseBlock("");
    case Token::kAdd:
    case Token::kSub:
    case Token::kMul:
    case Token::kAnd:
    case Token::kXor:
    case Token::kNot:
    case Token::kTilde:
    case Token::kLiteral:
    case Token::kFunc:
    case Token::kLParen:
    case Token::kLBrack:
    case Token::kStruct:
    case Token::kMap:
    case Token::kChan:
    case Token::kInterface:
    case Token::kArrow:
      return ParseSimpleStmt({}, Token::kEof);
    case Token::kFor:
      return ParseFor();
    case Token::kSwitch:
      return ParseSwitch();
    case Token::kSelect:
      return ParseSelect();
    case Token::kIf:
      return ParseIf();
    case Token::kFallthrough:
    case Token::kBreak:
    case Token::kContinue:
    case Token::kGoto:
      return ParseBranch();
    case Token::kGo:
    case Token::kDefer:
      return ParseCallStmt();
    case Token::kReturn: {
      auto* stmt = Make<ReturnStmt>(pos());
      Next();
      if (tok() != Token::kSemi && tok() != Token::kRBrace) stmt->results = Keep(ParseExprList());
      return stmt;
    }
    case Token::kSemi:
      return Make<EmptyStmt>(pos());
    default:
      return nullptr;
  }
}

// StatementList = { Statement ";" } , up to '}', `case` or `default`.
std::vector<Stmt*> Parser::ParseStmtList() {
  std::vector<Stmt*> list;
  while (tok() != Token::kEof && tok() != Token::kRBrace && tok() != Token::kCase &&
         tok() != Token::kDefault) {
    Stmt* stmt = ParseStmtOrNull();
    if (stmt == nullptr) break;
    list.push_back(stmt);
    if (!Got(Token::kSemi) && tok() != Token::kRBrace) {
      SyntaxError("at end of statement");
      Advance({Token::kSemi, Token::kRBrace, Token::kCase, Token::kDefault});
      Got(Token::kSemi);
    }
  }
  return list;
}

}  // namespace

ParseResult ParseFile(FileSet& files, std::string name, std::string_view source, int max_errors) {
  ParseResult result;
  result.file = std::make_unique<File>();
  File& file = *result.file;
  file.source = std::string(source);
  file.pos = files.AddFile(name, source);
  file.end = file.pos.Plus(static_cast<uint32_t>(source.size()));
  file.name = std::move(name);
  file.first_id = files.node_id_end();
  Parser parser(files, file, result.diagnostics, max_errors);
  parser.ParseSource();
  file.end_id = files.node_id_end();
  return result;
}

}  // namespace heddle::golang
