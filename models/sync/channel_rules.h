// SPDX-License-Identifier: Apache-2.0
// The abstract state of a channel and the rules of send, receive, select, close and len.
//
// Blocked is not an event: a rendezvous on an unbuffered channel is one joint event of two tasks,
// and a send on a full buffer is just not enabled. Under ideal time a task that was blocked when
// time moved sits in the channel's queue for certain (Parked); then the runtime's direct hand-over
// is modelled as one event too. Source: Go specification, "Send statements", "Receive operator",
// "Select statements"; dependence rules with their arguments in docs/dependence.md.
#ifndef HEDDLE_MODELS_SYNC_CHANNEL_RULES_H_
#define HEDDLE_MODELS_SYNC_CHANNEL_RULES_H_

#include "models/sync/machine.h"

namespace heddle::sync {

struct ChannelState : ObjectState {
  static constexpr ObjectKind kKind = ObjectKind::kChannel;
  ChannelState() : ObjectState(kKind) {}
  void Reset(int32_t initial) override;
  std::string Describe() const override;

  bool closed() const { return close.event != kNoEvent; }
  size_t buffered() const { return sends.size() - receives.size(); }
  // Ready by the state of the channel alone: no partner needed.
  bool SendReady() const {
    return closed() || (capacity > 0 && buffered() < static_cast<size_t>(capacity));
  }
  bool ReceiveReady() const { return closed() || buffered() > 0; }
  // The earliest epoch of tasks parked in that role, other than `except`; 0: none are.
  uint32_t EarliestParked(uint8_t role, TaskId except) const;

  int32_t capacity = 0;
  bool ticks = false;              // the channel of a timer
  std::vector<EventRef> sends;     // buffered: the k-th send
  std::vector<EventRef> receives;  // buffered: the k-th receive
  EventRef close;
  bool of_context = false;            // the Done channel of a context with a parent
  bool selected[2] = {false, false};  // by role: a select has used it
  std::vector<std::pair<uint32_t, EventIndex>> empty_polls;  // polls that saw k sends, all received
  std::vector<std::pair<uint32_t, EventIndex>>
      full_polls;                        // polls that saw k receives, buffer full
  std::vector<EventIndex> before_close;  // unbuffered: rendezvous and failed polls
  std::vector<EventIndex>
      readiness_reads;  // len, and joint events elsewhere that looked at readiness
  std::vector<EventIndex> partner_reads;  // awaiting operations that saw a waiting partner
  // Async, the channel of a timer: what may have seen whether it is armed, since it was armed or
  // stopped last; until when its next tick cannot have come, and the period of an armed ticker.
  EventIndex timer_change = kNoEvent;
  std::vector<EventIndex> timer_sights;
  LocalTime::Moment due;
  int64_t period = 0;
};

inline constexpr uint8_t kSenderRole = 0;
inline constexpr uint8_t kReceiverRole = 1;

// The role of a send or receive code.
inline uint8_t RoleOf(sim::OpCode code) { return code == kSend ? kSenderRole : kReceiverRole; }

// The channel operand that a label of send, receive or select uses; null for default.
const Operand* CaseOf(const Operation& operation, int32_t alternative);
// Whether that use is a send or a receive.
uint8_t CaseRole(const Operation& operation, int32_t alternative);

// The dependences and effects of one buffered send or receive as part `part` of the next event.
void BufferedSend(Machine& m, ChannelState& c, uint32_t part, bool commit, Effect* effect);
void BufferedReceive(Machine& m, ChannelState& c, uint32_t part, bool commit, Effect* effect);
// A poll that found the buffer empty (full).
void FailedReceivePoll(Machine& m, ChannelState& c, bool commit, Effect* effect);
void FailedSendPoll(Machine& m, ChannelState& c, bool commit, Effect* effect);
// Async: the next event sees of this channel that the timer's next tick has not come.
void SeeTimer(Machine& m, ChannelState& c, bool commit, Effect* effect);
// Buffered: the actor of the step sends, and its partner, which is parked, receives.
void HandToParked(Machine& m, ChannelState& c, const Step& step, bool commit, Effect* effect);
// The close of an open channel by part 0 of the next event, with all that it wakes.
void CloseOpen(Machine& m, const Operand& channel, bool commit, Effect* effect);

extern const Rules kChannelSingleRules;  // kSend, kReceive, kSelect, joint or not
extern const Rules kCloseRules;
extern const Rules kLenRules;

}  // namespace heddle::sync

#endif  // HEDDLE_MODELS_SYNC_CHANNEL_RULES_H_
