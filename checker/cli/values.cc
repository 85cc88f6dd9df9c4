// SPDX-License-Identifier: Apache-2.0
// Values of flags, and numbers for people.
#include "checker/cli/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace heddle::cli {
namespace {

// Takes a decimal number ("1.5", "20") off the front; negative when there is none.
double TakeDecimal(std::string_view& text) {
  size_t n = 0;
  while (n < text.size() && (std::isdigit(static_cast<unsigned char>(text[n])) || text[n] == '.'))
    ++n;
  double value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + n, value);
  if (n == 0 || error != std::errc() || end != text.data() + n) return -1;
  text.remove_prefix(n);
  return value;
}

std::string_view TakeLetters(std::string_view& text) {
  size_t n = 0;
  while (n < text.size() && !std::isdigit(static_cast<unsigned char>(text[n])) && text[n] != '.')
    ++n;
  std::string_view letters = text.substr(0, n);
  text.remove_prefix(n);
  return letters;
}

}  // namespace

std::expected<int64_t, std::string> ParseDuration(std::string_view text) {
  auto wrong = [whole = std::string(text)] {
    return std::unexpected(
        fmt::format("wants a duration such as 10s, 1m30s, 250ms or 0, '{}' is none", whole));
  };
  if (text == "0") return 0;
  if (text.empty()) return wrong();
  double total = 0;
  while (!text.empty()) {
    double value = TakeDecimal(text);
    std::string_view unit = TakeLetters(text);
    double scale = unit == "ns"                   ? 1
                   : unit == "us" || unit == "µs" ? 1e3
                   : unit == "ms"                 ? 1e6
                   : unit == "s"                  ? 1e9
                   : unit == "m" || unit == "min" ? 60e9
                   : unit == "h"                  ? 3600e9
                                                  : 0;
    if (value < 0 || scale == 0) return wrong();
    total += value * scale;
    if (total > 9.2e18) return wrong();
  }
  return std::llround(total);
}

std::expected<uint64_t, std::string> ParseSize(std::string_view text) {
  std::string whole(text);
  auto wrong = [&] {
    return std::unexpected(
        fmt::format("wants a size such as 1GiB, 512MiB or 4096, '{}' is none", whole));
  };
  double value = TakeDecimal(text);
  if (value < 0) return wrong();
  std::string unit(text);
  std::transform(unit.begin(), unit.end(), unit.begin(),
                 [](unsigned char c) { return std::tolower(c); });
  double scale = 1;
  if (!unit.empty() && unit != "b") {
    size_t power = std::string_view("kmgt").find(unit[0]);
    std::string rest = unit.substr(1);
    if (power == std::string_view::npos || (rest != "" && rest != "b" && rest != "ib"))
      return wrong();
    scale = std::pow(rest == "b" ? 1000.0 : 1024.0, static_cast<double>(power + 1));
  }
  if (value * scale >= 1.8e19) return wrong();
  return static_cast<uint64_t>(value * scale);
}

std::expected<uint64_t, std::string> ParseNumber(std::string_view text, uint64_t low,
                                                 uint64_t high) {
  uint64_t value = 0;
  auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool number = !text.empty() && error == std::errc() && end == text.data() + text.size();
  if (number && value >= low && value <= high) return value;
  if (high == UINT64_MAX && low == 0) {
    return std::unexpected(fmt::format("wants a whole number, '{}' is none", text));
  }
  if (high == UINT64_MAX) {
    return std::unexpected(fmt::format("wants a whole number from {} up, '{}' is none", low, text));
  }
  return std::unexpected(
      fmt::format("wants a whole number from {} to {}, '{}' is none", low, high, text));
}

std::string Grouped(uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string Counted(uint64_t number, std::string_view noun) {
  std::string plural(noun);
  if (number != 1) plural += noun.ends_with("s") ? "es" : "s";
  return fmt::format("{} {}", Grouped(number), plural);
}

std::string MagnitudeText(double power_of_ten) {
  const double exponent = std::round(std::log10(std::max(power_of_ten, 1.0)));
  if (exponent > 6) return fmt::format("some 10^{:.0f}", exponent);
  return fmt::format("some {}", Grouped(static_cast<uint64_t>(std::llround(power_of_ten))));
}

std::string PercentText(double share) {
  const double percent = share * 100;
  if (percent == 0) return "0 %";
  if (percent < 0.01) return "less than 0.01 %";
  if (percent < 0.995) return fmt::format("{:.2f} %", percent);
  return fmt::format("{:.{}f} %", percent, percent < 9.95 ? 1 : 0);
}

std::string SecondsText(double seconds) {
  if (seconds < 0.9995) return fmt::format("{:.0f} ms", seconds * 1000);
  if (seconds < 60) return fmt::format("{:.1f} s", seconds);
  int whole = static_cast<int>(seconds);
  return fmt::format("{} m {} s", whole / 60, whole % 60);
}

std::string Listed(std::span<const std::string> words) {
  std::string out;
  for (size_t i = 0; i < words.size(); ++i) {
    if (i > 0) out += i + 1 == words.size() ? " and " : ", ";
    out += words[i];
  }
  return out;
}

std::string ShellQuoted(std::string_view word) {
  bool plain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) ||
           (c != 0 && std::string_view("_-./:,=+@%").find(c) != std::string_view::npos);
  });
  if (plain) return std::string(word);
  std::string out = "'";
  for (char c : word) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

std::string Nearest(std::string_view word, std::span<const std::string_view> candidates) {
  // Distance of Levenshtein, by rows.
  auto distance = [](std::string_view a, std::string_view b) {
    std::vector<size_t> row(b.size() + 1);
    for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (size_t i = 1; i <= a.size(); ++i) {
      size_t diagonal = row[0];
      row[0] = i;
      for (size_t j = 1; j <= b.size(); ++j) {
        size_t change = diagonal + (a[i - 1] != b[j - 1]);
        diagonal = row[j];
        row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
      }
    }
    return row[b.size()];
  };
  if (word.size() > 64) return "";
  std::string best;
  size_t best_distance = std::max<size_t>(2, word.size() / 3) + 1;
  for (std::string_view candidate : candidates) {
    size_t d = distance(word, candidate);
    if (d < best_distance) {
      best_distance = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace heddle::cli
