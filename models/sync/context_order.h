// SPDX-License-Identifier: Apache-2.0
// ContextOrder: what an execution did with its trees of contexts, and whether it matters in which
// order a cancel visits the children.
//
// It does not as long as whoever looks at a node below does so before the cancel, or after the
// visit of that node whatever the order. The argument is in docs/dependence.md.
#ifndef HEDDLE_MODELS_SYNC_CONTEXT_ORDER_H_
#define HEDDLE_MODELS_SYNC_CONTEXT_ORDER_H_

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "sim/operation.h"

namespace heddle::sync {

class ContextOrder {
 public:
  // The direct predecessors of all events so far, flat, that by program order first; and where
  // those of each event end.
  struct Preds {
    std::span<const sim::EventIndex> preds;
    std::span<const uint32_t> ends;
  };
  struct Look {
    sim::EventIndex event;
    sim::EventIndex above;         // the event of its task before
    sim::ObjectId object;          // a node or a Done channel
    const sim::Operation* select;  // a select without default that waits for more; else null
  };

  void Clear();
  void NoteChild(sim::ObjectId child, sim::ObjectId done, sim::ObjectId parent);
  // The event cancels the node, which has so many children to visit.
  void NoteCancel(sim::EventIndex event, sim::ObjectId node, size_t children);
  void NoteVisit(sim::EventIndex event, sim::TaskId task, sim::ObjectId parent,
                 sim::ObjectId child);
  void NoteFinish(sim::EventIndex event, sim::TaskId task, sim::ObjectId node);
  // The event may see whether the object's node is cancelled.
  void NoteLook(const Look& look);

  // Appends the nodes whose children somebody may have seen cancelled one before the other. `sees`:
  // whether a select depends on more than the case that it takes.
  void Refuted(const Preds& preds, const std::function<bool(const sim::Operation&)>& sees,
               std::vector<sim::ObjectId>* out) const;

 private:
  struct Child {
    sim::ObjectId node, done, parent;
  };
  struct Cancel {
    sim::EventIndex event;
    sim::ObjectId node;
    size_t children;
  };
  struct Visit {
    sim::EventIndex event;
    sim::TaskId task;
    sim::ObjectId parent, child;
    sim::EventIndex begun;  // the cancel of the parent
  };
  struct Finish {
    sim::EventIndex event;
    sim::TaskId task;
    sim::EventIndex begun;
  };
  class Rows;

  const Child* Find(sim::ObjectId object) const;
  sim::EventIndex CancelOf(sim::ObjectId node) const;
  // The look is the same in every order of the visits below `cancel`.
  bool Settled(const Rows& rows, const Look& look, const Child& child, const Cancel& cancel) const;

  std::vector<Child> children_;
  std::vector<Cancel> cancels_;
  std::vector<Visit> visits_;
  std::vector<Finish> finishes_;
  std::vector<Look> looks_;
};

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_CONTEXT_ORDER_H_
