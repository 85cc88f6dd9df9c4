// SPDX-License-Identifier: Apache-2.0
//
// Statements but assignments and loops: blocks, branches, returns, if, switch, select.
//
// Temporaries of a statement are released when it ends; the registers of variables when their block
// ends. Source: the Go specification, "Statements".
#include <optional>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

void FunctionCompiler::StatementList(List<Stmt> stmts) {
  for (const Stmt* stmt : stmts) Statement(stmt);
}

void FunctionCompiler::Block(const BlockStmt* block) {
  Scoped([&] { StatementList(block->stmts); });
}

void FunctionCompiler::Statement(const Stmt* stmt) {
  At(stmt->pos);
  const Reg mark = b().top();
  switch (stmt->kind) {
    case NodeKind::kEmptyStmt:
      break;
    case NodeKind::kDeclStmt:
      return Declaration(Cast<DeclStmt>(stmt)->decl);
    case NodeKind::kAssignStmt:
      return Assign(Cast<AssignStmt>(stmt));
    case NodeKind::kLabeledStmt:
      return Labeled(Cast<LabeledStmt>(stmt));
    case NodeKind::kExprStmt:
      ExpressionStatement(Cast<ExprStmt>(stmt)->x);
      break;
    case NodeKind::kSendStmt:
      Send(Cast<SendStmt>(stmt));
      break;
    case NodeKind::kIncDecStmt:
      IncDec(Cast<IncDecStmt>(stmt));
      break;
    case NodeKind::kGoStmt:
      GoOrDefer(Cast<GoStmt>(stmt)->call, CallMode::kGo, stmt->pos);
      break;
    case NodeKind::kDeferStmt:
      GoOrDefer(Cast<DeferStmt>(stmt)->call, CallMode::kDefer, stmt->pos);
      break;
    case NodeKind::kReturnStmt:
      Return(Cast<ReturnStmt>(stmt));
      break;
    case NodeKind::kBranchStmt:
      Branch(Cast<BranchStmt>(stmt));
      break;
    case NodeKind::kBlockStmt:
      Block(Cast<BlockStmt>(stmt));
      break;
    case NodeKind::kIfStmt:
      If(Cast<IfStmt>(stmt));
      break;
    case NodeKind::kSwitchStmt:
      Switch(Cast<SwitchStmt>(stmt));
      break;
    case NodeKind::kTypeSwitchStmt:
      TypeSwitch(Cast<TypeSwitchStmt>(stmt));
      break;
    case NodeKind::kSelectStmt:
      Select(Cast<SelectStmt>(stmt));
      break;
    case NodeKind::kForStmt:
      For(Cast<ForStmt>(stmt));
      break;
    case NodeKind::kRangeStmt:
      Range(Cast<RangeStmt>(stmt));
      break;
    default:
      HEDDLE_CHECK(false, "a tree without errors has no other statements");
  }
  b().ReleaseTo(mark);
}

void FunctionCompiler::Declaration(const GenDecl* decl) {
  if (decl->tok != Token::kVar) return;
  for (const Spec* spec : decl->specs) DeclareVars(Cast<ValueSpec>(spec));
}

void FunctionCompiler::ExpressionStatement(const Expr* e) {
  e = Unparen(e);
  if (const auto* call = As<CallExpr>(e)) {
    const types::TypeAndValue& fun = Of(call->fun);
    if (fun.mode == types::Mode::kBuiltin) return BuiltinStatement(call, fun.builtin);
    if (fun.mode != types::Mode::kType) {
      Call(call);
      return;
    }
  }
  Prepare({e});
  Evaluate(e);
}

void FunctionCompiler::Send(const SendStmt* stmt) {
  const Type* element = types::UnderAs<types::Chan>(TypeOf(stmt->chan))->elem;
  Prepare({stmt->chan, stmt->value});
  const Reg channel = Operand(stmt->chan);
  const Reg value = OperandAs(stmt->value, element);
  At(StartPos(stmt->chan));
  b().Emit(Op::kChanSend, channel, value, 0, TypeIndex(element));
}

// ---- Branches

void FunctionCompiler::Labeled(const LabeledStmt* stmt) {
  auto found = labels_.find(stmt->label->name);
  if (found != labels_.end()) {
    b().Bind(found->second.label);
    b().CloseLoop(b().OpenLoop());  // A goto may come back here.
  }
  pending_label_ = stmt->label->name;
  Statement(stmt->stmt);
  pending_label_ = {};
}

void FunctionCompiler::Branch(const BranchStmt* stmt) {
  if (stmt->tok == Token::kFallthrough) return b().Jump(*fallthrough_);
  if (stmt->tok == Token::kGoto) return b().Jump(labels_[stmt->label->name].label);
  for (size_t i = targets_.size(); i-- > 0;) {
    const Target& target = targets_[i];
    if (stmt->label != nullptr && target.label != stmt->label->name) continue;
    if (stmt->tok == Token::kBreak) return b().Jump(*target.on_break);
    if (target.on_continue != nullptr) return b().Jump(*target.on_continue);
  }
  HEDDLE_CHECK(false, "the parser checks that branches have targets");
}

void FunctionCompiler::Return(const ReturnStmt* stmt) {
  const size_t count = stmt->results.size();
  if (count == 1 && results_.size() > 1) {
    const Results values = Tuple(stmt->results[0]);
    std::vector<Reg> converted;
    for (size_t i = 0; i < results_.size(); i++) {
      converted.push_back(Converted(values.regs[i], values.types[i], results_[i].type));
    }
    StoreResults(converted);
  } else if (count > 0) {
    Prepare(stmt->results);
    // Nobody can see the slots of unnamed results before the function returns, unless it recovers.
    const bool direct = !named_results_ && !has_defer_;
    std::vector<Reg> values;
    for (size_t i = 0; i < count; i++) {
      const Reg value = direct ? results_[i].slot : Temp(results_[i].type);
      IntoAs(stmt->results[i], results_[i].type, value, true);
      values.push_back(value);
    }
    StoreResults(values);
  }
  At(stmt->pos);
  Leave();
}

void FunctionCompiler::StoreResults(std::span<const Reg> values) {
  for (size_t i = 0; i < results_.size(); i++) {
    const ResultSlot& result = results_[i];
    const uint64_t size = Size(result.type);
    if (result.var != nullptr && StorageOf(result.var).kind == Storage::Kind::kBoxed) {
      if (size != 0) b().Store(StorageOf(result.var).reg, 0, values[i], size);
    } else {
      b().Move(result.slot, values[i], size);
    }
  }
}

// ---- If and switch

void FunctionCompiler::If(const IfStmt* stmt) {
  Scoped([&] {
    if (stmt->init != nullptr) Statement(stmt->init);
    Label otherwise;
    Label done;
    At(stmt->cond->pos);
    Condition(stmt->cond, false, otherwise);
    Block(stmt->then_block);
    if (stmt->else_stmt != nullptr) b().Jump(done);
    b().Bind(otherwise);
    if (stmt->else_stmt != nullptr) Statement(stmt->else_stmt);
    b().Bind(done);
  });
}

void FunctionCompiler::Switch(const SwitchStmt* stmt) {
  const std::string_view label = TakeLabel();
  Scoped([&] {
    if (stmt->init != nullptr) Statement(stmt->init);
    Reg tag = 0;
    if (stmt->tag != nullptr) {
      At(stmt->tag->pos);
      Prepare({stmt->tag});
      tag = Operand(stmt->tag);
    }
    std::vector<Label> bodies(stmt->clauses.size());
    Label done;
    std::optional<size_t> otherwise;
    for (size_t i = 0; i < stmt->clauses.size(); i++) {
      const CaseClause* clause = stmt->clauses[i];
      if (clause->is_default) otherwise = i;
      for (const Expr* value : clause->values) {
        const Reg mark = b().top();
        At(value->pos);
        SwitchCase(stmt->tag, tag, value, bodies[i]);
        b().ReleaseTo(mark);
      }
    }
    b().Jump(otherwise ? bodies[*otherwise] : done);
    ClauseBodies(stmt, label, stmt->clauses, bodies, done, [](const CaseClause*) {});
    b().Bind(done);
  });
}

// Jumps to `match` when the tag equals the value.
void FunctionCompiler::SwitchCase(const Expr* tag_expr, Reg tag, const Expr* value, Label& match) {
  if (tag_expr == nullptr) return Condition(value, true, match);
  const Type* type = TypeOf(tag_expr);
  if (IsNil(value)) return b().JumpCompare(Op::kJEqImm, tag, 0, match);
  const std::optional<Scalar> scalar = ScalarOrNothing(type);
  if (scalar == Scalar::kI64 && IsConstant(value)) {
    const std::optional<int64_t> constant = Of(Unparen(value)).value.ToInt().AsInt64();
    if (constant && *constant == static_cast<int32_t>(*constant)) {
      return b().JumpCompare(Op::kJEqImm, tag, static_cast<uint32_t>(*constant), match);
    }
  }
  Prepare({value});
  const Type* other = TypeOf(value);
  const Type* common = types::IsInterface(other) && !types::IsInterface(type) ? other : type;
  const Reg x = Converted(tag, type, common);
  const Reg y = OperandAs(value, common);
  const Reg equal = b().Alloc(1);
  CompareInto(Token::kEql, common, x, y, equal);
  b().JumpIf(equal, true, match);
}

void FunctionCompiler::ClauseBodies(const Stmt* stmt, std::string_view label,
                                    List<CaseClause> clauses, std::vector<Label>& bodies,
                                    Label& done,
                                    const std::function<void(const CaseClause*)>& bind) {
  targets_.push_back({stmt, label, &done, nullptr});
  Label* const outer = fallthrough_;
  for (size_t i = 0; i < clauses.size(); i++) {
    b().Bind(bodies[i]);
    fallthrough_ = i + 1 < clauses.size() ? &bodies[i + 1] : nullptr;
    Scoped([&] {
      bind(clauses[i]);
      StatementList(clauses[i]->body);
    });
    if (i + 1 < clauses.size()) b().Jump(done);
  }
  fallthrough_ = outer;
  targets_.pop_back();
}

void FunctionCompiler::TypeSwitch(const TypeSwitchStmt* stmt) {
  const std::string_view label = TakeLabel();
  Scoped([&] {
    if (stmt->init != nullptr) Statement(stmt->init);
    At(stmt->x->pos);
    Prepare({stmt->x});
    // A copy: a body may assign to the variable before its clause binds it.
    const Reg value = b().Alloc(16);
    Into(stmt->x, value, true);
    std::vector<Label> bodies(stmt->clauses.size());
    Label done;
    std::optional<size_t> otherwise;
    for (size_t i = 0; i < stmt->clauses.size(); i++) {
      const CaseClause* clause = stmt->clauses[i];
      if (clause->is_default) otherwise = i;
      At(clause->pos);
      TypeCase(clause, value, bodies[i]);
    }
    b().Jump(otherwise ? bodies[*otherwise] : done);
    const Type* subject = TypeOf(stmt->x);
    ClauseBodies(stmt, label, stmt->clauses, bodies, done,
                 [&](const CaseClause* clause) { BindClause(clause, subject, value); });
    b().Bind(done);
  });
}

void FunctionCompiler::TypeCase(const CaseClause* clause, Reg value, Label& match) {
  for (const Expr* type : clause->values) {
    if (IsNil(type)) {
      b().JumpCompare(Op::kJEqImm, value, 0, match);
      continue;
    }
    const Reg mark = b().top();
    const Reg is = b().Alloc(1);
    b().Emit(Op::kIfaceIs, is, value, TypeIndex(TypeOf(type)));
    b().JumpIf(is, true, match);
    b().ReleaseTo(mark);
  }
}

void FunctionCompiler::BindClause(const CaseClause* clause, const Type* subject, Reg value) {
  const types::Var* var = info_->ClauseVar(clause);
  if (var == nullptr) return;
  At(clause->pos);
  const Storage storage = Reserve(var);
  const Reg mark = b().top();
  if (types::IsInterface(var->type) || Identical(var->type, subject)) {
    Initialize(var, storage, value);
  } else {
    const Reg concrete = storage.kind == Storage::Kind::kRegister ? storage.reg : Temp(var->type);
    b().Emit(Op::kIfaceData, concrete, value, TypeIndex(var->type));
    Initialize(var, storage, concrete);
  }
  b().ReleaseTo(mark);
}

// ---- Select

namespace {

// The receive of a communication clause; null for a send.
const UnaryExpr* ReceiveOf(const Stmt* comm) {
  if (const auto* stmt = As<ExprStmt>(comm)) return As<UnaryExpr>(Unparen(stmt->x));
  if (const auto* stmt = As<AssignStmt>(comm)) return As<UnaryExpr>(Unparen(stmt->rhs[0]));
  return nullptr;
}

}  // namespace

void FunctionCompiler::Select(const SelectStmt* stmt) {
  const std::string_view label = TakeLabel();
  Scoped([&] {
    SelectTable table;
    std::vector<const CommClause*> clauses;  // In the order of the cases; default last.
    const CommClause* otherwise = nullptr;
    for (const CommClause* clause : stmt->clauses) {
      if (clause->comm == nullptr) {
        otherwise = clause;
        table.has_default = true;
        continue;
      }
      table.cases.push_back(SelectOperands(clause->comm));
      clauses.push_back(clause);
    }
    const std::vector<SelectCase> cases = table.cases;
    const Reg chosen = b().Alloc(8);
    std::vector<SelectTable>& tables = b().function().selects;
    tables.push_back(std::move(table));
    At(stmt->pos);
    b().Emit(Op::kSelect, chosen, static_cast<uint32_t>(tables.size() - 1));
    if (stmt->clauses.empty()) return;

    Label done;
    std::vector<Label> bodies(clauses.size());
    for (size_t i = 0; i < clauses.size(); i++) {
      b().JumpCompare(Op::kJEqImm, chosen, static_cast<uint32_t>(i), bodies[i]);
    }
    targets_.push_back({stmt, label, &done, nullptr});
    if (otherwise != nullptr) Scoped([&] { StatementList(otherwise->body); });
    b().Jump(done);
    for (size_t i = 0; i < clauses.size(); i++) {
      b().Bind(bodies[i]);
      Scoped([&] { SelectBody(clauses[i], cases[i]); });
      b().Jump(done);
    }
    targets_.pop_back();
    b().Bind(done);
  });
}

// Evaluates the channel, and the value to send, of a case.
SelectCase FunctionCompiler::SelectOperands(const Stmt* comm) {
  SelectCase out;
  auto fixed = [&](Reg value, uint64_t size) {  // Nothing that later operands do may change it.
    const Reg copy = b().Alloc(size);
    b().Move(copy, value, size);
    return copy;
  };
  if (const UnaryExpr* receive = ReceiveOf(comm)) {
    const Type* element = types::UnderAs<types::Chan>(TypeOf(receive->x))->elem;
    At(receive->pos);
    out.position = b().position();
    Prepare({receive->x});
    out.channel = fixed(Operand(receive->x), 8);
    out.elem = program_.types().Of(element);
    if (const auto* assign = As<AssignStmt>(comm)) {
      out.value = Temp(element);
      if (assign->lhs.size() > 1) out.ok = b().Alloc(1);
    }
    return out;
  }
  const auto* send = Cast<SendStmt>(comm);
  const Type* element = types::UnderAs<types::Chan>(TypeOf(send->chan))->elem;
  At(StartPos(send->chan));
  out.position = b().position();
  Prepare({send->chan, send->value});
  out.direction = SelectCase::Direction::kSend;
  out.channel = fixed(Operand(send->chan), 8);
  out.value = fixed(OperandAs(send->value, element), Size(element));
  out.elem = program_.types().Of(element);
  return out;
}

void FunctionCompiler::SelectBody(const CommClause* clause, const SelectCase& chosen) {
  if (const auto* assign = As<AssignStmt>(clause->comm)) {
    At(assign->pos);
    const Type* element = types::UnderAs<types::Chan>(TypeOf(ReceiveOf(clause->comm)->x))->elem;
    const bool define = assign->op == Token::kDefine;
    AssignValue(assign->lhs[0], define, chosen.value, element);
    if (assign->lhs.size() > 1) AssignValue(assign->lhs[1], define, chosen.ok, BoolType());
  }
  StatementList(clause->body);
}

}  // namespace heddle::golang::compile
