// SPDX-License-Identifier: Apache-2.0
// Channels and select, through the C++ API: what every execution may and may not observe.
#include <memory>
#include <string>
#include <vector>

#include "tests/models/outcomes.h"

namespace heddle {
namespace {

using testing::UnorderedElementsAre;
using Set = std::set<std::string>;

std::string Show(const std::optional<int>& value) {
  return value.has_value() ? std::to_string(*value) : "closed";
}

TEST(Channel, UnbufferedHandsOver) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c;
              Go([=] {
                c.Send(1);
                c.Send(2);
                c.Close();
              });
              std::string seen;
              for (int v : c) seen += std::to_string(v);
              return seen + Show(c.Receive());
            }),
            Set({"12closed"}));
}

TEST(Channel, BufferedKeepsOrderAndDrainsAfterClose) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c(3);
              for (int i = 1; i <= 3; ++i) c.Send(i);
              std::string sizes = std::to_string(c.Len()) + "/" + std::to_string(c.Cap());
              c.Close();
              std::string seen = sizes + " ";
              for (int i = 0; i < 4; ++i) seen += Show(c.Receive());
              return seen;
            }),
            Set({"3/3 123closed"}));
}

TEST(Channel, LongQueueKeepsOrder) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c(100);
              int expected = 0, sent = 0;
              for (int round = 0; round < 20; ++round) {
                for (int i = 0; i < 50; ++i) c.Send(sent++);
                for (int i = 0; i < 40; ++i) {
                  if (*c.Receive() != expected++) return std::string("wrong");
                }
                while (c.Len() > 50) {
                  if (*c.Receive() != expected++) return std::string("wrong");
                }
              }
              return std::string("right");
            }),
            Set({"right"}));
}

TEST(Channel, TwoSendersMayComeInEitherOrder) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c;
              Go([=] { c.Send(1); });
              Go([=] { c.Send(2); });
              std::string first = Show(c.Receive());
              return first + Show(c.Receive());
            }),
            Set({"12", "21"}));
}

TEST(Channel, MovesValuesThatCannotBeCopied) {
  EXPECT_EQ(Outcomes([] {
              Channel<std::unique_ptr<int>> c(1), d;
              Go([=] { d.Send(std::make_unique<int>(2)); });
              c.Send(std::make_unique<int>(1));
              std::string first = std::to_string(**c.Receive());
              return first + std::to_string(**d.Receive());
            }),
            Set({"12"}));
}

TEST(Channel, PanicsAreGos) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c(1);
              c.Close();
              std::string seen = PanicOf([&] { c.Close(); });
              seen += "; " + PanicOf([&] { c.Send(1); });
              seen += "; " + PanicOf([] { Channel<int>::Nil().Close(); });
              return seen + "; " + PanicOf([] { Channel<int> negative(-1); });
            }),
            Set({"close of closed channel; send on closed channel; close of nil channel; makechan: "
                 "size out of range"}));
}

TEST(Channel, CloseWakesParkedSenderWithPanic) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c;
              Channel<std::string> said(1);
              Go([=] { said.Send(PanicOf([&] { c.Send(1); })); });
              c.Close();
              return *said.Receive();
            }),
            Set({"send on closed channel"}));
}

TEST(Channel, NilBlocksForever) {
  EXPECT_THAT(Check([] { Channel<int>::Nil().Receive(); }), Finds(FindingKind::kDeadlock));
  EXPECT_THAT(Check([] { Channel<int>::Nil().Send(1); }), Finds(FindingKind::kDeadlock));
  EXPECT_EQ(Outcomes([] {
              Channel<int> nil = Channel<int>::Nil();
              return std::to_string(nil.Len() + nil.Cap()) + (nil.IsNil() ? "nil" : "");
            }),
            Set({"0nil"}));
}

TEST(Channel, HandlesAreEqualWhenTheyAreTheSameChannel) {
  EXPECT_THAT(Check([] {
                Channel<int> a, b;
                Channel<int> same = a;
                Assert(a == same && !(a == b), "equality is identity");
              }),
              FindsNothing());
}

TEST(Channel, HandleMayBeTheLastOfAPendingOperation) {
  EXPECT_THAT(Check([] {
                Channel<int> answer;
                Channel<Channel<int>> requests(1);
                requests.Send(answer);
                Go([=] { requests.Receive()->Send(3); });
                Assert(*answer.Receive() == 3,
                       "the answer comes through the channel in the request");
              }),
              FindsNothing());
}

TEST(Channel, CyclesOfHandlesAreFreed) {
  struct Node {
    std::shared_ptr<Channel<std::shared_ptr<Node>>> channel;
  };
  EXPECT_THAT(Check([] {
                auto node = std::make_shared<Node>();
                node->channel = std::make_shared<Channel<std::shared_ptr<Node>>>(1);
                node->channel->Send(node);
              }),
              FindsNothing());
}

// ---- Select -------------------------------------------------------------------------------------

TEST(Select, TakesAnyReadyCase) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> a(1), b(1);
              a.Send(1);
              b.Send(2);
              std::string seen;
              Select(Recv(a, [&](int v) { seen = std::to_string(v); }),
                     Recv(b, [&](std::optional<int> v) { seen = Show(v); }));
              return seen;
            }),
            Set({"1", "2"}));
}

TEST(Select, DefaultOnlyWhenNothingIsReady) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> a(1);
              std::string seen;
              auto poll = [&] {
                Select(Recv(a, [&](int v) { seen += std::to_string(v); }),
                       Default([&] { seen += "d"; }));
              };
              poll();
              a.Send(1);
              poll();
              poll();
              return seen;
            }),
            Set({"d1d"}));
}

TEST(Select, PollOfUnbufferedChannelMaySeeThePartnerOrNot) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c;
              Go([=] { c.Send(1); });
              std::string seen;
              Select(Recv(c, [&](int v) { seen = std::to_string(v); }),
                     Default([&] { seen = "d"; }));
              return seen;
            }),
            Set({"1", "d"}));
}

TEST(Select, SendAndReceiveCases) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> in, out;
              Channel<std::string> partner(1);
              Go([=] {
                std::string said;
                Select(Send(in, 5, [&] { said = "sent"; }),
                       Recv(out, [&](int v) { said = "got" + std::to_string(v); }));
                partner.Send(said);
              });
              std::string said;
              int taken = Select(Recv(in, [&](int v) { said = std::to_string(v); }), Send(out, 6));
              return std::to_string(taken) + said + *partner.Receive();
            }),
            Set({"05sent", "1got6"}));
}

TEST(Select, ClosedChannelIsReadyWithZero) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c;
              c.Close();
              std::string seen;
              Select(Recv(c, [&](std::optional<int> v) { seen = Show(v); }));
              Select(Recv(c, [&](int v) { seen += std::to_string(v); }));
              seen += PanicOf([&] { Select(Send(c, 1)); });
              return seen;
            }),
            Set({"closed0send on closed channel"}));
}

TEST(Select, SelectorTakesAnyNumberOfCases) {
  EXPECT_EQ(Outcomes([] {
              std::vector<Channel<int>> channels;
              Selector select;
              for (int i = 0; i < 12; ++i) {
                channels.emplace_back(1);
                select.Recv(channels.back());
              }
              channels[11].Send(1);
              channels[3].Send(1);
              std::string order = std::to_string(select.Run());
              order += " " + std::to_string(select.Run());
              select.Default();
              return order + " " + std::to_string(select.Run());
            }),
            Set({"3 11 -2", "11 3 -2"}));
}

TEST(Select, WithoutCasesBlocksForever) {
  EXPECT_THAT(Check([] { Select(); }), Finds(FindingKind::kDeadlock));
}

TEST(Select, NilCasesAreNeverTaken) {
  EXPECT_EQ(Outcomes([] {
              Channel<int> c(1);
              c.Send(1);
              return std::to_string(Select(Recv(Channel<int>::Nil()), Recv(c)));
            }),
            Set({"1"}));
}

}  // namespace
}  // namespace heddle
