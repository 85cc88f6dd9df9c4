// SPDX-License-Identifier: Apache-2.0
//
// Right files: the trees the parser makes of them, where Go's grammar needs care.
#include "models/golang/syntax/parser.h"

#include <gtest/gtest.h>

#include <string>

#include "models/golang/syntax/literal.h"
#include "sim/base/large_stack.h"

namespace heddle::golang {
namespace {

struct Parsed {
  FileSet files;
  ParseResult result;
  const File& file() const { return *result.file; }
};

Parsed Parse(const std::string& source) {
  Parsed parsed;
  sim::RunOnLargeStack([&] { parsed.result = ParseFile(parsed.files, "f.go", source); });
  for (const Diagnostic& d : parsed.result.diagnostics) {
    ADD_FAILURE() << Render(parsed.files, d) << "\n" << source;
  }
  return parsed;
}

// The expression of `var _ = ...`.
const Expr* VarValue(const Parsed& parsed) {
  return Cast<ValueSpec>(Cast<GenDecl>(parsed.file().decls[0])->specs[0])->values[0];
}

const BlockStmt* Body(const Parsed& parsed) {
  return Cast<FuncDecl>(parsed.file().decls.back())->body;
}

// With parentheses around every operation, to show how operands group.
std::string Grouped(const Expr* x) {
  if (const auto* binary = As<BinaryExpr>(x)) {
    return "(" + Grouped(binary->x) + std::string(TokenText(binary->op)) + Grouped(binary->y) + ")";
  }
  if (const auto* unary = As<UnaryExpr>(x)) {
    return "(" + std::string(TokenText(unary->op)) + Grouped(unary->x) + ")";
  }
  if (const auto* star = As<StarExpr>(x)) return "(*" + Grouped(star->x) + ")";
  return ExprString(x);
}

TEST(Parser, Precedence) {
  const std::pair<const char*, const char*> cases[] = {
      {"a + b * c", "(a+(b*c))"},   {"a * b + c", "((a*b)+c)"},
      {"a - b - c", "((a-b)-c)"},   {"a || b && c == d", "(a||(b&&(c==d)))"},
      {"-a * b", "((-a)*b)"},       {"*p.q", "(*p.q)"},
      {"&x[1]", "(&x[1])"},         {"<-c + 1", "((<-c)+1)"},
      {"!a == b", "((!a)==b)"},     {"a << 1 | b", "((a<<1)|b)"},
      {"a &^ b & c", "((a&^b)&c)"}, {"a < b - -c", "(a<(b-(-c)))"},
  };
  for (const auto& [source, expected] : cases) {
    const Parsed parsed = Parse(std::string("package p\nvar _ = ") + source);
    EXPECT_EQ(Grouped(VarValue(parsed)), expected);
  }
}

TEST(Parser, PrintsExpressionsAsGcDoes) {
  const char* cases[] = {
      "f(a, b...)",
      "x.y[i].z",
      "a[1:2:3]",
      "a[:]",
      "m[\"k\"]",
      "x.(T)",
      "x.([]int)",
      "T{…}",
      "[]int{}",
      "[...]int{…}",
      "func(a int, b ...string) (int, error) {…}",
      "map[string]chan<- int{}",
      "struct{a, b int \"t\"; T}{}",
      "interface{m(x int) error; ~int | string}(nil)",
      "chan (<-chan int)(nil)",
      "f[int, string](x)",
      "pkg.T[int]{}",
      "(*T).m",
      "<-chan int(x)",
  };
  for (std::string source : cases) {
    std::string full = source;
    // The short form stands for something: put it back.
    const std::string dots = "…";
    if (size_t at = full.find(dots); at != std::string::npos) {
      full.replace(at, dots.size(), source.starts_with("func") ? "return" : "1, 2");
    }
    const Parsed parsed = Parse("package p\nvar _ = " + full);
    EXPECT_EQ(ExprString(VarValue(parsed)), source);
  }
}

TEST(Parser, CompositeLiteralsInHeaders) {
  const Parsed parsed = Parse(R"(package p
func f() {
	if x == y {
	}
	if x == (T{1}) {
	}
	for _, v := range []T{{1}, {2}} {
	}
	switch f := func() T { return T{1} }; f() {
	}
	if m[T{1}] {
	}
	for g(T{}) {
	}
})");
  const auto stmts = Body(parsed)->stmts;
  ASSERT_EQ(stmts.size(), 6u);
  EXPECT_EQ(ExprString(Cast<IfStmt>(stmts[0])->cond), "x == y");
  EXPECT_EQ(ExprString(Cast<IfStmt>(stmts[1])->cond), "x == (T{…})");
  EXPECT_EQ(ExprString(Cast<RangeStmt>(stmts[2])->x), "[]T{…}");
  EXPECT_EQ(ExprString(Cast<SwitchStmt>(stmts[3])->tag), "f()");
  EXPECT_EQ(ExprString(Cast<IfStmt>(stmts[4])->cond), "m[T{…}]");
  EXPECT_EQ(ExprString(Cast<ForStmt>(stmts[5])->cond), "g(T{})");
}

TEST(Parser, TypeParametersOrArrayLength) {
  const struct {
    const char* source;
    bool generic;
  } cases[] = {
      {"type T[P any] int", true},   {"type T[P *C,] int", true},
      {"type T[P *C|Q] int", false}, {"type T[P *struct{}] int", true},
      {"type T[P ~int] int", true},  {"type T[P, Q any] int", true},
      {"type T[N] int", false},      {"type T[N * 2] int", false},
      {"type T[] int", false},       {"type T[5] int", false},
      {"type T[P []int] int", true}, {"type T[P interface{ m() }] int", true},
      {"type T[pkg.N] int", false},  {"type T[P (C),] int", true},
  };
  for (const auto& c : cases) {
    const Parsed parsed = Parse(std::string("package p\n") + c.source);
    const auto* spec = Cast<TypeSpec>(Cast<GenDecl>(parsed.file().decls[0])->specs[0]);
    EXPECT_EQ(!spec->type_params.fields.empty(), c.generic) << c.source;
    EXPECT_EQ(spec->type->kind == NodeKind::kArrayType, !c.generic) << c.source;
  }
}

TEST(Parser, ParameterLists) {
  const Parsed parsed = Parse(
      "package p\nfunc f(a, b int, c ...string) (x int, err error)\n"
      "func g(int, []string, ...T) (int, error)\nfunc h(p.T, q[int]) q[int]");
  const auto* f = Cast<FuncDecl>(parsed.file().decls[0])->type;
  ASSERT_EQ(f->params.fields.size(), 2u);
  EXPECT_EQ(f->params.fields[0]->names.size(), 2u);
  EXPECT_EQ(f->params.fields[1]->type->kind, NodeKind::kEllipsis);
  EXPECT_EQ(f->results.fields[1]->names[0]->name, "err");
  const auto* g = Cast<FuncDecl>(parsed.file().decls[1])->type;
  ASSERT_EQ(g->params.fields.size(), 3u);
  for (const Field* field : g->params.fields) EXPECT_TRUE(field->names.empty());
  const auto* h = Cast<FuncDecl>(parsed.file().decls[2])->type;
  ASSERT_EQ(h->params.fields.size(), 2u);
  EXPECT_EQ(h->params.fields[1]->type->kind, NodeKind::kIndexExpr);
  EXPECT_EQ(h->results.fields[0]->type->kind, NodeKind::kIndexExpr);
}

TEST(Parser, ChannelTypes) {
  auto direction = [](const char* type) {
    const Parsed parsed = Parse(std::string("package p\nvar x ") + type);
    const auto* chan =
        Cast<ChanType>(Cast<ValueSpec>(Cast<GenDecl>(parsed.file().decls[0])->specs[0])->type);
    const auto* inner = As<ChanType>(Unparen(chan->element));
    return std::pair(static_cast<int>(chan->dir), inner ? static_cast<int>(inner->dir) : -1);
  };
  EXPECT_EQ(direction("chan int"), std::pair(0, -1));
  EXPECT_EQ(direction("chan<- int"), std::pair(1, -1));
  EXPECT_EQ(direction("<-chan int"), std::pair(2, -1));
  EXPECT_EQ(direction("chan<- chan int"), std::pair(1, 0));
  EXPECT_EQ(direction("chan (<-chan int)"), std::pair(0, 2));
  EXPECT_EQ(direction("<-chan <-chan int"), std::pair(2, 2));
  // In an expression the arrow is seen first.
  const Parsed parsed = Parse("package p\nvar _ = (<-chan<- chan int)(nil)");
  const auto* paren = Cast<ParenExpr>(Cast<CallExpr>(VarValue(parsed))->fun);
  const auto* chan = Cast<ChanType>(paren->x);
  EXPECT_EQ(chan->dir, ChanDir::kReceive);
  EXPECT_EQ(Cast<ChanType>(chan->element)->dir, ChanDir::kReceive);
}

TEST(Parser, ConstGroupsRepeat) {
  const Parsed parsed = Parse("package p\nconst (\n\tA, B = iota, 1\n\tC, D\n\tE int = 2\n\tF\n)");
  const auto* group = Cast<GenDecl>(parsed.file().decls[0]);
  ASSERT_EQ(group->specs.size(), 4u);
  auto spec = [&](int i) { return Cast<ValueSpec>(group->specs[i]); };
  EXPECT_EQ(spec(1)->iota, 1u);
  EXPECT_TRUE(spec(1)->values.empty());
  EXPECT_EQ(spec(1)->repeats, spec(0));
  EXPECT_EQ(spec(2)->repeats, spec(2));
  EXPECT_EQ(spec(3)->repeats, spec(2));
}

TEST(Parser, TypeSwitches) {
  const Parsed parsed = Parse(R"(package p
func f() {
	switch x := y.(type) {
	case int, []string, nil:
	default:
	}
	switch g(); y.(type) {
	}
})");
  const auto* bound = Cast<TypeSwitchStmt>(Body(parsed)->stmts[0]);
  EXPECT_EQ(bound->bound->name, "x");
  EXPECT_EQ(ExprString(bound->x), "y");
  ASSERT_EQ(bound->clauses.size(), 2u);
  EXPECT_EQ(bound->clauses[0]->values.size(), 3u);
  EXPECT_TRUE(bound->clauses[1]->is_default);
  const auto* plain = Cast<TypeSwitchStmt>(Body(parsed)->stmts[1]);
  EXPECT_EQ(plain->bound, nullptr);
  EXPECT_NE(plain->init, nullptr);
}

TEST(Parser, RangeClauses) {
  const Parsed parsed = Parse(R"(package p
func f() {
	for range x {}
	for i := range 10 {}
	for k, v = range m {}
	for a[0], *p = range m {}
})");
  auto range = [&](int i) { return Cast<RangeStmt>(Body(parsed)->stmts[i]); };
  EXPECT_EQ(range(0)->key, nullptr);
  EXPECT_TRUE(range(1)->define);
  EXPECT_EQ(range(1)->value, nullptr);
  EXPECT_FALSE(range(2)->define);
  EXPECT_EQ(ExprString(range(3)->value), "*p");
}

TEST(Parser, Positions) {
  const Parsed parsed = Parse("package p\n\nvar _ = a.b(c) + d[1]\n");
  const auto* sum = Cast<BinaryExpr>(VarValue(parsed));
  const auto* call = Cast<CallExpr>(sum->x);
  EXPECT_EQ(parsed.files.Render(sum->pos), "f.go:3:16");
  EXPECT_EQ(parsed.files.Render(StartPos(sum)), "f.go:3:9");
  EXPECT_EQ(parsed.files.Render(call->pos), "f.go:3:12");
  EXPECT_EQ(parsed.files.Render(call->fun->pos), "f.go:3:10");
  EXPECT_EQ(parsed.files.Render(EndPos(sum)), "f.go:3:22");
}

TEST(Parser, ColumnsCountBytes) {
  const Parsed parsed = Parse("package p\nvar _ = \"äö\" + x\n");
  EXPECT_EQ(parsed.files.Render(VarValue(parsed)->pos), "f.go:2:16");
}

TEST(Parser, DirectivesAndImports) {
  const Parsed parsed = Parse(
      "// A comment.\n//heddle:want  deadlock,panic \n//heddle:time ideal\r\n"
      "//go:build go1.21\n\npackage p\n//heddle:late x\n"
      "import (\n\t\"fmt\"\n\tm \"math\"\n\t. `os`\n)\nimport _ \"net\"\n");
  const File& file = parsed.file();
  ASSERT_EQ(file.directives.size(), 2u);
  EXPECT_EQ(file.directives[0].key, "want");
  EXPECT_EQ(file.directives[0].value, "deadlock,panic");
  EXPECT_EQ(file.directives[1].value, "ideal");
  EXPECT_EQ(parsed.files.Render(file.directives[1].pos), "f.go:3:1");
  EXPECT_EQ(file.go_version, "go1.21");
  ASSERT_EQ(file.imports.size(), 4u);
  EXPECT_EQ(file.imports[0]->path, "fmt");
  EXPECT_EQ(file.imports[1]->name->name, "m");
  EXPECT_EQ(file.imports[2]->name->name, ".");
  EXPECT_EQ(file.imports[2]->path, "os");
  EXPECT_EQ(parsed.files.Render(file.imports[1]->path_lit->pos), "f.go:10:4");
}

TEST(Parser, IdsAreContiguousAndUnique) {
  FileSet files;
  const ParseResult a = ParseFile(files, "a.go", "package p\nvar x = 1 + 2");
  const ParseResult b = ParseFile(files, "b.go", "package p\nvar y = x");
  EXPECT_GT(a.file->end_id, a.file->first_id + 4);
  EXPECT_EQ(a.file->end_id, b.file->first_id);
  EXPECT_EQ(b.file->end_id, files.node_id_end());
}

TEST(Parser, LabelsGroupWithStatements) {
  const Parsed parsed =
      Parse("package p\nfunc f() {\nL:\n\tfor {\n\t\tcontinue L\n\t}\n\tgoto E\nE:\n}");
  const auto* labeled = Cast<LabeledStmt>(Body(parsed)->stmts[0]);
  EXPECT_EQ(labeled->stmt->kind, NodeKind::kForStmt);
  EXPECT_EQ(Cast<LabeledStmt>(Body(parsed)->stmts[2])->stmt->kind, NodeKind::kEmptyStmt);
}

TEST(Literals, Strings) {
  EXPECT_EQ(StringValue(R"("a\n\t\\\"\x41\101\u00e4\U0001F600")"), "a\n\t\\\"AA\u00e4\U0001F600");
  EXPECT_EQ(StringValue("`raw\\n\r\nline`"), "raw\\n\nline");
  EXPECT_EQ(StringValue(R"("\xff\377")"), "\xff\xff");
  EXPECT_EQ(StringValue("\"\""), "");
}

TEST(Literals, Runes) {
  EXPECT_EQ(RuneValue("'x'"), U'x');
  EXPECT_EQ(RuneValue("'\\''"), U'\'');
  EXPECT_EQ(RuneValue("'ä'"), U'ä');
  EXPECT_EQ(RuneValue(R"('\u1234')"), 0x1234u);
  EXPECT_EQ(RuneValue(R"('\377')"), 255u);
}

}  // namespace
}  // namespace heddle::golang
