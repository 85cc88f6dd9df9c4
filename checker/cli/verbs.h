// SPDX-License-Identifier: Apache-2.0
// The verbs of the command. Each returns the exit status of the process.
#ifndef HEDDLE_CHECKER_CLI_VERBS_H_
#define HEDDLE_CHECKER_CLI_VERBS_H_

#include <span>
#include <string>
#include <vector>

#include "checker/cli/flags.h"

namespace heddle::cli {

// `arguments` without the program's name. Knows every verb, --help and --version.
int RunCommand(const Arguments& arguments);

int Check(const CheckFlags& flags);
int Run(const RunFlags& flags);
int Replay(const ReplayFlags& flags);
int Verify(const VerifyFlags& flags);
int Render(const RenderFlags& flags);
int Explain(const Arguments& arguments);

// Writes the report and the trace as the flags ask. Returns the worst status in the order 2, 1, 3,
// 0.
int ShowReports(std::span<const checker::TargetReport> targets, const ShowFlags& show,
                const ExploreOptions& explore, const std::string& lang, bool replayed);

// A report that says why nothing could be checked.
checker::TargetReport InvalidReport(const std::string& path,
                                    std::vector<checker::ReportDiagnostic> diagnostics);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_VERBS_H_
