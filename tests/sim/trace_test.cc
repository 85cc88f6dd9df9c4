// SPDX-License-Identifier: Apache-2.0
// Trace to JSON and back; damaged documents give messages, never exceptions.
#include "sim/trace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sim/base/random.h"

namespace heddle::sim {
namespace {

using ::testing::HasSubstr;

Trace Sample() {
  Trace t;
  t.program = "dir with space/pool.go";
  t.program_hash = "00ff";
  t.entry = "main";
  t.options = {{"time", "ideal"}, {"seed", "1"}};
  t.schedule = "h1:0,1,1";
  t.fingerprint = "abc";
  t.operations = {{"send", OpCategory::kSend}, {"close", OpCategory::kClose}};
  TraceGoroutine main;
  main.number = 1;
  main.name = "main";
  main.state = "ended";
  TraceGoroutine worker;
  worker.number = 2;
  worker.name = "main.worker";
  worker.path = "0.1";
  worker.created_at = {"pool.go", 12, 3, "main.main"};
  worker.created_by = 1;
  worker.system = true;
  worker.state = "chan receive";
  worker.at = {"pool.go", 31, 5, "main.worker"};
  worker.stack = {worker.at, {"pool.go", 40, 1, "main.loop"}, {}};
  t.goroutines = {main, worker};
  t.objects = {{1, "channel", "jobs", "0.0", {"pool.go", 8, 10, "main.main"}}};
  TraceEvent send;
  send.index = 1;
  send.category = OpCategory::kSend;
  send.parts = {{1, {"pool.go", 14, 8, "main.main"}, "send", "send 3 on jobs", "3"},
                {2, worker.at, "receive", "receive 3 from jobs", "3"}};
  send.objects = {1};
  send.ready = {"goroutine 2: receive from jobs"};
  send.deltas = {"jobs: 0/1 -> 1/1"};
  TraceEvent advance;
  advance.index = 2;
  advance.category = OpCategory::kTimer;
  advance.parts = {{0, {}, "timer fires", "timer fires", ""}};
  advance.causal = {1};
  advance.synchronizes = {1};
  advance.time_ns = 5'000'000'000'000;
  t.events = {send, advance};
  t.findings = {
      {"goroutine-leak", "error", "goroutine 2 is blocked forever", {2}, {"pool.go:31:5"}, 0}};
  t.goroutines[1].waits_for = {1};
  t.events[0].parts[1].object = 1;
  t.events[0].states = {{1, "1/1 buffered"}};
  t.events[0].able = {1, 2};
  t.findings[0].cycle_start = 2;
  t.sources = {{"pool.go", "package main\n"}};
  t.output = "hello\n\"quoted\" \x01 \u00e9";
  return t;
}

TEST(TraceJson, RoundTripIsTheIdentity) {
  Trace t = Sample();
  std::string json = ToJson(t);
  EXPECT_EQ(json.back(), '\n');
  auto back = TraceFromJson(json);
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(*back, t);
  EXPECT_EQ(ToJson(*back), json);
}

TEST(TraceJson, OptionalKeysMayBeMissing) {
  Trace t = Sample();
  t.sources.clear();
  t.goroutines[1].waits_for.clear();
  t.events[0].parts[1].object = 0;
  t.events[0].states.clear();
  t.events[0].able.clear();
  t.findings[0].cycle_start = 0;
  std::string json = ToJson(t);
  for (const char* key :
       {"sources", "waits_for", "\"object\"", "states", "able\"", "cycle_start"}) {
    EXPECT_THAT(json, ::testing::Not(HasSubstr(key)));
  }
  EXPECT_EQ(TraceFromJson(json), t);
}

TEST(TraceJson, EmptyTraceRoundTrips) {
  auto back = TraceFromJson(ToJson(Trace{}));
  ASSERT_TRUE(back) << back.error();
  EXPECT_EQ(*back, Trace{});
}

TEST(TraceJson, KeepsBytesThatAreNotUtf8) {
  for (std::string bytes :
       {std::string("a\xff\x80z"), std::string("\xc0\xaf"), std::string("\xed\xa0\x80"),
        std::string("\xf4\x90\x80\x80"), std::string("\xe2\x82"), std::string("\0x", 2)}) {
    Trace t = Sample();
    t.output = bytes;
    t.events[0].parts[0].value = bytes;
    t.options["x"] = bytes;
    auto back = TraceFromJson(ToJson(t));
    ASSERT_TRUE(back) << back.error();
    EXPECT_EQ(*back, t);
  }
}

TEST(TraceJson, EveryTruncationIsAnError) {
  std::string json = ToJson(Sample());
  for (size_t n = 0; n + 2 < json.size(); ++n) {
    auto back = TraceFromJson(std::string_view(json).substr(0, n));
    ASSERT_FALSE(back) << "length " << n;
    EXPECT_FALSE(back.error().empty());
  }
}

TEST(TraceJson, RandomDamageNeverThrows) {
  Random random(7);
  std::string json = ToJson(Sample());
  for (int i = 0; i < 3000; ++i) {
    std::string damaged = json;
    for (uint64_t k = 0; k <= random.Below(3); ++k) {
      damaged[random.Below(damaged.size())] = static_cast<char>(random.Below(256));
    }
    auto back = TraceFromJson(damaged);
    if (!back) {
      EXPECT_FALSE(back.error().empty());
    }
  }
}

std::string ErrorOf(std::string_view json) {
  auto back = TraceFromJson(json);
  return back ? "no error" : back.error();
}

TEST(TraceJson, SaysWhatIsWrong) {
  EXPECT_EQ(ErrorOf(""), "the document is empty");
  EXPECT_THAT(ErrorOf("{\"schema\": "), HasSubstr("cut off"));
  EXPECT_THAT(ErrorOf("{\n  nonsense}"), HasSubstr("line 2"));
  EXPECT_THAT(ErrorOf("[1]"), HasSubstr("not a trace"));
  EXPECT_THAT(ErrorOf("{\"schema\": \"heddle.trace/9\"}"), HasSubstr("heddle.trace/1"));
  EXPECT_THAT(ErrorOf("{\"schema\": \"heddle.trace/1\"}"), HasSubstr("has no \"program\""));
  EXPECT_THAT(ErrorOf(std::string(200000, '[')), HasSubstr("nested too deeply"));
}

TEST(TraceJson, ChecksReferences) {
  auto with = [](auto change) {
    Trace t = Sample();
    change(t);
    return ErrorOf(ToJson(t));
  };
  EXPECT_THAT(with([](Trace& t) { t.events[0].parts[0].goroutine = 9; }), HasSubstr("goroutine 9"));
  EXPECT_THAT(with([](Trace& t) { t.events[1].causal = {2}; }), HasSubstr("not before it"));
  EXPECT_THAT(with([](Trace& t) { t.events[1].index = 5; }), HasSubstr("should be 2, it is 5"));
  EXPECT_THAT(with([](Trace& t) { t.events[0].objects = {4}; }), HasSubstr("object 4"));
  EXPECT_THAT(with([](Trace& t) { t.goroutines[1].number = 1; }), HasSubstr("used twice"));
  EXPECT_THAT(with([](Trace& t) { t.findings[0].event = 3; }), HasSubstr("event 3"));
  EXPECT_THAT(with([](Trace& t) { t.findings[0].goroutines = {3}; }), HasSubstr("goroutine 3"));
  EXPECT_THAT(with([](Trace& t) { t.findings[0].cycle_start = 3; }), HasSubstr("at event 3"));
  EXPECT_THAT(with([](Trace& t) { t.events[0].states[0].object = 5; }), HasSubstr("object 5"));
  EXPECT_THAT(with([](Trace& t) { t.events[0].parts[1].object = 6; }), HasSubstr("object 6"));
  EXPECT_THAT(with([](Trace& t) { t.goroutines[1].waits_for = {7}; }), HasSubstr("object 7"));
}

TEST(TraceSite, ToStringLeavesOutWhatIsUnknown) {
  EXPECT_EQ((TraceSite{"a.go", 3, 4, ""}).ToString(), "a.go:3:4");
  EXPECT_EQ((TraceSite{"a.go", 3, 0, ""}).ToString(), "a.go:3");
  EXPECT_EQ(TraceSite{}.ToString(), "?");
}

}  // namespace
}  // namespace heddle::sim
