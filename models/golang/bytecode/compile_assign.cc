// SPDX-License-Identifier: Apache-2.0
//
// Assignments and declarations of variables.
//
// Several assignments at once happen in two phases: operands of the left side and values first,
// then the stores in order. Source: the Go specification, "Assignment statements", "Short variable
// declarations".
#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"

namespace heddle::golang::compile {

bool FunctionCompiler::IsBlank(const Expr* lhs) const {
  const auto* ident = As<Ident>(Unparen(lhs));
  return ident != nullptr && ident->name == "_";
}

const types::Var* FunctionCompiler::Declared(const Expr* lhs) const {
  const auto* ident = As<Ident>(lhs);
  if (ident == nullptr || ident->name == "_") return nullptr;
  const auto* var = types::ToObject<types::Var>(info_->Def(ident));
  // An identifier on the left of := that is declared already is a use.
  return var != nullptr && var->pos == ident->pos ? var : nullptr;
}

Reg FunctionCompiler::Converted(Reg value, const Type* source, const Type* target) {
  if (!NeedsConversion(source, target)) return value;
  const Reg converted = Temp(target);
  ConvertInto(value, source, target, converted);
  return converted;
}

void FunctionCompiler::Evaluate(const Expr* e) {
  if (IsConstant(e) || IsNil(e)) return;
  Operand(e);
}

FunctionCompiler::Results FunctionCompiler::Tuple(const Expr* e) {
  Results results;
  e = Unparen(e);
  if (const auto* call = As<CallExpr>(e)) {
    if (const auto* tuple = types::To<types::Tuple>(TypeOf(call))) {
      Reg reg = Call(call);
      for (const Type* type : tuple->types) {
        results.regs.push_back(reg);
        results.types.push_back(type);
        reg += SlotSize(Size(type));
      }
      return results;
    }
  }
  const Type* value = nullptr;
  if (const auto* index = As<IndexExpr>(e)) {
    value = types::UnderAs<types::Map>(TypeOf(index->x))->elem;
  } else if (const auto* assertion = As<TypeAssertExpr>(e)) {
    value = TypeOf(assertion->type);
  } else {
    value = types::UnderAs<types::Chan>(TypeOf(Cast<UnaryExpr>(e)->x))->elem;
  }
  const Reg reg = CommaOk(e);
  results.regs = {reg, reg + SlotSize(Size(value))};
  results.types = {value, BoolType()};
  return results;
}

void FunctionCompiler::Assign(const AssignStmt* stmt) {
  NameTargets(stmt->lhs, stmt->rhs);
  if (stmt->op == Token::kDefine) {
    if (stmt->lhs.size() != stmt->rhs.size()) return AssignTuple(stmt->lhs, stmt->rhs[0], true);
    return Define(stmt->lhs, stmt->rhs);
  }
  const Reg mark = b().top();
  if (stmt->op != Token::kAssign) {
    AssignOp(stmt->lhs[0], stmt->op, stmt->rhs[0], stmt->pos);
  } else if (stmt->lhs.size() != stmt->rhs.size()) {
    AssignTuple(stmt->lhs, stmt->rhs[0], false);
  } else if (stmt->lhs.size() == 1) {
    AssignOne(stmt->lhs[0], stmt->rhs[0]);
  } else {
    AssignSeveral(stmt->lhs, stmt->rhs);
  }
  b().ReleaseTo(mark);
}

void FunctionCompiler::AssignOne(const Expr* lhs, const Expr* rhs) {
  if (IsBlank(lhs)) {
    Prepare({rhs});
    return Evaluate(rhs);
  }
  Prepare({lhs, rhs});
  if (const auto* ident = As<Ident>(Unparen(lhs))) {
    const Place place = VarPlace(types::ToObject<types::Var>(info_->Use(ident)));
    if (place.kind == Place::Kind::kRegister) return IntoAs(rhs, place.type, place.base);
    return StorePlace(place, OperandAs(rhs, place.type));
  }
  const Reg value = OperandAs(rhs, TypeOf(lhs));
  StorePlace(PlaceOf(lhs), value);
}

void FunctionCompiler::AssignSeveral(List<Expr> lhs, List<Expr> rhs) {
  std::vector<const Expr*> all(lhs.begin(), lhs.end());
  all.insert(all.end(), rhs.begin(), rhs.end());
  std::erase_if(all, [&](const Expr* e) { return IsBlank(e); });
  Prepare(all);
  std::vector<Place> places;
  bool variables = false;
  for (const Expr* x : lhs) {
    places.push_back(IsBlank(x) ? Place{} : PlaceOf(x));
    variables = variables || places.back().kind == Place::Kind::kRegister;
  }
  if (variables) {
    for (Place& place : places) Pin(place);
  }
  std::vector<Reg> values;
  for (size_t i = 0; i < lhs.size(); i++) {
    if (IsBlank(lhs[i])) {
      Evaluate(rhs[i]);
      values.push_back(0);
      continue;
    }
    // A copy: the variable that the value comes from may be assigned before.
    const Reg value = Temp(places[i].type);
    IntoAs(rhs[i], places[i].type, value, true);
    values.push_back(value);
  }
  for (size_t i = 0; i < lhs.size(); i++) {
    At(StartPos(lhs[i]));
    StorePlace(places[i], values[i]);
  }
}

void FunctionCompiler::AssignTuple(List<Expr> lhs, const Expr* rhs, bool define) {
  std::vector<const types::Var*> vars;
  std::vector<Storage> storages;
  for (const Expr* x : lhs) {
    vars.push_back(define ? Declared(x) : nullptr);
    storages.push_back(vars.back() != nullptr ? Reserve(vars.back()) : Storage{});
  }
  const Reg mark = b().top();
  for (size_t i = 0; i < lhs.size(); i++) {
    if (vars[i] == nullptr && !IsBlank(lhs[i])) Hoist(lhs[i]);
  }
  // Map lookup, assertion and receive have operands of their own to order.
  if (const auto* index = As<IndexExpr>(Unparen(rhs))) Prepare({index->x, index->indices[0]});
  if (const auto* assertion = As<TypeAssertExpr>(Unparen(rhs))) Prepare({assertion->x});
  if (const auto* receive = As<UnaryExpr>(Unparen(rhs))) Prepare({receive->x});
  const Results results = Tuple(rhs);
  std::vector<Place> places;
  for (size_t i = 0; i < lhs.size(); i++) {
    places.push_back(vars[i] != nullptr || IsBlank(lhs[i]) ? Place{} : PlaceOf(lhs[i]));
    Pin(places.back());
  }
  for (size_t i = 0; i < lhs.size(); i++) {
    if (vars[i] != nullptr) {
      Initialize(vars[i], storages[i], Converted(results.regs[i], results.types[i], vars[i]->type));
    } else if (places[i].kind != Place::Kind::kBlank) {
      At(StartPos(lhs[i]));
      StorePlace(places[i], Converted(results.regs[i], results.types[i], places[i].type));
    }
  }
  b().ReleaseTo(mark);
}

void FunctionCompiler::Define(List<Expr> lhs, std::span<const Expr* const> rhs) {
  std::vector<const types::Var*> vars;
  std::vector<Storage> storages;
  for (const Expr* x : lhs) {
    vars.push_back(Declared(x));
    storages.push_back(vars.back() != nullptr ? Reserve(vars.back()) : Storage{});
  }
  const Reg mark = b().top();
  Prepare(rhs);
  std::vector<Reg> values;
  for (size_t i = 0; i < lhs.size(); i++) {
    if (IsBlank(lhs[i])) {
      Evaluate(rhs[i]);
      values.push_back(0);
      continue;
    }
    const auto* var = types::ToObject<types::Var>(info_->Use(Cast<Ident>(lhs[i])));
    const Type* type = var->type;
    const bool direct = vars[i] != nullptr && storages[i].kind == Storage::Kind::kRegister;
    const Reg value = direct ? storages[i].reg : Temp(type);
    IntoAs(rhs[i], type, value, true);
    values.push_back(value);
  }
  for (size_t i = 0; i < lhs.size(); i++) {
    if (vars[i] != nullptr) {
      Initialize(vars[i], storages[i], values[i]);
    } else if (!IsBlank(lhs[i])) {
      StorePlace(PlaceOf(lhs[i]), values[i]);
    }
  }
  b().ReleaseTo(mark);
}

void FunctionCompiler::AssignValue(const Expr* lhs, bool define, Reg value, const Type* type) {
  if (IsBlank(lhs)) return;
  if (const types::Var* var = define ? Declared(lhs) : nullptr) {
    const Storage storage = Reserve(var);
    Initialize(var, storage, Converted(value, type, var->type));
    return;
  }
  const Reg mark = b().top();
  Prepare({lhs});
  const Place place = PlaceOf(lhs);
  At(StartPos(lhs));
  StorePlace(place, Converted(value, type, place.type));
  b().ReleaseTo(mark);
}

// x op= y. As in gc, x is read after the calls of y.
void FunctionCompiler::AssignOp(const Expr* x, Token op, const Expr* y, Pos pos) {
  Prepare({x, y});
  const Place place = PlaceOf(x);
  const Type* type = place.type;
  const bool shift = op == Token::kShl || op == Token::kShr;
  const Reg operand = shift ? 0 : OperandAs(y, type);
  const Reg current = PlaceOperand(place);
  const Reg result = place.kind == Place::Kind::kRegister ? place.base : Temp(type);
  At(pos);
  if (shift) {
    ShiftInto(op, type, current, y, result);
  } else {
    ArithmeticInto(op, type, current, operand, result);
  }
  if (place.kind != Place::Kind::kRegister) StorePlace(place, result);
}

void FunctionCompiler::IncDec(const IncDecStmt* stmt) {
  const Reg mark = b().top();
  Prepare({stmt->x});
  const Place place = PlaceOf(stmt->x);
  const Type* type = place.type;
  const Reg current = PlaceOperand(place);
  const Reg result = place.kind == Place::Kind::kRegister ? place.base : Temp(type);
  const Scalar scalar = ScalarOf(type);
  At(stmt->pos);
  if (scalar == Scalar::kI64 || scalar == Scalar::kU64) {
    b().Emit(Op::kAddImm64, result, current, stmt->increment ? 1 : static_cast<uint32_t>(-1));
  } else {
    const Reg one = Temp(type);
    ConstantInto(types::Constant::Int(1), type, one);
    ArithmeticInto(stmt->increment ? Token::kAdd : Token::kSub, type, current, one, result);
  }
  if (place.kind != Place::Kind::kRegister) StorePlace(place, result);
  b().ReleaseTo(mark);
}

void FunctionCompiler::DeclareVars(const ValueSpec* spec) {
  std::vector<Expr*> lhs(spec->names.begin(), spec->names.end());
  At(spec->pos);
  NameTargets(lhs, spec->values);
  if (spec->values.empty()) {
    for (const Ident* name : spec->names) {
      if (const types::Var* var = Declared(name)) DeclareZero(var);
    }
  } else if (spec->values.size() != lhs.size()) {
    AssignTuple(lhs, spec->values[0], true);
  } else {
    Define(lhs, spec->values);
  }
}

}  // namespace heddle::golang::compile
