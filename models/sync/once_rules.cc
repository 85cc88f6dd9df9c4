// SPDX-License-Identifier: Apache-2.0
// Once.Do: entering and leaving.
#include "models/sync/once_rules.h"

namespace heddle::sync {

void OnceState::Reset(int32_t initial) {
  entered = kNoEvent;
  done = initial != 0;
  left = {};
}

namespace {

bool EnterEnabled(Machine& m, const Step& step) {
  OnceState& s = m.Get<OnceState>(step.operation->first());
  return s.done || s.entered == kNoEvent;
}

// Result flag: true for the first caller, which is to run the function.
void EnterApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  OnceState& s = m.Get<OnceState>(step.operation->first());
  if (s.done) {
    AddPred(effect, s.left.event);
    AddSync(effect, 0, s.left);
    return;
  }
  effect->parts[0].result.flag = true;
  if (!commit) return;
  s.entered = m.NumEvents();
  ++s.version;
}

void EnterBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  OnceState& s = m.Get<OnceState>(step.operation->first());
  if (s.entered != kNoEvent) out->push_back(s.entered);
}

void LeaveApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  OnceState& s = m.Get<OnceState>(step.operation->first());
  AddPred(effect, s.entered);
  if (!commit) return;
  s.done = true;
  s.left = {m.NumEvents(), 0};
  ++s.version;
}

}  // namespace

const Rules kOnceEnterRules = {EnterEnabled, EnterApply, EnterBlockers};
const Rules kOnceLeaveRules = {Always, LeaveApply, NoBlockers};

}  // namespace heddle::sync
