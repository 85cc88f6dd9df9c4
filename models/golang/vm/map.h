// SPDX-License-Identifier: Apache-2.0
//
// Go maps: entries in slots in the order of insertion, found through an open-addressed index.
// A slot never moves, so iterations survive insertions and deletions; a deleted slot is used again.
// The order of an iteration is a function of the seed and the number of slots alone. Source: Go
// specification, "Map types" and "For statements with range clause".
#ifndef HEDDLE_MODELS_GOLANG_VM_MAP_H_
#define HEDDLE_MODELS_GOLANG_VM_MAP_H_

#include <cstdint>

#include "models/golang/bytecode/rtype.h"
#include "models/golang/vm/goroutine.h"

namespace heddle::golang::vm {

// What a map value points to. Lives in the heap.
struct GoMap {
  const RType* type = nullptr;
  int64_t count = 0;          // live entries
  uint32_t used = 0;          // slots used so far, deleted ones included
  uint32_t slots = 0;         // room in entries
  uint32_t free = 0;          // 1 + first deleted slot, linked through Entry::hash; 0: none
  uint32_t index_size = 0;    // a power of two, or 0
  uint32_t index_used = 0;    // cells that are not 0
  uint32_t* index = nullptr;  // 1 + slot, 0: never used
  uint8_t* entries = nullptr;
};

// The registers of a range over a map (opcodes.def, MapIter).
struct MapIterator {
  GoMap* map;
  uint32_t slots;  // when the iteration began
  uint32_t done;
  uint32_t position;
  uint32_t step;
  uint64_t unused;
  int64_t has_entry;
};
static_assert(sizeof(MapIterator) == 40);

GoMap* MakeMap(Goroutine* g, const RType* type, int64_t hint);

// The value for the key, or null. May raise "hash of unhashable type". The map may be null.
uint8_t* MapFind(Goroutine* g, const RType* type, GoMap* map, const void* key);
// Where the value for the key is to be stored; the entry is made if need be. Null after a panic.
uint8_t* MapPut(Goroutine* g, const RType* type, GoMap* map, const void* key);
void MapDelete(Goroutine* g, const RType* type, GoMap* map, const void* key);
void MapClear(GoMap* map);

void MapStart(Goroutine* g, GoMap* map, MapIterator* iterator);
// Moves to the next entry: sets has_entry, and key and value to where they are.
void MapNext(MapIterator* iterator, const uint8_t** key, const uint8_t** value);

}  // namespace heddle::golang::vm

#endif  // HEDDLE_MODELS_GOLANG_VM_MAP_H_
