// SPDX-License-Identifier: Apache-2.0
// Interning of operations: open addressing over a stable store.
#include "sim/operation.h"

#include <algorithm>
#include <deque>
#include <mutex>

#include "sim/base/hash.h"

namespace heddle::sim {

bool operator==(const Operation& a, const Operation& b) {
  return a.code == b.code && a.has_default == b.has_default && a.flag == b.flag &&
         a.num_operands == b.num_operands && a.arg == b.arg && a.await_from == b.await_from &&
         std::equal(a.operands, a.operands + a.num_operands, b.operands);
}

uint64_t Hash(const Operation& operation) {
  uint64_t h = HashCombine(operation.code | operation.has_default << 8 | operation.flag << 9 |
                               static_cast<uint64_t>(operation.num_operands) << 16 |
                               static_cast<uint64_t>(operation.await_from) << 32,
                           static_cast<uint64_t>(operation.arg));
  for (const Operand& o : operation.Operands()) {
    h = HashCombine(h, o.object.value | static_cast<uint64_t>(static_cast<uint32_t>(o.initial))
                                            << 32);
    h = HashCombine(h, o.code);
  }
  return h;
}

struct OperationStore::Impl {
  struct Entry {
    Operation operation;
    uint64_t hash;
  };
  // Open addressing; its size is a power of two.
  struct Table {
    std::vector<const Entry*> slots = std::vector<const Entry*>(256, nullptr);
    size_t used = 0;

    // Where the operation is, or would be.
    const Entry** Find(const Operation& operation, uint64_t hash) {
      size_t i = hash & (slots.size() - 1);
      while (slots[i] != nullptr && (slots[i]->hash != hash || slots[i]->operation != operation)) {
        i = (i + 1) & (slots.size() - 1);
      }
      return &slots[i];
    }
    void Add(const Entry** slot, const Entry* entry) {
      *slot = entry;
      if (++used * 2 <= slots.size()) return;
      std::vector<const Entry*> all(slots.size() * 2, nullptr);
      all.swap(slots);
      for (const Entry* e : all) {
        if (e != nullptr) *Find(e->operation, e->hash) = e;
      }
    }
  };
  // Of all stores that share operations.
  struct Common {
    std::mutex mutex;
    Table table;
    std::deque<Entry> entries;
    std::deque<std::vector<Operand>> operands;
  };
  std::shared_ptr<Common> common = std::make_shared<Common>();
  Table table;  // what this store has been asked for
};

OperationStore::OperationStore() : impl_(std::make_unique<Impl>()) {}
OperationStore::OperationStore(const OperationStore* first) : OperationStore() {
  impl_->common = first->impl_->common;
}
OperationStore::~OperationStore() = default;

const Operation* OperationStore::Intern(const Operation& operation) {
  const uint64_t hash = Hash(operation);
  const Impl::Entry** own = impl_->table.Find(operation, hash);
  if (*own != nullptr) return &(*own)->operation;
  Impl::Common& c = *impl_->common;
  std::lock_guard lock(c.mutex);
  const Impl::Entry** slot = c.table.Find(operation, hash);
  const Impl::Entry* found = *slot;
  if (found == nullptr) {
    Impl::Entry& e = c.entries.emplace_back(operation, hash);
    e.operation.id = static_cast<uint32_t>(c.entries.size() - 1);
    e.operation.operands = nullptr;
    if (operation.num_operands > 0) {
      e.operation.operands =
          c.operands.emplace_back(operation.operands, operation.operands + operation.num_operands)
              .data();
    }
    c.table.Add(slot, &e);
    found = &e;
  }
  impl_->table.Add(own, found);
  return &found->operation;
}

}  // namespace heddle::sim
