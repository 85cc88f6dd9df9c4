// SPDX-License-Identifier: Apache-2.0
// Who closed it.
#include "checker/detectors/send_on_closed.h"

#include <fmt/format.h>

#include "checker/detectors/rest.h"

namespace heddle::checker {

std::string SendOnClosedDetector::Message(const sim::Record& record,
                                          const sim::Incident& incident) const {
  const sim::Operand* channel = FailedOperand(record, incident.task);
  if (channel == nullptr) return incident.message;
  const sim::EventIndex by = model_.SignalledBy(channel->object);
  if (by == sim::kNoEvent) return incident.message;
  return fmt::format("{}; it was closed by {}", incident.message, ActorText(record, by));
}

}  // namespace heddle::checker
