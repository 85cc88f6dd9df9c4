// SPDX-License-Identifier: Apache-2.0
// How things stand after each step: hand-made traces, and what the views make of it.
#include "viz/story.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/viz/sample_traces.h"
#include "viz/html_view.h"
#include "viz/perfetto_view.h"
#include "viz/view.h"

namespace heddle::viz {
namespace {

using Json = nlohmann::json;
using sim::OpCategory;
using sim::Trace;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

int AddObject(Trace& trace, std::string kind) {
  int number = static_cast<int>(trace.objects.size()) + 1;
  trace.objects.push_back({number, kind, kind + " #" + std::to_string(number), "", {}});
  return number;
}

// The last event did this to the object.
void Touch(Trace& trace, int object, std::string state, std::string value = "") {
  sim::TraceEvent& event = trace.events.back();
  event.objects.push_back(object);
  event.states.push_back({object, std::move(state)});
  event.parts.back().object = object;
  event.parts.back().value = std::move(value);
}

TEST(Story, GoroutinesAreReadyBlockedAndEnded) {
  Trace t = LeakTrace();
  for (sim::TraceEvent& event : t.events) event.able = {1, 3};
  Diagram d = Arrange(t, {});
  Story story = Tell(d);
  const std::vector<GoroutineSpan>& second = story.goroutines[1];
  EXPECT_EQ(At(second, 0).activity, Activity::kAbsent);
  EXPECT_EQ(At(second, 1).activity, Activity::kBlocked);
  EXPECT_EQ(At(second, 1).at, "receive");
  EXPECT_EQ(At(second, 1).site.line, 31);
  EXPECT_EQ(At(second, 3).activity, Activity::kReady);  // the next step is its own
  EXPECT_EQ(At(second, 8).activity, Activity::kBlocked);
  EXPECT_EQ(At(second, 8).at, "chan receive");
  EXPECT_EQ(At(story.goroutines[0], 7).activity, Activity::kEnded);
  EXPECT_THAT(story.switches, ElementsAre(5, 6, 8));
}

TEST(Story, WithoutAlternativesNobodyIsSaidToBeBlockedEarly) {
  Trace t = LeakTrace();
  Diagram d = Arrange(t, {});
  EXPECT_EQ(At(Tell(d).goroutines[1], 1).activity, Activity::kWaiting);
}

TEST(Story, BuffersKeepTheirValuesInOrder) {
  TraceBuilder b("x.go");
  int c = AddObject(b.trace, "channel");
  b.Event(OpCategory::kSend, {{1, "send", "send 7 on c", 2}});
  Touch(b.trace, c, "1/3 buffered", "7");
  b.Event(OpCategory::kSend, {{1, "send", "send 8 on c", 2}});
  Touch(b.trace, c, "2/3 buffered", "8");
  b.Event(OpCategory::kReceive, {{1, "receive", "receive 7 from c", 3}});
  Touch(b.trace, c, "1/3 buffered", "7");
  b.Event(OpCategory::kTimer, {{0, "timer fires", "timer fires", 0}});
  Touch(b.trace, c, "2/3 buffered");
  b.Event(OpCategory::kClose, {{1, "close", "close c", 4}});
  Touch(b.trace, c, "2/3 buffered, closed");
  Diagram d = Arrange(b.trace, {});
  std::vector<ObjectSpan> spans = Tell(d).objects[0];
  EXPECT_EQ(At(spans, 0).state, "");
  EXPECT_THAT(At(spans, 2).values, ElementsAre("7", "8"));
  EXPECT_EQ(At(spans, 2).capacity, 3);
  EXPECT_THAT(At(spans, 3).values, ElementsAre("8"));
  EXPECT_THAT(At(spans, 4).values, ElementsAre("8", "?"));
  EXPECT_FALSE(At(spans, 4).closed);
  EXPECT_TRUE(At(spans, 5).closed);
}

TEST(Story, LocksKnowTheirOwners) {
  TraceBuilder b("x.go");
  int mutex = AddObject(b.trace, "mutex"), rw = AddObject(b.trace, "rwmutex");
  b.Event(OpCategory::kSpawn, {{1, "go", "go f", 2}});
  b.Goroutine("main.f", 1, 2);
  b.Event(OpCategory::kLock, {{2, "lock", "lock m", 9}});
  Touch(b.trace, mutex, "locked");
  b.Event(OpCategory::kLock, {{1, "read lock", "read lock r", 3}});
  Touch(b.trace, rw, "1 readers");
  b.Event(OpCategory::kLock, {{2, "read lock", "read lock r", 9}});
  Touch(b.trace, rw, "2 readers");
  b.Event(OpCategory::kUnlock, {{1, "read unlock", "read unlock r", 4}});
  Touch(b.trace, rw, "1 readers");
  b.Event(OpCategory::kUnlock, {{1, "unlock", "unlock m", 5}});  // by another: Go allows that
  Touch(b.trace, mutex, "unlocked");
  Diagram d = Arrange(b.trace, {});
  Story story = Tell(d);
  EXPECT_THAT(At(story.objects[0], 2).owners, ElementsAre(2));
  EXPECT_THAT(At(story.objects[0], 6).owners, IsEmpty());
  EXPECT_THAT(At(story.objects[1], 4).owners, ElementsAre(1, 2));
  EXPECT_THAT(At(story.objects[1], 5).owners, ElementsAre(2));
}

// main derives a child, cancels the parent, and goroutine 2 sees it on the child's Done channel.
Trace TreeTrace() {
  TraceBuilder b("x.go");
  int child = AddObject(b.trace, "context"), done = AddObject(b.trace, "channel");
  int parent = AddObject(b.trace, "context");
  b.Event(OpCategory::kContext, {{1, "derive context", "derive context", 2}});
  b.trace.events.back().objects = {child, done, parent};
  b.trace.events.back().states = {{child, "live"}, {parent, "live"}};
  b.Event(OpCategory::kSpawn, {{1, "go", "go f", 3}});
  b.Goroutine("main.f", 1, 3);
  b.Event(OpCategory::kCancel, {{1, "cancel", "cancel parent", 4}});
  b.trace.events.back().objects = {parent};
  b.trace.events.back().states = {{parent, "cancelled"}};
  b.Event(OpCategory::kCancel, {{1, "cancel child", "cancel child", 4}});
  b.trace.events.back().objects = {parent, child, done};
  b.trace.events.back().states = {{child, "cancelled"}, {done, "unbuffered, closed"}};
  b.Event(OpCategory::kReceive, {{2, "receive", "receive from done: closed", 8}});
  b.trace.events.back().objects = {done};
  b.trace.events.back().parts[0].object = done;
  return b.trace;
}

TEST(Story, ContextsFormATreeAndKnowWhoSawTheCancellation) {
  Trace t = TreeTrace();
  Diagram d = Arrange(t, {});
  std::vector<ContextNode> contexts = Tell(d).contexts;
  ASSERT_EQ(contexts.size(), 2u);
  EXPECT_EQ(contexts[0].object, 3);
  EXPECT_EQ(contexts[0].cancelled_event, 3);
  EXPECT_EQ(contexts[0].cancelled_by, 1);
  EXPECT_THAT(contexts[0].seen, IsEmpty());
  EXPECT_EQ(contexts[1].parent, 3);
  EXPECT_EQ(contexts[1].done, 2);
  EXPECT_THAT(contexts[1].seen, ElementsAre(ContextNode::Seen{2, 5}));
}

TEST(Story, ContextsInWords) {
  Trace t = TreeTrace();
  Diagram d = Arrange(t, {});
  std::vector<ContextLine> lines = ContextLines(t, Tell(d), 9);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0].text, "context #3: cancelled at step 3 by goroutine 1, seen by nobody");
  EXPECT_EQ(lines[1].depth, 1);
  EXPECT_EQ(lines[1].text,
            "context #1: cancelled at step 4 by goroutine 1, seen by goroutine 2 at step 5");
  t.goroutines[1].unseen = {3};
  lines = ContextLines(t, Tell(d), 9);
  EXPECT_EQ(lines[0].text,
            "context #3: cancelled at step 3 by goroutine 1, never seen by goroutine 2");
  lines = ContextLines(t, Tell(d), 1);
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[1].text, "and 1 more");
}

TEST(Story, ADamagedTreeIsNoRing) {
  Trace t = TreeTrace();
  sim::TraceEvent again = t.events[0];
  std::swap(again.objects[0], again.objects[2]);
  again.index = 6;
  t.events.push_back(again);
  Diagram d = Arrange(t, {});
  EXPECT_EQ(Tell(d).contexts.size(), 2u);
}

// ---- The views

TEST(Html, IsOnePageThatLoadsNothing) {
  std::string html = HtmlView(CancelTrace());
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>"));
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  for (const char* outside :
       {"src=", "href=", "@import", "url(http", "url(\"", "fetch(\"", "XMLHttp", "@@"}) {
    EXPECT_EQ(html.find(outside), std::string::npos) << outside;
  }
}

TEST(Html, NothingOfTheProgramEndsItsElement) {
  Trace t = NastyTrace();
  t.output = "</script><script>alert(1)</script><!--";
  t.goroutines[0].name = "</script><b>";
  t.sources = {{t.program, "var s = \"</script>\" // <!-- <script>\n\tx := 1\r\n"}};
  std::string html = HtmlView(t), plain = HtmlView(LeakTrace());
  auto count = [](const std::string& text, const std::string& part) {
    size_t n = 0;
    for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
    return n;
  };
  for (const char* mark : {"</script", "<script", "<!--", "<b>"}) {
    EXPECT_EQ(count(html, mark), count(plain, mark)) << mark;
  }
  size_t begin = html.find("id=\"trace\">") + 11;
  Json document = Json::parse(html.substr(begin, html.find("</script>", begin) - begin));
  EXPECT_EQ(document["output"], t.output);
  EXPECT_EQ(document["goroutines"][0]["name"], t.goroutines[0].name);
}

TEST(Html, SaysWhyAnotherMovesAndFromWhereItCannotBeAvoided) {
  Trace t = LeakTrace();
  t.events[4].switched = "goroutine 1 waits: receive from results";
  t.findings[0].no_return = 4;
  std::string html = HtmlView(t);
  EXPECT_NE(html.find(R"("switched":"goroutine 1 waits: receive from results")"), html.npos);
  EXPECT_NE(html.find(R"("noReturn":4)"), html.npos);
}

TEST(Html, SourceLinesKeepTheirShape) {
  Trace t = LeakTrace();
  t.sources = {{t.program, "package main\n\tif x {\n\r\n  \ty\n"}};
  std::string html = HtmlView(t);
  EXPECT_NE(html.find(R"("sources":[["package main","    if x {","","    y"]])"),
            std::string::npos);
}

TEST(Html, SameTraceSameBytes) { EXPECT_EQ(HtmlView(CancelTrace()), HtmlView(CancelTrace())); }

TEST(Svg, ShowsContextsAndWhatRepeats) {
  Trace t = TreeTrace();
  t.findings = {{"livelock", "error", "goroutine 2 runs forever", {2}, {}, 0}};
  t.findings[0].cycle_start = 4;
  auto svg = Render(t, View::kSvg);
  ASSERT_TRUE(svg) << svg.error();
  EXPECT_THAT(*svg, HasSubstr("cancelled at step 3 by goroutine 1, seen by nobody"));
  EXPECT_THAT(*svg, HasSubstr("these steps repeat forever"));
  t.findings[0].cycle_start = 0;
  EXPECT_THAT(*Render(t, View::kSvg), ::testing::Not(HasSubstr("repeat forever")));
}

TEST(Dot, LinesSayWhoIsBlocked) {
  Trace t = LeakTrace();
  EXPECT_THAT(*Render(t, View::kDot), ::testing::Not(HasSubstr("tooltip=\"blocked: receive")));
  for (sim::TraceEvent& event : t.events) event.able = {1, 3};
  EXPECT_THAT(*Render(t, View::kDot), HasSubstr("tooltip=\"blocked: receive"));
}

TEST(Perfetto, SlicesNestAndFlowsHaveTwoEnds) {
  for (Trace t : {LeakTrace(), SendOnClosedTrace(), CancelTrace(), WideTrace(11, 60), NastyTrace(),
                  Trace{}, TreeTrace()}) {
    Json events = Json::parse(PerfettoView(t))["traceEvents"];
    std::map<int, std::vector<std::pair<int, int>>> slices;  // by thread
    std::map<int, std::string> flows;
    for (const Json& event : events) {
      ASSERT_TRUE(event.contains("ph") && event.contains("pid") && event.contains("name"));
      std::string phase = event["ph"];
      EXPECT_THAT(std::string("MXisfC"), HasSubstr(phase));
      if (phase == "X") {
        EXPECT_GT(event["dur"], 0);
        slices[event["tid"]].push_back({event["ts"], event["dur"]});
      }
      if (phase == "s" || phase == "f") flows[event["id"]] += phase;
    }
    for (auto& [thread, of_thread] : slices) {
      std::sort(of_thread.begin(), of_thread.end());
      for (size_t i = 1; i < of_thread.size(); ++i) {
        EXPECT_LE(of_thread[i - 1].first + of_thread[i - 1].second, of_thread[i].first);
      }
    }
    for (const auto& [id, ends] : flows) EXPECT_EQ(ends, "sf");
  }
}

TEST(Perfetto, TheFindingIsAnInstantOfItsGoroutine) {
  Json events = Json::parse(PerfettoView(SendOnClosedTrace()))["traceEvents"];
  auto found = std::find_if(events.begin(), events.end(), [](const Json& event) {
    return event["ph"] == "i" && event["cat"] == "finding";
  });
  ASSERT_NE(found, events.end());
  EXPECT_EQ((*found)["tid"], 2);
  EXPECT_EQ((*found)["args"]["kind"], "send-on-closed");
}

}  // namespace
}  // namespace heddle::viz
