// SPDX-License-Identifier: Apache-2.0
// Typed ids: a task, an object and an event are never mixed up.
#ifndef HEDDLE_SIM_BASE_IDS_H_
#define HEDDLE_SIM_BASE_IDS_H_

#include <compare>
#include <cstdint>
#include <functional>

namespace heddle::sim {

// A dense number that stands for one thing of the kind Tag. Default constructed: none.
template <class Tag>
struct Id {
  static constexpr uint32_t kNoneValue = UINT32_MAX;
  uint32_t value = kNoneValue;

  constexpr bool valid() const { return value != kNoneValue; }
  constexpr explicit operator bool() const { return valid(); }
  friend constexpr auto operator<=>(const Id&, const Id&) = default;
};

// Stands for a spawn path (see PathTable), so it names the same task in every execution.
using TaskId = Id<struct TaskTag>;
// Stands for a creation path, so it names the same object in every execution.
using ObjectId = Id<struct ObjectTag>;

// Position of an event in one execution, from 0.
using EventIndex = uint32_t;
inline constexpr EventIndex kNoEvent = UINT32_MAX;

}  // namespace heddle::sim

template <class Tag>
struct std::hash<heddle::sim::Id<Tag>> {
  size_t operator()(heddle::sim::Id<Tag> id) const { return id.value; }
};

#endif  // HEDDLE_SIM_BASE_IDS_H_
