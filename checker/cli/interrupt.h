// SPDX-License-Identifier: Apache-2.0
// Ctrl-C: the first one asks the search to end with what it has, the second one kills.
#ifndef HEDDLE_CHECKER_CLI_INTERRUPT_H_
#define HEDDLE_CHECKER_CLI_INTERRUPT_H_

namespace heddle::cli {

// While one lives, SIGINT is only noted, once; then the handler that was there before is back.
class CatchInterrupt {
 public:
  CatchInterrupt();
  ~CatchInterrupt();
  CatchInterrupt(const CatchInterrupt&) = delete;
  CatchInterrupt& operator=(const CatchInterrupt&) = delete;
};

// A SIGINT has come since the process began.
bool Interrupted();

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_INTERRUPT_H_
