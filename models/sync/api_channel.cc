// SPDX-License-Identifier: Apache-2.0
// Values of channels as traces show them.
#include "models/sync/api_channel.h"

#include <fmt/format.h>

namespace heddle::api {

std::string ShowText(std::string_view text) {
  constexpr size_t kMost = 40;
  if (text.size() <= kMost) return fmt::format("\"{}\"", text);
  return fmt::format("\"{}\"...", text.substr(0, kMost));
}
std::string ShowNumber(int64_t number) { return fmt::format("{}", number); }
std::string ShowNumber(uint64_t number) { return fmt::format("{}", number); }
std::string ShowNumber(double number) { return fmt::format("{}", number); }

}  // namespace heddle::api
