// SPDX-License-Identifier: Apache-2.0
// When to believe an estimate.
#include "checker/estimate.h"

#include <cmath>

namespace heddle::checker {

namespace {

constexpr double kLeastShare = 0.05;
constexpr uint64_t kLeastExecutions = 256;
constexpr double kMostGrowth = 1.5;

}  // namespace

void Estimate::Note(uint64_t executions, double share) {
  last_but_one_ = last_;
  last_ = static_cast<double>(executions) / share;
}

std::optional<double> Estimate::Total(uint64_t executions, double share) const {
  if (share < kLeastShare || executions < kLeastExecutions) return std::nullopt;
  const double now = static_cast<double>(executions) / share;
  const bool steady = now < kMostGrowth * last_but_one_ && now * kMostGrowth > last_but_one_;
  if (!steady) return std::nullopt;
  return std::pow(10, std::round(std::log10(now)));
}

}  // namespace heddle::checker
