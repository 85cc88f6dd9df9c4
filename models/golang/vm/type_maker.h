// SPDX-License-Identifier: Apache-2.0
//
// Types that a program makes while it runs, by reflect: *T of a T, slices, maps, funcs, structs.
// One TypeMaker belongs to a Machine and outlives its executions, for a type is known by what it is
// made of alone. Keep: a type that the program has is never made again, so pointer equality stays
// type identity. Named types are never made, nor are methods.
#ifndef HEDDLE_MODELS_GOLANG_VM_TYPE_MAKER_H_
#define HEDDLE_MODELS_GOLANG_VM_TYPE_MAKER_H_

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/golang/bytecode/rtype.h"

namespace heddle::golang::vm {

class TypeMaker {
 public:
  explicit TypeMaker(const TypeTable& types);

  const RType* PointerTo(const RType* elem);
  const RType* SliceOf(const RType* elem);
  const RType* ArrayOf(uint64_t length, const RType* elem);
  const RType* ChanOf(RChanDir dir, const RType* elem);
  const RType* MapOf(const RType* key, const RType* elem);
  const RType* FuncOf(std::vector<const RType*> params, std::vector<const RType*> results,
                      bool variadic);
  const RType* StructOf(std::vector<RField> fields);

  // The methods that reflect shows, by name: the exported ones, of an interface type all.
  std::span<const RMethod* const> MethodsOf(const RType* type);

 private:
  // The type that equals the pattern, of which all but the name and what is derived is set.
  const RType* Intern(RType pattern);

  std::unordered_map<std::string, const RType*> types_;  // by what they are made of
  std::deque<RType> made_;
  std::unordered_map<const RType*, std::vector<const RMethod*>> methods_;
};

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_TYPE_MAKER_H_
