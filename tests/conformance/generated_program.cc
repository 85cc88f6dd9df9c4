// SPDX-License-Identifier: Apache-2.0
// Draws objects, then goroutines, then operations by weight.
#include "tests/conformance/generated_program.h"

#include <fmt/format.h>

#include <functional>
#include <iterator>
#include <vector>

#include "sim/base/random.h"

namespace heddle::conformance {
namespace {

class Generator {
 public:
  explicit Generator(uint64_t seed) : random_(seed) {}

  std::string Generate(const std::string& name) {
    Line("func {}(r *run) {{", name);
    ++indent_;
    MakeObjects();
    goroutines_ = Below(4) == 0 ? 2 : 3 + Below(2);
    const int most = goroutines_ == 2 ? 4 : 3;
    for (int g = 1; g < goroutines_; ++g) {
      Line("r.start({}, func() {{", g);
      Goroutine(g, 2 + Below(most - 1));
      Line("}})");
    }
    Line("func() {{");
    Goroutine(0, 1 + Below(most - 1));
    Line("}}()");
    --indent_;
    Line("}}");
    return std::move(text_);
  }

 private:
  int Below(int n) { return static_cast<int>(random_.Below(static_cast<uint64_t>(n))); }
  bool Chance(int percent) { return Below(100) < percent; }

  template <class... T>
  void Line(fmt::format_string<T...> format, T&&... values) {
    text_.append(static_cast<size_t>(indent_), '\t');
    fmt::format_to(std::back_inserter(text_), format, std::forward<T>(values)...);
    text_ += '\n';
  }

  // ---- Objects ----

  void MakeObjects() {
    channels_ = Chance(35) ? 2 : 1;
    for (int c = 0; c < channels_; ++c) {
      const int capacity = Chance(55) ? 0 : 1 + Below(2);
      balance_.push_back(0);
      if (c > 0 && Chance(5)) {
        Line("var c{} chan int", c);
      } else if (capacity == 0) {
        Line("c{} := make(chan int)", c);
      } else {
        Line("c{} := make(chan int, {})", c, capacity);
      }
      Line("_ = c{}", c);
    }
    if ((mutex_ = Chance(45))) {
      Line("var mu sync.Mutex");
      Line("x := 0");
      Line("_ = &mu");
      Line("_ = x");
    }
    if (Chance(45)) MakeContexts();
    if ((rwmutex_ = Chance(12))) {
      Line("var rw sync.RWMutex");
      Line("y := 0");
      Line("_ = &rw");
      Line("_ = y");
    }
    if ((waitgroup_ = Chance(12))) {
      dones_ = 1 + Below(2);
      Line("var wg sync.WaitGroup");
      Line("wg.Add({})", dones_);
    }
    if ((once_ = Chance(10))) {
      Line("once := new(sync.Once)");
      Line("_ = once");
    }
    if ((cond_ = Chance(8))) {
      Line("cond := sync.NewCond(&sync.Mutex{{}})");
      Line("_ = cond");
    }
    if ((atomic_ = Chance(20))) {
      Line("a := new(int32)");
      Line("_ = a");
    }
  }

  void MakeContexts() {
    contexts_ = 1 + Below(3);
    for (int i = 0; i < contexts_; ++i) {
      const std::string parent = i == 0 ? "context.Background()" : fmt::format("ctx{}", Below(i));
      Line("ctx{0}, cancel{0} := context.WithCancel({1})", i, parent);
      Line("_ = ctx{}", i);
      Line("_ = cancel{}", i);
    }
  }

  // ---- Goroutines ----

  void Goroutine(int g, int operations) {
    const int outer = g_;
    g_ = g;
    ++indent_;
    Line("v := 0");
    Line("_ = v");
    if (dones_ > 0 && g > 0 && Chance(50)) {
      --dones_;
      Line("defer wg.Done()");
    }
    for (int i = 0; i < operations; ++i) Operation(0);
    --indent_;
    g_ = outer;
  }

  void Block(int operations, int depth) {
    ++indent_;
    for (int i = 0; i < operations; ++i) Operation(depth);
    --indent_;
  }

  struct Choice {
    int weight;
    std::function<void()> write;
  };

  void Operation(int depth) {
    if (Chance(50)) Line("r.pause()");
    std::vector<Choice> choices = {
        {40, [&] { Message(); }},
        {14, [&] { Select(depth, false); }},
        {12, [&] { Select(depth, true); }},
        {6, [&] { Close(); }},
        {2, [&] { Note(fmt::format("len({})", Channel())); }},
        {1, [&] { Line("runtime.Goexit()"); }},
    };
    auto may = [&](bool can, int weight, std::function<void()> write) {
      if (can) choices.push_back({weight, std::move(write)});
    };
    may(depth < 2, 9, [&] { Branch(depth); });
    may(depth == 0, 4, [&] { Range(); });
    may(depth < 2 && !locked_ && mutex_, 22, [&] { Locked(depth); });
    may(contexts_ > 0, 10, [&] { Line("cancel{}()", Below(contexts_)); });
    may(contexts_ > 0, 9, [&] { Note(fmt::format("cancelled(ctx{}.Err())", Below(contexts_))); });
    may(contexts_ > 0, 5, [&] {
      Line("<-ctx{}.Done()", Below(contexts_));
      Note("40");
    });
    may(contexts_ > 0 && depth == 0, 4, [&] { DeriveContext(); });
    may(!locked_ && rwmutex_, 20, [&] { ReadOrWriteLocked(); });
    may(dones_ > 0, 9, [&] {
      --dones_;
      Line("wg.Done()");
    });
    may(waitgroup_, 8, [&] {
      Line("wg.Wait()");
      Note("41");
    });
    may(once_, 20, [&] { OnceDo(depth); });
    may(cond_, 20, [&] { Cond(); });
    may(atomic_, 16, [&] { Atomic(); });
    int total = 0;
    for (const Choice& choice : choices) total += choice.weight;
    int drawn = Below(total);
    for (const Choice& choice : choices) {
      drawn -= choice.weight;
      if (drawn < 0) return choice.write();
    }
  }

  std::string Channel() { return fmt::format("c{}", Below(channels_)); }
  int NextValue() { return 10 * (g_ + 1) + ++values_; }
  void Note(const std::string& expression) { Line("v = r.note({}, {})", g_, expression); }

  // A send or a receive, more often the one that a partner written before waits for.
  void Message() {
    const int c = Below(channels_);
    const bool send = Chance(balance_[c] > 0 ? 20 : balance_[c] < 0 ? 80 : 50);
    balance_[c] += send ? 1 : -1;
    if (send) {
      Line("c{} <- {}", c, NextValue());
      return Note("50");
    }
    Line("if z, ok := <-c{}; true {{", c);
    Line("\tv = r.note({}, received(z, ok))", g_);
    Line("}}");
  }

  void Close() {
    Line("close({})", Channel());
    Note("60");
  }

  void Range() {
    Line("for z := range {} {{", Channel());
    Line("\tv = r.note({}, z)", g_);
    if (Chance(40)) Line("\tbreak");
    Line("}}");
    Note("61");
  }

  void Select(int depth, bool with_default) {
    const int cases = with_default ? 1 + Below(2) : 1 + Below(3);
    Line("select {{");
    for (int i = 1; i <= cases; ++i) {
      if (contexts_ > 0 && Chance(30)) {
        Line("case <-ctx{}.Done():", Below(contexts_));
        Line("\tv = r.note({}, {})", g_, 1000 * i);
      } else if (Chance(65)) {
        Line("case z, ok := <-{}:", Channel());
        Line("\tv = r.note({}, {} + received(z, ok))", g_, 1000 * i);
      } else {
        Line("case c{} <- {}:", Below(channels_), NextValue());
        Line("\tv = r.note({}, {})", g_, 1000 * i + 50);
      }
      if (depth < 2 && Chance(15)) Block(1, depth + 1);
    }
    if (with_default) {
      Line("default:");
      Line("\tv = r.note({}, 0)", g_);
      if (depth < 2 && Chance(25)) Block(1, depth + 1);
    }
    Line("}}");
  }

  void Branch(int depth) {
    constexpr const char* kConditions[] = {"v%2 == 0", "v > 0", "v < 1000", "v%3 == 1"};
    Line("if {} {{", kConditions[Below(4)]);
    Block(1, depth + 1);
    if (Chance(60)) {
      Line("}} else {{");
      Block(1, depth + 1);
    }
    Line("}}");
  }

  void Locked(int depth) {
    Line("mu.Lock()");
    locked_ = true;
    Line("x = x*3 + {}", g_ + 1);
    Note("x");
    if (Chance(35)) Block(1, depth + 1);
    locked_ = false;
    Line("mu.Unlock()");
  }

  void ReadOrWriteLocked() {
    if (Chance(40)) {
      Line("rw.Lock()");
      Line("y = y*3 + {}", g_ + 1);
      Note("y");
      Line("rw.Unlock()");
      return;
    }
    const int times = Chance(25) ? 2 : 1;
    for (int i = 0; i < times; ++i) {
      Line("rw.RLock()");
      Note("y");
    }
    for (int i = 0; i < times; ++i) Line("rw.RUnlock()");
  }

  void DeriveContext() {
    const int parent = Below(contexts_);
    const int name = derived_++;
    Line("child{0}, stop{0} := context.WithCancel(ctx{1})", name, parent);
    Note(fmt::format("cancelled(child{}.Err())", name));
    if (Chance(50)) Line("stop{}()", name);
    Line("_ = stop{}", name);
    Note(fmt::format("cancelled(child{}.Err()) + 2", name));
  }

  void OnceDo(int depth) {
    Line("once.Do(func() {{");
    ++indent_;
    Note("70");
    --indent_;
    const bool could = once_;
    once_ = false;
    if (Chance(40)) Block(1, depth + 1);
    once_ = could;
    Line("}})");
    Note("71");
  }

  void Cond() {
    if (Chance(45)) {
      Line("cond.L.Lock()");
      Line("cond.Wait()");
      Line("cond.L.Unlock()");
      Note("80");
    } else if (Chance(60)) {
      Line("cond.Signal()");
    } else {
      Line("cond.Broadcast()");
    }
  }

  void Atomic() {
    switch (Below(4)) {
      case 0:
        return Note(fmt::format("int(atomic.AddInt32(a, {}))", g_ + 1));
      case 1:
        return Line("atomic.StoreInt32(a, {})", NextValue());
      case 2:
        return Note("int(atomic.LoadInt32(a))");
      case 3:
        Line("if atomic.CompareAndSwapInt32(a, 0, {}) {{", NextValue());
        Line("\tv = r.note({}, 90)", g_);
        return Line("}}");
    }
  }

  sim::Random random_;
  std::string text_;
  int indent_ = 0;
  int channels_ = 0, contexts_ = 0, goroutines_ = 0;
  std::vector<int> balance_;  // of each channel: sends written less receives written
  bool mutex_ = false, rwmutex_ = false, waitgroup_ = false, once_ = false, cond_ = false,
       atomic_ = false;
  bool locked_ = false;  // the mutex is held here: it is not reentrant, so not taken again
  int g_ = 0;            // the goroutine being written
  int values_ = 0, derived_ = 0;
  int dones_ =
      0;  // more would be a negative counter, whose effects on waiters differ between runs of Go
};

}  // namespace

std::string GenerateProgram(uint64_t seed, const std::string& name) {
  return Generator(seed).Generate(name);
}

}  // namespace heddle::conformance
