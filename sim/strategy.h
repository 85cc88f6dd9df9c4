// SPDX-License-Identifier: Apache-2.0
// Strategy: "who moves next?"
#ifndef HEDDLE_SIM_STRATEGY_H_
#define HEDDLE_SIM_STRATEGY_H_

#include <optional>

#include "sim/operation.h"

namespace heddle::sim {

class Execution;

class Strategy {
 public:
  virtual ~Strategy() = default;
  // The label that happens next; none: the execution ends here. Nothing enabled ends it without a
  // question only if the strategy asks execution.Enabled() itself, so it must answer none then.
  virtual std::optional<Label> Choose(Execution& execution) = 0;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_STRATEGY_H_
