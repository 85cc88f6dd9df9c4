// SPDX-License-Identifier: Apache-2.0
// Estimate: how many classes there may be in all, from a search's own progress.
//
// A search knows the branches it has met, not those to come, so that early it takes the little it
// has seen for most of what there is. Its estimate is believed from 5 % on, and only when it has
// hardly moved while the number of executions doubled; and then as a power of ten.
#ifndef HEDDLE_CHECKER_ESTIMATE_H_
#define HEDDLE_CHECKER_ESTIMATE_H_

#include <cstdint>
#include <optional>

namespace heddle::checker {

class Estimate {
 public:
  // True: Note is wanted after this many executions of the search.
  static bool Wanted(uint64_t executions) { return (executions & (executions - 1)) == 0; }
  // `share`: see Search::ShareDone.
  void Note(uint64_t executions, double share);
  // The power of ten nearest to the total; none: not known yet.
  std::optional<double> Total(uint64_t executions, double share) const;

 private:
  double last_ = 0, last_but_one_ = 0;  // what was noted at powers of two
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_ESTIMATE_H_
