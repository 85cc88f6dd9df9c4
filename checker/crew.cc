// SPDX-License-Identifier: Apache-2.0
// Who does what next, and how it comes together.
#include "checker/crew.h"

#include <algorithm>
#include <iterator>
#include <latch>

#include "checker/counterexample.h"
#include "checker/cycle_watch.h"
#include "sim/base/check.h"

namespace heddle::checker {

namespace {

// So many parts at a time for each worker: enough to do for all while one of them is waited for.
constexpr size_t kPartsEach = 4;
// How long what was run ahead in vain makes it wait.
constexpr uint32_t kMostPatience = 8;
// A part with so many reversals for others pauses until it is waited for.
constexpr size_t kMostExported = 1 << 14;

template <class T>
void AppendTo(std::vector<T>* to, std::vector<T> from) {
  to->insert(to->end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

Sighting::Sighting(const sim::Record& record, std::vector<RawFinding> found,
                   const std::set<std::string>& known) {
  for (const sim::Event& e : record.events) all.push_back(e.step.label);
  for (RawFinding& raw : found) {
    if (known.contains(raw.identity)) continue;
    // Where a cycle begins is a place in this very order.
    const bool endless = raw.cycle_begin != sim::kNoEvent;
    std::vector<sim::Label> labels = endless ? all : Linearize(record, raw.events);
    candidates.emplace_back(std::move(raw), std::move(labels));
  }
}

bool Sighting::ends_search() const {
  return std::any_of(candidates.begin(), candidates.end(), [](const auto& candidate) {
    return SeverityOf(candidate.first.kind) != Severity::kNote;
  });
}

void Yield::Append(Yield other) {
  tally.Add(other.tally);
  AppendTo(&classes, std::move(other.classes));
  AppendTo(&sightings, std::move(other.sightings));
  end = other.end;
  ends_with_news = other.ends_with_news;
  mismatch = std::move(other.mismatch);
  refuted = std::move(other.refuted);
}

Crew::Crew(Worker& first, DporSearch& search, const Options& options) : options_(options) {
  auto own = std::make_unique<Hand>();
  own->worker = &first;
  own->search = &search;
  hands_.push_back(std::move(own));
  auto root = std::make_unique<Part>();
  root->number = next_number_++;
  root->walk = &search.walk();
  root->walk->tree.SetReaders(true);
  parts_.push_back(std::move(root));
  known_ = std::make_shared<std::set<std::string>>();
  const size_t jobs = options_.another ? options_.jobs : 1;
  while (hands_.size() < jobs) {
    hands_.push_back(std::make_unique<Hand>());
    // What a thread works with comes from its own part of the heap, so that no two write to one
    // cache line.
    std::latch ready(1);
    threads_.emplace_back([this, &first, &ready, hand = hands_.back().get()] {
      sim::InstallStackOverflowHandler();
      hand->program = options_.another();
      hand->own_worker = std::make_unique<Worker>(first, *hand->program);
      hand->worker = hand->own_worker.get();
      Engine& engine = hand->worker->engine();
      hand->own_search =
          std::make_unique<DporSearch>(engine.what_if(), engine.execution().paths(), DporOptions{});
      hand->search = hand->own_search.get();
      ready.count_down();
      Serve(*hand);
    });
    ready.wait();
  }
}

Crew::~Crew() {
  {
    std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  threads_.clear();
  Walk* root = parts_[0]->walk;
  root->GiveUp();
  root->tree.SetReaders(false);
  root->tree.Reclaim();
  hands_[0]->search->Enter(root);
}

// ---- Who does what ------------------------------------------------------------------------------

Crew::Part& Crew::PartOf(const Walk* walk) const {
  for (const auto& part : parts_) {
    if (part->walk == walk) return *part;
  }
  HEDDLE_CHECK(false, "what runs ahead is a part of the search");
}

bool Crew::Ready(const Part& part) const {
  if (part.running || part.yield.end != Yield::End::kNone) return false;
  if (part.walk->in_vain()) return false;
  if (part.walk->exported.size() > kMostExported && !IsMet(part)) return false;
  if (part.walk->state() != Walk::State::kMet) return true;
  const Part& met = PartOf(part.walk->met());
  return !met.running && met.yield.end != Yield::End::kNone;
}

bool Crew::IsMet(const Part& part) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const auto& other) {
    return !other->running && other->walk->state() == Walk::State::kMet &&
           other->walk->met() == part.walk;
  });
}

// The search itself is the calling thread's, and comes first; then what is waited for.
Crew::Part* Crew::Pick(bool first) {
  if (first && Ready(*parts_[0])) return parts_[0].get();
  Part* best = nullptr;
  bool best_is_met = false;
  for (const auto& part : parts_) {
    if (part->number == 0 || !Ready(*part)) continue;
    const bool is_met = IsMet(*part);
    if (best == nullptr || (is_met && !best_is_met)) {
      best = part.get();
      best_is_met = is_met;
    }
  }
  return best;
}

// Nobody reads what a walk has dropped but those who run ahead in vain and have not noticed.
void Crew::Begin(Part& part) {
  part.running = true;
  const bool readers = std::any_of(parts_.begin(), parts_.end(), [](const auto& other) {
    return other->running && other->walk->in_vain();
  });
  if (!readers) part.walk->tree.Reclaim();
}

void Crew::Finish(Part& part) {
  part.running = false;
  // What is in vain goes, as soon as nobody is ahead of it and nobody meets it any more.
  auto gone = [&](const auto& candidate) {
    return candidate->number != 0 && !candidate->running && candidate->walk->in_vain() &&
           std::none_of(parts_.begin(), parts_.end(), [&](const auto& other) {
             return other->walk->parent() == candidate->walk ||
                    (other->running && candidate->walk->parent() == other->walk &&
                     other->walk->in_vain());
           });
  };
  for (;;) {
    auto it = std::find_if(parts_.begin(), parts_.end(), gone);
    if (it == parts_.end()) break;
    if ((*it)->yield.tally.executions > options_.executions) {
      patience_ = std::min(2 * patience_, kMostPatience);
    }
    parts_.erase(it);
  }
  SendAhead();
  changed_.notify_all();
}

void Crew::SendAhead() {
  const size_t workers = hands_.size();
  if (workers == 1 && !options_.alone_ahead) return;
  size_t waiting =
      static_cast<size_t>(std::count_if(parts_.begin(), parts_.end(), [&](const auto& part) {
        return part->number != 0 && Ready(*part);
      }));
  // From the part whose turn comes first.
  for (size_t i = 0; i < parts_.size() && waiting < 2 * workers; ++i) {
    waiting += SendAheadOf(*parts_[i], 2 * workers - waiting);
  }
}

size_t Crew::SendAheadOf(Part& part, size_t most) {
  if (part.running || part.yield.end != Yield::End::kNone || part.walk->in_vain()) return 0;
  size_t sent = 0;
  for (; sent < most && parts_.size() < kPartsEach * hands_.size(); ++sent) {
    std::unique_ptr<Walk> walk = part.walk->RunAhead(options_.age, patience_, next_number_);
    if (walk == nullptr) break;
    auto ahead = std::make_unique<Part>();
    ahead->number = next_number_++;
    ahead->walk = walk.get();
    ahead->own = std::move(walk);
    ahead->walk->tree.SetReaders(true);
    parts_.push_back(std::move(ahead));
  }
  return sent;
}

std::unique_ptr<Crew::Part> Crew::Remove(const Part& part) {
  auto it = std::find_if(parts_.begin(), parts_.end(),
                         [&](const auto& other) { return other.get() == &part; });
  std::unique_ptr<Part> removed = std::move(*it);
  parts_.erase(it);
  return removed;
}

// ---- Working ------------------------------------------------------------------------------------

void Crew::Serve(Hand& hand) {
  std::unique_lock lock(mutex_);
  for (;;) {
    Part* part = nullptr;
    changed_.wait(lock, [&] { return over_ || (part = Pick(false)) != nullptr; });
    if (over_) return;
    Begin(*part);
    std::shared_ptr<const std::set<std::string>> known = known_;
    lock.unlock();
    Do(hand, *part, *known);
    lock.lock();
    Finish(*part);
  }
}

Yield Crew::Work(const std::set<std::string>& known) {
  std::unique_lock lock(mutex_);
  if (known.size() != known_->size()) known_ = std::make_shared<std::set<std::string>>(known);
  Part* part = nullptr;
  changed_.wait(lock, [&] { return (part = Pick(true)) != nullptr; });
  Begin(*part);
  std::shared_ptr<const std::set<std::string>> now_known = known_;
  lock.unlock();
  Do(*hands_[0], *part, *now_known);
  lock.lock();
  Finish(*part);
  Yield yield = std::move(parts_[0]->yield);
  parts_[0]->yield = {.end = yield.end};
  return yield;
}

void Crew::Do(Hand& hand, Part& part, const std::set<std::string>& known) {
  hand.worker->engine().CatchUp();
  if (hand.at != part.number) hand.search->Enter(part.walk);
  hand.at = part.number;
  const Tally before = part.yield.tally;
  auto more = [&] {
    return part.yield.tally.executions - before.executions < options_.executions &&
           part.yield.tally.events - before.events < options_.events && !over_ &&
           !part.walk->in_vain();
  };
  const uint64_t blocked = hand.search->blocked_runs();
  while (more() && DoOne(hand, part, known)) {
  }
  blocked_runs_ += hand.search->blocked_runs() - blocked;
}

bool Crew::DoOne(Hand& hand, Part& part, const std::set<std::string>& known) {
  Yield& yield = part.yield;
  DporSearch& search = *hand.search;
  auto ends = [&](Yield::End end) {
    yield.end = end;
    return false;
  };
  if (std::chrono::steady_clock::now() > options_.deadline) return ends(Yield::End::kBudget);
  if (!search.BeginExecution()) {
    if (part.walk->state() == Walk::State::kMet) return TakeOver(hand, part);
    return ends(Yield::End::kExhausted);
  }
  Outcome outcome = hand.worker->Run(search, options_.time, options_.deadline, &yield.tally);
  if (!outcome.mismatch.empty()) {
    yield.mismatch = std::move(outcome.mismatch);
    return ends(Yield::End::kMismatch);
  }
  if (!outcome.refuted.empty()) {
    yield.refuted = std::move(outcome.refuted);
    return ends(Yield::End::kRefuted);
  }
  yield.classes.push_back(outcome.class_name);
  if (!outcome.out_of_time) search.EndExecution(*outcome.record, hand.worker->order());
  std::erase_if(outcome.found, [&](const RawFinding& f) {
    return known.contains(f.identity) || !part.seen.insert(f.identity).second;
  });
  const bool has_news = !outcome.found.empty();
  if (has_news) {
    yield.sightings.emplace_back(*outcome.record, std::move(outcome.found), known);
    if (!options_.keep_going && yield.sightings.back().ends_search()) {
      return ends(Yield::End::kFinding);
    }
  }
  if (outcome.record->cut_by == CycleWatch::kLimit) {
    yield.ends_with_news = has_news;
    return ends(Yield::End::kAlone);
  }
  return outcome.out_of_time ? ends(Yield::End::kBudget) : true;
}

bool Crew::TakeOver(Hand& hand, Part& part) {
  std::unique_ptr<Part> other;
  {
    std::lock_guard lock(mutex_);
    Part& met = PartOf(part.walk->met());
    if (met.running || met.yield.end == Yield::End::kNone) return false;
    if (met.yield.end == Yield::End::kAlone) {
      part.walk->Refuse();
      return true;
    }
    if (met.yield.end != Yield::End::kExhausted) {  // it stays, for others may be ahead of it
      part.yield.Append(std::move(met.yield));
      return false;
    }
    other = Remove(met);
    if (++taken_over_ % 64 == 0) patience_ = std::max(patience_ / 2, 1u);
  }
  hand.worker->engine().CatchUp();
  if (!hand.search->Import(other->walk->exported)) {
    part.walk->Refuse();
    return true;
  }
  part.walk->TakeOver(*other->walk);
  part.yield.Append(std::move(other->yield));
  part.yield.end = Yield::End::kNone;
  part.seen.merge(other->seen);
  return true;
}

std::vector<Sighting> Crew::Rest() {
  {
    std::lock_guard lock(mutex_);
    over_ = true;
  }
  changed_.notify_all();
  threads_.clear();
  std::vector<Sighting> rest;
  for (const auto& part : parts_) AppendTo(&rest, std::move(part->yield.sightings));
  return rest;
}

}  // namespace heddle::checker
