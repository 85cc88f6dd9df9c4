// SPDX-License-Identifier: Apache-2.0
//
// Numbers as text and back, and elementary functions, against what real Go gave (numbers.txt,
// elementary.txt).
#include "models/golang/std/number_text.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "models/golang/std/elementary.h"
#include "models/golang/std/format_text.h"
#include "models/golang/std/lagged_fibonacci.h"
#include "models/golang/std/sources.h"
#include "models/golang/std/unicode_properties.h"

namespace heddle::golang {
namespace {

std::string DataFile(const char* name) {
  return std::string(HEDDLE_SOURCE_DIR) + "/tests/golang/std/" + name;
}

double FromBits(const std::string& hex) {
  return std::bit_cast<double>(uint64_t{std::stoull(hex, nullptr, 16)});
}

TEST(NumberText, FloatsAreWrittenAndReadAsGoDoes) {
  std::ifstream in(DataFile("numbers.txt"));
  std::string line;
  int lines = 0;
  while (std::getline(in, line)) {
    std::istringstream words(line);
    std::string kind, expected;
    words >> kind;
    ++lines;
    if (kind == "f") {
      std::string hex;
      char format = 0;
      int precision = 0, bits = 0;
      words >> hex >> format >> precision >> bits >> expected;
      ASSERT_EQ(FloatText(FromBits(hex), format, precision, bits), expected) << line;
      continue;
    }
    std::string quoted, hex;
    int bits = 0;
    words >> quoted >> bits >> hex;
    std::getline(words >> std::ws, expected);
    const std::string text = quoted.substr(1, quoted.size() - 2);
    const ParsedFloat parsed = ParseFloat(text, bits);
    if (parsed.length == 0 || parsed.length != text.size()) {
      ASSERT_EQ("invalid syntax", expected) << line;
      continue;
    }
    const bool spelled = text.find_first_of("nN") != std::string::npos;
    ASSERT_EQ(parsed.out_of_range && !spelled ? "value out of range" : "ok", expected) << line;
    if (!std::isnan(parsed.value)) {
      ASSERT_EQ(std::bit_cast<uint64_t>(parsed.value), std::bit_cast<uint64_t>(FromBits(hex)))
          << line;
    }
  }
  EXPECT_GT(lines, 3000);
}

TEST(Elementary, EveryBitIsGos) {
  using Function = double (*)(double, double);
  const std::map<std::string, Function> functions = {
      {"Acos", [](double x, double) { return elementary::Acos(x); }},
      {"Asin", [](double x, double) { return elementary::Asin(x); }},
      {"Atan", [](double x, double) { return elementary::Atan(x); }},
      {"Atan2", [](double x, double y) { return elementary::Atan2(x, y); }},
      {"Cbrt", [](double x, double) { return elementary::Cbrt(x); }},
      {"Cos", [](double x, double) { return elementary::Cos(x); }},
      {"Cosh", [](double x, double) { return elementary::Cosh(x); }},
      {"Exp", [](double x, double) { return elementary::Exp(x); }},
      {"Exp2", [](double x, double) { return elementary::Exp2(x); }},
      {"Hypot", [](double x, double y) { return elementary::Hypot(x, y); }},
      {"Log", [](double x, double) { return elementary::Log(x); }},
      {"Log10", [](double x, double) { return elementary::Log10(x); }},
      {"Log2", [](double x, double) { return elementary::Log2(x); }},
      {"Pow", [](double x, double y) { return elementary::Pow(x, y); }},
      {"Sin", [](double x, double) { return elementary::Sin(x); }},
      {"Sinh", [](double x, double) { return elementary::Sinh(x); }},
      {"Tan", [](double x, double) { return elementary::Tan(x); }},
      {"Tanh", [](double x, double) { return elementary::Tanh(x); }}};
  std::ifstream in(DataFile("elementary.txt"));
  std::string name, x, y, expected;
  int lines = 0, wrong = 0;
  while (in >> name >> x >> y >> expected) {
    ++lines;
    const double actual = functions.at(name)(FromBits(x), FromBits(y));
    const double wanted = FromBits(expected);
    if (std::bit_cast<uint64_t>(actual) != std::bit_cast<uint64_t>(wanted) && !std::isnan(wanted)) {
      ++wrong;
      EXPECT_DOUBLE_EQ(actual, wanted) << name << " of " << FromBits(x) << ", " << FromBits(y);
    }
  }
  EXPECT_GT(lines, 2000);
  EXPECT_LE(wrong, 2);
}

TEST(NumberText, QuotesAndDurations) {
  EXPECT_EQ(QuoteText("a\"b\\\n\x01\xff\u00e9", '"', false, false),
            "\"a\\\"b\\\\\\n\\x01\\xff\u00e9\"");
  EXPECT_EQ(QuoteText("\u00e9\U0001F600", '"', true, false), "\"\\u00e9\\U0001f600\"");
  EXPECT_EQ(QuoteText("'", '\'', false, false), "'\\''");
  EXPECT_EQ(DurationText(0), "0s");
  EXPECT_EQ(DurationText(1), "1ns");
  EXPECT_EQ(DurationText(-1'500'000), "-1.5ms");
  EXPECT_EQ(DurationText(90'061'000'000'001), "25h1m1.000000001s");
  EXPECT_EQ(DurationText(INT64_MIN), "-2562047h47m16.854775808s");
  EXPECT_EQ(IntText(INT64_MIN, 2), "-1" + std::string(63, '0'));
  EXPECT_EQ(UintText(35, 36), "z");
}

TEST(TextWriter, PadsByRunes) {
  TextWriter writer;
  writer.flags.has_width = true;
  writer.flags.width = 4;
  writer.String("\u4e16");
  EXPECT_EQ(writer.out, "   \u4e16");
  writer.flags.minus = true;
  writer.Integer(static_cast<uint64_t>(-7), 10, true, 'd', false);
  EXPECT_EQ(writer.out, "   \u4e16-7  ");
}

TEST(Unicode, PropertiesAndCase) {
  EXPECT_EQ(unicode::Category('A'), "Lu");
  EXPECT_EQ(unicode::Category(0x101), "Ll");
  EXPECT_EQ(unicode::Category(0x102), "Lu");
  EXPECT_EQ(unicode::Category(0x10FFFF), "Cn");
  EXPECT_EQ(unicode::Category(-1), "Cn");
  EXPECT_TRUE(unicode::InTable("Han", 0x4E16));
  EXPECT_FALSE(unicode::InTable("Latin", 0x4E16));
  EXPECT_EQ(unicode::To(unicode::Case::kUpper, 0xE9), 0xC9);
  EXPECT_EQ(unicode::To(unicode::Case::kTitle, 0x1C4), 0x1C5);
  EXPECT_EQ(unicode::SimpleFold('K'), 'k');
  EXPECT_EQ(unicode::SimpleFold('k'), 0x212A);
}

TEST(LaggedFibonacci, FirstNumbersOfSeedOne) {
  std::array<uint64_t, kLaggedFibonacciLength> state;
  SeedLaggedFibonacci(1, state);
  // The first number that the generator gives: the words at its two places, added.
  const uint64_t first = state[333] + state[606];
  EXPECT_EQ(first & ~(uint64_t{1} << 63), 5577006791947779410u);
}

TEST(Sources, EveryPackageIsEmbedded) {
  std::map<std::string_view, int> files;
  for (const StdSource& source : StdSources()) {
    ++files[source.package];
    EXPECT_NE(source.text.find("\npackage "), std::string_view::npos) << source.file;
  }
  EXPECT_EQ(files.count("fmt"), 1u);
  EXPECT_EQ(files.count("sync/atomic"), 1u);
  EXPECT_GT(files.size(), 30u);
}

}  // namespace
}  // namespace heddle::golang
