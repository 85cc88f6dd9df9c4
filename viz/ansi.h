// SPDX-License-Identifier: Apache-2.0
// Colours of terminal text: each method wraps its text in an escape sequence, or leaves it alone
// when colour is off.
#ifndef HEDDLE_VIZ_ANSI_H_
#define HEDDLE_VIZ_ANSI_H_

#include <string>
#include <string_view>

namespace heddle::viz {

struct Ansi {
  bool on = false;

  std::string Bold(std::string_view text) const { return Wrap("1", text); }
  std::string Dim(std::string_view text) const { return Wrap("2", text); }
  std::string Bad(std::string_view text) const { return Wrap("1;31", text); }
  std::string Good(std::string_view text) const { return Wrap("1;32", text); }
  std::string Unsure(std::string_view text) const { return Wrap("1;33", text); }
  std::string Ending(std::string_view text) const { return Wrap("35", text); }  // close and cancel

 private:
  std::string Wrap(std::string_view code, std::string_view text) const {
    if (!on || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + "m" + std::string(text) + "\x1b[0m";
  }
};

}  // namespace heddle::viz

#endif  // HEDDLE_VIZ_ANSI_H_
