// SPDX-License-Identifier: Apache-2.0
// DataRaceDetector: two accesses to one variable, at least one a write, that happens-before does
// not order.
#ifndef HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_
#define HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_

#include <unordered_map>
#include <vector>

#include "checker/detector.h"
#include "checker/happens_before.h"

namespace heddle::checker {

class DataRaceDetector : public Detector {
 public:
  using Detector::Detector;

  void OnStart(const sim::Record& record) override;
  void OnAccess(uint32_t task, const void* address, size_t size, bool write,
                uint64_t site) override;
  bool watches_accesses() const override { return true; }
  void OnRest(const sim::Record& record) override;

  // Some execution was too large for the clocks: its races were not judged to the end.
  bool exhausted() const { return exhausted_; }

 private:
  struct Access {
    uint32_t task;
    uint32_t epoch;
    bool write;
    uint8_t bytes;  // of its 8-byte word
    uint64_t site;
  };
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
  std::unordered_map<uintptr_t, std::vector<Access>> words_;
  std::vector<Race> races_;
  bool full_ = false;  // no room for further words in this execution
  bool exhausted_ = false;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_DATA_RACE_H_
