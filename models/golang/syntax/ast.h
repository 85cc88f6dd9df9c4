// SPDX-License-Identifier: Apache-2.0
//
// The syntax tree of a Go 1.22 file: plain structs with a kind, in the vocabulary of the package
// go/ast.
//
// Made by ParseFile, read by the type checker and the compiler. How to read it: Node, then Expr,
// Stmt, Decl; a pointer is never null unless its comment says so. Use `As<CallExpr>(node)` for "is
// it one?" and `Cast<CallExpr>(node)` when it must be. Invariants: nodes live in the arena of their
// File and are trivially destructible; names and literals point into memory of the File; ids are
// unique in the FileSet and contiguous per file ([File::first_id, File::end_id)), for side tables
// held in vectors.
//
// `pos` of a node is the place of the token that gc reports it at: the operator of a binary
// expression or an assignment, the '(' of a call, the '[' of an index, the '.' of a selector or
// assertion, else the first token. StartPos is its leftmost byte: what gc prints for most type
// errors.
#ifndef HEDDLE_MODELS_GOLANG_SYNTAX_AST_H_
#define HEDDLE_MODELS_GOLANG_SYNTAX_AST_H_

#include <cassert>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/golang/syntax/arena.h"
#include "models/golang/syntax/position.h"
#include "models/golang/syntax/token.h"

namespace heddle::golang {

// Limits of the parser, beyond which it reports an error: levels of brackets, blocks and types
// inside one another, and nodes on a path of a tree (a sum of n terms is n nodes high).
inline constexpr int kMaxNesting = 1000;
inline constexpr int kMaxHeight = 4000;

enum class NodeKind : uint8_t {
  // Expressions and types.
  kBadExpr,
  kIdent,
  kBasicLit,
  kCompositeLit,
  kFuncLit,
  kParenExpr,
  kSelectorExpr,
  kIndexExpr,
  kSliceExpr,
  kTypeAssertExpr,
  kCallExpr,
  kStarExpr,
  kUnaryExpr,
  kBinaryExpr,
  kKeyValueExpr,
  kEllipsis,
  kArrayType,
  kStructType,
  kFuncType,
  kInterfaceType,
  kMapType,
  kChanType,
  // Statements.
  kBadStmt,
  kEmptyStmt,
  kDeclStmt,
  kLabeledStmt,
  kExprStmt,
  kSendStmt,
  kIncDecStmt,
  kAssignStmt,
  kGoStmt,
  kDeferStmt,
  kReturnStmt,
  kBranchStmt,
  kBlockStmt,
  kIfStmt,
  kCaseClause,
  kSwitchStmt,
  kTypeSwitchStmt,
  kCommClause,
  kSelectStmt,
  kForStmt,
  kRangeStmt,
  // Declarations and their parts.
  kField,
  kImportSpec,
  kValueSpec,
  kTypeSpec,
  kGenDecl,
  kFuncDecl,
};

struct Node {
  NodeKind kind;
  // Of expressions: an upper bound of the nodes on a path below this one, function bodies included.
  // The parser keeps it below kMaxHeight, so that later phases may recurse over a tree.
  uint16_t height = 0;
  uint32_t id = 0;
  Pos pos;
};

struct Expr : Node {};
struct Stmt : Node {};
struct Decl : Node {};
struct Spec : Node {};

// Null when `node` is null or of another kind.
template <class T>
const T* As(const Node* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}
template <class T>
T* As(Node* node) {
  return node != nullptr && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
// REQUIRES: `node` is of kind T.
template <class T>
const T* Cast(const Node* node) {
  assert(node != nullptr && node->kind == T::kKind);
  return static_cast<const T*>(node);
}

template <class T>
using List = std::span<T* const>;

struct BlockStmt;
struct BasicLit;
struct Ident;
struct FuncType;
struct CallExpr;

// ---- Expressions and types

// Stands where an expression could not be parsed; an error was reported.
struct BadExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kBadExpr;
};

struct Ident : Expr {
  static constexpr NodeKind kKind = NodeKind::kIdent;
  std::string_view name;
};

struct BasicLit : Expr {
  static constexpr NodeKind kKind = NodeKind::kBasicLit;
  LitKind lit;
  std::string_view text;  // As written, quotes included; see literal.h for its value.
  bool bad = false;       // An error was reported for it: it has no value.
};

struct CompositeLit : Expr {
  static constexpr NodeKind kKind = NodeKind::kCompositeLit;
  Expr* type;  // Null when elided inside another composite literal. [...]T is an ArrayType with
               // `open_length`.
  List<Expr> elements;  // KeyValueExpr or plain values.
  Pos lbrace;
  Pos rbrace;
};

struct FuncLit : Expr {
  static constexpr NodeKind kKind = NodeKind::kFuncLit;
  FuncType* type;
  BlockStmt* body;
};

struct ParenExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kParenExpr;
  Expr* x;
};

// x.sel: field, method, method expression or qualified identifier.
struct SelectorExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kSelectorExpr;
  Expr* x;
  Ident* sel;
};

// x[i], or an instantiation x[T1, T2].
struct IndexExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kIndexExpr;
  Expr* x;
  List<Expr> indices;  // At least one.
  Pos rbrack;
};

// x[low:high:max].
struct SliceExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kSliceExpr;
  Expr* x;
  Expr* low;   // Null when absent.
  Expr* high;  // Null when absent.
  Expr* max;   // Null unless `full`.
  bool full;   // Three-index form.
};

// x.(T). The form x.(type) exists only inside TypeSwitchStmt.
struct TypeAssertExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kTypeAssertExpr;
  Expr* x;
  Expr* type;
};

// A call or a conversion.
struct CallExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kCallExpr;
  Expr* fun;
  List<Expr>
      args;       // The first may be a type (make, new, conversions are told apart by the checker).
  bool has_dots;  // f(xs...)
  Pos rparen;
};

// *x: dereference or pointer type.
struct StarExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kStarExpr;
  Expr* x;
};

// Operators + - ! ^ & <- and, in constraints, ~.
struct UnaryExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kUnaryExpr;
  Token op;
  Expr* x;
};

// In constraints, `|` joins the terms of a union.
struct BinaryExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kBinaryExpr;
  Token op;
  Expr* x;
  Expr* y;
};

// key: value, only inside a CompositeLit.
struct KeyValueExpr : Expr {
  static constexpr NodeKind kKind = NodeKind::kKeyValueExpr;
  Expr* key;
  Expr* value;
};

// ...T as the type of the last parameter.
struct Ellipsis : Expr {
  static constexpr NodeKind kKind = NodeKind::kEllipsis;
  Expr* element;
};

struct ArrayType : Expr {
  static constexpr NodeKind kKind = NodeKind::kArrayType;
  Expr* length;      // Null for a slice type and for [...]T.
  bool open_length;  // [...]T
  Expr* element;
};

// Names that share a type: parameters, results, struct fields, methods of an interface, type
// parameters.
struct Field : Node {
  static constexpr NodeKind kKind = NodeKind::kField;
  List<Ident> names;  // Empty: an unnamed parameter, an embedded field, an embedded interface or a
                      // constraint element.
  Expr* type;         // Of an interface method: a FuncType.
  BasicLit* tag;      // Null unless a struct field has one.
};

struct FieldList {
  Pos open;
  List<Field> fields;
  Pos close;
};

struct StructType : Expr {
  static constexpr NodeKind kKind = NodeKind::kStructType;
  FieldList fields;  // Embedded fields have no names; their type is an identifier, a qualified or
                     // instantiated one, or a star of it.
};

struct FuncType : Expr {
  static constexpr NodeKind kKind = NodeKind::kFuncType;
  FieldList type_params;  // No fields unless the function is generic; types are constraints.
  FieldList params;       // The last type may be an Ellipsis. Names are given for all or for none.
  FieldList results;
};

struct InterfaceType : Expr {
  static constexpr NodeKind kKind = NodeKind::kInterfaceType;
  FieldList methods;  // With a name: a method. Without: an embedded type, or a union of T and ~T.
};

struct MapType : Expr {
  static constexpr NodeKind kKind = NodeKind::kMapType;
  Expr* key;
  Expr* value;
};

enum class ChanDir : uint8_t { kBoth, kSend, kReceive };

struct ChanType : Expr {
  static constexpr NodeKind kKind = NodeKind::kChanType;
  ChanDir dir;
  Expr* element;
};

// ---- Statements

struct BadStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kBadStmt;
};

struct EmptyStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kEmptyStmt;
};

struct GenDecl;

struct DeclStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kDeclStmt;
  GenDecl* decl;  // const, type or var.
};

struct LabeledStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kLabeledStmt;
  Ident* label;
  Stmt* stmt;  // An EmptyStmt before a '}'.
};

struct ExprStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kExprStmt;
  Expr* x;
};

struct SendStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kSendStmt;
  Expr* chan;
  Expr* value;
};

struct IncDecStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kIncDecStmt;
  Expr* x;
  bool increment;
};

struct AssignStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kAssignStmt;
  List<Expr> lhs;
  Token op;  // kAssign, kDefine, or the binary operator of an assignment operation (kAdd for +=).
  List<Expr> rhs;
};

struct GoStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kGoStmt;
  Expr* call;  // A CallExpr, unless an error was reported.
};

struct DeferStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kDeferStmt;
  Expr* call;  // A CallExpr, unless an error was reported.
};

struct ReturnStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kReturnStmt;
  List<Expr> results;
};

struct BranchStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kBranchStmt;
  Token tok;     // kBreak, kContinue, kGoto or kFallthrough.
  Ident* label;  // Null when absent.
};

struct BlockStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kBlockStmt;
  List<Stmt> stmts;
  Pos rbrace;
};

struct IfStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kIfStmt;
  Stmt* init;  // Null when absent.
  Expr* cond;
  BlockStmt* then_block;
  Stmt* else_stmt;  // Null, an IfStmt or a BlockStmt.
};

// Of a SwitchStmt or a TypeSwitchStmt, in which case `values` are types (or nil).
struct CaseClause : Stmt {
  static constexpr NodeKind kKind = NodeKind::kCaseClause;
  bool is_default;
  List<Expr> values;
  Pos colon;
  List<Stmt> body;
};

struct SwitchStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kSwitchStmt;
  Stmt* init;  // Null when absent.
  Expr* tag;   // Null when absent.
  List<CaseClause> clauses;
  Pos rbrace;
};

// switch init; bound := x.(type) { ... }
struct TypeSwitchStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kTypeSwitchStmt;
  Stmt* init;    // Null when absent.
  Ident* bound;  // Null when absent.
  Expr* x;
  Pos guard;  // The '.' of x.(type), or the ':=' when a name is bound: where gc reports an unused
              // one is bound->pos.
  List<CaseClause> clauses;
  Pos rbrace;
};

struct CommClause : Stmt {
  static constexpr NodeKind kKind = NodeKind::kCommClause;
  Stmt* comm;  // Null for default; else a SendStmt, an ExprStmt or an AssignStmt with a receive on
               // the right.
  Pos colon;
  List<Stmt> body;
};

struct SelectStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kSelectStmt;
  List<CommClause> clauses;
  Pos rbrace;
};

struct ForStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kForStmt;
  Stmt* init;  // Null when absent.
  Expr* cond;  // Null when absent.
  Stmt* post;  // Null when absent.
  BlockStmt* body;
};

struct RangeStmt : Stmt {
  static constexpr NodeKind kKind = NodeKind::kRangeStmt;
  Expr* key;    // Null when absent.
  Expr* value;  // Null when absent.
  bool define;  // := rather than =
  Expr* extra;  // A third variable: an error for the checker ("range clause permits at most two
                // iteration variables").
  Expr* x;
  Pos range_pos;  // The keyword `range`.
  BlockStmt* body;
};

// ---- Declarations

struct ImportSpec : Spec {
  static constexpr NodeKind kKind = NodeKind::kImportSpec;
  Ident* name;            // Null when absent; "." and "_" are possible.
  BasicLit* path_lit;     // Its pos is where gc reports an unused import (or that of `name`).
  std::string_view path;  // Unquoted.
};

// One line of a const or var declaration.
struct ValueSpec : Spec {
  static constexpr NodeKind kKind = NodeKind::kValueSpec;
  List<Ident> names;
  Expr* type;         // Null when absent.
  List<Expr> values;  // As written: empty for an implicit repetition.
  uint32_t iota;      // Index in the group; const only.
  // const only: the nearest spec at or before this one in its group that has values or a type (its
  // own when it has them): the source of an implicit repetition. Null when there is none, which is
  // an error.
  const ValueSpec* repeats;
};

struct TypeSpec : Spec {
  static constexpr NodeKind kKind = NodeKind::kTypeSpec;
  Ident* name;
  FieldList type_params;
  bool alias;  // type A = B
  Expr* type;
};

struct GenDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::kGenDecl;
  Token tok;  // kImport, kConst, kType or kVar.
  List<Spec> specs;
};

struct FuncDecl : Decl {
  static constexpr NodeKind kKind = NodeKind::kFuncDecl;
  Field* recv;  // Null for a function. Its type may be an instantiation T[A, B] whose indices name
                // type parameters.
  Ident* name;
  FuncType* type;
  BlockStmt* body;  // Null for a function implemented elsewhere.
};

// A comment `//heddle:KEY VALUE` before the package clause.
struct Directive {
  std::string_view key;
  std::string_view value;  // Without the spaces around it.
  Pos pos;
};

struct File {
  Pos pos;             // First byte.
  Pos end;             // One past the last byte.
  std::string name;    // As given to ParseFile.
  std::string source;  // A copy that nodes point into.
  uint32_t first_id = 0;
  uint32_t end_id = 0;

  Ident* package = nullptr;  // Null when the clause could not be parsed.
  List<ImportSpec> imports;  // In source order.
  List<Decl> decls;          // In source order, imports included.
  std::vector<Directive> directives;
  // From a `//go:build go1.N` line, e.g. "go1.21"; empty without one.
  std::string_view go_version;

  Arena arena;
};

// The leftmost byte of the expression, e.g. of `a` in `a + b`.
Pos StartPos(const Expr* expr);
// Just past the rightmost byte of the expression, as far as the tree knows it.
Pos EndPos(const Expr* expr);
// The expression inside any number of parentheses.
const Expr* Unparen(const Expr* expr);
// The expression as gc prints it in messages: source order, one space around binary operators,
// function bodies as "func() {…}", long composite literals as "T{…}".
std::string ExprString(const Expr* expr);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_SYNTAX_AST_H_
