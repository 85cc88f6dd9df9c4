// SPDX-License-Identifier: Apache-2.0
// A fixed 64-bit hash: the same in every build, on every machine, in every run.
//
// Mixing step: the finaliser of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
// Generators, OOPSLA 2014).
#ifndef HEDDLE_SIM_BASE_HASH_H_
#define HEDDLE_SIM_BASE_HASH_H_

#include <cstdint>
#include <string_view>

namespace heddle::sim {

constexpr uint64_t Mix64(uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

// Order matters: HashCombine(a, b) != HashCombine(b, a).
constexpr uint64_t HashCombine(uint64_t seed, uint64_t value) {
  return Mix64(seed * 0x9ddfea08eb382d69ull + value);
}

constexpr uint64_t HashBytes(std::string_view bytes, uint64_t seed = 0) {
  uint64_t h = HashCombine(seed, bytes.size());
  for (unsigned char c : bytes) h = (h ^ c) * 0x100000001b3ull;
  return Mix64(h);
}

}  // namespace heddle::sim

#endif  // HEDDLE_SIM_BASE_HASH_H_
