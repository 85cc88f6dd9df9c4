// SPDX-License-Identifier: Apache-2.0
// LocalTime against relaxing all constraints from scratch.
#include "models/sync/local_time.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "sim/base/random.h"

namespace heddle::sync {
namespace {

using sim::EventIndex;

// t(to) >= t(from) + weight.
struct Constraint {
  EventIndex from, to;
  int64_t weight;
};

// The least solution, if there is one.
std::optional<std::vector<int64_t>> Solve(size_t events, const std::vector<Constraint>& all) {
  std::vector<int64_t> times(events, 0);
  for (size_t round = 0; round <= events; ++round) {
    bool changed = false;
    for (const Constraint& c : all) {
      if (times[c.to] >= times[c.from] + c.weight) continue;
      times[c.to] = times[c.from] + c.weight;
      changed = true;
    }
    if (!changed) return times;
  }
  return std::nullopt;
}

struct Armed {
  EventIndex event;
  int64_t duration;
  std::vector<EventIndex> seen_by;
};

// A few tasks that arm timers, see that they have not expired, meet, and expiries.
class Simulated {
 public:
  explicit Simulated(uint64_t seed) : random_(seed), last_(3, sim::kNoEvent) {}

  void Run() {
    for (EventIndex event = 0; event < 25; ++event) Step(event);
  }
  int refused() const { return refused_; }

 private:
  int64_t Pick(size_t n) { return static_cast<int64_t>(random_.Below(n)); }

  void Step(EventIndex event) {
    const size_t task = random_.Below(last_.size());
    std::vector<EventIndex> above, preds;
    LocalTime::Moment start;
    std::vector<LocalTime::Moment> limits;
    std::vector<Constraint> more;
    Armed* timer = armed_.empty() ? nullptr : &armed_[random_.Below(armed_.size())];
    const bool expires = timer != nullptr && Pick(4) == 0;
    const bool sees = timer != nullptr && !expires && Pick(2) == 0;
    if (expires) {
      above = {timer->event};
      preds = timer->seen_by;
      start = {timer->event, timer->duration};
      limits = {start};
      more.push_back({timer->event, event, timer->duration});
      more.push_back({event, timer->event, -timer->duration});
    } else {
      if (last_[task] != sim::kNoEvent) above = {last_[task]};
      if (event > 0 && Pick(3) == 0) preds.push_back(static_cast<EventIndex>(Pick(event)));
    }
    if (sees) {
      preds.push_back(timer->event);
      limits.push_back({timer->event, timer->duration});
      more.push_back({event, timer->event, -timer->duration});
    }
    for (EventIndex p : above) more.push_back({p, event, 0});
    for (EventIndex p : preds) more.push_back({p, event, 0});
    std::vector<Constraint> all = constraints_;
    all.insert(all.end(), more.begin(), more.end());
    const auto least = Solve(event + 1, all);
    if (!times_.begun()) times_.Begin(event);
    const LocalTime::Next next = {above, preds, start, limits};
    std::vector<EventIndex> blockers;
    ASSERT_EQ(times_.Permits(next, &blockers), least.has_value());
    if (!least.has_value()) {
      ++refused_;
      for (EventIndex b : blockers) EXPECT_LT(b, event);
      limits.clear();  // it happens without looking
      std::erase_if(more, [&](const Constraint& c) { return c.from == event; });
    }
    times_.Add({above, preds, start, limits});
    constraints_.insert(constraints_.end(), more.begin(), more.end());
    if (expires) {
      armed_.erase(armed_.begin() + (timer - armed_.data()));
    } else {
      last_[task] = event;
      if (sees && least.has_value()) timer->seen_by.push_back(event);
      if (!sees && Pick(2) == 0) armed_.push_back({event, 1 + Pick(4), {}});
    }
    // Times that follow the order are a solution too, and no earlier.
    const std::vector<int64_t> explained = times_.Explain();
    const auto wanted = Solve(event + 1, constraints_);
    ASSERT_TRUE(wanted.has_value());
    for (const Constraint& c : constraints_) {
      EXPECT_GE(explained[c.to], explained[c.from] + c.weight);
    }
    if (!std::is_sorted(explained.begin(), explained.end())) {
      EXPECT_EQ(explained, *wanted);
    }
    for (size_t i = 0; i <= event; ++i) EXPECT_GE(explained[i], (*wanted)[i]);
  }

  sim::Random random_;
  LocalTime times_;
  std::vector<EventIndex> last_;
  std::vector<Armed> armed_;
  std::vector<Constraint> constraints_;
  int refused_ = 0;
};

TEST(LocalTime, HasASolutionWheneverThereIsOne) {
  int refused = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    Simulated simulated(seed);
    simulated.Run();
    refused += simulated.refused();
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(refused, 20);
}

}  // namespace
}  // namespace heddle::sync
