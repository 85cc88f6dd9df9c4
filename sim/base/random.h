// SPDX-License-Identifier: Apache-2.0
// A fixed random generator (SplitMix64): the same numbers from the same seed everywhere.
#ifndef HEDDLE_SIM_BASE_RANDOM_H_
#define HEDDLE_SIM_BASE_RANDOM_H_

#include <cstdint>

#include "sim/base/hash.h"

namespace heddle::sim {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(Mix64(seed)) {}

  uint64_t Next() { return Mix64(state_ += 0x9e3779b97f4a7c15ull); }

  // Uniform in [0, n). REQUIRES: n > 0.
  uint64_t Below(uint64_t n) {
    return static_cast<uint64_t>((static_cast<unsigned __int128>(Next()) * n) >> 64);
  }

  // True with the given probability in percent.
  bool Percent(unsigned percent) { return Below(100) < percent; }

 private:
  uint64_t state_;
};

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_BASE_RANDOM_H_
