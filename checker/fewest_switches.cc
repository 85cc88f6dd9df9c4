// SPDX-License-Identifier: Apache-2.0
// Shortest paths through the ideals of a causal order.
#include "checker/fewest_switches.h"

#include <algorithm>
#include <deque>
#include <functional>
#include <optional>
#include <queue>
#include <string>
#include <unordered_map>

namespace heddle::checker {
namespace {

constexpr size_t kMostEvents = 4000;
constexpr size_t kMostActors = 200;
constexpr size_t kMostStates = 40'000;
constexpr uint32_t kNone = UINT32_MAX;

bool Shares(const OrderedEvent& a, const OrderedEvent& b) {
  return a.actor == b.actor || a.actor == b.partner || a.partner == b.actor ||
         a.partner == b.partner;
}

// The events of each actor, in their order, and where each event stands there.
struct Chains {
  explicit Chains(const std::vector<OrderedEvent>& events) : at(events.size()) {
    uint32_t actors = 0;
    for (const OrderedEvent& e : events) actors = std::max({actors, e.actor + 1, e.partner + 1});
    of.resize(actors);
    for (uint32_t i = 0; i < events.size(); ++i) {
      at[i] = static_cast<uint32_t>(of[events[i].actor].size());
      of[events[i].actor].push_back(i);
      if (events[i].partner != events[i].actor) of[events[i].partner].push_back(i);
    }
  }
  std::vector<std::vector<uint32_t>> of;
  std::vector<uint32_t> at;  // in the chain of the event's actor
};

// How far each actor has come, and the event before.
class Search {
 public:
  explicit Search(const std::vector<OrderedEvent>& events) : events_(events), chains_(events) {}

  // None: too large.
  std::optional<std::vector<uint32_t>> Run() {
    if (chains_.of.size() > kMostActors) return std::nullopt;
    queue_.push_back(Add(std::string(chains_.of.size() * 2, '\0'), kNone, kNone, 0));
    while (!queue_.empty()) {
      const uint32_t at = queue_.front();
      queue_.pop_front();
      if (states_[at].settled) continue;
      states_[at].settled = true;
      if (states_[at].done == events_.size()) return PathTo(at);
      if (states_.size() > kMostStates) return std::nullopt;
      Expand(at);
    }
    return std::nullopt;
  }

 private:
  struct State {
    std::string progress;  // two bytes for each actor
    uint32_t last = kNone;
    uint32_t from = kNone;
    uint32_t cost = 0;
    uint32_t done = 0;
    bool settled = false;
  };

  static uint32_t Get(const std::string& progress, uint32_t actor) {
    return static_cast<uint8_t>(progress[actor * 2]) |
           uint32_t{static_cast<uint8_t>(progress[actor * 2 + 1])} << 8;
  }
  static void Advance(std::string& progress, uint32_t actor) {
    const uint32_t next = Get(progress, actor) + 1;
    progress[actor * 2] = static_cast<char>(next & 0xff);
    progress[actor * 2 + 1] = static_cast<char>(next >> 8);
  }

  // What may come next of the actor; kNone: nothing.
  uint32_t NextOf(const std::string& progress, uint32_t actor) const {
    const uint32_t count = Get(progress, actor);
    if (count == chains_.of[actor].size()) return kNone;
    const uint32_t event = chains_.of[actor][count];
    const OrderedEvent& e = events_[event];
    if (chains_.of[e.actor][std::min<size_t>(Get(progress, e.actor),
                                             chains_.of[e.actor].size() - 1)] != event ||
        chains_.of[e.partner][std::min<size_t>(Get(progress, e.partner),
                                               chains_.of[e.partner].size() - 1)] != event) {
      return kNone;
    }
    for (uint32_t b : e.before) {
      if (Get(progress, events_[b].actor) <= chains_.at[b]) return kNone;
    }
    return event;
  }

  // The state's number; states differ by progress and the actors of the last event.
  uint32_t Add(std::string progress, uint32_t last, uint32_t from, uint32_t cost) {
    std::string key = progress;
    if (last != kNone) {
      for (uint32_t actor : {std::min(events_[last].actor, events_[last].partner),
                             std::max(events_[last].actor, events_[last].partner)}) {
        key.append(reinterpret_cast<const char*>(&actor), sizeof(actor));
      }
    }
    const auto [found, added] = known_.try_emplace(std::move(key), states_.size());
    const uint32_t done = from == kNone ? 0 : states_[from].done + 1;
    if (added) {
      states_.push_back({std::move(progress), last, from, cost, done, false});
    } else if (cost < states_[found->second].cost) {
      State& state = states_[found->second];
      state.last = last;
      state.from = from;
      state.cost = cost;
    } else {
      return kNone;
    }
    return found->second;
  }

  void Expand(uint32_t at) {
    const std::string progress = states_[at].progress;
    const uint32_t last = states_[at].last, cost = states_[at].cost;
    const auto go = [&](uint32_t event) {
      std::string next = progress;
      Advance(next, events_[event].actor);
      if (events_[event].partner != events_[event].actor) Advance(next, events_[event].partner);
      const bool switches = last != kNone && !Shares(events_[last], events_[event]);
      const uint32_t to = Add(std::move(next), event, at, cost + (switches ? 1 : 0));
      if (to == kNone) return;
      if (switches) {
        queue_.push_back(to);
      } else {
        queue_.push_front(to);
      }
    };
    // One goroutine alone goes on as long as it does so alone: whatever is possible without these
    // steps is possible after them.
    if (last != kNone && events_[last].actor == events_[last].partner) {
      const uint32_t next = NextOf(progress, events_[last].actor);
      if (next != kNone && events_[next].actor == events_[next].partner) return go(next);
    }
    for (uint32_t actor = 0; actor < chains_.of.size(); ++actor) {
      const uint32_t next = NextOf(progress, actor);
      if (next != kNone && events_[next].actor == actor) go(next);
    }
  }

  std::vector<uint32_t> PathTo(uint32_t at) const {
    std::vector<uint32_t> path;
    for (; states_[at].from != kNone; at = states_[at].from) path.push_back(states_[at].last);
    std::reverse(path.begin(), path.end());
    return path;
  }

  const std::vector<OrderedEvent>& events_;
  const Chains chains_;
  std::vector<State> states_;
  std::unordered_map<std::string, uint32_t> known_;
  std::deque<uint32_t> queue_;
};

// Stays with the goroutine as long as it can; then the oldest event that is possible.
std::vector<uint32_t> Greedy(const std::vector<OrderedEvent>& events) {
  const Chains chains(events);
  std::vector<uint32_t> waiting(events.size());
  std::vector<std::vector<uint32_t>> next(events.size());
  std::vector<bool> done(events.size(), false);
  for (uint32_t i = 0; i < events.size(); ++i) {
    waiting[i] = static_cast<uint32_t>(events[i].before.size());
    for (uint32_t b : events[i].before) next[b].push_back(i);
  }
  std::priority_queue<uint32_t, std::vector<uint32_t>, std::greater<>> ready;
  for (uint32_t i = 0; i < events.size(); ++i) {
    if (waiting[i] == 0) ready.push(i);
  }
  std::vector<size_t> position(chains.of.size(), 0);
  const auto own_next = [&](uint32_t actor) {
    while (position[actor] < chains.of[actor].size() && done[chains.of[actor][position[actor]]])
      ++position[actor];
    if (position[actor] == chains.of[actor].size()) return kNone;
    const uint32_t event = chains.of[actor][position[actor]];
    return waiting[event] == 0 ? event : kNone;
  };
  std::vector<uint32_t> order;
  while (order.size() < events.size()) {
    uint32_t pick = kNone;
    if (!order.empty()) {
      pick = own_next(events[order.back()].actor);
      if (pick == kNone) pick = own_next(events[order.back()].partner);
    }
    while (pick == kNone || done[pick]) {
      pick = ready.top();
      ready.pop();
    }
    done[pick] = true;
    order.push_back(pick);
    for (uint32_t after : next[pick]) {
      if (--waiting[after] == 0) ready.push(after);
    }
  }
  return order;
}

}  // namespace

std::vector<uint32_t> FewestSwitches(const std::vector<OrderedEvent>& events) {
  if (events.size() <= kMostEvents) {
    if (auto best = Search(events).Run()) return *best;
  }
  return Greedy(events);
}

size_t CountSwitches(const std::vector<OrderedEvent>& events, const std::vector<uint32_t>& order) {
  size_t count = 0;
  for (size_t i = 1; i < order.size(); ++i) {
    count += !Shares(events[order[i - 1]], events[order[i]]);
  }
  return count;
}

}  // namespace heddle::checker
