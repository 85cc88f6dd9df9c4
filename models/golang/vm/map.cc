// SPDX-License-Identifier: Apache-2.0
//
// Look-up, insertion, deletion and iteration of Go maps.
#include "models/golang/vm/map.h"

#include <algorithm>
#include <cstring>
#include <numeric>
#include <string>

#include "models/golang/vm/machine.h"
#include "models/golang/vm/raise.h"
#include "models/golang/vm/values.h"
#include "sim/base/hash.h"

namespace heddle::golang::vm {

namespace {

constexpr uint32_t kFirstSlots = 4;

// Header of an entry; key and value follow, each in whole words.
struct MapEntry {
  uint32_t hash;  // of the key; in a deleted entry the next deleted one
  uint32_t live;

  uint8_t* key() { return reinterpret_cast<uint8_t*>(this + 1); }
};

uint64_t Words(uint64_t size) { return (size + 7) & ~uint64_t{7}; }

uint64_t EntrySize(const RType* type) {
  return sizeof(MapEntry) + Words(type->key->size) + Words(type->elem->size);
}

MapEntry* EntryAt(const GoMap* map, uint32_t slot) {
  return reinterpret_cast<MapEntry*>(map->entries + slot * EntrySize(map->type));
}

uint8_t* ValueOf(const RType* type, MapEntry* entry) {
  return entry->key() + Words(type->key->size);
}

// The hash of a key; false after a panic.
bool HashKey(Goroutine* g, const RType* type, const void* key, uint32_t* hash) {
  const RType* unhashable = nullptr;
  const uint64_t full = HashValue(type->key, key, &unhashable);
  if (unhashable != nullptr) {
    RaiseRuntimeError(g, "hash of unhashable type " + unhashable->name);
    return false;
  }
  *hash = static_cast<uint32_t>(full ^ full >> 32);
  return true;
}

MapEntry* Find(const GoMap* map, const void* key, uint32_t hash) {
  if (map->index_size == 0) return nullptr;
  const RType* key_type = map->type->key;
  const uint32_t mask = map->index_size - 1;
  for (uint32_t cell = hash & mask; map->index[cell] != 0; cell = (cell + 1) & mask) {
    MapEntry* entry = EntryAt(map, map->index[cell] - 1);
    const RType* uncomparable = nullptr;
    if (entry->live != 0 && entry->hash == hash &&
        EqualValues(key_type, entry->key(), key, &uncomparable)) {
      return entry;
    }
  }
  return nullptr;
}

void Enter(GoMap* map, uint32_t hash, uint32_t slot) {
  const uint32_t mask = map->index_size - 1;
  uint32_t cell = hash & mask;
  while (map->index[cell] != 0) cell = (cell + 1) & mask;
  map->index[cell] = slot + 1;
  ++map->index_used;
}

// Makes the index anew with the live entries, with this number of cells.
void Reindex(Goroutine* g, GoMap* map, uint32_t size) {
  if (size != map->index_size) {
    map->index =
        static_cast<uint32_t*>(g->machine().Allocate(g, uint64_t{size} * sizeof(uint32_t)));
    map->index_size = size;
  } else {
    std::memset(map->index, 0, uint64_t{size} * sizeof(uint32_t));
  }
  map->index_used = 0;
  for (uint32_t slot = 0; slot < map->used; ++slot) {
    const MapEntry* entry = EntryAt(map, slot);
    if (entry->live != 0) Enter(map, entry->hash, slot);
  }
}

void Reserve(Goroutine* g, GoMap* map, uint32_t slots) {
  const uint64_t size = EntrySize(map->type);
  auto* entries = static_cast<uint8_t*>(g->machine().Allocate(g, slots * size));
  if (map->used != 0) std::memcpy(entries, map->entries, map->used * size);
  map->entries = entries;
  map->slots = slots;
}

uint32_t TakeSlot(Goroutine* g, GoMap* map) {
  if (map->free != 0) {
    const uint32_t slot = map->free - 1;
    map->free = EntryAt(map, slot)->hash;
    return slot;
  }
  if (map->used == map->slots) Reserve(g, map, std::max(kFirstSlots, map->slots * 2));
  return map->used++;
}

}  // namespace

GoMap* MakeMap(Goroutine* g, const RType* type, int64_t hint) {
  auto* map = static_cast<GoMap*>(g->machine().Allocate(g, sizeof(GoMap)));
  map->type = type;
  // A hint is no promise: a huge one must not cost memory before the entries do.
  if (hint > kFirstSlots && hint <= 1 << 20) Reserve(g, map, static_cast<uint32_t>(hint));
  return map;
}

uint8_t* MapFind(Goroutine* g, const RType* type, GoMap* map, const void* key) {
  uint32_t hash;
  if (map == nullptr || map->count == 0) {
    // An unhashable key panics even so.
    if (type->key->kind == Kind::kInterface || !type->key->is_plain) HashKey(g, type, key, &hash);
    return nullptr;
  }
  if (!HashKey(g, type, key, &hash)) return nullptr;
  MapEntry* entry = Find(map, key, hash);
  return entry == nullptr ? nullptr : ValueOf(type, entry);
}

uint8_t* MapPut(Goroutine* g, const RType* type, GoMap* map, const void* key) {
  uint32_t hash;
  if (map == nullptr) {
    RaisePlainError(g, "assignment to entry in nil map");
    return nullptr;
  }
  if (!HashKey(g, type, key, &hash)) return nullptr;
  ++g->effects;
  if (MapEntry* entry = Find(map, key, hash)) {
    // +0 and -0 are one key, and the last one written stays.
    if (!type->key->is_plain) std::memcpy(entry->key(), key, type->key->size);
    return ValueOf(type, entry);
  }
  const uint32_t slot = TakeSlot(g, map);
  if (map->index_size == 0 || (map->index_used + 1) * 4 > map->index_size * 3) {
    const auto live = static_cast<uint32_t>(map->count);
    uint32_t size = 8;
    while ((live + 1) * 2 > size) size *= 2;
    Reindex(g, map,
            std::max(size, live * 2 >= map->index_size ? map->index_size * 2 : map->index_size));
  }
  MapEntry* entry = EntryAt(map, slot);
  entry->hash = hash;
  entry->live = 1;
  std::memcpy(entry->key(), key, type->key->size);
  std::memset(ValueOf(type, entry), 0, type->elem->size);
  Enter(map, hash, slot);
  ++map->count;
  return ValueOf(type, entry);
}

void MapDelete(Goroutine* g, const RType* type, GoMap* map, const void* key) {
  uint32_t hash;
  if (!HashKey(g, type, key, &hash) || map == nullptr) return;
  MapEntry* entry = Find(map, key, hash);
  if (entry == nullptr) return;
  ++g->effects;
  const auto slot =
      static_cast<uint32_t>((reinterpret_cast<uint8_t*>(entry) - map->entries) / EntrySize(type));
  entry->live = 0;
  entry->hash = map->free;
  map->free = slot + 1;
  --map->count;
}

void MapClear(GoMap* map) {
  if (map == nullptr) return;
  for (uint32_t slot = 0; slot < map->used; ++slot) EntryAt(map, slot)->live = 0;
  map->count = 0;
  map->used = 0;
  map->free = 0;
  map->index_used = 0;
  if (map->index != nullptr)
    std::memset(map->index, 0, uint64_t{map->index_size} * sizeof(uint32_t));
}

void MapStart(Goroutine* g, GoMap* map, MapIterator* iterator) {
  MapIterator it = {};
  it.map = map;
  it.slots = map == nullptr ? 0 : map->used;
  if (map != nullptr && map->count > 1) g->machine().NoteMapOrder();
  if (it.slots != 0) {
    const uint64_t chance = sim::HashCombine(g->machine().options().seed, it.slots);
    it.position = static_cast<uint32_t>(chance % it.slots);
    it.step = 1 + static_cast<uint32_t>((chance >> 32) % it.slots);
    while (std::gcd(it.step, it.slots) != 1) ++it.step;
  }
  std::memcpy(iterator, &it, sizeof(it));
}

void MapNext(MapIterator* iterator, const uint8_t** key, const uint8_t** value) {
  MapIterator it;
  std::memcpy(&it, iterator, sizeof(it));
  it.has_entry = 0;
  while (it.done < it.slots && it.has_entry == 0) {
    const uint32_t slot = it.position;
    it.position = static_cast<uint32_t>((uint64_t{it.position} + it.step) % it.slots);
    ++it.done;
    if (slot >= it.map->used) continue;
    MapEntry* entry = EntryAt(it.map, slot);
    if (entry->live == 0) continue;
    it.has_entry = 1;
    *key = entry->key();
    *value = ValueOf(it.map->type, entry);
  }
  std::memcpy(iterator, &it, sizeof(it));
}

}  // namespace heddle::golang::vm
