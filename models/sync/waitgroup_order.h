// SPDX-License-Identifier: Apache-2.0
// WaitGroupOrder: what an execution did with its WaitGroups, and whether Adds and Dones may
// commute.
//
// They may as long as every execution is tame: each Done belongs to an Add that is before it, and
// each Add is ordered with each Wait by something else than the edge from that Add to that Wait
// (through its own Done counts). Invariant: the answer depends on the order of the execution's
// events alone, not on the relation that it was explored with; so which WaitGroups are refuted does
// not depend on the order of exploration. The argument is in docs/dependence.md.
#ifndef HEDDLE_MODELS_SYNC_WAITGROUP_ORDER_H_
#define HEDDLE_MODELS_SYNC_WAITGROUP_ORDER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "sim/operation.h"
#include "sim/trace.h"

namespace heddle::sync {

class WaitGroupOrder {
 public:
  // The direct predecessors of all events so far, flat, and where those of each event end.
  struct Preds {
    std::span<const sim::EventIndex> preds;
    std::span<const uint32_t> ends;
  };

  void Clear();
  // The next event of a task, whose event before it is `above`. delta 0: a Wait that has returned.
  void Note(sim::EventIndex event, sim::EventIndex above, sim::ObjectId group, int64_t delta);
  // An operation of `group` has seen in which order others happened: it panicked.
  void NoteMisuse(sim::ObjectId group) { misused_.push_back(group); }
  // The Add `event` came while a Wait was parked for certain. The counter was `counter` when that
  // began to be so at the latest, before event `since`.
  void NoteParkedAdd(sim::EventIndex event, sim::ObjectId group, int64_t counter,
                     sim::EventIndex since);

  // Appends the groups that are not tame, each once.
  void Refuted(const Preds& preds, std::vector<sim::ObjectId>* out) const;
  // Appends the Adds of `group` that can be the one without a Done.
  void OpenAdds(const Preds& preds, sim::ObjectId group, std::vector<sim::EventIndex>* out) const;

 private:
  struct Entry {
    sim::EventIndex event;
    sim::EventIndex above;
    sim::ObjectId group;
    int64_t delta;
  };
  // For each event the entries in its past, as bits.
  class Rows;
  // The Adds and Waits of one group so far, and to which Add each Done belongs.
  class Group;

  // An Add while a Wait was parked.
  struct ParkedAdd {
    sim::EventIndex event;
    sim::ObjectId group;
    int64_t counter;
    sim::EventIndex since;
  };
  // Whether Dones that are not after the Add could have brought the counter to zero before it, and
  // so have woken the Wait.
  bool CouldComeTooLate(const ParkedAdd& add, const Rows& rows) const;

  std::vector<Entry> entries_;
  std::vector<ParkedAdd> parked_adds_;
  std::vector<sim::ObjectId> misused_;
};

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_WAITGROUP_ORDER_H_
