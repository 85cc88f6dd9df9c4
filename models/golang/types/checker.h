// SPDX-License-Identifier: Apache-2.0
//
// The checker of one package: its state and the list of its parts. Private to models/golang/types.
//
// How to read it: check.cc runs the phases (collect, resolve, bodies, instances, initialization
// order); declare.cc resolves one object on demand; the files type_expr, expr, binary, call,
// builtin, literal, selector, stmt, switch and range follow the chapters of the Go specification.
// Report-and-go-on: an operand or type that had an error is invalid and silent. Invariant: `env_`
// describes the innermost declaration or function; whoever changes it restores it.
#ifndef HEDDLE_MODELS_GOLANG_TYPES_CHECKER_H_
#define HEDDLE_MODELS_GOLANG_TYPES_CHECKER_H_

#include <fmt/format.h>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "models/golang/syntax/ast.h"
#include "models/golang/syntax/diagnostic.h"
#include "models/golang/types/check.h"
#include "models/golang/types/constant.h"
#include "models/golang/types/info.h"
#include "models/golang/types/lookup.h"
#include "models/golang/types/object.h"
#include "models/golang/types/predicates.h"
#include "models/golang/types/subst.h"
#include "models/golang/types/type.h"

namespace heddle::golang::types {

// An expression that was just checked.
struct Operand {
  Mode mode = Mode::kInvalid;
  Builtin builtin = Builtin::kNone;
  const Expr* expr = nullptr;
  const Type* type = nullptr;
  Constant value;                 // kConstant
  const Func* generic = nullptr;  // A generic function without (all of) its type arguments.

  bool valid() const { return mode != Mode::kInvalid; }
  bool is_nil() const { return mode == Mode::kNil; }
  bool is_const() const { return mode == Mode::kConstant; }
};

// Where a package-level object is declared.
struct DeclInfo {
  const File* file = nullptr;
  Scope* scope = nullptr;  // Of the file.
  const ValueSpec* value = nullptr;
  size_t index = 0;         // Of the name in `value`.
  std::vector<Var*> group;  // All variables of `var a, b = f()`.
  const TypeSpec* type = nullptr;
  std::unique_ptr<Scope> type_scope;  // Of the type parameters of a generic type.
  const FuncDecl* func = nullptr;
  int order = 0;  // Of the declaration in the source.
  // Package-level constants, variables and functions that the initialization or body mentions.
  std::vector<Object*> dependencies;
  std::set<const Object*> dependency_set;
  // All package-level objects that it mentions, types and methods included.
  std::set<Object*> mentions;
  std::shared_ptr<const Missing> missing;  // What it asks for itself.
};

// A function or function literal that is being checked.
struct FunctionContext {
  const Node* node = nullptr;
  const FuncLit* literal = nullptr;
  FunctionContext* outer = nullptr;
  const Signature* signature = nullptr;
  std::vector<Var*> results;
  std::vector<Var*> locals;  // Without parameters: reported when not used.
};

struct Environment {
  DeclInfo* decl = nullptr;
  const File* file = nullptr;
  Scope* scope = nullptr;
  Info* info = nullptr;
  FunctionContext* function = nullptr;
  std::optional<Constant> iota;
  Pos inherited_pos;  // Of the constant whose expression repeats that of an earlier line.
  bool has_call_or_receive = false;
  bool repeated = false;  // The expression is an implicit repetition: not recorded.
};

class Checker {
 public:
  Checker(World& world, const FileSet& file_set, Package& package, const CheckOptions& options,
          DiagnosticList& diagnostics);
  void Run();

 private:
  friend class InitOrder;
  friend void OrderInitializers(Checker& checker);

  // ---- check.cc: phases ----
  void CollectObjects();
  void CollectImports(const File& file, Scope& scope);
  const Package* Import(const ImportSpec* spec);
  void CollectDecl(const File& file, Scope& scope, const Decl* decl);
  void CollectFunc(const File& file, Scope& scope, const FuncDecl* decl);
  void CollectConst(const File& file, Scope& scope, const ValueSpec* spec);
  void CollectVar(const File& file, Scope& scope, const ValueSpec* spec);
  void CollectType(const File& file, Scope& scope, const TypeSpec* spec);
  DeclInfo* NewDecl(Object* object, const File& file, Scope& scope);
  void DeclarePackageObject(const Ident* ident, Object* object);
  void CheckFileScopeConflicts();
  void AttachMethods();
  void ResolveAll();
  void ReportUnusedImports();
  void CheckInstances();
  void Finish();

  // ---- report.cc ----
  template <class... Args>
  void Error(Pos pos, fmt::format_string<Args...> format, Args&&... args) {
    Report(pos, fmt::format(format, std::forward<Args>(args)...));
  }
  void Report(Pos pos, std::string message);
  void Unsupported(Pos pos, std::string_view what);
  bool RequireVersion(Pos pos, int minor, std::string_view what);
  bool AllowVersion(int minor) const;
  std::string Str(const Type* type) const { return TypeString(type, &package_); }
  std::string Str(const Operand& x) const;
  std::string Describe(const Object* object) const;
  std::string At(Pos pos) const { return file_set_.Render(pos); }
  std::string TypesSummary(const std::vector<const Type*>& types, bool variadic,
                           bool has_dots) const;
  Pos PosOf(const Operand& x) const { return x.expr == nullptr ? Pos{} : StartPos(x.expr); }

  // ---- missing.cc ----
  // What the declaration being checked asks for is not there: no fault, unless the program reaches
  // the declaration.
  void NoteMissing(std::shared_ptr<const Missing> missing);
  void NoteMention(Object* object);
  // Hands on what declarations need to those that mention them.
  void SpreadMissing();
  // The name is in Go's package, but not in heddle's. It is noted.
  bool IsMissingName(const Package* package, std::string_view name, Pos pos);
  // The same for a field or method of a type.
  bool IsMissingMember(const Type* type, std::string_view name, Pos pos);
  // The same for a name that only an import with a dot could have declared.
  bool IsMissingDotName(const Ident* ident);

  // ---- declare.cc ----
  void Resolve(Object* object);
  void ResolveNamed(const Named* named);
  bool ReportCycle(Object* object);
  void CycleError(const std::vector<Object*>& cycle);
  void DeclareConst(Const* object, const ValueSpec* spec, size_t index);
  void DeclareVar(Var* object, DeclInfo* decl);
  void DeclareType(TypeName* object, const TypeSpec* spec);
  void DeclareFunc(Func* object);
  void CheckMethodNames(const Named* named);
  void CheckValidType(TypeName* object);
  bool ValidType(const Type* type, std::vector<const Named*>& path, std::set<const Named*>& done);
  void DeclareLocal(const GenDecl* decl);
  void DeclareLocalConst(const ValueSpec* spec);
  void DeclareLocalVar(const ValueSpec* spec);
  void DeclareLocalType(const TypeSpec* spec);
  void CheckArity(const ValueSpec* spec, bool is_const, const ValueSpec* repeats);
  void Declare(Scope* scope, const Ident* ident, Object* object);
  void RecordDef(const Ident* ident, Object* object);
  Var* NewLocal(const Ident* ident, const Type* type);
  void ReportRedeclared(const Object* object, const Object* other);

  // ---- function.cc ----
  void CheckBody(FunctionContext& context, const BlockStmt* body);
  void ReportUnused(const FunctionContext& context);
  void CheckFuncBody(Func* func);
  void CheckGenericBody(Func* func);
  void CheckInstanceBody(Func* func);
  void BindTypeParam(Scope& scope, const Ident* ident, const Type* type);
  // Results of a signature; the parameters become variables of `scope`.
  const Signature* CheckSignature(const FuncType* type, Scope& scope, FunctionContext* context);
  void CollectParams(const FieldList& fields, Scope& scope, bool results, FunctionContext* context,
                     std::vector<Param>& params, bool* variadic);
  const Type* CheckReceiver(Func* func, const Field* field, Scope& scope, FunctionContext* context);
  void ValidateReceiver(const Expr* expr, const Type* type);
  // Type parameters in two steps: their constraints may mention them and the type they belong to.
  std::vector<TypeParam*> CreateTypeParams(const FieldList& fields, Scope& scope);
  void CheckConstraints(const FieldList& fields, const std::vector<TypeParam*>& params);
  void CheckFuncLit(const FuncLit* literal, Operand& x);
  void FuncLitBody(const FuncLit* literal, const Signature* signature);

  // ---- type_expr.cc ----
  // A type usable for variables.
  const Type* VarType(const Expr* expr);
  const Type* AnyType(const Expr* expr);  // Constraints and generic types too.
  const Type* CheckType(const Expr* expr, bool allow_generic);
  const Type* TypeOrInvalid(const Expr* expr, bool allow_generic);
  const Type* TypeFromIdent(const Expr* expr, bool allow_generic);
  const Type* ArrayTypeOf(const ArrayType* expr);
  void CheckSize(const Expr* expr, const Type* type);
  std::optional<int64_t> ArrayLength(const Expr* expr);
  const Type* StructTypeOf(const StructType* expr);
  void AddEmbedded(const Field* field, std::vector<StructField>& fields,
                   std::map<std::string, Pos>& seen);
  void AddField(std::string_view name, Pos pos, const Type* type, bool embedded,
                const BasicLit* tag, std::vector<StructField>& fields,
                std::map<std::string, Pos>& seen);
  const Type* InterfaceTypeOf(const InterfaceType* expr);
  const Type* ConstraintElement(const Expr* expr);
  bool UnionTerms(const Expr* expr, std::vector<Term>& terms);
  void CheckOverlap(const Expr* expr, const std::vector<Term>& terms, size_t index);
  void CheckTerm(const Expr* expr, const Term& term, bool in_union);
  const Type* MapTypeOf(const MapType* expr);
  const Type* InstanceTypeOf(const IndexExpr* expr);
  void CheckVarType(Pos pos, const Type* type);
  void RecordType(const Expr* expr, const Type* type);

  // ---- generic.cc ----
  bool VerifyInstance(const std::vector<Pos>& positions, Pos pos,
                      const std::vector<TypeParam*>& params, const std::vector<const Type*>& args);
  void InstantiateFunc(Operand& x, const IndexExpr* expr);
  void UseInstance(Operand& x, const std::vector<const Type*>& args);
  bool Infer(Operand& fun, Pos pos, const std::vector<Param>& params, std::vector<Operand>& args,
             std::vector<const Type*> known, std::vector<const Type*>* result);
  void RenameTypeParams(std::vector<TypeParam*>& params, std::vector<Param>& patterns);
  bool InferFromConstraints(const std::vector<TypeParam*>& params, std::vector<const Type*>& args);
  // Instantiates a generic function value for the function type it is assigned to.
  bool InferFromTarget(Operand& x, const Type* target);
  std::vector<const Type*> partial_args_;  // Explicit arguments of the generic operand at hand.

  // ---- operand.cc ----
  void RawExpr(Operand& x, const Expr* expr, const Type* hint, bool allow_generic);
  void Value(Operand& x, const Expr* expr, const Type* hint = nullptr);  // A single value.
  void Multi(Operand& x, const Expr* expr);  // Possibly a tuple or no value... no type.
  void ExprOrType(Operand& x, const Expr* expr, bool allow_generic);
  void ExcludeModes(Operand& x, bool no_value, bool builtin, bool type);
  void SingleValue(Operand& x);
  void NonGeneric(Operand& x);
  void RecordOperand(const Operand& x, const Expr* expr);
  void Use(List<Expr> exprs);
  void UseOne(const Expr* expr);
  void UpdateExprType(const Expr* expr, const Type* type, bool final);
  void UpdateConstValue(const Expr* expr, const Constant& value, const Type* type);
  // What converting an untyped operand to `target` gives; null when it is not possible.
  enum class Fit : uint8_t { kOk, kBad, kTruncated, kOverflow };
  const Type* ImplicitType(Operand& x, const Type* target, Fit* fit);
  void ConvertUntyped(Operand& x, const Type* target);
  Fit RepresentableFit(const Constant& value, const Type* from, const Basic* target,
                       Constant* rounded);
  bool Representable(const Constant& value, const Basic* target, Constant* rounded);
  void MakeRepresentable(Operand& x, const Basic* target);
  void ReportConversion(const Operand& x, const Type* target, Fit fit);
  void Overflow(Operand& x, Pos op_pos);
  bool AssignableTo(Operand& x, const Type* target, std::string* cause);
  void Assign(Operand& x, const Type* target, std::string_view context);

  // ---- expr.cc ----
  void ExprInternal(Operand& x, const Expr* expr, const Type* hint);
  void IdentExpr(Operand& x, const Ident* ident, bool allow_generic);
  void NoteVarUse(Var* var);
  void NoteDependency(Object* object);
  void CheckLiteralVersion(const BasicLit* literal);
  void LiteralExpr(Operand& x, const BasicLit* literal);
  void UnaryExprOf(Operand& x, const UnaryExpr* expr, const Type* hint);
  void AddressOf(Operand& x, const UnaryExpr* expr, const Type* hint);
  void ReceiveOf(Operand& x);
  void StarExprOf(Operand& x, const StarExpr* expr);
  void TypeAssertOf(Operand& x, const TypeAssertExpr* expr);
  void CheckAssertion(const Expr* expr, const Operand& x, const Type* type, bool type_switch);
  Var* RootVar(const Expr* expr);
  void MarkAddressTaken(const Expr* expr);
  bool CheckUnaryOp(const Operand& x, Token op);

  // ---- binary.cc ----
  void Binary(Operand& x, const Expr* expr, const Expr* lhs, const Expr* rhs, Token op);
  void BinaryOperands(Operand& x, Operand& y, const Expr* expr, Token op);
  void MatchTypes(Operand& x, Operand& y);
  bool MayConvert(const Operand& x, const Operand& y) const;
  void Comparison(Operand& x, Operand& y, Token op, const Expr* expr);
  void ShiftOf(Operand& x, Operand& y, const Expr* expr, Token op);
  bool ShiftCount(Operand& y, std::optional<uint64_t>* count);
  bool IsShiftCount(const Operand& y);
  bool CheckBinaryOp(const Operand& x, Token op);

  // ---- call.cc ----
  void Call(Operand& x, const CallExpr* call);
  void ConversionCall(Operand& x, const CallExpr* call);
  void FunctionCall(Operand& x, const CallExpr* call);
  std::vector<Operand> Arguments(const CallExpr* call, bool* ok);
  bool CheckArguments(Operand& fun, const CallExpr* call, std::vector<Operand>& args,
                      const Signature** signature);
  void Convert(Operand& x, const Type* target);
  bool ConstConvertible(const Operand& x, const Type* target, Constant* value);
  bool Convertible(const Operand& x, const Type* target, std::string* cause);
  bool ConvertibleTypes(const Operand& x, const Type* from, const Type* to, std::string* cause);

  // ---- builtin.cc ----
  bool BuiltinCall(Operand& x, const CallExpr* call, Builtin id);
  bool AppendCall(Operand& x, const CallExpr* call, std::vector<Operand>& args);
  bool LenCall(Operand& x, const CallExpr* call, Builtin id);
  bool ComplexCall(Operand& x, const CallExpr* call, std::vector<Operand>& args);
  bool RealCall(Operand& x, const CallExpr* call, Builtin id);
  bool CopyCall(Operand& x, const CallExpr* call, std::vector<Operand>& args);
  bool DeleteCall(Operand& x, std::vector<Operand>& args);
  bool MakeCall(Operand& x, const CallExpr* call);
  bool MinMaxCall(Operand& x, const CallExpr* call, Builtin id, std::vector<Operand>& args);
  bool ClearCall(Operand& x);
  bool CloseCall(Operand& x);

  // ---- unsafe.cc ----
  bool UnsafeCall(Operand& x, const CallExpr* call, Builtin id, std::vector<Operand>& args);
  bool OffsetofCall(Operand& x, const CallExpr* call);
  // Constant unless `of` is of unknown size.
  void MakeUintptr(Operand& x, const Type* of, int64_t value);

  // ---- literal.cc ----
  void CompositeLitOf(Operand& x, const CompositeLit* literal, const Type* hint);
  void StructElements(const CompositeLit* literal, const Type* type, const Struct* record);
  void StructValues(const CompositeLit* literal, const Type* type, const Struct* record);
  void MapElements(const CompositeLit* literal, const Map* map);
  int64_t IndexedElements(List<Expr> elements, const Type* elem, int64_t length);

  // ---- index.cc ----
  void IndexOf(Operand& x, const IndexExpr* expr, bool allow_generic);
  void IndexValue(Operand& x, const IndexExpr* expr);
  bool IndexTypeParam(Operand& x, const IndexExpr* expr, int64_t* length);
  void SliceOf(Operand& x, const SliceExpr* expr);
  // A valid index; its value when it is constant. `limit` is exclusive; negative for none.
  bool IndexOperand(const Expr* expr, int64_t limit, std::optional<int64_t>* value);
  bool IsValidIndex(Operand& x, std::string_view what, bool allow_negative);

  // ---- selector.cc ----
  void SelectorOf(Operand& x, const SelectorExpr* expr);
  void QualifiedIdent(Operand& x, const SelectorExpr* expr, PkgName* pkg_name);
  void MethodExprOf(Operand& x, const SelectorExpr* expr);
  void SelectorError(const Operand& x, const SelectorExpr* expr, const LookupResult& found);
  std::string LookupHint(const Type* type, std::string_view sel, bool struct_literal) const;

  // ---- assign.cc ----
  // Types and values of initialized variables; null types are inferred.
  void InitVars(const std::vector<Var*>& lhs, List<Expr> rhs, const ReturnStmt* ret);
  void InitVar(Var* var, Operand& x, std::string_view context);
  const Type* LhsType(const Expr* lhs);
  // Assigns *x, or the value of `rhs` when x is null.
  void AssignVar(const Expr* lhs, const Expr* rhs, Operand* x, std::string_view context);
  void AssignVars(List<Expr> lhs, List<Expr> rhs);
  void ShortVarDecl(const AssignStmt* stmt);
  void AssignError(List<Expr> rhs, size_t l, size_t r);
  void ReturnError(const ReturnStmt* stmt, const std::vector<Var*>& lhs,
                   const std::vector<Operand>& rhs);
  // The values of `expr`, several for a call with several results. With `want_two`, a comma-ok form
  // counts as two.
  std::vector<Operand> Spread(const Expr* expr, bool want_two, bool* comma_ok);
  bool UseAll(List<Expr> exprs);
  // Of an assignment that failed: that the variables are not used either is no news.
  void UseFailed(List<Expr> lhs);
  bool UseLhs(List<Expr> lhs);

  // ---- stmt.cc ----
  enum : uint32_t {
    kBreakOk = 1,
    kContinueOk = 2,
    kFallthroughOk = 4,
    kFinalCase = 8,
    kInTypeSwitch = 16
  };
  void Statements(List<Stmt> stmts, uint32_t context);
  void Statement(const Stmt* stmt, uint32_t context);
  void StatementInner(const Stmt* stmt, uint32_t context);
  void ExprStatement(const ExprStmt* stmt);
  void SendStatement(const SendStmt* stmt);
  void IncDecStatement(const IncDecStmt* stmt);
  void AssignStatement(const AssignStmt* stmt);
  void GoOrDefer(const Expr* call, std::string_view what);
  enum class ExprKind : uint8_t { kConversion, kExpression, kStatement };
  // What a checked expression is as a statement.
  ExprKind KindOf(const Expr* expr);
  void ReturnStatement(const ReturnStmt* stmt);
  void BranchStatement(const BranchStmt* stmt, uint32_t context);
  void IfStatement(const IfStmt* stmt, uint32_t context);
  void ForStatement(const ForStmt* stmt, uint32_t context);
  void SelectStatement(const SelectStmt* stmt, uint32_t context);
  void Condition(const Expr* cond, std::string_view what);

  // ---- switch.cc ----
  void SwitchStatement(const SwitchStmt* stmt, uint32_t context);
  using SeenValues = std::map<std::string, std::vector<std::pair<const Type*, Pos>>>;
  void CaseValues(const Operand& tag, const CaseClause* clause, SeenValues& seen);
  void TypeSwitchStatement(const TypeSwitchStmt* stmt, uint32_t context);
  // The type of the clause's only case; null for nil, or when there are more or none.
  const Type* CaseTypes(const Operand& x, const CaseClause* clause,
                        std::map<const Type*, Pos>& seen);

  // ---- range.cc ----
  void RangeStatement(const RangeStmt* stmt, uint32_t context);
  struct RangeTypes {
    const Type* key = nullptr;
    const Type* value = nullptr;
    std::string cause;
    bool ok = false;
    bool is_func = false;
    bool is_int = false;
  };
  RangeTypes RangeOver(const Operand& x);
  RangeTypes RangeOverFunc(const Signature* signature);
  void DeclareRangeVars(const RangeStmt* stmt, Operand& x, const RangeTypes& types);
  void AssignRangeVars(const RangeStmt* stmt, Operand& x, const RangeTypes& types);

  // A block: names declared while it lives are its own.
  class ScopeGuard {
   public:
    explicit ScopeGuard(Checker& checker) : checker_(checker), scope_(checker.env_.scope) {
      checker.env_.scope = &scope_;
    }
    ~ScopeGuard() { checker_.env_.scope = const_cast<Scope*>(scope_.parent()); }
    ScopeGuard(const ScopeGuard&) = delete;
    ScopeGuard& operator=(const ScopeGuard&) = delete;

   private:
    Checker& checker_;
    Scope scope_;
  };
  class EnvGuard {
   public:
    explicit EnvGuard(Checker& checker) : checker_(checker), saved_(checker.env_) {}
    ~EnvGuard() { checker_.env_ = saved_; }
    EnvGuard(const EnvGuard&) = delete;
    EnvGuard& operator=(const EnvGuard&) = delete;

   private:
    Checker& checker_;
    Environment saved_;
  };
  // Counts levels of recursion; `ok` is false, and an error reported, beyond the limit.
  class DepthGuard {
   public:
    DepthGuard(Checker& checker, Pos pos);
    ~DepthGuard() { --checker_.depth_; }
    DepthGuard(const DepthGuard&) = delete;
    DepthGuard& operator=(const DepthGuard&) = delete;
    bool ok;

   private:
    Checker& checker_;
  };

  // Checks that need types to be complete: at the end of the statement, or when all declarations
  // are resolved.
  void Later(std::function<void()> action) { later_.push_back(std::move(action)); }
  void RunLater();
  // Bodies at package level: when all declarations are resolved, one after the other.
  void LaterBody(std::function<void()> action) { bodies_.push_back(std::move(action)); }
  void RunBodies();

  const Type* invalid() const { return types_.invalid(); }
  const Basic* basic(BasicKind kind) const { return types_.basic(kind); }
  Info& info() { return *env_.info; }

  World& world_;
  TypeTable& types_;
  const FileSet& file_set_;
  Package& package_;
  const CheckOptions& options_;
  DiagnosticList& diagnostics_;

  Environment env_;
  std::deque<std::function<void()>> later_;
  std::deque<std::function<void()>> bodies_;
  std::vector<std::unique_ptr<DeclInfo>> decls_;
  std::unordered_map<const Object*, DeclInfo*> decl_of_;
  std::vector<Object*> in_order_;  // Package-level objects, methods included, in source order.
  std::vector<PkgName*> imports_;
  std::map<std::pair<const Scope*, const Package*>, PkgName*> dot_imports_;
  std::set<const Package*> imported_;
  std::vector<const Func*> without_body_;
  std::vector<Object*> path_;  // Objects being resolved, innermost last.
  std::map<const Named*, std::vector<Func*>> methods_of_;
  std::unordered_set<uint32_t>
      shift_operands_;  // Untyped left operands of shifts that are not constant.
  std::set<const Object*> cycle_reported_;
  std::set<const Named*>
      broken_;    // Members of reported cycles: their underlying type stays invalid.
  Info scratch_;  // Of generic bodies.
  uint32_t local_types_ = 0;
  size_t errors_ = 0;
  int depth_ = 0;
  bool silent_ = false;  // Bodies of instances: their errors were those of the generic body.
  bool too_deep_ = false;
  bool import_failed_ = false;
  std::shared_ptr<const Missing> missing_import_;  // Of the import looked at last.
  std::set<std::string> missing_reported_;
};

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_CHECKER_H_
