// SPDX-License-Identifier: Apache-2.0
// DataRaceDetector: two accesses to one variable, at least one a write, that happens-before does
// not order.
//
// Each word keeps the last accesses of every task, reads and writes apart, and the last write that
// everything before it was ordered before: what is after that write need not look further back. So
// ten thousand goroutines that take turns, or only read, cost each other nothing.
#ifndef HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_
#define HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_

#include <vector>

#include "checker/detector.h"
#include "checker/happens_before.h"

namespace heddle::checker {

class DataRaceDetector : public Detector {
 public:
  using Detector::Detector;

  void OnStart(const sim::Record& record) override;
  void OnEvent(const sim::Record&, sim::EventIndex event) override { num_events_ = event + 1; }
  void OnAccess(uint32_t task, const void* address, size_t size, bool write,
                uint64_t site) override;
  bool watches_accesses() const override { return true; }
  void OnRest(const sim::Record& record) override;

  // The last execution was too large for the clocks: its races were not judged to the end.
  bool exhausted() const { return exhausted_; }

 private:
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Access {
    uint32_t task;
    uint32_t epoch;
    bool write;
    uint8_t bytes;  // of its 8-byte word
    uint64_t site;
    // Neighbours in the list of its word, in accesses_; kNone: there is none.
    uint32_t older = kNone, newer = kNone;
  };
  // A slot of the table of words: by address, open addressing; stale unless of this execution.
  struct Word {
    uintptr_t address = 0;
    uint32_t execution = 0;
    uint32_t accesses = 0;                   // in both lists
    uint32_t newest[2] = {kNone, kNone};     // [0] reads, [1] writes: heads of the lists
    uint32_t settled[2] = {kNone, kNone};    // these and older ones are before `settled_by`
    uint32_t settled_by = kNone, epoch = 0;  // task and epoch of a write; kNone: there is none
  };
  // Where a task's access to a word stands, if the word has many; stale as Word is.
  struct Place {
    uintptr_t address = 0;
    uint64_t kind = 0;  // task, bytes, write
    uint32_t execution = 0;
    uint32_t access = kNone;
  };
  static constexpr uint32_t kFew = 16;  // accesses that are looked through
  struct Race {
    Access first, second;
    sim::EventIndex after;  // the last event before the second access; kNoEvent: none
    sim::TraceSite first_site, second_site;
  };
  void Touch(uintptr_t address, const Access& access);
  // Looks for races of the access with those before. Returns whether all of them are before it;
  // only a write is told of all of them.
  bool Compare(const Word& word, const Access& access);
  // The task's earlier access of the same kind; kNone: there is none.
  uint32_t Earlier(const Word& word, const Access& access);
  void Add(Word* word, const Access& access);
  void MoveToFront(Word* word, uint32_t at);
  Place& PlaceOf(uintptr_t address, uint64_t kind);
  static uint64_t KindOf(const Access& access) {
    return uint64_t{access.task} << 16 | uint64_t{access.bytes} << 8 | (access.write ? 1 : 0);
  }
  void Found(const Access& first, const Access& second);

  // The clocks follow the events only as accesses ask for them: most executions have few.
  void CatchUp();

  const sim::Record* record_ = nullptr;
  sim::EventIndex next_event_ = 0;
  HappensBefore order_;
  Word& WordAt(uintptr_t address);

  sim::EventIndex num_events_ = 0;  // so far
  uint32_t execution_number_ = 0;
  std::vector<Word> words_;
  size_t num_words_ = 0;
  std::vector<Place> places_;  // open addressing
  size_t num_places_ = 0;
  std::vector<Access> accesses_;
  std::vector<Race> races_;
  bool full_ = false;  // no room for further words in this execution
  bool exhausted_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_
