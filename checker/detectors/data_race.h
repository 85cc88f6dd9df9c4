// SPDX-License-Identifier: Apache-2.0
// DataRaceDetector: two accesses to one variable, at least one a write, that happens-before does
// not order.
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
  struct Access {
    uint32_t task;
    uint32_t epoch;
    bool write;
    uint8_t bytes;  // of its 8-byte word
    uint64_t site;
    uint32_t next;  // of the same word, in accesses_; kNone: the last one
  };
  // A slot of the table of words: by address, open addressing; stale unless of this execution.
  struct Word {
    uintptr_t address = 0;
    uint32_t execution = 0;
    uint32_t first = kNone;
  };
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Race {
    Access first, second;
    sim::EventIndex after;  // the last event before the second access; kNoEvent: none
    sim::TraceSite first_site, second_site;
  };
  void Touch(uintptr_t word, const Access& access);
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
  std::vector<Access> accesses_;
  std::vector<Race> races_;
  bool full_ = false;  // no room for further words in this execution
  bool exhausted_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_
