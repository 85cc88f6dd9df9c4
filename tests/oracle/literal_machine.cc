// SPDX-License-Identifier: Apache-2.0
// The steps of the literal machine, and the enumeration of all their interleavings.
#include "tests/oracle/literal_machine.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <unordered_set>

namespace heddle::oracle {

namespace literal {

// ---- Plan ---------------------------------------------------------------------------------------

namespace {

// A select enters the queues in the order of the channels' addresses, and those of one channel in
// any order: only where one queue is entered twice do orders differ.
std::vector<std::vector<int>> OrdersOf(const Communication& comm) {
  std::vector<int> order(comm.cases.size());
  std::iota(order.begin(), order.end(), 0);
  bool twice = false;
  for (size_t i = 0; i < comm.cases.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      const auto &a = comm.cases[i], &b = comm.cases[j];
      twice |= a.channel >= 0 && a.channel == b.channel && a.send == b.send;
    }
  }
  std::vector<std::vector<int>> orders = {order};
  while (twice && std::next_permutation(order.begin(), order.end())) orders.push_back(order);
  return orders;
}

}  // namespace

Plan::Plan(const SmallProgram& p, sim::TimeModel t) : program(p), time(t) {
  for (int capacity : p.capacities) start.channels.push_back({.capacity = capacity});
  first_timer_channel = static_cast<int>(start.channels.size());
  for (int i = 0; i < p.timers; ++i) start.channels.push_back({.capacity = 1});
  first_done_channel = static_cast<int>(start.channels.size());
  start.mutexes.resize(static_cast<size_t>(p.mutexes));
  start.rwmutexes.resize(static_cast<size_t>(p.rwmutexes));
  start.waitgroups.resize(static_cast<size_t>(p.waitgroups));
  start.onces.resize(static_cast<size_t>(p.onces));
  start.conds.resize(static_cast<size_t>(p.conds));
  start.atomics.resize(static_cast<size_t>(p.atomics));
  start.timers.resize(static_cast<size_t>(p.timers));
  auto context = [&](int parent) {
    start.contexts.push_back({.parent = parent});
    start.channels.push_back({});
    return static_cast<int>(start.contexts.size()) - 1;
  };
  for (int parent : p.contexts) {
    int node = context(parent);
    if (parent >= 0) start.contexts[static_cast<size_t>(parent)].children.push_back(node);
  }
  comms.resize(p.tasks.size());
  derived.resize(p.tasks.size());
  for (size_t task = 0; task < p.tasks.size(); ++task) {
    for (const SmallOp& op : p.tasks[task]) {
      derived[task].push_back(op.verb == Verb::kDerive ? context(op.object) : -1);
      Communication comm;
      switch (op.verb) {
        case Verb::kSend:
        case Verb::kReceive:
          comm.cases = {{op.verb == Verb::kSend, op.object, op.arg}};
          break;
        case Verb::kSelect:
          for (const SmallCase& c : op.cases) {
            int channel = c.channel;
            if (channel >= kDoneChannel) {
              channel += first_done_channel - kDoneChannel;
            } else if (channel >= kTimerChannel) {
              channel += first_timer_channel - kTimerChannel;
            }
            comm.cases.push_back({c.send, channel, c.value});
          }
          comm.is_select = true;
          comm.has_default = op.has_default;
          break;
        case Verb::kAwaitReceive:
          comm.cases = {{false, op.object}};
          comm.is_select = comm.has_default = true;
          break;
        case Verb::kTimerPoll:
        case Verb::kTimerReceive:
          comm.cases = {{false, first_timer_channel + op.object}};
          comm.is_select = comm.has_default = op.verb == Verb::kTimerPoll;
          break;
        case Verb::kDonePoll:
        case Verb::kDoneReceive:
          comm.cases = {{false, first_done_channel + op.object}};
          comm.is_select = comm.has_default = op.verb == Verb::kDonePoll;
          break;
        default:
          break;
      }
      comm.orders = OrdersOf(comm);
      comms[task].push_back(std::move(comm));
    }
  }
  by_main = p.StartedByMain();
  counts = p.Counts();
  start.tasks.resize(p.tasks.size());
  Runtime runtime(*this, start);
  runtime.StartAll();
}

// ---- Steps --------------------------------------------------------------------------------------

void Runtime::StartAll() {
  if (plan_.counts) {
    Ready(0);
    s_.next_start = 1;
    return;
  }
  for (size_t t = 0; t < s_.tasks.size(); ++t) {
    if (plan_.by_main[t]) Start(static_cast<int>(t));
  }
}

void Runtime::Start(int task) {
  Ready(task);
  Settle(task);
}

void Runtime::Settle(int task) {
  Goroutine& g = G(task);
  const std::vector<SmallOp>& body = plan_.program.tasks[static_cast<size_t>(task)];
  while (g.pc < body.size()) {
    if (body[g.pc].verb == Verb::kIfOdd) {
      g.pc += g.value % 2 != 1 ? 2 : 1;
    } else if (body[g.pc].verb == Verb::kIfTrue) {
      g.pc += !g.flag ? 2 : 1;
    } else {
      return;
    }
  }
  g.pc = body.size();
  if (!plan_.counts) g.standing = Standing::kGone;
  g.ending = Ending::kDone;
}

void Runtime::Finish(int task, const Seen& seen) {
  Goroutine& g = G(task);
  g.seen.push_back(seen);
  g.value = seen.value;
  g.flag = seen.flag;
  g.phase = g.ticket = 0;
  ++g.pc;
  Ready(task);
  Settle(task);
}

void Runtime::Panic(int task, int status, int alternative) {
  Goroutine& g = G(task);
  const Seen seen{.alternative = alternative, .status = status};
  if (plan_.program.recovers && status < Fault::kUnlock) return Finish(task, seen);
  g.seen.push_back(seen);
  g.standing = plan_.counts ? Standing::kRunning : Standing::kGone;
  g.ending = Ending::kPanicked;
}

int Runtime::Ways(int task) const {
  const Goroutine& g = G(task);
  if (g.ending != Ending::kBlocked || (task == 0 && s_.next_start > 0)) return 1;
  const int object = plan_.Op(s_, task).object;
  switch (plan_.Op(s_, task).verb) {
    case Verb::kAwaitOdd:
      return At(s_.atomics, object) % 2 == 1 ? 1 : 0;
    case Verb::kAwaitLock:
      return At(s_.mutexes, object).locked ? 0 : 1;
    case Verb::kAwaitReceive:
      return CanProceed(plan_.Comm(s_, task).cases[0]) ? 1 : 0;
    case Verb::kSend:
    case Verb::kReceive:
    case Verb::kSelect:
    case Verb::kTimerReceive:
    case Verb::kTimerPoll:
    case Verb::kDonePoll:
    case Verb::kDoneReceive:
      return WaysToCommunicate(plan_.Comm(s_, task));
    case Verb::kChoose:
      return static_cast<int>(plan_.Op(s_, task).arg);
    case Verb::kCancel:
      if (g.calls.empty() || g.calls.back().phase != 2) return 1;
      return std::max(1, static_cast<int>(g.calls.back().left.size()));
    default:
      return 1;
  }
}

void Runtime::Step(int task, int choice) {
  if (task == 0 && s_.next_start > 0) {
    while (s_.next_start < s_.tasks.size() && !plan_.by_main[s_.next_start]) ++s_.next_start;
    if (s_.next_start < s_.tasks.size()) return Start(static_cast<int>(s_.next_start++));
    s_.next_start = 0;
    return Settle(0);
  }
  if (G(task).ending != Ending::kBlocked) {
    G(task).standing = Standing::kGone;
    return;
  }
  const SmallOp& op = plan_.Op(s_, task);
  switch (op.verb) {
    case Verb::kSend:
    case Verb::kReceive:
    case Verb::kSelect:
    case Verb::kTimerReceive:
    case Verb::kTimerPoll:
    case Verb::kDonePoll:
    case Verb::kDoneReceive:
    case Verb::kAwaitReceive:
      return Communicate(task, choice);
    case Verb::kClose:
      return StepClose(task);
    case Verb::kLen:
      return StepLen(task);
    case Verb::kLock:
    case Verb::kTryLock:
    case Verb::kUnlock:
    case Verb::kAwaitLock:
      return StepMutex(task);
    case Verb::kRLock:
    case Verb::kTryRLock:
    case Verb::kRUnlock:
    case Verb::kRwLock:
    case Verb::kRwTryLock:
    case Verb::kRwUnlock:
      return StepRwMutex(task);
    case Verb::kAdd:
    case Verb::kDone:
    case Verb::kWait:
      return StepWaitGroup(task);
    case Verb::kOnceEnter:
    case Verb::kOnceLeave:
      return StepOnce(task);
    case Verb::kCondWait:
    case Verb::kSignal:
    case Verb::kBroadcast:
      return StepCond(task);
    case Verb::kLoad:
    case Verb::kStore:
    case Verb::kIncrement:
    case Verb::kAwaitOdd:
      return StepAtomic(task);
    case Verb::kSpawn:
    case Verb::kAfter:
    case Verb::kStopAfter:
    case Verb::kCount:
      return StepStart(task);
    case Verb::kSleep:
    case Verb::kArm:
    case Verb::kStop:
    case Verb::kNow:
      return StepTimer(task);
    case Verb::kCancel:
    case Verb::kErr:
    case Verb::kDerive:
      return StepContext(task, choice);
    case Verb::kChoose:
      return Finish(task, {.alternative = choice, .value = choice});
    case Verb::kIfOdd:
    case Verb::kIfTrue:
      return;  // Settle has passed them
  }
}

void Runtime::Moves(std::vector<Move>* out) const {
  for (size_t t = 0; t < s_.tasks.size(); ++t) {
    if (s_.tasks[t].standing != Standing::kRunning) continue;
    int task = static_cast<int>(t);
    for (int i = Ways(task); i-- > 0;) out->push_back({task, i});
  }
  bool due = false, later = false, idle = out->empty();
  ForEachArmed([&](int actor, int64_t deadline) {
    due |= deadline <= s_.now;
    later |= deadline > s_.now;
    idle &= actor >= kTimers && IsIdle(actor - kTimers);
    if (deadline <= s_.now) out->push_back({actor});
  });
  if (plan_.time == sim::TimeModel::kAsync) {
    // Time may pass whatever others do, but not beyond a deadline.
    if (idle) out->clear();
    if (!idle && !due && later) out->push_back({kClock});
    return;
  }
  if (out->empty() && later) out->push_back({kClock});
}

void Runtime::Do(Move move) {
  if (move.actor < kSleepers) return Step(move.actor, move.choice);
  if (move.actor == kClock) return Advance();
  if (move.actor >= kTimers) return Expire(move.actor - kTimers);
  int task = move.actor - kSleepers;
  G(task).sleep = {};
  if (G(task).standing == Standing::kNotStarted) return Start(task);
  Finish(task, {});
}

std::string Runtime::Outcome() const {
  std::string text;
  for (size_t t = 0; t < s_.tasks.size(); ++t) {
    const Goroutine& g = s_.tasks[t];
    text += fmt::format("[{}]", t);
    for (const Seen& seen : g.seen) {
      text += seen.woken ? " woken"
                         : fmt::format(" {}:{}:{}:{}", seen.alternative, seen.flag, seen.value,
                                       seen.status);
    }
    text += g.ending == Ending::kDone       ? " done\n"
            : g.ending == Ending::kPanicked ? " panicked\n"
                                            : " blocked\n";
  }
  for (int64_t v : s_.atomics) text += fmt::format(" {}", v);
  return text;
}

}  // namespace literal

std::optional<LiteralAnswer> RunLiterally(const SmallProgram& program, sim::TimeModel time,
                                          size_t limit) {
  using literal::State;
  literal::Plan plan(program, time);
  LiteralAnswer answer;
  std::unordered_set<std::string> known;
  std::vector<State> todo = {plan.start};
  std::vector<literal::Move> moves;
  while (!todo.empty()) {
    State state = std::move(todo.back());
    todo.pop_back();
    if (!known.insert(literal::Key(state)).second) continue;
    if (known.size() > limit) return std::nullopt;
    answer.beyond |= state.beyond;
    moves.clear();
    literal::Runtime runtime(plan, state);
    runtime.Moves(&moves);
    if (moves.empty()) answer.outcomes.insert(runtime.Outcome());
    for (literal::Move move : moves) {
      todo.push_back(state);
      literal::Runtime(plan, todo.back()).Do(move);
    }
  }
  answer.states = known.size();
  return answer;
}

}  // namespace heddle::oracle
