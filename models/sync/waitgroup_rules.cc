// SPDX-License-Identifier: Apache-2.0
// Add (Done is Add(-1)) and Wait.
#include "models/sync/waitgroup_rules.h"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::sync {

void LastOfEachTask::Clear() {
  events_.clear();
  place_.clear();
  replaced_ = 0;
}

void LastOfEachTask::Index() {
  std::erase_if(events_, [](const auto& row) { return row.second == kNoEvent; });
  replaced_ = 0;
  for (size_t i = 0; i < events_.size(); ++i) {
    const uint32_t task = events_[i].first.value;
    if (task >= place_.size()) place_.resize(task + 64, kNowhere);
    place_[task] = static_cast<uint32_t>(i);
  }
}

void LastOfEachTask::Push(TaskId task, EventIndex event) {
  if (events_.size() >= kFew) {
    if (place_.empty() || replaced_ > events_.size() / 2) Index();
    if (task.value >= place_.size()) place_.resize(task.value + 64, kNowhere);
    uint32_t& place = place_[task.value];
    if (place != kNowhere) {
      events_[place].second = kNoEvent;
      ++replaced_;
    }
    place = static_cast<uint32_t>(events_.size());
    events_.emplace_back(task, event);
    return;
  }
  place_.clear();
  for (size_t i = events_.size(); i-- > 0;) {
    if (events_[i].first != task) continue;
    events_.erase(events_.begin() + static_cast<ptrdiff_t>(i));
    break;
  }
  events_.emplace_back(task, event);
}

void LastOfEachTask::AddAll(Effect* effect) const {
  ForEach([&](EventIndex event) { effect->preds.push_back(event); });
}

void WaitGroupState::Reset(int32_t initial) {
  counter = initial;
  adds.Clear();
  dones.Clear();
  waits.Clear();
  misuses.Clear();
  woken.clear();
  epoch = 0;
  counter_then = initial;
  since = 0;
}

std::string WaitGroupState::Describe() const { return fmt::format("counter {}", counter); }

namespace {

WaitGroupState& StateOf(Machine& m, const Step& step) {
  return m.Get<WaitGroupState>(step.operation->first());
}

// What the event says to WaitGroupOrder.
void Note(Machine& m, const Step& step, const Effect& effect, int64_t delta) {
  m.wait_groups.Note(m.NumEvents(), effect.above.empty() ? sim::kNoEvent : effect.above[0],
                     step.operation->first().object, delta);
}

void AddApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = StateOf(m, step);
  ObjectId id = step.operation->first().object;
  int64_t delta = step.operation->arg;
  if (s.counter + delta < 0) {
    s.adds.AddAll(effect);
    s.dones.AddAll(effect);
    effect->parts[0].result.status = kPanicNegativeCounter;
    if (!commit) return;
    s.misuses.Push(step.label.task, m.NumEvents());
    m.wait_groups.NoteMisuse(id);
    return;
  }
  if (m.IsStrict(id)) (delta > 0 ? s.dones : s.adds).AddAll(effect);
  s.waits.AddAll(effect);
  if (delta > 0) s.misuses.AddAll(effect);
  effect->parts[0].result.value = s.counter + delta;
  if (!commit) return;
  if (s.epoch != m.epoch()) {
    s.epoch = m.epoch();
    s.counter_then = s.counter;
    s.since = m.NumEvents();
  }
  if (delta > 0 && !s.parked.empty()) {
    m.wait_groups.NoteParkedAdd(m.NumEvents(), id, s.counter_then, s.since);
  }
  s.counter += delta;
  (delta > 0 ? s.adds : s.dones).Push(step.label.task, m.NumEvents());
  if (delta != 0) Note(m, step, *effect, delta);
  if (s.counter == 0) {
    for (const Parked& p : s.parked) s.woken.push_back(p.task);
  }
  ++s.version;
}

bool WaitEnabled(Machine& m, const Step& step) {
  WaitGroupState& s = StateOf(m, step);
  return s.counter == 0 ||
         std::find(s.woken.begin(), s.woken.end(), step.label.task) != s.woken.end();
}

void WaitApply(Machine& m, const Step& step, bool commit, Effect* effect) {
  m.BeginParts(step, effect);
  WaitGroupState& s = StateOf(m, step);
  s.adds.AddAll(effect);
  s.dones.AddAll(effect);
  s.dones.ForEach([&](EventIndex e) { effect->sync.push_back({0, e, 0}); });
  if (s.counter != 0) effect->parts[0].result.status = kPanicReusedWaitGroup;
  if (!commit) return;
  s.waits.Push(step.label.task, m.NumEvents());
  std::erase(s.woken, step.label.task);
  if (s.counter == 0) {
    Note(m, step, *effect, 0);
  } else {
    m.wait_groups.NoteMisuse(step.operation->first().object);
  }
}

void WaitBlockers(Machine& m, const Step& step, std::vector<EventIndex>* out) {
  WaitGroupState& s = StateOf(m, step);
  ObjectId id = step.operation->first().object;
  if (!m.IsStrict(id)) return m.wait_groups.OpenAdds(m.Preds(), id, out);
  if (!s.adds.empty()) out->push_back(s.adds.Latest());
}

}  // namespace

const Rules kWgAddRules = {Always, AddApply, NoBlockers};
const Rules kWgWaitRules = {WaitEnabled, WaitApply, WaitBlockers};

}  // namespace heddle::sync
