// SPDX-License-Identifier: Apache-2.0
//
// What a type can do: arithmetic, order, comparison; and the type sets of type parameters.
//
// For the checker and the compiler. A predicate holds for a type parameter when it holds for every
// type of its set. Source: the Go specification, "Comparison operators", "Core types", "General
// interfaces".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_PREDICATES_H_
#define HEDDLE_MODELS_GOLANG_TYPES_PREDICATES_H_

#include <functional>
#include <string>

#include "models/golang/types/type.h"

namespace heddle::golang::types {

bool IsInvalid(const Type* type);
bool IsUntyped(const Type* type);
bool IsUntypedNumeric(const Type* type);
// Has a name that makes it differ from its underlying type: predeclared, defined, or a type
// parameter.
bool HasName(const Type* type);
bool IsInterface(const Type* type);  // Not a type parameter.
bool IsTypeParam(const Type* type);
// A generic type without arguments.
bool IsGeneric(const Type* type);

bool IsBoolean(const Type* type);
bool IsInteger(const Type* type);
bool IsUnsigned(const Type* type);
bool IsFloat(const Type* type);
bool IsComplex(const Type* type);
bool IsNumeric(const Type* type);
bool IsString(const Type* type);
bool IsOrdered(const Type* type);
bool IsNumericOrString(const Type* type);
bool IsConstType(const Type* type);  // Boolean, numeric or string; false for type parameters.
bool HasNil(const Type* type);
bool IsBytes(const Type* type);  // []byte
bool IsRunes(const Type* type);  // []rune

// Usable with ==, as a map key. Interfaces are (the comparison may panic).
bool IsComparable(const Type* type);
// Comparable without a possible panic.
bool IsStrictlyComparable(const Type* type);
// Why not, e.g. "struct containing []int cannot be compared"; empty when nothing more is to be
// said.
std::string IncomparableCause(const Type* type, const Package* relative_to);

// The interface that constrains a type parameter.
const Interface* ConstraintOf(const TypeParam* param);
// Calls `visit` with every type of the set of a type parameter (null once when the set is not made
// of terms), or with `type` itself when it is none. False as soon as a call gives false.
bool ForEachType(const Type* type, const std::function<bool(const Type*)>& visit);
// The underlying type shared by all types of the set, or Under(type) when it is no type parameter;
// null without one.
const Type* CoreType(const Type* type);
// CoreType, but string for a mixture of strings and []byte.
const Type* CoreString(TypeTable& table, const Type* type);

// The type of a value when nothing else decides it: int for an untyped integer. Others unchanged.
const Type* DefaultType(TypeTable& table, const Type* type);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_PREDICATES_H_
