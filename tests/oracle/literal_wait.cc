// SPDX-License-Identifier: Apache-2.0
// WaitGroup, Cond, atomics, time and contexts of the literal machine.
#include <algorithm>

#include "tests/oracle/literal_machine.h"

namespace heddle::oracle::literal {

void Runtime::StepWaitGroup(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  WaitGroup& w = At(s_.waitgroups, op.object);
  Goroutine& g = G(task);
  if (op.verb == Verb::kWait) {
    bool zero = w.counter == 0 && w.queue.empty();
    if (g.phase == 1) return zero ? Finish(task, {}) : Panic(task, Fault::kReusedWaitGroup);
    if (w.counter == 0) return Finish(task, {});
    w.queue.push_back(task);
    g.phase = 1;
    return Park(task);
  }
  int delta = op.verb == Verb::kDone ? -1 : static_cast<int>(op.arg);
  if (w.counter + delta < 0) return Panic(task, Fault::kNegativeCounter);
  w.counter += delta;
  if (w.counter == 0) {
    for (int waiter : w.queue) Ready(waiter);
    w.queue.clear();
  }
  Finish(task, {});
}

void Runtime::StepCond(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  Cond& c = At(s_.conds, op.object);
  Goroutine& g = G(task);
  auto wake = [this](int waiter) {
    G(waiter).phase = 3;
    G(waiter).seen.push_back({.woken = true});
    Ready(waiter);
  };
  if (op.verb == Verb::kSignal) {
    if (c.notify < c.next) {
      int ticket = c.notify++;
      auto found = std::find_if(c.queue.begin(), c.queue.end(),
                                [&](const auto& entry) { return entry.first == ticket; });
      if (found != c.queue.end()) {
        wake(found->second);
        c.queue.erase(found);
      }
    }
    return Finish(task, {});
  }
  if (op.verb == Verb::kBroadcast) {
    c.notify = c.next;
    for (const auto& [ticket, waiter] : c.queue) wake(waiter);
    c.queue.clear();
    return Finish(task, {});
  }
  Mutex& m = At(s_.mutexes, static_cast<int>(op.arg));
  switch (g.phase) {
    case 0:
      // Without the lock: it may be woken, and then unlock what another has locked meanwhile.
      if (!m.locked) s_.beyond = true;
      g.ticket = c.next++;
      g.phase = 1;
      return;
    case 1:
      if (!m.locked) return Panic(task, Fault::kUnlock);
      Unlock(m);
      g.phase = 2;
      return;
    case 2:
      if (g.ticket < c.notify) return wake(task);
      c.queue.emplace_back(g.ticket, task);
      return Park(task);
    default:
      if (Lock(m, task)) Finish(task, {.flag = true});
      return;
  }
}

void Runtime::StepAtomic(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  int64_t& x = At(s_.atomics, op.object);
  switch (op.verb) {
    case Verb::kLoad:
    case Verb::kAwaitOdd:  // a step only when it is odd
      return Finish(task, {.value = x});
    case Verb::kStore:
      x = op.arg;
      return Finish(task, {});
    default:
      ++x;
      return Finish(task, {.value = x - 1});
  }
}

void Runtime::StepStart(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  Goroutine& other = G(op.object);
  switch (op.verb) {
    case Verb::kSpawn:
      Start(op.object);
      return Finish(task, {});
    case Verb::kAfter:
      other.sleep = {true, s_.now + op.arg};
      return Finish(task, {});
    case Verb::kStopAfter: {
      bool stopped = other.standing == Standing::kNotStarted && other.sleep.armed;
      if (stopped) other.sleep = {};
      return Finish(task, {.flag = stopped});
    }
    default: {
      auto live = std::count_if(s_.tasks.begin(), s_.tasks.end(), [](const Goroutine& g) {
        return g.standing == Standing::kRunning || g.standing == Standing::kParked;
      });
      return Finish(task, {.value = live});
    }
  }
}

// ---- Time ---------------------------------------------------------------------------------------

void Runtime::StepTimer(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  if (op.verb == Verb::kNow) return Finish(task, {.value = s_.now});
  if (op.verb == Verb::kSleep) {
    if (op.arg <= 0) return Finish(task, {});
    G(task).sleep = {true, s_.now + op.arg};
    return Park(task);
  }
  Timer& t = At(s_.timers, op.object);
  bool active = t.armed;
  if (op.object % 2 == 0) {  // as of go1.23: a value that nobody received is taken back
    Channel& ch = At(s_.channels, plan_.first_timer_channel + op.object);
    active |= !ch.buffer.empty();
    ch.buffer.clear();
  }
  t.armed = op.verb == Verb::kArm;
  if (t.armed) t.deadline = s_.now + std::max<int64_t>(op.arg, 0);
  if (op.object < plan_.program.tickers) t.period = op.arg;
  Finish(task, {.flag = active});
}

// Sends the time without waiting: it is dropped when the last one is still there.
void Runtime::Expire(int timer) {
  Timer& t = At(s_.timers, timer);
  t.armed = t.period > 0;
  t.deadline += t.period;
  Channel& ch = At(s_.channels, plan_.first_timer_channel + timer);
  if (!ch.receivers.empty()) {
    Waiter w = ch.receivers.front();
    LeaveQueues(w.task);
    Finish(w.task, {.alternative = w.alternative, .flag = true, .value = s_.now});
  } else if (ch.buffer.empty()) {
    ch.buffer.push_back(s_.now);
  }
}

// A ticker whose last tick nobody has taken: its ticks are dropped.
bool Runtime::IsIdle(int timer) const {
  return At(s_.timers, timer).period > 0 &&
         !At(s_.channels, plan_.first_timer_channel + timer).buffer.empty();
}

// Asynchronous: by one. All that counts is how long it is to the deadlines, so these come nearer.
void Runtime::Advance() {
  if (plan_.time == sim::TimeModel::kAsync) {
    for (Goroutine& g : s_.tasks) --g.sleep.deadline;
    for (Timer& t : s_.timers) --t.deadline;
    return;
  }
  int64_t next = INT64_MAX;
  ForEachArmed([&](int, int64_t deadline) {
    if (deadline > s_.now) next = std::min(next, deadline);
  });
  s_.now = next;
}

// ---- Contexts -----------------------------------------------------------------------------------

void Runtime::StepContext(int task, int choice) {
  const SmallOp& op = plan_.Op(s_, task);
  if (op.verb == Verb::kCancel) return StepCancel(task, choice);
  if (op.verb == Verb::kDerive) return StepDerive(task);
  Context& c = At(s_.contexts, op.object);
  if (G(task).phase == 0) {
    if (Lock(c.mutex, task)) G(task).phase = 1;
    return;
  }
  Unlock(c.mutex);
  Finish(task, {.flag = c.cancelled});
}

// cancelCtx.cancel: phases 0 lock, 1 error and Done, 2 children, 3 it had been cancelled before;
// then, for the outermost call, removal from the parent.
void Runtime::StepCancel(int task, int choice) {
  Goroutine& g = G(task);
  int node = plan_.Op(s_, task).object;
  int parent = At(s_.contexts, node).parent;
  if (g.phase > 0) {
    Context& p = At(s_.contexts, parent);
    if (g.phase == 1) {
      if (!Lock(p.mutex, task)) return;
      std::erase(p.children, node);
      g.phase = 2;
      return;
    }
    Unlock(p.mutex);
    return Finish(task, {.flag = true});
  }
  if (g.calls.empty()) g.calls.push_back({.node = node});
  Cancelling& call = g.calls.back();
  Context& c = At(s_.contexts, call.node);
  if (call.phase == 0) {
    if (Lock(c.mutex, task)) call.phase = c.cancelled ? 3 : 1;
    return;
  }
  if (call.phase == 1) {
    c.cancelled = true;
    call.left = c.children;
    call.phase = 2;
    return Close(plan_.first_done_channel + call.node);
  }
  if (call.phase == 2 && !call.left.empty()) {
    int child = call.left[static_cast<size_t>(choice)];
    std::erase(call.left, child);
    g.calls.push_back({.node = child});
    return;
  }
  bool did = call.phase == 2;
  if (did) c.children.clear();
  Unlock(c.mutex);
  g.calls.pop_back();
  if (!g.calls.empty()) return;
  if (did && parent >= 0) {
    g.phase = 1;
  } else {
    Finish(task, {.flag = did});
  }
}

// propagateCancel: phases 0 look at the parent's Done, 1 lock it, 2 unlock it; 3 and 4 the parent's
// Err, for it was cancelled at the first look.
void Runtime::StepDerive(int task) {
  Goroutine& g = G(task);
  int parent = plan_.Op(s_, task).object;
  int child = plan_.derived[static_cast<size_t>(task)][g.pc];
  Context& p = At(s_.contexts, parent);
  if (g.phase == 0) {
    g.phase = At(s_.channels, plan_.first_done_channel + parent).closed ? 3 : 1;
  } else if (g.phase == 1) {
    if (!Lock(p.mutex, task)) return;
    if (!p.cancelled) p.children.push_back(child);
    At(s_.contexts, child).cancelled = p.cancelled;
    g.ticket = p.cancelled ? 1 : 0;
    g.phase = 2;
  } else if (g.phase == 3) {
    if (!Lock(p.mutex, task)) return;
    At(s_.contexts, child).cancelled = true;
    g.ticket = 1;
    g.phase = 4;
  } else {
    Unlock(p.mutex);
    Finish(task, {.flag = g.ticket == 1});
  }
}

}  // namespace heddle::oracle::literal
