// SPDX-License-Identifier: Apache-2.0
//
// Origins: what was allocated where in one execution, so that a report can call a channel or a lock
// as the program does.
//
// Off in a search; on while a finding's trace is recorded. Names come from the compiler
// (Program::creation_names, Function::variables) and from types: a lock inside of what p points to
// is p.mu. Keep: only identities are remembered, no addresses.
#ifndef HEDDLE_MODELS_GOLANG_VM_ORIGINS_H_
#define HEDDLE_MODELS_GOLANG_VM_ORIGINS_H_

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "models/golang/bytecode/rtype.h"
#include "models/golang/vm/heap.h"
#include "sim/program.h"

namespace heddle::golang::vm {

class Goroutine;
class Machine;

class Origins {
 public:
  void Keep(bool keep) { keep_ = keep; }
  bool keeps() const { return keep_; }
  void Reset() { allocations_.clear(); }

  // A value of the type was allocated by what the goroutine is doing. `target`: the register that
  // gets the address.
  void Note(const Goroutine& g, const void* memory, const RType* type, uint32_t target);
  void NoteSlice(const Goroutine& g, const void* memory, const RType* elem, int64_t count);
  void NoteChannel(const Goroutine& g, const void* memory, int64_t capacity);

  sim::ObjectOrigin Find(const Machine& machine, const HeapIdentity& identity) const;

 private:
  static constexpr size_t kFrames = 6;        // of the program, innermost first
  static constexpr size_t kMost = 1'000'000;  // allocations that are remembered

  struct Allocation {
    const RType* type = nullptr;  // null: a channel
    uint64_t bytes = 0;
    int64_t capacity = 0;
    bool is_slice = false;   // values of the type, one after the other
    uint64_t innermost = 0;  // site, of a standard function too
    uint64_t callee = 0;     // site in the outermost standard function of those
    uint32_t target = 0;
    std::array<uint64_t, kFrames> sites{};
    uint8_t num_sites = 0;
  };

  void Add(const Goroutine& g, const void* memory, Allocation allocation);
  // By owner, chunk and offset.
  std::map<std::pair<uint64_t, uint32_t>, Allocation> allocations_;
  bool keep_ = false;
};

// Of a primitive among the global variables.
sim::ObjectOrigin GlobalOrigin(const Machine& machine, uint64_t offset);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_ORIGINS_H_
