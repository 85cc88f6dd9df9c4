// SPDX-License-Identifier: Apache-2.0
// The abstract state of a context node and the rules of deriving, cancelling, detaching and asking
// for the error.
//
// A cancel sets the node's error and closes its Done channel in one event, then visits the children
// one by one in any order (kCtxPropagate, an alternative each), then lets others in again
// (kCtxFinish); meanwhile Err, deriving and detaching wait, as on the node's lock. Cancels order
// with everything on the node; what only reads it commutes. Source: Go package context, as
// documented; behaviour compared with the gc runtime up to Go 1.24.
#ifndef HEDDLE_MODELS_SYNC_CONTEXT_RULES_H_
#define HEDDLE_MODELS_SYNC_CONTEXT_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

// Operands:
//   kCtxAttach    [0] child, [1] child's Done channel, [2] parent; flag: the child runs a function
//   when cancelled kCtxCancel    [0] node, [1] its Done channel kCtxPropagate [0] node, then
//   (child, child's Done channel) for each child, arg: how many; alternative: which kCtxErr [0]
//   node, [1] its Done channel kCtxFinish, kCtxStop  [0] node kCtxDetach    [0] parent, [1] child
struct ContextState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kContext;
  ContextState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override { return cancelled() ? "cancelled" : "live"; }

  bool cancelled() const { return cancel.event != kNoEvent; }

  struct Child {
    ObjectId node;
    bool visited = false;
  };
  EventRef cancel;                // what cancelled it
  EventRef write;                 // the last event that is ordered with all on the node
  std::vector<EventIndex> reads;  // since
  EventIndex busy = kNoEvent;     // the cancel that is still visiting children
  std::vector<Child> children;
  bool stopped = false;  // an AfterFunc whose stop came first
};

// How many children a cancel of the node would visit. REQUIRES: the node is in the state.
size_t ChildrenToVisit(const ContextState& s);

extern const Rules kCtxAttachRules, kCtxCancelRules, kCtxPropagateRules, kCtxFinishRules;
extern const Rules kCtxDetachRules, kCtxStopRules, kCtxErrRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_CONTEXT_RULES_H_
