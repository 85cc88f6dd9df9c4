// SPDX-License-Identifier: Apache-2.0
//
// Calls of the functions of package unsafe.
//
// Sizes and offsets are constants unless a type parameter has a say. Source: the Go specification,
// "Package unsafe".
#include "models/golang/types/checker.h"
#include "models/golang/types/layout.h"

namespace heddle::golang::types {

namespace {

struct Place {
  int64_t offset = 0;
  bool through_pointer = false;  // an embedded pointer is on the way
};

Place PlaceOf(const Type* type, const std::vector<uint32_t>& path) {
  Place place;
  for (const uint32_t index : path) {
    if (const auto* pointer = UnderAs<Pointer>(type)) {
      place.through_pointer = true;
      type = pointer->elem;
    }
    const auto* record = UnderAs<Struct>(type);
    if (!type->is_parameterized()) place.offset += FieldOffsets(record)[index];
    type = record->fields[index].type;
  }
  return place;
}

}  // namespace

bool Checker::UnsafeCall(Operand& x, const CallExpr* call, Builtin id, std::vector<Operand>& args) {
  const auto is = [&](Builtin one) { return id == one; };
  if (is(Builtin::kSizeof) || is(Builtin::kAlignof)) {
    Assign(x, nullptr,
           is(Builtin::kSizeof) ? "argument to unsafe.Sizeof" : "argument to unsafe.Alignof");
    if (!x.valid() || IsInvalid(Under(x.type))) return false;
    const Type* type = x.type;
    MakeUintptr(x, type,
                type->is_parameterized() ? 0
                : is(Builtin::kSizeof)   ? SizeOf(type)
                                         : AlignOf(type));
    return true;
  }
  if (is(Builtin::kOffsetof)) return OffsetofCall(x, call);
  const bool old = is(Builtin::kAdd) || is(Builtin::kSlice);
  if (!RequireVersion(StartPos(call), old ? 17 : 20, ExprString(call->fun))) return false;
  if (args.size() == 2 && !IsValidIndex(args[1], "length", is(Builtin::kAdd))) return false;
  if (is(Builtin::kAdd)) {
    Assign(x, basic(BasicKind::kUnsafePointer), "argument to unsafe.Add");
    x.type = basic(BasicKind::kUnsafePointer);
  } else if (is(Builtin::kString)) {
    Assign(x, types_.PointerTo(types_.byte_type()), "argument to unsafe.String");
    x.type = basic(BasicKind::kString);
  } else if (is(Builtin::kStringData)) {
    Assign(x, basic(BasicKind::kString), "argument to unsafe.StringData");
    x.type = types_.PointerTo(types_.byte_type());
  } else {
    const Type* core = CoreType(x.type);
    const auto* pointer = To<Pointer>(core);
    const auto* slice = To<Slice>(core);
    const bool to_slice = is(Builtin::kSlice);
    if (to_slice ? pointer == nullptr : slice == nullptr) {
      Error(PosOf(x), "invalid argument: {} is not a {}", Str(x), to_slice ? "pointer" : "slice");
      return false;
    }
    x.type = to_slice ? static_cast<const Type*>(types_.SliceOf(pointer->elem))
                      : types_.PointerTo(slice->elem);
  }
  if (!x.valid()) return false;
  x.mode = Mode::kValue;
  return true;
}

bool Checker::OffsetofCall(Operand& x, const CallExpr* call) {
  const auto* selector = As<SelectorExpr>(Unparen(call->args[0]));
  if (selector == nullptr) {
    Error(StartPos(call->args[0]), "invalid argument: {} is not a selector expression",
          ExprString(call->args[0]));
    return false;
  }
  const Type* base = info().TypeOf(selector->x);
  if (base == nullptr || !x.valid()) return false;
  if (const auto* pointer = UnderAs<Pointer>(base)) base = pointer->elem;
  const LookupResult found = Lookup(base, false, &package_, selector->sel->name);
  if (found.is_method()) {
    Error(StartPos(selector), "invalid argument: {} is a method value", ExprString(selector));
    return false;
  }
  if (found.kind != LookupResult::Kind::kField) return false;
  const Place place = PlaceOf(base, found.path);
  if (place.through_pointer) {
    Error(PosOf(x), "invalid argument: field {} is embedded via a pointer in {}",
          selector->sel->name, Str(base));
    return false;
  }
  MakeUintptr(x, base, place.offset);
  return true;
}

void Checker::MakeUintptr(Operand& x, const Type* of, int64_t value) {
  x.mode = of->is_parameterized() ? Mode::kValue : Mode::kConstant;
  x.value = Constant::Int(value);
  x.type = basic(BasicKind::kUintptr);
}

}  // namespace heddle::golang::types
