// SPDX-License-Identifier: Apache-2.0
// Random programs whose tasks are joined by WaitGroups.
//
// Rounds of Add, go and Wait as programs have them, with tasks that start tasks of their own, with
// Waits beside main, and in some programs a Done too many or too few or an Add in the wrong place.
#include <utility>

#include "tests/oracle/small_program.h"

namespace heddle::oracle {

namespace {

class JoinedGenerator {
 public:
  JoinedGenerator(sim::Random& random, bool sleeps) : random_(random), sleeps_(sleeps) {}

  SmallProgram Run() {
    p_.waitgroups = Coin(40) ? 2 : 1;
    if (Coin(50)) p_.mutexes = 1;
    if (Coin(60)) p_.capacities.push_back(static_cast<int>(random_.Below(3)));
    if (Coin(40)) p_.atomics = 1;
    misuse_ = Coin(30);
    p_.tasks.emplace_back();
    std::vector<SmallOp> main;
    for (uint64_t round = random_.Below(2) + 1; round > 0; --round) Round(&main);
    Simple(&main);
    p_.tasks[0] = std::move(main);
    return std::move(p_);
  }

 private:
  bool Coin(unsigned percent) { return random_.Percent(percent); }
  int AnyGroup() { return static_cast<int>(random_.Below(static_cast<uint64_t>(p_.waitgroups))); }

  void Simple(std::vector<SmallOp>* body) {
    if (sleeps_ && Coin(30)) {
      body->push_back({.verb = Verb::kSleep, .arg = 1 + static_cast<int64_t>(random_.Below(2))});
    }
    std::vector<std::vector<SmallOp>> c;
    ++value_;
    if (p_.mutexes > 0) {
      c.push_back({{.verb = Verb::kLock}, {.verb = Verb::kUnlock}});
      c.push_back(c.back());
    }
    if (!p_.capacities.empty()) {
      c.push_back({{.verb = Verb::kSend, .arg = value_}});
      c.push_back({{.verb = Verb::kReceive}});
      c.push_back({{.verb = Verb::kSelect, .cases = {{false, 0, 0}}, .has_default = true}});
    }
    if (p_.atomics > 0) {
      c.push_back({{.verb = Verb::kLoad}});
      c.push_back({{.verb = Verb::kStore, .arg = value_}});
    }
    if (c.empty()) return;
    const std::vector<SmallOp>& piece = c[random_.Below(c.size())];
    body->insert(body->end(), piece.begin(), piece.end());
  }

  SmallOp Add(int group, int64_t n) { return {.verb = Verb::kAdd, .object = group, .arg = n}; }

  // Starts a task that is joined by the group.
  SmallOp Spawn(int group, int depth) {
    size_t at = p_.tasks.size();
    p_.tasks.emplace_back();
    std::vector<SmallOp> body;
    for (uint64_t n = random_.Below(depth > 0 ? 2 : 3); n > 0; --n) Simple(&body);
    if (depth < 1 && Coin(30)) {
      body.push_back(Add(group, 1));
      body.push_back(Spawn(group, depth + 1));
    }
    if (misuse_ && Coin(30)) body.insert(body.begin(), Add(group, 1));
    if (Coin(15)) body.push_back({.verb = Verb::kWait, .object = AnyGroup()});
    if (!misuse_ || !Coin(25)) {
      size_t last = body.size();
      size_t place = Coin(20) ? random_.Below(last + 1) : last;
      body.insert(body.begin() + static_cast<ptrdiff_t>(place),
                  {.verb = Verb::kDone, .object = group});
    }
    p_.tasks[at] = std::move(body);
    return {.verb = Verb::kSpawn, .object = static_cast<int>(at)};
  }

  void Round(std::vector<SmallOp>* main) {
    int group = AnyGroup();
    int64_t workers = 1 + static_cast<int64_t>(random_.Below(3));
    bool at_once = Coin(50);
    if (at_once) main->push_back(Add(group, workers));
    for (int64_t i = 0; i < workers; ++i) {
      bool late = misuse_ && Coin(40);
      if (!at_once && !late) main->push_back(Add(group, 1));
      main->push_back(Spawn(group, 0));
      if (!at_once && late) main->push_back(Add(group, 1));
    }
    if (Coin(30)) Simple(main);
    if (Coin(40)) {
      size_t at = p_.tasks.size();
      std::vector<SmallOp> waiter = {{.verb = Verb::kWait, .object = group}};
      Simple(&waiter);
      p_.tasks.push_back(std::move(waiter));
      main->push_back({.verb = Verb::kSpawn, .object = static_cast<int>(at)});
    }
    if (Coin(85)) main->push_back({.verb = Verb::kWait, .object = group});
  }

  sim::Random& random_;
  bool sleeps_;
  bool misuse_ = false;
  SmallProgram p_;
  int64_t value_ = 0;
};

}  // namespace

SmallProgram GenerateJoined(sim::Random& random, bool sleeps) {
  return JoinedGenerator(random, sleeps).Run();
}

}  // namespace heddle::oracle
