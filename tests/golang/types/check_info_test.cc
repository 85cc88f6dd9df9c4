// SPDX-License-Identifier: Apache-2.0
//
// Right programs: no diagnostics, and side tables that answer what the compiler asks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/golang/types/check_util.h"
#include "tests/golang/types/info_walk.h"

namespace heddle::golang::types {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const FuncDecl* FindFunc(const Package* package, std::string_view name) {
  for (const Func* func : package->functions) {
    if (func->name == name) return func->decl;
  }
  return nullptr;
}

TEST(CheckInfo, EveryExpressionOfARealProgramIsRecorded) {
  TestProgram program;
  program.Check(R"(package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sort"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

type Shape interface {
	Area() float64
	fmt.Stringer
}
type base struct{ name string }

func (b *base) String() string { return b.name }

type Square struct {
	*base
	side float64
}

func (s Square) Area() float64 { return s.side * s.side }

type byArea []Shape

func (b byArea) Len() int           { return len(b) }
func (b byArea) Less(i, j int) bool { return b[i].Area() < b[j].Area() }
func (b byArea) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

type Number interface{ ~int | ~float64 }

func Sum[T Number](xs ...T) (total T) {
	for _, x := range xs {
		total += x
	}
	return
}

type Stack[T any] struct{ items []T }

func (s *Stack[T]) Push(x T) { s.items = append(s.items, x) }
func (s *Stack[T]) Each(f func(T)) {
	for i := range s.items {
		f(s.items[i])
	}
}

var ErrNone = errors.New("none")

const (
	kb = 1 << (10 * (iota + 1))
	mb
)

func work(ctx context.Context, n int, out chan<- string) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("recovered: %v", r)
		}
	}()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case out <- strconv.Itoa(n):
	case <-time.After(time.Second * 2):
		return ErrNone
	}
	return nil
}

func main() {
	shapes := []Shape{Square{&base{"a"}, 2}, &Square{base: &base{name: "b"}, side: 1}}
	sort.Sort(byArea(shapes))
	var wg sync.WaitGroup
	var mu sync.Mutex
	counts := map[string]int{}
	out := make(chan string, mb/kb)
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	var hits atomic.Int64
	for i := range 3 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			if err := work(ctx, i, out); errors.Is(err, ErrNone) {
				return
			}
			mu.Lock()
			defer mu.Unlock()
			counts[strings.Repeat("x", i)]++
			hits.Add(1)
		}()
	}
	wg.Wait()
	close(out)
	for s := range out {
		switch {
		case s == "1" && len(counts) > 0, hits.Load() > 1:
			fmt.Fprintln(os.Stderr, s, counts[s])
		default:
			goto done
		}
	}
done:
	st := &Stack[string]{}
	st.Push("a")
	st.Each(func(s string) { fmt.Println(s) })
	fmt.Println(Sum(1, 2, 3), Sum(1.5), max(1, 2.5))
	var x any = shapes[0]
	switch v := x.(type) {
	case Square:
		fmt.Println(v.side, v.String())
	case nil, error:
		fmt.Println(v)
	}
	if sq, ok := x.(*Square); ok {
		fmt.Println(sq.name)
	}
	f := Square.Area
	g := (*base).String
	h := shapes[0].Area
	fmt.Println(f(Square{}), g(&base{}), h())
}
)");
  EXPECT_THAT(program.Messages(), IsEmpty());
  EXPECT_THAT(FindMissingInfo(program.files, program.world), IsEmpty());
}

TEST(CheckInfo, UntypedOperandsGetTheTypeOfTheirContext) {
  TestProgram program;
  Package* package = program.Check(
      "package main\nvar s uint\nvar e error\nvar a = float32(1) + 2\nvar b = e == nil\nvar c "
      "int64 = 1 << s\n"
      "var d any = 'x'\nfunc main() {}\n");
  ASSERT_THAT(program.Messages(), IsEmpty());
  std::vector<std::string> found;
  for (const Initializer& initializer : package->initializers) {
    const Expr* expr = initializer.rhs;
    if (const auto* binary = As<BinaryExpr>(expr)) {
      found.push_back(RuntimeTypeString(package->info.TypeOf(binary->x)));
      found.push_back(RuntimeTypeString(package->info.TypeOf(binary->y)));
    }
    found.push_back(RuntimeTypeString(package->info.TypeOf(expr)));
  }
  EXPECT_THAT(found, ElementsAre("float32", "float32", "float32", "error", "error", "bool", "int64",
                                 "uint", "int64", "int32"));
  EXPECT_EQ(package->info.Of(package->initializers[0].rhs).value.AsFloat64(), 3.0);
}

TEST(CheckInfo, ClosuresKnowWhatTheyCapture) {
  TestProgram program;
  Package* package = program.Check(
      "package main\nvar global int\nfunc main() {\n\ta, b, c := 1, 2, 3\n\tf := func(p int) "
      "{\n\t\tfunc() { b++; p++; "
      "global++ }()\n\t\t_ = a\n\t}\n\tf(c)\n\td := &c\n\t_ = d\n}\n");
  ASSERT_THAT(program.Messages(), IsEmpty());
  const auto* outer =
      Cast<FuncLit>(Cast<AssignStmt>(FindFunc(package, "main")->body->stmts[1])->rhs[0]);
  std::vector<std::string> names;
  for (const Var* var : package->info.ClosureOf(outer)->captures) names.push_back(var->name);
  EXPECT_THAT(names, ElementsAre("b", "a"));
  const auto* call = Cast<CallExpr>(Cast<ExprStmt>(outer->body->stmts[0])->x);
  names.clear();
  for (const Var* var : package->info.ClosureOf(Cast<FuncLit>(call->fun))->captures)
    names.push_back(var->name);
  EXPECT_THAT(names, ElementsAre("b", "p"));
  const auto* first = Cast<AssignStmt>(FindFunc(package, "main")->body->stmts[0]);
  const auto* a = ToObject<Var>(package->info.Def(Cast<Ident>(first->lhs[0])));
  const auto* b = ToObject<Var>(package->info.Def(Cast<Ident>(first->lhs[1])));
  const auto* c = ToObject<Var>(package->info.Def(Cast<Ident>(first->lhs[2])));
  EXPECT_TRUE(a->captured && !a->reassigned && !a->address_taken);
  EXPECT_TRUE(b->captured && b->reassigned);
  EXPECT_TRUE(!c->captured && c->address_taken);
  EXPECT_EQ(a->function, FindFunc(package, "main"));
}

TEST(CheckInfo, SelectionsTellThePath) {
  TestProgram program;
  Package* package = program.Check(
      "package main\ntype A struct { x, y int }\nfunc (*A) M() {}\ntype B struct { n int; *A "
      "}\ntype I interface { Z(); "
      "M() }\nfunc main() {\n\tvar b B\n\tb.y = 1\n\tb.M()\n\tvar i "
      "I\n\ti.M()\n\t(*A).M(nil)\n}\n");
  ASSERT_THAT(program.Messages(), IsEmpty());
  const auto& stmts = FindFunc(package, "main")->body->stmts;
  const Info& info = package->info;
  const Selection* field = info.SelectionOf(Cast<SelectorExpr>(Cast<AssignStmt>(stmts[1])->lhs[0]));
  EXPECT_EQ(field->kind, SelectionKind::kField);
  EXPECT_THAT(field->path, ElementsAre(1, 1));
  EXPECT_TRUE(field->indirect);
  const auto selection_of_call = [&](const Stmt* stmt) {
    return info.SelectionOf(Cast<SelectorExpr>(Cast<CallExpr>(Cast<ExprStmt>(stmt)->x)->fun));
  };
  const Selection* method = selection_of_call(stmts[2]);
  EXPECT_EQ(method->kind, SelectionKind::kMethodValue);
  EXPECT_THAT(method->path, ElementsAre(1));
  EXPECT_EQ(method->func->name, "M");
  const Selection* dynamic = selection_of_call(stmts[4]);
  EXPECT_EQ(dynamic->kind, SelectionKind::kInterfaceMethod);
  EXPECT_EQ(dynamic->method_index, 0u) << "M comes before Z";
  EXPECT_EQ(selection_of_call(stmts[5])->kind, SelectionKind::kMethodExpr);
}

TEST(CheckInfo, VariablesAreInitializedByDependency) {
  TestProgram program;
  Package* package = program.Check(
      "package main\nvar a = c + f()\nvar b = 1\nvar c = 2\nvar d, e = g()\nvar _ = h\nvar h = "
      "5\nfunc f() int { return d "
      "}\nfunc g() (int, int) { return b, 0 }\nfunc main() {}\n");
  ASSERT_THAT(program.Messages(), IsEmpty());
  std::string order;
  for (const Initializer& initializer : package->initializers) {
    for (const Var* var : initializer.lhs) order += var->name;
    order += ' ';
  }
  EXPECT_EQ(order, "b c de a h _ ");
}

TEST(CheckInfo, InstancesAreCheckedOneByOne) {
  TestProgram program;
  program.Check(
      "package main\ntype L[T any] struct { v T; next *L[T] }\nfunc (l *L[T]) Put(v T) { l.next = "
      "&L[T]{v: v} }\n"
      "func Map[A, B any](a A, f func(A) B) B { return f(a) }\nfunc main() {\n\tvar l "
      "L[int]\n\tl.Put(1)\n"
      "\t_ = Map(1, func(i int) string { return \"\" })\n\t_ = Map[string, error](\"\", nil)\n}\n");
  ASSERT_THAT(program.Messages(), IsEmpty());
  std::vector<std::string> names;
  for (const Func* func : program.world.instances) {
    names.push_back(func->name + " " + RuntimeTypeString(func->type));
    EXPECT_NE(func->instance_info, nullptr);
  }
  EXPECT_THAT(names, ::testing::UnorderedElementsAre("Put func(int)",
                                                     "Map func(int, func(int) string) string",
                                                     "Map func(string, func(string) error) error"));
  EXPECT_THAT(FindMissingInfo(program.files, program.world), IsEmpty());
}

TEST(CheckInfo, GenericStandardFunctionsWork) {
  TestProgram program;
  program.Check(
      "package main\nimport (\"sync\"; \"sync/atomic\")\nfunc main() {\n\tvar p "
      "atomic.Pointer[int]\n\tx := 1\n"
      "\tp.Store(&x)\n\tvar y *int = p.Load()\n\t_ = y\n\tf := sync.OnceValue(func() string { "
      "return \"\" })\n"
      "\tvar s string = f()\n\t_ = s\n}\n");
  EXPECT_THAT(program.Messages(), IsEmpty());
  EXPECT_THAT(FindMissingInfo(program.files, program.world), IsEmpty());
}

TEST(CheckInfo, AllStandardPackagesCheck) {
  std::string text = "package main\nimport (\n";
  const std::filesystem::path root = std::filesystem::path(HEDDLE_SOURCE_DIR) / "models/golang/std";
  std::set<std::string> paths;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    if (entry.path().extension() == ".go") {
      paths.insert(std::filesystem::relative(entry.path().parent_path(), root).string());
    }
  }
  for (const std::string& path : paths) {
    if (path.find("internal") == std::string::npos) text += "\t_ \"" + path + "\"\n";
  }
  TestProgram program;
  program.Check(text + ")\nfunc main() {}\n");
  EXPECT_THAT(program.Messages(), IsEmpty());
  EXPECT_THAT(FindMissingInfo(program.files, program.world), IsEmpty());
}

TEST(CheckRobustness, DeepAndHugeInputEndsInAMessage) {
  const auto check = [](const std::string& text) {
    TestProgram program;
    program.Check(text);
    return program.Messages();
  };
  std::string sum = "package main\nvar a = 1\nvar b = a";
  for (int i = 0; i < 3500; ++i) sum += "+a";
  EXPECT_THAT(check(sum + "\nfunc main() {}\n"), IsEmpty());
  std::string chain = "package main\nfunc main() {}\nconst c20000 = 1\n";
  for (int i = 0; i < 20000; ++i) {
    chain += "const c" + std::to_string(i) + " = c" + std::to_string(i + 1) + "\n";
  }
  EXPECT_LE(check(chain).size(), 1u);
  std::string types = "package main\nfunc main() {}\ntype A50 = int\n";
  for (int i = 0; i < 50; ++i) {
    types += "type A" + std::to_string(i) + " = struct { a, b A" + std::to_string(i + 1) + " }\n";
  }
  EXPECT_THAT(check(types), ::testing::Not(IsEmpty()));
  EXPECT_THAT(check("package main\nfunc f[P any](x P) { f([]P{x}) }\nfunc main() { f(1) }\n"),
              ElementsAre(::testing::HasSubstr("instantiation cycle")));
}

}  // namespace
}  // namespace heddle::golang::types
