// SPDX-License-Identifier: Apache-2.0
//
// Predicates on types and on the type sets of type parameters.
#include "models/golang/types/predicates.h"

#include <fmt/format.h>

namespace heddle::golang::types {

namespace {

// Properties of a basic type, as a set of bits.
enum : uint32_t {
  kBooleanBit = 1,
  kIntegerBit = 2,
  kUnsignedBit = 4,
  kFloatBit = 8,
  kComplexBit = 16,
  kStringBit = 32,
  kUntypedBit = 64,
  kNumericBits = kIntegerBit | kFloatBit | kComplexBit,
  kOrderedBits = kIntegerBit | kFloatBit | kStringBit,
};

uint32_t Properties(BasicKind kind) {
  switch (kind) {
    case BasicKind::kInvalid:
    case BasicKind::kUnsafePointer:
      return 0;
    case BasicKind::kBool:
      return kBooleanBit;
    case BasicKind::kInt:
    case BasicKind::kInt8:
    case BasicKind::kInt16:
    case BasicKind::kInt32:
    case BasicKind::kInt64:
      return kIntegerBit;
    case BasicKind::kUint:
    case BasicKind::kUint8:
    case BasicKind::kUint16:
    case BasicKind::kUint32:
    case BasicKind::kUint64:
    case BasicKind::kUintptr:
      return kIntegerBit | kUnsignedBit;
    case BasicKind::kFloat32:
    case BasicKind::kFloat64:
      return kFloatBit;
    case BasicKind::kComplex64:
    case BasicKind::kComplex128:
      return kComplexBit;
    case BasicKind::kString:
      return kStringBit;
    case BasicKind::kUntypedBool:
      return kBooleanBit | kUntypedBit;
    case BasicKind::kUntypedInt:
    case BasicKind::kUntypedRune:
      return kIntegerBit | kUntypedBit;
    case BasicKind::kUntypedFloat:
      return kFloatBit | kUntypedBit;
    case BasicKind::kUntypedComplex:
      return kComplexBit | kUntypedBit;
    case BasicKind::kUntypedString:
      return kStringBit | kUntypedBit;
    case BasicKind::kUntypedNil:
      return kUntypedBit;
  }
  return 0;
}

uint32_t PropertiesOf(const Type* type) {
  const auto* basic = UnderAs<Basic>(type);
  return basic == nullptr ? 0 : Properties(basic->basic);
}

bool AllHave(const Type* type, uint32_t bits) {
  if (!IsTypeParam(type)) return (PropertiesOf(type) & bits) != 0;
  return ForEachType(type,
                     [&](const Type* t) { return t != nullptr && (PropertiesOf(t) & bits) != 0; });
}

// `dynamic`: interfaces count, although comparing them may panic.
bool ComparableType(const Type* type, bool dynamic, int depth = 0) {
  const Type* under = Under(type);
  // Constraints may mention the parameters that they constrain.
  if (depth > 100) return true;
  ++depth;
  switch (under->kind()) {
    case TypeKind::kBasic:
      return static_cast<const Basic*>(under)->basic != BasicKind::kUntypedNil;
    case TypeKind::kPointer:
    case TypeKind::kChan:
      return true;
    case TypeKind::kInterface:
      return dynamic || static_cast<const Interface*>(under)->comparable;
    case TypeKind::kArray:
      return ComparableType(static_cast<const Array*>(under)->elem, dynamic, depth);
    case TypeKind::kStruct: {
      const auto* record = static_cast<const Struct*>(under);
      if (dynamic && record->comparable >= 0) return record->comparable != 0;
      bool all = true;
      for (const StructField& field : record->fields)
        all = all && ComparableType(field.type, dynamic, depth);
      if (dynamic) record->comparable = all ? 1 : 0;
      return all;
    }
    case TypeKind::kTypeParam: {
      const Interface* constraint = ConstraintOf(static_cast<const TypeParam*>(under));
      if (constraint->comparable) return true;
      if (!constraint->has_terms) return false;
      for (const Term& term : constraint->terms) {
        if (!ComparableType(term.type, false, depth)) return false;
      }
      return true;
    }
    case TypeKind::kNamed:
      return true;  // Unfinished: an error was or will be reported.
    case TypeKind::kSlice:
    case TypeKind::kMap:
    case TypeKind::kSignature:
    case TypeKind::kAlias:
    case TypeKind::kTuple:
    case TypeKind::kUnion:
      return false;
  }
  return false;
}

}  // namespace

bool IsInvalid(const Type* type) {
  const auto* basic = To<Basic>(type);
  return type == nullptr || (basic != nullptr && basic->basic == BasicKind::kInvalid);
}

bool IsUntyped(const Type* type) {
  const auto* basic = To<Basic>(type);
  return basic != nullptr && (Properties(basic->basic) & kUntypedBit) != 0;
}

bool IsUntypedNumeric(const Type* type) { return IsUntyped(type) && IsNumeric(type); }

bool HasName(const Type* type) {
  type = Unalias(type);
  return type->kind() == TypeKind::kBasic || type->kind() == TypeKind::kNamed ||
         type->kind() == TypeKind::kTypeParam;
}

bool IsInterface(const Type* type) { return UnderAs<Interface>(type) != nullptr; }
bool IsTypeParam(const Type* type) { return To<TypeParam>(type) != nullptr; }

bool IsGeneric(const Type* type) {
  const auto* named = To<Named>(type);
  return named != nullptr && named->is_generic();
}

bool IsBoolean(const Type* type) { return AllHave(type, kBooleanBit); }
bool IsInteger(const Type* type) { return AllHave(type, kIntegerBit); }
bool IsUnsigned(const Type* type) { return AllHave(type, kUnsignedBit); }
bool IsFloat(const Type* type) { return AllHave(type, kFloatBit); }
bool IsComplex(const Type* type) { return AllHave(type, kComplexBit); }
bool IsNumeric(const Type* type) { return AllHave(type, kNumericBits); }
bool IsString(const Type* type) { return AllHave(type, kStringBit); }
bool IsOrdered(const Type* type) { return AllHave(type, kOrderedBits); }
bool IsNumericOrString(const Type* type) { return AllHave(type, kNumericBits | kStringBit); }

bool IsConstType(const Type* type) {
  return (PropertiesOf(type) & (kBooleanBit | kNumericBits | kStringBit)) != 0;
}

bool HasNil(const Type* type) {
  const Type* under = Under(type);
  switch (under->kind()) {
    case TypeKind::kBasic: {
      const BasicKind kind = static_cast<const Basic*>(under)->basic;
      return kind == BasicKind::kUnsafePointer || kind == BasicKind::kUntypedNil;
    }
    case TypeKind::kPointer:
    case TypeKind::kSlice:
    case TypeKind::kMap:
    case TypeKind::kChan:
    case TypeKind::kSignature:
    case TypeKind::kInterface:
      return true;
    case TypeKind::kTypeParam:
      return ForEachType(under, [](const Type* t) { return t != nullptr && HasNil(t); });
    case TypeKind::kArray:
    case TypeKind::kStruct:
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kTuple:
    case TypeKind::kUnion:
      return false;
  }
  return false;
}

bool IsBytes(const Type* type) {
  const auto* slice = UnderAs<Slice>(type);
  const auto* elem = slice == nullptr ? nullptr : UnderAs<Basic>(slice->elem);
  return elem != nullptr && elem->basic == BasicKind::kUint8;
}

bool IsRunes(const Type* type) {
  const auto* slice = UnderAs<Slice>(type);
  const auto* elem = slice == nullptr ? nullptr : UnderAs<Basic>(slice->elem);
  return elem != nullptr && elem->basic == BasicKind::kInt32;
}

bool IsComparable(const Type* type) { return ComparableType(type, true); }
bool IsStrictlyComparable(const Type* type) { return ComparableType(type, false); }

std::string IncomparableCause(const Type* type, const Package* relative_to) {
  const Type* under = Under(type);
  switch (under->kind()) {
    case TypeKind::kSlice:
      return "slice can only be compared to nil";
    case TypeKind::kMap:
      return "map can only be compared to nil";
    case TypeKind::kSignature:
      return "func can only be compared to nil";
    case TypeKind::kArray:
      return fmt::format("{} cannot be compared", TypeString(type, relative_to));
    case TypeKind::kTypeParam:
      return "incomparable types in type set";
    case TypeKind::kStruct:
      for (const StructField& field : static_cast<const Struct*>(under)->fields) {
        if (!IsComparable(field.type)) {
          return fmt::format("struct containing {} cannot be compared",
                             TypeString(field.type, relative_to));
        }
      }
      return "";
    case TypeKind::kBasic:
    case TypeKind::kNamed:
    case TypeKind::kAlias:
    case TypeKind::kPointer:
    case TypeKind::kChan:
    case TypeKind::kInterface:
    case TypeKind::kTuple:
    case TypeKind::kUnion:
      return "";
  }
  return "";
}

const Interface* ConstraintOf(const TypeParam* param) {
  static const Interface kAnything;
  const auto* constraint = UnderAs<Interface>(param->constraint);
  return constraint != nullptr ? constraint : &kAnything;
}

bool ForEachType(const Type* type, const std::function<bool(const Type*)>& visit) {
  const auto* param = To<TypeParam>(type);
  if (param == nullptr) return visit(type);
  const Interface* constraint = ConstraintOf(param);
  if (!constraint->has_terms) return visit(nullptr);
  for (const Term& term : constraint->terms) {
    if (!visit(term.type)) return false;
  }
  return true;
}

const Type* CoreType(const Type* type) {
  if (!IsTypeParam(type)) return Under(type);
  const Type* core = nullptr;
  const bool single = ForEachType(type, [&](const Type* t) {
    if (t == nullptr) return false;
    const Type* under = Under(t);
    if (core == nullptr || Identical(core, under)) {
      core = core == nullptr ? under : core;
      return true;
    }
    // Channels of one element type agree when at most one of them restricts the direction.
    const auto* a = To<Chan>(core);
    const auto* b = To<Chan>(under);
    if (a == nullptr || b == nullptr || !Identical(a->elem, b->elem)) return false;
    if (a->dir != ChanDir::kBoth && b->dir != ChanDir::kBoth && a->dir != b->dir) return false;
    if (a->dir == ChanDir::kBoth) core = under;
    return true;
  });
  return single ? core : nullptr;
}

const Type* CoreString(TypeTable& table, const Type* type) {
  if (!IsTypeParam(type)) return Under(type);
  if (const Type* core = CoreType(type)) return core;
  const bool mixture =
      ForEachType(type, [](const Type* t) { return t != nullptr && (IsString(t) || IsBytes(t)); });
  return mixture ? table.basic(BasicKind::kString) : nullptr;
}

const Type* DefaultType(TypeTable& table, const Type* type) {
  const auto* basic = To<Basic>(type);
  if (basic == nullptr) return type;
  switch (basic->basic) {
    case BasicKind::kUntypedBool:
      return table.basic(BasicKind::kBool);
    case BasicKind::kUntypedInt:
      return table.basic(BasicKind::kInt);
    case BasicKind::kUntypedRune:
      return table.rune_spelling();
    case BasicKind::kUntypedFloat:
      return table.basic(BasicKind::kFloat64);
    case BasicKind::kUntypedComplex:
      return table.basic(BasicKind::kComplex128);
    case BasicKind::kUntypedString:
      return table.basic(BasicKind::kString);
    default:
      return type;
  }
}

}  // namespace heddle::golang::types
