// SPDX-License-Identifier: Apache-2.0
// WakeupTree: which branches are to be explored from each point of the current execution.
//
// A tree of steps, ordered by insertion. Nodes come from a pool and go back to it, the last one
// first, so that those in use stay near. Source: Abdulla, Aronis, Jonsson, Sagonas, JACM 2017,
// section 6.
#ifndef HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_
#define HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_

#include <deque>

#include "sim/operation.h"

namespace heddle::checker {

struct WakeupNode {
  sim::Step step;
  WakeupNode* first = nullptr;  // child; then through next
  WakeupNode* last = nullptr;
  WakeupNode* next = nullptr;

  bool leaf() const { return first == nullptr; }
};

class WakeupTree {
 public:
  WakeupNode* root() { return &root_; }

  // The new rightmost child.
  WakeupNode* Append(WakeupNode* parent, const sim::Step& step) {
    WakeupNode* node = free_;
    if (node != nullptr) {
      free_ = node->next;
    } else {
      node = &nodes_.emplace_back();
    }
    *node = {.step = step};
    (parent->first == nullptr ? parent->first : parent->last->next) = node;
    parent->last = node;
    return node;
  }

  // Takes away the first child. REQUIRES: it is a leaf.
  void DropFirst(WakeupNode* parent) {
    WakeupNode* node = parent->first;
    parent->first = node->next;
    node->next = free_;
    free_ = node;
  }

 private:
  WakeupNode root_;
  std::deque<WakeupNode> nodes_;
  WakeupNode* free_ = nullptr;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_WAKEUP_TREE_H_
