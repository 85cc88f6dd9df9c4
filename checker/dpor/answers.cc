// SPDX-License-Identifier: Apache-2.0
// Keys and rows of remembered answers.
#include "checker/dpor/answers.h"

#include <algorithm>
#include <bit>

#include "sim/base/check.h"
#include "sim/base/hash.h"

namespace heddle::checker {

using sim::EventIndex;
using sim::ObjectId;
using sim::Operation;
using sim::Step;

namespace {

constexpr size_t kRows = size_t{1} << 15;
constexpr size_t kMostWords = size_t{1} << 20;
// An answer with more is not worth its room.
constexpr size_t kMostWordsOfAnswer = 256;

}  // namespace

Answers::Answers(WhatIf& what_if, const sim::PathTable& paths)
    : what_if_(what_if), paths_(paths), rows_(kRows) {}

// ---- Which events touch which objects -----------------------------------------------------------

uint64_t* Answers::RowOf(ObjectId object) {
  const size_t end = (size_t{object.value} + 1) * stride_;
  if (touching_.size() < end) touching_.resize(end + 64 * stride_, 0);
  return touching_.data() + size_t{object.value} * stride_;
}

void Answers::TouchOperands(uint32_t event, const Operation& operation) {
  for (const sim::Operand& o : operation.Operands()) {
    if (!o.object.valid()) continue;
    uint64_t* row = RowOf(o.object);
    if (row[event / 64] >> event % 64 & 1) continue;
    row[event / 64] |= uint64_t{1} << event % 64;
    touched_.push_back(o.object);
  }
}

void Answers::Touch(uint32_t event) {
  for (const sim::Part& part : record_->Parts(record_->events[event])) {
    const sim::TaskRow* row = record_->Find(part.task);
    if (row == nullptr || part.position >= row->operations.size()) continue;
    const Operation& operation = *row->operations[part.position].operation;
    TouchOperands(event, operation);
    const Facts& facts = FactsOf(operation);
    const uint64_t bit = uint64_t{1} << event % 64;
    if (facts.coupled) coupled_[event / 64] |= bit;
    switch (facts.bearing) {
      case sim::Model::Bearing::kAny:
        break;
      case sim::Model::Bearing::kLook:
        looking_[event / 64] |= bit;
        break;
      case sim::Model::Bearing::kMeet:
        meeting_[event / 64] |= bit;
        break;
      case sim::Model::Bearing::kRenew:
        renewing_[event / 64] |= bit;
        break;
    }
    // An awaiting operation has read all that its round has read.
    for (uint32_t k = operation.await_from; k < part.position; ++k) {
      TouchOperands(event, *row->operations[k].operation);
    }
  }
  touched_end_.push_back(static_cast<uint32_t>(touched_.size()));
}

void Answers::Begin(const sim::Record& record, const CausalOrder& order, uint32_t n,
                    uint32_t kept) {
  record_ = &record;
  order_ = &order;
  usable_ = !order.has_barrier();
  standing_known_ = false;
  kept = std::min<uint32_t>({kept, n, static_cast<uint32_t>(touched_end_.size())});
  // Forget the events that are no more.
  while (touched_end_.size() > kept) {
    const uint32_t event = static_cast<uint32_t>(touched_end_.size() - 1);
    const uint32_t begin = event == 0 ? 0 : touched_end_[event - 1];
    while (touched_.size() > begin) {
      RowOf(touched_.back())[event / 64] &= ~(uint64_t{1} << event % 64);
      touched_.pop_back();
    }
    touched_end_.pop_back();
    for (auto* bits : {&coupled_, &looking_, &meeting_, &renewing_}) {
      (*bits)[event / 64] &= ~(uint64_t{1} << event % 64);
    }
  }
  n_ = n;
  if (stride_ < order.stride()) {
    stride_ = order.stride();
    touching_.clear();
    touched_.clear();
    touched_end_.clear();
    for (auto* bits : {&coupled_, &looking_, &meeting_, &renewing_}) bits->assign(stride_, 0);
  }
  if (!usable_) return;
  for (uint32_t i = static_cast<uint32_t>(touched_end_.size()); i < n; ++i) Touch(i);
  IndexNames();
}

// ---- Names --------------------------------------------------------------------------------------

void Answers::IndexNames() {
  if (names_.size() < size_t{n_} * 2) {
    names_.assign(std::bit_ceil(size_t{n_} * 4), {});
    names_stamp_ = 0;
  }
  ++names_stamp_;
  for (uint32_t i = 0; i < n_; ++i) {
    const uint64_t name = order_->Name(i);
    size_t at = name & (names_.size() - 1);
    while (names_[at].stamp == names_stamp_) at = (at + 1) & (names_.size() - 1);
    names_[at] = {name, names_stamp_, i};
  }
}

EventIndex Answers::EventNamed(uint64_t name) const {
  size_t at = name & (names_.size() - 1);
  while (names_[at].stamp == names_stamp_ && names_[at].name != name) {
    at = (at + 1) & (names_.size() - 1);
  }
  HEDDLE_CHECK(names_[at].stamp == names_stamp_, "what a step is after has happened");
  return names_[at].index;
}

// ---- Questions ----------------------------------------------------------------------------------

const Answers::Facts& Answers::LearnFactsOf(const Operation& operation) const {
  if (operation.id >= facts_.size()) facts_.resize(operation.id + 64);
  const sim::Model& model = what_if_.model();
  return facts_[operation.id] = {
             .known = true,
             .covered = model.LooksAtOperandsOnly(operation),
             .coupled = !model.ActsOnEachAlone(operation),
             .disregards_looks = model.Disregards(operation, sim::Model::Bearing::kLook),
             .disregards_meetings = model.Disregards(operation, sim::Model::Bearing::kMeet),
             .bearing = model.BearingOf(operation)};
}

bool Answers::Covers(const Step& step) const {
  return step.operation != nullptr && FactsOf(*step.operation).covered &&
         (!step.label.joint() || FactsOf(*step.partner).covered);
}

// Adds the events of `set` at the operation's objects; of each object from the last on that makes
// the older ones irrelevant.
void Answers::AddTouching(const Operation& operation, const Bits& set) {
  for (const sim::Operand& o : operation.Operands()) {
    if (!o.object.valid()) continue;
    const uint64_t* row = RowOf(o.object);
    uint64_t* relevant = relevant_.data();
    for (size_t w = set.size_words(); w-- > 0;) {
      const uint64_t events = row[w] & set.data()[w];
      const uint64_t renewals = events & renewing_[w];
      if (renewals == 0) {
        relevant[w] |= events;
        continue;
      }
      relevant[w] |= events & (~uint64_t{0} << (63 - std::countl_zero(renewals)));
      break;
    }
  }
}

// Leaves in relevant_ and relevant_imagined_ the events of `set` and the imagined steps that the
// answer may depend on.
uint64_t Answers::KeyOf(const Step& step, const Bits& set, Imagination imagined) {
  relevant_.Reset(n_);
  relevant_imagined_ = Relevant(step, imagined);
  // One imagined step that renews the only object asked about leaves nothing older to look at.
  const bool renewed =
      std::has_single_bit(relevant_imagined_) && step.operation->num_operands == 1 &&
      !step.label.joint() &&
      FactsOf(*imagined[static_cast<size_t>(std::countr_zero(relevant_imagined_))].step.operation)
              .bearing == sim::Model::Bearing::kRenew;
  if (!renewed) AddTouching(*step.operation, set);
  if (step.label.joint()) AddTouching(*step.partner, set);
  if (DisregardsLooks(step)) relevant_.AndNot(looking_.data());
  if (DisregardsMeetings(step)) relevant_.AndNot(meeting_.data());
  uint64_t sum = 0;
  relevant_.ForEach([&](uint32_t e) { sum += order_->Name(e); });
  const sim::Label& l = step.label;
  auto word = [](uint32_t high, uint32_t low) { return uint64_t{high} << 32 | low; };
  uint64_t key =
      sum + word(l.task.value, l.position) * 0x9ddfea08eb382d69ull +
      word(step.operation->id, static_cast<uint32_t>(l.alternative)) * 0xc2b2ae3d27d4eb4full;
  if (l.joint()) {
    key = sim::Mix64(key) + word(l.partner.value, l.partner_position) * 0x9ddfea08eb382d69ull +
          word(step.partner->id, static_cast<uint32_t>(l.partner_alternative)) *
              0xc2b2ae3d27d4eb4full;
  }
  key = sim::Mix64(key);
  for (uint32_t bits = relevant_imagined_; bits != 0; bits &= bits - 1) {
    const Imagined& i = imagined[static_cast<size_t>(std::countr_zero(bits))];
    key = sim::HashCombine(
        key, renewed ? word(i.step.label.task.value, i.step.label.position) : NameOf(i));
    key += static_cast<uint64_t>(std::countr_zero(bits)) + 1;
  }
  return key;
}

void Answers::StandAfter(const Bits& set) {
  if (standing_known_ && standing_ == set) return;
  what_if_.Replay(*record_, set, n_);
  standing_ = set;
  standing_known_ = true;
}

uint64_t Answers::NameOf(const Imagined& imagined) const {
  if (imagined.named) return imagined.name;
  imagined.name = order_->NameOf(sim::StableHash(imagined.step.label, paths_), imagined.past);
  if (imagined.past_names != 0) {
    imagined.name = sim::HashCombine(imagined.name, imagined.past_names);
  }
  imagined.named = true;
  return imagined.name;
}

uint64_t Answers::NameOf(EventIndex index) const {
  if (index < what_if_.NumExecuted()) return order_->Name(what_if_.RecordIndex(index));
  uint32_t bits = relevant_imagined_;
  for (uint32_t skip = index - what_if_.NumExecuted(); skip > 0; --skip) bits &= bits - 1;
  return static_cast<uint64_t>(std::countr_zero(bits));
}

// REQUIRES: relevant_ and relevant_imagined_ are set.
void Answers::AskMachine(const Step& step, const Bits& set, Imagination imagined) {
  bool coupled = relevant_.Intersects(coupled_.data());
  for (uint32_t bits = relevant_imagined_; bits != 0; bits &= bits - 1) {
    coupled |=
        FactsOf(*imagined[static_cast<size_t>(std::countr_zero(bits))].step.operation).coupled;
  }
  if (coupled) {
    StandAfter(set);
  } else {
    what_if_.ReplayPart(*record_, relevant_, n_);
  }
  standing_known_ = false;
  for (uint32_t bits = relevant_imagined_; bits != 0; bits &= bits - 1) {
    what_if_.ExecuteAlone(imagined[static_cast<size_t>(std::countr_zero(bits))].step);
  }
  auto name = [&](EventIndex index) { return NameOf(index); };
  words_.clear();
  enabled_ = what_if_.EnabledAlone(step);
  if (enabled_) {
    const sim::Effect& effect = what_if_.Ask(step);
    for (EventIndex p : effect.preds) words_.push_back(name(p));
    count_ = static_cast<uint32_t>(words_.size());
    for (const sim::Part& part : effect.parts) {
      words_.push_back(uint64_t{part.task.value} << 32 | part.position);
    }
  } else {
    blockers_.clear();
    what_if_.model().Blockers(step, &blockers_);
    for (EventIndex b : blockers_) words_.push_back(name(b));
    count_ = static_cast<uint32_t>(words_.size());
  }
}

// Debug builds: the row is what the machine says after all of `set`, not only the relevant part.
void Answers::CheckRow(const Step& step, const Bits& set, Imagination imagined, const Row& row) {
  what_if_.Replay(*record_, set, n_);
  standing_known_ = false;
  relevant_imagined_ = imagined.empty() ? 0 : UINT32_MAX >> (32 - imagined.size());
  for (const Imagined& i : imagined) {
    what_if_.Possible(i.step);
    what_if_.Execute(i.step, false);
  }
  HEDDLE_CHECK(what_if_.Possible(step) == row.enabled,
               "a remembered answer says whether the step is enabled");
  if (!row.enabled) return;
  std::vector<uint64_t> remembered(pool_.begin() + row.at, pool_.begin() + row.at + row.count);
  std::vector<uint64_t> now;
  for (EventIndex p : what_if_.Ask(step).preds) {
    now.push_back(NameOf(p));
  }
  std::sort(remembered.begin(), remembered.end());
  std::sort(now.begin(), now.end());
  HEDDLE_CHECK(remembered == now, "a remembered answer says what the step is after");
}

// Some object is an operand of both steps.
bool Answers::ShareObject(const Step& a, const Step& b) {
  auto share = [](const Operation* x, const Operation* y) {
    if (x == nullptr || y == nullptr) return false;
    for (const sim::Operand& o : x->Operands()) {
      if (!o.object.valid()) continue;
      for (const sim::Operand& p : y->Operands()) {
        if (o.object == p.object) return true;
      }
    }
    return false;
  };
  return share(a.operation, b.operation) || share(a.operation, b.partner) ||
         share(a.partner, b.operation) || share(a.partner, b.partner);
}

bool Answers::DisregardsLooks(const Step& step) const {
  return FactsOf(*step.operation).disregards_looks &&
         (!step.label.joint() || FactsOf(*step.partner).disregards_looks);
}

bool Answers::DisregardsMeetings(const Step& step) const {
  return FactsOf(*step.operation).disregards_meetings &&
         (!step.label.joint() || FactsOf(*step.partner).disregards_meetings);
}

uint32_t Answers::Relevant(const Step& step, Imagination imagined) const {
  const bool looks = DisregardsLooks(step), meetings = DisregardsMeetings(step);
  uint32_t bits = 0;
  for (size_t i = 0; i < imagined.size(); ++i) {
    if (!ShareObject(step, imagined[i].step)) continue;
    const Facts& facts = FactsOf(*imagined[i].step.operation);
    if (facts.bearing == sim::Model::Bearing::kLook && looks) continue;
    if (facts.bearing == sim::Model::Bearing::kMeet && meetings) continue;
    bits |= uint32_t{1} << i;
    if (facts.coupled) return UINT32_MAX >> (32 - imagined.size());
  }
  return bits;
}

// Remembers the answer just computed.
void Answers::Remember(uint64_t key, Row* row) {
  if (pool_.size() + words_.size() > kMostWords) {
    pool_.clear();
    ++generation_;
  }
  *row = {.key = key,
          .generation = generation_,
          .at = static_cast<uint32_t>(pool_.size()),
          .count = static_cast<uint16_t>(count_),
          .parts = static_cast<uint16_t>(words_.size() - count_),
          .enabled = enabled_};
  pool_.insert(pool_.end(), words_.begin(), words_.end());
}

std::span<const uint64_t> Answers::Look(const Step& step, const Bits& set, Imagination imagined) {
  HEDDLE_DCHECK(usable_ && Covers(step), "only what can be remembered is asked here");
  const uint64_t key = KeyOf(step, set, imagined);
  Row& row = rows_[key & (kRows - 1)];
  std::span<const uint64_t> words;
  if (row.generation == generation_ && row.key == key) {
    enabled_ = row.enabled;
    count_ = row.count;
    words = {pool_.data() + row.at, size_t{row.count} + row.parts};
  } else {
    AskMachine(step, set, imagined);
    words = words_;
    if (words_.size() <= kMostWordsOfAnswer) Remember(key, &row);
  }
#ifndef NDEBUG
  if (row.generation == generation_ && row.key == key) CheckRow(step, set, imagined, row);
#endif
  return words;
}

bool Answers::Follows(const Step& step, const Bits& set, Imagination imagined, const Bits& v,
                      bool first) {
  std::span<const uint64_t> words = Look(step, set, imagined);
  if (!enabled_) return false;
  for (uint64_t word : words.first(count_)) {
    if (word < imagined.size()) {
      if (word == 0 && first) return false;
    } else if (v.Test(EventNamed(word))) {
      return false;
    }
  }
  return true;
}

// What renews an object is all that the next one there can be after; and what renews it is after
// all that looked at it.
bool Answers::InOrder(const Step& first, const Step& then) const {
  if (first.label.joint() || then.label.joint()) return false;
  const Operation& a = *first.operation;
  const Operation& b = *then.operation;
  if (a.num_operands != 1 || b.num_operands != 1 || !a.first().object.valid() ||
      a.first().object != b.first().object) {
    return false;
  }
  using Bearing = sim::Model::Bearing;
  const Bearing bearing = FactsOf(a).bearing;
  return bearing == Bearing::kRenew ||
         (bearing == Bearing::kLook && FactsOf(b).bearing == Bearing::kRenew);
}

Answers::Answer Answers::Ask(const Step& step, const Bits& set, Imagination imagined) {
  std::span<const uint64_t> words = Look(step, set, imagined);
  Answer answer;
  answer.enabled = enabled_;
  found_.clear();
  parts_.clear();
  for (size_t i = 0; i < words.size(); ++i) {
    if (i >= count_) {
      parts_.emplace_back(sim::TaskId{static_cast<uint32_t>(words[i] >> 32)},
                          static_cast<uint32_t>(words[i]));
      continue;
    }
    if (words[i] < imagined.size()) {
      answer.after_imagined |= uint32_t{1} << words[i];
      continue;
    }
    found_.push_back(EventNamed(words[i]));
  }
  (answer.enabled ? answer.preds : answer.blockers) = found_;
  answer.parts = parts_;
  return answer;
}

}  // namespace heddle::checker
