// SPDX-License-Identifier: Apache-2.0
// Places in source files as other tools want them: taken out of "pool.go:31:5", and as a URI.
#ifndef HEDDLE_CHECKER_CLI_PLACES_H_
#define HEDDLE_CHECKER_CLI_PLACES_H_

#include <string>
#include <string_view>

namespace heddle::cli {

struct Place {
  std::string file;
  int line = 0;  // 0: unknown
  int column = 0;
};

// "pool.go:31:5", "pool.go:31" or a file alone, which may have colons in its name.
Place PlaceFrom(std::string_view text);

// A relative or absolute path as a URI reference (RFC 3986).
std::string UriOf(std::string_view path);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_PLACES_H_
