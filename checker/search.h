// SPDX-License-Identifier: Apache-2.0
// Search: a strategy that knows which execution comes next.
//
// The explorer's loop: while BeginExecution, run, EndExecution. Searches know no primitive and no
// detector.
#ifndef HEDDLE_CHECKER_SEARCH_H_
#define HEDDLE_CHECKER_SEARCH_H_

#include <cstdint>
#include <string>

#include "checker/dpor/causal_order.h"
#include "sim/record.h"
#include "sim/strategy.h"

namespace heddle::checker {

// The causal order of longer executions, which are cut ones, is known of their beginning only.
inline constexpr uint32_t kMostAnalysed = 4000;

class Search : public sim::Strategy {
 public:
  // False: there is nothing left to explore.
  virtual bool BeginExecution() = 0;
  // `order`: of the first so many events of the record, at most kMostAnalysed.
  virtual void EndExecution(const sim::Record& record, const CausalOrder& order) = 0;
  // False: it makes no use of the order, which is then of some other execution.
  virtual bool needs_order() const { return true; }
  // How many events the execution begun has in common with the one before, from the start on.
  virtual uint32_t Kept() const { return 0; }
  // Once BeginExecution has said no: everything was explored, up to equivalence.
  virtual bool exhausts() const = 0;
  // Which part of all there is has been explored, as far as is known now; negative: it cannot say.
  virtual double ShareDone() const { return -1; }
  // How the execution just run departed from the one it was to repeat the beginning of; empty: it
  // did not.
  virtual std::string Mismatch() const { return ""; }
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_SEARCH_H_
