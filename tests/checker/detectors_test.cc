// SPDX-License-Identifier: Apache-2.0
// What the detectors say of goroutines that do not end and of WaitGroups, by C++ programs; and
// which repetitions of a state are a proof, by programs that write a state of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "checker/api/check.h"
#include "checker/cycle_watch.h"
#include "checker/explorer.h"
#include "models/sync/api_program.h"
#include "models/sync/machine.h"

namespace heddle {
namespace {

using checker::FindingKind;
using ::testing::HasSubstr;

std::string TextOf(const CheckResult& result) {
  return result.findings.empty() ? "" : result.findings[0].message;
}

TEST(WaitGroupMisuse, AnAddFromZeroThatNothingOrdersWithTheWait) {
  CheckResult result = Check([] {
    auto wg = std::make_shared<WaitGroup>();
    Go([=] {
      wg->Add(1);
      wg->Done();
    });
    wg->Wait();
  });
  EXPECT_TRUE(result.Has(FindingKind::kWaitGroupMisuse)) << result.text();
  EXPECT_THAT(TextOf(result), HasSubstr("is not ordered with the Wait"));
}

TEST(WaitGroupMisuse, AddsAboveZeroMayComeAtAnyTime) {
  CheckResult result = Check([] {
    auto wg = std::make_shared<WaitGroup>();
    wg->Add(1);
    Go([=] {
      wg->Add(1);
      Go([=] { wg->Done(); });
      wg->Done();
    });
    wg->Wait();
  });
  EXPECT_EQ(result.verdict, checker::Verdict::kPass) << result.text();
}

TEST(DoubleClose, NamesWhoClosedFirst) {
  CheckResult result = Check([] {
    Channel<int> c;
    c.Close();
    c.Close();
  });
  EXPECT_THAT(TextOf(result), HasSubstr("it was closed by goroutine 1 (main) at "));
}

TEST(Deadlock, NamesWhoRunsOnWithoutWakingMain) {
  CheckResult result = Check(
      [] {
        auto stop = std::make_shared<Atomic<bool>>(false);
        Channel<int> never;
        Go([=] { SpinUntil([=] { return stop->load(); }); });
        never.Receive();
      },
      {.keep_going = true});
  EXPECT_TRUE(result.Has(FindingKind::kDeadlock)) << result.text();
  EXPECT_TRUE(result.Has(FindingKind::kLivelock)) << result.text();
  EXPECT_THAT(TextOf(result), HasSubstr("runs forever without waking it"));
}

// A C++ program that writes one number as the part of its state that the model does not know.
class Stated : public sim::Program {
 public:
  explicit Stated(std::function<void(Stated&)> function)
      : program_([this, function] { function(*this); }, {}) {}

  std::function<void()> Start(sim::Execution& execution, sim::TaskClient** client) override {
    execution_ = &execution;
    number = 0;
    return program_.Start(execution, client);
  }
  void Finish() override { program_.Finish(); }
  size_t StackBytes() const override { return program_.StackBytes(); }
  bool CountsTasks() const override { return false; }
  std::vector<std::string> Fixed() const override { return {}; }
  bool WriteState(sim::StateWriter* out) override {
    if (!execution_->model().WriteTasks(out)) return false;
    out->Word(number);
    return true;
  }
  // As the VM does at loop heads.
  void Loops() { execution_->NoteRounds(checker::kManyRounds); }

  uint64_t number = 0;

 private:
  api::FunctionProgram program_;
  sim::Execution* execution_ = nullptr;
};

checker::ExploreResult Explored(Stated& program) {
  checker::ExploreOptions options;
  options.limits.max_steps = 400;
  options.max_executions = 200;
  return checker::Explore(program, &sync::Machine::New, options);
}

TEST(Cycle, AStateThatComesBackIsALivelockWithStemAndCycle) {
  Stated program([](Stated& self) {
    Atomic<int> x(0);
    x.store(7);
    for (;;) {
      self.Loops();
      self.number = (self.number + 1) % 3;
      x.store(1);
    }
  });
  checker::ExploreResult result = Explored(program);
  ASSERT_EQ(result.findings.size(), 1u);
  EXPECT_EQ(result.findings[0].kind, FindingKind::kLivelock);
  EXPECT_GT(result.findings[0].cycle, 0u);
  EXPECT_EQ(result.findings[0].events - result.findings[0].cycle + 1, 3u);
  EXPECT_EQ(result.verdict, checker::Verdict::kFail);
  EXPECT_FALSE(result.exploration.complete);
}

TEST(Cycle, AStateThatGrowsIsNone) {
  Stated program([](Stated& self) {
    Atomic<int> x(0);
    for (;;) {
      self.Loops();
      ++self.number;
      x.store(1);
    }
  });
  checker::ExploreResult result = Explored(program);
  EXPECT_TRUE(result.findings.empty());
  EXPECT_EQ(result.verdict, checker::Verdict::kIncomplete);
}

// The loop would end as soon as the other one moves: to keep that one waiting is not fair.
TEST(Cycle, WhoEndsWhenOthersMoveIsNone) {
  Stated program([](Stated& self) {
    auto stop = std::make_shared<Atomic<bool>>(false);
    Atomic<int> x(0);
    Go([=, &self] {
      stop->store(true);
      self.number = 1;
    });
    while (!stop->load()) {
      self.Loops();
      x.store(1);
    }
  });
  EXPECT_TRUE(Explored(program).findings.empty());
}

// Every case of a select that is ready is taken at some time: then this one ends.
TEST(Cycle, AReadyCaseIsNotPassedOverForever) {
  Stated program([](Stated& self) {
    Channel<Void> a, b;
    a.Close();
    b.Close();
    bool stop = false;
    while (!stop) {
      self.Loops();
      Select(Recv(a), Recv(b, [&] { stop = true; }));
    }
  });
  EXPECT_TRUE(Explored(program).findings.empty());
}

// A program whose state cannot be written has no finding, but a limit.
TEST(Cycle, WithoutAStateTheLimitOnStepsEndsIt) {
  CheckResult result = Check(
      [] {
        Atomic<int> x(0);
        for (;;) x.store(1);
      },
      {.max_steps = 100});
  EXPECT_EQ(result.verdict, checker::Verdict::kIncomplete);
  EXPECT_THAT(result.text(), HasSubstr("cut by max-steps"));
}

}  // namespace
}  // namespace heddle
