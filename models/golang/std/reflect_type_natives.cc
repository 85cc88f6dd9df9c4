// SPDX-License-Identifier: Apache-2.0
// Natives of reflect that tell about types and make them. A *rtype of Go is an RType.
#include <algorithm>
#include <string>
#include <vector>

#include "models/golang/std/natives.h"
#include "models/golang/syntax/unicode.h"
#include "models/golang/vm/machine.h"

namespace heddle::golang {
namespace {

using vm::GoInterface;
using vm::GoSlice;
using vm::GoString;
using vm::NativeCall;

// What making a type counts as, whether it is there already or not.
constexpr uint64_t kMakingCost = 500;

const RType* TypeArg(NativeCall& call) { return call.Arg<const RType*>(); }

vm::TypeMaker& Maker(NativeCall& call) {
  call.Spend(kMakingCost);
  return call.machine().type_maker();
}

// Text of the program itself, or of a type: it stays where it is.
void ReturnText(NativeCall& call, const std::string& text) {
  call.Return(GoString{text.data(), static_cast<int64_t>(text.size())});
}

std::vector<const RType*> TypesIn(const GoSlice& slice) {
  const auto* types = reinterpret_cast<const RType* const*>(slice.data);
  return {types, types + slice.length};
}

// Bits as in reflect.ChanDir: 1 receive, 2 send.
int64_t DirectionOf(const RType* type) {
  return type->dir == RChanDir::kBoth ? 3 : type->dir == RChanDir::kSend ? 2 : 1;
}

// ---- Relations of types

bool SameUnderlying(const RType* a, const RType* b, bool tags);

// Identical types; without `tags`, those of structs are looked over.
bool SameType(const RType* a, const RType* b, bool tags) {
  if (a == b || tags) return a == b;
  return !a->is_named && !b->is_named && SameUnderlying(a, b, tags);
}

bool SameTypes(const std::vector<const RType*>& a, const std::vector<const RType*>& b, bool tags) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [tags](const RType* x, const RType* y) { return SameType(x, y, tags); });
}

bool SameFields(const RType* a, const RType* b, bool tags) {
  return std::equal(a->fields.begin(), a->fields.end(), b->fields.begin(), b->fields.end(),
                    [tags](const RField& x, const RField& y) {
                      return x.name == y.name && x.package == y.package &&
                             x.embedded == y.embedded && (!tags || x.tag == y.tag) &&
                             SameType(x.type, y.type, tags);
                    });
}

bool SameUnderlying(const RType* a, const RType* b, bool tags) {
  if (a == b) return true;
  if (a->kind != b->kind) return false;
  switch (a->kind) {
    case Kind::kArray:
      return a->length == b->length && SameType(a->elem, b->elem, tags);
    case Kind::kChan:
      return a->dir == b->dir && SameType(a->elem, b->elem, tags);
    case Kind::kPointer:
    case Kind::kSlice:
      return SameType(a->elem, b->elem, tags);
    case Kind::kMap:
      return SameType(a->key, b->key, tags) && SameType(a->elem, b->elem, tags);
    case Kind::kFunc:
      return a->variadic == b->variadic && SameTypes(a->params, b->params, tags) &&
             SameTypes(a->results, b->results, tags);
    case Kind::kStruct:
      return SameFields(a, b, tags);
    case Kind::kInterface:
      return std::equal(a->methods.begin(), a->methods.end(), b->methods.begin(), b->methods.end(),
                        [](const RMethod& x, const RMethod& y) { return x.id == y.id; });
    default:
      return true;  // the basic kinds
  }
}

bool IsAssignable(const RType* to, const RType* from) {
  if (to == from) return true;
  if (to->kind != from->kind || (to->is_named && from->is_named)) return false;
  if (to->kind == Kind::kChan && from->dir == RChanDir::kBoth && to->elem == from->elem)
    return true;
  return SameUnderlying(to, from, true);
}

bool HasMethods(const RType* type, const RType* wanted) {
  if (!type->IsInterface()) return Implements(type, wanted);
  return std::all_of(wanted->methods.begin(), wanted->methods.end(), [&](const RMethod& method) {
    return std::any_of(type->methods.begin(), type->methods.end(),
                       [&](const RMethod& own) { return own.id == method.id; });
  });
}

// ---- Natives

void TypeOf(NativeCall& call) { call.Return(call.Arg<GoInterface>().type); }
void KindOf(NativeCall& call) { call.Return(static_cast<uint64_t>(TypeArg(call)->kind)); }
void SizeOf(NativeCall& call) { call.Return(TypeArg(call)->size); }
void AlignOf(NativeCall& call) { call.Return(int64_t{TypeArg(call)->align}); }
void TextOf(NativeCall& call) { ReturnText(call, TypeArg(call)->name); }

void NameOf(NativeCall& call) {
  const RType* type = TypeArg(call);
  // The predeclared types have no name inside a package.
  ReturnText(call, type->is_named && type->base_name.empty() ? type->name : type->base_name);
}

void PackageOf(NativeCall& call) { ReturnText(call, TypeArg(call)->package); }
void IsComparable(NativeCall& call) { call.Return(TypeArg(call)->is_comparable); }
void ElemOf(NativeCall& call) { call.Return(TypeArg(call)->elem); }
void KeyOf(NativeCall& call) { call.Return(TypeArg(call)->key); }
void LengthOf(NativeCall& call) { call.Return(TypeArg(call)->length); }
void Direction(NativeCall& call) { call.Return(DirectionOf(TypeArg(call))); }
void NumFields(NativeCall& call) { call.Return(TypeArg(call)->fields.size()); }

void FieldOf(NativeCall& call) {
  const RType* type = TypeArg(call);
  const RField& field = type->fields[call.Arg<uint64_t>()];
  ReturnText(call, field.name);
  ReturnText(call, field.package);
  ReturnText(call, field.tag);
  call.Return(field.type);
  call.Return(field.offset);
  call.Return(field.embedded);
}

void Signature(NativeCall& call) {
  const RType* type = TypeArg(call);
  call.Return(type->params.size());
  call.Return(type->results.size());
  call.Return(type->variadic);
}

void Param(NativeCall& call) {
  const RType* type = TypeArg(call);
  call.Return(type->params[call.Arg<uint64_t>()]);
}

void Result(NativeCall& call) {
  const RType* type = TypeArg(call);
  call.Return(type->results[call.Arg<uint64_t>()]);
}

void NumMethods(NativeCall& call) {
  call.Return(call.machine().type_maker().MethodsOf(TypeArg(call)).size());
}

void MethodAt(NativeCall& call) {
  const RType* type = TypeArg(call);
  const RMethod& method = *call.machine().type_maker().MethodsOf(type)[call.Arg<uint64_t>()];
  ReturnText(call, method.name);
  ReturnText(call, method.package);
  call.Return(method.type);
}

void ImplementsNative(NativeCall& call) {
  const RType* type = TypeArg(call);
  call.Return(HasMethods(type, TypeArg(call)));
}

void Assignable(NativeCall& call) {
  const RType* to = TypeArg(call);
  call.Return(IsAssignable(to, TypeArg(call)));
}

void SameUnderlyingNative(NativeCall& call) {
  const RType* a = TypeArg(call);
  const RType* b = TypeArg(call);
  call.Return(SameUnderlying(a, b, call.Arg<bool>()));
}

void PointerTo(NativeCall& call) {
  const RType* elem = TypeArg(call);
  call.Return(elem->pointer_to != nullptr ? elem->pointer_to : Maker(call).PointerTo(elem));
}

void SliceOf(NativeCall& call) { call.Return(Maker(call).SliceOf(TypeArg(call))); }

void ArrayOf(NativeCall& call) {
  const auto length = call.Arg<uint64_t>();
  call.Return(Maker(call).ArrayOf(length, TypeArg(call)));
}

void ChanOf(NativeCall& call) {
  const auto bits = call.Arg<int64_t>();
  const RChanDir dir = bits == 3 ? RChanDir::kBoth : bits == 2 ? RChanDir::kSend : RChanDir::kRecv;
  call.Return(Maker(call).ChanOf(dir, TypeArg(call)));
}

void MapOf(NativeCall& call) {
  const RType* key = TypeArg(call);
  call.Return(Maker(call).MapOf(key, TypeArg(call)));
}

void FuncOf(NativeCall& call) {
  const auto params = call.Arg<GoSlice>();
  const auto results = call.Arg<GoSlice>();
  call.Return(Maker(call).FuncOf(TypesIn(params), TypesIn(results), call.Arg<bool>()));
}

// As fieldSpec in Go.
struct FieldSpec {
  GoString name, package, tag;
  const RType* type;
  uint64_t embedded;
};

void StructOf(NativeCall& call) {
  const auto specs = call.Arg<GoSlice>();
  std::vector<RField> fields;
  for (int64_t i = 0; i < specs.length; ++i) {
    const auto& spec = reinterpret_cast<const FieldSpec*>(specs.data)[i];
    RField field;
    field.name = spec.name.view();
    field.package = spec.package.view();
    field.tag = spec.tag.view();
    field.type = spec.type;
    field.embedded = (spec.embedded & 1) != 0;
    field.exported = field.package.empty();
    fields.push_back(std::move(field));
  }
  call.Return(Maker(call).StructOf(std::move(fields)));
}

}  // namespace

void AddReflectTypeNatives(vm::NativeTable* table) {
  table->Add("reflect.typeOf", &TypeOf);
  table->Add("reflect.(*rtype).kind", &KindOf);
  table->Add("reflect.(*rtype).size", &SizeOf);
  table->Add("reflect.(*rtype).align", &AlignOf);
  table->Add("reflect.(*rtype).text", &TextOf);
  table->Add("reflect.(*rtype).name", &NameOf);
  table->Add("reflect.(*rtype).pkgPath", &PackageOf);
  table->Add("reflect.(*rtype).comparable", &IsComparable);
  table->Add("reflect.(*rtype).elem", &ElemOf);
  table->Add("reflect.(*rtype).key", &KeyOf);
  table->Add("reflect.(*rtype).length", &LengthOf);
  table->Add("reflect.(*rtype).direction", &Direction);
  table->Add("reflect.(*rtype).numFields", &NumFields);
  table->Add("reflect.(*rtype).field", &FieldOf);
  table->Add("reflect.(*rtype).signature", &Signature);
  table->Add("reflect.(*rtype).param", &Param);
  table->Add("reflect.(*rtype).result", &Result);
  table->Add("reflect.(*rtype).numMethods", &NumMethods);
  table->Add("reflect.(*rtype).method", &MethodAt);
  table->Add("reflect.implements", &ImplementsNative);
  table->Add("reflect.assignable", &Assignable);
  table->Add("reflect.sameUnderlying", &SameUnderlyingNative);
  table->Add("reflect.pointerTo", &PointerTo);
  table->Add("reflect.sliceOf", &SliceOf);
  table->Add("reflect.arrayOf", &ArrayOf);
  table->Add("reflect.chanOf", &ChanOf);
  table->Add("reflect.mapOf", &MapOf);
  table->Add("reflect.funcOf", &FuncOf);
  table->Add("reflect.structOf", &StructOf);
}

}  // namespace heddle::golang
