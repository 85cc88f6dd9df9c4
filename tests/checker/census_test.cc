// SPDX-License-Identifier: Apache-2.0
// What is counted of classes, by sampling and by search.
#include "checker/census.h"

#include <gtest/gtest.h>

namespace heddle::checker {
namespace {

TEST(Census, CountsAClassOnceWhoeverSawIt) {
  Census census;
  EXPECT_TRUE(census.Add(1, /*sampled=*/false));
  EXPECT_FALSE(census.Add(1, /*sampled=*/true));
  EXPECT_TRUE(census.Add(2, /*sampled=*/true));
  EXPECT_FALSE(census.Add(2, /*sampled=*/false));
  EXPECT_EQ(census.classes(), 2u);
  EXPECT_EQ(census.searched_classes(), 2u);
  EXPECT_EQ(census.sampled_classes(), 2u);
  EXPECT_EQ(census.repeated(), 0u) << "neither kind did anything twice";
}

TEST(Census, RepetitionsAreThoseOfOneKind) {
  Census census;
  for (int i = 0; i < 3; ++i) census.Add(7, /*sampled=*/true);
  EXPECT_EQ(census.repeated(), 2u);
  for (int i = 0; i < 2; ++i) census.Add(7, /*sampled=*/false);
  EXPECT_EQ(census.repeated(), 3u);
}

TEST(Census, GoodTuringLooksAtWhatOneSampleAloneSaw) {
  Census census;
  for (uint64_t name : {1, 2, 3, 2, 3, 3, 4}) census.Add(name, /*sampled=*/true);
  for (uint64_t name : {1, 5}) census.Add(name, /*sampled=*/false);
  EXPECT_EQ(census.samples(), 7u);
  EXPECT_EQ(census.sampled_once(), 2u) << "1 and 4";
}

}  // namespace
}  // namespace heddle::checker
