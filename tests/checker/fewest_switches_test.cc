// SPDX-License-Identifier: Apache-2.0
// The order with the fewest switches, against all orders of random small executions.
#include "checker/fewest_switches.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "sim/base/random.h"

namespace heddle::checker {
namespace {

// Events of a few actors in a random order, some joint, some after others.
std::vector<OrderedEvent> RandomEvents(sim::Random& random, size_t count, uint32_t actors) {
  std::vector<OrderedEvent> events;
  std::vector<uint32_t> last(actors, UINT32_MAX);
  for (uint32_t i = 0; i < count; ++i) {
    OrderedEvent e;
    e.actor = static_cast<uint32_t>(random.Below(actors));
    e.partner = random.Percent(25) ? static_cast<uint32_t>(random.Below(actors)) : e.actor;
    for (uint32_t actor : {e.actor, e.partner}) {
      if (last[actor] != UINT32_MAX) e.before.push_back(last[actor]);
      last[actor] = i;
    }
    if (i > 0 && random.Percent(30)) e.before.push_back(static_cast<uint32_t>(random.Below(i)));
    std::sort(e.before.begin(), e.before.end());
    e.before.erase(std::unique(e.before.begin(), e.before.end()), e.before.end());
    if (!e.before.empty() && e.before.back() == i) e.before.pop_back();
    events.push_back(std::move(e));
  }
  return events;
}

bool IsOrder(const std::vector<OrderedEvent>& events, const std::vector<uint32_t>& order) {
  std::vector<bool> done(events.size(), false);
  for (uint32_t e : order) {
    if (done[e]) return false;
    for (uint32_t b : events[e].before) {
      if (!done[b]) return false;
    }
    done[e] = true;
  }
  return order.size() == events.size();
}

// Every order, one after the other.
void Enumerate(const std::vector<OrderedEvent>& events, std::vector<uint32_t>& order,
               std::vector<bool>& done, size_t* least) {
  if (order.size() == events.size()) {
    *least = std::min(*least, CountSwitches(events, order));
    return;
  }
  for (uint32_t e = 0; e < events.size(); ++e) {
    const bool ready = !done[e] && std::all_of(events[e].before.begin(), events[e].before.end(),
                                               [&](uint32_t b) { return done[b]; });
    if (!ready) continue;
    done[e] = true;
    order.push_back(e);
    Enumerate(events, order, done, least);
    order.pop_back();
    done[e] = false;
  }
}

TEST(FewestSwitches, IsTheBestOfAllOrders) {
  sim::Random random(7);
  for (int round = 0; round < 200; ++round) {
    const size_t count = 1 + random.Below(7);
    const auto actors = static_cast<uint32_t>(1 + random.Below(4));
    const std::vector<OrderedEvent> events = RandomEvents(random, count, actors);
    const std::vector<uint32_t> found = FewestSwitches(events);
    ASSERT_TRUE(IsOrder(events, found)) << "round " << round;
    size_t least = SIZE_MAX;
    std::vector<uint32_t> order;
    std::vector<bool> done(events.size(), false);
    Enumerate(events, order, done, &least);
    ASSERT_EQ(CountSwitches(events, found), least) << "round " << round;
  }
}

TEST(FewestSwitches, LargeOnesGetSomeOrder) {
  sim::Random random(8);
  for (size_t count : {300u, 6000u}) {
    const std::vector<OrderedEvent> events = RandomEvents(random, count, 20);
    const std::vector<uint32_t> found = FewestSwitches(events);
    EXPECT_TRUE(IsOrder(events, found));
    std::vector<uint32_t> as_given(count);
    for (uint32_t i = 0; i < count; ++i) as_given[i] = i;
    EXPECT_LT(CountSwitches(events, found), CountSwitches(events, as_given));
  }
}

TEST(FewestSwitches, NothingToOrder) { EXPECT_TRUE(FewestSwitches({}).empty()); }

}  // namespace
}  // namespace heddle::checker
