// SPDX-License-Identifier: Apache-2.0
// Interning of operations: open addressing over a stable store.
#include "sim/operation.h"

#include <algorithm>
#include <deque>

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
  std::deque<Entry> entries;
  std::deque<std::vector<Operand>> operands;
  std::vector<const Entry*> table = std::vector<const Entry*>(256, nullptr);

  void Grow() {
    std::vector<const Entry*> larger(table.size() * 2, nullptr);
    for (const Entry& e : entries) {
      size_t i = e.hash & (larger.size() - 1);
      while (larger[i] != nullptr) i = (i + 1) & (larger.size() - 1);
      larger[i] = &e;
    }
    table.swap(larger);
  }
};

OperationStore::OperationStore() : impl_(std::make_unique<Impl>()) {}
OperationStore::~OperationStore() = default;

const Operation* OperationStore::Intern(const Operation& operation) {
  Impl& s = *impl_;
  uint64_t hash = Hash(operation);
  size_t i = hash & (s.table.size() - 1);
  while (s.table[i] != nullptr) {
    if (s.table[i]->hash == hash && s.table[i]->operation == operation) {
      return &s.table[i]->operation;
    }
    i = (i + 1) & (s.table.size() - 1);
  }
  Impl::Entry& e = s.entries.emplace_back(operation, hash);
  e.operation.id = static_cast<uint32_t>(s.entries.size() - 1);
  if (operation.num_operands > 0) {
    auto& copy =
        s.operands.emplace_back(operation.operands, operation.operands + operation.num_operands);
    e.operation.operands = copy.data();
  } else {
    e.operation.operands = nullptr;
  }
  s.table[i] = &e;
  if (s.entries.size() * 2 > s.table.size()) s.Grow();
  return &e.operation;
}

}  // namespace heddle::sim
