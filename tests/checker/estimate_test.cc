// SPDX-License-Identifier: Apache-2.0
// When an estimate of the total is shown.
#include "checker/estimate.h"

#include <gtest/gtest.h>

namespace heddle::checker {
namespace {

Estimate Noted(std::initializer_list<std::pair<uint64_t, double>> totals) {
  Estimate e;
  for (auto [executions, total] : totals)
    e.Note(executions, static_cast<double>(executions) / total);
  return e;
}

TEST(Estimate, IsAPowerOfTen) {
  Estimate e = Noted({{512, 4000}, {1024, 4200}});
  EXPECT_EQ(e.Total(1500, 1500.0 / 4100), 1e4);
  EXPECT_EQ(Noted({{512, 2500}, {1024, 2600}}).Total(1500, 1500.0 / 2700), 1e3);
}

TEST(Estimate, IsNotShownBeforeFivePercent) {
  Estimate e = Noted({{512, 1e6}, {1024, 1e6}});
  EXPECT_FALSE(e.Total(2000, 0.002).has_value());
  EXPECT_TRUE(Noted({{512, 3e4}, {1024, 3e4}}).Total(1500, 0.05).has_value());
  EXPECT_FALSE(e.Total(2000, -1).has_value()) << "a search that cannot say";
}

TEST(Estimate, IsNotShownWhileItGrows) {
  EXPECT_FALSE(Noted({{512, 1000}, {1024, 2000}}).Total(1500, 1500.0 / 3000).has_value());
  EXPECT_FALSE(Noted({{64, 100}, {128, 100}}).Total(200, 1).has_value()) << "too few";
}

TEST(Estimate, IsNotedAtPowersOfTwo) {
  EXPECT_TRUE(Estimate::Wanted(64));
  EXPECT_FALSE(Estimate::Wanted(65));
}

}  // namespace
}  // namespace heddle::checker
