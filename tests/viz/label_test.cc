// SPDX-License-Identifier: Apache-2.0
// Cleaning, measuring, shortening and wrapping of labels.
#include "viz/label.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace heddle::viz {
namespace {

TEST(Label, CleanTextIsAlwaysUtf8WithoutControlCharacters) {
  EXPECT_EQ(CleanText("plain é 世"), "plain é 世");
  EXPECT_EQ(CleanText("a\nb\tc\x01"), "a b c\xef\xbf\xbd");
  EXPECT_EQ(CleanText("\xff\xc0\xaf"), "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  EXPECT_EQ(CleanText("\x1b[31m"), "\xef\xbf\xbd[31m");
}

TEST(Label, ShortenCountsCharacters) {
  EXPECT_EQ(Shorten("abcdef", 6), "abcdef");
  EXPECT_EQ(Shorten("abcdefg", 6), "abcde…");
  EXPECT_EQ(Shorten("éééé", 3), "éé…");
}

TEST(Label, WrapKeepsToTheWidth) {
  std::string text = "receive some quite long value from a channel with a long name";
  for (size_t max : {1u, 2u, 3u, 9u}) {
    auto lines = WrapToWidth(text, 11, 100, max);
    EXPECT_LE(lines.size(), max);
    for (const std::string& line : lines) EXPECT_LE(TextWidth(line, 11), 100.5) << line;
  }
  EXPECT_EQ(WrapToWidth("", 11, 100, 2), std::vector<std::string>{""});
  EXPECT_THAT(WrapToWidth(std::string(500, 'x'), 11, 100, 2)[1], ::testing::EndsWith("…"));
}

TEST(Label, DurationsAsGoPrintsThem) {
  EXPECT_EQ(DurationText(0), "0s");
  EXPECT_EQ(DurationText(1), "1ns");
  EXPECT_EQ(DurationText(1'500), "1.5µs");
  EXPECT_EQ(DurationText(250'000'000), "250ms");
  EXPECT_EQ(DurationText(1'500'000'000), "1.5s");
  EXPECT_EQ(DurationText(60'000'000'000), "1m0s");
  EXPECT_EQ(DurationText(3'723'000'000'000), "1h2m3s");
  EXPECT_EQ(DurationText(-1'000'000'000), "-1s");
}

}  // namespace
}  // namespace heddle::viz
