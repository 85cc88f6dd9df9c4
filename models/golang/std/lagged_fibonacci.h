// SPDX-License-Identifier: Apache-2.0
// The state of the additive lagged Fibonacci generator behind rand.NewSource, for a seed.
//
// Programs with a fixed seed print the numbers that follow, so the state must be gc's, word for
// word. Source: D. Mitchell and J. Reeds' generator of Plan 9, x[n] = x[n-273] + x[n-607]; seeds by
// S. Park and K. Miller.
#ifndef HEDDLE_MODELS_GOLANG_STD_LAGGED_FIBONACCI_H_
#define HEDDLE_MODELS_GOLANG_STD_LAGGED_FIBONACCI_H_

#include <cstdint>
#include <span>

namespace heddle::golang {

inline constexpr size_t kLaggedFibonacciLength = 607;

void SeedLaggedFibonacci(int64_t seed, std::span<uint64_t, kLaggedFibonacciLength> state);

}  // namespace heddle::golang

#endif  // HEDDLE_MODELS_GOLANG_STD_LAGGED_FIBONACCI_H_
