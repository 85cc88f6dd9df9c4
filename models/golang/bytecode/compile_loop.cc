// SPDX-License-Identifier: Apache-2.0
//
// For statements, and range over integers, slices, arrays, strings, maps and channels.
//
// Every round has its own loop variables from go1.22 on: those that something may refer to after
// the round live in the heap and are made anew each time. Source: the Go specification, "For
// statements".
#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"

namespace heddle::golang::compile {
namespace {

// Bigger arrays are not copied for a range clause but read in place.
constexpr uint64_t kLargestCopiedArray = 4096;

}  // namespace

void FunctionCompiler::LoopBody(const Stmt* stmt, const BlockStmt* body, Label& on_break,
                                Label& on_continue) {
  // The label was taken when the statement began; it is the top of targets_ now.
  targets_.back().on_break = &on_break;
  targets_.back().on_continue = &on_continue;
  targets_.back().stmt = stmt;
  Block(body);
}

std::vector<const types::Var*> FunctionCompiler::LoopVariables(const ForStmt* stmt) {
  std::vector<const types::Var*> vars;
  const auto* init = As<AssignStmt>(stmt->init);
  if (init == nullptr || init->op != Token::kDefine || !program_.HasLoopVariables(package_)) {
    return vars;
  }
  for (const Expr* x : init->lhs) {
    const types::Var* var = Declared(x);
    if (var != nullptr && StorageOf(var).kind == Storage::Kind::kBoxed) vars.push_back(var);
  }
  return vars;
}

// A new variable with the value of the old one, for the round that begins.
void FunctionCompiler::RenewLoopVariables(std::span<const types::Var* const> vars) {
  for (const types::Var* var : vars) {
    const Reg mark = b().top();
    const Reg box = StorageOf(var).reg;
    const Reg value = Temp(var->type);
    b().Load(value, box, 0, Size(var->type));
    b().Emit(Op::kNew, box, TypeIndex(var->type));
    b().Store(box, 0, value, Size(var->type));
    b().ReleaseTo(mark);
  }
}

void FunctionCompiler::For(const ForStmt* stmt) {
  targets_.push_back({stmt, TakeLabel(), nullptr, nullptr});
  Scoped([&] {
    if (stmt->init != nullptr) Statement(stmt->init);
    const std::vector<const types::Var*> vars = LoopVariables(stmt);
    Label top;
    Label next;
    Label test;
    Label done;
    if (stmt->cond != nullptr) b().Jump(test);
    b().Bind(top);
    const uint32_t head = b().OpenLoop();
    LoopBody(stmt, stmt->body, done, next);
    b().Bind(next);
    At(stmt->post != nullptr ? stmt->post->pos : stmt->pos);
    RenewLoopVariables(vars);
    if (stmt->post != nullptr) Statement(stmt->post);
    b().Bind(test);
    if (stmt->cond != nullptr) {
      At(stmt->cond->pos);
      Condition(stmt->cond, true, top);
    } else {
      b().Jump(top);
    }
    b().CloseLoop(head);
    b().Bind(done);
  });
  targets_.pop_back();
}

// ---- Range

void FunctionCompiler::Range(const RangeStmt* stmt) {
  targets_.push_back({stmt, TakeLabel(), nullptr, nullptr});
  const Type* type = types::Under(TypeOf(stmt->x));
  if (const auto* pointer = types::To<types::Pointer>(type)) type = types::Under(pointer->elem);
  Scoped([&] {
    At(stmt->x->pos);
    Prepare({stmt->x});
    switch (type->kind()) {
      case types::TypeKind::kBasic:
        if (types::IsString(type)) {
          RangeString(stmt);
        } else {
          RangeInt(stmt);
        }
        break;
      case types::TypeKind::kSlice:
        RangeSlice(stmt);
        break;
      case types::TypeKind::kArray:
        RangeArray(stmt);
        break;
      case types::TypeKind::kMap:
        RangeMap(stmt);
        break;
      case types::TypeKind::kChan:
        RangeChan(stmt);
        break;
      default:
        program_.Unsupported(stmt->range_pos, "range over a function");
        break;
    }
  });
  targets_.pop_back();
}

void FunctionCompiler::RangeLoop(const RangeStmt* stmt,
                                 const std::function<void(Label& done)>& next, RangeValue key,
                                 RangeValue value, const std::function<void()>& step) {
  // Before go1.22 the rounds share their variables.
  const bool shared = stmt->define && !program_.HasLoopVariables(package_);
  const types::Var* vars[2] = {nullptr, nullptr};
  Storage storages[2];
  const Expr* exprs[2] = {stmt->key, stmt->value};
  const RangeValue values[2] = {key, value};
  for (int i = 0; i < 2; i++) {
    if (exprs[i] == nullptr || !stmt->define) continue;
    vars[i] = Declared(exprs[i]);
    if (vars[i] == nullptr) continue;
    if (shared && vars[i]->captured) shared_.insert(vars[i]);
    if (shared) {
      DeclareZero(vars[i]);
    } else {
      storages[i] = Reserve(vars[i]);
    }
  }
  Label top;
  Label on_continue;
  Label done;
  b().Bind(top);
  const uint32_t head = b().OpenLoop();
  At(stmt->range_pos);
  next(done);
  At(stmt->pos);
  const Reg mark = b().top();
  // Both places are found before either is assigned to.
  Place places[2];
  for (int i = 0; i < 2; i++) {
    if (exprs[i] == nullptr || vars[i] != nullptr || IsBlank(exprs[i])) continue;
    Prepare({exprs[i]});
    places[i] = PlaceOf(exprs[i]);
    Pin(places[i]);
  }
  for (int i = 0; i < 2; i++) {
    if (exprs[i] == nullptr || IsBlank(exprs[i])) continue;
    const Type* type = vars[i] != nullptr ? vars[i]->type : places[i].type;
    const Reg converted = Converted(values[i].reg, values[i].type, type);
    if (vars[i] == nullptr) {
      StorePlace(places[i], converted);
    } else if (shared) {
      StorePlace(VarPlace(vars[i]), converted);
    } else {
      Initialize(vars[i], storages[i], converted);
    }
  }
  b().ReleaseTo(mark);
  LoopBody(stmt, stmt->body, done, on_continue);
  b().Bind(on_continue);
  At(stmt->pos);
  step();
  b().Jump(top);
  b().CloseLoop(head);
  b().Bind(done);
}

void FunctionCompiler::CountedLoop(const RangeStmt* stmt, Reg index, Reg limit, RangeValue key,
                                   RangeValue value, const std::function<void()>& element) {
  b().Constant(index, 0, 8);
  RangeLoop(
      stmt,
      [&](Label& done) {
        b().JumpCompare(Op::kJLeI64, limit, index, done);
        element();
      },
      key, value, [&] { b().Emit(Op::kAddImm64, index, index, 1); });
}

void FunctionCompiler::RangeInt(const RangeStmt* stmt) {
  // An untyped constant has the type of the variable.
  const Type* type = TypeOf(stmt->x);
  if (stmt->key != nullptr && types::IsUntyped(type)) {
    if (const types::Var* var = stmt->define ? Declared(stmt->key) : nullptr) type = var->type;
  }
  if (types::IsUntyped(type)) type = IntType();
  const Reg limit = Temp(type);
  IntoAs(stmt->x, type, limit, true);
  const Reg index = Temp(type);
  if (ScalarOf(type) == Scalar::kI64) {
    return CountedLoop(stmt, index, limit, {index, type}, {}, [] {});
  }
  const Reg one = Temp(type);
  ConstantInto(types::Constant::Int(1), type, one);
  const Reg ended = b().Alloc(1);
  b().Zero(index, Size(type));
  RangeLoop(
      stmt,
      [&](Label& done) {
        CompareInto(Token::kLeq, type, limit, index, ended);
        b().JumpIf(ended, true, done);
      },
      {index, type}, {}, [&] { ArithmeticInto(Token::kAdd, type, index, one, index); });
}

void FunctionCompiler::RangeSlice(const RangeStmt* stmt) {
  const Type* element = types::UnderAs<types::Slice>(TypeOf(stmt->x))->elem;
  const Reg slice = b().Alloc(24);
  Into(stmt->x, slice, true);
  const Reg index = b().Alloc(8);
  const bool wanted = stmt->value != nullptr && !IsBlank(stmt->value);
  const Reg value = Temp(element);
  Place place;
  place.kind = Place::Kind::kSlice;
  place.type = element;
  place.container = TypeOf(stmt->x);
  place.base = slice;
  place.index = index;
  CountedLoop(stmt, index, slice + 8, {index, IntType()}, {value, element}, [&] {
    if (wanted) LoadPlace(place, value);
  });
}

void FunctionCompiler::RangeArray(const RangeStmt* stmt) {
  const Type* type = TypeOf(stmt->x);
  const auto* pointer = types::UnderAs<types::Pointer>(type);
  if (pointer != nullptr) type = pointer->elem;
  const auto* array = types::UnderAs<types::Array>(type);
  const bool wanted = stmt->value != nullptr && !IsBlank(stmt->value);
  Place place;
  place.type = array->elem;
  place.container = type;
  if (pointer != nullptr) {
    place.kind = Place::Kind::kMemory;
    place.base = b().Alloc(8);
    Into(stmt->x, place.base, true);
  } else if (wanted) {
    const bool in_memory =
        Size(type) > kLargestCopiedArray && Of(stmt->x).mode == types::Mode::kVariable;
    place.kind = in_memory ? Place::Kind::kMemory : Place::Kind::kRegister;
    place.base = in_memory ? AddressOf(PlaceOf(stmt->x)) : Temp(type);
    if (!in_memory) Into(stmt->x, place.base, true);
  } else if (HasEffect(stmt->x)) {
    Evaluate(stmt->x);
  }
  const Reg limit = b().Int(array->length);
  const Reg index = b().Alloc(8);
  const Reg value = Temp(array->elem);
  CountedLoop(stmt, index, limit, {index, IntType()}, {value, array->elem}, [&] {
    if (!wanted) return;
    if (place.kind == Place::Kind::kRegister) {
      b().Emit(Op::kArrayIndex, value, place.base, index, TypeIndex(type));
      return;
    }
    const Reg mark = b().top();
    const Reg address = b().Alloc(8);
    b().Emit(Op::kArrayAddr, address, place.base, index, TypeIndex(type));
    if (Size(array->elem) != 0) b().Load(value, address, 0, Size(array->elem));
    b().ReleaseTo(mark);
  });
}

void FunctionCompiler::RangeString(const RangeStmt* stmt) {
  const Reg string = b().Alloc(16);
  IntoAs(stmt->x, TypeOf(stmt->x), string, true);
  const Reg index = b().Alloc(8);
  const Reg decoded = b().Alloc(16);  // The rune, then the index after it.
  b().Constant(index, 0, 8);
  const Type* rune = table().basic(types::BasicKind::kInt32);
  RangeLoop(
      stmt,
      [&](Label& done) {
        b().JumpCompare(Op::kJLeI64, string + 8, index, done);
        b().Emit(Op::kStrDecode, decoded, string, index);
      },
      {index, IntType()}, {decoded, rune}, [&] { b().Move(index, decoded + 8, 8); });
}

void FunctionCompiler::RangeMap(const RangeStmt* stmt) {
  const Type* type = TypeOf(stmt->x);
  const auto* map = types::UnderAs<types::Map>(type);
  const Reg operand = Operand(stmt->x);
  const Reg iterator = b().Alloc(40);
  const Reg key = Temp(map->key);
  const Reg value = Temp(map->elem);
  const bool wants_key = stmt->key != nullptr && !IsBlank(stmt->key);
  const bool wants_value = stmt->value != nullptr && !IsBlank(stmt->value);
  b().Emit(Op::kMapIter, iterator, operand, 0, TypeIndex(type));
  RangeLoop(
      stmt,
      [&](Label& done) {
        b().Emit(Op::kMapNext, iterator, wants_key ? key : kNoRegister,
                 wants_value ? value : kNoRegister, TypeIndex(type));
        b().JumpCompare(Op::kJEqImm, iterator + 32, 0, done);
      },
      {key, map->key}, {value, map->elem}, [] {});
}

void FunctionCompiler::RangeChan(const RangeStmt* stmt) {
  const Type* element = types::UnderAs<types::Chan>(TypeOf(stmt->x))->elem;
  const Reg channel = b().Alloc(8);
  Into(stmt->x, channel, true);
  const uint32_t ok = SlotSize(Size(element));
  const Reg received = b().Alloc(ok + 8);
  RangeLoop(
      stmt,
      [&](Label& done) {
        b().Emit(Op::kChanRecv2, received, channel, 0, TypeIndex(element));
        b().JumpIf(received + ok, false, done);
      },
      {received, element}, {}, [] {});
}

}  // namespace heddle::golang::compile
