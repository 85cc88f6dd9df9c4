// SPDX-License-Identifier: Apache-2.0
// CycleWatch: asks another strategy, and ends the execution when a state has come back in a way
// that can go on forever.
//
// Between two equal states anything that was done can be done again, without end: a lasso, a stem
// and a cycle. It is a proof that the program can run forever only if the cycle is fair: every task
// that could move somewhere in it does, no alternative of a select (or of chance) that was ready is
// passed over throughout, and no timer is kept from firing. Fairness is asked in the strong sense,
// so that whoever would end as soon as others move is no finding. Invariant: what ends here counts
// as cut, for other ways to go on from the states of the cycle are not all explored.
// Source: exploration.md, "Loops"; lassos as in Vardi and Wolper, LICS 1986.
#ifndef HEDDLE_CHECKER_CYCLE_WATCH_H_
#define HEDDLE_CHECKER_CYCLE_WATCH_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "sim/execution.h"
#include "sim/program.h"
#include "sim/state.h"
#include "sim/strategy.h"

namespace heddle::checker {

// An execution in which some loop has gone round so often may be an endless one.
inline constexpr uint64_t kManyRounds = 16;
// Where executions are few, they are looked at from here on.
inline constexpr uint64_t kFewRounds = 2;

class CycleWatch : public sim::Strategy {
 public:
  // What such an execution is cut by.
  static constexpr std::string_view kLimit = "repetition";

  enum class Look : uint8_t {
    kWhenLooping,  // once a loop has gone round many times; ends at the first fair repetition
    kAlways,       // remembers all states; looks back where the other strategy ends
  };
  // `rounds`: of a loop, from which on kWhenLooping looks.
  CycleWatch(sim::Strategy& inner, sim::Program& program, Look look, uint64_t rounds = kManyRounds)
      : inner_(inner), program_(program), look_(look), rounds_(rounds) {}

  std::optional<sim::Label> Choose(sim::Execution& execution) override;

  // kAlways, once the execution is over: the events of a shorter way to run forever, by index: a
  // stem without detours and the first fair cycle. Empty: there is none.
  struct Lasso {
    std::vector<sim::EventIndex> stem, cycle;
  };
  Lasso Shortest(const sim::Execution& execution);

 private:
  // A task that can move, and how.
  struct Option {
    sim::TaskId task;
    int32_t alternative;
    uint64_t site;  // of a choice, else 0: any way of moving is as good as any other
    auto operator<=>(const Option&) const = default;
  };
  struct Point {
    std::optional<sim::StateDigest> state;
    bool timers = false;  // some are armed
    size_t options_begin = 0, options_end = 0;
  };

  void Look(sim::Execution& execution, bool with_state);
  void AddOptions(sim::Execution& execution, const sim::Label& label);
  // Whether the events from point `begin` to point `end` can be repeated fairly.
  bool IsFair(const sim::Execution& execution, size_t begin, size_t end) const;
  size_t NumPoints() const { return first_ + points_.size(); }
  const Point& At(size_t point) const { return points_[point - first_]; }

  sim::Strategy& inner_;
  sim::Program& program_;
  enum Look look_;
  uint64_t rounds_;
  size_t first_ = 0;  // the event before which the first point is
  std::vector<Point> points_;
  std::vector<Option> options_;
  struct Seen {
    size_t first = 0;    // the first point with that state
    uint32_t times = 0;  // it has come back
  };
  std::map<sim::StateDigest, Seen> seen_;
  size_t next_state_ = 0;    // the event before which a state is written again
  bool unwritable_ = false;  // states of this program cannot be written
  sim::StateWriter writer_;
};

// Of labels that can all be taken, one that leaves nobody behind: of the task that has waited the
// longest, in the way that it has not taken for the longest.
size_t FairestOf(const std::vector<sim::Label>& labels, const sim::Record& record);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_CYCLE_WATCH_H_
