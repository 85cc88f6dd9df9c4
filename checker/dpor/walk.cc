// SPDX-License-Identifier: Apache-2.0
// Going on, and running ahead.
#include "checker/dpor/walk.h"

#include <algorithm>

#include "sim/base/check.h"

namespace heddle::checker {

namespace {

void CopyBelow(const WakeupNode& from, WakeupTree* tree, WakeupNode* to) {
  for (const WakeupNode* child = from.FirstChild(); child != nullptr; child = child->NextChild()) {
    CopyBelow(*child, tree, tree->Append(to, child->step));
  }
}

}  // namespace

Walk::~Walk() = default;

void Walk::DropFirst() {
  Level& level = levels.back();
  level.sleep.push_back(level.node->FirstChild()->step);
  tree.DropFirst(level.node);
  ++level.done;
}

bool Walk::Advance() {
  if (state_ == State::kFresh) {
    state_ = State::kGoing;
    ++executions_;
    return true;
  }
  if (state_ == State::kGoing) {
    length_ = static_cast<uint32_t>(levels.size());
    if (levels.size() > base_) DropFirst();
  }
  // Back to the deepest point with a branch that was not explored.
  while (levels.size() > base_ && levels.back().node->leaf()) {
    levels.pop_back();
    if (levels.size() > base_) DropFirst();
  }
  if (levels.size() <= base_) {
    state_ = State::kDone;
    return false;
  }
  state_ = State::kBetween;
  if (met() != nullptr) {
    state_ = State::kMet;
    return false;
  }
  state_ = State::kGoing;
  ++executions_;
  return true;
}

Walk* Walk::met() const { return levels.back().node->FirstChild()->ahead; }

void Walk::TakeOver(Walk& other) {
  HEDDLE_CHECK(state_ == State::kMet && met() == &other && other.state() == State::kDone,
               "a branch is taken over in its turn, when all of it has been explored");
  executions_ += other.executions_;
  // What neither of the two owns is for those before.
  std::vector<uint32_t> number(other.exported.size(), ExportedReversal::kNone);
  for (uint32_t i = 0; i < other.exported.size(); ++i) {
    ExportedReversal& r = other.exported[i];
    if (r.level >= base_) continue;
    number[i] = static_cast<uint32_t>(exported.size());
    if (r.below_other != ExportedReversal::kNone) r.below_other = number[r.below_other];
    exported.push_back(std::move(r));
  }
  DropFirst();
  state_ = State::kBetween;
}

WakeupNode* Walk::Plan(WakeupNode* parent, const sim::Step& step, uint64_t origin) {
  WakeupNode* node = tree.Append(parent, step, serial_++);
  node->origin = origin;
  node->planned = node->grown = executions_;
  return node;
}

WakeupNode* Walk::PlanElsewhere(WakeupNode* parent, const sim::Step& step, uint32_t reversal,
                                uint32_t depth) {
  if (parent->exported == WakeupNode::kOwn) {
    auto [it, added] = elsewhere_.try_emplace(parent);
    if (added) it->second = tree.New({});
    parent = it->second;
  }
  WakeupNode* node = tree.Append(parent, step);
  node->exported = reversal;
  node->depth = depth;
  return node;
}

void Walk::Grew(WakeupNode* branch) {
  branch->grown = executions_;
  if (branch->ahead == nullptr) return;
  branch->ahead->in_vain_ = true;
  branch->ahead = nullptr;
}

void Walk::GiveUp() {
  for (uint32_t i = base_; i < levels.size(); ++i) {
    for (WakeupNode* child = levels[i].node->FirstChild(); child != nullptr;
         child = child->NextChild()) {
      if (child->ahead == nullptr) continue;
      child->ahead->in_vain_ = true;
      child->ahead = nullptr;
    }
  }
}

void Walk::Refuse() {
  levels.back().node->FirstChild()->ahead->in_vain_ = true;
  levels.back().node->FirstChild()->ahead = nullptr;
}

std::unique_ptr<Walk> Walk::RunAhead(uint32_t age, uint32_t patience, uint64_t number) {
  if (state_ != State::kGoing && state_ != State::kMet) return nullptr;
  // What begins near the end of an execution is small.
  const size_t length = state_ == State::kGoing ? levels.size() : length_;
  const size_t end = std::min(levels.size(), length * 3 / 4);
  for (uint32_t i = base_; i < end; ++i) {
    for (WakeupNode* child = levels[i].node->FirstChild()->NextChild(); child != nullptr;
         child = child->NextChild()) {
      const uint32_t unchanged = executions_ - child->grown;
      if (child->ahead != nullptr || unchanged < age) continue;
      if (unchanged / patience < child->grown - child->planned) continue;
      std::unique_ptr<Walk> other = For(i, child);
      other->number_ = number;
      child->ahead = other.get();
      return other;
    }
  }
  return nullptr;
}

std::unique_ptr<Walk> Walk::For(uint32_t at, WakeupNode* branch) const {
  auto other = std::make_unique<Walk>();
  other->parent_ = this;
  other->base_ = at + 1;
  for (uint32_t i = 0; i <= at; ++i) {
    const Level& from = levels[i];
    Level& to = other->levels.emplace_back();
    to.sleep = from.sleep;
    to.node = from.node;
    const bool own = i >= base_;
    to.snapshot = own ? serial_ : from.snapshot;
    const WakeupNode* followed = i < at ? from.event() : branch;
    to.followed = other->tree.New(followed->step);
    to.siblings = own ? followed->NextChild() : from.siblings;
    if (i < at) continue;
    for (const WakeupNode* before = from.node->FirstChild(); before != branch;
         before = before->NextChild()) {
      to.sleep.push_back(before->step);
    }
    CopyBelow(*branch, &other->tree, to.followed);
  }
  return other;
}

double Walk::ShareDone() const {
  double done = 0, here = 1;
  for (uint32_t i = base_; i < levels.size(); ++i) {
    uint32_t planned = 0;
    for (WakeupNode* child = levels[i].node->FirstChild(); child != nullptr;
         child = child->NextChild()) {
      ++planned;
    }
    here /= static_cast<double>(levels[i].done + planned);
    done += here * levels[i].done;
  }
  return state_ == State::kGoing ? done + here : done;
}

}  // namespace heddle::checker
