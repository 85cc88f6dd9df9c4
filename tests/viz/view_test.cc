// SPDX-License-Identifier: Apache-2.0
// Views of hand-made traces: what must be in them, where, and that nothing in a trace can break
// them.
#include "viz/view.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <thread>

#include "tests/viz/sample_traces.h"
#include "viz/diagram.h"
#include "viz/dot_view.h"
#include "viz/text_view.h"

namespace heddle::viz {
namespace {

using sim::OpCategory;
using sim::Trace;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string Draw(const Trace& trace, View view) {
  auto drawn = Render(trace, view);
  EXPECT_TRUE(drawn) << drawn.error();
  return drawn.value_or("");
}

size_t Count(const std::string& text, const std::string& part) {
  size_t n = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(ViewOf, GoesBySuffix) {
  EXPECT_EQ(ViewOf("a/b.txt"), View::kText);
  EXPECT_EQ(ViewOf("x.dot"), View::kDot);
  EXPECT_EQ(ViewOf("x.y.svg"), View::kSvg);
  EXPECT_EQ(ViewOf("x.html"), View::kHtml);
  EXPECT_EQ(ViewOf("x.perfetto.json"), View::kPerfetto);
}

TEST(ViewOf, NamesTheSuffixesThereAre) {
  for (const char* path : {"x.htm", "perfetto.json", "x", "dir.svg/x", ""}) {
    auto view = ViewOf(path);
    ASSERT_FALSE(view) << path;
    EXPECT_THAT(view.error(), HasSubstr(".html (a page to step through), .svg (picture)"));
  }
}

TEST(Diagram, RendezvousIsOneMessageLink) {
  Trace t = LeakTrace();
  Diagram d = Arrange(t, {});
  EXPECT_THAT(d.links, ::testing::Contains(Link{LinkKind::kMessage, 3, 0, 3, 2}));
  EXPECT_THAT(d.links, ::testing::Contains(Link{LinkKind::kMessage, 5, 2, 6, 0}));
  EXPECT_THAT(d.links, ::testing::Contains(Link{LinkKind::kSpawn, 2, 0, 2, 2}));
  EXPECT_EQ(d.links.size(), 5u);
}

TEST(Diagram, MessageGoesFromSenderEvenWhenTheReceiverCameSecond) {
  Trace t = LeakTrace();
  std::swap(t.events[2].parts[0], t.events[2].parts[1]);
  t.events[2].category = OpCategory::kReceive;
  Diagram d = Arrange(t, {});
  EXPECT_THAT(d.links, ::testing::Contains(Link{LinkKind::kMessage, 3, 0, 3, 2}));
}

TEST(Diagram, LeavesOutWhatFollowsFromOtherLinks) {
  TraceBuilder b("x.go");
  b.Event(OpCategory::kSpawn, {{1, "go", "go f", 2}});
  b.Goroutine("main.f", 1, 2);
  int first = b.Event(OpCategory::kUnlock, {{1, "unlock", "unlock mu", 3}});
  int second = b.Event(OpCategory::kClose, {{1, "close", "close c", 4}});
  b.Event(OpCategory::kReceive, {{2, "receive", "receive from c: closed", 9}}, {first, second});
  Diagram d = Arrange(b.trace, {});
  EXPECT_THAT(d.links, ::testing::ElementsAre(Link{LinkKind::kSpawn, 1, 0, 1, 1},
                                              Link{LinkKind::kClose, second, 0, 4, 1}));
}

TEST(Diagram, StatesAtTheEnd) {
  Trace leak = LeakTrace();
  Diagram d = Arrange(leak, {});
  EXPECT_EQ(d.lanes[0].end, LaneEnd::kEnded);
  EXPECT_EQ(d.lanes[1].end, LaneEnd::kStuck);
  EXPECT_TRUE(d.lanes[1].accused);
  EXPECT_EQ(d.lanes[1].end_text, "blocked forever: chan receive");
  EXPECT_FALSE(d.lanes[2].accused);
  Trace panic = SendOnClosedTrace();
  d = Arrange(panic, {});
  EXPECT_EQ(d.lanes[0].end, LaneEnd::kBlocked);
  EXPECT_EQ(d.lanes[0].end_text, "blocked here: sync.WaitGroup.Wait");
  EXPECT_EQ(d.lanes[1].end, LaneEnd::kPanicked);
}

TEST(Diagram, TimersHaveALaneOfTheirOwnAndSpawnsNameWhatTheyStart) {
  Trace t = CancelTrace();
  Diagram d = Arrange(t, {});
  ASSERT_EQ(d.lanes.size(), 5u);
  EXPECT_EQ(d.lanes[4].goroutine->number, 0);
  EXPECT_THAT(d.links, ::testing::Contains(Link{LinkKind::kWake, 9, 4, 10, 0}));
  EXPECT_THAT(StepsText(t, {}), HasSubstr("timer fires"));
  t.events[1].parts[0].text = "go";
  EXPECT_EQ(PartText(d, t.events[1], t.events[1].parts[0]), "go main.fetch");
}

TEST(Diagram, TextsReadWell) {
  struct Case {
    OpCategory category;
    std::string operation, text, shown;
  };
  for (const Case& c : std::vector<Case>{
           {OpCategory::kClose, "close", "close on channel #1", "close channel #1"},
           {OpCategory::kTimer, "arm timer", "arm timer on timer #1", "arm timer #1"},
           {OpCategory::kTimer, "timer fires", "timer fires on timer #2", "timer #2 fires"},
           {OpCategory::kTimer, "wake up", "wake up on timer #2", "wake up"},
           {OpCategory::kLock, "read lock", "read lock on s.mu", "read lock s.mu"},
           {OpCategory::kWait, "wait", "wait on waitgroup #1", "wait on waitgroup #1"},
           {OpCategory::kSend, "send", "send 3 on channel #1", "send 3 on channel #1"},
           {OpCategory::kLock, "lock", "", "lock"}}) {
    TraceBuilder b("x.go");
    b.Event(c.category, {{1, c.operation, c.text, 2}});
    Diagram d = Arrange(b.trace, {});
    EXPECT_EQ(PartText(d, b.trace.events[0], b.trace.events[0].parts[0]), c.shown);
  }
}

TEST(Diagram, KeepsTheLastEventsAndTheAccused) {
  Trace t = WideTrace(60, 5000);
  t.findings[0].goroutines = {57};
  Diagram d = Arrange(t, {.lanes = 10, .events = 100});
  EXPECT_EQ(d.lanes.size(), 10u);
  EXPECT_TRUE(d.lane_of.contains(57));
  EXPECT_TRUE(d.lane_of.contains(1));
  EXPECT_EQ(d.first_event, static_cast<int>(t.events.size()) - 99);
  EXPECT_EQ(d.goroutines_left_out, 51u);
}

TEST(TextView, StepsStandInTheLaneOfTheirGoroutine) {
  EXPECT_EQ(StepsText(LeakTrace(), {}),
            " step  G1      G2      G3\n"
            "    1  go worker → G2                                 pool.go:12:5\n"
            "    2  go worker → G3  │                              pool.go:12:5\n"
            "    3  send 1 on jobs → G3                            pool.go:15:5\n"
            "       │       │       receive 1 from jobs ← G1       pool.go:31:5\n"
            "    4  send 2 on jobs → G2                            pool.go:15:5\n"
            "       │       receive 2 from jobs ← G1               pool.go:31:5\n"
            "    5  │       │       send 1 on results              pool.go:32:5\n"
            "    6  receive 1 from results                         pool.go:18:5\n"
            "    7  main returns    │                              pool.go:20:5\n"
            "    8          send 2 on results                      pool.go:32:5\n"
            "               ✗ blocked forever: chan receive        pool.go:31:5\n"
            "               │       blocked forever: chan receive  pool.go:31:5\n");
}

TEST(TextView, SourceLinesStandNextToTheirSteps) {
  StepsOptions options;
  options.source = [](const sim::TraceSite& site) { return fmt::format("line {}", site.line); };
  EXPECT_THAT(StepsText(LeakTrace(), options),
              HasSubstr("send 2 on results                      pool.go:32:5  line 32\n"));
}

TEST(TextView, ColourChangesNothingButColour) {
  StepsOptions options;
  options.color = true;
  std::string colored = StepsText(SendOnClosedTrace(), options);
  EXPECT_THAT(colored, HasSubstr("\x1b[1;31msend \"world\" on events\x1b[0m"));
  std::string plain;
  for (size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b') {
      i = colored.find('m', i);
    } else {
      plain += colored[i];
    }
  }
  EXPECT_EQ(plain, StepsText(SendOnClosedTrace(), {}));
}

TEST(TextView, SaysWhereItGoesWrongAtAStep) {
  std::string text = StepsText(SendOnClosedTrace(), {});
  EXPECT_THAT(text, HasSubstr("send \"world\" on events"));
  EXPECT_THAT(text, HasSubstr("✗ goroutine 2 panics: send on closed channel"));
  EXPECT_EQ(Count(text, "✗"), 1u);
}

TEST(TextView, LeavesOutTheMiddleOfALongTrace) {
  StepsOptions options;
  options.max_steps = 40;
  std::string text = StepsText(WideTrace(5, 1000), options);
  EXPECT_THAT(text, HasSubstr("steps left out"));
  EXPECT_LT(Count(text, "\n"), 80u);
}

TEST(TextView, ShowsTheClock) {
  EXPECT_THAT(StepsText(CancelTrace(), {}), HasSubstr("── 500ms on the clock ──"));
}

TEST(DotView, NoTwoBoxesOverlap) {
  for (const Trace& t : {LeakTrace(), SendOnClosedTrace(), MutexDeadlockTrace(), CancelTrace(),
                         WideTrace(11, 60), WideTrace(2, 3), NastyTrace()}) {
    std::string dot = DotView(t);
    struct Box {
      char name[32];
      double x, y, w, h;
    };
    std::vector<Box> boxes;
    std::istringstream lines(dot);
    for (std::string line; std::getline(lines, line);) {
      Box box;
      bool node =
          std::sscanf(line.c_str(), "  \"%31[^\"]\" [pos=\"%lf,%lf\", width=%lf, height=%lf",
                      box.name, &box.x, &box.y, &box.w, &box.h) == 5;
      if (!node || line.find("shape=\"box\"") == std::string::npos) continue;
      box.w *= 72;
      box.h *= 72;
      boxes.push_back(box);
    }
    EXPECT_GE(boxes.size(), t.events.size());
    for (size_t i = 0; i < boxes.size(); ++i) {
      for (size_t j = 0; j < i; ++j) {
        bool apart = std::abs(boxes[i].x - boxes[j].x) >= (boxes[i].w + boxes[j].w) / 2 - 0.5 ||
                     std::abs(boxes[i].y - boxes[j].y) >= (boxes[i].h + boxes[j].h) / 2 - 0.5;
        EXPECT_TRUE(apart) << boxes[i].name << " and " << boxes[j].name;
      }
    }
  }
}

TEST(Svg, ShowsTheStory) {
  std::string svg = Draw(LeakTrace(), View::kSvg);
  EXPECT_THAT(svg, HasSubstr("<svg"));
  EXPECT_THAT(svg, HasSubstr("goroutine&#45;leak: goroutine 2 is blocked forever: chan receive"));
  EXPECT_THAT(svg, HasSubstr("created at pool.go:12"));
  EXPECT_THAT(svg, HasSubstr("receive 1 from jobs"));
  EXPECT_THAT(svg, HasSubstr("blocked forever: chan receive"));
  EXPECT_THAT(svg, HasSubstr("#c1121f"));
}

TEST(Svg, DrawsEveryTraceWithoutComplaint) {
  for (const Trace& t : {SendOnClosedTrace(), MutexDeadlockTrace(), CancelTrace(),
                         WideTrace(11, 60), NastyTrace(), WideTrace(60, 3000), Trace{}}) {
    std::string svg = Draw(t, View::kSvg);
    EXPECT_THAT(svg, HasSubstr("</svg>"));
    EXPECT_THAT(svg, Not(HasSubstr("\xff")));
  }
}

TEST(Svg, SameTraceSameBytes) {
  EXPECT_EQ(Draw(CancelTrace(), View::kSvg), Draw(CancelTrace(), View::kSvg));
  EXPECT_EQ(Draw(CancelTrace(), View::kDot), Draw(CancelTrace(), View::kDot));
}

TEST(Svg, SeveralThreadsTakeTurns) {
  std::string alone = Draw(LeakTrace(), View::kSvg);
  std::vector<std::thread> threads;
  std::vector<std::string> drawn(4);
  for (size_t i = 0; i < drawn.size(); ++i) {
    threads.emplace_back([&, i] { drawn[i] = Draw(LeakTrace(), View::kSvg); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& svg : drawn) EXPECT_EQ(svg, alone);
}

TEST(Dot, EscapesWhatDotWouldRead) {
  std::string dot = Draw(NastyTrace(), View::kDot);
  EXPECT_THAT(dot, HasSubstr(R"(\"quoted\\path\\N\" &amp; <html>)"));
  EXPECT_THAT(dot, StartsWith("// Drawn by heddle"));
}

}  // namespace
}  // namespace heddle::viz
