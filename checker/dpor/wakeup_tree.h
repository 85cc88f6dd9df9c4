// SPDX-License-Identifier: Apache-2.0
// WakeupTree: which branches are to be explored from each point of the current execution.
//
// A tree of steps, ordered by insertion. Nodes come from a pool and go back to it, the last one
// first, so that those in use stay near. Source: Abdulla, Aronis, Jonsson, Sagonas, JACM 2017,
// section 6.
#ifndef HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_
#define HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "sim/operation.h"

namespace heddle::checker {

class Walk;

struct WakeupNode {
  sim::Step step;
  WakeupNode* parent = nullptr;
  // The first child; then through next. Other walks may read them while the owner appends nodes.
  std::atomic<WakeupNode*> first = nullptr;
  std::atomic<WakeupNode*> next = nullptr;
  WakeupNode* last = nullptr;
  // Counts the nodes that its walk has planned.
  uint64_t serial = 0;
  // Of a branch that can be run ahead (see walk.h): when it was planned and when something was last
  // planned below it, in executions of its walk; and who runs it ahead, if anybody does.
  uint32_t planned = 0;
  uint32_t grown = 0;
  Walk* ahead = nullptr;
  // The walk that first planned it, if another took it over.
  uint64_t origin = 0;
  // Planned at another walk's level: for which of the exported reversals, and how far below where
  // its branch begins.
  static constexpr uint32_t kOwn = UINT32_MAX;
  uint32_t exported = kOwn;
  uint32_t depth = 0;

  WakeupNode* FirstChild() const { return first.load(std::memory_order_acquire); }
  WakeupNode* NextChild() const { return next.load(std::memory_order_acquire); }
  bool leaf() const { return FirstChild() == nullptr; }
};

class WakeupTree {
 public:
  WakeupTree() = default;
  WakeupTree(const WakeupTree&) = delete;
  WakeupTree& operator=(const WakeupTree&) = delete;

  WakeupNode* root() { return &root_; }

  // A node by itself.
  WakeupNode* New(const sim::Step& step) {
    WakeupNode* node = free_;
    if (node != nullptr) {
      free_ = node->parent;
      std::destroy_at(node);
      std::construct_at(node);
    } else {
      node = &nodes_.emplace_back();
    }
    node->step = step;
    return node;
  }
  // The new rightmost child. `serial`: of the new node.
  WakeupNode* Append(WakeupNode* parent, const sim::Step& step, uint64_t serial = 0) {
    WakeupNode* node = New(step);
    node->parent = parent;
    node->serial = serial;
    if (parent->leaf()) {
      parent->first.store(node, std::memory_order_release);
    } else {
      parent->last->next.store(node, std::memory_order_release);
    }
    parent->last = node;
    return node;
  }
  // Takes away the first child, with all below it.
  void DropFirst(WakeupNode* parent) {
    WakeupNode* node = parent->FirstChild();
    WakeupNode* next = node->NextChild();
    parent->first.store(next, std::memory_order_release);
    if (next == nullptr) parent->last = nullptr;
    while (!node->leaf()) DropFirst(node);
    if (readers_) {
      dropped_.push_back(node);
    } else {
      Free(node);
    }
  }

  // Somebody may still read what is dropped: it is not to be used again before Reclaim.
  void SetReaders(bool readers) { readers_ = readers; }
  void Reclaim() {
    for (WakeupNode* node : dropped_) Free(node);
    dropped_.clear();
  }

 private:
  void Free(WakeupNode* node) {
    node->parent = free_;
    free_ = node;
  }

  WakeupNode root_;
  std::deque<WakeupNode> nodes_;
  WakeupNode* free_ = nullptr;  // then through parent
  bool readers_ = false;
  std::vector<WakeupNode*> dropped_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_
