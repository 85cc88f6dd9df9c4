// SPDX-License-Identifier: Apache-2.0
// Search: a strategy that knows which execution comes next.
//
// The explorer's loop: while BeginExecution, run, EndExecution. Searches know no primitive and no
// detector.
#ifndef HEDDLE_CHECKER_SEARCH_H_
#define HEDDLE_CHECKER_SEARCH_H_

#include <cstdint>
#include <string>

#include "sim/record.h"
#include "sim/strategy.h"

namespace heddle::checker {

class Search : public sim::Strategy {
 public:
  // False: there is nothing left to explore.
  virtual bool BeginExecution() = 0;
  virtual void EndExecution(const sim::Record& record) = 0;
  // Once BeginExecution has said no: everything was explored, up to equivalence.
  virtual bool exhausts() const = 0;
  // How the execution just run departed from the one it was to repeat the beginning of; empty: it
  // did not.
  virtual std::string Mismatch() const { return ""; }
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_SEARCH_H_
