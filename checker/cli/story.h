// SPDX-License-Identifier: Apache-2.0
// Story: why it goes wrong, from the trace of a finding alone: who waits for what, who could have
// woken them and does not, the circle of those who wait for each other, signals nobody looked at,
// and from which step on there was no other way.
//
// The text report begins with it, and other formats take single sentences of it. It says only what
// this execution shows: "nobody sends" is true of the execution, not of the program.
#ifndef HEDDLE_CHECKER_CLI_STORY_H_
#define HEDDLE_CHECKER_CLI_STORY_H_

#include <string>
#include <vector>

#include "checker/finding.h"

namespace heddle::cli {

struct StoryLine {
  int indent = 0;  // 0: about a goroutine or the whole; 1: about what it waits for
  std::string text;
};

// Empty when there is nothing to say beside the message. REQUIRES: the finding has a trace.
std::vector<StoryLine> StoryOf(const checker::Finding& finding);

// "Point of no return: step 7 of 12 (G2: receive from done)..."; empty: not known.
std::string NoReturnText(const sim::Trace& trace);

// A site without its folder.
std::string ShortSite(const sim::TraceSite& site);

}  // namespace heddle::cli

#endif  // HEDDLE_CHECKER_CLI_STORY_H_
