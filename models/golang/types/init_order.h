// SPDX-License-Identifier: Apache-2.0
//
// The order in which package-level variables are initialized. Private to models/golang/types.
//
// Runs when all bodies are checked, since functions mention variables. Fills Package::initializers
// or reports cycles. Source: the Go specification, "Package initialization".
#ifndef HEDDLE_MODELS_GOLANG_TYPES_INIT_ORDER_H_
#define HEDDLE_MODELS_GOLANG_TYPES_INIT_ORDER_H_

namespace heddle::golang::types {

class Checker;

void OrderInitializers(Checker& checker);

}  // namespace heddle::golang::types

#endif  // HEDDLE_MODELS_GOLANG_TYPES_INIT_ORDER_H_
