// SPDX-License-Identifier: Apache-2.0
//
// Frames, variables and the beginning and end of functions.
//
// A variable lives in a register unless something may refer to it later: then in the heap, its
// register being the pointer. Source: bytecode.h, FRAME and DEFER.
#include "models/golang/bytecode/compile_function.h"

#include "models/golang/types/layout.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {
namespace {

// Bigger variables live in the heap, so that frames stay small.
constexpr uint64_t kLargestRegisterVariable = 1024;
// Bigger ones are captured by reference even if they never change.
constexpr uint64_t kLargestCopiedCapture = 128;

}  // namespace

FunctionCompiler::FunctionCompiler(ProgramCompiler& program, const types::Info& info,
                                   const types::Package* package, std::string name)
    : program_(program), info_(&info), package_(package) {
  builder_.function().name = std::move(name);
  builder_.function().package = package->path;
}

FunctionCompiler::FunctionCompiler(FunctionCompiler& outer, const FuncLit* literal,
                                   std::string name)
    : program_(outer.program_), info_(outer.info_), package_(outer.package_), outer_(&outer) {
  builder_.function().name = std::move(name);
  builder_.function().package = package_->path;
  builder_.function().position = program_.Place(literal->pos);
  shared_ = outer.shared_;
}

const types::Type* FunctionCompiler::TypeOf(const Expr* e) const {
  const Type* type = info_->TypeOf(e);
  HEDDLE_CHECK(type != nullptr, "every expression of a checked body has a type");
  return type;
}

uint64_t FunctionCompiler::Size(const Type* type) {
  return static_cast<uint64_t>(types::SizeOf(type));
}

// ---- Frame

Reg FunctionCompiler::AddSlot(const Type* type) { return b().Alloc(Size(type)); }

void FunctionCompiler::AddResult(const Ident* name, const Type* type) {
  const Reg slot = AddSlot(type);
  const types::Var* var = nullptr;
  if (name != nullptr) {
    named_results_ = true;
    var = types::ToObject<types::Var>(info_->Def(name));
  }
  results_.push_back({var, slot, type});
  b().function().results.push_back(program_.types().Of(type));
}

void FunctionCompiler::AddParameter(const Ident* name, const Type* type) {
  const Reg slot = AddSlot(type);
  const types::Var* var = name == nullptr ? nullptr : types::ToObject<types::Var>(info_->Def(name));
  parameters_.push_back({var, slot});
  b().function().params.push_back(program_.types().Of(type));
}

void FunctionCompiler::SetUpFrame(const types::Func* func, const FuncType* syntax,
                                  const types::Signature* signature, const Field* receiver) {
  auto each = [](const FieldList& list, auto add) {
    size_t index = 0;
    for (const Field* field : list.fields) {
      if (field->names.empty()) add(nullptr, index++);
      for (const Ident* name : field->names) add(name, index++);
    }
  };
  each(syntax->results,
       [&](const Ident* name, size_t i) { AddResult(name, signature->results[i].type); });
  Function& f = b().function();
  f.results_size = b().top();
  if (receiver != nullptr) {
    f.has_receiver = true;
    const Type* type = func->receiver;
    if (func->pointer_receiver) type = table().PointerTo(type);
    AddParameter(receiver->names.empty() ? nullptr : receiver->names[0], type);
  }
  each(syntax->params,
       [&](const Ident* name, size_t i) { AddParameter(name, signature->params[i].type); });
  f.args_size = b().top() - f.results_size;
}

// Gives parameters and results their storage. Arguments that need it move to the heap.
void FunctionCompiler::BoxParameters() {
  for (const ResultSlot& result : results_) {
    if (result.var == nullptr) continue;
    if (NeedsBox(result.var)) {
      DeclareZero(result.var);
    } else {
      storage_[result.var] = {Storage::Kind::kRegister, result.slot};
      Note(result.var, storage_[result.var]);
    }
  }
  for (const ParameterSlot& parameter : parameters_) {
    if (parameter.var == nullptr) continue;
    DeclareFrom(parameter.var, parameter.slot, true);
    if (!b().function().variables.empty()) b().function().variables.back().is_parameter = true;
  }
}

void FunctionCompiler::CompileBody(const BlockStmt* body) {
  ScanList(body->stmts);
  BoxParameters();
  StatementList(body->stmts);
  At(body->rbrace);
  EmitEpilogue();
}

void FunctionCompiler::EmitEpilogue() {
  if (has_defer_) {
    b().Bind(epilogue_);
    b().function().epilogue = b().here();
    b().Emit(Op::kRunDefers);
  }
  CopyBoxedResults();
  b().Emit(Op::kRet);
}

void FunctionCompiler::CopyBoxedResults() {
  for (const ResultSlot& result : results_) {
    if (result.var == nullptr) continue;
    const Storage& storage = StorageOf(result.var);
    if (storage.kind == Storage::Kind::kBoxed) {
      b().Load(result.slot, storage.reg, 0, Size(result.type));
    }
  }
}

// The end of a return statement whose results are in place.
void FunctionCompiler::Leave() {
  if (has_defer_) {
    b().Jump(epilogue_);
    return;
  }
  CopyBoxedResults();
  b().Emit(Op::kRet);
}

Function FunctionCompiler::Finish() {
  if (const auto& too_large = b().too_large()) {
    program_.Unsupported(too_large->pos, too_large->what);
  }
  return b().Finish();
}

Function FunctionCompiler::CompileDeclared(const types::Func* func) {
  const FuncDecl* decl = func->decl;
  b().function().position = program_.Place(decl->name->pos);
  At(decl->name->pos);
  SetUpFrame(func, decl->type, func->signature(), decl->recv);
  CompileBody(decl->body);
  return Finish();
}

Function FunctionCompiler::CompileLiteral(const FuncLit* literal, const types::Closure& closure) {
  At(literal->pos);
  SetUpFrame(nullptr, literal->type, types::UnderAs<types::Signature>(TypeOf(literal)), nullptr);
  if (!closure.captures.empty()) {
    b().function().closure_slot = b().Alloc(8);
    uint32_t offset = 0;
    for (const types::Var* var : closure.captures) {
      const bool boxed = outer_->StorageOf(var).kind == Storage::Kind::kBoxed;
      const uint64_t size = boxed ? 8 : Size(var->type);
      const Storage storage{boxed ? Storage::Kind::kBoxed : Storage::Kind::kRegister,
                            b().Alloc(size)};
      b().LoadCapture(storage.reg, offset, size);
      storage_[var] = storage;
      b().function().variables.push_back(
          {var->name, offset, program_.types().Of(var->type), boxed, true, false});
      offset += SlotSize(size);
    }
  }
  CompileBody(literal->body);
  return Finish();
}

Function FunctionCompiler::CompileInitializers(std::span<const types::Initializer> initializers) {
  for (const types::Initializer& init : initializers) {
    const Reg mark = b().top();
    hoisted_.clear();
    At(init.rhs->pos);
    NameTarget(init.lhs[0], init.rhs);
    Prepare({init.rhs});
    if (init.lhs.size() == 1) {
      const types::Var* var = init.lhs[0];
      if (var->name == "_") {
        Evaluate(init.rhs);
      } else {
        StorePlace(VarPlace(var), OperandAs(init.rhs, var->type));
      }
    } else {
      const Results values = Tuple(init.rhs);
      for (size_t i = 0; i < init.lhs.size(); i++) {
        const types::Var* var = init.lhs[i];
        if (var->name == "_") continue;
        StorePlace(VarPlace(var), Converted(values.regs[i], values.types[i], var->type));
      }
    }
    b().ReleaseTo(mark);
  }
  b().Emit(Op::kRet);
  return Finish();
}

Function FunctionCompiler::CompileCalls(std::span<const uint32_t> functions) {
  b().function().is_wrapper = true;
  for (uint32_t function : functions) b().Emit(Op::kCall, b().top(), function);
  b().Emit(Op::kRet);
  return Finish();
}

// ---- What is in a body

// Finds out whether the function defers, and which labels gotos name. Function literals are other
// functions.
void FunctionCompiler::Scan(const Stmt* stmt) {
  if (stmt == nullptr) return;
  switch (stmt->kind) {
    case NodeKind::kDeferStmt:
      has_defer_ = true;
      return;
    case NodeKind::kBranchStmt: {
      const auto* branch = Cast<BranchStmt>(stmt);
      if (branch->tok == Token::kGoto) labels_[branch->label->name].uses++;
      return;
    }
    case NodeKind::kLabeledStmt:
      return Scan(Cast<LabeledStmt>(stmt)->stmt);
    case NodeKind::kBlockStmt:
      return ScanList(Cast<BlockStmt>(stmt)->stmts);
    case NodeKind::kIfStmt: {
      const auto* s = Cast<IfStmt>(stmt);
      ScanList(s->then_block->stmts);
      return Scan(s->else_stmt);
    }
    case NodeKind::kForStmt:
      return ScanList(Cast<ForStmt>(stmt)->body->stmts);
    case NodeKind::kRangeStmt:
      return ScanList(Cast<RangeStmt>(stmt)->body->stmts);
    case NodeKind::kSwitchStmt:
      for (const CaseClause* c : Cast<SwitchStmt>(stmt)->clauses) ScanList(c->body);
      return;
    case NodeKind::kTypeSwitchStmt:
      for (const CaseClause* c : Cast<TypeSwitchStmt>(stmt)->clauses) ScanList(c->body);
      return;
    case NodeKind::kSelectStmt:
      for (const CommClause* c : Cast<SelectStmt>(stmt)->clauses) ScanList(c->body);
      return;
    default:
      return;
  }
}

void FunctionCompiler::ScanList(List<Stmt> stmts) {
  for (const Stmt* stmt : stmts) Scan(stmt);
}

// ---- Variables

bool FunctionCompiler::NeedsBox(const types::Var* var) const {
  if (var->address_taken) return true;
  const uint64_t size = Size(var->type);
  if (size > kLargestRegisterVariable) return true;
  if (!var->captured) return false;
  return var->reassigned || var->is_result || shared_.contains(var) || size > kLargestCopiedCapture;
}

const FunctionCompiler::Storage& FunctionCompiler::StorageOf(const types::Var* var) const {
  auto found = storage_.find(var);
  HEDDLE_CHECK(found != storage_.end(), "a variable is declared, or captured, before it is used");
  return found->second;
}

void FunctionCompiler::Note(const types::Var* var, const Storage& storage) {
  b().function().variables.push_back({var->name, storage.reg, program_.types().Of(var->type),
                                      storage.kind == Storage::Kind::kBoxed, false, false,
                                      b().here()});
}

void FunctionCompiler::DeclareZero(const types::Var* var) {
  Storage storage;
  if (NeedsBox(var)) {
    storage = {Storage::Kind::kBoxed, b().Alloc(8)};
    b().Emit(Op::kNew, storage.reg, TypeIndex(var->type));
  } else {
    storage = {Storage::Kind::kRegister, Temp(var->type)};
    b().Zero(storage.reg, Size(var->type));
  }
  storage_[var] = storage;
  Note(var, storage);
}

void FunctionCompiler::DeclareFrom(const types::Var* var, Reg value, bool owned) {
  Storage storage;
  const uint64_t size = Size(var->type);
  if (NeedsBox(var)) {
    storage = {Storage::Kind::kBoxed, b().Alloc(8)};
    b().Emit(Op::kNew, storage.reg, TypeIndex(var->type));
    if (size != 0) b().Store(storage.reg, 0, value, size);
  } else if (owned) {
    storage = {Storage::Kind::kRegister, value};
  } else {
    storage = {Storage::Kind::kRegister, b().Alloc(size)};
    b().Move(storage.reg, value, size);
  }
  storage_[var] = storage;
  Note(var, storage);
}

FunctionCompiler::Storage FunctionCompiler::Reserve(const types::Var* var) {
  const bool boxed = NeedsBox(var);
  return {boxed ? Storage::Kind::kBoxed : Storage::Kind::kRegister,
          b().Alloc(boxed ? 8 : Size(var->type))};
}

void FunctionCompiler::Initialize(const types::Var* var, const Storage& storage, Reg value) {
  const uint64_t size = Size(var->type);
  if (storage.kind == Storage::Kind::kBoxed) {
    b().Emit(Op::kNew, storage.reg, TypeIndex(var->type));
    if (size != 0) b().Store(storage.reg, 0, value, size);
  } else {
    b().Move(storage.reg, value, size);
  }
  storage_[var] = storage;
  Note(var, storage);
}

std::string FunctionCompiler::NextLiteralName() {
  const std::string number = std::to_string(++literals_);
  const std::string& name = b().function().name;
  return outer_ != nullptr ? name + "." + number : name + ".func" + number;
}

}  // namespace heddle::golang::compile
