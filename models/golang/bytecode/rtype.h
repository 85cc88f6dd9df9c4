// SPDX-License-Identifier: Apache-2.0
//
// Run-time type descriptors: what the machine, the natives (fmt) and introspection know about a Go
// type. The compiler makes them in a TypeTable, one per distinct type, so that pointer equality is
// type identity. Made before the program runs, immutable afterwards. Keep: sizes, alignments and
// field offsets are those of gc on amd64.
#ifndef HEDDLE_MODELS_GOLANG_BYTECODE_RTYPE_H_
#define HEDDLE_MODELS_GOLANG_BYTECODE_RTYPE_H_

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace heddle::golang {

// As reflect.Kind, in its order: the basic kinds are also the indices of their types in every
// TypeTable.
enum class Kind : uint8_t {
  kInvalid,
  kBool,
  kInt,
  kInt8,
  kInt16,
  kInt32,
  kInt64,
  kUint,
  kUint8,
  kUint16,
  kUint32,
  kUint64,
  kUintptr,
  kFloat32,
  kFloat64,
  kComplex64,
  kComplex128,
  kArray,
  kChan,
  kFunc,
  kInterface,
  kMap,
  kPointer,
  kSlice,
  kString,
  kStruct,
  kUnsafePointer,
};

enum class RChanDir : uint8_t { kBoth, kSend, kRecv };

// A method name of the program: exported names are one id each, unexported names one id per
// package.
using MethodId = uint32_t;

struct RType;

struct RField {
  std::string name;
  const RType* type = nullptr;
  uint64_t offset = 0;
  bool embedded = false;
  bool exported = false;
  std::string tag;
  std::string package;  // import path; empty when exported
};

struct RMethod {
  MethodId id = 0;
  std::string name;
  // Function that takes the interface's data word as its receiver (see bytecode.h, CALLS).
  uint32_t function = 0;
  // Its func type, without the receiver: known in programs that use reflect.
  const RType* type = nullptr;
  std::string package;  // import path; empty when exported
};

struct RType {
  Kind kind = Kind::kInvalid;
  uint8_t align = 1;
  RChanDir dir = RChanDir::kBoth;
  bool variadic = false;    // func types
  bool is_named = false;    // a defined type (int and error are named too)
  bool has_layout = false;  // size, align and the offsets of fields are final
  // Set by TypeTable::Finish:
  bool is_comparable = false;  // == is allowed by the type (an interface inside may still panic)
  bool is_plain = false;      // == is comparing the bytes (no padding, floats, strings, interfaces)
  bool is_direct = false;     // fits into the data word of an interface: size <= 8
  bool has_pointers = false;  // something reachable from a value of it may be a pointer
  uint32_t index = 0;  // position in the TypeTable: the operand `t` of instructions; UINT32_MAX
                       // for a type made at run time
  uint64_t size = 0;
  uint64_t length = 0;  // arrays
  // As %T prints it: "main.T", "[]int", "map[string]int", "struct { A int }", "interface {}",
  // "*main.T".
  std::string name;
  std::string package;          // import path of a named type, empty for the predeclared ones
  std::string base_name;        // "T" of "main.T"; empty if not named
  const RType* elem = nullptr;  // array, chan, map, pointer, slice
  const RType* key = nullptr;   // map
  std::vector<RField> fields;   // struct
  std::vector<const RType*> params, results;  // func
  // The method set of a concrete type (for *T and T each its own), promoted methods included,
  // sorted by id; for an interface type its methods (function unused).
  std::vector<RMethod> methods;
  // Set by Finish for concrete types: function + 1 by (id - first_id), 0 if missing.
  uint32_t first_id = 0;
  std::vector<uint32_t> dispatch;
  // Set by Finish: the type *T when the program has it.
  const RType* pointer_to = nullptr;

  bool IsInterface() const { return kind == Kind::kInterface; }
  // Function of a method of a concrete type as index + 1, 0 when it has no such method.
  uint32_t FindMethod(MethodId id) const {
    const uint32_t at = id - first_id;
    return at < dispatch.size() ? dispatch[at] : 0;
  }
};

// Size and alignment of a type of this kind that does not depend on what it is made of, else 0
// and 1.
void SetBasicLayout(RType* type);
// Size, alignment and offsets of fields of a type whose parts have theirs.
void LayOut(RType* type);
// is_comparable to has_pointers, of a type whose parts have theirs.
void DeriveProperties(RType* type);

// All types of one program, and its method names.
class TypeTable {
 public:
  // Holds the basic types, at the index of their Kind (kBool..kComplex128, kString,
  // kUnsafePointer).
  TypeTable();
  TypeTable(const TypeTable&) = delete;
  TypeTable& operator=(const TypeTable&) = delete;

  // A new type of which only kind and name are set; the caller fills in the rest, in any order
  // (types are recursive), but calls SetLayout before it asks for the size of a type that contains
  // this one.
  RType* Add(Kind kind, std::string name);
  const RType* Basic(Kind kind) const { return &types_[static_cast<size_t>(kind)]; }
  RType* at(uint32_t index) { return &types_[index]; }
  const RType* at(uint32_t index) const { return &types_[index]; }
  size_t size() const { return types_.size(); }

  // Computes size, align and field offsets of a type, and first of what it is made of.
  void SetLayout(RType* type);

  // The id of a method name; package is the import path for unexported names and empty for exported
  // ones.
  MethodId MethodIdOf(std::string_view name, std::string_view package);
  // Its id if the program mentions it, else kNoMethod.
  static constexpr MethodId kNoMethod = 0xffffffff;
  MethodId FindMethodId(std::string_view name, std::string_view package = {}) const;
  const std::string& MethodName(MethodId id) const { return method_names_[id]; }

  // Computes what is derived (layout, comparability, dispatch tables, pointer_to). Call once, when
  // all is filled in.
  void Finish();

 private:
  void Derive(RType* type, std::vector<uint8_t>* state);

  std::deque<RType> types_;
  std::vector<std::string> method_names_;
  std::unordered_map<std::string, MethodId> method_ids_;
};

// Does a concrete type have all methods of an interface type? On failure `missing` (if given) gets
// the name of the first missing method in alphabetical order.
bool Implements(const RType* concrete, const RType* interface_type,
                const std::string** missing = nullptr);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_BYTECODE_RTYPE_H_
