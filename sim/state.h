// SPDX-License-Identifier: Apache-2.0
// StateDigest: the state of a program between two events, as 128 bits.
//
// Who writes a state puts everything that decides what can happen from here on into words, in a
// canonical order: tasks and objects by the order in which they are met, never by their ids,
// addresses or counts so far; time relative to now. Two states with one digest are taken for equal:
// 128 bits of two independent mixings, so that an accident is out of the question. Invariant: what
// is left out decides nothing.
#ifndef HEDDLE_SIM_STATE_H_
#define HEDDLE_SIM_STATE_H_

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "sim/base/hash.h"
#include "sim/base/ids.h"

namespace heddle::sim {

struct StateDigest {
  uint64_t high = 0, low = 0;
  friend auto operator<=>(const StateDigest&, const StateDigest&) = default;
};

class StateWriter {
 public:
  void Clear() {
    digest_ = {};
    words_ = 0;
    objects_.clear();
    pending_.clear();
    tasks_.clear();
  }
  void Word(uint64_t word) {
    ++words_;
    digest_.high = HashCombine(digest_.high, word);
    digest_.low = Mix64(digest_.low * 0xc2b2ae3d27d4eb4full ^ word) + 0x165667b19e3779f9ull;
  }
  // The number of a task that can still move, or is waited for: set before anything refers to it.
  void NumberTask(TaskId task) { tasks_.emplace(task.value, tasks_.size() + 1); }
  // A reference to a task; 0 stands for all that are over.
  void Task(TaskId task) {
    auto it = tasks_.find(task.value);
    Word(it == tasks_.end() ? 0 : it->second);
  }
  uint64_t TaskNumber(TaskId task) const {
    auto it = tasks_.find(task.value);
    return it == tasks_.end() ? 0 : it->second;
  }
  // A reference to an object; the first one queues it to be written too.
  void Object(ObjectId object) {
    if (!object.valid()) return Word(0);
    auto [it, fresh] = objects_.emplace(object.value, objects_.size() + 1);
    if (fresh) pending_.push_back(object);
    Word(it->second);
  }
  // Objects referred to and not written yet.
  bool NextObject(ObjectId* object) {
    if (pending_.empty()) return false;
    *object = pending_.back();
    pending_.pop_back();
    return true;
  }
  StateDigest digest() const { return digest_; }
  // What it took, for whoever has to decide how often to ask.
  uint64_t words() const { return words_; }

 private:
  StateDigest digest_;
  uint64_t words_ = 0;
  std::unordered_map<uint32_t, uint64_t> objects_, tasks_;  // only asked, never iterated
  std::vector<ObjectId> pending_;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_STATE_H_
