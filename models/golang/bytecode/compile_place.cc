// SPDX-License-Identifier: Apache-2.0
//
// Places: where variables, fields, elements and what pointers point to lie; reading, writing,
// taking the address.
//
// A field of a struct in registers is a register; an array in registers with an index known only at
// run time is read and written as a whole element. Only what is asked for is read from memory, so
// that data races are judged field by field.
#include "models/golang/bytecode/compile_function.h"
#include "models/golang/types/layout.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

Place FunctionCompiler::RegisterPlace(Reg reg, const Type* type) {
  Place place;
  place.kind = Place::Kind::kRegister;
  place.type = type;
  place.base = reg;
  return place;
}

Place FunctionCompiler::VarPlace(const types::Var* var) {
  auto found = storage_.find(var);
  if (found == storage_.end()) {
    Place place;
    place.kind = Place::Kind::kGlobal;
    place.type = var->type;
    place.offset = program_.GlobalOf(var);
    return place;
  }
  Place place = RegisterPlace(found->second.reg, var->type);
  if (found->second.kind == Storage::Kind::kBoxed) {
    place.kind = Place::Kind::kMemory;
    place.non_nil = true;
  }
  return place;
}

Place FunctionCompiler::PlaceOf(const Expr* e) {
  e = Unparen(e);
  if (IsHoisted(e) || IsConstant(e)) return RegisterPlace(Operand(e), TypeOf(e));
  switch (e->kind) {
    case NodeKind::kIdent: {
      const auto* var = types::ToObject<types::Var>(info_->Use(Cast<Ident>(e)));
      if (var != nullptr) return VarPlace(var);
      break;
    }
    case NodeKind::kSelectorExpr: {
      const auto* selector = Cast<SelectorExpr>(e);
      const types::Selection* selection = info_->SelectionOf(selector);
      if (selection == nullptr) {
        const auto* var = types::ToObject<types::Var>(info_->Use(selector->sel));
        if (var != nullptr) return VarPlace(var);
      } else if (selection->kind == types::SelectionKind::kField) {
        const Place x = PlaceOf(selector->x);
        At(selector->sel->pos);
        return Follow(x, selection->path);
      }
      break;
    }
    case NodeKind::kIndexExpr: {
      const auto* index = Cast<IndexExpr>(e);
      if (types::UnderAs<types::Signature>(TypeOf(index->x)) == nullptr) return IndexPlace(index);
      break;
    }
    case NodeKind::kStarExpr: {
      const auto* star = Cast<StarExpr>(e);
      const Place pointer = RegisterPlace(Operand(star->x), TypeOf(star->x));
      At(e->pos);
      return Deref(pointer);
    }
    default:
      break;
  }
  const Reg to = Temp(TypeOf(e));
  if (const auto* call = As<CallExpr>(e)) {
    const types::Mode fun = Of(call->fun).mode;
    if (fun != types::Mode::kType && fun != types::Mode::kBuiltin) {
      b().ReleaseTo(to);
      return RegisterPlace(Call(call), TypeOf(e));
    }
  }
  Into(e, to, true);
  return RegisterPlace(to, TypeOf(e));
}

Place FunctionCompiler::IndexPlace(const IndexExpr* e) {
  const Type* x_type = TypeOf(e->x);
  const Type* under = types::Under(x_type);
  const Expr* index = e->indices[0];
  Place place;
  if (const auto* map = types::To<types::Map>(under)) {
    place.kind = Place::Kind::kMap;
    place.type = map->elem;
    place.container = x_type;
    place.base = Operand(e->x);
    place.index = OperandAs(index, map->key);
    At(e->pos);
    return place;
  }
  if (const auto* slice = types::To<types::Slice>(under)) {
    place.kind = Place::Kind::kSlice;
    place.type = slice->elem;
    place.container = x_type;
    place.base = Operand(e->x);
    place.index = IndexOperand(index);
    At(index->pos);  // Where gc sees an index out of range.
    return place;
  }
  if (types::IsString(under)) {
    const Reg string = Operand(e->x);
    const Reg at = IndexOperand(index);
    const Reg to = b().Alloc(1);
    At(index->pos);
    b().Emit(Op::kStrIndex, to, string, at);
    return RegisterPlace(to, table().byte_type());
  }
  const auto* pointer = types::To<types::Pointer>(under);
  const Type* array_type = pointer != nullptr ? pointer->elem : x_type;
  const auto* array = types::UnderAs<types::Array>(array_type);
  Place parent = pointer != nullptr ? Deref(RegisterPlace(Operand(e->x), x_type)) : PlaceOf(e->x);
  if (parent.kind == Place::Kind::kMap) parent = RegisterPlace(PlaceOperand(parent), array_type);
  if (IsConstant(index)) {
    const int64_t i = Of(Unparen(index)).value.ToInt().AsInt64().value_or(0);
    At(e->pos);
    return Subplace(parent, static_cast<uint64_t>(i) * Size(array->elem), array->elem);
  }
  if (parent.kind == Place::Kind::kRegister || parent.kind == Place::Kind::kElement) {
    place.kind = Place::Kind::kElement;
    place.type = array->elem;
    place.container = array_type;
    place.index = IndexOperand(index);
    place.parent = std::make_shared<Place>(std::move(parent));
    At(index->pos);
    return place;
  }
  const Reg base = AddressOf(parent);
  place.kind = Place::Kind::kMemory;
  place.type = array->elem;
  const Reg at = IndexOperand(index);
  place.base = b().Alloc(8);
  place.non_nil = true;
  At(index->pos);
  b().Emit(Op::kArrayAddr, place.base, base, at, TypeIndex(array_type));
  return place;
}

// A part of what lies at `place`.
Place FunctionCompiler::Subplace(const Place& place, uint64_t offset, const Type* type) {
  Place part = place;
  if (place.kind == Place::Kind::kSlice) part = InMemory(place);
  if (place.kind == Place::Kind::kMap) part = RegisterPlace(PlaceOperand(place), place.type);
  part.type = type;
  if (part.kind == Place::Kind::kRegister) {
    part.base += static_cast<Reg>(offset);
  } else {
    part.offset += offset;
  }
  return part;
}

Place FunctionCompiler::FieldOf(const Place& place, uint32_t index) {
  const auto* record = types::UnderAs<types::Struct>(place.type);
  const int64_t offset = types::FieldOffsets(record)[index];
  return Subplace(place, static_cast<uint64_t>(offset), record->fields[index].type);
}

Place FunctionCompiler::Follow(Place place, std::span<const uint32_t> path) {
  for (uint32_t index : path) {
    if (types::UnderAs<types::Pointer>(place.type) != nullptr) place = Deref(place);
    place = FieldOf(place, index);
  }
  return place;
}

Place FunctionCompiler::Deref(const Place& place) {
  Place target;
  target.kind = Place::Kind::kMemory;
  target.type = types::UnderAs<types::Pointer>(place.type)->elem;
  target.base = PlaceOperand(place);
  return target;
}

Place FunctionCompiler::InMemory(const Place& element) {
  Place place;
  place.kind = Place::Kind::kMemory;
  place.type = element.type;
  place.base = b().Alloc(8);
  place.non_nil = true;
  b().Emit(Op::kSliceAddr, place.base, element.base, element.index, TypeIndex(element.type));
  return place;
}

// ---- Reading and writing

Reg FunctionCompiler::PlaceOperand(const Place& place) {
  if (place.kind == Place::Kind::kRegister) return place.base;
  const Reg to = Temp(place.type);
  LoadPlace(place, to);
  return to;
}

void FunctionCompiler::LoadPlace(const Place& place, Reg to) {
  if (place.kind == Place::Kind::kBlank) return;
  const uint64_t size = Size(place.type);
  switch (place.kind) {
    case Place::Kind::kBlank:
      return;
    case Place::Kind::kRegister:
      return b().Move(to, place.base, size);
    case Place::Kind::kMemory:
      if (size != 0 || !place.non_nil) b().Load(to, place.base, place.offset, size);
      return;
    case Place::Kind::kGlobal:
      return b().LoadGlobal(to, place.offset, size);
    case Place::Kind::kSlice:
      if (size == 1 || size == 2 || size == 4 || size == 8) {
        b().Emit(OpForSize(Family::kSliceIndex, size), to, place.base, place.index);
      } else {
        b().Emit(Op::kSliceIndexN, to, place.base, place.index, TypeIndex(place.type));
      }
      return;
    case Place::Kind::kElement: {
      const Reg array = PlaceOperand(*place.parent);
      const auto* type = types::UnderAs<types::Array>(place.container);
      const bool whole = size == Size(type->elem);
      const Reg element = whole ? to : Temp(type->elem);
      b().Emit(Op::kArrayIndex, element, array, place.index, TypeIndex(place.container));
      if (!whole) b().Move(to, element + static_cast<Reg>(place.offset), size);
      return;
    }
    case Place::Kind::kMap:
      b().Emit(Op::kMapGet, to, place.base, place.index, TypeIndex(place.container));
      return;
  }
}

void FunctionCompiler::StorePlace(const Place& place, Reg value) {
  if (place.kind == Place::Kind::kBlank) return;
  const uint64_t size = Size(place.type);
  switch (place.kind) {
    case Place::Kind::kBlank:
      return;
    case Place::Kind::kRegister:
      return b().Move(place.base, value, size);
    case Place::Kind::kMemory:
      if (size != 0 || !place.non_nil) b().Store(place.base, place.offset, value, size);
      return;
    case Place::Kind::kGlobal:
      return b().StoreGlobal(place.offset, value, size);
    case Place::Kind::kSlice:
      if (size == 1 || size == 2 || size == 4 || size == 8) {
        b().Emit(OpForSize(Family::kSliceSet, size), place.base, place.index, value);
      } else {
        b().Emit(Op::kSliceSetN, place.base, place.index, value, TypeIndex(place.type));
      }
      return;
    case Place::Kind::kElement:
      return StoreElement(place, value);
    case Place::Kind::kMap:
      b().Emit(Op::kMapSet, place.base, place.index, value, TypeIndex(place.container));
      return;
  }
}

// Into an array in registers, or an array inside an element of one.
void FunctionCompiler::StoreElement(const Place& place, Reg value) {
  const auto* type = types::UnderAs<types::Array>(place.container);
  const Reg mark = b().top();
  const Reg array = PlaceOperand(*place.parent);
  if (Size(place.type) != Size(type->elem)) {
    const Reg element = Temp(type->elem);
    b().Emit(Op::kArrayIndex, element, array, place.index, TypeIndex(place.container));
    b().Move(element + static_cast<Reg>(place.offset), value, Size(place.type));
    value = element;
  }
  b().Emit(Op::kArraySet, array, place.index, value, TypeIndex(place.container));
  if (place.parent->kind != Place::Kind::kRegister) StorePlace(*place.parent, array);
  b().ReleaseTo(mark);
}

Reg FunctionCompiler::AddressOf(const Place& place) {
  switch (place.kind) {
    case Place::Kind::kMemory: {
      if (place.offset == 0 && place.non_nil) return place.base;
      const Reg to = b().Alloc(8);
      b().Emit(Op::kLea, to, place.base, b().Short(place.offset));
      return to;
    }
    case Place::Kind::kGlobal: {
      const Reg to = b().Alloc(8);
      b().Emit(Op::kGlobalAddr, to, b().Short(place.offset));
      return to;
    }
    case Place::Kind::kSlice:
      return InMemory(place).base;
    case Place::Kind::kBlank:
    case Place::Kind::kRegister:
    case Place::Kind::kElement:
    case Place::Kind::kMap:
      break;
  }
  HEDDLE_CHECK(false, "a variable whose address is taken lives in the heap");
  return 0;
}

void FunctionCompiler::Pin(Place& place) {
  auto keep = [&](Reg& reg, uint64_t size) {
    const Reg copy = b().Alloc(size);
    b().Move(copy, reg, size);
    reg = copy;
  };
  switch (place.kind) {
    case Place::Kind::kBlank:
    case Place::Kind::kRegister:
    case Place::Kind::kGlobal:
      return;
    case Place::Kind::kMemory:
      if (!place.non_nil) keep(place.base, 8);
      return;
    case Place::Kind::kSlice:
      keep(place.base, 24);
      keep(place.index, 8);
      return;
    case Place::Kind::kElement:
      keep(place.index, 8);
      Pin(*place.parent);
      return;
    case Place::Kind::kMap:
      keep(place.base, 8);
      keep(place.index, Size(types::UnderAs<types::Map>(place.container)->key));
      return;
  }
}

}  // namespace heddle::golang::compile
