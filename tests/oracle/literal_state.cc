// SPDX-License-Identifier: Apache-2.0
// Writing a State down, field by field.
#include "tests/oracle/literal_state.h"

#include "sim/base/check.h"

namespace heddle::oracle::literal {

namespace {

class Writer {
 public:
  void Put(int64_t v) {
    HEDDLE_CHECK(v >= INT16_MIN && v <= INT16_MAX, "numbers in small programs are small");
    text_.push_back(static_cast<char>(v & 0xff));
    text_.push_back(static_cast<char>(v >> 8 & 0xff));
  }
  void Put(const std::pair<int, int>& p) {
    Put(p.first);
    Put(p.second);
  }
  void Put(const Seen& s) {
    Put(s.alternative);
    Put(s.flag + 2 * s.woken + 4 * s.status);
    Put(s.value);
  }
  void Put(const Waiter& w) {
    Put(w.task);
    Put(w.alternative);
    Put(w.value);
  }
  void Put(const Channel& c) {
    Put(c.closed);
    PutAll(c.buffer);
    PutAll(c.senders);
    PutAll(c.receivers);
  }
  void Put(const Mutex& m) {
    Put(m.locked);
    PutAll(m.queue);
    Put(m.woken);
  }
  void Put(const Semaphore& s) {
    Put(s.tokens);
    PutAll(s.queue);
  }
  void Put(const RwMutex& r) {
    Put(r.writers);
    Put(r.reader_count);
    Put(r.reader_wait);
    Put(r.readers);
    Put(r.writer);
  }
  void Put(const WaitGroup& w) {
    Put(w.counter);
    PutAll(w.queue);
  }
  void Put(const Once& o) {
    Put(o.done);
    Put(o.mutex);
  }
  void Put(const Cond& c) {
    Put(c.next);
    Put(c.notify);
    PutAll(c.queue);
  }
  void Put(const Timer& t) {
    Put(t.armed ? t.deadline : -1);
    Put(t.armed ? t.period : 0);
  }
  void Put(const Context& c) {
    Put(c.mutex);
    Put(c.cancelled);
    PutAll(c.children);
  }
  void Put(const Cancelling& c) {
    Put(c.node);
    Put(c.phase);
    PutAll(c.left);
  }
  void Put(const Goroutine& g) {
    Put(static_cast<int>(g.standing) + 4 * static_cast<int>(g.ending));
    Put(static_cast<int64_t>(g.pc));
    Put(g.phase);
    Put(g.ticket);
    Put(g.value);
    Put(g.flag);
    Put(g.sleep);
    PutAll(g.calls);
    PutAll(g.seen);
  }
  template <class T>
  void PutAll(const std::vector<T>& all) {
    Put(static_cast<int64_t>(all.size()));
    for (const T& one : all) Put(one);
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace

std::string Key(const State& s) {
  Writer w;
  w.PutAll(s.tasks);
  w.PutAll(s.channels);
  w.PutAll(s.mutexes);
  w.PutAll(s.rwmutexes);
  w.PutAll(s.waitgroups);
  w.PutAll(s.onces);
  w.PutAll(s.conds);
  w.PutAll(s.atomics);
  w.PutAll(s.timers);
  w.PutAll(s.contexts);
  w.Put(static_cast<int64_t>(s.next_start));
  w.Put(s.now);
  w.Put(s.beyond);
  return w.Take();
}

}  // namespace heddle::oracle::literal
