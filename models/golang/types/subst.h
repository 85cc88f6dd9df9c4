// SPDX-License-Identifier: Apache-2.0
//
// Substitution of type parameters by types, and the inference of type arguments by unification.
//
// For the checker and for instances of Named. Source: the Go specification, "Instantiations", "Type
// unification".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_SUBST_H_
#define HEDDLE_MODELS_GOLANG_TYPES_SUBST_H_

#include <vector>

#include "models/golang/types/type.h"

namespace heddle::golang::types {

// `type` with args[i] for params[i]; args[i] may be null to keep params[i].
const Type* Substitute(TypeTable& table, const Type* type, const std::vector<TypeParam*>& params,
                       const std::vector<const Type*>& args);

// Extends `args` (null: not known yet) so that `pattern`, which mentions `params`, becomes `type`;
// false when it cannot. A mention of `params` in `type` stands for the same unknowns. Inexact (for
// assignments): a defined type matches a type literal by its underlying type, channel directions
// may differ.
bool Unify(TypeTable& table, const Type* pattern, const Type* type,
           const std::vector<TypeParam*>& params, std::vector<const Type*>& args,
           bool exact = false);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_SUBST_H_
