// SPDX-License-Identifier: Apache-2.0
// Crew: one optimal search on several threads, with the answer of one.
//
// The calling thread goes through the search in its order; the others run parts of it ahead (see
// dpor/walk.h), and parts of those. What they found is taken over when its turn comes, so that the
// executions, their order and all that follows from it are the same for any number of workers; only
// the time that it takes is not.
#ifndef HEDDLE_CHECKER_CREW_H_
#define HEDDLE_CHECKER_CREW_H_

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "checker/dpor/dpor.h"
#include "checker/worker.h"

namespace heddle::checker {

// Findings of one execution that nobody knew of, with the labels that show each.
struct Sighting {
  Sighting(const sim::Record& record, std::vector<RawFinding> found,
           const std::set<std::string>& known);

  std::vector<std::pair<RawFinding, std::vector<sim::Label>>> candidates;
  std::vector<sim::Label> all;  // the labels of the whole execution
  // One of them ends an exploration that stops at the first finding.
  bool ends_search() const;
};

// What executions brought, in their order.
struct Yield {
  // kNone: more is to come. The last execution of kFinding is the one with the finding; what comes
  // after it in the order of the search is unknown. Likewise for kMismatch and kRefuted, whose last
  // execution is left out. kAlone: a state has come back in the last execution; from there on each
  // execution is judged by those before it, so that the search goes on without a crew.
  enum class End { kNone, kExhausted, kFinding, kMismatch, kRefuted, kBudget, kAlone };
  Tally tally;
  std::vector<uint64_t> classes;  // the name of each execution's
  std::vector<Sighting> sightings;
  End end = End::kNone;
  bool ends_with_news = false;  // kAlone: its last execution has a finding that was not known
  std::string mismatch;
  std::vector<sim::ObjectId> refuted;

  void Append(Yield other);
};

class Crew {
 public:
  struct Options {
    uint32_t jobs = 1;
    sim::TimeModel time = sim::TimeModel::kIdeal;
    Deadline deadline;
    bool keep_going = false;
    sim::ProgramFactory another;  // empty: one thread
    // A worker goes on with a part for so many executions or events at a time.
    uint64_t executions = 64;
    uint64_t events = uint64_t{1} << 13;
    // Branches are run ahead that have not grown for so many executions.
    uint32_t age = 64;
    bool alone_ahead = false;  // also what the calling thread alone has to do
  };
  // Goes on with the search, and works with the calling thread's worker.
  Crew(Worker& first, DporSearch& search, const Options& options);
  ~Crew();

  // Lends a hand for a while; returns what the search itself has come to since the last call.
  // `known`: identities of findings.
  Yield Work(const std::set<std::string>& known);
  // What was run ahead and not yet taken over: findings of a search that ends before its time.
  std::vector<Sighting> Rest();
  uint64_t blocked_runs() const { return blocked_runs_; }
  // How many parts were run ahead and taken over.
  uint64_t taken_over() const { return taken_over_; }

 private:
  struct Part {
    uint64_t number = 0;  // in the order of creation; 0: the search itself
    std::unique_ptr<Walk> own;
    Walk* walk = nullptr;
    Yield yield;
    std::set<std::string> seen;  // findings that it told of
    bool running = false;
  };
  struct Hand {
    std::unique_ptr<sim::Program> program;  // null: the first worker's
    std::unique_ptr<Worker> own_worker;
    std::unique_ptr<DporSearch> own_search;
    Worker* worker = nullptr;
    DporSearch* search = nullptr;
    uint64_t at = UINT64_MAX;  // the number of the part that the search stands in
  };
  // With the lock held.
  bool Ready(const Part& part) const;
  bool IsMet(const Part& part) const;
  Part* Pick(bool first);
  void Begin(Part& part);
  Part& PartOf(const Walk* walk) const;
  std::unique_ptr<Part> Remove(const Part& part);
  void Finish(Part& part);
  void SendAhead();
  // Returns how many parts of it are to be run ahead from now on.
  size_t SendAheadOf(Part& part, size_t most);

  void Serve(Hand& hand);
  void Do(Hand& hand, Part& part, const std::set<std::string>& known);
  // True: it can go on.
  bool DoOne(Hand& hand, Part& part, const std::set<std::string>& known);
  // False: the part that was met is not done.
  bool TakeOver(Hand& hand, Part& part);

  Options options_;
  std::vector<std::unique_ptr<Hand>> hands_;  // the first is the calling thread's
  std::atomic<uint64_t> blocked_runs_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::unique_ptr<Part>> parts_;  // by number
  uint64_t next_number_ = 0;
  uint32_t patience_ = 1;  // see Walk::RunAhead
  std::atomic<uint64_t> taken_over_ = 0;
  std::shared_ptr<const std::set<std::string>> known_;
  std::atomic<bool> over_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_CREW_H_
