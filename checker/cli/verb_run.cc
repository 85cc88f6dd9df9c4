// SPDX-License-Identifier: Apache-2.0
// heddle run: one execution, as the compiled program would run.
#include <fmt/format.h>

#include "checker/cli/console.h"
#include "checker/cli/files.h"
#include "checker/cli/program_path.h"
#include "checker/cli/verbs.h"

namespace heddle::cli {

int Run(const RunFlags& flags) {
  std::string lang = flags.lang;
  ExploreOptions explore = flags.explore;
  if (auto usable = ApplyDirectives(flags.path, explore, lang, true); !usable) {
    Complain(usable.error());
    return 2;
  }
  explore.bounds.clear();  // bounds are for searches
  auto program = LoadProgram(flags.path, lang, flags.run, true);
  if (!program) {
    for (const checker::ReportDiagnostic& d : program.error()) {
      std::string line =
          d.position.empty() ? d.message : fmt::format("{}: {}", d.position, d.message);
      fmt::print(stderr, "{}\n", line);
    }
    return 2;
  }
  return (*program)->Run(explore);
}

}  // namespace heddle::cli
