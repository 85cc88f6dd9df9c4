// SPDX-License-Identifier: Apache-2.0
// SARIF, JUnit and GitHub annotations of answers made by hand. The SARIF check is our own reading
// of the parts of SARIF 2.1.0 that we write: required properties, types, values.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "checker/cli/places.h"
#include "checker/cli/report_github.h"
#include "checker/cli/report_junit.h"
#include "checker/cli/report_sarif.h"
#include "tests/cli/fake_engine.h"

namespace heddle::cli {
namespace {

using checker::TargetReport;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

std::vector<TargetReport> Targets() {
  std::vector<TargetReport> targets;
  for (const char* answer : {"leak", "panic", "pass", "budget"}) {
    targets.push_back(FakeReport(answer, "some dir/pool.go", "main"));
  }
  TargetReport invalid;
  invalid.path = "p.go";
  invalid.verdict = checker::Verdict::kInvalid;
  invalid.diagnostics = {{"error", "p.go:3:8", "\"os\" imported <and> not used"}};
  targets.push_back(invalid);
  targets[1].findings[0].message = "bad \xc3\x28, 100%\nsecond & \"last\"";
  return targets;
}

// ---- SARIF 2.1.0, clause by clause

void CheckMessage(const json& m) {
  ASSERT_TRUE(m.is_object());
  ASSERT_TRUE(m.at("text").is_string());
  EXPECT_NE(m.at("text"), "");
}

void CheckLocation(const json& l) {
  const json& physical = l.at("physicalLocation");
  const std::string uri = physical.at("artifactLocation").at("uri");
  EXPECT_EQ(uri.find_first_of(" \"<>\\^`{}|"), std::string::npos) << uri;
  if (physical.contains("region")) {
    EXPECT_GE(physical["region"].at("startLine").get<int>(), 1);
    if (physical["region"].contains("startColumn")) {
      EXPECT_GE(physical["region"]["startColumn"].get<int>(), 1);
    }
  }
  if (l.contains("message")) CheckMessage(l["message"]);
  if (l.contains("id")) {
    EXPECT_GE(l["id"].get<int>(), 0);
  }
}

void CheckCodeFlow(const json& flow) {
  ASSERT_GE(flow.at("threadFlows").size(), 1u);
  std::set<std::string> ids;
  for (const json& thread : flow["threadFlows"]) {
    EXPECT_TRUE(ids.insert(thread.at("id")).second);
    CheckMessage(thread.at("message"));
    ASSERT_GE(thread.at("locations").size(), 1u);
    int before = 0;
    for (const json& at : thread["locations"]) {
      CheckLocation(at.at("location"));
      EXPECT_GE(at.at("executionOrder").get<int>(), before);
      before = at["executionOrder"];
      EXPECT_THAT((std::set<std::string>{"important", "essential", "unimportant"}),
                  ::testing::Contains(at.at("importance").get<std::string>()));
    }
  }
}

void CheckSarif(const json& document) {
  EXPECT_EQ(document.at("version"), "2.1.0");
  EXPECT_TRUE(document.at("$schema").is_string());
  const std::set<std::string> levels = {"none", "note", "warning", "error"};
  for (const json& run : document.at("runs")) {
    const json& driver = run.at("tool").at("driver");
    EXPECT_EQ(driver.at("name"), "heddle");
    EXPECT_TRUE(run.at("columnKind") == "unicodeCodePoints" ||
                run.at("columnKind") == "utf16CodeUnits");
    for (const json& rule : driver.at("rules")) {
      EXPECT_TRUE(rule.at("id").is_string());
      CheckMessage(rule.at("shortDescription"));
      EXPECT_TRUE(levels.contains(rule.at("defaultConfiguration").at("level")));
    }
    for (const json& invocation : run.at("invocations")) {
      EXPECT_TRUE(invocation.at("executionSuccessful").is_boolean());
      if (!invocation.contains("toolExecutionNotifications")) continue;
      for (const json& note : invocation["toolExecutionNotifications"]) {
        CheckMessage(note.at("message"));
        EXPECT_TRUE(levels.contains(note.at("level")));
        for (const json& location : note.at("locations")) CheckLocation(location);
      }
    }
    for (const json& result : run.at("results")) {
      CheckMessage(result.at("message"));
      EXPECT_TRUE(levels.contains(result.at("level")));
      EXPECT_EQ(driver["rules"].at(result.at("ruleIndex").get<size_t>())["id"], result["ruleId"]);
      for (const json& location : result.at("locations")) CheckLocation(location);
      for (const json& location : result.at("relatedLocations")) CheckLocation(location);
      if (result.contains("codeFlows")) {
        for (const json& flow : result["codeFlows"]) CheckCodeFlow(flow);
      }
      for (const auto& [key, value] : result.at("partialFingerprints").items()) {
        EXPECT_TRUE(value.is_string());
      }
    }
  }
}

TEST(Sarif, IsValid) {
  const json document = json::parse(SarifReport(Targets(), {}));
  CheckSarif(document);
  EXPECT_EQ(document["runs"][0]["results"].size(), 2u);
  EXPECT_EQ(document["runs"][0]["invocations"][0]["executionSuccessful"], false);
  CheckSarif(json::parse(SarifReport({}, {})));
}

TEST(Sarif, EveryGoroutineHasAThreadFlow) {
  const std::vector<TargetReport> targets = {FakeReport("leak", "pool.go", "main")};
  const json document = json::parse(SarifReport(targets, {}));
  const json& flow = document["runs"][0]["results"][0]["codeFlows"][0];
  EXPECT_EQ(flow["threadFlows"].size(), targets[0].findings[0].trace->goroutines.size());
}

TEST(Sarif, FingerprintsFollowKindAndSitesAlone) {
  std::vector<TargetReport> targets = {FakeReport("leak", "pool.go", "main")};
  const auto print = [&] {
    const json document = json::parse(SarifReport(targets, {}));
    return document["runs"][0]["results"][0]["partialFingerprints"].dump();
  };
  const std::string first = print();
  targets[0].findings[0].schedule = "h1:other";
  targets[0].findings[0].message = "goroutine 9 is blocked forever";
  EXPECT_EQ(print(), first);
  targets[0].findings[0].locations = {"pool.go:99:1"};
  EXPECT_NE(print(), first);
}

// ---- JUnit

// Reads the document as XML, as far as we write it: elements nest, attributes are quoted, text has
// no markup. Returns the names of the elements in order.
std::vector<std::string> Elements(const std::string& text) {
  std::vector<std::string> names, open;
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '<') {
      EXPECT_NE(text[at], '>');
      EXPECT_TRUE(static_cast<unsigned char>(text[at]) >= 0x20 || text[at] == '\n');
      ++at;
      continue;
    }
    bool quoted = false;
    size_t end = at + 1;
    for (; end < text.size() && (quoted || text[end] != '>'); ++end) {
      if (text[end] == '"') quoted = !quoted;
      EXPECT_NE(text[end], '<');
    }
    const std::string tag = text.substr(at + 1, end - at - 1);
    at = end + 1;
    if (tag[0] == '?') continue;
    const std::string name =
        tag.substr(tag[0] == '/' ? 1 : 0, tag.find_first_of(" /", 1) - (tag[0] == '/' ? 1 : 0));
    if (tag[0] == '/') {
      EXPECT_FALSE(open.empty());
      if (open.empty()) return {};
      EXPECT_EQ(open.back(), tag.substr(1));
      open.pop_back();
      continue;
    }
    names.push_back(name);
    if (!tag.ends_with("/")) open.push_back(name);
  }
  EXPECT_TRUE(open.empty());
  return names;
}

TEST(JUnit, IsWellFormedAndCounts) {
  const std::string text = JUnitReport(Targets(), {});
  const std::vector<std::string> names = Elements(text);
  EXPECT_EQ(std::count(names.begin(), names.end(), "testcase"), 5);
  EXPECT_EQ(std::count(names.begin(), names.end(), "failure"), 2);
  EXPECT_EQ(std::count(names.begin(), names.end(), "error"), 1);
  EXPECT_EQ(std::count(names.begin(), names.end(), "skipped"), 1);
  EXPECT_EQ(std::count(names.begin(), names.end(), "testsuite"), 2);
  EXPECT_THAT(text, HasSubstr("tests=\"5\" failures=\"2\" errors=\"1\" skipped=\"1\""));
  EXPECT_THAT(text, HasSubstr("type=\"goroutine-leak\""));
  EXPECT_THAT(text, HasSubstr("&quot;os&quot; imported &lt;and&gt; not used"));
  EXPECT_THAT(text, HasSubstr("second &amp; &quot;last&quot;"));
}

// ---- GitHub

TEST(Github, EscapesWhatEndsACommand) {
  std::vector<TargetReport> targets = Targets();
  targets[0].findings[0].locations = {"a,b:c/po%ol.go:31:5"};
  const std::string text = GithubReport(targets, {});
  EXPECT_THAT(text, HasSubstr("::error file=a%2Cb%3Ac/po%25ol.go,line=31,col=5,"
                              "title=heddle%3A goroutine-leak::goroutine 2 is blocked forever"));
  EXPECT_THAT(text, HasSubstr("100%25%0Asecond & \"last\""));
  EXPECT_THAT(text,
              HasSubstr("::error file=p.go,line=3,col=8,title=heddle%3A cannot be checked::"));
  EXPECT_THAT(text, HasSubstr("::warning file=some dir/pool.go,title=heddle%3A incomplete::"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
}

TEST(Github, WarningsAndNotes) {
  std::vector<TargetReport> targets = {FakeReport("leak", "pool.go", "main")};
  targets[0].findings[0].kind = checker::FindingKind::kContextLeak;
  EXPECT_THAT(GithubReport(targets, {}), ::testing::StartsWith("::warning "));
  targets[0].findings[0].kind = checker::FindingKind::kExit;
  EXPECT_THAT(GithubReport(targets, {}), ::testing::StartsWith("::notice "));
}

TEST(Places, FromText) {
  const auto parts = [](std::string_view text) {
    const Place p = PlaceFrom(text);
    return std::tuple(p.file, p.line, p.column);
  };
  EXPECT_EQ(parts("pool.go:31:5"), std::tuple("pool.go", 31, 5));
  EXPECT_EQ(parts("pool.go:31"), std::tuple("pool.go", 31, 0));
  EXPECT_EQ(parts("C:/a:b.go"), std::tuple("C:/a:b.go", 0, 0));
  EXPECT_EQ(parts("?"), std::tuple("?", 0, 0));
  EXPECT_EQ(UriOf("./some dir/ä%.go"), "some%20dir/%C3%A4%25.go");
  EXPECT_EQ(UriOf("/tmp/a.go"), "file:///tmp/a.go");
}

}  // namespace
}  // namespace heddle::cli
