// SPDX-License-Identifier: Apache-2.0
// FewestSwitches: among all orders of the same events with the same causes, one that changes least
// often from one goroutine to another.
//
// A reader follows one goroutine as long as it goes. A joint event (a rendezvous) belongs to both
// of its goroutines, so going on with either is no switch. Source: dynamic programming over
// (ideal of the causal order, last goroutines), in order of switches; beyond a cap greedy.
#ifndef HEDDLE_CHECKER_FEWEST_SWITCHES_H_
#define HEDDLE_CHECKER_FEWEST_SWITCHES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle::checker {

// An event by who moves in it and what it is after. Indices are those of the vector it is in.
struct OrderedEvent {
  uint32_t actor = 0;
  uint32_t partner = 0;          // the actor again when it is not joint
  std::vector<uint32_t> before;  // what it is directly after; all smaller than its own index
};

// Indices of the events in their new order. REQUIRES: events of one actor are in their order.
std::vector<uint32_t> FewestSwitches(const std::vector<OrderedEvent>& events);

// How often two neighbours in that order have no goroutine in common.
size_t CountSwitches(const std::vector<OrderedEvent>& events, const std::vector<uint32_t>& order);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_FEWEST_SWITCHES_H_
