// SPDX-License-Identifier: Apache-2.0
// Walk: a depth-first walk over a part of the wakeup tree, parts of which can be run ahead.
//
// A search is one walk. Which executions are below a planned branch depends on three things: on the
// steps that lead to it; on what is asleep there, which is known as soon as it is planned, for the
// branches before it will have been explored by then; and on what is planned below it. So another
// walk can explore the branch at any time. If nothing more has been planned below it when the first
// walk comes to it, what the other one did is just what the first would do now, and is taken over:
// the executions, and the reversals whose divergence point is not below the branch, which were
// exported. Otherwise it was in vain. So neither the executions nor their order depend on what was
// run ahead. docs/parallel.md has the argument, and why it takes so much.
#ifndef HEDDLE_CHECKER_DPOR_WALK_H_
#define HEDDLE_CHECKER_DPOR_WALK_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "checker/dpor/name_set.h"
#include "checker/dpor/wakeup_tree.h"
#include "sim/model.h"

namespace heddle::checker {

// A sequence v that reverses a race, with its divergence point at a level of another walk, and
// where the walk that found it would plan it there.
struct ExportedReversal {
  struct Next {
    sim::TaskId task;
    uint32_t position = 0;
    const sim::Operation* operation = nullptr;  // null: the task has ended
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  uint32_t level = 0;
  sim::TimeModel time = sim::TimeModel::kIdeal;
  std::vector<sim::Step> v;
  bool ends_anew = false;       // what the tasks of its last step do after it is not known
  std::vector<Next> announced;  // what tasks come to beside the operations of the steps

  // What of v is left below this node of the level's tree; or, unless kNone, below a node of the
  // branch that is to be planned for another one.
  std::vector<uint32_t> rest;
  WakeupNode* below = nullptr;
  uint32_t below_other = kNone;
  uint32_t depth = 0;      // there
  uint64_t origin = 0;     // the walk that found it
  uint64_t snapshot = 0;   // what it knew of the level was planned before this serial number
  bool relied_on = false;  // others were not exported, for its branch is to cover them
};

class Walk {
 public:
  // One for each event of the current execution: what is asleep before it, and the tree at that
  // point. Of an own level, the event is the first child of the node.
  struct Level {
    std::vector<sim::Step> sleep;
    WakeupNode* node = nullptr;
    // Of another walk's level: the event; the branches that were planned after it when this walk
    // began: those from this one on with lower serial numbers.
    WakeupNode* followed = nullptr;
    WakeupNode* siblings = nullptr;
    uint64_t snapshot = 0;
    // Names of sequences v whose divergence point is this one: what was inserted or covered once is
    // so for as long as the level stands, for sleep and tree only come to cover more.
    NameSet seen;
    uint32_t done = 0;  // branches of the node that have been explored and dropped

    WakeupNode* event() const { return followed != nullptr ? followed : node->FirstChild(); }
  };
  enum class State {
    kFresh,    // the first execution is still to come
    kGoing,    // the last execution is that of the levels
    kBetween,  // the branches before the first one of the last level have been explored
    kMet,      // the same, and the first branch is run ahead: see met()
    kDone,
  };

  Walk() = default;
  ~Walk();
  Walk(const Walk&) = delete;
  Walk& operator=(const Walk&) = delete;

  // To the next execution; false: there is none, see state().
  bool Advance();
  State state() const { return state_; }
  // The levels below are another walk's: here they are as that walk had them.
  uint32_t base() const { return base_; }

  // ---- Running ahead

  // The walk that runs the next branch ahead; null: none does.
  Walk* met() const;
  // That walk is done, its reversals have been taken over: the branch has been explored.
  void TakeOver(Walk& other);
  // A walk for a branch that has not grown for `age` executions, nor for `patience` times as long
  // as it grew: the longer it did, the more likely it is to grow again. Null: there is none.
  // `number`: its name among walks, not 0.
  std::unique_ptr<Walk> RunAhead(uint32_t age, uint32_t patience, uint64_t number);
  // Something has been planned below a branch of one of the levels: what ran it ahead did so in
  // vain.
  void Grew(WakeupNode* branch);
  bool in_vain() const { return in_vain_ || (parent_ != nullptr && parent_->in_vain()); }
  // The walk that was met is of no use: this one explores the branch itself.
  void Refuse();
  // What runs ahead of this one is of no use any more.
  void GiveUp();
  uint64_t number() const { return number_; }
  // That this one runs ahead of, and reads the tree of; null: none. It must outlive this one.
  const Walk* parent() const { return parent_; }

  // The new rightmost branch of a node; at another walk's level: as this walk alone sees it, and
  // for one of the exported reversals.
  WakeupNode* Plan(WakeupNode* parent, const sim::Step& step, uint64_t origin = 0);
  WakeupNode* PlanElsewhere(WakeupNode* parent, const sim::Step& step, uint32_t reversal,
                            uint32_t depth);
  // The first child of a node in the tree of a level for which `matches` holds, as far as this walk
  // knows them; null: none. Not the event of another walk's level.
  template <class Matches>
  WakeupNode* FindChild(const Level& level, const WakeupNode* node, Matches matches) const {
    const WakeupNode* own = node;
    if (level.followed != nullptr && node->exported == WakeupNode::kOwn) {
      WakeupNode* child = node == level.node ? level.siblings : node->FirstChild();
      for (; child != nullptr && child->serial < level.snapshot; child = child->NextChild()) {
        if (matches(*child)) return child;
      }
      auto it = elsewhere_.find(node);
      if (it == elsewhere_.end()) return nullptr;
      own = it->second;
    }
    for (WakeupNode* child = own->FirstChild(); child != nullptr; child = child->NextChild()) {
      if (matches(*child)) return child;
    }
    return nullptr;
  }
  bool IsLeaf(const Level& level, const WakeupNode* node) const {
    return FindChild(level, node, [](const WakeupNode&) { return true; }) == nullptr;
  }
  // Which part of its levels has been explored, as if all branches of a node were alike, and no
  // more were to come.
  double ShareDone() const;

  WakeupTree tree;
  std::vector<Level> levels;
  std::vector<ExportedReversal> exported;

 private:
  void DropFirst();
  std::unique_ptr<Walk> For(uint32_t level, WakeupNode* branch) const;

  // What this walk plans below nodes of other walks: the parent of its branches.
  std::unordered_map<const WakeupNode*, WakeupNode*> elsewhere_;

  State state_ = State::kFresh;
  uint32_t base_ = 0;
  uint32_t length_ = 0;      // of the last execution
  uint32_t executions_ = 0;  // those taken over too
  uint64_t number_ = 0;
  const Walk* parent_ = nullptr;
  uint64_t serial_ = 0;
  std::atomic<bool> in_vain_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DPOR_WALK_H_
