// SPDX-License-Identifier: Apache-2.0
// Channels of the literal machine: chan.go and select.go.
#include <algorithm>

#include "tests/oracle/literal_machine.h"

namespace heddle::oracle::literal {

bool Runtime::CanProceed(const Communication::Case& c) const {
  if (c.channel < 0) return false;
  const Channel& ch = s_.channels[static_cast<size_t>(c.channel)];
  if (ch.closed) return true;
  if (c.send) {
    return !ch.receivers.empty() || ch.buffer.size() < static_cast<size_t>(ch.capacity);
  }
  return !ch.senders.empty() || !ch.buffer.empty();
}

int Runtime::WaysToCommunicate(const Communication& comm) const {
  auto ready = std::count_if(comm.cases.begin(), comm.cases.end(),
                             [this](const auto& c) { return CanProceed(c); });
  if (ready > 0) return static_cast<int>(ready);
  return comm.has_default ? 1 : static_cast<int>(comm.orders.size());
}

// Takes any case that is ready; else the default; else enters all queues and parks.
void Runtime::Communicate(int task, int choice) {
  const Communication& comm = plan_.Comm(s_, task);
  bool any = false;
  for (size_t i = 0; i < comm.cases.size(); ++i) {
    const Communication::Case& c = comm.cases[i];
    if (!CanProceed(c)) continue;
    any = true;
    if (choice-- > 0) continue;
    int alternative = comm.is_select ? static_cast<int>(i) : -1;
    return c.send ? Send(task, c, alternative) : Receive(task, c, alternative);
  }
  if (!any && comm.has_default) return Finish(task, {.alternative = -2});
  for (int i : comm.orders[static_cast<size_t>(choice)]) {
    const Communication::Case& c = comm.cases[static_cast<size_t>(i)];
    if (c.channel < 0) continue;
    Channel& ch = At(s_.channels, c.channel);
    (c.send ? ch.senders : ch.receivers).push_back({task, comm.is_select ? i : -1, c.value});
  }
  Park(task);
}

void Runtime::Send(int task, const Communication::Case& c, int alternative) {
  Channel& ch = At(s_.channels, c.channel);
  if (ch.closed) return Panic(task, Fault::kSendOnClosed, alternative);
  if (ch.receivers.empty()) {
    ch.buffer.push_back(c.value);
  } else {
    Waiter receiver = ch.receivers.front();
    LeaveQueues(receiver.task);
    Finish(receiver.task, {.alternative = receiver.alternative, .flag = true, .value = c.value});
  }
  Finish(task, {.alternative = alternative, .flag = true});
}

void Runtime::Receive(int task, const Communication::Case& c, int alternative) {
  Channel& ch = At(s_.channels, c.channel);
  if (ch.buffer.empty() && ch.senders.empty()) {
    return Finish(task, {.alternative = alternative});  // closed and drained
  }
  // The oldest value; a parked sender's goes to the end of the queue that it waited for.
  if (!ch.senders.empty()) {
    Waiter sender = ch.senders.front();
    LeaveQueues(sender.task);
    ch.buffer.push_back(sender.value);
    Finish(sender.task, {.alternative = sender.alternative, .flag = true});
  }
  int64_t value = ch.buffer.front();
  ch.buffer.erase(ch.buffer.begin());
  Finish(task, {.alternative = alternative, .flag = true, .value = value});
}

void Runtime::LeaveQueues(int task) {
  for (Channel& ch : s_.channels) {
    std::erase_if(ch.senders, [&](const Waiter& w) { return w.task == task; });
    std::erase_if(ch.receivers, [&](const Waiter& w) { return w.task == task; });
  }
}

// All receivers, then all senders.
void Runtime::Close(int channel) {
  Channel& ch = At(s_.channels, channel);
  ch.closed = true;
  while (!ch.receivers.empty()) {
    Waiter w = ch.receivers.front();
    LeaveQueues(w.task);
    Finish(w.task, {.alternative = w.alternative});
  }
  while (!ch.senders.empty()) {
    Waiter w = ch.senders.front();
    LeaveQueues(w.task);
    Panic(w.task, Fault::kSendOnClosed, w.alternative);
  }
}

void Runtime::StepClose(int task) {
  int channel = plan_.Op(s_, task).object;
  if (channel < 0) return Panic(task, Fault::kCloseOfNil);
  if (At(s_.channels, channel).closed) return Panic(task, Fault::kCloseOfClosed);
  Close(channel);
  Finish(task, {});
}

void Runtime::StepLen(int task) {
  int channel = plan_.Op(s_, task).object;
  size_t n = channel < 0 ? 0 : At(s_.channels, channel).buffer.size();
  Finish(task, {.value = static_cast<int64_t>(n)});
}

}  // namespace heddle::oracle::literal
