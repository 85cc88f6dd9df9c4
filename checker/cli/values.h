// SPDX-License-Identifier: Apache-2.0
// Values of flags: durations, sizes, numbers; and the other way round, numbers and shell words for
// people.
//
// Errors are the end of a sentence that begins with the flag: "--budget " + error.
#ifndef HEDDLE_CHECKER_CLI_VALUES_H_
#define HEDDLE_CHECKER_CLI_VALUES_H_

#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace heddle::cli {

// "10s", "1m30s", "250ms", "2h", "0" in nanoseconds, as Go writes durations.
std::expected<int64_t, std::string> ParseDuration(std::string_view text);

// "1GiB", "64MB", "4096" in bytes; K, M, G, T with or without "B" or "iB" (kB are 1000 bytes, KiB
// 1024).
std::expected<uint64_t, std::string> ParseSize(std::string_view text);

// A whole number from `low` to `high`.
std::expected<uint64_t, std::string> ParseNumber(std::string_view text, uint64_t low = 0,
                                                 uint64_t high = UINT64_MAX);

// "1,234,567".
std::string Grouped(uint64_t number);

// "42 executions", "1 execution".
std::string Counted(uint64_t number, std::string_view noun);

// A power of ten, as what it is: "some 10,000", "some 10^9".
std::string MagnitudeText(double power_of_ten);

// A share from 0 to 1 with two digits that matter: "12 %", "0.34 %", "less than 0.01 %".
std::string PercentText(double share);

// "4 ms", "1.2 s", "2 m 5 s".
std::string SecondsText(double seconds);

// "a, b and c".
std::string Listed(std::span<const std::string> words);

// The word as a POSIX shell reads it back; left alone when it needs no quotes.
std::string ShellQuoted(std::string_view word);

// The candidate that the misspelt word most likely meant, or an empty string.
std::string Nearest(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_VALUES_H_
