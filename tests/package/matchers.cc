// SPDX-License-Identifier: Apache-2.0
// A user's GoogleTest with heddle's matchers.
#include <gtest/gtest.h>

#include "checker/api/gtest.h"

TEST(Outside, FindsALeak) {
  EXPECT_THAT(heddle::Check([] {
                heddle::Channel<int> results;
                for (int i = 0; i < 2; ++i) heddle::Go([results, i] { results.Send(i); });
                results.Receive();
              }),
              heddle::Finds(heddle::FindingKind::kGoroutineLeak));
}

TEST(Outside, FindsNothingInWhatIsRight) {
  EXPECT_THAT(heddle::Check([] {
                heddle::Channel<int> results(2);
                for (int i = 0; i < 2; ++i) heddle::Go([results, i] { results.Send(i); });
                results.Receive();
              }),
              heddle::FindsNothing());
}
