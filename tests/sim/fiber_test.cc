// SPDX-License-Identifier: Apache-2.0
//
// Tests of the fiber layer: order of switches, nesting, exceptions in flight across suspensions,
// ten thousand fibers at once, reuse of stacks, and the message for an overflow. Meant to run under
// AddressSanitizer as well.
#include "sim/fiber.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstring>
#include <deque>
#include <exception>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "sim/stack_pool.h"

namespace heddle::sim {
namespace {

using testing::ElementsAre;

constexpr std::size_t kStackBytes = 64 * 1024;

// A fiber that runs a function object, which gets the fiber to suspend on.
class FunctionFiber {
 public:
  FunctionFiber(StackPool& pool, std::function<void(Fiber&)> body)
      : body_(std::move(body)), fiber_(pool, &FunctionFiber::Run, this) {}
  Fiber& fiber() { return fiber_; }
  void Resume() { fiber_.Resume(); }

 private:
  static void Run(void* self) {
    auto* me = static_cast<FunctionFiber*>(self);
    me->body_(me->fiber_);
  }
  std::function<void(Fiber&)> body_;
  Fiber fiber_;
};

TEST(FiberTest, RunsFromSuspensionToSuspension) {
  StackPool pool(kStackBytes);
  std::vector<std::string> log;
  FunctionFiber ping(pool, [&](Fiber& self) {
    for (int i = 0; i < 3; ++i) {
      log.push_back("ping " + std::to_string(i));
      self.Suspend();
    }
  });
  FunctionFiber pong(pool, [&](Fiber& self) {
    for (int i = 0; i < 3; ++i) {
      log.push_back("pong " + std::to_string(i));
      self.Suspend();
    }
  });
  while (!ping.fiber().finished()) {
    ping.Resume();
    pong.Resume();
  }
  EXPECT_TRUE(pong.fiber().finished());
  EXPECT_THAT(log, ElementsAre("ping 0", "pong 0", "ping 1", "pong 1", "ping 2", "pong 2"));
}

TEST(FiberTest, NothingRunsBeforeTheFirstResume) {
  StackPool pool(kStackBytes);
  bool ran = false;
  {
    FunctionFiber fiber(pool, [&](Fiber&) { ran = true; });
    EXPECT_FALSE(fiber.fiber().started());
    EXPECT_EQ(pool.in_use(), 0u);
  }
  EXPECT_FALSE(ran);
}

TEST(FiberTest, LocalVariablesSurviveSwitches) {
  StackPool pool(kStackBytes);
  std::vector<int> sums;
  std::deque<FunctionFiber> fibers;
  for (int id = 0; id < 20; ++id) {
    fibers.emplace_back(pool, [&sums, id](Fiber& self) {
      int numbers[100];
      for (int i = 0; i < 100; ++i) {
        numbers[i] = id * i;
        if (i % 10 == 0) self.Suspend();
      }
      int sum = 0;
      for (int number : numbers) sum += number;
      sums.push_back(sum);
    });
  }
  for (bool any = true; any;) {
    any = false;
    for (FunctionFiber& fiber : fibers) {
      if (fiber.fiber().finished()) continue;
      fiber.Resume();
      any = true;
    }
  }
  ASSERT_EQ(sums.size(), 20u);
  for (int id = 0; id < 20; ++id) EXPECT_EQ(sums[id], id * 4950);
}

TEST(FiberTest, AFiberMayResumeAnother) {
  StackPool pool(kStackBytes);
  std::vector<std::string> log;
  EXPECT_EQ(Fiber::Current(), nullptr);
  FunctionFiber inner(pool, [&](Fiber& self) {
    log.push_back("inner 1");
    EXPECT_EQ(Fiber::Current(), &self);
    self.Suspend();
    log.push_back("inner 2");
  });
  FunctionFiber outer(pool, [&](Fiber& self) {
    log.push_back("outer 1");
    inner.Resume();
    EXPECT_EQ(Fiber::Current(), &self);
    self.Suspend();
    log.push_back("outer 2");
    inner.Resume();
    log.push_back("outer 3");
  });
  outer.Resume();
  EXPECT_EQ(Fiber::Current(), nullptr);
  log.push_back("main");
  outer.Resume();
  EXPECT_TRUE(inner.fiber().finished());
  EXPECT_TRUE(outer.fiber().finished());
  EXPECT_THAT(log, ElementsAre("outer 1", "inner 1", "main", "outer 2", "inner 2", "outer 3"));
}

// Without saving the runtime's state per fiber, each `throw;` rethrows the other fiber's exception.
TEST(FiberTest, EachFiberRethrowsItsOwnException) {
  StackPool pool(kStackBytes);
  std::vector<std::string> caught;
  const auto body = [&caught](const std::string& name) {
    return [&caught, name](Fiber& self) {
      try {
        try {
          throw std::runtime_error(name);
        } catch (const std::exception&) {
          self.Suspend();
          throw;
        }
      } catch (const std::exception& error) {
        caught.push_back(name + " caught " + error.what());
      }
    };
  };
  FunctionFiber a(pool, body("a"));
  FunctionFiber b(pool, body("b"));
  a.Resume();
  b.Resume();
  EXPECT_EQ(std::current_exception(), nullptr);
  a.Resume();
  b.Resume();
  EXPECT_THAT(caught, ElementsAre("a caught a", "b caught b"));
}

// A destructor that runs during unwinding suspends its fiber: nobody else may think they are
// unwinding.
TEST(FiberTest, UnwindingIsSeenOnlyByTheFiberThatUnwinds) {
  struct SuspendsAtEnd {
    Fiber& fiber;
    ~SuspendsAtEnd() { fiber.Suspend(); }
  };
  StackPool pool(kStackBytes);
  int uncaught_after = -1;
  FunctionFiber unwinding(pool, [&](Fiber& self) {
    try {
      SuspendsAtEnd guard{self};
      throw std::runtime_error("gone");
    } catch (const std::runtime_error&) {
      uncaught_after = std::uncaught_exceptions();
    }
  });
  unwinding.Resume();
  EXPECT_EQ(std::uncaught_exceptions(), 0);
  int uncaught_elsewhere = -1;
  FunctionFiber other(pool, [&](Fiber&) { uncaught_elsewhere = std::uncaught_exceptions(); });
  other.Resume();
  EXPECT_EQ(uncaught_elsewhere, 0);
  unwinding.Resume();
  EXPECT_EQ(uncaught_after, 0);
}

TEST(FiberTest, AResumerInsideACatchKeepsItsException) {
  StackPool pool(kStackBytes);
  FunctionFiber fiber(pool, [](Fiber& self) {
    EXPECT_EQ(std::current_exception(), nullptr);
    try {
      throw std::runtime_error("inner");
    } catch (const std::exception&) {
      self.Suspend();
    }
  });
  std::string seen;
  try {
    try {
      throw std::runtime_error("outer");
    } catch (const std::exception&) {
      fiber.Resume();
      throw;
    }
  } catch (const std::exception& error) {
    seen = error.what();
  }
  EXPECT_EQ(seen, "outer");
  fiber.Resume();
}

// How the layer above ends a task: it resumes it with the order to unwind.
TEST(FiberTest, AnExceptionUnwindsASuspendedFiber) {
  struct Unwind {};
  StackPool pool(kStackBytes);
  bool unwind = false;
  auto resource = std::make_shared<int>(7);
  std::weak_ptr<int> watch = resource;
  FunctionFiber fiber(pool, [&](Fiber& self) {
    const std::shared_ptr<int> held = std::move(resource);
    try {
      for (;;) {
        self.Suspend();
        if (unwind) throw Unwind{};
      }
    } catch (const Unwind&) {
    }
  });
  fiber.Resume();
  fiber.Resume();
  EXPECT_FALSE(watch.expired());
  unwind = true;
  fiber.Resume();
  EXPECT_TRUE(fiber.fiber().finished());
  EXPECT_TRUE(watch.expired());
}

std::size_t ResidentBytes() {
  std::ifstream status("/proc/self/statm");
  std::size_t total_pages = 0;
  std::size_t resident_pages = 0;
  status >> total_pages >> resident_pages;
  return resident_pages * 4096;
}

TEST(FiberTest, TenThousandFibersAtOnce) {
  constexpr int kFibers = 10'000;
  StackPool pool(256 * 1024);
  const std::size_t before = ResidentBytes();
  int running = 0;
  int most = 0;
  std::deque<FunctionFiber> fibers;
  for (int i = 0; i < kFibers; ++i) {
    fibers.emplace_back(pool, [&](Fiber& self) {
      most = std::max(most, ++running);
      self.Suspend();
      --running;
    });
    fibers.back().Resume();
  }
  EXPECT_EQ(most, kFibers);
  EXPECT_EQ(pool.in_use(), static_cast<std::size_t>(kFibers));
  // AddressSanitizer adds a fake stack to each.
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(ResidentBytes() - before, 512u << 20);
#else
  static_cast<void>(before);
#endif
  for (FunctionFiber& fiber : fibers) fiber.Resume();
  EXPECT_EQ(running, 0);
  EXPECT_EQ(pool.in_use(), 0u);
}

// More than the kernel's limit on memory regions allows to guard.
TEST(StackPoolTest, WorksBeyondTheLimitOfGuardedStacks) {
  StackPool pool(16 * 1024);
  std::vector<Stack> stacks;
  for (int i = 0; i < 40'000; ++i) {
    stacks.push_back(pool.Allocate());
    stacks.back().low[0] = 'x';
    stacks.back().high()[-1] = 'y';
  }
  for (const Stack& stack : stacks) {
    ASSERT_EQ(stack.low[0], 'x');
    ASSERT_EQ(stack.high()[-1], 'y');
    pool.Free(stack);
  }
}

TEST(StackPoolTest, ReusesTheStackFreedLast) {
  StackPool pool(kStackBytes);
  const Stack first = pool.Allocate();
  const Stack second = pool.Allocate();
  EXPECT_NE(first.low, second.low);
  pool.Free(first);
  EXPECT_EQ(pool.in_use(), 1u);
  const Stack again = pool.Allocate();
  EXPECT_EQ(again.low, first.low);
  pool.Free(again);
  pool.Free(second);
}

TEST(StackPoolTest, ReusesStacksOfFinishedFibers) {
  StackPool pool(kStackBytes);
  const void* low = nullptr;
  for (int i = 0; i < 1000; ++i) {
    FunctionFiber fiber(pool, [&](Fiber&) {
      char local = 'x';
      const void* here = &local;
      if (low == nullptr) low = here;
        // AddressSanitizer keeps locals on a fake stack, whose addresses move.
#if !defined(__SANITIZE_ADDRESS__)
      EXPECT_EQ(here, low);
#endif
    });
    fiber.Resume();
  }
  EXPECT_EQ(pool.in_use(), 0u);
}

TEST(StackPoolTest, GivesBackTheMemoryOfMostFreeStacks) {
  constexpr std::size_t kStacks = 4000;
  StackPool pool(kStackBytes);
  std::vector<Stack> stacks;
  for (std::size_t i = 0; i < kStacks; ++i) {
    stacks.push_back(pool.Allocate());
    std::memset(stacks.back().low, 1, kStackBytes);
  }
  const std::size_t full = ResidentBytes();
  for (const Stack& stack : stacks) pool.Free(stack);
  EXPECT_LT(ResidentBytes() + kStacks / 2 * kStackBytes, full);
}

// Stacks so large that the processor's address space ends them soon.
TEST(StackPoolTest, SaysWhenTheSystemHasNoMoreAndGivesAllBack) {
  StackPool pool(std::size_t{1} << 38);
  for (int round = 0; round < 2; ++round) {
    std::vector<Stack> stacks;
    for (Stack stack = pool.Allocate(); stack.low != nullptr; stack = pool.Allocate()) {
      stack.low[0] = 'x';
      stacks.push_back(stack);
      ASSERT_LT(stacks.size(), 512u) << "that is all of 47 bits";
    }
    ASSERT_FALSE(stacks.empty());
    EXPECT_EQ(pool.in_use(), stacks.size());
    Fiber fiber(
        pool, [](void*) {}, nullptr);
    EXPECT_FALSE(fiber.TakeStack());
    EXPECT_FALSE(fiber.started());
    char* const guard = stacks.back().low - 1;
    EXPECT_TRUE(pool.IsGuardAddress(guard));
    for (const Stack& stack : stacks) pool.Free(stack);
    EXPECT_EQ(pool.in_use(), 0u);
    EXPECT_FALSE(pool.IsGuardAddress(guard));
  }
}

TEST(StackPoolTest, KnowsItsGuards) {
  StackPool pool(10'000);
  EXPECT_EQ(pool.stack_bytes() % 4096, 0u);
  EXPECT_GE(pool.stack_bytes(), 10'000u);
  const Stack stack = pool.Allocate();
  EXPECT_TRUE(pool.IsGuardAddress(stack.low - 1));
  EXPECT_FALSE(pool.IsGuardAddress(stack.low));
  EXPECT_FALSE(pool.IsGuardAddress(stack.high() - 1));
  EXPECT_FALSE(pool.IsGuardAddress(&pool));
  EXPECT_FALSE(pool.IsGuardAddress(nullptr));
  pool.Free(stack);
}

using FiberDeathTest = testing::Test;

int Recurse(int depth) {
  volatile char frame[512];
  frame[0] = static_cast<char>(depth);
  return depth == 0 ? 0 : Recurse(depth - 1) + frame[0];
}

TEST(FiberDeathTest, AnOverflowIsAMessage) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        StackPool pool(kStackBytes);
        FunctionFiber fiber(pool, [](Fiber&) { std::printf("%d", Recurse(1'000'000)); });
        InstallStackOverflowHandler();
        InstallStackOverflowHandler();
        fiber.Resume();
      },
      "a task overflowed its stack of 64 KiB");
}

TEST(FiberDeathTest, AnOverflowOnAnotherThreadIsAMessage) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        InstallStackOverflowHandler();
        std::thread([] {
          InstallStackOverflowHandler();
          StackPool pool(2 * kStackBytes);
          FunctionFiber fiber(pool, [](Fiber&) { std::printf("%d", Recurse(1'000'000)); });
          fiber.Resume();
        }).join();
      },
      "a task overflowed its stack of 128 KiB");
}

TEST(FiberDeathTest, OtherFaultsAreLeftAlone) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto fault = [] {
    StackPool pool(kStackBytes);
    FunctionFiber fiber(pool, [](Fiber&) {
      volatile int* nowhere = nullptr;
      *nowhere = 1;
    });
    InstallStackOverflowHandler();
    fiber.Resume();
  };
#if defined(__SANITIZE_ADDRESS__)
  EXPECT_DEATH(fault(), "null pointer|SEGV");
#else
  EXPECT_EXIT(fault(), testing::KilledBySignal(SIGSEGV), "^$");
#endif
}

TEST(FiberDeathTest, ASuspendedFiberMustNotBeDestroyed) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_DEATH(
      {
        StackPool pool(kStackBytes);
        FunctionFiber fiber(pool, [](Fiber& self) { self.Suspend(); });
        fiber.Resume();
      },
      "unwound");
}

}  // namespace
}  // namespace heddle::sim
