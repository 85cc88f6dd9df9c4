// SPDX-License-Identifier: Apache-2.0
//
// Conversions, written and implied: numbers, strings, slices and arrays, values into interfaces.
//
// An interface value looks the same whatever its static type, so only values of concrete types need
// work to become one. Source: the Go specification, "Conversions", "Assignability".
#include <algorithm>
#include <optional>

#include "models/golang/bytecode/compile_function.h"
#include "models/golang/bytecode/compile_scalar.h"
#include "models/golang/types/predicates.h"
#include "sim/base/check.h"

namespace heddle::golang::compile {

namespace {

bool IsUnsafePointer(const types::Type* type) {
  const auto* basic = types::UnderAs<types::Basic>(type);
  return basic != nullptr && basic->basic == types::BasicKind::kUnsafePointer;
}

}  // namespace

bool FunctionCompiler::NeedsConversion(const Type* source, const Type* target) const {
  return types::IsInterface(target) && !types::IsInterface(source);
}

void FunctionCompiler::ConversionInto(const CallExpr* e, Reg to) {
  const Type* target = TypeOf(e);
  const Expr* x = e->args[0];
  if (IsNil(x)) return b().Zero(to, Size(target));
  const Type* source = TypeOf(x);
  if (types::IsTypeParam(target) || types::IsTypeParam(source)) {
    return program_.Unsupported(e->pos, "a conversion of a type parameter");
  }
  if (!IsSafeReading(x, target)) {
    return program_.Unsupported(e->pos, "this conversion through unsafe.Pointer");
  }
  const Reg value = Operand(x);
  At(e->pos);
  if (IsUnsafePointer(source) && !IsUnsafePointer(target) && !package_->is_std &&
      types::UnderAs<types::Pointer>(target) == nullptr) {
    b().Emit(Op::kPtrToInt, to, value);
    return;
  }
  ConvertInto(value, source, target, to);
}

// A pointer may become an unsafe.Pointer, and that a number, from which there is no way back; and
// back, as (*T)(unsafe.Pointer(p)), where what p points
// to can be read as a T: it is one, or has as many bytes and neither has pointers.
bool FunctionCompiler::IsSafeReading(const Expr* x, const Type* target) {
  const Type* source = TypeOf(x);
  if (IsUnsafePointer(source) == IsUnsafePointer(target) || package_->is_std) return true;
  if (IsUnsafePointer(target)) return types::UnderAs<types::Pointer>(source) != nullptr;
  const auto* to = types::UnderAs<types::Pointer>(target);
  if (to == nullptr) return true;  // the number that stands for the address
  const auto* inner = As<CallExpr>(Unparen(x));
  if (inner == nullptr || Of(inner->fun).mode != types::Mode::kType) return false;
  const auto* from = types::UnderAs<types::Pointer>(TypeOf(inner->args[0]));
  if (from == nullptr) return false;
  if (types::Identical(from->elem, to->elem)) return true;
  return Size(to->elem) <= Size(from->elem) && !HoldsPointers(from->elem) &&
         !HoldsPointers(to->elem);
}

void FunctionCompiler::ConvertInto(Reg from, const Type* source, const Type* target, Reg to) {
  if (types::IsInterface(target)) {
    if (types::IsInterface(source)) return b().Move(to, from, 16);
    program_.types().MarkDynamic(source);
    b().Emit(Op::kMakeIface, to, from, TypeIndex(source));
    return;
  }
  const Type* s = types::Under(source);
  const Type* t = types::Under(target);
  const auto* s_basic = types::To<types::Basic>(s);
  const auto* t_basic = types::To<types::Basic>(t);
  if (s_basic != nullptr && t_basic != nullptr && types::IsNumeric(s) && types::IsNumeric(t)) {
    return NumberInto(from, s_basic, t_basic, to);
  }
  if (StringConversionInto(from, s, t, to)) return;
  if (s->kind() == types::TypeKind::kSlice && t->kind() != types::TypeKind::kSlice) {
    const auto* pointer = types::To<types::Pointer>(t);
    const Type* array = pointer != nullptr ? pointer->elem : target;
    const Reg address = pointer != nullptr ? to : b().Alloc(8);
    b().Emit(Op::kSliceToArrayPtr, address, from, 0, TypeIndex(array));
    // An array of no elements may come from a nil slice.
    if (pointer == nullptr && Size(array) != 0) b().Load(to, address, 0, Size(array));
    return;
  }
  b().Move(to, from, Size(target));
}

void FunctionCompiler::NumberInto(Reg from, const types::Basic* source, const types::Basic* target,
                                  Reg to) {
  const Scalar s = ScalarOf(source);
  const Scalar t = ScalarOf(target);
  const uint64_t size = SizeOfBasic(target);
  if (s == t) return b().Move(to, from, size);
  if (types::IsComplex(source)) {
    b().Emit(s == Scalar::kC64 ? Op::kC64ToC128 : Op::kC128ToC64, to, from);
    return;
  }
  const bool from_float = types::IsFloat(source);
  const bool to_float = types::IsFloat(target);
  if (from_float && to_float) {
    b().Emit(s == Scalar::kF32 ? Op::kF32ToF64 : Op::kF64ToF32, to, from);
  } else if (from_float) {
    Reg wide = from;
    if (s == Scalar::kF32) {
      wide = b().Alloc(8);
      b().Emit(Op::kF32ToF64, wide, from);
    }
    const Reg whole = b().Alloc(8);
    const bool big = types::IsUnsigned(target) && size == 8;
    b().Emit(big ? Op::kF64ToU64 : Op::kF64ToI64, whole, wide);
    b().Move(to, whole, size);
  } else if (to_float) {
    const Reg wide = Widen(from, source);
    const bool is_unsigned = types::IsUnsigned(source);
    if (t == Scalar::kF32) {
      b().Emit(is_unsigned ? Op::kU64ToF32 : Op::kI64ToF32, to, wide);
    } else {
      b().Emit(is_unsigned ? Op::kU64ToF64 : Op::kI64ToF64, to, wide);
    }
  } else if (size > SizeOfBasic(source)) {
    b().Move(to, Widen(from, source), size);
  } else {
    b().Move(to, from, size);  // The low bytes.
  }
}

// Between strings, integers and slices of bytes or runes. False when it is none of these.
bool FunctionCompiler::StringConversionInto(Reg from, const Type* source, const Type* target,
                                            Reg to) {
  auto element = [](const Type* type) -> std::optional<Scalar> {
    const auto* slice = types::To<types::Slice>(type);
    return slice == nullptr ? std::nullopt : ScalarOrNothing(slice->elem);
  };
  if (types::IsString(target)) {
    if (types::IsInteger(source)) {
      b().Emit(Op::kRuneToStr, to, Widen(from, source));
      return true;
    }
    if (const auto scalar = element(source)) {
      b().Emit(*scalar == Scalar::kU8 ? Op::kBytesToStr : Op::kRunesToStr, to, from);
      return true;
    }
  } else if (types::IsString(source)) {
    if (const auto scalar = element(target)) {
      b().Emit(*scalar == Scalar::kU8 ? Op::kStrToBytes : Op::kStrToRunes, to, from);
      return true;
    }
  }
  return false;
}

}  // namespace heddle::golang::compile
