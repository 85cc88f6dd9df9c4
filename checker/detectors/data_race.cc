// SPDX-License-Identifier: Apache-2.0
// Data races, word by word: the last accesses of each task, compared by epochs.
#include "checker/detectors/data_race.h"

#include <fmt/format.h>

#include <algorithm>

#include "sim/base/hash.h"

namespace heddle::checker {

namespace {

// Accesses of one execution that are remembered: some 60 bytes each, with their words.
constexpr size_t kMostAccesses = size_t{1} << 23;

}  // namespace

void DataRaceDetector::OnStart(const sim::Record& record) {
  Detector::OnStart(record);
  record_ = &record;
  order_.Reset();
  ++execution_number_;
  num_words_ = 0;
  num_places_ = 0;
  accesses_.clear();
  num_events_ = 0;
  races_.clear();
  full_ = false;
  next_event_ = 0;
}

void DataRaceDetector::CatchUp() {
  while (next_event_ < num_events_) order_.OnEvent(*record_, next_event_++);
}

void DataRaceDetector::OnAccess(uint32_t task, const void* address, size_t size, bool write,
                                uint64_t site) {
  CatchUp();
  if (order_.exhausted() || full_) return;
  full_ = accesses_.size() > kMostAccesses;
  uintptr_t begin = reinterpret_cast<uintptr_t>(address);
  uintptr_t end = begin + size;
  for (uintptr_t word = begin & ~uintptr_t{7}; word < end; word += 8) {
    uint8_t bytes = 0xff;
    if (word < begin) bytes &= static_cast<uint8_t>(0xff << (begin - word));
    if (word + 8 > end) bytes &= static_cast<uint8_t>(0xff >> (word + 8 - end));
    Touch(word, {task, order_.Epoch(task), write, bytes, site});
  }
}

DataRaceDetector::Word& DataRaceDetector::WordAt(uintptr_t address) {
  if ((num_words_ + 1) * 2 > words_.size()) {
    std::vector<Word> old(std::max<size_t>(words_.size() * 2, 256));
    old.swap(words_);
    num_words_ = 0;
    for (const Word& w : old) {
      if (w.execution == execution_number_) WordAt(w.address) = w;
    }
  }
  size_t at = sim::Mix64(address) & (words_.size() - 1);
  while (words_[at].execution == execution_number_) {
    if (words_[at].address == address) return words_[at];
    at = (at + 1) & (words_.size() - 1);
  }
  ++num_words_;
  return words_[at] = {.address = address, .execution = execution_number_};
}

DataRaceDetector::Place& DataRaceDetector::PlaceOf(uintptr_t address, uint64_t kind) {
  if ((num_places_ + 1) * 2 > places_.size()) {
    std::vector<Place> old(std::max<size_t>(places_.size() * 2, 1024));
    old.swap(places_);
    num_places_ = 0;
    for (const Place& p : old) {
      if (p.execution == execution_number_) PlaceOf(p.address, p.kind) = p;
    }
  }
  size_t at = sim::HashCombine(address, kind) & (places_.size() - 1);
  for (; places_[at].execution == execution_number_; at = (at + 1) & (places_.size() - 1)) {
    if (places_[at].address == address && places_[at].kind == kind) return places_[at];
  }
  ++num_places_;
  return places_[at] = {address, kind, execution_number_, kNone};
}

bool DataRaceDetector::Compare(const Word& word, const Access& access) {
  const bool settled =
      word.settled_by != kNone && order_.Covers(access.task, word.settled_by, word.epoch);
  bool all = true;
  for (int list = 1; list >= (access.write ? 0 : 1); --list) {
    const uint32_t end = settled ? word.settled[list] : kNone;
    for (uint32_t i = word.newest[list]; i != end; i = accesses_[i].older) {
      const Access& old = accesses_[i];
      if (order_.Covers(access.task, old.task, old.epoch)) continue;
      all = false;
      if ((old.bytes & access.bytes) != 0) Found(old, access);
    }
  }
  return all;
}

uint32_t DataRaceDetector::Earlier(const Word& word, const Access& access) {
  if (word.accesses > kFew) return PlaceOf(word.address, KindOf(access)).access;
  for (uint32_t i = word.newest[access.write]; i != kNone; i = accesses_[i].older) {
    if (accesses_[i].task == access.task && accesses_[i].bytes == access.bytes) return i;
  }
  return kNone;
}

void DataRaceDetector::Add(Word* word, const Access& access) {
  const uint32_t at = static_cast<uint32_t>(accesses_.size());
  accesses_.push_back(access);
  uint32_t& newest = word->newest[access.write];
  accesses_[at].older = newest;
  if (newest != kNone) accesses_[newest].newer = at;
  newest = at;
  ++word->accesses;
  if (word->accesses > kFew + 1) {
    PlaceOf(word->address, KindOf(access)).access = at;
  } else if (word->accesses == kFew + 1) {
    for (uint32_t head : word->newest) {
      for (uint32_t i = head; i != kNone; i = accesses_[i].older) {
        PlaceOf(word->address, KindOf(accesses_[i])).access = i;
      }
    }
  }
}

void DataRaceDetector::MoveToFront(Word* word, uint32_t at) {
  Access& access = accesses_[at];
  uint32_t& newest = word->newest[access.write];
  uint32_t& settled = word->settled[access.write];
  if (settled == at) settled = access.older;
  if (newest == at) return;
  accesses_[access.newer].older = access.older;
  if (access.older != kNone) accesses_[access.older].newer = access.newer;
  accesses_[newest].newer = at;
  access.older = newest;
  access.newer = kNone;
  newest = at;
}

void DataRaceDetector::Touch(uintptr_t address, const Access& access) {
  Word& word = WordAt(address);
  const bool after_all = Compare(word, access);
  if (uint32_t earlier = Earlier(word, access); earlier != kNone) {
    accesses_[earlier].epoch = access.epoch;
    accesses_[earlier].site = access.site;
    MoveToFront(&word, earlier);
  } else {
    Add(&word, access);
  }
  if (!access.write || !after_all) return;
  word.settled_by = access.task;
  word.epoch = access.epoch;
  for (int list : {0, 1}) word.settled[list] = word.newest[list];
}

void DataRaceDetector::Found(const Access& first, const Access& second) {
  auto site = [&](const Access& a) {
    const sim::TaskRow& row = record_->tasks[a.task];
    return row.client != nullptr ? row.client->Site(a.site) : sim::TraceSite{};
  };
  for (const Race& r : races_) {
    if (r.first.site == first.site && r.second.site == second.site) return;
  }
  sim::EventIndex after = num_events_ == 0 ? sim::kNoEvent : num_events_ - 1;
  races_.push_back({first, second, after, site(first), site(second)});
}

void DataRaceDetector::OnRest(const sim::Record& record) {
  exhausted_ = order_.exhausted() || full_;
  for (const Race& r : races_) {
    // The last event of each of the two before its access.
    auto last_event = [&](const Access& a) {
      const sim::TaskRow& row = record.tasks[a.task];
      sim::EventIndex last = row.spawn;
      for (uint32_t k = 0; k < a.epoch && k < row.operations.size(); ++k) {
        if (row.operations[k].event != sim::kNoEvent) last = row.operations[k].event;
      }
      return last;
    };
    bool after_death =
        std::any_of(record.incidents.begin(), record.incidents.end(), [&](const sim::Incident& i) {
          return i.fatal && (CausallyBefore(record, i.event, last_event(r.second)) ||
                             CausallyBefore(record, i.event, last_event(r.first)));
        });
    if (after_death) continue;
    RawFinding f;
    f.kind = FindingKind::kDataRace;
    auto verb = [](const Access& a) { return a.write ? "write" : "read"; };
    f.message = fmt::format(
        "data race: a {} by goroutine {} at {} and a {} by goroutine {} at {} are not ordered",
        verb(r.second), GoroutineNumber(record, r.second.task), r.second_site.ToString(),
        verb(r.first), GoroutineNumber(record, r.first.task), r.first_site.ToString());
    f.tasks = {r.second.task, r.first.task};
    f.sites = {r.second_site, r.first_site};
    for (const Access* a : {&r.first, &r.second}) {
      sim::EventIndex e = last_event(*a);
      if (e != sim::kNoEvent) f.events.push_back(e);
    }
    std::string x = r.first_site.ToString(), y = r.second_site.ToString();
    if (y < x) std::swap(x, y);
    f.identity = fmt::format("data-race@{}|{}", x, y);
    bool known = std::any_of(findings_.begin(), findings_.end(),
                             [&](const RawFinding& other) { return other.identity == f.identity; });
    if (!known) findings_.push_back(std::move(f));
  }
}

}  // namespace heddle::checker
