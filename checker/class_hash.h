// SPDX-License-Identifier: Apache-2.0
// ClassHash: a name of an execution's equivalence class, in time linear in its length.
//
// The name of an event is made of its label and the names of its direct predecessors; that of the
// class, of the names of all events, in no order. So no strategy needs the closure of the causal
// order to say which class it saw, and all of them call one class by one name. Invariant: equal for
// executions with equal causal order, and else different, but for collisions of 64 bits.
#ifndef HEDDLE_CHECKER_CLASS_HASH_H_
#define HEDDLE_CHECKER_CLASS_HASH_H_

#include <cstdint>
#include <vector>

#include "sim/record.h"

namespace heddle::checker {

class ClassHash {
 public:
  // Of the whole record. The first `kept` events are those of the call before.
  uint64_t Of(const sim::Record& record, const sim::PathTable& paths, uint32_t kept = 0);

 private:
  struct Row {
    uint64_t name = 0;
    uint64_t sum = 0;                         // of the names up to here
    sim::EventIndex barrier = sim::kNoEvent;  // the last event up to here that is after all others
    uint64_t counted_by = 0;                  // stamp of the event that last counted this one
  };
  std::vector<Row> rows_;  // by event
  uint64_t stamp_ = 0;     // one for each event named, in all calls
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_CLASS_HASH_H_
