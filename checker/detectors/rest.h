// SPDX-License-Identifier: Apache-2.0
// Rest: who is left when an execution has come to its end, and of these who can never move again
// and who moves forever. What the detectors of goroutines that do not end share.
//
// By proof, not by guess: at rest nothing is enabled and no timer is left that could matter, so
// what is blocked stays so. A task that awaits a change in a round without effect spins: it is not
// blocked, but as nobody is left to change anything it goes round forever. In an execution that
// repeats a state the tasks that move between the two run forever; of the others nothing is said,
// for who runs could wake them in another order.
#ifndef HEDDLE_CHECKER_DETECTORS_REST_H_
#define HEDDLE_CHECKER_DETECTORS_REST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "checker/detector.h"

namespace heddle::checker {

// Incident kind by which a client says that the first task left by Goexit; no finding by itself.
inline constexpr char kMainGoexit[] = "main-goexit";

struct Rest {
  bool judged = false;            // the execution says something about who does not end
  std::vector<uint32_t> blocked;  // rows that nothing can wake any more
  std::vector<uint32_t> running;  // rows that run forever
  bool main_ended = false;
  bool goexit = false;      // the first task left by Goexit
  bool time_moves = false;  // in what is repeated
  bool main_waits = false;  // it takes no part in what is repeated, and has not ended
};

// Nobody is in the answer if the execution says nothing about what does not end: it was cut, a
// bound held something back, the program died.
Rest RestOf(const sim::Record& record, sim::Model& model);

// The main goroutine will never go on.
bool IsDeadlock(const Rest& rest);

// True when some goroutine's end ended the program: then nothing is judged at rest.
bool ProgramDied(const sim::Record& record);

// "goroutine 3 (main.worker)".
std::string GoroutineText(const sim::Record& record, uint32_t row);
// "goroutine 3 (main.worker) at pool.go:12:3"; of the task whose operation the event was.
std::string ActorText(const sim::Record& record, sim::EventIndex event);
// "is blocked forever: chan receive" or "runs forever: ...".
std::string FateText(const sim::Record& record, sim::Model& model, const Rest& rest, uint32_t row);

// An object that the task can reach, that has told it to stop, and that it has not looked at; none:
// it has seen all there are.
sim::ObjectId UnseenSignal(const sim::Record& record, const sim::Model& model, uint32_t row);

// The finding of a goroutine that does not end: tasks of one making at one place are one finding.
void AddStuck(const sim::Record& record, FindingKind kind, uint32_t row, std::string message,
              std::vector<RawFinding>* findings);

}  // namespace heddle::checker

#endif  // HEDDLE_CHECKER_DETECTORS_REST_H_
