// SPDX-License-Identifier: Apache-2.0
// Trying other executions that show the same, and those that part from one.
#include "checker/shorten.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "checker/counterexample.h"
#include "checker/strategy/pos.h"
#include "sim/base/random.h"

namespace heddle::checker {
namespace {

// Of one finding, all trials together.
constexpr size_t kMostTrials = 48;
constexpr size_t kMostEvents = 40'000;
// Ways to go on that are drawn before all of them are tried.
constexpr size_t kMostDrawn = 16;
constexpr size_t kMostContinuations = 4'000;
constexpr size_t kMostContinuedEvents = 150'000;

// Goroutines, steps, switches.
using Cost = std::tuple<size_t, size_t, size_t>;

Cost CostOf(const std::vector<sim::Label>& labels) {
  std::set<sim::TaskId> tasks;
  size_t switches = 0;
  for (size_t i = 0; i < labels.size(); ++i) {
    const sim::Label& l = labels[i];
    tasks.insert(l.task);
    if (l.joint()) tasks.insert(l.partner);
    if (i == 0) continue;
    const sim::Label& last = labels[i - 1];
    const auto moves = [&](sim::TaskId t) {
      return t == last.task || (last.joint() && t == last.partner);
    };
    switches += !moves(l.task) && !(l.joint() && moves(l.partner));
  }
  return {tasks.size(), labels.size(), switches};
}

// The first labels, then one of the ways to go on: drawn, or each in turn.
class Continuation : public sim::Strategy {
 public:
  Continuation(const std::vector<sim::Label>& labels, size_t prefix, uint64_t seed)
      : labels_(labels), prefix_(prefix), random_(seed) {}

  void Begin(bool drawn) {
    at_ = 0;
    depth_ = 0;
    drawn_ = drawn;
    followed_ = true;
  }
  // True: there is another way that has not been tried in turn.
  bool Advance() {
    while (!taken_.empty() && taken_.back().first + 1 == taken_.back().second) taken_.pop_back();
    if (taken_.empty()) return false;
    ++taken_.back().first;
    return true;
  }
  bool followed() const { return followed_; }

  std::optional<sim::Label> Choose(sim::Execution& execution) override {
    const std::vector<sim::Label>& enabled = execution.Enabled();
    if (at_ < prefix_) {
      const sim::Label& next = labels_[at_++];
      if (std::find(enabled.begin(), enabled.end(), next) != enabled.end()) return next;
      followed_ = false;
      return std::nullopt;
    }
    if (enabled.empty()) return std::nullopt;
    if (drawn_) return enabled[random_.Below(enabled.size())];
    if (depth_ == taken_.size()) taken_.emplace_back(0, enabled.size());
    return enabled[taken_[depth_++].first];
  }

 private:
  const std::vector<sim::Label>& labels_;
  size_t prefix_;
  sim::Random random_;
  size_t at_ = 0;
  size_t depth_ = 0;
  bool drawn_ = false;
  bool followed_ = true;
  std::vector<std::pair<size_t, size_t>> taken_;  // by choice: which, of how many
};

enum class Answer { kAlways, kNotAlways, kUnknown };

class Looker {
 public:
  Looker(const Trial& trial, const std::vector<sim::Label>& labels, uint64_t seed)
      : trial_(trial), labels_(labels), seed_(seed) {}

  Answer After(size_t prefix) {
    Continuation way(labels_, prefix, seed_ + prefix);
    for (size_t i = 0; i < kMostDrawn; ++i) {
      way.Begin(true);
      if (Answer a = Try(way); a != Answer::kAlways) return a;
    }
    do {
      way.Begin(false);
      if (Answer a = Try(way); a != Answer::kAlways) return a;
    } while (way.Advance());
    return Answer::kAlways;
  }

 private:
  Answer Try(Continuation& way) {
    if (runs_ >= kMostContinuations || events_ >= kMostContinuedEvents) return Answer::kUnknown;
    const Shown shown = trial_(way);
    ++runs_;
    events_ += shown.record->events.size() + 1;
    if (!way.followed() || !shown.record->cut_by.empty()) return Answer::kUnknown;
    return shown.has_finding ? Answer::kAlways : Answer::kNotAlways;
  }

  const Trial& trial_;
  const std::vector<sim::Label>& labels_;
  uint64_t seed_;
  size_t runs_ = 0;
  size_t events_ = 0;
};

}  // namespace

std::vector<sim::Label> Shorten(const Trial& trial, const Shown& first, uint64_t seed) {
  size_t events = first.record->events.size();
  std::vector<sim::Label> all;
  for (const sim::Event& e : first.record->events) all.push_back(e.step.label);
  std::vector<sim::Label> best = Linearize(*first.record, first.events);
  if (best.size() < all.size()) {  // what the detector takes to be enough may not be
    LabelReplay replay(best);
    if (!trial(replay).has_finding) best = std::move(all);
  }
  Cost least = CostOf(best);
  PosSearch search(seed, kMostTrials);
  while (events < kMostEvents && search.BeginExecution()) {
    const Shown shown = trial(search);
    events += shown.record->events.size() + 1;
    if (!shown.has_finding || !shown.record->cut_by.empty()) continue;
    std::vector<sim::Label> labels = Linearize(*shown.record, shown.events);
    if (Cost cost = CostOf(labels); cost < least) {
      least = cost;
      best = std::move(labels);
    }
  }
  return best;
}

NoReturn PointOfNoReturn(const Trial& trial, const std::vector<sim::Label>& labels, uint64_t seed) {
  Looker looker(trial, labels, seed);
  // What always follows after some steps always follows after more of them. So: backwards in steps
  // that double, then halving the last one.
  NoReturn found{labels.size(), false};
  size_t low = labels.size();  // the greatest number of steps of which it is not known, or not so
  bool seen = false;
  for (size_t back = 1;; back *= 2) {
    const size_t at = back > labels.size() ? 0 : labels.size() - back;
    if (found.after == 0) return {0, true};
    const Answer answer = looker.After(at);
    if (answer != Answer::kAlways) {
      low = at;
      seen = answer == Answer::kNotAlways;
      break;
    }
    found.after = at;
    if (at == 0) return {0, true};
  }
  while (low + 1 < found.after) {
    const size_t middle = low + (found.after - low) / 2;
    const Answer answer = looker.After(middle);
    if (answer == Answer::kAlways) {
      found.after = middle;
    } else {
      low = middle;
      seen = answer == Answer::kNotAlways;
    }
  }
  found.exact = seen;
  return found;
}

}  // namespace heddle::checker
