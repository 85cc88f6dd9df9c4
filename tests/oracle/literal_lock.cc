// SPDX-License-Identifier: Apache-2.0
// Locks of the literal machine: sync.Mutex, sync.RWMutex, sync.Once, and the runtime's semaphores.
#include "tests/oracle/literal_machine.h"

namespace heddle::oracle::literal {

bool Runtime::Lock(Mutex& m, int task) {
  bool was_woken = m.woken == task;
  if (was_woken) m.woken = kNobody;
  if (!m.locked) {
    m.locked = true;
    return true;
  }
  m.queue.insert(was_woken ? m.queue.begin() : m.queue.end(), task);
  Park(task);
  return false;
}

void Runtime::Unlock(Mutex& m) {
  m.locked = false;
  if (m.queue.empty() || m.woken != kNobody) return;
  m.woken = m.queue.front();
  m.queue.erase(m.queue.begin());
  Ready(m.woken);
}

bool Runtime::Acquire(Semaphore& s, int task) {
  if (s.tokens > 0) {
    --s.tokens;
    return true;
  }
  s.queue.push_back(task);
  Park(task);
  return false;
}

void Runtime::Release(Semaphore& s) {
  if (s.queue.empty()) {
    ++s.tokens;
    return;
  }
  int task = s.queue.front();
  s.queue.erase(s.queue.begin());
  Finish(task, {.flag = true});  // only the locks of an RWMutex wait at a semaphore
}

void Runtime::StepMutex(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  Mutex& m = At(s_.mutexes, op.object);
  switch (op.verb) {
    case Verb::kLock:
      if (Lock(m, task)) Finish(task, {.flag = true});
      return;
    case Verb::kAwaitLock:  // a step only when it is free
    case Verb::kTryLock: {
      bool got = !m.locked;
      m.locked = true;
      return Finish(task, {.flag = got});
    }
    default:
      if (!m.locked) return Panic(task, Fault::kUnlock);
      Unlock(m);
      return Finish(task, {});
  }
}

void Runtime::StepRwMutex(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  RwMutex& r = At(s_.rwmutexes, op.object);
  switch (op.verb) {
    case Verb::kRLock:
      if (++r.reader_count >= 0 || Acquire(r.readers, task)) Finish(task, {.flag = true});
      return;
    case Verb::kTryRLock:
      if (r.reader_count < 0) return Finish(task, {});
      ++r.reader_count;
      return Finish(task, {.flag = true});
    case Verb::kRUnlock:
      return StepReadUnlock(task);
    case Verb::kRwLock:
      return StepRwLock(task);
    case Verb::kRwTryLock:
      return StepRwTryLock(task);
    default:
      return StepRwUnlock(task);
  }
}

void Runtime::StepReadUnlock(int task) {
  RwMutex& r = At(s_.rwmutexes, plan_.Op(s_, task).object);
  if (r.reader_count == 0 || r.reader_count == -kMaxReaders) return Panic(task, Fault::kRUnlock);
  if (--r.reader_count < 0) {
    // Nobody reads, but readers wait for the writer: Go takes the place of one of them away.
    if (r.reader_wait == 0) s_.beyond = true;
    if (--r.reader_wait == 0) Release(r.writer);
  }
  Finish(task, {});
}

void Runtime::StepRwLock(int task) {
  RwMutex& r = At(s_.rwmutexes, plan_.Op(s_, task).object);
  if (G(task).phase == 0) {
    if (Lock(r.writers, task)) G(task).phase = 1;
    return;
  }
  int readers = r.reader_count;
  r.reader_count -= kMaxReaders;
  r.reader_wait += readers;
  if (r.reader_wait == 0 || Acquire(r.writer, task)) Finish(task, {.flag = true});
}

void Runtime::StepRwTryLock(int task) {
  RwMutex& r = At(s_.rwmutexes, plan_.Op(s_, task).object);
  Goroutine& g = G(task);
  if (g.phase == 0) {
    if (r.writers.locked) return Finish(task, {});
    r.writers.locked = true;
    g.phase = 1;
  } else if (g.phase == 2) {
    Unlock(r.writers);
    Finish(task, {});
  } else if (r.reader_count == 0) {
    r.reader_count = -kMaxReaders;
    Finish(task, {.flag = true});
  } else {
    g.phase = 2;
  }
}

void Runtime::StepRwUnlock(int task) {
  RwMutex& r = At(s_.rwmutexes, plan_.Op(s_, task).object);
  if (G(task).phase == 1) {
    Unlock(r.writers);
    return Finish(task, {});
  }
  if (r.reader_count >= 0) return Panic(task, Fault::kRwUnlock);
  // Unlocked by another before the writer, who has announced, has the lock.
  if (r.reader_wait != 0) s_.beyond = true;
  r.reader_count += kMaxReaders;
  for (int i = r.reader_count; i > 0; --i) Release(r.readers);
  G(task).phase = 1;
}

void Runtime::StepOnce(int task) {
  const SmallOp& op = plan_.Op(s_, task);
  Once& o = At(s_.onces, op.object);
  Goroutine& g = G(task);
  if (op.verb == Verb::kOnceLeave) {
    if (g.phase++ == 0) {
      o.done = true;
      return;
    }
    Unlock(o.mutex);
    return Finish(task, {});
  }
  switch (g.phase) {
    case 0:
      if (o.done) return Finish(task, {});
      g.phase = 1;
      return;
    case 1:
      if (Lock(o.mutex, task)) g.phase = 2;
      return;
    default:
      if (!o.done) return Finish(task, {.flag = true});
      Unlock(o.mutex);
      return Finish(task, {});
  }
}

}  // namespace heddle::oracle::literal
