// SPDX-License-Identifier: Apache-2.0
// The pages of `heddle explain`: what each kind of finding means, with programs that have it and
// programs that have been mended. Texts: docs/kinds; programs: scenarios/kinds, where `heddle
// verify` checks them. They travel inside the command.
#ifndef HEDDLE_CHECKER_CLI_PAGES_H_
#define HEDDLE_CHECKER_CLI_PAGES_H_

#include <span>
#include <string_view>

namespace heddle::cli {

struct PageFile {
  std::string_view kind;  // "double-close"
  std::string_view name;  // "page.txt", "example.go", "mend_1_owner_right.go"
  std::string_view text;
};
// Sorted by kind, then by name.
std::span<const PageFile> PageFiles();

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_PAGES_H_
