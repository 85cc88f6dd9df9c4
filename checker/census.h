// SPDX-License-Identifier: Apache-2.0
// Census: which equivalence classes have been seen, how often by sampling, and what that says of
// those that have not.
//
// One for each time model. A class is counted once, whoever saw it. Good-Turing: after N random
// executions, f of which saw a class that no other of them saw, the next one sees a new class with
// a probability of about f/N. Source: Good: The Population Frequencies of Species and the
// Estimation of Population Parameters, Biometrika 1953.
#ifndef HEDDLE_CHECKER_CENSUS_H_
#define HEDDLE_CHECKER_CENSUS_H_

#include <cstdint>
#include <unordered_map>

namespace heddle::checker {

class Census {
 public:
  // An execution of the class; `sampled`: a random one, not one that a search came to in order.
  // True: neither kind had seen the class.
  bool Add(uint64_t name, bool sampled);
  void Clear() { *this = {}; }

  uint64_t classes() const { return rows_.size(); }
  // Executions of a class that their own kind had seen before.
  uint64_t repeated() const { return repeated_; }
  uint64_t searched_classes() const { return searched_classes_; }
  uint64_t samples() const { return samples_; }
  uint64_t sampled_classes() const { return sampled_classes_; }
  // Classes that exactly one sample saw.
  uint64_t sampled_once() const { return sampled_once_; }

 private:
  struct Row {
    uint32_t samples = 0;  // 2 stands for more
    bool searched = false;
  };
  std::unordered_map<uint64_t, Row> rows_;
  uint64_t repeated_ = 0, samples_ = 0, sampled_classes_ = 0, sampled_once_ = 0;
  uint64_t searched_classes_ = 0;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_CENSUS_H_
