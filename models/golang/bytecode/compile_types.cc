// SPDX-License-Identifier: Apache-2.0
//
// The translation of types, kind by kind. A type is entered before its parts are translated, so
// recursion ends.
#include "models/golang/bytecode/compile_types.h"

#include "models/golang/syntax/unicode.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {
namespace {

using types::BasicKind;

Kind KindOfBasic(BasicKind kind) {
  switch (kind) {
    case BasicKind::kInvalid:
      return Kind::kInvalid;
    case BasicKind::kBool:
      return Kind::kBool;
    case BasicKind::kInt:
      return Kind::kInt;
    case BasicKind::kInt8:
      return Kind::kInt8;
    case BasicKind::kInt16:
      return Kind::kInt16;
    case BasicKind::kInt32:
      return Kind::kInt32;
    case BasicKind::kInt64:
      return Kind::kInt64;
    case BasicKind::kUint:
      return Kind::kUint;
    case BasicKind::kUint8:
      return Kind::kUint8;
    case BasicKind::kUint16:
      return Kind::kUint16;
    case BasicKind::kUint32:
      return Kind::kUint32;
    case BasicKind::kUint64:
      return Kind::kUint64;
    case BasicKind::kUintptr:
      return Kind::kUintptr;
    case BasicKind::kFloat32:
      return Kind::kFloat32;
    case BasicKind::kFloat64:
      return Kind::kFloat64;
    case BasicKind::kComplex64:
      return Kind::kComplex64;
    case BasicKind::kComplex128:
      return Kind::kComplex128;
    case BasicKind::kString:
      return Kind::kString;
    case BasicKind::kUnsafePointer:
      return Kind::kUnsafePointer;
    case BasicKind::kUntypedBool:
      return Kind::kBool;
    case BasicKind::kUntypedInt:
      return Kind::kInt;
    case BasicKind::kUntypedRune:
      return Kind::kInt32;
    case BasicKind::kUntypedFloat:
      return Kind::kFloat64;
    case BasicKind::kUntypedComplex:
      return Kind::kComplex128;
    case BasicKind::kUntypedString:
      return Kind::kString;
    case BasicKind::kUntypedNil:
      return Kind::kUnsafePointer;
  }
  return Kind::kInvalid;
}

Kind KindOf(const types::Type* under) {
  switch (under->kind()) {
    case types::TypeKind::kBasic:
      return KindOfBasic(types::To<types::Basic>(under)->basic);
    case types::TypeKind::kPointer:
      return Kind::kPointer;
    case types::TypeKind::kSlice:
      return Kind::kSlice;
    case types::TypeKind::kArray:
      return Kind::kArray;
    case types::TypeKind::kMap:
      return Kind::kMap;
    case types::TypeKind::kChan:
      return Kind::kChan;
    case types::TypeKind::kStruct:
      return Kind::kStruct;
    case types::TypeKind::kSignature:
      return Kind::kFunc;
    case types::TypeKind::kInterface:
      return Kind::kInterface;
    case types::TypeKind::kNamed:
    case types::TypeKind::kAlias:
    case types::TypeKind::kTuple:
    case types::TypeKind::kTypeParam:
    case types::TypeKind::kUnion:
      break;
  }
  HEDDLE_CHECK(false, "values have types of these kinds only");
  return Kind::kInvalid;
}

}  // namespace

RuntimeTypeMap::RuntimeTypeMap(TypeTable& table, types::TypeTable& types, bool reflects)
    : table_(table), types_(types), reflects_(reflects) {
  const types::Type* text = types.SignatureOf({}, {{"", types.basic(BasicKind::kString)}}, false);
  for (const char* name : {"Error", "String", "GoString"}) {
    signatures_[name].push_back(text->canonical());
  }
}

MethodId RuntimeTypeMap::Method(const std::string& name, const types::Package* package,
                                const types::Signature* type) {
  const std::string_view path = package == nullptr ? std::string_view() : package->path;
  std::vector<const types::Type*>& seen =
      signatures_[path.empty() ? name : std::string(path) + "." + name];
  size_t index = 0;
  while (index < seen.size() && seen[index] != type->canonical()) index++;
  if (index == seen.size()) seen.push_back(type->canonical());
  if (index == 0) return table_.MethodIdOf(name, path);
  // A name of no Go package keeps it apart from the others.
  return table_.MethodIdOf(name, std::string(path) + "#" + std::to_string(index));
}

const RType* RuntimeTypeMap::Of(const types::Type* type) {
  type = type->canonical();
  auto found = map_.find(type);
  if (found != map_.end()) return found->second;
  RType* made = Make(type);
  // What a type is made of is filled in one after the other: chains of types may be longer than any
  // stack.
  if (std::exchange(filling_, true)) return made;
  while (!unfilled_.empty()) {
    const auto [out, under] = unfilled_.back();
    unfilled_.pop_back();
    FillUnderlying(out, under);
  }
  filling_ = false;
  return made;
}

RType* RuntimeTypeMap::Make(const types::Type* type) {
  if (const auto* basic = types::To<types::Basic>(type)) {
    RType* out = table_.at(static_cast<uint32_t>(KindOfBasic(basic->basic)));
    map_[type] = out;
    return out;
  }
  const types::Type* under = types::Under(type);
  RType* out = table_.Add(KindOf(under), types::RuntimeTypeString(type));
  map_[type] = out;
  if (const auto* named = types::To<types::Named>(type)) {
    out->is_named = true;
    if (named->package() != nullptr) {
      out->package = named->package()->path;
      // The name inside the package: what follows "pkg.".
      const size_t skip = named->package()->name.size() + 1;
      out->base_name = out->name.size() > skip ? out->name.substr(skip) : out->name;
    } else {
      out->base_name = out->name;
    }
  }
  unfilled_.emplace_back(out, under);
  return out;
}

void RuntimeTypeMap::MarkDynamic(const types::Type* type) {
  std::vector<const types::Type*> work = {type->canonical()};
  while (!work.empty()) {
    const types::Type* next = work.back();
    work.pop_back();
    if (!marked_.insert(next).second) continue;
    const types::Type* under = types::Under(next);
    if (next->kind() != types::TypeKind::kBasic && under->kind() != types::TypeKind::kInterface) {
      const uint32_t index = Of(next)->index;
      dynamic_.emplace_back(next, table_.at(index));
    }
    MarkParts(next, &work);
  }
}

void RuntimeTypeMap::MarkParts(const types::Type* type, std::vector<const types::Type*>* work) {
  const types::Type* under = types::Under(type);
  const auto push = [work](const types::Type* part) { work->push_back(part->canonical()); };
  if (const auto* pointer = types::To<types::Pointer>(under)) push(pointer->elem);
  if (const auto* slice = types::To<types::Slice>(under)) push(slice->elem);
  if (const auto* array = types::To<types::Array>(under)) push(array->elem);
  if (const auto* chan = types::To<types::Chan>(under)) push(chan->elem);
  if (const auto* map = types::To<types::Map>(under)) {
    push(map->key);
    push(map->elem);
  }
  const auto* record = types::To<types::Struct>(under);
  if (record != nullptr) {
    for (const auto& field : record->fields) push(field.type);
  }
  if (!reflects_) return;
  // Functions are called, and variables have addresses.
  if (const auto* signature = types::To<types::Signature>(under)) {
    for (const types::Param& param : signature->params) push(param.type);
    for (const types::Param& result : signature->results) push(result.type);
  }
  const bool has_methods = type->kind() == types::TypeKind::kNamed || record != nullptr;
  if (has_methods && under->kind() != types::TypeKind::kPointer) push(types_.PointerTo(type));
}

RMethod RuntimeTypeMap::MethodEntry(const std::string& name, const types::Package* package,
                                    const types::Signature* type, uint32_t function) {
  RMethod method{.id = Method(name, package, type), .name = name, .function = function};
  if (!reflects_) return method;
  method.type = Of(type);
  if (package != nullptr) method.package = package->path;
  return method;
}

void RuntimeTypeMap::FillUnderlying(RType* out, const types::Type* under) {
  switch (under->kind()) {
    case types::TypeKind::kPointer:
      out->elem = Of(types::To<types::Pointer>(under)->elem);
      break;
    case types::TypeKind::kSlice:
      out->elem = Of(types::To<types::Slice>(under)->elem);
      break;
    case types::TypeKind::kArray: {
      const auto* array = types::To<types::Array>(under);
      out->length = static_cast<uint64_t>(array->length);
      out->elem = Of(array->elem);
      break;
    }
    case types::TypeKind::kMap: {
      const auto* map = types::To<types::Map>(under);
      out->key = Of(map->key);
      out->elem = Of(map->elem);
      break;
    }
    case types::TypeKind::kChan: {
      const auto* chan = types::To<types::Chan>(under);
      out->dir = chan->dir == ChanDir::kBoth   ? RChanDir::kBoth
                 : chan->dir == ChanDir::kSend ? RChanDir::kSend
                                               : RChanDir::kRecv;
      out->elem = Of(chan->elem);
      break;
    }
    case types::TypeKind::kStruct:
      FillStruct(out, types::To<types::Struct>(under));
      break;
    case types::TypeKind::kSignature: {
      const auto* signature = types::To<types::Signature>(under);
      out->variadic = signature->variadic;
      for (const types::Param& p : signature->params) out->params.push_back(Of(p.type));
      for (const types::Param& r : signature->results) out->results.push_back(Of(r.type));
      break;
    }
    case types::TypeKind::kInterface:
      FillInterface(out, types::To<types::Interface>(under));
      break;
    case types::TypeKind::kBasic:
    case types::TypeKind::kNamed:
    case types::TypeKind::kAlias:
    case types::TypeKind::kTuple:
    case types::TypeKind::kTypeParam:
    case types::TypeKind::kUnion:
      break;
  }
}

void RuntimeTypeMap::FillStruct(RType* out, const types::Struct* type) {
  out->fields.reserve(type->fields.size());
  for (const types::StructField& field : type->fields) {
    RField f;
    f.name = field.name;
    f.embedded = field.embedded;
    f.exported = IsExported(field.name);
    f.tag = field.tag;
    if (field.pkg != nullptr && !f.exported) f.package = field.pkg->path;
    f.type = Of(field.type);
    out->fields.push_back(std::move(f));
  }
}

void RuntimeTypeMap::FillInterface(RType* out, const types::Interface* type) {
  for (const types::InterfaceMethod& method : type->methods) {
    out->methods.push_back(MethodEntry(method.name, method.pkg, method.type, 0));
  }
}

}  // namespace heddle::golang::compile
