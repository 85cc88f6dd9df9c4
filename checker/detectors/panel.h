// SPDX-License-Identifier: Apache-2.0
// Panel: all detectors of one engine, and what they found.
#ifndef HEDDLE_CHECKER_DETECTORS_PANEL_H_
#define HEDDLE_CHECKER_DETECTORS_PANEL_H_

#include <vector>

#include "checker/detectors/close_nil.h"
#include "checker/detectors/context_leak.h"
#include "checker/detectors/data_race.h"
#include "checker/detectors/deadlock.h"
#include "checker/detectors/double_close.h"
#include "checker/detectors/exit.h"
#include "checker/detectors/goroutine_leak.h"
#include "checker/detectors/livelock.h"
#include "checker/detectors/lost_cancel.h"
#include "checker/detectors/masked_panic.h"
#include "checker/detectors/mutex_misuse.h"
#include "checker/detectors/panic.h"
#include "checker/detectors/send_on_closed.h"
#include "checker/detectors/test_failure.h"
#include "checker/detectors/waitgroup_misuse.h"

namespace heddle::checker {

// Those that look at an execution only when it has ended: one observer, for events are many.
class AtEnd : public sim::Observer {
 public:
  void Add(Detector* detector) { detectors_.push_back(detector); }
  void OnStart(const sim::Record& record) override {
    for (Detector* d : detectors_) d->OnStart(record);
  }
  void OnEvent(const sim::Record&, sim::EventIndex) override {}
  void OnAccess(uint32_t, const void*, size_t, bool, uint64_t) override {}
  bool watches_accesses() const override { return false; }
  void OnRest(const sim::Record& record) override {
    for (Detector* d : detectors_) d->OnRest(record);
  }

 private:
  std::vector<Detector*> detectors_;
};

struct Panel {
  // `races`: accesses to memory are watched too.
  Panel(sim::Execution& execution, bool races);
  // The detectors point to each other's execution.
  Panel(const Panel&) = delete;
  Panel& operator=(const Panel&) = delete;

  // In the order of precedence of kinds.
  std::vector<RawFinding> Findings() const;

  DoubleCloseDetector double_close;
  CloseNilDetector close_nil;
  SendOnClosedDetector send_on_closed;
  WaitGroupMisuseDetector waitgroup_misuse;
  MutexMisuseDetector mutex_misuse;
  PanicDetector panic;
  DataRaceDetector race;  // with concurrent-map
  DeadlockDetector deadlock;
  LostCancelDetector lost_cancel;
  LivelockDetector livelock;
  GoroutineLeakDetector goroutine_leak;
  TestFailureDetector test_failure;
  MaskedPanicDetector masked_panic;
  ContextLeakDetector context_leak;
  ExitDetector exit;
  AtEnd at_end;
  std::vector<const Detector*> detectors;
  std::vector<sim::Observer*> observers;
};

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_PANEL_H_
