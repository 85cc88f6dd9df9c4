// SPDX-License-Identifier: Apache-2.0
// The pages of `heddle explain`. That their programs do what the pages say is what
// tests/conformance/kinds_test.cc asks of the command as a whole.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "checker/cli/pages.h"
#include "checker/cli/verbs.h"
#include "checker/finding.h"

namespace heddle::cli {
namespace {

using ::testing::ContainsRegex;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const char* const kKinds[] = {
#define HEDDLE_FINDING(enumerator, name, severity) name,
#include "checker/finding_kinds.def"
#undef HEDDLE_FINDING
};

std::string Explained(const Arguments& words, int wanted = 0) {
  Arguments arguments = {"explain"};
  arguments.insert(arguments.end(), words.begin(), words.end());
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  EXPECT_EQ(RunCommand(arguments), wanted);
  const std::string err = testing::internal::GetCapturedStderr();
  return testing::internal::GetCapturedStdout() + err;
}

TEST(Explain, EveryKindHasAPageAProgramAndThreeMends) {
  for (const char* kind : kKinds) {
    int examples = 0, mends = 0, pages = 0;
    for (const PageFile& file : PageFiles()) {
      if (file.kind != kind) continue;
      examples += file.name.starts_with("example");
      mends += file.name.starts_with("mend_");
      pages += file.name == "page.txt";
    }
    EXPECT_EQ(pages, 1) << kind;
    EXPECT_EQ(examples, 1) << kind;
    EXPECT_EQ(mends, 3) << kind;
    const std::string page = Explained({kind});
    EXPECT_THAT(page, StartsWith(std::string(kind) + " ("));
    EXPECT_THAT(page, HasSubstr("The smallest program that has it."));
    EXPECT_THAT(page, ContainsRegex("\n1\\. .*\n"));
    EXPECT_THAT(page, ContainsRegex("\n3\\. .*\n"));
    EXPECT_THAT(page, HasSubstr("    package main\n"));
  }
}

TEST(Explain, WithoutAKindListsAllInALineEach) {
  const std::string list = Explained({});
  size_t lines = 0;
  for (const char* kind : kKinds) {
    EXPECT_THAT("\n" + list, HasSubstr("\n" + std::string(kind) + " "));
    ++lines;
  }
  EXPECT_EQ(std::count(list.begin(), list.end(), '\n'), static_cast<long>(lines) + 2);
}

TEST(Explain, AnUnknownKindIsStatus2WithTheNearestName) {
  EXPECT_THAT(Explained({"goroutine-leek"}, 2), HasSubstr("did you mean goroutine-leak?"));
  EXPECT_THAT(Explained({"xyzzyxyzzy"}, 2), HasSubstr("heddle explain lists them"));
}

TEST(Explain, LinesFitATerminal) {
  for (const PageFile& file : PageFiles()) {
    if (file.name != "page.txt") continue;
    for (size_t at = 0; at < file.text.size();) {
      const size_t end = file.text.find('\n', at);
      EXPECT_LE(end - at, 100u) << file.kind;
      at = end + 1;
    }
  }
}

}  // namespace
}  // namespace heddle::cli
