// SPDX-License-Identifier: Apache-2.0
// Generating and running small random programs.
#include "tests/oracle/small_program.h"

#include <fmt/format.h>

#include <deque>
#include <map>
#include <memory>

#include "models/sync/calls.h"
#include "models/sync/context.h"

namespace heddle::oracle {

using sync::CallSite;

// ---- Text

namespace {

constexpr const char* kVerbNames[] = {
    "send",      "receive",  "select", "close",     "len",      "lock",
    "trylock",   "unlock",   "rlock",  "tryrlock",  "runlock",  "rwlock",
    "rwtrylock", "rwunlock", "add",    "done",      "wait",     "once",
    "onceleave", "condwait", "signal", "broadcast", "load",     "store",
    "increment", "sleep",    "arm",    "stop",      "now",      "timerreceive",
    "timerpoll", "cancel",   "err",    "derive",    "donepoll", "donereceive",
    "spawn",     "count",    "after",  "stopafter", "awaitodd", "awaitreceive",
    "awaitlock", "choose",   "ifodd",  "iftrue"};

std::string ToString(const SmallOp& op) {
  std::string text = fmt::format("{}({}", kVerbNames[static_cast<int>(op.verb)], op.object);
  if (op.arg != 0) text += fmt::format(",{}", op.arg);
  for (const SmallCase& c : op.cases) {
    text += c.send ? fmt::format(" send {}<-{}", c.channel, c.value)
                   : fmt::format(" recv {}", c.channel);
  }
  if (op.has_default) text += " default";
  return text + ")";
}

}  // namespace

std::string SmallProgram::ToString() const {
  std::string text = "channels:";
  for (int c : capacities) text += fmt::format(" {}", c);
  text += fmt::format(" tickers: {} contexts:", tickers);
  for (int c : contexts) text += fmt::format(" {}", c);
  if (recovers) text += " recovers";
  for (auto [key, bound] : {std::pair("goroutines", bounds.goroutines),
                            {"rounds", bounds.rounds},
                            {"timers", bounds.timers},
                            {"messages", bounds.messages}}) {
    if (bound != sim::Bounds::kNone) text += fmt::format(" {}<={}", key, bound);
  }
  for (size_t t = 0; t < tasks.size(); ++t) {
    text += fmt::format("\n  task {}:", t);
    for (const SmallOp& op : tasks[t]) text += " " + oracle::ToString(op);
  }
  return text;
}

bool NamesTask(Verb verb) {
  return verb == Verb::kSpawn || verb == Verb::kAfter || verb == Verb::kStopAfter;
}

bool SmallProgram::Counts() const {
  for (const auto& task : tasks) {
    for (const SmallOp& op : task) {
      if (op.verb == Verb::kCount) return true;
    }
  }
  return false;
}

std::vector<bool> SmallProgram::StartedByMain() const {
  std::vector<bool> by_main(tasks.size(), true);
  for (const auto& task : tasks) {
    for (const SmallOp& op : task) {
      if (op.verb == Verb::kSpawn || op.verb == Verb::kAfter) {
        by_main[static_cast<size_t>(op.object)] = false;
      }
    }
  }
  return by_main;
}

// ---- Generation

namespace {

class Generator {
 public:
  Generator(sim::Random& random, const std::string& mode, bool sleeps)
      : random_(random), mode_(mode), sleeps_(sleeps) {}

  SmallProgram Run() {
    MakeObjects();
    counts_ = Has("spawn") && Coin(50);
    size_t tasks = 2 + random_.Below(3);
    size_t budget = 10;
    for (size_t t = 0; t < tasks; ++t) {
      size_t want = std::min<size_t>(1 + random_.Below(tasks > 3 ? 3 : 4), budget);
      p_.tasks.push_back(Body(want));
      budget -= std::min(budget, p_.tasks.back().size());
      if (budget == 0) break;
    }
    if (Has("spawn")) StartEachOther();
    p_.recovers = Has("panic");
    return std::move(p_);
  }

 private:
  // Gives most tasks a parent other than main.
  void StartEachOther() {
    for (size_t t = 1; t < p_.tasks.size(); ++t) {
      if (Coin(30)) continue;
      std::vector<SmallOp>& parent = p_.tasks[random_.Below(t)];
      SmallOp start{.verb = Verb::kSpawn, .object = static_cast<int>(t)};
      bool after = Coin(60);
      if (after) {
        start.verb = Verb::kAfter;
        start.arg = 1 + Pick(2);
      }
      // Not between a condition and what it decides about.
      size_t at = Coin(50) ? 0 : parent.size();
      parent.insert(parent.begin() + static_cast<ptrdiff_t>(at), start);
      if (after && Coin(60)) {
        start.verb = Verb::kStopAfter;
        p_.tasks[random_.Below(t)].push_back(start);
      }
    }
  }

  bool Has(const char* modes) const {
    return fmt::format(" {} ", modes).find(fmt::format(" {} ", mode_)) != std::string::npos;
  }
  bool Coin(unsigned percent) { return random_.Percent(percent); }

  void MakeObjects() {
    for (int i = 0; i < 2; ++i) {
      bool sometimes = i == 0 || Coin(50);
      if (!sometimes) break;
      if (Has("chan sel mix all time tree spawn panic await") && Coin(75))
        p_.capacities.push_back(0);
      if (Has("chanbuf sel mix all wg time spawn panic await") && Coin(75)) {
        p_.capacities.push_back(1 + static_cast<int>(random_.Below(2)));
      }
      if (Has("lock mix rw all cond await") && Coin(75)) ++p_.mutexes;
      if (Has("rw all") && Coin(75)) ++p_.rwmutexes;
      if (Has("wg all") && Coin(75)) ++p_.waitgroups;
      if (Has("once all") && Coin(75)) ++p_.onces;
      if (Has("cond") && Coin(75)) ++p_.conds;
      if (Has("mix all once spawn await") && Coin(75)) ++p_.atomics;
      if (Has("time") && Coin(60)) ++p_.timers;
      if (Has("time") && p_.timers > p_.tickers && Coin(25)) ++p_.tickers;
    }
    if (Has("ctx")) {
      size_t n = 1 + random_.Below(3);
      for (size_t i = 0; i < n; ++i) {
        p_.contexts.push_back(i == 0 ? -1 : static_cast<int>(random_.Below(i + 1)) - 1);
      }
    }
    if (Has("tree")) {
      p_.contexts = {-1, 0, 0};
      if (Coin(50)) p_.contexts.push_back(static_cast<int>(random_.Below(3)));
      p_.atomics = static_cast<int>(random_.Below(2));
    }
    if (p_.conds > 0 && p_.mutexes == 0) p_.mutexes = 1;
    if (p_.capacities.empty() &&
        p_.mutexes + p_.rwmutexes + p_.waitgroups + p_.onces + p_.atomics == 0) {
      ++p_.atomics;
    }
  }

  int Pick(int n) { return static_cast<int>(random_.Below(static_cast<uint64_t>(n))); }

  SmallOp Select() {
    SmallOp op{.verb = Verb::kSelect};
    size_t n = 1 + random_.Below(Has("sel panic") ? 3 : 2);
    for (size_t i = 0; i < n; ++i) {
      if (!p_.contexts.empty() && (p_.capacities.empty() || Coin(50))) {
        int at = Pick(static_cast<int>(p_.contexts.size()));
        op.cases.push_back({false, kDoneChannel + at, 0});
        continue;
      }
      if (p_.timers > 0 && (p_.capacities.empty() || Coin(40))) {
        op.cases.push_back({false, kTimerChannel + Pick(p_.timers), 0});
        continue;
      }
      int channel = Coin(4) ? -1 : Pick(static_cast<int>(p_.capacities.size()));
      op.cases.push_back({Coin(40), channel, ++value_});
    }
    op.has_default = Coin(40);
    return op;
  }

  // A short sequence that belongs together.
  std::vector<SmallOp> Piece() {
    std::vector<std::vector<SmallOp>> c;
    if (!p_.capacities.empty()) {
      int ch = Pick(static_cast<int>(p_.capacities.size()));
      for (int i = 0; i < 3; ++i) {
        c.push_back({{.verb = Verb::kSend, .object = ch, .arg = ++value_}});
        c.push_back({{.verb = Verb::kReceive, .object = ch}});
      }
      c.push_back({{.verb = Verb::kClose, .object = ch}});
      if (Has("sel panic") && Coin(10)) {
        constexpr Verb kOnNil[] = {Verb::kSend, Verb::kReceive, Verb::kClose, Verb::kLen};
        c.push_back({{.verb = kOnNil[random_.Below(4)], .object = -1}});
      }
      if (Has("await")) c.push_back({{.verb = Verb::kAwaitReceive, .object = ch}});
      if (!Has("chan chanbuf")) {
        for (int i = 0; i < 4; ++i) c.push_back({Select()});
      } else {
        c.push_back({Select()});
        c.push_back({{.verb = Verb::kLen, .object = ch}});
      }
    }
    if (p_.mutexes > 0) {
      int m = Pick(p_.mutexes);
      SmallOp lock{.verb = Verb::kLock, .object = m}, unlock{.verb = Verb::kUnlock, .object = m};
      c.push_back({lock, unlock});
      c.push_back({lock});
      if (Has("await")) c.push_back({{.verb = Verb::kAwaitLock, .object = m}, unlock});
      c.push_back({{.verb = Verb::kTryLock, .object = m}, {.verb = Verb::kIfTrue}, unlock});
      if (depth_ == 0) {
        ++depth_;
        std::vector<SmallOp> inside = {lock};
        for (const SmallOp& op : Piece()) inside.push_back(op);
        inside.push_back(unlock);
        c.push_back(inside);
        --depth_;
      }
    }
    if (p_.conds > 0) {
      int k = Pick(p_.conds), m = 0;
      std::vector<SmallOp> wait = {{.verb = Verb::kLock, .object = m},
                                   {.verb = Verb::kCondWait, .object = k, .arg = m},
                                   {.verb = Verb::kUnlock, .object = m}};
      c.push_back(wait);
      c.push_back(wait);
      c.push_back({{.verb = Verb::kSignal, .object = k}});
      c.push_back({{.verb = Verb::kSignal, .object = k}});
      c.push_back({{.verb = Verb::kBroadcast, .object = k}});
    }
    if (p_.atomics > 0) {
      int x = Pick(p_.atomics);
      c.push_back({{.verb = Verb::kLoad, .object = x}});
      c.push_back({{.verb = Verb::kStore, .object = x, .arg = ++value_}});
      c.push_back({{.verb = Verb::kIncrement, .object = x}});
      if (Has("await")) {
        c.push_back({{.verb = Verb::kAwaitOdd, .object = x}});
        c.push_back({{.verb = Verb::kAwaitOdd, .object = x}});
      }
      c.push_back({{.verb = Verb::kLoad, .object = x}, {.verb = Verb::kIfOdd}});
    }
    if (p_.rwmutexes > 0) {
      int r = Pick(p_.rwmutexes);
      SmallOp rlock{.verb = Verb::kRLock, .object = r},
          runlock{.verb = Verb::kRUnlock, .object = r};
      SmallOp wlock{.verb = Verb::kRwLock, .object = r},
          wunlock{.verb = Verb::kRwUnlock, .object = r};
      c.push_back({rlock, runlock});
      c.push_back({wlock, wunlock});
      c.push_back({rlock, rlock, runlock, runlock});
      c.push_back({{.verb = Verb::kTryRLock, .object = r}, {.verb = Verb::kIfTrue}, runlock});
      c.push_back({{.verb = Verb::kRwTryLock, .object = r}, {.verb = Verb::kIfTrue}, wunlock});
      if (Coin(15)) c.push_back({runlock});
      if (Coin(15)) c.push_back({wunlock});
    }
    if (p_.waitgroups > 0) {
      int w = Pick(p_.waitgroups);
      c.push_back({{.verb = Verb::kAdd, .object = w, .arg = 1}});
      c.push_back({{.verb = Verb::kDone, .object = w}});
      c.push_back({{.verb = Verb::kWait, .object = w}});
      c.push_back(
          {{.verb = Verb::kAdd, .object = w, .arg = 1}, {.verb = Verb::kDone, .object = w}});
    }
    if (p_.onces > 0) {
      int o = Pick(p_.onces);
      std::vector<SmallOp> once = {{.verb = Verb::kOnceEnter, .object = o}};
      if (Coin(70)) {
        once.push_back({.verb = Verb::kIfTrue});
        once.push_back({.verb = Verb::kOnceLeave, .object = o});
      }
      c.push_back(once);
      c.push_back(once);
    }
    if (Has("time")) {
      c.push_back({{.verb = Verb::kSleep, .arg = 1 + static_cast<int64_t>(random_.Below(2))}});
      c.push_back({{.verb = Verb::kNow}});
    }
    if (p_.timers > 0) {
      int t = Pick(p_.timers);
      SmallOp arm{
          .verb = Verb::kArm, .object = t, .arg = 1 + static_cast<int64_t>(random_.Below(3))};
      c.push_back({arm});
      c.push_back({arm, {.verb = Verb::kTimerReceive, .object = t}});
      c.push_back({{.verb = Verb::kStop, .object = t}});
      c.push_back({{.verb = Verb::kStop, .object = t}, {.verb = Verb::kIfTrue}});
      c.push_back({{.verb = Verb::kTimerPoll, .object = t}});
      c.push_back({arm, Select()});
      c.push_back({Select()});
    }
    if (!p_.contexts.empty()) {
      int x = Pick(static_cast<int>(p_.contexts.size()));
      c.push_back({{.verb = Verb::kCancel, .object = x}});
      c.push_back({{.verb = Verb::kCancel, .object = x}});
      c.push_back({{.verb = Verb::kErr, .object = x}});
      c.push_back({{.verb = Verb::kDonePoll, .object = x}});
      c.push_back({{.verb = Verb::kDoneReceive, .object = x}});
      c.push_back({{.verb = Verb::kDerive, .object = x}});
      if (Has("tree")) {
        for (int i = 0; i < 3; ++i) {
          int at = Pick(static_cast<int>(p_.contexts.size()));
          c.push_back({{.verb = Verb::kCancel, .object = 0}});
          c.push_back({{.verb = Verb::kDoneReceive, .object = at}});
          c.push_back({Select()});
          if (Coin(50)) c.push_back({c.back()[0], {.verb = Verb::kErr, .object = at}});
        }
      }
    }
    if (Has("spawn") && counts_) c.push_back({{.verb = Verb::kCount}});
    if (Coin(6)) {
      c.push_back({{.verb = Verb::kChoose, .arg = 2}, {.verb = Verb::kIfOdd}});
    }
    return c[random_.Below(c.size())];
  }

  std::vector<SmallOp> Body(size_t want) {
    std::vector<SmallOp> body;
    while (body.size() < want) {
      if (sleeps_ && Coin(35)) {
        body.push_back({.verb = Verb::kSleep, .arg = 1 + static_cast<int64_t>(random_.Below(2))});
      }
      for (const SmallOp& op : Piece()) body.push_back(op);
      Verb last = body.back().verb;
      if ((last == Verb::kReceive || last == Verb::kSelect || last == Verb::kLoad ||
           last == Verb::kTimerPoll || last == Verb::kErr) &&
          Coin(25)) {
        body.push_back({.verb = Verb::kIfOdd});
      }
    }
    return body;
  }

  sim::Random& random_;
  const std::string& mode_;
  bool sleeps_;
  SmallProgram p_;
  int64_t value_ = 0;
  int depth_ = 0;
  bool counts_ = false;  // asks for the number of goroutines
};

}  // namespace

SmallProgram Generate(sim::Random& random, const std::string& mode, bool sleeps) {
  if (mode == "joined") return GenerateJoined(random, sleeps);
  return Generator(random, mode, sleeps).Run();
}

void BoundAtRandom(sim::Random& random, SmallProgram* program) {
  bool sends = false, spins = false, timers = false;
  for (const auto& task : program->tasks) {
    for (const SmallOp& op : task) {
      sends |= op.verb == Verb::kSend;
      for (const SmallCase& c : op.cases) sends |= c.send;
      spins |= op.verb == Verb::kAwaitOdd || op.verb == Verb::kAwaitReceive ||
               op.verb == Verb::kAwaitLock;
      timers |= op.verb == Verb::kSleep || op.verb == Verb::kArm || op.verb == Verb::kAfter;
    }
  }
  std::vector<uint64_t*> bounds = {&program->bounds.goroutines};
  if (sends) bounds.insert(bounds.end(), 3, &program->bounds.messages);
  if (spins) bounds.insert(bounds.end(), 3, &program->bounds.rounds);
  if (timers) bounds.insert(bounds.end(), 3, &program->bounds.timers);
  uint64_t* bound = bounds[random.Below(bounds.size())];
  *bound = random.Below(3);
  // There is always the first goroutine, and a loop has a first round.
  if (bound == &program->bounds.goroutines) *bound = 1 + random.Below(program->tasks.size());
  if (bound == &program->bounds.rounds) ++*bound;
}

// ---- Running

namespace {

// Queued values of one channel.
class Store : public sim::PayloadStore {
 public:
  void Hand(void* from, void* to) override {
    *static_cast<int64_t*>(to) = *static_cast<int64_t*>(from);
  }
  void Push(void* from) override { queue_.push_back(*static_cast<int64_t*>(from)); }
  void Pop(void* to) override {
    int64_t v = queue_.front();
    queue_.pop_front();
    if (to != nullptr) *static_cast<int64_t*>(to) = v;
  }
  void Zero(void* to) override { *static_cast<int64_t*>(to) = 0; }
  void Drop() override { queue_.pop_front(); }
  std::string Show(const void*) const override { return ""; }
  void PushValue(int64_t v) { queue_.push_back(v); }

 private:
  std::deque<int64_t> queue_;
};

class Client : public sim::TaskClient {
 public:
  std::string Name() const override { return "task"; }
  sim::TraceSite Site(uint64_t) const override { return {}; }
  std::vector<sim::TraceSite> Stack() const override { return {}; }
  sim::TraceSite CreatedAt() const override { return {}; }
  void Reachable(const std::function<void(sim::ObjectId)>&) const override {}
  bool cooperative() const override { return true; }
};

class TickClient : public sim::TimerClient {
 public:
  TickClient(Store& store, bool blind) : store_(store), blind_(blind) {}
  void Tick(int64_t now) override { store_.PushValue(blind_ ? 0 : now); }
  std::function<void()> Function() override { return {}; }
  sim::TaskClient* FunctionClient() override { return nullptr; }

 private:
  Store& store_;
  bool blind_;
};

class StartClient : public sim::TimerClient {
 public:
  StartClient(std::function<void()> body, sim::TaskClient* client)
      : body_(std::move(body)), client_(client) {}
  void Tick(int64_t) override {}
  std::function<void()> Function() override { return body_; }
  sim::TaskClient* FunctionClient() override { return client_; }

 private:
  std::function<void()> body_;
  sim::TaskClient* client_;
};

}  // namespace

struct SmallRunner::State {
  sim::Execution* ex = nullptr;
  Client client;
  std::deque<Store> stores;
  std::vector<sync::ChannelRef> channels;
  std::vector<sync::ObjectRef> mutexes, rwmutexes, waitgroups, onces, conds, atomics;
  std::vector<int64_t> values;
  std::vector<sync::TimerRef> timers;
  std::deque<TickClient> ticks;
  std::vector<sync::TimerRef> after;  // by task that it starts
  std::deque<StartClient> starts;
  std::deque<sync::ContextCore> contexts;
  std::vector<std::string> observed;
  std::vector<std::string> ended;
};

SmallRunner::SmallRunner(const SmallProgram& program) : program_(program) {}
SmallRunner::~SmallRunner() = default;

std::function<void()> SmallRunner::Start(sim::Execution& ex, sim::TaskClient** client) {
  state_ = std::make_unique<State>();
  State& s = *state_;
  s.ex = &ex;
  *client = &s.client;
  s.observed.assign(program_.tasks.size(), "");
  s.ended.assign(program_.tasks.size(), "blocked");
  return [this] {
    State& s = *state_;
    auto object = [&] { return s.ex->NewObject(); };
    for (int capacity : program_.capacities) {
      s.channels.push_back({object(), capacity, &s.stores.emplace_back()});
    }
    auto make = [&](std::vector<sync::ObjectRef>& refs, int n) {
      for (int i = 0; i < n; ++i) refs.push_back({object()});
    };
    make(s.mutexes, program_.mutexes);
    make(s.rwmutexes, program_.rwmutexes);
    make(s.waitgroups, program_.waitgroups);
    make(s.onces, program_.onces);
    make(s.conds, program_.conds);
    make(s.atomics, program_.atomics);
    s.values.assign(static_cast<size_t>(program_.atomics), 0);
    for (int i = 0; i < program_.timers; ++i) {
      Store& store = s.stores.emplace_back();
      sync::ChannelRef channel{object(), 1, &store, /*ticks=*/true};
      s.timers.push_back({object(), i < program_.tickers ? sync::kTickerTimer : sync::kChannelTimer,
                          i % 2 == 0, channel});
      s.ticks.emplace_back(store, program_.blind);
    }
    for (int parent : program_.contexts) {
      sync::ContextCore& c = s.contexts.emplace_back();
      c.node = object();
      c.done = {object(), 0, &s.stores.emplace_back()};
      if (parent >= 0) c.parent = &s.contexts[static_cast<size_t>(parent)];
      sync::ContextAttach(*s.ex, c, {});
    }
    std::vector<bool> by_main = program_.StartedByMain();
    for (size_t t = 0; t < program_.tasks.size(); ++t) {
      s.after.push_back(by_main[t] ? sync::TimerRef{}
                                   : sync::TimerRef{object(), sync::kFunctionTimer, true, {}});
      s.starts.emplace_back([this, t] { RunTask(t); }, &s.client);
    }
    for (size_t t = 1; t < program_.tasks.size(); ++t) {
      if (!by_main[t]) continue;
      sync::Go(*s.ex, [this, t] { RunTask(t); }, &s.client, {});
    }
    RunTask(0);
  };
}

void SmallRunner::RunTask(size_t task) {
  State& s = *state_;
  sim::Execution& ex = *s.ex;
  const std::vector<SmallOp>& body = program_.tasks[task];
  int64_t value = 0;
  bool flag = false;
  for (size_t pc = 0; pc < body.size(); ++pc) {
    const SmallOp& op = body[pc];
    size_t o = static_cast<size_t>(op.object);
    auto channel = [&s](int i) {
      if (i >= kDoneChannel) return s.contexts[static_cast<size_t>(i - kDoneChannel)].done;
      if (i >= kTimerChannel) return s.timers[static_cast<size_t>(i - kTimerChannel)].channel;
      return i < 0 ? sync::ChannelRef{} : s.channels[static_cast<size_t>(i)];
    };
    sim::Result r;
    value = op.verb == Verb::kIfOdd || op.verb == Verb::kIfTrue ? value : 0;
    int64_t slot = op.arg;
    switch (op.verb) {
      case Verb::kSend:
        r = sync::Send(ex, channel(op.object), &slot, {});
        break;
      case Verb::kReceive:
        r = sync::Receive(ex, channel(op.object), &slot, {});
        value = slot;
        break;
      case Verb::kSelect: {
        std::vector<sync::SelectCase> cases;
        std::vector<int64_t> slots;
        for (const SmallCase& c : op.cases) slots.push_back(c.value);
        for (size_t i = 0; i < op.cases.size(); ++i) {
          const SmallCase& c = op.cases[i];
          cases.push_back({channel(c.channel), c.send, &slots[i]});
        }
        r = sync::Select(ex, cases, op.has_default, {});
        if (!sync::Abandoned(r) && r.alternative >= 0 &&
            !op.cases[static_cast<size_t>(r.alternative)].send) {
          value = slots[static_cast<size_t>(r.alternative)];
        }
        break;
      }
      case Verb::kClose:
        r = sync::Close(ex, channel(op.object), {});
        break;
      case Verb::kLen:
        r = sync::Len(ex, channel(op.object), {});
        value = r.value;
        break;
      case Verb::kLock:
        r = sync::Act(ex, sync::kLock, s.mutexes[o], {});
        break;
      case Verb::kTryLock:
        r = sync::Act(ex, sync::kTryLock, s.mutexes[o], {});
        break;
      case Verb::kUnlock:
        r = sync::Act(ex, sync::kUnlock, s.mutexes[o], {});
        break;
      case Verb::kRLock:
        r = sync::Act(ex, sync::kRLock, s.rwmutexes[o], {});
        break;
      case Verb::kTryRLock:
        r = sync::Act(ex, sync::kTryRLock, s.rwmutexes[o], {});
        break;
      case Verb::kRUnlock:
        r = sync::Act(ex, sync::kRUnlock, s.rwmutexes[o], {});
        break;
      case Verb::kRwLock:
        r = sync::RwLock(ex, s.rwmutexes[o], {});
        break;
      case Verb::kRwTryLock:
        r = sync::RwTryLock(ex, s.rwmutexes[o], {});
        break;
      case Verb::kRwUnlock:
        r = sync::RwUnlock(ex, s.rwmutexes[o], {});
        break;
      case Verb::kAdd:
        r = sync::WaitGroupAdd(ex, s.waitgroups[o], op.arg, {});
        break;
      case Verb::kDone:
        r = sync::WaitGroupAdd(ex, s.waitgroups[o], -1, {});
        break;
      case Verb::kWait:
        r = sync::Act(ex, sync::kWgWait, s.waitgroups[o], {});
        break;
      case Verb::kOnceEnter:
        r = sync::Act(ex, sync::kOnceEnter, s.onces[o], {});
        break;
      case Verb::kOnceLeave:
        r = sync::Act(ex, sync::kOnceLeave, s.onces[o], {});
        break;
      case Verb::kCondWait:
        r = sync::CondWait(ex, s.conds[o], s.mutexes[static_cast<size_t>(op.arg)], {}, {});
        if (!sync::Abandoned(r) && r.status == sync::kOk) {
          s.observed[task] += " woken";
          r = sync::Act(ex, sync::kLock, s.mutexes[static_cast<size_t>(op.arg)], {});
        }
        break;
      case Verb::kSignal:
        r = sync::Act(ex, sync::kSignal, s.conds[o], {});
        break;
      case Verb::kBroadcast:
        r = sync::Act(ex, sync::kBroadcast, s.conds[o], {});
        break;
      case Verb::kLoad:
        r = sync::Act(ex, sync::kLoad, s.atomics[o], {});
        if (!sync::Abandoned(r)) value = s.values[o];
        break;
      case Verb::kStore:
        r = sync::Act(ex, sync::kStore, s.atomics[o], {});
        if (!sync::Abandoned(r) && !ex.abandoning()) s.values[o] = op.arg;
        break;
      case Verb::kIncrement:
        r = sync::Act(ex, sync::kRmw, s.atomics[o], {});
        if (!sync::Abandoned(r) && !ex.abandoning()) value = s.values[o]++;
        break;
      case Verb::kSleep:
        r = sync::Sleep(ex, op.arg, {});
        break;
      case Verb::kArm:
        r = sync::TimerArm(ex, s.timers[o], op.arg, &s.ticks[o], {});
        break;
      case Verb::kStop:
        r = sync::TimerStop(ex, s.timers[o], {});
        break;
      case Verb::kNow:
        r = sync::Now(ex, {});
        value = program_.blind ? 0 : r.value;
        break;
      case Verb::kTimerReceive:
        r = sync::Receive(ex, s.timers[o].channel, &slot, {});
        value = slot;
        break;
      case Verb::kTimerPoll: {
        sync::SelectCase c{s.timers[o].channel, false, &slot};
        r = sync::Select(ex, {&c, 1}, true, {});
        if (!sync::Abandoned(r) && r.alternative == 0) value = slot;
        break;
      }
      case Verb::kCancel:
        r.flag = sync::ContextCancel(ex, s.contexts[o], {}, {}, {});
        break;
      case Verb::kErr:
        r = sync::ContextErr(ex, s.contexts[o], {});
        break;
      case Verb::kDerive: {
        sync::ContextCore& c = s.contexts.emplace_back();
        c.node = ex.NewObject();
        c.done = {ex.NewObject(), 0, &s.stores.emplace_back()};
        c.parent = &s.contexts[o];
        r.flag = sync::ContextAttach(ex, c, {});
        break;
      }
      case Verb::kDonePoll: {
        sync::SelectCase c{s.contexts[o].done, false, &slot};
        r = sync::Select(ex, {&c, 1}, true, {});
        break;
      }
      case Verb::kDoneReceive:
        r = sync::Receive(ex, s.contexts[o].done, &slot, {});
        break;
      case Verb::kSpawn:
        sync::Go(ex, [this, o] { RunTask(o); }, &s.client, {});
        break;
      case Verb::kCount:
        r = sync::NumTasks(ex, {});
        value = r.value;
        break;
      case Verb::kAfter:
        r = sync::TimerArm(ex, s.after[o], op.arg, &s.starts[o], {});
        break;
      case Verb::kStopAfter:
        if (s.after[o].id.valid()) r = sync::TimerStop(ex, s.after[o], {});
        break;
      case Verb::kAwaitOdd:
      case Verb::kAwaitReceive:
      case Verb::kAwaitLock:
        r = Await(op, &value);
        break;
      case Verb::kChoose:
        r = sync::Choose(ex, op.arg, {});
        value = r.alternative;
        break;
      case Verb::kIfOdd:
        if (value % 2 != 1) ++pc;
        continue;
      case Verb::kIfTrue:
        if (!flag) ++pc;
        continue;
    }
    if (ex.abandoning() || sync::Abandoned(r)) return;
    flag = r.flag;
    s.observed[task] += fmt::format(" {}:{}:{}:{}", r.alternative, r.flag, value, r.status);
    if (r.status != sync::kOk && program_.recovers && !sync::IsFatal(sync::StatusOf(r))) continue;
    if (r.status != sync::kOk) {
      s.ended[task] = "panicked";
      return;
    }
  }
  s.ended[task] = "done";
}

std::vector<sim::ObjectId> SmallRunner::Refutable() const {
  std::vector<sim::ObjectId> ids;
  for (const sync::ObjectRef& w : state_->waitgroups) ids.push_back(w.id);
  for (size_t i = 0; i < program_.contexts.size(); ++i) ids.push_back(state_->contexts[i].node);
  return ids;
}

// Spins until one round has what it wants; the result is that round's.
sim::Result SmallRunner::Await(const SmallOp& op, int64_t* value) {
  State& s = *state_;
  sim::Execution& ex = *s.ex;
  size_t o = static_cast<size_t>(op.object);
  CallSite at;
  for (uint64_t rounds = 0;; ++rounds) {
    if (rounds > program_.bounds.rounds) return sync::StopAtBound(ex, at);
    uint32_t round = ex.record().Find(ex.Current())->operations.size();
    sim::Result r;
    bool enough = false;
    if (op.verb == Verb::kAwaitOdd) {
      r = sync::Act(ex, sync::kLoad, s.atomics[o], at);
      *value = s.values[o];
      enough = *value % 2 == 1;
    } else if (op.verb == Verb::kAwaitReceive) {
      *value = 0;
      sync::SelectCase c{s.channels[o], false, value};
      r = sync::Select(ex, {&c, 1}, true, at);
      enough = r.alternative == 0;
    } else {
      r = sync::Act(ex, sync::kTryLock, s.mutexes[o], at);
      enough = r.flag;
    }
    if (enough || ex.abandoning() || sync::Abandoned(r)) return r;
    at.await_from = round;
  }
}

std::string SmallRunner::Outcome() const {
  std::string text;
  for (size_t t = 0; t < state_->observed.size(); ++t) {
    text += fmt::format("[{}]{} {}\n", t, state_->observed[t], state_->ended[t]);
  }
  for (int64_t v : state_->values) text += fmt::format(" {}", v);
  return text;
}

}  // namespace heddle::oracle
