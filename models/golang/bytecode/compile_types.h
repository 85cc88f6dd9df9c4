// SPDX-License-Identifier: Apache-2.0
//
// Front-end types to run-time types: one RType for each distinct type that compiled code mentions.
//
// Part of the compiler. Method sets are filled in at the end, by the program compiler, because each
// method may need a wrapper function. Invariant: identical types give the same RType, so pointer
// equality is type identity.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_TYPES_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_TYPES_H_

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "models/golang/bytecode/rtype.h"
#include "models/golang/types/info.h"
#include "models/golang/types/type.h"

namespace heddle::golang::compile {

class RuntimeTypeMap {
 public:
  // `reflects`: the program uses reflect, so methods are found by their types, and values of more
  // types come about.
  RuntimeTypeMap(TypeTable& table, types::TypeTable& types, bool reflects);
  RuntimeTypeMap(const RuntimeTypeMap&) = delete;
  RuntimeTypeMap& operator=(const RuntimeTypeMap&) = delete;

  // REQUIRES: not a tuple, no type parameter inside. Untyped types stand for their default type.
  const RType* Of(const types::Type* type);
  uint32_t Index(const types::Type* type) { return Of(type)->index; }

  // The id of a method: its name, as seen from its package (null: exported), and its type. Of the
  // types that go with a name the first one has the plain name for the machine; Error, String and
  // GoString are those of the well-known interfaces.
  MethodId Method(const std::string& name, const types::Package* package,
                  const types::Signature* type);

  // Values of the type are put into interfaces: its methods, and those of what it is made of, can
  // be found at run time.
  void MarkDynamic(const types::Type* type);
  // The concrete types so marked, in order: grows while methods are filled in.
  const std::vector<std::pair<const types::Type*, RType*>>& dynamic() const { return dynamic_; }
  // A method as it stands in the table of a type. With reflect, values of the types of its
  // signature may be put into interfaces.
  RMethod MethodEntry(const std::string& name, const types::Package* package,
                      const types::Signature* type, uint32_t function);

 private:
  RType* Make(const types::Type* type);
  void FillStruct(RType* out, const types::Struct* type);
  void FillInterface(RType* out, const types::Interface* type);
  void FillUnderlying(RType* out, const types::Type* type);

  void MarkParts(const types::Type* type, std::vector<const types::Type*>* work);

  TypeTable& table_;
  types::TypeTable& types_;
  const bool reflects_;
  std::unordered_map<const types::Type*, const RType*> map_;
  // Entered, but not yet filled in.
  std::vector<std::pair<RType*, const types::Type*>> unfilled_;
  bool filling_ = false;
  // Types seen with each method name.
  std::map<std::string, std::vector<const types::Type*>> signatures_;
  std::unordered_set<const types::Type*> marked_;
  std::vector<std::pair<const types::Type*, RType*>> dynamic_;
};

}  // namespace heddle::golang::compile

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_COMPILE_TYPES_H_
