// SPDX-License-Identifier: Apache-2.0
//
// FunctionCompiler: the body of one function or function literal to bytecode.
//
// The upper half of the compiler. How to read it: this class, then compile_stmt.cc,
// compile_assign.cc, compile_loop.cc (statements), compile_expr.cc, compile_place.cc,
// compile_literal.cc, compile_convert.cc, compile_call.cc, compile_builtin.cc, compile_order.cc
// (expressions), compile_wrapper.cc (functions that stand for a method).
//
// Conventions. Operand(e) gives a register that holds the value and that nobody writes before the
// end of the statement; Into(e, to) puts the value in a register, which may be that of a variable
// that `e` mentions: it is written last, unless `fresh` says that nobody reads it. Both give the
// value the type recorded for `e`; IntoAs converts to the type a value is assigned to. Registers
// are released at the end of each statement. Invariant: calls and other effects happen in source
// order, before the variables beside them are read (compile_order.cc).
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_FUNCTION_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_FUNCTION_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "models/golang/bytecode/compile_builder.h"
#include "models/golang/bytecode/compile_program.h"

namespace heddle::golang::compile {

// Where a value lies, or can be put.
struct Place {
  enum class Kind : uint8_t {
    kBlank,     // The variable _.
    kRegister,  // base
    kMemory,    // *(base + offset)
    kGlobal,    // offset in the global variables
    kSlice,     // base[index]; `container` is the slice type
    kElement,   // Element `index` of the array at *parent, a place rooted in registers, then
                // `offset` bytes further
    kMap,       // base[index]; `container` is the map type
  };
  Kind kind = Kind::kBlank;
  const types::Type* type = nullptr;
  Reg base = 0;
  Reg index = 0;
  uint64_t offset = 0;
  const types::Type* container = nullptr;
  std::shared_ptr<Place> parent;
  // kMemory: the pointer is known not to be nil, so that its address needs no check.
  bool non_nil = false;
};

class FunctionCompiler {
 public:
  // For a declared function or an instance of one: `info` knows its body.
  FunctionCompiler(ProgramCompiler& program, const types::Info& info, const types::Package* package,
                   std::string name);

  Function CompileDeclared(const types::Func* func);
  // Assignments of package initialization.
  Function CompileInitializers(std::span<const types::Initializer> initializers);
  // Calls each of the functions, which take no arguments.
  Function CompileCalls(std::span<const uint32_t> functions);
  // A wrapper that forwards to a method: see MethodExpression, MethodValue in compile_program.h.
  enum class Forward : uint8_t {
    kReceiver,         // The first parameter is the receiver.
    kReceiverAddress,  // The first parameter is the address of the receiver: for method tables of
                       // interfaces.
    kCapture,          // The receiver is the capture.
  };
  Function CompileForward(const types::Type* receiver, const MethodTarget& target, Forward forward,
                          Pos pos);

 private:
  using Type = types::Type;
  struct Storage {
    enum class Kind : uint8_t { kRegister, kBoxed };
    Kind kind = Kind::kRegister;
    Reg reg = 0;  // Of the value, or of the pointer to it.
  };
  struct Target {
    const Stmt* stmt;
    std::string_view label;
    Label* on_break;
    Label* on_continue;  // Null for switch and select.
  };
  // The registers and types of the results of a call, or of value and ok.
  struct Results {
    std::vector<Reg> regs;
    std::vector<const Type*> types;
  };
  struct LabelInfo {
    Label label;
    uint32_t uses = 0;
  };

  // ---- compile_function.cc: set-up of the frame, variables ----
  FunctionCompiler(FunctionCompiler& outer, const FuncLit* literal, std::string name);
  Function CompileLiteral(const FuncLit* literal, const types::Closure& closure);
  void SetUpFrame(const types::Func* func, const FuncType* syntax,
                  const types::Signature* signature, const Field* receiver);
  Reg AddSlot(const Type* type);
  void AddParameter(const Ident* name, const Type* type);
  void AddResult(const Ident* name, const Type* type);
  void BoxParameters();
  void CompileBody(const BlockStmt* body);
  // The finished function; what is too large to be compiled is reported.
  Function Finish();
  void EmitEpilogue();
  void CopyBoxedResults();
  void Scan(const Stmt* stmt);
  void ScanList(List<Stmt> stmts);

  bool NeedsBox(const types::Var* var) const;
  // Makes a variable that is zero.
  void DeclareZero(const types::Var* var);
  // Makes a variable out of a value in a register; `owned`: the register may become the variable.
  void DeclareFrom(const types::Var* var, Reg value, bool owned);
  // In two steps: storage first, so that temporaries lie above it, then the value, from when on the
  // name is known.
  Storage Reserve(const types::Var* var);
  void Initialize(const types::Var* var, const Storage& storage, Reg value);
  const Storage& StorageOf(const types::Var* var) const;
  void Note(const types::Var* var, const Storage& storage);
  std::string NextLiteralName();

  // ---- Shorthands ----
  Builder& b() { return builder_; }
  const types::TypeAndValue& Of(const Expr* e) const { return info_->Of(e); }
  const Type* TypeOf(const Expr* e) const;
  static uint64_t Size(const Type* type);
  uint32_t TypeIndex(const Type* type) { return program_.types().Index(type); }
  Reg Temp(const Type* type) { return builder_.Alloc(Size(type)); }
  void At(Pos pos) { builder_.SetPosition(pos, program_.Place(pos)); }
  void AtCall(const CallExpr* call);
  CodePosition PlaceOfCall(const CallExpr* call, Pos* pos);

  // ---- compile_names.cc ----
  // What is made by the right side is called as the left side is.
  void NameTargets(List<Expr> lhs, std::span<const Expr* const> rhs);
  void NameTarget(const types::Var* var, const Expr* rhs);
  // The parts of a literal that nobody has named are called after its type.
  void NameParts(const CompositeLit* e, const Type* type);
  void NameCreation(const Expr* e, const CreationName& name);
  types::TypeTable& table() { return program_.world().types; }
  const Type* IntType() { return table().basic(types::BasicKind::kInt); }
  const Type* BoolType() { return table().basic(types::BasicKind::kBool); }

  // ---- compile_order.cc ----
  // Evaluates the calls among the expressions first, when a variable is read beside them.
  void Prepare(std::initializer_list<const Expr*> exprs);
  void Prepare(std::span<const Expr* const> exprs);
  uint8_t TraitsOf(const Expr* e);
  uint8_t ComputeTraits(const Expr* e);
  uint8_t CallTraits(const CallExpr* call);
  bool IsHoisted(const Expr* e) const { return hoisted_.contains(e); }
  // The expression is a call or the like; one is inside.
  bool IsEffect(const Expr* e);
  bool HasEffect(const Expr* e);
  void Hoist(const Expr* e);

  // ---- compile_expr.cc ----
  Reg Operand(const Expr* e);
  void Into(const Expr* e, Reg to, bool fresh = false);
  const Expr* LengthOf(const CallExpr* call) const;
  Reg OperandAs(const Expr* e, const Type* type);
  void IntoAs(const Expr* e, const Type* type, Reg to, bool fresh = false);
  void ConstantInto(const types::Constant& value, const Type* type, Reg to);
  void IntoNode(const Expr* e, Reg to, bool fresh);
  void IdentInto(const Ident* e, Reg to);
  void ObjectInto(const types::Object* object, Reg to);
  void FunctionInto(const types::Func* func, Reg to);
  void UnaryInto(const UnaryExpr* e, Reg to);
  void AddressInto(const Expr* operand, Reg to);
  void BinaryInto(const BinaryExpr* e, Reg to);
  bool AddConstantInto(const BinaryExpr* e, Reg x, Reg to);
  void ArithmeticInto(Token op, const Type* type, Reg x, Reg y, Reg to);
  void ShiftInto(Token op, const Type* type, Reg x, const Expr* count, Reg to);
  void ConcatInto(const BinaryExpr* e, Reg to);
  void LogicalInto(const BinaryExpr* e, Reg to);
  void ComparisonInto(const BinaryExpr* e, Reg to);
  void CompareInto(Token op, const Type* type, Reg x, Reg y, Reg to);
  bool NilComparisonInto(const BinaryExpr* e, Reg to);
  void Not(Reg reg) { b().Emit(Op::kNot, reg, reg); }
  // Jumps to `label` when the condition is `when`.
  void Condition(const Expr* e, bool when, Label& label);
  bool ComparisonJump(const BinaryExpr* e, bool when, Label& label);
  void SelectorInto(const SelectorExpr* e, Reg to);
  void SliceInto(const SliceExpr* e, Reg to);
  void AssertInto(const TypeAssertExpr* e, Reg to);
  void FuncLitInto(const FuncLit* e, Reg to);
  void MethodValueInto(const SelectorExpr* e, const types::Selection& selection, Reg to);
  // Expressions that yield a value and a bool: puts the tuple (bytecode.h, TUPLES) at the returned
  // register.
  Reg CommaOk(const Expr* e);
  // An index or length as an int64.
  Reg IndexOperand(const Expr* e);
  Reg Widen(Reg reg, const Type* type);
  bool IsConstant(const Expr* e) const { return Of(e).mode == types::Mode::kConstant; }
  bool IsNil(const Expr* e) const;

  // ---- compile_place.cc ----
  Place PlaceOf(const Expr* e);
  Place VarPlace(const types::Var* var);
  Place RegisterPlace(Reg reg, const Type* type);
  Place IndexPlace(const IndexExpr* e);
  Place FieldOf(const Place& place, uint32_t index);
  Place Follow(Place place, std::span<const uint32_t> path);
  Place Deref(const Place& place);
  Place Subplace(const Place& place, uint64_t offset, const Type* type);
  Place InMemory(const Place& slice_element);
  void LoadPlace(const Place& place, Reg to);
  Reg PlaceOperand(const Place& place);
  void StorePlace(const Place& place, Reg value);
  void StoreElement(const Place& place, Reg value);
  Reg AddressOf(const Place& place);
  // Keeps what the place needs from being changed before it is used.
  void Pin(Place& place);

  // ---- compile_literal.cc ----
  void LiteralInto(const CompositeLit* e, const Type* type, Reg to);
  void LiteralAddressInto(const CompositeLit* e, const Type* type, Reg to);
  void ElementInto(const Expr* element, const Type* type, Reg to);
  void StructLiteralInto(const CompositeLit* e, const Type* type, Reg to);
  void ArrayLiteralInto(const CompositeLit* e, const Type* type, Reg to);
  void SliceLiteralInto(const CompositeLit* e, const Type* type, Reg to);
  void MapLiteralInto(const CompositeLit* e, const Type* type, Reg to);
  void FillMemory(const CompositeLit* e, const Type* type, const Place& place);
  void FillElements(const CompositeLit* e, const Type* element, const Place& place);
  // Index of each element, and one more than the largest.
  std::vector<int64_t> ElementIndices(const CompositeLit* e, int64_t* length);
  // A slice of exactly these values, which lie in registers as in memory.
  void SliceOfValues(const Type* element, Reg values, int64_t count, Reg to);

  // ---- compile_convert.cc ----
  void ConversionInto(const CallExpr* e, Reg to);
  bool IsSafeReading(const Expr* x, const Type* target);
  // The value at `from` of type `source` as a value of type `target`.
  void ConvertInto(Reg from, const Type* source, const Type* target, Reg to);
  void NumberInto(Reg from, const types::Basic* source, const types::Basic* target, Reg to);
  bool StringConversionInto(Reg from, const Type* source, const Type* target, Reg to);
  bool NeedsConversion(const Type* source, const Type* target) const;

  // ---- compile_call.cc ----
  struct Callee {
    enum class Kind : uint8_t { kFunction, kClosure, kInterface } kind = Kind::kFunction;
    uint32_t function = 0;
    Reg value = 0;  // Func value or interface.
    MethodId method = 0;
    const types::Signature* signature = nullptr;
    // The receiver of a method that is called directly.
    bool has_receiver = false;
    Reg receiver = 0;
    const Type* receiver_type = nullptr;
  };
  struct Window {
    Reg base = 0;
    Reg receiver = 0;
    Reg args = 0;
    Reg end = 0;
  };
  enum class CallMode : uint8_t { kCall, kGo, kDefer };
  // Calls and returns the register of the first result; what lies above the results is released.
  Reg Call(const CallExpr* e);
  Reg CallAs(const CallExpr* e, CallMode mode);
  void CallInto(const CallExpr* e, Reg to);
  Callee CalleeOf(const CallExpr* e);
  Callee MethodCallee(const SelectorExpr* e, const types::Selection& selection);
  Callee TargetCallee(const Place& receiver, const MethodTarget& target);
  Window OpenWindow(const Callee& callee);
  void Arguments(const CallExpr* e, const types::Signature* signature, Reg args);
  void ForwardedArguments(const Results& values, const types::Signature* signature, Reg args);
  void VariadicInto(std::span<const Expr* const> values, const Type* slice, Reg to);
  void EmitCall(const Callee& callee, const Window& window, CallMode mode);
  static uint32_t ResultsSize(const types::Signature* signature);
  const types::Func* StaticFunction(const Expr* fun) const;
  MethodTarget TargetOf(const types::Selection& selection) const;
  void GoOrDefer(const Expr* call, CallMode mode, Pos pos);
  void GoOrDeferBuiltin(const CallExpr* call, CallMode mode);

  // ---- compile_builtin.cc ----
  void BuiltinInto(const CallExpr* e, types::Builtin builtin, Reg to);
  void BuiltinOfTuple(const CallExpr* e, types::Builtin builtin, Reg to);
  void BuiltinStatement(const CallExpr* e, types::Builtin builtin);
  // The effect of a builtin without a result, or of copy and recover, on operands that are in
  // registers.
  void EmitBuiltin(types::Builtin builtin, std::span<const Reg> args,
                   std::span<const Type* const> types, Reg to);
  std::vector<const Type*> BuiltinParameters(const CallExpr* e, types::Builtin builtin);
  void AppendInto(const CallExpr* e, Reg to);
  void MakeInto(const CallExpr* e, Reg to);
  void LenInto(const CallExpr* e, bool capacity, Reg to);
  void MinMaxInto(const CallExpr* e, bool max, Reg to);
  void BestInto(std::span<const Reg> values, const Type* type, bool max, Reg to);
  void ComplexInto(const CallExpr* e, Reg to);

  // ---- compile_stmt.cc ----
  void Statement(const Stmt* stmt);
  void StatementList(List<Stmt> stmts);
  void Block(const BlockStmt* block);
  void ExpressionStatement(const Expr* e);
  void Labeled(const LabeledStmt* stmt);
  void Branch(const BranchStmt* stmt);
  void Return(const ReturnStmt* stmt);
  void If(const IfStmt* stmt);
  void Switch(const SwitchStmt* stmt);
  void SwitchCase(const Expr* tag_expr, Reg tag, const Expr* value, Label& match);
  // The bodies of the clauses of a switch, which the tests before jumped to.
  void ClauseBodies(const Stmt* stmt, std::string_view label, List<CaseClause> clauses,
                    std::vector<Label>& bodies, Label& done,
                    const std::function<void(const CaseClause*)>& bind);
  void TypeSwitch(const TypeSwitchStmt* stmt);
  void TypeCase(const CaseClause* clause, Reg value, Label& match);
  void BindClause(const CaseClause* clause, const Type* subject, Reg value);
  void Select(const SelectStmt* stmt);
  SelectCase SelectOperands(const Stmt* comm);
  void SelectBody(const CommClause* clause, const SelectCase& chosen);
  void Send(const SendStmt* stmt);
  void Declaration(const GenDecl* decl);
  void StoreResults(std::span<const Reg> values);
  void Leave();
  // Runs `body`, then releases the registers and ends the variables that it made.
  template <class F>
  void Scoped(F body) {
    const Reg mark = builder_.top();
    const size_t first = builder_.function().variables.size();
    body();
    std::vector<LocalVariable>& variables = builder_.function().variables;
    for (size_t i = first; i < variables.size(); i++) {
      variables[i].end = std::min(variables[i].end, builder_.here());
    }
    builder_.ReleaseTo(mark);
  }
  // The label of the statement at hand, if it has one.
  std::string_view TakeLabel() { return std::exchange(pending_label_, std::string_view()); }

  // ---- compile_assign.cc ----
  void Assign(const AssignStmt* stmt);
  void AssignOp(const Expr* x, Token op, const Expr* y, Pos pos);
  void IncDec(const IncDecStmt* stmt);
  void Define(List<Expr> lhs, std::span<const Expr* const> rhs);
  void AssignOne(const Expr* lhs, const Expr* rhs);
  void AssignSeveral(List<Expr> lhs, List<Expr> rhs);
  // Values that come from one tuple: a call, or value and ok.
  void AssignTuple(List<Expr> lhs, const Expr* rhs, bool define);
  // To an expression on the left, or the variable it declares, from a value in a register.
  void AssignValue(const Expr* lhs, bool define, Reg value, const Type* type);
  // The variable that an identifier on the left declares; null for others.
  const types::Var* Declared(const Expr* lhs) const;
  bool IsBlank(const Expr* lhs) const;
  // The value in a register as a value of the type.
  Reg Converted(Reg value, const Type* source, const Type* target);
  void DeclareVars(const ValueSpec* spec);
  void Evaluate(const Expr* e);  // For its effects alone.
  Results Tuple(const Expr* e);

  // ---- compile_loop.cc ----
  void For(const ForStmt* stmt);
  // The variables of a for clause that live in the heap: they need renewing.
  std::vector<const types::Var*> LoopVariables(const ForStmt* stmt);
  void RenewLoopVariables(std::span<const types::Var* const> vars);
  void Range(const RangeStmt* stmt);
  void RangeInt(const RangeStmt* stmt);
  void RangeSlice(const RangeStmt* stmt);
  void RangeArray(const RangeStmt* stmt);
  void RangeString(const RangeStmt* stmt);
  void RangeMap(const RangeStmt* stmt);
  void RangeChan(const RangeStmt* stmt);
  // One round's value of the key or value variable.
  struct RangeValue {
    Reg reg = 0;
    const Type* type = nullptr;
  };
  // The loop around a body: `next` makes the next key and value or jumps to `done`; `step` runs
  // before each further round.
  void RangeLoop(const RangeStmt* stmt, const std::function<void(Label& done)>& next,
                 RangeValue key, RangeValue value, const std::function<void()>& step);
  // Counts an int64 register from 0 up to a limit.
  void CountedLoop(const RangeStmt* stmt, Reg index, Reg limit, RangeValue key, RangeValue value,
                   const std::function<void()>& element);
  void LoopBody(const Stmt* stmt, const BlockStmt* body, Label& on_break, Label& on_continue);

  ProgramCompiler& program_;
  const types::Info* info_;
  const types::Package* package_;
  FunctionCompiler* outer_ = nullptr;
  Builder builder_;
  Pos go_pos_;  // of the go or defer statement being compiled
  std::unordered_map<const types::Var*, Storage> storage_;
  // Loop variables before go1.22, which all rounds share.
  std::unordered_set<const types::Var*> shared_;
  std::unordered_map<const Expr*, Reg> hoisted_;
  std::unordered_map<const Expr*, uint8_t> traits_;
  std::vector<Target> targets_;
  std::unordered_map<std::string_view, LabelInfo> labels_;
  std::string_view pending_label_;
  Label* fallthrough_ = nullptr;
  Label epilogue_;
  bool has_defer_ = false;
  uint32_t literals_ = 0;  // Function literals numbered so far.
  struct ResultSlot {
    const types::Var* var;  // Null when it has no name.
    Reg slot;
    const Type* type;
  };
  std::vector<ResultSlot> results_;
  bool named_results_ = false;
  struct ParameterSlot {
    const types::Var* var;
    Reg slot;
  };
  std::vector<ParameterSlot> parameters_;
};

}  // namespace heddle::golang::compile

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_FUNCTION_H_
